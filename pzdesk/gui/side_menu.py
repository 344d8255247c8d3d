"""The menu at the left of a page that has parts."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QScrollArea

from pzdesk.gui.parts import button, column, holder, row, scroll, text
from pzdesk.gui.theme import theme

WIDTH, NARROW_WIDTH = 196, 180
MARGIN, PADDING = 8, 10  # beside the buttons, and before their titles
GAP = 6  # between what stands in them
NEAR = 3  # what keys keep from a title at the least
NARROW = 700  # a page that is narrower than this, at 100 %, has better use for the room


class SideMenu:
    """Buttons under each other, one of them checked; ``area`` is what stands on the page.

    Beside a title stand a few words that matter there and, muted, the letter that opens it; beside the one
    that is chosen its keys in full, which says what the letters are.
    """

    def __init__(
        self, name: str, entries: Sequence[tuple[str, str, str]], go: Callable[[str], object]
    ) -> None:
        """``entries`` are key, title and shortcut; ``go`` is told the key that was chosen."""
        self._group = QButtonGroup()
        self._titles = {key: title for key, title, _ in entries}
        self._badges: dict[str, str] = {}
        self.buttons: dict[str, QPushButton] = {}
        self.asides: dict[str, QLabel] = {}
        self.letters: dict[str, QLabel] = {}
        self._keys: dict[str, QLabel] = {}
        around = column(gap=2, margin=MARGIN)
        for key, title, keys in entries:
            made = button(title, partial(go, key), role="rail")
            made.setCheckable(True)
            if keys:
                made.setToolTip(f"{title} ({keys})")
            self.asides[key] = text("", "small", wrap=False)
            self._keys[key] = text(keys, "key", wrap=False)
            self.letters[key] = text(keys.rpartition("+")[2], "small", wrap=False)
            for words in (self.asides[key], self._keys[key], self.letters[key]):
                words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                words.hide()
            made.setLayout(
                row(None, self.asides[key], self.letters[key], self._keys[key], gap=GAP, margin=GAP)
            )
            self._group.addButton(made)
            self.buttons[key] = made
            around.addWidget(made)
        around.addStretch(1)
        inside = holder(around)
        inside.setAccessibleName(name)
        self.area: QScrollArea = scroll(inside)
        self._is_narrow = False
        self.use_narrow(is_narrow=False)
        self.area.verticalScrollBar().rangeChanged.connect(self._show_all)

    def use_narrow(self, *, is_narrow: bool) -> None:
        """Leave the room to the part that is chosen: without the words beside the titles."""
        self._is_narrow = is_narrow
        width = theme().px(NARROW_WIDTH if is_narrow else WIDTH)
        inside = self.area.widget()
        if inside is not None:  # the bar beside it takes room too where not every part is in sight
            bar = self.area.verticalScrollBar().sizeHint().width()
            room = 2 * (theme().px(MARGIN) + theme().px(PADDING))
            longest = max((self._width_of(key, bold=True) for key in self.buttons), default=0)
            width = max(width, inside.minimumSizeHint().width() + bar, longest + room + bar)
        self.area.setFixedWidth(width)
        self._show_all()

    def show_chosen(self, key: str) -> None:
        """Check a part."""
        self.buttons[key].setChecked(True)
        self._show_all()

    def show_badge(self, key: str, words: str) -> None:
        """A few words beside the title of a part; none takes them away."""
        self._badges[key] = words
        self._show(key)

    def _show_all(self) -> None:
        for key in self.buttons:
            self._show(key)

    def _show(self, key: str) -> None:
        words, is_chosen = self._badges.get(key, ""), self.buttons[key].isChecked()
        keys, letter, aside = self._keys[key], self.letters[key], self.asides[key]
        aside.setText(words)
        has_keys = bool(keys.text())
        shows_keys = has_keys and is_chosen and not self._is_narrow and self._has_room(key, keys)
        keys.setVisible(shows_keys)
        letter.setVisible(has_keys and not shows_keys)
        beside = (aside, letter) if has_keys else (aside,)
        is_free = not is_chosen or not has_keys
        aside.setVisible(
            bool(words) and is_free and not self._is_narrow and self._has_room(key, *beside)
        )
        title = self._titles[key]
        self.buttons[key].setAccessibleName(f"{title}, {words}" if words else title)

    def _has_room(self, key: str, *beside: QLabel) -> bool:
        """Whether these stand beside a title without lying over it, also with the bar beside the buttons."""
        bar, px = self.area.verticalScrollBar(), theme().px
        width = self.area.maximumWidth() - 2 * px(MARGIN) - px(PADDING) - px(GAP)
        if bar.maximum() > 0:
            width -= bar.sizeHint().width()
        title = self._width_of(key, bold=self.buttons[key].isChecked())
        near = NEAR if beside[0] is self._keys[key] else GAP  # keys have a border of their own
        wide = sum(one.sizeHint().width() for one in beside) + px(GAP) * (len(beside) - 1)
        return title + px(near) + wide <= width

    def _width_of(self, key: str, *, bold: bool) -> int:
        """How wide a title is; the part that is chosen has its title in bold."""
        font = QFont(self.buttons[key].font())
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(self._titles[key])
