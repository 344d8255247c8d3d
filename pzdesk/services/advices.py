"""Advice of a meeting: noted as a proposal, and confirmed or rejected by who may."""

from dataclasses import replace
from datetime import date

from pzdesk.domain.advice import (
    STATUS_OF,
    Advice,
    AdviceKind,
    AdviceOutcome,
    checked_advice,
    is_open,
)
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import Meeting
from pzdesk.domain.network import Professional
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.review import is_open as is_waiting
from pzdesk.domain.status import Status
from pzdesk.domain.texts import required
from pzdesk.domain.user import Right
from pzdesk.services.patients import planned
from pzdesk.services.session import Session
from pzdesk.store import statuses
from pzdesk.store.files import patient_file
from pzdesk.store.unit import Unit

UNDONE = "bevestiging van het voorstel ongedaan gemaakt"


class AdviceService:
    """What a user does with the advice of a meeting. It changes nothing until it is confirmed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def propose(
        self,
        patient_id: PatientId,
        kind: AdviceKind,
        *,
        value: str = "",
        professional_id: int | None = None,
        text: str = "",
        meeting_id: int | None = None,
    ) -> Advice:
        """Note what a meeting proposes for a patient.

        Raises:
            BadInput: the value does not belong to the kind, or what is proposed is missing.
            Refused: the patient is deceased, it holds already, or the same proposal waits already.
        """
        value = checked_advice(kind, value, professional_id, text)
        with self._session.writing(Right.WRITE_FILE) as unit:
            file = patient_file(unit, patient_id)
            made = Advice(
                patient_id=patient_id,
                meeting_id=meeting_id,
                kind=kind,
                value=value,
                professional_id=professional_id if kind is AdviceKind.CENTRAL_CARER else None,
                text=text,
                since=self._session.today,
                recorded_at=self._session.now,
                recorded_by=self._session.user.id,
            )
            if made.professional_id is not None:
                unit.get(Professional, made.professional_id)
            if meeting_id is not None:
                unit.get(Meeting, meeting_id)
            _refuse(file, made)
            kept = unit.add(made)
            unit.commit(
                *(AuditEvent.ADVICE_ADDED, What.CREATE),
                patient=patient_id,
                kind=kind.value,
                key=kept.id,
            )
        return kept

    def withdraw(self, advice: Advice) -> None:
        """Take back a proposal that was noted by mistake and still waits.

        Raises:
            Refused: it was confirmed or rejected.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            _waiting(unit, advice)
            unit.remove(advice)
            unit.commit(
                *(AuditEvent.ADVICE_WITHDRAWN, What.DELETE),
                patient=advice.patient_id,
                kind=advice.kind.value,
                key=advice.id,
            )

    def confirm(self, advice: Advice, *, due: date | None = None) -> Advice:
        """Confirm a proposal: a change makes its dated row of today by the acting user.

        A revision of the PZP changes no limit by itself: it becomes a review moment, ``due`` on a day.

        Raises:
            BadInput: the PZP is to be revised and no day is given.
            Refused: it was confirmed or rejected before, or the patient is deceased.
            Stale: somebody else changed it since it was read.
        """
        if advice.kind is AdviceKind.PZP and due is None:
            raise BadInput("Vul in vóór wanneer de PZP wordt herzien.", field="datum")
        with self._session.writing(Right.CONFIRM) as unit:
            _waiting(unit, advice)
            if patient_file(unit, advice.patient_id).death is not None:
                raise Refused("Deze persoon is overleden; een voorstel wordt niet meer bevestigd.")
            status = self._status(unit, advice)
            review = self._review(unit, advice, due)
            kept = unit.replace(
                replace(
                    self._decided(advice, AdviceOutcome.CONFIRMED),
                    status_id=status.id if status is not None else None,
                    review_id=review.id if review is not None else None,
                )
            )
            unit.commit(
                *(AuditEvent.ADVICE_CONFIRMED, What.UPDATE),
                patient=advice.patient_id,
                kind=advice.kind.value,
                key=kept.id,
            )
        return kept

    def reject(self, advice: Advice, reason: str) -> Advice:
        """Reject a proposal, with the reason; nothing else changes.

        Raises:
            BadInput: no reason is given.
            Refused: it was confirmed or rejected before.
            Stale: somebody else changed it since it was read.
        """
        reason = required(reason, "Geef aan waarom dit voorstel wordt afgewezen.", field="reden")
        with self._session.writing(Right.CONFIRM) as unit:
            _waiting(unit, advice)
            decided = self._decided(advice, AdviceOutcome.REJECTED)
            kept = unit.replace(replace(decided, reason=reason))
            unit.commit(
                *(AuditEvent.ADVICE_REJECTED, What.UPDATE),
                patient=advice.patient_id,
                kind=advice.kind.value,
                key=kept.id,
            )
        return kept

    def reopen(self, advice: Advice) -> Advice:
        """Let a decided proposal wait again: what confirming it made, counts for nothing any more.

        Raises:
            Refused: it waits, or the revision that it planned was closed meanwhile.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.CONFIRM) as unit:
            if is_open(unit.get(Advice, advice.id)):
                raise Refused("Dit voorstel wacht al op bevestiging.")
            kept = unit.replace(
                replace(
                    advice,
                    outcome=None,
                    decided_on=None,
                    decided_by="",
                    reason="",
                    status_id=None,
                    review_id=None,
                )
            )
            if advice.status_id is not None:
                row = unit.get(Status, advice.status_id)
                if not row.retracted:
                    statuses.retract(unit, row, UNDONE)
            if advice.review_id is not None:
                review = unit.get(Review, advice.review_id)
                if not is_waiting(review):
                    raise Refused("Het reviewmoment van dit voorstel is al afgesloten.")
                unit.remove(review)
            unit.commit(
                *(AuditEvent.ADVICE_REOPENED, What.UPDATE),
                patient=advice.patient_id,
                kind=advice.kind.value,
                key=kept.id,
            )
        return kept

    def _decided(self, advice: Advice, outcome: AdviceOutcome) -> Advice:
        return replace(
            advice,
            outcome=outcome,
            decided_on=self._session.today,
            decided_by=self._session.user.name,
        )

    def _status(self, unit: Unit, advice: Advice) -> Status | None:
        if advice.kind not in STATUS_OF:
            return None
        return statuses.add_status(
            unit,
            Status(
                patient_id=advice.patient_id,
                kind=STATUS_OF[advice.kind],
                value=advice.value,
                professional_id=advice.professional_id,
                since=self._session.today,
                said_by=self._session.user.name,
                note=_from(unit, advice),
                recorded_at=self._session.now,
                recorded_by=self._session.user.id,
            ),
        )

    def _review(self, unit: Unit, advice: Advice, due: date | None) -> Review | None:
        if advice.kind is not AdviceKind.PZP or due is None:
            return None
        because = _from(unit, advice)
        kind = ReviewKind.PZP_REVISION
        return unit.add(planned(self._session, advice.patient_id, kind, due, because))


def _from(unit: Unit, advice: Advice) -> str:
    """Where a proposal comes from: "voorstel uit het overleg van 01-12-2026: ..."."""
    held = advice.since
    if advice.meeting_id is not None:
        held = unit.get(Meeting, advice.meeting_id).on
    return f"voorstel uit het overleg van {dutch_date(held)}{f': {advice.text}' if advice.text else ''}"


def _waiting(unit: Unit, advice: Advice) -> None:
    if not is_open(unit.get(Advice, advice.id)):
        raise Refused("Dit voorstel is al bevestigd of afgewezen.")


def _refuse(file: PatientFile, made: Advice) -> None:
    if file.death is not None:
        raise Refused("Deze persoon is overleden; er wordt geen voorstel meer genoteerd.")
    if made.kind in STATUS_OF:
        now = file.now(STATUS_OF[made.kind])
        if now is not None and (now.value, now.professional_id) == (
            made.value,
            made.professional_id,
        ):
            raise Refused("Dit staat al zo in het dossier.")
    if any(
        (one.kind, one.value, one.professional_id, one.text)
        == (made.kind, made.value, made.professional_id, made.text)
        for one in file.open_advices
    ):
        raise Refused("Dit voorstel staat er al.")
