"""The cards beside the notes of Overleg: what is agreed, what is proposed, and who tells it at home."""

from PySide6.QtWidgets import QWidget

from pzdesk.gui.bench import Bench
from pzdesk.gui.pages.meetings.advised import AdvisedCard
from pzdesk.gui.pages.meetings.agreed import LINE, AgreedCard
from pzdesk.gui.pages.meetings.feedback import FeedbackCard
from pzdesk.gui.pages.meetings.talk import Talk, draft_of
from pzdesk.gui.pages.meetings.talk_card import TalkCard
from pzdesk.gui.parts import column

KINDS = (LINE, AgreedCard.kind, AdvisedCard.kind, FeedbackCard.kind)


class TalkCards(QWidget):
    """The cards of the item of now; where a form is open in one, it stands alone."""

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self.agreed, self.advised = AgreedCard(talk), AdvisedCard(talk)
        self.feedback = FeedbackCard(talk)
        self.all: tuple[TalkCard, ...] = (self.agreed, self.advised, self.feedback)
        self.setLayout(column(*self.all, gap=10))

    @property
    def opened(self) -> TalkCard | None:
        """The card with a form open, if any."""
        return next((card for card in self.all if card.form is not None), None)

    def show_said(self) -> None:
        """Show what stands by now."""
        self.agreed.show_agreed()
        self.advised.show_advised()
        self.feedback.show_feedback()
        for card in self.all:
            card.show_openers()
        if self.opened is None:
            self.advised.setVisible(self.advised.is_wanted)

    def show_alone(self, card: QWidget | None) -> None:
        """Show one of the cards, where a form is open; None shows them all."""
        for part in self.all:
            part.setVisible(card is None or part is card)
        if card is None:
            self.show_said()

    def begin(self, kind: str) -> None:
        """Open the form of this kind, with what was typed in it before."""
        for card in self.all:
            if card.kind == kind:
                card.begin()

    def keep_drafts(self) -> None:
        """Keep what is half typed."""
        for card in self.all:
            card.keep_draft()

    def holds_back(self) -> bool:
        """Whether something would be left behind that is typed and not saved: it says so in place."""
        card = next((card for card in self.all if card.has_unsaved), None)
        if card is not None:
            card.tell_unsaved()
        return card is not None


def has_drafts(bench: Bench, item_id: int) -> bool:
    """Whether something was begun in the cards of an item and never saved."""
    drafts = bench.desk.drafts
    return any(drafts.kept(draft_of(kind, item_id)) is not None for kind in KINDS)
