"""Klembord: how long what was copied stays on the clipboard, for this user."""

from pzdesk.gui import clipboard
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import ChoiceField
from pzdesk.gui.parts import Card, text

_WORDS = (
    "Wat u uit pzdesk kopieert, gaat daarna weer van het klembord; ook bij vergrendelen en afsluiten. "
    "Programma’s die gekopieerde teksten bewaren, krijgen het verzoek deze over te slaan."
)


def copied_card(bench: Bench) -> Card:
    """The choice, kept at once; what is on the clipboard now goes by the time that held when it came."""
    choices = bench.desk.preferences
    card = Card("Klembord")
    minutes = ChoiceField(
        "copied",
        "Van het klembord na",
        [(str(n), f"{n} {'minuut' if n == 1 else 'minuten'}") for n in clipboard.CHOICES],
    )
    minutes.set_raw(str(choices.remembered(clipboard.MINUTES_OF, clipboard.MINUTES)))

    def keep() -> None:
        if minutes.raw():
            choices.remember(clipboard.MINUTES_OF, int(minutes.raw()))

    minutes.changed.connect(keep)
    card.add(minutes, text(_WORDS, "small"))
    return card
