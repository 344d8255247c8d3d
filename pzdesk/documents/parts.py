"""What papers are made of: who a page is about, facts, the course of a dimension, lists with boxes to tick.

The dataclasses are what services fill; the functions turn them into flowables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Flowable, Spacer

from pzdesk.documents.layout import FIRM, HAIR, Columns, kept
from pzdesk.documents.style import (
    BETWEEN,
    BODY,
    GRID,
    HEADING,
    INK,
    LIMITS,
    NAME,
    RIGHT,
    SMALL,
    WIDTH,
    Run,
    muted,
    strong,
    text,
)
from pzdesk.domain.course import Reading, course

_SIDE = 96.0


class _Steps(Flowable):  # type: ignore[misc]
    """The course of one dimension as steps; below is "geen", above is "ernstig"."""

    def __init__(self, line: "DimensionLine", block: "Dimensions", height: float) -> None:
        super().__init__()
        self.line, self.since, self.until = line, block.since, block.until
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return self.width, self.height

    def draw(self) -> None:
        drawn = course(
            self.line.readings,
            width=self.width,
            height=self.height,
            since=self.since,
            until=self.until,
        )
        self.canv.setLineWidth(0.6)
        self.canv.setStrokeColor(GRID)
        for y in drawn.grid:
            self.canv.line(drawn.left, y, drawn.right, y)
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(INK)
        self.canv.setLineWidth(1.1)
        path = self.canv.beginPath()
        for number, point in enumerate(drawn.line):
            (path.lineTo if number else path.moveTo)(point.x, point.y)
        self.canv.drawPath(path)
        for mark in drawn.marks:
            self.canv.circle(mark.at.x, mark.at.y, mark.radius, stroke=0, fill=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHead:
    """Who a page is about, above everything else; each text is worded by the service.

    ``limits`` are the treatment limits in full words, each with its restriction. ``lines`` are pairs of a
    label and its words: PZP, gewenste plek van overlijden, hoofdbehandelaar, centrale zorgverlener,
    eerste contact (with a number that works), wilsbekwaamheid and who decides.
    """

    name: str
    born: str
    number: str = ""
    at: str = ""
    facts: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines of text under a heading; without lines the ``empty`` words, without those nothing at all.

    ``to_write`` leaves a line to write on where there are no lines.
    """

    title: str
    lines: tuple[str, ...] = ()
    empty: str = ""
    to_write: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Pairs of a label and its words under a heading."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionLine:
    """One dimension: its course, the latest word with its direction, what was found, according to whom.

    Without readings and word there is no course to draw, and the finding takes its place.
    """

    name: str
    readings: tuple[Reading, ...] = ()
    word: str = ""
    direction: str = ""
    finding: str = ""
    according_to: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """The dimensions beside each other on one time axis; ``period`` says from when to when."""

    title: str = "Vier dimensies"
    period: str = ""
    since: date | None = None
    until: date | None = None
    lines: tuple[DimensionLine, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action: what, who, when due, open since when; ``done``, the day it was done, ticks the box."""

    what: str
    who: str = ""
    due: str = ""
    since: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """Actions with a box to tick."""

    title: str = "Open acties"
    items: tuple[ActionLine, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows under column names; ``shares`` are widths as parts of the whole, the first column is strong."""

    title: str
    columns: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    empty: str = ""


Block = Section | Facts | Dimensions | Actions | Grid


def blocks(made: Sequence[Block], *, close: bool = False) -> list[Flowable]:
    """Blocks one under another; a block without content says so or is left out, as its value tells.

    ``close`` puts them nearer to each other, where that keeps something on its page.
    """
    shown = [flowable for block in made for flowable in _block(block, close=close)]
    return [Columns([(0, [])], rule=FIRM, above=4 if close else 7), *shown] if shown else []


def _block(block: Block, *, close: bool) -> list[Flowable]:
    match block:
        case Section():
            inside = [made for line in block.lines for made in text(line)]
        case Facts():
            inside = facts(block.rows)
        case Dimensions():
            inside = [_dimension(line, block, close=close) for line in block.lines]
        case Actions():
            inside = [action(item) for item in block.items]
        case Grid():
            inside = _grid(block) if block.rows else []
    if inside and isinstance(block, Dimensions):
        period = f", {block.period}" if block.period else ""
        return _titled(f"{block.title}{period} (onder geen, boven ernstig)", inside)
    if inside and isinstance(block, Grid):
        return _titled(block.title, inside)
    if not inside and isinstance(block, Section) and block.to_write:
        inside = [Spacer(0, 24)]
    if not inside and not block.empty:
        return []
    beside = inside or text(muted(block.empty))
    side = (_SIDE, text(block.title, HEADING))
    pad = 3 if close else 5
    return [Columns([side, (0, beside)], rule=HAIR, above=pad, below=pad, again=(0,))]


def _titled(words: str, inside: list[Flowable]) -> list[Flowable]:
    return kept([Columns([(0, text(words, HEADING))], above=6, below=2)], inside)


def facts(rows: Sequence[tuple[str, str]], *, label: float = 118.0) -> list[Flowable]:
    """A label and its words on each row."""
    return [
        Columns([(label, text(name, SMALL)), (0, text(words))], below=1, again=(0,))
        for name, words in rows
    ]


def person_head(head: PersonHead) -> list[Flowable]:
    """The top of a page about somebody: name and birth date, facts, limits in full, who to turn to."""
    number = f"{head.number} · " if head.number else ""
    name = text(f"{number}{head.name}, {head.born}", NAME)
    limits = head.limits or ("Behandelgrenzen: nog niet vastgelegd",)
    top = [(0.0, name), (84.0, [Spacer(0, 4), *text(head.at, RIGHT)])] if head.at else [(0.0, name)]
    made: list[Flowable] = [Columns(top)]
    if head.facts:
        made += [Spacer(0, 1), *text(BETWEEN.join(head.facts), SMALL)]
    said = text(BETWEEN.join(limits), LIMITS)
    made += [
        Spacer(0, 6),
        Columns([(9, []), (0, said)], gap=0, above=1, below=4, bar=2.6),
        Spacer(0, 5),
    ]
    return made + _pairs(head.lines)


def _pairs(lines: Sequence[tuple[str, str]]) -> list[Flowable]:
    half = (WIDTH - 14) / 2
    made: list[Flowable] = []
    for left in range(0, len(lines), 2):
        cells = [(half, [_pair(*line)]) for line in lines[left : left + 2]]
        made.append(Columns(cells, gap=14, below=1))
    return made


def _pair(label: str, words: str) -> Flowable:
    return Columns([(84, text(label, SMALL)), (0, text(Run(words, colour=INK), SMALL))], gap=6)


def running_head(words: str) -> list[Flowable]:
    """What stands above a page that continues."""
    return [Columns([(0, text([strong(words), muted(" · vervolg")]))], rule=HAIR, below=3)]


def _dimension(line: DimensionLine, block: Dimensions, *, close: bool) -> Flowable:
    found: list[str | Run] = [line.finding]
    if line.according_to:
        found.append(muted(f" ({line.according_to})"))
    if line.plan:
        found += [muted(" wat we doen: "), line.plan]
    look: dict[str, Any] = {"rule": HAIR, "below": 2 if close else 4, "again": (0,)}
    name = (_SIDE, text(strong(line.name)))
    if not line.word and not line.readings:
        told = text(found) if line.finding else text(muted("niet beoordeeld"))
        return Columns([name, (0, told)], above=3 if close else 5, **look)
    said = text([strong(line.word), f", {line.direction}" if line.direction else ""])
    steps: list[Flowable] = [_Steps(line, block, 19.0 if close else 25.0)] if line.readings else []
    words = [(_SIDE, name[1]), (92.0, []), (76.0, said), (0.0, text(found))]
    level = [(wide, [Spacer(0, 3 if close else 6), *made]) for wide, made in words]
    level[1] = (92.0, steps)
    return Columns(level, above=1 if close else 3, **look)


class _Box(Flowable):  # type: ignore[misc]
    """A box to tick with a pen; ``ticked`` once it is done."""

    def __init__(self, *, ticked: bool) -> None:
        super().__init__()
        self.ticked = ticked

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 9.0, 11.0

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0.4, 0.6, 8, 8)
        if self.ticked:
            self.canv.setLineWidth(1.3)
            self.canv.lines([(2, 4.6, 3.8, 2.6), (3.8, 2.6, 7.2, 7.2)])


def action(item: ActionLine) -> Flowable:
    """An action behind a box: "Nachtzorg aanvragen: F. Hoekstra, 27-11, open sinds 20-10"."""
    since = f"open sinds {item.since}" if item.since and not item.done else ""
    done = f"gedaan {item.done}" if item.done else ""
    tail = ", ".join(part for part in (item.who, item.due, since, done) if part)
    words = text([item.what, f": {tail}" if tail else ""])
    return Columns([(9, [_Box(ticked=bool(item.done))]), (0, words)], gap=5, below=1)


def _grid(block: Grid) -> list[Flowable]:
    def row(cells: Sequence[str], *, head: bool = False) -> Flowable:
        usable = WIDTH - 8 * (len(block.shares) - 1)
        made = []
        for number, (words, share) in enumerate(zip(cells, block.shares, strict=True)):
            run = muted(words) if head else (strong(words) if number == 0 else Run(words))
            made.append((share * usable, text(run, SMALL if head else BODY)))
        return Columns(made, rule=HAIR, above=2, below=3, again=(0,))

    return [row(block.columns, head=True), *(row(cells) for cells in block.rows)]
