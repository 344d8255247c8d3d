"""Overzicht: what matters now, and what is not recorded yet with the button to do it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from pzdesk.domain.file import PatientFile
from pzdesk.domain.gaps import gaps
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import dutch_date, long_date
from pzdesk.domain.status import StatusKind
from pzdesk.gui.fields import TextField
from pzdesk.gui.pages.file import status_forms
from pzdesk.gui.pages.file.dimensions import latest_card
from pzdesk.gui.pages.file.reviews import late_words
from pzdesk.gui.parts import Card, button, column, row, text
from pzdesk.gui.patient_form import patient_form
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.section import Section
from pzdesk.services import case_words, paper_words


class OverviewSection(Section):
    """Also where the dated rows are recorded, from the menu of the header."""

    key = "overzicht"
    title = "Overzicht"

    def build(self, file: PatientFile) -> None:
        left = column(latest_card(file, self.bench.today), *self._meeting(file), None, gap=12)
        right: QVBoxLayout = column(gap=12)
        for card in (self._gaps(file), self._carers(file), self._actions(file), self._rows(file)):
            if card is not None:
                right.addWidget(card)
        right.addStretch(1)
        around = row(left, right, gap=12)
        around.setStretch(0, 3)
        around.setStretch(1, 2)
        self.body.addLayout(around)

    def begin(self, act: str) -> None:
        if self.file is None or not self.may_write:
            return
        if act == "gegevens":
            self._begin_details(self.file)
        elif act in status_forms.WORDS:
            self._begin_status(act)

    def _gaps(self, file: PatientFile) -> Card | None:
        found = gaps(file)
        if not found:
            return None
        card = Card("Nog niet vastgelegd", role="card-warning")
        for gap in found:
            go = file_of(file.patient.id, gap.section, gap.act)
            parts = row(text(gap.words), gap=8)
            parts.setStretch(0, 1)
            if self.may_write:
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
            card = Card(f"Op de agenda: {long_date(meeting.on)}")
            card.add(text("Bespreekvraag", "small"), text(item.question or "nog geen vraag"))
            go = Place(page="mdo", section="voorbereiden", meeting=meeting.id, item=item.id)
            card.add(row(button("Vraag wijzigen", partial(self.bench.go, go)), None))
            cards.append(card)
        return cards

    def _carers(self, file: PatientFile) -> Card | None:
        carers = file.naasten_with(NaasteRole.MANTELZORGER)
        if not carers:
            return None
        card = Card("Mantelzorg")
        for naaste in carers:
            card.add(text(paper_words.naaste_words(naaste), "strong", select=True))
            mine = sorted(
                (s for s in file.screenings if s.naaste_id == naaste.id), key=lambda s: (s.on, s.id)
            )
            for screening in {s.instrument: s for s in mine}.values():
                said = case_words.screening_outcome(screening)
                card.add(text(f"{dutch_date(screening.on)}  {said}", select=True))
            for waiting in (f for f in file.open_follow_ups if f.naaste_id == naaste.id):
                said = case_words.follow_up_words(waiting)
                late = late_words(waiting.due, self.bench.today)
                card.add(text(f"{said[0].upper()}{said[1:]}", "error" if late else "strong"))
        go = file_of(file.patient.id, "mantelzorg")
        card.add(row(button("Naar mantelzorg", partial(self.bench.go, go), role="quiet"), None))
        return card

    def _actions(self, file: PatientFile) -> Card | None:
        if not file.open_actions:
            return None
        card = Card("Open acties")
        for action in file.open_actions:
            late = late_words(action.due, self.bench.today) if action.due else ""
            due = f" · vóór {dutch_date(action.due)}" if action.due else ""
            told = f"{action.who}{due}{f' · {late}' if late else ''}"
            words = column(text(action.what), text(told, "error" if late else "small"), gap=0)
            go = file_of(file.patient.id, "mdo", f"afronden-{action.id}")
            done = button("Afronden", partial(self.bench.go, go))
            done.setAccessibleName(f"Afronden: {action.what}")
            parts = row(words, done, gap=8)
            parts.setStretch(0, 1)
            card.add(parts)
        return card

    def _rows(self, file: PatientFile) -> Card:
        card = Card("Stand en verloop")
        for kind in StatusKind:
            now = file.now(kind)
            if now is None or kind is StatusKind.CARE:
                continue
            said = self._row_words(file, kind)
            by = f"volgens {now.said_by}" if now.said_by else ""
            parts = row(column(text(said), text(by, "small"), gap=0), gap=8)
            parts.setStretch(0, 1)
            if self.may_write:
                wrong = button(
                    "Klopt niet", partial(self._begin_retract, now.id, said), role="quiet"
                )
                wrong.setAccessibleName(f"Klopt niet: {said}")
                parts.addWidget(wrong)
            card.add(parts)
        return card

    def _row_words(self, file: PatientFile, kind: StatusKind) -> str:
        now = file.now(kind)
        if now is None:
            return ""
        if kind in (StatusKind.CENTRAL_CARER, StatusKind.RESPONSIBLE):
            return f"{label(kind)}: {paper_words.carer_line(file, kind)}"
        return paper_words.status_words(now)

    def _begin_status(self, act: str) -> None:
        if self.file is None:
            return
        team = self.bench.desk.network.region()[0]
        form = self.new_form(
            status_forms.WORDS[act], lambda values: self._save_status(act, values), act
        )
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

    def _begin_retract(self, status_id: int, said: str) -> None:
        form = self.new_form(
            f"Klopt niet: {said}",
            lambda values: self._retract(status_id, values),
            f"intrekken-{status_id}",
            "Intrekken",
        )
        form.put(
            text(
                "Wat daarvóór gold, geldt dan weer. De regel blijft in de tijdlijn staan.", "small"
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
        )

    def _begin_details(self, file: PatientFile) -> None:
        def save(changed: Patient) -> None:
            patients = self.bench.desk.patients
            self.record(lambda: patients.change(changed), said="Gegevens gewijzigd")

        self.open_form(patient_form(self.bench, file.patient, save, self.close_form), "gegevens")
