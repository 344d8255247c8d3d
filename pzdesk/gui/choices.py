"""Fields of a form in which something is chosen: one of a few, one of many, any of several."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from pzdesk.domain.errors import BadInput
from pzdesk.gui.fields import Field, TextField
from pzdesk.gui.flow import FlowLayout
from pzdesk.gui.theme import mark, theme

Choices = Sequence[tuple[str, str]]


CHOOSE = "Maak een keuze."
SAME = "Er zijn er meer die precies zo heten: pzdesk weet niet wie u bedoelt."
LIKENESS = QCompleter.CompletionMode.UnfilteredPopupCompletion
MOST_TOLD = 3  # lines that a sentence can name
STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class InOrder(QObject):
    """Lets arrows go along buttons in the order of reading, also over the end of a line; Qt goes by place."""

    def __init__(self, parent: QObject, buttons: Sequence[QAbstractButton]) -> None:
        super().__init__(parent)
        self._buttons = list(buttons)
        for button in self._buttons:
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in STEPS
            and isinstance(watched, QAbstractButton)
        ):
            here = self._buttons.index(watched)
            to = self._buttons[(here + STEPS[Qt.Key(event.key())]) % len(self._buttons)]
            if watched.isChecked():
                to.click()  # an answer goes along; none stays none
            to.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)


class ChoiceField(Field):
    """One of a few, all in sight: arrows go along, Space or their number chooses, Delete takes it away."""

    def __init__(
        self, key: str, label: str, choices: Choices, *, required: bool = False, help_: str = ""
    ) -> None:
        super().__init__(key, label, required=required, help_=help_)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        around = QWidget()
        flow = FlowLayout(around, gap=theme().px(12), line_gap=0)
        for value, words in choices:
            radio = QRadioButton(words)
            asked = label if label.endswith("?") or not label else f"{label}:"
            radio.setAccessibleName(f"{asked} {words}".strip())
            radio.installEventFilter(self)
            self._group.addButton(radio)
            self._buttons[value] = radio
            flow.addWidget(radio)
        self._group.buttonToggled.connect(self._chosen)
        InOrder(self, list(self._buttons.values()))
        self.put(around)
        self.setFocusProxy(next(iter(self._buttons.values())))

    def _chosen(self) -> None:
        self.set_error("")
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        ):
            self.set_raw("")
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and (radio := self._of_number(event.text())) is not None
        ):
            radio.setChecked(True)
            radio.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _of_number(self, typed: str) -> QRadioButton | None:
        """The first, second, third; where the choices are numbers themselves, the one that says it."""
        radios = list(self._buttons.values())
        if all(radio.text().isdecimal() for radio in radios):
            return next((radio for radio in radios if radio.text() == typed), None)
        nth = int(typed) if typed.isdecimal() else 0
        return radios[nth - 1] if 0 < nth <= len(radios) else None

    def show_wrong(self, is_wrong: bool) -> None:  # noqa: FBT001 - one switch
        return

    def missing(self) -> str:
        return CHOOSE

    def raw(self) -> str:
        return next((value for value, b in self._buttons.items() if b.isChecked()), "")

    def words_of(self, raw: str) -> str:
        return self._buttons[raw].text() if raw in self._buttons else ""

    def value(self) -> str | None:
        return self.raw() or None

    def set_raw(self, raw: str) -> None:
        self._group.setExclusive(False)
        for value, radio in self._buttons.items():
            radio.setChecked(value == raw)
        self._group.setExclusive(True)
        self._chosen()


class _Combo(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()  # scrolling the page must never change an answer


class ComboField(Field):
    """One of many; nothing chosen shows ``nothing`` and is None."""

    def __init__(
        self,
        key: str,
        label: str,
        choices: Choices,
        *,
        required: bool = False,
        help_: str = "",
        nothing: str = "nog niet gekozen",
    ) -> None:
        super().__init__(key, label, required=required, help_=help_)
        self.box = _Combo()
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(12)
        self.box.addItem(nothing, "")
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(self._chosen)
        self.put(self.box)

    def set_choices(self, choices: Choices) -> None:
        """Give it another list beneath what says that nothing was chosen."""
        while self.box.count() > 1:
            self.box.removeItem(1)
        for value, words in choices:
            self.box.addItem(words, value)

    def _chosen(self) -> None:
        self.set_error("")
        self.changed.emit()

    def missing(self) -> str:
        return CHOOSE

    def raw(self) -> str:
        return str(self.box.currentData() or "")

    def words_of(self, raw: str) -> str:
        return self.box.itemText(self.box.findData(raw)) if raw else ""

    def value(self) -> str | None:
        return self.raw() or None

    def set_raw(self, raw: str) -> None:
        self.box.setCurrentIndex(max(self.box.findData(raw), 0))


class _Enter(QObject):
    """Enter over the list of what fits takes the line that is chosen there, and is Enter in the field too.

    Qt lets the list swallow it: then nothing was taken, and the keyboard was still in the field.
    """

    def __init__(self, completer: QCompleter, edit: QLineEdit) -> None:
        super().__init__(completer)
        self._completer, self._edit = completer, edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, QAbstractItemView)
        ):
            line, lines = watched.currentIndex(), watched.model()
            is_likeness = self._completer.completionMode() is LIKENESS
            if not line.isValid() and is_likeness and lines.rowCount() == 1:
                line = lines.index(0, 0)
            watched.hide()
            if line.isValid():
                self._edit.setText(str(line.data()))
            QApplication.sendEvent(self._edit, event.clone())
            return True
        return super().eventFilter(watched, event)


class PickField(TextField):
    """Type-ahead over people or organisations: any part of any word finds. What is not in the list may be
    typed when ``free``; ``value`` is then the text, else the value of the chosen line.

    Where nothing in the list reads so, ``like`` may find what was perhaps meant; that is offered, and one
    alone is written out when the field is left.
    """

    def __init__(
        self,
        key: str,
        label: str,
        choices: Choices,
        *,
        free: bool = False,
        required: bool = False,
        help_: str = "",
    ) -> None:
        super().__init__(key, label, required=required, help_=help_, placeholder="typ om te zoeken")
        self._free = free
        self._offered = QStringListModel(self)
        self._is_likeness = False
        self.set_choices(choices)
        self.edit.textEdited.connect(self._offer)
        self.edit.editingFinished.connect(self._write_out)

    def set_choices(
        self, choices: Choices, like: Callable[[str], Sequence[str]] | None = None
    ) -> None:
        """Give it another list; ``like`` gives the values of the lines that are like what was typed."""
        self._like, self._is_likeness = like, False
        self._by_words = {words: value for value, words in choices}
        # Who reads the same as another cannot be told apart by what is typed.
        self._same = {words for value, words in choices if self._by_words[words] != value}
        self._offered.setStringList(list(self._by_words))
        completer = QCompleter(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            mark(popup, "popup")
            popup.installEventFilter(_Enter(completer, self.edit))
        self.edit.setCompleter(completer)

    def value(self) -> str | None:
        typed = self.raw().strip()
        if not typed:
            return None
        if typed in self._same:
            raise BadInput(SAME)
        if typed in self._by_words:
            return self._by_words[typed]
        like = [words for words in self._by_words if typed.casefold() in words.casefold()]
        if len(like) == 1 and like[0] in self._same and not self._free:
            raise BadInput(SAME)
        if len(like) == 1 and not self._free:
            return self._by_words[like[0]]
        if self._free:
            return typed
        if like:
            raise BadInput("Er zijn er meer die zo heten. Kies een regel uit de lijst.")
        alike = self._alike(typed)
        if not alike:
            raise BadInput("Dit staat niet in de lijst. Kies een regel uit de lijst.")
        how = "Enter neemt die regel over" if len(alike) == 1 else "Kies een regel uit de lijst"
        raise BadInput(f"Bedoelt u {' of '.join(alike[:MOST_TOLD])}? {how}.")

    def _alike(self, typed: str) -> list[str]:
        """The lines that are like what was typed, where none reads so."""
        if (
            self._like is None
            or not typed
            or any(typed.casefold() in w.casefold() for w in self._by_words)
        ):
            return []
        values = self._like(typed)
        words = {value: words for words, value in self._by_words.items()}
        return [words[value] for value in values if value in words]

    def _offer(self, typed: str) -> None:
        """Let the list show what is like it, where nothing reads as what is typed."""
        alike = self._alike(typed.strip())
        if not alike and not self._is_likeness:
            return
        self._is_likeness = bool(alike)
        self._offered.setStringList(alike or list(self._by_words))
        mode = LIKENESS if alike else QCompleter.CompletionMode.PopupCompletion
        self.edit.completer().setCompletionMode(mode)

    def _write_out(self) -> None:
        alike = self._alike(self.raw().strip())
        if len(alike) == 1 and alike[0] not in self._same:
            self.edit.setText(alike[0])

    def set_value(self, value: str) -> None:
        """Show the line of a value."""
        found = next((words for words, kept in self._by_words.items() if kept == value), value)
        self.edit.setText(found)


class CheckField(Field):
    """Ticked or not ticked."""

    def __init__(self, key: str, label: str, *, help_: str = "", ticked: bool = False) -> None:
        super().__init__(key, "", help_=help_)
        self.label_words = label
        self.box = QCheckBox(label)
        self.box.setChecked(ticked)
        self.box.toggled.connect(lambda: self.changed.emit())
        self.put(self.box)

    def raw(self) -> str:
        return "ja" if self.box.isChecked() else ""

    def words_of(self, raw: str) -> str:
        return "aangevinkt" if raw == "ja" else "niet aangevinkt"

    def value(self) -> bool:
        return self.box.isChecked()

    def set_raw(self, raw: str) -> None:
        self.box.setChecked(raw == "ja")


class ChecksField(Field):
    """Any of several; the value is a tuple in the order of the choices.

    ``needs`` is what is said where none is ticked and one must be.
    """

    def __init__(
        self, key: str, label: str, choices: Choices, *, help_: str = "", needs: str = ""
    ) -> None:
        super().__init__(key, label, required=bool(needs), help_=help_)
        self._needs = needs
        self._boxes: dict[str, QCheckBox] = {}
        around = QWidget()
        flow = FlowLayout(around, gap=theme().px(12), line_gap=0)
        for value, words in choices:
            box = QCheckBox(words)
            box.setAccessibleName(f"{label}: {words}" if label else words)
            box.toggled.connect(self._ticked)
            self._boxes[value] = box
            flow.addWidget(box)
        self.put(around)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def show_wrong(self, is_wrong: bool) -> None:  # noqa: FBT001 - one switch
        return

    def raw(self) -> str:
        return "\n".join(value for value, box in self._boxes.items() if box.isChecked())

    def words_of(self, raw: str) -> str:
        return ", ".join(self._boxes[one].text() for one in raw.split("\n") if one in self._boxes)

    def missing(self) -> str:
        return self._needs

    def _ticked(self) -> None:
        self.set_error("")
        self.changed.emit()

    def value(self) -> tuple[str, ...]:
        return tuple(self.raw().split("\n")) if self.raw() else ()

    def set_raw(self, raw: str) -> None:
        kept = set(raw.split("\n"))
        for value, box in self._boxes.items():
            box.setChecked(value in kept)
