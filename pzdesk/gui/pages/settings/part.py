"""A part of Beheer."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

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
        """Read and show again, unless a form is open."""
        if self.form is None:
            clear(self.body)
            self.build()

    def build(self) -> None:
        """Put the content in ``self.body``."""

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
        clear(self.body)
        self.form = form.ready()
        self.body.addWidget(form)
        self.body.addStretch(1)
        form.begin()

    def close_form(self, *, saved: bool = False) -> None:
        """Back to the content; the draft goes when the form was saved."""
        form, self.form = self.form, None
        if form is not None:
            if saved:
                form.saved()
            else:
                form.keep_draft()
        self.reload()

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
