"""What the lists over all patients ask alike: a rule of the domain, read over a whole table at once."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import sqlalchemy as sa

from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.review import ReviewKind
from pzdesk.store import tables
from pzdesk.store.unit import Unit

_MARKED = frozenset({MarkeringState.MARKED.value, MarkeringState.TALKED.value})


class Steps(NamedTuple):
    """The step of a markering that holds now; since when somebody is marked, heard when, by whom."""

    state: str | None = None
    on: date | None = None
    again_on: date | None = None
    urgent: bool = False
    marked_on: date | None = None
    marked_heard: date | None = None
    marked_by: str = ""


class Valid(NamedTuple):
    """The valid PZP of somebody: its talk, what a list tells of it and its number, and of how many versions.

    ``said`` holds the answers to ``tables.LISTED_QUESTIONS``.
    """

    talk_on: date | None = None
    said: str = ""
    number: int = 0
    versions: int = 0


NO_STEPS, NO_PZP = Steps(), Valid()


def rows_of(unit: Unit, query: sa.Select[Any]) -> Iterator[Any]:
    """The rows of a query, a hundred at a time: fewer calls than one by one, less garbage than all."""
    return chain.from_iterable(unit.connection.execute(query).partitions(100))


def steps(unit: Unit) -> dict[int, Steps]:
    """The markering of each patient, in the order of the steps (see ``domain.markering.marked_on``)."""
    step = tables.markering
    names = ("patient_id", "state", "on", "again_on", "urgent", "recorded_at", "by")
    query = sa.select(*(step.c[name] for name in names)).order_by(step.c.id)
    held: dict[int, Steps] = {}
    for key, state, on, again_on, urgent, recorded_at, by in rows_of(unit, query):
        marked_on, heard, marked_by = held.get(key, NO_STEPS)[4:]
        if state not in _MARKED:
            marked_on, heard, marked_by = None, None, ""
        elif marked_on is None:
            marked_on, heard, marked_by = on, recorded_at.astimezone().date(), by
        held[key] = Steps(state, on, again_on, urgent, marked_on, heard, marked_by)
    return held


def reviewed_on(unit: Unit, *kinds: ReviewKind) -> dict[int, date]:
    """When a review moment of one of these kinds was last held with each patient.

    The last is found here: grouped, SQLite would fetch the rows by their index, one page after another.
    """
    review = tables.review
    query = sa.select(review.c.patient_id, review.c.done_on).where(
        review.c.kind.in_(kinds), review.c.done_on.is_not(None)
    )
    held: dict[int, date] = {}
    for key, on in rows_of(unit, query):
        held[key] = max(on, held.get(key, on))
    return held


def valid_pzps(unit: Unit) -> dict[int, Valid]:
    """The valid PZP of each patient, those that were taken back left out.

    The order is that of ``domain.pzp.valid``, where no date comes before every other: the last one is it.
    """
    version, withdrawal = tables.pzp_version, tables.pzp_withdrawal
    query = (
        sa.select(version.c.patient_id, version.c.talk_on, tables.LISTED, version.c.number)
        .where(version.c.id.not_in(sa.select(withdrawal.c.version_id)))
        .order_by(version.c.patient_id, version.c.talk_on.nulls_first(), version.c.number)
    )
    valid: dict[int, Valid] = {}
    for key, talk_on, said, number in rows_of(unit, query):
        valid[key] = Valid(talk_on, said, number, valid.get(key, NO_PZP).versions + 1)
    return valid
