"""The official PZP form read from a PDF: every answer comes through, or the user is told why not."""

import codecs
import io
import json
import zlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from pypdf import PdfReader, PdfWriter

from pzdesk.domain.errors import BadInput, UnreadableFile
from pzdesk.domain.pzp import Answer, Kind, Option, Question, answer_rows, limits_sentence
from pzdesk.exchange.pzp_blank import field_values, filled_form, form_objects, written
from pzdesk.exchange.pzp_pdf import ReadForm, parse_form, read_day, read_form
from tests.domain.pzp_samples import FORM, any_answers, enabling
from tests.exchange.pdf_files import (
    FIELDS,
    HEAD,
    REAL,
    USUAL,
    needs_real_form,
    nested,
    newer,
    number_of,
    packed,
    with_value,
)


def _single_fields() -> list[tuple[str, Question, Option | None]]:
    """Each of the 62 fields with each of its options; a text field once."""
    cases: list[tuple[str, Question, Option | None]] = []
    for name, question in FIELDS.items():
        if question.kind is Kind.MULTI:
            cases += [(name, question, o) for o in question.options if o.acro_field == name]
        elif question.options:
            cases += [(name, question, option) for option in question.options]
        else:
            cases.append((name, question, None))
    return cases


@pytest.mark.parametrize(
    ("name", "question", "option"),
    _single_fields(),
    ids=lambda part: getattr(part, "id", None) or str(part),
)
def test_each_field_comes_through_with_each_option(
    name: str, question: Question, option: Option | None
) -> None:
    text = "14-03-1941" if question.kind is Kind.DATE else f"wat in {name} staat"
    values = field_values(enabling(question)) | {name: option.acro if option else text}
    read = parse_form(filled_form(values))
    assert read.leftovers == ()
    answer = read.answers[question.id]
    if option is None:
        assert answer == Answer("1941-03-14" if question.kind is Kind.DATE else text)
    elif question.kind is Kind.MULTI:
        assert answer == Answer(ticked=(option.id,))
    else:
        assert answer == Answer(option.id)
    if question.section != "0":
        paper = " ".join(f"{row.answer} {row.note}" for row in answer_rows(FORM, read.answers))
        assert (option.label if option else text) in paper


def test_the_reversed_question_is_not_reversed() -> None:
    assert parse_form(filled_form({"1d-check": "0"})).answers == {"1d": Answer("ja")}
    assert parse_form(filled_form({"1d-check": "1"})).answers == {"1d": Answer("nee")}


def test_the_head_is_read() -> None:
    read = parse_form(filled_form(USUAL))
    assert (read.patient_name, read.birth_date) == ("Anna Jansen-de Vries", date(1941, 3, 14))
    assert (read.talk_on, read.talk_text) == (date(2026, 11, 19), "19-11-2026")
    assert (read.held_by, read.held_by_function) == ("J. de Boer", "huisarts")
    assert read.remarks == ()


def test_the_guarded_reading_says_the_same() -> None:
    pdf = filled_form(USUAL)
    read = read_form(pdf)
    assert read == parse_form(pdf)
    assert limits_sentence(FORM, read.answers).startswith("niet reanimeren · ")


def test_reading_twice_gives_the_same_digest() -> None:
    assert parse_form(filled_form(USUAL)).digest == parse_form(filled_form(USUAL)).digest
    assert parse_form(filled_form(USUAL)).digest != parse_form(filled_form(HEAD)).digest


