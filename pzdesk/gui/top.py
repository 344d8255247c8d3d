"""The top of the window: search at the left, what can be begun and printed at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QMenu, QPushButton

from pzdesk.domain.search import Hit, PageWords
from pzdesk.gui.bench import Bench
from pzdesk.gui.icons import icon
from pzdesk.gui.parts import row
from pzdesk.gui.search import SearchField
from pzdesk.gui.shortcuts import shown
from pzdesk.gui.theme import mark, theme

HIGH = 52


class Entry:
    """One line of a menu: its words, what it does, and the keys that do the same here."""

    def __init__(self, words: str, act: Callable[[], object], keys: str = "") -> None:
        self.words, self.act, self.keys = words, act, keys


class MenuButton(QPushButton):
    """A button with an arrow that opens a menu, of which the lines are asked each time it opens."""

    def __init__(
        self, words: str, entries: Callable[[], Sequence[Entry]], nothing: str, tip: str
    ) -> None:
        super().__init__(f"{words} ")  # a space before the arrow
        self._entries, self._nothing = entries, nothing
        px = theme().px
        self.setAccessibleName(words)
        self.setToolTip(tip)
        self.setAutoDefault(True)
        self.setMinimumHeight(theme().target(36))
        self.setIcon(icon("omlaag"))
        self.setIconSize(QSize(px(14), px(14)))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.lines = QMenu(self)
        self.lines.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.lines.setAccessibleName(words)
        self.lines.aboutToShow.connect(self._fill)
        self.setMenu(self.lines)

    def _fill(self) -> None:
        self.lines.clear()
        for entry in self._entries():
            keys = f"\t{shown(entry.keys)}" if entry.keys else ""
            made = self.lines.addAction(f"{entry.words.replace('&', '&&')}{keys}")
            made.triggered.connect(lambda *_, act=entry.act: act())
        if self.lines.isEmpty():
            self.lines.addAction(self._nothing).setEnabled(False)


class TopBar(QFrame):
    """Search, "Nieuw" and "Afdrukken"; a menu that this user never needs is absent."""

    def __init__(
        self,
        bench: Bench,
        pages: Callable[[], Sequence[PageWords]],
        go: Callable[[Hit], object],
        menus: Sequence[MenuButton],
    ) -> None:
        super().__init__()
        mark(self, "topbar")
        self.setFixedHeight(theme().px(HIGH))
        self.search = SearchField(bench, pages, go)
        self.menus = tuple(menus)
        parts = row(self.search, None, *menus, gap=12, margin=8)
        px = theme().px
        parts.setContentsMargins(px(20), px(8), px(20), px(8))
        parts.setStretch(0, 100)  # of what there is, search comes first
        self.setLayout(parts)
