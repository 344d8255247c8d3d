"""Logboek in Beheer: in words, the newest first, filtered while somebody types."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.domain.audit import AuditRow
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings.log import LogPart
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.places import Place
from pzdesk.gui.preview import Preview
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle
from tests.gui.starting import until


@pytest.fixture
def log(window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]) -> LogPart:
    frame = window_over(demo_desk("beheer"))
    frame.go(Place(page="beheer", section="logboek"))
    settle()
    page = frame.page
    assert isinstance(page, SettingsPage)
    found = page.part
    assert isinstance(found, LogPart)
    return found


def rows(log: LogPart) -> list[AuditRow]:
    return log.table.values.rows


def cells(log: LogPart) -> list[list[str]]:
    return [[column.cell(row).first for column in log.table.values.columns] for row in rows(log)]


def test_the_newest_line_stands_first_in_words_with_who_and_whom(log: LogPart) -> None:
    found = [row.sequence for row in rows(log)]
    assert found == sorted(found, reverse=True)
    assert all(line[2].startswith("heeft ") for line in cells(log))
    assert any(line[3].startswith("Mw. A.M. Jansen-de Vries, 14-03-1941") for line in cells(log))


def test_typing_filters_by_every_word(log: LogPart) -> None:
    everything = len(rows(log))
    QTest.keyClicks(log.filter.edit, "jansen pzp")
    settle()
    assert 0 < len(rows(log)) < everything
    assert all("Jansen" in line[3] and "PZP" in line[2] for line in cells(log))
    assert log.count.text() == f"{len(rows(log))} regels"
    log.filter.edit.clear()
    assert len(rows(log)) == everything
    QTest.keyClicks(log.filter.edit, "zzzz")
    assert rows(log) == []
    assert log.count.text() == "0 regels"


def test_only_who_has_the_right_has_the_part(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    frame = window_over(demo_desk("poh"))
    frame.go(Place(page="beheer", section="logboek"))
    page = frame.page
    assert isinstance(page, SettingsPage)
    assert "logboek" not in page.parts
    assert not isinstance(page.part, LogPart)


def test_enter_on_a_line_shows_the_sheet_for_that_patient(log: LogPart, qtbot: QtBot) -> None:
    bench = log.bench
    QTest.keyClicks(log.filter.edit, "jansen pzp")
    log.table.setFocus()
    QTest.keyClick(log.table, Qt.Key.Key_Return)
    until(qtbot, lambda: QApplication.activeModalWidget() is not None or not bench.jobs.is_busy)
    until(qtbot, lambda: bool(log.window().findChildren(Preview)))
    (preview,) = log.window().findChildren(Preview)
    assert preview.windowTitle() == "Wie heeft dit dossier gezien"
    preview.reject()
