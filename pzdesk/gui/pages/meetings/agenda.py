"""The agenda of a meeting at the left: who is on it, who is proposed and why, and the order."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from pzdesk.domain.mdo import AgendaItem, Meeting, MeetingState, agenda_count, agenda_minutes
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.practice import MeetingRules
from pzdesk.domain.proposal import Proposal, foremost
from pzdesk.domain.rows import PersonRow
from pzdesk.gui.pages.meetings.agenda_cells import AgendaCell, AgendaPainter
from pzdesk.gui.parts import Card, button, row, text, urgency_words
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.tables import Cell, Column, ValueTable

STEP = 5  # minutes


NOBODY = (
    "Niemand voorgesteld. pzdesk stelt voor wie gemarkeerd is, bij wie fase of urgentie veranderde en"
    " bij wie iets openstaat of die lang niet besproken is."
)
MOST_PROPOSED = 200
"""Who comes after so many is not discussed this time; they can still be put on the agenda by name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: an item of the agenda, or somebody who is proposed for it.

    ``is_open``: whether the meeting is still being prepared.
    """

    item: AgendaItem | None = None
    proposal: Proposal | None = None
    person: PersonRow | None = None
    is_open: bool = True

    @property
    def key(self) -> tuple[int, int]:
        """What a line is known by, also when it was ticked meanwhile."""
        if self.person is not None:
            return int(self.person.id), 0
        return 0, self.item.id if self.item is not None else 0


class _Lines(ValueTable[Line]):
    """As high as there is room, and no reason to scroll what stands around it."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), self.minimumHeight())


