"""Who is the same person: the rule for imports, and the rule for possible doubles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Name, NameOrder, folded, initials


class Match(StrEnum):
    """How sure it is that two records are one person."""

    SURE = "zeker"
    POSSIBLE = "mogelijk"
    NONE = "geen"


def surnames(name: Name) -> frozenset[str]:
    """Every surname somebody may be written under, folded and without spaces.

    Own name and partner's name, each with and without voorvoegsels, alone and together in both
    orders, whatever order is in use: one source writes "Jansen-de Vries", the next "Vries, de".
    """
    own = _with_and_without(name.voorvoegsels, name.achternaam)
    partner = _with_and_without(name.partner_voorvoegsels, name.partner_achternaam)
    together = {text for a in own for b in partner for text in (a + b, b + a)}
    return frozenset(own | partner | together)


@dataclass(frozen=True)  # without slots: what is compared is kept beside the name
class Comparable:
    """A name with what is compared of it, worked out once: a list is held against many people."""

    name: Name

    @cached_property
    def surnames(self) -> frozenset[str]:
        """See ``surnames``."""
        return surnames(self.name)

    @cached_property
    def halves(self) -> set[str]:
        """The parts of double surnames, without voorvoegsels."""
        return _halves(self.name)

    @cached_property
    def given(self) -> list[str]:
        """The voornamen, folded."""
        return _given(self.name)

    @cached_property
    def called(self) -> str:
        """The roepnaam, folded."""
        return folded(self.name.roepnaam)

    @cached_property
    def letters(self) -> list[str]:
        """The first letter of each initial."""
        return _letters(self.name)


def match(one: Name, born: date, other: Name, other_born: date) -> Match:
    """How sure it is that two names with birth dates are one person.

    Sure: the same birth date, a surname in common, and the same first name, or initials where one
    side has no more. Possible: the same birth date with a surname, a half of a double surname or
    the first name or initials in common; or the same surname and first name with another birth
    date; or the same surname and initials with a birth date that differs by a slip of the pen. A
    missing first name never makes it sure, and neither does a second name that twins share.
    """
    return compared(Comparable(one), born, Comparable(other), other_born)


def compared(one: Comparable, born: date, other: Comparable, other_born: date) -> Match:
    """As ``match``, for names that are compared more than once."""
    shared = not one.surnames.isdisjoint(other.surnames)
    if not shared and born != other_born:
        return Match.NONE
    first = _same_first_name(one, other)
    if born == other_born:
        if shared and first:
            return Match.SURE
        akin = shared or first or not one.halves.isdisjoint(other.halves)
        return Match.POSSIBLE if akin else Match.NONE
    if first:
        named = bool(one.given or one.called) and bool(other.given or other.called)
        return Match.POSSIBLE if named or _slip(born, other_born) else Match.NONE
    return Match.NONE


def matches(
    name: Name, born: date, patients: Iterable[Patient]
) -> tuple[list[Patient], list[Patient]]:
    """The patients that surely are this person, and those that possibly are.

    Two sure ones (twins of whom the source gives initials only) are for the user to choose from.
    """
    sure, possible = [], []
    wanted = Comparable(name)
    for patient in patients:
        how = compared(wanted, born, Comparable(patient.name), patient.birth_date)
        if how is Match.SURE:
            sure.append(patient)
        elif how is Match.POSSIBLE:
            possible.append(patient)
    return sure, possible


def written_name(text: str) -> Name:
    """A name from one line, as a form or a list has it; never raises.

    "Hendrik Hartman", "mw. A. (Anna) van der Berg-de Groot", "Jansen-de Vries, A.", "Boer, A. de",
    "Jansen A.M.", "Jansen geb. de Vries", "de Vries e/v Jansen". Titles in front are left out. The
    words before the first voorvoegsel, or else before the last word, are first names or initials.
    A double surname is not split: which half is the partner's cannot be told. Where nothing but a
    title or punctuation stands, the achternaam is empty, which ``checked_name`` refuses.
    """
    text, called = _called(_HYPHEN.sub("-", text))
    words, partner, order = _married(text.replace(",", " , ").split())
    given, back = _front_and_back(words)
    prefix, bare = _prefixed(back, alone=not given)
    partner_prefix, partner_bare = _prefixed(partner, alone=True)
    shouted = text.isupper()
    short = bool(given) and all(looks_like_initials(word, shouted=shouted) for word in given)
    return Name(
        achternaam=bare,
        voorvoegsels=prefix,
        voornamen="" if short else " ".join(given),
        initialen=" ".join(given) if short else "",
        roepnaam=called,
        partner_voorvoegsels=partner_prefix,
        partner_achternaam=partner_bare,
        name_order=order,
    )


def looks_like_initials(word: str, *, shouted: bool = False) -> bool:
    """Whether one word is initials and not a name: "A.", "A.M.", "J.Th.", "Y", "AM".

    Where everything is in capitals (``shouted``) capitals tell nothing, so that "AM" does not count.
    """
    bare = not shouted and word.isalpha() and word.isupper() and len(word) <= _MOST_BARE_INITIALS
    return bare or bool(_INITIALS.fullmatch(word))


def is_voorvoegsel(word: str) -> bool:
    """Whether a word is a voorvoegsel of Dutch surnames, as written or shortened ("v.d.")."""
    return word.casefold().replace("’", "'") in _PREFIXES


def _with_and_without(prefix: str, bare: str) -> set[str]:
    texts = (folded(text).replace(" ", "") for text in (bare, f"{prefix} {bare}" if bare else ""))
    return {text for text in texts if text}


def _halves(name: Name) -> set[str]:
    """The parts of double surnames without voorvoegsels: "Jansen-de Vries" has jansen and vries."""
    found: set[str] = set()
    for whole in (name.achternaam, name.partner_achternaam):
        for half in whole.split("-"):
            words = half.split()
            while len(words) > 1 and is_voorvoegsel(words[0]):
                words.pop(0)
            found.add(folded(" ".join(words)).replace(" ", ""))
    return found - {""}


def _given(name: Name) -> list[str]:
    """The folded voornamen one by one, without what are only initials."""
    words = [word for word in name.voornamen.split() if not _INITIALS.fullmatch(word)]
    return folded(" ".join(words)).split()


def _letters(name: Name) -> list[str]:
    """The first letter of each initial, of the roepnaam where nothing else is known."""
    pieces = folded(initials(name).replace(".", " ")).split() or folded(name.roepnaam).split()[:1]
    return [piece[0] for piece in pieces]


def _same_first_name(one: Comparable, other: Comparable) -> bool:
    given, others = one.given, other.given
    called, other_called = one.called, other.called
    if called and other_called:
        return called == other_called
    if (given or called) and (others or other_called):
        return (
            _agree(given, others)
            or bool(called and others and called in (others[0], " ".join(others)))
            or bool(other_called and given and other_called in (given[0], " ".join(given)))
        )
    return _agree(one.letters, other.letters)


def _agree(some: list[str], others: list[str]) -> bool:
    """One is the beginning of the other: "A." and "A.M." agree, "A.M." and "A.J." do not."""
    both = list(zip(some, others, strict=False))
    return bool(both) and all(one == other for one, other in both)


def _slip(one: date, other: date) -> bool:
    """Two dates of which only the day, the month or the year differs, or day and month changed places."""
    same = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    swapped = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    return same >= 2 or swapped


def _called(text: str) -> tuple[str, str]:
    """The text without what stands in brackets, and that as the roepnaam."""
    called = ""
    for found in _BRACKETS.findall(text):
        marks = found.split()
        if marks and marks[0].casefold() in _BORN | _MARRIED_TO:
            text = text.replace(f"({found})", f" {found} ")
        else:
            called = called or " ".join(marks)
    bare = _BRACKETS.sub(" ", text.replace(f"({called})", " "))
    return bare.replace("(", " ").replace(")", " "), called


def _married(words: list[str]) -> tuple[list[str], list[str], NameOrder]:
    """The words of the own name, those of the partner's, and the order that the writing tells."""
    for place, word in enumerate(words[1:-1], start=1):
        mark = word.casefold()
        if mark not in _BORN | _MARRIED_TO:
            continue
        end = words.index(",", place) if "," in words[place:] else len(words)
        front, behind, rest = words[:place], words[place + 1 : end], words[end:]
        if not behind:
            continue
        if mark in _MARRIED_TO:
            return front + rest, behind, NameOrder.OWN
        given, back = _front_and_back(front + rest)
        return [*behind, ",", *given], back, NameOrder.PARTNER_OWN
    return words, [], NameOrder.OWN


