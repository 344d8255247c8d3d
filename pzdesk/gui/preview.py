"""A paper on screen before it leaves: looked at, saved as PDF, or printed.

Looking leaves a line in the log and nothing else. What is saved or printed is made anew at that moment and
counts as handed out.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from pzdesk.domain.errors import PzdeskError
from pzdesk.gui.bench import Bench
from pzdesk.gui.parts import button, clear, column, holder, line, row, scroll, text
from pzdesk.gui.sheets import ON_PAPER, Drawn, Printing, Sheets, SheetView, put_page
from pzdesk.gui.theme import mark, theme
from pzdesk.services.files import checked_place, write_file
from pzdesk.services.papers import Paper

ON_SCREEN = 110  # dots per inch at 100 %
ZOOMS = (50, 75, 100, 125, 150, 200)
FOLDER = "map-voor-papier"
NOT_PRINTED = "De printer doet het niet. Sla het papier op als PDF en druk dat af."


def show_paper(
    bench: Bench,
    words: str,
    *,
    look: Callable[[], bytes],
    hand_out: Callable[[], Paper],
    file_name: str = "",
) -> None:
    """Make a paper off the thread of the window and show it; what is wrong is told in the bar."""

    def made(sheets: Sheets) -> None:
        window = QApplication.activeWindow()
        Preview(bench, words, sheets, hand_out, file_name or f"{words}.pdf", window).open()

    bench.job(f"{words} maken", lambda _: Sheets(look()), done=made)


class Preview(QDialog):
    """The pages under each other, with what can be done with them above."""

    def __init__(
        self,
        bench: Bench,
        words: str,
        sheets: Sheets,
        hand_out: Callable[[], Paper],
        file_name: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench, self._words, self._sheets = bench, words, sheets
        self._hand_out, self._file_name = hand_out, file_name
        self._drawn = Drawn(sheets)
        self._printing: Printing | None = None
        self._zoom = 100
        self.setWindowTitle(words)
        self.setAccessibleName(f"Voorbeeld: {words}")
        px = theme().px
        self.resize(px(980), px(680))
        self.save_ = button("Opslaan als PDF…", self.save, keys="Ctrl+S", role="primary")
        self.print_ = button("Afdrukken…", self.print, keys="Ctrl+P")
        self.count = text("", "muted", wrap=False)
        self.told = text("")
        self.told.setContentsMargins(px(12), 0, px(12), px(8))
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
        self._lay_out()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        """Close; a page that is not printed yet stays unprinted."""
        if self._printing is not None:
            self._printing.stop()
        super().done(result)
        self._sheets.close()

    def zoom(self, steps: int) -> None:
        """Show the pages larger or smaller."""
        here = ZOOMS.index(self._zoom) + steps
        self._zoom = ZOOMS[min(max(here, 0), len(ZOOMS) - 1)]
        self._lay_out()

    def save(self) -> None:
        """Save as PDF where the user says; that is handing out."""
        if not self.save_.isEnabled():
            return
        folder = self._bench.desk.preferences.remembered(FOLDER, str(Path.home()))
        place = str(Path(folder) / self._file_name)
        chosen, _ = QFileDialog.getSaveFileName(self, "Opslaan als PDF", place, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save at a place; an error is told here and the preview stays."""
        bench, words, hand_out = self._bench, self._words, self._hand_out
        store = bench.desk.session.store.folder

        def work(_progress: object) -> None:
            checked_place(path, store=store)
            write_file(path, hand_out().data, store=store)

        def saved(_: None) -> None:
            bench.desk.preferences.remember(FOLDER, str(path.parent))
            if isValid(self):
                self.accept()
            bench.tell(f"{words} opgeslagen: {path.name}")

        self._set_busy(f"{words} wordt opgeslagen…")
        bench.job(f"{words} opslaan", work, done=saved, wrong=self)

    def print(self) -> None:
        """Print; that is handing out."""
        if not self.print_.isEnabled():
            return
        printer = chosen_printer(self._words, self)
        if printer is not None:
            self.print_with(printer)

    def print_with(self, printer: QPrinter) -> None:
        """Print on a printer, page by page; closing stops it."""
        hand_out = self._hand_out

        def made(sheets: Sheets) -> None:
            if not isValid(self):
                sheets.close()
                return
            self._printing = Printing(self._bench, self._words, printer, sheets, self)
            self._printing.moved.connect(self._moved)
            self._printing.ended.connect(self._printed)
            self._printing.begin()

        self._set_busy(f"{self._words} wordt gemaakt…")
        self._bench.job(
            f"{self._words} afdrukken", lambda _: Sheets(hand_out().data), done=made, wrong=self
        )

    def tell_wrong(self, problem: PzdeskError) -> None:
        """Say what is wrong; the preview stays."""
        self._set_busy("")
        self._tell(str(problem), "error")

    def _moved(self, number: int, count: int) -> None:
        self._set_busy(f"Bladzijde {number} van {count} gaat naar de printer. Sluiten stopt ermee.")

    def _printed(self, is_whole: bool) -> None:  # noqa: FBT001 - a signal's
        self._printing = None
        self._set_busy("")
        if not is_whole:
            self._tell(NOT_PRINTED, "error")
            return
        bench, words = self._bench, self._words
        self.accept()
        bench.tell(f"{words} afgedrukt")

    def _lay_out(self) -> None:
        clear(self.pages)
        dots = ON_SCREEN * self._zoom / 100
        for number, size in enumerate(self._sheets.sizes):
            page = SheetView(self._drawn, number, size, dots)
            page.setAccessibleName(f"Bladzijde {number + 1} van {len(self._sheets)}")
            self.pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.pages.addStretch(1)
        noun = "bladzijde" if len(self._sheets) == 1 else "bladzijden"
        self.count.setText(f"{len(self._sheets)} {noun} · {self._zoom} %")

    def _set_busy(self, words: str) -> None:
        for part in (self.save_, self.print_):
            part.setEnabled(not words)
        self._tell(words, "muted")

    def _tell(self, sentence: str, role: str) -> None:
        mark(self.told, role)
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))


def chosen_printer(words: str, parent: QWidget) -> QPrinter | None:
    """The printer that the user chose, or None."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(words)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return None
    return printer


def print_pdf(data: bytes, parent: QWidget, words: str = "pzdesk") -> bool:
    """Print a PDF of one page at once; false when the user or the printer did not want it."""
    printer = chosen_printer(words, parent)
    return printer is not None and print_first(data, printer)


def print_first(data: bytes, printer: QPrinter) -> bool:
    """Print the first page; false when the printer did not want it."""
    sheets, painter = Sheets(data), QPainter()
    try:
        if not painter.begin(printer):
            return False
        put_page(painter, printer, sheets.picture(0, ON_PAPER))
        return painter.end()
    finally:
        sheets.close()
