"""Noticing that nobody works any more."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.gui.idle import ASLEEP_SECONDS, Idle


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def told(qtbot: QtBot, seconds: Seconds) -> tuple[Idle, list[bool], QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    idle = Idle(lambda: 5, clock=seconds)
    reached: list[bool] = []
    idle.reached.connect(lambda: reached.append(True))
    idle.start()
    return idle, reached, widget


def test_after_five_minutes_without_a_sign_it_is_told_once(
    told: tuple[Idle, list[bool], QWidget], seconds: Seconds
) -> None:
    idle, reached, _ = told
    seconds.now += 299
    idle.look()
    assert reached == []
    seconds.now += 1
    idle.look()
    assert reached == [True]
    assert not idle._timer.isActive()


@pytest.mark.parametrize("sign", ["key", "mouse"])
def test_a_key_or_the_mouse_begins_the_time_anew(
    told: tuple[Idle, list[bool], QWidget], seconds: Seconds, sign: str
) -> None:
    idle, reached, widget = told
    seconds.now += 200
    handle = widget.windowHandle()
    assert handle is not None
    none = Qt.KeyboardModifier.NoModifier
    event: QEvent = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, none, "a")
    if sign == "mouse":
        where, no = QPointF(1, 1), Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, where, where, no, no, none)
    QApplication.sendEvent(handle, event)
    seconds.now += 200
    idle.look()
    assert reached == []
    seconds.now += 100
    idle.look()
    assert reached == [True]


def test_nothing_is_told_after_it_was_stopped(
    told: tuple[Idle, list[bool], QWidget],
) -> None:
    idle, _, _ = told
    idle.stop()
    assert not idle._timer.isActive()


def test_a_computer_that_slept_is_noticed_however_short_and_one_that_was_busy_is_not(
    qtbot: QtBot, seconds: Seconds
) -> None:
    steady = Seconds()
    idle = Idle(lambda: 5, clock=seconds, steady=steady)
    slept: list[bool] = []
    idle.slept.connect(lambda: slept.append(True))
    idle.start()
    seconds.now, steady.now = seconds.now + 60, steady.now + 60
    idle.look()
    assert slept == []
    seconds.now += ASLEEP_SECONDS + 1
    idle.look()
    assert slept == [True]
    assert not idle._timer.isActive()
