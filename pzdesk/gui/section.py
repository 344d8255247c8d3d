"""A section of a patient's file: a part of the page Dossier with its own content and forms."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pzdesk.domain.file import PatientFile
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import area_of, clear
from pzdesk.gui.theme import theme

T = TypeVar("T")


class Section(QWidget):
    """One section. It gets the file as a value whenever that was read again; it never reads by itself.

    ``home`` gets the focus where nothing in the section can have it; ``new_act`` is what Ctrl+N begins.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    paper: ClassVar[str] = ""
    """The paper that is printed here before the others, by its words; usually the patient sheet."""
    new_act: ClassVar[str] = ""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.file: PatientFile | None = None
        self.form: Form | None = None
        self.home: QWidget | None = None
        self._opener: tuple[str, int] | None = None
        self._must_focus = False
        self._act = self._new_act = ""
        self.setAccessibleName(self.title)
        px = theme().px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(16), px(14), px(16), px(14))
        self.body.setSpacing(px(12))

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        """A few words beside the title, such as "vervolg open"; usually none."""
        return ""

    @property
    def may_write(self) -> bool:
        """Whether this user may record in a file; without it no button that records exists."""
        return self.bench.desk.session.has(Right.WRITE_FILE)

    @property
    def may_plan(self) -> bool:
        """Whether this user plans meetings; to the others the page MDO does not exist."""
        return self.bench.desk.session.has(Right.PLAN_MEETING)

    @property
    def open_act(self) -> str:
        """The act of the form that is open; empty when none is."""
        return self._act if self.form is not None else ""

    def people(self) -> list[tuple[str, str]]:
        """Names to choose from where a form asks by whom: this user first, then who is in the file."""
        user = self.bench.desk.session.user.name
        known = self.file.professionals.values() if self.file is not None else ()
        return [(name, name) for name in dict.fromkeys((user, *(who.name for who in known)))]

    def new_form(
        self,
        heading: str,
        save: Callable[[dict[str, Any]], object],
        act: str,
        words: str = "Opslaan",
    ) -> Form:
        """A form of this section for this patient; ``act`` names its draft."""
        patient = self.file.patient.id if self.file is not None else 0
        self._new_act = act
        return Form(
            heading,
            save,
            cancel=self.close_form,
            words=words,
            place=f"dossier-{patient}-{self.key}-{act}",
            drafts=self.bench.desk.drafts,
        )

    def record(
        self,
        work: Callable[[], T],
        *,
        said: str,
        topic: Topic = Topic.PATIENT,
        undo: Callable[[T], object] | None = None,
    ) -> bool:
        """Do what the open form, or a button, asks for this patient; the form closes when it was done."""
        patient = self.file.patient.id if self.file is not None else None
        return self.bench.act(
            work,
            said=said,
            change=Change(topic, patient),
            undo=undo,
            then=lambda _: self.close_form(saved=True, rebuild=False),
            wrong=self.form,
        )

    def show_file(self, file: PatientFile, act: str = "") -> None:
        """Show what is known; ``act`` names a form to begin. An open form stays open, with what was typed."""
        same = self.file is not None and self.file.patient.id == file.patient.id
        self.file = file
        if self.form is not None and not same:
            self.close_form(rebuild=False)
        if not same:
            self._opener = None
        if self.form is None:
            self._fill(file, keep_focus=same)
        if act:
            self.begin(act)

    def build(self, file: PatientFile) -> None:
        """Put the parts of this section in ``self.body``."""

    def begin(self, act: str) -> None:
        """Open the form of an act."""

    def open_form(self, form: Form, act: str = "") -> None:
        """Show a form instead of the section's content; Esc or saving brings the content back.

        ``act`` is how ``begin`` opens it again, where ``new_form`` was not told.
        """
        opener = self._opener if self.form is not None else self._spot()
        self.close_form(rebuild=False)
        self._opener, self._must_focus = opener, False
        clear(self.body)
        self.form = form.ready()
        self._act, self._new_act = act or self._new_act, ""
        self.body.addWidget(form)
        self.body.addStretch(1)
        self._to_top()
        form.begin()

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
        if rebuild and self.file is not None:
            self._fill(self.file, keep_focus=True)

    def _to_top(self) -> None:
        """What comes in the place of something else is read from its begin."""
        area = area_of(self)
        if area is not None:
            area.verticalScrollBar().setValue(0)

    def _fill(self, file: PatientFile, *, keep_focus: bool) -> None:
        """Make the content anew; the keyboard goes on where it was, or where the form was begun."""
        spot = self._spot()
        if self._must_focus:
            spot, self._must_focus, self._opener = self._opener, False, None
            goes_home = spot is None
        else:
            goes_home = False
        # Nothing is painted before all of it has its place.
        self.setUpdatesEnabled(False)
        QTimer.singleShot(0, self, lambda: self.setUpdatesEnabled(True))
        clear(self.body)
        self.build(file)
        if not keep_focus or (spot is None and not goes_home):
            return
        # What was made just now is not shown before the event loop is back, and takes no focus until then.
        QTimer.singleShot(0, self, partial(self._go_on, spot))

    def _go_on(self, spot: tuple[str, int] | None) -> None:
        if self.form is not None:
            return
        stops, where = self._stops(), self.home
        if spot is not None and stops:
            name, number = spot
            named = (stop for stop in stops if stop.accessibleName() == name)
            where = next(named, stops[min(number, len(stops) - 1)])
        if where is not None:
            where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stops(self) -> list[QWidget]:
        """What Tab comes to in this section."""
        tab = Qt.FocusPolicy.TabFocus
        return [
            part
            for part in self.findChildren(QWidget)
            if part.focusPolicy() & tab == tab and part.isVisibleTo(self)
        ]

    def _spot(self) -> tuple[str, int] | None:
        """Where the keyboard is in this section: the name of the part and its number among the stops."""
        here = QApplication.focusWidget()
        stops = self._stops()
        return (here.accessibleName(), stops.index(here)) if here in stops else None

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What shortcuts do in this section; an open form takes Ctrl+S, and Ctrl+N does nothing over it."""
        if self.form is not None:
            return {"save": self.form.try_save}
        can_begin = self.new_act and self.may_write
        return {"new": partial(self.begin, self.new_act)} if can_begin else {}

    def back(self) -> bool:
        """Esc: close the form that is open."""
        if self.form is None:
            return False
        self.close_form()
        return True

    def leave(self) -> None:
        """Keep what was typed."""
        if self.form is not None:
            self.form.keep_draft()
