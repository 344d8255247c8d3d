"""How a domain value becomes a row and comes back: one typed codec for columns and documents.

The dataclass in ``domain/`` is the one description of a row. Plain fields become typed columns,
flattened parts (a patient's name) become columns beside them, everything nested becomes one JSON column.
"""

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect

T = TypeVar("T")


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the file."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment in the store has a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Document(sa.types.TypeDecorator[Any]):
    """Anything nested, as JSON text written and read by one codec."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return msgspec.json.decode(value) if value else None


_PLAIN: dict[type, type[sa.types.TypeEngine[Any]]] = {
    bool: sa.Boolean,
    int: sa.Integer,
    float: sa.Float,
    str: sa.Text,
    date: sa.Date,
    time: sa.Time,
    datetime: UtcDateTime,
}


def columns_of(
    kind: type, *, flatten: frozenset[str], foreign: Mapping[str, str]
) -> list[sa.Column[Any]]:
    """The columns of a domain class: id first, flattened parts in place."""
    columns: list[sa.Column[Any]] = []
    hints = typing.get_type_hints(kind)
    for field in fields(kind):
        hint = hints[field.name]
        if field.name in flatten:
            columns += columns_of(hint, flatten=frozenset(), foreign={})
            continue
        column_type, nullable = _type_of(hint)
        references = (sa.ForeignKey(foreign[field.name]),) if field.name in foreign else ()
        columns.append(
            sa.Column(
                field.name,
                column_type,
                *references,
                primary_key=field.name == "id",
                nullable=nullable,
            )
        )
    return columns


def _type_of(hint: Any) -> tuple[type[sa.types.TypeEngine[Any]], bool]:
    nullable = False
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        options = [part for part in typing.get_args(hint) if part is not type(None)]
        nullable = len(options) < len(typing.get_args(hint))
        hint = options[0]
    hint = getattr(hint, "__supertype__", hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return sa.Text, nullable
    return _PLAIN.get(hint, Document), nullable


def to_row(value: Any, flatten: frozenset[str]) -> dict[str, Any]:
    """The column values of a domain value; an id of 0 is left to the database."""
    row = msgspec.to_builtins(value, builtin_types=(date, datetime, time), str_keys=True)
    for part in flatten:
        row.update(row.pop(part))
    if row.get("id") == 0:
        del row["id"]
    return typing.cast("dict[str, Any]", row)


def from_rows(kind: type[T], rows: sa.CursorResult[Any], flatten: frozenset[str]) -> list[T]:
    """The domain values of rows; each flattened part picks its own columns from the same row."""
    return list(each_from(kind, rows, flatten))


def each_from(kind: type[T], rows: sa.CursorResult[Any], flatten: frozenset[str]) -> Iterator[T]:
    """As ``from_rows``, one by one.

    Raises:
        msgspec.ValidationError: a row holds what pzdesk does not write.
    """
    names = ["".join(name) for name in rows.keys()]  # noqa: SIM118 - plain str, which msgspec asks for
    for row in rows:
        columns = dict(zip(names, row, strict=True))
        values = {**columns, **dict.fromkeys(flatten, columns)} if flatten else columns
        yield msgspec.convert(values, kind)
