"""What holds for every paper: all text comes back, nothing leaves the page, the fonts come along."""

import ast
import builtins
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from pzdesk.documents import style
from pzdesk.documents.access_sheet import access_sheet
from pzdesk.documents.agenda import CasePage, agenda
from pzdesk.documents.file_copy import file_copy
from pzdesk.documents.home_sheet import home_sheet
from pzdesk.documents.log_sheet import log_sheet
from pzdesk.documents.lost_sheet import lost_sheet
from pzdesk.documents.parts import ActionLine, Actions, PersonHead, Section
from pzdesk.documents.patient_sheet import patient_sheet
from pzdesk.documents.pzp_form import pzp_form
from pzdesk.documents.recovery_sheet import recovery_sheet
from pzdesk.documents.style import MARGIN, WIDTH, printable
from tests.documents import samples
from tests.documents.reading import (
    content,
    fonts,
    pages,
    signs,
    squeezed,
    with_texts,
)

PAPERS: dict[str, tuple[Callable[[Any], bytes], Any]] = {
    "agenda": (agenda, samples.AGENDA),
    "report": (agenda, replace(samples.AGENDA, cases=(samples.REPORT,))),
    "pzp": (pzp_form, samples.PZP),
    "patient": (patient_sheet, samples.PATIENT),
    "home": (home_sheet, samples.HOME),
    "recovery": (recovery_sheet, samples.RECOVERY),
    "access": (access_sheet, samples.ACCESS),
    "log": (log_sheet, samples.LOG),
    "lost": (lost_sheet, samples.LOST),
    "copy": (file_copy, samples.COPY),
}
EVERY = pytest.mark.parametrize("kind", PAPERS)
SKIPPED = frozenset({"groups", "empty"})

HOSTILE = (
    "<penicilline>",
    "dosis <b 2 mg",
    "&amp; & &lt;",
    "</para><para>",
    '<img src="/etc/passwd">',
    '<font color="[[[getattr(pow,1)]]]">x</font>',
    "Ş ğ ł đ ĳ ő ș † → ☐ ½ ²",
    "Ζωή Жук ﬁ ﬂ",
    "😀 שלום العربية 日本",
    "een\ttab",
    "twee\nregels\r\nof drie",
    "e\u0301 en x\u0302",
    "nul\x00bel\x07esc\x1b[0m",
    "\ud800 half",
    "100% {naam} %s $x \\n ' \" “”",
)


def made(kind: str) -> bytes:
    paper, value = PAPERS[kind]
    return paper(value)


def digests() -> str:
    return " ".join(hashlib.sha256(made(kind)).hexdigest() for kind in PAPERS)


def assert_on_the_page(pdf: bytes) -> None:
    for sign in signs(pdf):
        overhang = 1 + sign.size / 20
        assert sign.left >= MARGIN - overhang, sign
        assert sign.right <= MARGIN + WIDTH + overhang, sign
        assert 20 <= sign.bottom <= sign.top <= 842 - 20, sign


@EVERY
def test_the_sample_prints_within_the_margins(kind: str) -> None:
    assert_on_the_page(made(kind))


@EVERY
@pytest.mark.parametrize("first", [0, 5, 10])
def test_every_text_of_every_paper_comes_back_whole(kind: str, first: int) -> None:
    paper, value = PAPERS[kind]
    given: list[str] = []

    def hostile(_: str) -> str:
        number = len(given)
        given.append(f"{HOSTILE[(first + number) % len(HOSTILE)]} q{number}q")
        return given[-1]

    pdf = paper(with_texts(value, hostile, SKIPPED))
    read = content(pdf)
    assert [text for text in given if squeezed(printable(text)) not in read] == []
    assert_on_the_page(pdf)


@EVERY
def test_long_texts_in_every_field_stay_on_the_page_and_lose_no_word(kind: str) -> None:
    paper, value = PAPERS[kind]
    number = count()
    tokens: list[str] = []

    def long(old: str) -> str:
        first = len(tokens)
        tokens.extend(f"w{next(number)}w" for _ in range(40))
        return f"{old} " + " ".join(tokens[first:])

    pdf = paper(with_texts(value, long, SKIPPED | {"number"}))
    assert_on_the_page(pdf)
    read = content(pdf)
    assert [token for token in tokens if token not in read] == []


@EVERY
def test_a_word_of_300_characters_is_broken_and_stays_on_the_page(kind: str) -> None:
    paper, value = PAPERS[kind]
    word = "Verschrikkelijklangwoord" * 13
    pdf = paper(with_texts(value, lambda _: word[:300], SKIPPED))
    assert_on_the_page(pdf)
    assert word[:300] in content(pdf)


@EVERY
def test_a_name_of_100_characters_prints_whole(kind: str) -> None:
    paper, value = PAPERS[kind]
    name = "Mevrouw " + "Aleida-Wilhelmina van " * 4 + "Heemstra"
    pdf = paper(with_texts(value, lambda _: name, SKIPPED))
    assert_on_the_page(pdf)
    assert squeezed(name) in content(pdf)


