"""Everything that a program can still show, say or undo: its widgets, models, texts and clipboard."""

import gc
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from pzdesk.domain.action import Action
from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import AgendaItem
from pzdesk.domain.network import Naaste
from pzdesk.domain.patient import Patient
from pzdesk.domain.pzp import PzpVersion
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.search import Hit
from pzdesk.domain.status import Status

ABOUT_SOMEBODY = (
    Action,
    AgendaItem,
    Hit,
    Naaste,
    Patient,
    PatientFile,
    PatientRow,
    PzpVersion,
    Status,
)


def words_of(widget: QWidget) -> Iterator[str]:
    """Everything a widget shows, says, or has at hand."""
    yield widget.windowTitle()
    yield widget.windowFilePath()
    yield widget.objectName()
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        yield widget.selectedText()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
        yield widget.placeholderText()
    if isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    if isinstance(widget, QProgressBar):
        yield widget.format()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        yield from words_in(model)
    for action in widget.actions():
        yield from words_of_action(action)


def words_of_action(action: QAction) -> Iterator[str]:
    """What an entry of a menu says."""
    yield from (action.text(), action.toolTip(), action.statusTip(), str(action.data() or ""))


def words_in(model: QAbstractItemModel) -> Iterator[str]:
    """What a model holds in any of its roles."""
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.UserRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    )
    # A list has one column, and does not say so.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            yield from (str(model.index(row, column).data(role)) for role in roles)


def others() -> Iterator[str]:
    """What is in no widget: texts with what can be undone in them, models, lists to complete from."""
    for one in gc.get_objects():
        # Asking what is no object of Qt for its class may run its code.
        if not issubclass(type(one), QObject) or not isValid(one):
            continue
        if isinstance(one, QTextDocument):
            yield one.toPlainText()
        elif isinstance(one, QAbstractItemModel):
            yield from words_in(one)
        elif isinstance(one, QCompleter):
            yield one.completionPrefix()
            yield from words_in(one.model())
        elif isinstance(one, QAction):
            yield from words_of_action(one)


def everything_shown() -> str:
    """All words of all widgets of this program, hidden ones too, and what it put on the clipboard."""
    said = [words for widget in QApplication.allWidgets() for words in words_of(widget)]
    data = QApplication.clipboard().mimeData()  # none where nothing was copied
    kinds = data.formats() if data is not None else []
    copied = [bytes(data.data(kind).data()).decode(errors="replace") for kind in kinds]
    return "\n".join([*said, *copied, QApplication.clipboard().text()])


def everything_left() -> str:
    """All that is left in a program that is locked, what is in no widget too."""
    return "\n".join([everything_shown(), *others()])


def with_undo() -> list[QWidget]:
    """The widgets in which something that was typed can be brought back."""
    return [
        one
        for one in QApplication.allWidgets()
        if (isinstance(one, QLineEdit) and (one.isUndoAvailable() or one.isRedoAvailable()))
        or (isinstance(one, QPlainTextEdit | QTextEdit) and one.document().isUndoAvailable())
    ]


def people_in_memory() -> list[object]:
    """Every value in memory that is about somebody, also what Python may let go of already."""
    return [one for one in gc.get_objects() if type(one) in ABOUT_SOMEBODY]
