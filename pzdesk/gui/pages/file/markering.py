"""Markering: where it stands, the talk, and who was told of which transition."""

from typing import Any

from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.markering import (
    Markering,
    MarkeringState,
    Told,
    Whom,
    is_marked,
    next_states,
)
from pzdesk.domain.person import dutch_date
from pzdesk.domain.status import Phase, StatusKind
from pzdesk.gui.beside import Beside
from pzdesk.gui.choices import CheckField, ChoiceField, ComboField, PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.parts import Card, button, column, dated, empty, fact, holder, line, row, text
from pzdesk.gui.section import Section

YES_NO = (("ja", "ja"), ("nee", "nee"))
# What a step of the markering is called on the button that begins it.
STEP_WORDS = {
    MarkeringState.TO_JUDGE: "Te beoordelen",
    MarkeringState.MARKED: "Markeren",
    MarkeringState.TALKED: "Gesprek vastleggen",
    MarkeringState.NOT_MARKED: "Niet markeren",
    MarkeringState.WITHDRAWN: "Markering intrekken",
}


class MarkeringSection(Section):
    """The steps are added, never edited: a mistake is mended by a next step."""

    key = "markering"
    title = "Markering"
    last_resort = (STEP_WORDS[MarkeringState.WITHDRAWN],)

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        step = file.markering
        return "te beoordelen" if step is None or step.state is MarkeringState.TO_JUDGE else ""

    def build(self, file: PatientFile) -> None:
        self.body.addWidget(self._now(file))
        if is_marked(file.markering) or file.told:
            self.body.addWidget(self._told(file))
        if file.markeringen:
            self.body.addWidget(self._course(file))
        self.body.addStretch(1)

    def begin(self, act: str) -> None:
        if self.file is None or not self.may_write:
            return
        if act == "ingelicht":
            self._begin_told()
        elif act == "stap" or act in set(MarkeringState):
            self._begin_step(MarkeringState(act) if act != "stap" else None)

    def _now(self, file: PatientFile) -> Card:
        step = file.markering
        possible = [state for state in next_states(file.markeringen) if file.is_active]
        buttons = [
            button(
                STEP_WORDS[state],
                lambda state=state: self._begin_step(state),  # type: ignore[misc]
                role="primary" if state is MarkeringState.TALKED and step is not None else "",
            )
            for state in possible
            if self.may_write
        ]
        if step is None:
            return empty(
                "Nog niet beoordeeld",
                "Hier komt te staan of de palliatieve fase is gemarkeerd, of dat met de patiënt is "
                "besproken, en wie het weet.",
                *buttons,
            )
        card = Card("Markering nu")
        facts = []
        for name, words in (
            ("Stand", label(step.state)),
            ("Sinds", dutch_date(step.on)),
            ("Door", step.by or "niet vastgelegd"),
            ("Surprise question", _surprise_now(file, step)),
        ):
            part = fact(name, words)
            part.addStretch(1)
            facts.append(holder(part))
        card.add(Beside(*facts, least=480, gap=20))
        if step.indicator or step.note:
            card.add(
                text("\n".join(part for part in (step.indicator, step.note) if part), select=True)
            )
        if step.again_on is not None:
            card.add(text(f"Opnieuw bespreken op {dutch_date(step.again_on)}", "muted"))
        if buttons:
            card.add(row(*buttons, None))
        return card

    def _told(self, file: PatientFile) -> Card:
        card = Card("Wie het weet")
        if not file.told:
            card.add(text("Er is nog niemand ingelicht.", "muted"))
        for told in sorted(file.told, key=lambda t: (t.on, t.id), reverse=True):
            who = f"{label(told.whom)}{f' ({told.name})' if told.name else ''}"
            about = transition_words(told.transition)
            how = f" · {told.how}" if told.how else ""
            said = column(text(f"{who}, over {about}{how}", select=True), gap=0)
            if told.before_talk:
                why = f"vóór het gesprek met de patiënt, omdat: {told.before_talk}"
                said.addWidget(text(why, "muted", select=True))
            card.add(dated(told.on, said))
        if self.may_write and is_marked(file.markering):
            card.add(row(button("Ingelicht vastleggen", self._begin_told), None))
        return card

    def _course(self, file: PatientFile) -> Card:
        card = Card("Verloop van de markering")
        steps = sorted(file.markeringen, key=lambda s: s.id, reverse=True)
        for number, step in enumerate(steps):
            if number:
                card.add(line())
            urgent = " · met spoed" if step.urgent else ""
            by = f" · {step.by}" if step.by else ""
            parts = [text(f"{label(step.state)}{urgent}{by}", "strong", select=True)]
            if step.surprised_by_death is not None:
                parts.append(text(f"Surprise question: {surprise_words(step)}", "muted"))
            parts += [text(words, select=True) for words in (step.indicator, step.note) if words]
            card.add(dated(step.on, column(*parts, gap=1)))
        return card

    def _begin_step(self, state: MarkeringState | None) -> None:
        file = self.file
        if file is None:
            return
        possible = next_states(file.markeringen)
        form = self.new_form("Markering", self._save_step, "stap")
        choice = ChoiceField(
            "state", "Wat legt u vast?", [(s.value, STEP_WORDS[s]) for s in possible], required=True
        )
        if state is not None:
            choice.set_raw(state.value)
        on = DateField("datum", "Datum", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        by = PickField("by", "Door", self.people(), free=True)
        by.set_value(self.bench.desk.session.user.name)
        first = ChoiceField(
            "surprised_by_death",
            "Zou het u verbazen als deze persoon binnen een jaar overlijdt?",
            YES_NO,
        )
        second = ChoiceField(
            "surprise_question_2",
            "Zou het u verbazen als deze persoon over een jaar nog leeft?",
            YES_NO,
            help_="De tweede vraag hoort bij “nee” op de eerste (bron: doi 10.1186/s12904-019-0503-9).",
        )
        indicator = TextField("indicator", "Aanwijzingen (zoals SPICT of RADPAC)")
        again = DateField("again_on", "Opnieuw bespreken op", self.bench.today, past=False)
        urgent = CheckField("urgent", "Met spoed: het PZP-gesprek eerder dan gewoonlijk")
        form.row(choice)
        form.row(on, by)
        form.row(first)
        form.row(second)
        form.row(indicator, again, shares=(2, 1))
        form.row(urgent)
        form.row(AreaField("note", "Toelichting", lines=2))

        def fit() -> None:
            now = choice.value()
            asks = now in (
                MarkeringState.TO_JUDGE,
                MarkeringState.MARKED,
                MarkeringState.NOT_MARKED,
            )
            first.setVisible(asks)
            second.setVisible(asks and first.value() == "nee")
            indicator.setVisible(asks)
            again.setVisible(now in (MarkeringState.TO_JUDGE, MarkeringState.NOT_MARKED))
            urgent.setVisible(now in (MarkeringState.MARKED, MarkeringState.TALKED))

        choice.changed.connect(fit)
        first.changed.connect(fit)
        self.open_form(form, state.value if state is not None else "stap")
        fit()

    def _save_step(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        session = self.bench.desk.session
        step = Markering(
            patient_id=self.file.patient.id,
            state=MarkeringState(values["state"]),
            on=values["datum"],
            by=values["by"] or "",
            surprised_by_death=_truth(values.get("surprised_by_death")),
            surprised_if_alive=_truth(values.get("surprise_question_2")),
            indicator=values.get("indicator", ""),
            urgent=values.get("urgent", False),
            note=values["note"],
            again_on=values.get("again_on"),
            recorded_at=session.now,
            recorded_by=session.user.id,
        )
        self.record(
            lambda: self.bench.desk.markeringen.record(step),
            said=f"Markering vastgelegd: {label(step.state)}",
        )

    def _begin_told(self) -> None:
        file = self.file
        if file is None:
            return
        form = self.new_form("Ingelicht", self._save_told, "ingelicht")
        talked = file.markering is not None and file.markering.state is MarkeringState.TALKED
        on = DateField("datum", "Datum", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        about = ComboField("transition", "Over welke overgang", _transitions(file), required=True)
        about.set_raw(_transitions(file)[-1][0])
        whom = ComboField("whom", "Wie", [(w.value, LABELS[Whom][w]) for w in Whom], required=True)
        names = [*(n.name for n in file.naasten), *(p.name for p in file.professionals.values())]
        name = PickField("name", "Naam (mag leeg blijven)", [(n, n) for n in names], free=True)
        form.row(whom, name)
        form.row(about, on, shares=(2, 1))
        form.row(TextField("how", "Hoe (telefoon, brief, gesprek)"))
        warning = text(
            "De markering is nog niet met de patiënt besproken. Een ander vóór de patiënt inlichten "
            "kan alleen met een reden.",
            "warning",
        )
        reason = AreaField(
            "before_talk", "Reden om dit vóór het gesprek te doen", required=True, lines=2
        )
        form.put(warning)
        form.row(reason)

        def fit() -> None:
            asks = not talked and whom.value() not in (None, Whom.PATIENT)
            warning.setVisible(asks)
            reason.setVisible(asks)

        whom.changed.connect(fit)
        self.open_form(form)
        fit()

    def _save_told(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        session = self.bench.desk.session
        told = Told(
            patient_id=self.file.patient.id,
            transition=values["transition"],
            whom=Whom(values["whom"]),
            name=values["name"] or "",
            on=values["datum"],
            how=values["how"],
            before_talk=values.get("before_talk", ""),
            recorded_at=session.now,
            recorded_by=session.user.id,
        )
        self.record(
            lambda: self.bench.desk.markeringen.tell(told),
            said=f"Vastgelegd: {label(told.whom)} is ingelicht",
        )


def surprise_words(step: Markering) -> str:
    """The answers to the surprise questions in words; what was not asked is said to be so."""
    if step.surprised_by_death is None:
        return "niet gesteld"
    first = "ja, zou verbazen" if step.surprised_by_death else "nee, zou niet verbazen"
    if step.surprised_if_alive is None:
        return first
    second = "zou verbazen" if step.surprised_if_alive else "zou niet verbazen"
    return f"{first}; over een jaar nog in leven {second}"


def _surprise_now(file: PatientFile, step: Markering) -> str:
    """The latest answer: the talk does not ask again what was asked at the markering, and it stands."""
    asked = [one for one in file.markeringen if one.surprised_by_death is not None]
    last = max(asked, key=lambda one: one.id, default=step)
    words = surprise_words(last)
    return words if last.id == step.id else f"{words} ({dutch_date(last.on)})"


def transition_words(transition: str) -> str:
    """What a transition is called: the markering, or the phase that began."""
    return label(Phase(transition)) if transition in set(Phase) else "de markering"


def _transitions(file: PatientFile) -> list[tuple[str, str]]:
    phase = file.now(StatusKind.PHASE)
    found = [("markering", "de markering")]
    if phase is not None and phase.value:
        found.append((phase.value, f"{label(Phase(phase.value))} sinds {dutch_date(phase.since)}"))
    return found


def _truth(answer: object) -> bool | None:
    return None if answer is None else answer == "ja"
