"""A part of a page with at most one form open in its place: it comes, is kept, and goes where it began."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pzdesk.domain.errors import Stale
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import area_of, clear, lay_out
from pzdesk.gui.theme import theme

T = TypeVar("T")
Spot = tuple[str, int]


class FormPlace(QWidget):
    """What a section of a file and a part of Beheer share.

    ``home`` gets the focus where nothing in the part can have it. A form is named by its act: ``begin`` opens
    it again after a lock, on the way back, and from what is told of a draft.
    """

    last_resort: ClassVar[tuple[str, ...]] = ()
    """Names of what the keyboard does not come to by itself, because Enter there takes something back."""

    given_up: ClassVar[tuple[str, ...]] = ()
    """How the acts begin of whose form nothing is kept when somebody cancels it."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.form: Form | None = None
        self.home: QWidget | None = None
        self._opener: Spot | None = None
        self._must_focus = False
        self._scrolled = 0
        self._act = self._new_act = ""
        self.setAccessibleName(self.title)
        px = theme().px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(16), px(14), px(16), px(14))
        self.body.setSpacing(px(12))

    @property
    def open_act(self) -> str:
        """The act of the form that is open; empty when none is."""
        return self._act if self.form is not None else ""

    def begin(self, act: str) -> None:
        """Open the form of an act."""

    def draft_of(self, act: str) -> str:
        """Under which name the draft of the form of an act is kept."""
        raise NotImplementedError

    def fill(self) -> None:
        """Put the content in ``self.body``."""

    def new_form(
        self,
        heading: str,
        save: Callable[[dict[str, Any]], object],
        act: str,
        words: str = "Opslaan",
    ) -> Form:
        """A form of this part; ``act`` names it and its draft."""
        self._new_act = act
        return Form(
            heading,
            save,
            cancel=self.cancel_form,
            words=words,
            place=self.draft_of(act),
            drafts=self.bench.desk.drafts,
        )

    def do(
        self,
        work: Callable[[], T],
        change: Change,
        *,
        said: str,
        undo: Callable[[T], object] | None,
        rebuild: bool,
    ) -> bool:
        """Do what the open form, or a button, asks; the form closes when it was done.

        ``rebuild``: nobody is certain to fill this part again because of the change.
        """
        return self.bench.act(
            work,
            said=said,
            change=change,
            undo=undo,
            then=lambda _: self.close_form(saved=True, rebuild=rebuild),
            wrong=self.form,
        )

    def open_form(self, form: Form, act: str = "", around: QWidget | None = None) -> None:
        """Show a form instead of the content; Esc or saving brings the content back.

        ``act`` is how ``begin`` opens it again, where ``new_form`` was not told; ``around`` is what the form
        stands in, where it is made ready elsewhere.
        """
        opener = self._opener if self.form is not None else self._spot()
        area = area_of(self)
        scrolled = area.verticalScrollBar().value() if area is not None else 0
        scrolled = self._scrolled if self.form is not None else scrolled
        self.close_form(rebuild=False)
        self._opener, self._must_focus, self._scrolled = opener, False, scrolled
        clear(self.body)
        self.form = form if around is not None else form.ready()
        form.again = self._over_again
        self._act, self._new_act = act or self._new_act, ""
        self.body.addWidget(around or form)
        self.body.addStretch(1)
        lay_out()
        self._to_top()
        form.begin()

    def renew(self) -> None:
        """Read again what forms are made over, where ``begin`` does not."""

    def _over_again(self, problem: Stale) -> bool:
        """Somebody else changed the same: the form over what stands there now, with the difference."""
        was, act = self.form, self._act
        if was is None or not act:
            return False
        self.renew()
        self.begin(act)
        if self.form is None or self.form is was:
            return False
        if self.form.place != was.place:  # what it was about is not there any more
            self.close_form()
            self.bench.tell(str(problem), is_error=True)
        else:
            self.form.tell_changed(problem.told)
        return True

    def cancel_form(self) -> None:
        """Leave the form because the user says so: what was typed is kept, but for what is ``given_up``."""
        if self.form is not None and self._act.startswith(self.given_up):
            self.form.saved()
        self.close_form()

    def close_form(self, *, saved: bool = False, rebuild: bool = True) -> None:
        """Leave the form: its draft goes when it was saved, and is kept when it was not."""
        form, self.form = self.form, None
        if form is None:
            return
        if saved:
            form.saved()
        else:
            form.keep_draft()
        self._must_focus = True
        self._to_top()
        if rebuild:
            self.fill_again(keep_focus=True)

    def fill_again(self, *, keep_focus: bool) -> None:
        """Make the content anew; the keyboard goes on where it was, or where the form was begun."""
        spot = self._spot()
        back_from_form = self._must_focus
        goes_home = False
        if back_from_form:
            spot, self._must_focus, self._opener = self._opener, False, None
            goes_home = spot is None
        # Nothing is painted before all of it has its place.
        self.setUpdatesEnabled(False)
        QTimer.singleShot(0, self, lambda: self.setUpdatesEnabled(True))
        clear(self.body)
        self.fill()
        if not keep_focus or (spot is None and not goes_home):
            return
        # What was made just now is not shown before the event loop is back, and takes no focus until then.
        QTimer.singleShot(0, self, partial(self._go_on, spot, scrolls=back_from_form))

    def stops(self) -> list[QWidget]:
        """What Tab comes to in this part."""
        tab = Qt.FocusPolicy.TabFocus
        return [
            part
            for part in self.findChildren(QWidget)
            if part.focusPolicy() & tab == tab and not self._is_hidden(part)
        ]

    def back(self) -> bool:
        """Esc: close the form that is open."""
        if self.form is None:
            return False
        self.cancel_form()
        return True

    def leave(self) -> None:
        """Keep what was typed."""
        if self.form is not None:
            self.form.keep_draft()

    def _to_top(self) -> None:
        """What comes in the place of something else is read from its begin."""
        area = area_of(self)
        if area is not None:
            area.verticalScrollBar().setValue(0)

    def _go_on(self, spot: Spot | None, *, scrolls: bool) -> None:
        if self.form is not None or not self.isVisible():
            return
        stops, where = self.stops(), self.home
        if spot is not None and stops:
            name, number = spot
            named = (stop for stop in stops if stop.accessibleName() == name)
            near = [*stops[number:], *reversed(stops[:number])]
            safe = (stop for stop in near if stop.accessibleName() not in self.last_resort)
            where = next(named, None) or next(safe, near[0])
        if where is not None:
            where.setFocus(Qt.FocusReason.OtherFocusReason)
        area = area_of(self)
        if scrolls and area is not None:  # what was opened half way is read on from there
            lay_out()
            area.verticalScrollBar().setValue(self._scrolled)
            if where is not None and self.isAncestorOf(where):
                area.ensureWidgetVisible(where)

    def _is_hidden(self, part: QWidget) -> bool:
        """Whether somebody hid it; what is new is not shown before the event loop is back."""
        chosen = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        above: QWidget | None = part
        while above is not None and above is not self:
            if above.isHidden() and above.testAttribute(chosen):
                return True
            above = above.parentWidget()
        return False

    def _spot(self) -> Spot | None:
        """Where the keyboard is in this part: the name of what has it and its number among the stops."""
        here = QApplication.focusWidget()
        stops = self.stops()
        return (here.accessibleName(), stops.index(here)) if here in stops else None
