"""A birth date as lists and forms write it: dd-mm-jjjj first, others where they cannot be mistaken."""

import re
from collections.abc import Iterable
from datetime import date

from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import checked_birth_date
from pzdesk.domain.person import MONTHS


def read_birth_date(text: str, today: date, *, month_first: bool = False) -> date:
    """A birth date from a cell, with or without a time behind it.

    Day, month, year with ``-``, ``/``, ``.`` or a space between; year, month, day; eight digits in
    either order; a month in words. A year of two digits is never guessed. ``month_first``: the
    list is known to write the month first, so that a date with two meanings is refused.

    Raises:
        BadInput: it is missing, not a date, in the future or more than 120 years back.
    """
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    bare = _without_time(text)
    if not bare:
        raise _bad("De geboortedatum ontbreekt.")
    if _SHORT_YEAR.fullmatch(bare):
        raise _bad(
            f"De geboortedatum “{shown}” heeft een jaartal van twee cijfers, zodat de eeuw niet "
            "vaststaat. Schrijf het jaartal met vier cijfers."
        )
    possible = _readings(bare)
    if not possible:
        raise _bad(f"De geboortedatum “{shown}” is geen datum als dd-mm-jjjj.")
    if any(0 in parts for parts in possible):
        raise _bad(f"Van de geboortedatum “{shown}” is de dag, de maand of het jaar niet bekend.")
    days = [day for parts in possible if (day := _day(*parts))]
    if not days:
        year, month, day_of_month = possible[0]
        turned = "; staan dag en maand omgekeerd?" if _day(year, day_of_month, month) else "."
        raise _bad(f"De geboortedatum “{shown}” bestaat niet{turned}")
    if month_first and _DAY_FIRST.fullmatch(bare) and days[0].day != days[0].month:
        raise _bad(
            "In deze lijst staat de maand vóór de dag, zodat "
            f"“{shown}” twee dagen kan betekenen. Laat de datums schrijven als dd-mm-jjjj."
        )
    alive = [day for day in days if day <= today and today.year - day.year <= 120]
    if len(set(alive)) > 1:
        raise _bad(f"De geboortedatum “{shown}” kan twee dagen betekenen.")
    return checked_birth_date((alive or days)[0], today)


def writes_month_first(texts: Iterable[str]) -> bool:
    """Whether a list writes month/day/year: two such dates at least, and none day/month/year."""
    months = 0
    for text in texts:
        found = _DAY_FIRST.fullmatch(_without_time(text))
        if not found:
            continue
        if int(found[1]) > 12:
            return False
        months += int(found[3]) > 12
    return months > 1


def _readings(bare: str) -> list[tuple[int, int, int]]:
    """Year, month and day as the text can be read; eight digits can be read in two ways."""
    if found := _DAY_FIRST.fullmatch(bare):
        return [(int(found[4]), int(found[3]), int(found[1]))]
    if found := _YEAR_FIRST.fullmatch(bare):
        return [(int(found[1]), int(found[3]), int(found[4]))]
    if found := _IN_WORDS.fullmatch(bare):
        month = _MONTHS.get(found[2].lower())
        return [(int(found[3]), month, int(found[1]))] if month else []
    if _EIGHT.fullmatch(bare):
        day_first = (int(bare[4:]), int(bare[2:4]), int(bare[:2]))
        year_first = (int(bare[:4]), int(bare[4:6]), int(bare[6:]))
        real = [parts for parts in (day_first, year_first) if _day(*parts)]
        return real or [year_first if bare[:2] in ("19", "20") else day_first]
    return []


def _without_time(text: str) -> str:
    """A date without the time behind it; a time in another zone may be another day, so it stays."""
    found = _TIME.search(text)
    if not found:
        return text
    elsewhere = found["zone"] and set(found["time"]) - set("0:.,")
    return text if elsewhere else text[: found.start()]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _bad(sentence: str) -> BadInput:
    return BadInput(sentence, field="geboortedatum")


_DAY_FIRST = re.compile(r"([0-9]{1,2})( ?[-/. ] ?)([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_IN_WORDS = re.compile(r"([0-9]{1,2})[-. ]([A-Za-z]{3,9})\.?[-. ]([0-9]{4})")
_EIGHT = re.compile(r"[0-9]{8}")
_SHORT_YEAR = re.compile(
    r"[0-9]{1,2} ?[-/. ] ?(?:[0-9]{1,2}|[A-Za-z]{3,9}\.?) ?[-/. ] ?'?[0-9]{2}|[0-9]{5,6}"
)
_TIME = re.compile(
    r"[T ](?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)(?: ?[AaPp]\.?[Mm]\.?)?"
    r" ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_MONTHS = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, start=1)},
    "mrt": 3,
    "march": 3,
    "mar": 3,
    "may": 5,
    "oct": 10,
    "sept": 9,
    "october": 10,
    "january": 1,
    "february": 2,
    "june": 6,
    "july": 7,
    "august": 8,
}
