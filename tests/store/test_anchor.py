"""The witness of the log outside the database: work that was lost or put back does not go unseen."""

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.patient import Patient
from pzdesk.store import audit, folder, verify
from pzdesk.store.folder import ANCHOR, DATABASE, KEYS, Store
from tests.factories import NOW, a_user
from tests.store.samples import ROW

USER = a_user(id=1)


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
    assert verify.faults(store) == [
        "Het logboek is korter of anders dan het laatst was: er is werk verloren gegaan "
        "of een oude kopie teruggezet."
    ]
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


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"sequence": "x", "head": 1}', "\xff"])
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
        patch.setattr(folder, "_write_anchor", full)
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
