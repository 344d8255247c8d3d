"""The choices above the list of patients: in care or not, phase, urgency, and what is missing."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from pzdesk.domain.rows import PatientRow
from pzdesk.gui.flow import FlowLayout
from pzdesk.gui.pages.patients.columns import CHOICES, IN_CARE, STANDS, Choice, stand_of
from pzdesk.gui.parts import button
from pzdesk.gui.theme import mark, theme


class Chips(QWidget):
    """One of the three lists, and within it any choices together; of one kind only one at a time.

    A choice that fits nobody in the list is not there.
    """

    changed = Signal()

    def __init__(self, *, clinical: bool) -> None:
        super().__init__()
        mark(self, "plain")
        self.setAccessibleName("Wie de lijst toont")
        self.stand = IN_CARE
        self._offered: Sequence[Choice] = CHOICES if clinical else ()
        flow = FlowLayout(self, gap=theme().px(4))
        self._group = QButtonGroup(self)
        self.stands: dict[str, QPushButton] = {}
        self.choices: dict[str, QPushButton] = {}
        self._counts: dict[str, int] = {}
        for key, words in STANDS:
            self.stands[key] = self._chip(words, partial(self.use_stand, key))
            self._group.addButton(self.stands[key])
            flow.addWidget(self.stands[key])
        self.stands[self.stand].setChecked(True)
        self._is_narrow = False
        self.more = self._chip("Keuzes…", partial(self._show_choices))
        self.more.setAccessibleName("Keuzes tonen")
        self.more.hide()
        flow.addWidget(self.more)
        if self._offered:
            apart = QWidget()
            apart.setFixedWidth(theme().px(12))
            flow.addWidget(apart)
        for choice in self._offered:
            self.choices[choice.key] = self._chip(choice.words, partial(self._chosen, choice))
            flow.addWidget(self.choices[choice.key])

    @property
    def is_narrowed(self) -> bool:
        """Whether any choice leaves people out."""
        return any(made.isChecked() for made in self.choices.values())

    def fitting(self, rows: Iterable[PatientRow]) -> list[PatientRow]:
        """Who of these stands in the list and fits every choice."""
        here = [row for row in rows if stand_of(row) == self.stand]
        for choice in self._offered:
            if self.choices[choice.key].isChecked():
                here = list(filter(choice.fits, here))
        return here

    def show_counts(self, rows: Iterable[PatientRow]) -> None:
        """Say of every choice how many people it is about."""
        lists: dict[str, list[PatientRow]] = {key: [] for key, _ in STANDS}
        for row in rows:
            lists[stand_of(row)].append(row)
        for key, words in STANDS:
            self.stands[key].setText(f"{words} {len(lists[key])}")
        for choice in self._offered:
            count = sum(map(choice.fits, lists[self.stand]))
            made = self.choices[choice.key]
            made.setText(f"{choice.words} {count}")
            self._counts[choice.key] = count
        self._show_choices()

    def use_narrow(self, *, is_narrow: bool) -> None:
        """In a narrow window what can be chosen stands behind a button: the list needs the room."""
        self._is_narrow = is_narrow
        self.more.setVisible(is_narrow and bool(self._offered))
        self._show_choices()

    def _show_choices(self) -> None:
        folded = self._is_narrow and not self.more.isChecked()
        for key, made in self.choices.items():
            made.setVisible(made.isChecked() or (bool(self._counts.get(key)) and not folded))

    def use_stand(self, key: str) -> None:
        """Show one of the three lists; what was chosen within another is let go."""
        self.stands[key].setChecked(True)
        if key != self.stand:
            self.stand = key
            self._let_go()
        self.changed.emit()

    def show_everybody(self) -> None:
        """Let go of every choice within the list."""
        self._let_go()
        self.changed.emit()

    def _let_go(self) -> None:
        for made in self.choices.values():
            made.setChecked(False)

    def _chosen(self, choice: Choice) -> None:
        if choice.kind and self.choices[choice.key].isChecked():
            for other in self._offered:
                if other.kind == choice.kind and other.key != choice.key:
                    self.choices[other.key].setChecked(False)
        self.changed.emit()

    def _chip(self, words: str, act: "partial[None]") -> QPushButton:
        made = button(words, act, role="chip-toggle")
        made.setCheckable(True)
        return made
