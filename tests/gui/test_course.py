"""The course on screen: the geometry of the paper, in the colours of the palette."""

from datetime import date

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from pzdesk.documents import parts as paper
from pzdesk.domain.course import Course, Reading, course
from pzdesk.gui import course as screen
from pzdesk.gui.course import CourseView

SINCE, UNTIL = date(2026, 2, 6), date(2026, 11, 20)
READINGS = (
    Reading(SINCE, 1),
    Reading(date(2026, 7, 3), 1),
    Reading(date(2026, 10, 1), 2),
    Reading(UNTIL, 3),
)


def made_by(
    module: object, monkeypatch: pytest.MonkeyPatch, draw: "object"
) -> tuple[Course, dict[str, float]]:
    """The geometry that a painter asked for, and the box it gave."""
    asked: list[tuple[Course, dict[str, float]]] = []

    def noted(readings: tuple[Reading, ...], **box: float) -> Course:
        made = course(readings, **box)  # type: ignore[arg-type]
        asked.append((made, box))
        return made

    monkeypatch.setattr(module, "course", noted)
    draw()  # type: ignore[operator]
    return asked[-1]


def test_screen_and_paper_paint_the_same_steps(
    qtbot: QtBot, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = CourseView(READINGS, "Verloop", since=SINCE, until=UNTIL)
    qtbot.addWidget(view)
    view.resize(120, 34)
    on_screen, box = made_by(screen, monkeypatch, lambda: view.render(QPixmap(120, 34)))

    class Canvas:
        def __getattr__(self, name: str) -> object:
            return lambda *_, **__: self

    line = paper.DimensionLine(name="Lichamelijk", readings=READINGS)
    steps = paper._Steps(line, paper.Dimensions(since=SINCE, until=UNTIL), 26)
    steps.canv = Canvas()
    steps.width = 96
    on_paper, page = made_by(paper, monkeypatch, steps.draw)

    def shape(made: Course, high: float, edge: float) -> list[tuple[float, float]]:
        wide = made.right - made.left
        return [
            (round((p.x - made.left) / wide, 6), round((p.y - edge) / (high - 2 * edge), 6))
            for p in made.line
        ]

    assert shape(on_screen, box["height"], box["last_dot"]) == shape(on_paper, page["height"], 2.8)
    assert len(on_screen.grid) == len(on_paper.grid) == 4
    assert len(on_screen.marks) == len(on_paper.marks) == len(READINGS)


def test_it_says_in_words_what_it_shows(qtbot: QtBot, light: None) -> None:
    view = CourseView(READINGS, "Verloop lichamelijk: 06-02-2026 licht")
    qtbot.addWidget(view)
    assert view.accessibleName() == view.toolTip() == "Verloop lichamelijk: 06-02-2026 licht"


def test_one_assessment_is_one_dot_at_the_right(qtbot: QtBot, light: None) -> None:
    view = CourseView(READINGS[-1:], "Verloop", since=UNTIL, until=UNTIL)
    qtbot.addWidget(view)
    view.resize(120, 34)
    picture = QPixmap(120, 34)
    view.render(picture)
    made = course(READINGS[-1:], width=120, height=34, since=UNTIL, until=UNTIL)
    assert len(made.marks) == 1
    assert made.marks[0].at.x == made.right
    # The dot is no larger than the geometry keeps free for it, or the end of its box would cut it.
    seen = picture.toImage()
    for y in (2, 5):  # between them goes the line of the grid
        assert seen.pixel(112, y) != seen.pixel(111, y) == seen.pixel(100, y)
