"""The meetings: planned, held and cancelled; and a new one."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from PySide6.QtWidgets import QWidget

from pzdesk.domain.labels import label
from pzdesk.domain.mdo import Meeting, MeetingState
from pzdesk.domain.person import long_date
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.fields import DateField, NumberField, TextField, TimeField
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.meetings.view import MeetingView
from pzdesk.gui.parts import button, column, empty, row, text
from pzdesk.gui.places import Place
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.tables import Cell, Column, ValueTable

LONGEST = 480  # minutes


class ListingView(MeetingView):
    """Coming meetings on top, soonest first; then those that were, latest first."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.form: Form | None = None
        self.new = button(
            "Nieuw overleg", self.begin_new, role="primary", keys=keys_of("new", "mdo")
        )
        self.table = ValueTable[Meeting](self._columns(), "Overleggen")
        self.table.opened.connect(self._open)
        self.none = empty(
            "Nog geen overleg gepland",
            "Plan het eerstvolgende overleg van het kernteam. pzdesk stelt voor wie besproken wordt en "
            "waarom, en drukt de agenda af.",
            button("Overleg plannen", self.begin_new, role="primary"),
        )
        self.form_place = column()
        around = column(
            row(text("MDO", "title"), None, self.new),
            self.form_place,
            self.table,
            self.none,
            None,
            gap=12,
            margin=20,
        )
        around.setStretch(2, 100)
        self.setLayout(around)

    def show_place(self, place: Place) -> None:
        self.reload()
        if place.act == "new":
            self.begin_new()

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

    def acts(self) -> Mapping[str, Callable[[], object]]:
        save = {"save": self.form.try_save} if self.form is not None else {}
        return {"new": self.begin_new, **save}

    def begin_at(self) -> QWidget | None:
        return self.table if self._meetings else self.new

    def back(self) -> bool:
        if self.form is None:
            return False
        self._close_form()
        return True

    def leave(self) -> None:
        if self.form is not None:
            self.form.keep_draft()

    def hints(self) -> str:
        return "Enter voorbereiden · Ctrl+N nieuw overleg"

    def begin_new(self) -> None:
        """A form for a meeting; the time and place of the last one are proposed."""
        self._close_form()
        last = max(self._meetings, key=lambda m: (m.on, m.starts), default=None)
        rules = self.bench.desk.practice.practice().meeting
        form = Form(
            "Nieuw overleg",
            self._plan,
            cancel=self._close_form,
            words="Overleg plannen",
            place="mdo-nieuw",
            drafts=self.bench.desk.drafts,
        )
        on = DateField("datum", "Datum", self.bench.today, required=True, past=False)
        starts = TimeField("starts", "Begint om", required=True)
        starts.set_raw(f"{(last.starts if last else time(12, 30)):%H.%M}")
        minutes = NumberField("minuten", "Duur in minuten", 1, LONGEST, required=True)
        minutes.set_raw(str(last.minutes if last else rules.minutes))
        where = TextField("place", "Plaats (mag leeg blijven)")
        where.set_raw(last.place if last else "")
        chair = TextField("chair", "Voorzitter (mag leeg blijven)")
        form.row(on, starts, minutes).row(where, chair)
        self.form = form.ready()
        self.none.hide()
        self.form_place.addWidget(form)
        form.begin()

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
            ),
            said=f"Overleg gepland op {long_date(values['datum'])}",
            change=Change(Topic.MEETING),
            then=then,
            wrong=self.form,
        )
        if done:
            self._open(made[0])

    def _open(self, meeting: Meeting) -> None:
        self.bench.go(Place(page="mdo", section="voorbereiden", meeting=meeting.id))

    def _close_form(self, *, saved: bool = False) -> None:
        form, self.form = self.form, None
        if form is None:
            return
        if saved:
            form.saved()
        else:
            form.keep_draft()
        form.hide()
        form.deleteLater()
        self.none.setVisible(not self._meetings)

    def _columns(self) -> list[Column[Meeting]]:
        return [
            Column("on", "Datum", self._when, lambda m: (m.on, m.starts), 30),
            Column("state", "Stand", lambda m: Cell(label(m.state)), lambda m: m.state.value, 16),
            Column("minutes", "Duur", lambda m: Cell(f"{m.minutes} minuten"), None, 12),
            Column("place", "Plaats", lambda m: Cell(m.place), None, 20),
            Column("chair", "Voorzitter", lambda m: Cell(m.chair), None, 18),
        ]

    def _when(self, meeting: Meeting) -> Cell:
        return Cell(long_date(meeting.on), f"{meeting.starts:%H.%M} uur", is_strong=True)


def _is_coming(meeting: Meeting) -> bool:
    return meeting.state is MeetingState.PREPARING
