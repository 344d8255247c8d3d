"""What a patient's record refuses."""

from datetime import date

import pytest

from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import checked_birth_date, checked_icpc, checked_name
from pzdesk.domain.person import MAX_NAME, Name

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "code"), [("K77", "K77"), (" k77 ", "K77"), ("A89.01", "A89.01"), ("", ""), (" ", "")]
)
def test_an_icpc_code_comes_out_as_the_his_writes_it(text: str, code: str) -> None:
    assert checked_icpc(text) == code


@pytest.mark.parametrize("text", ["K7", "K777", "77K", "I77", "K77.1", "K77.001", "K 77", "hart"])
def test_what_is_no_icpc_code_is_told_with_the_text_itself(text: str) -> None:
    with pytest.raises(BadInput, match="geen ICPC-code") as told:
        checked_icpc(text)
    assert text in str(told.value)
    assert told.value.field == "icpc"


@pytest.mark.parametrize("day", [TODAY, date(1906, 1, 1), date(1941, 3, 14)])
def test_somebody_alive_may_be_born_today_or_in_the_last_120_years(day: date) -> None:
    assert checked_birth_date(day, TODAY) == day


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(1905, 12, 31), date(1, 1, 1)])
def test_a_birth_date_in_the_future_or_too_long_ago_is_refused(day: date) -> None:
    with pytest.raises(BadInput):
        checked_birth_date(day, TODAY)


def test_a_name_needs_an_achternaam() -> None:
    with pytest.raises(BadInput, match="achternaam"):
        checked_name(Name(achternaam="  ", roepnaam="Anna"))


@pytest.mark.parametrize("part", ["achternaam", "voornamen", "roepnaam", "partner_achternaam"])
def test_no_part_of_a_name_is_longer_than_200_characters(part: str) -> None:
    at_most = {"achternaam": "Vries", part: "x" * MAX_NAME}
    name = Name(**at_most)  # type: ignore[arg-type]
    assert checked_name(name) == name
    with pytest.raises(BadInput, match="200"):
        checked_name(Name(**{**at_most, part: "x" * (MAX_NAME + 1)}))  # type: ignore[arg-type]
