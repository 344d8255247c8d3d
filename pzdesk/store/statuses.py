"""Keeps dated rows, and which row of each kind holds now; the one question of who is in care."""

from dataclasses import replace

import sqlalchemy as sa

from pzdesk.domain.patient import PatientId
from pzdesk.domain.status import Care, Phase, Status, StatusKind, newest
from pzdesk.store import tables
from pzdesk.store.unit import Unit


def add_status(unit: Unit, row: Status) -> Status:
    """Keep a dated row; a row with an earlier day than what holds now changes the past only."""
    kept = unit.add(replace(row, current=False))
    refresh(unit, row.patient_id, row.kind)
    return unit.get(Status, kept.id)


def retract(unit: Unit, row: Status, reason: str) -> None:
    """Let a row count for nothing, with the reason; the row before it holds again."""
    table = tables.status
    unit.connection.execute(
        table.update().where(table.c.id == row.id).values(retracted=reason, current=False)
    )
    refresh(unit, row.patient_id, row.kind)


def restore(unit: Unit, row: Status) -> Status:
    """Let a retracted row count again, as what holds now or as the past."""
    table = tables.status
    unit.connection.execute(table.update().where(table.c.id == row.id).values(retracted=""))
    refresh(unit, row.patient_id, row.kind)
    return unit.get(Status, row.id)


def refresh(unit: Unit, patient: PatientId, kind: StatusKind) -> None:
    """Point out again which row of a kind holds now, by the rule of the domain."""
    table = tables.status
    holds = newest(unit.find(Status, patient_id=patient, kind=kind), kind)
    mine = sa.and_(table.c.patient_id == patient, table.c.kind == kind)
    unit.connection.execute(
        table.update().where(mine, table.c.current.is_(True)).values(current=False)
    )
    if holds is not None:
        unit.connection.execute(table.update().where(table.c.id == holds.id).values(current=True))


def in_care() -> sa.ColumnElement[bool]:
    """The condition on ``patient`` for who is in care: not deceased and not gone.

    Every list uses it; a property test holds it equal to ``domain.status.is_active``.
    """
    ended = tables.status.alias("ended")
    deceased = sa.and_(ended.c.kind == StatusKind.PHASE, ended.c.value == Phase.DECEASED)
    gone = sa.and_(ended.c.kind == StatusKind.CARE, ended.c.value != Care.IN_CARE)
    return ~sa.exists(ended.c.patient_id).where(
        ended.c.patient_id == tables.patient.c.id, ended.c.current, sa.or_(deceased, gone)
    )
