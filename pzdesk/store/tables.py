"""The tables: one per domain class, derived from it, with the indexes that questions need."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice
from pzdesk.domain.assessment import Assessment
from pzdesk.domain.audit import AuditRow
from pzdesk.domain.destruction import Destruction
from pzdesk.domain.emergency import EmergencyAccess
from pzdesk.domain.euthanasia import EuthanasiaRequest
from pzdesk.domain.former import Former
from pzdesk.domain.handout import Handout
from pzdesk.domain.markering import Markering, Told
from pzdesk.domain.mdo import AgendaItem, Consent, Meeting
from pzdesk.domain.network import Naaste, Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient
from pzdesk.domain.plan import AcutePlan
from pzdesk.domain.pzp import FROM_FORM, PzpConfirmation, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal
from pzdesk.domain.review import Review
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.statement import Statement, StatementWithdrawal
from pzdesk.domain.status import Status
from pzdesk.domain.user import User
from pzdesk.store.columns import columns_of
from pzdesk.store.json_sql import JsonIsNotFalse, JsonList

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

TABLES: dict[type, sa.Table] = {}
FLATTEN: dict[type, frozenset[str]] = {Patient: frozenset({"name", "address"})}

_PATIENT = {"patient_id": "patient.id"}


def _table(
    kind: type,
    name: str,
    *constraints: sa.schema.SchemaItem,
    foreign: Mapping[str, str] | None = None,
) -> sa.Table:
    columns: list[Any] = columns_of(
        kind, flatten=FLATTEN.get(kind, frozenset()), foreign=foreign or {}
    )
    table = sa.Table(name, metadata, *columns, *constraints)
    for column in foreign or {}:
        sa.Index(None, table.c[column])
    TABLES[kind] = table
    return table


user = _table(User, "user", sa.UniqueConstraint("login"))
organisation = _table(Organisation, "organisation")
professional = _table(Professional, "professional", foreign={"organisation_id": "organisation.id"})
patient = _table(Patient, "patient", sa.Index(None, "birth_date"), sa.Index(None, "bsn"))
status = _table(
    Status,
    "status",
    # Lists read what holds now from this index alone; "= 1" is how SQLAlchemy asks SQLite for true.
    sa.Index(
        "ix_status_now",
        *("patient_id", "kind", "value", "since", "professional_id", "current"),
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    ),
    foreign={**_PATIENT, "professional_id": "professional.id"},
)
naaste = _table(Naaste, "naaste", foreign={**_PATIENT, "is_patient_id": "patient.id"})
team_member = _table(
    TeamMember, "team_member", foreign={**_PATIENT, "professional_id": "professional.id"}
)
markering = _table(
    Markering, "markering", foreign={**_PATIENT, "professional_id": "professional.id"}
)
told = _table(Told, "told", foreign=_PATIENT)
pzp_version = _table(
    PzpVersion, "pzp_version", sa.UniqueConstraint("patient_id", "number"), foreign=_PATIENT
)
LISTED_QUESTIONS = ("4a", "4a.beperking")
"""What a list tells of a PZP: whether to resuscitate, and with which restriction."""
LISTED = JsonList(pzp_version.c.answers, *LISTED_QUESTIONS)
"""Those answers as a JSON list, null where a question was not answered."""
# A form fills a page of the file: a list reads these two answers from the index, and no form at all.
sa.Index(
    "ix_pzp_version_listed",
    *(pzp_version.c.patient_id, pzp_version.c.talk_on, pzp_version.c.number, LISTED),
)
RECEIVED = pzp_version.c.source == sa.literal_column(f"'{FROM_FORM}'")
"""Whether a version was read in from a form."""
sa.Index(
    "ix_pzp_version_received",
    *(pzp_version.c[name] for name in ("patient_id", "number", "source")),
    sqlite_where=RECEIVED,
    postgresql_where=RECEIVED,
)
pzp_confirmation = _table(
    PzpConfirmation, "pzp_confirmation", foreign={"version_id": "pzp_version.id"}
)
pzp_withdrawal = _table(PzpWithdrawal, "pzp_withdrawal", foreign={"version_id": "pzp_version.id"})
assessment = _table(Assessment, "assessment", foreign=_PATIENT)
screening = _table(Screening, "screening", foreign={**_PATIENT, "naaste_id": "naaste.id"})
follow_up = _table(
    FollowUp,
    "follow_up",
    foreign={**_PATIENT, "naaste_id": "naaste.id", "screening_id": "screening.id"},
)
review = _table(Review, "review", foreign=_PATIENT)
OPEN_REVIEW = sa.and_(review.c.done_on.is_(None), review.c.dropped == sa.literal_column("''"))
"""Whether a review still has to be held (see ``domain.review.is_open``)."""
sa.Index(
    "ix_review_open",
    *(review.c[n] for n in ("patient_id", "due", "kind", "subject", "done_on", "dropped")),
    sqlite_where=OPEN_REVIEW,
    postgresql_where=OPEN_REVIEW,
)
acute_plan = _table(AcutePlan, "acute_plan", foreign=_PATIENT)
meeting = _table(Meeting, "meeting", sa.Index(None, "on"))
agenda_item = _table(AgendaItem, "agenda_item", foreign={**_PATIENT, "meeting_id": "meeting.id"})
NOT_PASSED_OVER = JsonIsNotFalse(agenda_item.c.notes, "discussed")
"""Whether an item was not noted as left undiscussed."""
sa.Index(
    "ix_agenda_item_discussed",
    *(agenda_item.c.patient_id, agenda_item.c.meeting_id),
    sqlite_where=NOT_PASSED_OVER,
    postgresql_where=NOT_PASSED_OVER,
)
consent = _table(Consent, "consent", foreign=_PATIENT)
action = _table(Action, "action", foreign={**_PATIENT, "meeting_id": "meeting.id"})
advice = _table(
    Advice,
    "advice",
    foreign={
        **_PATIENT,
        "meeting_id": "meeting.id",
        "professional_id": "professional.id",
        "status_id": "status.id",
        "review_id": "review.id",
    },
)
handout = _table(Handout, "handout", foreign={**_PATIENT, "meeting_id": "meeting.id"})
euthanasia_request = _table(EuthanasiaRequest, "euthanasia_request", foreign=_PATIENT)
statement = _table(Statement, "statement", foreign=_PATIENT)
statement_withdrawal = _table(
    StatementWithdrawal, "statement_withdrawal", foreign={"statement_id": "statement.id"}
)
emergency_access = _table(
    EmergencyAccess, "emergency_access", foreign={**_PATIENT, "user_id": "user.id"}
)
destruction = _table(Destruction, "destruction")
former = _table(Former, "former", foreign=_PATIENT)

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

audit_event = sa.Table(
    "audit_event",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    *(
        column
        for column in columns_of(AuditRow, flatten=frozenset(), foreign={})
        if column.name != "sequence"
    ),
    sa.Index(None, "patient_id"),
)

# What is recorded once and never edited; triggers hold it, also against other programs.
APPEND_ONLY = (
    *("audit_event", "pzp_version", "pzp_confirmation", "pzp_withdrawal", "assessment"),
    *("screening", "markering", "told", "acute_plan", "consent", "handout"),
    *("euthanasia_request", "statement", "statement_withdrawal", "destruction", "former"),
)


def triggers() -> dict[str, str]:
    """Name and SQL (SQLite) of the triggers that keep append-only tables as they were written."""
    made = {
        f"tr_{table}_no_update": (
            f"CREATE TRIGGER tr_{table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        for table in APPEND_ONLY
    }
    made["tr_audit_event_no_delete"] = (
        "CREATE TRIGGER tr_audit_event_no_delete BEFORE DELETE ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END"
    )
    return made
