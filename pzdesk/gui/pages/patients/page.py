"""Patiënten: one table of everybody; typing filters at once."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import folded
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.forms import Form
from pzdesk.gui.head import head
from pzdesk.gui.ordering import order_button
from pzdesk.gui.page import Page
from pzdesk.gui.pages.patients.chips import Chips
from pzdesk.gui.pages.patients.column_choice import ColumnChoice
from pzdesk.gui.pages.patients.columns import STANDS, search_words, stand_of
from pzdesk.gui.pages.patients.list_import import DRAFT, ListImport
from pzdesk.gui.pages.patients.nobody import nobody_words, nobody_yet, where_else
from pzdesk.gui.pages.patients.unfinished import Unfinished
from pzdesk.gui.parts import button, clear, column, holder, row, scroll, text
from pzdesk.gui.patient_form import NEW_DRAFT, patient_form
from pzdesk.gui.places import PATIENTS, Place, file_of
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.tables import ValueTable
from pzdesk.gui.theme import mark, theme
from pzdesk.services.desk import Desk

NARROW = 620  # below this width, at 100 %, the choices are folded
ORDER = "patienten-volgorde"
NO_FILES = "Met uw rol opent u geen dossiers."
STAND_WORDS = dict(STANDS)


class PatientsPage(Page):
    """The rows are read once and filtered as a list; nothing is asked of the store while typing."""

    key = "patienten"
    title = "Patiënten"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._rows: list[tuple[PatientRow, str]] = []
        self._here: list[tuple[PatientRow, str]] = []
        self._total = 0
        self._is_read = False
        self._goes_to: PatientId | None = None
        self._words: dict[PatientId, tuple[tuple[object, ...], str]] = {}
        self.form: Form | None = None
        self.importer: ListImport | None = None
        may = bench.desk.session.has
        self._clinical, self._may_import = may(Right.READ_FILE), may(Right.IMPORT)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(
            "Typ een deel van een naam, geboortedatum of diagnose"
            if self._clinical
            else "Typ een deel van een naam of geboortedatum"
        )
        self.filter.setAccessibleName("Filter de lijst")
        self.filter.textChanged.connect(self._show_rows)
        self.filter.installEventFilter(self)
        self.chips = Chips(clinical=self._clinical)
        self.chips.changed.connect(self._chosen)
        self.choice = ColumnChoice(bench, self._use_columns, clinical=self._clinical)
        shown = self.choice.fitting(self.width())
        self.table = ValueTable[PatientRow](shown, "Patiënten", hugs=True)
        self.table.opened.connect(self._open)
        self.table.installEventFilter(self)
        usual = ["urgency" if self._clinical else "name", ""]
        key, down = (*bench.desk.preferences.remembered(ORDER, usual), "", "")[:2]
        self.table.sort_by(key, down=bool(down))
        self.table.ordered.connect(self._keep_order)
        self.order = order_button(self.table)
        self.count = text("", "muted")
        self.nobody = text("", "large")
        self.elsewhere = button("", self._look_elsewhere)
        self._there = ""
        self.left = Unfinished(
            bench,
            (
                (NEW_DRAFT, "U was bezig een nieuwe patiënt toe te voegen", self.begin_new),
                (DRAFT, "U was bezig een lijst in te lezen", self.begin_import),
            )
            if self._may_import
            else (),
        )
        self.over = column()
        self.none = nobody_yet(self.begin_import, self.begin_new, may_import=self._may_import)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = [self.order, self.choice.button]
        if self._may_import:
            buttons.append(button("Lijst inlezen…", self.begin_import))
            buttons.append(button("Nieuwe patiënt", self.begin_new, keys=keys_of("new", self.key)))
        self.tools = buttons
        self.list_ = QWidget()
        inside = column(
            self.filter,
            self.chips,
            self.table,
            self.nobody,
            row(self.elsewhere, None),
            self.count,
            None,
            gap=8,
        )
        inside.setStretch(2, 100)
        self.list_.setLayout(inside)
        self.body.addLayout(head(text(self.title, "title", wrap=False), *buttons))
        self.body.addWidget(self.left)
        self.body.addLayout(self.over)
        self.reading = text("De patiëntenlijst wordt gelezen…", "muted")
        self.body.addWidget(self.reading)
        self.body.addWidget(self.list_, 1)
        self.body.addWidget(self.none)
        self.body.addStretch(0)

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.SEE_WHO)

    def show_place(self, place: Place) -> None:
        """A form or a list that is being read in is shown only when it is asked: its draft is offered."""
        self._close_over(quietly=True)
        self._goes_to = place.patient
        super().show_place(place)
        if place.act == "new" and self._may_import:
            self.begin_new()
        elif place.act == "inlezen" and self._may_import:
            self.begin_import()

    def reload(self) -> None:
        if not self._is_read:
            for part in (self.none, self.list_, *self.tools):
                part.hide()
            self.reading.show()
        else:
            self._show_what_fits()
        self.bench.read("Patiënten lezen", self._read_rows, done=self._show)

    def _read_rows(self) -> list[tuple[PatientRow, str]]:
        return [(one, self._words_of(one)) for one in self.bench.desk.patients.rows(everybody=True)]

    def _show(self, rows: list[tuple[PatientRow, str]]) -> None:
        is_first, self._is_read, self._rows = not self._is_read, True, rows
        self.reading.hide()
        is_open = self._show_what_fits()
        self._chosen()
        if self._goes_to is not None:
            self._go_to(self._goes_to)
        elif is_first and rows and not is_open and not isinstance(self._focus(), QLineEdit):
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_what_fits(self) -> bool:
        """The list, or what to do without one, unless a form or an import is open (which is told)."""
        is_open = self.form is not None or self.importer is not None
        self.none.setVisible(not self._rows and not is_open)
        for part in (self.list_, *self.tools):
            part.setVisible(bool(self._rows) and not is_open)
        self.left.offer(is_open=is_open)
        return is_open

    def _focus(self) -> QWidget | None:
        return self.window().focusWidget()

    def concerns(self, change: Change) -> bool:
        return change.topic in (Topic.PATIENT, Topic.MEETING, Topic.NETWORK)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        if self.form is not None:
            return {"save": self.form.try_save}
        if self.importer is not None:
            return {"save": self.importer.go_on}
        return {"new": self.begin_new} if self._may_import else {}

    def begin_at(self) -> QWidget | None:
        if self.form is not None or self.importer is not None:
            return None
        return self.filter if self._rows else self.none.findChild(QPushButton)

    def back(self) -> bool:
        if self.form is not None or self.importer is not None:
            self._close_over()
            return True
        if self.filter.text() or self.chips.is_narrowed:
            self.filter.clear()
            self.chips.show_everybody()
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def leave(self) -> None:
        if self.form is not None:
            self.form.keep_draft()
        if self.importer is not None:
            self.importer.keep_draft()

    def open_act(self) -> str:
        if self.importer is not None:
            return "inlezen"
        return "new" if self.form is not None else ""

    def hints(self) -> str:
        if self.form is not None or self.importer is not None:
            return ""
        return "Typen filtert · Enter opent het dossier" if self._clinical else "Typen filtert"

    def begin_new(self) -> None:
        """The form of a new patient."""
        self._close_over(quietly=True)
        self.form = patient_form(self.bench, None, self._add, self._close_over).ready()
        area = scroll(self.form)
        mark(area, "plain")
        self._show_over(area)
        self.form.begin()

    def begin_import(self) -> None:
        """Read a list from the HIS in."""
        self._close_over(quietly=True)
        self.importer = ListImport(self.bench, self._close_over)
        self._show_over(scroll(holder(column(self.importer, None))))
        self.importer.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if watched is self.filter:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                found = self.table.current()
                if found is not None and self.table.values.rows:
                    self._open(found)
                return True
        elif watched is self.table and plain and self._goes_to_filter(event):
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
            if event.key() == Qt.Key.Key_Backspace:
                self.filter.backspace()
            else:
                self.filter.setText(self.filter.text() + event.text())
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _goes_to_filter(event: QKeyEvent) -> bool:
        typed = event.text()
        return event.key() == Qt.Key.Key_Backspace or (typed.isprintable() and bool(typed.strip()))

    def _words_of(self, one: PatientRow) -> str:
        """What typing looks in; made once for as long as it says the same."""
        said = (one.name, one.birth_date, one.diagnosis, one.central_carer)
        was = self._words.get(one.id)
        if was is None or was[0] != said:
            was = self._words[one.id] = said, search_words(one)
        return was[1]

    def _chosen(self) -> None:
        """Another list, another choice or another order: what typing then goes through is made once."""
        rows = [one for one, _ in self._rows]
        self.chips.show_counts(rows)
        self._total = sum(stand_of(one) == self.chips.stand for one in rows)
        words = {one.id: said for one, said in self._rows}
        fitting = self.table.in_order(self.chips.fitting(rows))
        self._here = [(one, words[one.id]) for one in fitting]
        self._show_rows()

    def _show_rows(self) -> None:
        wanted = folded(self.filter.text()).split()
        shown = [one for one, words in self._here if all(part in words for part in wanted)]
        self.table.show_rows(shown, same=lambda one: one.id, is_sorted=True)
        told = f"{len(shown)} van {self._total} getoond"
        if self.choice.lacks_room:
            told += " · niet alle kolommen passen: maak het venster breder, of kleiner met Ctrl+-"
        self.count.setText(told)
        self.count.setVisible(bool(shown))
        self.table.setVisible(bool(shown))
        self.nobody.setVisible(not shown)
        self.elsewhere.hide()
        if not shown:
            self._tell_nobody(wanted)

    def _tell_nobody(self, wanted: list[str]) -> None:
        """What to do when nobody is found: another list where they are, or Esc."""
        here = STAND_WORDS[self.chips.stand]
        typed = self.filter.text().strip() if wanted else ""
        self.nobody.setText(nobody_words(typed, here, narrowed=self.chips.is_narrowed))
        if not wanted:
            return
        found = [stand_of(one) for one, all_ in self._rows if all(part in all_ for part in wanted)]
        if (there := where_else(found, self.chips.stand)) is not None:
            self._there, count = there
            self.elsewhere.setText(f"Toon {count} bij “{STAND_WORDS[self._there]}”")
            self.elsewhere.setAccessibleName(self.elsewhere.text())
            self.elsewhere.show()

    def _look_elsewhere(self) -> None:
        self.chips.use_stand(self._there)
        self.chips.show_everybody()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, one: PatientRow) -> None:
        if self._clinical or self.bench.desk.session.has(Right.EMERGENCY):
            self.bench.go(file_of(one.id))
        else:
            self.bench.tell(NO_FILES)

    def _go_to(self, patient: PatientId) -> None:
        """Show somebody who was searched in the list where they stand."""
        self._goes_to = None
        found = next((one for one, _ in self._rows if one.id == patient), None)
        if found is None:
            return
        self.filter.clear()
        self.chips.use_stand(stand_of(found))
        self.chips.show_everybody()
        self.table.go_to([one.id for one in self.table.values.rows].index(patient))

    def _keep_order(self) -> None:
        if self.table.order is not None:
            key, down = self.table.order
            self.bench.desk.preferences.remember(ORDER, [key, "down" if down else ""])
            self._chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.chips.use_narrow(is_narrow=event.size().width() < theme().px(NARROW))
        wide, before = event.size().width(), event.oldSize().width()
        shown = [one.key for one in self.choice.fitting(wide)]
        if shown != [one.key for one in self.table.values.columns] or (
            self.choice.is_narrow(wide) != self.choice.is_narrow(before)
        ):
            self._use_columns()

    def _use_columns(self) -> None:
        self.table.show_columns(self.choice.fitting(self.width()))
        self._chosen()

    def _add(self, patient: Patient) -> None:
        kept: list[Patient] = []

        def then(made: Patient) -> None:
            kept.append(made)
            if self.form is not None:
                self.form.saved()
            self._close_over()

        patients = self.bench.desk.patients
        done = self.bench.act(
            lambda: patients.add(patient),
            said="Patiënt toegevoegd",
            change=Change(Topic.PATIENT),
            undo=patients.withdraw,
            gone=PATIENTS,
            then=then,
            wrong=self.form,
        )
        if done:
            self.bench.go(file_of(kept[0].id))

    def _show_over(self, widget: QWidget) -> None:
        for other in (self.list_, self.none, *self.tools):
            other.hide()
        self.left.offer(is_open=True)
        self.over.addWidget(widget)
        self.body.setStretchFactor(self.over, 100)

    def _close_over(self, *, quietly: bool = False) -> None:
        """Close the form or the import; the list comes back, unless something else is shown at once."""
        self.leave()
        clear(self.over)
        was_open = self.form is not None or self.importer is not None
        self.form = self.importer = None
        self.body.setStretchFactor(self.over, 0)
        if was_open and not quietly:
            self.reload()
            begin = self.begin_at()
            if begin is not None:
                begin.setFocus(Qt.FocusReason.OtherFocusReason)
