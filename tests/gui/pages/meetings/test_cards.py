"""The cards beside the notes of Overleg: what is half typed is saved, or put away where it is found again."""

from collections.abc import Callable
from datetime import time
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from pzdesk.domain.writer import Writer
from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.meetings.agreed import NOT_KEPT
from pzdesk.gui.pages.meetings.cards import TalkCards
from pzdesk.gui.pages.meetings.hold import HoldView
from pzdesk.gui.pages.meetings.talk_card import NOT_SAVED
from pzdesk.gui.places import TODAY, Place
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts


@pytest.fixture
def frame(window_over: Callable[[Desk], Frame], desk: Desk) -> Frame:
    """The last of two subjects of a meeting of today is talked about."""
    made = desk.meetings.plan(on=desk.session.today, starts=time(12, 30))
    for title in ("mevrouw in de Veldstraat", "de vrijwilligers"):
        desk.meetings.add_item(made.id, title=title)
    last = desk.meetings.meeting(made.id)[1][-1].id
    window = window_over(desk)
    window.go(Place(page="mdo", section="overleg", meeting=made.id, item=last))
    settle()
    return window


def view_of(frame: Frame) -> HoldView:
    view = frame.page.view  # type: ignore[attr-defined]
    assert isinstance(view, HoldView)
    return view


def cards_of(view: HoldView) -> TalkCards:
    assert view.cards is not None
    return view.cards


def begin_feedback(view: HoldView, who: str) -> Form:
    cards_of(view).begin("terugkoppelen")
    form = cards_of(view).feedback.form
    assert form is not None
    form.field("wie").set_raw(who)
    return form


def test_nobody_is_left_behind_with_something_half_typed(frame: Frame) -> None:
    view = view_of(frame)
    item, form = view.item_now, begin_feedback(view, "F. Hoekstra")
    for leave in (view.no_action, view.begin_closing, partial(view.go, 1), partial(view.go, -1)):
        form.general.setText("")
        leave()
        assert view.item_now == item
        assert view.closing is None
        assert form.general.text() == NOT_SAVED
        assert QApplication.focusWidget() is form.submit
    form.field("aan").set_raw("de zoon")
    form.try_save()
    assert [task.who for task in view.tasks] == ["F. Hoekstra"]

    line = cards_of(view).agreed.line
    line.setText("bellen met de zoon")
    view.begin_closing()
    assert view.closing is None
    assert cards_of(view).agreed.meant.text() == NOT_KEPT
    assert QApplication.focusWidget() is line
    cards_of(view).agreed.add_line()
    view.begin_closing()
    assert view.closing is not None
    assert not any("staat nog iets klaar" in words for words in shown_texts(view))


def test_what_was_put_away_is_told_at_its_item_and_when_the_meeting_is_closed(
    frame: Frame,
) -> None:
    view = view_of(frame)
    begin_feedback(view, "F. Hoekstra")
    assert cards_of(view).feedback.waits.isHidden()
    frame.back()
    assert not cards_of(view).feedback.waits.isHidden()
    view.begin_closing()
    settle()
    told = "Bij punt 2 staat nog iets klaar dat niet is opgeslagen; het komt niet in het verslag."
    assert told in shown_texts(view)
    frame.back()
    begin_feedback(view, "F. Hoekstra (wijk)")
    frame.go(TODAY)
    frame.back()
    settle()
    form = cards_of(view_of(frame)).feedback.form
    assert form is not None, "it is open again"
    assert form.field("wie").raw() == "F. Hoekstra (wijk)"


def test_a_name_that_is_nearly_somebody_at_the_table_is_asked_once(frame: Frame) -> None:
    view = view_of(frame)
    nearly = view.names[0][:-2]
    form = begin_feedback(view, nearly)
    form.field("aan").set_raw("de zoon")
    form.try_save()
    assert form.field("wie").error.text().startswith(f"Bedoelt u {view.names[0]}?")
    assert not view.tasks
    form.try_save()
    assert [task.who for task in view.tasks] == [nearly]


def test_who_reads_along_cannot_save_it_and_goes_on(frame: Frame) -> None:
    view = view_of(frame)
    begin_feedback(view, "F. Hoekstra")
    frame.bench.tell_writer(Writer(name="Anna de Vries", token="1"))
    view.go(-1)
    assert view.at == 0
