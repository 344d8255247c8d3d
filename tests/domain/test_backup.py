"""Which backups are kept: close together when they are young, further apart when they are old."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.backup import ALL_FOR, DAYS, MONTHS, WEEKS, gone_by, kept

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
MOMENTS = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC)), max_size=60
)


def test_two_years_of_half_hours_leave_days_weeks_and_months() -> None:
    here: set[datetime] = set()
    start = datetime(2025, 1, 1, 8, tzinfo=UTC)
    for day in range(730):
        for half_hour in range(20):
            now = start + timedelta(days=day, minutes=30 * half_hour)
            here.add(now)
        here = kept(here, now)
    old = [moment for moment in here if now - moment >= ALL_FOR]
    assert len({moment.date() for moment in here if now - moment < timedelta(days=DAYS)}) == DAYS
    assert len(old) <= DAYS + WEEKS + MONTHS
    assert now - min(here) > timedelta(days=30 * (MONTHS - 2))
    assert all(moment.hour == 17 for moment in old), "the newest of a day is the one that stays"


@given(MOMENTS)
def test_everything_of_the_last_two_days_stays_and_so_does_what_is_dated_after_now(
    moments: list[datetime],
) -> None:
    keep = kept(moments, NOW)
    assert keep <= set(moments)
    assert {moment for moment in moments if moment > NOW - ALL_FOR} <= keep


@given(MOMENTS)
def test_the_newest_always_stays_and_thinning_twice_removes_no_more(
    moments: list[datetime],
) -> None:
    keep = kept(moments, NOW)
    assert kept(keep, NOW) == keep
    if moments:
        assert max(moments) in keep


@given(MOMENTS, st.timedeltas(timedelta(days=-400), timedelta(days=4000)))
def test_a_clock_that_jumps_never_takes_all_old_ones_away(
    moments: list[datetime], jump: timedelta
) -> None:
    before = kept(moments, NOW)
    after = kept(before, NOW + jump)
    assert len({moment.date() for moment in after}) >= min(
        DAYS, len({moment.date() for moment in before})
    )


def test_the_last_of_old_backups_has_rotated_out_after_nine_months() -> None:
    made = [datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 6, 30, 12, tzinfo=UTC)]
    assert gone_by(made) == date(2027, 3, 1)
    weeks = [made[-1] + timedelta(days=7 * week) for week in range(40)]
    assert made[-1] in kept(weeks, datetime(2027, 2, 27, tzinfo=UTC))
    assert made[-1] not in kept(weeks, datetime(2027, 3, 9, tzinfo=UTC))
    assert gone_by([]) is None
