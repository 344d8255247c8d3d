"""The audit log in the file: appended to, read, and its chain checked."""

import sqlalchemy as sa

from pzdesk.domain.audit import START, AuditRow
from pzdesk.domain.patient import PatientId
from pzdesk.store.columns import from_rows, to_row
from pzdesk.store.tables import audit_event


def last(connection: sa.Connection) -> tuple[int, str]:
    """Sequence and head of the newest line; (0, start) in an empty log."""
    newest = audit_event.c.sequence.desc()
    query = sa.select(audit_event.c.sequence, audit_event.c.head).order_by(newest).limit(1)
    row = connection.execute(query).first()
    return (row.sequence, row.head) if row else (0, START)


def append(connection: sa.Connection, row: AuditRow) -> None:
    """Add a line."""
    connection.execute(audit_event.insert().values(to_row(row, frozenset())))


def rows(connection: sa.Connection, patient: PatientId | None = None) -> list[AuditRow]:
    """The lines in order, of everything or of one patient."""
    query = sa.select(audit_event).order_by(audit_event.c.sequence)
    if patient is not None:
        query = query.where(audit_event.c.patient_id == patient)
    return from_rows(AuditRow, connection.execute(query), frozenset())


def head_at(connection: sa.Connection, sequence: int) -> str | None:
    """The head that a line carries, or None when there is no such line."""
    return connection.scalar(
        sa.select(audit_event.c.head).where(audit_event.c.sequence == sequence)
    )
