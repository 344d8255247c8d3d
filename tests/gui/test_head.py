"""The head of a page: on one line where it fits, below each other where it does not, and never cut."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.head import HeadLayout, head
from pzdesk.gui.parts import button, text
from pzdesk.gui.places import Place
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle

Over = Callable[[Desk], Frame]
As = Callable[[str], Desk]


def test_what_can_be_done_stands_at_the_right_or_else_below(light: None) -> None:
    around = QWidget()
    title, first, last = text("Acties", "title"), button("Nieuw", str), button("Volgorde", str)
    around.setLayout(head(title, first, last))
    around.resize(700, 200)
    around.show()
    QApplication.processEvents()
    assert (title.x(), last.geometry().right()) == (0, 699)
    assert title.y() < first.geometry().bottom()
    around.resize(180, 200)
    QApplication.processEvents()
    assert last.y() > title.geometry().bottom()
    assert last.geometry().right() < 180
    around.deleteLater()


@pytest.mark.parametrize("page", ["vandaag", "patienten", "acties"])
@pytest.mark.parametrize("scale", [100, 150])
def test_no_button_at_the_head_of_a_page_is_cut_in_the_smallest_window(
    window_over: Over, demo_desk: As, page: str, scale: int
) -> None:
    theme().use(Look.LIGHT, scale)
    frame = window_over(demo_desk("poh"))
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    frame.go(Place(page=page))
    settle()
    layout = frame.page.findChild(HeadLayout)
    assert layout is not None
    parts = [item.widget() for n in range(layout.count()) if (item := layout.itemAt(n)) is not None]
    for part in filter(None, parts):
        if part.isVisible():
            assert part.width() >= part.sizeHint().width(), part
            assert part.geometry().right() < frame.page.width()
    assert frame.width() == LEAST_WIDTH
