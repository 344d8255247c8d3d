"""MDO en acties: consent, the meetings in which somebody was discussed, and what was agreed."""

from functools import partial
from typing import Any

from pzdesk.domain.action import Action
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.mdo import (
    AgendaItem,
    ConsentAnswer,
    Meeting,
    MeetingState,
    ParticipantKind,
    may_be_discussed,
)
from pzdesk.domain.person import dutch_date, long_date
from pzdesk.domain.user import Right
from pzdesk.gui.changes import Topic
from pzdesk.gui.choices import ChoiceField, ComboField, PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.pages.file.advice import (
    advice_card,
    begin_confirming,
    begin_rejecting,
    decided_words,
)
from pzdesk.gui.pages.file.reviews import late_words
from pzdesk.gui.parts import Card, button, column, line, row, text
from pzdesk.gui.places import Place
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of

NOTES = ("lichamelijk", "psychisch", "sociaal", "zingeving", "vooruitkijken")


class MeetingsSection(Section):
    """What waits first: open actions and the coming meeting; then consent and what was said before."""

    key = "mdo"
    new_act = "actie"
    title = "MDO en acties"

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        return str(len(file.open_actions)) if file.open_actions else ""

    @property
    def _may_act(self) -> bool:
        return self.bench.desk.session.has(Right.ACTIONS)

    def build(self, file: PatientFile) -> None:
        waiting = advice_card(self, file)
        if waiting is not None:
            self.body.addWidget(waiting)
        self.body.addWidget(self._actions(file))
        self.body.addWidget(self._meetings(file))
        self.body.addWidget(self._consent(file))
        done = [action for action in file.actions if action.done_on is not None]
        if done:
            self.body.addWidget(_done_card(done))
        self.body.addStretch(1)

    def begin(self, act: str) -> None:
        if self.file is None:
            return
        kind, _, number = act.partition("-")
        decide = {"voorstel": begin_confirming, "afwijzen": begin_rejecting}.get(kind)
        if decide is not None:  # confirming is a right of its own
            for advice in self.file.open_advices:
                if str(advice.id) == number:
                    decide(self, advice)
        if not self.may_write:
            return
        if act == "actie":
            self._begin_action()
        elif act == "toestemming":
            self._begin_consent()
        elif act == "agenda" and self.may_plan:
            self._begin_agenda()
        elif kind == "afronden":
            for action in self.file.open_actions:
                if str(action.id) == number:
                    self._begin_close(action)

    def _actions(self, file: PatientFile) -> Card:
        card = Card("Open acties")
        if not file.open_actions:
            card.add(text("Er staan geen acties open.", "muted"))
        for number, action in enumerate(file.open_actions):
            if number:
                card.add(line())
            late = late_words(action.due, self.bench.today) if action.due else ""
            due = f"vóór {dutch_date(action.due)}" if action.due else "geen datum"
            told = f"{action.who} · {due} · open sinds {dutch_date(action.since)}"
            words = column(
                text(action.what, "strong", select=True),
                text(f"{told} · {late}" if late else told, "error" if late else "muted"),
                gap=0,
            )
            parts = row(words, gap=8)
            parts.setStretch(0, 1)
            if self._may_act:
                close = button("Afronden", partial(self._begin_close, action))
                close.setAccessibleName(f"Afronden: {action.what}")
                parts.addWidget(close)
            card.add(parts)
        if self._may_act:
            card.add(row(button("Nieuwe actie", self._begin_action, keys=keys_of("new")), None))
        return card

    def _meetings(self, file: PatientFile) -> Card:
        card = Card("Overleg")
        by_id = {meeting.id: meeting for meeting in file.meetings}
        items = sorted(file.items, key=lambda i: (by_id[i.meeting_id].on, i.id), reverse=True)
        if not items:
            card.add(text("Nog niet in een overleg besproken.", "muted"))
        coming = False
        for item in items:
            meeting = by_id[item.meeting_id]
            if meeting.state is MeetingState.CANCELLED:
                continue
            coming = coming or meeting.state is MeetingState.PREPARING
            card.add(self._meeting(file, meeting, item), line())
        if self.may_write and self.may_plan and not coming and file.is_active:
            card.add(row(button("Op de agenda zetten", self._begin_agenda), None))
        return card

    def _meeting(self, file: PatientFile, meeting: Meeting, item: AgendaItem) -> Any:
        there = Place(page="mdo", meeting=meeting.id, item=item.id)
        top = row(text(f"{long_date(meeting.on)}, {label(meeting.state)}", "strong"))
        if self.may_plan:
            go = button("Naar het overleg", partial(self.bench.go, there), role="quiet")
            go.setAccessibleName(f"Naar het overleg van {long_date(meeting.on)}")
            top.addWidget(go)
        top.setStretch(0, 1)
        parts = column(top, gap=2)
        asked = item.question or "nog geen bespreekvraag"
        parts.addWidget(text(f"Bespreekvraag: {asked}", select=True))
        for name in NOTES:
            said = getattr(item.notes, name)
            if said:
                parts.addWidget(text(f"{name.capitalize()}: {said}", select=True))
        for agreed in item.notes.afspraken:
            parts.addWidget(text(f"Afspraak: {agreed}", select=True))
        for told in decided_words(file, meeting.id):
            parts.addWidget(text(told, select=True))
        return parts

    def _consent(self, file: PatientFile) -> Card:
        card = Card("Toestemming om te bespreken")
        for kind in ParticipantKind:
            rows = [c for c in file.consents if c.kind is kind]
            last = max(rows, key=lambda c: (c.on, c.id), default=None)
            may = may_be_discussed(list(file.consents), kind)
            if last is not None:
                by = f" door {last.asked_by}" if last.asked_by else ""
                said = f"{label(last.answer)}, gevraagd op {dutch_date(last.on)}{by}"
            else:
                said = "verondersteld (directe behandeling)" if may else "niet gevraagd"
            card.add(text(f"{label(kind).capitalize()}: {said}", select=True))
        if self.may_write:
            card.add(row(button("Toestemming vastleggen", self._begin_consent), None))
        return card

    def _begin_action(self) -> None:
        form = self.new_form("Nieuwe actie", self._add_action, "actie")
        form.row(
            TextField("what", "Wat", required=True),
            PickField("who", "Wie", self.people(), free=True, required=True),
            DateField("due", "Vóór", self.bench.today, past=False),
            shares=(3, 2, 1),
        )
        self.open_form(form)

    def _add_action(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        actions, patient = self.bench.desk.actions, self.file.patient.id
        self.record(
            lambda: actions.add(
                who=values["who"], what=values["what"], due=values["due"], patient_id=patient
            ),
            said="Actie toegevoegd",
            topic=Topic.ACTION,
            undo=actions.withdraw,
        )

    def _begin_close(self, action: Action) -> None:
        form = self.new_form(
            f"Afronden: {action.what}",
            lambda values: self._close(action, values),
            f"afronden-{action.id}",
            "Afronden",
        )
        on = DateField("datum", "Gedaan op", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        form.row(on)
        form.row(AreaField("outcome", "Uitkomst (mag leeg blijven)", lines=2))
        self.open_form(form)

    def _close(self, action: Action, values: dict[str, Any]) -> None:
        actions = self.bench.desk.actions
        self.record(
            lambda: actions.close(action, on=values["datum"], outcome=values["outcome"]),
            said=f"Actie afgerond: {action.what}",
            topic=Topic.ACTION,
            undo=actions.reopen,
        )

    def _begin_consent(self) -> None:
        form = self.new_form("Toestemming om te bespreken", self._save_consent, "toestemming")
        on = DateField("datum", "Gevraagd op", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        by = PickField("asked_by", "Gevraagd door", self.people(), free=True)
        by.set_value(self.bench.desk.session.user.name)
        form.row(
            ComboField(
                "kind",
                "Met wie",
                [(k.value, LABELS[ParticipantKind][k]) for k in ParticipantKind],
                required=True,
            ),
            ChoiceField(
                "toestemming",
                "Antwoord van de patiënt",
                [(a.value, LABELS[ConsentAnswer][a]) for a in ConsentAnswer],
                required=True,
            ),
        )
        form.row(on, by)
        self.open_form(form)

    def _save_consent(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        patient = self.file.patient.id
        self.record(
            lambda: self.bench.desk.consents.record(
                patient,
                ParticipantKind(values["kind"]),
                ConsentAnswer(values["toestemming"]),
                on=values["datum"],
                asked_by=values["asked_by"] or "",
            ),
            said="Toestemming vastgelegd",
        )

    def _begin_agenda(self) -> None:
        today = self.bench.today
        planned = [
            (str(m.id), f"{long_date(m.on)}, {m.starts:%H.%M} uur")
            for m in self.bench.desk.meetings.meetings()
            if m.state is MeetingState.PREPARING and m.on >= today
        ]
        if not planned:
            self.bench.tell(
                "Er is nog geen overleg gepland. Plan er eerst een bij MDO.", is_error=True
            )
            return
        form = self.new_form("Op de agenda zetten", self._put_on_agenda, "agenda")
        which = ComboField("meeting", "Overleg", planned, required=True)
        which.set_raw(planned[-1][0])
        form.row(which)
        form.row(AreaField("question", "Bespreekvraag (mag leeg blijven)", lines=2))
        self.open_form(form)

    def _put_on_agenda(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        meetings, patient = self.bench.desk.meetings, self.file.patient.id
        self.record(
            lambda: meetings.add_item(
                int(values["meeting"]), patient_id=patient, question=values["question"]
            ),
            said="Op de agenda gezet",
            topic=Topic.MEETING,
            undo=meetings.take_off,
        )


def _done_card(done: list[Action]) -> Card:
    card = Card("Afgeronde acties")
    for action in sorted(done, key=lambda a: (a.done_on or a.since, a.id), reverse=True):
        told = f"{action.who} · gedaan op {dutch_date(action.done_on)}"
        outcome = f" · {action.outcome}" if action.outcome else ""
        card.add(column(text(action.what, "strong"), text(f"{told}{outcome}", select=True), gap=0))
    return card
