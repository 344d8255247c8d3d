"""A copy of a whole file for the patient (inzage): every part, every row, who recorded it and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from pzdesk.documents.layout import FIRM, HAIR, Columns, kept
from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import Section, blocks, facts, running_head
from pzdesk.documents.style import HEADING, LIMITS, NAME, SMALL, Imprint, strong, text

KIND = "Afschrift van het dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """What was recorded once: ``head`` says what and when, ``recorded`` by whom it was recorded and when."""

    head: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    recorded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPart:
    """One kind of what was recorded; ``many`` says how much in words."""

    title: str
    many: str
    rows: tuple[CopyRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPaper:
    """The copy of one file; ``left_out`` pairs what is not in it with why, ``source`` is the rule."""

    imprint: Imprint
    name: str
    born: str
    intro: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    source: str = ""
    parts: tuple[CopyPart, ...] = ()


def file_copy(paper: CopyPaper) -> bytes:
    """The copy as PDF."""
    left_out = tuple(f"{what}: {why}." for what, why in paper.left_out)
    made = [
        *text(f"{KIND} · {paper.imprint.practice}", SMALL),
        *text(f"{paper.name}, {paper.born}", NAME),
        *blocks(
            [
                Section(title="Dit afschrift", lines=paper.intro),
                Section(title="Weggelaten", lines=(*left_out, paper.source)),
            ]
        ),
        *_contents(paper.parts),
    ]
    for part in paper.parts:
        made += _part(part) if part.rows else []
    running = running_head(f"{KIND}: {paper.name}, {paper.born}")
    return pdf([Part(made, running)], paper.imprint, kind=KIND)


def _contents(parts: Sequence[CopyPart]) -> list[Flowable]:
    """Every kind of what is recorded, with how much; what there is nothing of is not named."""
    inside = facts([(part.title, part.many) for part in parts if part.rows], label=290.0)
    inside += text("Wat hier niet wordt genoemd, is niet vastgelegd.", SMALL)
    return [Columns([(96.0, text("Inhoud", HEADING)), (0, inside)], above=5, below=5, again=(0,))]


def _part(part: CopyPart) -> list[Flowable]:
    head: list[Flowable] = [
        Columns([(0, text(part.title, LIMITS))], rule=FIRM, above=16, below=3, before=4)
    ]
    rows = [made for row in part.rows for made in _row(row)]
    return kept(head, rows)


def _row(row: CopyRow) -> list[Flowable]:
    inside: list[Flowable] = []
    if row.head:
        inside += text(strong(row.head) if row.lines or row.recorded else row.head)
    inside += facts(row.lines, label=150.0)
    if row.recorded:
        inside += text(row.recorded, SMALL)
    return [Columns([(0, inside)], rule=HAIR, above=4, below=4)]
