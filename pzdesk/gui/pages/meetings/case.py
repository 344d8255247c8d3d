"""The case in the middle: what the team needs to know of one person, and the question to the meeting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pzdesk.domain.action import Action
from pzdesk.domain.advice_words import advice_in, outcome_words
from pzdesk.domain.errors import Stale
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import (
    KIND_OF,
    AgendaItem,
    Contribution,
    Meeting,
    MeetingState,
    ParticipantKind,
    may_be_discussed,
)
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.proposal import MOST_REASONS
from pzdesk.domain.status import VALUES, StatusKind
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.fields import AreaField, Field, NumberField, TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.file.advice import decided_words
from pzdesk.gui.pages.file.dimensions import latest_card
from pzdesk.gui.pages.meetings.notes import NOTES
from pzdesk.gui.pages.meetings.view import steps_on
from pzdesk.gui.parts import Card, button, clear, column, row, text
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.theme import mark, theme
from pzdesk.services import case_words, paper_words

CHANGED = "Sinds u dit typte, is het gewijzigd."


class CaseView(QWidget):
    """The form of the item on top, then what is known. What was typed is saved on the way to the next.

    ``home`` gets the keyboard when the field that had it is made anew.
    """

    def __init__(self, bench: Bench, home: QWidget) -> None:
        super().__init__()
        self.bench = bench
        self.home = home
        self.item: AgendaItem | None = None
        self.form: Form | None = None
        self._input: Form | None = None
        self._typing = ""
        self.body = QVBoxLayout(self)
        px = theme().px
        self.body.setContentsMargins(px(4), 0, px(8), px(12))
        self.body.setSpacing(px(10))

    def show_item(self, meeting: Meeting, item: AgendaItem, place: str, who: str = "") -> None:
        """Show an item; ``place`` says which of how many it is, ``who`` names whose it is without a file."""
        same = self.item is not None and self.item.id == item.id
        if same and self.form is not None and self.form.was_typed:
            before, self.item = self.item, item
            if before is not None and _asked(before) == _asked(item):
                self.form.of_version(item.version)
            else:
                self._make_anew(item, CHANGED)
            return
        self.item = item
        self.keep_draft()
        self._typing = self._keep_keyboard() or (self._typing if same else "")
        clear(self.body)
        self.form = self._input = None
        file = self._file(item)
        card = Card()
        card.add(self._head(item.title or who, file, place))
        if meeting.state is MeetingState.HELD:
            self._said(card, file, meeting, item)
        if meeting.state is MeetingState.PREPARING:
            card.add(self._question(item))
        else:
            asked = (item.question,) if item.question else ()
            _part(card, "Bespreekvraag", asked, "Er was geen bespreekvraag.")
        if len(item.reasons) > MOST_REASONS:
            _part(card, "Op de agenda omdat", (" · ".join(item.reasons),))
        if file is not None:
            self._known(card, file, meeting)
        self._beforehand(card, item, is_open=meeting.state is MeetingState.PREPARING)
        self.body.addWidget(card)
        self.body.addStretch(1)
        if self._typing:
            QTimer.singleShot(0, self, self._type_on)

    def show_nothing(self, words: str, how: str) -> None:
        """There is no item to show."""
        self.item = self.form = self._input = None
        clear(self.body)
        self.body.addWidget(Card().add(text(words, "large"), text(how, "muted")))
        self.body.addStretch(1)

    def _keep_keyboard(self) -> str:
        """The field for what is sent in that has the keyboard; what else had it here gives it home."""
        here = QApplication.focusWidget()
        if here is None or not self.isAncestorOf(here):
            return ""
        self.home.setFocus(Qt.FocusReason.OtherFocusReason)
        fields = self._input.findChildren(Field) if self._input is not None else ()
        return next((field.key for field in fields if field.isAncestorOf(here)), "")

    def _type_on(self) -> None:
        key, self._typing = self._typing, ""
        if key and self._input is not None:
            self._input.field(key).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> bool:
        """Keep what was typed; false when something is wrong with it."""
        if self.form is None or not self.form.was_typed:
            return True
        self.form.try_save()
        return not self.form.was_typed

    def save_here(self) -> None:
        """Ctrl+S: keep what is sent in where the keyboard is there, and the question with it."""
        here = QApplication.focusWidget()
        if self._input is not None and here is not None and self._input.isAncestorOf(here):
            self._input.try_save()
        else:
            self.save()

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

    def _head(self, who: str, file: PatientFile | None, place: str) -> QVBoxLayout:
        aside = text(place, "muted", wrap=False)
        if file is None:
            top = row(text(who or "Deze persoon", "title"), aside)
            top.setStretch(0, 1)
            return column(top, gap=2)
        patient = file.patient
        name = f"{short(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"
        go = file_of(patient.id)
        top = row(
            text(name, "title"),
            button("Dossier", lambda: self.bench.go(go), role="quiet"),
            aside,
        )
        top.setStretch(0, 1)
        limits = " · ".join(paper_words.limits(file))
        made = column(top, text(_facts(file), "muted"), gap=2)
        if file.death is None:
            made.addWidget(text(limits[:1].upper() + limits[1:], "strong", select=True))
        return made

    def _said(
        self, card: Card, file: PatientFile | None, meeting: Meeting, item: AgendaItem
    ) -> None:
        """What was said, in a meeting that was held; it can be completed the morning after."""
        notes = item.notes
        lines = [f"{title}: {getattr(notes, key)}" for key, title in NOTES if getattr(notes, key)]
        lines += [f"Afspraak: {agreed}" for agreed in notes.afspraken]
        if file is not None:
            lines += [
                f"Actie: {action.what} ({action.who}{_before(action)})"
                for action in file.actions
                if action.meeting_id == meeting.id
            ]
            lines += decided_words(file, meeting.id)
        if notes.no_action:
            lines.append("Geen actie nodig.")
        _part(card, "Besproken", lines, "Er is niets genoteerd.")
        go = Place(page="mdo", section="overleg", meeting=meeting.id, item=item.id)
        card.add(row(button("Verslag aanvullen", lambda: self.bench.go(go)), None))

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
        form.of_version(item.version).again = self._over_again
        form.row(question).row(who, minutes, shares=(3, 1))
        mark(form, "plain")
        form.body.setContentsMargins(0, 0, 0, 0)
        for field in (question.edit, who.edit, minutes.edit):
            steps_on(field)
        self.form = form.ready()
        return form

    def _over_again(self, problem: Stale) -> bool:
        """Somebody else changed the same item: the form over what stands there now, with the difference."""
        fresh = self._fresh()
        if fresh is None or not self._make_anew(fresh, problem.told):
            return False
        self.item = fresh
        if self.form is not None and self.form.difference is None:
            self.form.try_save()  # what they changed is not what is typed here
        return True

    def _make_anew(self, item: AgendaItem, told: str) -> bool:
        """The form over an item that was changed, with what was typed; false when it is not safe to do so."""
        was = self.form
        if was is None:
            return False
        was.keep_draft()
        if self.bench.desk.drafts.kept(was.place) is None:
            return False
        here = QApplication.focusWidget()
        form = self._question(item)
        around = was.parentWidget()
        place = around.layout() if around is not None else None
        if place is not None:
            place.replaceWidget(was, form)
        was.hide()
        was.deleteLater()
        if form.difference is not None:
            if form.difference.lines:
                form.tell_changed(told)
            else:
                form.difference.hide()
                form.difference = None
        if here is not None and was.isAncestorOf(here):
            form.begin()
        return True

    def _fresh(self) -> AgendaItem | None:
        """The item as it stands now."""
        if self.item is None:
            return None
        number, meeting = self.item.id, self.item.meeting_id
        items = self.bench.desk.meetings.meeting(meeting)[1]
        return next((one for one in items if one.id == number), None)

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

        self._change(before, after, "Bespreekvraag bewaard", then, form)

    def _change(
        self,
        before: AgendaItem,
        after: AgendaItem,
        said: str,
        then: Callable[[AgendaItem], object],
        form: Form,
    ) -> None:
        meetings = self.bench.desk.meetings
        self.bench.act(
            lambda: meetings.change_item(after),
            said=said,
            change=Change(Topic.MEETING, after.patient_id, after.meeting_id),
            undo=lambda kept: meetings.change_item(replace(before, version=kept.version)),
            then=then,
            wrong=form,
        )

    def _known(self, card: Card, file: PatientFile, meeting: Meeting) -> None:
        last = file.last_meeting(meeting.on)
        if last is not None:
            found = case_words.changes(file, last.on, with_caregiver=True)
            title = f"Gewijzigd sinds het overleg van {dutch_date(last.on)}"
            _part(card, title, found, "Niets vastgelegd als gewijzigd.")
        dimensions = latest_card(file, self.bench.today, is_narrow=True)
        mark(dimensions, "plain")
        dimensions.body.setContentsMargins(0, theme().px(6), 0, 0)
        card.add(dimensions)
        carers = case_words.caregivers(file, with_caregiver=True)
        _part(card, carers.title, carers.lines, carers.empty)
        wishes = paper_words.wishes(file.valid_pzp)
        if wishes:
            _part(card, f"Wensen · {paper_words.pzp_line(file)}", wishes)
        open_ = [
            f"{a.what} ({a.who}{_before(a)}, open sinds {dutch_date(a.since)})"
            for a in file.open_actions
        ]
        _part(card, "Open acties", open_, "Er staan geen acties open.")
        waiting = [f"{advice_in(file, a)}, {outcome_words(file, a)}" for a in file.open_advices]
        if waiting:
            _part(card, "Voorstellen die wachten", waiting)
        self._consent(card, file, meeting)

    def _consent(self, card: Card, file: PatientFile, meeting: Meeting) -> None:
        """With whom this person may be discussed, for the kinds of participant that are invited."""
        kinds = {KIND_OF.get(who.discipline, ParticipantKind.TREATING) for who in meeting.invited}
        if not kinds:
            return
        card.add(text("Toestemming om te bespreken", "heading"))
        asks = False
        for kind in (kind for kind in ParticipantKind if kind in kinds):
            may = may_be_discussed(list(file.consents), kind)
            asked = any(consent.kind is kind for consent in file.consents)
            word = {True: "ja" if asked else "verondersteld", False: "nee", None: "niet gevraagd"}
            said = f"{label(kind).capitalize()}: {word[may]}"
            if may is True:
                card.add(text(said, select=True))
                continue
            asks = asks or may is None
            card.add(text(f"{said}, staat niet op hun papier", "warning", select=True))
        if asks and self.bench.desk.session.has(Right.WRITE_FILE):
            go = file_of(file.patient.id, "mdo", "toestemming")
            card.add(row(button("Toestemming vastleggen", lambda: self.bench.go(go)), None))

    def _beforehand(self, card: Card, item: AgendaItem, *, is_open: bool) -> None:
        said = [f"{said.by}: {said.text}" for said in item.contributions]
        _part(card, "Inbreng vooraf van wie er niet bij is", said, "Geen inbreng vooraf.")
        if is_open and self.bench.desk.session.has(Right.READ_FILE):
            place = column()
            opener = button("Inbreng toevoegen", lambda: self._begin_input(item, place, opener))
            card.add(place, row(opener, None))
            if self.bench.desk.drafts.kept(_input_draft(item)) is not None:
                self._open_input(item, place, opener)  # half typed when this was shown before

    def _begin_input(self, item: AgendaItem, place: QVBoxLayout, opener: QWidget) -> None:
        if self._input is None:
            self._open_input(item, place, opener)
        if self._input is not None:
            self._input.begin()

    def _open_input(self, item: AgendaItem, place: QVBoxLayout, opener: QWidget) -> None:
        form = Form(
            "",
            lambda values: self._add_input(values),
            words="Toevoegen",
            place=_input_draft(item),
            drafts=self.bench.desk.drafts,
        )
        form.row(TextField("by", "Van wie", required=True))
        form.row(AreaField("text", "Wat wil hij of zij inbrengen?", required=True, lines=2))
        self._input = form.ready()
        place.addWidget(form)
        opener.hide()

    def _add_input(self, values: dict[str, Any]) -> None:
        if not self.save() or self.item is None or self._input is None:
            return
        form = self._input  # after saving the question: that shows all of it anew
        said = Contribution(by=values["by"], text=values["text"])
        before = self._fresh() or self.item  # beside what somebody else sent in meanwhile
        after = replace(before, contributions=(*before.contributions, said))

        def then(kept: AgendaItem) -> None:
            form.saved()
            self.item = self.form = self._input = None  # shown anew with the input in its place

        self._change(before, after, f"Inbreng van {said.by} toegevoegd", then, form)


def _asked(item: AgendaItem) -> tuple[str, str, int]:
    return item.question, item.brought_in_by, item.minutes


def _input_draft(item: AgendaItem) -> str:
    return f"mdo-inbreng-{item.id}"


def _part(card: Card, title: str, lines: Sequence[str], empty: str = "") -> None:
    card.add(text(title, "heading"))
    for line in lines:
        card.add(text(line[:1].upper() + line[1:], select=True))
    if not lines and empty:
        card.add(text(empty, "muted"))


def _before(action: Action) -> str:
    return f", vóór {dutch_date(action.due)}" if action.due else ""


def _facts(file: PatientFile) -> str:
    """What it is about, short: diagnosis, phase, urgency, where somebody stays now."""
    if file.death is not None:
        return paper_words.status_words(file.death)
    said = [file.patient.diagnosis or "diagnose niet ingevuld"]
    for kind in (
        StatusKind.PHASE,
        StatusKind.URGENCY,
        StatusKind.COMPLEXITY,
        StatusKind.WHEREABOUTS,
    ):
        now, kinds = file.now(kind), VALUES[kind]
        if now is not None and kinds is not None:
            words = label(kinds(now.value))
            said.append(f"urgentie: {words}" if kind is StatusKind.URGENCY else words)
    return " · ".join(said)
