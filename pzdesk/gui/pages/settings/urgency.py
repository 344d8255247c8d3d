"""The scale of urgency, as word, letter and colour; what each word means."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pzdesk.domain.labels import label
from pzdesk.domain.status import Complexity, Phase, Urgency
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, chip, row, text, urgency_words
from pzdesk.gui.theme import theme

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
            card.add(_meaning(*urgency_words(urgency, None), means))
        card.add(
            _meaning(*urgency_words(None, Phase.DYING), "Gaat in elke lijst vóór de urgentie.")
        )
        card.add(
            text("Iemand van het team kiest de urgentie; pzdesk rekent haar niet uit.", "small")
        )
        self.body.addWidget(card)
        other = Card("Complexiteit: wie er nodig is, een andere maat dan urgentie")
        for complexity, means in COMPLEX.items():
            other.add(text(f"{label(complexity).capitalize()}: {means[0].lower()}{means[1:]}"))
        self.body.addWidget(other)
        self.body.addStretch(1)


def _meaning(words: str, kind: str, means: str) -> QHBoxLayout:
    place = QWidget()
    place.setFixedWidth(theme().px(150))
    place.setLayout(row(chip(words, kind), None, gap=0))
    made = row(place, text(means), gap=8)
    made.setStretch(1, 1)
    return made
