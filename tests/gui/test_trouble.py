"""The last handler: one calm dialog, and a report in which no value and no message stands."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, QtMsgType, Signal, qWarning
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import Refused
from pzdesk.domain.person import dutch_date
from pzdesk.gui import trouble
from pzdesk.gui.frame import Frame
from pzdesk.gui.jobs import Jobs
from pzdesk.gui.pages.actions import ActionsPage
from pzdesk.gui.places import Place
from pzdesk.gui.trouble import Trouble, TroubleDialog
from pzdesk.store.unit import Unit
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
    qtbot.waitUntil(lambda: handler.dialog is not None, timeout=20_000)
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
    qtbot.waitUntil(lambda: handler.dialog is None, timeout=20_000)
    handler.take(problem())
    assert open_dialog(handler, qtbot).isVisible()


def test_what_qt_says_is_logged_by_its_function_only(handler: Trouble) -> None:
    qWarning(f"QFoo::bar: no such thing as {SECRET_NAME}")
    log = handler.log.path.read_text(encoding="utf-8")
    assert "Qt waarschuwing: QFoo::bar" in log
    assert SECRET_NAME not in log
    assert QtMsgType.QtDebugMsg not in trouble._LEVELS


def test_what_goes_wrong_at_every_painting_does_not_fill_the_log(handler: Trouble) -> None:
    found = problem()
    for _ in range(100):
        handler.take(found)
    assert handler.log.path.read_text(encoding="utf-8").count("person.py") == trouble._MOST_SAME


def test_a_log_that_cannot_be_written_hides_no_error(
    light: None, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "vol").write_text("geen map")
    made = Trouble(tmp_path / "vol" / "fouten.log")
    made.take(problem())
    dialog = open_dialog(made, qtbot)
    assert dialog.isVisible()
    dialog.close()


class _Failing(QWidget):
    """Fails once where Qt calls us: when it is painted or closed; not again in the test that comes after."""

    has_failed = False

    def is_done(self) -> bool:
        return self.has_failed

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self._fail()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._fail()

    def _fail(self) -> None:
        if not self.has_failed:
            self.has_failed = True
            NOTHING[SECRET_NAME]


def _in_a_timer(qtbot: QtBot) -> None:
    QTimer.singleShot(0, lambda: NOTHING[SECRET_NAME])


def _while_painting(qtbot: QtBot) -> None:
    failing = _Failing()
    failing.show()
    qtbot.waitUntil(failing.is_done, timeout=20_000)
    failing.deleteLater()


def _while_closing(qtbot: QtBot) -> None:
    failing = _Failing()
    QTimer.singleShot(0, failing.close)
    qtbot.waitUntil(failing.is_done, timeout=20_000)
    failing.deleteLater()


def _in_a_job(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.run("Werk", lambda _: NOTHING[SECRET_NAME], done=lambda _: None, failed=_again)
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=20_000)
    jobs.stop()


def _again(problem: BaseException) -> None:
    raise problem


@pytest.mark.parametrize("where", [_in_a_timer, _while_painting, _while_closing, _in_a_job])
def test_wherever_it_goes_wrong_it_is_told_once_and_without_a_name(
    handler: Trouble, qtbot: QtBot, where: Callable[[QtBot], None]
) -> None:
    with qtbot.captureExceptions() as captured:
        sys.excepthook = lambda _kind, found, _where: handler.take(found)
        where(qtbot)
        dialog = open_dialog(handler, qtbot)
    assert not captured
    assert "builtins.KeyError" in dialog.details.toPlainText()
    assert SECRET_NAME not in handler.log.path.read_text(encoding="utf-8")


def test_an_error_half_way_an_act_leaves_nothing_and_is_never_called_saved(
    handler: Trouble, empty_window: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = empty_window.bench.desk
    empty_window.go(Place(page="acties", act="new"))
    page = empty_window.page
    assert isinstance(page, ActionsPage)
    assert page.form is not None
    page.form.field("who").set_raw("POH")
    page.form.field("what").set_raw(SECRET_NAME)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET_NAME)

    with qtbot.captureExceptions(), monkeypatch.context() as patched:
        sys.excepthook = lambda _kind, found, _where: handler.take(found)
        patched.setattr(Unit, "commit", broken)
        save = next(one for one in page.form.findChildren(QPushButton) if "Opslaan" in one.text())
        save.click()
    dialog = open_dialog(handler, qtbot)
    assert "opgeslagen" not in empty_window.bar.words.text().lower()
    assert page.form is not None, "what was typed is still there"
    assert page.form.field("what").raw() == SECRET_NAME
    dialog.close()
    assert desk.actions.open_actions() == []
    assert SECRET_NAME not in handler.log.path.read_text(encoding="utf-8")
