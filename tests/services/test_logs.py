"""The log as it is looked through: filtered, a page at a time, on paper and as a table."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.audit_log import LogFilter, LogKind
from pzdesk.domain.audit_words import NOBODY
from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.errors import NotAllowed, NotFound
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.store import tables
from tests import factories
from tests.conftest import Clock
from tests.documents.reading import content


@pytest.fixture
def anna(desk: Desk, clock: Clock) -> Patient:
    """Somebody of whom something was recorded yesterday, and read today."""
    made = desk.patients.add(factories.a_patient())
    desk.patients.add(factories.a_patient(bsn=None, birth_date=made.birth_date.replace(year=1950)))
    desk.patients.change(replace(made, language="Fries"))
    clock.forward(days=1)
    desk.patients.file(made.id)
    desk.papers.sheet(made.id)
    return made


def events(desk: Desk, **asked: object) -> list[AuditEvent]:
    return [row.event for row in desk.logs.lines(LogFilter(**asked)).rows]  # type: ignore[arg-type]


def test_the_newest_come_first_and_the_rest_after_them(desk: Desk, anna: Patient) -> None:
    found = desk.logs.lines(LogFilter(), most=3)
    assert len(found.rows) == 3
    assert found.count > 3
    rest = desk.logs.lines(LogFilter(), before=found.rows[-1].sequence, most=1000)
    numbers = [row.sequence for row in (*found.rows, *rest.rows)]
    assert numbers == list(range(found.count, 0, -1))


def test_lines_are_found_by_patient_user_kind_and_day(
    desk: Desk, anna: Patient, clock: Clock
) -> None:
    today = clock.now.date()
    assert events(desk, patient=anna.id, kind=LogKind.CHANGED) == [
        AuditEvent.PATIENT_CHANGED,
        AuditEvent.PATIENT_ADDED,
    ]
    assert events(desk, kind=LogKind.PAPER) == [AuditEvent.PRINTED]
    assert events(desk, login="niemand") == []
    assert events(desk, login=desk.session.user.login, kind=LogKind.PAPER)
    since = events(desk, patient=anna.id, since=today)
    assert AuditEvent.FILE_READ in since
    assert AuditEvent.PATIENT_ADDED not in since
    until = events(desk, patient=anna.id, until=today - timedelta(days=1))
    assert AuditEvent.PATIENT_ADDED in until
    assert AuditEvent.FILE_READ not in until


def test_only_what_has_to_do_with_an_emergency_is_found(desk: Desk, anna: Patient) -> None:
    user = replace(desk.session.user, roles=(Role.WAARNEMER,))
    stand_in = desk_over(replace(desk.session, user=user))
    stand_in.patients.file(anna.id)
    stand_in.emergencies.open(anna.id, "crisis")
    stand_in.patients.file(anna.id)
    assert events(desk, emergencies=True) == [AuditEvent.FILE_READ, AuditEvent.EMERGENCY_OPENED]


def test_a_number_that_was_nobodys_is_told_and_one_that_was_destroyed_gives_the_fact(
    desk: Desk, anna: Patient
) -> None:
    for _ in range(2):
        with pytest.raises(NotFound, match="Patiënt 999 bestaat niet"):
            desk.logs.lines(LogFilter(patient=PatientId(999)))
    desk.destructions.destroy(
        anna.id, asked_by=AskedBy.PATIENT, reason="eigen wens", typed="14-03-1941"
    )
    assert events(desk, patient=anna.id)[0] is AuditEvent.DESTROYED


def test_that_somebody_looked_for_an_emergency_is_none(desk: Desk) -> None:
    desk.emergencies.to_see()
    assert AuditEvent.EMERGENCIES_READ in events(desk)
    assert events(desk, emergencies=True) == []


def test_a_line_names_who_and_whom_and_on_whose_behalf(desk: Desk, anna: Patient) -> None:
    user = replace(desk.session.user, acts_for_id=desk.session.user.id)
    desk_over(replace(desk.session, user=user)).patients.file(anna.id)
    found = desk.logs.lines(LogFilter(patient=anna.id))
    line = next(row for row in found.rows if row.on_behalf_of)
    assert line.on_behalf_of == user.login
    assert found.names.who(line.on_behalf_of) == user.name
    assert found.names.who("vertrokken") == "vertrokken"
    assert found.names.who(NOBODY) == "iemand"
    assert found.names.whom(anna.id).startswith("Mw. ")
    assert found.names.whom(anna.id + 40) == f"patiënt {anna.id + 40}"  # type: ignore[arg-type]


def test_a_refusal_stands_in_the_log_as_one(desk: Desk, anna: Patient) -> None:
    user = replace(desk.session.user, roles=(Role.COORDINATOR,))
    with pytest.raises(NotAllowed):
        desk_over(replace(desk.session, user=user)).patients.file(anna.id)
    (line,) = desk.logs.lines(LogFilter(kind=LogKind.REFUSED)).rows
    assert (line.event, line.outcome, line.patient_id) == (
        AuditEvent.REFUSED,
        "geweigerd",
        anna.id,
    )


def test_paper_and_table_hold_the_same_lines_in_words(desk: Desk, anna: Patient) -> None:
    asked = LogFilter(patient=anna.id)
    paper = content(desk.logs.preview(asked))
    assert "Regelsover" in paper
    assert "heefteenpapierafgedruktofopgeslagen:patiëntblad" in paper
    assert desk.logs.paper(asked).handout.id
    table = desk.logs.table(asked).decode("utf-8-sig").splitlines()
    assert table[0].startswith("wanneer;wie;gebruikersnaam;rol;namens;wat;uitkomst;patiënt")
    assert any("heeft een papier afgedrukt of opgeslagen: patiëntblad" in line for line in table)


def test_nothing_that_pzdesk_does_takes_a_line_away(desk: Desk, anna: Patient) -> None:
    """Kept for as long as the practice is there, so at least five years (NEN 7513; Wabvpz)."""
    with desk.session.store.engine.connect() as connection:
        for change in (
            tables.audit_event.delete().where(tables.audit_event.c.sequence == 1),
            tables.audit_event.update().values(login="x"),
        ):
            with pytest.raises(Exception, match="append-only"):
                connection.execute(change)
            connection.rollback()
