"""A request for euthanasia, beneath the PZP: its steps, for who may see them; not there to the others."""

from functools import partial
from typing import TYPE_CHECKING, Any

from pzdesk.domain.euthanasia import EuthanasiaState, newest_first, running
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.user import Right
from pzdesk.gui.choices import ChoiceField, PickField
from pzdesk.gui.fields import AreaField, DateField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import Card, button, column, dated, line, row, text

if TYPE_CHECKING:
    from pzdesk.gui.section import Section

ACT = "verzoek"
ABOUT = (
    "Dit is iets anders dan het standpunt in de PZP. Het staat op geen lijst, agenda of papier (alleen op "
    "het patiëntblad als u daarvoor kiest). Alleen huisartsen en VS/PA zien dat het hier staat."
)
BEGINS = [(EuthanasiaState.RUNNING.value, "verzoek gedaan, loopt")]
GOES_ON = [
    (EuthanasiaState.RUNNING.value, "loopt nog"),
    *(
        (state.value, label(state))
        for state in EuthanasiaState
        if state is not EuthanasiaState.RUNNING
    ),
]


def request_card(section: "Section", file: PatientFile) -> Card | None:
    """The steps with the way to add one; None for who may not see them."""
    session = section.bench.desk.session
    may_record = session.has(Right.EUTHANASIA)
    if not may_record and not file.euthanasia:  # in an emergency somebody sees what there is
        return None
    steps = newest_first(file.euthanasia)
    card = Card("Verzoek om euthanasie", "beperkt zichtbaar")
    if not steps:
        card.add(text("Geen verzoek vastgelegd.", "muted"))
    for number, step in enumerate(steps):
        if number:
            card.add(line())
        state = label(step.state)
        said = column(
            text(f"{state[:1].upper()}{state[1:]}", "" if number else "strong", select=True),
            *[text(part, select=True) for part in (step.note,) if part],
            text(step.by, "small"),
            gap=1,
        )
        card.add(dated(step.on, said))
    card.add(text(ABOUT, "small"))
    if may_record:
        words = "Volgende stap vastleggen" if steps else "Verzoek vastleggen"
        card.add(row(button(words, partial(section.begin, ACT)), None))
    return card


def request_form(section: "Section", file: PatientFile) -> Form:
    """The form of the next step; nothing is chosen beforehand."""
    is_running = running(file.euthanasia) is not None
    form = section.new_form("Verzoek om euthanasie", partial(_save, section, file), ACT)
    choices = GOES_ON if is_running else BEGINS
    on = DateField("datum", "Op", section.bench.today, required=True, past=True)
    on.set_value(section.bench.today)
    by = PickField("by", "Besproken door", section.people(), free=True)
    by.set_value(section.bench.desk.session.user.name)
    form.row(ChoiceField("stand", "Waar staat het verzoek?", choices, required=True))
    form.row(on, by)
    form.row(AreaField("toelichting", "Toelichting (mag leeg blijven)"))
    return form


def _save(section: "Section", file: PatientFile, values: dict[str, Any]) -> None:
    requests = section.bench.desk.euthanasia
    section.record(
        lambda: requests.record(
            file.patient.id,
            EuthanasiaState(values["stand"]),
            on=values["datum"],
            by=values["by"] or "",
            note=values["toelichting"],
        ),
        said="Stap vastgelegd",
        undo=requests.withdraw,
    )
