"""Twenty years after the last change, by the calendar."""

from datetime import date, timedelta

import pytest

from pzdesk.domain.retention import cut_off, kept_until


@pytest.mark.parametrize(
    ("last", "until"),
    [
        (date(2026, 11, 24), date(2046, 11, 24)),
        (date(2024, 2, 29), date(2044, 2, 29)),
        (date(2080, 2, 29), date(2100, 2, 28)),
        (date(2100, 2, 28), date(2120, 2, 28)),
    ],
)
def test_a_file_is_kept_for_twenty_years_from_its_last_change(last: date, until: date) -> None:
    assert kept_until(last) == until
    assert last >= cut_off(until)
    assert last < cut_off(until + timedelta(days=1))
