"""Which files were not changed for long; the log is asked first, so that young files cost nothing."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.patient import Patient
from pzdesk.domain.retention import Overdue
from pzdesk.store import tables
from pzdesk.store.unit import Unit

_CHANGES = (What.CREATE.value, What.UPDATE.value, What.DELETE.value)
_line = tables.audit_event
_changing = _line.c.what.in_(_CHANGES)


def unchanged_since(unit: Unit, day: date) -> list[Overdue]:
    """The files of which nothing was recorded or changed from a day on, the longest unchanged first."""
    after = _first_from(unit, day)
    if after is None:
        return []  # nothing is as old as that
    mine = sa.and_(_line.c.patient_id == tables.patient.c.id, _line.c.sequence >= after, _changing)
    ids = sa.select(tables.patient.c.id).where(~sa.select(_line.c.sequence).where(mine).exists())
    old = {key: last for key, last in _last_changes(unit, ids).items() if last < day}
    people = unit.find(Patient, id=tuple(old)) if old else []
    found = [Overdue(person, old[person.id]) for person in people]
    return sorted(found, key=lambda due: (due.last_change, due.patient.id))


def _first_from(unit: Unit, day: date) -> int | None:
    """About the first line of the log from a day on; None when already the first line is.

    Found by halving: lines follow each other in time, but for those of a clock that was wrong. What comes
    of it only chooses at whose file to look; how old that is, its own lines and rows tell.
    """
    # Asked apart: SQLite reads the whole log for both at once.
    begin = unit.connection.scalar(sa.select(sa.func.min(_line.c.sequence)))
    end = unit.connection.scalar(sa.select(sa.func.max(_line.c.sequence)))
    if begin is None or end is None:
        return None
    low, high = begin, end + 1
    while low < high:
        middle = (low + high) // 2
        at = unit.connection.scalar(sa.select(_line.c.at).where(_line.c.sequence == middle))
        if at is not None and at >= day.isoformat():
            high = middle
        else:
            low = middle + 1
    return int(low) if low > begin else None


def _last_changes(unit: Unit, ids: sa.Select[int]) -> dict[int, date]:
    """The day of the newest row of each file, or of its newest changing line in the log."""
    found: dict[int, date] = {}

    def later(patient: int, day: date) -> None:
        found[patient] = max(day, found.get(patient, day))

    newest = sa.select(_line.c.patient_id, sa.func.max(_line.c.at))
    query = newest.where(_line.c.patient_id.in_(ids), _changing).group_by(_line.c.patient_id)
    for patient, at in unit.connection.execute(query):
        later(patient, _day(at))
    unnamed = [row[0] for row in unit.connection.execute(ids) if row[0] not in found]
    if unnamed:  # came in with a list, of which the line names nobody: the newest one counts
        lists = _line.c.event == AuditEvent.LIST_IMPORTED.value
        listed = unit.connection.scalar(sa.select(sa.func.max(_line.c.at)).where(lists))
        for patient in unnamed if listed is not None else ():
            later(patient, _day(listed))
    for table in tables.metadata.tables.values():
        if "patient_id" in table.c and "recorded_at" in table.c:
            owner, recorded = table.c.patient_id, sa.func.max(table.c.recorded_at)
            rows = sa.select(owner, recorded).where(owner.in_(ids)).group_by(owner)
            for patient, at in unit.connection.execute(rows):
                later(patient, at.date())
    return found


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(UTC).date()
