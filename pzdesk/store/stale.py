"""Who changed something since it was read, and when: the log knows."""

from typing import Any

import sqlalchemy as sa

from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice
from pzdesk.domain.audit import AuditEvent as E
from pzdesk.domain.audit import wall_time
from pzdesk.domain.errors import Stale
from pzdesk.domain.mdo import AgendaItem, Meeting
from pzdesk.domain.network import Naaste, Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient
from pzdesk.domain.practice import Practice
from pzdesk.domain.review import Review
from pzdesk.domain.screening import FollowUp
from pzdesk.domain.user import User
from pzdesk.domain.writer import clock_words
from pzdesk.store import tables

_NETWORK, _REGION = ("team", (E.NETWORK_CHANGED,)), (E.REGION_CHANGED, E.REGION_WITHDRAWN)
# The kind of object under which the log names a change ("" where that differs), and the events of a change.
_CHANGES: dict[type, tuple[str, tuple[E, ...]]] = {
    Patient: ("patient", (E.PATIENT_ADDED, E.PATIENT_CHANGED, E.PATIENT_WITHDRAWN)),
    Naaste: ("naaste", (E.NAASTE_CHANGED, E.NAASTE_WITHDRAWN)),
    TeamMember: _NETWORK,
    Organisation: ("organisatie", _REGION),
    Professional: ("zorgverlener", _REGION),
    Action: ("actie", (E.ACTION_ADDED, E.ACTION_CLOSED, E.ACTION_REOPENED, E.ACTION_WITHDRAWN)),
    Review: ("", (E.REVIEW_PLANNED, E.REVIEW_CLOSED, E.REVIEW_REOPENED, E.REVIEW_WITHDRAWN)),
    FollowUp: ("vervolg", (E.FOLLOW_UP_CHANGED,)),
    Advice: (
        "",
        (E.ADVICE_WITHDRAWN, E.ADVICE_CONFIRMED, E.ADVICE_REJECTED, E.ADVICE_REOPENED),
    ),
    Meeting: ("overleg", (E.MEETING_CHANGED, E.MEETING_REOPENED, E.MEETING_WITHDRAWN)),
    AgendaItem: ("agendapunt", (E.ITEM_CHANGED, E.NOTES_RECORDED)),
    Practice: ("praktijk", (E.SETTINGS_CHANGED,)),
    User: ("gebruiker", (E.USER_ADDED, E.USER_CHANGED, E.USER_REMOVED)),
}
_WHO = "Intussen gewijzigd door {}{}."
_SOMEBODY = "Dit is intussen door iemand anders gewijzigd."
_AGAIN = "{} Bekijk de nieuwe gegevens en probeer het opnieuw."


def told_stale(connection: sa.Connection, value: Any, reader: User, now: Any) -> Stale:
    """What to tell who changes a value in a version that is not the latest: by whom and when, never what."""
    log, user = tables.audit_event.c, tables.user.c
    kind, events = _CHANGES.get(type(value), ("", ()))
    mine: sa.ColumnElement[bool] = sa.true()
    if isinstance(value, Patient):
        mine = log.patient_id == value.id
    elif not isinstance(value, Practice):
        mine = log.object_id == value.id
    query = sa.select(log.at, log.offset_minutes, log.login, user.name).select_from(
        tables.audit_event.outerjoin(tables.user, user.id == log.user_id)
    )
    query = query.where(mine, log.event.in_(events), log.object_kind == kind if kind else sa.true())
    found = connection.execute(query.order_by(log.sequence.desc()).limit(1)).first()
    if found is None:
        return Stale(_AGAIN.format(_SOMEBODY))
    self_ = ", in een ander venster," if found.login == reader.login else ""
    at = clock_words(wall_time(found.at, found.offset_minutes), now)
    who = "uzelf" if self_ else found.name or found.login
    return Stale(_AGAIN.format(told := _WHO.format(who, f"{self_} om {at}")), told=told)
