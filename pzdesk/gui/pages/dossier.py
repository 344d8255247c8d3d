"""Dossier: the file of one patient, under a header that never scrolls away."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import short
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.page import Page
from pzdesk.gui.pages.file import SECTIONS
from pzdesk.gui.pages.file.header import FileHeader
from pzdesk.gui.parts import column, holder, row, scroll
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.side_menu import SideMenu
from pzdesk.services.desk import Desk


class DossierPage(Page):
    """One patient at a time; the file is read once and given to the header and the section of now."""

    key = "dossier"
    title = "Dossier"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.file: PatientFile | None = None
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.header = FileHeader(bench)
        entries = [
            (kind.key, kind.title, shown(keys_of(f"section-{kind.key}", self.key)))
            for kind in SECTIONS
        ]
        self.menu = SideMenu("Onderdelen van het dossier", entries, self._go)
        self.stack = QStackedWidget()
        self.sections: dict[str, Section] = {}
        self._areas: dict[str, QScrollArea] = {}
        for kind in SECTIONS:
            section = kind(bench)
            section.home = self.menu.buttons[kind.key]
            self.sections[kind.key] = section
            self._areas[kind.key] = scroll(section)
            self.stack.addWidget(self._areas[kind.key])
        around = row(self.menu.area, self.stack, gap=0)
        around.setStretch(1, 1)
        inside = column(self.header, around, gap=0)
        inside.setStretch(1, 1)
        self.parts = holder(inside)
        self.body.addWidget(self.parts, 1)

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.READ_FILE)

    @property
    def section(self) -> Section:
        """The section of now."""
        return self.sections[self.place.section or "overzicht"]

    def show_place(self, place: Place) -> None:
        if self.file is not None and place.patient != self.file.patient.id:
            self.section.leave()
        self.place = place
        self._read(place.act)

    def reload(self) -> None:
        self._read("")

    def concerns(self, change: Change) -> bool:
        here = self.place.patient
        return change.topic not in (Topic.PRACTICE, Topic.BACKUP) and change.patient in (None, here)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        jumps: dict[str, Callable[[], object]] = {
            f"section-{key}": partial(self._go, key) for key in self.sections
        }
        return {**jumps, **self.header.acts(), **self.section.acts()}

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        found = self.header.papers()
        return sorted(found, key=lambda one: one[0] != self.section.paper)

    def begin_at(self) -> QWidget | None:
        return None if self.section.form is not None else self.menu.buttons[self.section.key]

    def back(self) -> bool:
        return self.section.back()

    def leave(self) -> None:
        self.section.leave()

    def hints(self) -> str:
        return "Alt+letter onderdeel · F2 wijzigen · Esc terug"

    def open_act(self) -> str:
        return self.section.open_act

    def _go(self, key: str) -> None:
        if self.place.patient is not None:
            self.bench.go(file_of(self.place.patient, key))

    def _show_nobody(self) -> None:
        """What cannot be read must not leave somebody else in sight."""
        self.file = None
        self.parts.hide()

    def _read(self, act: str) -> None:
        if self.place.patient is None:
            return
        try:
            file = self.bench.desk.patients.file(self.place.patient)
        except PzdeskError:
            self._show_nobody()
            raise
        self.file = file
        self.parts.show()
        self.setAccessibleName(f"Dossier van {short(file.patient.name, file.patient.sex)}")
        self.header.show_file(file)
        section = self.section
        self.menu.show_chosen(section.key)
        for kind in SECTIONS:
            self.menu.show_badge(kind.key, kind.badge(file))
        self.stack.setCurrentWidget(self._areas[section.key])
        section.show_file(file, act)
