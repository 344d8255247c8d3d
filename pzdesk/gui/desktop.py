"""The window from start to end: choosing a practice, working in it, locking, closing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QLibraryInfo,
    QLocale,
    QObject,
    QSettings,
    QStandardPaths,
    QThread,
    QTimer,
    QTranslator,
    Signal,
)
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from pzdesk import __version__
from pzdesk.gui import clipboard
from pzdesk.gui.places import TODAY, Place
from pzdesk.gui.start import StartWindow
from pzdesk.gui.theme import HAS_STYLE, SCALES, STYLE, Look, theme
from pzdesk.gui.trouble import guard

if TYPE_CHECKING:
    from pzdesk.domain.practice import LockTimes
    from pzdesk.gui.away import Away
    from pzdesk.gui.changes import Change
    from pzdesk.gui.forms import Typing
    from pzdesk.gui.frame import Frame
    from pzdesk.gui.idle import Idle
    from pzdesk.gui.jobs import Job
    from pzdesk.gui.keeper import Keeper
    from pzdesk.gui.leaving import ClosingWindow, Leaving
    from pzdesk.gui.lock import LockScreen
    from pzdesk.gui.writing import WriterWatch
    from pzdesk.services.preferences import PreferenceService
    from pzdesk.services.session import Session

LOG = "fouten.log"
SETTINGS = "venster.ini"
_GEOMETRY, _LOOK, _SCALE = "venster/plaats", "venster/kleuren", "venster/grootte"


def run(
    arguments: Sequence[str],
    *,
    folder: Path | None = None,
    login: str | None = None,
    secret: str | None = None,
) -> int:
    """Open the window and stay until it is closed; on a practice, as a user, when these are named."""
    app = application(arguments)
    local = local_folder()
    guard(app, local / LOG)
    desktop = Desktop(app, local)
    desktop.over.connect(app.quit)
    desktop.begin(folder, login or "", secret)
    try:
        return app.exec()
    finally:
        desktop.finish()


def application(arguments: Sequence[str]) -> QApplication:
    """Qt's application with Dutch for its own words, and the theme."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        app = found
    else:
        app = QApplication([*arguments[:1], "-style", STYLE])
        app.setProperty(HAS_STYLE, True)  # noqa: FBT003 - Qt's
    app.setApplicationName("pzdesk")
    app.setApplicationVersion(__version__)
    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands))
    translator = QTranslator(app)
    if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme()
    return app


def local_folder() -> Path:
    """Where this computer keeps what is no part of any practice: the place of the window, and errors."""
    return Path(
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    )


