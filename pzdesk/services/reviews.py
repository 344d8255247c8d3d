"""Review moments: planned, held with an outcome, or dropped with a reason."""

from dataclasses import replace
from datetime import date

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.review import Review, ReviewKind, is_open
from pzdesk.domain.texts import required
from pzdesk.domain.user import Right
from pzdesk.services.patients import planned
from pzdesk.services.session import Session
from pzdesk.store.references import is_built_on

BY_HAND = "door de praktijk gepland"
"""Why a review stands there that no rule asked for."""


class ReviewService:
    """What a user does with review moments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(
        self, patient_id: PatientId, kind: ReviewKind, *, due: date, subject: str = ""
    ) -> Review:
        """Plan a review moment."""
        with self._session.writing(Right.WRITE_FILE) as unit:
            unit.get(Patient, patient_id)
            review = planned(self._session, patient_id, kind, due, BY_HAND)
            kept = unit.add(replace(review, subject=subject))
            unit.commit(
                AuditEvent.REVIEW_PLANNED,
                What.CREATE,
                patient=patient_id,
                kind=kind.value,
                key=kept.id,
            )
        return kept

    def hold(self, review: Review, *, on: date, by: str, outcome: str) -> Review:
        """Record that a review was held, and what came of it.

        Raises:
            BadInput: the outcome is missing, or the day is later than today.
            Refused: it was closed before.
            Stale: somebody else changed it since it was read.
        """
        outcome = required(outcome, "Vul de uitkomst in.", field="uitkomst")
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        return self._closed(replace(review, done_on=on, by=by, outcome=outcome))

    def drop(self, review: Review, reason: str) -> Review:
        """Record why a review is not held.

        Raises:
            BadInput: no reason is given.
            Refused: it was closed before.
            Stale: somebody else changed it since it was read.
        """
        reason = required(reason, "Geef aan waarom dit moment vervalt.", field="reden")
        return self._closed(replace(review, dropped=reason))

    def withdraw(self, review: Review) -> None:
        """Take back a review moment that was planned by mistake, as if never there.

        Raises:
            Refused: it was closed meanwhile, or something was decided on it.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            if not is_open(unit.get(Review, review.id)):
                raise Refused("Dit reviewmoment is al afgesloten.")
            if is_built_on(unit, review):
                raise Refused("Dit reviewmoment hoort bij een bevestigd voorstel en blijft staan.")
            unit.remove(review)
            unit.commit(
                *(AuditEvent.REVIEW_WITHDRAWN, What.DELETE),
                patient=review.patient_id,
                kind=review.kind.value,
                key=review.id,
            )

    def reopen(self, review: Review) -> Review:
        """Open a review moment again that was closed by mistake; what was recorded of it goes.

        Raises:
            Refused: it is open.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            if is_open(unit.get(Review, review.id)):
                raise Refused("Dit reviewmoment staat al open.")
            kept = unit.replace(replace(review, done_on=None, by="", outcome="", dropped=""))
            unit.commit(
                *(AuditEvent.REVIEW_REOPENED, What.UPDATE),
                patient=review.patient_id,
                kind=review.kind.value,
                key=kept.id,
            )
        return kept

    def _closed(self, review: Review) -> Review:
        with self._session.writing(Right.WRITE_FILE) as unit:
            if not is_open(unit.get(Review, review.id)):
                raise Refused("Dit reviewmoment is al afgesloten.")
            kept = unit.replace(review)
            unit.commit(
                *(AuditEvent.REVIEW_CLOSED, What.UPDATE),
                patient=review.patient_id,
                kind=review.kind.value,
                key=kept.id,
            )
        return kept
