"""Vandaag: the next meeting, and the people for whom something waits."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from pzdesk.domain.person import long_date
from pzdesk.domain.user import Right
from pzdesk.domain.worklist import FILE_PAGE, MeetingAhead, WorkEntry, WorkList, WorkRow
from pzdesk.gui.bench import Bench
from pzdesk.gui.head import head
from pzdesk.gui.icons import icon
from pzdesk.gui.page import Page
from pzdesk.gui.pages.today_emergencies import EmergencyNotices
from pzdesk.gui.pages.today_rows import Key, Room, RowView, is_pressing, key_of
from pzdesk.gui.parts import Card, button, clear, column, empty, holder, line, row, scroll, text
from pzdesk.gui.places import PATIENTS, Place, file_of
from pzdesk.gui.preview import show_paper
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk

MINE_OR_ALL = "vandaag-alle"
LATE, WEEK, SOON = "Te laat", "Deze week", "Binnenkort"
FIRST_SHOWN = {LATE: 6, WEEK: 25, SOON: 0}
"""How many lines a group shows before more is asked; who presses is always shown (see ``_shown``)."""
LEAST_SHOWN = 10
MORE = 50
NARROW, LEAST = 900, 620  # below these widths, at 100 %, less stands beside each other


class TodayPage(Page):
    """Lines are worked by their buttons: arrows go from one to the next, Enter does what the button says."""

    key = "vandaag"
    title = "Vandaag"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._everybody = bool(bench.desk.preferences.remembered(MINE_OR_ALL, False))  # noqa: FBT003
        self._mine, self._all = WorkList(), WorkList()
        self._is_read = False
        self._drawn_on = bench.today
        self._asked = dict(FIRST_SHOWN)
        self._room = Room.WIDE
        self._last: tuple[Key | None, int] = (None, 0)
        self._group = QButtonGroup(self)
        self.mine = self._toggle("Mijn taken", everybody=False)
        self.all = self._toggle("Alle taken", everybody=True)
        self.day = text(long_date(bench.today), "muted", wrap=False)
        self.inside = column(gap=12)
        self._how: QPushButton | None = None
        self.area = scroll(holder(self.inside))
        self.rows: list[RowView] = []
        self._stops: list[QPushButton | RowView] = []
        self._rests: dict[str, tuple[Card, QWidget, QPushButton]] = {}
        title = text(self.title, "title", wrap=False)
        self.body.addLayout(head(title, self.mine, self.all, self.day))
        self.notices = EmergencyNotices(bench)
        self.body.addWidget(self.notices)
        self.body.addWidget(self.area, 1)

    @property
    def work(self) -> list[QPushButton]:
        """The buttons between which the arrows go, in reading order."""
        return [
            press
            for stop in self._stops
            for press in (stop.presses if isinstance(stop, RowView) else [stop])
        ]

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.SEE_WHO)

    def show_place(self, place: Place) -> None:
        self.day.setText(long_date(self.bench.today))
        super().show_place(place)

    def reload(self) -> None:
        if not self._is_read:
            clear(self.inside)
            self.inside.addWidget(text("De werklijst wordt gelezen…", "muted"))
        self.notices.reload()
        worklist = self.bench.desk.worklist
        self.bench.read("Werklijst lezen", worklist.both, done=self._read)

    def _read(self, found: tuple[WorkList, WorkList]) -> None:
        today = self.bench.today
        if self._is_read and (found, today) == ((self._mine, self._all), self._drawn_on):
            return  # what is shown is how it is, and the keyboard stays where it was
        self._is_read, self._drawn_on = True, today
        self._mine, self._all = found
        self.bench.counted.emit(self.key, self._mine.waiting)
        self.mine.setText(f"Mijn taken {self._mine.waiting}")
        self.all.setText(f"Alle taken {self._all.waiting}")
        (self.all if self._everybody else self.mine).setChecked(True)
        waited = self.mine.hasFocus() and not self._stops  # the focus had nowhere better to go
        self._show()
        if waited and (first := self._where()) is not None:
            self._go_to(first)

    def begin_at(self) -> QWidget | None:
        """Where the user was in the list, or else the first line; the meeting stands one up from there.

        Of an empty list: how to go on.
        """
        return self._where() or self._how or self.mine

    def leave(self) -> None:
        self._note_where()

    def hints(self) -> str:
        return "Pijltjes kiezen · Enter doet wat op de knop staat"

    def acts(self) -> Mapping[str, Callable[[], object]]:
        return {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in steps
            and watched in (work := self.work)
        ):
            here = work.index(watched) + steps[Qt.Key(event.key())]
            self._go_to(work[min(max(here, 0), len(work) - 1)])
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        wide, px = event.size().width(), theme().px
        room = Room.WIDE if wide >= px(NARROW) else Room.NARROW if wide >= px(LEAST) else Room.LEAST
        if room is not self._room:
            self._room = room
            self._show()

    def _show(self) -> None:
        if not self._is_read:
            return
        focus = self.focusWidget()
        # A window that is not there yet, or behind another, has where the keyboard will be as well.
        is_here = focus is not None and focus is self.window().focusWidget()
        had_focus = is_here and self.area.isAncestorOf(focus)
        if had_focus:
            self._note_where()
        was_open = {key_of(one.row) for one in self.rows if one.is_open}
        clear(self.inside)
        self.rows, self._stops, self._how, self._rests = [], [], None, {}
        found = self._all if self._everybody else self._mine
        if found.meeting is not None:
            self.inside.addWidget(self._meeting(found.meeting))
        if found.count:
            self.inside.addWidget(self._groups(found))
        else:
            nothing = self._nothing()
            self._how = nothing.findChild(QPushButton)
            self.inside.addWidget(nothing)
        self.inside.addStretch(1)
        for one in self.rows:
            one.show_others(is_shown=key_of(one.row) in was_open)
        where = self._where() or self._how
        if had_focus and where is not None:
            self._go_to(where)

    def _go_to(self, there: QPushButton) -> None:
        there.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(there)

    def _note_where(self) -> None:
        """Remember on which line the keyboard is, also when the list is made anew."""
        focus, work = self.focusWidget(), self.work
        if focus in work:
            known = {press: key for one in self.rows for key, press in one.known()}
            self._last = (known.get(focus), work.index(focus))

    def _where(self) -> QPushButton | None:
        """The button where the keyboard was; else of the same person; else what took its place."""
        key, number = self._last
        known = {found: press for one in reversed(self.rows) for found, press in one.known()}
        if key in known:
            return known[key]
        for one in self.rows:
            if key is not None and key_of(one.row) == key[:2]:
                return one.presses[0]
        if key is None and number == 0 and self.rows:
            return self.rows[0].presses[0]
        work = self.work
        return work[min(number, len(work) - 1)] if work else None

    def _toggle(self, words: str, *, everybody: bool) -> QPushButton:
        made = button(words, partial(self._use, everybody), role="chip-toggle")
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    def _use(self, everybody: bool) -> None:  # noqa: FBT001 - one of two buttons
        self._everybody = everybody
        self.bench.desk.preferences.remember(MINE_OR_ALL, everybody)
        self._last = (None, 0)
        (self.all if everybody else self.mine).setChecked(True)
        self._show()

    def _meeting(self, meeting: MeetingAhead) -> Card:
        card = Card(role="card-accent")
        words = f"Volgend MDO: {long_date(meeting.on)}, {meeting.starts:%H.%M} uur"
        told = f"{meeting.agenda}, {meeting.minutes} van {meeting.available} minuten"
        if meeting.without_question:
            told += f" · nog zonder bespreekvraag: {', '.join(meeting.without_question)}"
        go = Place(page="mdo", section="voorbereiden", meeting=meeting.id)
        look = button("Agenda bekijken", partial(self._look, meeting))
        prepare = button("Voorbereiden", partial(self.bench.go, go), role="primary")
        for made in (look, prepare):
            self._take(made)
        said = column(text(words, "strong"), text(told, "muted"), gap=1)
        if self._room is Room.LEAST:
            return card.add(said, row(look, prepare, None, gap=12))
        parts = row(said, look, prepare, gap=12)
        parts.setStretch(0, 1)
        return card.add(parts)

    def _look(self, meeting: MeetingAhead) -> None:
        papers = self.bench.desk.papers
        show_paper(
            self.bench,
            "Agenda",
            look=partial(papers.preview_agenda, meeting.id),
            hand_out=partial(papers.agenda, meeting.id),
        )

    def _groups(self, found: WorkList) -> Card:
        card = Card()
        card.body.setContentsMargins(0, theme().px(6), 0, theme().px(6))
        card.body.setSpacing(0)
        groups = {LATE: found.late, WEEK: found.week, SOON: found.soon}
        for words, rows in groups.items():
            if not rows:
                continue
            alone = len(rows) == found.count
            shown = self._shown(words, rows, alone=alone)
            if card.body.count() > 1:
                card.add(line())
            card.add(self._heading(words, rows, shown, alone=alone))
            for one in shown:
                card.add(line(), self._row(one))
            if shown and len(shown) < len(rows):
                card.add(line())
                card.add(self._rest(card, words, rows[len(shown) :], len(shown)))
        return card

    def _shown(self, words: str, rows: Sequence[WorkRow], *, alone: bool) -> Sequence[WorkRow]:
        """The first lines of a group. What is late and presses is never behind a button: the late
        revisions of people who are calm must not push this week out of sight."""
        most = self._asked[words]
        if alone:
            most = max(most, FIRST_SHOWN[WEEK])
        if words == LATE:
            most = max(most, min(sum(map(is_pressing, rows)), FIRST_SHOWN[WEEK]))
        elif words == WEEK and most == FIRST_SHOWN[WEEK]:
            # Where much is late, this week begins shorter: every line costs time to draw.
            most = max(most - max(len(self.rows) - FIRST_SHOWN[LATE], 0), LEAST_SHOWN)
        return rows[:most]

    def _heading(
        self, words: str, rows: Sequence[WorkRow], shown: Sequence[WorkRow], *, alone: bool
    ) -> QWidget:
        px = theme().px
        parts = row(text(words, "heading", wrap=False), text(str(len(rows)), "muted", wrap=False))
        parts.addStretch(1)
        parts.setContentsMargins(px(16), px(4), px(16), px(4))
        if words == SOON and not alone:
            is_open = bool(shown)
            turn = button(
                "Verbergen" if is_open else "Tonen",
                partial(self._ask, words, 0 if is_open else FIRST_SHOWN[WEEK]),
                role="quiet",
            )
            turn.setAccessibleName(f"{words} {turn.text().lower()}, {len(rows)}")
            turn.setIcon(icon("omlaag", "accent"))
            turn.setIconSize(QSize(px(14), px(14)))
            self._take(turn)
            parts.addWidget(turn)
        made = holder(parts)
        made.setMinimumHeight(theme().target(40))
        return made

    def _rest(self, card: Card, words: str, rows: Sequence[WorkRow], shown: int) -> QWidget:
        px, left = theme().px, len(rows)
        told = f"Toon nog {min(left, MORE)}"
        if left > MORE:
            told += f" van de {left}"
        clinical = self.bench.desk.session.has(Right.READ_FILE)
        if words == LATE and clinical and not any(map(is_pressing, rows)):
            told += ", zonder urgentie “nu” of “binnenkort”"
        more = button(told, partial(self._add_lines, words, shown), role="quiet")
        self._take(more)
        parts = row(more, None)
        parts.setContentsMargins(px(2), px(4), px(16), px(4))
        made = holder(parts)
        self._rests[words] = (card, made, more)
        return made

    def _add_lines(self, words: str, shown: int) -> None:
        """The next lines of a group below those that stand there, which stay as they are."""
        found = self._all if self._everybody else self._mine
        rows = {LATE: found.late, WEEK: found.week, SOON: found.soon}[words]
        self._asked[words] = until = shown + MORE
        card, place, more = self._rests.pop(words)
        before, lines = self._stops, self.rows
        at = before.index(more)
        number = sum(isinstance(stop, RowView) for stop in before[:at])
        self._stops, self.rows = [], []
        new: list[QWidget] = []
        for one in rows[shown:until]:
            new += [line(), self._row(one)] if new else [self._row(one)]
        if until < len(rows):
            new += [line(), self._rest(card, words, rows[until:], until)]
        first = self.rows[0].presses[0]
        where = card.body.indexOf(place)
        for part in reversed(new):
            card.body.insertWidget(where, part)
        chain = [_last_of(before[at - 1]) if at else more, *_presses(self._stops)]
        self._stops = [*before[:at], *self._stops, *before[at + 1 :]]
        self.rows = [*lines[:number], *self.rows, *lines[number:]]
        for one_, next_ in pairwise(chain):
            QWidget.setTabOrder(one_, next_)
        new[0].show()  # the keyboard goes on there before the old button is gone
        first.setFocus(Qt.FocusReason.TabFocusReason)
        place.hide()
        place.deleteLater()
        QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        """Scroll to where the keyboard is, now that what is new has its place."""
        focus = self.focusWidget()
        if focus is not None and self.area.isAncestorOf(focus):
            self.area.ensureWidgetVisible(focus)

    def _row(self, one: WorkRow) -> RowView:
        made = RowView(
            one,
            self.bench.today,
            self._do,
            clinical=self.bench.desk.session.has(Right.READ_FILE),
            room=self._room,
        )
        made.changed.connect(self._watch)
        self.rows.append(made)
        self._stops.append(made)
        for press in made.presses:
            press.installEventFilter(self)
        return made

    def _watch(self) -> None:
        """A line shows more, or less: the arrows go between what is shown."""
        for press in self.work:
            press.installEventFilter(self)

    def _do(self, one: WorkRow, entry: WorkEntry) -> None:
        if entry.page == FILE_PAGE and one.person is not None:
            self.bench.go(file_of(one.person.id, entry.section, entry.act))
        else:
            go = Place(
                page=entry.page, section=entry.section, meeting=one.meeting_id, act=entry.act
            )
            self.bench.go(go)

    def _ask(self, words: str, count: int) -> None:
        self._asked[words] = count
        self._show()

    def _take(self, made: QPushButton) -> None:
        made.installEventFilter(self)
        self._stops.append(made)

    def _nothing(self) -> Card:
        desk, waiting = self.bench.desk, self._all.count
        if waiting:
            return empty(
                "Voor u wacht er niets",
                f"In de praktijk {'wacht' if waiting == 1 else 'wachten'} nog {waiting}; "
                "kies “Alle taken”.",
                button("Alle taken", partial(self._use, True)),  # noqa: FBT003 - one of two
            )
        if not desk.patients.rows() and desk.session.has(Right.IMPORT):
            return empty(
                "Welkom bij pzdesk",
                "Neem de lijst van uw palliatieve patiënten over uit het HIS, of voeg iemand toe. Daarna "
                "staat hier elke dag wat er wacht.",
                button("Naar Patiënten", partial(self.bench.go, PATIENTS), role="primary"),
            )
        soon = "Wat binnenkort moet, komt hier vanzelf te staan."
        if self.notices.isVisibleTo(self):
            return empty("Verder wacht er niets", soon)
        return empty("Er wacht niets", f"Alles is bij. {soon}")


def _presses(stops: Sequence[QPushButton | RowView]) -> list[QPushButton]:
    """All that Tab comes to, in reading order."""
    found: list[QPushButton] = []
    for stop in stops:
        if isinstance(stop, RowView):
            found += [*([stop.more] if stop.more is not None else ()), *stop.presses]
        else:
            found.append(stop)
    return found


def _last_of(stop: QPushButton | RowView) -> QPushButton:
    return _presses([stop])[-1]
