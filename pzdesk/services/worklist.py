"""The work list: what waits today, for whom, and what Enter does about it."""

from dataclasses import replace

from pzdesk.content import rights_matrix, work_rules
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.user import Right, rights_of
from pzdesk.domain.worklist import Reader, WorkList, who_am_i, work_lists
from pzdesk.services.emergencies import accesses_to_see
from pzdesk.services.session import Session, practice_of
from pzdesk.store.unit import Unit
from pzdesk.store.worklists import work_source


class WorkListService:
    """What waits for the acting user, and for everybody.

    Who may not read files gets neutral lines: an action is open, a meeting is to be prepared.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def today(self) -> WorkList:
        """What waits for the acting user, with the next meeting."""
        with self._session.reading(Right.SEE_WHO) as unit:
            mine, _ = self._made(unit)
            unit.commit(AuditEvent.WORK_LISTED, What.READ, kind="werklijst", count=mine.count)
        return mine

    def both(self) -> tuple[WorkList, WorkList]:
        """What waits for the acting user, and what waits for everybody, in one reading."""
        with self._session.reading(Right.SEE_WHO) as unit:
            mine, everybody = self._made(unit)
            count = everybody.count
            unit.commit(AuditEvent.WORK_LISTED, What.READ, kind="werklijst", count=count)
        return mine, everybody

    def _made(self, unit: Unit) -> tuple[WorkList, WorkList]:
        user = self._session.user
        source, practice = work_source(unit), practice_of(unit)
        reader = Reader(
            rules=work_rules(),
            today=self._session.today,
            intervals=practice.intervals,
            meeting_rules=practice.meeting,
            me=who_am_i(user, source.professionals),
            professionals=source.professionals,
            may=rights_of(user.roles, rights_matrix()),
        )
        mine, everybody = work_lists(source.facts, source.loose, source.meetings, reader)
        notices = len(accesses_to_see(unit, self._session))
        return replace(mine, notices=notices), replace(everybody, notices=notices)
