"""Dossier: the file of one patient, under a header that never scrolls away."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget, QWidget

from pzdesk.domain.emergency import EmergencyAccess, in_force
from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.file import PatientFile
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import short
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.forms import Form
from pzdesk.gui.page import Page
from pzdesk.gui.pages.file import SECTIONS, emergency
from pzdesk.gui.pages.file.header import EMERGENCY, FileHeader
from pzdesk.gui.parts import clear, column, holder, row, scroll
from pzdesk.gui.places import PATIENTS, Place, file_of
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.side_menu import NARROW, SideMenu
from pzdesk.gui.theme import theme
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
        # Behind this, which nobody sees, Tab comes to the header; the header itself is made anew each time.
        self._first = QWidget(self)
        self._first.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._first.hide()
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
        self.strip = column(gap=0)
        inside = column(self.strip, self.header, around, gap=0)
        inside.setStretch(2, 1)
        self.parts = holder(inside)
        self.asking = column(gap=0)
        self.form: Form | None = None
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.reload)
        self.body.addWidget(self.parts, 1)
        self.body.addLayout(self.asking)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.menu.use_narrow(is_narrow=event.size().width() < theme().px(NARROW))
        self.header.fit(self.width(), self.height())

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.READ_FILE) or desk.session.has(Right.EMERGENCY)

    @property
    def section(self) -> Section:
        """The section of now."""
        return self.sections[self.place.section or "overzicht"]

    def show_place(self, place: Place) -> None:
        if self.file is not None and place.patient != self.file.patient.id:
            self.section.leave()
        self._stop_asking()
        self.place = place
        self._show(place.act)

    def reload(self) -> None:
        if self.form is None:
            self._show("")

    def _show(self, act: str) -> None:
        """The file, or the question that comes before it."""
        session, patient = self.bench.desk.session, self.place.patient
        if patient is not None and not session.opens(Right.READ_FILE, patient):
            self._show_nobody()
            self._ask()
        elif act == EMERGENCY and session.has(Right.EMERGENCY):
            if self.file is None or self.file.patient.id != patient:
                self._read("")
            self._ask()
        else:
            self._read(act)

    def concerns(self, change: Change) -> bool:
        here = self.place.patient
        return change.topic not in (Topic.PRACTICE, Topic.BACKUP) and change.patient in (None, here)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        if self.form is not None:
            return {"save": self.form.try_save}
        jumps: dict[str, Callable[[], object]] = {
            f"section-{key}": partial(self._go, key) for key in self.sections
        }
        papers = self.papers()
        printing = {"print": papers[0][1]} if papers else {}
        return {**jumps, **self.header.acts(), **printing, **self.section.acts()}

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        found = self.header.papers() if self.form is None else ()
        return sorted(found, key=lambda one: one[0] != self.section.paper)

    def begin_at(self) -> QWidget | None:
        if self.form is not None:
            return None
        return None if self.section.form is not None else self.menu.buttons[self.section.key]

    def back(self) -> bool:
        if self.form is not None:
            self._do_not_ask()
            return True
        return self.section.back()

    def leave(self) -> None:
        if self.form is not None:
            self.form.keep_draft()
        self.section.leave()

    def hints(self) -> str:
        if self.form is not None:
            return ""
        return "Alt+letter onderdeel · F2 wijzigen · Esc terug"

    def open_act(self) -> str:
        return EMERGENCY if self.form is not None else self.section.open_act

    def _go(self, key: str) -> None:
        if self.place.patient is not None:
            self.bench.go(file_of(self.place.patient, key))

    def _ask(self) -> None:
        """Ask for a reason, in the place of the file; nothing of it is shown before."""
        patient = self.place.patient
        person = emergency.person_of(self.bench, patient) if patient is not None else None
        if patient is None or person is None:
            return
        self.parts.hide()
        self.form = emergency.ask(
            self.bench, person, partial(self._open, patient), self._do_not_ask
        )
        self.asking.addWidget(emergency.asked(self.form))
        self.form.begin()

    def _open(self, patient: PatientId, values: Mapping[str, object]) -> None:
        emergencies, reason = self.bench.desk.emergencies, str(values["reden"])
        try:
            emergencies.open(patient, reason)
        except PzdeskError as problem:
            if self.form is not None:
                self.form.tell_wrong(problem)
            return
        if self.form is not None:
            self.form.saved()
        self.bench.tell("Het dossier is geopend met noodtoegang")
        self.bench.go(file_of(patient, self.place.section or "overzicht"))

    def _do_not_ask(self) -> None:
        if self.file is None:
            self.bench.go(PATIENTS)
        else:
            self._stop_asking()

    def _stop_asking(self) -> None:
        self.form = None
        clear(self.asking)
        self.parts.setVisible(self.file is not None)

    def _end(self, access: EmergencyAccess) -> None:
        emergencies = self.bench.desk.emergencies

        def ended(_: EmergencyAccess) -> None:
            if not self.bench.desk.session.has(Right.READ_FILE):
                self._show_nobody()
                self.bench.go(PATIENTS)

        self.bench.act(
            lambda: emergencies.end(access),
            said="De noodtoegang is beëindigd",
            change=Change(Topic.PATIENT, access.patient_id),
            then=ended,
        )

    def _show_strip(self, file: PatientFile) -> None:
        """Tell as long as it lasts that the file is open in an emergency; when it is over, look again."""
        clear(self.strip)
        self._over.stop()
        session = self.bench.desk.session
        now = session.now
        here = in_force(file.emergencies, session.user.id, file.patient.id, now)
        if here is not None:
            self.strip.addWidget(emergency.strip(self.bench, here, partial(self._end, here)))
            self._over.start(int((here.until - now).total_seconds() * 1000) + 1000)

    def _show_nobody(self) -> None:
        """What cannot be read must not leave somebody else in sight."""
        self.file = None
        self._over.stop()
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
        self._show_strip(file)
        self.header.show_file(file)
        self.header.fit(self.width(), self.height())
        self._order_stops()
        section = self.section
        self.menu.show_chosen(section.key)
        for kind in SECTIONS:
            self.menu.show_badge(kind.key, kind.badge(file))
        self.stack.setCurrentWidget(self._areas[section.key])
        section.show_file(file, act)

    def _order_stops(self) -> None:
        """Tab comes to what was made anew in the header where it stands: before the menu and the section."""
        for before, after in pairwise([self._first, *self.header.findChildren(QPushButton)]):
            QWidget.setTabOrder(before, after)