@settings(max_examples=40, deadline=None)
@given(any_answers())
def test_what_is_filled_in_is_what_is_read(answers: dict[str, Answer]) -> None:
    values = HEAD | field_values(answers)
    read = parse_form(filled_form(values))
    told = {left.question for left in read.leftovers}
    for name, question in FIELDS.items():
        if question.section == "0" or not values.get(name):
            continue
        assert (question.id in read.answers) != (question.id in told)
    again = field_values(read.answers)
    assert all(values[name] == value for name, value in again.items())


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ({"4a-check": "1", "4a-ja_beperking": "VERBORGEN"}, ["4a.beperking"]),
        ({"4a-ja_beperking": "VERBORGEN"}, ["4a.beperking"]),
        ({"1d-check": "0", "1e-veld": "VERBORGEN", "1g-check": "0"}, ["1e", "1g"]),
        ({"1d-check": "0", "1g-check": "0", "1g-veld": "VERBORGEN"}, ["1g", "1g.anders"]),
        ({"1d-check": "0", "1f-veld": "VERBORGEN"}, ["1f"]),
        ({"4h-check": "1", "4i-check": "2", "4i-veld": "VERBORGEN"}, ["4i", "4i.toelichting"]),
        ({"7a-check": "1", "7b-check": "2"}, ["7b"]),
        ({"1c-check": "2", "1c-veld": "VERBORGEN"}, ["1c.anders"]),
        ({"Selectievakje 2": "Ja", "2-veld": "VERBORGEN"}, ["2.anders"]),
    ],
)
def test_a_hidden_answer_is_told_and_stands_nowhere_else(
    values: dict[str, str], hidden: list[str]
) -> None:
    read = parse_form(filled_form(HEAD | values))
    assert [left.question for left in read.leftovers] == hidden
    assert not set(hidden) & set(read.answers)
    assert "VERBORGEN" not in str(read.answers)
    assert all(left.label and left.words and left.because for left in read.leftovers)


def test_a_form_with_compressed_objects_is_read() -> None:
    objects = form_objects(USUAL)
    assert parse_form(packed(objects)).answers == parse_form(written(objects)).answers


def test_what_was_saved_last_counts() -> None:
    objects = form_objects(USUAL)
    number = number_of(objects, "5a-veld")
    body = objects[number - 1].split(b"/V")[0]
    pdf = newer(written(objects), {number: body + b"/V(Nu liever rust)>>"})
    assert parse_form(pdf).answers["5a"] == Answer("Nu liever rust")
    again = newer(pdf, {number: body + b"/V(Toch muziek)>>"})
    assert parse_form(again).answers["5a"] == Answer("Toch muziek")


def test_a_newer_revision_that_was_cut_off_does_not_give_the_older_answers() -> None:
    objects = form_objects(USUAL)
    number = number_of(objects, "5a-veld")
    old = written(objects)
    new = newer(old, {number: objects[number - 1].replace(b"/FT/Tx", b"/FT/Tx/Q 0")})
    for end in range(len(old) + 1, len(new) - 1):
        with pytest.raises(UnreadableFile):
            parse_form(new[:end])


def test_fields_below_a_common_name_are_found() -> None:
    assert parse_form(nested(USUAL)).answers == parse_form(filled_form(USUAL)).answers


def test_a_form_filled_by_another_program_is_read() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(filled_form(HEAD)))
    filled = {"4a-check": "/2", "4a-ja_beperking": "één keer", "Selectievakje 9": "/Ja"}
    for page in writer.pages:
        writer.update_page_form_field_values(page, filled, auto_regenerate=False)
    data = io.BytesIO()
    writer.write(data)
    read = parse_form(data.getvalue())
    assert read.answers["4a"] == Answer("ja_maar")
    assert read.answers["4a.beperking"] == Answer("één keer")
    assert read.answers["2"] == Answer(ticked=("anders",))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"(caf\xe9 \x80 \xa0)", "café • €"),
        (b"(<penicilline> & \\(25 mg\\))", "<penicilline> & (25 mg)"),
        (
            b"<" + (codecs.BOM_UTF16_BE + "Żółć Şğ".encode("utf-16-be")).hex().encode() + b">",
            "Żółć Şğ",
        ),
        (b"<" + (codecs.BOM_UTF16_LE + "ĳ".encode("utf-16-le")).hex().encode() + b">", "ĳ"),
        (b"(" + codecs.BOM_UTF8 + "één 😀".encode() + b")", "één 😀"),
        (b"<FEFF001B006E006C001B00720075 0073 0074>", "rust"),
        (b"<FEFFD83D0020006F006B>", "ok"),
        (b"(nul\\000 en \\177 weg\\r\\n)", "nul en  weg"),
        (b"/rust", "rust"),
    ],
)
def test_a_text_is_read_however_it_is_written(body: bytes, text: str) -> None:
    assert parse_form(with_value("5a-veld", body, HEAD)).answers["5a"] == Answer(text)


