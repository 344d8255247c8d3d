"""Putting a backup back: exactly what was backed up, in a new place or over a store, never half."""

import json
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.backup import Backup
from pzdesk.domain.errors import Refused, StoreBusy, StoreDamaged, StoreMissing
from pzdesk.store import backups, copies, database, folder, restoring
from pzdesk.store.folder import ANCHOR, BACKUPS, DATABASE, KEYS, LOCK, Store
from pzdesk.store.lock import WriterLock
from tests import factories
from tests.factories import NOW
from tests.syncs import recorded, skipped_on_windows, synced

ID = "0" * 32


def digest(place: Path, key: bytes) -> str:
    with closing(database.connect(place / DATABASE, key)) as connection:
        return copies.digest(connection)


def add_somebody(store: Store) -> None:
    with store.writing(factories.a_user(), NOW) as unit:
        unit.add(factories.a_patient())
        unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE)


@pytest.fixture
def made(store: Store, tmp_path: Path) -> Backup:
    """A backup, after which somebody was added and the store was closed."""
    found = backups.make(store, ID, tmp_path / "b", NOW, app="test")
    add_somebody(store)
    store.close()
    return found


def test_a_new_place_holds_exactly_what_was_backed_up(
    made: Backup, place: Path, key: bytes, tmp_path: Path
) -> None:
    there = tmp_path / "nieuwe-pc" / "praktijk"
    restoring.restore_new(made.path, key, there)
    assert digest(there, key) == made.about.digest
    assert (there / KEYS).read_bytes() == (place / KEYS).read_bytes()
    opened = folder.open_with_key(there, key, NOW)
    assert not opened.lost_events()
    opened.close()


def test_nothing_is_restored_on_top_of_something_else(
    made: Backup, place: Path, key: bytes
) -> None:
    with pytest.raises(Refused):
        restoring.restore_new(made.path, key, place)


def test_over_a_store_the_backup_holds_and_what_was_there_lies_beside_it(
    made: Backup, place: Path, key: bytes
) -> None:
    was = digest(place, key)
    aside = restoring.restore_over(made.path, key, place, "poh", NOW)
    assert digest(place, key) == made.about.digest
    assert digest(aside, key) == was
    assert not (place / restoring.PREPARED).exists()
    opened = folder.open_with_key(place, key, NOW)
    assert not opened.lost_events()
    opened.close()


def test_a_damaged_store_can_be_replaced(made: Backup, place: Path, key: bytes) -> None:
    (place / DATABASE).write_bytes(b"")
    (place / KEYS).unlink()
    restoring.restore_over(made.path, key, place, "poh", NOW)
    assert digest(place, key) == made.about.digest


def test_a_write_ahead_log_of_the_old_store_never_meets_the_new_one(
    made: Backup, place: Path, key: bytes, tmp_path: Path
) -> None:
    crashed = folder.open_with_key(place, key, NOW)
    add_somebody(crashed)
    for name in (f"{DATABASE}-wal", DATABASE):
        shutil.copy(place / name, tmp_path / name)
    crashed.close()
    for name in (f"{DATABASE}-wal", DATABASE):
        shutil.copy(tmp_path / name, place / name)
    aside = restoring.restore_over(made.path, key, place, "poh", NOW)
    assert (aside / f"{DATABASE}-wal").exists()
    assert digest(place, key) == made.about.digest


def test_a_damaged_backup_leaves_the_store_as_it_was(made: Backup, place: Path, key: bytes) -> None:
    was = digest(place, key)
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    with pytest.raises(StoreDamaged):
        restoring.restore_over(made.path, key, place, "poh", NOW)
    assert digest(place, key) == was
    assert not (place / restoring.PREPARED).exists()


def test_a_backup_that_its_key_does_not_open_makes_no_store(made: Backup, tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged):
        restoring.restore_new(made.path, bytes(32), tmp_path / "nieuw")
    assert not list(tmp_path.glob("*nieuw*"))


def test_nobody_restores_while_somebody_writes(made: Backup, place: Path, key: bytes) -> None:
    other = WriterLock(place / LOCK)
    other.take("deboer", NOW)
    with pytest.raises(StoreBusy):
        restoring.restore_over(made.path, key, place, "poh", NOW)
    other.release()


