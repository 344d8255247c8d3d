"""Papers: made of what is kept, handed out, and kept by digest with version, who and when.

ReportLab and everything that words a paper is imported where a paper is made: it is a fifth of the time
in which pzdesk starts, and most of a day goes by without a paper.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pzdesk.domain import pzp
from pzdesk.domain.action import Action, by_day
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.handout import Handout, HandoutKind, PartKind, holds_parts
from pzdesk.domain.mdo import KIND_OF, AgendaItem, Meeting, ParticipantKind
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.user import Right, User
from pzdesk.services.session import Session, leave_out, practice_of
from pzdesk.store import audit, lists
from pzdesk.store.files import patient_file
from pzdesk.store.unit import Unit

if TYPE_CHECKING:
    from pzdesk.documents.style import Imprint

EXTRAS = frozenset({"bsn", "mantelzorg", "surprise", "euthanasie"})
TICKED_BY = {"mantelzorg": Right.CAREGIVER, "euthanasie": Right.EUTHANASIA}
"""What is restricted can be ticked only by who sees it."""
ON_AGENDA = frozenset({"mantelzorg"})
ON_PZP = frozenset({"bsn"})
"""What can be ticked for a paper: a tick that does nothing is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The bytes of a paper, and the line under which it was kept; of one only looked at without id.

    ``own_versions``: the kinds of participant who are invited and should not have this agenda, because
    consent is asked for them apart.
    """

    data: bytes
    handout: Handout
    own_versions: tuple[ParticipantKind, ...] = ()


class PaperService:
    """What a user prints. The same data at the same print moment gives the same bytes.

    Each paper can be looked at first (``preview_...``): that is read, and nothing was handed out.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def agenda(
        self,
        meeting_id: int,
        *,
        audience: ParticipantKind | None = None,
        extras: frozenset[str] = frozenset(),
        only_changed: bool = False,
    ) -> Paper:
        """The agenda of a meeting, or after it the report; for everybody or one kind of participant.

        A reprint says which items changed since the last one that held the same of each person;
        ``only_changed`` prints just those pages.

        Raises:
            BadInput: something is ticked that stands on no agenda.
        """
        self._may_tick(extras, ON_AGENDA)
        with self._session.reading(Right.PLAN_MEETING) as unit:
            made = self._agenda(unit, meeting_id, audience, extras, only_changed=only_changed)
            return self._handed_out(unit, made)

    def preview_agenda(
        self,
        meeting_id: int,
        *,
        audience: ParticipantKind | None = None,
        extras: frozenset[str] = frozenset(),
        only_changed: bool = False,
    ) -> bytes:
        """The agenda as ``agenda`` would print it now."""
        self._may_tick(extras, ON_AGENDA)
        with self._session.reading(Right.PLAN_MEETING) as unit:
            made = self._agenda(unit, meeting_id, audience, extras, only_changed=only_changed)
            return _looked_at(unit, made)

    def pzp(
        self,
        patient_id: PatientId,
        *,
        number: int | None = None,
        extras: frozenset[str] = frozenset(),
    ) -> Paper:
        """The PZP form of the valid version, or of another one by its number.

        Raises:
            Refused: the patient has no PZP, or not this version.
            BadInput: something is ticked that stands on no PZP form.
        """
        self._may_tick(extras, ON_PZP)
        with self._session.reading(Right.PRINT_CLINICAL) as unit:
            return self._handed_out(unit, self._pzp(unit, patient_id, number, extras))

    def preview_pzp(
        self,
        patient_id: PatientId,
        *,
        number: int | None = None,
        extras: frozenset[str] = frozenset(),
    ) -> bytes:
        """The PZP form as ``pzp`` would print it now."""
        self._may_tick(extras, ON_PZP)
        with self._session.reading(Right.PRINT_CLINICAL) as unit:
            return _looked_at(unit, self._pzp(unit, patient_id, number, extras))

    def sheet(self, patient_id: PatientId, *, extras: frozenset[str] = frozenset()) -> Paper:
        """The patient sheet."""
        self._may_tick(extras, EXTRAS)
        with self._session.reading(Right.PRINT_CLINICAL) as unit:
            return self._handed_out(unit, self._sheet(unit, patient_id, extras))

    def preview_sheet(
        self, patient_id: PatientId, *, extras: frozenset[str] = frozenset()
    ) -> bytes:
        """The patient sheet as ``sheet`` would print it now."""
        self._may_tick(extras, EXTRAS)
        with self._session.reading(Right.PRINT_CLINICAL) as unit:
            return _looked_at(unit, self._sheet(unit, patient_id, extras))

    def home_sheet(self, patient_id: PatientId) -> Paper:
        """The sheet in large type that lies at home.

        Raises:
            Refused: the patient died, or two versions of the PZP contradict each other.
        """
        with self._session.reading(Right.PRINT_CLINICAL, patient=patient_id) as unit:
            return self._handed_out(unit, self._home_sheet(unit, patient_id))

    def preview_home_sheet(self, patient_id: PatientId) -> bytes:
        """The sheet for home as ``home_sheet`` would print it now."""
        with self._session.reading(Right.PRINT_CLINICAL, patient=patient_id) as unit:
            return _looked_at(unit, self._home_sheet(unit, patient_id))

    def soep(self, patient_id: PatientId) -> Paper:
        """The text for the HIS, in UTF-8."""
        with self._session.reading(Right.READ_FILE) as unit:
            return self._handed_out(unit, self._soep(unit, patient_id))

    def access(self, patient_id: PatientId) -> Paper:
        """Who saw or changed the file of a patient, for the patient to keep.

        Raises:
            NotFound: there is no such patient.
        """
        with self._session.reading(Right.ACCESS_PAPER) as unit:
            return self._handed_out(unit, self._access(unit, patient_id))

    def preview_access(self, patient_id: PatientId) -> bytes:
        """The same, to be looked at; see ``access``."""
        with self._session.reading(Right.ACCESS_PAPER) as unit:
            return _looked_at(unit, self._access(unit, patient_id))

    def handouts(self, patient_id: PatientId) -> list[Handout]:
        """What was handed out of a patient, the newest first."""
        with self._session.reading(Right.READ_FILE, patient=patient_id) as unit:
            found = unit.find(Handout, patient_id=patient_id, order="-printed_at")
            unit.commit(
                *(AuditEvent.HANDOUTS_READ, What.READ),
                patient=patient_id,
                kind="stuk",
                count=len(found),
            )
        return found

    def _agenda(
        self,
        unit: Unit,
        meeting_id: int,
        audience: ParticipantKind | None,
        extras: frozenset[str],
        *,
        only_changed: bool,
    ) -> Paper:
        from pzdesk.documents.agenda import agenda
        from pzdesk.services.agenda_paper import AgendaFacts, agenda_paper, people_in

        meeting = unit.get(Meeting, meeting_id)
        items = unit.find(AgendaItem, meeting_id=meeting_id, order="position")
        people = [item.patient_id for item in items if item.patient_id is not None]
        practice = practice_of(unit)
        clinical, with_caregiver = self._session.has(Right.READ_FILE), "mantelzorg" in extras
        if not with_caregiver:  # who gets the paper may not see what who prints it sees
            leave_out(unit, frozenset({Right.CAREGIVER}))
        holds = people_in(clinical=clinical, with_caregiver=with_caregiver)
        paper, parts = agenda_paper(
            AgendaFacts(
                meeting=meeting,
                items=items,
                files={key: patient_file(unit, key) for key in people},
                loose_actions=_loose_actions(unit, meeting),
                agreed=unit.find(Action, patient_id=None, meeting_id=meeting.id),
                practice=practice,
                before=lists.meeting_before(unit, meeting.on),
                imprint=self._imprint(practice.name),
                audience=audience,
                with_caregiver=with_caregiver,
                clinical=clinical,
                last=_last_print(unit, meeting, audience, holds),
                only_changed=only_changed,
            )
        )
        made = self._made(
            HandoutKind.AGENDA,
            agenda(paper),
            meeting_id=meeting_id,
            audience=audience or "",
            parts=parts,
        )
        invited = {KIND_OF.get(who.discipline) for who in meeting.invited} if not audience else ()
        return replace(made, own_versions=tuple(k for k in ParticipantKind if k in invited))

    def _pzp(
        self, unit: Unit, patient_id: PatientId, number: int | None, extras: frozenset[str]
    ) -> Paper:
        from pzdesk.documents.pzp_form import pzp_form
        from pzdesk.services.pzp_paper import pzp_paper

        file = patient_file(unit, patient_id)
        version = file.valid_pzp
        if number is not None:
            version = next((v for v in file.pzp_versions if v.number == number), None)
        if version is None:
            raise Refused("Van deze persoon is (deze versie van) een PZP niet vastgelegd.")
        imprint = self._imprint(practice_of(unit).name)
        data = pzp_form(pzp_paper(file, version, imprint, with_bsn="bsn" in extras))
        return self._made(HandoutKind.PZP, data, patient_id=patient_id, number=version.number)

    def _sheet(self, unit: Unit, patient_id: PatientId, extras: frozenset[str]) -> Paper:
        from pzdesk.documents.patient_sheet import patient_sheet
        from pzdesk.services.patient_paper import patient_paper

        file = patient_file(unit, patient_id)
        imprint = self._imprint(practice_of(unit).name)
        data = patient_sheet(patient_paper(file, imprint, self._session.today, extras=extras))
        return self._made(HandoutKind.PATIENT_SHEET, data, patient_id=patient_id)

    def _home_sheet(self, unit: Unit, patient_id: PatientId) -> Paper:
        from pzdesk.documents.home_sheet import home_sheet
        from pzdesk.services.home_paper import home_paper

        file = patient_file(unit, patient_id)
        if file.death is not None:
            raise Refused("Deze persoon is overleden; er hoort geen blad meer thuis te liggen.")
        if pzp.conflicts(file.live_pzp):
            raise Refused(
                "Twee PZP-versies over hetzelfde gesprek spreken elkaar tegen. "
                "Los dat eerst op: thuis mag geen verkeerde afspraak liggen."
            )
        practice = practice_of(unit)
        paper = home_paper(file, practice, self._imprint(practice.name), self._session.today)
        number = file.valid_pzp.number if file.valid_pzp else None
        data = home_sheet(paper)
        return self._made(HandoutKind.HOME_SHEET, data, patient_id=patient_id, number=number)

    def _soep(self, unit: Unit, patient_id: PatientId) -> Paper:
        from pzdesk.services.soep import soep

        file = patient_file(unit, patient_id)
        text = soep(file, self._session.today, self._session.user.name)
        return self._made(HandoutKind.SOEP, text.encode(), patient_id=patient_id)

    def _access(self, unit: Unit, patient_id: PatientId) -> Paper:
        from pzdesk.documents.access_sheet import access_sheet
        from pzdesk.services.access_paper import access_paper

        patient = unit.get(Patient, patient_id)
        names = {user.login: user.name for user in unit.find(User)}
        rows = audit.rows(unit.connection, patient_id)
        imprint = self._imprint(practice_of(unit).name)
        data = access_sheet(access_paper(patient, rows, names, imprint))
        return self._made(HandoutKind.ACCESS, data, patient_id=patient_id)

    def _may_tick(self, extras: frozenset[str], here: frozenset[str]) -> None:
        if unknown := extras - EXTRAS:
            raise BadInput(
                f"“{', '.join(sorted(unknown))}” kan niet worden aangevinkt; "
                f"kies uit {', '.join(sorted(EXTRAS))}."
            )
        if elsewhere := extras - here:
            raise BadInput(
                f"“{', '.join(sorted(elsewhere))}” staat niet op dit stuk; "
                f"hier kan: {', '.join(sorted(here))}."
            )
        for extra in sorted(extras & TICKED_BY.keys()):
            self._session.check(TICKED_BY[extra])

    def _imprint(self, practice: str) -> "Imprint":
        from pzdesk.documents.style import Imprint

        # The paper tells its moment to the minute; bytes must not differ by what it does not tell.
        minute = self._session.now.replace(second=0, microsecond=0)
        return Imprint(practice=practice, printed_at=minute, printed_by=self._session.user.name)

    def _made(
        self,
        kind: HandoutKind,
        data: bytes,
        *,
        patient_id: PatientId | None = None,
        meeting_id: int | None = None,
        number: int | None = None,
        audience: str = "",
        parts: Mapping[str, str] | None = None,
    ) -> Paper:
        handout = Handout(
            kind=kind,
            patient_id=patient_id,
            meeting_id=meeting_id,
            pzp_number=number,
            digest=hashlib.sha256(data).hexdigest(),
            size=len(data),
            printed_at=self._session.now,
            printed_by=self._session.user.id,
            audience=audience,
            parts=dict(parts or {}),
        )
        return Paper(data=data, handout=handout)

    @staticmethod
    def _handed_out(unit: Unit, made: Paper) -> Paper:
        unit.start_writing()
        handout = unit.add(made.handout)
        event = (
            AuditEvent.COPIED_FOR_HIS if handout.kind is HandoutKind.SOEP else AuditEvent.PRINTED
        )
        unit.commit(
            *(event, What.EXECUTE),
            patient=handout.patient_id,
            kind=handout.kind.value,
            key=handout.id,
        )
        return replace(made, handout=handout)


def _looked_at(unit: Unit, made: Paper) -> bytes:
    handout = made.handout
    unit.commit(
        *(AuditEvent.PREVIEWED, What.READ),
        patient=handout.patient_id,
        kind=handout.kind.value,
        key=handout.meeting_id,
    )
    return made.data


def _last_print(
    unit: Unit, meeting: Meeting, audience: ParticipantKind | None, holds: PartKind
) -> Handout | None:
    """The last print for this audience that held the same of each person."""
    earlier = unit.find(Handout, meeting_id=meeting.id, audience=audience or "", order="-id")
    return next((handout for handout in earlier if holds_parts(handout, holds)), None)


def _loose_actions(unit: Unit, meeting: Meeting) -> list[Action]:
    """Actions without a patient, open when the meeting began; those of people stand on their pages."""
    waiting = [
        action
        for action in unit.find(Action, patient_id=None)
        if action.since < meeting.on and (action.done_on is None or action.done_on >= meeting.on)
    ]
    return by_day(waiting)
