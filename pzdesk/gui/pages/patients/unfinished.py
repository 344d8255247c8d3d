"""What was begun on this page and not finished, with the way on; it does not come in the way of the list."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from pzdesk.gui.bench import Bench, Said
from pzdesk.gui.parts import Card, button, clear, column, row, text

Begun = tuple[str, str, Callable[[], object]]
"""The name of a draft, what it is about in words, and what goes on with it."""


class Unfinished(QWidget):
    """A line for each draft that is kept."""

    def __init__(self, bench: Bench, begun: Sequence[Begun]) -> None:
        super().__init__()
        self._bench, self._begun = bench, begun
        self._lines = column()
        self.setLayout(self._lines)
        self.setAccessibleName("Nog niet af")
        self.hide()

    def offer(self, *, is_open: bool = False) -> None:
        """Show what is kept, unless something is open already."""
        clear(self._lines)
        for place, words, go_on in () if is_open else self._begun:
            kept = self._bench.desk.drafts.kept(place)
            if kept is None:
                continue
            told = text(f"{words} ({kept.when:%d-%m}, {kept.when:%H.%M} uur).")
            parts = row(
                told,
                button("Verdergaan", go_on),
                button("Weggooien", partial(self._throw_away, place, dict(kept.fields))),
            )
            parts.setStretch(0, 1)
            self._lines.addWidget(Card(role="card-accent").add(parts))
        self.setVisible(self._lines.count() > 0)

    def _throw_away(self, place: str, fields: dict[str, str]) -> None:
        drafts = self._bench.desk.drafts
        drafts.forget(place)
        self.offer()

        def undo() -> None:
            drafts.keep(place, fields)
            self.offer()

        self._bench.said.emit(Said("Concept weggegooid", undo, act="Terugzetten"))
