"""The window on a real store: new, or the demo practice. Qt is offscreen; the clock stands still."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.domain.user import Role
from pzdesk.gui.bench import Bench
from pzdesk.gui.frame import Frame
from pzdesk.gui.jobs import Jobs
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import folder
from tests import factories
from tests.conftest import Clock, DemoStore


@pytest.fixture
def demo_desk(
    tmp_path: Path, demo_store: DemoStore, clock: Clock
) -> Iterator[Callable[[str], Desk]]:
    """Opens a copy of the demo practice as one of its users: ``demo_desk("poh")``."""
    made, key = demo_store
    place = tmp_path / "demo"
    shutil.copytree(made, place)
    opened: list[Session] = []

    def open_as(login: str) -> Desk:
        from pzdesk.services.opening import open_with_key

        session = open_with_key(place, key, login, clock=clock)
        opened.append(session)
        return desk_over(session)

    yield open_as
    for session in opened:
        session.close()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No reading counts as long, so that a slow computer does not turn one into a job half way a test."""
    monkeypatch.setattr("pzdesk.gui.bench.LONG_SECONDS", float("inf"))


@pytest.fixture
def light(qapp: QApplication) -> None:
    """The light palette at 100 %."""
    theme().use(Look.LIGHT, 100)


@pytest.fixture
def bench_over(light: None) -> Iterator[Callable[[Desk], Bench]]:
    """Makes a bench over a desk; its jobs are stopped afterwards."""
    made: list[Bench] = []

    def over(desk: Desk) -> Bench:
        bench = Bench(desk, Jobs())
        made.append(bench)
        return bench

    yield over
    for bench in made:
        bench.jobs.stop()


@pytest.fixture
def window_over(
    bench_over: Callable[[Desk], Bench], qtbot: QtBot
) -> Iterator[Callable[[Desk], Frame]]:
    """Opens the real window over a desk, active and laid out."""
    made: list[Frame] = []

    def over(desk: Desk) -> Frame:
        frame = Frame(bench_over(desk))
        made.append(frame)
        frame.show()
        frame.activateWindow()
        assert QTest.qWaitForWindowActive(frame, 20_000)
        qtbot.waitUntil(lambda: not frame.bench.jobs.is_busy, timeout=20_000)
        return frame

    yield over
    for frame in made:
        frame.bench.jobs.stop()
        frame.close()
        frame.bench.jobs.stop()
        frame.deleteLater()
    # Only an event loop that runs deletes what is to be deleted later; a test has none.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]) -> Frame:
    """The window on the demo practice, for its POH."""
    return window_over(demo_desk("poh"))


@pytest.fixture
def empty_window(window_over: Callable[[Desk], Frame], desk: Desk) -> Frame:
    """The window on a new practice, for its huisarts."""
    return window_over(desk)


def shown_texts(widget: QWidget) -> list[str]:
    """What a user reads in a part of the window, in order of making."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    return [
        part.text()
        for part in widget.findChildren(QWidget)
        if isinstance(part, QLabel | QAbstractButton) and part.isVisibleTo(widget) and part.text()
    ]


def settle() -> None:
    """Let Qt lay out and paint what is due: a layout can ask for another, a few times over."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def day(text: str) -> date:
    """A day as ``2026-11-24``."""
    return date.fromisoformat(text)


@pytest.fixture
def other(session: Session, key: bytes, clock: Clock) -> Iterator[Desk]:
    """Anna de Vries, who writes in another window whenever this one lets her."""
    with session.store.writing(session.user, clock()) as unit:
        name = {"id": 0, "login": "vries", "name": "Anna de Vries"}
        user = unit.add(factories.a_user(Role.HUISARTS, **name))
        unit.connection.commit()
    made = Session(folder.open_with_key(session.store.folder, key, clock()), user, clock)
    yield desk_over(made)
    made.close()
