"""One line of a meeting is understood as who, what and when, and never loses a word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.agreement import almost_called, understood

TODAY = date(2026, 12, 1)  # a Tuesday
PEOPLE = ("dr. De Boer", "F. Hoekstra", "L. Oosting")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("@Oosting bezoek echtgenoot 8-12", ("L. Oosting", "bezoek echtgenoot", date(2026, 12, 8))),
        ("@oost bezoek +1w", ("L. Oosting", "bezoek", date(2026, 12, 8))),
        ("nachtzorg aanvragen @hoekstra", ("F. Hoekstra", "nachtzorg aanvragen", None)),
        ("@Jansen belt terug vóór 4-12-2026", ("Jansen", "belt terug", date(2026, 12, 4))),
        ("@boer bel om 8", ("dr. De Boer", "bel om 8", None)),
        ("@oosting bezoek di", ("L. Oosting", "bezoek", date(2026, 12, 8))),
        ("@oosting bezoek t", ("L. Oosting", "bezoek", TODAY)),
        ("@oosting bezoek vr", ("L. Oosting", "bezoek", date(2026, 12, 4))),
        ("twee nachten proberen", ("", "twee nachten proberen", None)),
        ("", ("", "", None)),
        ("4-12", ("", "4-12", None)),
    ],
)
def test_a_line_says_who_does_what_by_when(line: str, meant: tuple[str, str, date | None]) -> None:
    found = understood(line, PEOPLE, TODAY)
    assert (found.who, found.what, found.due) == meant


def test_who_else_the_letters_could_mean_is_told() -> None:
    found = understood("@d bezoek", ("dr. De Boer", "dr. Kaya", "F. Hoekstra"), TODAY)
    assert (found.who, found.others) == ("dr. De Boer", ("dr. Kaya",))
    assert not understood("@hoek bezoek", PEOPLE, TODAY).others


@given(st.text(max_size=60))
def test_any_line_is_understood_without_an_error_and_keeps_its_first_word(line: str) -> None:
    found = understood(line, PEOPLE, TODAY)
    words = [word for word in line.split() if not word.startswith("@")]
    if words:
        assert found.what.startswith(words[0])


def test_who_is_not_at_the_table_and_a_day_that_does_not_exist_are_told() -> None:
    found = understood("@onbekend iets regelen 31-2", PEOPLE, TODAY)
    assert (found.who, found.is_known) == ("onbekend", False)
    assert (found.what, found.due, found.no_day) == ("iets regelen 31-2", None, "31-2")
    assert understood("@oost iets op 31 februari", PEOPLE, TODAY).no_day == "31 februari"
    for line in ("@oost bezoek 28-2", "@oost temperatuur 37.8", "@oost tensie 120/80"):
        found = understood(line, PEOPLE, TODAY)
        assert (found.is_known, found.no_day) == (True, "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("F. Hoek", ("F. Hoekstra",)),
        ("boer", ("dr. De Boer",)),
        ("F. Hoekstra", ()),
        ("de zoon", ()),
        ("stra", ()),
        ("", ()),
    ],
)
def test_who_is_nearly_called_so_is_perhaps_meant(typed: str, meant: tuple[str, ...]) -> None:
    assert almost_called(typed, PEOPLE) == meant
