"""The witness of the log outside the database: work that was lost or put back does not go unseen."""

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import StoreError
from pzdesk.domain.patient import Patient
from pzdesk.security import keys
from pzdesk.security.slots import KeyFile, Slot
from pzdesk.store import audit, backups, copies, database, folder, restoring, verify
from pzdesk.store.folder import ANCHOR, DATABASE, KEYS, Store
from pzdesk.store.lock import WriterLock
from tests.factories import NOW, a_user
from tests.security.test_slots import FILE, NEW_FILE
from tests.store.samples import ROW

USER = a_user(id=1)
HEAD = "ab" * 32
HUGE = json.dumps({"sequence": 1 << 64, "head": HEAD})
SHORTER = (
    "Het logboek is korter of anders dan het laatst was: er is werk verloren gegaan "
    "of een oude kopie teruggezet."
)


def _save(store: Store, diagnosis: str = "hartfalen", now: datetime = NOW) -> None:
    with store.writing(USER, now) as unit:
        kept = unit.replace(replace(unit.get(Patient, ROW), diagnosis=diagnosis))
        unit.commit(AuditEvent.PATIENT_CHANGED, What.UPDATE, patient=kept.id)


def _patients(store: Store) -> list[Patient]:
    with store.reading(USER, NOW) as unit:
        return unit.find(Patient)


@pytest.fixture
def put_back(place: Path, key: bytes) -> Path:
    """A store in which an older copy of the database was put back, with its log gone."""
    old = (place / DATABASE).read_bytes()
    store = folder.open_with_key(place, key, NOW)
    _save(store, "verloren")
    store.close()
    (place / DATABASE).write_bytes(old)
    return place


def test_the_anchor_says_how_far_the_log_is(store: Store) -> None:
    before = store.anchor()
    assert before is not None
    _save(store)
    after = store.anchor()
    assert after is not None
    assert after[0] == before[0] + 1
    with store.reading(USER, NOW) as unit:
        assert store.anchor() == after, "nothing was committed yet"
        unit.commit(AuditEvent.FILE_READ, What.READ)
    assert store.anchor() == unit.head
    assert json.loads((store.folder / ANCHOR).read_text()) == dict(
        zip(("sequence", "head"), unit.head or (), strict=True)
    )


def test_an_older_copy_that_was_put_back_is_told(put_back: Path, key: bytes) -> None:
    store = folder.open_with_key(put_back, key, NOW)
    assert store.lost_events()
    assert verify.faults(store) == [SHORTER]
    store.close()


def test_working_on_does_not_hide_that_an_older_copy_was_put_back(
    put_back: Path, key: bytes
) -> None:
    witness = (put_back / ANCHOR).read_bytes()
    for days in range(3):
        later = NOW + timedelta(days=1 + days)
        store = folder.open_with_key(put_back, key, later)
        assert store.lost_events()
        _save(store, f"dag {days}", later)
        _save(store, f"dag {days} later", later)
        assert store.lost_events()
        assert any("oude kopie" in sentence for sentence in verify.faults(store))
        store.close()
    assert (put_back / ANCHOR).read_bytes() == witness


def test_a_log_that_was_written_anew_from_an_older_copy_is_told(
    place: Path, key: bytes, tmp_path: Path
) -> None:
    shutil.copytree(place, tmp_path / "kopie")
    here = folder.open_with_key(place, key, NOW)
    _save(here, "verloren")
    here.close()
    there = folder.open_with_key(tmp_path / "kopie", key, NOW)
    for number in range(3):
        _save(there, f"anders {number}", NOW + timedelta(days=1))
    there.close()
    shutil.copy(tmp_path / "kopie" / DATABASE, place / DATABASE)
    here = folder.open_with_key(place, key, NOW)
    assert here.lost_events(), "longer than it was, but not the same"
    here.close()


