"""Consent: with which kinds of participants a patient may be discussed, and who said no."""

from datetime import date

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput
from pzdesk.domain.mdo import (
    KIND_OF,
    AgendaItem,
    Consent,
    ConsentAnswer,
    Meeting,
    ParticipantKind,
    may_be_discussed,
)
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.texts import one_line
from pzdesk.domain.user import Right
from pzdesk.services.session import Session


class ConsentService:
    """What a user does with the consent of patients."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        patient_id: PatientId,
        kind: ParticipantKind,
        answer: ConsentAnswer,
        *,
        on: date,
        asked_by: str = "",
    ) -> Consent:
        """Record what a patient said about being discussed with a kind of participant.

        Raises:
            BadInput: the day is later than today, or consent is presumed where it must be asked.
        """
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        if answer is ConsentAnswer.PRESUMED and kind is not ParticipantKind.TREATING:
            raise BadInput(
                "Voor deze deelnemers moet toestemming worden gevraagd.", field="toestemming"
            )
        with self._session.writing(Right.WRITE_FILE) as unit:
            unit.get(Patient, patient_id)
            kept = unit.add(
                Consent(
                    patient_id=patient_id,
                    kind=kind,
                    answer=answer,
                    on=on,
                    asked_by=one_line(asked_by) or self._session.user.name,
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
            )
            unit.commit(
                *(AuditEvent.CONSENT_RECORDED, What.CREATE),
                patient=patient_id,
                kind="toestemming",
                key=kept.id,
            )
        return kept

    def without_consent(self, meeting_id: int) -> dict[ParticipantKind, list[PatientId]]:
        """Who on the agenda stands on no paper of a kind of participant that is invited."""
        with self._session.reading(Right.PLAN_MEETING) as unit:
            meeting = unit.get(Meeting, meeting_id)
            items = unit.find(AgendaItem, meeting_id=meeting_id, order="position")
            people = [item.patient_id for item in items if item.patient_id is not None]
            said: dict[PatientId, list[Consent]] = {key: [] for key in people}
            for consent in unit.find(Consent, patient_id=tuple(people)) if people else []:
                said[consent.patient_id].append(consent)
            unit.commit(AuditEvent.MEETING_READ, What.READ, kind="overleg", key=meeting_id)
        kinds = {KIND_OF[who.discipline] for who in meeting.invited if who.discipline in KIND_OF}
        return {
            kind: [key for key in people if may_be_discussed(said[key], kind) is not True]
            for kind in ParticipantKind
            if kind in kinds
        }
