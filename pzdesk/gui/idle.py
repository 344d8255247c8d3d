"""Notices that nobody touches the window any more, and that the computer slept."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOKED_EVERY_MS = 5_000
ASLEEP_SECONDS = 20.0
"""So much more on the clock on the wall than on the one that stands still in sleep: the computer slept."""

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """``reached`` is told once when ``minutes`` have gone by without a sign of the user, ``slept`` when the
    computer slept meanwhile, however short.

    Only the windows are listened to, not every widget: an event of the user comes through its window first.
    """

    reached = Signal()
    slept = Signal()

    def __init__(
        self,
        minutes: Callable[[], float],
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._minutes, self._clock, self._steady = minutes, clock, steady
        self._last = clock()
        self._ahead = clock() - steady()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKED_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to wait, from now."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen)
            for window in app.topLevelWindows():
                self._listen(window)
        self._last = self._clock()
        self._ahead = self._clock() - self._steady()
        self._timer.start()

    def stop(self) -> None:
        """Wait no longer."""
        self._timer.stop()

    def look(self) -> None:
        """See whether it has been long enough, or whether the computer slept since the last look."""
        before, self._ahead = self._ahead, self._clock() - self._steady()
        if self._clock() - self._last >= 60 * self._minutes():
            self._timer.stop()
            self.reached.emit()
        elif self._ahead - before > ASLEEP_SECONDS:
            self._timer.stop()
            self.slept.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _SIGNS:
            self._last = self._clock()
        return False

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
