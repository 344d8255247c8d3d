"""Opening quickly in the start window and after locking: Enter alone, and one passphrase when it fails."""

from collections.abc import Iterator
from pathlib import Path

import keyring.core
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pzdesk.gui.lock import LockScreen
from pzdesk.gui.quick_open import QUICK_WORDS, WORDS, OpenForm
from pzdesk.gui.start import StartWindow
from pzdesk.gui.start_open import OpenPanel
from pzdesk.security import keys
from pzdesk.services import opening
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from tests.gui.starting import PRACTICE, SECRET, focused, keys_into, own_computer, practice, until
from tests.security.quick import derived
from tests.security.test_keychain import Memory

__all__ = ["own_computer", "practice"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_derived", derived)


@pytest.fixture
def on(light: None, practice: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice that De Boer opens quickly here."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
    session = opening.open_practice(practice, "deboer", SECRET)
    desk_over(session).quick.turn_on(SECRET)
    session.close()
    return practice


@pytest.fixture
def start(on: Path, qtbot: QtBot) -> Iterator[tuple[StartWindow, list[Session]]]:
    window = StartWindow()
    sessions: list[Session] = []
    window.opened.connect(sessions.append)
    window.show()
    window.activateWindow()
    window.choose(on)
    until(qtbot, lambda: not window.jobs.is_busy)
    yield window, sessions
    until(qtbot, lambda: not window.jobs.is_busy)
    window.jobs.stop()
    window.close()
    window.deleteLater()
    for session in sessions:
        session.close()


@pytest.fixture
def locked(on: Path, qtbot: QtBot) -> Iterator[tuple[LockScreen, list[Session]]]:
    screen = LockScreen(on, PRACTICE, "deboer", "dr. De Boer", "Om 14.05 uur.")
    sessions: list[Session] = []
    screen.opened.connect(sessions.append)
    screen.show()
    screen.activateWindow()
    yield screen, sessions
    until(qtbot, lambda: not screen.jobs.is_busy)
    screen.jobs.stop()
    screen.close()
    screen.deleteLater()
    for session in sessions:
        session.close()


def says(form: OpenForm, words: str) -> bool:
    return form.submit.accessibleName() == words and form.submit.text().startswith(words)


def test_enter_alone_opens_in_the_start_window(
    start: tuple[StartWindow, list[Session]], qtbot: QtBot
) -> None:
    window, sessions = start
    panel = window.panel
    assert isinstance(panel, OpenPanel)
    assert says(panel.form, QUICK_WORDS)
    assert panel.form.offer_words.isVisibleTo(panel)
    QTest.keyClicks(focused(panel), "z")
    assert says(panel.form, WORDS), "what is typed is what opens"
    QTest.keyClick(focused(panel), Qt.Key.Key_Backspace)
    keys_into(panel, "")
    until(qtbot, lambda: not window.jobs.is_busy)
    assert [session.user.login for session in sessions] == ["deboer"]


def test_when_it_fails_the_passphrase_is_asked_once_and_nothing_counts_as_wrong(
    start: tuple[StartWindow, list[Session]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, sessions = start
    panel = window.panel
    assert isinstance(panel, OpenPanel)
    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
    keys_into(panel, "")
    until(qtbot, lambda: not window.jobs.is_busy)
    assert "Typ uw wachtzin" in panel.form.general.text()
    assert says(panel.form, WORDS)
    assert panel._patience._wrong == 0
    assert focused(panel) is panel.secret.edit
    keys_into(panel, SECRET)
    until(qtbot, lambda: not window.jobs.is_busy)
    assert len(sessions) == 1


def test_enter_alone_opens_after_locking_and_a_failure_asks_the_passphrase(
    locked: tuple[LockScreen, list[Session]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, sessions = locked
    works = keyring.core._keyring_backend
    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
    assert says(screen.form, QUICK_WORDS)
    keys_into(screen, "")
    until(qtbot, lambda: not screen.jobs.is_busy)
    assert "Typ uw wachtzin" in screen.form.general.text()
    assert (screen.form.is_offered, screen._patience._wrong) == (False, 0)
    monkeypatch.setattr(keyring.core, "_keyring_backend", works)
    screen.form.offer(screen._open_quickly)
    keys_into(screen, "")
    until(qtbot, lambda: not screen.jobs.is_busy)
    assert [session.user.login for session in sessions] == ["deboer"]


def test_who_did_not_turn_it_on_is_asked_the_passphrase(
    light: None, practice: Path, qtbot: QtBot
) -> None:
    screen = LockScreen(practice, PRACTICE, "deboer", "dr. De Boer", "Om 14.05 uur.")
    qtbot.addWidget(screen)
    assert not screen.form.is_offered
    assert says(screen.form, WORDS)
    assert not screen.form.offer_words.isVisibleTo(screen)
    screen.form.try_save()
    assert screen.secret.error.text()
