"""Logboek in Beheer: in words, the newest first, filtered, and some hundreds at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pzdesk.domain.audit import AuditEvent, AuditRow
from pzdesk.domain.audit_log import LogFilter, LogKind
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings import log as log_page
from pzdesk.gui.pages.settings.log import LogPart
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.places import Place
from pzdesk.gui.preview import Preview
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle
from tests.gui.starting import until
from tests.gui.views import rich_patient

ANNA = "Mw. A.M. Jansen-de Vries, 14-03-1941"


@pytest.fixture
def log(
    window_over: Callable[[Desk], Frame],
    demo_desk: Callable[[str], Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> LogPart:
    monkeypatch.setattr(log_page, "ASKED_AFTER_MS", 0)
    desk = demo_desk("vandam")
    desk.emergencies.open(rich_patient(desk), "dochter belt in paniek")
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


def ask(log: LogPart, qtbot: QtBot, wanted: LogFilter) -> None:
    """Wait until what the fields say is asked, and shown."""
    until(qtbot, lambda: log.asked == wanted)
    settle()


def test_the_newest_line_stands_first_in_words_with_who_and_whom(log: LogPart) -> None:
    found = [row.sequence for row in rows(log)]
    assert found == sorted(found, reverse=True)
    assert all(line[2].startswith("heeft ") for line in cells(log))
    assert any(line[3].startswith(ANNA) for line in cells(log))
    assert log.count.text().startswith("De nieuwste 500 van 1.0")


def test_older_lines_come_beneath_at_request(log: LogPart) -> None:
    QTest.mouseClick(log.older, Qt.MouseButton.LeftButton)
    settle()
    assert len(rows(log)) == 1000
    log.older.setFocus()
    QTest.keyClick(log.older, Qt.Key.Key_Return)
    settle()
    assert rows(log)[-1].sequence == 1
    assert not log.older.isVisible()
    assert "van" not in log.count.text()


def test_a_patient_a_user_and_a_kind_are_asked_together(log: LogPart, qtbot: QtBot) -> None:
    QTest.keyClicks(log.patient.edit, "jansen-de vries")
    anna = rich_patient(log.bench.desk)
    ask(log, qtbot, LogFilter(patient=anna))
    assert {line[3] for line in cells(log)} == {ANNA}
    log.user.set_raw("poh")
    log.what.set_raw(LogKind.CHANGED.value)
    ask(log, qtbot, LogFilter(patient=anna, login="poh", kind=LogKind.CHANGED))
    assert {line[1] for line in cells(log)} == {"M. Wiersma"}
    assert all("bekeken" not in line[2] for line in cells(log))
    log.show_everything()
    assert log.patient.raw() == ""
    assert len(rows(log)) == 500


def test_a_day_that_is_half_typed_asks_nothing(log: LogPart, qtbot: QtBot) -> None:
    QTest.keyClicks(log.since.edit, "1-1-2027x")
    log.emergencies.box.setChecked(True)
    settle()
    assert log.asked == LogFilter()
    log.since.edit.clear()
    ask(log, qtbot, LogFilter(emergencies=True))


def test_only_emergencies_shows_the_reason_with_the_line(log: LogPart, qtbot: QtBot) -> None:
    log.emergencies.box.setChecked(True)
    ask(log, qtbot, LogFilter(emergencies=True))
    (line,) = rows(log)
    assert line.event is AuditEvent.EMERGENCY_OPENED
    assert log.table.values.columns[2].cell(line).second == "“dochter belt in paniek”"


def test_what_nothing_fits_says_so(log: LogPart, qtbot: QtBot) -> None:
    log.what.set_raw(LogKind.REFUSED.value)
    ask(log, qtbot, LogFilter(kind=LogKind.REFUSED))
    assert log.nothing.isVisible()
    assert log.count.text() == "0 regels"


def test_what_is_asked_is_saved_as_a_table(
    log: LogPart, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "log.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    QTest.mouseClick(log.save_, Qt.MouseButton.LeftButton)
    until(qtbot, place.exists)
    until(qtbot, lambda: not log.bench.jobs.is_busy)
    assert "heeft een patiënt toegevoegd" in place.read_text(encoding="utf-8-sig")


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
    QTest.keyClicks(log.patient.edit, "jansen-de vries")
    ask(log, qtbot, LogFilter(patient=rich_patient(bench.desk)))
    log.table.setFocus()
    QTest.keyClick(log.table, Qt.Key.Key_Return)
    until(qtbot, lambda: QApplication.activeModalWidget() is not None or not bench.jobs.is_busy)
    until(qtbot, lambda: bool(log.window().findChildren(Preview)))
    (preview,) = log.window().findChildren(Preview)
    assert preview.windowTitle() == "Wie heeft dit dossier gezien"
    preview.reject()
