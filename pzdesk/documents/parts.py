"""What papers are made of: columns that split over pages, headings, facts, the course, lists with boxes.

The dataclasses are what services fill; the functions turn them into flowables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from pzdesk.documents.page import height_of
from pzdesk.documents.style import (
    BETWEEN,
    BODY,
    GRID,
    HEADING,
    INK,
    LIMITS,
    LINE,
    NAME,
    RIGHT,
    SMALL,
    WIDTH,
    Content,
    Run,
    muted,
    strong,
    text,
)
from pzdesk.domain.course import Reading, course

_WHOLE = 150.0
_LEAST = 40.0
_SIDE = 96.0

Cell = tuple[float, list[Flowable]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line under a row: its colour and its width in points."""

    colour: Color
    width: float = 0.5


HAIR, FIRM = Rule(LINE), Rule(INK, 0.9)


class Columns(Flowable):  # type: ignore[misc]
    """Flowables side by side, with a rule below; what is higher than a sixth of a page goes on overleaf.

    A cell is a width in points (0: what is left) with its flowables; the cells numbered in ``again`` are
    repeated on the next page with "vervolg". ReportLab's own table cannot split a cell in which something
    else than text stands, and then gives no paper at all.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        *,
        rule: Rule | None = None,
        above: float = 0.0,
        below: float = 0.0,
        gap: float = 8.0,
        least: float = 0.0,
        bar: float = 0.0,
        before: float = 0.0,
        again: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self.cells, self.rule, self.bar, self.again = list(cells), rule, bar, again
        self.above, self.below, self.gap, self.least = above, below, gap, least
        self.spaceBefore = before
        self.carried = False

    def _placed(self, width: float) -> list[tuple[float, float, list[Flowable]]]:
        fixed = sum(wide for wide, _ in self.cells) + self.gap * (len(self.cells) - 1)
        rest = max(width - fixed, 20.0)
        placed, x = [], 0.0
        for wide, made in self.cells:
            placed.append((x, wide or rest, made))
            x += (wide or rest) + self.gap
        return placed

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        highest = max(height_of(made, wide) for _, wide, made in self._placed(width))
        self.height = max(self.above + highest + self.below, self.least)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        room = height - self.above - self.below
        if self.wrap(width, height)[1] <= _WHOLE or room < _LEAST:
            return []
        tops: list[Cell] = []
        rests: list[Cell] = []
        moved = False
        for number, (_, wide, made) in enumerate(self._placed(width)):
            top, rest = _split(made, wide, room)
            repeated = number in self.again and not rest and height_of(made, wide) < _WHOLE
            moved = moved or (bool(top) and not repeated)
            if repeated and made:
                rest = made if self.carried else [*made, *text(muted("vervolg"))]
            tops.append((wide, top))
            rests.append((wide, rest))
        if not moved:
            return []
        look: dict[str, Any] = {"above": self.above, "below": self.below, "gap": self.gap}
        look |= {"bar": self.bar, "again": self.again}
        after = Columns(rests, rule=self.rule, **look)
        after.carried = True
        return [Columns(tops, **look), after]

    def draw(self) -> None:
        for x, wide, made in self._placed(self.width):
            y = self.height - self.above
            for one in made:
                y -= one.wrapOn(self.canv, wide, y)[1]
                one.drawOn(self.canv, x, y)
        if self.rule:
            self.canv.setStrokeColor(self.rule.colour)
            self.canv.setLineWidth(self.rule.width)
            self.canv.line(0, 0, self.width, 0)
        if self.bar:
            self.canv.setFillColor(INK)
            self.canv.rect(0, 0, self.bar, self.height, stroke=0, fill=1)


def _split(
    flowables: list[Flowable], width: float, room: float
) -> tuple[list[Flowable], list[Flowable]]:
    top: list[Flowable] = []
    for number, one in enumerate(flowables):
        high = one.wrap(width, room)[1]
        if high > room:
            parts = one.split(width, room)
            return [*top, *parts[:1]], [*(parts[1:] or [one]), *flowables[number + 1 :]]
        top.append(one)
        room -= high
    return top, []


class _Steps(Flowable):  # type: ignore[misc]
    """The course of one dimension as steps; below is "geen", above is "ernstig"."""

    def __init__(self, line: "DimensionLine", since: date | None, until: date | None) -> None:
        super().__init__()
        self.line, self.since, self.until = line, since, until

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 25.0
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
    """Lines of text under a heading; without lines the ``empty`` words, without those nothing at all."""

    title: str
    lines: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Pairs of a label and its words under a heading."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionLine:
    """One dimension: its course, the latest word with its direction, what was found, according to whom."""

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
    """An action: what, who, when due, open since when; ``done`` ticks the box and says when or how."""

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


def blocks(made: Sequence[Block]) -> list[Flowable]:
    """Blocks one under another; a block without content says so or is left out, as its value tells."""
    shown = [flowable for block in made for flowable in _block(block)]
    return [Columns([(0, [])], rule=FIRM, above=7), *shown] if shown else []


def _block(block: Block) -> list[Flowable]:
    match block:
        case Section():
            inside = [made for line in block.lines for made in text(line)]
        case Facts():
            inside = facts(block.rows)
        case Dimensions():
            inside = [_dimension(line, block) for line in block.lines]
        case Actions():
            inside = [action(item) for item in block.items]
        case Grid():
            inside = _grid(block) if block.rows else []
    if inside and isinstance(block, Dimensions):
        period = f", {block.period}" if block.period else ""
        return _titled(f"{block.title}{period} (onder geen, boven ernstig)", inside)
    if inside and isinstance(block, Grid):
        return _titled(block.title, inside)
    if not inside and not block.empty:
        return []
    beside = inside or text(muted(block.empty))
    side = (_SIDE, text(block.title, HEADING))
    return [Columns([side, (0, beside)], rule=HAIR, above=5, below=5, again=(0,))]


def _titled(words: str, inside: list[Flowable]) -> list[Flowable]:
    return kept([Columns([(0, text(words, HEADING))], above=6, below=2)], inside)


def kept(head: list[Flowable], rest: list[Flowable]) -> list[Flowable]:
    """A head that goes to the next page with what comes after it, rather than stand alone at the foot."""
    room = height_of(head, WIDTH) + min(height_of(rest[:1], WIDTH), _WHOLE) + 16
    return [CondPageBreak(min(room, 2 * _WHOLE)), *head, *rest]


def heading(title: str, look: ParagraphStyle = HEADING) -> list[Flowable]:
    """A heading over a firm rule."""
    return [Columns([(0, text(title, look))], rule=FIRM, below=3, before=11)]


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


def _dimension(line: DimensionLine, block: Dimensions) -> Flowable:
    said: Content = [strong(line.word), f", {line.direction}" if line.direction else ""]
    if not line.word:
        said = muted("niet beoordeeld")
    found: list[str | Run] = [line.finding]
    if line.according_to:
        found.append(muted(f" ({line.according_to})"))
    if line.plan:
        found += [muted(" wat we doen: "), line.plan]
    return Columns(
        [
            (_SIDE, [Spacer(0, 6), *text(strong(line.name))]),
            (92, [_Steps(line, block.since, block.until)]),
            (76, [Spacer(0, 6), *text(said)]),
            (0, [Spacer(0, 6), *text(found)]),
        ],
        rule=HAIR,
        above=3,
        below=4,
        again=(0,),
    )


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
    since = f"open sinds {item.since}" if item.since else ""
    tail = ", ".join(part for part in (item.who, item.due, since, item.done) if part)
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
