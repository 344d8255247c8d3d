"""Small parts of which every page is made. Texts are plain: what a user typed is never read as mark-up."""

import functools
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pzdesk.gui.shortcuts import shown
from pzdesk.gui.theme import mark, theme

LEVELS = 4  # of parts within parts; three were needed


def text(words: str, role: str = "", *, wrap: bool = True, select: bool = False) -> QLabel:
    """A line or paragraph of text."""
    return _dressed(QLabel(words), role, wrap=wrap, select=select)


def _dressed(made: QLabel, role: str, *, wrap: bool, select: bool) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        # A wrapped label must be allowed to be narrower than its longest line.
        made.setMinimumWidth(theme().px(40))
    if select:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    if role:
        mark(made, role)
    return made


class _OneLine(QLabel):
    """Likes to be one line, and wraps only where there is no room for that; Qt would rather have a square."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        wide = self.fontMetrics().boundingRect(self.text()).width()
        wide = max(wide, self.fontMetrics().horizontalAdvance(self.text())) + 2 * self.margin() + 2
        return QSize(wide, self.heightForWidth(wide))


def one_line(words: str, role: str = "", *, select: bool = False) -> QLabel:
    """A text that stands on one line where it can, for a flow of parts beside each other."""
    return _dressed(_OneLine(words), role, wrap=True, select=select)


def chip(words: str, kind: str = "neutral") -> QLabel:
    """A word on a soft ground: neutral, accent, warning, error or calm. The word says it; colour helps."""
    made = text(words, f"chip-{kind}", wrap=False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def urgency_words(urgency: str | None, phase: str | None) -> tuple[str, str]:
    """Word and kind of the chip for an urgency; the dying phase and death come first."""
    of_phase, of_urgency = _chips()
    return of_phase.get(phase or "") or of_urgency[urgency or ""]


@functools.cache
def _chips() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    # The start window is made of these parts too, and opens before anything of a patient is loaded.
    from pzdesk.domain.status import Phase, Urgency

    undecided = ("? nog niet bepaald", "neutral")
    of_phase: dict[str, tuple[str, str]] = {
        Phase.DYING: ("S stervensfase", "error"),
        Phase.DECEASED: ("overleden", "neutral"),
    }
    of_urgency: dict[str, tuple[str, str]] = {
        Urgency.NOW: ("N nu", "error"),
        Urgency.SOON: ("B binnenkort", "warning"),
        Urgency.CALM: ("R rustig", "calm"),
        Urgency.UNDECIDED: undecided,
        "": undecided,
    }
    return of_phase, of_urgency


def button(
    words: str, act: Callable[[], object], *, role: str = "", keys: str = "", tip: str = ""
) -> QPushButton:
    """A button; ``keys`` are shown beside its words where they start the same act."""
    made = QPushButton()
    made.setAccessibleName(words)
    show_keys(made, keys)
    made.setAutoDefault(True)  # Enter presses the button that has the focus
    made.setMinimumHeight(theme().target())
    if tip:
        made.setToolTip(tip)
    if role:
        mark(made, role)
    made.clicked.connect(lambda: act())
    return made


def show_keys(made: QPushButton, keys: str) -> None:
    """Show these keys beside the words of a button, or none."""
    words = made.accessibleName()
    made.setText(f"{words}   {shown(keys)}" if keys else words)


def column(*parts: QWidget | QLayout | None, gap: int = 8, margin: int = 0) -> QVBoxLayout:
    """Parts under each other; None is stretch."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margin)
    return made


