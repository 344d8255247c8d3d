"""The diagnostic file in the window: shown whole before it is saved; with the practice when one is open."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.gui.diagnostics import DiagnosticsDialog, show_diagnostics
from pzdesk.gui.frame import Frame
from pzdesk.services.reports import ErrorLog
from tests.gui.conftest import shown_texts


@pytest.fixture
def log(tmp_path: Path) -> ErrorLog:
    made = ErrorLog(tmp_path / "fouten.log")
    made.keep("builtins.KeyError")
    return made


def ready(dialog: DiagnosticsDialog, qtbot: QtBot) -> str:
    qtbot.waitUntil(dialog.save.isEnabled, timeout=20_000)
    return dialog.words.toPlainText()


def test_what_is_saved_is_what_was_shown_and_holds_the_open_practice(
    empty_window: Frame, log: ErrorLog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = show_diagnostics(empty_window, log)
    shown = ready(dialog, qtbot)
    for words in ("controle: alles is heel", "patients 0", "builtins.KeyError", "kleuren licht"):
        assert words in shown.replace("kleuren light", "kleuren licht"), words
    assert "verstuurt zelf niets" in " ".join(shown_texts(dialog))
    dialog.keep_at(tmp_path / "diagnose.txt")
    assert (tmp_path / "diagnose.txt").read_text(encoding="utf-8") == shown
    dialog.keep_at(tmp_path / "geen map" / "diagnose.txt")
    assert "Kies een andere plaats" in dialog.told.text()
    dialog.close()


def test_before_a_practice_is_open_it_tells_of_the_computer_alone(
    light: None, log: ErrorLog, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not any(
        isinstance(one, Frame) and one.isVisible() for one in QApplication.topLevelWidgets()
    )
    shown = ready(show_diagnostics(parent, log), qtbot)
    assert "[Praktijk]\nniet geopend" in shown
    assert "Qt 6." in shown


def test_a_practice_that_cannot_be_read_does_not_keep_the_rest_away(
    empty_window: Frame, log: ErrorLog, qtbot: QtBot
) -> None:
    session = empty_window.bench.desk.session
    session.store.engine.dispose()
    (session.store.folder / "store.db").write_bytes(b"x" * 8192)
    (session.store.folder / "store.db-wal").unlink(missing_ok=True)
    dialog = show_diagnostics(empty_window, log)
    assert "kan niet worden gelezen" in ready(dialog, qtbot)
    dialog.close()
