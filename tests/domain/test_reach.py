"""Which number works now: by day, by night, in a weekend and on the days that practices are closed."""

from datetime import date, datetime

import pytest

from pzdesk.domain.reach import easter, holidays, in_office_hours, number_now

DAY, NIGHT = "0521-000101", "0521-000299"
TUESDAY = datetime(2026, 11, 24, 14, 5)
LATE = datetime(2026, 11, 24, 23, 0)


def test_by_day_it_is_the_number_of_the_day_and_by_night_that_of_the_night() -> None:
    assert number_now(DAY, NIGHT, TUESDAY) == DAY
    assert number_now(DAY, NIGHT, LATE) == NIGHT


def test_a_number_that_is_meant_for_another_moment_says_so() -> None:
    assert number_now("", NIGHT, TUESDAY) == f"{NIGHT} (avond, nacht, weekend)"
    assert number_now(DAY, "", LATE) == f"{DAY} (overdag)"
    assert number_now("", "", LATE) == number_now("", "", TUESDAY) == ""


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-24T07:59", False),
        ("2026-11-24T08:00", True),
        ("2026-11-24T16:59", True),
        ("2026-11-24T17:00", False),
        ("2026-11-28T10:00", False),
        ("2026-11-29T10:00", False),
        ("2026-12-25T10:00", False),
        ("2027-01-01T10:00", False),
    ],
)
def test_office_hours_are_working_days_from_eight_to_five(moment: str, *, is_open: bool) -> None:
    assert in_office_hours(datetime.fromisoformat(moment)) is is_open


def test_practices_are_closed_on_the_public_holidays() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]
    assert date(2025, 4, 26) in holidays(2025)  # the 27th was a Sunday
    assert date(2025, 4, 27) not in holidays(2025)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter_falls_where_the_calendar_says(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)