def test_work_lost_from_the_write_ahead_log_is_told(store: Store, key: bytes) -> None:
    _save(store)
    crashed = store.folder.with_name("gecrasht")
    crashed.mkdir()
    for name in (DATABASE, KEYS, ANCHOR):
        shutil.copy(store.folder / name, crashed / name)
    (crashed / f"{DATABASE}-wal").write_bytes(b"")
    opened = folder.open_with_key(crashed, key, NOW)
    assert opened.lost_events()
    opened.close()


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "[]", "null", '{"sequence": "x", "head": 1}', "\xff", HUGE, "[" * 5000),
        *(json.dumps({"sequence": number, "head": HEAD}) for number in (0, -1, 1.5, True, None)),
        *(
            json.dumps({"sequence": 7, "head": head})
            for head in (None, 7, f"s{HEAD[1:]}", HEAD[1:])
        ),
        f'{{"sequence": 1e400, "head": "{HEAD}"}}',
    ],
)
def test_an_anchor_that_cannot_be_read_is_no_anchor(store: Store, text: str) -> None:
    (store.folder / ANCHOR).write_bytes(text.encode("latin-1"))
    assert store.anchor() is None
    _save(store)
    assert store.anchor() is not None


def test_work_is_saved_where_the_anchor_cannot_be(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = store.anchor()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "_write_anchor", full)
        _save(store, "toch bewaard")
    assert [patient.diagnosis for patient in _patients(store)] == ["toch bewaard"]
    assert store.anchor() == before


def test_the_anchor_is_written_over_where_it_stands_so_that_no_cut_leaves_it_empty(
    store: Store,
) -> None:
    path = store.folder / ANCHOR
    path.write_text('{"sequence": 1, "head": "van een oudere pzdesk"}', encoding="utf-8")
    _save(store)
    first = path.stat()
    _save(store, "anders")
    assert (path.stat().st_ino, path.stat().st_size) == (first.st_ino, first.st_size)
    anchored = store.anchor()
    assert anchored is not None
    with store.reading(USER, NOW) as unit:
        assert audit.head_at(unit.connection, anchored[0]) == anchored[1]


@pytest.fixture
def kept(place: Path) -> Path:
    """The key file of a store; nobody knows what opens its slots."""
    keys.write(place / KEYS, NEW_FILE)
    return place / KEYS


def _rolled_back(place: Path, key: bytes, *names: str) -> None:
    """Work on in a store, close it, and put back these files as they were before."""
    before = {name: (place / name).read_bytes() for name in names}
    store = folder.open_with_key(place, key, NOW)
    _save(store, "verloren")
    store.close()
    for name, data in before.items():
        (place / name).write_bytes(data)


def test_the_key_file_says_how_far_the_log_is_once_who_wrote_closes(kept: Path, key: bytes) -> None:
    store = folder.open_with_key(kept.parent, key, NOW)
    before = kept.read_bytes()
    for number in range(3):
        _save(store, f"werk {number}")
    assert kept.read_bytes() == before, "it is not rewritten at each act"
    last = store.anchor()
    store.lock.release()  # as a window does before its last back-up
    store.close()
    anchor = keys.read(kept).anchor
    assert anchor is not None
    assert (anchor.sequence, anchor.head) == last
    assert anchor.at == "2026-11-24T13:05:00Z"
    assert replace(keys.read(kept), anchor=None) == NEW_FILE
    assert WriterLock(kept.with_name("writer.lock")).other() is None


def test_who_only_read_leaves_the_key_file_as_it_is(kept: Path, key: bytes) -> None:
    before = kept.read_bytes()
    store = folder.open_with_key(kept.parent, key, NOW)
    with store.reading(USER, NOW) as unit:
        unit.commit(AuditEvent.FILE_READ, What.READ)
    store.close()
    assert kept.read_bytes() == before


def test_a_key_file_of_format_1_gets_the_anchor_too(kept: Path, key: bytes) -> None:
    keys.write(kept, FILE)
    store = folder.open_with_key(kept.parent, key, NOW)
    assert store.anchors() == (store.anchor(),)
    _save(store)
    store.close()
    assert keys.read(kept).anchor is not None
    assert keys.read(kept).slots == FILE.slots