@settings(max_examples=60, deadline=None)
@given(words=st.text(min_size=1, max_size=200))
def test_any_text_at_all_gives_a_paper_that_holds_it(words: str) -> None:
    lines = (words, f"voor {words} na")
    case = CasePage(
        head=PersonHead(name="Anna", born=""), blocks=(Section(title="Zo", lines=lines),)
    )
    pdf = agenda(replace(samples.AGENDA, rows=(), cases=(case,)))
    read = content(pdf)
    assert squeezed(printable(words)) in read
    assert squeezed(f"voor {printable(words)} na") in read
    assert_on_the_page(pdf)


@EVERY
def test_all_fonts_are_embedded_and_ours(kind: str) -> None:
    found = fonts(made(kind))
    assert found
    assert all(found.values()), found
    assert all("SourceSansPro" in name for name in found)


def test_the_same_value_gives_the_same_bytes_in_another_process() -> None:
    code = "from tests.documents.test_every_paper import digests; print(digests())"
    surroundings = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    elsewhere = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=surroundings, check=True
    )
    assert elsewhere.stdout.strip() == digests()
    assert digests() == digests()


@EVERY
def test_the_foot_tells_practice_secrecy_who_printed_it_and_page_x_of_y(kind: str) -> None:
    imprint = PAPERS[kind][1].imprint
    every = pages(made(kind))
    for number, page in enumerate(every, start=1):
        assert squeezed(f"{imprint.practice} · {imprint.confidentiality}") in squeezed(page)
        assert squeezed("afgedrukt 24-11-2026 14.05 door M. Wiersma") in squeezed(page)
        assert f"{number} van {len(every)}" in page


@EVERY
def test_the_metadata_is_dutch_and_names_no_patient(kind: str) -> None:
    reader = PdfReader(BytesIO(made(kind)))
    told = reader.metadata
    assert str(reader.root_object["/Lang"]) == "nl-NL"
    assert told is not None
    assert told.author == "Huisartsenpraktijk De Brink"
    assert told.title is not None
    assert told.title.endswith("Huisartsenpraktijk De Brink")
    assert told.creation_date_raw == "D:20261124140500"
    assert not any("Jansen" in str(text) or "Dijkstra" in str(text) for text in told.values())
    assert not any("Jansen" in str(entry) for entry in reader.outline)


@EVERY
@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf staat niet op deze machine")
def test_qpdf_finds_no_fault(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(made(kind))
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_twenty_thousand_characters_print_whole_without_much_work() -> None:
    words = [f"woord{number:05d}" for number in range(20_000 // 11)]
    long = Section(title="Wensen", lines=(" ".join(words),))
    case = replace(samples.CASE, blocks=(long,))
    started = time.process_time()
    pdf = agenda(replace(samples.AGENDA, rows=(), cases=(case,)))
    # A fraction of a second is usual; what grows with the square of the length is not.
    assert time.process_time() - started < 5
    assert_on_the_page(pdf)
    read = "".join(pages(pdf)).split()
    assert [word for word in read if word.startswith("woord")] == words


def test_twenty_thousand_characters_without_a_space_print_whole() -> None:
    word = "".join(chr(ord("a") + number % 26) for number in range(20_000))
    case = replace(samples.CASE, blocks=(Section(title="", lines=(word,)),))
    pdf = agenda(replace(samples.AGENDA, rows=(), cases=(case,)))
    assert_on_the_page(pdf)
    lines = [line.strip() for page in pages(pdf) for line in page.splitlines()]
    assert word == "".join(
        line for line in lines if len(line) > 40 and line.isalpha() and line.islower()
    )


def test_sixty_actions_print_whole_and_in_order() -> None:
    items = tuple(
        ActionLine(what=f"Actie{number:02d} bellen", who="F. Hoekstra", due="27-11", since="20-10")
        for number in range(60)
    )
    case = replace(samples.CASE, blocks=(Actions(items=items),))
    read = content(agenda(replace(samples.AGENDA, rows=(), cases=(case,))))
    places = [
        read.find(squeezed(f"Actie{n:02d} bellen: F. Hoekstra, 27-11, open sinds 20-10"))
        for n in range(60)
    ]
    assert -1 not in places
    assert places == sorted(places)


def test_sixty_items_print_whole() -> None:
    rows = tuple(replace(samples.AGENDA.rows[2], title=f"Mw. Persoon{n:02d}") for n in range(60))
    pdf = agenda(replace(samples.AGENDA, rows=rows, cases=()))
    assert_on_the_page(pdf)
    read = content(pdf)
    assert all(f"Mw.Persoon{n:02d}" in read for n in range(60))


def test_no_file_is_opened_for_what_somebody_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    style.use_fonts()
    made("agenda")

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(builtins, "open", refused)
    paper, value = PAPERS["patient"]
    paper(with_texts(value, lambda _: '<img src="/etc/passwd"/>', SKIPPED))


def test_only_the_helper_puts_text_on_a_page() -> None:
    folder = Path(style.__file__).parent
    for path in folder.glob("*.py"):
        called = {
            getattr(node.func, "id", getattr(node.func, "attr", ""))
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        }
        if path.name != "style.py":
            assert "Paragraph" not in called, path.name
        drawn = {name for name in called if name.startswith("draw") and name.endswith("String")}
        assert drawn <= ({"drawCentredString"} if path.name == "recovery_sheet.py" else set()), (
            path.name
        )
        assert not called & {"beginText", "Table", "Preformatted", "XPreformatted"}, path.name
