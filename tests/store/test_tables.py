"""The tables: whole, referring, indexed, and kept from changes where nothing may change."""

import re
import typing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from pzdesk.domain.patient import PatientId
from pzdesk.store import migrate, tables
from pzdesk.store.folder import Store
from tests.store.samples import ROW, kinds

TABLES = sorted(tables.metadata.tables.values(), key=lambda table: table.name)


@contextmanager
def _undone(store: Store) -> Iterator[sa.Connection]:
    """A connection of which nothing lasts."""
    with store.engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_field_has_one_column(kind: type) -> None:
    flatten = tables.FLATTEN.get(kind, frozenset())
    hints = typing.get_type_hints(kind)
    expected = []
    for field in fields(kind):
        parts = fields(hints[field.name]) if field.name in flatten else (field,)
        expected += [part.name for part in parts]
    assert [column.name for column in tables.TABLES[kind].c] == expected
    assert len(set(expected)) == len(expected)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_what_is_about_a_patient_refers_to_one(kind: type) -> None:
    hints = typing.get_type_hints(kind)
    about = {
        name
        for name, hint in hints.items()
        if name != "id" and PatientId in (hint, *typing.get_args(hint))
    }
    columns = tables.TABLES[kind].c
    for name in about:
        assert {key.target_fullname for key in columns[name].foreign_keys} == {"patient.id"}


def test_every_reference_is_indexed() -> None:
    for table in TABLES:
        first = {next(iter(index.columns)).name for index in table.indexes}
        for column in table.c:
            assert not column.foreign_keys or column.name in first, f"{table.name}.{column.name}"


def test_every_constraint_and_index_has_a_name() -> None:
    for table in TABLES:
        assert all(index.name for index in table.indexes)
        assert all(constraint.name for constraint in table.constraints)


def test_a_row_is_either_versioned_or_never_edited_unless_it_has_a_rule_of_its_own() -> None:
    versioned = {table.name for table in TABLES if "version" in table.c}
    others = {table.name for table in TABLES} - versioned - set(tables.APPEND_ONLY)
    assert not versioned & set(tables.APPEND_ONLY)
    assert others == {"status", "setting"}
    assert len(set(tables.APPEND_ONLY)) == len(tables.APPEND_ONLY)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_schema_compiles_for_postgresql(table: sa.Table) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made = str(CreateTable(table).compile(dialect=dialect))
    assert made.strip().startswith("CREATE TABLE")
    for index in table.indexes:
        made = str(CreateIndex(index).compile(dialect=dialect))
        assert "CREATE INDEX" in made
        assert "json_extract" not in made, "a function of SQLite alone"


def test_what_stands_in_a_document_is_asked_in_the_words_of_each_database() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    listed, passed = sa.select(tables.LISTED), sa.select(tables.NOT_PASSED_OVER)
    assert "json_extract(pzp_version.answers, '$.\"4a\"', '$.\"4a.beperking\"')" in str(listed)
    assert "json_extract(agenda_item.notes, '$.discussed') IS NOT 0" in str(passed)
    words = str(listed.compile(dialect=dialect))
    assert "coalesce(((pzp_version.answers)::jsonb -> '4a.beperking')::text, 'null')" in words
    words = str(passed.compile(dialect=dialect))
    assert "((agenda_item.notes)::jsonb ->> 'discussed') IS DISTINCT FROM 'false'" in words


def test_the_index_of_what_holds_now_covers_only_what_holds_now() -> None:
    index = next(index for index in tables.status.indexes if index.name == "ix_status_now")
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made = str(CreateIndex(index).compile(dialect=dialect))
    assert made.endswith("WHERE current")


def test_the_file_has_the_triggers(shared: Store) -> None:
    with _undone(shared) as connection:
        assert migrate.present_triggers(connection) == tables.triggers()


@pytest.mark.parametrize("name", tables.APPEND_ONLY)
def test_what_is_recorded_once_cannot_be_updated(shared: Store, name: str) -> None:
    table = tables.metadata.tables[name]
    with _undone(shared) as connection:
        before = connection.execute(sa.select(table)).all()
        assert before
        column = list(table.c)[-1].name
        with pytest.raises(sa.exc.IntegrityError, match=f"{name} is append-only"):
            connection.exec_driver_sql(f'UPDATE "{name}" SET "{column}" = "{column}"')  # noqa: S608
        assert connection.execute(sa.select(table)).all() == before


def test_no_line_of_the_log_can_be_deleted(shared: Store) -> None:
    with _undone(shared) as connection:
        before = connection.execute(sa.select(tables.audit_event)).all()
        for where in ("", " WHERE sequence = 2"):
            with pytest.raises(sa.exc.IntegrityError, match="audit_event is append-only"):
                connection.exec_driver_sql(f"DELETE FROM audit_event{where}")  # noqa: S608
        assert connection.execute(sa.select(tables.audit_event)).all() == before


def test_what_may_be_edited_can_be(shared: Store) -> None:
    with _undone(shared) as connection:
        done = connection.execute(tables.patient.update().values(diagnosis="anders"))
        assert done.rowcount == 1


def test_a_row_that_something_refers_to_cannot_go(shared: Store) -> None:
    with _undone(shared) as connection:
        for table in (tables.patient, tables.professional, tables.meeting):
            with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
                connection.execute(table.delete().where(table.c.id == ROW))


def test_names_are_plain_words_that_every_database_takes() -> None:
    for table in TABLES:
        for name in (table.name, *table.c.keys(), *(index.name for index in table.indexes)):
            assert re.fullmatch(r"[a-z][a-z_]*", str(name)), name
            assert len(str(name)) <= 63, name
