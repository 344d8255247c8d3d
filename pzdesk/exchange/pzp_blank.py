"""Makes a fillable PZP form of our own, for the demo and the tests: our words, our layout.

It has the field names and values of the official form, so that it reads in the same way. The official
form itself belongs to its publishers and is not shipped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pzdesk.content import pzp_form
from pzdesk.domain.person import dutch_date
from pzdesk.domain.pzp import Answers, Kind, Part, Question
from pzdesk.domain.pzp_form import acro_fields

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 40
_RIGHT = _WIDTH - _MARGIN
_MULTILINE, _RADIO, _PUSH = 1 << 12, 49_152, 1 << 16
_FONT = b"/Helv 8.5 Tf 0 g"
_TITLE = "Proefformulier proactieve zorgplanning"
_ABOUT = "Verzonnen voorbeeld van pzdesk, met de velden van het uniforme PZP-formulier."


def filled_form(values: Mapping[str, str] | None = None) -> bytes:
    """A form as PDF with these values by field: a text, or the value of an option ("2", "Ja").

    The same values give the same bytes. A value that no option has is written as it is.
    """
    return written(form_objects(values))


def field_values(answers: Answers) -> dict[str, str]:
    """The values of the form's fields for answers of ours; what the form has no field for is left out."""
    found: dict[str, str] = {}
    for name, question in acro_fields(pzp_form()).items():
        answer = answers.get(question.id)
        if answer is None:
            continue
        options = {o.acro_field or question.acro: o for o in question.options if o.id == answer.value}
        options |= {o.acro_field: o for o in question.options if o.id in answer.ticked}
        if question.kind is Kind.DATE:
            year, month, day = answer.value.split("-")
            found[name] = f"{day}-{month}-{year}"
        elif not question.options:
            found[name] = answer.value
        elif name in options:
            found[name] = options[name].acro
    return found
