"""A part of Beheer."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import clear
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk

T = TypeVar("T")


class SettingsPart(QWidget):
    """Content with at most one form open in its place."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.form: Form | None = None
        self._opener, self._goes_back = "", False
        self.setAccessibleName(self.title)
        px = theme().px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(16), px(14), px(16), px(14))
        self.body.setSpacing(px(12))

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        """Whether this user's rights let the part exist."""
        return True

    def reload(self) -> None:
        """Read and show again, unless a form is open; the keyboard stays where it was."""
        if self.form is not None:
            return
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here) and not self._goes_back:
            self._opener = here.accessibleName()
            self._go_back_soon()
        clear(self.body)
        self.build()

    def build(self) -> None:
        """Put the content in ``self.body``."""

    def edit(self) -> Callable[[], object] | None:
        """What F2 begins here; None where there is nothing, or not for this user."""
        return None

    def stops(self) -> list[QWidget]:
        """What Tab comes to in this part."""
        tab = Qt.FocusPolicy.TabFocus
        return [
            part
            for part in self.findChildren(QWidget)
            if part.focusPolicy() & tab == tab and not _was_hidden(part)
        ]

    def new_form(self, heading: str, save: Callable[[dict[str, Any]], object], act: str) -> Form:
        """A form of this part; ``act`` names its draft."""
        return Form(
            heading,
            save,
            cancel=self.close_form,
            place=f"beheer-{self.key}-{act}",
            drafts=self.bench.desk.drafts,
        )

    def open_form(self, form: Form) -> None:
        """Show a form in place of the content."""
        self.leave()
        here = QApplication.focusWidget()
        if self.form is None and here is not None and self.isAncestorOf(here):
            self._opener = here.accessibleName()
        clear(self.body)
        self.form = form.ready()
        self.body.addWidget(form)
        self.body.addStretch(1)
        form.begin()

    def close_form(self, *, saved: bool = False) -> None:
        """Back to the content, where the form was begun; the draft goes when the form was saved."""
        form, self.form = self.form, None
        if form is not None:
            if saved:
                form.saved()
            else:
                form.keep_draft()
            self._go_back_soon()
        self.reload()

    def _go_back_soon(self) -> None:
        """Once all is made anew: a change that is told makes it anew once more."""
        if not self._goes_back:
            self._goes_back = True
            QTimer.singleShot(0, self, self._go_back)

    def _go_back(self) -> None:
        """Give the focus to what had it before the content was made anew."""
        self._goes_back = False
        stops = self.stops()
        if stops and self.form is None and self.isVisible():
            named = (stop for stop in stops if stop.accessibleName() == self._opener)
            next(named, stops[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what was typed."""
        if self.form is not None:
            self.form.keep_draft()

    def record(
        self,
        work: Callable[[], T],
        *,
        said: str,
        topic: Topic = Topic.PRACTICE,
        undo: Callable[[T], object] | None = None,
    ) -> bool:
        """Keep what the open form says; it closes when that was done."""
        return self.bench.act(
            work,
            said=said,
            change=Change(topic),
            undo=undo,
            then=lambda _: self.close_form(saved=True),
            wrong=self.form,
        )


def _was_hidden(part: QWidget) -> bool:
    """Whether somebody hid it; what is new is not shown before the event loop is back."""
    return part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
