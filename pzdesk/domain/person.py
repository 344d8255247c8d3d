"""Names, sexes, addresses and numbers of people, as Dutch primary care writes them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pzdesk.domain.texts import Line

MAX_NAME = 200


class NameOrder(StrEnum):
    """Which surname somebody uses (zib Naamgebruik; FHIR name-assembly-order)."""

    OWN = "NL1"
    PARTNER = "NL2"
    PARTNER_OWN = "NL3"
    OWN_PARTNER = "NL4"


class Sex(StrEnum):
    """Administrative sex; decides only how somebody is addressed."""

    WOMAN = "vrouw"
    MAN = "man"
    OTHER = "anders"
    UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in the parts of the zib Naamgegevens; only ``achternaam`` is required."""

    achternaam: Line
    voorvoegsels: Line = ""
    voornamen: Line = ""
    initialen: Line = ""
    roepnaam: Line = ""
    partner_voorvoegsels: Line = ""
    partner_achternaam: Line = ""
    name_order: NameOrder = NameOrder.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A telephone number as it is dialled, and what it is for ("mobiel", "dochter, 's nachts")."""

    number: Line
    note: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A Dutch postal address."""

    street: Line = ""
    postcode: Line = ""
    city: Line = ""


_TITLE = {Sex.WOMAN: "Mevrouw", Sex.MAN: "De heer"}
_SHORT_TITLE = {Sex.WOMAN: "Mw.", Sex.MAN: "Dhr."}


def initials(name: Name) -> str:
    """Initials with full stops: as recorded, else the first letters of the voornamen.

    >>> initials(Name(achternaam="Jansen", voornamen="Anna Maria"))
    'A.M.'
    """
    if name.initialen:
        letters = re.findall(r"[^\W\d_]+", name.initialen)
        if len(letters) == 1 and letters[0].isupper():
            letters = re.findall(r"IJ|.", letters[0])
        return "".join(f"{letter}." for letter in letters)
    parts = re.split(r"[\s.-]+", name.voornamen)
    return "".join(f"{'IJ' if part[:2] == 'IJ' else part[0].upper()}." for part in parts if part)


def surname(name: Name) -> str:
    """The surname in use, without regard to who bears it ("Jansen-de Vries")."""
    own = _joined(name.voorvoegsels, name.achternaam)
    if name.name_order is NameOrder.OWN:
        return own
    partner = _joined(name.partner_voorvoegsels, name.partner_achternaam)
    if not partner:
        return own
    if name.name_order is NameOrder.PARTNER:
        return partner
    if name.name_order is NameOrder.PARTNER_OWN:
        return f"{partner}-{own}"
    return f"{own}-{partner}"


def sort_key(name: Name, fold: Callable[[str], str] | None = None) -> str:
    """Where a name stands in a list: on the surname in use without its first voorvoegsels.

    Who orders many names gives a ``fold`` that remembers: few parts of names are unique.
    """
    fold = fold or folded
    shown = surname(name)
    partner_first = name.partner_achternaam and name.name_order in (
        NameOrder.PARTNER,
        NameOrder.PARTNER_OWN,
    )
    prefix = name.partner_voorvoegsels if partner_first else name.voorvoegsels
    bare = shown[len(prefix) :].lstrip() if prefix and shown.startswith(prefix) else shown
    return f"{fold(bare)} {fold(name.roepnaam or name.voornamen or name.initialen)}".strip()


def formal(name: Name, sex: Sex) -> str:
    """How somebody stands above a paper: "Mevrouw A. (Anna) Jansen-de Vries".

    Without a roepnaam the first names stand there: initials alone do not tell twins apart.
    """
    first = name.roepnaam or name.voornamen
    called = f"({first})" if first else ""
    return _joined(_TITLE.get(sex, ""), initials(name), called, _capitalised(surname(name), name))


def short(name: Name, sex: Sex) -> str:
    """How somebody stands in a list: "Mw. A. Jansen-de Vries"."""
    return _joined(_SHORT_TITLE.get(sex, ""), initials(name), _capitalised(surname(name), name))


def inside(shown: str) -> str:
    """How ``formal`` or ``short`` stands within a sentence, where a title is written small.

    >>> inside("De heer J. de Vries"), inside("Anna de Vries")
    ('de heer J. de Vries', 'Anna de Vries')
    """
    titles = (*_TITLE.values(), *_SHORT_TITLE.values())
    title = next((one for one in titles if shown.startswith(f"{one} ")), "")
    return title.lower() + shown[len(title) :]


def spoken(name: Name, sex: Sex) -> str:
    """How somebody is spoken of: "mevrouw Jansen-de Vries", "meneer De Groot"."""
    title = {Sex.WOMAN: "mevrouw", Sex.MAN: "meneer"}.get(sex, "")
    called = name.roepnaam or name.voornamen or initials(name)
    shown = surname(name)
    if title or not called:
        shown = shown[:1].upper() + shown[1:]
    return _joined(title or called, shown)


def _capitalised(shown: str, name: Name) -> str:
    """Dutch writes a voorvoegsel large when nothing but a title stands before it ("Mw. De Vries")."""
    if name.voornamen or name.initialen or name.roepnaam:
        return shown
    return shown[:1].upper() + shown[1:]


def folded(text: str) -> str:
    """Text as it is compared: no case, no accents, no punctuation, Turkish and Polish letters plain.

    The ligature ĳ and the ÿ of old lists are "ij". Folding what is folded changes nothing.

    >>> folded("Şahin-Żółć") == folded("sahin zolc")
    True
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    small = unicodedata.normalize("NFC", text).casefold().translate(_SHARP)
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", small).casefold())
    bare = "".join(c for c in split if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.translate(_LETTERS)))


_WORD = re.compile(r"[^\W_]+")
# An old code page has no ĳ, so that many lists write Dijkstra as Dÿkstra.
_SHARP = str.maketrans({"ÿ": "ij"})
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
)


def age(born: date, on: date) -> int:
    """Whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def dutch_date(day: date | None) -> str:
    """A day as Dutch care writes it: dd-mm-jjjj; nothing gives nothing.

    >>> dutch_date(date(1941, 3, 14))
    '14-03-1941'
    """
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}" if day else ""


def short_date(day: date, on: date) -> str:
    """A day for a narrow column: without the year where the day on which it is read leaves no doubt."""
    full = dutch_date(day)
    return full[:5] if abs(on - day) < timedelta(days=300) else full


MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september"),
    *("oktober", "november", "december"),
)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def long_date(day: date) -> str:
    """A day in words: "dinsdag 1 december 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day_and_month(day)}"


def day_and_month(day: date) -> str:
    """A day in words without which of the week it is: "1 december 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
