"""The notes of Overleg: a card per dimension and one for looking ahead, in large type."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pzdesk.domain.errors import PzdeskError, Refused
from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import AgendaItem, ItemNotes
from pzdesk.gui.bench import Bench
from pzdesk.gui.fields import AreaField
from pzdesk.gui.pages.meetings.view import steps_on
from pzdesk.gui.parts import Card
from pzdesk.gui.theme import mark, theme
from pzdesk.services import paper_words

AHEAD = "vooruitkijken"
NOTES = (
    ("lichamelijk", "Lichamelijk"),
    ("psychisch", "Psychisch"),
    ("sociaal", "Sociaal"),
    ("zingeving", "Zingeving"),
    (AHEAD, "Vooruitkijken"),
)


class _Note(AreaField):
    """A text without a border of its own: the card around it shows where the cursor is."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__(key, title, lines=2)
        self.label.hide()
        mark(self.edit, "note")
        self.edit.document().setDocumentMargin(0)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_wrong(self, is_wrong: bool) -> None:  # noqa: FBT001 - one switch
        mark(self.control, "note")


class NoteCard(Card):
    """One note: its title, at the right what is known now, and the text."""

    def __init__(self, key: str, title: str, now: str) -> None:
        super().__init__(title, now)
        px = theme().px
        self.body.setContentsMargins(px(14), px(8), px(14), px(6))
        self.body.setSpacing(px(2))
        mark(self.heading, "large-strong")
        mark(self.aside, "large-muted")
        self.heading.setWordWrap(False)  # the title is never cut: what is known now wraps beside it
        self.aside.setWordWrap(True)
        self.aside.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.top.setStretch(0, 0)
        self.top.setStretch(1, 1)
        self.field = _Note(key, f"{title}, nu {now}" if now else title)
        self.add(self.field)
        self.field.edit.installEventFilter(self)
        steps_on(self.field.edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusIn:
            mark(self, "card-now")
        elif event.type() == QEvent.Type.FocusOut:
            mark(self, "card")
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Anywhere on the card is in the note."""
        self.field.setFocus(Qt.FocusReason.MouseFocusReason)


class NotesGrid(QWidget):
    """The five cards, two beside each other; ``changed`` is called at every key."""

    def __init__(
        self,
        notes: ItemNotes,
        known: Mapping[str, str],
        changed: Callable[[], object],
        *,
        may_note: bool,
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().px(10))
        self.cards: dict[str, NoteCard] = {}
        for number, (key, title) in enumerate(NOTES):
            card = NoteCard(key, title, known.get(title, ""))
            card.field.set_raw(getattr(notes, key))
            card.field.edit.setReadOnly(not may_note)
            card.field.changed.connect(changed)
            self.cards[key] = card
            wide = 2 if key == AHEAD else 1
            grid.addWidget(card, number // 2, number % 2, 1, wide)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    @property
    def first(self) -> QWidget:
        """Where typing begins."""
        return self.cards[NOTES[0][0]].field.edit

    def raws(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: card.field.raw() for key, card in self.cards.items()}

    def put_back(self, raws: Mapping[str, str]) -> None:
        """Show what was typed before and could not be kept."""
        for key, raw in raws.items():
            if key in self.cards:
                self.cards[key].field.set_raw(raw)

    def written(self, notes: ItemNotes) -> ItemNotes:
        """The notes with what stands in the fields."""
        raws = self.raws()
        return replace(
            notes,
            lichamelijk=raws["lichamelijk"],
            psychisch=raws["psychisch"],
            sociaal=raws["sociaal"],
            zingeving=raws["zingeving"],
            vooruitkijken=raws[AHEAD],
        )


def known_now(file: PatientFile | None, today: date) -> dict[str, str]:
    """By dimension the word and the direction of now."""
    if file is None:
        return {}
    found = paper_words.dimensions(file, today).lines
    return {
        one.name: ", ".join(part for part in (one.word, one.direction) if part) for one in found
    }


def draft_of(item: AgendaItem) -> str:
    """Under which name notes that could not be kept wait."""
    return f"mdo-notities-{item.id}"


def keep_notes(
    bench: Bench, item: AgendaItem, after: ItemNotes, typed: NotesGrid
) -> AgendaItem | None:
    """Keep what was noted of an item; None when that could not be done: it is told, and a draft is kept."""
    drafts, place = bench.desk.drafts, draft_of(item)
    try:
        kept = bench.desk.meetings.note(item, replace(after, discussed=True))
    except PzdeskError as problem:
        said = str(problem)
        try:
            drafts.keep(place, typed.raws())
        except PzdeskError as worse:
            said = str(worse)
        bench.tell(said, is_error=True)
        return None
    drafts.forget(place)
    return kept


def change_kept(
    bench: Bench, item: AgendaItem, change: Callable[[ItemNotes], ItemNotes]
) -> AgendaItem:
    """Change the notes of an item as they are kept by now (raises ``PzdeskError``)."""
    meetings = bench.desk.meetings
    found = next((one for one in meetings.meeting(item.meeting_id)[1] if one.id == item.id), None)
    if found is None:
        raise Refused("Dit punt staat niet meer op de agenda.")
    return meetings.note(found, change(found.notes))
