"""The keys that lock, in whatever stands over the window too: help, a paper, a question."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from pzdesk.gui.shortcuts import keys_of

_NAME = "vergrendelen"


class LockKey(QObject):
    """A shortcut of the window is dead while a dialog has the keyboard; so each gets one of its own."""

    def __init__(self, lock: Callable[[], object], window: QWidget) -> None:
        super().__init__(window)
        self._lock = lock
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._reach)

    def _reach(self, _: QWindow | None) -> None:
        for dialog in QApplication.topLevelWidgets():
            if not isinstance(dialog, QDialog) or not dialog.isVisible():
                continue
            if dialog.findChild(QShortcut, _NAME) is None:
                shortcut = QShortcut(QKeySequence(keys_of("lock")), dialog)
                shortcut.setObjectName(_NAME)
                shortcut.activated.connect(self._lock)
