"""From the start to the practice, to the lock and back to the same place; and what closing leaves."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.gui import desktop
from pzdesk.gui.desktop import SETTINGS, Desktop
from pzdesk.gui.frame import Frame
from pzdesk.gui.lock import LockScreen
from pzdesk.gui.places import Place
from pzdesk.gui.theme import Look, theme
from pzdesk.services import opening, recent
from pzdesk.services.desk import desk_over
from tests import factories
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import PRACTICE, SECRET, keys_into, own_computer, practice, until

__all__ = ["own_computer", "practice"]


@dataclass
class Running:
    """A desktop on a practice."""

    desktop: Desktop
    qtbot: QtBot

    def frame(self) -> Frame:
        """The window of the practice, when it has opened."""
        until(self.qtbot, lambda: self.desktop.frame is not None)
        assert self.desktop.frame is not None
        return self.desktop.frame

    def locked(self) -> LockScreen:
        """The lock that is shown now."""
        assert self.desktop.lock_screen is not None
        settle()
        return self.desktop.lock_screen


@pytest.fixture
def running(
    light: None, qapp: QApplication, practice: Path, tmp_path: Path, qtbot: QtBot
) -> Iterator[Running]:
    made = Desktop(qapp, tmp_path / "lokaal")
    made.begin(practice, "deboer", SECRET)
    yield Running(made, qtbot)
    made.finish()
    if made.window is not None:
        made.window.close()
    made._drop_waiting()
    made.deleteLater()


def test_a_practice_that_opens_is_remembered_and_its_name_alone_is_the_title(
    running: Running, practice: Path
) -> None:
    frame = running.frame()
    assert frame.windowTitle() == PRACTICE
    assert frame.isVisible()
    assert running.desktop.start is None
    (known,) = recent.recent_stores()
    assert (known.folder, known.practice, known.login) == (practice, PRACTICE, "deboer")


def test_locking_leaves_nothing_open_and_opens_at_the_same_place_again(
    running: Running, practice: Path
) -> None:
    frame = running.frame()
    place = Place(page=frame.page_keys[-1])
    frame.go(place)
    gone: list[bool] = []
    frame.destroyed.connect(lambda: gone.append(True))
    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    screen = running.locked()
    assert running.desktop.frame is None
    until(running.qtbot, lambda: bool(gone) and running.desktop.leaving is None)
    assert (
        not (practice / "store.db-wal").exists() or not (practice / "store.db-wal").stat().st_size
    )
    assert screen.windowTitle() == PRACTICE
    keys_into(screen, SECRET)
    assert running.frame().place == place
    assert running.desktop.lock_screen is None


def test_the_lock_tells_a_wrong_passphrase_under_it_and_stays(running: Running) -> None:
    running.frame()
    running.desktop.lock()
    screen = running.locked()
    assert "dr. De Boer (deboer)" in shown_texts(screen)
    keys_into(screen, "zeven zwanen")
    until(running.qtbot, lambda: not screen.jobs.is_busy)
    assert "horen niet bij elkaar" in screen.secret.error.text()
    assert running.desktop.frame is None


def test_another_user_goes_from_the_lock_to_the_start(running: Running, practice: Path) -> None:
    running.frame()
    running.desktop.lock()
    QTest.keyClick(running.locked().other, Qt.Key.Key_Space)
    assert running.desktop.lock_screen is None
    assert running.desktop.start is not None
    until(running.qtbot, lambda: not running.desktop.start.jobs.is_busy)  # type: ignore[union-attr]


def test_what_was_typed_is_kept_before_the_window_goes(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    frame = running.frame()
    monkeypatch.setattr(type(frame.page), "leave", lambda page: left.append(page.key))
    running.desktop.lock()
    assert frame.place.page in left


def test_it_locks_after_five_minutes_and_in_a_meeting_after_an_hour(running: Running) -> None:
    frame = running.frame()
    idle = running.desktop.idle
    assert idle is not None
    now = [idle._last]
    idle._clock = idle._steady = lambda: now[0]
    frame.page.holds_meeting = True
    now[0] += 59 * 60
    idle.look()
    assert running.desktop.frame is frame
    frame.page.holds_meeting = False
    idle.look()
    assert running.desktop.frame is None
    assert any("Er is 5 minuten niets gedaan." in text for text in shown_texts(running.locked()))


def test_closing_closes_the_practice_and_the_place_of_the_window_is_kept(
    running: Running, practice: Path, tmp_path: Path, qapp: QApplication
) -> None:
    frame = running.frame()
    frame.resize(1024, 740)
    settle()
    frame.close()
    assert running.desktop.frame is None
    until(running.qtbot, lambda: running.desktop.leaving is None)
    assert (
        not (practice / "store.db-wal").exists() or not (practice / "store.db-wal").stat().st_size
    )
    settings = (tmp_path / "lokaal" / desktop.SETTINGS).read_text(encoding="utf-8")
    assert PRACTICE not in settings
    again = Desktop(qapp, tmp_path / "lokaal")
    again.begin(practice, "deboer", SECRET)
    until(running.qtbot, lambda: again.frame is not None)
    assert again.frame is not None
    assert again.frame.height() == 740  # the screen of the tests is narrower than any window
    again.frame.close()
    again.finish()
    again.deleteLater()


def test_work_that_was_lost_is_told_at_once(
    running: Running, practice: Path, tmp_path: Path, qapp: QApplication
) -> None:
    running.frame().close()
    until(running.qtbot, lambda: running.desktop.leaving is None)
    old = (practice / "store.db").read_bytes()
    session = opening.open_practice(practice, "deboer", SECRET)
    desk_over(session).patients.add(factories.a_patient())
    session.close()
    (practice / "store.db").write_bytes(old)
    again = Desktop(qapp, tmp_path / "lokaal")
    again.begin(practice, "deboer", SECRET)
    until(running.qtbot, lambda: again.frame is not None)
    assert again.frame is not None
    settle()
    assert "logboek is korter" in again.frame.bar.words.text()
    again.frame.close()
    again.finish()
    again.deleteLater()


def test_palette_and_scale_are_remembered_for_the_user_and_for_the_start(
    running: Running, practice: Path, tmp_path: Path, qapp: QApplication
) -> None:
    frame = running.frame()
    theme().use(Look.CONTRAST, 125)
    frame.close()
    running.desktop.finish()
    theme().use(Look.LIGHT, 100)
    again = Desktop(qapp, tmp_path / "nog nooit gebruikt")
    again.begin(practice, "deboer", SECRET)
    until(running.qtbot, lambda: again.frame is not None)
    assert (theme().look, theme().scale) == (Look.CONTRAST, 125)
    assert again.frame is not None
    again.frame.close()
    again.finish()
    again.deleteLater()
    settle()


def test_the_start_wears_what_was_chosen_last_on_this_computer(
    running: Running, tmp_path: Path, qapp: QApplication
) -> None:
    running.frame()
    theme().use(Look.DARK, 110)
    running.desktop.finish()
    theme().changed.disconnect(running.desktop._remember_look)
    theme().use(Look.LIGHT, 100)
    Desktop(qapp, tmp_path / "lokaal").deleteLater()
    assert (theme().look, theme().scale) == (Look.DARK, 110)


def test_qt_speaks_dutch(qapp: QApplication, light: None) -> None:
    assert desktop.application(["pzdesk"]) is qapp
    assert QLocale().language() == QLocale.Language.Dutch
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Annuleren"


def test_the_settings_of_the_window_hold_no_more_than_its_place(
    running: Running, tmp_path: Path
) -> None:
    running.frame().close()
    kept = QSettings(str(tmp_path / "lokaal" / desktop.SETTINGS), QSettings.Format.IniFormat)
    assert kept.allKeys() == ["venster/plaats"]


def test_settings_that_are_damaged_are_as_none(
    own_computer: Path, light: None, tmp_path: Path, qapp: QApplication
) -> None:
    local = tmp_path / "stuk"
    local.mkdir()
    settings = "[venster]\nplaats=7\nkleuren=@Invalid()\ngrootte=\u00b2\n"
    (local / SETTINGS).write_text(settings, encoding="utf-8")
    made = Desktop(qapp, local)
    made.begin()
    assert made.start is not None
    assert made.start.isVisible()
    assert (theme().look, theme().scale) == (Look.LIGHT, 100)
    made.start.close()
    made.finish()
    made.deleteLater()
    settle()
