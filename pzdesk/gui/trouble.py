"""When pzdesk itself is wrong: one calm dialog, and a report that holds no word of any file.

The report has types of errors, places in our code and versions. What an error says may quote a name or a
text, so it is never kept, shown or copied; nor is any value.
"""

import re
import sys
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPlainTextEdit, QWidget

from pzdesk import __version__
from pzdesk.domain.errors import PzdeskError
from pzdesk.gui.parts import button, column, row, text
from pzdesk.gui.theme import mark, theme

OURS = "pzdesk"
MOST_BYTES = 200_000
"""Of the log; a longer one becomes the old one, and the one before that goes."""
TITLE = "Er ging iets mis in pzdesk"
WORDS = (
    "Er ging iets mis in pzdesk zelf. Wat u al had bewaard, staat er nog. Waar u mee bezig was, is misschien "
    "niet af: kijk het na als u verdergaat."
)
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_:]{2,60}(?=[:(])")
_LEVELS = {
    QtMsgType.QtWarningMsg: "waarschuwing",
    QtMsgType.QtCriticalMsg: "fout",
    QtMsgType.QtFatalMsg: "einde",
}


def report_of(problem: BaseException) -> str:
    """A technical report of an error and of what caused it: types, places in code, versions."""
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = problem
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(
            f"{'door ' if lines else ''}{type(cause).__module__}.{type(cause).__qualname__}"
        )
        lines += _places(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
    return "\n".join([*lines, *versions()])


def versions() -> list[str]:
    """What this runs on."""
    import platform  # only when something went wrong

    return [
        f"pzdesk {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
    ]


def _places(found: TracebackType | None) -> list[str]:
    """Where it was, from the outside in; frames of others by their package only."""
    import traceback

    lines = []
    for frame in traceback.extract_tb(found):
        parts = Path(frame.filename).parts
        inside = parts[parts.index("site-packages") + 1 :] if "site-packages" in parts else parts
        if OURS in inside and (inside is parts or inside[0] == OURS):
            here = len(parts) - 1 - parts[::-1].index(OURS)
            lines.append(f"  {'/'.join(parts[here:])}:{frame.lineno} {frame.name}")
        elif inside is not parts:
            lines.append(f"  ({inside[0]}:{frame.lineno})")
    return lines


class Trouble(QObject):
    """Takes what nobody caught, of any thread, and tells it once at a time."""

    _came = Signal(object)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = log
        self.dialog: TroubleDialog | None = None
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
        self._keep(report)
        # What escaped as a PzdeskError has a sentence that was meant for the user.
        self._came.emit((str(problem) if isinstance(problem, PzdeskError) else WORDS, report))

    def _show(self, told: tuple[str, str]) -> None:
        if self.dialog is not None:
            return
        words, report = told
        self.dialog = TroubleDialog(words, report, self.log, QApplication.activeWindow())
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _qt_said(self, level: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        if level not in _LEVELS:
            return
        named = _NAMED.match(message or "")
        what = named[0] if named else "Qt"
        self._keep(f"Qt {_LEVELS[level]}: {what} ({context.category})")

    def _keep(self, report: str) -> None:
        with suppress(OSError):  # a full disk must not hide the error itself
            self.log.parent.mkdir(parents=True, exist_ok=True)
            if self.log.is_file() and self.log.stat().st_size > MOST_BYTES:
                self.log.replace(self.log.with_suffix(".oud"))
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S%z}\n{report}\n\n")
            self.log.chmod(0o600)


class TroubleDialog(QDialog):
    """What went wrong, calmly, with the report to copy or keep."""

    def __init__(self, words: str, report: str, log: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self._report = report
        px = theme().px
        self.setMinimumWidth(px(560))
        self.details = QPlainTextEdit(report)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Technisch verslag")
        self.details.setMinimumHeight(px(140))
        self.told = text("", "small")
        close = button("Verder", self.accept, role="primary")
        close.setDefault(True)
        buttons = row(
            close,
            button("Verslag kopiëren", self._copy),
            button("Verslag opslaan…", self._save),
            None,
        )
        mark(self, "ground")
        self.setLayout(
            column(
                text(TITLE, "title"),
                text(words),
                text(
                    "Wilt u dit melden? Stuur dan het verslag hieronder mee. Er staan geen gegevens van "
                    "patiënten in.",
                    "muted",
                ),
                self.details,
                text(f"Het verslag staat ook in {log}.", "small", select=True),
                self.told,
                buttons,
                gap=12,
                margin=20,
            )
        )
        close.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report)
        self.told.setText("Het verslag is gekopieerd.")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Verslag opslaan", "pzdesk-verslag.txt")
        if name:
            self.keep_at(Path(name))

    def keep_at(self, path: Path) -> None:
        """Write the report where the user chose."""
        try:
            path.write_text(f"{self._report}\n", encoding="utf-8")
        except OSError:
            self.told.setText(
                "Het verslag kon daar niet worden geschreven. Kies een andere plaats."
            )
        else:
            self.told.setText(f"Het verslag staat in {path}.")


def guard(app: QApplication, log: Path) -> Trouble:
    """Install the last handler for a running window."""
    made = Trouble(log, app)
    made.install()
    return made
