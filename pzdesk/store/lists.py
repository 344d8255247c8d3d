"""The lists over all patients: a few questions over whole tables, put together in Python.

Where it can, SQLite answers from an index alone (see ``tables``): in an encrypted file a page costs more
than the rows on it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa

from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import Name, folded, sort_key
from pzdesk.domain.proposal import Facts
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.rows import PatientRow, PersonRow
from pzdesk.domain.status import Phase, StatusKind, Whereabouts
from pzdesk.store import tables
from pzdesk.store.columns import from_rows
from pzdesk.store.everybody import NO_PZP, NO_STEPS, reviewed_on, rows_of, steps, valid_pzps
from pzdesk.store.statuses import in_care
from pzdesk.store.unit import Unit

_patient = tables.patient
_MOST_NAMED = 1_000  # above it, reading everybody is faster than naming them
_LEFT = frozenset({MarkeringState.WITHDRAWN.value, MarkeringState.NOT_MARKED.value})

_BETWEEN = "|"
# Their own address says where that is.
_LIVES = (Whereabouts.HOME.value, Whereabouts.CARE_HOME.value)
_NO_REVIEW = (None, "")

# What a line is made of: columns of the patient, and of the rows that hold now.
_WHO = ("sex", "birth_date", "diagnosis")
_NAME = tuple(field.name for field in fields(Name))
_NOW = (
    ("phase", StatusKind.PHASE, "value"),
    ("phase_since", StatusKind.PHASE, "since"),
    ("urgency", StatusKind.URGENCY, "value"),
    ("urgency_since", StatusKind.URGENCY, "since"),
    ("complexity", StatusKind.COMPLEXITY, "value"),
    ("whereabouts", StatusKind.WHEREABOUTS, "value"),
    ("care", StatusKind.CARE, "value"),
    ("central_carer", StatusKind.CENTRAL_CARER, "professional_id"),
)
# Of what a change can be a reason to be proposed.
_NEWS = (StatusKind.PHASE, StatusKind.URGENCY)


def all_patients(unit: Unit) -> list[Patient]:
    """Every patient, in care or not."""
    return from_rows(Patient, unit.connection.execute(sa.select(_patient)), tables.FLATTEN[Patient])


def people(unit: Unit, ids: Collection[PatientId] | None = None) -> list[PersonRow]:
    """Who these people are, or everybody, by surname; how pressing it is only of those who are named."""
    who = ("id", "sex", "birth_date")
    columns = [_patient.c[name] for name in (*who, *_NAME)]
    if ids is None:
        query = sa.select(*columns)
    else:
        phase, urgency = tables.status.alias("phase"), tables.status.alias("urgency")
        joined: sa.FromClause = _patient
        for kind, row in ((StatusKind.PHASE, phase), (StatusKind.URGENCY, urgency)):
            mine = sa.and_(row.c.patient_id == _patient.c.id, row.c.kind == kind, row.c.current)
            joined = joined.outerjoin(row, mine)
        query = sa.select(*columns, phase.c.value, urgency.c.value).select_from(joined)
        if len(ids) <= _MOST_NAMED:
            query = query.where(_patient.c.id.in_(sorted(ids)))
    found = []
    last = len(who) + len(_NAME)
    for row in rows_of(unit, query):
        if ids is None or row[0] in ids:
            name = dict(zip(_NAME, row[len(who) : last], strict=True))
            now = dict(zip(("phase", "urgency"), row[last:], strict=False))
            made = {**dict(zip(who, row, strict=False)), "name": name, **now}
            found.append(msgspec.convert(made, PersonRow))
    fold = cache(folded)
    found.sort(key=lambda one: sort_key(one.name, fold))
    return found


def patient_rows(
    unit: Unit, *, only_active: bool, resuscitation: Callable[[Any], str]
) -> list[PatientRow]:
    """The list of patients, by surname.

    ``resuscitation`` words a valid PZP; it is given the answers to ``tables.LISTED_QUESTIONS`` only.
    """
    states = _states(unit)
    pzps, unconfirmed = valid_pzps(unit), _unconfirmed(unit)
    words = {said: resuscitation(_answers(said)) for said in {pzp.said for pzp in pzps.values()}}
    reviews, stays = _first_open_reviews(unit), _places(unit)
    discussed = _discussed(unit)
    carers = _pairs(unit, sa.select(tables.professional.c.id, tables.professional.c.name))
    rows = []
    for who in _people(unit, PatientRow, only_active=only_active):
        key = who["id"]
        pzp = pzps.get(key, NO_PZP)
        who["central_carer"] = carers.get(who["central_carer"])
        who["markering"] = states.get(key)
        who["pzp_on"] = pzp.talk_on
        who["pzp_count"] = pzp.versions
        who["pzp_to_confirm"] = (key, pzp.number) in unconfirmed
        who["resuscitation"] = words[pzp.said] if pzp.said else ""
        who["next_review"], who["next_review_about"] = reviews.get(key, _NO_REVIEW)
        who["place"] = stays.get(key, "")
        who["last_meeting"] = discussed.get(key)
        rows.append(msgspec.convert(who, PatientRow))
    fold = cache(folded)
    rows.sort(key=lambda row: sort_key(row.name, fold))
    return rows


def proposal_facts(unit: Unit, on: date) -> Iterator[Facts]:
    """What the rules of the proposal need, one by one: of everybody in care, and of who died."""
    held, pzps = steps(unit), valid_pzps(unit)
    seen = reviewed_on(unit, ReviewKind.PZP_TALK, ReviewKind.PZP_REVISION)
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
    changed = _changes(unit)
    (phases, phase_heard), (urgencies, urgency_heard) = (changed[kind] for kind in _NEWS)
    discussed = _discussed(unit, before=on)
    for who in _people(unit, Facts, only_active=False):
        key = who["id"]
        died = who["phase"] == Phase.DECEASED
        if not who["is_active"] and not died:
            continue
        last, step, pzp = discussed.get(key), held.get(key, NO_STEPS), pzps.get(key, NO_PZP)
        heard = phase_heard.get(key)
        who["patient_id"] = key
        who["phases"], who["phase_heard"] = phases.get(key, 0), heard
        who["urgencies"], who["urgency_heard"] = urgencies.get(key, 0), urgency_heard.get(key)
        who["marked_on"], who["marked_heard"] = step.marked_on, step.marked_heard
        who["left_markering"] = step.state in _LEFT
        who["pzp_on"], who["pzp_count"] = pzp.talk_on, pzp.versions
        who["pzp_seen"] = seen.get(key)
        who["late_reviews"] = late.get(key, ())
        who["follow_ups"] = [m.astimezone().date() for m in follow_ups.get(key, ())]
        who["actions"] = actions.get(key, ())
        who["discussed_on"] = last
        who["discussed_since_death"] = bool(
            died and last and heard and last > who["phase_since"] and last >= heard
        )
        yield msgspec.convert(who, Facts)


def meeting_before(unit: Unit, on: date) -> date | None:
    """The day of the last meeting before a day that was held."""
    meeting = tables.meeting
    last = sa.select(sa.func.max(meeting.c.on, type_=sa.Date))
    held = last.where(meeting.c.state == MeetingState.HELD, meeting.c.on < on)
    found: date | None = unit.connection.scalar(held)
    return found


def _people(
    unit: Unit, made: type[PatientRow | Facts], *, only_active: bool
) -> Iterator[dict[str, Any]]:
    """Everybody, or everybody in care, each with what holds now of each kind that is ``made`` of it."""
    asked = {field.name for field in fields(made)}
    columns = ("id", *(name for name in _WHO if name in asked))
    holds = [entry for entry in _NOW if entry[0] in asked]
    now = {kind: tables.status.alias(kind.name.lower()) for _, kind, _ in holds}
    joined: sa.FromClause = _patient
    for kind, row in now.items():
        mine = sa.and_(row.c.patient_id == _patient.c.id, row.c.kind == kind, row.c.current)
        joined = joined.outerjoin(row, mine)
    query = sa.select(
        *(_patient.c[name] for name in columns),
        (sa.true() if only_active else in_care()).label("is_active"),
        *(now[kind].c[column].label(name) for name, kind, column in holds),
        *(_patient.c[name] for name in _NAME),
    ).select_from(joined)
    names = (*columns, "is_active", *(name for name, _, _ in holds))
    for row in rows_of(unit, query.where(in_care()) if only_active else query):
        who = dict(zip(names, row, strict=False))
        who["name"] = dict(zip(_NAME, row[len(names) :], strict=True))
        yield who


def _changes(unit: Unit) -> dict[str, tuple[dict[int, int], dict[int, date]]]:
    """Of phase and urgency: how many rows each patient has, and on which day what holds was recorded.

    Rows that were taken back are left out.
    """
    row = tables.status.c
    # A moment that nobody needs would cost time too.
    recorded_at = sa.case((row.current, row.recorded_at))
    query = sa.select(row.patient_id, row.kind, recorded_at).where(
        row.kind.in_(_NEWS), row.retracted == ""
    )
    found: dict[str, tuple[dict[int, int], dict[int, date]]] = {kind: ({}, {}) for kind in _NEWS}
    for key, kind, moment in rows_of(unit, query):
        counts, heard = found[kind]
        counts[key] = counts.get(key, 0) + 1
        if moment is not None:
            heard[key] = moment.astimezone().date()
    return found


def _states(unit: Unit) -> dict[int, str]:
    """The state of the markering that holds now: that of the last step (see ``domain.markering``)."""
    step = tables.markering
    last = sa.select(sa.func.max(step.c.id)).group_by(step.c.patient_id)
    return _pairs(unit, sa.select(step.c.patient_id, step.c.state).where(step.c.id.in_(last)))


def _unconfirmed(unit: Unit) -> set[tuple[int, int]]:
    """The received versions that nobody confirmed, by patient and number."""
    version, confirmation = tables.pzp_version, tables.pzp_confirmation
    query = sa.select(version.c.patient_id, version.c.number).where(
        tables.RECEIVED,
        version.c.id.not_in(sa.select(confirmation.c.version_id)),
    )
    return {(row[0], row[1]) for row in rows_of(unit, query)}


def _answers(said: str) -> dict[str, Any]:
    found = zip(tables.LISTED_QUESTIONS, msgspec.json.decode(said), strict=True)
    return {question: answer for question, answer in found if answer is not None}


def _first_open_reviews(unit: Unit) -> dict[int, list[str]]:
    """The review moment that each patient has first: its day and what it is about, read as one text."""
    review = tables.review
    about = sa.case(
        (review.c.subject == "", sa.type_coerce(review.c.kind, sa.String)), else_=review.c.subject
    )
    first = sa.func.min(sa.cast(review.c.due, sa.String) + _BETWEEN + about)
    query = sa.select(review.c.patient_id, first)
    found = _pairs(unit, query.where(tables.OPEN_REVIEW).group_by(review.c.patient_id))
    return {key: words.split(_BETWEEN, 1) for key, words in found.items()}


def _places(unit: Unit) -> dict[int, str]:
    """Which hospital, hospice or address it is, of who does not live there: few, for each asks a page."""
    status = tables.status
    query = sa.select(status.c.patient_id, status.c.place).where(
        status.c.kind == StatusKind.WHEREABOUTS,
        status.c.current,
        status.c.value.not_in(_LIVES),
    )
    return _pairs(unit, query)


def _late_reviews(unit: Unit, on: date) -> dict[int, list[tuple[str, date]]]:
    review = tables.review
    query = (
        sa.select(review.c.patient_id, review.c.kind, review.c.subject, review.c.due)
        .where(tables.OPEN_REVIEW, review.c.due < on)
        .order_by(review.c.due)
    )
    late: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for key, kind, subject, due in rows_of(unit, query):
        late[key].append((subject or label(ReviewKind(kind)), due))
    return late


def _discussed(unit: Unit, before: date | None = None) -> dict[int, date]:
    """When each patient was last discussed in a meeting that was held."""
    item, meeting = tables.agenda_item, tables.meeting
    query = (
        sa.select(item.c.patient_id, sa.func.max(meeting.c.on, type_=sa.Date))
        .join(meeting, meeting.c.id == item.c.meeting_id)
        .where(
            meeting.c.state == MeetingState.HELD,
            item.c.patient_id.is_not(None),
            tables.NOT_PASSED_OVER,
        )
        .group_by(item.c.patient_id)
    )
    if before is not None:
        query = query.where(meeting.c.on < before)
    return _pairs(unit, query)


def _pairs(unit: Unit, query: sa.Select[Any]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in rows_of(unit, query)}


def _groups(unit: Unit, query: sa.Select[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in rows_of(unit, query):
        groups[key].append(value)
    return groups
