"""A paper on screen before it leaves: looked at, saved as PDF, or printed.

Looking leaves a line in the log and nothing else. What is saved or printed is made anew at that moment and
counts as handed out.
"""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QWidget

from pzdesk.domain.errors import PzdeskError
from pzdesk.gui.bench import Bench
from pzdesk.gui.jobs import Progress
from pzdesk.gui.parts import button, clear, column, holder, line, row, scroll, text
from pzdesk.gui.theme import mark, theme
from pzdesk.services.files import checked_place, write_file
from pzdesk.services.papers import Paper

ON_SCREEN = 110  # dots per inch at 100 %
ON_PAPER = 300
ZOOMS = (50, 75, 100, 125, 150, 200)
FOLDER = "map-voor-papier"


def show_paper(
    bench: Bench,
    words: str,
    *,
    look: Callable[[], bytes],
    hand_out: Callable[[], Paper],
    file_name: str = "",
) -> None:
    """Make a paper off the thread of the window and show it; what is wrong is told in the bar."""

    def made(data: bytes) -> None:
        window = QApplication.activeWindow()
        Preview(bench, words, data, hand_out, file_name or f"{words}.pdf", window).open()

    bench.job(f"{words} maken", lambda _: look(), done=made)


class Preview(QDialog):
    """The pages under each other, with what can be done with them above."""

    def __init__(
        self,
        bench: Bench,
        words: str,
        data: bytes,
        hand_out: Callable[[], Paper],
        file_name: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench, self._words, self._data = bench, words, data
        self._hand_out, self._file_name = hand_out, file_name
        self._zoom = 100
        self.setWindowTitle(words)
        self.setAccessibleName(f"Voorbeeld: {words}")
        px = theme().px
        self.resize(px(980), px(680))
        self.save_ = button("Opslaan als PDF…", self.save, keys="Ctrl+S", role="primary")
        self.print_ = button("Afdrukken…", self.print, keys="Ctrl+P")
        self.count = text("", "muted", wrap=False)
        self.told = text("", "error")
        self.told.hide()
        smaller = button("Kleiner", lambda: self.zoom(-1), keys="Ctrl+-")
        larger = button("Groter", lambda: self.zoom(1), keys="Ctrl++")
        close = button("Sluiten", self.reject, keys="Esc")
        self.pages = column(gap=12, margin=16)
        self.area = scroll(holder(self.pages))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(f"Bladzijden van {words}")
        parts = row(
            self.save_, self.print_, None, self.count, smaller, larger, close, gap=8, margin=10
        )
        around = column(parts, self.told, line(), self.area, gap=0)
        around.setStretch(3, 1)
        self.setLayout(around)
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.print),
            ("Ctrl++", lambda: self.zoom(1)),
            ("Ctrl+-", lambda: self.zoom(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._draw()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def zoom(self, steps: int) -> None:
        """Show the pages larger or smaller."""
        here = ZOOMS.index(self._zoom) + steps
        self._zoom = ZOOMS[min(max(here, 0), len(ZOOMS) - 1)]
        self._draw()

    def save(self) -> None:
        """Save as PDF where the user says; that is handing out."""
        folder = self._bench.desk.preferences.remembered(FOLDER, str(Path.home()))
        place = str(Path(folder) / self._file_name)
        chosen, _ = QFileDialog.getSaveFileName(self, "Opslaan als PDF", place, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save at a place; an error is told here and the preview stays."""
        store = self._bench.desk.session.store.folder
        try:
            checked_place(path, store=store)
            write_file(path, self._hand_out().data, store=store)
        except PzdeskError as problem:
            self._tell(str(problem))
            return
        self._bench.desk.preferences.remember(FOLDER, str(path.parent))
        self.accept()
        self._bench.tell(f"{self._words} opgeslagen: {path.name}")

    def print(self) -> None:
        """Print; that is handing out."""
        printer = chosen_printer(self._words, self)
        if printer is None:
            return
        try:
            data = self._hand_out().data
        except PzdeskError as problem:
            self._tell(str(problem))
            return
        self._bench.job(
            f"{self._words} afdrukken",
            lambda progress: _pictures(data, ON_PAPER, progress),
            done=lambda pages: self._to(printer, pages),
            can_cancel=True,
        )

    def _to(self, printer: QPrinter, pages: list[QImage]) -> None:
        if not _paint(printer, pages):
            self._tell("De printer doet het niet. Sla het papier op als PDF en druk dat af.")
            return
        self.accept()
        self._bench.tell(f"{self._words} afgedrukt")

    def _draw(self) -> None:
        clear(self.pages)
        dots = ON_SCREEN * self._zoom / 100
        made = _pictures(self._data, dots, Progress())
        for number, picture in enumerate(made, start=1):
            page = QLabel()
            page.setTextFormat(Qt.TextFormat.PlainText)
            page.setPixmap(QPixmap.fromImage(picture))
            page.setAccessibleName(f"Bladzijde {number} van {len(made)}")
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            mark(page, "paper")
            self.pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.pages.addStretch(1)
        noun = "bladzijde" if len(made) == 1 else "bladzijden"
        self.count.setText(f"{len(made)} {noun} · {self._zoom} %")

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()


def chosen_printer(words: str, parent: QWidget) -> QPrinter | None:
    """The printer that the user chose, or None."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(words)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return None
    return printer


def print_pdf(data: bytes, parent: QWidget, words: str = "pzdesk") -> bool:
    """Print a short PDF at once; false when the user or the printer did not want it."""
    printer = chosen_printer(words, parent)
    return printer is not None and _paint(printer, _pictures(data, ON_PAPER, Progress()))


def _paint(printer: QPrinter, pages: list[QImage]) -> bool:
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        paper = printer.pageLayout().fullRectPixels(printer.resolution())
        margin = printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
        painter.drawImage(QRectF(paper.translated(-margin)), page)
    return painter.end()


def _pictures(data: bytes, dots_per_inch: float, progress: Progress) -> list[QImage]:
    document = pypdfium2.PdfDocument(data)
    try:
        made = []
        for number, page in enumerate(document):
            progress.step(number, len(document))
            bitmap = page.render(scale=dots_per_inch / 72, rev_byteorder=True, prefer_bgrx=True)
            picture = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGBX8888,
            )
            made.append(picture.copy())
            page.close()
        return made
    finally:
        document.close()
