"""PDF files for tests, built from the objects of our own form: packed, newer, nested, odd."""

import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from pzdesk.domain.pzp_form import acro_fields
from pzdesk.exchange.pzp_blank import form_objects, written
from tests.domain.pzp_samples import FORM

STANDARD = Path(__file__).resolve().parents[3] / "shared" / "standards" / "pzp"
REAL = STANDARD / "examples" / "Hendrik-Hartman-2020-10-01.pdf"
needs_real_form = pytest.mark.skipif(
    not REAL.is_file(), reason="../shared, with a filled official form, is not here"
)

FIELDS = acro_fields(FORM)
HEAD = {
    "datumInvullen": "19-11-2026",
    "pNaam": "Anna Jansen-de Vries",
    "pGeboortedatum": "14-03-1941",
    "ggdNaam": "J. de Boer",
    "ggdFuntie": "huisarts",
}
USUAL = {
    **HEAD,
    "1-check": "1",
    "Selectievakje 2": "Ja",
    "3-check": "1",
    "4a-check": "1",
    "4d-check": "2",
    "4d-ja_beperking": "alleen bij een breuk",
    "4e-veld": "alleen als het helpt",
    "5a-veld": "De 60-jarige trouwdag thuis vieren, met Şahin en Żółć",
    "5b-check": "5",
}


def packed(objects: list[bytes]) -> bytes:
    """A PDF as most programs write it: objects compressed together, and a compressed table."""
    loose = [number for number, body in enumerate(objects, start=1) if b"stream\n" in body]
    inside = [number for number in range(1, len(objects) + 1) if number not in loose]
    index, data = [], b""
    for number in inside:
        index.append(b"%d %d" % (number, len(data)))
        data += objects[number - 1] + b" "
    head = b" ".join(index) + b" "
    box = len(objects) + 1
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {0: (0, 0, 65535)}
    squeezed = _stream(b"/Type/ObjStm/N %d/First %d" % (len(inside), len(head)), head + data)
    for number, body in [*((n, objects[n - 1]) for n in loose), (box, squeezed)]:
        places[number] = (1, len(made), 0)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    places.update({number: (2, box, i) for i, number in enumerate(inside)})
    table = len(made)
    places[box + 1] = (1, table, 0)
    entries = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + last.to_bytes(2, "big")
        for kind, place, last in (places[number] for number in sorted(places))
    )
    xref = _stream(b"/Type/XRef/W[1 4 2]/Root 1 0 R/Size %d" % len(places), entries)
    made += b"%d 0 obj\n%s\nendobj\n" % (box + 1, xref)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % table)


def _stream(entries: bytes, data: bytes) -> bytes:
    squeezed = zlib.compress(data, 9)
    form = b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
    return form % (entries, len(squeezed), squeezed)


def newer(pdf: bytes, replaced: Mapping[int, bytes]) -> bytes:
    """The same file with a newer revision behind it, as a program saves what was changed."""
    made, places = bytearray(pdf), {}
    for number, body in replaced.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n"
    for number, place in places.items():
        made += b"%d 1\n%010d 00000 n \n" % (number, place)
    before = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    size = pdf.count(b" obj\n") + len(places) + 1
    made += b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\n" % (size, before)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % table)


def number_of(objects: list[bytes], field: str) -> int:
    """The number of the object that is a field."""
    name = b"/T(" + field.encode() + b")"
    return next(number for number, body in enumerate(objects, start=1) if name in body)


def edited(values: Mapping[str, str], field: str, old: bytes, new: bytes) -> bytes:
    """A form in which a part of one field's object was replaced."""
    objects = form_objects(values)
    number = number_of(objects, field)
    assert old in objects[number - 1], (old, objects[number - 1])
    objects[number - 1] = objects[number - 1].replace(old, new)
    return written(objects)


def with_value(field: str, body: bytes, values: Mapping[str, str] | None = None) -> bytes:
    """A form in which a text field has a value written just so: a string, a reference, anything."""
    return edited(values or {}, field, b"/FT/Tx", b"/FT/Tx/V" + body)


def nested(values: Mapping[str, str]) -> bytes:
    """A form whose fields all stand below one field with a name of its own."""
    objects = form_objects(values)
    form = next(i for i, body in enumerate(objects) if b"/Fields[" in body)
    fields = objects[form].split(b"/Fields[")[1].split(b"]")[0]
    parent = len(objects) + 1
    for reference in fields.split(b" R"):
        if reference.strip():
            index = int(reference.split()[0]) - 1
            objects[index] = objects[index].replace(b"/T", b"/Parent %d 0 R/T" % parent, 1)
    objects[form] = objects[form].replace(fields, b"%d 0 R" % parent)
    objects.append(b"<</T(formulier)/Kids[%s]>>" % fields)
    return written(objects)
