"""The whole file of one patient, and nothing of anybody else."""

from dataclasses import fields, replace
from typing import Any

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import NotFound
from pzdesk.domain.file import LastChange, PatientFile
from pzdesk.domain.mdo import AgendaItem, Meeting
from pzdesk.domain.network import Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.pzp import PzpConfirmation, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal
from pzdesk.domain.statement import StatementWithdrawal
from pzdesk.domain.user import UserId
from pzdesk.store import tables
from pzdesk.store.files import patient_file
from pzdesk.store.folder import Store
from pzdesk.store.unit import Unit
from tests.factories import NOW, TODAY, a_patient, a_professional, a_user
from tests.store.samples import ROW, a_row, kinds

OF_A_PATIENT = [kind for kind in kinds() if "patient_id" in tables.TABLES[kind].c]
PARTS = [
    field.name
    for field in fields(PatientFile)
    if field.name not in ("patient", "professionals", "organisations", "last_change", "changers")
]


def _all(file: PatientFile) -> dict[type, tuple[Any, ...]]:
    return {type(row): getattr(file, part) for part in PARTS for row in getattr(file, part)[:1]}


def test_everything_that_was_recorded_of_somebody_is_in_the_file(shared: Store) -> None:
    with shared.reading(a_user(), NOW) as unit:
        file = patient_file(unit, PatientId(ROW))
        found = _all(file)
        assert file.patient == unit.get(Patient, ROW)
        also = {Meeting, PzpConfirmation, PzpWithdrawal, StatementWithdrawal}
        assert set(found) == {*OF_A_PATIENT, *also}
        for kind in OF_A_PATIENT:
            assert list(found[kind]) == unit.find(kind, patient_id=ROW)
        assert file.professionals == {ROW: unit.get(Professional, ROW)}
        assert file.organisations == {ROW: unit.get(Organisation, ROW)}


def test_nothing_of_somebody_else_is_in_the_file(unit: Unit) -> None:
    other = unit.add(a_patient())
    file = patient_file(unit, other.id)
    assert file.patient == other
    assert _all(file) == {}
    assert (file.professionals, file.organisations) == ({}, {})
    mine = {
        kind: unit.add(a_row(kind, id=0, patient_id=other.id, **_number(kind)))
        for kind in OF_A_PATIENT
    }
    file, first = patient_file(unit, other.id), patient_file(unit, PatientId(ROW))
    for kind, row in mine.items():
        assert _all(file)[kind] == (row,)
        assert row not in _all(first)[kind]


def _number(kind: type) -> dict[str, int]:
    return {"number": 2} if kind is PzpVersion else {}


def test_rows_stand_in_the_order_in_which_they_were_recorded(unit: Unit) -> None:
    patient = unit.add(a_patient())
    versions = [
        unit.add(
            PzpVersion(
                patient_id=patient.id,
                number=number,
                talk_on=TODAY,
                recorded_at=NOW,
                recorded_by=1,
                answers={},
            )
        )
        for number in (3, 1, 2)
    ]
    assert patient_file(unit, patient.id).pzp_versions == tuple(versions)


def test_a_withdrawn_version_is_in_the_file_but_does_not_count(unit: Unit) -> None:
    file = patient_file(unit, PatientId(ROW))
    assert len(file.pzp_versions) == 1
    assert file.live_pzp == ()
    assert file.valid_pzp is None


def test_everybody_who_is_named_is_in_the_file_with_their_organisation(unit: Unit) -> None:
    patient = unit.add(a_patient())
    place = unit.add(Organisation(name="Thuiszorg"))
    nurse = unit.add(a_professional(organisation_id=place.id))
    alone = unit.add(a_professional(name="S. Mulder", organisation_id=None))
    for professional in (nurse, alone, nurse):
        unit.add(TeamMember(patient_id=patient.id, professional_id=professional.id, since=TODAY))
    file = patient_file(unit, patient.id)
    assert file.professionals == {nurse.id: nurse, alone.id: alone}
    assert file.organisations == {place.id: place}


def test_a_meeting_on_whose_agenda_somebody_stands_twice_is_there_once(unit: Unit) -> None:
    patient = unit.add(a_patient())
    for position in (1, 2):
        unit.add(AgendaItem(meeting_id=ROW, position=position, patient_id=patient.id))
    file = patient_file(unit, patient.id)
    assert len(file.items) == 2
    assert file.meetings == (unit.get(Meeting, ROW),)


def test_the_last_change_is_of_this_patient_and_reading_is_none(store: Store) -> None:
    with store.reading(a_user(), NOW) as unit:
        before = patient_file(unit, PatientId(ROW)).last_change
        unit.commit(AuditEvent.FILE_READ, What.READ, patient=PatientId(ROW), kind="dossier")
    somebody = a_user(id=UserId(77), login="wiersma", name="M. Wiersma")
    with store.writing(somebody, NOW) as unit:
        kept = unit.add(a_patient())
        unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE, patient=kept.id, kind="patient")
    with store.reading(a_user(), NOW) as unit:
        assert patient_file(unit, PatientId(ROW)).last_change == before
        # This user stands in no list of users: the log knows the login.
        assert patient_file(unit, kept.id).last_change == LastChange(NOW, "wiersma")


def test_a_patient_who_does_not_exist_is_told(unit: Unit) -> None:
    with pytest.raises(NotFound, match="4711"):
        patient_file(unit, PatientId(4711))


def test_a_file_costs_a_fixed_number_of_questions(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[type] = []
    find = Unit.find

    def counted(self: Unit, kind: type[Any], /, **equal: Any) -> list[Any]:
        asked.append(kind)
        return find(self, kind, **equal)

    monkeypatch.setattr(Unit, "find", counted)
    patient_file(unit, PatientId(ROW))
    once = len(asked)
    patient = unit.find(Patient, id=ROW)[0]
    for number in range(2, 12):
        unit.add(a_row(PzpVersion, id=0, number=number))
        unit.add(replace(a_row(TeamMember), id=0))
    asked.clear()
    assert patient_file(unit, patient.id).team
    assert len(asked) == once <= 28
