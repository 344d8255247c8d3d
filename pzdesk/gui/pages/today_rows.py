"""The lines of Vandaag: who, what waits and why, since when, whose it is, and the button that does it."""

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pzdesk.domain.person import WEEKDAYS, dutch_date, short_date
from pzdesk.domain.status import Phase
from pzdesk.domain.worklist import WorkEntry, WorkRow
from pzdesk.gui.flow import flow
from pzdesk.gui.parts import button, chip, column, holder, row, text, urgency_words
from pzdesk.gui.theme import mark, theme

CHIP_WIDTH = 140
PRESS_WIDTH, NARROW_PRESS_WIDTH = 168, 160
ASIDE_WIDTH, NARROW_ASIDE_WIDTH = 72, 48
NARROW_WHO = 142  # the longest chip
# Who, what, when and, where there is room, by whom: shares of what is left of a line.
SHARES, NARROW_SHARES = (24, 36, 16, 14), (35, 42, 24)

Key = tuple[str, int, str, int]
"""What a button is known by when the list was read anew: what the line is about, and which thing of it."""


def is_pressing(one: WorkRow) -> bool:
    """Whether the chip of somebody warns: the dying phase, "nu", terminal or "binnenkort"."""
    person = one.person
    if person is None or person.phase == Phase.DECEASED:
        return False
    kind = urgency_words(person.urgency, person.phase)[1]
    return kind in ("error", "warning") or person.phase == Phase.TERMINAL


def when_words(entry: WorkEntry, today: date) -> tuple[str, str]:
    """When something is due, in words, with the role of the text."""
    if entry.due is None:
        return "nog te doen", ""
    days = (today - entry.due).days
    if days > 0:
        return ("sinds gisteren" if days == 1 else f"sinds {days} dagen"), "error"
    if days == 0:
        return "vandaag", "warning"
    if days == -1:
        return "morgen", ""
    name = WEEKDAYS[entry.due.weekday()][:2]
    return f"{name} {short_date(entry.due, today)}", ""


class Room(Enum):
    """How much there is beside each other: columns, fewer columns, or parts under each other."""

    WIDE = auto()
    NARROW = auto()
    LEAST = auto()


