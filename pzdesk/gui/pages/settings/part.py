"""A part of Beheer."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from pzdesk.domain.user import Right
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.form_place import FormPlace
from pzdesk.gui.parts import button, holder, row, text
from pzdesk.gui.shortcuts import keys_of
from pzdesk.services.desk import Desk

T = TypeVar("T")


class SettingsPart(FormPlace):
    """It reads by itself whenever it is shown or something it is about was changed."""

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        """Whether this user's rights let the part exist."""
        return True

    def reload(self) -> None:
        """Read and show again, unless a form is open; the keyboard stays where it was."""
        if self.form is None:
            self.fill_again(keep_focus=True)

    def fill(self) -> None:
        self.build()

    def build(self) -> None:
        """Put the content in ``self.body``."""

    def edit(self) -> Callable[[], object] | None:
        """What F2 begins here; None where there is nothing, or not for this user."""
        return None

    def draft_of(self, act: str) -> str:
        return f"beheer-{self.key}-{act}"

    def record(
        self,
        work: Callable[[], T],
        *,
        said: str,
        topic: Topic = Topic.PRACTICE,
        undo: Callable[[T], object] | None = None,
    ) -> bool:
        """Keep what the open form says; it closes when that was done."""
        return self.do(work, Change(topic), said=said, undo=undo, rebuild=True)


class ChangedByBeheerder(SettingsPart):
    """What everybody may read and who has the right to the settings changes, in one form."""

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.SEE_WHO)

    def edit(self) -> Callable[[], object] | None:
        return self.begin_change if self._may else None

    def begin(self, act: str) -> None:
        if act == self.key and self._may:
            self.begin_change()

    def begin_change(self) -> None:
        """Open the form."""

    def way_to_change(self) -> QWidget:
        """The button that opens the form, or who can."""
        if self._may:
            return holder(row(button("Wijzigen", self.begin_change, keys=keys_of("edit")), None))
        return text("Alleen een beheerder kan dit wijzigen.", "small")

    @property
    def _may(self) -> bool:
        return self.bench.desk.session.has(Right.SETTINGS)
