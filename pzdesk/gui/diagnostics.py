"""The diagnostic file: shown whole, before anybody decides to keep or to send it."""

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, qVersion
from PySide6.QtGui import QAccessible, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPlainTextEdit, QWidget

from pzdesk.gui.bench import Bench
from pzdesk.gui.parts import button, column, row, text
from pzdesk.gui.theme import mark, theme
from pzdesk.services import diagnostics
from pzdesk.services.reports import ErrorLog
from pzdesk.services.session import wall_clock

TITLE = "Diagnostisch bestand"
FILE = "pzdesk-diagnose.txt"


def show_diagnostics(parent: QWidget, log: ErrorLog | None = None) -> "DiagnosticsDialog":
    """Show the file of now over a window; of a practice when one is open and can be read."""
    dialog = DiagnosticsDialog(log or diagnostics.error_log(), parent)
    dialog.open()
    return dialog


def window_lines() -> list[str]:
    """What this window runs on: Qt, screens, sizes and colours."""
    screens = ", ".join(
        f"{one.size().width()}x{one.size().height()} (schaal {one.devicePixelRatio():g})"
        for one in QGuiApplication.screens()
    )
    look = theme()
    reader = "aan" if QAccessible.isActive() else "uit"
    return [
        f"Qt {qVersion()}, {QGuiApplication.platformName()}, taal {QLocale.system().name()}",
        f"schermen: {screens}",
        f"kleuren {look.look.value}, grootte {look.scale} %, hulp voor blinden {reader}",
        f"lettertypen: {len(QFontDatabase.families())}",
    ]


def open_bench() -> Bench | None:
    """The bench of the practice that is open now; None at the start and behind the lock."""
    from pzdesk.gui.frame import Frame  # which holds the pages, and one of them asks for this file

    frames = (one for one in QApplication.topLevelWidgets() if isinstance(one, Frame))
    return next((frame.bench for frame in frames if frame.isVisible()), None)


class DiagnosticsDialog(QDialog):
    """The whole text, to read; it goes nowhere but where the user puts it."""

    def __init__(self, log: ErrorLog, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self._log = log
        px = theme().px
        self.resize(px(720), px(560))
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("Wat er in het bestand komt")
        self.told = text("", "small")
        self.save = button("Opslaan…", self._save, role="primary")
        close = button("Sluiten", self.reject, keys="Esc")
        mark(self, "ground")
        self.setLayout(
            column(
                text(TITLE, "title"),
                text(
                    "Dit is alles wat er in komt. Lees het na, en sla het op als u het wilt meesturen met "
                    "een melding. pzdesk verstuurt zelf niets.",
                ),
                self.words,
                self.told,
                row(self.save, None, close),
                gap=12,
                margin=20,
            )
        )
        self._fill()
        self.save.setFocus()

    def _fill(self) -> None:
        bench = open_bench()
        if bench is None:
            self._show(["niet geopend"])
            return
        self.save.setEnabled(False)
        self._show(["wordt nagekeken…"])
        bench.job(
            "Diagnose maken",
            lambda _: bench.desk.diagnostics.practice(),
            done=self._looked_at,
            failed=lambda: self._looked_at(["kan niet worden gelezen"]),
        )

    def _looked_at(self, practice: list[str]) -> None:
        self._show(practice)
        self.save.setEnabled(True)
        self.save.setFocus()

    def _show(self, practice: list[str]) -> None:
        self.words.setPlainText(
            diagnostics.file_of(
                wall_clock(),
                practice=practice,
                window=window_lines(),
                errors=self._log.newest(),
            )
        )

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, f"{TITLE} opslaan", FILE, "Tekst (*.txt)")
        if name:
            self.keep_at(Path(name))

    def keep_at(self, path: Path) -> None:
        """Write what is shown where the user chose."""
        try:
            path.write_text(self.words.toPlainText(), encoding="utf-8")
        except OSError:
            self.told.setText("Het kon daar niet worden geschreven. Kies een andere plaats.")
        else:
            self.told.setText(f"Het bestand staat in {path}.")
