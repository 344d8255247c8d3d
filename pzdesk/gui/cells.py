"""What stands in a cell of a table, and how it is drawn: a first line, and muted beneath it a second one.

The first line may stand on a chip. No word is cut off: one that is wider than its column is broken.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pzdesk.gui.theme import theme

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
LEFT, RIGHT = 10, 4  # the room around the words of a cell
WRAPS = int(Qt.TextFlag.TextWordWrap)
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; ``kind`` puts the first line on a chip (see ``parts.chip``).

    ``spoken`` is what a screen reader says and a tip shows where the cell holds a sign or a letter.
    """

    first: str
    second: str = ""
    kind: str = ""
    is_strong: bool = False
    is_late: bool = False
    spoken: str = ""


class CellPainter(QStyledItemDelegate):
    """Draws a cell in the colours of the palette."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        p, px = look.palette, look.px
        cell = index.data(CELL)
        painter.save()
        inner = self.ground(painter, option, index)
        font = _font(option, cell)
        painter.setFont(font)
        first = _broken(font, cell.first, inner.width() - (px(9) if cell.kind else 0))
        high = height_of(font, first, inner.width() - (px(9) if cell.kind else 0))
        if cell.kind:
            ground = "background" if cell.kind == "neutral" else f"{cell.kind}_soft"
            ink = "muted" if cell.kind == "neutral" else cell.kind
            wide = QFontMetrics(font).horizontalAdvance(first) + px(14)
            box = QRect(inner.x(), inner.y(), min(wide, inner.width()), high)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(p.colour(ground))
            painter.drawRoundedRect(box, px(4), px(4))
            painter.setPen(p.colour(ink))
            painter.drawText(box.adjusted(px(7), 0, -px(2), 0), WRAP, first)
        else:
            painter.setPen(p.colour("error" if cell.is_late else "text"))
            painter.drawText(inner, WRAP, first)
        if cell.second:
            small = QFont(option.font)
            small.setPixelSize(px(13))
            painter.setFont(small)
            painter.setPen(p.colour("muted"))
            second = _broken(small, cell.second, inner.width())
            painter.drawText(inner.adjusted(0, high + px(1), 0, 0), WRAP, second)
        painter.restore()

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRect:
        """Draw what lies under the words: the row of the cursor is marked; gives the room for them."""
        p, px = theme().palette, theme().px
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, p.colour("accent_soft" if chosen else "surface"))
        painter.setPen(QPen(p.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), p.colour("accent"))
        return rect.adjusted(px(LEFT), px(7), -px(RIGHT), -px(7))

    def width_of(self, index: Index) -> int:
        """How wide the column of a cell is."""
        view = self.parent()
        return view.columnWidth(index.column()) if isinstance(view, QTableView) else 120

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        px = theme().px
        cell = index.data(CELL)
        width = self.width_of(index)
        inner = width - px(LEFT + RIGHT)
        font, room = _font(option, cell), inner - (px(9) if cell.kind else 0)
        high = height_of(font, _broken(font, cell.first, room), room)
        if cell.second:
            small = QFont(option.font)
            small.setPixelSize(px(13))
            high += height_of(small, _broken(small, cell.second, inner), inner) + px(1)
        return QSize(width, max(high + px(15), theme().target(36)))


def _font(option: QStyleOptionViewItem, cell: Cell) -> QFont:
    font = QFont(option.font)
    if cell.is_strong or cell.kind or cell.is_late:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def height_of(font: QFont, words: str, width: int) -> int:
    """How high words are, wrapped at a width."""
    if not words:
        return 0
    box = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 20), 10_000), WRAP, words)
    return box.height()


def _broken(font: QFont, words: str, width: int) -> str:
    """Words with places to break in what is wider than its column, which Qt would cut off."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(words) <= width:
        return words
    parts = []
    for word in words.split(" "):
        if metrics.horizontalAdvance(word) > width:
            pieces = [
                part for piece in _PIECES.findall(word) for part in _cut(metrics, piece, width)
            ]
            parts.append("\u200b".join(pieces))
        else:
            parts.append(word)
    return " ".join(parts)


def _cut(metrics: QFontMetrics, piece: str, width: int) -> list[str]:
    """Parts of a word that fit, each as long as it can be."""
    parts = [""]
    for letter in piece:
        if parts[-1] and metrics.horizontalAdvance(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


_PIECES = re.compile(r"[^-/]*[-/]+|[^-/]+")
