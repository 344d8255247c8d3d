"""The keeper of back-ups: makes one in time, tries the newest out every month, puts one back when asked."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pzdesk.domain.came_back import told
from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench, KeyRenewal, Said, TellsWrong
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.jobs import Progress
from pzdesk.gui.places import Place
from pzdesk.services import backups, opening
from pzdesk.services.desk import Desk
from pzdesk.services.practice import DAMAGED
from pzdesk.services.session import Session

FIRST_AFTER_MS = 20_000
LOOKED_EVERY_MS = 60_000


LastWork = Callable[[Progress], str]
"""The last work on a practice; gives why there is no back-up, empty when there is or none was needed."""


def last_backup(desk: Desk, progress: Progress, *, for_good: bool) -> str:
    """Make the back-up with which a practice closes; on locking only when one is due: it opens again soon.

    Raises:
        Cancelled: the user would not wait for it.
    """
    if desk.session.store.is_replaced:  # this is not the practice any more that lies there
        return ""
    state = desk.backups.state
    if not (state.has_changed if for_good else state.is_due(desk.session.now)):
        return ""
    try:
        desk.backups.make(step=progress.step)
    except PzdeskError as problem:
        return str(problem)
    return ""


def said_restored(bench: Bench, back: tuple[str, ...]) -> Said:
    """That a backup was put back, and which users and roles came with it, with the way to them."""
    if not back:
        return Said("Teruggezet. De praktijk van daarvóór staat bij de back-ups.")
    words = f"Teruggezet. {told(back)}"
    if not bench.desk.session.has(Right.USERS):
        return Said(words, stays=True)
    users = Place(page="beheer", section="gebruikers")
    return Said(words, partial(bench.go, users), act="Naar Gebruikers", stays=True)


class Keeper(QObject):
    """Works behind an open practice; ``restored`` is told with the session that took its place, and which
    users and roles came back with it.

    ``renewed`` likewise, when the practice is the same under a new key; ``reopened`` when the user may do
    other things in it.
    """

    restored = Signal(object, object)
    renewed = Signal(object)
    reopened = Signal(object)

    def __init__(self, bench: Bench, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window
        self._not_before: datetime | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        bench.restore_asked.connect(self._restore)
        bench.renew_asked.connect(self._renew)
        bench.reopen_asked.connect(self._reopen)

    def start(self) -> None:
        """Have the file looked at first, and then look now and then whether a back-up is due."""
        practice = self._bench.desk.practice
        self._bench.job(
            "Praktijk nakijken", lambda _: practice.look_for_damage(), done=self._looked_at
        )
        QTimer.singleShot(FIRST_AFTER_MS, self, self.look)
        self._timer.start(LOOKED_EVERY_MS)

    def look(self) -> None:
        """Make a back-up, or try the newest out, when that is due and nothing else is being done."""
        if self._bench.jobs.is_busy:
            return
        desk = self._bench.desk
        state, now = desk.backups.state, desk.session.now
        if self._not_before is not None and now < self._not_before:
            return  # it was told a moment ago why not
        if state.is_due(now):
            self._begin("Back-up maken", lambda progress: desk.backups.make(step=progress.step))
        elif state.is_rehearsal_due(now):
            self._begin("Back-up uitproberen", lambda _: desk.backups.rehearse())

    def _begin(self, words: str, work: Callable[[Progress], object]) -> None:
        self._bench.job(words, work, done=self._done, failed=self._failed)

    def _failed(self) -> None:
        self._not_before = self._bench.desk.session.now + backups.EVERY

    def leave(self, *, for_good: bool) -> LastWork:
        """The practice closes: the work that brings what has changed into a back-up, for any thread."""
        self._timer.stop()
        return partial(last_backup, self._bench.desk, for_good=for_good)

    def _looked_at(self, faults: list[str]) -> None:
        search = self._bench.desk.search
        self._bench.job("Zoeken voorbereiden", lambda _: search.prepare(), done=lambda _: None)
        desk = self._bench.desk
        if faults:
            self._bench.tell(DAMAGED.format(" ".join(faults)), is_error=True)
        elif warning := desk.backups.state.warning(desk.session.now):
            self._bench.tell(warning, is_error=True)

    def _done(self, _: object) -> None:
        self._bench.changes.tell(Change(Topic.BACKUP))

    def _restore(self, path: Path) -> None:
        session = self._bench.desk.session
        back: list[str] = []  # filled off this thread, read when that is done
        self._replace(
            "Back-up terugzetten",
            lambda: backups.put_back(session, path, tell=back.extend),
            lambda opened: self.restored.emit(opened, tuple(back)),
        )

    def _renew(self, asked: KeyRenewal) -> None:
        self._replace("Sleutel vernieuwen", asked.work, self.renewed.emit, asked.wrong)

    def _reopen(self) -> None:
        session = self._bench.desk.session
        self._replace("Opnieuw openen", lambda: opening.open_again(session), self.reopened.emit)

    def _replace(
        self,
        words: str,
        work: Callable[[], Session],
        done: Callable[[Session], object],
        wrong: TellsWrong | None = None,
    ) -> None:
        self._window.setEnabled(False)  # nobody works on in what is being replaced
        self._bench.job(
            words,
            lambda _: work(),
            done=done,
            wrong=wrong,
            failed=self._go_on,
            drop=lambda opened: opened.close(),
        )

    def _go_on(self) -> None:
        self._window.setEnabled(True)
