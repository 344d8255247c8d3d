"""What is no whole, open, uniform PZP form is told, and nothing is made of it."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from pzdesk.domain.errors import PzdeskError, UnreadableFile
from pzdesk.exchange.pzp_blank import filled_form, form_objects, written
from pzdesk.exchange.pzp_pdf import ReadForm, parse_form, read_form
from tests.exchange.pdf_files import (
    FIELDS,
    HEAD,
    REAL,
    USUAL,
    edited,
    needs_real_form,
    number_of,
    packed,
    with_value,
)


def _sentence(pdf: bytes) -> str:
    with pytest.raises(UnreadableFile) as told:
        parse_form(pdf)
    return str(told.value)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("4a-check", b"/V/1", b"/V/3"),
        ("4a-check", b"/V/1", b""),
        ("4a-check", b"/V/1", b"/V/Off"),
        ("Selectievakje 2", b"/V/Ja", b"/V/Off"),
        ("Selectievakje 2", b"/AS/Ja", b"/AS/Off"),
        ("Selectievakje 2", b"/AS/Ja", b""),
        ("Selectievakje 3", b"/V/Off", b"/V/Ja"),
    ],
)
def test_a_value_that_its_widgets_do_not_show_is_refused(
    field: str, old: bytes, new: bytes
) -> None:
    said = _sentence(edited(USUAL, field, old, new))
    assert "spreekt zichzelf tegen" in said
    assert FIELDS[field].label in said


def test_two_radio_buttons_that_are_both_on_are_refused() -> None:
    objects = form_objects(USUAL)
    group = number_of(objects, "4a-check")
    off = next(
        i
        for i, body in enumerate(objects)
        if b"/Parent %d 0 R" % group in body and b"/N<</3 " in body
    )
    objects[off] = objects[off].replace(b"/AS/Off", b"/AS/3")
    assert "4a Reanimeren" in _sentence(written(objects))


@pytest.mark.parametrize(("field", "value"), [("4a-check", "7"), ("Selectievakje 2", "Nee")])
def test_an_answer_that_the_form_does_not_know_is_refused(field: str, value: str) -> None:
    said = _sentence(filled_form(USUAL | {field: value}))
    assert "een antwoord dat het uniforme formulier niet kent" in said
    assert FIELDS[field].label in said


def test_a_field_of_another_kind_is_refused() -> None:
    said = _sentence(edited(HEAD, "5a-veld", b"/FT/Tx", b"/FT/Ch"))
    assert "van een andere soort" in said


@pytest.mark.parametrize("field", [*FIELDS])
def test_a_form_without_one_of_its_fields_is_refused(field: str) -> None:
    name = b"/T(" + field.encode() + b")"
    said = _sentence(edited(USUAL, field, name, b"/T(iets anders)"))
    assert "1 van de 62 velden" in said


def test_two_fields_with_one_name_are_refused() -> None:
    said = _sentence(edited(USUAL, "5a-veld", b"/T(5a-veld)", b"/T(veld)"))
    assert "twee velden voor “6 Verder van belang”" in said


def test_a_form_that_was_not_filled_in_is_told() -> None:
    assert _sentence(filled_form()) == "Dit PZP-formulier is niet ingevuld."


def test_a_flattened_form_is_told_apart_from_a_foreign_file() -> None:
    objects = form_objects(USUAL)
    root = objects[0].split(b"/AcroForm")[0] + b">>"
    assert "platgeslagen" in _sentence(written([root, *objects[1:]]))
    foreign = PdfWriter()
    foreign.add_blank_page(200, 200)
    data = io.BytesIO()
    foreign.write(data)
    assert "geen ingevuld uniform PZP-formulier" in _sentence(data.getvalue())


def test_a_foreign_form_is_told() -> None:
    objects = form_objects(USUAL)
    for i, body in enumerate(objects):
        objects[i] = body.replace(b"/T(", b"/T(ander ").replace(b"Behandelgrenzen", b"Wijnen")
        objects[i] = objects[i].replace(b"proactieve zorgplanning", b"bestelling")
    assert "geen ingevuld uniform PZP-formulier" in _sentence(written(objects))


def test_an_xfa_form_is_told() -> None:
    objects = form_objects(USUAL)
    form = next(i for i, body in enumerate(objects) if b"/Fields[" in body)
    objects[form] = objects[form].replace(b"/Fields", b"/XFA(xdp)/Fields")
    assert "XFA" in _sentence(written(objects))


@pytest.mark.parametrize("password", ["", "geheim"])
def test_a_locked_form_is_told(password: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(filled_form(USUAL)))
    writer.encrypt(password, "eigenaar", algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    assert "vergrendeld" in _sentence(data.getvalue())
    with pytest.raises(UnreadableFile, match="vergrendeld"):
        read_form(data.getvalue())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leeg"),
        (b"<!DOCTYPE html><html><body>PZP</body></html>", "geen PDF"),
        (b"PK\x03\x04 een docx", "geen PDF"),
        ("Naam;Geboortedatum\r\n".encode("utf-16"), "geen PDF"),
        (b"%PDF-1.7\n", "beschadigd"),
        (b"%PDF-1.7\n%%EOF", "beschadigd"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "beschadigd"),
        (b"x" * 20_000_001, "20 MB"),
    ],
)
def test_what_is_no_pdf_is_told(data: bytes, sentence: str) -> None:
    assert sentence in _sentence(data)


def _fields_replaced(old: bytes, new: bytes, *more: bytes) -> bytes:
    objects = form_objects(USUAL)
    form = next(i for i, body in enumerate(objects) if b"/Fields[" in body)
    objects[form] = objects[form].replace(old, new)
    return written([*objects, *more])


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(
            edited(USUAL, "5a-veld", b"/AP<</N", b"/AP<</X<</N"), id="a part that is not closed"
        ),
        pytest.param(
            _fields_replaced(b"/Fields[", b"/Fields[9999 0 R "), id="reference to nothing"
        ),
        pytest.param(_fields_replaced(b"/Fields[", b"/Fields[(x) "), id="a text as field"),
        pytest.param(_fields_replaced(b"/Fields[", b"/X["), id="no fields"),
        pytest.param(_fields_replaced(b"/Fields[", b"/Fields 1 0 R/X["), id="no list"),
        pytest.param(_fields_replaced(b"/Fields[", b"/X" + b"[" * 5000 + b"/Fields["), id="deep"),
        pytest.param(
            _fields_replaced(
                b"/Fields[",
                b"/Fields[%d 0 R " % (len(form_objects(USUAL)) + 1),
                b"<</T(a)/Kids[%d 0 R]>>" % (len(form_objects(USUAL)) + 1),
            ),
            id="a field below itself",
        ),
        pytest.param(
            _fields_replaced(
                b"/Fields[",
                b"/Fields[%d 0 R " % (len(form_objects(USUAL)) + 1),
                *(
                    b"<</T(a)/Kids[%d 0 R]>>" % (len(form_objects(USUAL)) + 2 + i)
                    for i in range(40)
                ),
                b"<</T(a)/FT/Tx>>",
            ),
            id="forty deep",
        ),
        pytest.param(with_value("5a-veld", b" 9999 0 R"), id="a value that is not there"),
        pytest.param(with_value("5a-veld", b"[(a)(b)]"), id="a list as value"),
        pytest.param(with_value("5a-veld", b"<FEFF00>"), id="half a character"),
        pytest.param(edited(USUAL, "5a-veld", b"/T(5a-veld)", b"/T 12"), id="a number as name"),
    ],
)
def test_a_form_that_is_put_together_wrongly_is_told(pdf: bytes) -> None:
    assert _sentence(pdf)


def test_a_drawing_that_is_missing_does_not_matter() -> None:
    read = parse_form(edited(USUAL, "5a-veld", b"/AP<</N", b"/AP<</D 9999 0 R/N"))
    assert read.answers == parse_form(filled_form(USUAL)).answers


def _damaged(pdf: bytes, seed: int) -> bytes:
    """A copy with a bit turned over, a piece cut out, a cut, noise or a piece put elsewhere."""
    chance, made = random.Random(seed), bytearray(pdf)  # noqa: S311 - no secret
    at, other = chance.randrange(len(made)), chance.randrange(len(made))
    match seed % 5:
        case 0:
            made[at] ^= 1 << chance.randrange(8)
        case 1:
            del made[at:]
        case 2:
            del made[at : at + chance.randrange(1, 500)]
        case 3:
            made[at : at + 40] = chance.randbytes(40)
        case _:
            made[at : at + 300] = made[other : other + 300]
    return bytes(made)


def _told_or_the_same(pdf: bytes, good: ReadForm, seed: int) -> bool:
    """Whether a damaged copy is refused; if it is not, it must say exactly what the good one says."""
    try:
        read = parse_form(_damaged(pdf, seed))
    except PzdeskError:
        return True
    assert (read.answers, read.leftovers) == (good.answers, good.leftovers), seed
    return False


def test_a_damaged_form_is_told_or_says_the_same() -> None:
    pdf = packed(form_objects(USUAL))
    good = parse_form(pdf)
    told = sum(_told_or_the_same(pdf, good, seed) for seed in range(200))
    assert told > 100


@given(st.binary(max_size=400))
def test_any_bytes_are_told(data: bytes) -> None:
    with pytest.raises(PzdeskError):
        parse_form(data)
    with pytest.raises(PzdeskError):
        parse_form(b"%PDF-1.7\n" + data + b"\n%%EOF")


@needs_real_form
def test_the_real_form_damaged_is_told_or_says_the_same() -> None:
    pdf = REAL.read_bytes()
    read = parse_form(pdf)
    told = sum(_told_or_the_same(pdf, read, seed) for seed in range(60))
    assert told > 20
