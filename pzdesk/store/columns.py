"""How a domain value becomes a row and comes back: one typed codec for columns and documents.

The dataclass in ``domain/`` is the one description of a row. Plain fields become typed columns,
flattened parts (a patient's name) become columns beside them, everything nested becomes one JSON column.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value else None


class Document(sa.types.TypeDecorator[Any]):
    """Anything nested, as JSON text written and read by one codec."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ANN401, ARG002
        return msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
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
                field.name, column_type, *references, primary_key=field.name == "id", nullable=nullable
            )
        )
    return columns


def _type_of(hint: Any) -> tuple[type[sa.types.TypeEngine[Any]], bool]:  # noqa: ANN401
    nullable = False
    if isinstance(hint, types.UnionType):
        options = [part for part in typing.get_args(hint) if part is not type(None)]
        nullable = len(options) < len(typing.get_args(hint))
        hint = options[0]
    hint = getattr(hint, "__supertype__", hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return sa.Text, nullable
    return _PLAIN.get(hint, Document), nullable


def to_row(value: Any, flatten: frozenset[str]) -> dict[str, Any]:  # noqa: ANN401
    """The column values of a domain value; an id of 0 is left to the database."""
    row = msgspec.to_builtins(value, builtin_types=(date, datetime, time), str_keys=True)
    for part in flatten:
        row.update(row.pop(part))
    if row.get("id") == 0:
        del row["id"]
    return typing.cast("dict[str, Any]", row)


def from_row(kind: type[T], row: Mapping[str, Any], flatten: frozenset[str]) -> T:
    """The domain value of a row; each flattened part picks its own columns from the same row."""
    values = dict(row)
    for part in flatten:
        values[part] = row
    return msgspec.convert(values, kind)


def is_value(kind: Any) -> bool:  # noqa: ANN401
    """Whether something is a class of domain values."""
    return isinstance(kind, type) and is_dataclass(kind)
