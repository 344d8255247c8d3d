"""Who tells the patient and the naasten what was discussed, to whom and before when."""

from functools import partial
from typing import Any

from pzdesk.domain.action import FEEDBACK, is_feedback
from pzdesk.domain.person import spoken
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import DateField, TextField, focus_soon
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.meetings.talk import (
    Talk,
    agree_on,
    day_words,
    flat,
    put_away,
    said_line,
    withdraw,
)
from pzdesk.gui.parts import Card, button, clear, column, row, text
from pzdesk.gui.shortcuts import keys_of


class FeedbackCard(Card):
    """It is an action like any other, so that it is not forgotten; here it stands apart."""

    def __init__(self, talk: Talk) -> None:
        super().__init__("Wie koppelt terug?")
        self.talk = talk
        self.form: Form | None = None
        self.list = column(gap=6)
        self.opener = button("Afspreken", self.begin, keys=keys_of("feedback", "mdo"))
        self.place = column()
        self.add(self.list, row(self.opener, None), self.place)

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
        form = Form(
            "",
            self._save,
            cancel=self.close_form,
            place=f"mdo-terugkoppelen-{talk.item_now.id}",
            drafts=talk.bench.desk.drafts,
        )
        names = [(name, name) for name in talk.names]
        who = PickField("wie", "Wie", names, free=True, required=True)
        to = TextField("aan", "Aan wie", required=True)
        to.set_raw(self._to_whom())
        due = DateField("datum", "Vóór", talk.bench.today, past=False)
        self.form = form.row(who).row(to).row(due).ready()
        self.opener.hide()
        self.place.addWidget(flat(form))
        self.talk.show_alone(self)
        form.begin()

    def close_form(self, *, saved: bool = False) -> None:
        """Put the form away."""
        form, self.form = self.form, None
        if form is not None:
            put_away(form, saved=saved)
            self.talk.show_alone(None)
            self.opener.show()
            focus_soon(self.opener)

    def keep_draft(self) -> None:
        """Keep what was typed and not saved."""
        if self.form is not None:
            self.form.keep_draft()

    def _save(self, values: dict[str, Any]) -> None:
        what, said = f"{FEEDBACK}{values['aan']}", "Terugkoppeling afgesproken"
        if agree_on(self.talk, values["wie"], what, values["datum"], said=said, wrong=self.form):
            self.close_form(saved=True)

    def _to_whom(self) -> str:
        file = self.talk.file
        if file is None:
            return ""
        if file.death is not None:
            return "de naasten"
        return f"{spoken(file.patient.name, file.patient.sex)} en naaste"
