"""The frame of every paper."""

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import running_head
from pzdesk.documents.style import BOX, text
from tests.documents.reading import pages, squeezed
from tests.documents.samples import IMPRINT

LONG = "Een regel tekst.\n" * 150


def test_a_page_that_continues_says_so_and_the_first_does_not() -> None:
    parts = [Part(text(LONG), running_head("Mevrouw A, 14-03-1941"))]
    first, *more = pages(pdf(parts, IMPRINT, kind="Blad"))
    assert "vervolg" not in first
    assert more
    assert all("Mevrouw A, 14-03-1941 · vervolg" in page for page in more)


def test_each_part_begins_on_its_own_page_without_the_header_of_the_one_before() -> None:
    parts = [
        Part(text(LONG), running_head("Een"), "Punt 1"),
        Part(text("twee"), running_head("Twee")),
    ]
    *_, last = pages(pdf(parts, IMPRINT, kind="Blad"))
    assert last.strip().startswith("twee")
    assert "Een" not in last


def test_parts_stand_in_the_outline_by_number() -> None:
    parts = [Part(text("een"), [], "Overzicht"), Part(text(LONG), [], "Punt 2")]
    reader = PdfReader(BytesIO(pdf(parts, IMPRINT, kind="Blad")))
    entries = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in entries] == ["Overzicht", "Punt 2"]
    assert [reader.get_destination_page_number(entry) for entry in entries] == [0, 1]


def test_a_character_without_glyph_is_named_at_the_foot_of_its_page_only() -> None:
    parts = [Part(text("pijn 😀"), []), Part(text("geen"), [])]
    first, second = pages(pdf(parts, IMPRINT, kind="Blad"))
    assert f"{BOX}: dit teken kan niet worden afgedrukt (U+1F600)" in first
    assert BOX not in second


def test_more_unknown_characters_than_fit_at_the_foot_are_all_named_at_the_end() -> None:
    letters = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 60))
    *_, last = pages(pdf([Part(text(letters), [])], IMPRINT, kind="Blad"))
    assert "en 36 andere, zie de laatste bladzijde" in " ".join(last.split())
    assert all(f"U+{ord(letter):04X}" in last for letter in letters)


def test_a_long_practice_name_makes_the_foot_higher_not_wider() -> None:
    long = replace(IMPRINT, practice="Gezondheidscentrum " * 15, printed_by="M. " * 40)
    (page,) = pages(pdf([Part(text("tekst"), [])], long, kind="Blad"))
    assert squeezed("Gezondheidscentrum " * 15) in squeezed(page)
    assert squeezed("M. " * 40) in squeezed(page)
