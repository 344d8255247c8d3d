"""How flowables stand on a page: side by side, split over pages, and under a heading that stays with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable

from pzdesk.documents.page import height_of
from pzdesk.documents.style import HEADING, INK, LINE, WIDTH, muted, text

_WHOLE, _LEAST = 150.0, 40.0

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


def kept(head: list[Flowable], rest: list[Flowable]) -> list[Flowable]:
    """A head that goes to the next page with what comes after it, rather than stand alone at the foot."""
    room = height_of(head, WIDTH) + min(height_of(rest[:1], WIDTH), _WHOLE) + 16
    return [CondPageBreak(min(room, 2 * _WHOLE)), *head, *rest]


def heading(title: str, look: ParagraphStyle = HEADING) -> list[Flowable]:
    """A heading over a firm rule."""
    return [Columns([(0, text(title, look))], rule=FIRM, below=3, before=11)]
