"""A PZP on the national form, read in where the file is open: chosen or dropped, and asked whose it is."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench, Said
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.pages.file import pzp_reading as reading
from pzdesk.gui.pages.file import pzp_record as record
from pzdesk.gui.parts import Card, button
from pzdesk.gui.places import file_of
from pzdesk.gui.section import Section
from pzdesk.services.pzp_import import PzpImport


class PzpIntake(Section):
    """Reads a form in, and tells above the section what came of it until that is closed."""

    key = "pzp"
    title = "PZP"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.setAcceptDrops(True)
        self._number = 0
        self._notice: tuple[PatientId, Callable[[], Card]] | None = None
        self._hint: Card | None = None

    def choose(self) -> None:
        """Choose a form and read it in."""
        path = reading.chosen_form(self.bench, self)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a form in, or ask whose it is."""
        if self.file is None:
            return
        patient = self.file.patient.id
        self.bench.job(
            "Formulier inlezen",
            lambda _: reading.look(self.bench, path, patient),
            done=partial(self._looked, patient),
            wrong=self,
        )

    def tell_wrong(self, problem: PzdeskError) -> None:
        """Say in place why a form was not read in."""
        if self.form is not None:  # of something else, begun meanwhile
            self.bench.tell(str(problem), is_error=True)
            return
        self._tell(
            lambda: reading.wrong_card(
                str(problem),
                button("Ander formulier kiezen", self.choose, role="primary"),
                self._close(),
            )
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        can = self._may(Right.IMPORT) and self.form is None
        if can and reading.dropped_form(event.mimeData()) is not None:
            event.acceptProposedAction()
            if self._hint is None:
                self._hint = Card("Laat los om dit formulier in te lezen", role="card-now")
                self.body.insertWidget(0, self._hint)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self._no_hint()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._no_hint()
        path = reading.dropped_form(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.read(path)

    def _no_hint(self) -> None:
        if self._hint is not None:
            self.body.removeWidget(self._hint)
            self._hint.hide()
            self._hint.deleteLater()
            self._hint = None

    def _looked(self, patient: PatientId, found: reading.Outcome) -> None:
        if found.report is not None:
            self._read_in(found.report)
        elif self.file is None or self.file.patient.id != patient or self.form is not None:
            self.bench.tell("Niet ingelezen: kies het formulier opnieuw.", is_error=True)
        else:
            self.open_form(record.question_form(self, self.file.patient, found, self._put))

    def _put(self, found: reading.Outcome, values: dict[str, Any]) -> None:
        """Read a form in where the user said that it belongs."""
        if self.file is None:
            return
        where, here = values["bij_wie"], self.file.patient.id
        patient = here if where == reading.HERE else where
        whose = patient if where in (reading.HERE, reading.NEW) else PatientId(int(where))
        self.close_form()
        self.bench.job(
            "Formulier inlezen",
            lambda _: self.bench.desk.pzps.read_in(found.data, whose),
            done=self._read_in,
            wrong=self,
        )

    def _read_in(self, found: PzpImport) -> None:
        self._number = found.version.number
        here = self.file is not None and self.file.patient.id == found.patient_id
        self._notice = (found.patient_id, lambda: self._report(found))
        said = "was al ingelezen" if found.existing else "ingelezen"
        sentence = f"Formulier {said}: versie {found.version.number}"
        go = partial(self.bench.go, file_of(found.patient_id, self.key))
        if here or self.isVisible():
            self.bench.tell(sentence)
        else:  # who went on, to an overleg perhaps, is not called back
            self.bench.said.emit(Said(sentence, go, act="Bekijken"))
        self.bench.changes.tell(Change(Topic.PATIENT, found.patient_id))
        if not here and self.isVisible():
            go()

    def _report(self, found: PzpImport) -> Card:
        add = None
        if self.may_write:
            place = file_of(found.patient_id, "netwerk", "naaste")
            add = button("Naaste toevoegen", partial(self.bench.go, place))
        return reading.report_card(found, self._close(), add)

    def show_notice(self, patient: PatientId, card: Callable[[], Card]) -> None:
        """Show a card above the section until it is closed; it is read with the next change."""
        self._notice = (patient, card)

    def _tell(self, card: Callable[[], Card]) -> None:
        if self.file is not None:
            self._notice = (self.file.patient.id, card)
            self._again()

    def _close(self) -> QPushButton:
        return button("Sluiten", self._forget_notice)

    def _forget_notice(self) -> None:
        self._notice = None
        self._again()

    def close_notice(self) -> QPushButton:
        """The button that takes the card above the section away."""
        return self._close()

    def _again(self) -> None:
        if self.file is not None and self.form is None:
            self.fill_again(keep_focus=True)

    def _may(self, right: Right) -> bool:
        return self.bench.desk.session.has(right)
