"""Parts that every page is made of: what has the keyboard is in sight."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pzdesk.gui.parts import bring_into_sight, scroll


@pytest.mark.parametrize("high", [100, 60, 130])
@pytest.mark.parametrize("begins_at", [0, 600])
def test_a_whole_field_comes_into_sight_also_where_there_is_little_room_around_it(
    light: None, qtbot: QtBot, high: int, begins_at: int
) -> None:
    inside = QWidget()
    inside.setFixedSize(200, 800)
    field = QWidget(inside)
    field.setGeometry(0, 400, 100, high)
    area = scroll(inside)
    qtbot.addWidget(area)
    area.resize(240, 130)
    area.show()
    area.verticalScrollBar().setValue(begins_at)
    bring_into_sight(field)
    assert area.viewport().rect().contains(field.geometry().translated(inside.pos()))
