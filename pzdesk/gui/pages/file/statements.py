"""The patient's own statement: read in full, added in the patient's words, withdrawn by the patient."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import day_and_month
from pzdesk.domain.statement import Statement, heading, newest_first, summary, withdrawn
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.flow import flow
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import Card, button, column, empty, holder, row, text
from pzdesk.gui.theme import theme

if TYPE_CHECKING:
    from pzdesk.gui.section import Section

READ, NEW, WITHDRAW = "verklaringen", "verklaring", "verklaring-ingetrokken"
MENU = "Verklaring van de patiënt…"
ADD, WITHDRAWN = "Verklaring toevoegen", "Intrekking vastleggen"
ABOUT = (
    "Is de patiënt het niet eens met wat in het dossier staat, of wil die er iets aan toevoegen? Dan legt u "
    "op verzoek een eigen verklaring bij het dossier (BW 7:454 lid 2, WGBO), in de woorden van de patiënt. "
    "De praktijk wijzigt er niets aan; de patiënt kan haar intrekken."
)
SHORT = "In de woorden van de patiënt (BW 7:454 lid 2, WGBO). De praktijk wijzigt er niets aan."


def quiet_line(section: "Section", file: PatientFile) -> QWidget | None:
    """That there is a statement, with the way to it; None when there never was one."""
    said = summary(file.statements, file.statement_withdrawals)
    if not said:
        return None
    read = button("Lezen", partial(section.begin, READ), role="quiet")
    read.setAccessibleName(f"Lezen: {said}")
    parts = row(text(said, "muted", select=True), read)
    parts.setStretch(0, 1)
    return holder(parts)


def reading(section: "Section", file: PatientFile) -> QWidget:
    """All statements in full, the last that was given on top."""
    back = button("Terug naar Overzicht", section.back, keys="Esc")
    add = button(ADD, partial(section.begin, NEW), role="primary")
    buttons = [add, back] if section.may_write else [back]
    if not file.statements:
        made = empty("Nog geen verklaring van de patiënt", ABOUT)
        return made.add(flow(*buttons, gap=theme().px(8)))
    cards: list[QWidget] = [_card(section, file, one) for one in newest_first(file.statements)]
    about = Card("Verklaring van de patiënt")
    about.add(text(SHORT, "muted"), flow(*buttons, gap=theme().px(8)))
    return holder(column(about, *cards, gap=12))


def _card(section: "Section", file: PatientFile, statement: Statement) -> Card:
    card = Card(heading(statement), day_and_month(statement.on))
    gone = withdrawn(statement, file.statement_withdrawals)
    if gone is not None:
        said = f"Ingetrokken op {day_and_month(gone.on)}; wat er stond, blijft te lezen."
        card.add(text(said, "strong"))
    card.add(text(statement.text, "muted" if gone is not None else "", select=True))
    if gone is None and section.may_write:
        made = button(WITHDRAWN, partial(section.begin, f"{WITHDRAW}-{statement.id}"))
        made.setAccessibleName(f"{WITHDRAWN}: verklaring van {day_and_month(statement.on)}")
        card.add(row(made, None))
    return card


def form_of(section: "Section", file: PatientFile, act: str) -> Form | None:
    """The form of an act that adds or withdraws; None where there is nothing to withdraw any more."""
    if act == NEW:
        return _new_form(section, file)
    for one in file.statements:
        if act == f"{WITHDRAW}-{one.id}" and withdrawn(one, file.statement_withdrawals) is None:
            return _withdraw_form(section, one, act)
    return None


def _new_form(section: "Section", file: PatientFile) -> Form:
    form = section.new_form("Verklaring van de patiënt", partial(_save, section, file), NEW)
    form.put(text(ABOUT, "muted"))
    on = DateField("datum", "Gegeven op", section.bench.today, required=True, past=True)
    on.set_value(section.bench.today)
    by = TextField(
        *("door", "Namens de patiënt gegeven door"),
        help_="Leeg laten als de patiënt dit zelf verklaart.",
    )
    form.row(on, by, shares=(2, 3))
    form.row(AreaField("tekst", "Tekst, letterlijk overgenomen", required=True, lines=6))
    return form


def _save(section: "Section", file: PatientFile, values: dict[str, Any]) -> None:
    statements = section.bench.desk.statements
    section.record(
        lambda: statements.record(
            file.patient.id, values["tekst"], on=values["datum"], given_by=values["door"]
        ),
        said="Verklaring toegevoegd",
        undo=statements.take_back,
    )


def _withdraw_form(section: "Section", statement: Statement, act: str) -> Form:
    given = day_and_month(statement.on)
    form = section.new_form(
        f"De patiënt trekt de verklaring van {given} in",
        partial(_withdraw, section, statement),
        act,
        WITHDRAWN,
    )
    form.put(
        text(
            "De tekst blijft te lezen, met erbij dat hij is ingetrokken. Wil de patiënt dat de tekst "
            "verdwijnt, dan kan die vragen hem te vernietigen (F2, Vernietigen, voor wie dat mag).",
            "muted",
        )
    )
    on = DateField("datum", "Ingetrokken op", section.bench.today, required=True, past=True)
    on.set_value(section.bench.today)
    form.row(on)
    return form


def _withdraw(section: "Section", statement: Statement, values: dict[str, Any]) -> None:
    statements = section.bench.desk.statements
    section.record(
        lambda: statements.withdraw(statement.id, on=values["datum"]),
        said="Intrekking vastgelegd",
        undo=statements.take_back,
    )
