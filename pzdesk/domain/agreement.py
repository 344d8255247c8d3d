"""An agreement typed as one line: "@Oosting bezoek echtgenoot di" is who, what and when.

Nothing is guessed silently: what was understood is shown beside the line before it is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.person import MONTHS, WEEKDAYS, folded
from pzdesk.domain.typed_date import typed_date

_AS_A_DAY = re.compile(
    rf"[0-9]{{1,2}}(?:[-/][0-9]{{1,2}}(?:[-/](?:[0-9]{{4}}|[0-9]{{2}}))?| (?:{'|'.join(MONTHS)}))"
)
LONGEST_DATE = 3  # words, as in "17 maart 2027"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was understood; an empty ``who`` or ``what`` still has to be filled in.

    ``others`` are who else the letters after ``@`` could mean. ``is_known``: somebody at the table is called
    so. ``no_day`` is what stands at the end as a date that does not exist; it is part of ``what``.
    """

    who: str = ""
    what: str = ""
    due: date | None = None
    others: tuple[str, ...] = ()
    is_known: bool = True
    no_day: str = ""


def understood(line: str, people: Sequence[str], today: date) -> Agreement:
    """What a line means, given the names of who sits at the table.

    ``@`` names who: the first of ``people`` with a word that begins so, else the word as typed. A date at
    the end (``di``, ``+2w``, ``4-12``) is by when. The rest is what. A bare number at the end is part of the
    text ("bel om 8"), not a day.
    """
    words = line.split()
    named: tuple[str, ...] = ()
    is_known = True
    rest: list[str] = []
    for word in words:
        if word.startswith("@") and len(word) > 1 and not named:
            called = _called(word[1:], people)
            named, is_known = called or (word[1:],), bool(called)
        else:
            rest.append(word)
    who, others = (named[0], named[1:]) if named else ("", ())
    for count in range(min(LONGEST_DATE, len(rest) - 1), 0, -1):
        tail = " ".join(rest[-count:])
        if tail.isdigit():
            continue
        due = _day(tail, today)
        if due is not None:
            rest = rest[:-count]
            if rest and rest[-1].casefold() in {"vóór", "voor", "op", "uiterlijk"}:
                rest = rest[:-1]
            return Agreement(who, " ".join(rest), due, others, is_known)
    return Agreement(who, " ".join(rest), None, others, is_known, _no_day(rest))


def almost_called(typed: str, people: Sequence[str]) -> tuple[str, ...]:
    """Who is perhaps meant by a name that nobody has: it stands in theirs, from the begin of a word."""
    wanted = f" {folded(typed)}"
    if not typed or typed in people:
        return ()
    return tuple(name for name in people if wanted in f" {folded(name)}")


def _called(typed: str, people: Sequence[str]) -> tuple[str, ...]:
    """Whose name has a word that begins so."""
    wanted = folded(typed)
    return tuple(
        name for name in people if any(word.startswith(wanted) for word in folded(name).split())
    )


def _no_day(words: Sequence[str]) -> str:
    """What at the end reads as a day and a month, and was no date."""
    for count in (1, 2):
        tail = " ".join(words[-count:])
        if len(words) > count and _AS_A_DAY.fullmatch(tail.casefold()):
            return tail
    return ""


def _day(text: str, today: date) -> date | None:
    try:
        day = typed_date(text, today, past=False)
    except PzdeskError:
        return None
    # Who says "di" on a Tuesday means the next one: for today people say so.
    if day == today and any(name.startswith(folded(text)) for name in WEEKDAYS):
        return today + timedelta(weeks=1)
    return day
