"""Destruction: every row about a patient leaves in one transaction, and no byte of it stays in the file.

What has to go follows from the tables themselves: every row that belongs to the patient, and every row that
cannot do without such a row. What only mentions the patient elsewhere is let go of. The log stays: its lines
hold no values.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pzdesk.domain.destruction import Destruction, marked_line, named_row, row_name
from pzdesk.domain.handout import Handout, HandoutKind, PartKind, part_key, tells_of
from pzdesk.domain.patient import PatientId
from pzdesk.store import audit, database, tables
from pzdesk.store.unit import Unit

OWNER = "patient_id"
UNSWEPT = "sweep"
"""The setting that says that the file still has to be swept of what was destroyed."""

Rows = Mapping[str, frozenset[int]]
"""The ids of rows by table."""


def whole(unit: Unit, patient: PatientId) -> Rows:
    """Every row that is about a patient; empty when there is no such patient."""
    table = tables.patient
    if unit.connection.scalar(sa.select(table.c.id).where(table.c.id == patient)) is None:
        return {}
    return _with_dependents(unit.connection, {table.name: frozenset({patient})})


def part(unit: Unit, patient: PatientId, chosen: Collection[str]) -> Rows:
    """The rows that were chosen and belong to the patient, with those that cannot do without them."""
    begin: dict[str, frozenset[int]] = {}
    for name in chosen:
        table, key = named_row(name)
        if table in _OWNED and _is_of(unit.connection, _OWNED[table], key, patient):
            begin[table] = begin.get(table, frozenset()) | {key}
    return _with_former(unit.connection, _with_dependents(unit.connection, begin), patient)


def remove(unit: Unit, rows: Rows) -> None:
    """Take rows away, and let go of them where what stays points at them."""
    for table in reversed(tables.metadata.sorted_tables):
        for column in table.columns:
            for key in column.foreign_keys:
                gone = rows.get(key.column.table.name)
                if gone and column.nullable and column.name != OWNER:
                    own = rows.get(table.name, frozenset())
                    pointing = sa.and_(column.in_(gone), table.c.id.not_in(own))
                    unit.connection.execute(
                        table.update().where(pointing).values({column.name: None})
                    )
        if gone_here := rows.get(table.name):
            unit.connection.execute(table.delete().where(table.c.id.in_(gone_here)))
    for patient in rows.get(tables.patient.name, ()):
        _off_the_agendas(unit, PatientId(patient))
    unit.keep_setting(UNSWEPT, value=True)


def names_of(rows: Rows) -> tuple[str, ...]:
    """The rows as a destruction names them."""
    return tuple(row_name(table, key) for table in sorted(rows) for key in sorted(rows[table]))


def mark_of(unit: Unit, patient: PatientId) -> str:
    """The first line of the log that names the patient, or else the last one: see ``Destruction``."""
    line = tables.audit_event
    query = sa.select(line.c.sequence, line.c.head).order_by(line.c.sequence).limit(1)
    found = unit.connection.execute(query.where(line.c.patient_id == patient)).first()
    sequence, head = found or audit.last(unit.connection)
    return f"{sequence}:{head}"


def still_there(
    unit: Unit,
    destroyed: Destruction,
    end: tuple[int, str],
    ends: Collection[tuple[int, str]] = (),
) -> Rows:
    """What a destruction in another copy of this store has to take away here too.

    A number means the same person where both logs have the line of the mark. A copy of which the log is
    shorter than that, and ended with the line ``end``, lies on the way of the other one when that is among
    ``ends``: these are known to be lines of the log in which it was destroyed.
    """
    line = marked_line(destroyed)
    if line is None:
        return {}
    reaches = line[0] <= end[0]
    is_same = audit.head_at(unit.connection, line[0]) == line[1] if reaches else end in ends
    if not is_same:
        return {}
    patient = PatientId(destroyed.was_patient)
    return whole(unit, patient) if destroyed.whole else part(unit, patient, destroyed.rows)


def mentions(unit: Unit, words: str, patient: PatientId) -> dict[str, int]:
    """In how many rows of each table a name stands that is not about this patient, also by chance."""
    own = whole(unit, patient)
    like = f"%{words.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    found: dict[str, int] = {}
    for table in tables.metadata.sorted_tables:
        texts = [column for column in table.columns if _holds_text(column)]
        if table is tables.audit_event or table is tables.setting or not texts:
            continue
        named = sa.or_(*(sa.cast(column, sa.Text).like(like, escape="!") for column in texts))
        keys = unit.connection.execute(sa.select(table.c.id).where(named)).scalars()
        if count := len(set(keys) - own.get(table.name, frozenset())):
            found[table.name] = count
    return found


def sweep(path: Path, key: bytes) -> bool:
    """Write the file anew without what was destroyed, and empty the log beside it.

    ``secure_delete`` overwrites what is deleted, and misses what SQLite moved between pages before; a file
    that is written anew holds nothing but its rows. False while somebody else reads: then it is done
    by who opens the store next.

    Raises:
        StoreError: the disk is full or not writable, or the store is busy; what is there is whole.
    """
    connection = database.connect(path, key)
    try:
        with database.told_to_user():
            if _is_swept(connection):
                return True
            connection.execute("VACUUM")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                return False
            connection.execute("DELETE FROM setting WHERE key = ?", (UNSWEPT,))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return True
    finally:
        connection.close()


def _is_swept(connection: Any) -> bool:
    query = "SELECT count(*) FROM setting WHERE key = ?"
    return not connection.execute(query, (UNSWEPT,)).fetchone()[0]


def _with_dependents(connection: sa.Connection, begin: Rows) -> Rows:
    found = dict(begin)
    for table in tables.metadata.sorted_tables:  # what is pointed at comes before what points
        for column in table.columns:
            for key in column.foreign_keys:
                gone = found.get(key.column.table.name)
                if gone and (column.name == OWNER or not column.nullable):
                    query = sa.select(table.c.id).where(column.in_(gone))
                    keys = frozenset(connection.execute(query).scalars())
                    if keys:
                        found[table.name] = found.get(table.name, frozenset()) | keys
    return found


def _with_former(connection: sa.Connection, rows: Rows, patient: PatientId) -> Rows:
    """These rows with what stood in them before somebody changed it, which only names them."""
    table = tables.former
    found = rows.get(table.name, frozenset())
    for name, keys in rows.items():
        of_them = sa.and_(
            table.c.table == name, table.c.row_id.in_(keys), table.c[OWNER] == patient
        )
        found |= frozenset(connection.execute(sa.select(table.c.id).where(of_them)).scalars())
    return {**rows, table.name: found} if found else rows


def _is_of(connection: sa.Connection, table: sa.Table, key: int, patient: PatientId) -> bool:
    owner = connection.scalar(sa.select(table.c[OWNER]).where(table.c.id == key))
    return owner == patient


def _off_the_agendas(unit: Unit, patient: PatientId) -> None:
    """Let the prints of agendas, which were kept by the digest of each part, forget the patient."""
    keys = {part_key(kind, patient) for kind in PartKind if kind is not PartKind.SUBJECT}
    for handout in unit.find(Handout, kind=HandoutKind.AGENDA, patient_id=None):
        if tells_of(handout, patient):
            parts = {key: digest for key, digest in handout.parts.items() if key not in keys}
            own = tables.handout.c.id == handout.id
            unit.connection.execute(tables.handout.delete().where(own))
            unit.add(replace(handout, parts=parts))


def _holds_text(column: sa.Column[Any]) -> bool:
    return not isinstance(
        column.type, sa.Integer | sa.Boolean | sa.Date | sa.Time | sa.DateTime | sa.Float
    ) and not isinstance(getattr(column.type, "impl", None), sa.DateTime)


_OWNED = {table.name: table for table in tables.metadata.tables.values() if OWNER in table.c}
_OWNED.pop(tables.audit_event.name)
