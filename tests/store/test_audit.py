"""The log in the file: whatever is done to it behind pzdesk's back is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import StoreDamaged
from pzdesk.domain.patient import PatientId
from pzdesk.store import audit, database, folder, tables, verify
from pzdesk.store.folder import DATABASE, Store
from tests.factories import NOW, a_user

TABLE = tables.audit_event
LINES = 8
COLUMNS = [column.name for column in TABLE.c]


@pytest.fixture(scope="module")
def logged(shared: Store) -> Store:
    """A store with eight lines in its log, in which no test commits anything more."""
    with shared.engine.connect() as connection:
        here, _ = audit.last(connection)
    for key in range(here, LINES):
        with shared.reading(a_user(), NOW) as unit:
            unit.commit(AuditEvent.FILE_READ, What.READ, patient=PatientId(key), key=key, count=2)
    return shared


@contextmanager
def _opened_up(store: Store) -> Iterator[sa.Connection]:
    """A connection on which the log can be changed, as who has the key can; nothing lasts."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER tr_audit_event_no_update")
        connection.exec_driver_sql("DROP TRIGGER tr_audit_event_no_delete")
        yield connection
        connection.rollback()


def _is_found(connection: sa.Connection, store: Store) -> bool:
    anchored = store.anchor()
    assert anchored is not None
    return (
        audit.chain_break(connection) is not None
        or audit.head_at(connection, anchored[0]) != anchored[1]
    )


def _values(connection: sa.Connection, sequence: int) -> dict[str, Any]:
    row = connection.execute(sa.select(TABLE).where(TABLE.c.sequence == sequence)).mappings()
    return dict(row.one())


def _everything(connection: sa.Connection) -> list[tuple[Any, ...]]:
    """The lines as they lie in the file, whatever is in them."""
    rows = connection.exec_driver_sql("SELECT * FROM audit_event ORDER BY sequence").all()
    return [tuple(row) for row in rows]


def _set(connection: sa.Connection, sequence: int, **values: Any) -> None:
    connection.execute(TABLE.update().where(TABLE.c.sequence == sequence).values(values))


def test_an_untouched_log_has_no_break(logged: Store) -> None:
    with _opened_up(logged) as connection:
        assert audit.chain_break(connection) is None
        assert not _is_found(connection, logged)


@settings(max_examples=60, deadline=None)
@given(
    sequence=st.integers(1, LINES),
    column=st.sampled_from(COLUMNS),
    value=st.none() | st.integers(-5, 2**40) | st.text(max_size=12) | st.binary(max_size=4),
)
def test_an_edit_of_any_field_of_any_line_is_found(
    logged: Store, sequence: int, column: str, value: object
) -> None:
    with _opened_up(logged) as connection:
        before = _everything(connection)
        try:
            connection.execute(
                sa.text(f'UPDATE audit_event SET "{column}" = :value WHERE sequence = :line'),  # noqa: S608
                {"value": value, "line": sequence},
            )
        except sa.exc.IntegrityError:
            return
        assert _is_found(connection, logged) == (_everything(connection) != before)


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(1, LINES), min_size=1))
def test_deleted_lines_are_found(logged: Store, gone: set[int]) -> None:
    with _opened_up(logged) as connection:
        connection.execute(TABLE.delete().where(TABLE.c.sequence.in_(gone)))
        assert _is_found(connection, logged)


@settings(max_examples=30, deadline=None)
@given(
    pair=st.lists(st.integers(1, LINES), min_size=2, max_size=2, unique=True),
    with_heads=st.booleans(),
)
def test_swapped_lines_are_found(logged: Store, pair: list[int], *, with_heads: bool) -> None:
    with _opened_up(logged) as connection:
        one, two = (_values(connection, sequence) for sequence in pair)
        for sequence, values in ((pair[0], two), (pair[1], one)):
            kept = {"sequence"} if with_heads else {"sequence", "head"}
            _set(connection, sequence, **{k: v for k, v in values.items() if k not in kept})
        assert _is_found(connection, logged)


@pytest.mark.parametrize("left", range(LINES))
def test_a_log_that_was_cut_short_is_found_by_its_anchor(logged: Store, left: int) -> None:
    with _opened_up(logged) as connection:
        connection.execute(TABLE.delete().where(TABLE.c.sequence > left))
        assert audit.chain_break(connection) is None, "the chain alone does not see it"
        assert _is_found(connection, logged)


def test_a_line_put_in_behind_is_found(logged: Store) -> None:
    with _opened_up(logged) as connection:
        last = _values(connection, LINES)
        connection.execute(TABLE.insert().values({**last, "sequence": LINES + 1}))
        assert audit.chain_break(connection) == LINES + 1


@pytest.mark.parametrize("sequence", [1, 4, LINES])
def test_the_break_is_named_by_its_line(logged: Store, sequence: int) -> None:
    with _opened_up(logged) as connection:
        _set(connection, sequence, login="iemand anders")
        assert audit.chain_break(connection) == sequence
    for unreadable in ("onbekend.gedaan", "", "x" * 50):
        with _opened_up(logged) as connection:
            _set(connection, sequence, event=unreadable)
            assert audit.chain_break(connection) == sequence


def test_a_line_that_cannot_be_read_does_not_hide_the_break_before_it(logged: Store) -> None:
    with _opened_up(logged) as connection:
        _set(connection, 3, login="iemand anders")
        _set(connection, 6, event="onbekend.gedaan")
        assert audit.chain_break(connection) == 3


def test_a_log_that_cannot_be_read_is_told(logged: Store) -> None:
    with _opened_up(logged) as connection:
        _set(connection, 4, event="onbekend.gedaan")
        with pytest.raises(StoreDamaged, match="logboek"):
            audit.rows(connection)


def test_the_log_of_one_patient_holds_only_their_lines(logged: Store) -> None:
    with logged.engine.connect() as connection:
        every = audit.rows(connection)
        mine = audit.rows(connection, PatientId(5))
    assert len(every) == LINES
    assert [row.patient_id for row in mine] == [5]
    assert [row.sequence for row in every] == list(range(1, LINES + 1))


def test_tampering_with_another_program_is_told_by_the_check(store: Store, key: bytes) -> None:
    assert verify.faults(store) == []
    other = database.connect(store.folder / DATABASE, key)
    other.execute("DROP TRIGGER tr_audit_event_no_update")
    other.execute("UPDATE audit_event SET login = 'iemand' WHERE sequence = 2")
    other.close()
    told = verify.faults(store)
    assert "De beveiliging van het logboek tegen wijzigen ontbreekt." in told
    assert "Het logboek is gewijzigd of niet volledig vanaf regel 2." in told


def test_a_log_cut_short_with_another_program_is_told_at_the_next_opening(
    store: Store, key: bytes
) -> None:
    store.close()
    other = database.connect(store.folder / DATABASE, key)
    other.execute("DROP TRIGGER tr_audit_event_no_delete")
    other.execute("DELETE FROM audit_event WHERE sequence = 3")
    other.execute(tables.triggers()["tr_audit_event_no_delete"])
    other.close()
    opened = folder.open_with_key(store.folder, key, NOW)
    try:
        assert opened.lost_events()
        assert any("korter of anders" in sentence for sentence in verify.faults(opened))
    finally:
        opened.close()