def test_an_older_database_with_its_anchor_is_told_by_the_key_file(kept: Path, key: bytes) -> None:
    _rolled_back(kept.parent, key, DATABASE, ANCHOR)
    witness = keys.read(kept).anchor
    for number in range(2):
        later = NOW + timedelta(days=1 + number)
        store = folder.open_with_key(kept.parent, key, later)
        assert store.lost_events()
        assert verify.faults(store) == [SHORTER]
        _save(store, f"verder gewerkt {number}", later)
        store.anchor_keys(USER.login, later)
        store.close()
        assert keys.read(kept).anchor == witness, "working on does not hide it"


def test_where_the_key_file_is_put_back_too_nothing_here_can_tell(kept: Path, key: bytes) -> None:
    _rolled_back(kept.parent, key, DATABASE, ANCHOR, KEYS)
    store = folder.open_with_key(kept.parent, key, NOW)
    assert not store.lost_events()
    store.close()


def test_where_the_log_lacks_what_was_anchored_beside_it_the_key_file_says_nothing_newer(
    kept: Path, key: bytes
) -> None:
    _rolled_back(kept.parent, key, DATABASE, KEYS)
    store = folder.open_with_key(kept.parent, key, NOW)
    assert store.lost_events()
    _save(store, "verder gewerkt", NOW + timedelta(days=1))
    store.close()
    assert keys.read(kept) == NEW_FILE


def test_a_store_in_which_nothing_may_be_saved_leaves_its_keys(kept: Path, key: bytes) -> None:
    store = folder.open_with_key(kept.parent, key, NOW)
    _save(store)
    store.no_writing = "De praktijk is beschadigd."
    store.close()
    assert keys.read(kept) == NEW_FILE


def test_the_anchor_in_the_key_file_leaves_the_writing_with_whom_it_was(
    kept: Path, key: bytes
) -> None:
    store = folder.open_with_key(kept.parent, key, NOW)
    store.anchor_keys(USER.login, NOW)
    assert keys.read(kept).anchor is not None
    assert not store.lock.is_held
    _save(store)
    store.anchor_keys(USER.login, NOW)
    assert store.lock.is_held
    store.close()


