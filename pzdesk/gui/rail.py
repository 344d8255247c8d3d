"""The rail at the left: pages with a count where this user must act, and at the foot who works here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QLabel, QPushButton

from pzdesk.domain.labels import label
from pzdesk.domain.user import User
from pzdesk.gui.icons import icon
from pzdesk.gui.parts import button, chip, column, line, row, text
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.theme import mark, theme


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A page in the rail; ``at_foot`` puts it below."""

    key: str
    title: str
    at_foot: bool = False


WIDTH, NARROW_WIDTH = 196, 138


class Rail(QFrame):
    """The pages; the one of now is checked. In a narrow window their icons go, the words stay."""

    def __init__(
        self,
        entries: Sequence[RailEntry],
        user: User,
        go: Callable[[str], object],
        lock: Callable[[], object],
    ) -> None:
        super().__init__()
        mark(self, "rail")
        self.setAccessibleName("Pagina’s")
        self._is_narrow: bool | None = None
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        px = theme().px
        brand = text("pzdesk", "brand")
        brand.setContentsMargins(px(10), px(3), 0, px(8))
        body = column(brand, gap=4, margin=10)
        foot = column(gap=4)
        for number, entry in enumerate(entries, start=1):
            made = button(entry.title, partial(go, entry.key), role="rail")
            made.setCheckable(True)
            made.setIcon(icon(entry.key))
            made.setIconSize(QSize(px(18), px(18)))
            made.setToolTip(f"{entry.title} ({shown(keys_of(f'page-{number}'))})")
            self._group.addButton(made)
            self._buttons[entry.key] = made
            count = chip("", "accent")
            count.hide()
            self._counts[entry.key] = count
            inside = row(None, count, margin=6)
            made.setLayout(inside)
            (foot if entry.at_foot else body).addWidget(made)
        body.addStretch(1)
        body.addLayout(foot)
        body.addWidget(line())
        who = column(
            text(user.name, "strong"),
            text(", ".join(label(role) for role in user.roles), "small"),
            gap=0,
        )
        keys = shown(keys_of("lock"))
        self.lock = button("Vergrendelen", lock, role="key", tip=f"Vergrendelen ({keys})")
        self.lock.setText(keys)
        self.lock.setIcon(icon("slot", "muted"))
        self.lock.setIconSize(QSize(px(14), px(14)))
        self._about = row(who, self.lock, gap=8)
        self._about.setStretch(0, 1)
        self._about.setContentsMargins(px(10), px(6), 0, px(4))
        body.addLayout(self._about)
        self.setLayout(body)
        self.use_narrow(is_narrow=False)

    def use_narrow(self, *, is_narrow: bool) -> None:
        """Leave the room to the page, or take what is usual."""
        if is_narrow is self._is_narrow:
            return
        self._is_narrow, px = is_narrow, theme().px
        self.setFixedWidth(px(NARROW_WIDTH if is_narrow else WIDTH))
        way = QBoxLayout.Direction
        self._about.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)
        for key, made in self._buttons.items():
            made.setIcon(QIcon() if is_narrow else icon(key))

    def show_page(self, key: str) -> None:
        """Check the page of now; a file belongs to Patiënten."""
        made = self._buttons.get("patienten" if key == "dossier" else key)
        if made is not None:
            made.setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how much waits for this user; nothing waiting shows no figure."""
        for key in self._counts:
            self.show_count(key, counts.get(key, 0))

    def show_count(self, key: str, number: int) -> None:
        """Show how much waits on one page; a page that the rail has not is none of it."""
        if (where := self._counts.get(key)) is None:
            return
        where.setText(str(number))
        where.setVisible(number > 0)
        name = self._buttons[key].text()
        self._buttons[key].setAccessibleName(f"{name}, {number} open" if number else name)
