"""Meetinstrumenten: which there are, whose they are, and what is known of their limits."""

from PySide6.QtWidgets import QVBoxLayout

from pzdesk import instruments
from pzdesk.domain.instrument import Instrument
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, column, line, text


class InstrumentsPart(SettingsPart):
    """An instrument is a file that ships with pzdesk; nothing here is edited."""

    key = "instrumenten"
    title = "Meetinstrumenten"

    def build(self) -> None:
        made = list(instruments.load_all().values())
        for about in ("mantelzorger", "patiënt"):
            card = Card(f"Over de {about}")
            for instrument in (i for i in made if i.about == about):
                card.add(_told(instrument), line())
            self.body.addWidget(card)
        self.body.addStretch(1)


def _told(instrument: Instrument) -> QVBoxLayout:
    parts = [
        text(instrument.title, "strong"),
        text(
            f"{len(instrument.items)} vragen, versie {instrument.version}. {instrument.recording}"
        ),
        text(f"Van: {instrument.rights.holder}. Bron: {instrument.rights.source}", "small"),
    ]
    for made in instrument.scores:
        parts += [
            text(f"{band.label} ({band.from_:g} tot {_end(band.to)}); bron: {band.source}", "small")
            for band in made.bands
        ]
    return column(*parts, gap=1)


def _end(value: float | None) -> str:
    return "hoger" if value is None else f"{value:g}"
