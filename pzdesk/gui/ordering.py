"""The order of a table by keyboard too: a button that says what the rows are sorted by, with a menu."""

from functools import partial
from typing import Any

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from pzdesk.gui.parts import button
from pzdesk.gui.tables import ValueTable

DOWN_WORDS = "Omgekeerd"


def order_button(table: ValueTable[Any]) -> QPushButton:
    """A button for the order of a table; clicking a title of the table does the same."""
    made = button("Volgorde", lambda: _menu(made, table))

    def say() -> None:
        title = next((c.title for c in table.values.columns if _is_now(table, c.key)), "")
        made.setText(f"Volgorde: {title.lower()}" if title else "Volgorde")
        made.setAccessibleName(made.text())

    table.ordered.connect(say)
    say()
    return made


def _is_now(table: ValueTable[Any], key: str) -> bool:
    return table.order is not None and table.order[0] == key


def _menu(made: QPushButton, table: ValueTable[Any]) -> None:
    menu = QMenu(made)
    menu.aboutToHide.connect(menu.deleteLater)
    group = QActionGroup(menu)
    for column in table.values.columns:
        if column.sort is None:
            continue
        entry = QAction(column.title, menu)
        entry.setCheckable(True)
        entry.setChecked(_is_now(table, column.key))
        entry.triggered.connect(partial(table.sort_by, column.key, down=False))
        group.addAction(entry)
        menu.addAction(entry)
    if table.order is not None:
        key, down = table.order
        menu.addSeparator()
        turned = QAction(DOWN_WORDS, menu)
        turned.setCheckable(True)
        turned.setChecked(down)
        turned.triggered.connect(partial(table.sort_by, key, down=not down))
        menu.addAction(turned)
    menu.popup(made.mapToGlobal(made.rect().bottomLeft()))
    menu.setActiveAction(menu.actions()[0])
