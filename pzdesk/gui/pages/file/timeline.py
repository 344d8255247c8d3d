"""Tijdlijn: everything that was recorded, newest first, with a choice of what to see."""

from functools import partial

from PySide6.QtWidgets import QButtonGroup

from pzdesk import instruments
from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import dutch_date
from pzdesk.domain.timeline import Entry, timeline
from pzdesk.gui.choices import InOrder
from pzdesk.gui.flow import FlowLayout
from pzdesk.gui.parts import button, empty, text
from pzdesk.gui.places import file_of
from pzdesk.gui.section import Section
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.gui.theme import theme
from pzdesk.services.inzage_words import former_words

KINDS = (
    ("", "Alles"),
    ("overzicht", "Stand"),
    ("markering", "Markering"),
    ("pzp", "PZP"),
    ("dimensies", "Vier dimensies"),
    ("mantelzorg", "Mantelzorg"),
    ("netwerk", "Zorgnetwerk"),
    ("reviews", "Reviews"),
    ("mdo", "MDO en acties"),
    ("acuut", "Acuut"),
)


LEAST_TABLE = 220


class TimelineSection(Section):
    """Enter on a line goes to the section where it stands."""

    key = "tijdlijn"
    title = "Tijdlijn"

    _chosen = ""

    def build(self, file: PatientFile) -> None:
        entries = timeline(file, instrument_name, partial(former_words, file))
        if not entries:
            self.body.addWidget(
                empty(
                    "Nog niets vastgelegd", "Alles wat u vastlegt, komt hier op volgorde te staan."
                )
            )
            self.body.addStretch(1)
            return
        self._entries = entries
        chips = FlowLayout(gap=theme().px(4))
        self._group = QButtonGroup(self)
        used = {entry.section for entry in entries}
        for key, words in KINDS:
            if key and key not in used:
                continue
            made = button(words, lambda key=key: self._show(key), role="chip-toggle")  # type: ignore[misc]
            made.setCheckable(True)
            made.setChecked(key == self._chosen)
            self._group.addButton(made)
            chips.addWidget(made)
        InOrder(self._group, self._group.buttons())
        self.body.addLayout(chips)
        self.table = ValueTable[Entry](_COLUMNS, "Tijdlijn")
        self.table.setMinimumHeight(theme().px(LEAST_TABLE))
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(text("Enter gaat naar het onderdeel waar de regel staat.", "small"))
        self._show(self._chosen if self._chosen in used else "")

    def _show(self, key: str) -> None:
        self._chosen = key
        self.table.show_rows([e for e in self._entries if key in ("", e.section)])

    def _open(self, entry: Entry) -> None:
        if self.file is not None:
            self.bench.go(file_of(self.file.patient.id, entry.section, entry.act))


_COLUMNS: list[Column[Entry]] = [
    Column("on", "Datum", lambda e: Cell(dutch_date(e.on)), lambda e: e.on, 14),
    Column("title", "Wat", lambda e: Cell(e.title, e.text, is_strong=True), None, 62),
    Column("by", "Door", lambda e: Cell(e.by), lambda e: e.by.casefold(), 24),
]


def instrument_name(instrument_id: str) -> str:
    """What an instrument is called, without what stands behind its name."""
    found = instruments.load_all().get(instrument_id)
    return found.title.partition(",")[0] if found is not None else instrument_id
