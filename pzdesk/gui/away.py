"""Hears from the system that nobody sits at the screen: it was locked, or the computer goes to sleep.

On Linux that comes over D-Bus, on Windows as a message to the window. Where neither is there nothing
happens: the clock that ``idle`` looks at still sees that a computer slept.
"""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

LOCKED = "De computer werd vergrendeld."
SLEPT = "De computer ging slapen."
_LOGIND = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
# GNOME, Cinnamon, MATE and Xfce have a name of their own for what KDE and others do by the common one.
_SAVERS = ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
_WM_POWER, _SUSPEND = 0x0218, 0x0004
_WM_SESSION, _GONE = 0x02B1, frozenset({0x2, 0x4, 0x6, 0x7})
"""Of Windows: the console or a remote screen was left, the user logged off, the screen was locked."""


class Away(QObject):
    """``went`` is told with a sentence each time the user is seen to be away."""

    went = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter: _Messages | None = None

    def start(self) -> None:
        """Listen from now on; called when the window is there, because loading this takes a moment."""
        if sys.platform == "linux":
            try:
                from PySide6.QtDBus import QDBusConnection
            except ImportError:  # an installation of Qt without it
                return
            self.listen([QDBusConnection.sessionBus(), QDBusConnection.systemBus()])
        elif sys.platform == "win32":
            self._filter = _Messages(self)
            app = QGuiApplication.instance()
            if app is not None:
                app.installNativeEventFilter(self._filter)

    def stop(self) -> None:
        """Listen no longer."""
        app = QGuiApplication.instance()
        if self._filter is not None and app is not None:
            app.removeNativeEventFilter(self._filter)
            self._filter = None

    def listen(self, buses: "Iterable[QDBusConnection]") -> None:
        """Hear what is told on these buses; one that is not there tells nothing.

        No name of a program is asked for, so that nothing waits for an answer.
        """
        for bus in buses:
            if not bus.isConnected():
                continue
            asleep = (f"{_LOGIND}.Manager", "PrepareForSleep", self, _slot("sleeps(bool)"))
            bus.connect("", _MANAGER, *asleep)
            for name in _SAVERS:
                saver = (f"org.{name}.ScreenSaver", "ActiveChanged", self, _slot("saves(bool)"))
                bus.connect("", "", *saver)
            if session := os.environ.get("XDG_SESSION_ID"):
                path = f"{_MANAGER}/session/{bus_label(session)}"
                bus.connect("", path, f"{_LOGIND}.Session", "Lock", self, _slot("locks()"))

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:  # noqa: FBT001 - the signal's own argument
        """The computer goes to sleep, or is awake again."""
        if begins:
            self.went.emit(SLEPT)

    @Slot(bool)
    def saves(self, begins: bool) -> None:  # noqa: FBT001 - the signal's own argument
        """The screen saver came on, which locks the screen, or went."""
        if begins:
            self.went.emit(LOCKED)

    @Slot()
    def locks(self) -> None:
        """The screen is locked."""
        self.went.emit(LOCKED)

    def register(self) -> None:
        """Let Windows tell the windows that are open now of a locked screen; elsewhere nobody has to ask."""
        if sys.platform == "win32":
            import ctypes

            for window in QGuiApplication.topLevelWindows():
                ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)


def bus_label(name: str) -> str:
    """A name as logind writes it in a path: letters and digits stay, a first digit and the rest in hex."""
    return "".join(
        one
        if one.isascii() and one.isalnum() and (number or not one.isdigit())
        else f"_{ord(one):02x}"
        for number, one in enumerate(name)
    )


def why_away(message: int, parameter: int) -> str:
    """What a message of Windows says: a sentence, or nothing."""
    if message == _WM_POWER and parameter == _SUSPEND:
        return SLEPT
    return LOCKED if message == _WM_SESSION and parameter in _GONE else ""


class _Messages(QAbstractNativeEventFilter):
    """Reads the messages of Windows."""

    def __init__(self, away: Away) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> Any:
        if sys.platform == "win32" and bytes(kind).startswith(b"windows_"):
            from ctypes import wintypes

            found = wintypes.MSG.from_address(int(message))
            if why := why_away(found.message, found.wParam):
                self._away.went.emit(why)
        return False, 0


def _slot(signature: str) -> Any:
    return SLOT(signature)  # it takes a text, whatever its types say
