"""What somebody else changed while a form was open: which fields, from what to what, and whose counts now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from pzdesk.gui.choices import ChoiceField
from pzdesk.gui.fields import Field
from pzdesk.gui.parts import column, text
from pzdesk.gui.theme import mark

MINE, THEIRS = "mijn", "hun"
SOMEBODY = "Sinds u dit typte, heeft iemand anders het gewijzigd."
NOTHING_SEEN = "Wat u hier ziet, is daardoor niet veranderd. Kijk het na en sla op."
TAKEN = "Dit staat nu in het formulier. Wat u zelf typte, staat er ook nog. Kijk het na en sla op."
CHOOSE = "Waar u zelf iets anders typte"
CHOICES = ((MINE, "houd wat ik typte"), (THEIRS, "neem wat er nu staat"))
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Moved:
    """A field that somebody else changed, in raw texts; ``mine`` is what was typed here, None for nothing."""

    field: Field
    was: str
    now: str
    mine: str | None

    @property
    def words(self) -> str:
        """ "Telefoon: was 0521-1, is nu 0521-2"; with what was typed where that differs from both."""
        known = [_short(self.field.words_of(raw)) for raw in (self.was, self.now)]
        said = f"{self.field.title}: was {known[0]}, is nu {known[1]}"
        if self.mine is None:
            return f"{said}."
        return f"{said}; u typte {_short(self.field.words_of(self.mine))}."


class Difference(QFrame):
    """Stands above the fields; ``choose`` is called with whose text counts where both changed something."""

    def __init__(
        self, moved: Sequence[Moved], choose: Callable[[str], object], *, taken: str = TAKEN
    ) -> None:
        super().__init__()
        mark(self, "card-warning")
        self.setAccessibleName("Intussen gewijzigd")
        self.who = text(SOMEBODY, "warning")
        self.lines = [text(one.words, select=True) for one in moved]
        parts = column(self.who, *self.lines, gap=6, margin=12)
        self.setLayout(parts)
        self.choice: ChoiceField | None = None
        self._whose = MINE
        if any(one.mine is not None for one in moved):
            self.choice = choice = ChoiceField("difference", CHOOSE, CHOICES)
            choice.set_raw(MINE)
            choice.changed.connect(lambda: self._chosen(choose))
            parts.addWidget(choice)
        else:
            parts.addWidget(text(taken if moved else NOTHING_SEEN, "muted"))

    def _chosen(self, choose: Callable[[str], object]) -> None:
        """Once for each change of mind: a choice is told twice, what was left and what was taken."""
        whose = self.choice.raw() if self.choice is not None else ""
        if whose and whose != self._whose:
            self._whose = whose
            choose(whose)


def _short(words: str) -> str:
    if not words:
        return "leeg"
    return f"“{words if len(words) <= LONGEST else f'{words[:LONGEST]}…'}”"
