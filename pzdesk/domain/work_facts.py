"""What waits for somebody: rules over the facts of one patient, and over the meetings to come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice
from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import AgendaItem, Meeting
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Name, Sex
from pzdesk.domain.practice import Intervals
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp
from pzdesk.domain.status import Phase
from pzdesk.domain.work_rules import DECEASED, IN_CARE, Waits, WorkKind, due_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a line is about; the words for the urgency are made where they are shown."""

    id: PatientId
    name: Name
    sex: Sex
    birth_date: date
    phase: str | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """What the rules need to know of one patient.

    ``standing`` is "in_zorg", "overleden" or "uit_zorg". ``state`` is the step of the markering that holds,
    of ``state_on``. ``received`` is a valid PZP that nobody confirmed: its number and the day it came.
    ``talk_due`` is the day of the open review moment for the PZP talk; ``talk_dropped``: the last one was
    dropped. ``revised_on`` is when a review of the PZP was last held, ``told`` when the pharmacist was
    last told of each transition. ``reviews`` are the open ones, each follow-up is with the words for the
    naaste. ``advices`` wait to be confirmed, each with its words.
    """

    person: Person
    standing: str = IN_CARE
    phase_since: date | None = None
    responsible: int | None = None
    central_carer: int | None = None
    state: str | None = None
    state_on: date | None = None
    again_on: date | None = None
    urgent: bool = False
    marked_on: date | None = None
    marked_by: str = ""
    pzp_count: int = 0
    pzp_on: date | None = None
    received: tuple[int, date] | None = None
    talk_due: date | None = None
    talk_dropped: bool = False
    revised_on: date | None = None
    told: tuple[tuple[str, date], ...] = ()
    reviews: tuple[Review, ...] = ()
    follow_ups: tuple[tuple[FollowUp, str], ...] = ()
    actions: tuple[Action, ...] = ()
    advices: tuple[tuple[Advice, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """A meeting that is being prepared, with its agenda and the names of the people on it."""

    meeting: Meeting
    items: tuple[AgendaItem, ...] = ()
    names: tuple[str, ...] = ()


class Found(NamedTuple):
    """One thing that waits: since when, until when, for whom by name, and what its reason fills in."""

    since: date | None
    due: date | None
    number: int = 0
    who: str = ""
    what: str = ""
    because: str = ""
    naaste: str = ""


Rule = Callable[[WorkFacts, WorkKind, Intervals], Iterator[Found]]


def _talk(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    if fact.state == MarkeringState.MARKED and fact.marked_on is not None:
        due = due_after(kind, fact.marked_on, after, urgent=fact.urgent)
        yield Found(fact.marked_on, due)


def _pharmacy(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    """The transition of now; nobody is told of a markering before the patient knows."""
    if fact.marked_on is None or fact.state_on is None:
        return
    if fact.state != MarkeringState.TALKED and fact.standing != DECEASED:
        return
    transition, what, since, begin = "markering", "de markering", fact.marked_on, fact.state_on
    if fact.person.phase in _TRANSITIONS and fact.phase_since is not None:
        transition, since = fact.person.phase, fact.phase_since
        what, begin = _TRANSITIONS[transition], max(since, begin)
    told = max((on for name, on in fact.told if name == transition), default=None)
    if told is None or told < since:
        yield Found(since, due_after(kind, begin, after), what=what)


def _confirm(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    if fact.received is not None:
        number, on = fact.received
        yield Found(on, due_after(kind, on, after), number)


def _confirm_advice(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    for advice, words in fact.advices:
        due = due_after(kind, advice.since, after)
        yield Found(advice.since, due, advice.id, what=words)


def _no_pzp(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    if fact.marked_on is None or fact.pzp_count or fact.talk_dropped:
        return
    due = fact.talk_due or due_after(kind, fact.marked_on, after, urgent=fact.urgent)
    yield Found(fact.marked_on, due)


def _revise(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    if fact.marked_on is None or fact.pzp_on is None:
        return
    if any(review.kind == ReviewKind.PZP_REVISION for review in fact.reviews):
        return
    begin = max(fact.pzp_on, fact.revised_on or fact.pzp_on)
    due = due_after(kind, begin, after)
    if begin < fact.marked_on:
        # What was agreed before the markering is talked through anew, in the time of a first PZP.
        due = min(due, fact.marked_on + timedelta(weeks=after.pzp_talk_weeks))
    yield Found(fact.pzp_on, due)


def _agree(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    for waiting, naaste in fact.follow_ups:
        if not waiting.what:
            since = waiting.recorded_at.astimezone().date()
            yield Found(since, waiting.due, waiting.id, waiting.who, naaste=naaste)


def _follow_up(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    for waiting, naaste in fact.follow_ups:
        if waiting.what:
            since = waiting.recorded_at.astimezone().date()
            yield Found(
                since, waiting.due, waiting.id, waiting.who, what=waiting.what, naaste=naaste
            )


def _review(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    for review in fact.reviews:
        if review.kind == ReviewKind.PZP_TALK and not fact.pzp_count and fact.marked_on is not None:
            continue  # it is the PZP talk that waits, and recording that closes the review
        what = review.subject or label(review.kind)
        yield Found(
            review.recorded_at.astimezone().date(),
            review.due,
            review.id,
            what=what[:1].upper() + what[1:],
            because=review.because,
        )


def _action(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    return map(found_action, fact.actions)


def found_action(action: Action) -> Found:
    """An open action as a thing that waits."""
    return Found(action.since, action.due, action.id, action.who, what=action.what)


def _to_judge(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    if fact.state == MarkeringState.TO_JUDGE and fact.state_on is not None:
        yield Found(fact.state_on, fact.again_on or due_after(kind, fact.state_on, after))


def _judge_again(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    if fact.state == MarkeringState.NOT_MARKED and fact.again_on is not None:
        yield Found(fact.state_on, fact.again_on)


def _not_judged(fact: WorkFacts, kind: WorkKind, after: Intervals) -> Iterator[Found]:
    if fact.state is None:
        yield Found(None, None)


def close_meeting(fact: MeetingFacts, today: date) -> Iterator[Found]:
    """A meeting whose day has passed and that was neither recorded as held nor cancelled."""
    on = fact.meeting.on
    if on < today:
        yield Found(on, on)


def prepare_meeting(fact: MeetingFacts, today: date) -> Iterator[Found]:
    """A meeting to come of which the agenda is empty, or somebody on it is there without a question."""
    on, people = fact.meeting.on, len(fact.names)
    if on < today:
        return
    if not fact.items:
        yield Found(on, on, what="nog niemand op de agenda")
    elif missing := len(without_question(fact)):
        what = f"{missing} van {people} nog zonder bespreekvraag"
        yield Found(on, on, what=what)


def without_question(fact: MeetingFacts) -> tuple[str, ...]:
    """The names of the people on the agenda for whom no question was written yet."""
    people = [item for item in fact.items if item.patient_id is not None]
    pairs = zip(people, fact.names, strict=True)
    return tuple(name for item, name in pairs if not item.question.strip())


_TRANSITIONS: dict[str, str] = {
    Phase.TERMINAL: "de terminale fase",
    Phase.DYING: "de stervensfase",
    Phase.DECEASED: "het overlijden",
}

RULES: dict[Waits, Rule] = {
    Waits.TALK: _talk,
    Waits.TELL_PHARMACY: _pharmacy,
    Waits.CONFIRM_PZP: _confirm,
    Waits.CONFIRM_ADVICE: _confirm_advice,
    Waits.NO_PZP: _no_pzp,
    Waits.AGREE_FOLLOW_UP: _agree,
    Waits.FOLLOW_UP: _follow_up,
    Waits.REVIEW: _review,
    Waits.ACTION: _action,
    Waits.TO_JUDGE: _to_judge,
    Waits.JUDGE_AGAIN: _judge_again,
    Waits.REVISE_PZP: _revise,
    Waits.NOT_JUDGED: _not_judged,
}
"""The rules about a patient."""

ABOUT_MEETINGS: dict[Waits, Callable[[MeetingFacts, date], Iterator[Found]]] = {
    Waits.CLOSE_MEETING: close_meeting,
    Waits.PREPARE_MEETING: prepare_meeting,
}
"""The rules about a meeting that is being prepared."""
