"""What the meeting proposes and a responsible clinician confirms: noted at the table, changing nothing."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from pzdesk.domain.advice import STATUS_OF, Advice, AdviceKind
from pzdesk.domain.advice_words import advice_in, confirmer
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.status import VALUES, Phase, StatusKind
from pzdesk.domain.user import Right
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import ComboField, PickField
from pzdesk.gui.fields import AreaField, Field
from pzdesk.gui.pages.meetings.talk import Talk, said_line
from pzdesk.gui.pages.meetings.talk_card import TalkCard
from pzdesk.gui.parts import button, clear, row, text
from pzdesk.gui.shortcuts import keys_of

CARER = AdviceKind.CENTRAL_CARER


class AdvisedCard(TalkCard):
    """The proposals that wait, with what holds now; and a form for another."""

    kind = "voorstel"

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk, "Te bevestigen")
        self.opener = button("Voorstel noteren", self.begin, keys=keys_of("propose", "mdo"))
        self.add(self.list, self.waits, row(self.opener, None), self.place)

    @property
    def is_of_use(self) -> bool:
        """Whether something can be proposed of this item by this user."""
        file = self.talk.file
        may = self.talk.bench.desk.session.has(Right.WRITE_FILE)
        return file is not None and file.death is None and may

    @property
    def is_wanted(self) -> bool:
        """Whether there is anything to show or to propose."""
        file = self.talk.file
        return file is not None and (self.is_of_use or bool(file.open_advices))

    def show_advised(self) -> None:
        """Show what waits."""
        clear(self.list)
        file = self.talk.file
        if file is None:
            return
        self.heading.setText(f"Te bevestigen door {confirmer(file)}")
        for advice in file.open_advices:
            words = advice_in(file, advice)
            back = partial(self._withdraw, advice) if self.is_of_use else None
            self.list.addWidget(said_line(words[:1].upper() + words[1:], "", back))
        if not file.open_advices:
            self.list.addWidget(text("Geen voorstellen.", "muted"))

    def begin(self) -> None:
        """Ask what is proposed: a change of what holds, a revision of the PZP, or advice in words."""
        if self.form is not None:
            self.form.begin()
            return
        if not self.is_of_use:
            self.talk.bench.tell("Bij dit punt kan geen voorstel worden genoteerd.", is_error=True)
            return
        form = self.new_form(self._save)
        about = ComboField(
            "over",
            "Voorstel over",
            [(kind.value, LABELS[AdviceKind][kind]) for kind in AdviceKind],
            required=True,
        )
        fields: dict[AdviceKind, Field] = {
            kind: ComboField(kind.value, "Wordt", _values(kind), required=True)
            for kind in STATUS_OF
            if kind is not CARER
        }
        region = self.talk.bench.desk.network.region()[0]
        people = [(str(who.id), f"{who.name}, {label(who.discipline)}") for who in region]
        fields[CARER] = PickField(CARER.value, "Wordt", people, required=True)
        words = AreaField("text", "Toelichting", lines=2)
        form.row(about)
        for field in fields.values():
            form.row(field)
        form.row(words)

        def show() -> None:
            chosen = about.raw()
            for kind, field in fields.items():
                field.setVisible(chosen == kind.value)
            is_change = chosen in {kind.value for kind in STATUS_OF}
            words.label.setText("Toelichting (mag leeg blijven)" if is_change else "Wat")

        about.changed.connect(show)
        self.open_form(form)
        show()

    def show_openers(self) -> None:
        super().show_openers()
        self.opener.setVisible(self.form is None and self.is_of_use)

    def opened_from(self) -> QWidget:
        return self.opener

    def _save(self, values: dict[str, Any]) -> None:
        item, file, form = self.talk.item_now, self.talk.file, self.form
        if file is None or form is None:
            return
        kind = AdviceKind(values["over"])
        chosen = values.get(kind.value) or ""
        advices, patient = self.talk.bench.desk.advices, file.patient.id
        if self.talk.bench.act(
            lambda: advices.propose(
                patient,
                kind,
                value="" if kind is CARER else chosen,
                professional_id=int(chosen) if kind is CARER else None,
                text=values["text"],
                meeting_id=item.meeting_id,
            ),
            said="Voorstel genoteerd; het verandert niets tot het is bevestigd",
            change=Change(Topic.PATIENT, patient, item.meeting_id),
            undo=advices.withdraw,
            wrong=form,
        ):
            self.close_form(saved=True)

    def _withdraw(self, advice: Advice) -> None:
        advices = self.talk.bench.desk.advices
        self.talk.bench.act(
            lambda: advices.withdraw(advice),
            said="Voorstel teruggenomen",
            change=Change(Topic.PATIENT, advice.patient_id, advice.meeting_id),
            undo=lambda _: advices.propose(
                advice.patient_id,
                advice.kind,
                value=advice.value,
                professional_id=advice.professional_id,
                text=advice.text,
                meeting_id=advice.meeting_id,
            ),
        )


def _values(kind: AdviceKind) -> list[tuple[str, str]]:
    """What a dated row of a kind can be; a death is no proposal."""
    members = VALUES[StatusKind(kind.value)]
    if members is None:
        return []
    return [
        (member.value, LABELS[members][member]) for member in members if member != Phase.DECEASED
    ]
