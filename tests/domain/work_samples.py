"""Facts of somebody for whom nothing waits, and a reader with the rules that ship."""

from datetime import date, time, timedelta
from typing import Any

from pzdesk import content
from pzdesk.domain.action import Action
from pzdesk.domain.mdo import AgendaItem, Meeting
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Sex
from pzdesk.domain.practice import Intervals, MeetingRules
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp
from pzdesk.domain.status import Phase, Urgency
from pzdesk.domain.user import Role, rights_of
from pzdesk.domain.work_facts import MeetingFacts, Person, WorkFacts
from pzdesk.domain.worklist import Me, Reader, WorkEntry, person_entries
from tests.factories import NOW, TODAY, a_name

INTERVALS = Intervals(
    pzp_talk_weeks=4,
    pzp_talk_urgent_weeks=1,
    pzvp_working_days=10,
    medication_weeks=4,
    follow_up_days=7,
    follow_up_short_days=2,
    not_discussed_weeks=12,
    pzp_revision_weeks=13,
    told_working_days=2,
)
MEETING_RULES = MeetingRules(
    minutes=60,
    opening_minutes=5,
    new_or_complex_minutes=10,
    known_minutes=4,
    evaluation_minutes=6,
    reserve_minutes=10,
    most_people=7,
)
ME = Me(user_id=1, names=frozenset({"dr de boer"}), professionals=frozenset({11}))
NAMES = {11: "dr. De Boer", 12: "F. Hoekstra"}
BY: dict[str, Any] = {"recorded_at": NOW, "recorded_by": 1}


def ago(days: int) -> date:
    """A day before today; below nought one to come."""
    return TODAY - timedelta(days=days)


def a_person(key: int = 1, **changes: Any) -> Person:
    """A man of whom the urgency is calm."""
    values: dict[str, Any] = {
        "id": PatientId(key),
        "name": a_name(achternaam=f"Groot{key}", partner_achternaam="", name_order="NL1"),
        "sex": Sex.MAN,
        "birth_date": date(1940, 2, 1),
        "phase": Phase.SYMPTOM,
        "urgency": Urgency.CALM,
    }
    return Person(**values | changes)


def a_fact(key: int = 1, person: Person | None = None, **changes: Any) -> WorkFacts:
    """Somebody for whom nothing waits: marked long ago, talked with, a PZP of last week, all told."""
    values: dict[str, Any] = {
        "person": person or a_person(key),
        "phase_since": ago(200),
        "responsible": 11,
        "central_carer": 12,
        "state": "besproken",
        "state_on": ago(100),
        "marked_on": ago(100),
        "pzp_count": 1,
        "pzp_on": ago(7),
        "told": (("markering", ago(99)),),
    }
    return WorkFacts(**values | changes)


def a_reader(*roles: Role, **changes: Any) -> Reader:
    """A huisarts unless other roles are named, with the rules that ship."""
    values: dict[str, Any] = {
        "rules": content.work_rules(),
        "today": TODAY,
        "intervals": INTERVALS,
        "meeting_rules": MEETING_RULES,
        "me": ME,
        "professionals": NAMES,
        "may": rights_of(roles or (Role.HUISARTS,), content.rights_matrix()),
    }
    return Reader(**values | changes)


def entries(fact: WorkFacts, reader: Reader | None = None) -> list[WorkEntry]:
    """What waits for somebody."""
    return [entry for _, entry in person_entries(fact, reader or a_reader())]


def a_review(due: date, **changes: Any) -> Review:
    """A review of the medication."""
    values: dict[str, Any] = {
        "id": 5,
        "kind": ReviewKind.MEDICATION,
        "due": due,
        "because": "door de praktijk gepland",
    }
    return Review(**values | BY | changes)


def a_follow_up(due: date, **changes: Any) -> FollowUp:
    """A follow-up that nobody agreed on yet."""
    values: dict[str, Any] = {"id": 6, "naaste_id": 1, "screening_id": 1, "due": due}
    return FollowUp(**values | BY | changes)


def an_action(due: date | None, **changes: Any) -> Action:
    """An action of somebody else."""
    values: dict[str, Any] = {
        "id": 7,
        "who": "F. Hoekstra",
        "what": "bellen",
        "due": due,
        "since": ago(30),
    }
    return Action(**values | BY | changes)


def a_meeting(on: date, *questions: str, key: int = 1, **changes: Any) -> MeetingFacts:
    """A meeting with a person for every question; an empty one is not written yet."""
    values: dict[str, Any] = {"id": key, "on": on, "starts": time(12, 30), "chair": "dr. Kaya"}
    items = tuple(
        AgendaItem(
            id=number, meeting_id=key, position=number, patient_id=PatientId(number), question=words
        )
        for number, words in enumerate(questions, start=1)
    )
    return MeetingFacts(
        meeting=Meeting(**values | {"recorded_at": NOW, "recorded_by": 2} | changes),
        items=items,
        names=tuple(f"Dhr. Groot{number}" for number, _ in enumerate(questions, start=1)),
    )
