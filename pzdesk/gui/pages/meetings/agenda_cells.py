"""How a line of the agenda is drawn: a tick, urgency and name, the reasons, what is missing, minutes."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from pzdesk.gui.cells import CELL, LEFT, RIGHT, WRAP, Cell, CellPainter, Index, height_of
from pzdesk.gui.icons import picture
from pzdesk.gui.theme import theme

SMALL, BOX = 13, 17


@dataclass(frozen=True, slots=True)
class AgendaCell(Cell):
    """A cell that may be a box to tick, and under its muted lines one of warning.

    A ``sign`` stands on a chip of its ``kind`` before the first line; what is beneath has the whole width.
    """

    sign: str = ""
    ticked: bool | None = None
    warning: str = ""


class AgendaPainter(CellPainter):
    """Draws the boxes as they look everywhere, and warnings in their colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL)
        if not isinstance(cell, AgendaCell):
            super().paint(painter, option, index)
            return
        p, px = theme().palette, theme().px
        painter.save()
        inner = self.ground(painter, option, index)
        if cell.ticked is not None:
            _box(painter, inner, is_ticked=cell.ticked)
        if cell.sign:
            _chip(painter, inner, _strong(option.font), cell)
        for words, font, colour, top, left in _lines(option.font, cell, inner.width()):
            painter.setFont(font)
            painter.setPen(p.colour(colour))
            painter.drawText(inner.adjusted(left, top, 0, px(20)), WRAP, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        cell = index.data(CELL)
        if not isinstance(cell, AgendaCell):
            return super().sizeHint(option, index)
        px = theme().px
        width = self.width_of(index)
        inner = width - px(LEFT + RIGHT)
        high = px(BOX) if cell.ticked is not None else 0
        for words, font, _, top, left in _lines(option.font, cell, inner):
            high = top + height_of(font, words, inner - left)
        return QSize(width, max(high + px(15), theme().target(36)))


def _lines(font: QFont, cell: AgendaCell, width: int) -> list[tuple[str, QFont, str, int, int]]:
    """Text, font, colour, top and left of each part of a cell, from above."""
    strong = _strong(font) if cell.is_strong else QFont(font)
    small, warning = QFont(font), _strong(font)
    for one in (small, warning):
        one.setPixelSize(theme().px(SMALL))
    left = _chip_width(_strong(font), cell.sign) + theme().px(8) if cell.sign else 0
    made, top = [], 0
    for words, face, colour in (
        (cell.first, strong, "text" if cell.is_strong else "muted"),
        (cell.second, small, "muted"),
        (cell.warning, warning, "warning"),
    ):
        if words:
            made.append((words, face, colour, top, left))
            top += height_of(face, words, width - left) + theme().px(1)
        left = 0
    return made


def _strong(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _chip_width(font: QFont, words: str) -> int:
    return QFontMetrics(font).horizontalAdvance(words) + theme().px(14)


def _chip(painter: QPainter, inner: QRect, font: QFont, cell: AgendaCell) -> None:
    """The sign on a chip, as ``parts.chip`` has it."""
    p, px, metrics = theme().palette, theme().px, QFontMetrics(font)
    is_neutral = cell.kind == "neutral"
    box = QRect(inner.x(), inner.y(), _chip_width(font, cell.sign), metrics.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(p.colour("background" if is_neutral else f"{cell.kind}_soft"))
    painter.drawRoundedRect(box, px(4), px(4))
    painter.setFont(font)
    painter.setPen(p.colour("muted" if is_neutral else cell.kind))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.sign)


def _box(painter: QPainter, inner: QRect, *, is_ticked: bool) -> None:
    """A box as a check box has it."""
    look = theme()
    p, px = look.palette, look.px
    box = QRect(inner.x(), inner.y() + px(1), px(BOX), px(BOX))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(p.colour("accent" if is_ticked else "field_line"), 1))
    painter.setBrush(p.colour("accent" if is_ticked else "surface"))
    painter.drawRoundedRect(box, px(4), px(4))
    if is_ticked:
        tick = picture("check", "on_accent", BOX - 4)
        painter.drawPixmap(box.topLeft().x() + px(2), box.topLeft().y() + px(2), tick)
