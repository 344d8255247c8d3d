"""A page of the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.parts import lay_out
from pzdesk.gui.places import Place
from pzdesk.gui.theme import mark, theme
from pzdesk.services.desk import Desk


class Page(QWidget):
    """One page. It reads when it is shown, and again when a change concerns it while it is shown."""

    key = ""
    title = ""
    holds_meeting = False
    """Whether people talk over this page now: then it locks by itself after an hour, not five minutes."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.place = Place(page=self.key)
        mark(self, "ground")
        self.setAccessibleName(self.title)
        bench.changes.told.connect(self._changed)
        px = theme().px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(20), px(16), px(20), px(16))
        self.body.setSpacing(px(12))

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        """Whether this user's rights let the page exist at all."""
        return True

    def show_place(self, place: Place) -> None:
        """Come here; ``place.act`` names what to begin at once."""
        self.place = place
        self.reload()

    def here(self) -> Place:
        """Where the user is, with the form that is open: what a lock or another palette comes back to."""
        return replace(self.place, act=self.open_act())

    def open_act(self) -> str:
        """The act of the form that is open now, as ``show_place`` begins it; empty when none is."""
        return ""

    def reload(self) -> None:
        """Read and show what the page is about, keeping the focus and the choice of the user."""

    def concerns(self, change: Change) -> bool:
        """Whether a change is about what this page shows."""
        return change.topic is not Topic.BACKUP

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What the shortcuts do on this page, by the act's name in the table of shortcuts."""
        return {}

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """What can be printed of this page, by its words; Ctrl+P shows the first."""
        return ()

    def begin_at(self) -> QWidget | None:
        """What gets the focus when the page opens."""
        return None

    def back(self) -> bool:
        """Esc: close what is open on this page; false when there is nothing and the window goes back."""
        return False

    def hints(self) -> str:
        """The keys that matter on this page, for the status line."""
        return ""

    def leave(self) -> None:
        """The user goes elsewhere, or the window locks: keep what was typed as a draft."""

    def _changed(self, change: Change) -> None:
        if self.isVisible() and self.concerns(change):
            self.reload()
            lay_out()
