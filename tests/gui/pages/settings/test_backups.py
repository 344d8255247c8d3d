"""Back-up in Beheer: what there is, made and tried with one key, a second folder, put back after a look."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings.backups import BackupPart, destroyed_words, row_words
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.places import Place
from pzdesk.gui.tables import ValueTable
from pzdesk.services.desk import Desk
from tests.factories import NOW
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import until

HERE = Place(page="beheer", section="back-up")


@pytest.fixture
def shown(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk], qtbot: QtBot
) -> Callable[[str], Frame]:
    def show(login: str) -> Frame:
        frame = window_over(demo_desk(login))
        frame.go(HERE)
        settle()
        return frame

    return show


def part(frame: Frame) -> BackupPart:
    page = frame.page
    assert isinstance(page, SettingsPage)
    found = page.part
    assert isinstance(found, BackupPart)
    return found


def press(frame: Frame, words: str, qtbot: QtBot) -> None:
    """Press a button by the keyboard, and wait for what it does."""
    found = next(
        one for one in part(frame).findChildren(QPushButton) if one.accessibleName() == words
    )
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Space)
    until(qtbot, lambda: not frame.bench.jobs.is_busy)
    settle()


def test_before_the_first_it_says_when_they_are_made(shown: Callable[[str], Frame]) -> None:
    said = shown_texts(part(shown("poh")))
    assert "Nog geen back-up" in said
    assert "nog geen" in said


def test_one_is_made_and_tried_out_by_the_keyboard(
    shown: Callable[[str], Frame], qtbot: QtBot
) -> None:
    frame = shown("poh")
    press(frame, "Nu een back-up maken", qtbot)
    said = shown_texts(part(frame))
    assert sum(words.startswith("vandaag ") for words in said) == 1
    press(frame, "Nieuwste uitproberen", qtbot)
    assert sum(words.startswith("vandaag ") for words in shown_texts(part(frame))) == 2
    assert "kan worden teruggezet" in " ".join(shown_texts(frame.bar))


def test_only_a_beheerder_chooses_the_second_folder_and_puts_one_back(
    shown: Callable[[str], Frame], qtbot: QtBot
) -> None:
    frame = shown("poh")
    press(frame, "Nu een back-up maken", qtbot)
    said = shown_texts(part(frame))
    assert "Map kiezen…" not in said
    assert not any("zet er een terug" in words for words in said)


def test_a_second_folder_is_shown_with_its_warning_until_it_gets_one(
    shown: Callable[[str], Frame], qtbot: QtBot, tmp_path: Path
) -> None:
    frame = shown("beheer")
    stick = tmp_path / "stick"
    stick.mkdir()
    part(frame).use_second(stick)
    settle()
    said = shown_texts(part(frame))
    assert str(stick) in said
    assert any("nog geen back-up" in words for words in said)
    press(frame, "Nu een back-up maken", qtbot)
    assert not any("nog geen back-up" in words for words in shown_texts(part(frame)))
    assert list(stick.glob("*.pzbackup"))
    press(frame, "Niet meer gebruiken", qtbot)
    assert str(stick) not in shown_texts(part(frame))


def test_enter_on_a_back_up_shows_what_would_change_and_only_then_puts_it_back(
    shown: Callable[[str], Frame], qtbot: QtBot
) -> None:
    frame = shown("beheer")
    press(frame, "Nu een back-up maken", qtbot)
    asked: list[Path] = []
    frame.bench.restore_asked.connect(asked.append)
    table = part(frame).findChild(ValueTable)
    assert isinstance(table, ValueTable)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    until(qtbot, lambda: part(frame).form is not None)
    said = shown_texts(part(frame))
    assert any(words.startswith("30 patiënten · nu 30") for words in said), said
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert part(frame).form is None
    assert asked == []
    table = part(frame).findChild(ValueTable)
    assert isinstance(table, ValueTable)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    until(qtbot, lambda: part(frame).form is not None)
    QTest.keyClick(frame, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [path.suffix for path in asked] == [".pzbackup"]


def test_a_damaged_back_up_is_told_and_not_put_back(
    shown: Callable[[str], Frame], qtbot: QtBot
) -> None:
    frame = shown("beheer")
    press(frame, "Nu een back-up maken", qtbot)
    made = frame.bench.desk.backups.all()[0]
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    part(frame)._begin_restore(made)
    until(qtbot, lambda: not frame.bench.jobs.is_busy)
    assert "beschadigd" in " ".join(shown_texts(frame.bar))
    assert part(frame).form is None


def test_what_was_destroyed_since_is_told_before_a_backup_is_put_back() -> None:
    assert destroyed_words({"patients": 3}) == ""
    assert destroyed_words({"destroyed": 0, "destroyed_parts": 0}) == ""
    assert destroyed_words({"destroyed": 1, "destroyed_parts": 0}) == (
        "1 dossier dat daarna is vernietigd, komt niet terug."
    )
    assert destroyed_words({"destroyed": 2, "destroyed_parts": 1}) == (
        "2 dossiers die daarna zijn vernietigd, komen niet terug. "
        "Delen van 1 dossier die daarna zijn vernietigd, komen niet terug."
    )


def test_two_of_one_minute_are_told_apart_by_the_second() -> None:
    first, later = NOW, NOW + timedelta(seconds=7)
    assert row_words(first, NOW, {first}) == "vandaag 14.05 uur"
    assert row_words(first, NOW, {first, later}) == "vandaag 14.05.00 uur"
    assert row_words(later, NOW, {first, later}) == "vandaag 14.05.07 uur"
