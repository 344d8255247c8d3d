"""A date typed in a hurry is the date that was meant, or a sentence that says what can be typed."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput
from pzdesk.domain.typed_date import typed_date, typed_time

TODAY = date(2026, 11, 24)  # a Tuesday
DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("typed", "past", "meant"),
    [
        ("", None, None),
        ("  ", None, None),
        ("t", None, TODAY),
        ("Vandaag", None, TODAY),
        ("m", None, date(2026, 11, 25)),
        ("g", None, date(2026, 11, 23)),
        ("17", True, date(2026, 11, 17)),
        ("17", False, date(2026, 12, 17)),
        ("17", None, date(2026, 11, 17)),
        ("31", False, date(2026, 12, 31)),
        ("31", True, date(2026, 10, 31)),
        ("1703", True, date(2026, 3, 17)),
        ("1703", False, date(2027, 3, 17)),
        ("170363", True, date(1963, 3, 17)),
        ("170326", True, date(2026, 3, 17)),
        ("170327", True, date(1927, 3, 17)),
        ("170327", False, date(2027, 3, 17)),
        ("17031963", None, date(1963, 3, 17)),
        ("17-3", False, date(2027, 3, 17)),
        ("17-3-1963", None, date(1963, 3, 17)),
        ("17/3/63", True, date(1963, 3, 17)),
        ("17 maart 1963", None, date(1963, 3, 17)),
        ("17 mrt", True, date(2026, 3, 17)),
        ("1963-03-17", None, date(1963, 3, 17)),
        ("+2w", None, date(2026, 12, 8)),
        ("-3d", None, date(2026, 11, 21)),
        ("+3", None, date(2026, 11, 27)),
        ("+1m", None, date(2026, 12, 24)),
        ("-1j", None, date(2025, 11, 24)),
        ("vr", False, date(2026, 11, 27)),
        ("di", False, TODAY),
        ("ma", True, date(2026, 11, 23)),
        ("vr 4-12", False, date(2026, 12, 4)),
        ("29-2", False, date(2028, 2, 29)),
    ],
)
def test_what_was_typed_is_the_day_that_was_meant(
    typed: str,
    past: bool | None,  # noqa: FBT001 - a case of the table
    meant: date | None,
) -> None:
    assert typed_date(typed, TODAY, past=past) == meant


@pytest.mark.parametrize(
    "typed", ["32-1-2026", "30-2", "0", "99", "abc", "1-1-1", "12345", "+9999j"]
)
def test_what_is_no_date_is_told_with_what_can_be_typed(typed: str) -> None:
    with pytest.raises(BadInput, match="Typ bijvoorbeeld t"):
        typed_date(typed, TODAY)


@given(DAYS)
def test_a_date_written_out_is_always_that_date(day: date) -> None:
    for text in (f"{day:%d-%m-%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%d%m%Y}"):
        assert typed_date(text, TODAY) == day


@given(DAYS, st.integers(0, 9999))
def test_steps_count_from_today(today: date, count: int) -> None:
    try:
        ahead = typed_date(f"+{count}d", today)
    except BadInput:
        assert (today + timedelta(days=count)).year > 2199
    else:
        assert ahead == today + timedelta(days=count)


@given(st.text(max_size=20), DAYS, st.sampled_from([None, True, False]))
def test_any_text_is_a_date_nothing_or_a_sentence(
    text: str,
    today: date,
    past: bool | None,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    try:
        found = typed_date(text, today, past=past)
    except BadInput:
        return
    assert found is None or 1850 <= found.year <= 2199


@given(st.integers(1, 28), st.integers(1, 12), DAYS)
def test_a_date_without_a_year_lies_behind_or_ahead_as_asked(
    day: int, month: int, today: date
) -> None:
    behind = typed_date(f"{day}-{month}", today, past=True)
    ahead = typed_date(f"{day}-{month}", today, past=False)
    assert behind is not None
    assert ahead is not None
    assert behind <= today <= ahead
    assert (ahead - behind).days <= 366


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12.30", time(12, 30)),
        ("12:30", time(12, 30)),
        ("12u30", time(12, 30)),
        ("1230", time(12, 30)),
        ("9", time(9, 0)),
        ("9 uur", time(9, 0)),
        ("", None),
    ],
)
def test_a_time_is_read_as_it_is_typed(typed: str, meant: time | None) -> None:
    assert typed_time(typed) == meant


@pytest.mark.parametrize("typed", ["24.00", "12.60", "half een"])
def test_what_is_no_time_is_told(typed: str) -> None:
    with pytest.raises(BadInput, match=r"12\.30"):
        typed_time(typed)
