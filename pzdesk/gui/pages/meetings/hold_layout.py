"""How one item of Overleg is laid out: who above, notes beside what is agreed, and under it the way on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QScrollArea, QWidget

from pzdesk.gui.parts import bring_into_sight, button, column, holder, row, scroll
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import mark, theme

SMALLER = {"large-title": "title", "large-strong": "strong", "large-muted": "muted"}
"""What stands above where there is little room: as large as the rest of the window."""
NARROW = 720  # pixels at 100 %: below this nothing has room beside anything


def foot(words: str, go: Callable[[], object], none: Callable[[], object] | None) -> QLayout:
    """What goes on to the next person, or from the last one to the end; and that nothing needs to be done."""
    onward = button(words, go, role="primary", keys=keys_of("next", "mdo"))
    if none is None:
        return row(onward)
    return row(button("Geen actie", none, keys=keys_of("no-action", "mdo")), onward, gap=8)


class ItemLayout(QWidget):
    """In a narrow window, or at a large scale, notes and cards stand under each other and scroll as one.

    ``head`` and ``foot`` are always in sight: whose case it is, and what goes on to the next person.
    """

    def __init__(
        self, head: QWidget, notes: QWidget, cards: QWidget, foot: QLayout, width: int
    ) -> None:
        super().__init__()
        self._head, self._cards = head, cards
        self._is_narrow = width < theme().px(NARROW)
        self._right, self._below = column(), column()
        self._notes: QScrollArea = scroll(holder(column(notes, self._below, None, gap=10)))
        self._beside = scroll(holder(column(self._right, None)))
        self._foot = holder(foot)
        self._side = column(self._beside, gap=8)
        self._side.setStretch(0, 1)
        self._aside = holder(self._side)
        middle = row(self._notes, self._aside, gap=12)
        middle.setStretch(0, 1)
        self._end = column()
        around = column(head, middle, self._end, gap=8)
        around.setStretch(1, 1)
        self.setLayout(around)
        self._fit(width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        here = QApplication.focusWidget()
        if event.size().height() < event.oldSize().height() and here and self.isAncestorOf(here):
            # The bar came under it: who types sees what is typed.
            QTimer.singleShot(0, here, partial(bring_into_sight, here))
        width = event.size().width()
        if self._is_narrow is not (width < theme().px(NARROW)):
            self._fit(width)

    def _fit(self, width: int) -> None:
        px = theme().px
        self._is_narrow = width < px(NARROW)
        self._aside.setHidden(self._is_narrow)
        for large, small in SMALLER.items():
            for label in self._head.findChildren(QLabel):
                if label.property("role") == (large if self._is_narrow else small):
                    mark(label, small if self._is_narrow else large)
        if self._is_narrow:
            self._below.addWidget(self._cards)
            self._end.addWidget(self._foot)
        else:
            self._right.addWidget(self._cards)
            self._side.addWidget(self._foot)
            self._aside.setFixedWidth(min(max(px(270), width * 31 // 100), px(420)))
