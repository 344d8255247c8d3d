"""Fields for the answers of the national PZP form: an answer that can be taken away, and its split codes."""

import textwrap
from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QRadioButton

from pzdesk.domain.pzp import Question
from pzdesk.gui.choices import ChecksField, ChoiceField
from pzdesk.gui.theme import SCALES, theme

LONG = 44  # characters of an option that fit on one line in the smallest window
LONG_AT_LARGEST = 40  # and at the largest scale


class AnswerField(ChoiceField):
    """One option of a question; Delete, or a second click, makes it not filled in again."""

    def __init__(self, question: Question, label: str) -> None:
        choices = [(option.id, option.label) for option in question.options]
        super().__init__(question.id, label, choices)
        self._in_order = list(self._buttons.values())
        self._advice = {option.id: option.advice for option in question.options}
        most = LONG_AT_LARGEST if theme().scale == SCALES[-1] else LONG
        for radio in self._in_order:
            radio.setText(textwrap.fill(radio.text(), most))

    def _chosen(self) -> None:
        chosen = self.raw()
        advice = self._advice.get(chosen, "")
        self.help.setText(advice)
        self.help.setVisible(bool(advice))
        self.setFocusProxy(self._buttons[chosen] if chosen else self._in_order[0])
        super()._chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QRadioButton)
            and watched.isChecked()
        ):
            self.set_raw("")
            watched.setFocus(Qt.FocusReason.MouseFocusReason)
            return True
        return super().eventFilter(watched, event)


def is_long(question: Question) -> bool:
    """Whether an option of a question needs the width of the page."""
    return any(len(option.label) > LONG for option in question.options)


class SplitField(ChecksField):
    """Which of the codes that an option merges it is: "Broer" of "Broer/zus". It may stay open."""

    def __init__(self, question: Question, label: str) -> None:
        splits = [(key, split.label) for key, (_, split) in question.splits().items()]
        super().__init__(split_key(question), label, splits)
        self._question = question
        self._allowed: Collection[str] = ()

    def allow(self, splits: Collection[str], chosen: Collection[str]) -> None:
        """Ask only for these; without any the field goes.

        What the other national item could add is asked where somebody is chosen for a role (a mentor may be
        a brother too), not of every son whether he is a mentor.
        """
        self._allowed = splits
        ticked = super().value()
        known = self._question.splits()
        role = next(iter(self._question.link_ids), "")
        has_role = any(
            role in (option.link_id, *(split.link_id for split in option.splits))
            for option in self._question.options
            if option.id in chosen
        )
        asked = [key for key in splits if known[key][0].id in chosen or key in ticked or has_role]
        for key, box in self._boxes.items():
            box.setVisible(key in asked)
        if asked:
            self.setFocusProxy(self._boxes[asked[0]])
        self.setVisible(bool(asked))

    def value(self) -> tuple[str, ...]:
        return tuple(key for key in super().value() if key in self._allowed)


def split_key(question: Question) -> str:
    """The key of the field for the splits of a question."""
    return f"{question.id}.preciezer"
