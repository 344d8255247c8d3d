"""What a typed search means, and what stands before what: dates, numbers and words of names.

What can be found is a ``Sought``: its own words (a surname), its other words, a day, numbers. How far two
words may differ and still be one stands here; finding them among thousands is for who searches.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.matching import is_voorvoegsel
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Name, folded, initials
from pzdesk.domain.typed_date import typed_date

LEAST_INSIDE = 3  # letters from which a piece in the middle of a word is looked for
LEAST_WORD = 4  # letters from which a word may be found in spite of a slip
LONG_WORD = 8  # letters from which it may be two
LEAST_BEGINNING = 5  # letters from which a slip in the beginning of a longer word is forgiven
SHORT_TYPED = (4, 5)  # letters of a name that may be two short; a longer one may have two slips
LEAST_NUMBER = 4  # digits from which a number is looked for
BSN_DIGITS = 9
Fold = Callable[[str], str]


class Rank(IntEnum):
    """How well something is found; the smallest comes first."""

    WHOLE = 0
    BEGINS = 1
    OTHER = 2
    INSIDE = 3
    SLIP = 4
    SLIP_IN_BEGINNING = 5


@dataclass(frozen=True, slots=True)
class Day:
    """As much of a date as was typed."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def holds(self, when: date) -> bool:
        """Whether a date can be the one that was typed."""
        return (
            self.year in (None, when.year)
            and self.month in (None, when.month)
            and self.day in (None, when.day)
        )


@dataclass(frozen=True, slots=True)
class Query:
    """One meaning of what was typed: all words, and one of the days where there are any."""

    words: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is held against a query, everything folded.

    ``own`` are the words by which something is called, ``other`` what else leads to it. ``behind``: it
    comes after what is found equally well, as who is no longer in care does. ``order`` decides the rest.
    """

    own: frozenset[str]
    other: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    day: date | None = None
    behind: bool = False
    order: str = ""


class HitKind(StrEnum):
    """What kind of thing was found, in the order in which kinds are shown."""

    PATIENT = "patient"
    MEETING = "overleg"
    ACTION = "actie"
    PAGE = "pagina"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found, in words; ``patient``, ``number`` (meeting, action) or ``page`` leads to it."""

    kind: HitKind
    title: str
    detail: str = ""
    patient: PatientId | None = None
    number: int | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits of one kind, and how many there are in all."""

    kind: HitKind
    shown: tuple[Hit, ...]
    count: int


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page or an act of the window that can be found: its key, its title, and what else it is called."""

    key: str
    title: str
    detail: str = ""
    also: str = ""


def meanings(text: str, today: date) -> tuple[Query, ...]:
    """Everything that was perhaps meant; nothing typed is nothing.

    Dates count in any form of ``typed_date`` that names a month or a year, with a year of two digits in
    either century: "14-3-1941", "140341", "1941-03-14", "14 mrt", "maart 1941", "1941". "mei" and "1703"
    may be a name and a number too, so that there can be more than one meaning.
    """
    pieces = text.split()
    whole = Query(tuple(folded(text).split()))
    if not whole.words:
        return ()
    found = [
        *_dated(pieces, today, lettered=True),
        *_dated(pieces, today, lettered=False),
        *_number(text),
    ]
    return tuple(dict.fromkeys([*found, whole]))


def own_words(name: Name, fold: Fold = folded) -> frozenset[str]:
    """The surnames of somebody, own and partner's, apart and together, without spaces.

    "van den Berg-de Vries" is found as berg, vandenberg, vries, devries and vandenbergdevries. Who works
    out many names gives a ``fold`` that remembers: few parts of names are unique.
    """
    own = _surnames(name.voorvoegsels, name.achternaam, fold)
    if not name.partner_achternaam:
        return frozenset(own)
    partner = _surnames(name.partner_voorvoegsels, name.partner_achternaam, fold)
    both = {text for a in own for b in partner for text in (a + b, b + a)}
    return frozenset((*own, *partner, *both))


def other_words(name: Name, fold: Fold = folded) -> frozenset[str]:
    """Every other word of a name: first names, roepnaam, initials, voorvoegsels."""
    parts = (
        *(name.voornamen, name.roepnaam, initials(name) if name.initialen else ""),
        *(name.voorvoegsels, name.achternaam, name.partner_voorvoegsels, name.partner_achternaam),
    )
    return frozenset(_ways([word for part in parts if part for word in fold(part).split()]))


def spellings(text: str) -> frozenset[str]:
    """The folded words of a text; what has ij or y is found under both."""
    return frozenset(_ways(folded(text).split()))


def rank(typed: str, word: str, *, is_own: bool) -> Rank | None:
    """How well a typed word finds a word without any slip; None: not so."""
    if word.startswith(typed):
        if not is_own:
            return Rank.OTHER
        return Rank.WHOLE if word == typed else Rank.BEGINS
    return Rank.INSIDE if len(typed) >= LEAST_INSIDE and typed in word else None


def slips(typed: str, word: str) -> int:
    """How many slips of the fingers may lie between two words; a swap of two letters is one."""
    longest = max(len(typed), len(word))
    if longest < LEAST_WORD or typed.isdigit():
        return 0
    return 1 if longest < LONG_WORD else 2


