"""Ctrl+L in what stands over the window: a dialog has the keyboard, and locks all the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.gui.lock_key import LockKey


@pytest.mark.parametrize("is_modal", [False, True])
def test_a_dialog_over_the_window_locks_too_and_only_once(
    qtbot: QtBot, light: None, *, is_modal: bool
) -> None:
    window, asked = QMainWindow(), []

    def come_to(widget: QWidget) -> None:
        widget.activateWindow()
        qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is widget.windowHandle())

    qtbot.addWidget(window)
    LockKey(lambda: asked.append("lock"), window)
    window.show()
    come_to(window)
    dialog = QDialog(window)
    dialog.setModal(is_modal)
    dialog.show()
    come_to(dialog)
    if not is_modal:
        come_to(window)
        come_to(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["lock"]
    dialog.close()
