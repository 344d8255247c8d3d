"""The four dimensions and the acute plan: what was found, and what is done when something happens."""

from dataclasses import replace

from pzdesk.domain.assessment import Assessment, checked_assessment
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import Patient
from pzdesk.domain.plan import AcutePlan
from pzdesk.domain.texts import cleaned
from pzdesk.domain.user import Right
from pzdesk.services.session import Session


class AssessmentService:
    """What a user records of the four dimensions and for acute situations."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def assess(self, assessment: Assessment) -> Assessment:
        """Record what was found on one day.

        Raises:
            BadInput: see ``domain.assessment.checked_assessment``, or a text is too long.
        """
        checked_assessment(assessment, self._session.today)
        assessment = replace(
            assessment,
            recorded_at=self._session.now,
            recorded_by=self._session.user.id,
        )
        with self._session.writing(Right.WRITE_FILE) as unit:
            unit.get(Patient, assessment.patient_id)
            kept = unit.add(assessment)
            unit.commit(
                *(AuditEvent.ASSESSED, What.CREATE),
                patient=assessment.patient_id,
                kind="beoordeling",
                key=kept.id,
            )
        return kept

    def keep_plan(self, plan: AcutePlan) -> AcutePlan:
        """Record the acute plan as agreed on a day; the newest holds.

        Raises:
            BadInput: a scenario says not what to do, the day lies in the future, or a text is too long.
        """
        if plan.on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        plan = cleaned(plan)
        if any(not s.when or not s.do for s in plan.scenarios):
            raise BadInput(
                "Vul bij elk scenario in wat er kan gebeuren en wat u dan doet.", field="scenario"
            )
        with self._session.writing(Right.WRITE_FILE) as unit:
            unit.get(Patient, plan.patient_id)
            kept = unit.add(
                replace(
                    plan,
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
            )
            unit.commit(
                *(AuditEvent.PLAN_CHANGED, What.CREATE),
                patient=plan.patient_id,
                kind="noodplan",
                key=kept.id,
            )
        return kept
