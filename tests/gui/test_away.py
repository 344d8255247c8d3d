"""The system says that nobody is at the screen: over a real bus on Linux, by its messages on Windows."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from pzdesk.gui.away import LOCKED, SLEPT, Away, bus_label, why_away

LOGIND = "org.freedesktop.login1"


@pytest.fixture
def address() -> Iterator[str]:
    """A bus of our own."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("no dbus-daemon here")
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--nopidfile", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    )
    with daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


def tell(
    bus: QDBusConnection, path: str, interface: str, name: str, values: Sequence[bool] = ()
) -> None:
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(values))
    assert bus.send(message)


def hears(bus: QDBusConnection) -> None:
    """Wait until the bus knows what is listened to: it answers in the order in which it was asked."""
    name = "org.freedesktop.DBus"
    asked = QDBusMessage.createMethodCall(name, "/org/freedesktop/DBus", name, "GetId")
    assert bus.call(asked).type() == QDBusMessage.MessageType.ReplyMessage


def test_a_locked_screen_and_a_computer_that_goes_to_sleep_are_heard_on_a_bus(
    address: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "42")
    ours = QDBusConnection.connectToBus(address, "pzdesk-test")
    system = QDBusConnection.connectToBus(address, "system-test")
    told: list[str] = []
    away = Away()
    away.went.connect(told.append)
    away.listen([ours])
    hears(ours)
    saver, manager = "/org/freedesktop/ScreenSaver", "/org/freedesktop/login1"
    tell(system, saver, "org.freedesktop.ScreenSaver", "ActiveChanged", [False])
    tell(system, saver, "org.freedesktop.ScreenSaver", "ActiveChanged", [True])
    qtbot.waitUntil(lambda: told == [LOCKED], timeout=20_000)
    tell(system, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True])
    qtbot.waitUntil(lambda: told == [LOCKED] * 2, timeout=20_000)
    tell(system, manager, f"{LOGIND}.Manager", "PrepareForSleep", [True])
    qtbot.waitUntil(lambda: told[2:] == [SLEPT], timeout=20_000)
    tell(system, manager, f"{LOGIND}.Manager", "PrepareForSleep", [False])
    tell(system, f"{manager}/session/_37", f"{LOGIND}.Session", "Lock")
    tell(system, f"{manager}/session/_342", f"{LOGIND}.Session", "Lock")
    qtbot.waitUntil(lambda: told[3:] == [LOCKED], timeout=20_000)
    for name in ("pzdesk-test", "system-test"):
        QDBusConnection.disconnectFromBus(name)


def test_a_bus_that_is_not_there_tells_nothing_and_is_no_error(qtbot: QtBot) -> None:
    away = Away()
    gone = QDBusConnection.connectToBus("unix:path=/nergens/bus", "gone-test")
    away.listen([gone])
    away.start()
    away.stop()


@pytest.mark.parametrize(
    ("message", "parameter", "why"),
    [
        (0x0218, 0x4, SLEPT),
        (0x0218, 0x12, ""),
        (0x02B1, 0x7, LOCKED),
        (0x02B1, 0x8, ""),
        (0x02B1, 0x4, LOCKED),
        (0x0100, 0x7, ""),
    ],
)
def test_what_windows_says_is_understood(message: int, parameter: int, why: str) -> None:
    assert why_away(message, parameter) == why


@pytest.mark.parametrize(("name", "label"), [("2", "_32"), ("c1", "c1"), ("12", "_312")])
def test_a_session_is_found_by_the_name_that_logind_gives_it(name: str, label: str) -> None:
    assert bus_label(name) == label
