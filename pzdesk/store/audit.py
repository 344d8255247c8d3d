"""The audit log in the file: appended to, read, and its chain checked."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta, tzinfo

import msgspec
import sqlalchemy as sa

from pzdesk.domain.audit import (
    IN_EMERGENCY,
    START,
    AuditEvent,
    AuditRow,
    What,
    first_break,
    utc_text,
)
from pzdesk.domain.audit_log import LogFilter, LogKind, asked_of
from pzdesk.domain.errors import StoreDamaged
from pzdesk.domain.patient import PatientId
from pzdesk.store.columns import each_from, from_rows, to_row
from pzdesk.store.tables import audit_event

_CHANGED = "Het logboek is gewijzigd en niet te lezen. Werk niet verder en zet een back-up terug."
_NO_CHANGE = (AuditEvent.EMERGENCY_ENDED, AuditEvent.EMERGENCY_SEEN)
"""What changes a line about the file, and nothing in it."""
_lines = sa.select(audit_event).order_by(audit_event.c.sequence)


def last(connection: sa.Connection) -> tuple[int, str]:
    """Sequence and head of the newest line; (0, start) in an empty log."""
    newest = audit_event.c.sequence.desc()
    query = sa.select(audit_event.c.sequence, audit_event.c.head).order_by(newest).limit(1)
    row = connection.execute(query).first()
    return (row.sequence, row.head) if row else (0, START)


def append(connection: sa.Connection, row: AuditRow) -> None:
    """Add a line."""
    connection.execute(audit_event.insert().values(to_row(row, frozenset())))


def rows(
    connection: sa.Connection, patient: PatientId | None = None, *, newest: int | None = None
) -> list[AuditRow]:
    """The lines in order, of everything or of one patient; only so many of the newest where that is said.

    Raises:
        StoreDamaged: a line holds what pzdesk never writes.
    """
    query = _lines if patient is None else _lines.where(audit_event.c.patient_id == patient)
    if newest is not None:
        query = query.order_by(None).order_by(audit_event.c.sequence.desc()).limit(newest)
    try:
        found = from_rows(AuditRow, connection.execute(query), frozenset())
        return found if newest is None else found[::-1]
    except msgspec.ValidationError:
        raise StoreDamaged(_CHANGED) from None


def page(
    connection: sa.Connection,
    asked: LogFilter,
    zone: tzinfo | None,
    *,
    before: int | None,
    most: int | None,
) -> tuple[list[AuditRow], int]:
    """The newest lines of what is asked, before a line where that is said, and how many there are in all.

    ``zone`` is where the days of the filter begin.
    """
    table = audit_event.c
    wanted = list(_conditions(asked, zone))
    count = connection.scalar(sa.select(sa.func.count()).select_from(audit_event).where(*wanted))
    query = sa.select(audit_event).where(*wanted).order_by(table.sequence.desc())
    if before is not None:
        query = query.where(table.sequence < before)
    try:
        found = from_rows(AuditRow, connection.execute(query.limit(most)), frozenset())
    except msgspec.ValidationError:
        raise StoreDamaged(_CHANGED) from None
    return found, count or 0


def _conditions(asked: LogFilter, zone: tzinfo | None) -> Iterator[sa.ColumnElement[bool]]:
    table = audit_event.c
    if asked.patient is not None:
        yield table.patient_id == asked.patient
    if asked.login:
        yield table.login == asked.login
    if asked.kind is not None:
        events, whats = asked_of(asked.kind)
        yield table.event.in_(sorted(events))
        yield table.what.in_(sorted(whats))
    if asked.since is not None:
        yield table.at >= utc_text(datetime.combine(asked.since, time(), zone))[0]
    if asked.until is not None:
        after = asked.until + timedelta(days=1)
        yield table.at < utc_text(datetime.combine(after, time(), zone))[0]
    if asked.emergencies:
        # That somebody looked whether there was one says nothing of any emergency.
        events = asked_of(LogKind.EMERGENCY)[0] - {AuditEvent.EMERGENCIES_READ}
        about = table.event.in_(sorted(events))
        yield about | table.roles.endswith(IN_EMERGENCY)


def has_lines(
    connection: sa.Connection, patient: PatientId, *, besides: Collection[AuditEvent]
) -> bool:
    """Whether the log knows a patient by a line of another event than these."""
    table = audit_event.c
    mine = sa.and_(table.patient_id == patient, table.event.not_in(besides))
    return connection.scalar(sa.select(table.sequence).where(mine).limit(1)) is not None


def last_change(
    connection: sa.Connection, patient: PatientId, *, besides: Collection[AuditEvent] = ()
) -> AuditRow | None:
    """The last line of a patient that says something was recorded, changed or taken back.

    ``besides`` are events that do not count: those of what somebody may not see.
    """
    changing = audit_event.c.what.in_([What.CREATE, What.UPDATE, What.DELETE])
    seen = audit_event.c.event.not_in([*besides, *_NO_CHANGE])
    query = _lines.where(audit_event.c.patient_id == patient, changing, seen).order_by(None)
    found = connection.execute(query.order_by(audit_event.c.sequence.desc()).limit(1))
    return next(iter(from_rows(AuditRow, found, frozenset())), None)


def latest_since(
    connection: sa.Connection, event: AuditEvent, patient: PatientId, key: int
) -> datetime | None:
    """The latest moment in the log from the line of an act on; None when that line is not there."""
    table = audit_event.c
    act = sa.and_(table.event == event, table.patient_id == patient, table.object_id == key)
    begin = sa.select(sa.func.max(table.sequence)).where(act).scalar_subquery()
    latest = connection.scalar(sa.select(sa.func.max(table.at)).where(table.sequence >= begin))
    return datetime.fromisoformat(latest) if latest is not None else None


def chain_break(connection: sa.Connection) -> int | None:
    """The sequence from which the chain does not hold, or None; an unreadable line breaks it too."""
    readable: list[AuditRow] = []
    try:
        for row in each_from(AuditRow, connection.execute(_lines), frozenset()):
            readable.append(row)
    except msgspec.ValidationError:
        return first_break(readable) or len(readable) + 1
    return first_break(readable)


def head_at(connection: sa.Connection, sequence: int) -> str | None:
    """The head that a line carries, or None when there is no such line."""
    return connection.scalar(
        sa.select(audit_event.c.head).where(audit_event.c.sequence == sequence)
    )