def row(*parts: QWidget | QLayout | None, gap: int = 8, margin: int = 0) -> QHBoxLayout:
    """Parts beside each other; None is stretch."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margin)
    return made


def _fill(
    layout: QBoxLayout, parts: tuple[QWidget | QLayout | None, ...], gap: int, margin: int
) -> None:
    px = theme().px
    layout.setSpacing(px(gap))
    layout.setContentsMargins(*([px(margin)] * 4))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def holder(layout: QLayout, role: str = "plain") -> QWidget:
    """A widget around a layout."""
    made = QWidget()
    made.setLayout(layout)
    if role:
        mark(made, role)
    return made


class Card(QFrame):
    """A surface with a heading, an aside at its right, and parts under each other."""

    def __init__(self, heading: str = "", aside: str = "", *, role: str = "card") -> None:
        super().__init__()
        mark(self, role)
        self.body = column(gap=8, margin=16)
        self.setLayout(self.body)
        self.heading = text(heading, "heading")
        self.aside = text(aside, "muted", wrap=False)
        self.top = row(self.heading, self.aside)
        self.top.setStretch(0, 1)
        self.body.addLayout(self.top)
        self.setAccessibleName(heading)
        self.heading.setVisible(bool(heading))
        self.aside.setVisible(bool(aside))

    def add(self, *parts: QWidget | QLayout) -> "Card":
        """Put parts under what is there."""
        for part in parts:
            if isinstance(part, QLayout):
                self.body.addLayout(part)
            else:
                self.body.addWidget(part)
        return self


def fact(label: str, *values: str, strong: bool = True) -> QVBoxLayout:
    """A muted label above what is known; several values stand under each other."""
    lines = [text(value, "strong" if strong else "", select=True) for value in values]
    return column(text(label, "small"), *lines, gap=1)


def dated(day: date, words: QLayout | QWidget) -> QHBoxLayout:
    """A day at the left and what belongs to it beside it; days stand under each other."""
    when = text(f"{day:%d-%m-%Y}", "muted", wrap=False)
    when.setMinimumWidth(theme().px(84))
    made = row(when, words, gap=8)
    made.setAlignment(when, Qt.AlignmentFlag.AlignTop)
    made.setStretch(1, 1)
    return made


def line() -> QFrame:
    """A thin line between parts."""
    made = QFrame()
    mark(made, "line")
    return made


def empty(words: str, how: str, *buttons: QPushButton) -> Card:
    """What stands on an empty page: what belongs there, and how to begin."""
    made = Card()
    made.add(text(words, "large"), text(how, "muted"))
    if buttons:
        made.add(row(*buttons, None))
    return made


class _Scroll(QScrollArea):
    """Gives what is inside the height that its wrapped texts need at the width of now; Qt does not."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._give_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._give_height()
        return super().eventFilter(watched, event)

    def _give_height(self) -> None:
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if inside is not None and layout is not None and layout.hasHeightForWidth():
            layout.activate()  # layouts within layouts keep their old height until this
            # As wide as the viewport, which Python would look up among all kinds of widgets there are.
            inside.setMinimumHeight(max(0, layout.totalHeightForWidth(inside.width())))


def scroll(inside: QWidget) -> QScrollArea:
    """An area that scrolls up and down only, and follows the keyboard."""
    return _Scroll(inside)


def lay_out() -> None:
    """Lay out what waits for that, before anything is painted.

    Qt does it a level at a time, and may paint between: a slow computer would show a page squeezed.
    """
    for _ in range(LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def area_of(part: QWidget) -> QScrollArea | None:
    """The area that scrolls in which something stands."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def bring_into_sight(part: QWidget, margin: int = 48) -> None:
    """Scroll to a part, with ``margin`` pixels at 100 % around it where there is room for them; what is
    higher than its area stays.

    Qt's own ``ensureWidgetVisible`` is content when the line of the cursor is in sight, not the field.
    """
    area = area_of(part)
    inside = area.widget() if area is not None else None
    if area is None or inside is None or part.height() > (room := area.viewport().height()):
        return
    bar, high = area.verticalScrollBar(), part.mapTo(inside, QPoint(0, 0)).y()
    low = high + part.height()
    around = min(theme().px(margin), room - part.height())
    if high < bar.value():
        bar.setValue(high - around)
    elif low > bar.value() + room:
        bar.setValue(low + around - room)


def bring_to_top(part: QWidget, margin: int = 12) -> None:
    """Scroll so that a part stands at the top of its area, as far as what comes below it allows."""
    area = area_of(part)
    inside = area.widget() if area is not None else None
    if area is not None and inside is not None:
        high = part.mapTo(inside, QPoint(0, 0)).y()
        area.verticalScrollBar().setValue(high - theme().px(margin))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; what was in it goes when the event loop is back."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
