"""A practice that nobody sees any more comes to its end: work stopped, a last back-up, the file closed.

Nothing of it is on screen from the first moment; what takes long is done off the thread of the window, and
says what it is doing.
"""

import gc
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QProgressBar, QPushButton, QWidget

from pzdesk.gui.jobs import SHOWN_AFTER_MS, Cancelled, Jobs, Progress
from pzdesk.gui.parts import button, column, holder, row, text
from pzdesk.gui.theme import mark, theme

if TYPE_CHECKING:
    from pzdesk.gui.keeper import LastWork
    from pzdesk.services.session import Session

STOPPING = "Lopend werk wordt gestopt…"
BACKING_UP = "Back-up wordt gemaakt…"
FAILED = "Er is iets misgegaan in pzdesk."
CLOSING = "De praktijk wordt gesloten…"
FOLLOWED_EVERY_MS = 100
WIDTH = 460


class Leaving(QObject):
    """``ended`` is told once everything is closed, with why there is no back-up, if so.

    ``stopped`` is told before it, with the jobs that were not done.
    """

    stopped = Signal(object)
    ended = Signal(str)

    def __init__(
        self,
        session: "Session",
        left: Jobs,
        last: "LastWork | None",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._left, self._last = session, left, last
        self._closed = threading.Event()
        self.words = STOPPING
        self.progress = (
            Progress()
        )  # not the job's: who hurries stops the back-up, never the closing
        self.jobs = Jobs(self)
        left.setParent(self)
        left.ask_to_stop()
        self.jobs.run("Praktijk sluiten", self._work, done=self._done, failed=self._failed)

    def hurry(self) -> None:
        """Do without the back-up; the rest is still done."""
        self.progress.stop.set()

    def wait(self) -> None:
        """Wait, on any thread, until no handle is open any more."""
        self._closed.wait()

    def finish(self) -> None:
        """Bring it to its end now, without the back-up: the program ends."""
        self.hurry()
        self.wait()
        self.jobs.stop()
        self._done("")

    def _work(self, _: Progress) -> str:
        from pzdesk.services import writing

        try:
            self._left.wait()
            writing.let_go(self._session)  # whoever comes next may save at once
            if self._last is None:
                return ""
            self.words = BACKING_UP
            return self._last(self.progress)
        finally:
            self.words = CLOSING
            try:
                self._session.close()
            finally:
                self._closed.set()

    def _done(self, problem: str) -> None:
        self._last = None  # it holds the desk, with the list of people to search in
        self.jobs.stop()  # a program that ends while its worker still says that it is done falls over
        self.stopped.emit(self._left.forget())
        gc.collect()  # what a circle still holds, such as a table, would stay until Python happens to look
        self.ended.emit(problem)

    def _failed(self, problem: BaseException) -> None:
        is_ours = not isinstance(problem, Cancelled)
        self._done(FAILED if is_ours else "")
        if is_ours:
            raise problem


class LeavingLine(QFrame):
    """Says what is being done and how far it is, once it takes longer than half a second."""

    def __init__(self, leaving: Leaving, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaving = leaving
        mark(self, "bar")
        self.words = text(leaving.words)
        self.words.setAccessibleName("Wat er nog gebeurt")
        self.steps = QProgressBar()
        self.steps.setTextVisible(False)
        self.steps.setAccessibleName("Voortgang")
        self.setLayout(column(self.words, self.steps, gap=6, margin=10))
        self.hide()
        self._follow = QTimer(self)
        self._follow.setInterval(FOLLOWED_EVERY_MS)
        self._follow.timeout.connect(self._show_steps)
        self._follow.start()
        leaving.jobs.shown.connect(self._show)
        leaving.ended.connect(self._end)

    def _show(self) -> None:
        self._show_steps()
        self.show()

    def _end(self) -> None:
        self._follow.stop()
        self.hide()

    def _show_steps(self) -> None:
        progress = self._leaving.progress
        self.words.setText(self._leaving.words)
        self.steps.setMaximum(progress.total)
        self.steps.setValue(progress.done)


class ClosingWindow(QMainWindow):
    """What is left of the window while a practice closes for good: a few words, and the way to not wait.

    It shows itself when closing takes longer than half a second, or when something went wrong.
    """

    closed = Signal()

    def __init__(self, leaving: Leaving) -> None:
        super().__init__()
        self._leaving = leaving
        self._is_over = False
        self.setWindowTitle("pzdesk")
        mark(self, "ground")
        self.heading = text("pzdesk maakt nog een back-up", "title")
        self.told = text(
            "Het venster sluit vanzelf zodra de back-up klaar is. Alles is opgeslagen."
        )
        self.line = LeavingLine(leaving)
        self.without: QPushButton = button("Sluit zonder back-up", self._without, keys="Esc")
        self.without.setShortcut("Esc")
        inside = column(
            *(self.heading, self.told, self.line, row(self.without, None), None), gap=12, margin=20
        )
        self.setCentralWidget(holder(inside))
        self.setFixedWidth(theme().px(WIDTH))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=False)
        leaving.ended.connect(self._end)
        QTimer.singleShot(SHOWN_AFTER_MS, self, self._show)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._is_over:
            self.closed.emit()
            super().closeEvent(event)
        else:  # the cross means: do not wait
            self._without()
            event.ignore()

    def _show(self) -> None:
        if not self._is_over:
            self.line.show()
            self.show()
            self.activateWindow()

    def _without(self) -> None:
        if self._is_over:
            self.close()
            return
        self._leaving.hurry()
        self.without.setEnabled(False)
        self.told.setText("De back-up wordt afgebroken. De vorige back-up is er nog.")

    def _end(self, problem: str) -> None:
        self._is_over = True
        if not problem:
            self.close()
            return
        self.heading.setText("Er is geen back-up gemaakt")
        self.told.setText(f"{problem} Wat u deed is wel opgeslagen.")
        self.without.setText("Sluiten")
        self.without.setShortcut("Esc")
        self.without.setEnabled(True)
        self.show()
        self.activateWindow()
