"""The meetings: planned, held and cancelled; a new one, and what can be done with one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from pzdesk.domain.errors import Stale
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import Meeting, MeetingState
from pzdesk.domain.person import dutch_date, long_date
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.flow import flow
from pzdesk.gui.forms import Form
from pzdesk.gui.head import head
from pzdesk.gui.pages.meetings.meeting_form import changed, chosen_invitees, meeting_form
from pzdesk.gui.pages.meetings.talk import put_away
from pzdesk.gui.pages.meetings.view import MeetingView
from pzdesk.gui.parts import button, clear, column, empty, text
from pzdesk.gui.places import Place
from pzdesk.gui.preview import show_paper
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.gui.theme import theme

CHANGE = "wijzigen"


class ListingView(MeetingView):
    """Coming meetings on top, soonest first; then those that were, latest first."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.form: Form | None = None
        self._changing: int | None = None  # the meeting that the open form is about
        self._meetings: list[Meeting] = []
        self.new = button(
            "Nieuw overleg", self.begin_new, role="primary", keys=keys_of("new", "mdo")
        )
        self.table = ValueTable[Meeting](self._columns(), "Overleggen")
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show_buttons)
        self.buttons = flow(gap=theme().px(8))
        self.none = empty(
            "Nog geen overleg gepland",
            "Plan het eerstvolgende overleg van het kernteam. pzdesk stelt voor wie besproken wordt en "
            "waarom, en drukt de agenda af.",
            button("Overleg plannen", self.begin_new, role="primary"),
        )
        self.form_place = column()
        around = column(
            head(text("MDO", "title", wrap=False), self.new),
            self.form_place,
            self.table,
            self.buttons,
            self.none,
            None,
            gap=12,
            margin=20,
        )
        around.setStretch(2, 100)
        self.setLayout(around)

    def show_place(self, place: Place) -> None:
        self.reload()
        kind, _, number = place.act.partition("-")
        if kind == "new":
            self.begin_new()
        elif kind == CHANGE:
            for meeting in self._meetings:
                if str(meeting.id) == number:
                    self.begin_change(meeting)

    def open_act(self) -> str:
        if self.form is None or self._changing is None:
            return super().open_act()
        return f"{CHANGE}-{self._changing}"

    def reload(self) -> None:
        today = self.bench.today
        meetings = self.bench.desk.meetings.meetings()
        coming = [m for m in meetings if _is_coming(m) and m.on >= today]
        others = [m for m in meetings if m not in coming]
        self._meetings = [
            *sorted(coming, key=lambda m: (m.on, m.starts)),
            *sorted(others, key=lambda m: (m.on, m.starts), reverse=True),
        ]
        self.table.show_rows(self._meetings, same=lambda m: m.id)
        self.table.setVisible(bool(meetings))
        self.none.setVisible(not meetings and self.form is None)
        self._show_buttons()

    def acts(self) -> Mapping[str, Callable[[], object]]:
        save = {"save": self.form.try_save} if self.form is not None else {}
        return {"new": self.begin_new, "edit": self.begin_change, "print": self._print, **save}

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        meeting = self.table.current()
        return [(_paper_of(meeting), self._print)] if meeting is not None else ()

    def begin_at(self) -> QWidget | None:
        return self.table if self._meetings else self.new

    def back(self) -> bool:
        if self.form is None:
            return False
        self._close_form()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def leave(self) -> None:
        if self.form is not None:
            self.form.keep_draft()

    def hints(self) -> str:
        return "Enter openen · F2 wijzigen · Ctrl+N nieuw overleg"

    def begin_new(self) -> None:
        """A form for a meeting; the time and place of the last one are proposed."""
        last = max(self._meetings, key=lambda m: (m.on, m.starts), default=None)
        self._open_form(
            meeting_form(self.bench, self._plan, self._close_form, meeting=None, last=last)
        )

    def begin_change(self, meeting: Meeting | None = None) -> None:
        """The form of a meeting, the chosen one unless another is meant; what was held stays as it was."""
        meeting = meeting or self.table.current()
        if meeting is None:
            return
        if meeting.state is MeetingState.HELD:
            self.bench.tell("Een gehouden overleg wordt niet meer gewijzigd.", is_error=True)
            return
        save = partial(self._change, meeting)
        self._open_form(
            meeting_form(self.bench, save, self._close_form, meeting=meeting, last=None)
        )
        self._changing = meeting.id
        if self.form is not None:
            self.form.again = partial(self._over_again, meeting.id)

    def _over_again(self, number: int, problem: Stale) -> bool:
        """Somebody else changed the same meeting: its form as it is now, with the difference."""
        known = self.bench.desk.meetings.meetings()
        found = next((one for one in known if one.id == number), None)
        if found is None or found.state is MeetingState.HELD:
            return False
        self.begin_change(found)
        if self.form is not None:
            self.form.tell_changed(problem.told)
        return True

    def _plan(self, values: dict[str, Any]) -> None:
        meetings = self.bench.desk.meetings
        made: list[Meeting] = []

        def then(meeting: Meeting) -> None:
            made.append(meeting)
            self._close_form(saved=True)

        done = self.bench.act(
            lambda: meetings.plan(
                on=values["datum"],
                starts=values["starts"],
                minutes=values["minuten"],
                place=values["place"],
                chair=values["chair"],
                invited=chosen_invitees(self.bench, values),
            ),
            said=f"Overleg gepland op {long_date(values['datum'])}",
            change=Change(Topic.MEETING),
            undo=meetings.withdraw,
            gone=Place(page="mdo"),
            then=then,
            wrong=self.form,
        )
        if done:
            self._open(made[0])

    def _change(self, before: Meeting, values: dict[str, Any]) -> None:
        after = changed(self.bench, before, values)
        self._keep(before, after, f"Overleg van {dutch_date(after.on)} gewijzigd", self.form)

    def _keep(self, before: Meeting, after: Meeting, said: str, form: Form | None = None) -> None:
        """Keep a changed meeting; undoing puts back what was, on what it is then.

        ``form`` is the one that asked for it: another one that is open stays, with what was typed.
        """
        meetings = self.bench.desk.meetings

        def then(_: Meeting) -> None:
            if form is not None:
                self._close_form(saved=True)

        self.bench.act(
            lambda: meetings.change(after),
            said=said,
            change=Change(Topic.MEETING, meeting=after.id),
            undo=lambda kept: meetings.change(replace(before, version=kept.version)),
            then=then,
            wrong=form,
        )

    def _drop(self, meeting: Meeting) -> None:
        after = replace(meeting, state=MeetingState.CANCELLED)
        self._keep(meeting, after, f"Het overleg van {dutch_date(meeting.on)} vervalt")

    def _let_on(self, meeting: Meeting) -> None:
        after = replace(meeting, state=MeetingState.PREPARING)
        self._keep(meeting, after, f"Het overleg van {dutch_date(meeting.on)} gaat door")

    def _open(self, meeting: Meeting) -> None:
        self.bench.go(Place(page="mdo", section="voorbereiden", meeting=meeting.id))

    def _print(self) -> None:
        meeting = self.table.current()
        if meeting is None:
            return
        papers = self.bench.desk.papers
        show_paper(
            self.bench,
            _paper_of(meeting),
            look=partial(papers.preview_agenda, meeting.id),
            hand_out=partial(papers.agenda, meeting.id),
        )

    def _show_buttons(self) -> None:
        """What can be done with the chosen meeting."""
        clear(self.buttons)
        meeting = self.table.current() if self._meetings else None
        if meeting is None:
            return
        made: list[QPushButton] = []
        if meeting.state is MeetingState.PREPARING:
            made.append(button("Voorbereiden", partial(self._open, meeting), keys="Return"))
        elif meeting.state is MeetingState.HELD:
            made.append(button("Bekijken", partial(self._open, meeting), keys="Return"))
        if meeting.state is not MeetingState.HELD:
            made.append(button("Wijzigen", self.begin_change, keys=keys_of("edit")))
        if meeting.state is not MeetingState.CANCELLED:
            made.append(button(_paper_of(meeting), self._print, keys=keys_of("print")))
        if meeting.state is MeetingState.PREPARING:
            made.append(button("Laten vervallen", partial(self._drop, meeting), role="quiet"))
        if meeting.state is MeetingState.CANCELLED:
            made.append(button("Toch door laten gaan", partial(self._let_on, meeting)))
        for one in made:
            self.buttons.addWidget(one)

    def _open_form(self, form: Form) -> None:
        self._close_form()
        self.form = form
        self.none.hide()
        self.form_place.addWidget(form)
        form.begin()

    def _close_form(self, *, saved: bool = False) -> None:
        form, self.form, self._changing = self.form, None, None
        if form is None:
            return
        put_away(form, saved=saved)
        self.none.setVisible(not self._meetings)

    def _columns(self) -> list[Column[Meeting]]:
        return [
            Column("on", "Datum", self._when, lambda m: (m.on, m.starts), 30),
            Column(
                "state", "Stand", lambda m: Cell(label(m.state)), lambda m: m.state.value, 16, 76
            ),
            Column("minutes", "Duur", lambda m: Cell(f"{m.minutes} minuten"), None, 12),
            Column("place", "Plaats", lambda m: Cell(m.place), None, 20, 84),
            Column("chair", "Voorzitter", lambda m: Cell(m.chair), None, 18),
        ]

    def _when(self, meeting: Meeting) -> Cell:
        return Cell(long_date(meeting.on), f"{meeting.starts:%H.%M} uur", is_strong=True)


def _is_coming(meeting: Meeting) -> bool:
    return meeting.state is MeetingState.PREPARING


def _paper_of(meeting: Meeting) -> str:
    return "Verslag" if meeting.state is MeetingState.HELD else "Agenda"
