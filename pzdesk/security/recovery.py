"""The recovery code: 160 random bits on paper, typed back with every mistake named by its group.

Eight groups of four characters and a check character, in the 32 signs of Crockford's base 32
(https://www.crockford.com/base32.html: no I, L, O, U). The check character is a weighted sum over
GF(32) plus the number of the group, so one wrong character, two exchanged characters and two
exchanged groups are always found.
"""

import secrets
import unicodedata
from collections.abc import Sequence

from pzdesk.domain.errors import BadInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
GROUP = 5
LENGTH = GROUPS * GROUP

_LOOK_ALIKES = str.maketrans("OIL", "011")
_LONGEST_INPUT = 400


def new_code() -> str:
    """A new code: 40 characters, 160 of its 200 bits random, the rest checks."""
    groups = []
    for number in range(1, GROUPS + 1):
        data = "".join(secrets.choice(ALPHABET) for _ in range(GROUP - 1))
        groups.append(data + _check(data, number))
    return "".join(groups)


def formatted(code: str) -> str:
    """A code as it is printed: eight groups of five with dashes (raises ``BadInput`` as ``parse``)."""
    return "-".join(_sliced(parse(code)))


def parse(text: str) -> str:
    """The 40 characters of a typed code; case, blanks, dashes and O/0, I/1, L/1 do not matter.

    Raises:
        BadInput: it is not a code; the sentence names the group that is wrong.
    """
    if len(text) > _LONGEST_INPUT:
        raise _bad(f"de code heeft {LENGTH} tekens en dit is veel meer")
    pieces = _pieces(text)
    typed = "".join(pieces)
    if not typed:
        raise BadInput("Vul de herstelcode van het herstelblad in.", field="herstelcode")
    if len(typed) == LENGTH:
        wrong = _wrong(_sliced(typed))
    elif len(pieces) == GROUPS:
        wrong = _wrong(pieces)
    else:
        counted = f"er staan {len(typed)} tekens in plaats van {LENGTH}"
        wrong = _wrong(_sliced(typed)[:GROUPS])
        raise _bad(f"{counted}; groep {wrong[0]} klopt niet" if wrong else counted)
    if len(wrong) == 1:
        raise _bad(f"groep {wrong[0]} klopt niet")
    if wrong:
        listed = ", ".join(map(str, wrong[:-1]))
        raise _bad(f"groep {listed} en {wrong[-1]} kloppen niet")
    return typed


def _pieces(text: str) -> list[str]:
    """What stands between blanks and dashes, in capitals and without look-alikes."""
    shown = "".join(
        " " if unicodedata.category(sign)[0] in "ZC" or sign in "-‐‑‒–—―−_." else sign
        for sign in unicodedata.normalize("NFKC", text)
    )
    return shown.upper().translate(_LOOK_ALIKES).split()


def _sliced(typed: str) -> list[str]:
    return [typed[start : start + GROUP] for start in range(0, len(typed), GROUP)]


def _wrong(groups: Sequence[str]) -> list[int]:
    """The numbers, from 1, of the groups whose characters or check are not right."""
    return [number for number, group in enumerate(groups, 1) if not _holds(group, number)]


def _holds(group: str, number: int) -> bool:
    if len(group) != GROUP or not set(group) <= set(ALPHABET):
        return False
    return group[-1] == _check(group[:-1], number)


def _check(data: str, number: int) -> str:
    """Sum of x^i times the i-th character (from 1), plus the number of the group."""
    total = 0
    for sign in reversed(data):
        total = _doubled(total ^ ALPHABET.index(sign))
    return ALPHABET[total ^ number]


def _doubled(value: int) -> int:
    """Times x in GF(32), modulo x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _bad(what: str) -> BadInput:
    return BadInput(
        f"De herstelcode is niet goed overgenomen: {what}. Vergelijk met het herstelblad.",
        field="herstelcode",
    )
