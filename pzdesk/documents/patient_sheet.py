"""The patient sheet: everything a colleague needs about one person, on one or two pages.

BSN, surprise question and a caregiver's answers stand on it only where the service put them in.
"""

from dataclasses import dataclass

from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import (
    ActionLine,
    Actions,
    Block,
    Dimensions,
    Facts,
    Grid,
    PersonHead,
    Section,
    blocks,
    person_head,
    running_head,
)
from pzdesk.documents.style import SMALL, Imprint, text

NOTHING = "niets vastgelegd"
_NOT_YET = Dimensions(empty="nog niet beoordeeld")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carer:
    """Somebody of the care network: numbers by day and by night, and when they were last checked."""

    name: str
    part: str = ""
    day: str = ""
    night: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A naaste: what somebody is to the patient, in which roles, and what they may know."""

    name: str
    relation: str = ""
    roles: str = ""
    phones: str = ""
    may_know: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientPaper:
    """What stands on a patient sheet; pairs are a label and its words.

    ``identity``: address, telephone, language. ``state``: phase, urgency, complexity, where now, each with
    since when and by whom. ``marking``: markering, and who was told when. ``reviews``: what, when due or
    held, outcome. ``scenarios``: what may happen, and what is done then. ``agreements`` are those of the
    last MDO, ``agreed_on`` says which. ``extra`` is printed because somebody ticked it.
    """

    imprint: Imprint
    head: PersonHead
    identity: tuple[tuple[str, str], ...] = ()
    state: tuple[tuple[str, str], ...] = ()
    carers: tuple[Carer, ...] = ()
    relatives: tuple[Relative, ...] = ()
    marking: tuple[tuple[str, str], ...] = ()
    dimensions: Dimensions = _NOT_YET
    reviews: tuple[tuple[str, str], ...] = ()
    scenarios: tuple[tuple[str, str], ...] = ()
    actions: tuple[ActionLine, ...] = ()
    agreed_on: str = ""
    agreements: tuple[str, ...] = ()
    extra: tuple[Block, ...] = ()


def patient_sheet(paper: PatientPaper) -> bytes:
    """The patient sheet as PDF."""
    kind = text(f"Patiëntblad · {paper.imprint.practice}", SMALL)
    made = [*kind, *person_head(paper.head), *blocks(_blocks(paper))]
    running = running_head(f"Patiëntblad {paper.head.name}, {paper.head.born}")
    return pdf([Part(made, running)], paper.imprint, kind="Patiëntblad")


def _blocks(paper: PatientPaper) -> list[Block]:
    carers = [(who.name, who.part, who.day, who.night, who.checked) for who in paper.carers]
    relatives = [
        (who.name, who.relation, who.roles, who.phones, who.may_know) for who in paper.relatives
    ]
    agreed = f"Laatste MDO, {paper.agreed_on}" if paper.agreed_on else "Laatste MDO"
    return [
        Facts(title="Gegevens", rows=paper.identity, empty=NOTHING),
        Facts(title="Nu", rows=paper.state, empty=NOTHING),
        Facts(title="Markering", rows=paper.marking, empty=NOTHING),
        Grid(
            title="Zorgnetwerk",
            columns=("Wie", "Taak", "Overdag", "Avond, nacht, weekend", "Gecontroleerd op"),
            shares=(0.24, 0.22, 0.19, 0.2, 0.15),
            rows=tuple(carers),
            empty=NOTHING,
        ),
        Grid(
            title="Naasten",
            columns=("Wie", "Relatie", "Rol", "Telefoon", "Mag weten"),
            shares=(0.24, 0.16, 0.23, 0.22, 0.15),
            rows=tuple(relatives),
            empty=NOTHING,
        ),
        paper.dimensions,
        Facts(title="Reviewmomenten", rows=paper.reviews, empty=NOTHING),
        Facts(title="Vooruitkijken", rows=paper.scenarios, empty="geen scenario’s vastgelegd"),
        Actions(items=paper.actions, empty="geen open acties"),
        Section(title=agreed, lines=paper.agreements, empty="nog niet besproken"),
        *paper.extra,
    ]
