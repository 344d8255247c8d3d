"""MDO: which view is shown for which place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QStackedWidget, QWidget

from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.page import Page
from pzdesk.gui.pages.meetings.hold import HoldView
from pzdesk.gui.pages.meetings.listing import ListingView
from pzdesk.gui.pages.meetings.prepare import PrepareView
from pzdesk.gui.pages.meetings.view import MeetingView
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk

VIEWS: dict[str, type[MeetingView]] = {
    "": ListingView,
    "voorbereiden": PrepareView,
    "overleg": HoldView,
}


class MeetingsPage(Page):
    """The list of meetings; a place with a meeting opens it to prepare or to hold."""

    key = "mdo"
    title = "MDO"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.views: dict[str, MeetingView] = {}

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.PLAN_MEETING)

    @property
    def view(self) -> MeetingView:
        """The view of now, made when it is first needed."""
        section = self.place.section
        if not section and self.place.meeting is not None:
            section = "voorbereiden"
        if section not in VIEWS:
            section = ""
        if section not in self.views:
            self.views[section] = VIEWS[section](self.bench)
            self.stack.addWidget(self.views[section])
        return self.views[section]

    def show_place(self, place: Place) -> None:
        self.place = place
        self.stack.setCurrentWidget(self.view)
        self.holds_meeting = self.view.holds_meeting
        self.view.show_place(place)

    def here(self) -> Place:
        item = self.view.item
        return replace(
            self.place, act=self.view.open_act(), item=item.id if item is not None else None
        )

    def reload(self) -> None:
        self.view.reload()

    def concerns(self, change: Change) -> bool:
        return change.topic not in (Topic.PRACTICE, Topic.BACKUP)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        return self.view.acts()

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        return self.view.papers()

    def begin_at(self) -> QWidget | None:
        return self.view.begin_at()

    def back(self) -> bool:
        return self.view.back()

    def leave(self) -> None:
        for view in self.views.values():
            view.leave()

    def hints(self) -> str:
        return self.view.hints()
