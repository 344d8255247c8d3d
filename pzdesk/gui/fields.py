"""Fields of a form: a label above, the control, help and the error beneath.

A field has a ``key`` (the name under which its draft is kept and an error finds it), ``raw`` text as typed,
and a typed ``value``; nothing chosen is None, never a first choice.
"""

from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pzdesk.domain.errors import BadInput, PzdeskError
from pzdesk.domain.person import long_date
from pzdesk.domain.typed_date import typed_date, typed_time
from pzdesk.gui.parts import text
from pzdesk.gui.theme import mark, theme

SHORT_LABEL = 4  # a label of more words, which stands just above, is not said once more


class Field(QWidget):
    """What every field shares; ``changed`` is told when the user types or chooses."""

    changed = Signal()

    def __init__(self, key: str, label: str, *, required: bool = False, help_: str = "") -> None:
        super().__init__()
        self.key = key
        self.label_words = label
        self.required = required
        self.label = text(label, "muted")
        self.help = text(help_, "small")
        self.error = text("", "error")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme().px(3))
        self.body.addWidget(self.label)
        self.label.setVisible(bool(label))

    def put(self, control: QWidget) -> None:
        """Place the control under its label, above help and error."""
        self.control = control
        control.setAccessibleName(self.label_words)
        self.setFocusProxy(control)
        self.label.setBuddy(control)
        self.body.addWidget(control)
        self.body.addWidget(self.help)
        self.body.addWidget(self.error)
        self.help.setVisible(bool(self.help.text()))
        self.error.hide()

    def is_about(self, what: str) -> None:
        """Say before its name what it is about, where a form asks the same of more: for who only hears it."""
        for part in (self.control, *self.control.findChildren(QAbstractButton)):
            part.setAccessibleName(f"{what}: {part.accessibleName()}")

    def raw(self) -> str:
        """What was typed or chosen, as text for a draft."""
        raise NotImplementedError

    def set_raw(self, raw: str) -> None:
        """Put back what ``raw`` gave."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """What the field is called, without what stands in brackets behind it."""
        return self.label_words.partition(" (")[0].rstrip("?:")

    def words_of(self, raw: str) -> str:
        """What a raw text says to people; empty when it says nothing."""
        return " · ".join(line.strip() for line in raw.splitlines() if line.strip())

    def value(self) -> Any:
        """What it means (raises ``BadInput``)."""
        return self.raw().strip()

    def checked(self) -> Any:
        """The value, or an error of this field that says what to do (raises ``BadInput``)."""
        try:
            value = self.value()
        except PzdeskError as problem:
            raise BadInput(str(problem), field=self.key) from problem
        if self.required and value in (None, "", (), []):
            raise BadInput(self.missing(), field=self.key)
        return value

    def missing(self) -> str:
        """What is said when the field must be filled and is not."""
        words = self.label_words.partition(" (")[0]
        if words.endswith("?"):
            return "Beantwoord deze vraag."
        if len(words.split()) > SHORT_LABEL:
            return "Vul dit veld in."
        return f"Vul “{words}” in."

    def set_error(self, sentence: str) -> None:
        """Show an error under the field; an empty sentence takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence or self.help.text())
        self.show_wrong(bool(sentence))

    def show_wrong(self, is_wrong: bool) -> None:  # noqa: FBT001 - one switch
        """Mark the control itself."""
        mark(self.control, "wrong" if is_wrong else "")


class TextField(Field):
    """One line."""

    def __init__(
        self,
        key: str,
        label: str,
        *,
        required: bool = False,
        help_: str = "",
        placeholder: str = "",
        most: int = 20_000,
    ) -> None:
        super().__init__(key, label, required=required, help_=help_)
        self.edit = QLineEdit()
        self.edit.setMaxLength(most)
        self.edit.setPlaceholderText(placeholder)
        self.edit.textChanged.connect(self._typed)
        self.put(self.edit)

    def _typed(self) -> None:
        self.set_error("")
        self.changed.emit()

    def raw(self) -> str:
        return self.edit.text()

    def set_raw(self, raw: str) -> None:
        self.edit.setText(raw)


