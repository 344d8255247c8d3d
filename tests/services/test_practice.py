"""The practice: its rules, its log, and whether its store is sound."""

from dataclasses import replace

import pytest

from pzdesk.domain.audit import AuditEvent, first_break
from pzdesk.domain.errors import BadInput, Stale, StoreBusy, StoreError
from pzdesk.domain.practice import LockTimes
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.services.desk import Desk
from pzdesk.store import verify
from pzdesk.store.folder import ANCHOR, DATABASE, KEYS, Store
from tests import factories
from tests.factories import NOW


@pytest.fixture
def with_keys(desk: Desk) -> Desk:
    """The stores of tests open by raw key; here the user has a slot too."""
    made = keys.with_passphrase_slot(
        keys.new_key_file(NOW),
        desk.session.store.data_key(),
        *("deboer", "een lange wachtzin voor tests", FLOOR, NOW),
    )
    keys.write(desk.session.store.folder / KEYS, made)
    return desk


def test_changed_rules_are_read_back(desk: Desk) -> None:
    now = desk.practice.practice()
    changed = replace(
        now,
        kernteam="Kernteam Meppel-Zuid",
        hap_phone="0900-1122",
        intervals=replace(now.intervals, not_discussed_weeks=6),
        meeting=replace(now.meeting, minutes=90),
    )
    kept = desk.practice.change(changed)
    assert desk.practice.practice() == kept == replace(changed, version=now.version + 1)


def test_who_changes_the_practice_as_it_was_before_somebody_else_did_is_told(desk: Desk) -> None:
    now = desk.practice.practice()
    desk.practice.change(replace(now, city="Meppel"))
    with pytest.raises(Stale, match="Intussen gewijzigd door uzelf, in een ander venster"):
        desk.practice.change(replace(now, phone_day="0522-1"))
    assert desk.practice.practice().city == "Meppel"


@pytest.mark.parametrize(("minutes", "meeting"), [(0, 60), (61, 240), (5, 241), (30, 29)])
def test_a_window_locks_in_time_whatever_the_practice_chooses(
    desk: Desk, minutes: int, meeting: int
) -> None:
    now = desk.practice.practice()
    with pytest.raises(BadInput):
        desk.practice.change(replace(now, lock=LockTimes(minutes=minutes, meeting_minutes=meeting)))


def test_a_practice_has_a_name_and_no_negative_interval(desk: Desk) -> None:
    now = desk.practice.practice()
    with pytest.raises(BadInput, match="naam"):
        desk.practice.change(replace(now, name=" "))
    with pytest.raises(BadInput, match="negatief"):
        desk.practice.change(replace(now, intervals=replace(now.intervals, follow_up_days=-1)))
    with pytest.raises(BadInput, match="negatief"):
        desk.practice.change(replace(now, meeting=replace(now.meeting, opening_minutes=-1)))
    assert desk.practice.practice() == now


def test_the_log_tells_who_did_what_to_whom_in_a_chain(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    desk.patients.file(anna.id)
    rows = desk.practice.log()
    assert [row.event for row in rows] == [
        AuditEvent.STORE_CREATED,
        AuditEvent.PATIENT_ADDED,
        AuditEvent.FILE_READ,
    ]
    assert [row.patient_id for row in rows] == [None, anna.id, anna.id]
    assert {row.login for row in rows} == {"deboer"}
    assert first_break(rows) is None


def test_the_log_of_one_patient_holds_no_line_of_another(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    other = desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Bosma")))
    assert [row.patient_id for row in desk.practice.log(other.id)] == [other.id]
    assert {row.patient_id for row in desk.practice.log(anna.id)} == {anna.id}


def test_no_line_of_the_log_holds_what_was_recorded(desk: Desk) -> None:
    desk.patients.add(
        factories.a_patient(bsn="999990019", diagnosis="alvleesklierkanker", icpc="D76")
    )
    text = repr(desk.practice.log())
    for said in ("Vries", "Anna", "999990019", "alvleesklierkanker", "D76", "1941"):
        assert said not in text


def test_a_sound_store_has_no_faults(with_keys: Desk) -> None:
    assert with_keys.practice.verify() == []


def test_a_log_that_is_shorter_than_it_was_is_found(with_keys: Desk) -> None:
    with_keys.patients.rows()
    (with_keys.session.store.folder / ANCHOR).write_text(
        '{"sequence": 900, "head": "' + "0" * 64 + '"}', encoding="utf-8"
    )
    (fault,) = with_keys.practice.verify()
    assert "korter of anders" in fault


def test_a_missing_anchor_is_found(with_keys: Desk) -> None:
    (with_keys.session.store.folder / ANCHOR).unlink(missing_ok=True)
    (fault,) = with_keys.practice.verify()
    assert "ijkpunt" in fault


def test_a_log_line_that_was_changed_is_found(with_keys: Desk) -> None:
    with_keys.patients.rows()
    with with_keys.session.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER tr_audit_event_no_update")
        connection.exec_driver_sql("UPDATE audit_event SET login = 'iemand' WHERE sequence = 1")
    faults = with_keys.practice.verify()
    assert any("vanaf regel 1" in fault for fault in faults)
    assert any("beveiliging" in fault for fault in faults)


def test_while_the_file_is_looked_at_nothing_is_saved_and_afterwards_all_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def looked(store: Store) -> list[str]:
        with pytest.raises(StoreBusy) as busy:
            desk.patients.add(factories.a_patient())
        told.append(str(busy.value))
        assert desk.patients.rows() == [], "reading goes on"
        return []

    monkeypatch.setattr(verify, "damage", looked)
    assert desk.practice.look_for_damage() == []
    assert "nog nagekeken" in told[0]
    desk.patients.add(factories.a_patient())
    assert len(desk.patients.rows()) == 1


def test_in_a_damaged_file_nothing_is_saved_over_what_is_good(desk: Desk) -> None:
    store = desk.session.store
    store.close()
    path = store.folder / DATABASE
    data = bytearray(path.read_bytes())
    data[len(data) - 2000] ^= 1
    path.write_bytes(data)
    assert desk.practice.look_for_damage()
    with pytest.raises(StoreBusy, match="back-up terug"):
        desk.patients.add(factories.a_patient())


def test_a_look_that_could_not_be_finished_lets_nothing_be_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(store: Store) -> list[str]:
        raise StoreError("De schijf is weg.")

    monkeypatch.setattr(verify, "damage", broken)
    with pytest.raises(StoreError):
        desk.practice.look_for_damage()
    with pytest.raises(StoreBusy, match="niet worden afgemaakt"):
        desk.patients.add(factories.a_patient())
