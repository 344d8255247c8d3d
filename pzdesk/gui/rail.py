"""The rail at the left: pages with a count where this user must act, and at the foot who works here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton

from pzdesk.domain.labels import label
from pzdesk.domain.user import User
from pzdesk.gui.icons import icon
from pzdesk.gui.parts import button, chip, column, line, row, text
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.theme import mark, theme


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the rail; ``at_foot`` puts it below."""

    key: str
    title: str
    at_foot: bool = False


class Rail(QFrame):
    """The pages; the one of now is checked."""

    def __init__(
        self,
        entries: Sequence[Entry],
        user: User,
        go: Callable[[str], object],
        lock: Callable[[], object],
    ) -> None:
        super().__init__()
        mark(self, "rail")
        self.setAccessibleName("Pagina’s")
        self.setFixedWidth(theme().px(196))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        body = column(text("pzdesk", "brand"), gap=4, margin=12)
        foot = column(gap=4)
        for number, entry in enumerate(entries, start=1):
            made = button(entry.title, partial(go, entry.key), role="rail")
            made.setCheckable(True)
            made.setIcon(icon(entry.key))
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
        self.lock = button("Vergrendelen", lock, role="quiet")
        self.lock.setText(shown(keys_of("lock")))
        self.lock.setIcon(icon("slot", "accent"))
        self.lock.setToolTip("Vergrendelen")
        body.addLayout(who)
        body.addWidget(self.lock)
        self.setLayout(body)

    def show_page(self, key: str) -> None:
        """Check the page of now; a file belongs to Patiënten."""
        made = self._buttons.get("patienten" if key == "dossier" else key)
        if made is not None:
            made.setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how much waits for this user; nothing waiting shows no figure."""
        for key, where in self._counts.items():
            number = counts.get(key, 0)
            where.setText(str(number))
            where.setVisible(number > 0)
            name = self._buttons[key].text()
            self._buttons[key].setAccessibleName(f"{name}, {number} open" if number else name)
