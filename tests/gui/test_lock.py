"""Locking: at once, whatever is open; nothing of anybody stays; and back at the same place with the draft."""

import gc
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pzdesk.demo import papers
from pzdesk.demo.story import read_story
from pzdesk.domain.patient import PatientId
from pzdesk.domain.practice import LockTimes
from pzdesk.gui.away import LOCKED
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.desktop import Desktop
from pzdesk.gui.frame import Frame
from pzdesk.gui.help import About
from pzdesk.gui.jobs import Progress
from pzdesk.gui.lock import LockScreen
from pzdesk.gui.pages.actions import ActionsPage
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.preview import Preview, chosen_printer
from pzdesk.gui.section import Section
from pzdesk.gui.theme import theme
from pzdesk.gui.wizard_recover import RecoverPanel
from pzdesk.services import opening
from pzdesk.services.desk import desk_over
from tests.conftest import BEGIN, DemoStore
from tests.gui.conftest import settle
from tests.gui.leftovers import everything_left, everything_shown, people_in_memory, with_undo
from tests.gui.starting import keys_into, looked_through, own_computer, until
from tests.gui.views import coming_meeting, rich_patient, views

__all__ = ["own_computer"]

LOGIN = "poh"
SECRET = papers.passphrase_of(read_story(BEGIN.date()), LOGIN)
SENTENCE = "Zij wil de kleinkinderen nog zien zwemmen"
MARK = "xqz"
"""What stands in no text of the program itself."""


