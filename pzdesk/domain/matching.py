"""Who is the same person: the rule for imports, and the rule for possible doubles."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Name, folded, initials, surname


class Match(StrEnum):
    """How sure it is that two records are one person."""

    SURE = "zeker"
    POSSIBLE = "mogelijk"
    NONE = "geen"


def surnames(name: Name) -> frozenset[str]:
    """Every folded surname somebody may be written under, with and without voorvoegsels."""
    own, partner = name.achternaam, name.partner_achternaam
    written = [own, f"{name.voorvoegsels} {own}", surname(name)]
    if partner:
        prefixed = f"{name.partner_voorvoegsels} {partner}"
        written += [partner, prefixed, f"{own} {partner}", f"{partner} {own}"]
    return frozenset(folded(text) for text in written if text.strip())


def first_names(name: Name) -> frozenset[str]:
    """The folded first names and roepnaam."""
    words = f"{name.voornamen} {name.roepnaam}".split()
    return frozenset(folded(word) for word in words if folded(word))


def match(one: Name, born: date, other: Name, other_born: date) -> Match:
    """How sure it is that two names with birth dates are one person.

    Sure: the same birth date, the same folded surname, and the same first name or initial. Possible:
    the same birth date with a surname in common or the same first name, or the same surname and first
    name with another birth date. A missing first name never makes it sure.
    """
    same_surname = bool(surnames(one) & surnames(other))
    firsts, others = first_names(one), first_names(other)
    both = bool(firsts & others)
    if not (firsts and others):
        letters = folded(initials(one))[:1], folded(initials(other))[:1]
        both = bool(letters[0]) and letters[0] == letters[1]
    if born == other_born:
        if same_surname and both:
            return Match.SURE
        return Match.POSSIBLE if same_surname or both else Match.NONE
    if same_surname and both and firsts and others:
        return Match.POSSIBLE
    return Match.NONE


def matches(
    name: Name, born: date, patients: Iterable[Patient]
) -> tuple[list[Patient], list[Patient]]:
    """The patients that surely are this person, and those that possibly are."""
    sure, possible = [], []
    for patient in patients:
        how = match(name, born, patient.name, patient.birth_date)
        if how is Match.SURE:
            sure.append(patient)
        elif how is Match.POSSIBLE:
            possible.append(patient)
    return sure, possible


def written_name(text: str) -> Name:
    """A name from one line as a form has it ("Hendrik Hartman", "A. (Anna) Jansen-de Vries").

    The words before the first voorvoegsel or the last word are first names or initials; what
    cannot be told apart stays in the achternaam. A title is left out.
    """
    words = [word for word in text.replace(",", " , ").split() if folded(word) not in _TITLES]
    if "," in words:
        cut = words.index(",")
        words = [word for word in words[cut + 1 :] if word != ","] + words[:cut]
    start = len(words) - 1
    for place, word in enumerate(words[:-1]):
        if word.casefold() in _PREFIXES:
            start = place
            break
    front, back = words[:start], words[start:]
    prefix: list[str] = []
    while len(back) > 1 and back[0].casefold() in _PREFIXES:
        prefix.append(back.pop(0))
    called = next((word.strip("()") for word in front if word.startswith("(")), "")
    given = [word for word in front if not word.startswith("(")]
    is_initials = bool(given) and all("." in word or len(word) == 1 for word in given)
    return Name(
        achternaam=" ".join(back),
        voorvoegsels=" ".join(prefix),
        voornamen="" if is_initials else " ".join(given),
        initialen=" ".join(given) if is_initials else "",
        roepnaam=called,
    )


_TITLES = frozenset(
    {"dhr", "mw", "mevr", "mevrouw", "meneer", "mr", "dr", "drs", "ir", "ing", "prof", "heer"}
)
_PREFIXES = frozenset(
    {"van", "de", "der", "den", "ten", "ter", "te", "het", "'t", "’t", "in", "op", "aan", "bij"}
    | {"uit", "voor", "la", "le", "du", "des", "von", "vom", "zu", "'s", "’s", "el", "al", "ben"}
)
