"""Which column of a patient list holds what: told by its name, or by a mapping of the user.

No HIS publishes how its lists are laid out, so the names that are recognised are data
(``resources/patient_list.json``) and a mapping can be given, changed and remembered.
"""

import functools
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pzdesk import content
from pzdesk.domain.errors import BadInput
from pzdesk.domain.person import folded
from pzdesk.exchange.table import clean, listed

MAX_MAPPING_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds what: pairs of a field and the name of its column."""

    columns: tuple[tuple[str, str], ...] = ()

    def column(self, field: str) -> str | None:
        """The name of the column of a field, or nothing."""
        return dict(self.columns).get(field)


@functools.cache
def fields() -> dict[str, str]:
    """Every field that a column can be mapped to, with its Dutch name."""
    return {field: found["label"] for field, found in _data()["fields"].items()}


def recognised(column: str) -> bool:
    """Whether a column's name tells which field it holds."""
    return any(key in _synonyms() for key in _keys(column))


def guess_mapping(header: Sequence[str]) -> Mapping:
    """The mapping that the column names tell; empty where none is recognised.

    "Naam" is the surname where voorvoegsels, voorletters or voornamen have their own columns.
    """
    return _guessed(header, {})


def signature(header: Sequence[str]) -> str:
    """What a mapping is remembered by: the same columns, in any order, give the same text."""
    return hashlib.sha256("\x1f".join(sorted(header)).encode()).hexdigest()


def to_json(mapping: Mapping) -> bytes:
    """A mapping as a file that a user can change: every field with its column, or null."""
    columns = dict(mapping.columns)
    found = {field: columns.get(field) for field in fields()}
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def mapping_from_json(data: bytes, header: Sequence[str]) -> Mapping:
    """A mapping file for a list: ``{"geboortedatum": "Geb dat", "bsn": null, ...}``.

    What the file does not name is guessed from the remaining columns; null takes no column.

    Raises:
        BadInput: it is not such a file, or names a field or a column that does not exist.
    """
    columns: dict[str, str | None] = {}
    for written, column in _pairs(data):
        field = next((each for each in fields() if _key(each) == _key(written)), None)
        if field is None:
            raise BadInput(
                f"“{clean(written)[:40]}” in het koppelingsbestand is geen bekend gegeven. "
                f"Mogelijk zijn: {', '.join(fields())}.",
                field="mapping",
            )
        if field in columns:
            raise BadInput(f"“{field}” staat twee keer in het koppelingsbestand.", field="mapping")
        columns[field] = existing(column, header) if column else None
    return _guessed(header, columns)


def existing(column: str, header: Sequence[str]) -> str:
    """The column of that name in a list, or the only one that is written alike.

    Raises:
        BadInput: there is no such column.
    """
    name = clean(column)
    alike = [each for each in header if _key(each) == _key(name)]
    if name in header:
        return name
    if len(alike) == 1:
        return alike[0]
    raise BadInput(
        f"De kolom “{name[:40]}” staat niet in de lijst. De lijst heeft de kolommen "
        f"{listed(tuple(header))}.",
        field="mapping",
    )


def places(header: tuple[str, ...], mapping: Mapping) -> dict[str, int]:
    """Where each mapped field stands in a row.

    Raises:
        BadInput: the mapping lacks a name or the birth date, or names a column that is not there.
    """
    columns = dict(mapping.columns)
    missing = [] if "achternaam" in columns or "naam" in columns else ["de achternaam"]
    if "geboortedatum" not in columns:
        missing.append("de geboortedatum")
    if missing:
        raise BadInput(
            f"In deze lijst is niet te zien in welke kolom {' en '.join(missing)} staat. De "
            f"kolommen zijn {listed(header)}. Zet op de eerste regel de namen van de kolommen, of "
            "wijs in een koppelingsbestand aan welke kolom wat is.",
            field="mapping",
        )
    return {field: header.index(existing(column, header)) for field, column in columns.items()}


@functools.cache
def coded(field: str) -> dict[str, str]:
    """What the cells of a coded field can say, folded, with the code that it means."""
    coded = _data()["values"][field]
    return {folded(text): value for value, texts in coded.items() for text in texts}


@functools.cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = content.read_json("patient_list.json")
    return data


@functools.cache
def _synonyms() -> dict[str, str]:
    return {
        _key(name): field for field, found in _data()["fields"].items() for name in found["columns"]
    }


def _key(name: str) -> str:
    return folded(name).replace(" ", "")


def _keys(column: str) -> list[str]:
    """How a column is looked up: as it is, without what is in brackets, without "patiënt"."""
    noise = {folded(word) for word in _data()["noise"]}
    plain = folded(re.sub(r"\([^()]*\)", " ", column))
    bare = "".join(word for word in plain.split() if word not in noise)
    return [key for key in (_key(column), plain.replace(" ", ""), bare) if key]


def _guessed(header: Sequence[str], told: dict[str, str | None]) -> Mapping:
    taken = {field: column for field, column in told.items() if column}
    free = {column: _keys(column) for column in header if column not in taken.values()}
    for exact in range(3):
        for field, found in _data()["fields"].items():
            if field in taken or field in told:
                continue
            for name in map(_key, found["columns"]):
                column = next(
                    (c for c, keys in free.items() if keys[exact : exact + 1] == [name]), ""
                )
                if column:
                    taken[field] = column
                    del free[column]
                    break
    apart = taken.keys() & {"voorvoegsels", "voornamen", "initialen"}
    free_to_move = not {"naam", "achternaam"} & told.keys() and "achternaam" not in taken
    if apart and free_to_move and "naam" in _keys(taken.get("naam", "")):
        taken["achternaam"] = taken.pop("naam")
    # "Nr" is the number of the house beside the street, and of the row or the patient elsewhere.
    if "straat" in taken and "huisnummer" not in taken and "huisnummer" not in told:
        beside = header[header.index(taken["straat"]) + 1 :][:1]
        if beside and "nr" in _keys(beside[0]) and beside[0] not in taken.values():
            taken["huisnummer"] = beside[0]
    return Mapping(tuple((field, taken[field]) for field in fields() if field in taken))


def _pairs(data: bytes) -> list[tuple[str, str | None]]:
    """What a mapping file says, in its order, doubles included."""
    try:
        if len(data) > MAX_MAPPING_BYTES:
            raise ValueError
        pairs = json.loads(data.decode("utf-8-sig"), object_pairs_hook=lambda found: found)
        if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
            raise ValueError
    except (ValueError, RecursionError):
        raise BadInput(
            "Dit koppelingsbestand is niet te lezen. Schrijf het als tekst in deze vorm: "
            '{"achternaam": "naam van de kolom", "geboortedatum": "naam van de kolom"}.',
            field="mapping",
        ) from None
    for field, column in pairs:
        if not (column is None or isinstance(column, str)):
            raise BadInput(
                f"Bij “{clean(field)[:40]}” in het koppelingsbestand hoort de naam van één kolom, "
                "tussen aanhalingstekens.",
                field="mapping",
            )
    return pairs
