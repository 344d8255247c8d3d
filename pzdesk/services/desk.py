"""All services of one session together: what a window or a command works with."""

from dataclasses import dataclass

from pzdesk.services.actions import ActionService
from pzdesk.services.advices import AdviceService
from pzdesk.services.assessments import AssessmentService
from pzdesk.services.backups import BackupService
from pzdesk.services.consents import ConsentService
from pzdesk.services.destructions import DestructionService
from pzdesk.services.diagnostics import DiagnosticsService
from pzdesk.services.drafts import DraftService
from pzdesk.services.emergencies import EmergencyService
from pzdesk.services.euthanasia import EuthanasiaService
from pzdesk.services.inzage import InzageService
from pzdesk.services.logs import LogService
from pzdesk.services.lost_laptop import LostLaptopService
from pzdesk.services.markeringen import MarkeringService
from pzdesk.services.meetings import MeetingService
from pzdesk.services.network import NetworkService
from pzdesk.services.papers import PaperService
from pzdesk.services.patient_lists import PatientListService
from pzdesk.services.patients import PatientService
from pzdesk.services.practice import PracticeService
from pzdesk.services.preferences import PreferenceService
from pzdesk.services.pzps import PzpService
from pzdesk.services.quick_unlock import QuickUnlockService
from pzdesk.services.reviews import ReviewService
from pzdesk.services.screenings import ScreeningService
from pzdesk.services.search import SearchService
from pzdesk.services.session import Session
from pzdesk.services.statements import StatementService
from pzdesk.services.users import UserService
from pzdesk.services.worklist import WorkListService
from pzdesk.services.writing import WritingService


@dataclass(frozen=True, slots=True)
class Desk:
    """The services over one unlocked store."""

    session: Session
    actions: ActionService
    advices: AdviceService
    assessments: AssessmentService
    backups: BackupService
    consents: ConsentService
    destructions: DestructionService
    diagnostics: DiagnosticsService
    drafts: DraftService
    emergencies: EmergencyService
    euthanasia: EuthanasiaService
    inzage: InzageService
    logs: LogService
    lost: LostLaptopService
    markeringen: MarkeringService
    meetings: MeetingService
    network: NetworkService
    papers: PaperService
    patient_lists: PatientListService
    patients: PatientService
    practice: PracticeService
    preferences: PreferenceService
    pzps: PzpService
    quick: QuickUnlockService
    reviews: ReviewService
    screenings: ScreeningService
    search: SearchService
    statements: StatementService
    users: UserService
    worklist: WorkListService
    writing: WritingService


def desk_over(session: Session) -> Desk:
    """The services for a session."""
    return Desk(
        session=session,
        actions=ActionService(session),
        advices=AdviceService(session),
        assessments=AssessmentService(session),
        backups=BackupService(session),
        consents=ConsentService(session),
        destructions=DestructionService(session),
        diagnostics=DiagnosticsService(session),
        drafts=DraftService(session),
        emergencies=EmergencyService(session),
        euthanasia=EuthanasiaService(session),
        inzage=InzageService(session),
        logs=LogService(session),
        lost=LostLaptopService(session),
        markeringen=MarkeringService(session),
        meetings=MeetingService(session),
        network=NetworkService(session),
        papers=PaperService(session),
        patient_lists=PatientListService(session),
        patients=PatientService(session),
        practice=PracticeService(session),
        preferences=PreferenceService(session),
        pzps=PzpService(session),
        quick=QuickUnlockService(session),
        reviews=ReviewService(session),
        screenings=ScreeningService(session),
        search=SearchService(session),
        statements=StatementService(session),
        users=UserService(session),
        worklist=WorkListService(session),
        writing=WritingService(session),
    )
