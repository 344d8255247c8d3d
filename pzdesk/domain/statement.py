"""The patient's own statement about what stands in the file, and that the patient withdrew it.

BW 7:454 lid 2: "De hulpverlener voegt desgevraagd een door de patiënt afgegeven verklaring met betrekking tot
de in het dossier opgenomen stukken aan het dossier toe." The words are the patient's: nobody edits them, and
they change nothing of what the practice found or agreed: no list, agenda, proposal or moment of review looks
at them. They are a change of the file all the same ("aan het dossier toe"), so that the term after which it
may go (lid 3, ``domain.retention``) begins anew with them, as with everything that is put in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.person import day_and_month
from pzdesk.domain.texts import Line

SOURCE = "BW 7:454 lid 2, WGBO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a patient stated on a day; never edited. ``given_by``: who did it for the patient, else empty."""

    id: int = 0
    patient_id: PatientId = NEW
    on: date
    given_by: Line = ""
    text: str
    recorded_at: datetime
    recorded_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWithdrawal:
    """That a statement was withdrawn by the patient; its words stay to be read until they are destroyed."""

    id: int = 0
    statement_id: int
    on: date
    recorded_at: datetime
    recorded_by: int


def newest_first(statements: Sequence[Statement]) -> list[Statement]:
    """The last that was given on top."""
    return sorted(statements, key=lambda one: (one.on, one.id), reverse=True)


def withdrawn(
    statement: Statement, withdrawals: Sequence[StatementWithdrawal]
) -> StatementWithdrawal | None:
    """The row that says that a statement was withdrawn, or None while it stands."""
    return next((row for row in withdrawals if row.statement_id == statement.id), None)


def standing(
    statements: Sequence[Statement], withdrawals: Sequence[StatementWithdrawal]
) -> list[Statement]:
    """The statements that were not withdrawn, the last that was given on top."""
    return [one for one in newest_first(statements) if withdrawn(one, withdrawals) is None]


def heading(statement: Statement) -> str:
    """Whose statement it is: "Verklaring van de patiënt", or who gave it for the patient."""
    if not statement.given_by:
        return "Verklaring van de patiënt"
    return f"Verklaring namens de patiënt, door {statement.given_by}"


def summary(statements: Sequence[Statement], withdrawals: Sequence[StatementWithdrawal]) -> str:
    """On one line that there is a statement; empty when none was ever given."""
    stand = standing(statements, withdrawals)
    if len(stand) > 1:
        last = day_and_month(stand[0].on)
        return f"{len(stand)} verklaringen van de patiënt, de laatste van {last}"
    if stand:
        return f"{heading(stand[0])}, {day_and_month(stand[0].on)}"
    if not statements:
        return ""
    gone = max(row.on for row in withdrawals)
    return f"Verklaring van de patiënt, ingetrokken op {day_and_month(gone)}"
