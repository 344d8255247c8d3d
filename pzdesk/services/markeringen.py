"""Markering: judged, marked, talked about, told to others; and the review moments that follow."""

from dataclasses import replace
from datetime import date, timedelta

from pzdesk.domain import markering as rule
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import Refused
from pzdesk.domain.markering import Markering, Told
from pzdesk.domain.person import dutch_date
from pzdesk.domain.practice import Intervals
from pzdesk.domain.review import Review, ReviewKind, plus_working_days
from pzdesk.domain.texts import one_line
from pzdesk.domain.user import Right
from pzdesk.services.patients import drop_reviews, planned
from pzdesk.services.session import Session, practice_of
from pzdesk.store.files import patient_file


class MarkeringService:
    """What a user does with the marking of a patient."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, step: Markering) -> Markering:
        """Record the next step; the first marking makes the review moments due.

        Raises:
            Refused: the step cannot follow the present state, or the patient is not in care.
            BadInput: see ``domain.markering.checked_step``.
        """
        step = replace(
            step,
            by=one_line(step.by) or self._session.user.name,
            recorded_at=self._session.now,
            recorded_by=self._session.user.id,
        )
        with self._session.writing(Right.WRITE_FILE) as unit:
            file = patient_file(unit, step.patient_id)
            if not file.is_active:
                raise Refused("Deze persoon is niet (meer) in zorg; een markering past hier niet.")
            rule.checked_step(file.markeringen, step, self._session.today)
            kept = unit.add(step)
            if rule.is_marked(kept) and not rule.is_marked(file.markering):
                for due in self._due(kept, practice_of(unit).intervals):
                    unit.add(due)
            if rule.is_marked(file.markering) and not rule.is_marked(kept):
                drop_reviews(unit, file, "markering ingetrokken")
            unit.commit(
                *(AuditEvent.MARKERING_ADDED, What.CREATE),
                patient=step.patient_id,
                kind="markering",
                key=kept.id,
            )
        return kept

    def tell(self, told: Told) -> Told:
        """Record that somebody was told of a transition.

        Raises:
            Refused: not marked, or not talked about and no reason is given.
            BadInput: the day lies in the future.
        """
        told = replace(
            told,
            recorded_at=self._session.now,
            recorded_by=self._session.user.id,
        )
        with self._session.writing(Right.WRITE_FILE) as unit:
            file = patient_file(unit, told.patient_id)
            rule.checked_told(file.markeringen, told, self._session.today)
            kept = unit.add(told)
            unit.commit(
                AuditEvent.TOLD_ADDED,
                What.CREATE,
                patient=told.patient_id,
                kind="ingelicht",
                key=kept.id,
            )
        return kept

    def _due(self, step: Markering, after: Intervals) -> tuple[Review, ...]:
        weeks = after.pzp_talk_urgent_weeks if step.urgent else after.pzp_talk_weeks
        because = f"gemarkeerd op {dutch_date(step.on)}"

        def due(kind: ReviewKind, day: date) -> Review:
            return planned(self._session, step.patient_id, kind, day, because)

        return (
            due(ReviewKind.PZP_TALK, step.on + timedelta(weeks=weeks)),
            due(ReviewKind.PZVP_MARKERING, plus_working_days(step.on, after.pzvp_working_days)),
            due(ReviewKind.MEDICATION, step.on + timedelta(weeks=after.medication_weeks)),
        )
