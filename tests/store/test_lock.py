"""The lock of the one writer: held by one process, freed by its end, and it says who and since when."""

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import StoreBusy, StoreError
from pzdesk.store import lock as locking
from pzdesk.store.folder import LOCK, Store
from pzdesk.store.lock import WriterLock
from tests.factories import NOW, a_user

EARLIER = datetime(2026, 11, 24, 13, 40, tzinfo=timezone(timedelta(hours=1)))

HOLD = """
import sys
import time
from datetime import datetime
from pathlib import Path
from pzdesk.store.lock import WriterLock
lock = WriterLock(Path(sys.argv[1]))
lock.take("jansen", datetime.fromisoformat(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
lock.release()
print("released", flush=True)
"""


@contextmanager
def _another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of somebody else that holds the lock until it is told otherwise."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), EARLIER.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            yield holder
        finally:
            holder.kill()


def _is_free(path: Path) -> bool:
    other = WriterLock(path)
    try:
        other.take("ander", NOW)
    except StoreBusy:
        return False
    other.release()
    return True


def test_a_second_process_is_told_who_is_writing_since_when_and_where(store: Store) -> None:
    with _another_process(store.folder / LOCK):
        with pytest.raises(StoreBusy) as told, store.writing(a_user(), NOW):
            pass
        sentence = str(told.value)
        assert "jansen is sinds 24-11-2026 13.40 uur" in sentence
        assert "Lezen kan wel" in sentence
        with store.reading(a_user(), NOW) as unit:
            unit.commit(AuditEvent.PATIENTS_LISTED, What.READ)
        assert store.lock.holder()["login"] == "jansen"


def test_a_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / LOCK)
    with _another_process(tmp_path / LOCK) as holder:
        with pytest.raises(StoreBusy):
            lock.take("deboer", NOW)
        holder.kill()
        holder.wait()
        assert lock.holder()["login"] == "jansen", "what the dead one left behind"
        lock.take("deboer", NOW)
        assert not _is_free(tmp_path / LOCK)
        assert lock.holder()["login"] == "deboer"
    lock.release()


def test_a_holder_that_lets_go_frees_the_lock_and_leaves_no_name(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / LOCK)
    with _another_process(tmp_path / LOCK) as holder:
        assert holder.communicate("")[0] == "released\n"
        assert lock.holder() == {}
        lock.take("deboer", NOW)
    lock.release()
    assert (tmp_path / LOCK).read_bytes() == b""
    assert _is_free(tmp_path / LOCK)


def test_two_windows_of_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    one, two = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    one.take("deboer", NOW)
    with pytest.raises(StoreBusy, match="deboer"):
        two.take("deboer", NOW)
    one.release()
    two.take("deboer", NOW)
    two.release()


def test_a_writer_waits_a_moment_for_one_that_is_almost_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    one.take("jansen", NOW)
    monkeypatch.setattr(locking, "WAIT_SECONDS", 60.0)
    monkeypatch.setattr(time, "sleep", lambda _: one.release())
    two.take("deboer", NOW)
    assert two.holder()["login"] == "deboer"
    two.release()


def test_who_holds_it_may_take_it_again_and_release_twice(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / LOCK)
    lock.take("deboer", NOW)
    lock.take("deboer", NOW + timedelta(hours=1))
    assert lock.holder()["since"] == NOW.isoformat()
    lock.release()
    lock.release()
    assert _is_free(tmp_path / LOCK)


def test_the_file_says_who_since_when_and_on_which_computer(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / LOCK)
    lock.take("deboer", NOW)
    found = json.loads((tmp_path / LOCK).read_text(encoding="utf-8"))
    assert set(found) == {"login", "since", "computer", "process"}
    assert (found["login"], found["process"]) == ("deboer", os.getpid())
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / LOCK).stat().st_mode) == 0o600
    lock.release()


def test_a_longer_name_from_before_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("x" * 5000, encoding="utf-8")
    lock = WriterLock(tmp_path / LOCK)
    lock.take("deboer", NOW)
    assert lock.holder()["login"] == "deboer"
    lock.release()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"x"', '{"since": 7}', '{"since": "gisteren"}', "\ufffd"]
)
def test_a_sentence_is_given_whatever_the_file_says(tmp_path: Path, text: str) -> None:
    holder, other = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    holder.take("deboer", NOW)
    (tmp_path / LOCK).write_text(text, encoding="utf-8")
    with pytest.raises(StoreBusy, match="Iemand anders is in deze praktijk aan het schrijven"):
        other.take("jansen", NOW)
    holder.release()


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "weg" / LOCK)
    with pytest.raises(StoreError, match="niet te beschrijven"):
        lock.take("deboer", NOW)


def test_on_a_full_disk_the_lock_holds_without_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    one, two = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        one.take("deboer", NOW)
    with pytest.raises(StoreBusy, match="Iemand anders"):
        two.take("jansen", NOW)
    one.release()
    two.take("jansen", NOW)
    two.release()


def test_closing_a_store_frees_its_lock(store: Store, key: bytes) -> None:
    with store.writing(a_user(), NOW):
        pass
    assert not _is_free(store.folder / LOCK)
    store.close()
    assert _is_free(store.folder / LOCK)
