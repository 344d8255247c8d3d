"""A paper on screen: looked at, enlarged, saved, printed; long work leaves the window alive."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.gui.frame import Frame
from pzdesk.gui.places import file_of
from pzdesk.gui.preview import ZOOMS, Preview, print_first, show_paper
from pzdesk.gui.sheets import SheetView
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import until
from tests.gui.test_sheets import page_count, printer_to
from tests.gui.views import coming_meeting, rich_patient


def previews() -> list[Preview]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Preview)]


@pytest.fixture
def preview(window: Frame, qtbot: QtBot) -> Preview:
    """The agenda of the coming meeting, on screen."""
    desk = window.bench.desk
    meeting = coming_meeting(desk)
    window.go(file_of(rich_patient(desk)))
    show_paper(
        window.bench,
        "Agenda",
        look=lambda: desk.papers.preview_agenda(meeting),
        hand_out=lambda: desk.papers.agenda(meeting),
        file_name="agenda.pdf",
    )
    until(qtbot, lambda: bool(previews()))
    settle()
    return previews()[0]


def gone(qtbot: QtBot) -> None:
    until(qtbot, lambda: not previews())


def test_its_pages_stand_under_each_other_with_their_number(preview: Preview) -> None:
    pages = preview.findChildren(SheetView)
    assert len(pages) > 3
    assert pages[0].accessibleName() == f"Bladzijde 1 van {len(pages)}"
    assert pages[0].y() < pages[1].y()
    assert f"{len(pages)} bladzijden · 100 %" in shown_texts(preview)


def test_ctrl_plus_and_minus_make_it_larger_and_smaller_within_bounds(preview: Preview) -> None:
    usual = preview.findChildren(SheetView)[0].width()
    QTest.keyClick(preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert preview.findChildren(SheetView)[0].width() > usual
    preview.zoom(len(ZOOMS))
    preview.zoom(-2 * len(ZOOMS))
    settle()
    assert "50 %" in preview.count.text()


def test_saving_writes_the_paper_tells_it_and_closes(
    preview: Preview, window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "agenda.pdf"
    preview.save_to(place)
    assert not preview.save_.isEnabled()
    assert "wordt opgeslagen" in preview.told.text()
    gone(qtbot)
    assert page_count(place.read_bytes()) > 3
    assert window.bar.words.text() == "Agenda opgeslagen: agenda.pdf"


def test_a_place_that_cannot_be_written_is_told_here_and_it_can_be_tried_again(
    preview: Preview, window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    preview.save_to(tmp_path / "geen map" / "agenda.pdf")
    until(qtbot, lambda: not window.bench.jobs.is_busy)
    assert preview.isVisible()
    assert preview.told.text()
    assert preview.told.property("role") == "error"
    assert "opgeslagen" not in window.bar.words.text()
    assert preview.save_.isEnabled()
    inside = window.bench.desk.session.store.folder / "agenda.pdf"
    preview.save_to(inside)
    until(qtbot, lambda: not window.bench.jobs.is_busy)
    assert not inside.exists()


def test_what_was_closed_while_it_was_saved_is_told_in_the_bar(
    preview: Preview, window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    preview.save_to(tmp_path / "agenda.pdf")
    preview.reject()
    until(qtbot, lambda: "opgeslagen: agenda.pdf" in window.bar.words.text())
    assert (tmp_path / "agenda.pdf").is_file()


def test_printing_goes_page_by_page_and_closes_when_it_is_done(
    preview: Preview, window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    preview.print_with(printer_to(tmp_path / "uit.pdf"))
    until(qtbot, lambda: "naar de printer" in preview.told.text())
    gone(qtbot)
    assert window.bar.words.text() == "Agenda afgedrukt"
    assert page_count((tmp_path / "uit.pdf").read_bytes()) > 3


def test_a_printer_that_does_not_work_is_told_with_what_else_can_be_done(
    preview: Preview, window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    preview.print_with(printer_to(tmp_path / "geen map" / "uit.pdf"))
    until(qtbot, lambda: "Sla het papier op" in preview.told.text())
    assert preview.isVisible()
    assert "afgedrukt" not in window.bar.words.text()


def test_closing_while_it_is_printed_stops_and_never_says_that_it_was_printed(
    preview: Preview, window: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    preview.print_with(printer_to(tmp_path / "uit.pdf"))
    until(qtbot, lambda: "naar de printer" in preview.told.text())
    preview.reject()
    until(qtbot, lambda: not window.bench.jobs.is_busy)
    gone(qtbot)
    assert "afgedrukt" not in window.bar.words.text()


def test_a_sheet_of_one_page_is_printed_at_once(window: Frame, tmp_path: Path) -> None:
    desk = window.bench.desk
    data = desk.papers.home_sheet(rich_patient(desk)).data
    assert print_first(data, printer_to(tmp_path / "uit.pdf"))
    assert page_count((tmp_path / "uit.pdf").read_bytes()) == 1
    assert not print_first(data, printer_to(tmp_path / "geen map" / "uit.pdf"))
