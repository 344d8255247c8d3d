"""The one way that text gets on a page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Flowable

from pzdesk.documents import style
from pzdesk.documents.style import (
    BODY,
    BOX,
    ITALIC,
    STRONG,
    UPRIGHT,
    italic,
    muted,
    printable,
    strong,
    text,
    unprintable,
)


def printed(flowables: list[Flowable]) -> list[str]:
    """The lines that the user typed, as they are handed to ReportLab."""
    return ["".join(piece.text for piece in getattr(one, "frags", [])) for one in flowables]


def faces(flowables: list[Flowable]) -> list[tuple[str, str]]:
    return [(piece.fontName, piece.text) for one in flowables for piece in one.frags]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("e\u0301e\u0301n", "één"),
        ("een\ttab", "een tab"),
        ("nul\x00, esc\x1b, bel\x07", "nul, esc, bel"),
        ("\ufefftekst\u200b zonder\u200e tekens\u00ad", "tekst zonder tekens"),
        ("a\u2009b\u3000c", "a b c"),
        ("non\u2011breaking", "non-breaking"),
        ("\uf0b7 uit Word", "• uit Word"),
        ("een\r\ntwee\rdrie\u2028vier\vvijf", "een\ntwee\ndrie\nvier\nvijf"),
        ("hart \u2764\ufe0f", f"hart {BOX}"),
        ("half \ud83d", f"half {BOX}"),
        ("Ş ğ ł đ ĳ ő ș † → ☐ ½ ²", "Ş ğ ł đ ĳ ő ș † → ☐ ½ ²"),
    ],
)
def test_what_is_typed_prints_composed_without_what_cannot_be_seen(typed: str, shown: str) -> None:
    assert printable(typed) == shown


def test_a_telephone_number_stays_on_one_line_and_a_date_does_not_glue_words() -> None:
    assert printable("bel 06-12 34 56 78 of") == "bel 06-12\xa034\xa056\xa078 of"
    assert printable("bel +31 6 12 34 56 78") == "bel +31\xa06\xa012\xa034\xa056\xa078"
    assert printable("4 van 6 op 12-11-2026 om 10 uur") == "4 van 6 op 12-11-2026 om 10 uur"


def test_only_what_has_no_glyph_is_told_as_unprintable() -> None:
    assert unprintable("gewoon ĳ ❒") == frozenset()
    assert unprintable("😀 \u05d1 e\u0301") == {0x1F600, 0x5D1}


def test_line_breaks_are_kept_and_empty_lines_become_one() -> None:
    made = text("\neen\n\n\n\ntwee\ndrie\n")
    assert printed(made) == ["een", "", "twee", "drie"]


def test_an_empty_text_takes_no_room() -> None:
    assert text("") == text(" \n ") == []


def test_mark_up_is_never_read() -> None:
    words = "<b>vet</b> <br/> &amp; <img src='/etc/passwd'/> </para>"
    assert printed(text(words)) == [words]


def test_pieces_have_their_own_face_and_italics_borrow_what_they_lack() -> None:
    made = text([strong("matig"), ", slechter ", italic("Ĳs ĳl Ω"), muted(" zo")])
    assert faces(made) == [
        (STRONG, "matig"),
        (UPRIGHT, ", slechter "),
        (UPRIGHT, "Ĳ"),
        (ITALIC, "s "),
        (UPRIGHT, "ĳ"),
        (ITALIC, "l "),
        (UPRIGHT, "Ω"),
        (UPRIGHT, " zo"),
    ]


@given(st.lists(st.text(max_size=40), max_size=4))
def test_a_long_line_is_cut_and_no_character_is_lost_or_moved(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(style, "_CHUNK", 9)
        made = text([style.Run(part) for part in words])
    whole = "\n".join(
        "".join(line.split()) for line in "".join(map(style._plain, words)).split("\n")
    )
    shown = printable(whole).replace("\xa0", "")
    assert "".join("".join(printed(made)).split()) == "".join(shown.split())


def test_a_long_line_is_cut_after_a_sentence() -> None:
    sentence = "Mevrouw wil thuis blijven zolang haar man het volhoudt. "
    made = text(sentence * 200)
    assert len(made) == 3
    assert all(line.rstrip().endswith("volhoudt.") for line in printed(made))


def test_breaking_a_paragraph_again_at_another_width_gives_other_lines() -> None:
    (made,) = text("woord " * 60, BODY)
    wide: Any = made.wrap(400, 100)
    assert made.wrap(120, 100)[1] > wide[1]
    assert made.wrap(400, 100) == wide
