"""Stand en verloop: what holds now of each kind of dated row, since when and according to whom, and what held
before; with the button to record what is not known, or to take back what is wrong."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.person import dutch_date
from pzdesk.domain.status import VALUES, Phase, Status, StatusKind
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.pages.file import header_words
from pzdesk.gui.pages.file.status_forms import history
from pzdesk.gui.parts import Card, button, column, holder, line, text
from pzdesk.gui.places import file_of
from pzdesk.gui.theme import theme
from pzdesk.services import paper_words

KINDS = (
    StatusKind.PHASE,
    StatusKind.URGENCY,
    StatusKind.COMPLEXITY,
    StatusKind.WHEREABOUTS,
    StatusKind.RESPONSIBLE,
    StatusKind.CENTRAL_CARER,
    StatusKind.CARE,
)
NARROW = 400
MOST_EARLIER = 3


def standing_card(bench: Bench, file: PatientFile, wrong: Callable[[Status], object]) -> Card:
    """The card; ``wrong`` begins to take a row back."""
    return StandingCard(bench, file, wrong)


class StandingCard(Card):
    """A line for each kind; where the card is narrow the name of the kind stands above what holds."""

    def __init__(self, bench: Bench, file: PatientFile, wrong: Callable[[Status], object]) -> None:
        super().__init__("Stand en verloop")
        self._is_narrow: bool | None = None
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme().px(12))
        self.grid.setVerticalSpacing(theme().px(4))
        self.add(self.grid)
        may_write = bench.desk.session.has(Right.WRITE_FILE)
        self._lines: list[tuple[QLabel, QWidget, QPushButton | None]] = []
        for kind in KINDS:
            now = file.now(kind)
            if now is None and (kind is StatusKind.CARE or not file.is_active):
                continue
            name = label(kind)
            name = f"{name[:1].upper()}{name[1:]}"
            made = None
            if may_write and now is not None:
                made = button("Klopt niet", partial(wrong, now), role="quiet")
                made.setAccessibleName(f"Klopt niet: {row_words(file, now)}")
            elif may_write:
                go = file_of(file.patient.id, "overzicht", kind.value)
                made = button("Vastleggen", partial(bench.go, go), role="quiet")
                made.setAccessibleName(f"Vastleggen: {name.lower()}")
            self._lines.append((text(name, "muted"), _told(file, kind, now), made))
        if paper_words.capacity(file) == header_words.CAPABLE:
            said = text(header_words.CAPABLE, "strong")
            self._lines.append((text("Beslissen", "muted"), said, None))
        self._rules = [line() for _ in self._lines]
        self._place(is_narrow=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place(is_narrow=self.width() < theme().px(NARROW))

    def _place(self, *, is_narrow: bool) -> None:
        if self._is_narrow is is_narrow:
            return
        self._is_narrow = is_narrow
        while self.grid.takeAt(0) is not None:
            pass
        top = Qt.AlignmentFlag.AlignTop
        for number, (name, told, made) in enumerate(self._lines):
            at = number * 3
            self.grid.addWidget(self._rules[number], at, 0, 1, 3)
            self.grid.addWidget(name, at + 1, 0, 1, 2 if is_narrow else 1, top)
            self.grid.addWidget(told, at + (2 if is_narrow else 1), 0 if is_narrow else 1, top)
            if made is not None:
                self.grid.addWidget(made, at + 1, 2, 2 if is_narrow else 1, 1, top)
        self.grid.setColumnMinimumWidth(0, 0 if is_narrow else theme().px(130))
        self.grid.setColumnStretch(0 if is_narrow else 1, 1)
        self.grid.setColumnStretch(1 if is_narrow else 0, 0)


def row_words(file: PatientFile, row: Status) -> str:
    """A dated row on one line: its kind, its value and since when."""
    return f"{label(row.kind)} {value_words(file, row)} sinds {dutch_date(row.since)}"


def value_words(file: PatientFile, row: Status) -> str:
    """The value of a dated row in words."""
    kinds = VALUES[row.kind]
    if kinds is None:
        who = file.professionals.get(row.professional_id or 0)
        return paper_words.professional_words(file, who) if who is not None else "niemand"
    more = " ".join(part for part in (row.place, row.phone) if part)
    return f"{label(kinds(row.value))}{f', {more}' if more else ''}"


def _told(file: PatientFile, kind: StatusKind, now: Status | None) -> QWidget:
    if now is None:
        return text("niet vastgelegd", "muted")
    day = "op" if kind is StatusKind.PHASE and now.value == Phase.DECEASED else "sinds"
    by = f", volgens {now.said_by}" if now.said_by else ""
    parts = [
        text(value_words(file, now), "strong", select=True),
        text(f"{day} {dutch_date(now.since)}{by}", "muted", select=True),
    ]
    if now.note:
        parts.append(text(now.note, select=True))
    before = [row for row in history(file, kind) if not row.retracted and row.id != now.id]
    if before:
        said = "; ".join(
            f"{_short(file, row)} ({dutch_date(row.since)})" for row in before[:MOST_EARLIER]
        )
        parts.append(text(f"eerder: {said}", "small", select=True))
    return holder(column(*parts, gap=0))


def _short(file: PatientFile, row: Status) -> str:
    who = file.professionals.get(row.professional_id or 0)
    return who.name if who is not None else value_words(file, row)