def passed_over(typed: str, word: str) -> bool:
    """Whether a short name was typed with two letters passed over, none of them the outer ones: "bakr"."""
    if len(typed) not in SHORT_TYPED or len(word) != len(typed) + 2 or typed.isdigit():
        return False
    if typed[0] != word[0] or typed[-1] != word[-1]:
        return False
    rest = iter(word)
    return all(letter in rest for letter in typed)


def needed(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that must be found: voorvoegsels may be mistaken where something else was typed."""
    found = tuple(word for word in words if not is_voorvoegsel(word))
    return found or words


def is_number(word: str) -> bool:
    """Whether a typed word can be the beginning of a BSN or a number in the HIS."""
    return len(word) >= LEAST_NUMBER and any(c.isdigit() for c in word)


def _surnames(prefix: str, bare: str, fold: Fold) -> list[str]:
    words = fold(bare).split()
    if not words:
        return []
    found = ["".join(words)]
    if prefix:
        found.append(fold(prefix).replace(" ", "") + found[0])
    if len(words) > 1:
        # The parts of "Jansen-de Vries" in one field are surnames too.
        found += [word for word in words if not is_voorvoegsel(word)]
    return _ways(found)


def _ways(words: list[str]) -> list[str]:
    """Folded words as they may be written: Dijkstra and Dykstra are one name."""
    return [
        *words,
        *(word.replace("ij", "y") for word in words if "ij" in word),
        *(word.replace("y", "ij") for word in words if "y" in word),
    ]


def _number(text: str) -> list[Query]:
    """A number typed in pieces: a BSN with dots or spaces, "P-1234"."""
    words = folded(text).split()
    bare = "".join(words)
    fits = len(bare) == BSN_DIGITS if bare.isdigit() else len(text.split()) == 1
    return [Query((bare,))] if len(words) > 1 and is_number(bare) and fits else []


def _dated(pieces: list[str], today: date, *, lettered: bool) -> list[Query]:
    """The meaning in which the longest pieces that can be a date are one."""
    words: list[str] = []
    days: list[Day] = []
    place = 0
    while place < len(pieces):
        for end in range(min(place + _MOST_PIECES, len(pieces)), place, -1):
            span = " ".join(pieces[place:end])
            if not lettered and any(c.isalpha() for c in span):
                continue
            if found := days_in(span, today):
                days += found
                place = end
                break
        else:
            words += folded(pieces[place]).split()
            place += 1
    return [Query(tuple(words), tuple(days))] if days else []


def days_in(text: str, today: date) -> tuple[Day, ...]:
    """What a text can be as a date; a lone day of the month, a weekday or a step is none.

    A number of four digits can be a year, or day and month.
    """
    bare = text.casefold().strip(".,")
    found: list[Day] = []
    if bare in _NAMED_DAYS:
        day = today + timedelta(days=_NAMED_DAYS[bare])
        return (Day(day.year, day.month, day.day),)
    if re.fullmatch(r"[0-9]{4}", bare) and _FIRST_YEAR <= int(bare) <= today.year + 1:
        found.append(Day(int(bare)))
    if _MONTH_YEAR.fullmatch(bare):
        month = _typed("1 " + re.sub(r"[-/.]", " ", bare), today)
        return (Day(month.year, month.month),) if month is not None else ()
    if not _HAS_A_MONTH.search(bare):
        return tuple(found)
    if re.fullmatch(r"[0-9]{8}", bare) and _typed(bare, today) is None:
        bare = f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"
    return (*found, *_typed_days(bare, today))


def _typed_days(bare: str, today: date) -> tuple[Day, ...]:
    """What stays the same on whatever day it is typed was said; the rest was filled in for the typist."""
    now, later = _typed(bare, today), _typed(bare, _much_later(today))
    if now is None or later is None or (now.day, now.month) != (later.day, later.month):
        return ()
    if (later.year - now.year) % 100:
        return (Day(month=now.month, day=now.day),)
    whole = Day(now.year, now.month, now.day)
    if str(now.year) in bare:
        return (whole,)
    earlier = now.year - 100
    return (whole, replace(whole, year=earlier)) if earlier >= _FIRST_YEAR else (whole,)


def _typed(text: str, today: date) -> date | None:
    try:
        return typed_date(text, today, past=True)
    except BadInput:
        return None


def _much_later(today: date) -> date:
    """A day of another year, month and day, so far on that a short date is completed otherwise."""
    return date(today.year + 36, 12 if today.month < 7 else 1, 29 if today.day < 15 else 3)


_MOST_PIECES = 4  # "dinsdag 1 december 2026"
_FIRST_YEAR = 1880
# A lone day of the month ("17"), a weekday ("vr") and a step ("+2w") have no month.
_HAS_A_MONTH = re.compile(r"^(?![+-]).*[0-9].*(?:[0-9]{2}|[-/. ].|[a-z]{3})")
_NAMED_DAYS = {"vandaag": 0, "morgen": 1, "gisteren": -1}
_MONTH_YEAR = re.compile(r"(?:0?[1-9]|1[0-2]|[a-z]{3,9})[-/. ][0-9]{4}")
