"""The lists over all patients: a few questions over whole tables, put together in Python."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Name, Sex, sort_key
from pzdesk.domain.proposal import Facts
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.status import StatusKind
from pzdesk.store import tables
from pzdesk.store.columns import from_rows
from pzdesk.store.statuses import in_care
from pzdesk.store.unit import Unit

_patient, _status = tables.patient, tables.status
_NAME = tuple(field.name for field in fields(Name))
_MARKED = (MarkeringState.MARKED, MarkeringState.TALKED)


class _Now(NamedTuple):
    value: str
    since: date
    professional_id: int | None


class _Pzp(NamedTuple):
    talk_on: date | None
    number: int
    answers: Any


def all_patients(unit: Unit) -> list[Patient]:
    """Every patient, in care or not."""
    return from_rows(Patient, unit.connection.execute(sa.select(_patient)), tables.FLATTEN[Patient])


def patient_rows(
    unit: Unit, *, only_active: bool, resuscitation: Callable[[Any], str]
) -> list[PatientRow]:
    """The list of patients, by surname; ``resuscitation`` words the answers of a valid PZP."""
    now = _now(unit)
    marked = _marked(unit)
    pzps, counts = _valid_pzps(unit)
    reviews = _first_open_reviews(unit)
    discussed = _discussed(unit)
    professional = tables.professional
    carers = _pairs(unit, sa.select(professional.c.id, professional.c.name))
    active = set(unit.connection.scalars(sa.select(_patient.c.id).where(in_care())))
    nothing: dict[str, _Now] = {}
    rows = []
    for row in unit.connection.execute(_who()).mappings():
        key = row["id"]
        if only_active and key not in active:
            continue
        held = now.get(key, nothing)
        phase, urgency = held.get(StatusKind.PHASE), held.get(StatusKind.URGENCY)
        carer = held.get(StatusKind.CENTRAL_CARER)
        pzp = pzps.get(key)
        rows.append(
            PatientRow(
                id=key,
                name=Name(**{part: row[part] for part in _NAME}),
                sex=Sex(row["sex"]),
                birth_date=row["birth_date"],
                diagnosis=row["diagnosis"],
                is_active=key in active,
                phase=phase and phase.value,
                phase_since=phase and phase.since,
                urgency=urgency and urgency.value,
                urgency_since=urgency and urgency.since,
                complexity=_value(held.get(StatusKind.COMPLEXITY)),
                whereabouts=_value(held.get(StatusKind.WHEREABOUTS)),
                care=_value(held.get(StatusKind.CARE)),
                central_carer=carers.get(carer.professional_id) if carer else None,
                markering=marked.get(key, (None, None))[0],
                pzp_on=pzp.talk_on if pzp else None,
                pzp_count=counts.get(key, 0),
                resuscitation=resuscitation(pzp.answers) if pzp else "",
                next_review=reviews.get(key),
                last_meeting=discussed.get(key),
            )
        )
    rows.sort(key=lambda row: sort_key(row.name))
    return rows


def proposal_facts(unit: Unit, today: date, on: date) -> list[Facts]:
    """What the rules of the proposal need: of everybody in care, and of who died."""
    now = _now(unit)
    marked = _marked(unit)
    _, counts = _valid_pzps(unit)
    late = _late_reviews(unit, on)
    follow_up, action = tables.follow_up, tables.action
    follow_ups = _groups(
        unit,
        sa.select(follow_up.c.patient_id, follow_up.c.recorded_at).where(
            follow_up.c.done_on.is_(None), follow_up.c.not_now == ""
        ),
    )
    actions = _groups(
        unit,
        sa.select(action.c.patient_id, action.c.since).where(
            action.c.patient_id.is_not(None), action.c.done_on.is_(None)
        ),
    )
    changes = _counts(unit)
    discussed = _discussed(unit, before=on)
    active = set(unit.connection.scalars(sa.select(_patient.c.id).where(in_care())))
    nothing: dict[str, _Now] = {}
    facts = []
    for row in unit.connection.execute(_who()).mappings():
        key = row["id"]
        held = now.get(key, nothing)
        phase, urgency = held.get(StatusKind.PHASE), held.get(StatusKind.URGENCY)
        died = phase is not None and phase.value == "overleden"
        if key not in active and not died:
            continue
        last = discussed.get(key)
        facts.append(
            Facts(
                patient_id=key,
                name=Name(**{part: row[part] for part in _NAME}),
                sex=Sex(row["sex"]),
                birth_date=row["birth_date"],
                phase=phase and phase.value,
                phase_since=phase and phase.since,
                phases=changes.get((key, StatusKind.PHASE), 0),
                urgency=urgency and urgency.value,
                urgency_since=urgency and urgency.since,
                urgencies=changes.get((key, StatusKind.URGENCY), 0),
                complexity=_value(held.get(StatusKind.COMPLEXITY)),
                marked_on=marked.get(key, (None, None))[1],
                pzp_count=counts.get(key, 0),
                late_reviews=tuple(late.get(key, ())),
                follow_ups=tuple(moment.date() for moment in follow_ups.get(key, ())),
                actions=tuple(actions.get(key, ())),
                discussed_on=last,
                discussed_since_death=bool(
                    died and last and phase and phase.since and last > phase.since
                ),
            )
        )
    return facts


def _who() -> sa.Select[Any]:
    return sa.select(
        *(_patient.c[name] for name in ("id", "sex", "birth_date", "diagnosis", *_NAME))
    )


def _value(row: _Now | None) -> str | None:
    return row.value if row else None


def _now(unit: Unit) -> dict[int, dict[str, _Now]]:
    query = sa.select(
        *(_status.c[n] for n in ("patient_id", "kind", "value", "since", "professional_id"))
    ).where(_status.c.current)
    held: dict[int, dict[str, _Now]] = defaultdict(dict)
    for key, kind, value, since, professional_id in unit.connection.execute(query):
        held[key][kind] = _Now(value, since, professional_id)
    return held


def _counts(unit: Unit) -> dict[tuple[int, str], int]:
    query = (
        sa.select(_status.c.patient_id, _status.c.kind, sa.func.count())
        .where(_status.c.retracted == "")
        .group_by(_status.c.patient_id, _status.c.kind)
    )
    return {(key, kind): count for key, kind, count in unit.connection.execute(query)}


def _marked(unit: Unit) -> dict[int, tuple[str | None, date | None]]:
    """State of the markering, and since when somebody is marked (see ``domain.markering``)."""
    step = tables.markering
    query = sa.select(step.c.patient_id, step.c.state, step.c.on).order_by(step.c.id)
    held: dict[int, tuple[str | None, date | None]] = {}
    for key, state, on in unit.connection.execute(query):
        since = held.get(key, (None, None))[1]
        held[key] = (state, (since or on) if state in _MARKED else None)
    return held


def _valid_pzps(unit: Unit) -> tuple[dict[int, _Pzp], dict[int, int]]:
    """The version with the latest talk of each patient (see ``domain.pzp.valid``), and how many."""
    version, withdrawal = tables.pzp_version, tables.pzp_withdrawal
    taken_back = sa.exists().where(withdrawal.c.version_id == version.c.id)
    query = sa.select(
        version.c.patient_id, version.c.talk_on, version.c.number, version.c.answers
    ).where(~taken_back)
    valid: dict[int, _Pzp] = {}
    counts: dict[int, int] = defaultdict(int)
    for key, talk_on, number, answers in unit.connection.execute(query):
        counts[key] += 1
        best = valid.get(key)
        rank = (talk_on or date.min, number)
        if best is None or rank > (best.talk_on or date.min, best.number):
            valid[key] = _Pzp(talk_on, number, answers)
    return valid, counts


def _open() -> sa.ColumnElement[bool]:
    return sa.and_(tables.review.c.done_on.is_(None), tables.review.c.dropped == "")


def _first_open_reviews(unit: Unit) -> dict[int, date]:
    review = tables.review
    query = sa.select(review.c.patient_id, sa.func.min(review.c.due, type_=sa.Date)).where(_open())
    return _pairs(unit, query.group_by(review.c.patient_id))


def _late_reviews(unit: Unit, on: date) -> dict[int, list[tuple[str, date]]]:
    review = tables.review
    query = (
        sa.select(review.c.patient_id, review.c.kind, review.c.subject, review.c.due)
        .where(_open(), review.c.due < on)
        .order_by(review.c.due)
    )
    late: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for key, kind, subject, due in unit.connection.execute(query):
        late[key].append((subject or label(ReviewKind(kind)), due))
    return late


def _discussed(unit: Unit, before: date | None = None) -> dict[int, date]:
    """When each patient was last discussed in a meeting that was held."""
    item, meeting = tables.agenda_item, tables.meeting
    query = (
        sa.select(item.c.patient_id, meeting.c.on, item.c.notes)
        .join(meeting, meeting.c.id == item.c.meeting_id)
        .where(meeting.c.state == MeetingState.HELD, item.c.patient_id.is_not(None))
        .order_by(meeting.c.on)
    )
    if before is not None:
        query = query.where(meeting.c.on < before)
    rows = unit.connection.execute(query)
    return {key: on for key, on, notes in rows if notes.get("discussed") is not False}


def _pairs(unit: Unit, query: sa.Select[Any]) -> dict[Any, Any]:
    return {key: value for key, value in unit.connection.execute(query)}  # noqa: C416 - rows


def _groups(unit: Unit, query: sa.Select[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in unit.connection.execute(query):
        groups[key].append(value)
    return groups
