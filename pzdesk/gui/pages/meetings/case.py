"""The case in the middle: what the team needs to know of one person, and the question to the meeting."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import AgendaItem, Contribution, Meeting
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.fields import AreaField, NumberField, TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.file.dimensions import latest_card
from pzdesk.gui.parts import Card, button, clear, column, row, text
from pzdesk.gui.places import file_of
from pzdesk.gui.theme import theme
from pzdesk.services import case_words, paper_words


class CaseView(QWidget):
    """The form of the item on top, then what is known. What was typed is saved on the way to the next."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.item: AgendaItem | None = None
        self.form: Form | None = None
        self._input: Form | None = None
        self.body = QVBoxLayout(self)
        px = theme().px
        self.body.setContentsMargins(px(4), 0, px(8), px(12))
        self.body.setSpacing(px(10))

    def show_item(self, meeting: Meeting, item: AgendaItem, place: str) -> None:
        """Show an item; ``place`` says which of how many it is."""
        same = self.item is not None and self.item.id == item.id
        if same and self.form is not None and self.form.was_typed:
            self.item = item
            return
        self.item = item
        clear(self.body)
        self.form = self._input = None
        file = self._file(item)
        self.body.addLayout(self._head(item, file, place))
        self.body.addWidget(self._question(item))
        if file is not None:
            self._known(file, meeting)
        self.body.addWidget(self._beforehand(item))
        self.body.addStretch(1)

    def show_nothing(self, words: str, how: str) -> None:
        """There is no item to show."""
        self.item = self.form = self._input = None
        clear(self.body)
        self.body.addWidget(Card().add(text(words, "large"), text(how, "muted")))
        self.body.addStretch(1)

    def save(self) -> bool:
        """Keep what was typed; false when something is wrong with it."""
        if self.form is None or not self.form.was_typed:
            return True
        self.form.try_save()
        return not self.form.was_typed

    def keep_draft(self) -> None:
        """Keep what cannot be saved yet."""
        for form in (self.form, self._input):
            if form is not None:
                form.keep_draft()

    def _file(self, item: AgendaItem) -> PatientFile | None:
        desk = self.bench.desk
        if item.patient_id is None or not desk.session.has(Right.READ_FILE):
            return None
        return desk.patients.file(item.patient_id)

    def _head(self, item: AgendaItem, file: PatientFile | None, place: str) -> Any:
        if file is None:
            title = item.title or "Deze persoon"
            return column(row(text(title, "title"), text(place, "muted", wrap=False)), gap=2)
        patient = file.patient
        name = f"{short(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"
        go = file_of(patient.id)
        top = row(
            text(name, "title"),
            button("Dossier", lambda: self.bench.go(go), role="quiet"),
            text(place, "muted", wrap=False),
        )
        top.setStretch(0, 1)
        facts = " · ".join(paper_words.facts_line(file, self.bench.today))
        limits = " · ".join(paper_words.limits(file))
        return column(top, text(facts, "muted"), text(limits, "strong", select=True), gap=2)

    def _question(self, item: AgendaItem) -> Form:
        form = Form(
            "",
            lambda values: self._save_item(values),
            words="Bewaren",
            place=f"mdo-punt-{item.id}",
            drafts=self.bench.desk.drafts,
        )
        question = AreaField("question", "Bespreekvraag (mag leeg blijven)", lines=2)
        question.set_raw(item.question)
        who = TextField("brought_in_by", "Ingebracht door")
        who.set_raw(item.brought_in_by)
        minutes = NumberField("minuten", "Minuten", 1, 480, required=True)
        minutes.set_raw(str(item.minutes))
        form.row(question).row(who, minutes, shares=(3, 1))
        self.form = form.ready()
        return form

    def _save_item(self, values: dict[str, Any]) -> None:
        if self.item is None or self.form is None:
            return
        before, form = self.item, self.form
        after = replace(
            before,
            question=values["question"],
            brought_in_by=values["brought_in_by"],
            minutes=values["minuten"],
        )
        if after == before:
            form.saved()
            return

        def then(kept: AgendaItem) -> None:
            self.item = kept
            form.saved()

        self._change(after, "Bespreekvraag bewaard", then, form)

    def _change(
        self, after: AgendaItem, said: str, then: Callable[[AgendaItem], object], form: Form
    ) -> None:
        meetings = self.bench.desk.meetings
        self.bench.act(
            lambda: meetings.change_item(after),
            said=said,
            change=Change(Topic.MEETING, after.patient_id, after.meeting_id),
            then=then,
            wrong=form,
        )

    def _known(self, file: PatientFile, meeting: Meeting) -> None:
        last = file.last_meeting(meeting.on)
        if last is not None:
            card = Card(f"Gewijzigd sinds het overleg van {dutch_date(last.on)}")
            found = case_words.changes(file, last.on, with_caregiver=True)
            for line in found or ("Niets vastgelegd als gewijzigd.",):
                card.add(text(line, select=True))
            self.body.addWidget(card)
        self.body.addWidget(latest_card(file, self.bench.today, is_narrow=True))
        carers = case_words.caregivers(file, with_caregiver=True)
        card = Card(carers.title)
        for line in carers.lines or (carers.empty,):
            card.add(text(line, select=True))
        self.body.addWidget(card)
        wishes = paper_words.wishes(file.valid_pzp)
        if wishes:
            card = Card("Wensen").add(text(paper_words.pzp_line(file), "small"))
            for line in wishes:
                card.add(text(line, select=True))
            self.body.addWidget(card)
        card = Card("Open acties")
        for action in file.open_actions:
            due = f", vóór {dutch_date(action.due)}" if action.due else ""
            said = f"{action.what} ({action.who}{due}, open sinds {dutch_date(action.since)})"
            card.add(text(said, select=True))
        if not file.open_actions:
            card.add(text("Er staan geen acties open.", "muted"))
        self.body.addWidget(card)

    def _beforehand(self, item: AgendaItem) -> Card:
        card = Card("Inbreng vooraf van wie er niet bij is")
        for said in item.contributions:
            card.add(text(f"{said.by}: {said.text}", select=True))
        if not item.contributions:
            card.add(text("Geen inbreng vooraf.", "muted"))
        if self.bench.desk.session.has(Right.READ_FILE):
            place = column()
            card.add(place)
            opener = button("Inbreng toevoegen", lambda: self._begin_input(item, place, opener))
            card.add(row(opener, None))
        return card

    def _begin_input(self, item: AgendaItem, place: QVBoxLayout, opener: QWidget) -> None:
        if self._input is not None:
            self._input.begin()
            return
        form = Form(
            "",
            lambda values: self._add_input(values),
            words="Toevoegen",
            place=f"mdo-inbreng-{item.id}",
            drafts=self.bench.desk.drafts,
        )
        form.row(TextField("by", "Van wie", required=True))
        form.row(AreaField("text", "Wat wil hij of zij inbrengen?", required=True, lines=2))
        self._input = form.ready()
        place.addWidget(form)
        opener.hide()
        form.begin()

    def _add_input(self, values: dict[str, Any]) -> None:
        if self.item is None or self._input is None or not self.save():
            return
        form = self._input
        said = Contribution(by=values["by"], text=values["text"])
        after = replace(self.item, contributions=(*self.item.contributions, said))

        def then(kept: AgendaItem) -> None:
            form.saved()
            self.item = self.form = self._input = None  # shown anew with the input in its place

        self._change(after, f"Inbreng van {said.by} toegevoegd", then, form)
