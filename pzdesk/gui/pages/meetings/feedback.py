"""Who tells the patient and the naasten what was discussed, to whom and before when."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from pzdesk.domain.action import FEEDBACK, is_feedback
from pzdesk.domain.person import spoken
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import DateField, TextField
from pzdesk.gui.pages.meetings.talk import (
    Talk,
    agree_on,
    day_words,
    said_line,
    withdraw,
)
from pzdesk.gui.pages.meetings.talk_card import WHO, TalkCard
from pzdesk.gui.parts import button, clear, row, text
from pzdesk.gui.shortcuts import keys_of


class FeedbackCard(TalkCard):
    """It is an action like any other, so that it is not forgotten; here it stands apart."""

    kind = "terugkoppelen"

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk, "Wie koppelt terug?")
        self.opener = button("Afspreken", self.begin, keys=keys_of("feedback", "mdo"))
        self.add(self.list, self.waits, row(self.opener, None), self.place)

    def show_feedback(self) -> None:
        """Show who it is."""
        clear(self.list)
        told = [action for action in self.talk.tasks if is_feedback(action)]
        for action in told:
            when = f", vóór {day_words(action.due, self.talk.bench.today)}" if action.due else ""
            words = f"{action.who}, aan {action.what[len(FEEDBACK) :]}{when}"
            self.list.addWidget(said_line(words, "", partial(withdraw, self.talk, action)))
        if not told:
            self.list.addWidget(text("Nog niet afgesproken.", "muted"))

    def begin(self) -> None:
        """Ask who, to whom and before when."""
        if self.form is not None:
            self.form.begin()
            return
        talk = self.talk
        form = self.new_form(self._save)
        names = [(name, name) for name in talk.names]
        who = PickField(WHO, "Wie", names, free=True, required=True)
        to = TextField("aan", "Aan wie", required=True)
        to.set_raw(self._to_whom())
        due = DateField("datum", "Vóór", talk.bench.today, past=False)
        self.open_form(form.row(who).row(to).row(due))

    def show_openers(self) -> None:
        super().show_openers()
        self.opener.setVisible(self.form is None)

    def opened_from(self) -> QWidget:
        return self.opener

    def _save(self, values: dict[str, Any]) -> None:
        if self.doubts(values[WHO]):
            return
        what, said = f"{FEEDBACK}{values['aan']}", "Terugkoppeling afgesproken"
        if agree_on(self.talk, values[WHO], what, values["datum"], said=said, wrong=self.form):
            self.close_form(saved=True)

    def _to_whom(self) -> str:
        file = self.talk.file
        if file is None:
            return ""
        if file.death is not None:
            return "de naasten"
        return f"{spoken(file.patient.name, file.patient.sex)} en naaste"
