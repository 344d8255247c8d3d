"""A form: fields under and beside each other, Enter to the next, errors beneath, drafts as you type."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from pzdesk.domain.errors import BadInput, PzdeskError, Stale
from pzdesk.gui.difference import THEIRS, Difference, Moved
from pzdesk.gui.fields import Field, SecretField, focus_soon
from pzdesk.gui.flow import flow
from pzdesk.gui.parts import Card, button, row, text
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import theme

if TYPE_CHECKING:  # the first window has forms before any service is loaded
    from pzdesk.services.drafts import DraftService

Typing = tuple[str, int, int]
"""Where somebody types: the name of the draft of a form, the number of the field, and where in its text."""

KEPT_AFTER_MS = 700
LEAST = 74  # pixels at 100 % that the narrowest field of a line needs
USUAL = 120  # and each of them on average
GAP = 12
_LISTENED = (QLineEdit, QComboBox, QRadioButton, QCheckBox)
"""Where Enter goes on to the next field."""


class Form(Card):
    """A card with fields. ``save`` gets the values by key, and raises or shows what is wrong itself.

    ``place`` names the draft; without one nothing is kept (passphrases, searching). ``enter_saves``: Enter on
    the last field saves at once, where nobody looks the form over first.
    """

    def __init__(
        self,
        heading: str,
        save: Callable[[dict[str, Any]], object],
        *,
        cancel: Callable[[], object] | None = None,
        words: str = "Opslaan",
        place: str = "",
        drafts: "DraftService | None" = None,
        enter_saves: bool = False,
        cancel_words: str = "Annuleren",
    ) -> None:
        super().__init__(heading)
        self._save = save
        self._fields: dict[str, Field] = {}
        self._lines: list[tuple[QBoxLayout, tuple[Field, ...], tuple[int, ...]]] = []
        self._place = place
        self._drafts = drafts if place else None
        self._was_typed = False
        self.cancel = cancel
        self.reads_only = text("", "warning")
        self.reads_only.setVisible(False)
        self.body.addWidget(self.reads_only)
        self.restored = text("", "small")
        self.discard = button("Concept weggooien", self._throw_away, role="quiet")
        self._as_it_was: dict[str, str] = {}
        for part in (self.restored, self.discard):
            part.setVisible(False)
        self.general = text("", "error")
        self.general.setVisible(False)
        self.difference: Difference | None = None
        self._version: int | None = None
        self._begun: dict[str, str] = {}
        self.again: Callable[[Stale], bool] | None = None
        """Makes this form anew over what somebody else changed meanwhile; whether that could be done."""
        told = row(self.restored, self.discard, gap=8)
        told.setStretch(0, 1)
        self.body.addLayout(told)
        self._enter_saves = enter_saves
        keys = "Return" if enter_saves else keys_of("save")
        self.submit = button(words, self.try_save, role="primary", keys=keys)
        self.buttons = flow(self.submit, gap=theme().px(8))
        self._cancel = button(cancel_words, cancel, keys="Esc") if cancel is not None else None
        if self._cancel is not None:
            self.buttons.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)

    def row(self, *fields: Field, shares: tuple[int, ...] = ()) -> "Form":
        """Fields beside each other, and below each other where they would be too narrow."""
        line, shares = row(gap=GAP), shares or (1,) * len(fields)
        for field, share in zip(fields, shares, strict=True):
            self._take(field)
            line.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        if len(fields) > 1:
            self._lines.append((line, fields, shares))
        return self

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        around = self.body.contentsMargins()
        room, px = event.size().width() - around.left() - around.right(), theme().px
        way = QBoxLayout.Direction
        for line, fields, shares in self._lines:
            has_room = room >= px(USUAL) * len(shares) and all(
                room * share // sum(shares) - px(GAP) >= max(px(LEAST), _least_width(field))
                for field, share in zip(fields, shares, strict=True)
            )
            if has_room == (line.direction() == way.LeftToRight):
                continue
            line.setDirection(way.LeftToRight if has_room else way.TopToBottom)
            for number, share in enumerate(shares):
                line.setStretch(number, share if has_room else 0)

    def of_version(self, version: int) -> "Form":
        """It changes what was kept before, in this version: what others change meanwhile is told."""
        self._version = version
        return self

    def part(self, words: str) -> "Form":
        """A heading between fields."""
        self.body.addWidget(text(words, "heading"))
        return self

    def put(self, widget: QWidget) -> "Form":
        """Something that is no field."""
        self.body.addWidget(widget)
        return self

    def ready(self) -> "Form":
        """Close the form with its buttons, put a kept draft back, and watch what is typed."""
        self.body.addWidget(self.general)
        self.body.addLayout(self.buttons)
        self._begun = self._raws()
        self._restore()
        for field in self._fields.values():
            field.changed.connect(self._typed)
        return self

    def field(self, key: str) -> Field:
        """A field by its key."""
        return self._fields[key]

    @property
    def place(self) -> str:
        """Under which name its draft is kept; empty where none is."""
        return self._place

    @property
    def was_typed(self) -> bool:
        """Whether the user typed something that is not saved."""
        return self._was_typed

    @property
    def keeps_drafts(self) -> bool:
        """Whether what is typed here is kept as a draft: then saving it needs that this window may write."""
        return self._drafts is not None

    def begin(self) -> None:
        """Give the first field the focus; typing replaces what it begins with, as after Tab.

        Where there is nothing to fill in, only to agree to, the way back has it: Enter does no harm.
        """
        first = next(iter(self._fields.values()), None)
        choice = self.difference.choice if self.difference is not None else None
        if choice is not None and first is not None:
            QWidget.setTabOrder(choice.focusProxy() or choice, first.focusProxy() or first)
            focus_soon(choice)
        elif first is not None:
            focus_soon(first)
            if isinstance(first.control, QLineEdit) and not self._was_typed:
                first.control.selectAll()
        else:
            focus_soon(self._cancel or self.submit)

    def try_save(self) -> None:
        """Check every field and save; the first wrong field gets the focus."""
        values: dict[str, Any] = {}
        wrong: Field | None = None
        self._general("")
        for key, field in self._fields.items():
            if not field.isVisibleTo(self):
                continue
            try:
                values[key] = field.checked()
            except BadInput as problem:
                field.set_error(str(problem))
                wrong = wrong or field
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._save(values)

    def tell_wrong(self, problem: PzdeskError) -> None:
        """Show an error under the field it is about, or else above the buttons.

        Where somebody else changed the same, this form gives way to one that shows the difference.
        """
        if isinstance(problem, Stale) and self._version is not None and self.again is not None:
            self._was_typed = True
            self.keep_draft()
            if self.again(problem):
                return
        field = self._fields.get(getattr(problem, "field", ""))
        if field is None:
            self._general(str(problem))
            if QApplication.focusWidget() is None:  # it was shut while something was tried
                self.begin()
            return
        field.set_error(str(problem))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_changed(self, told: str) -> None:
        """Say who changed the same meanwhile, and when."""
        if self.difference is None:
            self._show_difference([])
        if self.difference is not None:
            self.difference.who.setText(told)
        for part in (self.restored, self.discard):
            part.setVisible(False)

    def tell_reads_only(self, why: str) -> None:
        """Say before anything is typed why it cannot be saved now; empty when it can."""
        self.reads_only.setText(why)
        self.reads_only.setVisible(bool(why))
        self.submit.setToolTip(why)
        self.submit.setAccessibleDescription(why)

    def saved(self) -> None:
        """What was typed stands in the store now: the draft goes."""
        self._timer.stop()
        self._was_typed = False
        if self._drafts is not None:
            self._drafts.forget(self._place)

    def keep_draft(self) -> None:
        """Keep what was typed and not saved."""
        self._timer.stop()
        if self._drafts is None or not self._was_typed:
            return
        try:
            version = self._version
            self._drafts.keep(self._place, self._raws(), version=version, begun=self._begun)
        except PzdeskError as problem:
            self._general(str(problem))

    def _raws(self) -> dict[str, str]:
        return {
            key: field.raw()
            for key, field in self._fields.items()
            if not isinstance(field, SecretField)
        }

    def _take(self, field: Field) -> None:
        self._fields[field.key] = field
        for kind in _LISTENED:  # not to every part: each event of it would pass by here
            for widget in field.findChildren(kind):
                widget.installEventFilter(self)

    def _typed(self) -> None:
        self._was_typed = True
        if not self._timer.isActive():  # who types on and on has a draft too
            self._timer.start()

    def _restore(self) -> None:
        if self._drafts is None:
            return
        kept = self._drafts.kept(self._place)
        if kept is None or dict(kept.fields) == self._raws():
            return
        self._as_it_was = now = self._raws()
        is_newer = None not in (self._version, kept.version) and self._version != kept.version
        # What somebody else changed since and the user did not touch, is as it is now.
        theirs = {k: was for k, was in kept.begun.items() if is_newer and now.get(k, was) != was}
        typed = {k: raw for k, raw in kept.fields.items() if raw != theirs.get(k)}
        for key in typed.keys() & self._fields.keys():
            self._fields[key].set_raw(typed[key])
        self._was_typed = True
        if is_newer:
            mine = {k: raw for k, raw in typed.items() if raw != now.get(k)}
            self._show_difference(
                [Moved(self._fields[k], was, now[k], mine.get(k)) for k, was in theirs.items()]
            )
        self.restored.setText(f"Wat u op {kept.when:%d-%m om %H.%M} uur typte, is teruggezet.")
        for part in (self.restored, self.discard):
            part.setVisible(True)

    def _show_difference(self, moved: Sequence[Moved]) -> None:
        mine = {one.field: one.mine for one in moved if one.mine is not None}

        def choose(whose: str) -> None:
            for one in moved:
                if one.mine is not None:
                    if whose == THEIRS:
                        mine[one.field] = one.field.raw()
                    one.field.set_raw(one.now if whose == THEIRS else str(mine[one.field]))

        self.difference = Difference(moved, choose)
        self.body.insertWidget(self.body.indexOf(self.reads_only), self.difference)

    def _throw_away(self) -> None:
        """The form as it was before the draft was put back; the draft is gone."""
        for key, raw in self._as_it_was.items():
            self._fields[key].set_raw(raw)
        self.saved()
        for part in (self.restored, self.discard, self.difference):
            if part is not None:
                part.setVisible(False)
        self.begin()

    def _general(self, sentence: str) -> None:
        self.general.setText(sentence)
        self.general.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, _LISTENED)
        ):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.try_save()
            else:
                self._next(watched)
            return True
        return super().eventFilter(watched, event)

    def _next(self, from_: QWidget) -> None:
        """Enter: on to the next field; on the last one, to the button that saves."""
        fields = [field for field in self._fields.values() if field.isVisibleTo(self)]
        here = next((i for i, f in enumerate(fields) if f is from_ or f.isAncestorOf(from_)), -1)
        if isinstance(from_, QLineEdit):
            completer = from_.completer()
            popup = completer.popup() if completer is not None else None
            if popup is not None and popup.isVisible():
                popup.hide()
        if here + 1 < len(fields):
            fields[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._enter_saves:
            self.try_save()
        else:
            self.submit.setFocus(Qt.FocusReason.TabFocusReason)


def typing_in(page: QWidget, focus: QWidget | None) -> Typing | None:
    """Where somebody types on a page, without a word of what; None outside forms whose drafts are kept."""
    if focus is None:
        return None
    for form in page.findChildren(Form):
        for number, field in enumerate(form._fields.values()):
            if form.keeps_drafts and field.isAncestorOf(focus):
                return form.place, number, _cursor_of(focus)
    return None


def go_on_typing(page: QWidget, at: Typing) -> None:
    """Give the keyboard back to the text that was typed, where its form is open again as it was."""
    place, number, cursor = at
    for form in page.findChildren(Form):
        fields = list(form._fields.values())
        if form.place != place or number >= len(fields) or form.difference is not None:
            continue
        field = fields[number]
        edit = field.control
        if isinstance(edit, QLineEdit):
            edit.setCursorPosition(cursor)
        elif isinstance(edit, QPlainTextEdit):
            there = edit.textCursor()
            there.setPosition(min(cursor, len(edit.toPlainText())))
            edit.setTextCursor(there)
        focus_soon(field)  # after the form, which begins at its first field


def _cursor_of(edit: QWidget) -> int:
    if isinstance(edit, QPlainTextEdit):
        return edit.textCursor().position()
    return edit.cursorPosition() if isinstance(edit, QLineEdit) else 0


def _least_width(field: Field) -> int:
    """How wide a field must be for its control, and for no word of its label to be cut, in pixels."""
    wide = field.label.fontMetrics().horizontalAdvance
    words = max(map(wide, field.label.text().split()), default=0)
    return max(words, field.minimumSizeHint().width())
