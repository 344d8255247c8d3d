"""Searching from everywhere: the field at the top; what it finds stands in a list beneath it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.search import Hit, PageWords
from pzdesk.gui.bench import Bench
from pzdesk.gui.hit_list import HitList
from pzdesk.gui.icons import picture
from pzdesk.gui.parts import row, text
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.theme import mark, theme
from pzdesk.services.search import SearchIndex

ASKED = (
    "Zoek patiënt, overleg of actie",
    "Zoek patiënt of overleg",
    "Zoeken",
)  # what there is room for
HOW = "Typ een naam, een geboortedatum zoals 14-3-1941, een BSN, een datum van een overleg, of een woord."
NOTHING = "Niets gevonden met “{}”"
TRY = "Probeer een deel van de achternaam, de geboortedatum zoals 14-3-1941, of het BSN."
BUSY = "Even geduld, de lijst wordt gelezen…"
BESIDE = 54  # the glass, and what stands between it, the words and the keys, at 100 %
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_PageUp: -5,
}
STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class SearchField(QLineEdit):
    """The field. It reads what can be found once per opening, and keeps nothing of it when it is left.

    ``pages`` are asked at each opening; ``go`` is told the hit that was chosen.
    """

    def __init__(
        self,
        bench: Bench,
        pages: Callable[[], Sequence[PageWords]],
        go: Callable[[Hit], object],
    ) -> None:
        super().__init__()
        self.bench, self._pages_of, self._go = bench, pages, go
        self._index: SearchIndex | None = None
        self._pages: Sequence[PageWords] = ()
        self._reading = 0  # the number of the reading that counts; a later one, or leaving, ends it
        self._enters_when_read = False
        self._came_from: QWidget | None = None
        self.list: HitList | None = None
        px = theme().px
        mark(self, "search")
        self.setAccessibleName("Zoeken")
        self.setAccessibleDescription(HOW)
        self.setMaxLength(100)
        self.setMinimumSize(px(160), px(36))
        self.setMaximumWidth(px(430))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        glass = QLabel()
        glass.setTextFormat(Qt.TextFormat.PlainText)
        glass.setPixmap(picture("zoek", "muted", 16))
        self.keys = text(shown(keys_of("search")), "key", wrap=False)
        for part in (glass, self.keys):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(glass, None, self.keys, gap=4, margin=9))
        self.setTextMargins(px(20), 0, 0, 0)
        self.textChanged.connect(self._typed)
        bench.changes.told.connect(self._changed)
        _app().focusChanged.connect(self._focus_went)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        room = self.width() - theme().px(BESIDE) - self.keys.sizeHint().width()
        wide = self.fontMetrics().horizontalAdvance
        self.setPlaceholderText(next((one for one in ASKED if wide(one) <= room), ASKED[-1]))

    def begin(self) -> None:
        """Ctrl+K: come here from wherever the focus is, and read what can be found."""
        if not self.hasFocus():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._open()

    def leave(self) -> None:
        """Forget what was typed and found, and close the list."""
        _app().removeEventFilter(self)
        self._index = None
        self._pages = ()
        self._reading += 1
        self._enters_when_read = False
        self.clear()
        if self.list is not None:
            self.list.hide()
            self.list.clear()
        self.setAccessibleDescription(HOW)

    def back(self) -> None:
        """Esc: close, and go back to where the focus was."""
        before = self._came_from
        self.leave()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def tell_wrong(self, problem: PzdeskError) -> None:
        """Say in the list why nothing can be found now."""
        if self.list is not None and self.hasFocus():
            self.list.say(str(problem), "")
            self._tell(str(problem))

    def event(self, event: QEvent) -> bool:
        # Esc would go back on the page: while the field has the focus it is the field's own.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.keys.hide()
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._open()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.leave()
            self.keys.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() in STEPS and self.list is not None:
            self.list.step(STEPS[Qt.Key(event.key())])
            self._tell(self.list.current_words())
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A click anywhere else closes the list."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and not any(
                part is not None and (watched is part or part.isAncestorOf(watched))
                for part in (self, self.list)
            )
        ):
            self.leave()
        return False

    def _open(self) -> None:
        if self.list is None:
            self.list = HitList(self)
            self.list.chosen.connect(self._choose)
        _app().removeEventFilter(self)
        _app().installEventFilter(self)
        self._read()
        self._show()

    def _read(self) -> None:
        self._reading += 1
        number = self._reading
        self._pages = tuple(self._pages_of())

        def read(index: SearchIndex) -> None:
            if number == self._reading:
                self._index = index
                self._show()
                if self._enters_when_read:
                    self._enter()

        self.bench.job(
            "Zoeken voorbereiden",
            lambda _: self.bench.desk.search.index(),
            done=read,
            wrong=self,
        )

    def _changed(self) -> None:
        """Something was kept while the list is open: what is shown must hold."""
        if self._index is not None:
            self._read()

    def _typed(self) -> None:
        if self.list is None or self.list.isHidden():
            if self.text():
                self._open()
        else:
            self._show()

    def _show(self) -> None:
        typed = self.text().strip()
        if self.list is None:
            return
        if not typed or self._index is None:
            self.list.say(BUSY if typed else HOW, "")
        elif found := self._index.find(typed, self._pages):
            self.list.show_hits(found)
            count = sum(hits.count for hits in found)
            self._tell(f"{count} gevonden. {self.list.current_words()}")
        else:
            self.list.say(NOTHING.format(typed), TRY)
            self._tell(f"{NOTHING.format(typed)}. {TRY}")

    def _enter(self) -> None:
        self._enters_when_read = self._index is None and bool(self.text().strip())
        hit = self.list.current() if self.list is not None else None
        if hit is not None and not self._enters_when_read:
            self._choose(hit)

    def _choose(self, hit: Hit) -> None:
        self.leave()
        self._go(hit)
        if self.hasFocus():
            self.clearFocus()

    def _focus_went(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is self:
            self._came_from = old

    def _tell(self, words: str) -> None:
        """Say it to a screen reader: the focus stays in the field while the list changes."""
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("there is no QApplication yet")
    return app
