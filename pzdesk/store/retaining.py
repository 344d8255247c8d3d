"""Which files were not changed for long; the log is asked first, so that young files cost nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.store import tables
from pzdesk.store.unit import Unit

_CHANGES = (What.CREATE.value, What.UPDATE.value, What.DELETE.value)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file, and the day on which something of it was last recorded or changed; None when no line tells."""

    patient: Patient
    last_change: date | None


def unchanged_since(unit: Unit, day: date) -> list[Kept]:
    """The files of which nothing was recorded or changed from a day on, the longest unchanged first."""
    line, patient = tables.audit_event, tables.patient
    after = unit.connection.scalar(
        sa.select(line.c.sequence)
        .where(line.c.at >= day.isoformat())
        .order_by(line.c.sequence)
        .limit(1)
    )
    first = unit.connection.scalar(sa.select(sa.func.min(line.c.sequence)))
    if after is None or after == first:
        return []  # nothing is as old as that
    changed = (
        sa.select(line.c.sequence)
        .where(
            line.c.patient_id == patient.c.id,
            line.c.sequence >= after,
            line.c.what.in_(_CHANGES),
        )
        .exists()
    )
    ids = unit.connection.execute(sa.select(patient.c.id).where(~changed)).scalars().all()
    last = {key: _last_change(unit, PatientId(key)) for key in ids}
    old = [key for key, when in last.items() if when is not None and when < day]
    people = {person.id: person for person in unit.find(Patient, id=tuple(old))} if old else {}
    found = [Kept(people[PatientId(key)], last[key]) for key in old]
    return sorted(found, key=lambda kept: (kept.last_change or date.min, kept.patient.id))


def _last_change(unit: Unit, patient: PatientId) -> date | None:
    """The day of the newest row of a file, or of its newest changing line in the log."""
    line = tables.audit_event
    said = unit.connection.scalar(
        sa.select(sa.func.max(line.c.at)).where(
            line.c.patient_id == patient, line.c.what.in_(_CHANGES)
        )
    )
    if said is None:  # a line of a list that was read in names nobody: the newest one is late enough
        said = unit.connection.scalar(
            sa.select(sa.func.max(line.c.at)).where(line.c.event == AuditEvent.LIST_IMPORTED.value)
        )
    found = [datetime.fromisoformat(said).astimezone(UTC).date()] if said else []
    for table in tables.metadata.tables.values():
        if "patient_id" in table.c and "recorded_at" in table.c:
            newest = unit.connection.scalar(
                sa.select(sa.func.max(table.c.recorded_at)).where(table.c.patient_id == patient)
            )
            found += [newest.date()] if newest else []
    return max(found, default=None)
