"""The audit log in the file: appended to, read, and its chain checked."""

import msgspec
import sqlalchemy as sa

from pzdesk.domain.audit import START, AuditRow, What, first_break
from pzdesk.domain.errors import StoreDamaged
from pzdesk.domain.patient import PatientId
from pzdesk.store.columns import each_from, from_rows, to_row
from pzdesk.store.tables import audit_event

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
        raise StoreDamaged(
            "Het logboek is gewijzigd en niet te lezen. Werk niet verder en zet een back-up terug."
        ) from None


def last_change(connection: sa.Connection, patient: PatientId) -> AuditRow | None:
    """The last line of a patient that says something was recorded, changed or taken back."""
    changing = audit_event.c.what.in_([What.CREATE, What.UPDATE, What.DELETE])
    query = _lines.where(audit_event.c.patient_id == patient, changing).order_by(None)
    found = connection.execute(query.order_by(audit_event.c.sequence.desc()).limit(1))
    return next(iter(from_rows(AuditRow, found, frozenset())), None)


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