def test_while_the_key_file_is_anchored_nobody_else_saves(
    kept: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    read = keys.read

    def with_a_look(path: Path) -> KeyFile:
        other = database.connect(kept.with_name(DATABASE), key)
        other.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(Exception, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
        tried.append(path)
        return read(path)

    store = folder.open_with_key(kept.parent, key, NOW)
    _save(store)
    with monkeypatch.context() as patch:
        patch.setattr(keys, "read", with_a_look)
        store.close()
    assert tried == [kept]
    assert keys.read(kept).anchor is not None


def test_who_was_taken_over_while_it_slept_does_not_write_the_keys_at_its_end(
    kept: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.store.lock.ANSWER_SECONDS", 0.0)
    sleeps = folder.open_with_key(kept.parent, key, NOW)
    _save(sleeps)
    other = folder.open_with_key(kept.parent, key, NOW)
    other.lock.take_over(a_user(id=2, login="smit"), NOW)
    _save(other, "van de ander")
    slot: Slot = replace(NEW_FILE.slots[0], login="nieuw")
    keys.write(kept, keys.with_slot(keys.read(kept), slot))
    before = kept.read_bytes()
    sleeps.close()
    assert kept.read_bytes() == before
    other.close()
    assert keys.read(kept).slot("nieuw") == slot
    assert keys.read(kept).anchor is not None


@pytest.mark.parametrize("what", ["full", "busy", "damaged"])
def test_closing_ends_well_where_the_key_file_cannot_be_written(
    kept: Path, key: bytes, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("De schijf is vol.")

    monkeypatch.setattr(database, "BUSY_SECONDS", 0.0)
    store = folder.open_with_key(kept.parent, key, NOW)
    _save(store)
    other = database.connect(kept.with_name(DATABASE), key)
    if what == "full":
        monkeypatch.setattr(keys, "write", full)
    elif what == "busy":
        other.execute("BEGIN IMMEDIATE")
    else:
        kept.write_bytes(b"{}")
    before = kept.read_bytes()
    store.close()
    other.close()
    assert kept.read_bytes() == before
    assert not store.lock.is_held
    again = folder.open_with_key(kept.parent, key, NOW)
    assert not again.lost_events()
    again.close()


def test_a_store_that_something_took_the_place_of_writes_no_keys_at_its_end(
    kept: Path, key: bytes, tmp_path: Path
) -> None:
    store = folder.open_with_key(kept.parent, key, NOW)
    made = backups.make(store, NEW_FILE.store_id, tmp_path / "b", NOW, app="test")
    _save(store)
    store.lock.release()
    restoring.restore_over(made.path, key, kept.parent, "poh", NOW)
    before = kept.read_bytes()
    store.close()
    assert kept.read_bytes() == before


def test_what_is_put_back_says_of_the_log_what_is_in_it(
    kept: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a window closed between the copies, and where the slots of now stay."""
    place, copied = kept.parent, copies.verified_copy
    store = folder.open_with_key(place, key, NOW)

    def with_work_between(*args: Any) -> str:
        digest = copied(*args)
        _save(store, "van na de kopie")
        store.anchor_keys(USER.login, NOW)
        return digest

    monkeypatch.setattr(copies, "verified_copy", with_work_between)
    made = backups.make(store, NEW_FILE.store_id, tmp_path / "b", NOW, app="test")
    store.close()
    restoring.restore_new(made.path, key, tmp_path / "elders")
    restoring.restore_over(made.path, key, place, "poh", NOW, under=key)
    for there in (tmp_path / "elders", place):
        anchor = keys.read(there / KEYS).anchor
        assert anchor is not None
        assert (anchor.sequence, anchor.head) == (made.about.sequence, made.about.head)
        opened = folder.open_with_key(there, key, NOW)
        assert opened.anchors() == ((anchor.sequence, anchor.head),) * 2
        assert not opened.lost_events()
        assert verify.faults(opened) == []
        opened.close()


@pytest.mark.parametrize("names", [(DATABASE,), (DATABASE, KEYS), (DATABASE, ANCHOR)])
def test_a_backup_of_a_log_that_was_cut_hides_that_from_nobody_who_puts_it_back(
    kept: Path, key: bytes, tmp_path: Path, names: tuple[str, ...]
) -> None:
    place = kept.parent
    folder.open_with_key(place, key, NOW).close()
    store = folder.open_with_key(place, key, NOW)
    honest = backups.make(store, NEW_FILE.store_id, tmp_path / "b", NOW, app="test")
    store.close()
    _rolled_back(place, key, *names)
    store = folder.open_with_key(place, key, NOW)
    assert store.lost_events()
    made = backups.make(store, NEW_FILE.store_id, tmp_path / "b", NOW, app="test")
    store.close()
    restoring.restore_new(made.path, key, tmp_path / "elders")
    restoring.restore_over(made.path, key, place, "poh", NOW, under=key)
    for there in (tmp_path / "elders", place):
        opened = folder.open_with_key(there, key, NOW)
        assert opened.lost_events()
        assert SHORTER in verify.faults(opened)
        opened.close()
    restoring.restore_over(honest.path, key, place, "poh", NOW, under=key)
    opened = folder.open_with_key(place, key, NOW)
    assert not opened.lost_events(), "of a backup from before everybody knows what it lacks"
    assert verify.faults(opened) == []
    opened.close()


def test_who_slept_while_a_backup_was_put_back_leaves_the_anchor_of_what_is_there_now(
    kept: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, write = kept.parent, Store._write_anchor
    store = folder.open_with_key(place, key, NOW)
    made = backups.make(store, NEW_FILE.store_id, tmp_path / "b", NOW, app="test")

    def put_back_first(self: Store, path: Path, text: bytes) -> None:
        monkeypatch.setattr(Store, "_write_anchor", write)
        # Others see a sleeper as one that lets go: its lock is taken over.
        store.lock.release()
        restoring.restore_over(made.path, key, place, "poh", NOW)
        write(self, path, text)

    monkeypatch.setattr(Store, "_write_anchor", put_back_first)
    _save(store, "in de slaap")
    store.close()
    opened = folder.open_with_key(place, key, NOW)
    assert opened.anchor() == (made.about.sequence, made.about.head)
    assert not opened.lost_events()
    opened.close()
