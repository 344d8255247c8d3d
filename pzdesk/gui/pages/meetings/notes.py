"""The notes of Overleg: a card per dimension and one for looking ahead, in large type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from pzdesk.domain.errors import PzdeskError, Refused, Stale, StoreBusy
from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import AgendaItem, ItemNotes
from pzdesk.gui.bench import Bench
from pzdesk.gui.difference import SOMEBODY, THEIRS, Difference, Moved
from pzdesk.gui.fields import AreaField
from pzdesk.gui.pages.meetings.view import steps_on
from pzdesk.gui.parts import Card
from pzdesk.gui.theme import mark, theme
from pzdesk.services import paper_words
from pzdesk.services.drafts import Draft

TAKEN = "Dit staat nu in de notities. Wat u zelf typte, staat er ook nog."
LOOK = "{} Wat er verschilt, staat boven de notities; daar kiest u wat geldt."
READS_ALONG = "U leest mee. Wat u typte, is als concept bewaard en staat er weer als u terugkomt."
NOT_THERE = "Dit punt staat niet meer op de agenda."
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

    def __init__(self, key: str, title: str, now: str) -> None:
        super().__init__(key, f"{title}, nu {now}" if now else title, lines=2)
        self._title = title
        self.label.hide()
        mark(self.edit, "note")
        self.edit.document().setDocumentMargin(0)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def title(self) -> str:
        """How it is called where a difference is told: without what is known now."""
        return self._title

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
        self.heading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.heading.setWordWrap(False)  # the title is never cut: what is known now wraps beside it
        self.aside.setWordWrap(True)
        self.aside.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.top.setStretch(0, 0)
        self.top.setStretch(1, 1)
        self.field = _Note(key, title, now)
        self.add(self.field)
        self.body.addStretch(1)  # beside a higher card the words stand at the top too
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
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().px(10))
        self.difference: Difference | None = None
        self.must_choose = False
        """Both changed the same note: it is kept when the user has chosen, or asks to keep it as it is."""
        self._unsolved: dict[str, Moved] = {}
        self.is_draft = False
        """What stands here waits as a draft."""
        self._begun = {key: str(getattr(notes, key)) for key, _ in NOTES}
        self.cards: dict[str, NoteCard] = {}
        for number, (key, title) in enumerate(NOTES):
            card = NoteCard(key, title, known.get(title, ""))
            card.field.set_raw(getattr(notes, key))
            card.field.edit.setReadOnly(not may_note)
            card.field.changed.connect(changed)
            self.cards[key] = card
            wide = 2 if key == AHEAD else 1
            grid.addWidget(card, number // 2 + 1, number % 2, 1, wide)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    @property
    def first(self) -> QWidget:
        """Where typing begins."""
        return self.cards[NOTES[0][0]].field.edit

    def raws(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: card.field.raw() for key, card in self.cards.items()}

    @property
    def begun(self) -> Mapping[str, str]:
        """What stood in the fields before anything was typed; where nobody chose yet, before both typed."""
        return {**self._begun, **{key: one.was for key, one in self._unsolved.items()}}

    def put_back(self, kept: Draft, now: ItemNotes) -> None:
        """Show what was typed before and could not be kept; what others changed since is told."""
        for key in kept.fields.keys() & self.cards.keys():
            self.cards[key].field.set_raw(kept.fields[key])
            self._begun[key] = kept.begun.get(key, self._begun[key])
        self.is_draft = True
        self.show_meanwhile(now)

    def written(self, notes: ItemNotes) -> ItemNotes:
        """The notes with what was typed here; a note that was not touched stays as it is."""
        raws = self.raws()

        def of(key: str) -> str:
            return raws[key] if self._is_typed(key) else str(getattr(notes, key))

        return replace(
            notes,
            lichamelijk=of("lichamelijk"),
            psychisch=of("psychisch"),
            sociaal=of("sociaal"),
            zingeving=of("zingeving"),
            vooruitkijken=of(AHEAD),
        )

    def was_kept(self, notes: ItemNotes) -> None:
        """What stands in the fields is kept."""
        self._begun = {key: str(getattr(notes, key)) for key, _ in NOTES}
        if self.must_choose:
            self._put_away()

    def meet(self, now: ItemNotes) -> list[Moved]:
        """What others changed meanwhile: shown where nothing was typed here; what was typed stays."""
        moved = []
        for key, card in self.cards.items():
            was, is_ = self._begun[key], str(getattr(now, key))
            if was.strip() == is_.strip():
                continue
            mine = card.field.raw() if self._is_typed(key) else None
            self._begun[key] = is_
            if mine is None:
                card.field.set_raw(is_)
            elif mine.strip() == is_.strip():
                mine = None
            moved.append(Moved(card.field, was, is_, mine))
        return moved

    def show_meanwhile(self, now: ItemNotes) -> None:
        """Show and tell what others changed, where it is not known who."""
        if moved := self.meet(now):
            self.show_changed(moved, SOMEBODY)

    def show_changed(self, moved: Sequence[Moved], told: str) -> None:
        """Say above the notes what others changed, and by whom."""
        new = {one.field.key for one in moved}
        moved = [*moved, *(one for key, one in self._unsolved.items() if key not in new)]
        self._put_away()
        self._unsolved = {one.field.key: one for one in moved if one.mine is not None}
        self.must_choose = bool(self._unsolved)
        mine = {one.field: one.mine for one in self._unsolved.values()}

        def choose(whose: str) -> None:
            self.must_choose, self._unsolved = False, {}
            for one in moved:
                if one.mine is not None:
                    if whose == THEIRS:
                        mine[one.field] = one.field.raw()
                    one.field.set_raw(one.now if whose == THEIRS else str(mine[one.field]))

        self.difference = Difference(moved, choose, taken=TAKEN)
        self.difference.who.setText(told)
        self._grid.addWidget(self.difference, 0, 0, 1, 2)
        choice = self.difference.choice
        if choice is not None:
            QWidget.setTabOrder(choice.focusProxy() or choice, self.first)

    def _put_away(self) -> None:
        self.must_choose, self._unsolved = False, {}
        before, self.difference = self.difference, None
        if before is not None:
            here = QApplication.focusWidget()
            if here is not None and before.isAncestorOf(here):
                self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            before.hide()
            before.deleteLater()

    def _is_typed(self, key: str) -> bool:
        return self.cards[key].field.raw().strip() != self._begun[key].strip()


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


@dataclass(frozen=True, slots=True)
class Keeping:
    """What came of keeping notes: the item as it stands now, and whether the user may go on to another."""

    item: AgendaItem
    is_kept: bool
    may_go: bool


def keep_notes(bench: Bench, item: AgendaItem, typed: NotesGrid, *, asked: bool) -> Keeping:
    """Keep what was noted of an item. What cannot be kept is told, and a draft is kept.

    ``asked``: the user asks for it, and does not only type on.
    """
    place = draft_of(item)
    after = typed.written(item.notes)
    if after == item.notes:
        if typed.is_draft:  # typed, and taken away again
            bench.desk.drafts.forget(place)
            typed.is_draft = False
        return Keeping(item, is_kept=True, may_go=True)
    if typed.must_choose and not asked:
        _keep_draft(bench, item, typed)
        return Keeping(item, is_kept=False, may_go=False)
    try:
        kept = bench.desk.meetings.note(item, replace(after, discussed=True))
    except Stale as problem:
        return _over_again(bench, item, typed, problem)
    except PzdeskError as problem:
        worse = _keep_draft(bench, item, typed)
        bench.tell(worse or str(problem), is_error=True)
        return Keeping(item, is_kept=False, may_go=isinstance(problem, StoreBusy) and not worse)
    bench.desk.drafts.forget(place)
    typed.is_draft = False
    typed.was_kept(kept.notes)
    return Keeping(kept, is_kept=True, may_go=True)


def _over_again(bench: Bench, item: AgendaItem, typed: NotesGrid, problem: Stale) -> Keeping:
    """Somebody else changed the same item: what is told, and what was typed besides is kept."""
    fresh = _found(bench, item)
    if fresh is None:
        worse = _keep_draft(bench, item, typed)
        bench.tell(worse or NOT_THERE, is_error=True)
        return Keeping(item, is_kept=False, may_go=False)
    moved = typed.meet(fresh.notes)
    if moved:
        typed.show_changed(moved, problem.told)
    if not typed.must_choose:
        return keep_notes(bench, fresh, typed, asked=False)
    worse = _keep_draft(bench, fresh, typed)
    bench.tell(worse or LOOK.format(problem.told), is_error=True)
    return Keeping(fresh, is_kept=False, may_go=False)


def _keep_draft(bench: Bench, item: AgendaItem, typed: NotesGrid) -> str:
    """Keep what was typed as a draft; what is wrong when that could not be done."""
    try:
        bench.desk.drafts.keep(
            draft_of(item), typed.raws(), version=item.version, begun=typed.begun
        )
    except PzdeskError as problem:
        return str(problem)
    typed.is_draft = True
    return ""


def change_kept(
    bench: Bench, item: AgendaItem, change: Callable[[ItemNotes], ItemNotes]
) -> AgendaItem:
    """Change the notes of an item as they are kept by now (raises ``PzdeskError``)."""
    found = _found(bench, item)
    if found is None:
        raise Refused(NOT_THERE)
    return bench.desk.meetings.note(found, change(found.notes))


def _found(bench: Bench, item: AgendaItem) -> AgendaItem | None:
    """The item as it stands now."""
    items = bench.desk.meetings.meeting(item.meeting_id)[1]
    return next((one for one in items if one.id == item.id), None)