class RowView(QFrame):
    """One line; it lights up while the keyboard is on it. Right shows what else waits for the same person,
    Left hides that again."""

    changed = Signal()

    def __init__(
        self,
        one: WorkRow,
        today: date,
        do: Callable[[WorkRow, WorkEntry], object],
        *,
        clinical: bool,
        room: Room,
    ) -> None:
        super().__init__()
        mark(self, "work-row")
        self.row = one
        self._today, self._do, self._room = today, do, room
        self._narrow = narrow = room is not Room.WIDE
        self._presses: list[QPushButton] = []
        self._chip = self._urgency() if clinical else None
        self._has_chips = clinical and not narrow
        self._others: QWidget | None = None
        self.body = QVBoxLayout(self)
        px = theme().px
        self.body.setContentsMargins(px(13), px(7), px(16), px(7))
        self.body.setSpacing(px(4))
        self.more: QPushButton | None = None
        if one.more:
            count = len(one.more)
            things = "1 ding" if count == 1 else f"{count} dingen"
            self.more = button(
                f"+{count}" if narrow else f"+{count} meer", self._toggle, role="chip-toggle"
            )
            self.more.setCheckable(True)
            self.more.setAccessibleName(f"Nog {things} voor {one.name}")
            self.more.setToolTip("\n".join(other.words for other in one.more))
            self.more.installEventFilter(self)
        self.body.addLayout(self._line(one.first, is_first=True))

    @property
    def is_open(self) -> bool:
        """Whether it shows what else waits for the same person."""
        return self._others is not None

    @property
    def presses(self) -> list[QPushButton]:
        """The buttons that do something, in reading order."""
        return [self._presses[0], *(self._presses[1:] if self._others is not None else ())]

    def known(self) -> Iterator[tuple[Key, QPushButton]]:
        """Each button with what it is known by."""
        entries = (self.row.first, *self.row.more)
        for entry, press in zip(entries, self.presses, strict=False):
            yield (*key_of(self.row), entry.kind.value, entry.number), press

    def show_others(self, *, is_shown: bool) -> None:
        """Show what else waits for the same person, or hide it."""
        if self.more is None or is_shown == (self._others is not None):
            return
        self.more.setChecked(is_shown)
        if is_shown:
            lines = [self._line(other, is_first=False) for other in self.row.more]
            self._others = holder(column(*lines, gap=4))
            self.body.addWidget(self._others)
        elif self._others is not None:
            if self._others.isAncestorOf(self.focusWidget() or self):
                self._presses[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._others.hide()
            self._others.deleteLater()
            self._others = None
            del self._presses[1:]
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            is_in = event.type() == QEvent.Type.FocusIn
            mark(self, "work-row-now" if is_in else "work-row")
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shows = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}.get(Qt.Key(event.key()))
            if shows is not None:
                self.show_others(is_shown=shows)
                return True
        return super().eventFilter(watched, event)

    def _toggle(self) -> None:
        self.show_others(is_shown=self._others is None)

    def _line(self, entry: WorkEntry, *, is_first: bool) -> QVBoxLayout:
        """A thing that waits; only the first of a person says who it is."""
        px, one = theme().px, self.row
        when, role = when_words(entry, self._today)
        by = _part(entry.who or "nog niemand", "muted")
        name = one.name
        press = button(entry.button, lambda: self._do(one, entry))
        press.setAccessibleName(f"{entry.button}, {name}: {entry.words}, {when}")
        press.setFixedWidth(px(NARROW_PRESS_WIDTH if self._narrow else PRESS_WIDTH))
        press.installEventFilter(self)
        self._presses.append(press)
        who = self._who() if is_first else _part("")
        what = _part(entry.words)
        if self._room is Room.LEAST:
            below = row(column(_part(when, role), by, gap=0), self._aside(is_first=is_first), press)
            below.setStretch(0, 1)
            return column(*((who,) if is_first else ()), what, below, gap=4)
        parts: list[QWidget] = []
        if self._has_chips:
            parts.append(self._chip_place(is_first=is_first))
        parts += [who, what]
        if self._narrow:
            who.setMinimumWidth(px(NARROW_WHO))
            late = column(_part(when, role), by, gap=0)
            parts.append(_centred(late))
        else:
            parts += [_part(when, role), by]
        made = row(*parts, gap=12)
        shares = NARROW_SHARES if self._narrow else SHARES
        for number, share in enumerate(shares, start=int(self._has_chips)):
            made.setStretch(number, share)
        made.addWidget(self._aside(is_first=is_first))
        made.addWidget(press)
        return column(made)

    def _aside(self, *, is_first: bool) -> QWidget:
        """The place of the button that shows what else waits; it is there on every line, for the columns."""
        aside = QWidget()
        aside.setFixedWidth(theme().px(NARROW_ASIDE_WIDTH if self._narrow else ASIDE_WIDTH))
        if is_first and self.more is not None:
            aside.setLayout(row(None, self.more, gap=0))
        return aside

    def _who(self) -> QWidget:
        person = self.row.person
        if person is None:
            return _part(self.row.name, "strong")
        born = text(dutch_date(person.birth_date), "small", wrap=False)
        name = _part(self.row.name, "strong")
        if self._narrow and self._chip is not None:
            return _centred(column(name, flow(self._chip, born, gap=8, line_gap=2), gap=1))
        return _centred(column(name, born, gap=1))

    def _urgency(self) -> QLabel | None:
        person = self.row.person
        if person is None:
            return None
        return chip(*urgency_words(person.urgency, person.phase))

    def _chip_place(self, *, is_first: bool) -> QWidget:
        place = QWidget()
        place.setFixedWidth(theme().px(CHIP_WIDTH))
        if is_first and self._chip is not None:
            place.setLayout(row(self._chip, None, gap=0))
        return place


def key_of(one: WorkRow) -> tuple[str, int]:
    """What a line is about: a person, a meeting, or an action of nobody."""
    if one.person is not None:
        return "wie", int(one.person.id)
    if one.meeting_id is not None:
        return "overleg", one.meeting_id
    return "los", one.first.number


def _part(words: str, role: str = "") -> QLabel:
    """A text whose width is its share of the line, whatever it says: so columns stand under each other."""
    made = text(words, role)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def _centred(parts: QVBoxLayout) -> QWidget:
    """Parts under each other, close together in the middle of their line."""
    parts.insertStretch(0, 1)
    parts.addStretch(1)
    made = holder(parts)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
