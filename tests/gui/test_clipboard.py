"""What is copied out of pzdesk does not stay on the clipboard, and asks others not to keep it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.gui import clipboard
from pzdesk.gui.desktop import Desktop

WORDS = "Mevrouw Jansen-de Vries, geboren 14-03-1941\nA20"


@pytest.fixture
def board(qapp: QApplication) -> Iterator[QClipboard]:
    found = QApplication.clipboard()
    found.clear()
    yield found
    found.clear()


def test_what_is_put_there_asks_others_not_to_keep_it(board: QClipboard) -> None:
    clipboard.put(WORDS)
    data = board.mimeData()
    assert data.text() == WORDS
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"


def test_it_goes_after_the_minutes_that_were_chosen(board: QClipboard, qtbot: QtBot) -> None:
    watch = clipboard.Watch(lambda: 2)
    clipboard.put(WORDS)
    assert watch.timer.isActive()
    assert watch.timer.interval() == 120_000
    watch.timer.start(0)
    qtbot.waitUntil(lambda: board.text() == "", timeout=20_000)


def test_what_another_program_copied_since_stays(board: QClipboard, qtbot: QtBot) -> None:
    watch = clipboard.Watch(lambda: clipboard.MINUTES)
    clipboard.put(WORDS)
    other = QMimeData()
    other.setText("van een ander")
    board.setMimeData(other)
    assert not watch.timer.isActive()
    assert not clipboard.forget()
    assert board.text() == "van een ander"


def test_what_was_copied_out_of_a_field_goes_too(
    board: QClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Qt's offscreen does not know whose the clipboard is; a real screen does.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)
    watch = clipboard.Watch(lambda: clipboard.MINUTES)
    board.setText("uit een veld")
    assert watch.timer.isActive()
    assert clipboard.forget()
    assert board.text() == ""


def test_nobody_can_choose_longer_than_is_promised() -> None:
    assert max(clipboard.CHOICES) == clipboard.MINUTES == 3


def test_at_the_end_nothing_that_was_copied_stays(board: QClipboard, tmp_path: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desktop = Desktop(app, tmp_path)
    clipboard.put(WORDS)
    desktop.end()
    assert board.text() == ""
    desktop.deleteLater()
