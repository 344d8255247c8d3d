"""Overzicht: what matters now, and what is not recorded yet with the button to do it."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from pzdesk.domain.file import PatientFile
from pzdesk.domain.gaps import gaps
from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.network import Naaste, NaasteRole
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import dutch_date, long_date
from pzdesk.domain.status import Status, StatusKind
from pzdesk.domain.user import Right
from pzdesk.gui.beside import Beside
from pzdesk.gui.fields import TextField, focus_soon
from pzdesk.gui.pages.file import rights, statements, status_forms
from pzdesk.gui.pages.file.dimensions import latest_card
from pzdesk.gui.pages.file.header_words import short_day
from pzdesk.gui.pages.file.reviews import late_words
from pzdesk.gui.pages.file.standing import row_words, standing_card
from pzdesk.gui.parts import Card, button, column, holder, row, text
from pzdesk.gui.patient_form import patient_form
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.section import Section
from pzdesk.services import case_words

ACTION = 260  # pixels at 100 % that an action needs beside its button
BESIDE = 500  # pixels at 100 % from which there is room for two columns


class OverviewSection(Section):
    """Also where the dated rows are recorded, from the menu of the header."""

    key = "overzicht"
    title = "Overzicht"

    _reads_statements = False

    @property
    def open_act(self) -> str:
        """Also the statements of the patient, which are read in the place of the rest."""
        return super().open_act or (statements.READ if self._reads_statements else "")

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if not event.spontaneous():
            self._reads_statements = False

    def show_file(self, file: PatientFile, act: str = "") -> None:
        if self.file is None or self.file.patient.id != file.patient.id:
            self._reads_statements = False
        super().show_file(file, act)

    def back(self) -> bool:
        if super().back():
            return True
        was, self._reads_statements = self._reads_statements, False
        if was:
            self._to_top()
            self.fill_again(keep_focus=True)
        return was

    def build(self, file: PatientFile) -> None:
        if self._reads_statements:
            self.body.addWidget(statements.reading(self, file))
            self.body.addStretch(1)
            return
        stated = statements.quiet_line(self, file)
        if stated is not None:
            self.body.addWidget(stated)
        left = column(latest_card(file, self.bench.today), *self._meeting(file), gap=12)
        left.addWidget(standing_card(self.bench, file, self._begin_retract))
        left.addStretch(1)
        right: QVBoxLayout = column(gap=12)
        for card in (self._gaps(file), *self._carers(file), self._actions(file)):
            if card is not None:
                right.addWidget(card)
        right.addStretch(1)
        around = Beside(holder(left), holder(right), least=BESIDE, shares=(4, 3))
        self.body.addWidget(around)

    def begin(self, act: str) -> None:
        if self.file is not None and act == statements.READ:
            self._read_statements()
        if self.file is None or not self.may_write:
            return
        if act in (rights.COPY, rights.WHO_SAW, rights.DESTROY):
            rights.begin(self, act)
        elif act == "gegevens":
            self._begin_details(self.file)
        elif act in status_forms.WORDS:
            self._begin_status(act)
        elif (form := statements.form_of(self, self.file, act)) is not None:
            self._reads_statements = True
            self.open_form(form)
        elif act.startswith("intrekken-"):
            number = act.removeprefix("intrekken-")
            wrong = [r for r in self.file.statuses if str(r.id) == number and not r.retracted]
            if wrong:
                self._begin_retract(wrong[0])

    def _read_statements(self) -> None:
        """In the place of the rest; a form that is open stays."""
        self._reads_statements = True
        if self.form is None:
            self._to_top()
            self.fill_again(keep_focus=False)
            focus_soon(self.stops()[0])

    def _gaps(self, file: PatientFile) -> Card | None:
        found = gaps(file)
        if not found:
            return None
        card = Card("Nog niet vastgelegd", role="card-warning")
        may_screen = self.bench.desk.session.has(Right.CAREGIVER)
        for gap in found:
            go = file_of(file.patient.id, gap.section, gap.act)
            parts = row(text(gap.words), gap=8)
            parts.setStretch(0, 1)
            if self.may_write and (may_screen or not gap.act.startswith("screenen")):
                made = button(gap.button, partial(self.bench.go, go))
                made.setAccessibleName(f"{gap.button}: {gap.words}")
                parts.addWidget(made)
            card.add(parts)
        return card

    def _meeting(self, file: PatientFile) -> list[Card]:
        by_id = {meeting.id: meeting for meeting in file.meetings}
        cards = []
        for item in file.items:
            meeting = by_id[item.meeting_id]
            if meeting.state is not MeetingState.PREPARING:
                continue
            card = Card(f"Volgende MDO: {long_date(meeting.on)}")
            said = text(item.question or "nog geen vraag", select=True)
            go = Place(page="mdo", section="voorbereiden", meeting=meeting.id, item=item.id)
            words = "Vraag wijzigen" if item.question else "Vraag invullen"
            parts = row(column(text("Bespreekvraag", "small"), said, gap=0), gap=8)
            parts.setStretch(0, 1)
            if self.may_write and self.may_plan:
                parts.addWidget(button(words, partial(self.bench.go, go)))
            cards.append(card.add(parts))
        return cards

    def _carers(self, file: PatientFile) -> list[Card]:
        return [self._carer(file, naaste) for naaste in file.naasten_with(NaasteRole.MANTELZORGER)]

    def _carer(self, file: PatientFile, naaste: Naaste) -> Card:
        relation = f", {naaste.relation}" if naaste.relation else ""
        mine = [s for s in file.screenings if s.naaste_id == naaste.id]
        last = max((s.on for s in mine), default=None)
        card = Card(
            f"Mantelzorg: {naaste.name}{relation}",
            short_day(last, self.bench.today) if last else "",
        )
        for said in case_words.outcomes_now(mine):
            card.add(text(said, select=True))
        if not mine:
            card.add(text("Nog niet gescreend.", "muted"))
        for waiting in (f for f in file.open_follow_ups if f.naaste_id == naaste.id):
            said = case_words.follow_up_words(waiting, mine)
            late = late_words(waiting.due, self.bench.today)
            words = f"{said[0].upper()}{said[1:]}{f', {late}' if late else ''}"
            parts = column(text(words, "error" if late else "strong"), gap=6)
            if self.may_write:
                done = bool(waiting.what)
                act = f"{'afronden' if done else 'vervolg'}-{waiting.id}"
                go = file_of(file.patient.id, "mantelzorg", act)
                made = button("Afronden" if done else "Vastleggen", partial(self.bench.go, go))
                made.setAccessibleName(f"{made.text()}: {said}")
                parts.addLayout(row(made, None))
            card.add(parts)
        return card

    def _actions(self, file: PatientFile) -> Card | None:
        if not file.open_actions:
            return None
        card = Card("Open acties")
        for action in file.open_actions:
            late = late_words(action.due, self.bench.today) if action.due else ""
            due = f" · vóór {dutch_date(action.due)}" if action.due else ""
            told = f"{action.who}{due}{f' · {late}' if late else ''}"
            go = file_of(file.patient.id, "mdo", f"afronden-{action.id}")
            done = button("Afronden", partial(self.bench.go, go))
            done.setAccessibleName(f"Afronden: {action.what}")
            words = column(
                text(action.what, select=True), text(told, "error" if late else "muted"), gap=0
            )
            # A profession is one long word: where it has no room beside the button, that goes below.
            button_ = holder(row(done, None))
            card.add(Beside(holder(words), button_, least=ACTION, shares=(1, 0), gap=8))
        return card

    def _begin_status(self, act: str) -> None:
        if self.file is None:
            return
        team = self.bench.desk.network.region()[0]
        form = self.new_form(
            status_forms.heading(act), lambda values: self._save_status(act, values), act
        )
        now = self.file.now(StatusKind(act)) if act in set(StatusKind) else None
        if now is not None:
            form.put(text(f"Nu: {row_words(self.file, now)}", "muted"))
        status_forms.fill(form, act, self.bench, self.people(), team)
        self.open_form(form)

    def _save_status(self, act: str, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        patient = self.file.patient.id
        work, said = status_forms.work(self.bench, patient, act, values)
        retract = self.bench.desk.patients.retract_status
        self.record(
            work,
            said=said,
            undo=lambda made: retract(patient, made.id, "meteen teruggenomen"),
        )

    def _begin_retract(self, wrong: Status) -> None:
        if self.file is None:
            return
        form = self.new_form(
            f"Klopt niet: {row_words(self.file, wrong)}",
            lambda values: self._retract(wrong.id, values),
            f"intrekken-{wrong.id}",
            "Intrekken",
        )
        form.put(
            text(
                "Wat daarvóór gold, geldt dan weer. De regel blijft in de tijdlijn staan.", "muted"
            )
        )
        form.row(TextField("reden", "Waarom klopt dit niet?", required=True))
        self.open_form(form)

    def _retract(self, status_id: int, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        patient, patients = self.file.patient.id, self.bench.desk.patients
        self.record(
            lambda: patients.retract_status(patient, status_id, values["reden"]),
            said="Ingetrokken",
            undo=lambda _: patients.restore_status(patient, status_id),
        )

    def _begin_details(self, file: PatientFile) -> None:
        patients = self.bench.desk.patients

        def put_back(kept: Patient) -> object:
            return patients.change(replace(file.patient, version=kept.version))

        def save(changed: Patient) -> None:
            self.record(lambda: patients.change(changed), said="Gegevens gewijzigd", undo=put_back)

        self.open_form(patient_form(self.bench, file.patient, save, self.close_form), "gegevens")
