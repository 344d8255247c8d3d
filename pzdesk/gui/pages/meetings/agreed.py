"""What is agreed at the table: a line or three fields to type it, and the list of what stands."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from pzdesk.domain.action import is_feedback
from pzdesk.domain.agreement import Agreement, understood
from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.mdo import ItemNotes, taken_back
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import DateField, TextField
from pzdesk.gui.forms import KEPT_AFTER_MS, Form
from pzdesk.gui.pages.meetings.talk import (
    Talk,
    agree_on,
    day_words,
    said_line,
    withdraw,
)
from pzdesk.gui.pages.meetings.talk_card import WHO, TalkCard
from pzdesk.gui.pages.meetings.view import steps_on
from pzdesk.gui.parts import button, clear, row, text
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import mark

NotesChange = Callable[[ItemNotes], ItemNotes]

LINE = "afspraak"  # the draft of the line
HOW = "Enter bewaart. Met @naam is het een actie, zonder naam een afspraak."
NOT_KEPT = "Dit is nog niet bewaard: Enter bewaart het. Hoeft het niet, maak de regel dan leeg."


class AgreedCard(TalkCard):
    """Agreements and actions of the item of now; what was understood is shown before it is kept."""

    kind = "velden"

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk, "Afspraken")
        self._asked = ""  # the line of which was told what is doubtful
        self.line = QLineEdit()
        mark(self.line, "large")
        steps_on(self.line)
        self.line.setAccessibleName("Nieuwe afspraak")
        self.line.setPlaceholderText("@wie wat wanneer")
        self.line.setToolTip("bijvoorbeeld: @Oosting bezoek echtgenoot di")
        self.meant = text(HOW, "muted")
        self.meant.setAccessibleName("Zo is het begrepen")
        self.opener = button("Drie velden", self.begin, keys=keys_of("edit"))
        self.add(self.list, self.line, self.meant, self.waits, row(self.opener, None), self.place)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEPT_AFTER_MS)
        self._keep.timeout.connect(self.keep_draft)
        kept = talk.bench.desk.drafts.kept(self._draft)
        if kept is not None:
            self.line.setText(kept.fields.get("line", ""))
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.add_line)
        self._show_meant()

    @property
    def _draft(self) -> str:
        return self.draft_of(LINE)

    def show_agreed(self) -> None:
        """Show what stands."""
        clear(self.list)
        notes, today = self.talk.item_now.notes, self.talk.bench.today
        for place, words in enumerate(notes.afspraken):
            self.list.addWidget(said_line(words, "", partial(self._drop, place)))
        for action in self.talk.tasks:
            if not is_feedback(action):
                when = f"vóór {day_words(action.due, today)}" if action.due else ""
                told = " · ".join(part for part in (action.who, when) if part)
                back = partial(withdraw, self.talk, action)
                self.list.addWidget(said_line(action.what, told, back))
        if notes.no_action:
            self.list.addWidget(said_line("Geen actie nodig", "", self._some_action))

    def keep_draft(self) -> None:
        """Keep the line that is half typed; a form keeps its own."""
        self._keep.stop()
        drafts = self.talk.bench.desk.drafts
        try:
            if self.line.text().strip():
                drafts.keep(self._draft, {"line": self.line.text()})
            else:
                drafts.forget(self._draft)
        except PzdeskError as problem:
            self._tell(str(problem))
        super().keep_draft()

    @property
    def has_unsaved(self) -> bool:
        return super().has_unsaved or bool(self.line.text().strip())

    def tell_unsaved(self) -> None:
        if self.form is not None:
            super().tell_unsaved()
            return
        self._tell(NOT_KEPT)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_line(self) -> None:
        """Keep the line: with somebody named it is an action, without it is an agreement as typed."""
        typed, found = self.line.text().strip(), self._understood()
        if not typed:
            return
        if not found.what:
            self._tell("Typ ook wat er gebeurt.")
            return
        doubts = _doubts(found)
        if doubts and self._asked != typed:
            self._asked = typed
            self._tell(f"{doubts} Enter nog eens bewaart het toch.")
            return
        if self._agree(found.who, found.what if found.who else typed, found, None):
            self._empty_line()

    def begin(self) -> None:
        """The same in three fields, filled with what was understood of the line."""
        if self.form is not None:
            self.form.begin()
            return
        talk = self.talk
        form = self.new_form(self._add_fields)
        who = PickField(WHO, "Wie", [(name, name) for name in talk.names], free=True)
        what = TextField("wat", "Wat", required=True)
        due = DateField("datum", "Vóór", talk.bench.today, past=False)
        found = self._understood()
        who.set_raw(found.who)
        what.set_raw(found.what)
        due.set_value(found.due)
        self.open_form(form.row(who).row(what).row(due))

    def show_openers(self) -> None:
        super().show_openers()
        for part in (self.line, self.meant, self.opener):
            part.setVisible(self.form is None)

    def opened_from(self) -> QWidget:
        return self.line

    def _add_fields(self, values: dict[str, Any]) -> None:
        found = Agreement(values[WHO] or "", values["wat"], values["datum"])
        if self.doubts(found.who):
            return
        when = f", vóór {day_words(found.due, self.talk.bench.today)}" if found.due else ""
        words = found.what if found.who else f"{found.what}{when}"
        if self._agree(found.who, words, found, self.form):
            self._empty_line()
            self.close_form(saved=True)

    def _agree(self, who: str, what: str, found: Agreement, form: Form | None) -> bool:
        if who:
            said = "Actie afgesproken"
            return agree_on(self.talk, who, what, found.due, said=said, wrong=form)
        before = self.talk.item_now.notes
        return self._change(
            lambda notes: replace(
                notes, afspraken=(*notes.afspraken, what), no_action=False, discussed=True
            ),
            lambda notes: taken_back(
                replace(
                    notes,
                    afspraken=_without(notes.afspraken, what),
                    no_action=before.no_action,
                ),
                before,
            ),
            "Afspraak genoteerd",
            form,
        )

    def _drop(self, place: int) -> None:
        gone = self.talk.item_now.notes.afspraken[place]
        self._change(
            lambda notes: replace(notes, afspraken=_without(notes.afspraken, gone)),
            lambda notes: replace(
                notes, afspraken=(*notes.afspraken[:place], gone, *notes.afspraken[place:])
            ),
            "Afspraak teruggenomen",
        )

    def _some_action(self) -> None:
        self._change(
            lambda notes: replace(notes, no_action=False),
            lambda notes: replace(notes, no_action=True),
            "“Geen actie nodig” is teruggenomen",
        )

    def _change(
        self, there: NotesChange, back: NotesChange, said: str, form: Form | None = None
    ) -> bool:
        talk, item = self.talk, self.talk.item_now
        return talk.bench.act(
            lambda: talk.change_notes(item, there),
            said=said,
            change=Change(Topic.MEETING, item.patient_id, item.meeting_id),
            undo=lambda _: talk.change_notes(item, back),
            wrong=form,
        )

    def _empty_line(self) -> None:
        self.line.clear()
        self.keep_draft()

    def _understood(self) -> Agreement:
        return understood(self.line.text(), self.talk.names, self.talk.bench.today)

    def _typed(self) -> None:
        self._show_meant()
        self._keep.start()

    def _tell(self, wrong: str) -> None:
        """Say under the line why it is not kept."""
        self.meant.setText(wrong)
        mark(self.meant, "warning")

    def _show_meant(self) -> None:
        mark(self.meant, "muted")
        if not self.line.text().strip():
            self.meant.setText(HOW)
            return
        found = self._understood()
        doubts = f"\n{_doubts(found)}" if found.what and _doubts(found) else ""
        if not found.who:
            self.meant.setText(f"→ afspraak zonder naam{doubts}")
            return
        when = day_words(found.due, self.talk.bench.today) if found.due else ""
        told = " · ".join(part for part in (found.who, found.what or "…", when) if part)
        others = f"\nOf {' of '.join(found.others)}? Typ meer letters." if found.others else ""
        self.meant.setText(f"→ {told}{others}{doubts}")


def _doubts(found: Agreement) -> str:
    """What was typed that nobody at the table is called, or no calendar has."""
    who = "" if found.is_known else f"“{found.who}” staat niet in de lijst."
    day = f"{found.no_day} bestaat niet." if found.no_day else ""
    return " ".join(part for part in (who, day) if part)


def _without(agreed: tuple[str, ...], gone: str) -> tuple[str, ...]:
    """Without the last that reads so; when somebody took it away already nothing changes."""
    places = [place for place, words in enumerate(agreed) if words == gone]
    return (
        tuple(words for place, words in enumerate(agreed) if place != places[-1])
        if places
        else agreed
    )
