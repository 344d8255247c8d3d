"""Actions: agreed, done, and never forgotten in between."""

from dataclasses import replace
from datetime import date

from pzdesk.domain.action import Action, by_day, is_open
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.mdo import Meeting
from pzdesk.domain.network import Professional
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.texts import limited, one_line
from pzdesk.domain.user import Right
from pzdesk.domain.worklist import who_am_i
from pzdesk.services.session import Session


class ActionService:
    """What a user does with actions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        *,
        who: str,
        what: str,
        due: date | None = None,
        patient_id: PatientId | None = None,
        meeting_id: int | None = None,
    ) -> Action:
        """Agree that somebody does something.

        Raises:
            BadInput: who or what is missing.
        """
        who, what = one_line(who, field="wie"), limited(what, field="wat")
        if not who or not what:
            raise BadInput("Vul in wie wat doet.", field="actie")
        with self._session.writing(Right.ACTIONS) as unit:
            if patient_id is not None:
                unit.get(Patient, patient_id)
            if meeting_id is not None:
                unit.get(Meeting, meeting_id)
            kept = unit.add(
                Action(
                    patient_id=patient_id,
                    meeting_id=meeting_id,
                    who=who,
                    what=what,
                    due=due,
                    since=self._session.today,
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
            )
            unit.commit(
                AuditEvent.ACTION_ADDED, What.CREATE, patient=patient_id, kind="actie", key=kept.id
            )
        return kept

    def close(self, action: Action, *, on: date, outcome: str = "") -> Action:
        """Record that an action was done; "stands in the HIS" is an outcome too.

        Raises:
            BadInput: the day is later than today.
            Refused: it was closed before.
            Stale: somebody else changed it since it was read.
        """
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        with self._session.writing(Right.ACTIONS) as unit:
            if not is_open(unit.get(Action, action.id)):
                raise Refused("Deze actie is al afgerond.")
            kept = unit.replace(replace(action, done_on=on, outcome=outcome))
            unit.commit(
                AuditEvent.ACTION_CLOSED,
                What.UPDATE,
                patient=action.patient_id,
                kind="actie",
                key=kept.id,
            )
        return kept

    def reopen(self, action: Action) -> Action:
        """Open an action again that was closed by mistake; its outcome goes.

        Raises:
            Refused: it is open.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.ACTIONS) as unit:
            if is_open(unit.get(Action, action.id)):
                raise Refused("Deze actie staat al open.")
            kept = unit.replace(replace(action, done_on=None, outcome=""))
            unit.commit(
                *(AuditEvent.ACTION_REOPENED, What.UPDATE),
                patient=action.patient_id,
                kind="actie",
                key=kept.id,
            )
        return kept

    def withdraw(self, action: Action) -> None:
        """Take back an action that was agreed by mistake and is still open.

        Raises:
            Refused: it was closed.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.ACTIONS) as unit:
            if not is_open(unit.get(Action, action.id)):
                raise Refused("Deze actie is al afgerond.")
            unit.remove(action)
            unit.commit(
                *(AuditEvent.ACTION_WITHDRAWN, What.DELETE),
                patient=action.patient_id,
                kind="actie",
                key=action.id,
            )

    def open_actions(self) -> list[Action]:
        """All actions that are still to be done, in the order in which they are due."""
        with self._session.reading(Right.ACTIONS) as unit:
            waiting = by_day(unit.find(Action, done_on=None))
            unit.commit(AuditEvent.ACTIONS_READ, What.READ, kind="actie", count=len(waiting))
        return waiting

    def both(self) -> tuple[list[Action], list[Action]]:
        """What is still to be done by the acting user, and by everybody, in the order in which it is due."""
        with self._session.reading(Right.ACTIONS) as unit:
            everybody = by_day(unit.find(Action, done_on=None))
            names = {who.id: who.name for who in unit.find(Professional)}
            unit.commit(AuditEvent.ACTIONS_READ, What.READ, kind="actie", count=len(everybody))
        me = who_am_i(self._session.user, names)
        return [action for action in everybody if me.is_named(action.who)], everybody
