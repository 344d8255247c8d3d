"""Weergave: light, dark or high contrast, and how large everything is."""

from pzdesk.gui.choices import ChoiceField
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, text
from pzdesk.gui.theme import SCALES, Look, theme

LOOKS = (
    (Look.SYSTEM, "zoals deze computer"),
    (Look.LIGHT, "licht"),
    (Look.DARK, "donker"),
    (Look.CONTRAST, "hoog contrast"),
)


class LookPart(SettingsPart):
    """Chosen for this user, and kept."""

    key = "weergave"
    title = "Weergave"

    def build(self) -> None:
        look = theme()
        card = Card("Weergave")
        colours = ChoiceField("look", "Kleuren", [(value.value, words) for value, words in LOOKS])
        colours.set_raw(look.look.value)
        size = ChoiceField("scale", "Grootte", [(str(n), f"{n} %") for n in SCALES])
        size.set_raw(str(look.scale))
        colours.changed.connect(lambda: self._use(colours.raw(), size.raw()))
        size.changed.connect(lambda: self._use(colours.raw(), size.raw()))
        card.add(colours, size)
        card.add(text("Groter en kleiner kan ook met Ctrl en + of -.", "small"))
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _use(self, look: str, scale: str) -> None:
        # One choice is told twice: what was left, and what was taken. The window is made anew once.
        if look and scale and (Look(look), int(scale)) != (theme().look, theme().scale):
            theme().use(Look(look), int(scale))
