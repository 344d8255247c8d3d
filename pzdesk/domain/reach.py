"""Which number of somebody works now: the one for the day, or the one for evening, night and weekend.

Office hours of a Dutch practice: working days from eight to five. Outside them there is the huisartsenpost.
"""

from datetime import date, datetime, time, timedelta

OPENS, CLOSES = time(8), time(17)
SATURDAY = 5
# Days on which practices are closed, counted from Easter Sunday: Easter Monday, Ascension, Whit Monday.
FROM_EASTER = (1, 39, 50)
NEW_YEAR, KINGS_DAY, CHRISTMAS, SECOND_CHRISTMAS = (1, 1), (4, 27), (12, 25), (12, 26)


def number_now(day: str, night: str, moment: datetime) -> str:
    """The number that works at a moment; with a word where it is not the one for that moment.

    Empty when no number is known at all.
    """
    if in_office_hours(moment):
        return day or (f"{night} (avond, nacht, weekend)" if night else "")
    if night:
        return night
    return f"{day} (overdag)" if day else ""


def in_office_hours(moment: datetime) -> bool:
    """Whether a practice answers its own telephone at a moment on the wall."""
    open_day = moment.weekday() < SATURDAY and moment.date() not in holidays(moment.year)
    return open_day and OPENS <= moment.time() < CLOSES


def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year on which practices are closed."""
    kings_day = date(year, *KINGS_DAY)
    if kings_day.weekday() == SATURDAY + 1:  # on a Sunday it is kept the day before
        kings_day -= timedelta(days=1)
    fixed = [date(year, *day) for day in (NEW_YEAR, CHRISTMAS, SECOND_CHRISTMAS)]
    moving = [easter(year) + timedelta(days=days) for days in FROM_EASTER]
    return frozenset([*fixed, kings_day, *moving])


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian algorithm, Nature 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
