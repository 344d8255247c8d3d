"""Two versions of a PZP side by side: which two, and only what differs or every answer."""

from collections.abc import Callable

from pzdesk.domain.file import PatientFile
from pzdesk.domain.pzp import talk_rank
from pzdesk.gui.beside import Beside
from pzdesk.gui.choices import CheckField, ComboField
from pzdesk.gui.pages.file import pzp_cards as cards
from pzdesk.gui.parts import Card, button, clear, column, row

TWO_CHOICES = 420  # pixels at 100 % that two names of versions need beside each other


def comparison_card(
    file: PatientFile,
    old: int,
    new: int,
    compare: Callable[[int, int], object],
    close: Callable[[], object],
) -> Card:
    """A card in which both versions can be chosen; ``compare`` shows two others."""
    card = Card("Versies naast elkaar")
    in_order = sorted(file.pzp_versions, key=talk_rank)
    choices = [
        (str(v.number), f"{cards.version_name(v)}, {cards.standing_of(file, v)[0]}".capitalize())
        for v in in_order
    ]
    left = ComboField("links", "Links", choices, nothing="kies een versie")
    right = ComboField("rechts", "Rechts", choices, nothing="kies een versie")
    left.set_raw(str(old))
    right.set_raw(str(new))
    only = CheckField("alleen", "Alleen wat anders is", ticked=True)
    close_ = button("Sluiten", close, keys="Esc")
    card.add(Beside(left, right, least=TWO_CHOICES), row(only, None, close_))
    grid = column(gap=0)
    card.add(grid)
    by_number = {v.number: v for v in file.pzp_versions}

    def show() -> None:
        clear(grid)
        both = (by_number[old], by_number[new])
        grid.addWidget(cards.side_by_side(both, only_changes=only.value()))

    def other() -> None:
        if left.value() and right.value():
            compare(int(left.raw()), int(right.raw()))

    left.changed.connect(other)
    right.changed.connect(other)
    only.changed.connect(show)
    show()
    return card
