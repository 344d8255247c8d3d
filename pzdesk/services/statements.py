"""The patient's own statement: added to the file when asked, withdrawn by the patient, never edited."""

from datetime import date, timedelta

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused, Stale
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.statement import Statement, StatementWithdrawal
from pzdesk.domain.texts import one_line, required
from pzdesk.domain.user import Right
from pzdesk.services.session import Session
from pzdesk.store.references import is_built_on
from pzdesk.store.unit import Unit

JUST = timedelta(days=1)
"""How long what was recorded by mistake can be taken back."""
KIND, WITHDRAWAL = "verklaring", "intrekking van een verklaring"


class StatementService:
    """What a user does with statements of patients (BW 7:454 lid 2)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self, patient_id: PatientId, text: str, *, on: date, given_by: str = ""
    ) -> Statement:
        """Add a statement to the file, in the words of who gave it.

        ``given_by``: who gave it for the patient; empty when the patient did.

        Raises:
            BadInput: the day lies in the future, or there is no text.
            NotFound: there is no such patient.
        """
        self._check(on)
        session = self._session
        said = required(text, "Neem over wat de patiënt verklaart.", field="tekst")
        with session.writing(Right.WRITE_FILE) as unit:
            unit.get(Patient, patient_id)
            kept = unit.add(
                Statement(
                    patient_id=patient_id,
                    on=on,
                    given_by=one_line(given_by, field="door"),
                    text=said,
                    recorded_at=session.now,
                    recorded_by=session.user.id,
                )
            )
            unit.commit(
                *(AuditEvent.STATEMENT_ADDED, What.CREATE),
                patient=patient_id,
                kind=KIND,
                key=kept.id,
            )
        return kept

    def withdraw(self, statement_id: int, *, on: date) -> StatementWithdrawal:
        """Record that a statement was withdrawn; its words stay to be read.

        Raises:
            BadInput: the day lies in the future, or before the statement.
            NotFound: there is no such statement.
            Refused: it was withdrawn before.
        """
        self._check(on)
        session = self._session
        with session.writing(Right.WRITE_FILE) as unit:
            statement = unit.get(Statement, statement_id)
            if on < statement.on:
                raise BadInput("Dat is vóór de dag van de verklaring.", field="datum")
            if is_built_on(unit, statement):
                raise Refused("Deze verklaring is al ingetrokken.")
            kept = unit.add(
                StatementWithdrawal(
                    statement_id=statement.id,
                    on=on,
                    recorded_at=session.now,
                    recorded_by=session.user.id,
                )
            )
            unit.commit(
                *(AuditEvent.STATEMENT_WITHDRAWN, What.CREATE),
                patient=statement.patient_id,
                kind=WITHDRAWAL,
                key=kept.id,
            )
        return kept

    def take_back(self, row: Statement | StatementWithdrawal) -> None:
        """Take back what was just recorded by mistake, as if never there.

        Raises:
            NotFound, Stale: somebody else took it back meanwhile.
            Refused: it is not of today or yesterday, or the statement was withdrawn meanwhile.
        """
        session = self._session
        with session.writing(Right.WRITE_FILE) as unit:
            if unit.get(type(row), row.id) != row:  # a number that came free may be another's now
                raise Stale("Dit is intussen door iemand anders teruggenomen.")
            if session.now - row.recorded_at > JUST:
                raise Refused("Dit staat er langer dan een dag en blijft staan.")
            if isinstance(row, Statement) and is_built_on(unit, row):
                raise Refused("Deze verklaring is ingetrokken en blijft daarom staan.")
            patient = _patient_of(unit, row)
            unit.remove(row)
            unit.commit(
                *(AuditEvent.STATEMENT_TAKEN_BACK, What.DELETE),
                patient=patient,
                kind=KIND if isinstance(row, Statement) else WITHDRAWAL,
                key=row.id,
            )

    def _check(self, on: date) -> None:
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")


def _patient_of(unit: Unit, row: Statement | StatementWithdrawal) -> PatientId:
    if isinstance(row, StatementWithdrawal):
        row = unit.get(Statement, row.statement_id)
    return row.patient_id