class Desktop(QObject):
    """Which window is open: the start, the practice, or the lock. One at a time.

    ``over`` is told when a practice that took longer to close than its window is closed. ``local`` is where
    the place of the window is kept; ``remembers``: whether an opened practice comes in the list of those
    that were open before.
    """

    over = Signal()

    def __init__(self, app: QApplication, local: Path, *, remembers: bool = True) -> None:
        super().__init__(app)
        self._remembers = remembers
        self._settings = QSettings(str(local / SETTINGS), QSettings.Format.IniFormat)
        self.start: StartWindow | None = None
        self.frame: Frame | None = None
        self.lock_screen: LockScreen | None = None
        self._session: Session | None = None
        self.idle: Idle | None = None
        self._keeper: Keeper | None = None
        self._watch: WriterWatch | None = None
        self._times: LockTimes | None = None
        self._away: Away | None = None
        self.leaving: Leaving | None = None
        self._closing: ClosingWindow | None = None
        self._preferences: PreferenceService | None = None
        self._copied = clipboard.Watch(self._minutes_copied, self)
        self._wear(self._settings.value(_LOOK), self._settings.value(_SCALE))
        theme().changed.connect(self._remember_look)

    @property
    def window(self) -> QMainWindow | None:
        """The window of now."""
        return self.frame or self.lock_screen or self.start

    def begin(self, folder: Path | None = None, login: str = "", secret: str | None = None) -> None:
        """Show the start window."""
        self.start = StartWindow()
        self.start.opened.connect(self._enter)
        self._show(self.start)
        self.start.begin(folder, login, secret)

    def lock(self, why: str = "") -> None:
        """Close the practice and ask for the passphrase of the same user; what was typed is a draft."""
        if self.frame is None or self._session is None:
            return
        from pzdesk.gui.lock import LockScreen

        user, folder = self._session.user, self._session.store.folder
        practice, place = self.frame.windowTitle(), self.frame.here()
        typing = self.frame.typing()
        at = datetime.now().astimezone()
        why = why or f"Om {at:%H.%M} uur."
        screen = LockScreen(folder, practice, user.login, user.name, f"{why} {_KEPT}")
        self.lock_screen = screen
        screen.opened.connect(lambda session: self._enter(session, place, typing))
        screen.left.connect(lambda: self._somebody_else(folder))
        screen.recovering.connect(lambda: self._recover(folder, user.login, practice))
        screen.closed.connect(self.end)
        self._leave_practice(then=lambda: self._show(screen))
        if clipboard.forget():
            screen.tell("Wat u had gekopieerd, is van het klembord gehaald.")

    def _lock_idle(self) -> None:
        minutes = self._minutes()
        self.lock(f"Er is {minutes} {'minuut' if minutes == 1 else 'minuten'} niets gedaan.")

    def end(self) -> None:
        """Keep what was typed, stop the work, close the practice, leave nothing copied behind."""
        for waiting in (self.start, self.lock_screen):
            if waiting is not None:
                self._remember_place(waiting)
                waiting.jobs.stop()
        self._leave_practice()
        if self._away is not None:
            self._away.stop()
        clipboard.forget()
        self._settings.sync()
        if self.leaving is not None and self._closing is None:
            from pzdesk.gui.leaving import ClosingWindow

            QApplication.setQuitOnLastWindowClosed(False)  # nothing may be shown for a moment
            self._closing = ClosingWindow(self.leaving)
            self._closing.closed.connect(self._closed)

    def finish(self) -> None:
        """The program ends now: what is still being done is brought to its end, without the back-up."""
        self.end()
        if self.leaving is not None:
            self.leaving.finish()

    def _closed(self) -> None:
        if self._closing is not None:
            self._closing.deleteLater()
        self._closing = None
        QApplication.setQuitOnLastWindowClosed(True)
        self.over.emit()

    def _enter(
        self, session: "Session", place: Place = TODAY, typing: "Typing | None" = None
    ) -> None:
        from pzdesk.gui.bench import Bench
        from pzdesk.gui.frame import Frame
        from pzdesk.gui.idle import Idle
        from pzdesk.gui.jobs import Jobs
        from pzdesk.gui.keeper import Keeper
        from pzdesk.gui.left_over import tell_left_over
        from pzdesk.gui.writing import WriterWatch
        from pzdesk.services import opening, recent
        from pzdesk.services.desk import desk_over

        self._session = session
        jobs, desk = Jobs(), desk_over(session)
        choices = desk.preferences
        look, scale = theme().look.value, theme().scale
        self._wear(choices.remembered(_LOOK, look), choices.remembered(_SCALE, scale))
        self._preferences = choices
        bench = Bench(desk, jobs)
        frame = Frame(bench)
        jobs.setParent(frame)
        bench.setParent(frame)
        self.frame = frame
        frame.lock_asked.connect(self.lock)
        frame.closed.connect(self.end)
        if self._remembers:
            recent.remember_store(
                session.store.folder, practice=frame.windowTitle(), login=session.user.login
            )
        self._show(frame)
        self._drop_waiting()
        frame.go(place if place.page in frame.page_keys else Place(page=frame.page_keys[0]))
        frame.go_on_typing(typing)
        if lost := opening.lost_work(session):
            bench.tell(lost, is_error=True, stays=True)
        elif place == TODAY:  # a lock comes back to what was open by itself
            tell_left_over(bench, frame.page_keys)
        self._keeper = Keeper(bench, frame)
        self._keeper.restored.connect(self._restored)
        self._keeper.renewed.connect(self._renewed)
        self._keeper.reopened.connect(self._reopened)
        self._keeper.start()
        self._watch = WriterWatch(bench, frame)
        self._watch.start()
        self.idle = Idle(self._minutes, self)
        self.idle.reached.connect(self._lock_idle)
        self.idle.slept.connect(lambda: self.lock("De computer sliep."))
        self.idle.start()
        self._times = frame.rules.lock
        bench.changes.told.connect(self._changed)
        QTimer.singleShot(_LISTENED_AFTER_MS, self, self._listen)

    def _changed(self, change: "Change") -> None:
        """Who changes after how long a window locks, sees it at once."""
        from pzdesk.gui.changes import Topic

        if change.topic is Topic.PRACTICE and self.frame is not None:
            self._times = self.frame.bench.desk.practice.practice().lock

    def _listen(self) -> None:
        """Hear from the system that nobody is at the screen; loaded when the first picture stands."""
        if self.frame is None:
            return
        if self._away is None:
            from pzdesk.gui.away import Away

            self._away = Away(self)
            self._away.went.connect(self.lock)
            self._away.start()
        self._away.register()

    def _restored(self, session: "Session", back: tuple[str, ...]) -> None:
        """A back-up took the place of the practice: a new window on it, at the same part of Beheer."""
        from pzdesk.gui.keeper import said_restored

        self._enter_anew(session, "", Place(page="beheer", section="back-up"))
        if self.frame is not None:
            self.frame.bench.said.emit(said_restored(self.frame.bench, back))

    def _renewed(self, session: "Session") -> None:
        place = Place(page="beheer", section="gebruikers")
        self._enter_anew(session, "De praktijk heeft een nieuwe sleutel.", place)

    def _reopened(self, session: "Session") -> None:
        """The user gave themselves other roles: a new window with what these may, from the start."""
        from pzdesk.domain.came_back import roles_words

        said = f"Uw rollen zijn gewijzigd: u werkt nu als {roles_words(session.user.roles)}."
        self._enter_anew(session, said, TODAY)

    def _enter_anew(self, session: "Session", said: str, place: Place) -> None:
        self._keeper = None  # what was open is not what lies there now
        self._leave_practice()
        self._enter(session, place)
        if self.frame is not None and said:
            self.frame.bench.tell(said)

    def _somebody_else(self, folder: Path) -> None:
        self.begin(folder)
        self._drop_waiting(but=self.start)

    def _recover(self, folder: Path, login: str, practice: str) -> None:
        self._somebody_else(folder)
        if self.start is not None:
            self.start.recover(folder, login, practice)

    def _leave_practice(self, then: Callable[[], object] = lambda: None) -> None:
        """Nothing of the practice stays: no window, no model, no undo; and soon no handle on the file.

        ``then`` is called as soon as nothing of it is on screen. What takes long is done in ``leaving``.
        """
        if self.idle is not None:
            self.idle.stop()
            self.idle.deleteLater()
            self.idle = None
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        frame, session, keeper = self.frame, self._session, self._keeper
        self.frame = self._session = self._preferences = self._keeper = None
        if frame is None or session is None:
            return
        from pzdesk.gui.leaving import Leaving

        frame.closed.disconnect(self.end)
        frame.leave()
        frame.let_go()
        self._remember_place(frame)
        frame.hide()
        self._close_all_but(self.start, self.lock_screen, frame)
        then()
        frame.bench.forget_undo()
        last = keeper.leave(for_good=self.lock_screen is None) if keeper is not None else None
        self._delete(frame)  # before what sweeps at its end what the window leaves
        self.leaving = leaving = Leaving(session, frame.bench.jobs, last, self)
        leaving.stopped.connect(self._tell_stopped)
        leaving.ended.connect(lambda problem: self._left(leaving, problem))
        if self.lock_screen is not None:
            self.lock_screen.follow(leaving)

    def _tell_stopped(self, jobs: "list[Job]") -> None:
        """What nobody saw at work, such as reading for a search, is not missed either."""
        seen = [job.words for job in jobs if job.can_cancel or job.was_shown]
        if seen and self.lock_screen is not None:
            self.lock_screen.tell(f"Gestopt: {', '.join(seen)}.")

    def _left(self, leaving: "Leaving", problem: str) -> None:
        if self.leaving is leaving:
            self.leaving = None
        if problem and self.lock_screen is not None:
            self.lock_screen.tell(problem)
        leaving.deleteLater()

    def _close_all_but(self, *kept: QMainWindow | None) -> None:
        """A preview, a help page, a menu, a list under a field: whatever is open besides."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            if QApplication.activePopupWidget() is popup:
                break
        for widget in QApplication.topLevelWidgets():
            if widget in kept:
                continue
            if isinstance(widget, QDialog):
                widget.reject()
                if widget.parent() is None:
                    self._delete(widget)
            elif widget.isVisible():
                widget.close()

    def _delete(self, widget: QWidget) -> None:
        """Delete a window; a dialog that is asking something now has to come back to who asked first."""
        if QThread.currentThread().loopLevel() > 1:
            QTimer.singleShot(_SOON_MS, self, lambda: self._delete(widget))
        else:
            widget.deleteLater()

    def _drop_waiting(self, but: QMainWindow | None = None) -> None:
        for waiting in (self.start, self.lock_screen):
            if waiting is not None and waiting is not but:
                waiting.hide()
                waiting.jobs.stop()
                waiting.deleteLater()
        self.start = self.start if self.start is but else None
        self.lock_screen = None

    def _show(self, window: QMainWindow) -> None:
        kept = self._settings.value(_GEOMETRY)
        if isinstance(kept, QByteArray):
            window.restoreGeometry(kept)
        window.show()
        window.activateWindow()

    def _remember_place(self, window: QMainWindow) -> None:
        self._settings.setValue(_GEOMETRY, window.saveGeometry())

    def _wear(self, look: object, scale: object) -> None:
        """Put on what was remembered; what is no palette or scale any more changes nothing."""
        known = next((one for one in Look if one.value == look), None)
        number = next((one for one in SCALES if str(one) == str(scale)), None)
        if (known or theme().look, number or theme().scale) != (theme().look, theme().scale):
            theme().use(known, number)

    def _remember_look(self) -> None:
        """For this user, and for the windows of this computer that open before anybody is known."""
        look, scale = theme().look.value, theme().scale
        self._settings.setValue(_LOOK, look)
        self._settings.setValue(_SCALE, scale)
        if self._preferences is not None:
            self._preferences.remember(_LOOK, look)
            self._preferences.remember(_SCALE, scale)

    def _minutes(self) -> int:
        if self._times is None:
            return 1
        in_meeting = self.frame is not None and self.frame.page.holds_meeting
        return self._times.meeting_minutes if in_meeting else self._times.minutes

    def _minutes_copied(self) -> int:
        chosen = self._preferences
        if chosen is None:
            return clipboard.MINUTES
        minutes = int(chosen.remembered(clipboard.MINUTES_OF, clipboard.MINUTES))
        return min(minutes, clipboard.MINUTES)


_KEPT = "Wat u typte, is als concept bewaard."
_SOON_MS = 50
_LISTENED_AFTER_MS = 1_000
