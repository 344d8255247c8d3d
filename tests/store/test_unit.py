"""One unit of work: all or nothing, with its one line in the log."""

import traceback
import typing
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, NotFound, Stale, StoreBusy, StoreError
from pzdesk.domain.former import Former
from pzdesk.domain.network import Naaste, Organisation
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.pzp import PzpVersion
from pzdesk.domain.user import Role, User
from pzdesk.store import audit, database, tables
from pzdesk.store.folder import Store
from pzdesk.store.unit import Unit
from tests.factories import NOW, a_naaste, a_name, a_patient, a_user
from tests.store.samples import ROW, a_row, kinds

USER = a_user(Role.HUISARTS, Role.BEHEERDER, id=1)
SECRET = "Zonderling-Quispel"
BSN = "999990019"


def _save(unit: Unit, **more: Any) -> None:
    unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE, kind="patient", **more)


def _kept(store: Store) -> tuple[list[Patient], int]:
    """The patients and the number of lines in the log, as a fresh unit finds them."""
    with store.reading(USER, NOW) as unit:
        return unit.find(Patient), len(audit.rows(unit.connection))


@pytest.mark.parametrize("way", ["writing", "reading"])
def test_what_is_not_committed_is_gone(store: Store, way: str) -> None:
    before = _kept(store)
    with getattr(store, way)(USER, NOW) as unit:
        unit.add(a_patient())
        assert len(unit.find(Patient)) == 2
    assert _kept(store) == before


@pytest.mark.parametrize("problem", [ValueError, KeyboardInterrupt, NotFound])
def test_an_exception_takes_back_data_and_log(store: Store, problem: type[BaseException]) -> None:
    def broken_off() -> None:
        with store.writing(USER, NOW) as unit:
            unit.add(a_patient())
            raise problem("x")

    before = _kept(store)
    with pytest.raises(problem):
        broken_off()
    assert _kept(store) == before


def test_what_came_after_the_commit_is_gone_when_it_is_broken_off(store: Store) -> None:
    def broken_off() -> None:
        with store.writing(USER, NOW) as unit:
            unit.add(a_patient(diagnosis="bewaard"))
            _save(unit)
            unit.add(a_patient(diagnosis="te laat"))
            raise ValueError("x")

    before, lines = _kept(store)
    with pytest.raises(ValueError, match="x"):
        broken_off()
    after, more = _kept(store)
    assert [patient.diagnosis for patient in after[len(before) :]] == ["bewaard"]
    assert more == lines + 1


