"""A practice is left at once, and its end is seen: the last back-up off the window, and not waited for."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import StoreBusy
from pzdesk.gui.jobs import Cancelled, Job, Jobs, Progress
from pzdesk.gui.leaving import BACKING_UP, ClosingWindow, Leaving, LeavingLine
from pzdesk.gui.lock import LockScreen
from pzdesk.services import opening
from pzdesk.services.session import Session
from pzdesk.store.lock import WriterLock
from tests.gui.starting import (
    LONGEST_MS,
    PRACTICE,
    SECRET,
    keys_into,
    own_computer,
    practice,
    until,
)

__all__ = ["own_computer", "practice"]


class LongWork:
    """A last back-up that goes on until it is told to end, or is stopped."""

    def __init__(self, problem: str = "") -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.problem, self.was_stopped = problem, False

    def __call__(self, progress: Progress) -> str:
        progress.step(1, 3)
        self.begun.set()
        while not self.go_on.wait(0.01):
            if progress.is_cancelled():
                self.was_stopped = True
                raise Cancelled
        return self.problem


@pytest.fixture
def work() -> LongWork:
    return LongWork()


@pytest.fixture
def session(session: Session) -> Session:
    """An open practice in which somebody is writing."""
    session.store.lock.take("poh", session.now)
    return session


Leave = Callable[[LongWork | None], Leaving]


@pytest.fixture
def leave(light: None, session: Session) -> Iterator[Leave]:
    made: list[Leaving] = []

    def begin(last: LongWork | None) -> Leaving:
        made.append(Leaving(session, Jobs(), last))
        return made[-1]

    yield begin
    for one in made:
        one.finish()


def is_closed(session: Session) -> bool:
    """SQLite takes the log away with the last handle."""
    return not (session.store.folder / "store.db-wal").exists()


def test_who_comes_next_may_write_while_the_back_up_goes_on_and_it_ends_by_itself(
    leave: Leave, session: Session, work: LongWork, qtbot: QtBot
) -> None:
    other = WriterLock(session.store.folder / "writer.lock")
    with pytest.raises(StoreBusy):
        other.take("deboer", session.now)
    told: list[str] = []
    leaving = leave(work)
    leaving.ended.connect(told.append)
    assert work.begun.wait(20)
    other.take("deboer", session.now)
    other.release()
    assert not is_closed(session)
    work.go_on.set()
    until(qtbot, lambda: told == [""])
    assert is_closed(session)


def test_the_last_work_and_the_people_it_could_read_are_gone_when_it_is_told_to_have_ended(
    leave: Leave, qtbot: QtBot
) -> None:
    work = LongWork()
    work.go_on.set()
    held, still_there = ref(work), list[bool]()
    leaving = leave(work)
    del work
    leaving.ended.connect(lambda _: still_there.append(held() is not None))
    until(qtbot, lambda: still_there == [False])


def test_no_worker_is_left_when_it_is_told_to_have_ended_for_the_program_may_end_at_once(
    leave: Leave, qtbot: QtBot
) -> None:
    of_others, left = set(threading.enumerate()), list[list[threading.Thread]]()
    leaving = leave(None)
    leaving.ended.connect(lambda _: left.append(list({*threading.enumerate()} - of_others)))
    until(qtbot, lambda: left == [[]])


def test_what_is_at_work_is_stopped_first_and_told_and_its_outcome_closed(
    leave: Leave, session: Session, work: LongWork, qtbot: QtBot
) -> None:
    left, begun = Jobs(), threading.Event()

    def endless(progress: Progress) -> None:
        begun.set()
        while True:
            progress.step(0, 1)

    job = left.run("Lijst inlezen", endless, done=print, failed=lambda _: pytest.fail("heard"))
    assert begun.wait(20)
    stopped: list[list[Job]] = []
    leaving = Leaving(session, left, None)
    leaving.stopped.connect(stopped.append)
    until(qtbot, lambda: stopped == [[job]])
    assert is_closed(session)
    leaving.finish()


def test_the_window_that_closes_shows_how_far_it_is_and_need_not_be_waited_for(
    leave: Leave, session: Session, work: LongWork, qtbot: QtBot
) -> None:
    leaving, closed = leave(work), []
    window = ClosingWindow(leaving)
    window.closed.connect(lambda: closed.append(True))
    assert not window.isVisible()
    until(qtbot, window.isActiveWindow)
    until(qtbot, lambda: window.line.words.text() == BACKING_UP)
    assert (window.line.steps.value(), window.line.steps.maximum()) == (1, 3)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    until(qtbot, lambda: bool(closed))
    assert work.was_stopped
    assert is_closed(session)
    assert not window.isVisible()


def test_a_practice_that_closes_in_a_moment_shows_no_window(
    leave: Leave, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.gui.leaving.SHOWN_AFTER_MS", 2 * LONGEST_MS)
    leaving, closed = leave(None), []
    window = ClosingWindow(leaving)
    window.closed.connect(lambda: closed.append(window.isVisible()))
    until(qtbot, lambda: closed == [False])


def test_that_there_is_no_back_up_is_said_and_stays_until_it_is_read(
    leave: Leave, qtbot: QtBot
) -> None:
    work = LongWork("De schijf is vol.")
    work.go_on.set()
    leaving, closed = leave(work), []
    window = ClosingWindow(leaving)
    window.closed.connect(lambda: closed.append(True))
    until(qtbot, lambda: window.told.text().startswith("De schijf is vol."))
    until(qtbot, window.isActiveWindow)
    assert not closed
    QTest.keyClick(window, Qt.Key.Key_Escape)
    until(qtbot, lambda: bool(closed))


def test_a_bug_in_the_last_back_up_closes_the_practice_all_the_same(
    leave: Leave, session: Session, qtbot: QtBot
) -> None:
    def broken(_: Progress) -> str:
        raise KeyError("stuk")

    told: list[str] = []
    with qtbot.captureExceptions() as caught:
        leaving = Leaving(session, Jobs(), broken)
        leaving.ended.connect(told.append)
        until(qtbot, lambda: bool(told) and bool(caught))
    assert is_closed(session)
    assert told[0]


def test_unlocking_does_not_wait_for_the_back_up_and_a_wrong_passphrase_does_not_stop_it(
    light: None, practice: Path, work: LongWork, qtbot: QtBot
) -> None:
    leaving = Leaving(opening.open_practice(practice, "deboer", SECRET), Jobs(), work)
    screen = LockScreen(practice, PRACTICE, "deboer", "dr. De Boer", "")
    screen.follow(leaving)
    screen.show()
    opened: list[Session] = []
    screen.opened.connect(opened.append)
    line = screen.findChild(LeavingLine)
    assert line is not None
    until(qtbot, line.isVisible)
    keys_into(screen, "zeven zwanen")
    until(qtbot, lambda: not screen.jobs.is_busy)
    assert not work.was_stopped
    assert screen.recover.isVisible(), "who forgot it is shown the other way in"
    screen.secret.setFocus()
    screen.secret.set_raw("")
    keys_into(screen, SECRET)
    until(qtbot, lambda: bool(opened))
    assert work.was_stopped
    opened[0].close()
    leaving.finish()
    screen.jobs.stop()
    screen.deleteLater()
