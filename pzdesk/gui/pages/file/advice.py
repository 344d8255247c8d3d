"""Proposals of a meeting in the file: what waits, and how a clinician confirms or rejects it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pzdesk.domain.advice import Advice, AdviceKind
from pzdesk.domain.advice_words import advice_in, confirmer, outcome_words
from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import dutch_date
from pzdesk.domain.user import Right
from pzdesk.gui.choices import ChoiceField
from pzdesk.gui.fields import DateField, TextField
from pzdesk.gui.parts import Card, button, column, line, row, text
from pzdesk.gui.section import Section

OTHERWISE = "anders"
REASONS = (
    "past niet bij wat de patiënt wil",
    "eerst bespreken met patiënt of naaste",
    "al anders geregeld",
    OTHERWISE,
)


def advice_card(section: Section, file: PatientFile) -> Card | None:
    """What waits to be confirmed; None when nothing does."""
    if not file.open_advices:
        return None
    card = Card(f"Te bevestigen door {confirmer(file)}", role="card-accent")
    for number, advice in enumerate(file.open_advices):
        if number:
            card.add(line())
        words = column(
            text(_sentence(file, advice), "strong", select=True),
            text(_source(file, advice), "muted"),
            gap=0,
        )
        parts = row(words, gap=8)
        parts.setStretch(0, 1)
        for made in _buttons(section, advice):
            parts.addWidget(made)
        card.add(parts)
    card.add(text("Tot het is bevestigd, verandert er niets in het dossier.", "small"))
    return card


def decided_words(file: PatientFile, meeting_id: int) -> list[str]:
    """The proposals of one meeting, each with what became of it."""
    return [
        f"Voorstel: {advice_in(file, advice)}, {outcome_words(file, advice)}"
        for advice in file.advices
        if advice.meeting_id == meeting_id
    ]


def begin_confirming(section: Section, advice: Advice) -> None:
    """Show a proposal with what confirming does; from here it can be rejected too."""
    if section.file is None or not may_confirm(section):
        return
    form = section.new_form(
        "Voorstel bevestigen",
        lambda values: _confirm(section, advice, values),
        f"voorstel-{advice.id}",
        "Bevestigen",
    )
    form.put(text(_sentence(section.file, advice), "large"))
    form.put(text(f"{_source(section.file, advice)}. {_does(section, advice)}", "muted"))
    if advice.kind is AdviceKind.PZP:
        form.row(
            DateField(
                "datum", "Vóór wanneer herzien", section.bench.today, required=True, past=False
            )
        )
    form.buttons.insertWidget(1, button("Afwijzen…", partial(begin_rejecting, section, advice)))
    section.open_form(form)
    if advice.kind is not AdviceKind.PZP:
        form.submit.setFocus()


def begin_rejecting(section: Section, advice: Advice) -> None:
    """Ask why a proposal is rejected, by one key out of four."""
    if section.file is None or not may_confirm(section):
        return
    form = section.new_form(
        "Voorstel afwijzen",
        lambda values: _reject(section, advice, values),
        f"afwijzen-{advice.id}",
        "Afwijzen",
    )
    form.put(text(_sentence(section.file, advice), "large"))
    form.row(ChoiceField("reden", "Waarom", [(why, why) for why in REASONS], required=True))
    form.row(TextField("toelichting", "Toelichting (mag leeg blijven)"))
    section.open_form(form)


def may_confirm(section: Section) -> bool:
    """Whether this user may confirm what a meeting proposed."""
    return section.bench.desk.session.has(Right.CONFIRM)


def _confirm(section: Section, advice: Advice, values: dict[str, Any]) -> None:
    advices = section.bench.desk.advices
    section.record(
        lambda: advices.confirm(advice, due=values.get("datum")),
        said="Voorstel bevestigd",
        undo=advices.reopen,
    )


def _reject(section: Section, advice: Advice, values: dict[str, Any]) -> None:
    advices, chosen, more = section.bench.desk.advices, values["reden"], values["toelichting"]
    parts = (more,) if chosen == OTHERWISE else (chosen, more)
    reason = ": ".join(part for part in parts if part)
    section.record(
        lambda: advices.reject(advice, reason), said="Voorstel afgewezen", undo=advices.reopen
    )


def _withdraw(section: Section, advice: Advice) -> None:
    advices = section.bench.desk.advices
    section.record(
        lambda: advices.withdraw(advice),
        said="Voorstel teruggenomen",
        undo=lambda _: advices.propose(
            advice.patient_id,
            advice.kind,
            value=advice.value,
            professional_id=advice.professional_id,
            text=advice.text,
            meeting_id=advice.meeting_id,
        ),
    )


def _buttons(section: Section, advice: Advice) -> list[Any]:
    asked: list[tuple[str, Callable[[], object]]] = []
    if may_confirm(section):
        asked += [
            ("Bevestigen", partial(begin_confirming, section, advice)),
            ("Afwijzen", partial(begin_rejecting, section, advice)),
        ]
    if section.may_write:
        asked.append(("Terugnemen", partial(_withdraw, section, advice)))
    return [button(words, act, role="quiet" if n else "") for n, (words, act) in enumerate(asked)]


def _sentence(file: PatientFile, advice: Advice) -> str:
    words = advice_in(file, advice)
    return words[:1].upper() + words[1:]


def _source(file: PatientFile, advice: Advice) -> str:
    held = next((m.on for m in file.meetings if m.id == advice.meeting_id), None)
    where = f"in het overleg van {dutch_date(held)}" if held else f"op {dutch_date(advice.since)}"
    return f"Voorgesteld {where}"


def _does(section: Section, advice: Advice) -> str:
    user = section.bench.desk.session.user.name
    if advice.kind is AdviceKind.PZP:
        return "Bevestigen plant een reviewmoment; de behandelgrenzen veranderen pas met een nieuwe PZP."
    if advice.kind is AdviceKind.WORDS:
        return f"Bevestigen legt vast dat {user} dit advies overneemt."
    return f"Bevestigen legt dit vast met ingang van vandaag, door {user}."