class AgendaCard(Card):
    """What is ticked is on the agenda; the space bar ticks, Alt with an arrow orders."""

    chosen = Signal(object)
    opened = Signal(object)
    ticked = Signal(object)
    asked_new = Signal()

    def __init__(self) -> None:
        super().__init__("Agenda", "-")
        self._is_open = self._is_adding = False
        self.aside.setWordWrap(True)  # where the card is narrow it goes on beneath itself
        self.aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.top.setStretch(0, 0)
        self.top.setStretch(1, 1)
        self.filled = QProgressBar()
        self.filled.setTextVisible(False)
        self.table = _Lines(self._columns(), "Agenda en voorgestelde mensen")
        self.table.setItemDelegate(AgendaPainter(self.table))
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self.opened.emit)
        self.table.chosen.connect(self.chosen.emit)
        self.table.ticked.connect(self.ticked.emit)
        self.table.clicked.connect(self._clicked)
        self.over = text("", "warning")
        self.also = text("", "small")
        self.nobody = text(NOBODY, "muted")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nobody.hide()
        self.add_ = button(
            "Patiënt of punt zonder dossier", self.asked_new.emit, keys=keys_of("new", "mdo")
        )
        self.add(self.filled, self.table, self.nobody, self.over, self.also, row(self.add_, None))
        for part in (self.table, self.nobody):
            self.body.setStretchFactor(part, 1)

    def show_agenda(
        self,
        meeting: Meeting,
        items: Sequence[AgendaItem],
        proposed: Sequence[Proposal] | None,
        people: dict[PatientId, PersonRow],
        rules: MeetingRules,
    ) -> None:
        """Show the items in their order, and under them who is proposed and not on the agenda.

        ``proposed`` is None while that is not known, or does not matter any more.
        """
        on = {item.patient_id for item in items}
        is_open = meeting.state is MeetingState.PREPARING
        self._is_open = is_open
        self.make_room(is_adding=self._is_adding)
        lines = [
            Line(item, None, people.get(item.patient_id or PatientId(0)), is_open=is_open)
            for item in items
        ]
        others = [proposal for proposal in proposed or () if proposal.patient_id not in on]
        lines += [
            Line(None, proposal, people.get(proposal.patient_id))
            for proposal in others[:MOST_PROPOSED]
        ]
        at_begin = self.begin_at().hasFocus()
        self.table.setVisible(bool(lines))  # an empty box says nothing
        self.nobody.setVisible(proposed is not None and not lines)
        self.table.show_rows(lines, same=lambda line: line.key)
        if at_begin:
            self.begin_at().setFocus(Qt.FocusReason.OtherFocusReason)
        minutes = agenda_minutes(items, rules, meeting.minutes)
        planned = minutes.planned
        self.aside.setText(f"{agenda_count(items)} · {planned} van {meeting.minutes} min")
        self.aside.setVisible(True)
        self.filled.setMaximum(max(meeting.minutes, 1))
        self.filled.setValue(min(planned, meeting.minutes))
        self.filled.setAccessibleName(f"Gepland: {planned} van {meeting.minutes} minuten")
        self.over.setText(f"{minutes.over} minuten meer dan er is." if minutes.over else "")
        count = sum(item.patient_id is not None for item in items)
        if count > rules.most_people:
            many = f"Meer dan {rules.most_people} mensen op één agenda."
            self.over.setText(f"{self.over.text()} {many}".strip())
        self.over.setVisible(bool(self.over.text()))
        also = f"Ook: {minutes.opening} min opening, {minutes.reserve} min reserve."
        if minutes.reserve < rules.reserve_minutes:
            left = f"nog {minutes.reserve}" if minutes.reserve else "geen"
            also = f"Ook: {minutes.opening} min opening. Reserve: {left} van {rules.reserve_minutes} min."
        if len(others) > MOST_PROPOSED:
            also += (
                f" Van de {len(others)} voorgestelde mensen staan de eerste {MOST_PROPOSED} hier."
            )
        self.also.setText(also)

    def begin_at(self) -> QWidget:
        """Where the keyboard begins: at the lines, or where there are none at what makes one."""
        return self.add_ if self.table.isHidden() else self.table

    def make_room(self, *, is_adding: bool) -> None:
        """While somebody is put on the agenda in a form above it, what leads there is not shown."""
        self._is_adding = is_adding
        for part in (self.add_, self.also):
            part.setVisible(self._is_open and not is_adding)

    def go_to(self, item_id: int) -> None:
        """Put the cursor on an item."""
        for number, line in enumerate(self.table.values.rows):
            if line.item is not None and line.item.id == item_id:
                self.table.go_to(number)

    def step(self, by: int) -> None:
        """To the next or the previous line."""
        here = self.table.currentIndex().row()
        last = len(self.table.values.rows) - 1
        if last >= 0:
            self.table.go_to(min(max(here + by, 0), last))

    def order_after(self, by: int) -> list[int] | None:
        """The ids of the agenda when the chosen item goes earlier or later; None when it cannot."""
        line = self.table.current()
        ids = [one.item.id for one in self.table.values.rows if one.item is not None]
        if line is None or line.item is None:
            return None
        here = ids.index(line.item.id)
        there = here + by
        if not 0 <= there < len(ids):
            return None
        ids[here], ids[there] = ids[there], ids[here]
        return ids

    def _clicked(self) -> None:
        if self.table.currentIndex().column() == 0:
            self.ticked.emit(self.table.current())

    def _columns(self) -> list[Column[Line]]:
        return [
            Column("tick", "Op de agenda", _tick, None, 0, least=34),
            Column("who", "Wie", _who, None, 1),
            Column("minutes", "Minuten", _minutes, None, 0, least=64),
        ]


def _tick(line: Line) -> Cell:
    is_on = line.item is not None
    words = "op de agenda" if is_on else "voorgesteld, nog niet op de agenda"
    return AgendaCell("", spoken=words, ticked=is_on)


def _who(line: Line) -> Cell:
    reasons = line.item.reasons if line.item is not None else ()
    if line.proposal is not None:
        reasons = line.proposal.reasons
    told = " · ".join(foremost(reasons))
    missing = line.is_open and line.item is not None and not line.item.question
    warning = "nog geen bespreekvraag" if missing and line.person is not None else ""
    if line.person is None:
        title = line.item.title if line.item is not None else ""
        return AgendaCell(title or "iemand", told, is_strong=True, warning=warning)
    name = short(line.person.name, line.person.sex)
    told = " · ".join(part for part in (dutch_date(line.person.birth_date), told) if part)
    urgency, kind = urgency_words(line.person.urgency, line.person.phase)
    sign = "–" if urgency == "overleden" else urgency[:1]
    spoken = ", ".join(part for part in (name, urgency, told, warning) if part)
    return AgendaCell(
        name, told, kind=kind, is_strong=True, spoken=spoken, sign=sign, warning=warning
    )


def _minutes(line: Line) -> Cell:
    if line.item is not None:
        return AgendaCell(f"{line.item.minutes} min")
    return AgendaCell("", "voorstel", spoken="voorgesteld")
