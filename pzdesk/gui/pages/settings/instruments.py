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
            for number, instrument in enumerate(i for i in made if i.about == about):
                if number:
                    card.add(line())
                card.add(_told(instrument))
            self.body.addWidget(card)
        self.body.addStretch(1)


def _told(instrument: Instrument) -> QVBoxLayout:
    count = len(instrument.items)
    questions = "1 vraag" if count == 1 else f"{count} vragen"
    parts = [
        text(instrument.title, "strong"),
        text(f"{questions}, versie {instrument.version}. {instrument.recording}"),
        text(
            f"Van: {instrument.rights.holder.rstrip('.')}. Bron: {instrument.rights.source}",
            "small",
        ),
    ]
    for made in instrument.scores:
        by_source: dict[str, list[str]] = {}
        for band in made.bands:
            span = _span(band.from_, band.to)
            by_source.setdefault(band.source, []).append(f"{band.label} ({span})")
        parts += [
            text(f"Gepubliceerd: {'; '.join(bands)}. Bron: {source}", "small")
            for source, bands in by_source.items()
        ]
    return column(*parts, gap=1)


def _span(begin: float, end: float | None) -> str:
    """From and to of a band; one score is said as one."""
    if end is None:
        return f"{begin:g} of hoger"
    return f"{begin:g}" if begin == end else f"{begin:g} tot en met {end:g}"
