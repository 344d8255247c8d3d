"""The window while it is locked: nothing of the practice is in memory but its name and who was at work."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from pzdesk.domain.errors import PzdeskError, WrongPassphrase
from pzdesk.gui.fields import SecretField
from pzdesk.gui.jobs import Jobs, Progress
from pzdesk.gui.parts import button, column, holder, row, scroll, text
from pzdesk.gui.patience import Patience
from pzdesk.gui.quick_open import ASKING, OpenForm
from pzdesk.gui.start import help_before
from pzdesk.gui.start_open import tell_wrong_secret
from pzdesk.gui.theme import mark, theme
from pzdesk.services import quick_unlock

if TYPE_CHECKING:
    from pzdesk.gui.leaving import Leaving
    from pzdesk.services.session import Session

WIDTH = 460


class LockScreen(QMainWindow):
    """Asks the passphrase of the user who locked; ``opened`` is told with the session.

    ``left`` is told when somebody else wants to work, ``recovering`` when the passphrase is forgotten,
    ``closed`` when the window is closed.
    """

    opened = Signal(object)
    left = Signal()
    recovering = Signal()
    closed = Signal()

    def __init__(self, folder: Path, practice: str, login: str, name: str, why: str) -> None:
        super().__init__()
        self._folder, self._login = folder, login
        self.jobs = Jobs(self)
        self._patience = Patience()
        self._leaving: Leaving | None = None
        self.setWindowTitle(practice)
        mark(self, "ground")
        self.secret = SecretField("wachtzin", "Wachtzin")
        self.busy = text("", "muted")
        self.form = OpenForm(f"{name} ({login})", self._open, self.secret)
        self.form.put(self.form.offer_words).row(self.secret).ready().put(self.busy)
        self.busy.hide()
        self.other = button("Andere gebruiker", self.left.emit, role="quiet")
        self.form.buttons.insertWidget(1, self.other)
        self.recover = button("Herstelblad gebruiken", self.recovering.emit, role="quiet")
        self.form.buttons.insertWidget(2, self.recover)
        self.recover.hide()
        self.told = text("", "muted")
        self.told.hide()
        self.inside = column(
            text(practice, "large-title"),
            text(f"Vergrendeld. {why}", "muted"),
            self.told,
            self.form,
            gap=12,
        )
        inside = holder(self.inside)
        inside.setMaximumWidth(theme().px(WIDTH))
        middle = row(None, inside, None, margin=24)
        middle.setStretch(1, 100)
        self.setCentralWidget(scroll(holder(column(None, middle, None))))
        QShortcut(QKeySequence("F1"), self).activated.connect(partial(help_before, self))
        self.secret.setFocus()
        if quick_unlock.is_offered(folder, login):
            self.form.offer(self._open_quickly)

    def follow(self, leaving: "Leaving") -> None:
        """Show what is still done with the practice; opening it again waits for the end of that."""
        from pzdesk.gui.leaving import LeavingLine

        self._leaving = leaving
        self.inside.insertWidget(self.inside.indexOf(self.form) + 1, LeavingLine(leaving))

    def tell(self, sentence: str) -> None:
        """Say what else came of locking, such as work that was stopped."""
        self.told.setText(f"{self.told.text()} {sentence}".strip())
        self.told.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.closed.emit()
        super().closeEvent(event)

    def _open(self, values: dict[str, Any]) -> None:
        def work(progress: Progress) -> "Session":
            from pzdesk.services import opening

            self._patience.wait(progress)
            return opening.open_practice(self._folder, self._login, values["wachtzin"])

        self._run(work, self._patience.words)

    def _open_quickly(self) -> None:
        self._run(lambda _: quick_unlock.open_quickly(self._folder, self._login), ASKING)

    def _run(self, opened: Callable[[Progress], "Session"], words: str) -> None:
        def work(progress: Progress) -> "Session":
            session = opened(progress)
            if self._leaving is not None:  # a back-up that is not done yet is made after opening
                self._leaving.hurry()
                self._leaving.wait()
            return session

        self._set_busy(words)
        self.jobs.run(
            "Praktijk openen",
            work,
            done=self._done,
            failed=self._failed,
            drop=lambda session: session.close(),
        )

    def _done(self, session: "Session") -> None:
        self._set_busy("")
        self.opened.emit(session)

    def _failed(self, problem: BaseException) -> None:
        self._set_busy("")
        self._patience.note(problem)
        if isinstance(problem, quick_unlock.NotQuick):
            self.form.offer(None)
        if isinstance(problem, WrongPassphrase):
            tell_wrong_secret(self.secret, problem)
            self.recover.show()
        elif isinstance(problem, PzdeskError):
            self.form.tell_wrong(problem)
            self.secret.setFocus()
        else:
            raise problem

    def _set_busy(self, words: str) -> None:
        self.busy.setText(words)
        self.busy.setVisible(bool(words))
        self.form.setEnabled(not words)