@dataclass
class AtWork:
    """The POH at work in the demo practice."""

    desktop: Desktop
    folder: Path
    qtbot: QtBot
    names: tuple[str, ...] = ()

    @property
    def frame(self) -> Frame:
        """The window of the practice."""
        assert self.desktop.frame is not None
        return self.desktop.frame

    @property
    def patient(self) -> PatientId:
        """Of whom most is known."""
        return rich_patient(self.frame.bench.desk)

    def go(self, place: Place) -> None:
        """Go somewhere and let it be drawn."""
        self.frame.go(place)
        settle()

    def lock(self) -> LockScreen:
        """Press Ctrl+L and wait until nothing is left of the window."""
        QTest.keyClick(self.frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        return self.locked()

    def locked(self) -> LockScreen:
        """The lock, when the window of the practice is gone."""
        until(self.qtbot, lambda: self.desktop.lock_screen is not None)
        until(self.qtbot, lambda: not any(isinstance(w, Frame) for w in QApplication.allWidgets()))
        until(self.qtbot, lambda: self.desktop.leaving is None)
        assert self.desktop.lock_screen is not None
        return self.desktop.lock_screen

    def unlock(self) -> None:
        """Type the passphrase."""
        assert self.desktop.lock_screen is not None
        keys_into(self.desktop.lock_screen, SECRET)
        looked_through(self.desktop, self.qtbot)
        settle()


def text_of(field: QWidget | None) -> str:
    """What stands in a field."""
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


@pytest.fixture
def at_work(
    light: None,
    qapp: QApplication,
    own_computer: Path,
    demo_store: DemoStore,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[AtWork]:
    # Qt's offscreen does not know whose the clipboard is; a real screen does.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)
    QApplication.clipboard().clear()
    made, key = demo_store
    folder = tmp_path / "demo"
    shutil.copytree(made, folder)
    desktop = Desktop(qapp, tmp_path / "lokaal")
    session = opening.open_with_key(folder, key, LOGIN)
    desktop._enter(session)
    looked_through(desktop, qtbot)
    rows = desktop.frame.bench.desk.patients.rows(everybody=True) if desktop.frame else []
    names = tuple(row.name.achternaam for row in rows if len(row.name.achternaam) > 4)
    assert len(names) > 20
    yield AtWork(desktop, folder, qtbot, names)
    desktop.finish()
    if desktop.window is not None:
        desktop.window.close()
    desktop._drop_waiting()
    desktop.deleteLater()
    settle()


def told_about(at_work: AtWork) -> list[str]:
    """Names of people of the practice that are still somewhere."""
    here = everything_shown()
    return [name for name in at_work.names if name in here]


def show_preview(at_work: AtWork) -> None:
    page = at_work.frame.pages["dossier"]
    assert isinstance(page, DossierPage)
    page.acts()["print"]()
    until(at_work.qtbot, lambda: bool(of_kind(Preview)))


def show_menu(at_work: AtWork) -> None:
    button = next(
        one
        for one in at_work.frame.page.findChildren(QPushButton)
        if one.menu() is not None and one.isVisible()
    )
    menu = button.menu()
    assert menu is not None
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    assert QApplication.activePopupWidget() is menu


def show_help(at_work: AtWork) -> None:
    at_work.frame.do("help")


def show_a_list_under_a_field(at_work: AtWork) -> None:
    at_work.go(file_of(at_work.patient, "mdo", "actie"))
    section = at_work.frame.page.section  # type: ignore[attr-defined]
    who = section.form.field("who")
    who.setFocus()
    QTest.keyClicks(who.control, "d")
    until(at_work.qtbot, lambda: who.control.completer().popup().isVisible())


def copy_for_the_his(at_work: AtWork) -> None:
    at_work.frame.do("copy-his")
    until(at_work.qtbot, lambda: not at_work.frame.bench.jobs.is_busy)
    assert "Gekopieerd" in at_work.frame.bar.words.text()


def nothing_more(at_work: AtWork) -> None:
    """Only the file itself is open."""


def of_kind(kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind)]


OPEN = {
    "a file": nothing_more,
    "a preview": show_preview,
    "a menu": show_menu,
    "help": show_help,
    "a list under a field": show_a_list_under_a_field,
    "a copy for the HIS": copy_for_the_his,
}


@pytest.mark.parametrize("opened", OPEN.values(), ids=OPEN)
def test_after_locking_nobody_can_be_read_whatever_was_open(
    at_work: AtWork, opened: Callable[[AtWork], None]
) -> None:
    at_work.go(Place(page="patienten"))
    at_work.go(file_of(at_work.patient))
    opened(at_work)
    assert told_about(at_work)
    at_work.desktop.lock()
    screen = at_work.locked()
    settle()
    assert told_about(at_work) == []
    visible = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert visible == [screen]


def type_everywhere(page: QWidget) -> int:
    """Type something about somebody in every field that takes text; gives in how many."""
    typed = 0
    for edit in page.findChildren(QLineEdit):
        if edit.isVisible() and edit.isEnabled() and not edit.isReadOnly():
            edit.insert(MARK)
            typed += 1
    for area in page.findChildren(QPlainTextEdit):
        if area.isVisible() and area.isEnabled() and not area.isReadOnly():
            area.insertPlainText(SENTENCE)
            typed += 1
    return typed


def test_after_every_page_was_seen_and_typed_in_nothing_of_anybody_is_left(
    at_work: AtWork,
) -> None:
    gc.collect()
    of_other_tests = {id(one) for one in people_in_memory()}
    desk = at_work.frame.bench.desk
    typed = 0
    for view in list(views(desk, at_work.patient, coming_meeting(desk))):
        at_work.go(view.place)
        typed += type_everywhere(at_work.frame.page)
    assert typed > 50
    assert with_undo()
    at_work.frame.top.search.begin()
    QTest.keyClicks(at_work.frame.top.search.focusProxy() or at_work.frame.top.search, MARK)
    here = everything_left()
    assert MARK in here
    assert SENTENCE in here
    del desk, here
    at_work.lock()
    left = everything_left()
    assert [name for name in (*at_work.names, MARK, SENTENCE) if name in left] == []
    assert with_undo() == []
    assert [one for one in people_in_memory() if id(one) not in of_other_tests] == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the open files as Linux lists them")
def test_while_it_is_locked_no_file_of_the_practice_is_open(at_work: AtWork) -> None:
    def open_here() -> list[str]:
        found = []
        for one in Path("/proc/self/fd").iterdir():
            try:
                found.append(str(one.readlink()))
            except OSError:
                continue
        return [name for name in found if name.startswith(str(at_work.folder))]

    assert open_here()
    at_work.lock()
    assert open_here() == []


def test_the_lock_tells_that_a_copy_for_the_his_was_taken_off_the_clipboard(
    at_work: AtWork,
) -> None:
    at_work.go(file_of(at_work.patient))
    copy_for_the_his(at_work)
    at_work.desktop.lock()
    assert "van het klembord gehaald" in at_work.locked().told.text()


def test_what_another_program_copied_stays_on_the_clipboard(
    at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: False)
    QApplication.clipboard().setText("van een ander")
    assert at_work.lock().told.text() == ""
    assert QApplication.clipboard().text() == "van een ander"


def test_a_dialog_that_is_asking_something_does_not_keep_it_from_locking(at_work: AtWork) -> None:
    at_work.go(file_of(at_work.patient))
    frame = at_work.frame
    asked: list[object] = []

    def ask() -> None:
        QTimer.singleShot(0, at_work.desktop, at_work.desktop.lock)
        asked.append(About(frame).exec())
        # Who asked goes on here, and finds its window as it was.
        asked.append(frame.isVisible())

    QTimer.singleShot(0, frame, ask)
    at_work.locked()
    assert asked == [0, False]
    assert told_about(at_work) == []


def test_a_printer_or_a_place_that_is_being_chosen_is_not_waited_for(at_work: AtWork) -> None:
    at_work.go(file_of(at_work.patient))
    frame = at_work.frame
    chosen: list[object] = []

    def ask(work: Callable[[], object]) -> None:
        QTimer.singleShot(0, at_work.desktop, at_work.desktop.lock)
        chosen.append(work())

    QTimer.singleShot(
        0, frame, partial(ask, lambda: QFileDialog.getSaveFileName(frame, "Opslaan als PDF")[0])
    )
    at_work.locked()
    assert chosen == [""]
    at_work.unlock()
    again = at_work.frame
    QTimer.singleShot(0, again, partial(ask, lambda: chosen_printer("Patiëntblad", again)))
    at_work.locked()
    assert chosen == ["", None]


def test_what_was_still_being_made_does_not_open_over_the_lock(at_work: AtWork) -> None:
    at_work.go(file_of(at_work.patient))
    came: list[object] = []
    frame = at_work.frame
    frame.bench.job("Agenda maken", lambda _: "papier", done=came.append)
    at_work.lock()
    settle()
    assert came == []


def test_work_that_was_stopped_by_locking_is_told_on_the_lock(at_work: AtWork) -> None:
    def work(progress: Progress) -> None:
        while True:
            progress.step(1, 2)

    at_work.frame.bench.job("Lijst inlezen", work, done=lambda _: None, can_cancel=True)
    at_work.desktop.lock()
    assert at_work.locked().told.text() == "Gestopt: Lijst inlezen."


@pytest.mark.parametrize(
    ("section", "act"),
    [
        ("dimensies", "beoordelen"),
        ("mdo", "actie"),
        ("mdo", "toestemming"),
        ("markering", "stap"),
        ("netwerk", "naaste-0"),
        ("acuut", "plan"),
    ],
)
def test_a_form_that_was_open_is_open_again_with_what_was_typed(
    at_work: AtWork, section: str, act: str
) -> None:
    at_work.go(file_of(at_work.patient, section))
    shown: Section = at_work.frame.page.section  # type: ignore[attr-defined]
    shown.begin(act)
    settle()
    edit = next(
        one
        for one in shown.findChildren(QWidget)
        if (
            isinstance(one, QPlainTextEdit) or (isinstance(one, QLineEdit) and one.maxLength() > 50)
        )
        and one.isVisible()
    )
    edit.setFocus()
    QTest.keyClicks(edit, SENTENCE)
    at_work.lock()
    assert SENTENCE not in everything_shown()
    at_work.unlock()
    assert at_work.frame.place == file_of(at_work.patient, section, act)
    assert SENTENCE in everything_shown()
    until(at_work.qtbot, lambda: SENTENCE in text_of(QApplication.focusWidget()))
    here = at_work.frame.focusWidget()
    assert here is not None
    QTest.keyClicks(here, "!")
    assert f"{SENTENCE}!" in text_of(here), "it goes on where it stopped"


def test_a_form_of_a_page_comes_back_too_and_one_that_was_saved_does_not(at_work: AtWork) -> None:
    at_work.go(Place(page="acties", act="new"))
    page = at_work.frame.page
    assert isinstance(page, ActionsPage)
    assert page.form is not None
    page.form.field("what").set_raw(SENTENCE)
    at_work.lock()
    at_work.unlock()
    page = at_work.frame.page
    assert isinstance(page, ActionsPage)
    assert page.form is not None
    assert page.form.field("what").raw() == SENTENCE
    page.form.field("who").set_raw("M. Wiersma")
    page.form.try_save()
    assert page.form is None
    at_work.lock()
    at_work.unlock()
    page = at_work.frame.page
    assert isinstance(page, ActionsPage)
    assert page.form is None


def test_another_scale_while_typing_keeps_the_form_and_the_sentence(at_work: AtWork) -> None:
    at_work.go(file_of(at_work.patient, "mdo", "actie"))
    section: Section = at_work.frame.page.section  # type: ignore[attr-defined]
    assert section.form is not None
    section.form.field("what").set_raw(SENTENCE)
    at_work.frame.do("larger")
    settle()
    assert theme().scale == 110
    section = at_work.frame.page.section  # type: ignore[attr-defined]
    assert section.form is not None
    assert section.form.field("what").raw() == SENTENCE


def test_what_was_typed_is_there_after_closing_and_after_going_elsewhere(at_work: AtWork) -> None:
    at_work.go(file_of(at_work.patient, "mdo", "actie"))
    section: Section = at_work.frame.page.section  # type: ignore[attr-defined]
    assert section.form is not None
    section.form.field("what").set_raw(SENTENCE)
    at_work.go(Place(page="vandaag"))
    patient = at_work.patient
    kept = at_work.frame.bench.desk.drafts.kept(f"dossier-{patient}-mdo-actie")
    assert kept is not None
    assert kept.fields["what"] == SENTENCE
    at_work.go(file_of(patient, "mdo"))
    section = at_work.frame.page.section  # type: ignore[attr-defined]
    section.begin("actie")
    assert section.form is not None
    section.form.field("what").set_raw(f"{SENTENCE}, en fietsen")
    at_work.frame.close()
    session = opening.open_practice(at_work.folder, LOGIN, SECRET)
    again = Desktop(QApplication.instance(), at_work.folder.parent / "lokaal")  # type: ignore[arg-type]
    again._enter(session, file_of(patient, "mdo", "actie"))
    assert f"{SENTENCE}, en fietsen" in everything_shown()
    again.finish()
    again.deleteLater()


def test_who_forgot_the_passphrase_at_the_lock_opens_with_the_recovery_sheet(
    at_work: AtWork,
) -> None:
    screen = at_work.lock()
    assert screen.recover.isHidden()
    practice = screen.windowTitle()
    screen.recover.click()
    desktop = at_work.desktop
    assert desktop.lock_screen is None
    assert desktop.start is not None
    panel = desktop.start.panel
    assert isinstance(panel, RecoverPanel)
    assert panel.form.heading.text() == practice
    until(at_work.qtbot, lambda: QApplication.focusWidget() is panel.code.edit)


def test_it_locks_after_as_long_as_the_practice_says_and_at_once_when_the_screen_does(
    at_work: AtWork, demo_store: DemoStore
) -> None:
    desktop = at_work.desktop
    assert desktop._minutes() == 5
    beheer = opening.open_with_key(at_work.folder, demo_store[1], "beheer")
    service = desk_over(beheer).practice
    service.change(replace(service.practice(), lock=LockTimes(minutes=1, meeting_minutes=7)))
    beheer.close()
    at_work.frame.bench.changes.tell(Change(Topic.PRACTICE))
    assert desktop._minutes() == 1
    assert desktop.idle is not None
    desktop.idle.reached.emit()
    assert "Er is 1 minuut niets gedaan." in everything_shown()
    at_work.locked()
    at_work.unlock()
    desktop._listen()
    assert desktop._away is not None
    desktop._away.saves(begins=True)
    assert LOCKED in everything_shown()
    at_work.locked()
    desktop._away.sleeps(begins=True)
    assert at_work.desktop.frame is None, "what is locked stays so"
