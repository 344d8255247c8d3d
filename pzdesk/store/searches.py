"""What a search looks through: of everybody who somebody is, of meetings when, of open actions what.

Nothing clinical is read, so that none of it can be found or shown.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pzdesk.domain.person import Name, NameOrder, Sex
from pzdesk.domain.status import Care, Phase, StatusKind
from pzdesk.store import tables
from pzdesk.store.unit import Unit

_NAME = (
    *("achternaam", "voorvoegsels", "voornamen", "initialen", "roepnaam"),
    *("partner_voorvoegsels", "partner_achternaam", "name_order"),
)


class Known(NamedTuple):
    """Who somebody is; ``name_parts`` are those of ``Name`` in its order, made into one by ``name_of``."""

    id: int
    sex: str
    birth_date: date
    bsn: str | None
    his_number: str
    died_on: date | None
    left_on: date | None
    name_parts: tuple[str, ...]


def everybody(unit: Unit) -> Iterator[Known]:
    """Everybody, in care or not, in one question."""
    patient = tables.patient
    died, left = tables.status.alias("died"), tables.status.alias("gone")
    joined = patient.outerjoin(
        died,
        sa.and_(
            died.c.patient_id == patient.c.id,
            died.c.kind == StatusKind.PHASE,
            died.c.value == Phase.DECEASED,
            died.c.current,
        ),
    ).outerjoin(
        left,
        sa.and_(
            left.c.patient_id == patient.c.id,
            left.c.kind == StatusKind.CARE,
            left.c.value != Care.IN_CARE,
            left.c.current,
        ),
    )
    query = sa.select(
        *(patient.c[name] for name in ("id", "sex", "birth_date", "bsn", "his_number")),
        died.c.since,
        left.c.since,
        *(patient.c[name] for name in _NAME),
    ).select_from(joined)
    for rows in unit.connection.execute(query).partitions(100):
        for row in rows:
            yield Known(*row[:7], tuple(row[7:]))


def signature(unit: Unit) -> tuple[object, ...]:
    """Values that are other ones as soon as anything that can be found was added, changed or taken back."""
    found: list[object] = []
    for table in (tables.patient, tables.meeting, tables.action):
        query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(table.c.version), 0))
        found += unit.connection.execute(query.select_from(table)).one()
    # An action can be taken back; one that comes after it gets its number and version, at another moment.
    action = tables.action
    found += unit.connection.execute(sa.select(sa.func.max(action.c.recorded_at))).one()
    status = tables.status
    held = sa.func.coalesce(sa.func.sum(sa.cast(status.c.current, sa.Integer)), 0)
    found += unit.connection.execute(sa.select(sa.func.count(), held).select_from(status)).one()
    return tuple(found)


def name_of(known: Known) -> Name:
    """The name of somebody."""
    parts: dict[str, Any] = dict(zip(_NAME, known.name_parts, strict=True))
    return Name(**{**parts, "name_order": NameOrder(parts["name_order"])})


def sex_of(known: Known) -> Sex:
    """The sex of somebody, for how they are addressed."""
    return Sex(known.sex)
