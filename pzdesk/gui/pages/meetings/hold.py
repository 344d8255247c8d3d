"""Overleg: one person at a time in large type, for a beamer; everything is kept while it is typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from pzdesk.domain.action import Action
from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import AgendaItem, ItemNotes, Meeting, MeetingState, people_on, taken_back
from pzdesk.domain.patient import PatientId
from pzdesk.domain.rows import PersonRow
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.forms import KEPT_AFTER_MS, Form
from pzdesk.gui.head import head
from pzdesk.gui.pages.meetings import beginning
from pzdesk.gui.pages.meetings.cards import TalkCards, has_drafts
from pzdesk.gui.pages.meetings.clock import Clock
from pzdesk.gui.pages.meetings.closing import attended, closing_form, passed_over, too_early
from pzdesk.gui.pages.meetings.cover import Cover
from pzdesk.gui.pages.meetings.hold_layout import ItemLayout, foot
from pzdesk.gui.pages.meetings.notes import (
    READS_ALONG,
    Keeping,
    NotesGrid,
    change_kept,
    draft_of,
    keep_notes,
    known_now,
)
from pzdesk.gui.pages.meetings.person import person_head, question_card
from pzdesk.gui.pages.meetings.talk_card import TalkCard
from pzdesk.gui.pages.meetings.view import MeetingView
from pzdesk.gui.parts import button, clear, column, holder, one_line, scroll, text
from pzdesk.gui.places import Place
from pzdesk.gui.shortcuts import SHORTCUTS, keys_of

UNDER_COVER = ("blank", "back", "lock")


class HoldView(MeetingView):
    """Nothing of other people is in sight; the clock stands at the side of the chair."""

    holds_meeting = True

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.meeting: Meeting | None = None
        self.items: list[AgendaItem] = []
        self.at = 0
        self.file: PatientFile | None = None
        self.tasks: Sequence[Action] = ()
        self.names: tuple[str, ...] = ()
        self.notes: NotesGrid | None = None
        self.cards: TalkCards | None = None
        self.closing: Form | None = None
        self.cover: Cover | None = None
        self.add_: QPushButton | None = None
        self._is_closing = False
        self._people: dict[PatientId, PersonRow] = {}
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEPT_AFTER_MS)
        self._keep.timeout.connect(self.save)
        self.heading = one_line("", "muted")
        self.clock = Clock(bench)
        self.blank_ = button("Scherm leeg", self.blank, keys=keys_of("blank", "mdo"))
        self.close_ = button("Afronden", self.begin_closing)
        title = text("Overleg", "title", wrap=False)
        top = head(title, self.heading, self.clock, self.blank_, self.close_)
        self.inside = column(gap=8)
        around = column(top, holder(self.inside), gap=6, margin=14)
        around.setStretch(1, 1)
        self.setLayout(around)

    @property
    def item(self) -> AgendaItem | None:
        """The item of now."""
        return self.items[self.at] if self.items else None

    @property
    def item_now(self) -> AgendaItem:
        """The item of now, for the parts that exist only while there is one."""
        return self.items[self.at]

    def show_place(self, place: Place) -> None:
        if place.meeting is None:
            return
        self.leave()
        fresh = self.meeting is None or self.meeting.id != place.meeting
        self.meeting, self.items = self.bench.desk.meetings.meeting(place.meeting)
        if fresh:
            self.at = 0
            # What the bar and the status line last said may be about somebody else.
            self.bench.tell(beginning.opened_words(self.meeting, self.bench.today))
        if place.item is not None:
            ids = [item.id for item in self.items]
            self.at = ids.index(place.item) if place.item in ids else 0
        self.at = min(self.at, max(len(self.items) - 1, 0))
        region = self.bench.desk.network.region()[0]
        names = [who.name for who in self.meeting.invited] + [who.name for who in region]
        self.names = tuple(dict.fromkeys((*names, self.bench.desk.session.user.name)))
        self._people = self.bench.desk.patients.people(people_on(self.items))
        self.heading.setText(beginning.heading_words(self.meeting, self.bench.today))
        self.close_.setVisible(self.meeting.state is MeetingState.PREPARING)
        self.clock.begin(self.meeting, is_new=fresh)
        self._show_item()
        if place.act and self.cards is not None:
            self.cards.begin(place.act)

    def reload(self) -> None:
        """What was agreed or proposed is shown anew; what stands in a field is left alone."""
        if self.meeting is None or self.item is None or self.notes is None:
            return
        here = self.item_now.id
        # An act of before, now undone, may have changed an item or the order.
        self.meeting, self.items = self.bench.desk.meetings.meeting(self.meeting.id)
        ids = [item.id for item in self.items]
        if here not in ids:
            self.at = min(self.at, max(len(self.items) - 1, 0))
            self._show_item()
            return
        self.at = ids.index(here)
        self.notes.show_meanwhile(self.item_now.notes)
        self._read()
        self._show_said()

    def acts(self) -> Mapping[str, Callable[[], object]]:
        if self.cover is not None:  # nobody sees what a key would do
            acts = {one.act: _nothing for one in SHORTCUTS if one.act not in UNDER_COVER}
            return {**acts, "blank": self.blank}
        if self._is_closing:
            save = {"save": self.closing.try_save} if self.closing is not None else {}
            return {"blank": self.blank, **save}
        here: dict[str, Callable[[], object]] = {
            "next": partial(self.go, 1),
            "previous": partial(self.go, -1),
            "blank": self.blank,
            "save": self._save_all,
        }
        cards = self.cards
        if cards is None:
            return here if self.add_ is None else here | {"new": self.add_.click}
        return here | {
            "no-action": self.no_action,
            "new": partial(cards.agreed.line.setFocus, Qt.FocusReason.ShortcutFocusReason),
            "edit": cards.agreed.begin,
            "propose": cards.advised.begin,
            "feedback": cards.feedback.begin,
        }

    def begin_at(self) -> QWidget | None:
        return self.notes.first if self.notes is not None else self.add_

    def open_act(self) -> str:
        return self._opened.kind if self._opened is not None else ""

    def back(self) -> bool:
        if self.cover is not None:
            self.blank()
            return True
        if self._is_closing:
            self._show_item()
            return True
        if self._opened is not None:
            self._opened.close_form()
            return True
        return False

    def leave(self) -> None:
        self.save()
        self._keep_drafts()
        self._uncover()
        self.clock.stop()

    def hints(self) -> str:
        reads_along = self.bench.other_writer is not None
        return beginning.hint_words(self.item, reads_along=reads_along, may_note=self._may_note)

    def go(self, by: int) -> None:
        """To the next or the previous item, also for who reads along; after the last one to its end."""
        kept = self._keep_notes()
        if (kept is not None and not kept.may_go) or self._holds_back():
            return
        self._keep_drafts()
        self.bench.wrong_is_over.emit()
        if kept is not None and not kept.is_kept:
            self.bench.tell(READS_ALONG)
        if self.at + by >= len(self.items):
            self._end()
            return
        self.at = max(self.at + by, 0)
        self._show_item()

    def _end(self) -> None:
        """After the last item: close the meeting, or of one that was held go back to where it stands."""
        meeting = self.meeting
        if meeting is not None and meeting.state is not MeetingState.PREPARING:
            self.bench.go(Place(page="mdo", section="voorbereiden", meeting=meeting.id))
        else:
            self.begin_closing()

    def blank(self) -> None:
        """Show nothing at all, or the meeting again."""
        if self.cover is None:
            self.save()
            self.cover = Cover(self.window())
            return
        self._uncover()
        begin = self.begin_at()
        if begin is not None:
            begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def no_action(self) -> None:
        """Record that nothing needs to be done for this item, and go on."""
        item = self.item
        if item is None or self._holds_back() or not self.save():
            return
        before = self.item_now.notes
        done = self.bench.act(
            lambda: self.change_notes(
                item, lambda notes: replace(notes, no_action=True, discussed=True)
            ),
            said="Geen actie nodig: vastgelegd",
            change=Change(Topic.MEETING, item.patient_id, item.meeting_id),
            undo=lambda _: self.change_notes(
                item,
                lambda notes: taken_back(replace(notes, no_action=before.no_action), before),
            ),
        )
        if done:
            self.go(1)

    def save(self, *, asked: bool = False) -> bool:
        """Keep what was noted of this item; false when it could not be kept, and a draft is."""
        kept = self._keep_notes(asked=asked)
        return kept is None or kept.is_kept

    def _keep_notes(self, *, asked: bool = False) -> Keeping | None:
        self._keep.stop()
        item = self.item
        if item is None or self.notes is None or not self._may_note:
            return None
        was_wrong = self.notes.is_draft
        kept = keep_notes(self.bench, item, self.notes, asked=asked)
        if was_wrong and kept.is_kept:
            self.bench.wrong_is_over.emit()
        self.items[self.at] = kept.item
        return kept

    def change_notes(
        self, item: AgendaItem, change: Callable[[ItemNotes], ItemNotes]
    ) -> AgendaItem:
        """Keep changed notes of an item, whatever is shown by now (raises ``PzdeskError``).

        An act is undone too when another meeting is shown, or when this view is no more.
        """
        is_here = isValid(self)
        if is_here and self.item is not None and self.item.id == item.id:
            self.save()
        kept = change_kept(self.bench, item, change)
        if is_here:
            self.items = [kept if one.id == kept.id else one for one in self.items]
        return kept

    def show_alone(self, card: QWidget | None) -> None:
        """Show one of the cards at the right, where a form is open; None shows them all."""
        if self.cards is not None:
            self.cards.show_alone(card)

    def begin_closing(self) -> None:
        """Who was there, and then the meeting is held."""
        meeting = self.meeting
        if meeting is None or meeting.state is not MeetingState.PREPARING:
            return
        if not self.save() or self._holds_back():
            return
        self._keep_drafts()
        self._empty()
        self._is_closing = True
        early = too_early(meeting, self.bench.today, self._show_item)
        if early is not None:
            self.inside.addWidget(early)
            self.inside.addStretch(1)
            early.findChildren(QWidget)[-1].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        begun = [n for n, item in enumerate(self.items, 1) if has_drafts(self.bench, item.id)]
        self.closing = closing_form(meeting, self.items, self._close, self._show_item, begun)
        self.inside.addWidget(scroll(holder(column(self.closing, None))))
        self.closing.begin()

    def _close(self, values: dict[str, Any]) -> None:
        if self.meeting is None:
            return
        meeting, meetings = self.meeting, self.bench.desk.meetings
        left = passed_over(values, self.items)
        go = Place(page="mdo", section="voorbereiden", meeting=meeting.id)

        def then(_: Meeting) -> None:
            self.closing = self.meeting = None
            self.items = []
            self._is_closing = False

        if self.bench.act(
            lambda: meetings.held(meeting, attended(values), left=left),
            said="Overleg afgerond; het verslag kan worden afgedrukt",
            change=Change(Topic.MEETING, meeting=meeting.id),
            undo=lambda kept: meetings.reopen(kept, meeting, left=left),
            then=then,
            wrong=self.closing,
        ):
            self.bench.go(go)

    def _empty(self) -> None:
        clear(self.inside)
        self.notes = self.cards = self.closing = self.add_ = None
        self._is_closing = False

    def _show_item(self) -> None:
        self._empty()
        item = self.item
        if self.meeting is None:
            return
        if item is None:
            self.add_ = beginning.add_button(self.bench, self.meeting)
            self.inside.addLayout(column(beginning.nobody(self.add_), None))
            self.add_.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._read()
        place = f"{self.at + 1} van {len(self.items)}"
        named = self._people.get(item.patient_id) if item.patient_id is not None else None
        self.notes = NotesGrid(
            item.notes,
            known_now(self.file, self.bench.today),
            self._keep.start,
            may_note=self._may_note,
        )
        kept = self.bench.desk.drafts.kept(draft_of(item))
        if kept is not None and self._may_note:
            self.notes.put_back(kept, item.notes)
        self.cards = TalkCards(self)
        words = "Volgende"
        if self.at + 1 == len(self.items):
            words = "Afronden" if self.meeting.state is MeetingState.PREPARING else "Klaar"
        around = ItemLayout(
            person_head(item, self.file, named, place),
            holder(column(question_card(item), self.notes, gap=10)),
            self.cards,
            foot(words, partial(self.go, 1), self.no_action if self._may_note else None),
            self.width(),
        )
        self.inside.addWidget(around, 1)
        self._show_said()
        self.notes.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_said(self) -> None:
        if self.cards is not None:
            self.cards.show_said()

    def _read(self) -> None:
        """The file and what was agreed in this meeting about the item of now."""
        desk, item = self.bench.desk, self.item_now
        self.file = None
        if item.patient_id is not None and desk.session.has(Right.READ_FILE):
            self.file = desk.patients.file(item.patient_id)
        self.tasks = [
            action
            for action in desk.actions.open_actions()
            if action.meeting_id == item.meeting_id and action.patient_id == item.patient_id
        ]

    @property
    def _opened(self) -> TalkCard | None:
        """The card of the item of now in which a form is open."""
        return self.cards.opened if self.cards is not None else None

    def _holds_back(self) -> bool:
        """Whether something half typed would be left behind; who reads along cannot save it, and may go."""
        if self.cards is None or self.bench.other_writer is not None:
            return False
        return self.cards.holds_back()

    def _save_all(self) -> None:
        if self._opened is not None and self._opened.form is not None:
            self._opened.form.try_save()
        elif self.save(asked=True):
            self.bench.tell(beginning.kept_words(self.item))

    def _keep_drafts(self) -> None:
        if self.cards is not None:
            self.cards.keep_drafts()

    def _uncover(self) -> None:
        if self.cover is not None:
            self.cover.hide()
            self.cover.deleteLater()
            self.cover = None

    @property
    def _may_note(self) -> bool:
        return self.bench.desk.session.has(Right.WRITE_FILE)


def _nothing() -> None:
    """What a key does while the screen is blank."""
