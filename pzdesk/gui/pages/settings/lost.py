"""The sheet for when a computer with the practice is lost, from Beheer."""

from datetime import date
from typing import Any

from pzdesk.gui.fields import DateField
from pzdesk.gui.form_place import FormPlace
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import text
from pzdesk.gui.preview import show_paper

_ASKED = (
    "Op welke dag werd er voor het laatst met die computer of stick gewerkt? Op het blad komt wie er toen in "
    "de praktijk stonden."
)


def lost_form(part: FormPlace) -> Form:
    """Asks as of which day, and shows the sheet."""
    bench = part.bench

    def show(values: dict[str, Any]) -> None:
        on: date = values["dag"]
        lost = bench.desk.lost
        part.close_form(saved=True)
        show_paper(
            bench,
            "Laptop kwijt",
            look=lambda: lost.preview(on),
            hand_out=lambda: lost.sheet(on),
            file_name=f"laptop-kwijt-{on:%Y%m%d}.pdf",
        )

    form = Form(
        "Laptop of stick kwijt",
        show,
        cancel=part.close_form,
        words="Blad maken",
        enter_saves=True,
    )
    day = DateField("dag", "Laatste dag", bench.today, required=True, past=True)
    day.set_raw(f"{bench.today:%d-%m-%Y}")
    return form.put(text(_ASKED)).row(day)
