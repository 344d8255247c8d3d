"""A store as a folder: made whole or not at all, opened only when sound, private, and witnessed."""

import os
import secrets
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import (
    PzdeskError,
    Refused,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNewer,
)
from pzdesk.domain.patient import Patient
from pzdesk.store import database, folder, migrate, verify
from pzdesk.store.folder import ANCHOR, DATABASE, KEYS, LOCK, Store
from pzdesk.store.lock import WriterLock
from tests.factories import NOW, a_naaste, a_name, a_patient, a_user
from tests.store.samples import ROW

USER = a_user(id=1)
MARKERS = ("Zonderling", "Quispel-Vaandrager", "999990019", "geheim gesprek over zijn broer")


def _save(store: Store, diagnosis: str = "hartfalen", now: datetime = NOW) -> Patient:
    with store.writing(USER, now) as unit:
        patient = unit.get(Patient, ROW)
        kept = unit.replace(replace(patient, diagnosis=diagnosis))
        unit.commit(AuditEvent.PATIENT_CHANGED, What.UPDATE, patient=kept.id)
    return kept


def _patients(store: Store) -> list[Patient]:
    with store.reading(USER, NOW) as unit:
        return unit.find(Patient)


def _files(place: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


# --- encrypted and private ---


def _with_markers(store: Store) -> None:
    with store.writing(USER, NOW) as unit:
        name = a_name(achternaam=MARKERS[0], partner_achternaam=MARKERS[1])
        patient = unit.add(a_patient(name=name, bsn=MARKERS[2]))
        unit.add(a_naaste(patient.id, name=MARKERS[0], confidence=MARKERS[3]))
        unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE, patient=patient.id)


