"""What a passphrase must be: long, and not one that is tried first. Nothing else is asked of it.

NIST SP 800-63B-4 (August 2025) section 3.1.1: at least 15 characters where it is the only factor,
at least 64 allowed, every character allowed, a list of common ones refused, no rules on what
kinds of characters it holds and no expiry.
"""

import functools
import re
import string
import unicodedata
from collections.abc import Iterator

from pzdesk import paths
from pzdesk.domain.errors import BadInput

SHORTEST = 15
LONGEST = 128

_LIST = "passphrases.txt"
_WALK_MARK = "~"
_FEWEST_DIFFERENT = 5
_SHORTEST_RUN = 3
_SHORTEST_NAME = 3
_PADDING = 8
_LEET = str.maketrans("@4301!5$7", "aaeoiisst")
_BETTER = "Kies bijvoorbeeld vijf losse woorden die niets met elkaar te maken hebben."


def check(passphrase: str, *, login: str = "", practice: str = "") -> None:
    """Accept a new passphrase, or say why not; the passphrase itself is in no sentence.

    Raises:
        BadInput: it is shorter than 15 or longer than 128 characters (code points in NFC), common,
            repeated, a walk over the keyboard, or no more than a name that everybody knows.
    """
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < SHORTEST:
        raise _bad(f"Een wachtzin heeft ten minste {SHORTEST} tekens; deze heeft er {len(text)}.")
    if len(text) > LONGEST:
        raise BadInput(
            f"Een wachtzin heeft ten hoogste {LONGEST} tekens; deze heeft er {len(text)}.",
            field="wachtzin",
        )
    if any(unicodedata.category(sign) == "Cs" for sign in text):
        raise _bad("In deze wachtzin staat een teken dat niet kan worden bewaard.")
    if _repeats(text.casefold()) or _repeats(_core(text)):
        raise _bad("Deze wachtzin herhaalt steeds hetzelfde.")
    if _walks(_core(text)):
        raise _bad("Deze wachtzin volgt de toetsen of het alfabet en is daardoor snel te raden.")
    if _is_common(text):
        raise _bad("Deze wachtzin komt vaak voor en is daardoor snel te raden.")
    if _is_padded(_core(text), login, practice):
        raise _bad(
            "Deze wachtzin is weinig meer dan uw gebruikersnaam, de naam van de praktijk of pzdesk."
        )


def _is_common(text: str) -> bool:
    """Whether it is on the list, whatever its capitals, blanks, accents, digits around it or l33t."""
    bare = text.strip(string.digits + string.punctuation + string.whitespace)
    forms = {_folded(form) for form in (text, bare, text.translate(_LEET), bare.translate(_LEET))}
    return not _common().isdisjoint({*forms, "".join(text.casefold().split())})


def _is_padded(core: str, login: str, practice: str) -> bool:
    """Whether next to nothing is left when the names that everybody here knows are taken out."""
    names = {_folded(name) for name in ("pzdesk", login, practice, *re.split(r"\W+", practice))}
    rest = core
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME:
            rest = rest.replace(name, "")
    if rest == core:
        return False
    return len(rest) < _PADDING or _repeats(rest) or _walks(rest) or _is_common(rest)


def _repeats(text: str) -> bool:
    """Whether it is a shorter text over and over, or has fewer than five different characters.

    The repeated part counts once, so it would have to be a passphrase by itself.
    """
    if text and len(set(text)) < _FEWEST_DIFFERENT:
        return True
    return any(
        text[size:] == text[:-size] for size in range(1, min(SHORTEST - 1, len(text) // 2) + 1)
    )


def _walks(core: str) -> bool:
    """Whether it is nothing but runs of three or more along the alphabet or the keys."""
    at = 0
    while len(core) - at >= _SHORTEST_RUN:
        run = _SHORTEST_RUN
        while at + run <= len(core) and any(core[at : at + run] in walk for walk in _walk_lines()):
            run += 1
        if run == _SHORTEST_RUN:
            return False
        at += run - 1
    return True


@functools.cache
def _common() -> frozenset[str]:
    entries = [line for line in _lines() if not line.startswith(_WALK_MARK)]
    forms = {_folded(entry) for entry in entries}
    forms |= {"".join(entry.casefold().split()) for entry in entries}
    return frozenset(forms - {""})


@functools.cache
def _walk_lines() -> tuple[str, ...]:
    """The walks, in both directions and once around."""
    walks = [_folded(line) for line in _lines() if line.startswith(_WALK_MARK)]
    return tuple(line * 2 for walk in walks for line in (walk, walk[::-1]))


def _lines() -> Iterator[str]:
    """The lines of the list that are not empty and not a comment."""
    for line in (paths.resources() / _LIST).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _folded(text: str) -> str:
    """Letters and digits only, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def _core(text: str) -> str:
    """The letters and digits; of a text that is mostly other signs all of it."""
    folded = _folded(text)
    return folded if 2 * len(folded) >= len(text) else text.casefold()


def _bad(what: str) -> BadInput:
    return BadInput(f"{what} {_BETTER}", field="wachtzin")
