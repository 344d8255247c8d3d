"""What is remembered of a destruction, and what must not be said in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pzdesk.domain.destruction import (
    Destruction,
    check_reason,
    check_typed,
    is_about,
    is_same,
    marked_line,
    named_row,
    row_name,
)
from pzdesk.domain.errors import BadInput
from pzdesk.domain.person import NameOrder
from tests.factories import NOW, TODAY, a_name, a_patient

PATIENT = a_patient(name=a_name(name_order=NameOrder.PARTNER_OWN), bsn="999990019")
GONE = Destruction(
    was_patient=3, mark=f"17:{'a' * 64}", whole=True, on=TODAY, recorded_at=NOW, recorded_by=1
)


def test_the_mark_names_a_line_of_the_log_or_nothing() -> None:
    assert marked_line(GONE) == (17, "a" * 64)
    for mark in ("", "tekst", "17:", f"x:{'a' * 64}", f"17:{'a' * 63}", f"17:{'G' * 64}"):
        assert marked_line(replace(GONE, mark=mark)) is None


def test_two_rows_tell_of_the_same_destruction_whatever_their_number() -> None:
    assert is_same(GONE, replace(GONE, id=9, reason="anders geschreven"))
    for other in (
        replace(GONE, was_patient=4),
        replace(GONE, rows=("naaste:1",)),
        replace(GONE, recorded_at=NOW + timedelta(seconds=1)),
    ):
        assert not is_same(GONE, other)


def test_a_row_is_named_by_its_table_and_number() -> None:
    assert named_row(row_name("pzp_version", 12)) == ("pzp_version", 12)
    for wrong in ("pzp_version", "pzp_version:x", "a:b:1"):
        with pytest.raises(ValueError, match=r"values|literal"):
            named_row(wrong)


@pytest.mark.parametrize(
    "typed",
    ["Jansen-de Vries", "jansen de vries", "VRIES", "14-03-1941", "14 03 1941", "14031941"],
)
def test_the_surname_or_the_birth_date_confirms(typed: str) -> None:
    check_typed(PATIENT, typed)


@pytest.mark.parametrize("typed", ["", " ", "Anna", "Jansen", "14-03-1942", "1941", "ja"])
def test_nothing_else_confirms(typed: str) -> None:
    with pytest.raises(BadInput):
        check_typed(PATIENT, typed)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "\n",
        "Anna wil dit",
        "familie Jansen",
        "mevr. DE VRIES",
        "bsn 9999.90.019",
        "van 14/03/1941",
    ],
)
def test_a_reason_that_is_empty_or_says_who_it_was_is_refused(reason: str) -> None:
    with pytest.raises(BadInput):
        check_reason(PATIENT, reason)


def test_a_reason_may_hold_a_word_that_only_looks_like_a_name() -> None:
    short = replace(PATIENT, name=a_name(achternaam="Bos", roepnaam="", partner_achternaam=""))
    assert check_reason(short, " verhuist naar Bosch en Duin ") == "verhuist naar Bosch en Duin"
    assert check_reason(PATIENT, "besproken op 24-11-2026") == "besproken op 24-11-2026"


@pytest.mark.parametrize(
    ("words", "is_so"),
    [
        ("Vries;Anna;14-03-1941", True),
        ("mevr. Anna de Vries belde", True),
        ("geboren 14.03.1941", True),
        ("BSN 9999 90 019", True),
        ("De Vries; Jan", False),
        ("Anna uit het Friese Vriescheloo", False),
        ("", False),
    ],
)
def test_a_text_is_about_somebody_for_certain_or_not(words: str, is_so: bool) -> None:  # noqa: FBT001
    assert is_about(PATIENT, words) is is_so
