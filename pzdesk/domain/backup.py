"""Backups: what one says about itself, and which of many are kept."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

DAYS, WEEKS, MONTHS = 12, 10, 9
ALL_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupAbout:
    """What a backup says about itself: no name and no text of a patient.

    ``digest`` is SHA-256 over every row of every table; ``sequence`` and ``head`` are the end of the audit
    log in it; ``store_id`` tells which practice's it is.
    """

    made_at: datetime
    store_id: str
    schema: str
    app: str
    sequence: int
    head: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was looked at; ``size`` in bytes."""

    path: Path
    about: BackupAbout
    size: int


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which backups stay when old ones are thinned out.

    Everything of the last two days, the newest of each of the last 12 days that have one, of 10 weeks and
    of 9 months. Days, weeks and months are counted as they occur, not by the clock: one that was wrong for
    a while takes nothing away, and what is dated after now always stays.
    """
    past = sorted((moment for moment in moments if moment <= now), reverse=True)
    keep = {moment for moment in moments if moment > now}
    keep |= {moment for moment in past if now - moment < ALL_FOR}
    rules: tuple[tuple[Callable[[datetime], Hashable], int], ...] = (
        (lambda moment: moment.date(), DAYS),
        (lambda moment: moment.isocalendar()[:2], WEEKS),
        (lambda moment: (moment.year, moment.month), MONTHS),
    )
    for part_of, count in rules:
        newest: dict[Hashable, datetime] = {}
        for moment in past:
            newest.setdefault(part_of(moment), moment)
        keep |= set(islice(newest.values(), count))
    return keep


def gone_by(moments: Iterable[datetime]) -> date | None:
    """By which day the last of these backups has rotated out, where every month has one; None of none.

    The newest of a month stays longest, for ``MONTHS`` months; no other rule keeps anything longer.
    """
    last = max((moment.date() for moment in moments), default=None)
    if last is None:
        return None
    months = last.year * 12 + last.month - 1 + MONTHS
    return date(months // 12, months % 12 + 1, 1)
