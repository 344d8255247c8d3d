"""An agreement typed as one line: "@Oosting bezoek echtgenoot di" is who, what and when.

Nothing is guessed silently: what was understood is shown beside the line before it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.person import WEEKDAYS, folded
from pzdesk.domain.typed_date import typed_date

LONGEST_DATE = 3  # words, as in "17 maart 2027"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was understood; an empty ``who`` or ``what`` still has to be filled in.

    ``others`` are who else the letters after ``@`` could mean.
    """

    who: str = ""
    what: str = ""
    due: date | None = None
    others: tuple[str, ...] = ()


def understood(line: str, people: Sequence[str], today: date) -> Agreement:
    """What a line means, given the names of who sits at the table.

    ``@`` names who: the first of ``people`` with a word that begins so, else the word as typed. A date at
    the end (``di``, ``+2w``, ``4-12``) is by when. The rest is what. A bare number at the end is part of the
    text ("bel om 8"), not a day.
    """
    words = line.split()
    named: tuple[str, ...] = ()
    rest: list[str] = []
    for word in words:
        if word.startswith("@") and len(word) > 1 and not named:
            named = _called(word[1:], people)
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
            return Agreement(who, " ".join(rest), due, others)
    return Agreement(who, " ".join(rest), None, others)


def _called(typed: str, people: Sequence[str]) -> tuple[str, ...]:
    """Whose name has a word that begins so; nobody's, then what was typed."""
    wanted = folded(typed)
    found = [
        name for name in people if any(word.startswith(wanted) for word in folded(name).split())
    ]
    return tuple(found) or (typed,)


def _day(text: str, today: date) -> date | None:
    try:
        day = typed_date(text, today, past=False)
    except PzdeskError:
        return None
    # Who says "di" on a Tuesday means the next one: for today people say so.
    if day == today and any(name.startswith(folded(text)) for name in WEEKDAYS):
        return today + timedelta(weeks=1)
    return day
