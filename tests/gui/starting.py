"""What the tests of the start window share: a practice on disk with a passphrase, and a quiet computer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pzdesk.domain.user import Role
from pzdesk.gui.desktop import Desktop
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening

PRACTICE = "Huisartsenpraktijk De Brink"
SECRET = "zeven zwanen zwemmen zuidwaarts"
NEW_SECRET = "negen losse klompen bij de achterdeur"
CODE = opening.new_recovery_code()
LONGEST_MS = 20_000


@pytest.fixture
def own_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which no practice was ever open, where deriving a key costs the least it may."""
    home = tmp_path / "thuis"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home / "lokaal"))
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)
    return home


@pytest.fixture
def practice(own_computer: Path, tmp_path: Path) -> Path:
    """A practice of one huisarts, closed."""
    folder = tmp_path / "praktijk"
    opening.make_practice(
        folder,
        practice=PRACTICE,
        login="deboer",
        name="dr. De Boer",
        roles=(Role.HUISARTS,),
        secret=SECRET,
        recovery_code=CODE,
        kdf=FLOOR,
    ).close()
    return folder


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Wait for a job to end."""
    qtbot.waitUntil(holds, timeout=LONGEST_MS)


def looked_through(desktop: Desktop, qtbot: QtBot) -> None:
    """Wait until a practice that was just opened is looked through; until then nothing can be saved."""
    until(qtbot, lambda: desktop.frame is not None and not desktop.frame.bench.jobs.is_busy)


def focused(widget: QWidget) -> QWidget:
    """The part of a window that has the keyboard."""
    found = widget.window().focusWidget()
    assert found is not None
    return found


def keys_into(widget: QWidget, words: str, *, then: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Type into whatever has the focus of a window, then press a key."""
    QTest.keyClicks(focused(widget), words)
    if then is not None:
        QTest.keyClick(focused(widget), then)
