"""Pages of a PDF on screen and on a printer: drawn when they are seen, few at a time, never two at once."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.documents.agenda import agenda
from pzdesk.gui.bench import Bench
from pzdesk.gui.jobs import Cancelled
from pzdesk.gui.parts import scroll
from pzdesk.gui.sheets import KEPT, Drawn, Printing, Sheets, SheetView
from pzdesk.services.desk import Desk
from tests.documents import samples
from tests.gui.conftest import settle


@pytest.fixture(scope="module")
def paper() -> bytes:
    """An agenda of several pages."""
    return agenda(samples.AGENDA)


def page_count(data: bytes) -> int:
    """How many pages a PDF has, printed ones included."""
    sheets = Sheets(data)
    sheets.close()
    return len(sheets)


def printer_to(path: Path) -> QPrinter:
    """A printer that makes a file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def is_blank(picture: QImage) -> bool:
    """Whether every dot is white."""
    white = QImage(picture.size(), picture.format())
    white.fill(0xFFFFFFFF)
    return picture == white


def test_every_page_is_drawn_at_the_size_of_its_paper(paper: bytes) -> None:
    sheets = Sheets(paper)
    assert len(sheets) == page_count(paper)
    for number in range(len(sheets)):
        picture = sheets.picture(number, 72)
        assert (picture.width(), picture.height()) == (596, 842)
        assert not is_blank(picture)
    sheets.close()


def test_only_pages_that_are_seen_are_drawn(light: None, paper: bytes, qtbot: QtBot) -> None:
    asked: list[int] = []

    class Watched(Sheets):
        def picture(self, number: int, dots_per_inch: float) -> QImage:
            asked.append(number)
            return super().picture(number, dots_per_inch)

    sheets = Watched(paper)
    inside = QWidget()
    around = QVBoxLayout(inside)
    drawn = Drawn(sheets)
    for number, size in enumerate(sheets.sizes):
        around.addWidget(SheetView(drawn, number, size, 110))
    area = scroll(inside)
    qtbot.addWidget(area)
    area.resize(1000, 700)
    area.show()
    settle()
    assert asked == [0]
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    settle()
    assert asked[-1] == len(sheets) - 1
    assert len(asked) == len(set(asked)) <= 3
    sheets.close()


def test_no_more_than_a_few_pictures_are_kept(paper: bytes) -> None:
    sheets = Sheets(paper)
    drawn = Drawn(sheets)
    for dots in range(40, 40 + 2 * KEPT):
        assert drawn.page(0, dots) is drawn.page(0, dots)
    assert len(drawn._kept) == KEPT
    sheets.close()


def test_two_threads_draw_pages_at_once_and_each_gets_its_own(paper: bytes) -> None:
    sheets = Sheets(paper)
    expected = sheets.picture(0, 60)
    found: list[QImage] = []

    def draw() -> None:
        found.extend(sheets.picture(0, 60) for _ in range(20))

    threads = [threading.Thread(target=draw) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40
    assert all(picture == expected for picture in found)
    sheets.close()


def test_what_was_closed_meanwhile_is_told_as_stopped(paper: bytes) -> None:
    sheets = Sheets(paper)
    sheets.close()
    sheets.close()
    with pytest.raises(Cancelled):
        sheets.picture(0, 72)


def test_every_page_goes_to_the_printer_in_order(
    bench_over: Callable[[Desk], Bench], desk: Desk, paper: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    bench, sheets = bench_over(desk), Sheets(paper)
    printing = Printing(bench, "Agenda", printer_to(tmp_path / "uit.pdf"), sheets, bench)
    moved: list[tuple[int, int]] = []
    printing.moved.connect(lambda number, count: moved.append((number, count)))
    with qtbot.waitSignal(printing.ended, timeout=20_000) as ended:
        printing.begin()
    assert ended.args == [True]
    count = page_count(paper)
    assert moved == [(number, count) for number in range(1, count + 1)]
    assert page_count((tmp_path / "uit.pdf").read_bytes()) == count


def test_a_printer_that_does_not_want_it_is_told(
    bench_over: Callable[[Desk], Bench], desk: Desk, paper: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    bench = bench_over(desk)
    printer = printer_to(tmp_path / "geen map" / "uit.pdf")
    printing = Printing(bench, "Agenda", printer, Sheets(paper), bench)
    with qtbot.waitSignal(printing.ended) as ended:
        printing.begin()
    assert ended.args == [False]


def test_stopping_sends_no_page_more(
    bench_over: Callable[[Desk], Bench], desk: Desk, paper: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    bench, sheets = bench_over(desk), Sheets(paper)
    printing = Printing(bench, "Agenda", printer_to(tmp_path / "uit.pdf"), sheets, bench)
    moved: list[int] = []
    printing.moved.connect(lambda number, _: moved.append(number))
    printing.begin()
    printing.stop()
    qtbot.waitUntil(lambda: not bench.jobs.is_busy, timeout=20_000)
    assert moved == [1]
