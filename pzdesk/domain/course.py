"""The course of a dimension as geometry: one picture, painted on screen and on paper alike.

Below is "geen", above is "ernstig". What was found holds until it was assessed again, so the course is
drawn as steps; x is proportional to time. Lengths are in the unit of the box that is asked for (points on
paper, pixels on screen), measured from its lower left corner with y upwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

TOP_LEVEL = 3
DOT, LAST_DOT = 1.3, 2.8


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found on one day: ``level`` from 0 (geen) to the top of the scale (ernstig)."""

    on: date
    level: int


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the box."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot for one assessment; the last one is larger."""

    at: Point
    radius: float


@dataclass(frozen=True, slots=True)
class Course:
    """What is painted: grid lines from below to above, the corners of the steps, the dots in order."""

    grid: tuple[float, ...]
    left: float
    right: float
    line: tuple[Point, ...]
    marks: tuple[Mark, ...]


def course(
    readings: Iterable[Reading],
    *,
    width: float,
    height: float,
    since: date | None = None,
    until: date | None = None,
    top: int = TOP_LEVEL,
    dot: float = DOT,
    last_dot: float = LAST_DOT,
) -> Course:
    """The steps of a course in a box, with one grid line for each level from 0 to ``top``.

    ``since`` and ``until`` make several courses share one time axis; the axis always reaches as far as the
    readings do. Where it has no length (one day), the readings stand at the right, where "now" is.
    Readings of one day keep the order in which they were given.

    Raises:
        ValueError: a level is not on the scale, or the box is too small for its largest dot.
    """
    found = sorted(readings, key=lambda reading: reading.on)
    edge = max(dot, last_dot)
    if width < 2 * edge or height < 2 * edge or top < 1:
        raise ValueError("the box is too small for its dots")
    if any(not 0 <= reading.level <= top for reading in found):
        raise ValueError(f"a level lies outside 0 to {top}")
    left, right = edge, width - edge
    rise = (height - 2 * edge) / top
    days = [reading.on for reading in found]
    first = min([*days, since] if since else days, default=None)
    last = max([*days, until] if until else days, default=None)
    length = (last - first).days if first and last else 0

    def place(reading: Reading) -> Point:
        share = (reading.on - first).days / length if first and length > 0 else 1.0
        return Point(left + share * (right - left), edge + reading.level * rise)

    points = [place(reading) for reading in found]
    line: list[Point] = []
    for point in points:
        if line and line[-1].y != point.y:
            line.append(Point(point.x, line[-1].y))
        line.append(point)
    return Course(
        grid=tuple(edge + level * rise for level in range(top + 1)),
        left=left,
        right=right,
        line=tuple(line),
        marks=tuple(Mark(point, last_dot if point is points[-1] else dot) for point in points),
    )