def test_who_opens_just_between_two_files_begins_no_log_beside_the_new_one(
    made: Backup, place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = folder.open_with_key(place, key, NOW)
    add_somebody(reads)
    reads.lock.release()
    real, tried = os.replace, []

    def move(source: Path, target: Path) -> None:
        real(source, target)
        is_gone = restoring.is_half_done(place) and not (place / f"{DATABASE}-wal").exists()
        if is_gone and (place / restoring.PREPARED / DATABASE).exists():
            with pytest.raises(StoreMissing):
                database.connect(place / DATABASE, key)
            tried.append(Path(target).name)

    monkeypatch.setattr(os, "replace", move)
    restoring.restore_over(made.path, key, place, "poh", NOW)
    assert tried == [f"{DATABASE}-wal", f"{DATABASE}-shm"]
    assert digest(place, key) == made.about.digest
    reads.close()


@skipped_on_windows
def test_where_everything_stands_is_durable_before_the_plan_goes(
    made: Backup, place: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = recorded(monkeypatch)
    restoring.restore_new(made.path, key, tmp_path / "elders")
    assert synced(events, tmp_path, after=("moved", "elders"))
    events.clear()
    aside = restoring.restore_over(made.path, key, place, "poh", NOW)
    for there in (aside, aside.parent, place):
        assert synced(events, there, after=("moved", ANCHOR), before=("gone", restoring.PLAN))


@skipped_on_windows
def test_what_is_not_kept_is_durably_gone_before_the_plan_goes(
    made: Backup, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = place / restoring.PREPARED
    prepared.mkdir()
    for name in (DATABASE, KEYS, ANCHOR):
        shutil.copy(place / name, prepared / name)
    aside = restoring.decide(place, NOW, discard=True)
    events = recorded(monkeypatch)
    restoring.carry_out(place)
    assert not aside.exists()
    gone = ("gone", ANCHOR)
    assert synced(events, aside.parent, after=gone, before=("gone", restoring.PLAN))


def test_a_restore_that_was_killed_at_any_step_is_old_or_new_and_is_carried_on(
    made: Backup, place: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = digest(place, key)
    steps = 0
    while True:
        here = Path(shutil.copytree(place, tmp_path / f"poging-{steps}"))
        left = steps
        real = os.replace

        def move(source: Path, target: Path) -> None:
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            real(source, target)  # noqa: B023 - called within this round only

        monkeypatch.setattr(os, "replace", move)
        try:
            restoring.restore_over(made.path, key, here, "poh", NOW)
            done = True
        except KeyboardInterrupt:
            done = False
        monkeypatch.setattr(os, "replace", real)
        if not done and restoring.is_half_done(here):
            restoring.finish(here, "poh", NOW)
            assert digest(here, key) == made.about.digest
        else:
            assert digest(here, key) in {was, made.about.digest}
        if done:
            break
        steps += 1
    assert steps >= 4
    assert (place / BACKUPS).exists() is False


@pytest.fixture
def plan(made: Backup, place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan of a restore that was killed as soon as it was decided."""
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "carry_out", lambda _: None)
        restoring.restore_over(made.path, key, place, "poh", NOW)
    return place / restoring.PREPARED / restoring.PLAN


@pytest.mark.parametrize("aside", ["{there}", "../../buiten", ".", "", "voor-terugzetten-x"])
def test_a_plan_of_somebody_else_moves_and_removes_nothing_outside(
    plan: Path, place: Path, tmp_path: Path, aside: str
) -> None:
    there = tmp_path / "buiten"
    there.mkdir()
    (there / "brief.txt").write_text("van mij")
    before = sorted(path.name for path in place.rglob("*"))
    plan.write_text(json.dumps({"aside": aside.format(there=there), "discard": True}))
    with pytest.raises(StoreDamaged, match="zegt hoe het verder gaat"):
        restoring.finish(place, "poh", NOW)
    assert (there / "brief.txt").read_text() == "van mij"
    assert sorted(path.name for path in place.rglob("*")) == before


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"aside": 7}', "[" * 5000, "\xff"])
def test_a_damaged_plan_is_told_and_a_backup_can_still_be_put_back(
    plan: Path, made: Backup, place: Path, key: bytes, text: str
) -> None:
    plan.write_bytes(text.encode("latin-1"))
    with pytest.raises(StoreDamaged, match="zegt hoe het verder gaat"):
        restoring.finish(place, "poh", NOW)
    restoring.restore_over(made.path, key, place, "poh", NOW)
    assert digest(place, key) == made.about.digest
    prepared = [path.parent for path in (place / BACKUPS).rglob(restoring.PLAN)]
    assert [path.name for path in prepared] == [restoring.PREPARED], "its parts lie aside"
