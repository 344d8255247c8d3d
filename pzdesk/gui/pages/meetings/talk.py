"""What the parts of Overleg share: who is discussed now, and how something is agreed and taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pzdesk.domain.action import Action
from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import AgendaItem, ItemNotes, taken_back
from pzdesk.domain.person import WEEKDAYS, short_date
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.forms import Form
from pzdesk.gui.icons import icon
from pzdesk.gui.parts import button, column, row, text
from pzdesk.gui.theme import mark, theme


class Talk(Protocol):
    """The meeting at the item of now; the parts of the page read it and keep through it."""

    bench: Bench
    file: PatientFile | None
    tasks: Sequence[Action]
    names: tuple[str, ...]

    @property
    def item_now(self) -> AgendaItem:
        """The item of now, as it was kept last."""

    def change_notes(
        self, item: AgendaItem, change: Callable[[ItemNotes], ItemNotes]
    ) -> AgendaItem:
        """Keep changed notes of an item, whatever is shown by now (raises ``PzdeskError``)."""

    def show_alone(self, card: QWidget | None) -> None:
        """Show one of the cards at the right, where a form is open; None shows them all."""


def said_line(what: str, who: str, take_back: Callable[[], object] | None) -> QWidget:
    """What stands, under it who and when, and at the right how it is taken back."""
    words = column(text(what, "large", select=True), gap=0)
    if who:
        words.addWidget(text(who, "muted", select=True))
    parts = row(words, gap=6)
    parts.setStretch(0, 1)
    if take_back is not None:
        back = button("", take_back, role="quiet", tip="Terugnemen")
        back.setIcon(icon("terugnemen", "accent"))
        back.setFixedWidth(theme().px(36))
        back.setAccessibleName(f"Terugnemen: {what}")
        parts.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
    made = QWidget()
    made.setLayout(parts)
    return made


def agree_on(
    talk: Talk, who: str, what: str, due: date | None, *, said: str, wrong: Form | None
) -> bool:
    """Somebody does something: an action of this meeting. An item with an action has been discussed."""
    desk, item = talk.bench.desk, talk.item_now
    before = item.notes
    is_new = not before.discussed or before.no_action
    marks = is_new and desk.session.has(Right.WRITE_FILE)

    def work() -> Action:
        made = desk.actions.add(
            who=who, what=what, due=due, patient_id=item.patient_id, meeting_id=item.meeting_id
        )
        if marks:
            talk.change_notes(item, lambda notes: replace(notes, no_action=False, discussed=True))
        return made

    def undo(made: Action) -> None:
        desk.actions.withdraw(made)
        if marks:
            talk.change_notes(
                item,
                lambda notes: taken_back(replace(notes, no_action=before.no_action), before),
            )

    return talk.bench.act(
        work,
        said=said,
        change=Change(Topic.ACTION, item.patient_id, item.meeting_id),
        undo=undo,
        wrong=wrong,
    )


def withdraw(talk: Talk, action: Action) -> None:
    """Take an action back that was agreed by mistake."""
    actions = talk.bench.desk.actions
    talk.bench.act(
        lambda: actions.withdraw(action),
        said="Actie teruggenomen",
        change=Change(Topic.ACTION, action.patient_id, action.meeting_id),
        undo=lambda _: actions.add(
            who=action.who,
            what=action.what,
            due=action.due,
            patient_id=action.patient_id,
            meeting_id=action.meeting_id,
        ),
    )


def draft_of(kind: str, item_id: int) -> str:
    """How a draft of what is said about an item is called."""
    return f"mdo-{kind}-{item_id}"


def flat(form: Form) -> Form:
    """A form inside a narrow card: without a border of its own, its buttons under each other."""
    mark(form, "plain")
    form.body.setContentsMargins(0, 0, 0, 0)
    form.buttons.fills = True
    return form


def put_away(form: Form, *, saved: bool) -> None:
    """Take a form away: its draft goes when it was saved, and is kept when it was not."""
    if saved:
        form.saved()
    else:
        form.keep_draft()
    form.hide()
    form.deleteLater()


def day_words(day: date, today: date) -> str:
    """A day as it is said at the table: "vr 4-12"."""
    if abs((day - today).days) >= 300:
        return short_date(day, today)
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day}-{day.month}"
