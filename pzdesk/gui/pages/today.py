"""Vandaag: the next meeting, and the people for whom something waits."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from pzdesk.domain.person import dutch_date, long_date, short
from pzdesk.domain.user import Right
from pzdesk.domain.worklist import MeetingAhead, WorkEntry, WorkList, WorkRow
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change
from pzdesk.gui.page import Page
from pzdesk.gui.parts import (
    Card,
    button,
    chip,
    clear,
    column,
    empty,
    holder,
    line,
    row,
    scroll,
    text,
    urgency_words,
)
from pzdesk.gui.places import ACTIONS, PATIENTS, Place, file_of
from pzdesk.gui.theme import mark, theme
from pzdesk.services.desk import Desk

MINE_OR_ALL = "vandaag-alle"
SHOWN = 25  # rows of a group before "Toon de rest"


class TodayPage(Page):
    """Rows are buttons: arrows go from one to the next, Enter does what the button says."""

    key = "vandaag"
    title = "Vandaag"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._everybody = bool(bench.desk.preferences.remembered(MINE_OR_ALL, False))  # noqa: FBT003
        self._open_groups: set[str] = set()
        self._group = QButtonGroup(self)
        self.mine = self._toggle("Mijn taken", everybody=False)
        self.all = self._toggle("Alle taken", everybody=True)
        self.day = text(long_date(bench.today), "muted", wrap=False)
        self.inside = column(gap=12)
        self.area = scroll(holder(self.inside))
        self.work: list[QPushButton] = []
        self.body.addLayout(
            row(text(self.title, "title"), None, self.mine, self.all, self.day, gap=10)
        )
        self.body.addWidget(self.area, 1)

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.SEE_WHO)

    def reload(self) -> None:
        focus = self.focusWidget()
        here = self.work.index(focus) if focus in self.work else 0
        was_here = focus is not None and focus.hasFocus()
        mine, everything = self.bench.desk.worklist.both()
        self.mine.setText(f"Mijn taken {mine.count}")
        self.all.setText(f"Alle taken {everything.count}")
        found = everything if self._everybody else mine
        (self.all if self._everybody else self.mine).setChecked(True)
        clear(self.inside)
        self.work = []
        if found.meeting is not None:
            self.inside.addWidget(self._meeting(found.meeting))
        if found.count:
            self.inside.addWidget(self._groups(found))
        else:
            self.inside.addWidget(self._nothing(everything))
        self.inside.addStretch(1)
        if self.work and self.isVisible() and was_here:
            self.work[min(here, len(self.work) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def concerns(self, change: Change) -> bool:
        return True

    def begin_at(self) -> QWidget | None:
        return self.work[0] if self.work else self.mine

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
            and watched in self.work
        ):
            here = self.work.index(watched) + steps[Qt.Key(event.key())]
            there = self.work[min(max(here, 0), len(self.work) - 1)]
            there.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(there)
            return True
        return super().eventFilter(watched, event)

    def _toggle(self, words: str, *, everybody: bool) -> QPushButton:
        made = button(words, partial(self._use, everybody), role="chip-toggle")
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    def _use(self, everybody: bool) -> None:  # noqa: FBT001 - one of two buttons
        self._everybody = everybody
        self.bench.desk.preferences.remember(MINE_OR_ALL, everybody)
        self.reload()

    def _meeting(self, meeting: MeetingAhead) -> Card:
        card = Card(role="card-accent")
        words = f"Volgend MDO: {long_date(meeting.on)}, {meeting.starts:%H.%M} uur"
        told = f"{meeting.agenda}, {meeting.minutes} van {meeting.available} minuten"
        if meeting.without_question:
            told += f" · nog zonder bespreekvraag: {', '.join(meeting.without_question)}"
        go = Place(page="mdo", section="voorbereiden", meeting=meeting.id)
        prepare = button("Voorbereiden", partial(self.bench.go, go), role="primary")
        self._take(prepare)
        said = column(text(words, "strong"), text(told, "muted"), gap=1)
        parts = row(said, prepare, gap=12)
        parts.setStretch(0, 1)
        return card.add(parts)

    def _groups(self, found: WorkList) -> Card:
        card = Card()
        card.body.setSpacing(theme().px(6))
        for words, rows in (
            ("Te laat", found.late),
            ("Deze week", found.week),
            ("Binnenkort", found.soon),
        ):
            if not rows:
                continue
            card.add(row(text(f"{words}  {len(rows)}", "heading", wrap=False), None))
            whole = words in self._open_groups
            for one in rows if whole else rows[:SHOWN]:
                card.add(line(), self._row(one, is_late=words == "Te laat"))
            if len(rows) > SHOWN and not whole:
                more = button(
                    f"Toon de andere {len(rows) - SHOWN}", partial(self._open, words), role="quiet"
                )
                card.add(row(more, None))
        return card

    def _row(self, one: WorkRow, *, is_late: bool) -> QFrame:
        px, entry, person = theme().px, one.first, one.person
        made = QFrame()
        mark(made, "work-row")
        if person is not None:
            words, kind = urgency_words(person.urgency, person.phase)
            left = chip(words, kind)
            name = short(person.name, person.sex)
            born = dutch_date(person.birth_date)
            who = column(text(name, "strong"), text(born, "small"), gap=0)
        else:
            left, name = text(""), "het team"
            who = column(text("Zonder patiënt", "strong"), gap=0)
        left.setFixedWidth(px(136))
        more = f"  +{len(one.more)} meer" if one.more else ""
        what = text(f"{entry.words}{more}")
        if one.more:
            what.setToolTip("\n".join(other.words for other in one.more))
        when = text(self._when(entry), "error" if is_late else "")
        press = button(entry.button, partial(self._do, one))
        press.setAccessibleName(f"{entry.button}, {name}: {entry.words}, {self._when(entry)}")
        press.setFixedWidth(px(176))
        self._take(press)
        by = text(entry.who, "muted")
        parts = row(left, who, what, when, by, press, gap=10)
        for number, share in enumerate((0, 22, 34, 16, 14, 0)):
            parts.setStretch(number, share)
        made.setLayout(parts)
        return made

    def _when(self, entry: WorkEntry) -> str:
        if entry.due is None:
            return "nog te doen"
        days = (self.bench.today - entry.due).days
        if days > 0:
            return "sinds gisteren" if days == 1 else f"sinds {days} dagen"
        return {0: "vandaag", -1: "morgen"}.get(days, dutch_date(entry.due))

    def _do(self, one: WorkRow) -> None:
        entry = one.first
        if one.person is None:
            self.bench.go(ACTIONS)
        else:
            self.bench.go(file_of(one.person.id, entry.section, entry.act))

    def _open(self, words: str) -> None:
        self._open_groups.add(words)
        self.reload()

    def _take(self, made: QPushButton) -> None:
        made.installEventFilter(self)
        self.work.append(made)

    def _nothing(self, everything: WorkList) -> Card:
        if everything.count:
            return empty(
                "Voor u wacht er niets",
                f"In de praktijk {'wacht' if everything.count == 1 else 'wachten'} nog "
                f"{everything.count}; kies “Alle taken”.",
            )
        if not self.bench.desk.patients.rows():
            return empty(
                "Welkom bij pzdesk",
                "Neem de lijst van uw palliatieve patiënten over uit het HIS, of voeg iemand toe. Daarna "
                "staat hier elke dag wat er wacht.",
                button("Naar Patiënten", partial(self.bench.go, PATIENTS), role="primary"),
            )
        return empty(
            "Er wacht niets", "Alles is bij. Wat binnenkort moet, komt hier vanzelf te staan."
        )
