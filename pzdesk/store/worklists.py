"""What the work list needs to know of everybody: a few questions over whole tables, put together here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice
from pzdesk.domain.advice_words import advice_words
from pzdesk.domain.markering import Whom
from pzdesk.domain.mdo import AgendaItem, Meeting, MeetingState
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Name, Sex, short
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp
from pzdesk.domain.status import Care, Phase, StatusKind
from pzdesk.domain.work_facts import MeetingFacts, Person, WorkFacts
from pzdesk.domain.work_rules import DECEASED, IN_CARE, LEFT
from pzdesk.store import tables
from pzdesk.store.columns import from_rows
from pzdesk.store.everybody import NO_PZP, NO_STEPS, reviewed_on, rows_of, steps, valid_pzps
from pzdesk.store.unit import Unit

_patient = tables.patient
_NAME = tuple(field.name for field in fields(Name))
_NOW = (
    (StatusKind.PHASE, "value"),
    (StatusKind.PHASE, "since"),
    (StatusKind.URGENCY, "value"),
    (StatusKind.CARE, "value"),
    (StatusKind.RESPONSIBLE, "professional_id"),
    (StatusKind.CENTRAL_CARER, "professional_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSource:
    """What a list is made of: facts of patients, actions without one, meetings in preparation, names."""

    facts: tuple[WorkFacts, ...]
    loose: tuple[Action, ...]
    meetings: tuple[MeetingFacts, ...]
    professionals: dict[int, str]


def work_source(unit: Unit) -> WorkSource:
    """Everything the rules of the work list ask for, of everybody."""
    who = tables.professional
    actions: dict[int | None, list[Action]] = defaultdict(list)
    for action in unit.find(Action, done_on=None):
        actions[action.patient_id].append(action)
    people = {row[0]: row for row in _people(unit)}
    names: dict[int, str] = dict(map(tuple, rows_of(unit, sa.select(who.c.id, who.c.name))))
    return WorkSource(
        facts=tuple(_facts(unit, people.values(), actions, _advices(unit, names))),
        loose=tuple(actions.get(None, ())),
        meetings=tuple(_meetings(unit, people)),
        professionals=names,
    )


def _facts(
    unit: Unit,
    people: Iterable[Any],
    actions: dict[int | None, list[Action]],
    advices: dict[int, list[tuple[Advice, str]]],
) -> Iterator[WorkFacts]:
    held, pzps = steps(unit), valid_pzps(unit)
    received, told = _received(unit), _told(unit)
    talks, revised = _talks(unit), reviewed_on(unit, ReviewKind.PZP_REVISION)
    reviews: dict[int, list[Review]] = defaultdict(list)
    query = sa.select(tables.review).where(tables.OPEN_REVIEW).order_by(tables.review.c.id)
    for review in from_rows(Review, unit.connection.execute(query), frozenset()):
        reviews[review.patient_id].append(review)
    follow_ups = _follow_ups(unit)
    nobody: tuple[Any, ...] = ()
    for key, sex, born, phase, since, urgency, care, responsible, carer, *name in people:
        step, pzp = held.get(key, NO_STEPS), pzps.get(key, NO_PZP)
        talk_due, talk_dropped = talks.get(key, _NO_TALK)
        received_on = received.get((key, pzp.number))
        person = Person(
            id=PatientId(key),
            name=_name(name),
            sex=Sex(sex),
            birth_date=born,
            phase=phase,
            urgency=urgency,
        )
        yield WorkFacts(
            person=person,
            standing=_standing(phase, care),
            phase_since=since,
            responsible=responsible,
            central_carer=carer,
            state=step.state,
            state_on=step.on,
            again_on=step.again_on,
            urgent=step.urgent,
            marked_on=step.marked_on,
            marked_by=step.marked_by,
            pzp_count=pzp.versions,
            pzp_on=pzp.talk_on,
            received=(pzp.number, received_on) if received_on else None,
            talk_due=talk_due,
            talk_dropped=talk_dropped,
            revised_on=revised.get(key),
            told=tuple(told.get(key, nobody)),
            reviews=tuple(reviews.get(key, nobody)),
            follow_ups=tuple(follow_ups.get(key, nobody)),
            actions=tuple(actions.get(key, nobody)),
            advices=tuple(advices.get(key, nobody)),
        )


_NO_TALK: tuple[date | None, bool] = (None, False)


def _standing(phase: str | None, care: str | None) -> str:
    """Where somebody stands, as ``store.statuses.in_care`` and ``domain.status.is_active`` ask it."""
    if phase == Phase.DECEASED:
        return DECEASED
    return IN_CARE if care in (None, Care.IN_CARE) else LEFT


def _people(unit: Unit) -> Iterator[Any]:
    """Everybody with what holds now; each kind is joined once, from its index alone."""
    now = {kind: tables.status.alias(kind.name.lower()) for kind, _ in _NOW}
    joined: sa.FromClause = _patient
    for kind, row in now.items():
        mine = sa.and_(row.c.patient_id == _patient.c.id, row.c.kind == kind, row.c.current)
        joined = joined.outerjoin(row, mine)
    columns = (now[kind].c[column] for kind, column in _NOW)
    who = (_patient.c[name] for name in ("id", "sex", "birth_date"))
    names = (_patient.c[name] for name in _NAME)
    return rows_of(unit, sa.select(*who, *columns, *names).select_from(joined))


def _received(unit: Unit) -> dict[tuple[int, int], date]:
    """On which day each received version came that nobody confirmed, by patient and number."""
    version, confirmation = tables.pzp_version, tables.pzp_confirmation
    query = sa.select(version.c.patient_id, version.c.number, version.c.recorded_at).where(
        tables.RECEIVED, version.c.id.not_in(sa.select(confirmation.c.version_id))
    )
    return {(row[0], row[1]): row[2].astimezone().date() for row in rows_of(unit, query)}


def _told(unit: Unit) -> dict[int, list[tuple[str, date]]]:
    """When the pharmacist was last told of each transition."""
    told = tables.told
    query = (
        sa.select(told.c.patient_id, told.c.transition, sa.func.max(told.c.on, type_=sa.Date))
        .where(told.c.whom == Whom.APOTHEEK)
        .group_by(told.c.patient_id, told.c.transition)
    )
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for key, transition, on in rows_of(unit, query):
        found[key].append((transition, on))
    return found


def _talks(unit: Unit) -> dict[int, tuple[date | None, bool]]:
    """Of the last review moment for the PZP talk: its day while it is open, and whether it was dropped."""
    review = tables.review
    query = (
        sa.select(review.c.patient_id, review.c.due, review.c.done_on, review.c.dropped)
        .where(review.c.kind == ReviewKind.PZP_TALK)
        .order_by(review.c.id)
    )
    return {
        key: (None if done_on or dropped else due, bool(dropped))
        for key, due, done_on, dropped in rows_of(unit, query)
    }


def _follow_ups(unit: Unit) -> dict[int, list[tuple[FollowUp, str]]]:
    """The follow-ups that still wait (see ``domain.screening.is_open``), with whose they are."""
    naaste = tables.naaste
    waiting = unit.find(FollowUp, done_on=None, not_now="")
    asked = sorted({follow_up.naaste_id for follow_up in waiting})
    query = sa.select(naaste.c.id, naaste.c.relation, naaste.c.name)
    # Named one by one a few are found in their index; many are read in one go.
    few = query.where(naaste.c.id.in_(asked)) if len(asked) < 500 else query
    names = {key: f"{relation} {name}".strip() for key, relation, name in rows_of(unit, few)}
    found: dict[int, list[tuple[FollowUp, str]]] = defaultdict(list)
    for follow_up in waiting:
        found[follow_up.patient_id].append((follow_up, names[follow_up.naaste_id]))
    return found


def _advices(unit: Unit, names: dict[int, str]) -> dict[int, list[tuple[Advice, str]]]:
    """The advice that still waits (see ``domain.advice.is_open``), in words."""
    found: dict[int, list[tuple[Advice, str]]] = defaultdict(list)
    for advice in unit.find(Advice, outcome=None):
        words = advice_words(advice, names.get(advice.professional_id or 0, ""))
        found[advice.patient_id].append((advice, words))
    return found


def _meetings(unit: Unit, people: dict[int, Any]) -> Iterator[MeetingFacts]:
    """The meetings in preparation with their agenda in order."""
    meetings = unit.find(Meeting, state=MeetingState.PREPARING, order="on")
    agendas: dict[int, list[AgendaItem]] = defaultdict(list)
    for item in unit.find(AgendaItem, meeting_id=[m.id for m in meetings], order="position"):
        agendas[item.meeting_id].append(item)
    for meeting in meetings:
        items = agendas.get(meeting.id, [])
        on_it = [people[item.patient_id] for item in items if item.patient_id is not None]
        names = tuple(short(_name(row), Sex(row[1])) for row in on_it)
        yield MeetingFacts(meeting=meeting, items=tuple(items), names=names)


def _name(row: Any) -> Name:
    return msgspec.convert(dict(zip(_NAME, row[-len(_NAME) :], strict=True)), Name)
