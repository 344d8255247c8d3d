"""Parts stand beside each other only where there is room."""

import pytest
from pytestqt.qtbot import QtBot

from pzdesk.gui.beside import Beside
from pzdesk.gui.parts import text
from tests.gui.conftest import settle


@pytest.mark.usefixtures("light")
def test_parts_go_below_each_other_when_there_is_no_room_and_back_when_there_is(
    qtbot: QtBot,
) -> None:
    left, right = text("links"), text("rechts")
    made = Beside(left, right, least=400, shares=(3, 1))
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    settle()
    assert left.y() == right.y()
    assert left.width() > 2 * right.width()
    made.resize(300, 200)
    settle()
    assert left.y() < right.y()
    assert left.width() == right.width()
    made.resize(500, 200)
    settle()
    assert left.y() == right.y()