def _front_and_back(words: list[str]) -> tuple[list[str], list[str]]:
    """First names or initials, and the words of the surname with its voorvoegsels."""
    if "," in words[1:-1]:
        cut = words.index(",", 1)
        front = _untitled([word for word in words[cut + 1 :] if word != ","])
        back = _untitled([word for word in words[:cut] if word != ","])
    else:
        words = _untitled([word for word in words if word != ","])
        cut = _surname_first(words)
        if not cut:
            start = _surname_start(words)
            return words[:start], words[start:]
        front, back = words[cut:], words[:cut]
    behind: list[str] = []
    while front and is_voorvoegsel(front[-1]):
        behind.insert(0, front.pop())
    return front, behind + back


def _untitled(words: list[str]) -> list[str]:
    """Words without the titles in front; a last word that may be a surname stays."""
    while words:
        lone = len(words) == 1 and not words[0].endswith(".")
        if folded(words[0]) in _TITLES and not lone and words[0] not in _ALSO_NAMES:
            words = words[1:]
        elif len(words) > 2 and words[0].casefold() in ("de", "den") and words[1] in _HEER:
            words = words[2:]
        else:
            break
    return words


def _surname_first(words: list[str]) -> int:
    """Where the initials begin in "Jansen A.M." and "Vries A. de"; 0 where it is not so written."""
    shouted = " ".join(words).isupper()
    place = len(words)
    found = 0
    while place > 1:
        place -= 1
        if looks_like_initials(words[place], shouted=shouted):
            found = place
        elif not is_voorvoegsel(words[place]):
            break
    return found if not all(is_voorvoegsel(word) for word in words[:found]) else 0


