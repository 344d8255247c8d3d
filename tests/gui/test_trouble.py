"""The last handler: one calm dialog, and a report in which no value and no message stands."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QtMsgType, Signal, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import Refused
from pzdesk.domain.person import dutch_date
from pzdesk.gui import trouble
from pzdesk.gui.trouble import Trouble, TroubleDialog
from tests.gui.conftest import shown_texts

SECRET_NAME = "Jansen-Wezelenburg"
NOTHING: dict[str, str] = {}


@pytest.fixture
def handler(light: None, tmp_path: Path, qtbot: QtBot) -> Iterator[Trouble]:
    made = Trouble(tmp_path / "lokaal" / "fouten.log")
    made.install()
    yield made
    made.remove()
    if made.dialog is not None:
        made.dialog.close()
    made.deleteLater()


def problem() -> BaseException:
    """An error of our own code, about somebody, caused by another one."""
    try:
        try:
            NOTHING[SECRET_NAME]
        except KeyError as first:
            dutch_date(SECRET_NAME)  # type: ignore[arg-type]
            raise AssertionError from first
    except Exception as found:
        return found
    raise AssertionError


def open_dialog(handler: Trouble, qtbot: QtBot) -> TroubleDialog:
    qtbot.waitUntil(lambda: handler.dialog is not None, timeout=3000)
    assert handler.dialog is not None
    return handler.dialog


def test_an_error_that_nobody_caught_opens_one_dialog_and_stands_in_the_log(
    handler: Trouble, qtbot: QtBot
) -> None:
    for _ in range(3):
        sys.excepthook(KeyError, problem(), None)
    dialog = open_dialog(handler, qtbot)
    told = " ".join(shown_texts(dialog))
    assert "Er ging iets mis in pzdesk" in told
    assert "opgeslagen" not in told.lower()
    log = handler.log.path.read_text(encoding="utf-8")
    assert log.count("pzdesk/domain/person.py") == 3
    assert SECRET_NAME not in log + dialog.details.toPlainText() + told
    assert handler.log.path.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert sum(isinstance(w, TroubleDialog) for w in QApplication.topLevelWidgets()) == 1


def test_an_error_in_a_slot_comes_here(handler: Trouble, qtbot: QtBot) -> None:
    class Bell(QObject):
        rung = Signal()

    bell = Bell()
    bell.rung.connect(lambda: NOTHING[SECRET_NAME])
    with qtbot.captureExceptions() as captured:
        sys.excepthook = lambda _kind, found, _where: handler.take(found)
        bell.rung.emit()
    assert not captured
    assert "KeyError" in open_dialog(handler, qtbot).details.toPlainText()


def test_an_error_of_another_thread_is_shown_by_the_window(handler: Trouble, qtbot: QtBot) -> None:
    def work() -> None:
        raise ValueError(SECRET_NAME)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert "builtins.ValueError" in open_dialog(handler, qtbot).details.toPlainText()


def test_a_sentence_that_was_meant_for_the_user_is_told(handler: Trouble, qtbot: QtBot) -> None:
    handler.take(Refused("Kies een andere map."))
    assert "Kies een andere map." in shown_texts(open_dialog(handler, qtbot))


def test_after_closing_the_next_error_is_shown_again(handler: Trouble, qtbot: QtBot) -> None:
    handler.take(problem())
    open_dialog(handler, qtbot).accept()
    qtbot.waitUntil(lambda: handler.dialog is None, timeout=3000)
    handler.take(problem())
    assert open_dialog(handler, qtbot).isVisible()


def test_what_qt_says_is_logged_by_its_function_only(handler: Trouble) -> None:
    qWarning(f"QFoo::bar: no such thing as {SECRET_NAME}")
    log = handler.log.path.read_text(encoding="utf-8")
    assert "Qt waarschuwing: QFoo::bar" in log
    assert SECRET_NAME not in log
    assert QtMsgType.QtDebugMsg not in trouble._LEVELS


def test_a_log_that_cannot_be_written_hides_no_error(
    light: None, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "vol").write_text("geen map")
    made = Trouble(tmp_path / "vol" / "fouten.log")
    made.take(problem())
    dialog = open_dialog(made, qtbot)
    assert dialog.isVisible()
    dialog.close()
