"""Over pzdesk: which version this is, what it is for, and what to send along when something is wrong."""

from pzdesk import __version__, content
from pzdesk.gui.diagnostics import show_diagnostics
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, button, row, text


class AboutPart(SettingsPart):
    """For everybody: whoever sees something go wrong can tell it."""

    key = "over"
    title = "Over pzdesk"

    def build(self) -> None:
        card = Card(f"pzdesk {__version__}")
        card.add(text(content.intended_purpose(), select=True))
        self.body.addWidget(card)
        wrong = Card("Als er iets mis is")
        wrong.add(
            text(
                "Het diagnostische bestand helpt wie pzdesk maakt om de oorzaak te vinden: versies, "
                "aantallen, of alles heel is, en waar in de code het misging. U leest het eerst zelf; er "
                "staan geen gegevens van patiënten of gebruikers in, en pzdesk verstuurt niets."
            )
        )
        self.diagnose = button("Diagnostisch bestand…", lambda: show_diagnostics(self.window()))
        wrong.add(row(self.diagnose, None))
        self.body.addWidget(wrong)
        self.body.addStretch(1)
