"""Dated rows in the file: one holds now, the same that the domain says, in any order of recording."""

import random
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.status import (
    VALUES,
    Care,
    Phase,
    Status,
    StatusKind,
    Urgency,
    is_active,
    newest,
)
from pzdesk.store import tables
from pzdesk.store.folder import Store
from pzdesk.store.statuses import add_status, in_care, retract
from pzdesk.store.unit import Unit
from tests.factories import NOW, TODAY, a_patient, a_user
from tests.store.samples import ROW

LISTED = [kind for kind in StatusKind if VALUES[kind] is not None]


def _row(patient: Patient, kind: StatusKind, value: str, **changes: object) -> Status:
    made = Status(
        patient_id=patient.id, kind=kind, value=value, since=TODAY, recorded_at=NOW, recorded_by=1
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _of(unit: Unit, patient: Patient) -> list[Status]:
    return unit.find(Status, patient_id=patient.id)


def _in_care(unit: Unit) -> set[PatientId]:
    query = sa.select(tables.patient.c.id).where(in_care())
    return set(unit.connection.scalars(query))


@st.composite
def _histories(draw: st.DrawFn) -> list[tuple[StatusKind, str, date, int, str]]:
    """What was recorded of somebody: kind, value, since, minute of recording, and taken back when."""
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from([StatusKind.PHASE, StatusKind.CARE, *LISTED]))
        allowed = VALUES[kind]
        assert allowed is not None
        often = [Phase.DECEASED] if kind is StatusKind.PHASE else []
        value = draw(st.sampled_from([*allowed, *often]))
        since = TODAY - timedelta(days=draw(st.integers(0, 3)))
        taken_back = draw(st.sampled_from(["never", "never", "at once", "later"]))
        rows.append((kind, str(value), since, draw(st.integers(0, 2)), taken_back))
    return rows


@settings(max_examples=40, deadline=None)
@given(histories=st.lists(_histories(), min_size=1, max_size=4), shuffled=st.randoms())
def test_who_is_in_care_and_what_holds_is_what_the_domain_says(
    shared: Store,
    histories: list[list[tuple[StatusKind, str, date, int, str]]],
    shuffled: random.Random,
) -> None:
    with shared.writing(a_user(), NOW) as unit:
        patients = [unit.add(a_patient()) for _ in histories]
        for patient, history in zip(patients, histories, strict=True):
            later = []
            for kind, value, since, minute, taken_back in history:
                moment = NOW + timedelta(minutes=minute)
                row = _row(patient, kind, value, since=since, recorded_at=moment)
                kept = add_status(unit, row)
                if taken_back == "at once":
                    retract(unit, kept, "vergissing")
                elif taken_back == "later":
                    later.append(kept)
            shuffled.shuffle(later)
            for row in later:
                retract(unit, row, "vergissing")
        active = _in_care(unit)
        for patient in patients:
            rows = _of(unit, patient)
            assert (patient.id in active) == is_active(rows)
            holding = {newest(rows, kind) for kind in StatusKind} - {None}
            assert {row for row in rows if row.current} == holding


def test_a_new_row_takes_the_place_of_the_one_before(unit: Unit) -> None:
    patient = unit.add(a_patient())
    first = add_status(unit, _row(patient, StatusKind.URGENCY, Urgency.CALM))
    second = add_status(unit, _row(patient, StatusKind.URGENCY, Urgency.NOW))
    assert first.current
    assert second.current
    assert [row.current for row in _of(unit, patient)] == [False, True]


def test_what_is_given_back_is_what_is_kept(unit: Unit) -> None:
    patient = unit.add(a_patient())
    add_status(unit, _row(patient, StatusKind.PHASE, Phase.TERMINAL))
    earlier = _row(patient, StatusKind.PHASE, Phase.SYMPTOM, since=TODAY - timedelta(days=9))
    kept = add_status(unit, replace(earlier, current=True))
    assert not kept.current
    assert kept == unit.get(Status, kept.id)


def test_a_row_of_an_earlier_day_changes_the_past_only(unit: Unit) -> None:
    patient = unit.add(a_patient())
    now = add_status(unit, _row(patient, StatusKind.PHASE, Phase.TERMINAL))
    yesterday = TODAY - timedelta(days=1)
    add_status(unit, _row(patient, StatusKind.PHASE, Phase.SYMPTOM, since=yesterday))
    assert [row.id for row in _of(unit, patient) if row.current] == [now.id]
    assert patient.id in _in_care(unit)
    died = add_status(unit, _row(patient, StatusKind.PHASE, Phase.DECEASED, since=yesterday))
    assert [row.id for row in _of(unit, patient) if row.current] == [died.id]
    assert patient.id not in _in_care(unit)


def test_a_retracted_row_stays_with_its_reason_and_the_one_before_holds_again(unit: Unit) -> None:
    patient = unit.add(a_patient())
    before = add_status(unit, _row(patient, StatusKind.PHASE, Phase.TERMINAL))
    wrong = add_status(unit, _row(patient, StatusKind.PHASE, Phase.DECEASED))
    assert patient.id not in _in_care(unit)
    retract(unit, wrong, "andere meneer De Groot")
    rows = _of(unit, patient)
    assert [(row.id, row.current, row.retracted) for row in rows] == [
        (before.id, True, ""),
        (wrong.id, False, "andere meneer De Groot"),
    ]
    assert patient.id in _in_care(unit)


def test_kinds_and_patients_do_not_touch_each_other(unit: Unit) -> None:
    one, two = unit.add(a_patient()), unit.add(a_patient())
    add_status(unit, _row(one, StatusKind.PHASE, Phase.TERMINAL))
    add_status(unit, _row(one, StatusKind.URGENCY, Urgency.NOW))
    add_status(unit, _row(two, StatusKind.PHASE, Phase.DECEASED))
    assert [row.current for row in (*_of(unit, one), *_of(unit, two))] == [True, True, True]
    assert {one.id, two.id} & _in_care(unit) == {one.id}


def test_a_carer_is_a_person_and_takes_the_place_of_the_one_before(unit: Unit) -> None:
    patient = unit.add(a_patient())
    kind = StatusKind.CENTRAL_CARER
    for _ in range(2):
        add_status(unit, _row(patient, kind, "", professional_id=ROW))
    assert [row.current for row in _of(unit, patient)] == [False, True]


def test_somebody_of_whom_nothing_was_recorded_is_in_care(unit: Unit) -> None:
    patient = unit.add(a_patient())
    assert patient.id in _in_care(unit)
    assert is_active([])


def test_who_left_and_came_back_is_in_care(unit: Unit) -> None:
    patient = unit.add(a_patient())
    for value, expected in ((Care.MOVED, False), (Care.IN_CARE, True), (Care.OWN_WISH, False)):
        add_status(unit, _row(patient, StatusKind.CARE, value))
        assert (patient.id in _in_care(unit)) == expected
