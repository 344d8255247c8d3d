"""A computer that is lost: what to do in which order, who could open it, and who were on it."""

from dataclasses import dataclass

from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import ActionLine, Actions, Facts, Grid, Section, blocks, running_head
from pzdesk.documents.style import NAME, SMALL, Imprint, text


@dataclass(frozen=True, slots=True, kw_only=True)
class LostUser:
    """Somebody who could open it."""

    name: str
    roles: str
    since: str
    quick: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPerson:
    """Somebody who was on it."""

    number: str
    name: str
    born: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPaper:
    """The sheet; ``as_of`` is the day in words, ``remarks`` what the list does not know."""

    imprint: Imprint
    as_of: str
    about: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    users: tuple[LostUser, ...] = ()
    people: tuple[LostPerson, ...] = ()
    remarks: tuple[str, ...] = ()


def lost_sheet(paper: LostPaper) -> bytes:
    """The sheet as PDF."""
    title = "Laptop of stick kwijt"
    made = [
        *text(f"{title} · {paper.imprint.practice}", SMALL),
        *text(f"Wie erop stonden op {paper.as_of}", NAME),
        *blocks(
            [
                Section(title="Dit blad", lines=paper.about),
                Facts(title="Wat erop stond", rows=paper.facts),
                Actions(
                    title="Doe dit, in deze volgorde",
                    items=tuple(
                        ActionLine(what=f"{number}. {step}")
                        for number, step in enumerate(paper.steps, start=1)
                    ),
                ),
                Grid(
                    title="Wie hem konden openen",
                    columns=("Naam", "Rol", "Sinds", "Snel openen"),
                    shares=(0.32, 0.32, 0.14, 0.22),
                    rows=tuple(
                        (user.name, user.roles, user.since, user.quick) for user in paper.users
                    ),
                    empty="Niemand.",
                ),
                Section(title="Let op", lines=paper.remarks),
                Grid(
                    title="Patiënten",
                    columns=("Naam", "Geboren", "Nummer"),
                    shares=(0.62, 0.2, 0.18),
                    rows=tuple(
                        (person.name, person.born, person.number) for person in paper.people
                    ),
                    empty="Er stonden nog geen patiënten in de praktijk.",
                ),
            ]
        ),
    ]
    running = running_head(f"{title}: wie erop stonden op {paper.as_of}")
    return pdf([Part(made, running)], paper.imprint, kind=title)