def _found(data: bytes) -> list[str]:
    return [
        marker
        for marker in MARKERS
        if any(marker.encode(coding) in data for coding in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def test_no_name_and_no_number_stands_in_any_file_of_the_store(store: Store, key: bytes) -> None:
    _with_markers(store)
    migrate.copy_before(store.folder / DATABASE, key, store.folder / "backups", NOW)
    while_open = _files(store.folder)
    store.close()
    assert {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS, ANCHOR} <= set(while_open)
    assert "backups/voor-bijwerken-20261124-140500/store.db" in while_open
    for name, data in (*while_open.items(), *_files(store.folder).items()):
        assert _found(data) == [], name
        assert key not in data
        assert key.hex().encode() not in data.lower()
        assert b"SQLite format 3" not in data


def test_the_search_for_names_would_find_them_in_a_plain_database(
    store: Store, tmp_path: Path
) -> None:
    _with_markers(store)
    plain = tmp_path / "plain.db"
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("CREATE TABLE x (name)")
        connection.executemany("INSERT INTO x VALUES (?)", [(marker,) for marker in MARKERS])
        connection.commit()
    assert _found(plain.read_bytes()) == list(MARKERS)
    assert MARKERS[0] in {patient.name.achternaam for patient in _patients(store)}


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files exist on POSIX only")
def test_every_file_is_its_owners_alone_whatever_the_umask(tmp_path: Path, key: bytes) -> None:
    before = os.umask(0)
    try:
        folder.create(tmp_path / "praktijk", key, b"{}", NOW)
        store = folder.open_with_key(tmp_path / "praktijk", key, NOW)
        with store.writing(USER, NOW) as unit:
            unit.commit(AuditEvent.STORE_CREATED, What.CREATE)
        migrate.copy_before(store.folder / DATABASE, key, store.folder / "backups", NOW)
        modes = {
            str(path.relative_to(tmp_path)): stat.S_IMODE(path.stat().st_mode)
            for path in tmp_path.rglob("*")
        }
        store.close()
    finally:
        os.umask(before)
    folders = {name for name in modes if (tmp_path / name).is_dir()}
    assert len(folders) == 3
    assert len(modes) >= 11
    for name, mode in modes.items():
        assert mode == (0o700 if name in folders else 0o600), name


def test_closing_leaves_one_database_file_and_no_open_handle(store: Store) -> None:
    _save(store)
    store.close()
    names = {path.name for path in store.folder.iterdir()}
    assert names == {DATABASE, KEYS, ANCHOR, "writer.lock"}
    if sys.platform == "linux":
        handles = {os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")}
        assert not any(str(store.folder) in handle for handle in handles)


# --- making ---


def test_a_new_store_opens_and_is_sound(tmp_path: Path, key: bytes) -> None:
    place = tmp_path / "Praktijk De Brink (nieuw)" / "gegevens"
    folder.create(place, key, b'{"keys": 1}', NOW)
    assert {path.name for path in place.iterdir()} == {DATABASE, KEYS, LOCK}
    assert (place / KEYS).read_bytes() == b'{"keys": 1}'
    store = folder.open_with_key(place, key, NOW)
    assert store.data_key() == key
    assert store.anchor() is None
    assert not store.lost_events()
    store.close()


def test_an_empty_folder_is_used_and_a_relative_path_too(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("praktijk").mkdir()
    folder.create(Path("praktijk"), key, b"{}", NOW)
    folder.open_with_key(Path("praktijk"), key, NOW).close()
    assert os.listdir(tmp_path) == ["praktijk"]


@pytest.mark.parametrize("name", [".", "../praktijk"])
def test_the_folder_one_works_in_is_refused_and_stays(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "praktijk").mkdir()
    monkeypatch.chdir(tmp_path / "praktijk")
    with pytest.raises(Refused, match="Kies een nieuwe map"):
        folder.create(Path(name), key, b"{}", NOW)
    assert os.listdir(tmp_path) == ["praktijk"]
    assert Path.cwd() == tmp_path / "praktijk"


def test_a_folder_with_something_in_it_is_refused_and_left_alone(place: Path, key: bytes) -> None:
    before = _files(place)
    with pytest.raises(Refused, match="staat al iets"):
        folder.create(place, secrets.token_bytes(32), b"{}", NOW)
    assert _files(place) == before
    (place.parent / "brief.txt").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match="staat al iets"):
        folder.create(place.parent / "brief.txt", key, b"{}", NOW)
    assert sorted(os.listdir(place.parent)) == ["brief.txt", place.name]


@pytest.mark.parametrize("problem", [RuntimeError, KeyboardInterrupt, StoreError, OSError])
def test_a_making_that_fails_half_way_leaves_nothing(
    tmp_path: Path,
    key: bytes,
    monkeypatch: pytest.MonkeyPatch,
    problem: type[BaseException],
) -> None:
    def broken(path: Path, *_: object, **__: object) -> None:
        assert path.exists()
        raise problem("x")

    (tmp_path / "leeg").mkdir()
    monkeypatch.setattr(migrate, "upgrade", broken)
    for place in (tmp_path / "nieuw", tmp_path / "leeg"):
        with pytest.raises(StoreError if problem is OSError else problem):
            folder.create(place, key, b"{}", NOW)
    assert os.listdir(tmp_path) == ["leeg"]
    assert os.listdir(tmp_path / "leeg") == []


def test_what_a_killed_attempt_left_is_cleared_and_what_another_is_making_stays(
    tmp_path: Path, key: bytes
) -> None:
    left, making = tmp_path / ".praktijk-0a1b2c3d", tmp_path / ".praktijk-ffffffff"
    for place in (left, making):
        place.mkdir()
        (place / LOCK).touch()
    busy = WriterLock(making / LOCK)
    busy.take("", NOW)
    other = tmp_path / ".praktijk-en-meer"
    other.mkdir()
    folder.create(tmp_path / "praktijk", key, b"{}", NOW)
    assert sorted(os.listdir(tmp_path)) == [other.name, making.name, "praktijk"]
    busy.release()


def test_a_disk_that_fills_up_at_any_moment_leaves_nothing_or_a_whole_store(
    tmp_path: Path, key: bytes, blank: Path
) -> None:
    pytest.importorskip("resource", reason="file size limits exist on POSIX only")
    code = """
        import resource, sys
        from datetime import datetime, UTC
        from pathlib import Path
        from pzdesk.domain.errors import StoreError
        from pzdesk.store import folder
        place, key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
        now = datetime(2026, 11, 24, tzinfo=UTC)
        for size in map(int, sys.argv[3:]):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            try:
                folder.create(place / str(size), key, b"{}" * 40, now)
            except StoreError as told:
                assert "schijf is vol" in str(told), str(told)
                print(size)
    """
    whole = (blank / DATABASE).stat().st_size
    sizes = [0, 50, 1000, 4096, 5000, 20_000, whole // 2, whole - 4096, whole * 3]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path), key.hex(), *map(str, sizes)],
        capture_output=True,
        text=True,
        check=True,
    )
    failed = [int(line) for line in done.stdout.split()]
    assert len(failed) >= 6
    assert done.stderr == ""
    made = [size for size in sizes if size not in failed]
    assert sorted(os.listdir(tmp_path)) == sorted(map(str, made))
    assert whole * 3 in made
    for size in made:
        folder.open_with_key(tmp_path / str(size), key, NOW).close()


# --- opening ---


def _renamed_key(place: Path, key: bytes) -> bytes:
    return secrets.token_bytes(32)


def _cut_at_a_page(place: Path, key: bytes) -> None:
    os.truncate(place / DATABASE, (place / DATABASE).stat().st_size - 2 * database.PAGE)


def _cut_in_a_page(place: Path, key: bytes) -> None:
    os.truncate(place / DATABASE, (place / DATABASE).stat().st_size - 100)


def _cut_to_one_page(place: Path, key: bytes) -> None:
    os.truncate(place / DATABASE, database.PAGE)


def _emptied(place: Path, key: bytes) -> None:
    os.truncate(place / DATABASE, 0)


def _plain(place: Path, key: bytes) -> None:
    (place / DATABASE).unlink()
    with closing(sqlite3.connect(place / DATABASE)) as connection:
        connection.execute("CREATE TABLE patient (id INTEGER)")


def _foreign(place: Path, key: bytes) -> None:
    (place / DATABASE).unlink()
    with closing(sqlcipher.connect(str(place / DATABASE))) as connection:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA application_id = 1234")
        connection.execute("CREATE TABLE patient (id INTEGER)")


def _without_database(place: Path, key: bytes) -> None:
    (place / DATABASE).unlink()


def _without_keys(place: Path, key: bytes) -> None:
    (place / KEYS).unlink()


def _without_both(place: Path, key: bytes) -> None:
    (place / KEYS).unlink()
    (place / DATABASE).unlink()


def _without_folder(place: Path, key: bytes) -> None:
    shutil.rmtree(place)


def _a_file(place: Path, key: bytes) -> None:
    shutil.rmtree(place)
    place.write_bytes(b"x")


def _newer(place: Path, key: bytes) -> None:
    with closing(database.connect(place / DATABASE, key)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9001'")


def _noise(place: Path, key: bytes) -> None:
    (place / DATABASE).write_bytes(secrets.token_bytes(database.PAGE * 3))


@pytest.mark.parametrize(
    ("damage", "error", "sentence"),
    [
        (_renamed_key, StoreDamaged, "hoort niet bij deze sleutels"),
        (_cut_at_a_page, StoreDamaged, "beschadigd"),
        (_cut_in_a_page, StoreDamaged, "afgekapt"),
        (_cut_to_one_page, StoreDamaged, "beschadigd"),
        (_emptied, StoreDamaged, "leeg"),
        (_plain, StoreDamaged, "niet versleuteld"),
        (_foreign, StoreDamaged, "niet door pzdesk gemaakt"),
        (_noise, StoreDamaged, "beschadigd"),
        (_without_database, StoreMissing, "ontbreekt store.db"),
        (_without_keys, StoreMissing, "ontbreekt keys.json"),
        (_without_both, StoreMissing, "geen praktijk op deze plaats"),
        (_without_folder, StoreMissing, "geen praktijk op deze plaats"),
        (_a_file, StoreMissing, "geen praktijk op deze plaats"),
        (_newer, StoreNewer, "nieuwere pzdesk"),
    ],
)
def test_what_is_not_a_sound_store_is_told_and_left_exactly_as_it_is(
    place: Path,
    key: bytes,
    damage: Callable[[Path, bytes], bytes | None],
    error: type[StoreError],
    sentence: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    used = damage(place, key) or key
    before, names = _files(place.parent), sorted(place.parent.rglob("*"))
    with pytest.raises(error, match=sentence):
        folder.open_with_key(place, used, NOW)
    assert _files(place.parent) == before
    assert sorted(place.parent.rglob("*")) == names
    assert capfd.readouterr() == ("", "")


def test_every_whole_number_of_pages_short_is_told(place: Path, key: bytes) -> None:
    whole = (place / DATABASE).read_bytes()
    pages = len(whole) // database.PAGE
    for left in {1, 2, 3, pages // 3, pages // 2, pages - 1}:
        (place / DATABASE).write_bytes(whole[: left * database.PAGE])
        with pytest.raises(StoreDamaged):
            folder.open_with_key(place, key, NOW)
        assert (place / DATABASE).read_bytes() == whole[: left * database.PAGE]


def test_pages_short_of_what_the_header_says_are_told_where_sqlite_keeps_silent(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PAGE", database.PAGE + 1)
    with pytest.raises(StoreDamaged, match="afgekapt"):
        store.look()


def test_a_store_that_another_program_keeps_to_itself_is_busy(
    place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with closing(sqlcipher.connect(str(place / DATABASE))) as other:
        other.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy):
            folder.open_with_key(place, key, NOW)
    folder.open_with_key(place, key, NOW).close()


def test_two_windows_read_the_same_store(store: Store, key: bytes) -> None:
    _save(store, "gezien door beide")
    other = folder.open_with_key(store.folder, key, NOW)
    assert [patient.diagnosis for patient in _patients(other)] == ["gezien door beide"]
    other.close()
    assert [patient.diagnosis for patient in _patients(store)] == ["gezien door beide"]


def test_nothing_is_saved_in_a_file_that_another_took_the_place_of_at_the_last_moment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, check = store.folder / DATABASE, store.lock.check

    def replaced(now: datetime) -> None:
        check(now)
        shutil.copy(path, path.with_suffix(".nieuw"))
        os.replace(path.with_suffix(".nieuw"), path)

    monkeypatch.setattr(store.lock, "check", replaced)
    with (
        pytest.raises(StoreDamaged, match="open haar opnieuw"),
        store.writing(a_user(), NOW),
    ):
        pytest.fail("may not come here")


def test_what_was_saved_survives_a_kill(place: Path, key: bytes) -> None:
    code = """
        import os, signal, sys
        from dataclasses import replace
        from pathlib import Path
        from pzdesk.domain.patient import Patient
        from pzdesk.domain.audit import AuditEvent, What
        from pzdesk.domain.user import Role, User
        from pzdesk.store import folder
        from datetime import datetime, UTC
        now = datetime(2026, 11, 24, tzinfo=UTC)
        user = User(login="poh", name="POH", roles=(Role.POH,), created_at=now)
        store = folder.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), now)
        with store.writing(user, now) as unit:
            patient = unit.find(Patient)[0]
            unit.replace(replace(patient, diagnosis="bewaard"))
            unit.commit(AuditEvent.PATIENT_CHANGED, What.UPDATE)
        with store.writing(user, now) as unit:
            patient = unit.find(Patient)[0]
            unit.replace(replace(patient, diagnosis="half"))
            os.kill(os.getpid(), signal.SIGKILL)
    """
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("killing without a word exists on POSIX only")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(place), key.hex()], capture_output=True
    )
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, b"")
    assert (place / f"{DATABASE}-wal").stat().st_size > 0
    store = folder.open_with_key(place, key, NOW)
    assert [patient.diagnosis for patient in _patients(store)] == ["bewaard"]
    assert not store.lost_events()
    assert verify.faults(store) == []
    _save(store)
    store.close()


def test_a_store_whose_files_are_gone_still_closes(store: Store) -> None:
    shutil.rmtree(store.folder)
    store.close()
    assert not store.folder.exists()


def test_every_sentence_of_the_opening_is_one_for_the_user(place: Path, key: bytes) -> None:
    _cut_in_a_page(place, key)
    with pytest.raises(PzdeskError) as told:
        folder.check_parts(place)
    assert str(told.value).endswith(".")


def test_what_a_full_disk_left_half_written_back_is_taken_from_the_log(
    place: Path, key: bytes, tmp_path: Path
) -> None:
    """The database then ends half a page; all that was saved is in the write-ahead log."""
    store = folder.open_with_key(place, key, NOW)
    _save(store, "gered " * 3000)
    here = Path(shutil.copytree(place, tmp_path / "vol"))
    store.close()
    with (here / DATABASE).open("ab") as file:
        file.write(b"\x00" * (database.PAGE // 2))
    opened = folder.open_with_key(here, key, NOW)
    assert (here / DATABASE).stat().st_size % database.PAGE == 0
    with opened.reading(USER, NOW) as unit:
        assert unit.get(Patient, ROW).diagnosis.startswith("gered gered")
    assert verify.faults(opened) == []
    opened.close()
