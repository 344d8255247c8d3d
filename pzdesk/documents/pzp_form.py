"""The PZP form: what was agreed in one talk, in the sections of the national data set and our own layout.

Two pages when filled normally; it flows on where texts are long.
"""

from dataclasses import dataclass

from reportlab.platypus import Flowable, Spacer

from pzdesk.documents.layout import FIRM, HAIR, Columns, kept
from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import facts, running_head
from pzdesk.documents.style import (
    BODY,
    HEADING,
    LIMITS,
    NAME,
    RIGHT,
    SMALL,
    TITLE,
    WIDTH,
    Imprint,
    muted,
    strong,
    text,
)

_NUMBER, _QUESTION = 24.0, 172.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpRow:
    """One question: its number ("4a"), our words for it, the answer in words, and what was added to it.

    A ``changed`` row tells the answer of the previous version, ``was``, in words; empty: not filled in.
    """

    number: str
    label: str
    answer: str
    note: str = ""
    changed: bool = False
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpSection:
    """A section of the form; ``limits`` prints its answers large: they decide at two in the night."""

    number: str
    title: str
    rows: tuple[PzpRow, ...] = ()
    limits: bool = False
    empty: str = "niet ingevuld"


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpChange:
    """What is different from the previous version, question by question."""

    question: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpPaper:
    """One version of a PZP; ``patient`` are pairs (adres, telefoon, BSN only when ticked).

    ``standing`` is "geldend", "ontvangen, te bevestigen door de hoofdbehandelaar" or "niet meer geldend";
    unless it ``holds`` it stands in a warning at the top. ``talk`` are pairs: gesprek op, gevoerd door, in
    bijzijn van, bron. ``changes_since`` names the previous version; empty for a first version.
    """

    imprint: Imprint
    name: str
    born: str
    version: str
    standing: str
    holds: bool
    patient: tuple[tuple[str, str], ...] = ()
    talk: tuple[tuple[str, str], ...] = ()
    sections: tuple[PzpSection, ...] = ()
    changes_since: str = ""
    changes: tuple[PzpChange, ...] = ()


def pzp_form(paper: PzpPaper) -> bytes:
    """The PZP form as PDF."""
    who = f"PZP {paper.name}, {paper.born} · versie {paper.version}"
    made = [*_head(paper), *_changes(paper)]
    for section in paper.sections:
        made += _section(section)
    return pdf([Part(made, running_head(who))], paper.imprint, kind="Proactieve zorgplanning")


def _head(paper: PzpPaper) -> list[Flowable]:
    practice = [Spacer(0, 7), *text(paper.imprint.practice, RIGHT)]
    standing = f"versie {paper.version}, {paper.standing}"
    made: list[Flowable] = [
        Columns([(0, text("Proactieve zorgplanning", TITLE)), (200, practice)]),
        Spacer(0, 4),
        *text(f"{paper.name}, {paper.born}", NAME),
        Spacer(0, 4),
    ]
    if paper.holds:
        made += [*text(strong(standing[:1].upper() + standing[1:])), Spacer(0, 3)]
    else:
        warning = text(standing[:1].upper() + standing[1:], LIMITS)
        made += [Columns([(9, []), (0, warning)], gap=0, above=1, below=4, bar=2.6), Spacer(0, 4)]
    half = (WIDTH - 14) / 2
    sides = [(half, facts(paper.patient, label=76)), (half, facts(paper.talk, label=86))]
    return [*made, Columns(sides, gap=14)]


def _changes(paper: PzpPaper) -> list[Flowable]:
    if not paper.changes_since:
        return []
    made: list[Flowable] = [
        Spacer(0, 8),
        Columns([(0, text(f"Wat is anders dan in {paper.changes_since}", HEADING))], below=2),
    ]
    rows = [
        Columns([(_NUMBER + _QUESTION + 6, text(change.question, SMALL)), (0, _from_to(change))])
        for change in paper.changes
    ]
    return [*made, *(rows or text(muted("Niets.")))]


def _from_to(change: PzpChange) -> list[Flowable]:
    return text([muted(f"{change.old} → "), change.new])


def _section(section: PzpSection) -> list[Flowable]:
    title = [(_NUMBER, text(section.number, HEADING)), (0.0, text(section.title, HEADING))]
    head: list[Flowable] = [Columns(title, gap=6, rule=FIRM, before=11, below=3)]
    rows = [_row(row, section) for row in section.rows]
    return kept(head, rows or [Columns([(0, text(muted(section.empty)))], above=3)])


def _row(row: PzpRow, section: PzpSection) -> Flowable:
    said = text(row.answer, LIMITS if section.limits else BODY)
    if row.note:
        said += text(row.note)
    if row.changed:
        said += text(f"vorige versie: {row.was or 'niet ingevuld'}", SMALL)
    return Columns(
        [
            (_NUMBER, text(strong(row.number) if row.changed else row.number, SMALL)),
            (_QUESTION, text(row.label, SMALL)),
            (0, said),
        ],
        gap=6,
        rule=HAIR,
        above=2.5,
        below=3,
        again=(0, 1),
    )
