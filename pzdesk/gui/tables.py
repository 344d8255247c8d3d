"""A table over a Python list of values, sorted as a list and then shown (no proxy: decisions, "Window").

Rows are as high as their texts need, but only the rows in sight are measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from pzdesk.gui.cells import CELL, LEFT, RIGHT, WRAPS, Cell, CellPainter, Index, height_of
from pzdesk.gui.theme import theme

__all__ = ["Cell", "Column", "ListModel", "ValueTable"]

R = TypeVar("R")
NO_MOST = 16_777_215  # Qt's word for as high as there is room


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


_FIRST = itemgetter(0)


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

    def show_rows(
        self,
        rows: Sequence[R],
        same: Callable[[R], object] | None = None,
        *,
        is_sorted: bool = False,
    ) -> None:
        """Show rows; ``same`` gives what a row is known by, to keep the cursor where it was.

        ``is_sorted``: they come out of ``in_order``, so a key in a filter does not sort again.
        """
        here = self.current()
        keep = same(here) if same is not None and here is not None else None
        self._given = list(rows)
        self.values.show_rows(self._given if is_sorted else self.in_order(self._given))
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

    def in_order(self, rows: Sequence[R]) -> Sequence[R]:
        """Rows in the order of the table; where nothing is known they stand last, always."""
        if self.order is None:
            return rows
        key, down = self.order
        column = next((c for c in self.values.columns if c.key == key), None)
        if column is None or column.sort is None:
            return rows
        sort = column.sort
        keyed = [(sort(row), row) for row in rows]
        known = [pair for pair in keyed if pair[0] is not None]
        unknown = [row for value, row in keyed if value is None]
        known.sort(key=_FIRST, reverse=down)
        return [row for _, row in known] + unknown

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

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll to a row; what comes into sight above it first gets its height, and pushes nothing away."""
        row, used, room = index.row(), 0, self.viewport().rect()
        if not room.contains(self.visualRect(index)):
            while row >= 0 and used <= room.height():
                self.resizeRowToContents(row)
                used += self.rowHeight(row)
                row -= 1
            self.updateGeometries()  # else the last row is as far away as it was
        super().scrollTo(index, hint)

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
            high = max(high, height_of(font, self.values.title(number), room))
        self.horizontalHeader().setFixedHeight(max(high + px(17), px(36)))

    def _sort_by(self, section: int) -> None:
        column = self.values.columns[section]
        if column.sort is None:
            return
        was = self.order
        self.sort_by(column.key, down=was is not None and was == (column.key, False))

    def _moved(self) -> None:
        row = self.current()
        if row is not None:
            self.chosen.emit(row)
