"""The file of one patient: everything that is known, and the questions every page and paper asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from pzdesk.domain import action as acting
from pzdesk.domain import advice as advising
from pzdesk.domain import markering as marking
from pzdesk.domain import pzp, review, screening, status
from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice
from pzdesk.domain.assessment import Assessment
from pzdesk.domain.emergency import EmergencyAccess
from pzdesk.domain.euthanasia import EuthanasiaRequest
from pzdesk.domain.former import Former
from pzdesk.domain.handout import Handout
from pzdesk.domain.markering import Markering, Told
from pzdesk.domain.mdo import AgendaItem, Consent, Meeting, MeetingState
from pzdesk.domain.network import Naaste, NaasteRole, Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient
from pzdesk.domain.plan import AcutePlan
from pzdesk.domain.pzp import PzpConfirmation, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal, not_withdrawn
from pzdesk.domain.review import Review
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.statement import Statement, StatementWithdrawal
from pzdesk.domain.status import Phase, Status, StatusKind

T = TypeVar("T", Action, FollowUp, Review)


@dataclass(frozen=True, slots=True)
class LastChange:
    """When something of a file was last recorded, changed or taken back, and by which user."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFile:
    """Everything kept about one patient, with the people and organisations it names."""

    patient: Patient
    statuses: tuple[Status, ...] = ()
    naasten: tuple[Naaste, ...] = ()
    team: tuple[TeamMember, ...] = ()
    professionals: Mapping[int, Professional]
    organisations: Mapping[int, Organisation]
    markeringen: tuple[Markering, ...] = ()
    told: tuple[Told, ...] = ()
    pzp_versions: tuple[PzpVersion, ...] = ()
    pzp_confirmations: tuple[PzpConfirmation, ...] = ()
    pzp_withdrawals: tuple[PzpWithdrawal, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    screenings: tuple[Screening, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    reviews: tuple[Review, ...] = ()
    plans: tuple[AcutePlan, ...] = ()
    consents: tuple[Consent, ...] = ()
    actions: tuple[Action, ...] = ()
    advices: tuple[Advice, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    handouts: tuple[Handout, ...] = ()
    euthanasia: tuple[EuthanasiaRequest, ...] = ()
    statements: tuple[Statement, ...] = ()
    statement_withdrawals: tuple[StatementWithdrawal, ...] = ()
    emergencies: tuple[EmergencyAccess, ...] = ()
    formers: tuple[Former, ...] = ()
    changers: Mapping[int, str] = field(default_factory=dict)
    last_change: LastChange | None = None

    def now(self, kind: StatusKind) -> Status | None:
        """What holds now of a kind of dated row."""
        return status.newest(self.statuses, kind)

    @property
    def is_active(self) -> bool:
        """Whether the patient is in care."""
        return status.is_active(self.statuses)

    @property
    def death(self) -> Status | None:
        """The row that says when and where somebody died."""
        phase = self.now(StatusKind.PHASE)
        return phase if phase is not None and phase.value == Phase.DECEASED else None

    def professional_now(self, kind: StatusKind) -> Professional | None:
        """The central carer or responsible clinician of now."""
        row = self.now(kind)
        if row is None or row.professional_id is None:
            return None
        return self.professionals.get(row.professional_id)

    @property
    def markering(self) -> Markering | None:
        """The step of the markering that holds now."""
        return marking.latest(self.markeringen)

    @property
    def live_pzp(self) -> tuple[PzpVersion, ...]:
        """The PZP versions that were not taken back."""
        return not_withdrawn(self.pzp_versions, self.pzp_withdrawals)

    @property
    def valid_pzp(self) -> PzpVersion | None:
        """The version with the latest talk."""
        return pzp.valid(self.live_pzp)

    def naasten_with(self, role: NaasteRole) -> tuple[Naaste, ...]:
        """The naasten who have a role now."""
        return tuple(n for n in self.naasten if role in n.roles and n.until is None)

    @property
    def open_reviews(self) -> tuple[Review, ...]:
        """Review moments still to be held, soonest first."""
        return tuple(sorted(filter(review.is_open, self.reviews), key=lambda r: (r.due, r.id)))

    @property
    def open_follow_ups(self) -> tuple[FollowUp, ...]:
        """Follow-ups of screenings that still wait, soonest first."""
        waiting = filter(screening.is_open, self.follow_ups)
        return tuple(sorted(waiting, key=lambda f: (f.due, f.id)))

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """Actions still to be done, in the order in which they are due; without a date last."""
        return tuple(acting.by_day(filter(acting.is_open, self.actions)))

    @property
    def assessed(self) -> tuple[Assessment, ...]:
        """What was found on the four dimensions, in the order of the days."""
        return tuple(sorted(self.assessments, key=lambda made: (made.on, made.id)))

    @property
    def plan(self) -> AcutePlan | None:
        """The plan for acute situations that holds now."""
        return max(self.plans, key=lambda made: (made.on, made.id), default=None)

    @property
    def open_advices(self) -> tuple[Advice, ...]:
        """What meetings proposed and nobody confirmed or rejected yet, the oldest first."""
        return tuple(filter(advising.is_open, self.advices))

    def last_meeting(self, before: date) -> Meeting | None:
        """The last meeting before a day in which the patient was on the agenda and that was held."""
        mine = {item.meeting_id for item in self.items if item.notes.discussed is not False}
        held = [
            meeting
            for meeting in self.meetings
            if meeting.id in mine and meeting.state is MeetingState.HELD and meeting.on < before
        ]
        return max(held, key=lambda m: (m.on, m.starts, m.id), default=None)


def as_of(file: PatientFile, day: date) -> PatientFile:
    """The file as it was known at the end of a day: what was recorded later is left out.

    What was closed later was open then. Consent and what was taken back are as they are now: a refusal
    or a wrong form counts on every later print. Naasten and the team carry no such date and stay.
    """

    def then(moment: datetime) -> bool:
        return moment.astimezone().date() <= day

    def open_again(kept: T) -> T:
        done: date | None = kept.done_on
        return replace(kept, done_on=None) if done is not None and done > day else kept

    return replace(
        file,
        statuses=tuple(row for row in file.statuses if then(row.recorded_at)),
        markeringen=tuple(step for step in file.markeringen if then(step.recorded_at)),
        told=tuple(told for told in file.told if then(told.recorded_at)),
        pzp_versions=tuple(v for v in file.pzp_versions if then(v.recorded_at)),
        pzp_confirmations=tuple(c for c in file.pzp_confirmations if c.confirmed_on <= day),
        assessments=tuple(a for a in file.assessments if then(a.recorded_at)),
        screenings=tuple(s for s in file.screenings if then(s.recorded_at)),
        follow_ups=tuple(open_again(f) for f in file.follow_ups if then(f.recorded_at)),
        reviews=tuple(open_again(r) for r in file.reviews if then(r.recorded_at)),
        plans=tuple(plan for plan in file.plans if then(plan.recorded_at)),
        actions=tuple(open_again(action) for action in file.actions if then(action.recorded_at)),
    )
