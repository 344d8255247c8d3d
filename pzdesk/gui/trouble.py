"""When pzdesk itself is wrong: one calm dialog, and a report that holds no word of any file.

The report has types of errors, places in our code and versions. What an error says may quote a name or a
text, so it is never kept, shown or copied; nor is any value.
"""

import re
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from pzdesk.domain.errors import PzdeskError
from pzdesk.gui.parts import button, column, row, text
from pzdesk.gui.theme import mark, theme
from pzdesk.services.reports import ErrorLog, report_of, versions

TITLE = "Er ging iets mis in pzdesk"
WORDS = (
    "Er ging iets mis in pzdesk zelf. Wat u al had bewaard, staat er nog. Waar u mee bezig was, is misschien "
    "niet af: kijk het na als u verdergaat."
)
_MOST_SAME = 20
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_:]{2,60}(?=[:(])")
_LEVELS = {
    QtMsgType.QtWarningMsg: "waarschuwing",
    QtMsgType.QtCriticalMsg: "fout",
    QtMsgType.QtFatalMsg: "einde",
}


class Trouble(QObject):
    """Takes what nobody caught, of any thread, and tells it once at a time."""

    _came = Signal(object)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = ErrorLog(log)
        self.dialog: TroubleDialog | None = None
        self._times: Counter[str] = Counter()
        self._before: tuple[Any, Any] | None = None
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the last handler of Python, of its threads, and of what Qt says."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = lambda _kind, problem, _where: self.take(problem)
        threading.excepthook = lambda told: self.take(told.exc_value) if told.exc_value else None
        qInstallMessageHandler(self._qt_said)

    def remove(self) -> None:
        """Put back what was there before ``install``."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            qInstallMessageHandler(None)
            self._before = None

    def take(self, problem: BaseException) -> None:
        """Log an error and show it; from any thread."""
        if isinstance(problem, KeyboardInterrupt):
            QApplication.quit()
            return
        report = report_of(problem)
        self._times[report] += 1
        if self._times[report] <= _MOST_SAME:  # what fails at every painting would fill the log
            self.log.keep(report)
        # What escaped as a PzdeskError has a sentence that was meant for the user.
        self._came.emit((str(problem) if isinstance(problem, PzdeskError) else WORDS, report))

    def _show(self, told: tuple[str, str]) -> None:
        if self.dialog is not None:
            return
        words, report = told
        self.dialog = TroubleDialog(words, report, self.log.path, QApplication.activeWindow())
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _qt_said(self, level: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        if level not in _LEVELS:
            return
        named = _NAMED.match(message or "")
        what = named[0] if named else "Qt"
        self.log.keep(f"Qt {_LEVELS[level]}: {what} ({context.category})")


class TroubleDialog(QDialog):
    """What went wrong, calmly, with the report to copy or keep."""

    def __init__(self, words: str, report: str, log: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self._log = log
        px = theme().px
        self.setMinimumWidth(px(560))
        self.details = QPlainTextEdit("\n".join([report, *versions()]))
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Technisch verslag")
        self.details.setMinimumHeight(px(140))
        close = button("Verder", self.accept, role="primary")
        close.setDefault(True)
        buttons = row(
            close,
            button("Diagnostisch bestand…", self._diagnose),
            None,
        )
        mark(self, "ground")
        self.setLayout(
            column(
                text(TITLE, "title"),
                text(words),
                text(
                    "Wilt u dit melden? Stuur dan het diagnostische bestand mee: het verslag hieronder met "
                    "wat er over pzdesk en deze computer bij hoort. Er staan geen gegevens van patiënten in.",
                    "muted",
                ),
                self.details,
                text(f"Het verslag staat ook in {log}.", "small", select=True),
                buttons,
                gap=12,
                margin=20,
            )
        )
        close.setFocus()

    def _diagnose(self) -> None:
        from pzdesk.gui.diagnostics import show_diagnostics  # only when something went wrong

        show_diagnostics(self, ErrorLog(self._log))


def guard(app: QApplication, log: Path) -> Trouble:
    """Install the last handler for a running window."""
    made = Trouble(log, app)
    made.install()
    return made
