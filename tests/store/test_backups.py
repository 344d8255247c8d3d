"""Backups: proved before they count, and whatever happened to one is found."""

import random
import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.backup import Backup
from pzdesk.domain.errors import StoreDamaged, StoreError, UnreadableFile
from pzdesk.store import backups, copies, database
from pzdesk.store.folder import DATABASE, Store
from tests import factories
from tests.factories import NOW

ID = "0" * 32


@pytest.fixture
def made(store: Store, tmp_path: Path) -> Backup:
    return backups.make(store, ID, tmp_path / "b", NOW, app="test")


def test_a_backup_holds_every_row_and_says_so(made: Backup, store: Store, key: bytes) -> None:
    found = backups.check(made.path, key)
    assert found == made
    connection = database.connect(store.folder / DATABASE, key)
    assert copies.digest(connection) == found.about.digest
    connection.close()


def test_its_name_tells_the_moment_and_nothing_of_the_practice(made: Backup) -> None:
    assert made.path.name == f"back-up-{NOW:%Y%m%d-%H%M%S}.pzbackup"
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_two_of_one_second_both_stay(store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        backups.make(store, ID, tmp_path / "b", NOW, app="test")
    assert len(backups.listed(tmp_path / "b")) == 2


@pytest.mark.parametrize("at", range(copies.STEPS + 1))
def test_one_that_is_broken_off_leaves_what_was_there(
    at: int, store: Store, made: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Enough(Exception):
        pass

    def step(done: int, total: int) -> None:
        assert total == copies.STEPS
        if done == at:
            raise Enough

    monkeypatch.setattr(copies, "_LOOKED_EVERY", 1)  # before the first step: inside a statement
    with pytest.raises(Enough):
        backups.make(store, ID, made.path.parent, NOW, app="test", step=step)
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]


def _bytes_of(path: Path) -> bytearray:
    return bytearray(path.read_bytes())


def test_every_flipped_bit_is_found(made: Backup, key: bytes) -> None:
    whole = _bytes_of(made.path)
    chance = random.Random(7)  # noqa: S311 - the same bits each time
    missed = []
    for place in sorted(chance.sample(range(len(whole)), 60)):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        made.path.write_bytes(changed)
        try:
            found = backups.check(made.path, key)
        except (StoreError, UnreadableFile):
            continue
        if found != made:
            missed.append(place)
    made.path.write_bytes(whole)
    assert not missed
    assert backups.check(made.path, key) == made


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda data: data[: len(data) // 2], "beschadigd"),
        (lambda data: data[:-1], "beschadigd"),
        (lambda data: b"", "geen back-up"),
        (lambda data: b"%PDF-1.7 nothing", "geen back-up"),
        (lambda data: b"PK\x03\x04" + bytes(100), "beschadigd"),
    ],
)
def test_a_cut_empty_or_foreign_file_is_told(
    made: Backup, harm: Callable[[bytes], bytes], told: str
) -> None:
    made.path.write_bytes(harm(made.path.read_bytes()))
    with pytest.raises((StoreError, UnreadableFile), match=told):
        backups.look(made.path)


def test_a_zip_with_other_members_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "x.pzbackup"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../store.db", "x")
    with pytest.raises(UnreadableFile, match="geen back-up"):
        backups.look(path)


def test_what_it_says_cannot_be_changed_without_the_key(
    made: Backup, key: bytes, tmp_path: Path
) -> None:
    other = tmp_path / "changed.pzbackup"
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == backups.ABOUT:
                data = data.replace(b'"sequence": ', b'"sequence": 1')
            new.writestr(name, data)
    backups.look(other)
    with pytest.raises(StoreDamaged):
        backups.check(other, key)


def test_the_key_of_another_practice_opens_nothing(made: Backup) -> None:
    with pytest.raises(StoreDamaged):
        backups.check(made.path, bytes(32))


def test_a_damaged_store_makes_no_backup_and_leaves_the_good_one(
    made: Backup, store: Store, tmp_path: Path
) -> None:
    store.close()
    path = store.folder / DATABASE
    data = _bytes_of(path)
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    with pytest.raises(StoreDamaged):
        backups.make(store, ID, tmp_path / "b", NOW + timedelta(hours=1), app="test")
    assert [found.path for found in backups.listed(tmp_path / "b")] == [made.path]


def test_what_a_killed_attempt_left_is_cleared_and_never_listed(
    store: Store, tmp_path: Path
) -> None:
    left = tmp_path / "b" / ".bezig-12345678"
    left.mkdir(parents=True)
    (left / DATABASE).write_bytes(b"half")
    assert backups.listed(tmp_path / "b") == []
    backups.make(store, ID, tmp_path / "b", NOW, app="test")
    assert not left.exists()


def test_thinning_leaves_the_backups_of_another_practice_alone(
    made: Backup, store: Store, tmp_path: Path
) -> None:
    folder = made.path.parent
    for days in range(30):
        shutil.copy(made.path, folder / f"z{days}.pzbackup")
    foreign = backups.make(store, "f" * 32, folder, NOW, app="test")
    gone = backups.thin(folder, ID, NOW + timedelta(days=400))
    assert not gone, "all of one moment: they are one and the same"
    assert foreign.path.exists()


def test_a_saved_row_comes_into_the_next_backup(store: Store, tmp_path: Path) -> None:
    first = backups.make(store, ID, tmp_path / "b", NOW, app="test")
    with store.writing(factories.a_user(), NOW) as unit:
        unit.add(factories.a_patient())
        unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE)
    second = backups.make(store, ID, tmp_path / "b", NOW, app="test")
    assert second.about.digest != first.about.digest
    assert second.about.sequence == first.about.sequence + 1


def test_a_full_disk_is_told_and_the_older_one_stays(
    made: Backup, store: Store, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        with pytest.raises(StoreError, match="vol"):
            backups.make(store, ID, tmp_path / "b", NOW, app="test")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [found.path for found in backups.listed(tmp_path / "b")] == [made.path]
    assert [path.name for path in (tmp_path / "b").iterdir()] == [made.path.name]
