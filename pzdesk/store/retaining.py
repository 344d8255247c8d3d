"""Which files were not changed for long; the log is asked first, so that young files cost nothing."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.retention import Overdue
from pzdesk.store import tables
from pzdesk.store.unit import Unit

_CHANGES = (What.CREATE.value, What.UPDATE.value, What.DELETE.value)


def unchanged_since(unit: Unit, day: date) -> list[Overdue]:
    """The files of which nothing was recorded or changed from a day on, the longest unchanged first."""
    line, patient = tables.audit_event, tables.patient
    ends = sa.select(sa.func.min(line.c.sequence), sa.func.max(line.c.sequence))
    first, last_line = unit.connection.execute(ends).one()
    young = sa.select(line.c.sequence).where(line.c.at >= day.isoformat())
    after = unit.connection.scalar(young.order_by(line.c.sequence).limit(1))
    if first is None or after == first:
        return []  # nothing is as old as that
    if after is None:
        after = last_line + 1
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
    old = {key: when for key, when in last.items() if when is not None and when < day}
    people = unit.find(Patient, id=tuple(old)) if old else []
    found = [Overdue(person, old[person.id]) for person in people]
    return sorted(found, key=lambda due: (due.last_change, due.patient.id))


def _last_change(unit: Unit, patient: PatientId) -> date | None:
    """The day of the newest row of a file, or of its newest changing line in the log."""
    line = tables.audit_event
    said = unit.connection.scalar(
        sa.select(sa.func.max(line.c.at)).where(
            line.c.patient_id == patient, line.c.what.in_(_CHANGES)
        )
    )
    if (
        said is None
    ):  # a line of a list that was read in names nobody: the newest one is late enough
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
