"""What was destroyed does not come back with a backup: over a store, elsewhere, from a copy that went on."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.backup import Backup
from pzdesk.domain.destruction import AskedBy, Destruction
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.security import keys, slots
from pzdesk.services import backups, rekey, tombstones
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import backups as store_backups
from pzdesk.store import copies, database, destroying, folder, restoring
from pzdesk.store import tombstones as stones
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.store import pages
from tests.store.conftest import KEY
from tests.store.test_released import RELEASED

NAME = factories.a_name(achternaam="Merkteken", voorvoegsels="", partner_achternaam="")


def backup(desk: Desk) -> Backup:
    store = desk.session.store
    return store_backups.make(store, "0" * 32, store.folder / BACKUPS, NOW, app="test")


def destroy(desk: Desk, patient: PatientId, *rows: str) -> None:
    desk.destructions.destroy(
        *(patient, rows), asked_by=AskedBy.PATIENT, reason="eigen wens", typed="Merkteken"
    )


def is_in_pages(place: Path, key: bytes) -> bool:
    return b"Merkteken" in pages.everything(place / DATABASE, key)


SECRET = "zeven zwanen zwemmen zuidwaarts"


@pytest.fixture(scope="module")
def key_file(key: bytes) -> bytes:
    """A key file with one slot."""
    made = keys.new_key_file(NOW)
    return slots.to_json(keys.with_passphrase_slot(made, key, "deboer", SECRET, slots.FLOOR, NOW))


@pytest.fixture
def desk(session: Session, key_file: bytes) -> Desk:
    """All services over a store with a key file."""
    (session.store.folder / KEYS).write_bytes(key_file)
    return desk_over(session)


@pytest.fixture
def patient(desk: Desk) -> Patient:
    desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Bosma")))
    return desk.patients.add(factories.a_patient(name=NAME))


@pytest.fixture
def opened() -> Iterator[list[Session]]:
    """Sessions that a test opened, to be closed."""
    made: list[Session] = []
    yield made
    for session in made:
        session.close()


def test_an_older_backup_does_not_bring_somebody_back_and_says_so_before(
    desk: Desk, patient: Patient, opened: list[Session]
) -> None:
    store = desk.session.store
    key, place = store.data_key(), store.folder
    made = backup(desk)
    destroy(desk, patient.id)
    then, now = desk.backups.compare(made.path)
    assert (then["patients"], then["destroyed"], then["destroyed_parts"]) == (2, 1, 0)
    assert "destroyed" not in now

    opened.append(backups.put_back(desk.session, made.path))
    again = desk_over(opened[0])
    assert [row.name.achternaam for row in again.patients.rows(everybody=True)] == ["Bosma"]
    assert not is_in_pages(place, key)
    assert len(again.destructions.destroyed()) == 1
    events = [row.event for row in again.practice.log()]
    assert events.count(AuditEvent.DESTROYED_AGAIN) == 1
    assert again.patients.add(factories.a_patient()).id > patient.id, (
        "the number is not given again"
    )


def test_what_is_destroyed_again_is_off_the_pages_before_anybody_opens_it(
    desk: Desk, patient: Patient, tmp_path: Path
) -> None:
    key, made = desk.session.store.data_key(), backup(desk)
    destroy(desk, patient.id)
    there = tmp_path / "uitgepakt"
    there.mkdir()
    store_backups.take_out(made.path, there)
    assert is_in_pages(there, key)
    found = tombstones.beside(key, {made.path.parent})
    tombstones.apply(there, key, "deboer", NOW, found)
    assert not is_in_pages(there, key)
    with closing(database.connect(there / DATABASE, key)) as connection:
        waits = "SELECT count(*) FROM setting WHERE key = ?"
        assert connection.execute(waits, (destroying.UNSWEPT,)).fetchone() == (0,)


def test_a_part_that_was_destroyed_does_not_come_back(
    desk: Desk, patient: Patient, opened: list[Session]
) -> None:
    naaste = desk.network.keep_naaste(factories.a_naaste(patient.id, name="In een deel"))
    made = backup(desk)
    destroy(desk, patient.id, f"naaste:{naaste.id}")
    then, _ = desk.backups.compare(made.path)
    assert (then["destroyed"], then["destroyed_parts"]) == (0, 1)
    place, key = desk.session.store.folder, desk.session.store.data_key()
    opened.append(backups.put_back(desk.session, made.path))
    assert desk_over(opened[0]).patients.file(patient.id).naasten == ()
    assert b"In een deel" not in pages.everything(place / DATABASE, key)


def test_a_backup_that_knows_of_it_is_put_back_as_it_was_made(
    desk: Desk, patient: Patient, opened: list[Session]
) -> None:
    destroy(desk, patient.id)
    made = backup(desk)
    then, _ = desk.backups.compare(made.path)
    assert then["destroyed"] == 0
    opened.append(backups.put_back(desk.session, made.path))
    events = [row.event for row in desk_over(opened[0]).practice.log()]
    assert AuditEvent.DESTROYED_AGAIN not in events


def test_on_another_computer_the_file_beside_the_backups_is_enough(
    desk: Desk, patient: Patient, tmp_path: Path, opened: list[Session]
) -> None:
    store, key = desk.session.store, desk.session.store.data_key()
    made = backup(desk)
    destroy(desk, patient.id)
    stick, there = tmp_path / "stick", tmp_path / "nieuwe-pc" / "praktijk"
    shutil.copytree(store.folder / BACKUPS, stick)
    (stone,) = stick.glob(f"*{stones.SUFFIX}")
    assert stone.stat().st_mode & 0o777 == 0o600
    assert b"eigen wens" not in stone.read_bytes()

    found = tombstones.beside(key, {stick})
    prepare = tombstones.again(found, key, "deboer", NOW)
    restoring.restore_new(stick / made.path.name, key, there, prepare=prepare)
    assert not is_in_pages(there, key)
    assert not (there / BACKUPS).exists()
    there_store = folder.open_with_key(there, key, NOW)
    opened.append(replace(desk.session, store=there_store))
    assert not there_store.lost_events()
    assert len(desk_over(opened[0]).patients.rows(everybody=True)) == 1
    assert tombstones.again(tombstones.beside(bytes(32), {stick}), key, "deboer", NOW) is None


def test_somebody_of_a_list_is_known_in_a_backup_from_before_anything_named_them(
    desk: Desk, opened: list[Session]
) -> None:
    desk.patient_lists.take_in(b"Achternaam;Geboortedatum\nMerkteken;23-09-1939\n")
    made = backup(desk)
    (row,) = desk.patients.rows()
    desk.patients.file(row.id)
    destroy(desk, row.id)
    place, key = desk.session.store.folder, desk.session.store.data_key()
    opened.append(backups.put_back(desk.session, made.path))
    assert not is_in_pages(place, key)


def test_a_number_that_is_somebody_else_in_a_copy_that_went_its_own_way_stays(
    desk: Desk, tmp_path: Path, opened: list[Session], clock: Clock
) -> None:
    store, key = desk.session.store, desk.session.store.data_key()
    before = backup(desk)
    mine = desk.patients.add(factories.a_patient(name=NAME))
    destroy(desk, mine.id)

    clock.forward(seconds=1)
    other = tmp_path / "elders"
    restoring.restore_new(before.path, key, other)
    opened.append(replace(desk.session, store=folder.open_with_key(other, key, NOW)))
    elsewhere = desk_over(opened[0])
    theirs = elsewhere.patients.add(factories.a_patient(name=factories.a_name(achternaam="Smit")))
    assert theirs.id == mine.id
    made = backup(elsewhere)
    shutil.copy(made.path, store.folder / BACKUPS / "van-elders.pzbackup")
    then, _ = desk.backups.compare(store.folder / BACKUPS / "van-elders.pzbackup")
    assert (then["patients"], then["destroyed"]) == (1, 0)


def test_a_second_folder_hears_of_it_when_it_is_there_again(
    desk: Desk, patient: Patient, tmp_path: Path
) -> None:
    stick, key = tmp_path / "stick", desk.session.store.data_key()
    stick.mkdir()
    desk.backups.use_second(stick)
    stick.rename(tmp_path / "weg")
    destroy(desk, patient.id)
    (tmp_path / "weg").rename(stick)
    assert not stones.read(stick, key).destroyed
    with desk.session.store.reading(desk.session.user, NOW) as unit:
        tombstones.keep(unit, key, [stick])
    (kept,) = stones.read(stick, key).destroyed
    assert kept.was_patient == patient.id


def test_a_damaged_file_of_tombstones_stops_no_restore(
    desk: Desk, patient: Patient, tmp_path: Path
) -> None:
    key = desk.session.store.data_key()
    backup(desk)
    destroy(desk, patient.id)
    (stone,) = (desk.session.store.folder / BACKUPS).glob(f"*{stones.SUFFIX}")
    stone.write_bytes(stone.read_bytes()[:-3])
    assert tombstones.beside(key, {stone.parent}) == stones.Tombstones()


def test_a_backup_from_before_the_key_was_renewed_does_not_either(
    desk: Desk, patient: Patient, opened: list[Session], tmp_path: Path
) -> None:
    made = backup(desk)
    before = desk.session.store.data_key()
    opened.append(rekey.renew_key(desk.session, SECRET, recovery_code=None, kdf=slots.FLOOR))
    now = desk_over(opened.pop())
    destroy(now, patient.id)
    assert now.backups.compare(made.path)[0]["destroyed"] == 1
    assert stones.read(made.path.parent, before).destroyed == tuple(now.destructions.destroyed())
    place, key = now.session.store.folder, now.session.store.data_key()
    opened.append(backups.put_back(now.session, made.path))
    assert key != before
    assert not is_in_pages(place, key)
    assert len(desk_over(opened[0]).destructions.destroyed()) == 1


def test_an_older_schema_is_brought_up_to_date_for_it_and_leaves_no_copy(tmp_path: Path) -> None:
    places = [tmp_path / "eerst", tmp_path / "dan"]
    for place in places:
        place.mkdir()
        shutil.copy(RELEASED[0], place / DATABASE)
        (place / KEYS).write_text("{}", encoding="utf-8")
    with closing(database.connect(places[1] / DATABASE, KEY)) as connection:
        end = copies.end_of_log(connection)
    known = folder.open_with_key(places[0], KEY, NOW)
    user = factories.a_user()
    with known.reading(user, NOW) as unit:
        old = unit.find(Patient)[0]
        gone = Destruction(
            was_patient=old.id,
            mark=destroying.mark_of(unit, old.id),
            whole=True,
            on=NOW.date(),
            recorded_at=NOW,
            recorded_by=1,
        )
    known.close()
    tombstones.apply(places[1], KEY, "poh", NOW, stones.Tombstones((gone,), frozenset({end})))
    assert not (places[1] / BACKUPS).exists()
    after = folder.open_with_key(places[1], KEY, NOW)
    with after.reading(user, NOW) as unit:
        assert old.id not in [person.id for person in unit.find(Patient)]
        assert [one.was_patient for one in unit.find(Destruction)] == [old.id]
    after.close()


def test_a_command_that_puts_a_backup_back_says_of_how_many_it_destroyed_again(
    desk: Desk, patient: Patient, tmp_path: Path, clock: Clock
) -> None:
    made = backup(desk)
    destroy(desk, patient.id)
    place, key = desk.session.store.folder, desk.session.store.data_key()
    desk.session.close()
    for there in (place, tmp_path / "elders"):
        done = backups.restore(made.path, there, "deboer", SECRET, clock=clock)
        assert done.destroyed == 1
        assert not is_in_pages(there, key)
    assert backups.restore(made.path, place, "deboer", SECRET, clock=clock).destroyed == 1
