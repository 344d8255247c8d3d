"""The shape of the cards at the right of Overleg: what stands, and one form that takes their place."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pzdesk.domain.agreement import almost_called
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.gui.fields import focus_soon
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.meetings.talk import Talk, draft_of, flat, put_away
from pzdesk.gui.parts import Card, column, text

NOT_SAVED = "Dit is nog niet opgeslagen. Ctrl+S slaat het op, Esc legt het als concept weg."
WHO = "wie"  # the field with who does it
MEANT = "Bedoelt u {}? Kies uit de lijst, of sla nog eens op om het zo te laten."
MOST_TOLD = 3
WAITS = "Wat u hier begon en niet opsloeg, staat klaar."


class TalkCard(Card):
    """A list, and beneath it a place for a form; while that is open the other cards make room."""

    kind: ClassVar[str]
    """Names the form and its draft."""

    def __init__(self, talk: Talk, heading: str) -> None:
        super().__init__(heading)
        self.talk = talk
        self.form: Form | None = None
        self._asked_of = ""  # the name of which was asked who that is
        self.list = column(gap=6)
        self.waits = text(WAITS, "warning")
        self.place = column()

    def begin(self) -> None:
        """Open the form, or go on in it."""
        raise NotImplementedError

    def draft_of(self, kind: str) -> str:
        """How a draft of this card is called, for the item of now."""
        return draft_of(kind, self.talk.item_now.id)

    def new_form(self, save: Callable[[dict[str, Any]], object]) -> Form:
        """A form about the item of now."""
        place, drafts = self.draft_of(self.kind), self.talk.bench.desk.drafts
        return Form("", save, cancel=self.close_form, place=place, drafts=drafts)

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

    def doubts(self, who: str) -> bool:
        """Whether nobody is called so, and somebody nearly: asked once, under the field."""
        near = almost_called(who, self.talk.names)
        if self.form is None or not near or self._asked_of == who:
            return False
        self._asked_of = who
        self.form.tell_wrong(BadInput(MEANT.format(" of ".join(near[:MOST_TOLD])), field=WHO))
        return True

    @property
    def has_unsaved(self) -> bool:
        """Whether something is typed here that is not saved."""
        return self.form is not None and self.form.was_typed

    def tell_unsaved(self) -> None:
        """Say so in place; the keyboard goes to what saves it."""
        if self.form is not None:
            self.form.tell_wrong(Refused(NOT_SAVED))
            self.form.submit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_openers(self) -> None:
        """Show what opens the form where none is open, and hide it where one is."""
        is_open = self.form is not None
        draft = self.draft_of(self.kind)
        self.waits.setVisible(not is_open and self.talk.bench.desk.drafts.kept(draft) is not None)

    def opened_from(self) -> QWidget:
        """What gets the focus when the form is gone."""
        return self