def test_a_long_text_may_stand_in_a_stream_of_its_own() -> None:
    objects = form_objects(HEAD)
    number = number_of(objects, "5a-veld")
    data = zlib.compress(b"een lang verhaal")
    objects.append(b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(data), data))
    value = b"/FT/Tx/V %d 0 R" % len(objects)
    objects[number - 1] = objects[number - 1].replace(b"/FT/Tx", value)
    assert parse_form(written(objects)).answers["5a"] == Answer("een lang verhaal")


@pytest.mark.parametrize("text", ["<penicilline>", "a & b", "regel 1\r\nregel 2", "{}", "%s \\n"])
def test_hostile_text_comes_through_as_it_is(text: str) -> None:
    read = parse_form(filled_form({"5a-veld": text, "4a-check": "2", "4a-ja_beperking": text}))
    assert read.answers["5a"].value == text.replace("\r\n", "\n")
    assert " ".join(text.split()) in limits_sentence(FORM, read.answers)


def test_a_text_that_is_too_long_is_told_with_its_question() -> None:
    assert len(parse_form(filled_form({"veld": "x" * 20_000})).answers["6"].value) == 20_000
    with pytest.raises(BadInput, match=r"6 Verder van belang.*20\.000"):
        parse_form(filled_form({"veld": "x" * 20_001}))
    with pytest.raises(BadInput, match=r"Toelichting bij antibiotica"):
        parse_form(filled_form({"4e-veld": "é" * 70_000}))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01-10-2020", date(2020, 10, 1)),
        ("1-10-2020", date(2020, 10, 1)),
        (" 1/10/2020\r\n", date(2020, 10, 1)),
        ("01.10.2020", date(2020, 10, 1)),
        ("1 - 10 - 2020", date(2020, 10, 1)),
        ("1 oktober 2020", date(2020, 10, 1)),
        ("1 Oktober 2020.", date(2020, 10, 1)),
        ("donderdag 1 oktober 2020", date(2020, 10, 1)),
        ("14 mrt. 1941", date(1941, 3, 14)),
        ("2020-10-01", date(2020, 10, 1)),
        ("29-02-2024", date(2024, 2, 29)),
    ],
)
def test_a_full_date_is_read(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "01-10-20",
            "1 okt '20",
            "31-02-2020",
            "29-02-2023",
            "10/13/2020",
            "oktober 2020",
            "2020",
        ),
        *("1-10.2020", "01102020", "vorige week", "", "1 oktobre 2020", "2020/10/01", "0-0-2020"),
    ],
)
def test_no_date_is_guessed(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        ({"datumInvullen": ""}, "Op het formulier staat geen datum van het gesprek"),
        ({"datumInvullen": "19-11-26"}, "“19-11-26” heeft een jaartal van twee cijfers"),
        ({"datumInvullen": "in mei"}, "De datum van het gesprek is niet te lezen: “in mei”"),
        ({"datumInvullen": "19-11-1026"}, "datum van het gesprek is niet te lezen"),
        ({"datumInvullen": "19-11-2062"}, "19-11-2062, ligt in de toekomst en is niet overgenomen"),
        ({"pGeboortedatum": "14-3-41"}, "De geboortedatum “14-3-41” heeft een jaartal van twee"),
        ({"pGeboortedatum": "14-03-2041"}, "De geboortedatum is niet te lezen: “14-03-2041”"),
        ({"pGeboortedatum": ""}, "Op het formulier staat geen geboortedatum"),
        ({"pNaam": " \r\n"}, "Op het formulier staat geen naam van de patiënt"),
    ],
)
def test_what_is_not_clear_in_the_head_is_told(values: dict[str, str], remark: str) -> None:
    read = parse_form(filled_form(USUAL | values), today=date(2026, 11, 22))
    assert len(read.remarks) == 1
    assert remark in read.remarks[0]
    left = {"datumInvullen": read.talk_on, "pGeboortedatum": read.birth_date, "pNaam": None}
    assert left[next(iter(values))] is None
    assert read.answers["4a"] == Answer("nee")


