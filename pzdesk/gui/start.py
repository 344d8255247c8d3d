"""The first window: open a practice that was open before, one from a folder, or make a new one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from pzdesk import __version__
from pzdesk.domain.errors import PzdeskError
from pzdesk.gui.flow import flow
from pzdesk.gui.jobs import Jobs, Progress
from pzdesk.gui.parts import button, clear, column, holder, line, row, scroll, text
from pzdesk.gui.theme import mark, theme
from pzdesk.services import recent

if TYPE_CHECKING:
    from pzdesk.services.session import Session

LEAST_WIDTH, LEAST_HEIGHT = 860, 620
SCREEN_WIDTH, SCREEN_HEIGHT = 1024, 700  # the smallest screen that pzdesk is made for
WARMED_AFTER_MS = 100
PANEL_WIDTH = 520
RAIL_WIDTH, RAIL_MARGINS = 264, 64


class StartWindow(QMainWindow):
    """Before any practice is open; ``opened`` is told with the session that was unlocked."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self.setWindowTitle("pzdesk")
        px = theme().px
        self.setMinimumSize(
            min(px(LEAST_WIDTH), SCREEN_WIDTH), min(px(LEAST_HEIGHT), SCREEN_HEIGHT)
        )
        self.resize(1024, 700)
        mark(self, "ground")
        self.known = column(gap=4)
        self.panels = QStackedWidget()
        self.rail = self._rail()
        around = row(self.rail, self.panels, gap=0)
        around.setStretch(1, 1)
        self.setCentralWidget(holder(around, "ground"))
        back = QShortcut(QKeySequence("Esc"), self)
        back.activated.connect(self.back)
        QShortcut(QKeySequence("F1"), self).activated.connect(partial(help_before, self))
        self.show_known()
        # SQLAlchemy and the rest take half a second: they are loaded while the user reads or types, and not
        # before the window is there to be read.
        self._is_seen = False
        self._once_seen: list[Callable[[], object]] = [self._warm]

    @property
    def panel(self) -> QWidget | None:
        """What is shown at the right now."""
        current = self.panels.currentWidget()
        return getattr(current, "inside", None)

    def begin(self, folder: Path | None = None, login: str = "", secret: str | None = None) -> None:
        """Show where to begin: a practice that was named, the last one, or what can be done at all.

        With a ``secret`` it is opened at once (the demo, whose passphrases lie beside it).
        """
        known = recent.recent_stores()
        if folder is not None:
            self.choose(folder, login=login, secret=secret)
        elif known:
            self.choose(known[0].folder, looks_later=True)
        else:
            self.show_welcome()

    def choose(
        self, folder: Path, *, login: str = "", secret: str | None = None, looks_later: bool = False
    ) -> None:
        """Ask for the passphrase of a practice; whether that is there is looked at, or once this is seen."""
        from pzdesk.gui.start_open import OpenPanel

        found = next((store for store in recent.recent_stores() if store.folder == folder), None)
        panel = OpenPanel(
            self,
            folder,
            practice=found.practice if found else "",
            login=login or (found.login if found else ""),
        )
        self.show_panel(panel)
        panel.begin(secret, later=self._when_seen if looks_later else None)

    def choose_folder(self) -> None:
        """Let the user point out the folder of a practice."""
        chosen = QFileDialog.getExistingDirectory(self, "De map van een praktijk")
        if chosen:
            self.choose(Path(chosen))

    def make_new(self) -> None:
        """Begin a new practice."""
        from pzdesk.gui.wizard import Wizard

        wizard = Wizard(self)
        self.show_panel(wizard)
        wizard.begin()

    def recover(self, folder: Path, login: str, practice: str = "") -> None:
        """Open with the code of the recovery sheet."""
        from pzdesk.gui.wizard_recover import RecoverPanel

        panel = RecoverPanel(self, folder, login, practice=practice)
        self.show_panel(panel)
        panel.begin()

    def back(self) -> None:
        """Esc: to the step before, or to what this window begins with."""
        if not self.rail.isEnabled():
            return
        step_back: Callable[[], bool] | None = getattr(self.panel, "back", None)
        if step_back is None or not step_back():
            self.begin()

    def forget(self, folder: Path) -> None:
        """Take a practice out of the list; the practice itself stays where it is."""
        recent.forget_store(folder)
        self.show_known()
        self.begin()

    def run(
        self,
        words: str,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], object],
        wrong: Callable[[PzdeskError], object],
        ended: Callable[[], object],
        opens: bool = True,
    ) -> None:
        """Long work with what is shown left alive; ``ended`` comes before ``done`` and ``wrong``.

        While something ``opens`` nobody goes elsewhere; what only looks is dropped when somebody did.
        """
        panel = self.panel

        def is_gone() -> bool:
            if opens:
                self._set_opening(is_opening=False)
            return self.panel is not panel

        def drop(outcome: Any) -> None:
            if opens:  # a practice that opened for nobody is closed again
                outcome.close()

        def failed(problem: BaseException) -> None:
            if is_gone():
                return
            ended()
            if not isinstance(problem, PzdeskError):
                raise problem
            wrong(problem)

        def succeeded(outcome: Any) -> None:
            if is_gone():
                drop(outcome)
                return
            ended()
            done(outcome)

        if opens:
            self._set_opening(is_opening=True)
        self.jobs.run(words, work, done=succeeded, failed=failed, drop=drop)

    def enter(self, session: "Session") -> None:
        """A practice is unlocked: remember it and hand it over."""
        self.opened.emit(session)

    def show_panel(self, inside: QWidget) -> None:
        """Put something at the right, in place of what was there."""
        while (old := self.panels.currentWidget()) is not None:
            self.panels.removeWidget(old)
            old.deleteLater()
        inside.setMaximumWidth(theme().px(PANEL_WIDTH))
        middle = row(None, inside, None, margin=24)
        middle.setStretch(1, 100)
        ground = holder(column(None, middle, None))
        page = scroll(ground)
        page.inside = inside  # type: ignore[attr-defined]
        self.panels.addWidget(page)

    def show_known(self) -> None:
        """Show the practices that were open before."""
        clear(self.known)
        stores = recent.recent_stores()
        if not stores:
            self.known.addWidget(text("Nog geen praktijk geopend op deze computer.", "small"))
        for store in stores:
            name = store.practice or store.folder.name
            made = button(name, partial(self.choose, store.folder), role="rail")
            made.setText(f"{self._short(name)}\n{self._short(str(store.folder), middle=True)}")
            made.setToolTip(f"{name}\n{store.folder}")
            made.setAccessibleDescription(str(store.folder))
            self.known.addWidget(made)

    def show_welcome(self) -> None:
        """What can be done when no practice is known here."""
        new = button("Nieuwe praktijk maken", self.make_new, role="primary")
        made = column(
            text("Welkom bij pzdesk", "large-title"),
            text(
                "Het bureaublad voor het kernteam-MDO. Alles staat versleuteld in één map op deze "
                "computer; er gaat niets naar buiten.",
                "muted",
            ),
            flow(new, button("Praktijk openen uit een map…", self.choose_folder)),
            gap=16,
        )
        self.show_panel(holder(made))
        new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _short(self, words: str, *, middle: bool = False) -> str:
        """As much of a line as the rail is wide; the whole of it stands in the tip and at the right."""
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        room = theme().px(RAIL_WIDTH - RAIL_MARGINS)
        return self.fontMetrics().elidedText(words, mode, room)

    def _rail(self) -> QFrame:
        rail = QFrame()
        mark(rail, "rail")
        rail.setFixedWidth(theme().px(RAIL_WIDTH))
        rail.setAccessibleName("Praktijken")
        known = holder(column(holder(self.known), None))
        helped = button("Hulp", partial(help_before, self), role="rail", keys="F1")
        body = column(
            text("pzdesk", "brand"),
            text("Praktijken op deze computer", "small"),
            scroll(known),
            line(),
            button("Andere map…", self.choose_folder, role="rail"),
            button("Nieuwe praktijk maken…", self.make_new, role="rail"),
            helped,
            text(f"Versie {__version__}", "small"),
            gap=8,
            margin=12,
        )
        rail.setLayout(body)
        return rail

    def _set_opening(self, *, is_opening: bool) -> None:
        self.rail.setEnabled(not is_opening)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        waiting, self._once_seen, self._is_seen = self._once_seen, [], True
        for act in waiting:
            QTimer.singleShot(WARMED_AFTER_MS, self, act)

    def _when_seen(self, act: Callable[[], object]) -> None:
        """Do this when there is something to be read; at once where there is already."""
        if self._is_seen:
            act()
        else:
            self._once_seen.append(act)

    def _warm(self) -> None:
        if not self.isVisible():  # closed before anybody needed it
            return
        self.jobs.run("Onderdelen laden", _load, done=lambda _: None, failed=_raise)


def help_before(window: QMainWindow) -> None:
    """F1 while no practice is open."""
    from pzdesk.gui import help as help_

    help_.show_help(help_.START, window)


def _load(progress: Progress) -> None:
    import pzdesk.services.desk
    import pzdesk.services.opening  # noqa: F401 - loading it is the work


def _raise(problem: BaseException) -> None:
    raise problem
