"""Texts as they are kept: what cannot be seen goes, and none is longer than 20,000 characters.

The unit of work passes every value it keeps through ``cleaned``, so that no field can be forgotten. A
field declared as ``Line`` (a name, a number) is put on one line as well.
"""

import re
import typing
import unicodedata
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from datetime import date, time
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar

from pzdesk.domain.errors import BadInput

MAX_TEXT = 20_000

Line = Annotated[str, "on one line"]
"""A short text that is kept on one line."""

T = TypeVar("T")


def clean_text(text: str) -> str:
    """Text as it is kept: NFC, line ends ``\\n``, without what cannot be seen, trimmed.

    Control characters, lone surrogates and invisible direction marks go; the two joiners stay, which
    Arabic, Persian and Hindi writing and composed symbols need. The official PDF writes ``\\x7f`` and
    ends texts with ``\\r\\n``. Cleaning what is clean changes nothing.
    """
    if not (text.isascii() and text.isprintable()):
        text = _LINE_END.sub("\n", text).replace("\t", " ")
        text = "".join(c for c in text if _visible(c))
        text = _SPACE_AT_END.sub("\n", unicodedata.normalize("NFC", text))
    return text.strip()


_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACE_AT_END = re.compile(r"[^\S\n]+\n")
_JOINERS = "\u200c\u200d"


def _visible(c: str) -> bool:
    return c == "\n" or c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs")


def limited(text: str, *, field: str = "tekst") -> str:
    """A text as it is kept, at most 20,000 characters.

    Raises:
        BadInput: it is longer.
    """
    clean = clean_text(text)
    if len(clean) > MAX_TEXT:
        raise BadInput(
            f"Een tekst mag hoogstens 20.000 tekens lang zijn; dit zijn er {len(clean)}.",
            field=field,
        )
    return clean


def required(text: str, otherwise: str, *, field: str) -> str:
    """A text as it is kept that cannot be left out; ``otherwise`` is what is told when it is.

    Raises:
        BadInput: there is nothing to read in it, or it is longer than 20,000 characters.
    """
    clean = limited(text, field=field)
    if not clean:
        raise BadInput(otherwise, field=field)
    return clean


def one_line(text: str, *, field: str = "tekst") -> str:
    """A name, a number or another short text as it is kept: limited, and on one line.

    Raises:
        BadInput: it is longer than 20,000 characters.
    """
    clean = limited(text, field=field)
    return clean if clean.isprintable() and "  " not in clean else " ".join(clean.split())


def cleaned(value: T) -> T:
    """A value of which every text is as it is kept, however deep it lies; itself when nothing changes.

    Raises:
        BadInput: a text is longer than 20,000 characters; ``field`` is the name of its field.
    """
    made: T = _cleaned(value, "tekst")
    return made


def _cleaned(value: Any, field: str) -> Any:
    if type(value) is str:
        return limited(value, field=field)
    if isinstance(value, Mapping):
        pairs = [(_cleaned(key, field), _cleaned(one, field)) for key, one in value.items()]
        same = all(a is c and b is d for (a, b), (c, d) in zip(pairs, value.items(), strict=True))
        return value if same else dict(pairs)
    if isinstance(value, tuple | list):
        made = [_cleaned(one, field) for one in value]
        same = all(a is b for a, b in zip(made, value, strict=True))
        return value if same else type(value)(made)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for name, is_line in _texts_of(type(value)):
        before = getattr(value, name)
        if is_line:
            after = one_line(before, field=name) if before is not None else None
        else:
            after = _cleaned(before, name)
        if after is not before and after != before:
            changed[name] = after
    return replace(value, **changed) if changed else value


@cache
def _texts_of(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a class that may hold a text, and whether it is kept on one line."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(
        (name, Line in _options(hint))
        for name, hint in hints.items()
        if not all(_is_no_text(option) for option in _options(hint))
    )


def _options(hint: Any) -> tuple[Any, ...]:
    if typing.get_origin(hint) in (UnionType, typing.Union):
        return typing.get_args(hint)
    return (hint,)


def _is_no_text(hint: Any) -> bool:
    hint = getattr(hint, "__supertype__", hint)
    return isinstance(hint, type) and issubclass(
        hint, bool | int | float | date | time | Enum | type(None)
    )
