"""Overleg: one person at a time in large type, for a beamer; everything is kept while it is typed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QStackedWidget, QWidget

from pzdesk.domain.action import Action
from pzdesk.domain.agreement import understood
from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import AgendaItem, ItemNotes, Meeting, MeetingState
from pzdesk.domain.person import dutch_date, long_date, short
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import CheckField
from pzdesk.gui.fields import AreaField
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.meetings.view import MeetingView
from pzdesk.gui.parts import Card, button, clear, column, empty, holder, row, scroll, text
from pzdesk.gui.places import Place
from pzdesk.gui.shortcuts import keys_of
from pzdesk.services import paper_words

KEPT_AFTER_MS = 800
MINUTE_MS = 20_000
NOTES = (
    ("lichamelijk", "Lichamelijk"),
    ("psychisch", "Psychisch"),
    ("sociaal", "Sociaal"),
    ("zingeving", "Zingeving"),
    ("vooruitkijken", "Vooruitkijken"),
)


class HoldView(MeetingView):
    """Nothing of other people is in sight; the clock stands at the side of the chair."""

    holds_meeting = True

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.meeting: Meeting | None = None
        self.items: list[AgendaItem] = []
        self.at = 0
        self.notes: dict[str, AreaField] = {}
        self.line = QLineEdit()
        self.closing: Form | None = None
        self._began: datetime | None = None
        self._names: tuple[str, ...] = ()
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEPT_AFTER_MS)
        self._keep.timeout.connect(self.save)
        self._minutes = QTimer(self)
        self._minutes.setInterval(MINUTE_MS)
        self._minutes.timeout.connect(self._show_clock)
        self.heading = text("", "muted")
        self.clock = text("", "muted", wrap=False)
        top = row(
            text("Overleg", "title", wrap=False),
            self.heading,
            self.clock,
            button("Scherm leeg", self.blank, keys=keys_of("blank", "mdo")),
            button("Afronden", self.begin_closing),
            gap=12,
        )
        top.setStretch(1, 1)
        self.inside = column(gap=12)
        self.area = scroll(holder(self.inside))
        self.dark = QWidget()
        self.dark.setAccessibleName("Leeg scherm; F9 toont het overleg weer")
        self.dark.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.dark)
        self.top = holder(top)
        around = column(self.top, self.stack, gap=10, margin=16)
        around.setStretch(1, 1)
        self.setLayout(around)

    @property
    def item(self) -> AgendaItem | None:
        """The item of now."""
        return self.items[self.at] if self.items else None

    def show_place(self, place: Place) -> None:
        if place.meeting is None:
            return
        fresh = self.meeting is None or self.meeting.id != place.meeting
        self.meeting, self.items = self.bench.desk.meetings.meeting(place.meeting)
        if fresh:
            self.at, self._began = 0, self.bench.desk.session.now
        if place.item is not None:
            ids = [item.id for item in self.items]
            self.at = ids.index(place.item) if place.item in ids else 0
        self.at = min(self.at, max(len(self.items) - 1, 0))
        region = self.bench.desk.network.region()[0]
        names = [who.name for who in self.meeting.invited] + [who.name for who in region]
        self._names = tuple(dict.fromkeys((*names, self.bench.desk.session.user.name)))
        self.heading.setText(f"{self.meeting.kernteam} · {long_date(self.meeting.on)}")
        self.stack.setCurrentWidget(self.area)
        self.top.show()
        self._minutes.start()
        self._show_clock()
        self._show_item()

    def reload(self) -> None:
        """Its own acts show what they changed; what was typed is never thrown away by a change."""

    def acts(self) -> Mapping[str, Callable[[], object]]:
        if self.closing is not None:
            return {"save": self.closing.try_save}
        return {
            "next": partial(self.go, 1),
            "previous": partial(self.go, -1),
            "no-action": self.no_action,
            "blank": self.blank,
            "save": self.save,
        }

    def begin_at(self) -> QWidget | None:
        first = self.notes.get(NOTES[0][0])
        return first.control if first is not None else None

    def back(self) -> bool:
        if self.stack.currentWidget() is self.dark:
            self.blank()
            return True
        if self.closing is not None:
            self.closing = None
            self._show_item()
            return True
        return False

    def leave(self) -> None:
        self.save()
        self._minutes.stop()

    def hints(self) -> str:
        return "Alles wordt bewaard terwijl u typt · Ctrl+→ volgende · F9 scherm leeg"

    def go(self, by: int) -> None:
        """To the next or the previous item; after the last one the meeting can be closed."""
        if not self.save():
            return
        if self.at + by >= len(self.items):
            self.begin_closing()
            return
        self.at = max(self.at + by, 0)
        self._show_item()

    def blank(self) -> None:
        """Show nothing at all, or the meeting again."""
        is_dark = self.stack.currentWidget() is self.dark
        self.stack.setCurrentWidget(self.area if is_dark else self.dark)
        self.top.setVisible(is_dark)
        (self.begin_at() or self).setFocus() if is_dark else self.dark.setFocus()

    def no_action(self) -> None:
        """Record that nothing needs to be done for this item."""
        item = self.item
        if item is None or not self.save():
            return
        notes = replace(self.items[self.at].notes, no_action=True, discussed=True)
        if self._note(notes):
            self.bench.tell("Geen actie nodig: vastgelegd")
            self.go(1)

    def save(self) -> bool:
        """Keep what was noted of this item; false when it could not be kept."""
        self._keep.stop()
        item = self.item
        if item is None or not self.notes or not self._may_note():
            return True
        raw = {key: field.raw() for key, field in self.notes.items()}
        notes = replace(
            item.notes,
            lichamelijk=raw["lichamelijk"],
            psychisch=raw["psychisch"],
            sociaal=raw["sociaal"],
            zingeving=raw["zingeving"],
            vooruitkijken=raw["vooruitkijken"],
        )
        if notes == item.notes:
            return True
        return self._note(replace(notes, discussed=True))

    def add_agreement(self) -> None:
        """Keep the line: with somebody named it is an action, without it is an agreement."""
        item = self.item
        if item is None or self.meeting is None or not self.line.text().strip():
            return
        found = understood(self.line.text(), self._names, self.bench.today)
        if not found.what:
            self.meant.setText("Typ ook wat er gebeurt.")
            return
        if not self.save():
            return
        if not found.who:
            notes = replace(
                item.notes, afspraken=(*self.items[self.at].notes.afspraken, found.what)
            )
            if self._note(replace(notes, discussed=True)):
                self.line.clear()
                self._show_agreed()
            return
        actions, meeting = self.bench.desk.actions, self.meeting
        done = self.bench.act(
            lambda: actions.add(
                who=found.who,
                what=found.what,
                due=found.due,
                patient_id=item.patient_id,
                meeting_id=meeting.id,
            ),
            said="Actie afgesproken",
            change=Change(Topic.ACTION, item.patient_id, meeting.id),
            undo=self._withdraw,
        )
        if done:
            self.line.clear()
            self._show_agreed()

    def begin_closing(self) -> None:
        """Who was there, and then the meeting is held."""
        if self.meeting is None or not self.save():
            return
        form = Form("Overleg afronden", self._close, cancel=self.back, words="Overleg afronden")
        form.put(text("Wie waren erbij?", "heading"))
        for who in self.meeting.invited:
            words = f"{who.name}, {label(who.discipline)}"
            form.row(CheckField(f"bij-{who.name}", words, ticked=True))
        left = [item for item in self.items if item.notes.discussed is None]
        if left:
            form.put(text(f"{len(left)} punten zijn niet besproken; ze komen terug.", "warning"))
        self.closing = form.ready()
        clear(self.inside)
        self.notes = {}
        self.inside.addWidget(form)
        self.inside.addStretch(1)
        form.begin()

    def _close(self, values: dict[str, bool]) -> None:
        if self.meeting is None:
            return
        meeting = self.meeting
        there = [key.removeprefix("bij-") for key, is_there in values.items() if is_there]
        go = Place(page="mdo", section="voorbereiden", meeting=meeting.id)

        def then(_: Meeting) -> None:
            self.closing = self.meeting = None
            self.items = []

        if self.bench.act(
            lambda: self.bench.desk.meetings.held(meeting, there),
            said="Overleg afgerond; het verslag kan worden afgedrukt",
            change=Change(Topic.MEETING, meeting=meeting.id),
            then=then,
            wrong=self.closing,
        ):
            self.bench.go(go)

    def _show_item(self) -> None:
        clear(self.inside)
        self.notes = {}
        self.closing = None
        item = self.item
        if item is None or self.meeting is None:
            self.inside.addWidget(
                empty(
                    "Er staat niets op de agenda", "Zet eerst iemand op de agenda bij Voorbereiden."
                )
            )
            self.inside.addStretch(1)
            return
        file = self._file(item)
        self.inside.addLayout(self._head(item, file))
        left = column(self._question(item), self._note_fields(item, file), gap=12)
        left.addStretch(1)
        right = column(self._agreements(), gap=12)
        right.addLayout(
            row(
                button("Geen actie", self.no_action, keys=keys_of("no-action", "mdo")),
                button(
                    "Volgende", partial(self.go, 1), role="primary", keys=keys_of("next", "mdo")
                ),
            )
        )
        right.addStretch(1)
        around = row(left, right, gap=14)
        around.setStretch(0, 68)
        around.setStretch(1, 32)
        self.inside.addLayout(around)
        self._show_agreed()
        first = self.begin_at()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _file(self, item: AgendaItem) -> PatientFile | None:
        desk = self.bench.desk
        if item.patient_id is None or not desk.session.has(Right.READ_FILE):
            return None
        return desk.patients.file(item.patient_id)

    def _head(self, item: AgendaItem, file: PatientFile | None) -> QGridLayout:
        grid = QGridLayout()
        place = f"{self.at + 1} van {len(self.items)}"
        if file is None:
            grid.addWidget(text(item.title or "Deze persoon", "large-title"), 0, 0)
            grid.addWidget(text(place, "muted"), 1, 0)
            return grid
        patient = file.patient
        grid.addWidget(text(short(patient.name, patient.sex), "large-title"), 0, 0)
        about = (dutch_date(patient.birth_date), patient.diagnosis, place)
        grid.addWidget(text(" · ".join(part for part in about if part), "muted"), 1, 0)
        limits = " · ".join(paper_words.limits(file))
        grid.addWidget(text(limits[:1].upper() + limits[1:], "large"), 2, 0)
        return grid

    def _question(self, item: AgendaItem) -> Card:
        card = Card(role="card-accent")
        asked = item.question or "Geen bespreekvraag."
        card.add(text(asked, "large", select=True))
        for said in item.contributions:
            card.add(text(f"Vooraf van {said.by}: {said.text}", select=True))
        return card

    def _note_fields(self, item: AgendaItem, file: PatientFile | None) -> QGridLayout:
        grid = QGridLayout()
        words: dict[str, str] = {}
        if file is not None:
            for found in paper_words.dimensions(file, self.bench.today).lines:
                now = ", ".join(part for part in (found.word, found.direction) if part)
                words[found.name] = now
        for number, (key, title) in enumerate(NOTES):
            now = words.get(title, "")
            field = AreaField(key, f"{title}   {now}" if now else title, lines=3)
            field.set_raw(getattr(item.notes, key))
            field.edit.setReadOnly(not self._may_note())
            field.changed.connect(self._keep.start)
            self.notes[key] = field
            wide = 2 if key == "vooruitkijken" else 1
            grid.addWidget(field, number // 2, number % 2, 1, wide)
        return grid

    def _agreements(self) -> Card:
        card = Card("Afspraken en acties")
        self.agreed = column(gap=6)
        card.add(self.agreed)
        self.line = QLineEdit()
        self.line.setAccessibleName("Nieuwe afspraak")
        self.line.setPlaceholderText("@wie wat wanneer, bijvoorbeeld @Oosting bezoek di")
        self.line.textChanged.connect(self._show_meant)
        self.line.returnPressed.connect(self.add_agreement)
        self.meant = text(
            "Enter bewaart. Zonder @naam is het een afspraak, met naam een actie.", "small"
        )
        self.meant.setAccessibleName("Zo is het begrepen")
        return card.add(self.line, self.meant)

    def _show_meant(self) -> None:
        if not self.line.text().strip():
            self.meant.setText(
                "Enter bewaart. Zonder @naam is het een afspraak, met naam een actie."
            )
            return
        found = understood(self.line.text(), self._names, self.bench.today)
        when = long_date(found.due) if found.due else ""
        parts = (found.who or "afspraak", found.what or "…", when)
        self.meant.setText(f"→ {' · '.join(part for part in parts if part)}")

    def _show_agreed(self) -> None:
        clear(self.agreed)
        item = self.item
        if item is None or self.meeting is None:
            return
        for words in self.items[self.at].notes.afspraken:
            self.agreed.addWidget(text(words, select=True))
        for action in self.bench.desk.actions.open_actions():
            if action.meeting_id == self.meeting.id and action.patient_id == item.patient_id:
                due = f" · {dutch_date(action.due)}" if action.due else ""
                self.agreed.addWidget(text(action.what, "strong", select=True))
                self.agreed.addWidget(text(f"{action.who}{due}", "small"))
        if self.items[self.at].notes.no_action:
            self.agreed.addWidget(text("Geen actie nodig.", "muted"))

    def _note(self, notes: ItemNotes) -> bool:
        item = self.items[self.at]
        try:
            self.items[self.at] = self.bench.desk.meetings.note(item, notes)
        except PzdeskError as problem:
            self.bench.tell(str(problem), is_error=True)
            return False
        return True

    def _withdraw(self, action: Action) -> None:
        self.bench.desk.actions.withdraw(action)
        if self.item is not None:
            self._show_agreed()

    def _may_note(self) -> bool:
        return self.bench.desk.session.has(Right.WRITE_FILE)

    def _show_clock(self) -> None:
        if self.meeting is None or self._began is None:
            return
        now = self.bench.desk.session.now
        left = self._began + timedelta(minutes=self.meeting.minutes) - now
        minutes = int(left.total_seconds() // 60)
        rest = f"nog {minutes} min" if minutes >= 0 else f"{-minutes} min over tijd"
        is_held = self.meeting.state is MeetingState.HELD
        self.clock.setText(f"{now:%H.%M}" if is_held else f"{now:%H.%M} · {rest}")