def _surname_start(words: list[str]) -> int:
    last = max(len(words) - 1, 0)
    for place, word in enumerate(words[:-1]):
        if is_voorvoegsel(word) and not (place == 0 and word in _ALSO_NAMES):
            return place
        if "-" in word and is_voorvoegsel(word.rpartition("-")[2]):
            return place
    return last


def _prefixed(words: list[str], *, alone: bool) -> tuple[str, str]:
    """Voorvoegsels and the bare surname; ``alone``: the first is large only because it is first."""
    prefix: list[str] = []
    while len(words) > 1 and is_voorvoegsel(words[0]):
        prefix.append(words[0])
        words = words[1:]
    if alone and prefix and prefix[0].istitle():
        prefix[0] = prefix[0].lower()
    bare = " ".join(words)
    return " ".join(prefix), bare if folded(bare) else ""


_MOST_BARE_INITIALS = 4
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]?|[^\W\d_]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_HYPHEN = re.compile(r"(?<=\w)(?:\s+[-–]\s*|[-–]\s+)(?=\w)|–")
_BORN = frozenset({"geb", "geb.", "geboren"})
_MARRIED_TO = frozenset({"e/v", "e.v.", "e.v", "echtg.", "echtgenote"})
_HEER = frozenset({"heer", "hr", "hr."})
_TITLES = frozenset(
    {"dhr", "hr", "mw", "mevr", "mevrouw", "meneer", "mr", "dr", "drs", "ir", "ing", "prof", "heer"}
)
_PREFIXES = frozenset(
    {"van", "de", "der", "den", "ten", "ter", "te", "het", "'t", "t'", "in", "op", "aan", "bij"}
    | {"uit", "voor", "la", "le", "du", "des", "von", "vom", "zu", "'s", "el", "al", "ben", "da"}
    | {"v.d.", "v.d", "v/d", "vd", "dos", "di", "del", "onder", "over"}
)
_ALSO_NAMES = frozenset({"Al", "Ben", "Da", "Del", "Di", "Heer", "Ing"})
