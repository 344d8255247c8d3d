"""Emergency access: one file, twelve hours, a reason; marked in the log and shown to who answers for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pzdesk.domain.audit import IN_EMERGENCY, AuditEvent, AuditRow, What
from pzdesk.domain.errors import BadInput, NotAllowed, Refused
from pzdesk.domain.network import Professional
from pzdesk.domain.patient import Patient
from pzdesk.domain.status import StatusKind
from pzdesk.domain.user import Right, Role, User
from pzdesk.services.desk import Desk, desk_over
from pzdesk.store import audit
from tests import factories
from tests.conftest import Clock

As = Callable[..., Desk]


@pytest.fixture
def as_(desk: Desk) -> As:
    """A desk of somebody else in the same practice: ``as_(Role.ASSISTENTE)``."""
    session, number = desk.session, 0

    def work(*roles: Role, **about: object) -> Desk:
        nonlocal number
        number += 1
        login = f"{roles[0].value.replace('_', '')}{number}"
        user = User(login=login, name=login, roles=roles, created_at=session.now)
        user = replace(user, **about)  # type: ignore[arg-type]
        with session.store.writing(session.user, session.now) as unit:
            user = unit.add(user)
            unit.commit(AuditEvent.USER_ADDED, What.CREATE)
        return desk_over(replace(session, user=user))

    return work


@pytest.fixture
def patient(desk: Desk) -> Patient:
    """Somebody with a naaste who told something in confidence."""
    made = desk.patients.add(factories.a_patient())
    desk.network.keep_naaste(factories.a_naaste(made.id, confidence="vertrouwd"))
    return made


def last_line(desk: Desk) -> AuditRow:
    with desk.session.store.engine.connect() as connection:
        return audit.rows(connection, newest=1)[0]


def test_who_opens_no_files_reads_one_for_twelve_hours_and_nothing_restricted_of_it(
    patient: Patient, as_: As, desk: Desk, clock: Clock
) -> None:
    reception = as_(Role.ASSISTENTE)
    other = desk.patients.add(factories.a_patient(bsn=None))
    assert not reception.session.opens(Right.READ_FILE, patient.id)
    reception.emergencies.open(patient.id, "dochter belt, huisarts niet bereikbaar")
    assert reception.session.opens(Right.READ_FILE, patient.id)
    file = reception.patients.file(patient.id)
    assert file.naasten[0].confidence == ""
    assert last_line(desk).roles == f"assistente,{IN_EMERGENCY}"
    with pytest.raises(NotAllowed):
        reception.patients.file(other.id)
    clock.forward(hours=12)
    with pytest.raises(NotAllowed):
        reception.patients.file(patient.id)


def test_in_an_emergency_somebody_reads_and_prints_the_sheet_for_home_and_nothing_more(
    patient: Patient, as_: As
) -> None:
    reception = as_(Role.ASSISTENTE)
    reception.emergencies.open(patient.id, "nacht")
    assert reception.papers.home_sheet(patient.id).data
    assert reception.papers.handouts(patient.id)
    for refused in (
        lambda: reception.papers.sheet(patient.id),
        lambda: reception.papers.soep(patient.id),
        lambda: reception.patients.change(patient),
        lambda: reception.network.keep_naaste(factories.a_naaste(patient.id)),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_who_reads_files_sees_what_is_restricted_in_that_one_alone(
    patient: Patient, as_: As, desk: Desk
) -> None:
    stand_in = as_(Role.WAARNEMER)
    assert stand_in.patients.file(patient.id).naasten[0].confidence == ""
    assert last_line(desk).roles == "waarnemer"
    stand_in.emergencies.open(patient.id, "crisis met de familie")
    assert stand_in.patients.file(patient.id).naasten[0].confidence == "vertrouwd"
    assert last_line(desk).roles == f"waarnemer,{IN_EMERGENCY}"
    with pytest.raises(Refused):
        stand_in.emergencies.open(patient.id, "nog eens")


def test_it_ends_at_request_and_only_by_who_took_it(patient: Patient, as_: As) -> None:
    reception = as_(Role.ASSISTENTE)
    taken = reception.emergencies.open(patient.id, "nacht")
    with pytest.raises(Refused):
        as_(Role.ASSISTENTE).emergencies.end(taken)
    reception.emergencies.end(taken)
    assert not reception.session.opens(Right.READ_FILE, patient.id)
    with pytest.raises(Refused):
        reception.emergencies.end(taken)


def test_a_clock_that_is_set_back_revives_no_access_that_was_over(
    patient: Patient, as_: As, clock: Clock
) -> None:
    reception = as_(Role.ASSISTENTE)
    ended = reception.emergencies.open(patient.id, "nood")
    clock.forward(minutes=5, microseconds=123_456)
    reception.emergencies.end(ended)
    clock.forward(minutes=-3)
    with pytest.raises(NotAllowed):
        reception.patients.file(patient.id)
    again = reception.emergencies.open(patient.id, "weer nood")
    assert reception.patients.file(patient.id)
    clock.now = again.until
    with pytest.raises(NotAllowed):
        reception.patients.file(patient.id)
    clock.forward(hours=-6)
    with pytest.raises(NotAllowed):
        reception.patients.file(patient.id)


def test_without_a_reason_or_the_right_nothing_opens(patient: Patient, as_: As) -> None:
    with pytest.raises(BadInput):
        as_(Role.ASSISTENTE).emergencies.open(patient.id, "  ")
    for role in (Role.HUISARTS, Role.BEHEERDER):
        with pytest.raises(NotAllowed):
            as_(role).emergencies.open(patient.id, "nacht")


def test_every_huisarts_and_beheerder_is_shown_it_until_each_saw_it(
    patient: Patient, as_: As, desk: Desk
) -> None:
    reception, colleague = as_(Role.ASSISTENTE), as_(Role.HUISARTS)
    keeper, nurse = as_(Role.BEHEERDER), as_(Role.POH)
    taken = reception.emergencies.open(patient.id, "nacht")
    for who in (desk, colleague, keeper):
        assert [one.access.id for one in who.emergencies.to_see()] == [taken.id]
    for who in (reception, nurse):
        assert who.emergencies.to_see() == []
        with pytest.raises(Refused):
            who.emergencies.seen(taken)
    colleague.emergencies.seen(taken)
    assert colleague.emergencies.to_see() == []
    (told,) = keeper.emergencies.to_see()
    assert (told.by.id, told.patient.id) == (reception.session.user.id, patient.id)


@pytest.mark.parametrize("by", ["link", "name"])
def test_with_a_responsible_clinician_that_one_is_shown_it_and_no_other_huisarts(
    by: str, patient: Patient, as_: As, desk: Desk
) -> None:
    who: Professional = desk.network.keep_professional(factories.a_professional())
    desk.patients.record_status(
        patient.id, StatusKind.RESPONSIBLE, since=desk.session.today, professional_id=who.id
    )
    about = {"professional_id": who.id} if by == "link" else {"name": who.name}
    responsible, colleague = as_(Role.HUISARTS, **about), as_(Role.HUISARTS)
    as_(Role.ASSISTENTE).emergencies.open(patient.id, "nacht")
    assert responsible.emergencies.to_see()
    assert colleague.emergencies.to_see() == []


def test_an_access_that_is_over_is_still_shown(patient: Patient, as_: As, clock: Clock) -> None:
    as_(Role.ASSISTENTE).emergencies.open(patient.id, "nacht")
    clock.now += timedelta(days=3)
    assert as_(Role.BEHEERDER).emergencies.to_see()
