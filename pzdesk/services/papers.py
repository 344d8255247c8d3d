"""Papers: made of what is kept, handed out, and kept by digest with version, who and when."""

import hashlib
from dataclasses import dataclass
from datetime import date

from pzdesk.documents.agenda import agenda
from pzdesk.documents.home_sheet import home_sheet
from pzdesk.documents.patient_sheet import patient_sheet
from pzdesk.documents.pzp_form import pzp_form as pzp_document
from pzdesk.documents.style import Imprint
from pzdesk.domain import pzp
from pzdesk.domain.action import Action
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.handout import Handout, HandoutKind
from pzdesk.domain.mdo import AgendaItem, Meeting, MeetingState, ParticipantKind
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Right
from pzdesk.services.agenda_paper import AgendaFacts, agenda_paper
from pzdesk.services.home_paper import home_paper
from pzdesk.services.patient_paper import patient_paper
from pzdesk.services.pzp_paper import pzp_paper
from pzdesk.services.session import Session, practice_of
from pzdesk.services.soep import soep
from pzdesk.store.files import patient_file
from pzdesk.store.unit import Unit

EXTRAS = frozenset({"bsn", "mantelzorg", "surprise"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The bytes of a paper, and the line under which it was kept."""

    data: bytes
    handout: Handout


class PaperService:
    """What a user prints. The same data at the same print moment gives the same bytes."""

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

        A reprint says which items changed since the last one; ``only_changed`` prints just those pages.
        """
        _known(extras)
        with self._session.reading(Right.PLAN_MEETING) as unit:
            meeting = unit.get(Meeting, meeting_id)
            items = unit.find(AgendaItem, meeting_id=meeting_id, order="position")
            people = [item.patient_id for item in items if item.patient_id is not None]
            practice = practice_of(unit)
            earlier = unit.find(Handout, meeting_id=meeting_id, audience=audience or "", order="id")
            paper, parts = agenda_paper(
                AgendaFacts(
                    meeting=meeting,
                    items=items,
                    files={key: patient_file(unit, key) for key in people},
                    loose_actions=_loose_actions(unit, meeting),
                    agreed=unit.find(Action, patient_id=None, meeting_id=meeting.id),
                    practice=practice,
                    before=_meeting_before(unit, meeting),
                    imprint=self._imprint(practice.name),
                    audience=audience,
                    with_caregiver="mantelzorg" in extras,
                    clinical=self._session.has(Right.READ_FILE),
                    last=earlier[-1] if earlier else None,
                    only_changed=only_changed,
                )
            )
            return self._kept(
                unit,
                HandoutKind.AGENDA,
                agenda(paper),
                meeting_id=meeting_id,
                audience=audience or "",
                parts=parts,
            )

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
        """
        _known(extras)
        with self._session.reading(Right.PRINT_CLINICAL) as unit:
            file = patient_file(unit, patient_id)
            version = file.valid_pzp
            if number is not None:
                version = next((v for v in file.pzp_versions if v.number == number), None)
            if version is None:
                raise Refused("Van deze persoon is (deze versie van) een PZP niet vastgelegd.")
            imprint = self._imprint(practice_of(unit).name)
            data = pzp_document(pzp_paper(file, version, imprint, with_bsn="bsn" in extras))
            return self._kept(
                unit, HandoutKind.PZP, data, patient_id=patient_id, number=version.number
            )

    def sheet(self, patient_id: PatientId, *, extras: frozenset[str] = frozenset()) -> Paper:
        """The patient sheet."""
        _known(extras)
        with self._session.reading(Right.PRINT_CLINICAL) as unit:
            file = patient_file(unit, patient_id)
            imprint = self._imprint(practice_of(unit).name)
            data = patient_sheet(patient_paper(file, imprint, self._session.today, extras=extras))
            return self._kept(unit, HandoutKind.PATIENT_SHEET, data, patient_id=patient_id)

    def home_sheet(self, patient_id: PatientId) -> Paper:
        """The sheet in large type that lies at home."""
        with self._session.reading(Right.PRINT_CLINICAL) as unit:
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
            version = file.valid_pzp
            number = version.number if version else None
            return self._kept(
                unit,
                HandoutKind.HOME_SHEET,
                home_sheet(paper),
                patient_id=patient_id,
                number=number,
            )

    def soep(self, patient_id: PatientId) -> Paper:
        """The text for the HIS, in UTF-8."""
        with self._session.reading(Right.READ_FILE) as unit:
            file = patient_file(unit, patient_id)
            text = soep(file, self._session.today, self._session.user.name)
            return self._kept(unit, HandoutKind.SOEP, text.encode(), patient_id=patient_id)

    def handouts(self, patient_id: PatientId) -> list[Handout]:
        """What was handed out of a patient, the newest first."""
        with self._session.reading(Right.READ_FILE) as unit:
            found = unit.find(Handout, patient_id=patient_id, order="-printed_at")
            unit.commit(
                *(AuditEvent.HANDOUTS_READ, What.READ),
                patient=patient_id,
                kind="stuk",
                count=len(found),
            )
        return found

    def _imprint(self, practice: str) -> Imprint:
        # The paper tells its moment to the minute; bytes must not differ by what it does not tell.
        minute = self._session.now.replace(second=0, microsecond=0)
        return Imprint(practice=practice, printed_at=minute, printed_by=self._session.user.name)

    def _kept(
        self,
        unit: Unit,
        kind: HandoutKind,
        data: bytes,
        *,
        patient_id: PatientId | None = None,
        meeting_id: int | None = None,
        number: int | None = None,
        audience: str = "",
        parts: dict[str, str] | None = None,
    ) -> Paper:
        unit.start_writing()
        handout = unit.add(
            Handout(
                kind=kind,
                patient_id=patient_id,
                meeting_id=meeting_id,
                pzp_number=number,
                digest=hashlib.sha256(data).hexdigest(),
                size=len(data),
                printed_at=self._session.now,
                printed_by=self._session.user.id,
                audience=audience,
                parts=parts or {},
            )
        )
        event = AuditEvent.COPIED_FOR_HIS if kind is HandoutKind.SOEP else AuditEvent.PRINTED
        unit.commit(event, What.EXECUTE, patient=patient_id, kind=kind.value, key=handout.id)
        return Paper(data=data, handout=handout)


def _known(extras: frozenset[str]) -> None:
    unknown = extras - EXTRAS
    if unknown:
        raise BadInput(
            f"“{', '.join(sorted(unknown))}” kan niet worden aangevinkt; "
            f"kies uit {', '.join(sorted(EXTRAS))}."
        )


def _loose_actions(unit: Unit, meeting: Meeting) -> list[Action]:
    """Actions without a patient, open when the meeting began; those of people stand on their pages."""
    waiting = [
        action
        for action in unit.find(Action, patient_id=None)
        if action.since < meeting.on and (action.done_on is None or action.done_on >= meeting.on)
    ]
    return sorted(waiting, key=lambda action: (action.due or date.max, action.id))


def _meeting_before(unit: Unit, meeting: Meeting) -> date | None:
    held = unit.find(Meeting, state=MeetingState.HELD)
    return max((other.on for other in held if other.on < meeting.on), default=None)
