"""Tables: the row of the cursor is in sight, however high the rows on the way to it are."""

import pytest
from pytestqt.qtbot import QtBot

from pzdesk.gui.cells import Cell
from pzdesk.gui.tables import Column, ValueTable
from tests.gui.conftest import settle


def words_of(row: int) -> Cell:
    return Cell(f"regel {row}", "een lange reden die over vele regels gaat " * (row % 4))


@pytest.mark.parametrize("row", [29, 14, 0])
def test_who_goes_to_a_row_sees_all_of_it(light: None, qtbot: QtBot, row: int) -> None:
    table = ValueTable([Column("what", "Wat", words_of, None, 1)], "Regels")
    qtbot.addWidget(table)
    table.resize(220, 400)
    table.show()
    table.show_rows(list(range(30)))
    settle()
    table.go_to(8)
    table.go_to(row)
    settle()
    index = table.currentIndex()
    assert index.row() == row
    assert table.viewport().rect().contains(table.visualRect(index))
