"""Patiënten: one table of everybody; typing filters at once."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QMenu, QPushButton, QWidget

from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import folded
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.flow import FlowLayout
from pzdesk.gui.forms import Form
from pzdesk.gui.page import Page
from pzdesk.gui.pages.patients.columns import (
    CHOICES,
    IN_CARE,
    STANDS,
    columns,
    search_words,
    stand_of,
)
from pzdesk.gui.pages.patients.list_import import ListImport
from pzdesk.gui.parts import button, column, empty, holder, row, scroll, text
from pzdesk.gui.patient_form import patient_form
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.tables import Column, ValueTable
from pzdesk.gui.theme import mark, theme
from pzdesk.services.desk import Desk

COLUMNS = "patienten-kolommen"


class PatientsPage(Page):
    """The rows are read once and filtered as a list; nothing is asked of the store while typing."""

    key = "patienten"
    title = "Patiënten"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._rows: list[tuple[PatientRow, str]] = []
        self._stand = IN_CARE
        self._choice = ""
        self.form: Form | None = None
        self.importer: ListImport | None = None
        may = bench.desk.session.has
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Typ een deel van een naam, geboortedatum of diagnose")
        self.filter.setAccessibleName("Filter de lijst")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show_rows)
        self.filter.installEventFilter(self)
        self.columns_ = button("Kolommen", self._choose_columns)
        buttons: list[QPushButton] = [self.columns_]
        if may(Right.IMPORT):
            buttons.insert(0, button("Lijst inlezen…", self.begin_import))
            buttons.append(button("Nieuwe patiënt", self.begin_new, keys=keys_of("new", self.key)))
        self.chips = FlowLayout(gap=theme().px(4))
        self._stands = self._chip_group(STANDS, self._use_stand, exclusive=True)
        self._choices = self._chip_group(
            [(key, words) for key, words, _ in CHOICES], self._use_choice, exclusive=False
        )
        self.table = ValueTable[PatientRow](self._shown_columns(), "Patiënten")
        self.table.opened.connect(lambda r: self.bench.go(file_of(r.id)))
        self.table.installEventFilter(self)
        self.count = text("", "muted")
        self.none = empty(
            "Nog geen patiënten",
            "Hier komen de mensen te staan die u in pzdesk volgt. Neem een lijst uit het HIS over, of voeg "
            "iemand toe.",
            *(
                [
                    button("Lijst inlezen…", self.begin_import, role="primary"),
                    button("Nieuwe patiënt", self.begin_new),
                ]
                if may(Right.IMPORT)
                else []
            ),
        )
        self.nobody = text("", "large")
        self.over = column()
        self.list_ = QWidget()
        self.list_.setLayout(
            column(
                row(self.filter, *buttons),
                self.chips,
                self.table,
                self.nobody,
                self.count,
                None,
                gap=10,
            )
        )
        inner = self.list_.layout()
        if inner is not None:
            inner.setStretch(2, 100)  # type: ignore[attr-defined]
        self.body.addWidget(text(self.title, "title"))
        self.body.addLayout(self.over)
        self.body.addWidget(self.list_, 1)
        self.body.addWidget(self.none)
        self.body.addStretch(0)

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.SEE_WHO)

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        if place.act == "new":
            self.begin_new()
        elif place.act == "inlezen":
            self.begin_import()
        elif place.patient is not None:
            self._go_to(place.patient)

    def reload(self) -> None:
        rows = self.bench.desk.patients.rows(everybody=True)
        self._rows = [(one, search_words(one)) for one in rows]
        by_stand = [stand_of(one) for one in rows]
        for key, words in STANDS:
            self._stands[key].setText(f"{words} {by_stand.count(key)}")
        here = [one for one in rows if stand_of(one) == self._stand]
        for key, words, test in CHOICES:
            self._choices[key].setText(f"{words} {sum(map(test, here))}")
        is_open = self.form is not None or self.importer is not None
        self.none.setVisible(not rows and not is_open)
        self.list_.setVisible(bool(rows) and not is_open)
        self._show_rows()

    def concerns(self, change: Change) -> bool:
        return change.topic in (Topic.PATIENT, Topic.MEETING, Topic.NETWORK)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        if self.form is not None:
            return {"save": self.form.try_save}
        if self.importer is not None:
            return {"save": self.importer.go_on}
        if not self.bench.desk.session.has(Right.IMPORT):
            return {}
        return {"new": self.begin_new}

    def begin_at(self) -> QWidget | None:
        if self.form is not None or self.importer is not None:
            return None
        return self.filter if self._rows else None

    def back(self) -> bool:
        if self.form is not None or self.importer is not None:
            self._close_over()
            return True
        if self.filter.text() or self._choice:
            self._use_choice("")
            self.filter.clear()
            return True
        return False

    def leave(self) -> None:
        if self.form is not None:
            self.form.keep_draft()

    def open_act(self) -> str:
        if self.importer is not None:
            return "inlezen"
        return "new" if self.form is not None else ""

    def hints(self) -> str:
        return "Typen filtert · Enter opent het dossier"

    def begin_new(self) -> None:
        """The form of a new patient."""
        self._close_over()
        self.form = patient_form(self.bench, None, self._add, self._close_over).ready()
        area = scroll(self.form)
        mark(area, "plain")
        self._show_over(area)
        self.form.begin()

    def begin_import(self) -> None:
        """Read a list from the HIS in."""
        self._close_over()
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
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                found = self.table.current()
                if found is not None:
                    self.table.opened.emit(found)
                return True
        elif (
            watched is self.table and plain and event.text().isprintable() and event.text().strip()
        ):
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
            self.filter.setText(self.filter.text() + event.text())
            return True
        return super().eventFilter(watched, event)

    def _show_rows(self) -> None:
        wanted = folded(self.filter.text()).split()
        test = next((t for key, _, t in CHOICES if key == self._choice), None)
        shown = [
            one
            for one, words in self._rows
            if stand_of(one) == self._stand
            and (test is None or test(one))
            and all(part in words for part in wanted)
        ]
        self.table.show_rows(shown, same=lambda one: one.id)
        total = sum(stand_of(one) == self._stand for one, _ in self._rows)
        self.count.setText(
            f"{len(shown)} van {total} getoond · pijltjes kiezen, Enter opent het dossier, "
            "typen filtert meteen"
        )
        self.table.setVisible(bool(shown))
        self.nobody.setVisible(not shown)
        self.nobody.setText(
            f"Niemand gevonden met “{self.filter.text().strip()}”. Esc toont weer iedereen."
            if wanted
            else "Niemand in deze lijst."
        )

    def _go_to(self, patient: PatientId) -> None:
        """Show somebody who was searched in the list where they stand."""
        found = next((one for one, _ in self._rows if one.id == patient), None)
        if found is None:
            return
        self._stands[stand_of(found)].setChecked(True)
        self._use_choice("")
        self.filter.clear()
        self._use_stand(stand_of(found))
        self.table.go_to([one.id for one in self.table.values.rows].index(patient))

    def _use_stand(self, key: str) -> None:
        self._stand = key
        self.reload()

    def _use_choice(self, key: str) -> None:
        self._choice = "" if key == self._choice else key
        for name, made in self._choices.items():
            made.setChecked(name == self._choice)
        self._show_rows()

    def _chip_group(
        self,
        entries: "list[tuple[str, str]] | tuple[tuple[str, str], ...]",
        use: Callable[[str], object],
        *,
        exclusive: bool,
    ) -> dict[str, QPushButton]:
        group = QButtonGroup(self)
        group.setExclusive(exclusive)
        made: dict[str, QPushButton] = {}
        for key, words in entries:
            one = button(words, partial(use, key), role="chip-toggle")
            one.setCheckable(True)
            one.setChecked(exclusive and key == self._stand)
            group.addButton(one)
            made[key] = one
            self.chips.addWidget(one)
        return made

    def _shown_columns(self) -> list[Column[PatientRow]]:
        hidden = self.bench.desk.preferences.remembered(COLUMNS, [])
        return [one for one in columns(self.bench.today) if one.key not in hidden]

    def _choose_columns(self) -> None:
        menu = QMenu(self)
        hidden = self.bench.desk.preferences.remembered(COLUMNS, [])
        for one in columns(self.bench.today)[1:]:
            entry = QAction(one.title, menu)
            entry.setCheckable(True)
            entry.setChecked(one.key not in hidden)
            entry.toggled.connect(partial(self._show_column, one.key))
            menu.addAction(entry)
        menu.popup(self.columns_.mapToGlobal(self.columns_.rect().bottomLeft()))

    def _show_column(self, key: str, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        preferences = self.bench.desk.preferences
        hidden = [k for k in preferences.remembered(COLUMNS, []) if k != key]
        preferences.remember(COLUMNS, hidden if is_shown else [*hidden, key])
        self.table.show_columns(self._shown_columns())

    def _add(self, patient: Patient) -> None:
        kept: list[Patient] = []

        def then(made: Patient) -> None:
            kept.append(made)
            if self.form is not None:
                self.form.saved()
            self._close_over()

        done = self.bench.act(
            lambda: self.bench.desk.patients.add(patient),
            said="Patiënt toegevoegd",
            change=Change(Topic.PATIENT),
            then=then,
            wrong=self.form,
        )
        if done:
            self.bench.go(file_of(kept[0].id))

    def _show_over(self, widget: QWidget) -> None:
        self.list_.hide()
        self.none.hide()
        widget.setMinimumHeight(theme().px(480))
        self.over.addWidget(widget)

    def _close_over(self) -> None:
        self.leave()
        while (item := self.over.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        was_open = self.form is not None or self.importer is not None
        self.form = self.importer = None
        if was_open:
            self.reload()
