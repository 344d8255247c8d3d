"""Beheer: the parts at the left, the chosen one beside them."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.page import Page
from pzdesk.gui.pages.settings.about import AboutPart
from pzdesk.gui.pages.settings.backups import BackupPart
from pzdesk.gui.pages.settings.instruments import InstrumentsPart
from pzdesk.gui.pages.settings.locking import LockPart
from pzdesk.gui.pages.settings.log import LogPart
from pzdesk.gui.pages.settings.look import LookPart
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.pages.settings.practice import PracticePart
from pzdesk.gui.pages.settings.region import RegionPart
from pzdesk.gui.pages.settings.retention import RetentionPart
from pzdesk.gui.pages.settings.rights import RightsPart
from pzdesk.gui.pages.settings.rules import RulesPart
from pzdesk.gui.pages.settings.urgency import UrgencyPart
from pzdesk.gui.pages.settings.users import UsersPart
from pzdesk.gui.parts import row, scroll
from pzdesk.gui.places import Place
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.side_menu import SideMenu
from pzdesk.gui.theme import mark

PARTS: tuple[type[SettingsPart], ...] = (
    PracticePart,
    RulesPart,
    RegionPart,
    UrgencyPart,
    InstrumentsPart,
    UsersPart,
    RightsPart,
    BackupPart,
    LockPart,
    LogPart,
    RetentionPart,
    LookPart,
    AboutPart,
)


class SettingsPage(Page):
    """A part exists only for who may see it."""

    key = "beheer"
    title = "Beheer"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.parts = {kind.key: kind(bench) for kind in PARTS if kind.may_see(bench.desk)}
        entries = [(part.key, part.title, "") for part in self.parts.values()]
        self.menu = SideMenu("Onderdelen van beheer", entries, self._go)
        self.stack = QStackedWidget()
        self._areas: dict[str, QScrollArea] = {}
        for part in self.parts.values():
            part.home = self.menu.buttons[part.key]
            area = scroll(part)
            area.setAccessibleName(part.title)
            mark(area, "read")
            self._areas[part.key] = area
            self.stack.addWidget(self._areas[part.key])
        around = row(self.menu.area, self.stack, gap=0)
        around.setStretch(1, 1)
        self.body.addLayout(around, 1)

    @property
    def part(self) -> SettingsPart:
        """The part of now."""
        return self.parts.get(self.place.section) or next(iter(self.parts.values()))

    def show_place(self, place: Place) -> None:
        self.part.leave()
        super().show_place(place)
        if place.act:
            self.part.begin(place.act)

    def reload(self) -> None:
        self.menu.show_chosen(self.part.key)
        area = self._areas[self.part.key]
        self.stack.setCurrentWidget(area)
        self.part.reload()
        # Where there is only something to read, the arrows scroll it.
        reads = not self.part.stops() and self.part.form is None
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reads else Qt.FocusPolicy.NoFocus)

    def concerns(self, change: Change) -> bool:
        return change.topic in (Topic.PRACTICE, Topic.NETWORK, Topic.BACKUP)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        form, edit = self.part.form, self.part.edit()
        if form is not None:
            return {"save": form.try_save}
        return {"edit": edit} if edit is not None else {}

    def begin_at(self) -> QWidget | None:
        return None if self.part.form is not None else self.menu.buttons[self.part.key]

    def back(self) -> bool:
        return self.part.back()

    def open_act(self) -> str:
        return self.part.open_act

    def leave(self) -> None:
        self.part.leave()

    def hints(self) -> str:
        edits = self.part.form is None and self.part.edit() is not None
        return f"{keys_of('edit')} wijzigen" if edits else ""

    def _go(self, key: str) -> None:
        self.bench.go(Place(page=self.key, section=key))
