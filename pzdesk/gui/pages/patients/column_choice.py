"""Which columns the list of patients shows: those that were chosen, as far as there is room for them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from pzdesk.domain.rows import PatientRow
from pzdesk.gui.bench import Bench
from pzdesk.gui.pages.patients.columns import columns
from pzdesk.gui.parts import button
from pzdesk.gui.tables import Column
from pzdesk.gui.theme import theme

SIDES = 60  # the room beside the table, at 100 %
ROOMY = 900  # from this width, at 100 %, a cell may say more
FIRST_TO_GO = ("where", "meeting", "review", "carer", "pzp")
"""Which columns go where there is no room for all; what matters most stays."""
COLUMNS = "patienten-kolommen"


class ColumnChoice:
    """The button with the menu of columns; ``changed`` is called when another choice was made."""

    def __init__(self, bench: Bench, changed: Callable[[], object], *, clinical: bool) -> None:
        self._bench, self._changed, self._clinical = bench, changed, clinical
        self.button = button("Kolommen", self._choose)
        self.lacks_room = False
        """Whether columns that were chosen are left out."""

    def fitting(self, width: int) -> list[Column[PatientRow]]:
        """The columns that were chosen, without those for which a page of this width has no room."""
        px = theme().px
        every = columns(self._bench.today, clinical=self._clinical, narrow=self.is_narrow(width))
        shown = [one for one in every if one.key not in self._hidden()]
        chosen, room = len(shown), width - px(SIDES)
        for key in FIRST_TO_GO:
            if sum(px(one.least) for one in shown) > room * 1.08:
                shown = [one for one in shown if one.key != key]
        self.lacks_room = len(shown) < chosen
        return shown

    @staticmethod
    def is_narrow(width: int) -> bool:
        """Whether a cell says less in a page of this width."""
        return width < theme().px(ROOMY)

    def _hidden(self) -> list[str]:
        return list(self._bench.desk.preferences.remembered(COLUMNS, []))

    def _choose(self) -> None:
        menu = QMenu(self.button)
        menu.aboutToHide.connect(menu.deleteLater)
        hidden = self._hidden()
        for one in columns(self._bench.today, clinical=self._clinical)[1:]:
            entry = QAction(one.title, menu)
            entry.setCheckable(True)
            entry.setChecked(one.key not in hidden)
            entry.toggled.connect(partial(self._show, one.key))
            menu.addAction(entry)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _show(self, key: str, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        hidden = [one for one in self._hidden() if one != key]
        self._bench.desk.preferences.remember(COLUMNS, hidden if is_shown else [*hidden, key])
        self._changed()
