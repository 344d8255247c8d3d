"""A request for euthanasia: steps that are added, and taken back when it was a mistake."""

from datetime import timedelta

import pytest

from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.euthanasia import EuthanasiaState, running
from pzdesk.domain.patient import Patient
from pzdesk.services.desk import Desk
from tests import factories

RUNNING, WITHDRAWN = EuthanasiaState.RUNNING, EuthanasiaState.WITHDRAWN


@pytest.fixture
def patient(desk: Desk) -> Patient:
    return desk.patients.add(factories.a_patient())


def test_a_request_runs_until_a_step_says_otherwise(desk: Desk, patient: Patient) -> None:
    today, record = desk.session.today, desk.euthanasia.record
    first = record(
        patient.id, RUNNING, on=today - timedelta(days=3), note="sprak met dochter erbij"
    )
    assert first.by == desk.session.user.name
    assert running(desk.patients.file(patient.id).euthanasia) == first
    record(patient.id, WITHDRAWN, on=today)
    assert running(desk.patients.file(patient.id).euthanasia) is None
    assert len(desk.patients.file(patient.id).euthanasia) == 2


def test_a_request_that_does_not_run_does_not_end(desk: Desk, patient: Patient) -> None:
    for state in (WITHDRAWN, EuthanasiaState.DECLINED, EuthanasiaState.CARRIED_OUT):
        with pytest.raises(Refused, match="loopt geen"):
            desk.euthanasia.record(patient.id, state, on=desk.session.today)


def test_of_who_died_no_new_request_is_recorded_and_a_running_one_ends(
    desk: Desk, patient: Patient
) -> None:
    today = desk.session.today
    desk.euthanasia.record(patient.id, RUNNING, on=today)
    desk.patients.deceased(patient.id, on=today, place="thuis")
    with pytest.raises(Refused, match="overleden"):
        desk.euthanasia.record(patient.id, RUNNING, on=today)
    assert desk.euthanasia.record(patient.id, EuthanasiaState.CARRIED_OUT, on=today)


def test_a_day_in_the_future_is_refused(desk: Desk, patient: Patient) -> None:
    with pytest.raises(BadInput, match="toekomst"):
        desk.euthanasia.record(patient.id, RUNNING, on=desk.session.today + timedelta(days=1))


def test_only_the_last_step_is_taken_back(desk: Desk, patient: Patient) -> None:
    today = desk.session.today
    first = desk.euthanasia.record(patient.id, RUNNING, on=today)
    second = desk.euthanasia.record(patient.id, WITHDRAWN, on=today)
    with pytest.raises(Refused):
        desk.euthanasia.withdraw(first)
    desk.euthanasia.withdraw(second)
    assert running(desk.patients.file(patient.id).euthanasia) == first