def test_a_commit_that_fails_leaves_neither_data_nor_log(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no line")

    def saved() -> None:
        with store.writing(USER, NOW) as unit:
            unit.add(a_patient())
            _save(unit)

    before = _kept(store)
    with monkeypatch.context() as patch:
        patch.setattr(audit, "append", broken)
        with pytest.raises(RuntimeError, match="no line"):
            saved()
    assert _kept(store) == before
    saved()
    assert _kept(store) != before


def test_a_commit_writes_one_line_with_who_when_and_what(store: Store) -> None:
    _, lines = _kept(store)
    with store.writing(USER, NOW) as unit:
        patient = unit.add(a_patient())
        assert unit.head is None
        _save(unit, patient=patient.id, key=patient.id, count=1)
        head = unit.head
    with store.reading(USER, NOW) as unit:
        found = audit.rows(unit.connection)
    assert len(found) == lines + 1
    line = found[-1]
    assert head == (line.sequence, line.head)
    assert (line.sequence, line.at) == (lines + 1, "2026-11-24T13:05:00.000Z")
    assert (line.offset_minutes, line.outcome) == (60, "gelukt")
    assert (line.event, line.what) == (AuditEvent.PATIENT_ADDED, What.CREATE)
    assert (line.user_id, line.login, line.roles) == (1, "deboer", "huisarts,beheerder")
    assert (line.patient_id, line.object_id, line.count) == (patient.id, patient.id, 1)
    assert (line.object_kind, line.on_behalf_of) == ("patient", "")


def test_a_unit_that_reads_writes_its_line_and_nothing_else(store: Store) -> None:
    patients, lines = _kept(store)
    with store.reading(USER, NOW) as unit:
        unit.find(Patient)
        unit.commit(AuditEvent.PATIENTS_LISTED, What.READ, count=1)
    assert _kept(store) == (patients, lines + 1)


def test_what_a_reading_unit_changed_before_its_commit_is_not_kept(store: Store) -> None:
    patients, lines = _kept(store)
    with store.reading(USER, NOW) as unit:
        unit.add(a_patient())
        unit.commit(AuditEvent.PATIENTS_LISTED, What.READ)
    assert _kept(store) == (patients, lines + 1)


def test_reading_keeps_nobody_from_writing(store: Store) -> None:
    _, lines = _kept(store)
    with store.reading(USER, NOW) as reader:
        before = reader.find(Patient)
        with store.writing(USER, NOW) as writer:
            added = writer.add(a_patient())
            _save(writer)
        assert reader.find(Patient) == before, "a unit sees one moment"
        reader.commit(AuditEvent.PATIENTS_LISTED, What.READ)
        assert reader.find(Patient) == [*before, added]
    assert _kept(store)[1] == lines + 2


def test_a_unit_that_read_may_go_on_to_write(store: Store) -> None:
    patients, lines = _kept(store)
    with store.reading(USER, NOW) as unit:
        unit.find(Patient)
        unit.start_writing()
        added = unit.add(a_patient())
        _save(unit)
    assert _kept(store) == ([*patients, added], lines + 1)


@pytest.mark.parametrize("way", ["writing", "reading"])
def test_a_busy_database_is_told_and_nothing_is_half_done(
    store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    def saved() -> None:
        with getattr(store, way)(USER, NOW) as unit:
            unit.find(Patient)
            _save(unit)

    before = _kept(store)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    store.engine.dispose()
    other = database.connect(store.folder / "store.db", key)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreBusy, match="over een paar tellen"):
            saved()
    finally:
        other.close()
    assert _kept(store) == before


def test_an_edit_of_what_somebody_else_changed_is_refused(store: Store) -> None:
    with store.reading(USER, NOW) as unit:
        read = unit.get(Patient, ROW)
    with store.writing(USER, NOW) as unit:
        first = unit.replace(replace(read, diagnosis="hartfalen"))
        _save(unit)
    assert first.version == read.version + 1
    with store.writing(USER, NOW) as unit:
        with pytest.raises(Stale, match="intussen door iemand anders"):
            unit.replace(replace(read, diagnosis="COPD"))
        with pytest.raises(Stale):
            unit.remove(read)
    with store.reading(USER, NOW) as unit:
        assert unit.get(Patient, ROW) == first


def test_an_edit_of_the_newest_version_goes_on_from_there(unit: Unit) -> None:
    one = unit.replace(replace(unit.get(Patient, ROW), diagnosis="a"))
    two = unit.replace(replace(one, diagnosis="b"))
    assert (one.version + 1, two.diagnosis) == (two.version, "b")
    assert unit.get(Patient, ROW) == two


def test_what_is_gone_cannot_be_edited_or_removed(unit: Unit) -> None:
    added = unit.add(Organisation(name="Hospice De Linde"))
    unit.remove(added)
    assert unit.find(Organisation, id=added.id) == []
    with pytest.raises(Stale):
        unit.replace(added)
    with pytest.raises(Stale):
        unit.remove(added)


def test_with_a_row_goes_what_stood_in_it_before_for_its_number_may_come_again(unit: Unit) -> None:
    added = unit.add(a_naaste(PatientId(ROW)))
    changed = unit.replace(replace(added, relation="zus"))
    assert [one.row_id for one in unit.find(Former, table="naaste")].count(added.id) == 1
    unit.remove(changed)
    assert added.id not in [one.row_id for one in unit.find(Former, table="naaste")]


def test_a_number_that_does_not_exist_is_told(unit: Unit) -> None:
    with pytest.raises(NotFound, match="4711"):
        unit.get(Patient, 4711)


def test_finding_asks_for_equal_for_one_of_and_for_nothing(unit: Unit) -> None:
    one = unit.add(a_patient(bsn=None, birth_date=date(1930, 1, 1)))
    two = unit.add(a_patient(bsn=BSN, birth_date=date(1929, 1, 1)))
    three = unit.add(a_patient(bsn=None, birth_date=date(1931, 1, 1)))
    mine = (one.id, two.id, three.id)
    assert unit.find(Patient, bsn=BSN) == [two]
    assert unit.find(Patient, bsn=None, id=mine) == [one, three]
    assert unit.find(Patient, id=(one.id, two.id)) == [one, two]
    assert unit.find(Patient, id=()) == []
    assert unit.find(Patient, order="birth_date", id=mine) == [two, one, three]
    assert unit.find(Patient, order="-birth_date", id=mine) == [three, one, two]


def test_what_is_equal_in_the_order_stands_as_it_was_added(unit: Unit) -> None:
    added = [unit.add(a_patient(diagnosis="zelfde")) for _ in range(5)]
    assert unit.find(Patient, order="diagnosis", diagnosis="zelfde") == added
    assert unit.find(Patient, order="-diagnosis", diagnosis="zelfde") == added


@pytest.mark.parametrize("value", [{"a": [1, None, "é"]}, [], "tekst", 0, False])
def test_a_setting_is_kept_in_the_place_of_the_one_before(unit: Unit, value: object) -> None:
    assert unit.setting("nieuw") is None
    unit.keep_setting("nieuw", "oud")
    unit.keep_setting("nieuw", value)
    unit.keep_setting("ander", 1)
    assert unit.setting("nieuw") == value


def _twice(unit: Unit) -> None:
    unit.add(a_user(id=0, login=SECRET.lower()))
    unit.add(a_user(id=0, login=SECRET.lower(), name=BSN))


def _nowhere(unit: Unit) -> None:
    unit.add(a_naaste(PatientId(4711), name=SECRET, confidence=BSN))


def _of_another_type(unit: Unit) -> None:
    unit.add(a_patient(name=a_name(achternaam=SECRET), birth_date=SECRET, bsn=BSN))


def _without(unit: Unit) -> None:
    unit.add(a_patient(name=a_name(achternaam=SECRET), bsn=BSN, diagnosis=None))


def _no_table(unit: Unit) -> None:
    unit.connection.execute(
        sa.text("SELECT 1 FROM weg WHERE naam = :naam"), {"naam": SECRET, "bsn": BSN}
    )


@pytest.mark.parametrize("fail", [_twice, _nowhere, _of_another_type, _without, _no_table])
def test_names_and_numbers_never_stand_in_the_text_of_a_database_error(
    store: Store, fail: Callable[[Unit], None]
) -> None:
    before = _kept(store)
    with pytest.raises(sa.exc.StatementError) as raised, store.writing(USER, NOW) as unit:
        fail(unit)
    shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
    if raised.value.params:
        assert SECRET.lower() in repr(raised.value.params).lower(), "it knows, but does not tell"
    for marker in (SECRET, SECRET.lower(), BSN):
        assert marker not in shown
    assert _kept(store) == before


def test_a_mistake_of_ours_is_not_told_as_the_users_fault(store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError) as raised, store.writing(USER, NOW) as unit:
        unit.add(Naaste(patient_id=PatientId(4711), name="x"))
    assert not isinstance(raised.value, StoreError)


def test_two_units_one_after_the_other_make_one_chain(store: Store) -> None:
    for minute in range(5):
        with store.writing(USER, NOW + timedelta(minutes=minute)) as unit:
            unit.commit(AuditEvent.SETTINGS_CHANGED, What.UPDATE)
    with store.reading(USER, NOW.astimezone(UTC)) as unit:
        rows = audit.rows(unit.connection)
        assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
        assert audit.chain_break(unit.connection) is None
        assert audit.last(unit.connection) == (rows[-1].sequence, rows[-1].head)


def test_the_moment_of_a_line_is_utc_with_what_the_clock_on_the_wall_said(store: Store) -> None:
    with store.writing(USER, NOW.astimezone(UTC)) as unit:
        unit.commit(AuditEvent.SETTINGS_CHANGED, What.UPDATE)
    with store.reading(USER, NOW) as unit:
        last = audit.rows(unit.connection)[-1]
    assert (last.at, last.offset_minutes) == ("2026-11-24T13:05:00.000Z", 0)


def test_an_empty_log_starts_from_nothing(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER tr_audit_event_no_delete")
        connection.execute(tables.audit_event.delete())
        assert audit.last(connection) == (0, "0" * 64)


def test_a_user_keeps_the_number_that_was_given(unit: Unit) -> None:
    added = unit.add(a_user(id=400, login="nieuw"))
    assert added.id == 400
    assert unit.get(User, 400) == replace(added, created_at=NOW)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_no_text_of_any_value_is_kept_dirty_or_too_long(unit: Unit, kind: type) -> None:
    hints = typing.get_type_hints(kind)
    texts = [name for name, hint in hints.items() if hint is str or hint == str | None]
    row = a_row(kind, id=ROW + 1)
    if kind is PzpVersion:  # a patient has a version once
        row = replace(row, number=2)
    kept = unit.add(replace(row, **{name: f" {name}\x00\ud83d\r\n\u202e" for name in texts}))
    assert {name: getattr(kept, name) for name in texts} == {name: name for name in texts}
    assert unit.get(kind, ROW + 1) == kept
    for name in texts:
        with pytest.raises(BadInput, match=r"20\.000"):
            unit.add(replace(row, id=ROW + 2, **{name: "x" * 20_001}))


def test_a_changed_value_is_cleaned_too(unit: Unit) -> None:
    (patient,) = unit.find(Patient)
    kept = unit.replace(replace(patient, diagnosis="hart\x00falen\r\nsinds 2020"))
    assert kept.diagnosis == "hartfalen\nsinds 2020"
    assert unit.get(Patient, patient.id) == kept
    with pytest.raises(BadInput):
        unit.replace(replace(kept, diagnosis="x" * 20_001))