@cache
def _real() -> tuple[bytes, ReadForm]:
    pdf = REAL.read_bytes()
    return pdf, parse_form(pdf)


def _published() -> Mapping[str, Any]:
    """Texts and codes of the published response that says the same as the real form."""
    path = next(REAL.parent.glob("QuestionnaireResponse-*.json"))
    found: dict[str, Any] = {}

    def walk(items: list[dict[str, Any]]) -> None:
        for item in items:
            for answer in item.get("answer", []):
                coding = answer.get("valueCoding", {})
                found[item["linkId"]] = answer.get("valueString") or coding.get("code")
                walk(answer.get("item", []))
            walk(item.get("item", []))

    walk(json.loads(path.read_text(encoding="utf-8"))["item"])
    return {link: said for link, said in found.items() if said}


@needs_real_form
def test_the_real_form_says_what_its_published_response_says() -> None:
    published, (_, read) = _published(), _real()
    assert read.leftovers == ()
    assert read.remarks == ()
    assert (read.patient_name, read.birth_date) == ("Hendrik Hartman", date(1961, 1, 1))
    assert read.talk_on == date(2020, 10, 1)
    seen = set()
    for question in FORM.questions:
        for link in set(question.link_ids) & set(published):
            answer = read.answers.get(question.id)
            said = str(published[link]).strip()
            if answer is None or question.section == "0":
                continue
            seen.add(link)
            chosen = [o for o in question.options if o.id in (answer.value, *answer.ticked)]
            codes = {o.code for o in chosen} | {s.code for o in chosen for s in o.splits}
            assert said in codes if chosen else said == answer.value, question.id
    # All that the response says, but for names and numbers in parts, ICD type, and fixed codes.
    parts = {"964", "966", "969", "970", "973", "975", "980", "981", "1008", "1405"}
    fixed = {q.fixed.link_id for q in FORM.questions if q.fixed}
    assert set(published) - seen <= parts | fixed
    assert len(seen) > 25


@needs_real_form
def test_the_real_form_is_read_in_the_guarded_child() -> None:
    pdf, read = _real()
    assert read_form(pdf) == read


@needs_real_form
def test_the_real_form_filled_by_another_program_is_read() -> None:
    pdf, read = _real()
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    filled = {"4d-check": "/2", "4d-ja_beperking": "alleen bij een breuk", "4h-check": "/1"}
    for page in writer.pages:
        writer.update_page_form_field_values(page, filled, auto_regenerate=False)
    data = io.BytesIO()
    writer.write(data)
    again = parse_form(data.getvalue())
    assert again.answers["4d.beperking"] == Answer("alleen bij een breuk")
    hidden = ["4i", "4i.toelichting"]
    assert [left.question for left in again.leftovers] == hidden
    assert set(read.answers) - set(again.answers) == set(hidden)


def test_our_own_form_is_a_proper_pdf() -> None:
    reader = PdfReader(io.BytesIO(filled_form(USUAL)), strict=True)
    assert len(reader.pages) == 2
    assert {*FIELDS} <= {*(reader.get_fields() or {})}
    assert "Reanimeren" in reader.pages[0].extract_text()
