"""Review moments: open, late, and due after so many working days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.review import Review, ReviewKind, is_open, plus_working_days
from tests.factories import NOW, TODAY

OPEN = Review(kind=ReviewKind.MEDICATION, due=TODAY, recorded_at=NOW, recorded_by=1)
FRIDAY = date(2026, 11, 27)


def test_a_review_is_open_until_it_is_held_or_dropped() -> None:
    assert is_open(OPEN)
    assert not is_open(replace(OPEN, done_on=TODAY))
    assert not is_open(replace(OPEN, dropped="overleden"))


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2026, 11, 30)),
        (FRIDAY, 5, date(2026, 12, 4)),
        (FRIDAY + timedelta(days=1), 1, date(2026, 11, 30)),
        (FRIDAY + timedelta(days=2), 1, date(2026, 11, 30)),
        (FRIDAY - timedelta(days=1), 1, FRIDAY),
        (TODAY, 10, date(2026, 12, 8)),
        (date(2026, 12, 24), 1, date(2026, 12, 25)),
    ],
)
def test_weekends_do_not_count_and_holidays_do(day: date, days: int, expected: date) -> None:
    assert plus_working_days(day, days) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_so_many_working_days_lie_between(day: date, days: int) -> None:
    due = plus_working_days(day, days)
    passed = [day + timedelta(days=number) for number in range(1, (due - day).days + 1)]
    assert sum(passing.weekday() < 5 for passing in passed) == days
    assert due.weekday() < 5
