"""The lock of the one writer: held by one process, freed by its end, and it says who and since when."""

import json
import os
import signal
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
from pzdesk.domain.errors import Cancelled, StoreBusy, StoreError, TakenOver
from pzdesk.store import lock as locking
from pzdesk.store.folder import LOCK, Store
from pzdesk.store.lock import ASK, WriterLock
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
sys.stdin.readline()
try:
    lock.check(datetime.fromisoformat(sys.argv[2]))
except Exception as problem:
    print(type(problem).__name__, problem, flush=True)
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


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is waited for."""
    monkeypatch.setattr(locking, "WAIT_SECONDS", 0.0)
    monkeypatch.setattr(locking, "ANSWER_SECONDS", 0.0)


def _is_free(path: Path) -> bool:
    other = WriterLock(path)
    try:
        other.take("ander", NOW)
    except StoreBusy:
        return False
    other.release()
    return True


def test_a_second_process_is_told_who_is_writing_since_when_and_where(
    store: Store, at_once: None
) -> None:
    with _another_process(store.folder / LOCK):
        with pytest.raises(StoreBusy) as told, store.writing(a_user(), NOW):
            pass
        sentence = str(told.value)
        assert sentence.startswith("Jansen schrijft sinds 13.40 uur op ")
        assert "Lezen kan wel" in sentence
        with store.reading(a_user(), NOW) as unit:
            unit.commit(AuditEvent.PATIENTS_LISTED, What.READ)
        assert store.lock.holder()["login"] == "jansen"


def test_a_killed_holder_frees_the_lock(tmp_path: Path, at_once: None) -> None:
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


def test_two_windows_of_one_process_exclude_each_other_too(tmp_path: Path, at_once: None) -> None:
    one, two = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    one.take("deboer", NOW)
    with pytest.raises(StoreBusy, match="Deboer"):
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
    assert set(found) == {*("login", "name", "since", "computer", "process", "stays", "token")}
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
def test_a_sentence_is_given_whatever_the_file_says(
    tmp_path: Path, text: str, at_once: None
) -> None:
    holder, other = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    holder.take("deboer", NOW)
    (tmp_path / LOCK).write_text(text, encoding="utf-8")
    with pytest.raises(StoreBusy, match="Iemand anders schrijft"):
        other.take("jansen", NOW)
    holder.release()


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "weg" / LOCK)
    with pytest.raises(StoreError, match="niet te beschrijven"):
        lock.take("deboer", NOW)


def test_on_a_full_disk_the_lock_holds_without_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: None
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


def test_closing_a_store_frees_its_lock(store: Store, at_once: None) -> None:
    with store.writing(a_user(), NOW):
        pass
    assert not _is_free(store.folder / LOCK)
    store.close()
    assert _is_free(store.folder / LOCK)


LOCUM = a_user(login="bos", name="Piet Bos")


def test_who_lives_is_asked_and_lets_go_and_who_asked_writes(tmp_path: Path) -> None:
    holder, asker = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    holder.take("vries", NOW, "Anna de Vries")
    seen: list[str] = []

    def meanwhile() -> bool:
        if (asked := holder.asked()) is not None:
            seen.append(asked.who)
            holder.release()
        return False

    former = asker.take_over(LOCUM, NOW, cancelled=meanwhile)
    assert seen == ["Piet Bos"]
    assert (former.who, former.login, former.since) == ("Anna de Vries", "vries", NOW)
    assert asker.is_held
    assert not holder.is_held
    assert holder.asked() is None
    found = holder.other()
    assert found is not None
    assert (found.who, found.since) == ("Piet Bos", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == [ASK, LOCK]
    asker.release()
    assert holder.other() is None


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be put to sleep so on Windows")
def test_who_sleeps_is_taken_over_and_never_writes_again_when_it_wakes(
    tmp_path: Path, at_once: None
) -> None:
    lock = WriterLock(tmp_path / LOCK)
    with _another_process(tmp_path / LOCK) as sleeper:
        os.kill(sleeper.pid, signal.SIGSTOP)
        assert lock.take_over(LOCUM, NOW).login == "jansen"
        lock.check(NOW)
        lock.release()
        os.kill(sleeper.pid, signal.SIGCONT)
        told = sleeper.communicate("\n")[0]
        assert told.splitlines() == [
            "TakenOver Piet Bos heeft het schrijven overgenomen om 14.05 uur.",
            "released",
        ]
    again = WriterLock(tmp_path / LOCK)
    again.take("deboer", NOW)
    assert again.holder()["login"] == "deboer"
    again.release()


def test_of_two_that_take_over_at_once_one_does_and_the_other_is_told_who(
    tmp_path: Path, at_once: None
) -> None:
    hung, one, two = (WriterLock(tmp_path / LOCK) for _ in range(3))
    hung.take("vries", NOW)

    def first() -> bool:
        if not two.is_held:
            two.take_over(a_user(login="smit", name="R. Smit"), NOW)
        return False

    with pytest.raises(StoreBusy, match=r"R\. Smit schrijft sinds 14\.05 uur"):
        one.take_over(LOCUM, NOW, cancelled=first)
    assert (hung.is_held, one.is_held, two.is_held) == (True, False, True)
    with pytest.raises(TakenOver, match=r"R\. Smit heeft het schrijven overgenomen"):
        hung.check(NOW)
    two.check(NOW)
    two.release()


def test_who_is_killed_while_it_takes_over_leaves_a_lock_that_anybody_takes(
    tmp_path: Path, at_once: None
) -> None:
    hung, other = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    hung.take("vries", NOW)
    (tmp_path / "writer-1.lock").touch()
    (tmp_path / ASK).write_text('{"login": "bos"}', encoding="utf-8")
    assert hung.asked() is None, "who asked is dead"
    assert other.other() is None
    other.take("smit", NOW)
    assert other.is_held
    taken = hung.lost_to()
    assert taken is not None
    assert taken.login == "smit"
    other.release()


def test_the_row_of_locks_does_not_grow_by_what_nobody_holds(tmp_path: Path, at_once: None) -> None:
    locks = [WriterLock(tmp_path / LOCK) for _ in range(4)]
    locks[0].take("vries", NOW)
    for lock in locks[1:]:
        lock.take_over(LOCUM, NOW)
    for lock in locks:
        lock.release()
    again = WriterLock(tmp_path / LOCK)
    again.take("smit", NOW)
    again.release()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["writer-3.lock", ASK, LOCK]


def test_a_file_with_an_absurd_number_is_passed_over_and_a_large_one_costs_no_time(
    tmp_path: Path, at_once: None
) -> None:
    path = tmp_path / LOCK
    for number in ("999999", "999999999"):  # looking at each number below would take minutes
        path.with_name(f"writer-{number}.lock").touch()
    lock = WriterLock(path)
    lock.take("poh", NOW)
    assert json.loads((tmp_path / "writer-999999.lock").read_text())["login"] == "poh"
    lock.release()


def test_who_is_at_what_cannot_be_taken_over_is_waited_for(tmp_path: Path, at_once: None) -> None:
    path = tmp_path / "writer.lock"
    restoring, window = WriterLock(path), WriterLock(path)
    restoring.take("vries", NOW, alone=True)
    with pytest.raises(StoreBusy, match="wacht tot het klaar is"):
        window.take_over(a_user(), NOW)
    restoring.check(NOW)
    restoring.release()
    restoring.take("vries", NOW)
    window.take_over(a_user(), NOW)
    with pytest.raises(TakenOver):
        restoring.check(NOW)


def test_who_does_not_want_it_any_more_takes_nothing(tmp_path: Path) -> None:
    holder, asker = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    holder.take("vries", NOW)
    with pytest.raises(Cancelled):
        asker.take_over(LOCUM, NOW, cancelled=lambda: True)
    assert (holder.is_held, asker.is_held) == (True, False)
    assert holder.asked() is None
    holder.release()


def test_a_window_that_keeps_the_lock_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder, other = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    holder.stays = True
    holder.take("vries", NOW, "Anna de Vries")
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("waited"))
    with pytest.raises(StoreBusy, match="Anna de Vries schrijft"):
        other.take("bos", NOW)
    holder.release()


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can look without keeping it")
def test_who_only_looks_is_waited_for_whatever_a_dead_window_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    path = tmp_path / LOCK
    path.write_text(json.dumps({"login": "vries", "stays": True}))
    looks = os.open(path, os.O_RDWR)
    fcntl.flock(looks, fcntl.LOCK_SH)
    monkeypatch.setattr(locking, "WAIT_SECONDS", 60.0)
    monkeypatch.setattr(time, "sleep", lambda _: os.close(looks))
    taker = WriterLock(path)
    taker.take("smit", NOW)
    taker.release()


def test_a_sign_of_life_is_seen_by_who_reads_along(tmp_path: Path) -> None:
    holder, other = WriterLock(tmp_path / LOCK), WriterLock(tmp_path / LOCK)
    holder.take("vries", NOW)
    os.utime(tmp_path / LOCK, (1_000, 1_000))
    first = other.other()
    holder.breathe()
    second = other.other()
    assert first is not None
    assert second is not None
    assert first.last_sign is not None
    assert second.last_sign is not None
    assert first.last_sign < second.last_sign
    assert first.token == second.token
    holder.release()


def test_a_store_that_was_taken_over_keeps_nothing_and_says_by_whom(
    store: Store, key: bytes, at_once: None
) -> None:
    with store.writing(a_user(), NOW) as unit:
        unit.keep_setting("x", 1)
        unit.commit(AuditEvent.SETTINGS_CHANGED, What.UPDATE)
    other = Store(store.folder, key)
    other.lock.take_over(LOCUM, NOW)
    told = r"Piet Bos heeft .* overgenomen om 14\.05 uur\."
    with pytest.raises(TakenOver, match=told), store.writing(a_user(), NOW):
        pytest.fail("may not come here")
    with pytest.raises(StoreBusy, match="Piet Bos schrijft"), store.writing(a_user(), NOW):
        pass
    with other.writing(LOCUM, NOW) as unit:
        assert unit.setting("x") == 1
    other.close()
    with store.writing(a_user(), NOW) as unit:
        assert unit.setting("x") == 1
