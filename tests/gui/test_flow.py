"""A flow: beside each other where there is room, beneath where there is not, never wider than the place."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pzdesk.gui.flow import FlowLayout, flow
from pzdesk.gui.parts import one_line
from tests.gui.conftest import settle


@pytest.fixture
def around(qtbot: QtBot, light: None) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def place(around: QWidget, width: int, *words: str) -> list[QWidget]:
    parts = [one_line(text) for text in words]
    around.setLayout(flow(*parts, gap=10, line_gap=2))
    around.resize(width, 400)
    around.show()
    settle()
    return list(parts)


def test_parts_stand_beside_each_other_and_go_on_beneath(around: QWidget) -> None:
    one, two, three = place(around, 240, "eerste contact", "tweede contact", "derde contact")
    assert one.y() == two.y()
    assert two.x() >= one.x() + one.width() + 10
    assert three.y() > one.y()
    assert three.x() == one.x()


def test_what_is_longer_than_a_line_wraps_within_itself(around: QWidget) -> None:
    short, long = place(
        around, 300, "kort", "een heel lange zin die nergens op een regel past " * 3
    )
    assert long.width() <= 300
    assert long.height() > 2 * short.height()
    assert long.height() >= long.heightForWidth(long.width())


def test_a_part_can_be_put_before_another(around: QWidget) -> None:
    one, two = place(around, 400, "eerste", "derde")
    layout = around.layout()
    assert isinstance(layout, FlowLayout)
    between = one_line("tweede")
    layout.insertWidget(1, between)
    settle()
    assert one.x() < between.x() < two.x()


def test_each_part_can_have_a_line_to_itself(around: QWidget) -> None:
    one, two = place(around, 400, "eerste", "tweede")
    layout = around.layout()
    assert isinstance(layout, FlowLayout)
    layout.fills = True
    layout.invalidate()
    settle()
    assert one.width() == two.width() == around.width()
    assert two.y() > one.y()


def test_it_can_ask_for_the_width_of_one_line(around: QWidget) -> None:
    one, two = place(around, 400, "eerste", "tweede")
    layout = around.layout()
    assert isinstance(layout, FlowLayout)
    layout.likes_one_line = True
    assert layout.sizeHint().width() == one.width() + 10 + two.width()