class SecretField(TextField):
    """A passphrase; never kept in a draft."""

    def __init__(self, key: str, label: str, *, help_: str = "") -> None:
        super().__init__(key, label, required=True, help_=help_)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> str:
        return self.edit.text()


class AreaField(Field):
    """A text of several lines, which grows with what is typed; Tab goes to the next field."""

    LIMIT = 20_000

    def __init__(
        self, key: str, label: str, *, required: bool = False, help_: str = "", lines: int = 3
    ) -> None:
        super().__init__(key, label, required=required, help_=help_)
        self._lines, self._help = lines, help_
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.textChanged.connect(self._typed)
        self.edit.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self.put(self.edit)
        self._grow()

    def _typed(self) -> None:
        self._grow()
        count = len(self.edit.toPlainText())
        over = count - self.LIMIT
        near = f"{count} van {self.LIMIT} tekens" if count > self.LIMIT * 0.9 else ""
        self.set_error(f"{over} tekens te veel: maak de tekst korter." if over > 0 else "")
        if over <= 0:
            self.help.setText(near or self._help)
            self.help.setVisible(bool(near or self._help))
        self.changed.emit()

    def _grow(self) -> None:
        lines = max(self._lines, min(self.edit.document().size().height(), 14))
        self.edit.setFixedHeight(
            int(lines * self.edit.fontMetrics().lineSpacing()) + theme().px(22)
        )

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._grow()

    def raw(self) -> str:
        return self.edit.toPlainText()

    def set_raw(self, raw: str) -> None:
        self.edit.setPlainText(raw)


class DateField(TextField):
    """A date as people type it; what was understood is shown beneath. Empty is None.

    ``past`` says which way a short date points: True for a birth date or a talk, False for what is due.
    """

    def __init__(
        self,
        key: str,
        label: str,
        today: date,
        *,
        required: bool = False,
        past: bool | None = None,
        help_: str = "",
    ) -> None:
        super().__init__(
            key, label, required=required, help_=help_, placeholder="dd-mm-jjjj, t of +2w", most=40
        )
        self._today, self._past, self._help = today, past, help_
        self.edit.textChanged.connect(self._understood)
        self.edit.editingFinished.connect(self._write_out)

    def value(self) -> date | None:
        return typed_date(self.raw(), self._today, past=self._past)

    def set_value(self, day: date | None) -> None:
        """Show a date."""
        self.edit.setText(f"{day:%d-%m-%Y}" if day else "")

    def _understood(self) -> None:
        try:
            day = self.value()
        except PzdeskError:
            day = None
        words = long_date(day) if day else self._help
        self.help.setText(words)
        self.help.setVisible(bool(words))

    def _write_out(self) -> None:
        try:
            day = self.value()
        except PzdeskError as problem:
            self.set_error(str(problem))
            return
        if day is not None:
            self.set_value(day)


class TimeField(TextField):
    """A time of day such as 12.30; empty is None."""

    def __init__(self, key: str, label: str, *, required: bool = False) -> None:
        super().__init__(key, label, required=required, placeholder="12.30", most=10)

    def value(self) -> time | None:
        return typed_time(self.raw())


class NumberField(TextField):
    """A whole number between two bounds; empty is None."""

    def __init__(
        self,
        key: str,
        label: str,
        least: int,
        most: int,
        *,
        required: bool = False,
        help_: str = "",
    ) -> None:
        super().__init__(key, label, required=required, help_=help_, most=6)
        self._least, self._most = least, most

    def value(self) -> int | None:
        typed = self.raw().strip()
        if not typed:
            return None
        if (
            not typed.isascii()
            or not typed.isdigit()
            or not self._least <= int(typed) <= self._most
        ):
            raise BadInput(f"Vul een geheel getal in van {self._least} tot en met {self._most}.")
        return int(typed)


def focus_soon(widget: QWidget) -> None:
    """Give the focus once the widget is shown and laid out."""
    QTimer.singleShot(0, widget, lambda: widget.setFocus(Qt.FocusReason.OtherFocusReason))
