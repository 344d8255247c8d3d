"""Rows for tests of the store: plain ones that satisfy every foreign key, and any by hypothesis."""

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.patient import Patient
from pzdesk.store import tables
from pzdesk.store.folder import Store
from tests.factories import NOW, TODAY, a_name, a_user

ROW = 7
"""The id of the one row that every table gets."""

_PLAIN: dict[Any, Any] = {
    str: "tekst",
    int: 1,
    bool: False,
    float: 1.5,
    date: TODAY,
    time: time(12, 30),
    datetime: NOW,
}


def kinds() -> list[type]:
    """The domain classes in an order in which rows may be added."""
    by_table = {table.name: kind for kind, table in tables.TABLES.items()}
    ordered = [table.name for table in tables.metadata.sorted_tables]
    return [by_table[name] for name in ordered if name in by_table]


def foreign_columns(kind: type) -> list[sa.Column[Any]]:
    """The columns of a class that refer to another row."""
    return [column for column in tables.TABLES[kind].c if column.foreign_keys]


def a_row(kind: type, **changes: Any) -> Any:
    """A value of a class with nothing but what is required, referring to ``ROW`` everywhere."""
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {
        field.name: _plain(hints[field.name])
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
    values |= {column.name: ROW for column in foreign_columns(kind)}
    return kind(**values | {"id": ROW} | changes)


def fill(store: Store) -> None:
    """One row in every table, a setting, and three lines in the log."""
    user = a_user(id=1)
    with store.writing(user, NOW) as unit:
        unit.add(user)
        for kind in kinds():
            unit.add(a_row(kind))
        unit.keep_setting("practice", {"name": "De Brink"})
        unit.commit(AuditEvent.STORE_CREATED, What.CREATE, kind="praktijk")
    for key in (1, 2):
        with store.reading(user, NOW + timedelta(minutes=key)) as unit:
            unit.commit(AuditEvent.FILE_READ, What.READ, key=key)


STAYS = {"user", "organisation", "professional", "meeting", "destruction", "setting", "audit_event"}
"""Tables of which no row is about one patient."""


def everywhere(marker: str, key: int) -> Iterator[Any]:
    """A row in every table that is about a patient, with a marker in every text of it."""
    for kind in kinds():
        if tables.TABLES[kind].name in STAYS:
            continue
        mine = {
            column.name: key
            for column in foreign_columns(kind)
            for target in column.foreign_keys
            if target.column.table.name not in STAYS
        }
        texts = {
            field.name: f"{marker} {tables.TABLES[kind].name}.{field.name}"
            for field in fields(kind)
            if field.type in (str, "str", "Line") and field.name not in mine
        }
        row = a_row(kind, id=key, **texts, **mine)
        if isinstance(row, Patient):
            row = replace(row, name=a_name(achternaam=f"{marker} naam"), bsn=f"{marker} bsn")
        yield row


def _plain(hint: Any) -> Any:
    hint = _bare(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if typing.get_origin(hint) in (dict, Mapping, tuple):
        return typing.get_origin(hint)()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return a_name()


def _bare(hint: Any) -> Any:
    """Without "or None" and without the name of a new type."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return getattr(hint, "__supertype__", hint)


_OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))

_ANY: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(max_size=40),
    date: st.dates(),
    time: st.times(),
    datetime: st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=_OFFSETS),
    type(None): st.none(),
}


def any_row(kind: type) -> st.SearchStrategy[Any]:
    """Any value of a class that the foreign keys allow."""
    changes: dict[str, st.SearchStrategy[Any]] = {"id": st.just(0)}
    for column in foreign_columns(kind):
        referring = st.just(ROW)
        changes[column.name] = st.none() | referring if column.nullable else referring
    return _any_value(kind, changes)


def _any_value(kind: type, changes: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    made = {field.name: _any(hints[field.name]) for field in fields(kind)}
    return st.builds(kind, **made | dict(changes))


def _any(hint: Any) -> st.SearchStrategy[Any]:
    hint = getattr(hint, "__supertype__", hint)
    if hint in _ANY:
        return _ANY[hint]
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(_any(part) for part in parts))
    if origin is tuple:
        return st.lists(_any(parts[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(_any(parts[0]), _any(parts[1]), max_size=3)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _any_value(hint, {})
    raise AssertionError(f"no strategy for {hint}")
