"""Closing a meeting: who was there, and what was not discussed and comes back."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pzdesk.domain.mdo import AgendaItem, Meeting
from pzdesk.domain.person import long_date
from pzdesk.gui.choices import ChecksField
from pzdesk.gui.fields import TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import Card, button, row, text
from pzdesk.services import paper_words

PASSED = (
    "Niets genoteerd bij deze punten. Kruis aan wat wel besproken is; wie overblijft, staat weer in het "
    "voorstel. Een punt zonder dossier zet u zelf opnieuw op een agenda."
)
THERE, OTHERS, DISCUSSED = "aanwezig", "anderen", "besproken"


def closing_form(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    save: Callable[[dict[str, Any]], object],
    cancel: Callable[[], object],
    begun: Sequence[int] = (),
) -> Form:
    """The form; of who is discussed it tells only which item, for everybody looks along.

    ``begun`` are the numbers of items where something was begun and not saved.
    """
    form = Form("Overleg afronden", save, cancel=cancel, words="Overleg afronden")
    if begun:
        form.put(text(_begun_words(begun), "warning"))
    others = "Wie waren erbij? (namen, met komma’s ertussen)"
    if meeting.invited:
        invited = [(who.name, paper_words.invitee_words(who)) for who in meeting.invited]
        there = ChecksField(THERE, "Wie waren erbij?", invited)
        there.set_raw("\n".join(who.name for who in meeting.invited if who.attended is not False))
        form.row(there)
        others = "Ook aanwezig (namen, met komma’s ertussen)"
    form.row(TextField(OTHERS, others))
    left = [(n, item) for n, item in enumerate(items, start=1) if not item.notes.discussed]
    if left:
        form.row(
            ChecksField(
                DISCUSSED,
                PASSED,
                [(str(item.id), f"punt {number}") for number, item in left],
            )
        )
    return form.ready()


def _begun_words(begun: Sequence[int]) -> str:
    """That something is left behind, and where."""
    where = ("punt " if len(begun) == 1 else "de punten ") + " en ".join(map(str, begun))
    return f"Bij {where} staat nog iets klaar dat niet is opgeslagen; het komt niet in het verslag."


def attended(values: dict[str, Any]) -> list[str]:
    """The names of who was there."""
    others = [name.strip() for name in values[OTHERS].split(",")]
    return [*values.get(THERE, ()), *(name for name in others if name)]


def passed_over(values: dict[str, Any], items: Sequence[AgendaItem]) -> list[int]:
    """The items that were not discussed."""
    discussed = values.get(DISCUSSED, ())
    return [i.id for i in items if not i.notes.discussed and str(i.id) not in discussed]


def too_early(meeting: Meeting, today: date, back: Callable[[], object]) -> Card | None:
    """Why a meeting of a day to come cannot be closed, and what happens with what was noted."""
    if meeting.on <= today:
        return None
    card = Card("Dit overleg is nog niet geweest")
    card.add(
        text(
            f"Afronden kan op {long_date(meeting.on)}. Wat u nu noteert en afspreekt, blijft bewaard."
        ),
        row(button("Terug naar het overleg", back, role="primary", keys="Esc"), None),
    )
    return card
