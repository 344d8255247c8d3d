"""Emergency access in the window: asked with a reason before anything is shown, told as long as it lasts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from pzdesk.domain.emergency import LASTS, EmergencyAccess
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.fields import AreaField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import button, column, holder, row, scroll, text
from pzdesk.gui.theme import mark

LONGEST = 140
"""How many characters of a reason stand above a file; the rest must not push the file out of sight."""
HOURS = int(LASTS.total_seconds()) // 3600
NO_FILE = (
    "Met uw rol gaat dit dossier niet open. Is het nu nodig voor de zorg van deze persoon, en is er niemand "
    "die het wel mag? Dan opent u het met een reden, {} uur lang, om te lezen. Vastleggen kan dan niet; het "
    "blad voor thuis afdrukken wel."
)
MORE = (
    "In een dossier kan meer staan dan u met uw rol ziet. Is dat nu nodig voor de zorg van deze persoon, en "
    "is er niemand die het wel mag zien? Dan opent u het met een reden, {} uur lang, om te lezen."
)
TOLD = "Dit wordt vastgelegd en getoond aan de hoofdbehandelaar en de beheerder, met uw naam en uw reden."


def person_of(bench: Bench, patient: int) -> PatientRow | None:
    """Who it is about, as the list of patients tells it to everybody."""
    rows = bench.desk.patients.rows(everybody=True)
    return next((one for one in rows if one.id == patient), None)


def ask(
    bench: Bench,
    person: PatientRow,
    save: Callable[[dict[str, Any]], object],
    cancel: Callable[[], object],
) -> Form:
    """The question before a file is opened in an emergency."""
    who = f"{short(person.name, person.sex)}, {dutch_date(person.birth_date)}"
    form = Form(
        f"Noodtoegang: {who}",
        save,
        cancel=cancel,
        words="Dossier openen",
        place=f"dossier-{person.id}-overzicht-noodtoegang",
        drafts=bench.desk.drafts,
    )
    is_more = bench.desk.session.has(Right.READ_FILE)
    form.put(text((MORE if is_more else NO_FILE).format(HOURS)))
    form.put(text(TOLD, "warning"))
    form.row(AreaField("reden", "Waarom is dit nu nodig?", required=True, lines=2))
    return form.ready()


def asked(form: Form) -> QWidget:
    """The form where the file would stand."""
    return scroll(holder(column(form, None, margin=20)))


def strip(bench: Bench, access: EmergencyAccess, end: Callable[[], object]) -> QWidget:
    """What stands above a file while it is open in an emergency."""
    made = QFrame()
    mark(made, "bar-warning")
    reason = " ".join(access.reason.split())
    until = until_words(access.until, bench.desk.session.now)
    shown = reason if len(reason) <= LONGEST else f"{reason[:LONGEST].rsplit(' ', 1)[0]} …"
    said = text(f"Noodtoegang tot {until} · {shown}")
    said.setToolTip(reason)
    stop = button("Noodtoegang beëindigen", end)
    parts = row(said, stop, gap=8, margin=6)
    parts.setStretch(0, 1)
    made.setLayout(parts)
    made.setAccessibleName(f"Noodtoegang tot {until} · {reason}")
    return holder(row(made, margin=8), "head")


def until_words(until: datetime, now: datetime) -> str:
    """Until when, in the words of the clock on the wall; with the day where that is another one."""
    there = until.astimezone(now.tzinfo)
    day = "" if there.date() == now.date() else f" op {dutch_date(there.date())}"
    return f"{there:%H.%M} uur{day}"
