"""What two people note of the same item: told note by note, nothing lost, and who reads along goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from pzdesk.domain.mdo import AgendaItem
from pzdesk.gui.difference import THEIRS
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.meetings.hold import HoldView
from pzdesk.gui.pages.meetings.notes import READS_ALONG, NotesGrid
from pzdesk.gui.places import Place
from pzdesk.services import writing
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle


@pytest.fixture
def meeting(desk: Desk) -> int:
    """A meeting with two subjects."""
    made = desk.meetings.plan(on=date(2026, 12, 1), starts=time(12, 30))
    for title in ("mevrouw in de Veldstraat", "de vrijwilligers"):
        desk.meetings.add_item(made.id, title=title)
    return made.id


@pytest.fixture
def view(window_over: Callable[[Desk], Frame], desk: Desk, meeting: int) -> HoldView:
    frame = window_over(desk)
    frame.go(Place(page="mdo", section="overleg", meeting=meeting))
    settle()
    shown = frame.page.view  # type: ignore[attr-defined]
    assert isinstance(shown, HoldView)
    return shown


def frame_of(view: HoldView) -> Frame:
    frame = view.window()
    assert isinstance(frame, Frame)
    return frame


def notes_of(view: HoldView) -> NotesGrid:
    assert view.notes is not None
    return view.notes


def write(view: HoldView, key: str, words: str) -> None:
    notes_of(view).cards[key].field.set_raw(words)


def note(other: Desk, desk: Desk, item: AgendaItem, **notes: str) -> None:
    """Let the other one note something, and let go."""
    writing.let_go(desk.session)
    now = first(other, item)
    other.meetings.note(now, replace(now.notes, **notes))  # type: ignore[arg-type]
    writing.let_go(other.session)


def first(desk: Desk, item: AgendaItem) -> AgendaItem:
    return next(i for i in desk.meetings.meeting(item.meeting_id)[1] if i.id == item.id)


def lines(view: HoldView) -> list[str]:
    told = notes_of(view).difference
    return [] if told is None else [told.who.text(), *[line.text() for line in told.lines]]


def test_what_two_people_noted_is_told_note_by_note_and_the_user_takes_one(
    view: HoldView, desk: Desk, other: Desk
) -> None:
    item = view.item_now
    write(view, "sociaal", "dochter komt")
    write(view, "psychisch", "angstig")
    note(other, desk, item, sociaal="zoon komt", lichamelijk="misselijk")
    assert not view.save()
    settle()
    said = lines(view)
    assert said[0] == "Intussen gewijzigd door Anna de Vries om 14.05 uur."
    assert "Lichamelijk: was leeg, is nu “misselijk”." in said[1]
    assert "Sociaal: was leeg, is nu “zoon komt”; u typte “dochter komt”." in said[2]
    fields = {key: card.field.raw() for key, card in notes_of(view).cards.items()}
    assert fields["lichamelijk"] == "misselijk", "what was not touched here is as it is now"
    assert (fields["sociaal"], fields["psychisch"]) == ("dochter komt", "angstig")
    assert not view.save(), "typing on does not write over what the other one wrote"
    assert first(desk, item).notes.sociaal == "zoon komt"
    told = notes_of(view).difference
    assert told is not None
    assert told.choice is not None
    bar = frame_of(view).bar
    assert bar.line.property("role") == "bar-error"
    told.choice.set_raw(THEIRS)
    assert view.save()
    assert bar.line.isHidden(), "what was wrong is mended"
    now = first(desk, item).notes
    assert (now.lichamelijk, now.psychisch, now.sociaal) == ("misselijk", "angstig", "zoon komt")
    told.choice.set_raw("mijn")
    assert view.save()
    assert first(desk, item).notes.sociaal == "dochter komt"


def test_other_notes_are_kept_besides_and_told_and_going_on_keeps_what_was_typed(
    view: HoldView, desk: Desk, other: Desk
) -> None:
    item = view.item_now
    write(view, "sociaal", "dochter komt")
    note(other, desk, item, lichamelijk="misselijk")
    assert view.save()
    assert lines(view)[1:] == ["Lichamelijk: was leeg, is nu “misselijk”."]
    now = first(desk, item).notes
    assert (now.lichamelijk, now.sociaal) == ("misselijk", "dochter komt")

    write(view, "sociaal", "dochter blijft")
    note(other, desk, item, sociaal="zoon blijft")
    view.go(1)
    assert view.item_now.id == item.id, "first it is told"
    view.go(1)
    assert view.item_now.id == item.id, "going on is no choice"
    assert first(desk, item).notes.sociaal == "zoon blijft"
    view._save_all()
    assert first(desk, item).notes.sociaal == "dochter blijft"
    view.bench.tell("Bij dit punt kan dat niet.", is_error=True)
    view.go(1)
    assert view.item_now.id != item.id
    assert frame_of(view).bar.line.isHidden(), "it was about somebody else"


def test_who_reads_along_goes_on_and_finds_what_was_typed_and_what_changed_since(
    view: HoldView, desk: Desk, other: Desk
) -> None:
    item = view.item_now
    writing.let_go(desk.session)
    writing.begin(other.session)
    write(view, "sociaal", "dochter komt")
    view.go(1)
    assert view.item_now.id != item.id
    frame = view.window()
    assert isinstance(frame, Frame)
    assert frame.bar.words.text() == READS_ALONG
    note(other, desk, item, sociaal="zoon komt", lichamelijk="misselijk")
    view.show_place(Place(page="mdo", section="overleg", meeting=item.meeting_id, item=item.id))
    fields = {key: card.field.raw() for key, card in notes_of(view).cards.items()}
    assert (fields["sociaal"], fields["lichamelijk"]) == ("dochter komt", "misselijk")
    assert any("u typte “dochter komt”" in line for line in lines(view))
    view.leave()
    assert first(desk, item).notes.sociaal == "zoon komt", "nobody chose yet"
    view._save_all()
    assert first(desk, item).notes.sociaal == "dochter komt"
    assert lines(view) == []
    assert desk.drafts.kept(f"mdo-notities-{item.id}") is None
