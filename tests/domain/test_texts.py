"""Texts are kept clean, at most 20,000 characters long, and short ones on one line."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput
from pzdesk.domain.texts import MAX_TEXT, Line, clean_text, cleaned, limited, one_line, required


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Geïmplanteerd\x7f in 2018", "Geïmplanteerd in 2018"),
        ("vervolggesprek \r\n", "vervolggesprek"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("regel \nnog een", "regel\nnog een"),
        ("\x00nul\x00", "nul"),
        ("los \ud83d eind", "los  eind"),
        ("tekst\u202egnikred", "tekstgnikred"),
        ("e\u0301e\u0301n", "één"),
        ("<penicilline> & “ĳ” Şğłđ", "<penicilline> & “ĳ” Şğłđ"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("  ", ""),
    ],
)
def test_a_text_keeps_what_can_be_read(written: str, kept: str) -> None:
    assert clean_text(written) == kept


@given(st.text(st.characters()))
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("utf-8")


def test_a_text_of_twenty_thousand_characters_fits_and_one_more_is_told() -> None:
    assert limited("x" * MAX_TEXT) == "x" * MAX_TEXT
    with pytest.raises(BadInput, match=r"20\.000 tekens .* 20001") as told:
        limited("x" * (MAX_TEXT + 1), field="vraag")
    assert told.value.field == "vraag"


@pytest.mark.parametrize("nothing", ["", "  \n", "\x00", "\u200b\ud83d"])
def test_a_text_that_is_required_has_something_to_read(nothing: str) -> None:
    assert required(" omdat\x00 ", "Waarom?", field="reden") == "omdat"
    with pytest.raises(BadInput, match="Waarom") as told:
        required(nothing, "Waarom?", field="reden")
    assert told.value.field == "reden"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ans\n de\tVries ", "Ans de Vries"),
        ("06\u00a012  34", "06 12 34"),
        ("J. Jansen", "J. Jansen"),
    ],
)
def test_a_short_text_is_kept_on_one_line(written: str, kept: str) -> None:
    assert one_line(written) == kept
    assert one_line(kept) == kept


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a value."""

    by: Line = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A value with texts in every place."""

    who: Line
    nickname: Line | None = None
    part: Part = Part()
    parts: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
    answers: dict[str, object] = field(default_factory=dict)
    count: int = 0


def test_every_text_of_a_value_is_cleaned_however_deep_it_lies() -> None:
    dirty = Part(by="Ans\nde Vries\x00", text="een\r\ntwee\x00")
    whole = Whole(
        who=" Ans\nde Vries",
        part=dirty,
        parts=(dirty, Part()),
        words=("a\x07",),
        answers={"4a": dirty, "rows": [{"x": "\ud83dy"}], "n": 3},
        count=2,
    )
    clean = Part(by="Ans de Vries", text="een\ntwee")
    assert cleaned(whole) == Whole(
        who="Ans de Vries",
        part=clean,
        parts=(clean, Part()),
        words=("a",),
        answers={"4a": clean, "rows": [{"x": "y"}], "n": 3},
        count=2,
    )


def test_what_is_clean_already_is_not_made_again() -> None:
    whole = Whole(who="Ans", nickname="An", parts=(Part(by="x"),), answers={"4a": Part()})
    assert cleaned(whole) is whole


def test_a_text_that_is_too_long_is_told_with_the_name_of_its_field() -> None:
    with pytest.raises(BadInput) as told:
        cleaned(Whole(who="Ans", parts=(Part(text="x" * (MAX_TEXT + 1)),)))
    assert told.value.field == "text"
