"""The menu at the left of a page that has parts."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea

from pzdesk.gui.parts import button, column, holder, scroll
from pzdesk.gui.theme import theme

WIDTH = 184
SHORT = 4  # letters that fit beside a title


class SideMenu:
    """Buttons under each other, one of them checked; ``area`` is what stands on the page."""

    def __init__(
        self, name: str, entries: Sequence[tuple[str, str, str]], go: Callable[[str], object]
    ) -> None:
        """``entries`` are key, title and shortcut; ``go`` is told the key that was chosen."""
        self._group = QButtonGroup()
        self._titles = {key: title for key, title, _ in entries}
        self.buttons: dict[str, QPushButton] = {}
        around = column(gap=2, margin=8)
        for key, title, keys in entries:
            made = button(title, partial(go, key), role="rail")
            made.setCheckable(True)
            if keys:
                made.setToolTip(f"{title} ({keys})")
            self._group.addButton(made)
            self.buttons[key] = made
            around.addWidget(made)
        around.addStretch(1)
        inside = holder(around)
        inside.setAccessibleName(name)
        self.area: QScrollArea = scroll(inside)
        self.area.setFixedWidth(theme().px(WIDTH))

    def show_chosen(self, key: str) -> None:
        """Check a part."""
        self.buttons[key].setChecked(True)

    def show_badge(self, key: str, words: str) -> None:
        """A few words beside or beneath the title of a part; none takes them away."""
        title = self._titles[key]
        between = "  " if len(words) < SHORT else "\n"
        self.buttons[key].setText(f"{title}{between}{words}" if words else title)
        self.buttons[key].setAccessibleName(f"{title}, {words}" if words else title)
