"""Voorbereiden: the agenda at the left, the case in the middle, who and what on paper at the right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from pzdesk.domain.labels import label
from pzdesk.domain.mdo import AgendaItem, Meeting, MeetingState, people_on
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, long_date, short
from pzdesk.domain.proposal import Proposal
from pzdesk.domain.rows import PersonRow
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.head import head
from pzdesk.gui.pages.meetings.agenda import STEP, AgendaCard, Line
from pzdesk.gui.pages.meetings.around import AroundView
from pzdesk.gui.pages.meetings.case import CaseView
from pzdesk.gui.pages.meetings.talk import put_away
from pzdesk.gui.pages.meetings.view import MeetingView
from pzdesk.gui.parts import button, column, holder, one_line, scroll, text
from pzdesk.gui.people import choose_person
from pzdesk.gui.places import Place
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk

Found = tuple[int, list[Proposal], dict[PatientId, PersonRow]]
NARROW = 1020  # pixels at 100 %: three columns have no room
ONE_COLUMN = 720  # nor have two
LEFT = "De bespreekvraag is niet bewaard: wat u typte, staat als concept klaar bij dit punt."
ADD = "Ctrl+N zet iemand op de agenda, of een punt zonder dossier."
WHO = "Wie al op de agenda staat, staat hier niet bij. Of vul hieronder een punt in."
EMPTY = "Er staat nog niemand op de agenda. Ctrl+N zet iemand op de agenda."
LEAST_AGENDA = 210  # pixels at 100 % for the lines of the agenda where all scrolls as one
LEAST_BESIDE = 90  # and where they stand beside the case


class PrepareView(MeetingView):
    """Optional means optional: a name, a question, print."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.meeting: Meeting | None = None
        self.items: list[AgendaItem] = []
        self._proposed: list[Proposal] | None = None
        self._people: dict[PatientId, PersonRow] = {}
        self._is_shown = self._is_chosen = False
        self.form: Form | None = None
        self.heading = text("", "title", wrap=False)
        self.when = one_line("", "muted")
        self.hold = button("Start overleg", self._hold, keys=keys_of("hold", "mdo"))
        self.agenda = AgendaCard()
        self.case = CaseView(bench, self.agenda.table)
        self.around = AroundView(bench)
        self.form_place = column()
        left = column(self.form_place, self.agenda, gap=8)
        left.setStretch(1, 1)
        self.left = holder(left)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.above, self.below, self.beside = column(), column(), column(self.around)
        self.first = column(self.left)
        self.agenda_area = scroll(holder(self.first))  # a form above the agenda keeps its height
        middle = scroll(holder(column(self.above, self.case, self.below, None)))
        self.right = scroll(holder(self.beside))
        for part in (self.agenda_area, middle, self.right):
            self.split.addWidget(part)
        for number, share in enumerate((35, 43, 22)):
            self.split.setStretchFactor(number, share)
        px = theme().px
        for place in (self.above, self.below):
            place.setContentsMargins(px(4), 0, px(8), 0)  # in line with the case between them
        self.split.setSizes([px(330), px(430), px(220)])
        self.split.setChildrenCollapsible(False)
        self.top = holder(head(self.heading, self.when, self.hold))
        around = column(self.top, self.split, gap=10, margin=16)
        around.setStretch(1, 1)
        self.all = around
        self.setLayout(around)
        self.agenda.table.setMinimumHeight(px(LEAST_BESIDE))
        self.agenda.chosen.connect(self._chosen)
        self.agenda.ticked.connect(self._ticked)
        self.agenda.opened.connect(self._opened)
        self.agenda.asked_new.connect(self.begin_new)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window who is invited stands below the case; in a narrower one all in one column."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(NARROW)
        if is_narrow != self.right.isHidden():
            (self.below if is_narrow else self.beside).addWidget(self.around)
            self.right.setHidden(is_narrow)
        is_one = self.width() < theme().px(ONE_COLUMN)
        if is_one != self.agenda_area.isHidden():
            self._use_one_column(is_one=is_one)

    def _use_one_column(self, *, is_one: bool) -> None:
        """All of it under each other and scrolling as one, with a few lines of the agenda in sight."""
        if is_one:
            self.above.addWidget(self.top)
            self.above.addWidget(self.left)
        else:
            self.all.insertWidget(0, self.top)
            self.first.addWidget(self.left)
        self.agenda_area.setHidden(is_one)
        self.agenda.table.setMinimumHeight(theme().px(LEAST_AGENDA if is_one else LEAST_BESIDE))

    @property
    def item(self) -> AgendaItem | None:
        return self.case.item

    def show_place(self, place: Place) -> None:
        if place.meeting is None:
            return
        if self.meeting is not None and self.meeting.id != place.meeting:
            self.case.keep_draft()
            self._close_form()
        self._read(place.meeting)
        if place.item is not None:
            self.agenda.go_to(place.item)
        if place.act == "new":
            self.begin_new()

    def reload(self) -> None:
        if self.meeting is not None:
            self._read(self.meeting.id)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        return {
            "new": self._begin_if_open,
            "save": self._save,
            "print": self._print,
            "hold": self._hold,
            "edit": self._ask,
            "earlier": lambda: self._order(-1),
            "later": lambda: self._order(1),
            "longer": lambda: self._minutes(STEP),
            "shorter": lambda: self._minutes(-STEP),
            "next": lambda: self.agenda.step(1),
            "previous": lambda: self.agenda.step(-1),
        }

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        return [("Agenda", self._print), *self.around.papers()]

    def begin_at(self) -> QWidget | None:
        return self.agenda.begin_at()

    def back(self) -> bool:
        if self.form is not None:
            self._close_form()
            return True
        begin = self.agenda.begin_at()
        if begin.hasFocus():
            return False
        begin.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def leave(self) -> None:
        if not self.case.save():
            self.bench.tell(LEFT, is_error=True)
        self.case.keep_draft()  # what cannot be saved, and input that is not added yet
        if self.form is not None:
            self.form.keep_draft()

    def hints(self) -> str:
        if self.meeting is not None and self.meeting.state is not MeetingState.PREPARING:
            return "Pijltjes kiezen · Ctrl+P verslag"
        if self.agenda.table.isHidden():
            return "Ctrl+N iemand op de agenda"
        return "Spatie kiezen · Alt+↑↓ volgorde · + − minuten · Enter vraag"

    def _begin_if_open(self) -> None:
        if self._may_plan():
            self.begin_new()

    def begin_new(self) -> None:
        """Put somebody, or a subject without a file, on the agenda."""
        if not self._may_plan():
            return
        self._close_form()
        form = Form(
            "Op de agenda zetten",
            self._add,
            cancel=self._close_form,
            words="Toevoegen",
            place=f"mdo-erbij-{self.meeting.id if self.meeting else 0}",
            drafts=self.bench.desk.drafts,
        )
        who = PickField("patient", "Patiënt", [], help_=WHO)
        form.row(who)
        form.row(TextField("onderwerp", "Punt zonder dossier"))
        self.form = form.ready()
        self.form_place.addWidget(form)
        self.agenda.make_room(is_adding=True)
        form.begin()
        choose_person(self.bench, who, but=people_on(self.items))

    def _read(self, meeting_id: int) -> None:
        meetings, self._is_shown = self.bench.desk.meetings, False
        if self.meeting is None or self.meeting.id != meeting_id:
            self._proposed, self._people = None, {}
        self.meeting, self.items = meetings.meeting(meeting_id)
        if self.meeting.state is not MeetingState.PREPARING:
            self._proposed = None
            self._show()
            return
        self.bench.read(
            "Voorstel maken",
            partial(_propose, self.bench.desk, self.meeting),
            done=self._show_proposal,
            meanwhile=self._show,
        )

    def _show_proposal(self, found: Found) -> None:
        meeting_id, proposed, people = found
        if self.meeting is None or self.meeting.id != meeting_id:
            return
        is_new = proposed != self._proposed
        self._proposed = proposed
        self._people |= people
        if not self._is_shown:
            self._show()
        elif is_new:
            self._show_agenda(self.meeting)

    def _show(self) -> None:
        desk, meeting, self._is_shown = self.bench.desk, self.meeting, True
        if meeting is None:
            return
        if unknown := people_on(self.items) - self._people.keys():
            self._people |= desk.patients.people(unknown)
        is_open = meeting.state is MeetingState.PREPARING
        team = [who for who in desk.network.region()[0] if who.kernteam]
        heading = "MDO voorbereiden" if is_open else f"Overleg, {label(meeting.state)}"
        self.heading.setText(heading)
        self.when.setText(
            f"{meeting.kernteam} · {long_date(meeting.on)}, {meeting.starts:%H.%M} uur"
        )
        self.hold.setVisible(is_open)
        refused = desk.consents.without_consent(meeting.id)
        self.around.show_meeting(meeting, team, refused, self._people)
        self._show_agenda(meeting)

    def _show_agenda(self, meeting: Meeting) -> None:
        rules = self.bench.desk.practice.practice().meeting
        self._is_chosen = False
        self.agenda.show_agenda(meeting, self.items, self._proposed, self._people, rules)
        if not self._is_chosen:  # the cursor is where it was
            self._chosen(self.agenda.table.current())

    def _chosen(self, line: Line | None) -> None:
        self._is_chosen = True
        item = line.item if line is not None else None
        if self.meeting is None:
            return
        if self.case.item is not None and (item is None or item.id != self.case.item.id):
            self.leave()
        if item is None:
            words = "Nog niemand op de agenda" if not self.items else "Voorgesteld"
            how = "Spatie zet deze persoon op de agenda." if line is not None else ADD
            self.case.show_nothing(words, how)
            return
        fresh = next((one for one in self.items if one.id == item.id), item)
        here = [one.id for one in self.items].index(fresh.id) + 1
        named = line.person if line is not None else None
        who = f"{short(named.name, named.sex)}, {dutch_date(named.birth_date)}" if named else ""
        self.case.show_item(self.meeting, fresh, f"{here} van {len(self.items)}", who)

    def _ticked(self, line: Line) -> None:
        meetings, meeting = self.bench.desk.meetings, self.meeting
        if meeting is None or not self._may_plan():
            return
        change = Change(Topic.MEETING, meeting=meeting.id)
        if line.item is not None:
            item = line.item
            self.bench.act(
                lambda: meetings.take_off(item),
                said="Van de agenda gehaald",
                change=change,
                undo=lambda _: meetings.put_back(item),
            )
        elif line.proposal is not None:
            patient = line.proposal.patient_id
            self.bench.act(
                lambda: meetings.add_item(meeting.id, patient_id=patient, proposed=self._proposed),
                said="Op de agenda gezet",
                change=change,
                undo=meetings.take_off,
            )

    def _opened(self, line: Line) -> None:
        """Enter: to the question of who is on the agenda; who is proposed is put on it."""
        if line.item is not None:
            self._ask()
        else:
            self._ticked(line)

    def _minutes(self, by: int) -> None:
        """More or fewer minutes for the chosen item, in steps of five."""
        line = self.agenda.table.current()
        if line is None or line.item is None or self.meeting is None:
            return
        if not self._may_plan() or not self.case.save():
            return
        item = next((one for one in self.items if one.id == line.item.id), line.item)
        steps = item.minutes // STEP + 1 if by > 0 else -(-item.minutes // STEP) - 1
        minutes = steps * STEP
        if minutes < STEP:
            self.bench.tell("Minder dan vijf minuten kan in het veld Minuten.", is_error=True)
            return
        meetings = self.bench.desk.meetings
        self.bench.act(
            lambda: meetings.change_item(replace(item, minutes=minutes)),
            said=f"{minutes} minuten",
            change=Change(Topic.MEETING, meeting=self.meeting.id),
            undo=lambda kept: meetings.change_item(replace(kept, minutes=item.minutes)),
        )

    def _may_plan(self) -> bool:
        """Whether the agenda can still change; of a meeting that was held or is off it cannot."""
        if self.meeting is None or self.meeting.state is MeetingState.PREPARING:
            return True
        said = f"Dit overleg is {label(self.meeting.state)}; de agenda verandert niet meer."
        self.bench.tell(said, is_error=True)
        return False

    def _order(self, by: int) -> None:
        ids = self.agenda.order_after(by)
        if ids is None or self.meeting is None:
            return
        if not self._may_plan() or not self.case.save():
            return
        meeting, before = self.meeting, [item.id for item in self.items]
        meetings = self.bench.desk.meetings
        self.bench.act(
            lambda: meetings.order(meeting.id, ids),
            said="Volgorde gewijzigd",
            change=Change(Topic.MEETING, meeting=meeting.id),
            undo=lambda _: meetings.order(meeting.id, before),
        )

    def _add(self, values: dict[str, Any]) -> None:
        if self.meeting is None:
            return
        meeting, meetings = self.meeting, self.bench.desk.meetings
        patient = values["patient"]
        kept: list[AgendaItem] = []

        def then(item: AgendaItem) -> None:
            kept.append(item)
            self._close_form(saved=True)

        done = self.bench.act(
            lambda: meetings.add_item(
                meeting.id,
                patient_id=PatientId(int(patient)) if patient else None,
                title=values["onderwerp"],
                proposed=self._proposed,
            ),
            said="Op de agenda gezet",
            change=Change(Topic.MEETING, meeting=meeting.id),
            undo=meetings.take_off,
            then=then,
            wrong=self.form,
        )
        if done:
            self.agenda.go_to(kept[0].id)
            self.agenda.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        here = QApplication.focusWidget()
        if self.form is not None and not (here is not None and self.case.isAncestorOf(here)):
            self.form.try_save()
        else:
            self.case.save_here()

    def _print(self) -> None:
        self.leave()
        self.around.print()

    def _ask(self) -> None:
        if self.case.form is not None:
            self.case.form.begin()

    def _hold(self) -> None:
        if self.meeting is not None and not self.items:
            self.bench.tell(EMPTY, is_error=True)
            self.agenda.add_.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.leave()
        if self.meeting is not None:
            self.bench.go(Place(page="mdo", section="overleg", meeting=self.meeting.id))

    def _close_form(self, *, saved: bool = False) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.agenda.make_room(is_adding=False)
            put_away(form, saved=saved)


def _propose(desk: Desk, meeting: Meeting) -> Found:
    """Who is proposed, and who they are: over a large practice no work for the window."""
    proposed = desk.meetings.proposal(meeting.on)
    return meeting.id, proposed, desk.patients.people({one.patient_id for one in proposed})
