"""Dates and times as people type them in a hurry: ``t``, ``17``, ``1703``, ``+2w``, ``17-3-1963``, ``vr``.

A short date is completed to the nearest one that fits: backwards where something was (``past`` True),
forwards where something is due (False), else whichever is nearest.
"""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta

from pzdesk.domain.errors import BadInput
from pzdesk.domain.person import MONTHS, WEEKDAYS

HOW = "Typ bijvoorbeeld t (vandaag), 17, 17-3, 17-3-2026, +2w of vr."
EARLIEST, LATEST = 1850, 2199


def typed_date(text: str, today: date, *, past: bool | None = None) -> date | None:
    """The day that was meant; nothing typed is None.

    A year of two digits is the latest year that is not more than ten years ahead, or with ``past`` not ahead
    at all: ``63`` is 1963.

    Raises:
        BadInput: it is not a date, or that day does not exist; the sentence says what can be typed.
    """
    bare = " ".join(text.split()).casefold().rstrip(".")
    if not bare:
        return None
    if bare in ("t", "vandaag"):
        return today
    if bare in ("m", "morgen"):
        return today + timedelta(days=1)
    if bare in ("g", "gisteren"):
        return today - timedelta(days=1)
    found = (
        _step(bare, today)
        or _weekday(bare, today, past=past)
        or _digits(bare, today, past=past)
        or _parts(bare, today, past=past)
    )
    if found is None:
        shown = bare if len(bare) <= 30 else f"{bare[:29]}…"
        raise BadInput(f"“{shown}” is geen datum die bestaat. {HOW}", field="datum")
    return found


def typed_time(text: str) -> time | None:
    """A time such as 12.30, 12:30, 12u30, 1230 or 9; nothing typed is None.

    Raises:
        BadInput: it is not a time of day.
    """
    bare = text.strip().casefold().removesuffix("uur").strip()
    if not bare:
        return None
    found = _TIME.fullmatch(bare)
    if found is not None:
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise BadInput("Typ een tijd als 12.30.", field="tijd")


def _step(bare: str, today: date) -> date | None:
    found = _STEP.fullmatch(bare)
    if found is None:
        return None
    count = int(found[2]) * (-1 if found[1] == "-" else 1)
    try:
        if found[3] == "m":
            return _months_on(today, count)
        if found[3] == "j":
            return _months_on(today, count * 12)
        return _within(today + timedelta(days=count * (7 if found[3] == "w" else 1)))
    except (OverflowError, ValueError):
        return None


def _weekday(bare: str, today: date, *, past: bool | None) -> date | None:
    number = _WEEKDAYS.get(bare)
    if number is None:
        return None
    ahead = (number - today.weekday()) % 7
    return today - timedelta(days=-ahead % 7) if past else today + timedelta(days=ahead)


def _digits(bare: str, today: date, *, past: bool | None) -> date | None:
    if not (bare.isascii() and bare.isdigit()):
        return None
    if len(bare) <= 2:
        return _nearest(_same_day_of_month(int(bare), today), today, past=past)
    if len(bare) == 4:
        return _without_year(int(bare[:2]), int(bare[2:]), today, past=past)
    if len(bare) == 6:
        return _day(_century(int(bare[4:]), today, past=past), int(bare[2:4]), int(bare[:2]))
    if len(bare) == 8:
        return _day(int(bare[4:]), int(bare[2:4]), int(bare[:2]))
    return None


def _parts(bare: str, today: date, *, past: bool | None) -> date | None:
    named = bare.partition(" ")
    if named[0] in _WEEKDAYS and named[2]:
        bare = named[
            2
        ]  # "vr 4-12" and "dinsdag 1 december": the day of the week is only said with it
    if found := _YEAR_FIRST.fullmatch(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _NUMBERS.fullmatch(bare) or _IN_WORDS.fullmatch(bare)
    if found is None:
        return None
    month = int(found[2]) if found[2].isdigit() else _MONTHS.get(found[2], 0)
    if found[3] is None:
        return _without_year(int(found[1]), month, today, past=past)
    year = int(found[3])
    if len(found[3]) == 2:
        year = _century(year, today, past=past)
    return _day(year, month, int(found[1]))


def _without_year(day: int, month: int, today: date, *, past: bool | None) -> date | None:
    # Eight years either way hold a 29 February, also around a century that has none.
    years = range(today.year - 8, today.year + 9)
    days = [found for year in years if (found := _day(year, month, day)) is not None]
    return _nearest(days, today, past=past)


def _same_day_of_month(day: int, today: date) -> list[date]:
    first = today.replace(day=1)
    months = [_months_on(first, count) for count in range(-2, 3)]
    days = [m and _day(m.year, m.month, day) for m in months]
    return [found for found in days if found]


def _nearest(days: Iterable[date], today: date, *, past: bool | None) -> date | None:
    if past is True:
        days = [day for day in days if day <= today]
    elif past is False:
        days = [day for day in days if day >= today]
    return min(days, key=lambda day: (abs((day - today).days), day < today), default=None)


def _century(year: int, today: date, *, past: bool | None) -> int:
    latest = today.year + (0 if past else 10)
    return latest - (latest - year) % 100


def _months_on(day: date, count: int) -> date | None:
    """The same day so many months later; the last of the month where that day does not exist."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    for last in range(day.day, 27, -1):
        if (found := _day(year, month + 1, last)) is not None:
            return found
    return _day(year, month + 1, day.day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _within(date(year, month, day))
    except ValueError:
        return None


def _within(day: date) -> date | None:
    return day if EARLIEST <= day.year <= LATEST else None


_STEP = re.compile(r"([+-]) ?([0-9]{1,4}) ?([dwmj]?)")
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{4}|[0-9]{2}))?")
_IN_WORDS = re.compile(r"([0-9]{1,2})[- ]?([a-z]{3,9})\.?(?:[- ]([0-9]{4}|[0-9]{2}))?")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_TIME = re.compile(r"([0-9]{1,2})(?:[.:u]?([0-9]{2}))?u?")
_MONTHS = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, start=1)},
    "mrt": 3,
    "sept": 9,
}
_WEEKDAYS = {
    **{name: number for number, name in enumerate(WEEKDAYS)},
    **{name[:2]: number for number, name in enumerate(WEEKDAYS)},
}
