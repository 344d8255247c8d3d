"""Reads the whole file of one patient in a handful of questions."""

from typing import TypeVar

from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice
from pzdesk.domain.assessment import Assessment
from pzdesk.domain.audit import wall_time
from pzdesk.domain.emergency import EmergencyAccess
from pzdesk.domain.errors import NotFound
from pzdesk.domain.euthanasia import EuthanasiaRequest
from pzdesk.domain.file import LastChange, PatientFile
from pzdesk.domain.former import Former
from pzdesk.domain.handout import Handout
from pzdesk.domain.markering import Markering, Told
from pzdesk.domain.mdo import AgendaItem, Consent, Meeting
from pzdesk.domain.network import Naaste, Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.plan import AcutePlan
from pzdesk.domain.pzp import PzpConfirmation, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal
from pzdesk.domain.restricted import EVENTS
from pzdesk.domain.review import Review
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.statement import Statement, StatementWithdrawal
from pzdesk.domain.status import Status
from pzdesk.domain.user import User
from pzdesk.store import audit
from pzdesk.store.unit import Unit

T = TypeVar("T")


def patient_file(unit: Unit, patient_id: PatientId) -> PatientFile:
    """Everything kept about a patient.

    Raises:
        NotFound: there is no such patient.
    """
    patients = unit.find(Patient, id=patient_id)
    if not patients:
        raise NotFound(f"Patiënt {patient_id} bestaat niet in deze praktijk.")

    def mine(kind: type[T]) -> tuple[T, ...]:
        return tuple(unit.find(kind, patient_id=patient_id))

    statuses, team, markeringen = mine(Status), mine(TeamMember), mine(Markering)
    advices = mine(Advice)
    named = {row.professional_id for row in statuses if row.professional_id}
    named |= {step.professional_id for step in markeringen if step.professional_id}
    named |= {member.professional_id for member in team}
    named |= {advice.professional_id for advice in advices if advice.professional_id}
    professionals = {p.id: p for p in unit.find(Professional, id=tuple(named))} if named else {}
    places = {p.organisation_id for p in professionals.values() if p.organisation_id}
    versions, items = mine(PzpVersion), mine(AgendaItem)
    meetings = {item.meeting_id for item in items}
    version_ids = tuple(version.id for version in versions)
    statements = mine(Statement)
    stated = tuple(statement.id for statement in statements)
    formers = mine(Former)
    return PatientFile(
        patient=patients[0],
        statuses=statuses,
        naasten=mine(Naaste),
        team=team,
        professionals=professionals,
        organisations={o.id: o for o in unit.find(Organisation, id=tuple(places))}
        if places
        else {},
        markeringen=markeringen,
        told=mine(Told),
        pzp_versions=versions,
        pzp_confirmations=_of(unit, PzpConfirmation, version_ids),
        pzp_withdrawals=_of(unit, PzpWithdrawal, version_ids),
        assessments=mine(Assessment),
        screenings=mine(Screening),
        follow_ups=mine(FollowUp),
        reviews=mine(Review),
        plans=mine(AcutePlan),
        consents=mine(Consent),
        actions=mine(Action),
        advices=advices,
        items=items,
        meetings=tuple(unit.find(Meeting, id=tuple(meetings))) if meetings else (),
        handouts=mine(Handout),
        euthanasia=mine(EuthanasiaRequest),
        statements=statements,
        statement_withdrawals=tuple(unit.find(StatementWithdrawal, statement_id=stated))
        if stated
        else (),
        emergencies=mine(EmergencyAccess),
        formers=formers,
        changers=_names(unit, {former.changed_by for former in formers}),
        last_change=_last_change(unit, patient_id),
    )


def _names(unit: Unit, users: set[int]) -> dict[int, str]:
    return {user.id: user.name for user in unit.find(User, id=tuple(users))} if users else {}


def _last_change(unit: Unit, patient_id: PatientId) -> LastChange | None:
    unseen = [event for event, right in EVENTS.items() if right in unit.hidden]
    line = audit.last_change(unit.connection, patient_id, besides=unseen)
    if line is None:
        return None
    users = unit.find(User, id=line.user_id)
    at = wall_time(line.at, line.offset_minutes)
    return LastChange(at, users[0].name if users else line.login)


def _of(unit: Unit, kind: type[T], version_ids: tuple[int, ...]) -> tuple[T, ...]:
    return tuple(unit.find(kind, version_id=version_ids)) if version_ids else ()
