"""The window: the rail, the top with search, the page of now, the bar and the status line."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from pzdesk.domain.errors import PzdeskError
from pzdesk.gui.bar import Bar
from pzdesk.gui.bench import Bench, Said
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.fields import focus_soon
from pzdesk.gui.forms import Typing, go_on_typing, typing_in
from pzdesk.gui.lock_key import LockKey
from pzdesk.gui.page import Page
from pzdesk.gui.pages import catalogue
from pzdesk.gui.parts import bring_into_sight, column, holder, lay_out, row, text
from pzdesk.gui.places import TODAY, Place
from pzdesk.gui.rail import Rail
from pzdesk.gui.shortcuts import EVERYWHERE, SHORTCUTS, keys_of
from pzdesk.gui.status_line import Cut, Hints
from pzdesk.gui.theme import mark, theme

LEAST_WIDTH, LEAST_HEIGHT = 1024, 700
NARROW = 900  # pixels at 100 %
REMEMBERED_STEPS = 50
COUNTED_AFTER_MS = 250
NO_SEARCH = "Tijdens het overleg is zoeken uit: niemand anders komt in beeld. Esc gaat terug."


class Frame(QMainWindow):
    """One practice, unlocked, for one user. ``lock_asked`` and ``closed`` are for whoever opened it."""

    lock_asked = Signal()
    closed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.place = TODAY
        self._is_open = True
        self._steps: list[Place] = []
        self._saved = ""
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(1280, 800)
        mark(self, "ground")
        self.pages: dict[str, Page] = {}
        self._classes = catalogue.pages_for(bench.desk)
        self.rules = bench.desk.practice.practice()
        self._practice = self.rules.name
        self.setWindowTitle(self._practice)  # no more: a title is seen over shoulders and in lists
        self._build()
        self._bind()
        LockKey(self.lock_asked.emit, self)
        self._had_focus: QWidget | None = None
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count)
        bench.went.connect(self.go)
        bench.changes.told.connect(self._changed)
        bench.counted.connect(self._show_count)  # no lambda: it would keep this window for good
        bench.writer_told.connect(self._show_hints)
        theme().changed.connect(self._look_changed)
        self._count()

    def _build(self) -> None:
        self.rail = Rail(
            catalogue.entries_for(self.bench.desk),
            self.bench.desk.session.user,
            lambda key: self.go(Place(page=key)),
            self.lock_asked.emit,
        )
        self.top = catalogue.top_bar(self)
        self.stack = QStackedWidget()
        self.bar = Bar(self.bench)
        self.saved = text(self._saved, "small", wrap=False)
        self.hints = Hints()
        self.status = QFrame()
        mark(self.status, "status")
        if not self._saved:
            self.saved.hide()
        self.backup = text("", "small", wrap=False)
        self.backup.hide()
        line = row(self.saved, self.backup, Cut(self._practice), self.hints, gap=20, margin=5)
        px = theme().px
        line.setContentsMargins(px(20), px(5), px(20), px(5))
        line.setStretch(2, 1)
        self.status.setLayout(line)
        right = column(self.top, self.stack, self.bar, self.status, gap=0)
        right.setStretch(1, 1)
        around = row(self.rail, right, gap=0)
        around.setStretch(1, 1)
        self.setCentralWidget(holder(around, "ground"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """At a large scale in a small window the room is for the page."""
        self.rail.use_narrow(is_narrow=self.width() < theme().px(NARROW))

    def _look_changed(self) -> None:
        """Another palette or scale: every part is made anew, what was typed comes back from its draft."""
        self.leave()
        was_shown, here = bool(self.pages), self.here()
        focus = self.focusWidget()
        name = focus.accessibleName() if focus is not None else ""
        self.pages.clear()
        self._build()
        self._count()
        if was_shown:
            self._show(here)
            self._back_to(name)

    def _back_to(self, name: str) -> None:
        """Give the keyboard to what has taken the place of what had it, such as the choice just made."""
        same = (one for one in self.page.findChildren(QWidget) if one.accessibleName() == name)
        if name and (found := next(same, None)) is not None:
            focus_soon(found)

    @property
    def page(self) -> Page:
        """The page of now."""
        return self.pages[self.place.page]

    @property
    def page_keys(self) -> tuple[str, ...]:
        """The pages that this user has."""
        return tuple(self._classes)

    def page_title(self, key: str) -> str:
        """What a page is called."""
        return self._classes[key].title

    def search(self) -> None:
        """Ctrl+K; not while people look at this screen together."""
        if self.top.isHidden():
            self.bench.tell(NO_SEARCH)
        else:
            self.top.search.begin()

    def here(self) -> Place:
        """Where the user is now, with the form that is open."""
        return self.page.here() if self.place.page in self.pages else self.place

    def typing(self) -> Typing | None:
        """Where the user types now, without a word of what."""
        return typing_in(self.page, self.focusWidget())

    def go_on_typing(self, at: Typing | None) -> None:
        """Give the keyboard back to where it was before a lock."""
        if at is not None:
            go_on_typing(self.page, at)

    def go(self, place: Place) -> None:
        """Go to a place; the way back is remembered, and what was typed is kept."""
        if place.page not in self._classes:
            return
        before, told = self.place, self.bar.said
        if self.place.page in self.pages:
            here = self.here()  # a form that was saved or closed is not begun again on the way back
            self.page.leave()
            if here != place:
                self._steps = [*self._steps, here][-REMEMBERED_STEPS:]
        self._show(place)
        self._went_on(before, told)

    def back(self) -> None:
        """Esc: close what is open on the page, or go to where the user came from."""
        if self.page.back():
            return
        if self._steps:
            before, told = self.place, self.bar.said
            self.page.leave()
            self._show(self._steps.pop())
            self._went_on(before, told)

    def _went_on(self, before: Place, told: Said) -> None:
        """An error belongs to the place where it was told; what the going itself told is of here."""
        if replace(before, act="", item=None) != replace(self.place, act="", item=None):
            self.bar.let_go(told)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What shortcuts do everywhere."""
        keys = [entry.key for entry in catalogue.entries_for(self.bench.desk)]
        pages: dict[str, Callable[[], object]] = {
            f"page-{number}": partial(self.go, Place(page=key))
            for number, key in enumerate(keys, start=1)
        }
        return {
            **pages,
            **catalogue.acts(self),
            "undo": self._undo,
            "lock": self.lock_asked.emit,
            "take-over": self.bench.take_over_asked.emit,
            "back": self.back,
        }

    def do(self, act: str) -> bool:
        """Do what a shortcut means here: the page's own first, then the window's."""
        work = self.page.acts().get(act) or self.acts().get(act)
        if work is None:
            return False
        work()
        return True

    def leave(self) -> None:
        """Keep what was typed, before the window locks or closes; what was searched is forgotten."""
        self.top.search.leave()
        for page in self.pages.values():
            page.leave()

    def let_go(self) -> None:
        """It is not shown again: another palette does not concern it any more."""
        if self._is_open:
            self._is_open = False
            theme().changed.disconnect(self._look_changed)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.leave()
        self.let_go()
        self.closed.emit()
        super().closeEvent(event)

    def _show(self, place: Place) -> None:
        page = self.pages.get(place.page)
        if page is None:
            page = self._classes[place.page](self.bench)
            self.pages[place.page] = page
            self.stack.addWidget(page)
        self.place = place
        self.stack.setCurrentWidget(page)
        self.rail.show_page(place.page)
        try:
            page.show_place(place)
        except PzdeskError as problem:
            self.bench.tell(str(problem), is_error=True)
        self.top.setHidden(page.holds_meeting)
        self._show_hints()
        if self.isVisible():
            lay_out()
        begin = page.begin_at()
        if begin is not None:
            begin.setFocus(Qt.FocusReason.OtherFocusReason)
            if not begin.isVisible():  # made just now: a window that opens would pass it by
                focus_soon(begin)

    def _show_hints(self) -> None:
        if self.place.page in self.pages:
            self.hints.show_hints(self.page.hints())

    def _bind(self) -> None:
        for keys in dict.fromkeys(shortcut.keys for shortcut in SHORTCUTS):
            bound = QShortcut(QKeySequence(keys), self)
            bound.setContext(Qt.ShortcutContext.WindowShortcut)
            bound.activated.connect(partial(self._pressed, keys))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_went)

    def _pressed(self, keys: str) -> None:
        here = (self.place.page, EVERYWHERE)
        for where in here:
            for shortcut in SHORTCUTS:
                if shortcut.keys == keys and shortcut.where == where and self.do(shortcut.act):
                    return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Ctrl+K searches from a text too, where it would delete the rest of the line."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and QKeySequence(event.keyCombination()) == QKeySequence(keys_of("search"))
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _focus_went(self, old: QWidget | None, now: QWidget | None) -> None:
        for field, watch in ((old, False), (now, True)):
            if isinstance(field, QLineEdit | QPlainTextEdit) and isValid(field):
                field.removeEventFilter(self)
                if watch:
                    field.installEventFilter(self)
        # Qt scrolls for Tab only; Enter, an error and a form that closes move the keyboard too. Who comes
        # back from another program finds the page as it was.
        if now is not None and now is not self._had_focus and self.isAncestorOf(now):
            self._had_focus = now
            QTimer.singleShot(0, now, partial(bring_into_sight, now))

    def _undo(self) -> None:
        field = QApplication.focusWidget()
        if (isinstance(field, QLineEdit) and field.isUndoAvailable()) or (
            isinstance(field, QPlainTextEdit) and field.document().isUndoAvailable()
        ):
            field.undo()
        else:
            self.bench.undo_last()

    def _changed(self, change: Change) -> None:
        if change.topic is Topic.DESTROYED:
            self._forget(change)
        if change.topic is not Topic.BACKUP:
            self._saved = f"Opgeslagen {self.bench.desk.session.now:%H.%M}"
            self.saved.setText(self._saved)
            self.saved.show()
        self._counting.start(COUNTED_AFTER_MS)

    def _forget(self, change: Change) -> None:
        """What was destroyed stays on no page that nobody looks at now, and no way leads back to it."""
        for key in [key for key, page in self.pages.items() if page is not self.page]:
            page = self.pages.pop(key)
            self.stack.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self._steps = [step for step in self._steps if step.patient != change.patient]

    def _count(self) -> None:
        """Count off the thread of the window: a long list must not hold up the next key."""
        desk = self.bench.desk
        self.bench.job(
            "Tellen wat wacht",
            lambda _: (catalogue.counts(desk), catalogue.backup_words(desk)),
            done=self._show_counts,
        )

    def _show_count(self, key: str, number: int) -> None:
        self.rail.show_count(key, number)

    def _show_counts(self, found: tuple[Mapping[str, int], str]) -> None:
        counts, backup = found
        self.rail.show_counts(counts)
        self.backup.setText(backup)
        self.backup.setVisible(bool(backup))
