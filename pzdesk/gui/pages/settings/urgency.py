"""The scale of urgency, as word, letter and colour; what each word means."""

from pzdesk.domain.labels import label
from pzdesk.domain.status import Complexity, Phase, Urgency
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, chip, row, text, urgency_words

MEANS = {
    Urgency.NOW: "De situatie vraagt iemand binnen dagen.",
    Urgency.SOON: "De situatie vraagt iemand binnen weken.",
    Urgency.CALM: "De situatie is rustig; het gaat om maanden.",
    Urgency.UNDECIDED: "Nog niet beoordeeld. Niets krijgt vanzelf een lage urgentie.",
}
COMPLEX = {
    Complexity.LOW: "Het eigen team is genoeg.",
    Complexity.COMPLEX: "Advies van een specialist is nodig: in het overleg, telefonisch of in een consult.",
    Complexity.HIGH: "Een specialist behandelt mee.",
}


class UrgencyPart(SettingsPart):
    """The words are fixed, so that everybody in the region means the same; who chose and when is kept."""

    key = "urgentie"
    title = "Urgentie en complexiteit"

    def build(self) -> None:
        card = Card("Urgentie")
        for urgency, means in MEANS.items():
            words, kind = urgency_words(urgency, None)
            parts = row(chip(words, kind), text(means), gap=12)
            parts.setStretch(1, 1)
            card.add(parts)
        words, kind = urgency_words(None, Phase.DYING)
        parts = row(chip(words, kind), text("Gaat in elke lijst vóór de urgentie."), gap=12)
        parts.setStretch(1, 1)
        card.add(parts)
        card.add(
            text("Iemand van het team kiest de urgentie; pzdesk rekent haar niet uit.", "small")
        )
        self.body.addWidget(card)
        other = Card("Complexiteit: wie er nodig is, een andere maat dan urgentie")
        for complexity, means in COMPLEX.items():
            other.add(text(f"{label(complexity)}: {means}"))
        self.body.addWidget(other)
        self.body.addStretch(1)
