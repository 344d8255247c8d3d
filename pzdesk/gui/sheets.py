"""The pages of a PDF: drawn one by one when somebody sees them, or when a printer asks for them."""

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import pypdfium2
from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pzdesk.gui.jobs import Cancelled
from pzdesk.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from pzdesk.gui.bench import Bench

POINTS = 72  # to the inch
ON_PAPER = 300  # dots per inch
KEPT = 6
"""So many drawn pages are kept; an agenda of forty, all of them enlarged, would be more than a gigabyte."""

_turn = threading.Lock()  # PDFium does one thing at a time, of whichever thread


class Sheets:
    """A PDF that is open; any thread may ask for a page."""

    def __init__(self, data: bytes) -> None:
        self._is_closed = False
        with _turn:
            self._document = pypdfium2.PdfDocument(data)
            self.sizes = [self._document.get_page_size(n) for n in range(len(self._document))]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dots_per_inch: float) -> QImage:
        """A page, from 0, as a picture (raises ``Cancelled`` when it was closed meanwhile)."""
        with _turn:
            if self._is_closed:
                raise Cancelled
            page = self._document[number]
            bitmap = page.render(scale=dots_per_inch / POINTS, rev_byteorder=True, prefer_bgrx=True)
            made = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGBX8888,
            ).copy()
            page.close()
        return made

    def close(self) -> None:
        """Let go of it; once more does nothing."""
        with _turn:
            self._is_closed = True
            self._document.close()


class Drawn:
    """The pages that were drawn last, at one size."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._kept: OrderedDict[tuple[int, float], QImage] = OrderedDict()

    def page(self, number: int, dots_per_inch: float) -> QImage:
        """A page; drawn now when it is not one of the last."""
        key = (number, dots_per_inch)
        if key not in self._kept:
            self._kept[key] = self._sheets.picture(number, dots_per_inch)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


class SheetView(QWidget):
    """One page on screen. It takes its place at once, and is drawn when it comes into view."""

    def __init__(self, drawn: Drawn, number: int, size: tuple[float, float], dots: float) -> None:
        super().__init__()
        self._drawn, self._number, self._dots = drawn, number, dots
        wide, high = (round(side * dots / POINTS) for side in size)
        self.setFixedSize(QSize(wide + 2, high + 2))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        fine = self.devicePixelRatioF()
        picture = self._drawn.page(self._number, self._dots * fine)
        painter = QPainter(self)
        inside = self.rect().adjusted(1, 1, -1, -1)
        painter.fillRect(inside, Qt.GlobalColor.white)
        painter.drawImage(QRectF(inside), picture)
        painter.setPen(theme().palette.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Printing(QObject):
    """A paper on its way to a printer: every page is drawn off the thread of the window, then sent.

    ``moved`` tells which page goes now, from 1, and of how many; ``ended`` whether the printer took all.
    """

    moved = Signal(int, int)
    ended = Signal(bool)

    def __init__(
        self, bench: "Bench", words: str, printer: "QPrinter", sheets: Sheets, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench, self._words = bench, words
        self._printer, self._sheets = printer, sheets
        self._painter = QPainter()
        self._next = 0

    def begin(self) -> None:
        """Send the first page."""
        if self._painter.begin(self._printer):
            self._draw()
        else:
            self._end(is_whole=False)

    def stop(self) -> None:
        """Send no page more."""
        if self._painter.isActive():
            self._painter.end()
            self._printer.abort()
        self._sheets.close()

    def _draw(self) -> None:
        number = self._next
        self.moved.emit(number + 1, len(self._sheets))
        self._bench.job(
            f"{self._words} afdrukken",
            lambda _: self._sheets.picture(number, ON_PAPER),
            done=self._send,
        )

    def _send(self, picture: QImage) -> None:
        if not self._painter.isActive():
            return
        if self._next and not self._printer.newPage():
            self._end(is_whole=False)
            return
        put_page(self._painter, self._printer, picture)
        self._next += 1
        if self._next < len(self._sheets):
            self._draw()
        else:
            self._end(is_whole=self._painter.end())

    def _end(self, *, is_whole: bool) -> None:
        self.stop()
        self.ended.emit(is_whole)


def put_page(painter: QPainter, printer: "QPrinter", page: QImage) -> None:
    """Paint a page over the whole sheet of a printer."""
    layout, fine = printer.pageLayout(), printer.resolution()
    margin = layout.paintRectPixels(fine).topLeft()
    painter.drawImage(QRectF(layout.fullRectPixels(fine).translated(-margin)), page)
