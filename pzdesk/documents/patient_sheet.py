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
from pzdesk.documents.style import RIGHT, SMALL, Imprint, text

NOTHING = "niets vastgelegd"


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
    dimensions: Dimensions = Dimensions()
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
