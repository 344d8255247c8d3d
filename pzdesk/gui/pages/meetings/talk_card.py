"""The shape of the cards at the right of Overleg: what stands, and one form that takes their place."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from pzdesk.gui.fields import focus_soon
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.meetings.talk import Talk, flat, put_away
from pzdesk.gui.parts import Card, column


class TalkCard(Card):
    """A list, and beneath it a place for a form; while that is open the other cards make room."""

    def __init__(self, talk: Talk, heading: str) -> None:
        super().__init__(heading)
        self.talk = talk
        self.form: Form | None = None
        self.list = column(gap=6)
        self.place = column()

    def draft_of(self, kind: str) -> str:
        """How a draft of this card is called, for the item of now."""
        return f"mdo-{kind}-{self.talk.item_now.id}"

    def new_form(self, save: Callable[[dict[str, Any]], object], kind: str) -> Form:
        """A form about the item of now; ``kind`` names its draft."""
        drafts = self.talk.bench.desk.drafts
        return Form("", save, cancel=self.close_form, place=self.draft_of(kind), drafts=drafts)

    def open_form(self, form: Form) -> None:
        """Show a form, in place of what opened it."""
        self.form = form.ready()
        self.show_openers()
        self.place.addWidget(flat(form))
        self.talk.show_alone(self)
        form.begin()

    def close_form(self, *, saved: bool = False) -> None:
        """Put the form away: its draft goes when it was saved, and is kept when it was not."""
        form, self.form = self.form, None
        if form is not None:
            put_away(form, saved=saved)
            self.talk.show_alone(None)
            self.show_openers()
            focus_soon(self.opened_from())

    def keep_draft(self) -> None:
        """Keep what was typed and not saved."""
        if self.form is not None:
            self.form.keep_draft()

    def show_openers(self) -> None:
        """Show what opens the form where none is open, and hide it where one is."""

    def opened_from(self) -> QWidget:
        """What gets the focus when the form is gone."""
        return self
