"""A table over a Python list of values, sorted as a list and then shown (no proxy: decisions, "Window").

A cell has a first line and, muted beneath it, a second one; it may carry a chip. Rows are as high as their
texts need, but only the rows in sight are measured.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pzdesk.gui.theme import theme

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
NO_MOST = 16_777_215  # Qt's word for as high as there is room
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


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its title, its cell for a row, what it sorts by, and its share of the width that is left
    when every column has the ``least`` (in pixels at 100 %) that its words need."""

    key: str
    title: str
    cell: Callable[[R], Cell]
    sort: Callable[[R], Any] | None = None
    share: int = 10
    least: int = 40


class ListModel(QAbstractTableModel, Generic[R]):
    """Rows in the order in which they are shown."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self.order: tuple[str, bool] | None = None

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show these columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (
            CELL,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            cell = self.columns[index.column()].cell(self.rows[index.row()])
            if role == CELL:
                return cell
            return cell.spoken or ", ".join(part for part in (cell.first, cell.second) if part)
        return None

    def title(self, section: int) -> str:
        """The title of a column, with an arrow where the rows are sorted by it."""
        column = self.columns[section]
        if self.order is None or self.order[0] != column.key:
            return column.title
        return f"{column.title} {'↓' if self.order[1] else '↑'}"

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | WRAPS
        return None


class CellPainter(QStyledItemDelegate):
    """Draws a cell in the colours of the palette."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        p, px = look.palette, look.px
        cell = index.data(CELL)
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, p.colour("accent_soft" if chosen else "surface"))
        painter.setPen(QPen(p.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), p.colour("accent"))
        inner = rect.adjusted(px(LEFT), px(7), -px(RIGHT), -px(7))
        font = _font(option, cell)
        painter.setFont(font)
        first = _broken(font, cell.first, inner.width() - (px(9) if cell.kind else 0))
        high = _height(font, first, inner.width() - (px(9) if cell.kind else 0))
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

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        px = theme().px
        cell = index.data(CELL)
        view = self.parent()
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else 120
        inner = width - px(LEFT + RIGHT)
        font, room = _font(option, cell), inner - (px(9) if cell.kind else 0)
        high = _height(font, _broken(font, cell.first, room), room)
        if cell.second:
            small = QFont(option.font)
            small.setPixelSize(px(13))
            high += _height(small, _broken(small, cell.second, inner), inner) + px(1)
        return QSize(width, max(high + px(15), px(36)))


def _font(option: QStyleOptionViewItem, cell: Cell) -> QFont:
    font = QFont(option.font)
    if cell.is_strong or cell.kind or cell.is_late:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _height(font: QFont, words: str, width: int) -> int:
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


class ValueTable(QTableView, Generic[R]):
    """``opened`` is told with a row on Enter or a double click, ``chosen`` with the row of the cursor,
    ``ticked`` with a row on the space bar, ``ordered`` when the rows are sorted by another column.

    A table that ``hugs`` its rows is no higher than they are.
    """

    opened = Signal(object)
    chosen = Signal(object)
    ticked = Signal(object)
    ordered = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        name: str,
        parent: QWidget | None = None,
        *,
        hugs: bool = False,
    ) -> None:
        super().__init__(parent)
        self._hugs = hugs
        self.values = ListModel[R](columns)
        self.setModel(self.values)
        self.setAccessibleName(name)
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(52))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self._sort_by)
        self._given: list[R] = []
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self.fit)
        self.verticalScrollBar().valueChanged.connect(lambda: self._fitting.start(0))
        self.activated.connect(lambda index: self.opened.emit(self.values.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._moved)

    def show_rows(self, rows: Sequence[R], same: Callable[[R], object] | None = None) -> None:
        """Show rows; ``same`` gives what a row is known by, to keep the cursor where it was."""
        here = self.current()
        keep = same(here) if same is not None and here is not None else None
        self._given = list(rows)
        self.values.show_rows(self._in_order())
        index = 0
        if same is not None and keep is not None:
            index = next((i for i, r in enumerate(self.values.rows) if same(r) == keep), 0)
        if self.values.rows:
            self.go_to(index)
        self._fitting.start(0)

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns."""
        self.values.show_columns(columns)
        self._share_out()
        self._fitting.start(0)

    def current(self) -> R | None:
        """The row of the cursor."""
        index = self.currentIndex()
        return self.values.rows[index.row()] if index.isValid() else None

    def go_to(self, row: int) -> None:
        """Put the cursor on a row."""
        index = self.values.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    @property
    def order(self) -> tuple[str, bool] | None:
        """The key of the column that the rows are sorted by, and whether from the last to the first."""
        return self.values.order

    def sort_by(self, key: str, *, down: bool = False) -> None:
        """Sort by a column."""
        self.values.order = (key, down)
        self.show_rows(self._given, same=id)
        self._share_out()  # an arrow may make a title one line longer
        self.ordered.emit()

    def fit(self) -> None:
        """Make the rows in sight as high as their texts need."""
        first = max(self.rowAt(0), 0)
        high = self.viewport().height()
        row, used = first, 0
        while row < len(self.values.rows) and used <= high + 60:
            self.resizeRowToContents(row)
            used += self.rowHeight(row)
            row += 1
        if self._hugs:
            whole = first == 0 and row == len(self.values.rows)
            around = self.horizontalHeader().height() + 2 * self.frameWidth()
            most = max(used + around, self.minimumHeight()) if whole else NO_MOST
            if most != self.maximumHeight():
                self.setMaximumHeight(most)

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share_out()
        self._fitting.start(0)

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.current()
            if row is not None:
                self.opened.emit(row)
            return
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            row = self.current()
            if row is not None:
                self.ticked.emit(row)
            return
        super().keyPressEvent(event)

    def _share_out(self) -> None:
        """Each column what its words need and of what is left its share; the header as high as its titles."""
        px, columns = theme().px, self.values.columns
        total = sum(column.share for column in columns) or 1
        least = sum(px(column.least) for column in columns)
        width, used, high = self.viewport().width(), 0, 0
        left = max(width - least, 0)
        font = self.horizontalHeader().font()
        for number, column in enumerate(columns):
            mine = px(column.least) + left * column.share // total
            if least > width:
                mine = width * px(column.least) // least
            if number == len(columns) - 1:
                mine = width - used
            self.setColumnWidth(number, mine)
            used += mine
            room = mine - px(LEFT + RIGHT)
            high = max(high, _height(font, self.values.title(number), room))
        self.horizontalHeader().setFixedHeight(max(high + px(17), px(36)))

    def _sort_by(self, section: int) -> None:
        column = self.values.columns[section]
        if column.sort is None:
            return
        was = self.order
        self.sort_by(column.key, down=was is not None and was == (column.key, False))

    def _in_order(self) -> list[R]:
        if self.order is None:
            return self._given
        key, down = self.order
        column = next((c for c in self.values.columns if c.key == key), None)
        if column is None or column.sort is None:
            return self._given
        sort = column.sort
        known = [row for row in self._given if sort(row) is not None]
        unknown = [row for row in self._given if sort(row) is None]
        return sorted(known, key=sort, reverse=down) + unknown  # nothing known stands last, always

    def _moved(self) -> None:
        row = self.current()
        if row is not None:
            self.chosen.emit(row)
