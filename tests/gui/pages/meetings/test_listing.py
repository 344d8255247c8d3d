"""The list of meetings: planned, changed, cancelled and printed by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from pzdesk.domain.mdo import MeetingState
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.meetings.listing import ListingView
from pzdesk.gui.places import MEETINGS
from tests.gui.conftest import settle, shown_texts
from tests.gui.views import coming_meeting

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def begin(window: Frame) -> ListingView:
    window.go(MEETINGS)
    settle()
    view = window.page.view  # type: ignore[attr-defined]
    assert isinstance(view, ListingView)
    return view


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)
    settle()


def type_(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)
    settle()


def test_a_meeting_is_planned_changed_and_cancelled_by_keyboard_alone(window: Frame) -> None:
    desk = window.bench.desk
    begin(window)
    press(KEY.Key_N, CTRL)
    type_("12-1-2027")
    press(KEY.Key_S, CTRL)
    made = max(desk.meetings.meetings(), key=lambda m: m.on)
    assert (made.on.isoformat(), f"{made.starts:%H.%M}", made.minutes) == (
        "2027-01-12",
        "12.30",
        60,
    )
    assert made.invited
    assert window.place.meeting == made.id
    window.bench.undo_last()
    settle()
    assert window.place.meeting is None
    assert made.id not in {meeting.id for meeting in desk.meetings.meetings()}
    press(KEY.Key_N, CTRL)
    type_("12-1-2027")
    press(KEY.Key_S, CTRL)
    made = max(desk.meetings.meetings(), key=lambda m: m.on)

    view = begin(window)
    view.table.go_to(1)
    press(KEY.Key_F2)
    press(KEY.Key_Return)
    press(KEY.Key_A, CTRL)
    type_("13.15")
    assert view.form is not None
    view.form.field("chair").set_raw("")
    press(KEY.Key_S, CTRL)
    assert f"{desk.meetings.meeting(made.id)[0].starts:%H.%M}" == "13.15"
    assert (made.chair, desk.meetings.meeting(made.id)[0].chair) == ("M. Wiersma", "")
    window.bench.undo_last()
    assert f"{desk.meetings.meeting(made.id)[0].starts:%H.%M}" == "12.30"

    settle()
    view.table.setFocus()
    for _ in range(12):
        press(KEY.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == "Laten vervallen":
            break
    press(KEY.Key_Space)
    assert desk.meetings.meeting(made.id)[0].state is MeetingState.CANCELLED
    window.bench.undo_last()
    assert desk.meetings.meeting(made.id)[0].state is MeetingState.PREPARING


def test_an_impossible_date_stands_under_its_field_and_esc_keeps_the_draft(window: Frame) -> None:
    view = begin(window)
    press(KEY.Key_N, CTRL)
    type_("31-2-2027")
    press(KEY.Key_S, CTRL)
    assert view.form is not None
    assert view.form.field("datum").error.text()
    press(KEY.Key_Escape)
    assert view.form is None
    press(KEY.Key_N, CTRL)
    assert view.form is not None
    assert view.form.field("datum").raw() == "31-2-2027"


def test_a_held_meeting_has_a_report_to_print_and_is_changed_no_more(window: Frame) -> None:
    view = begin(window)
    view.table.go_to(1)
    settle()
    assert any(words.startswith("Verslag") for words in shown_texts(view))
    assert [words for words, _ in view.papers()] == ["Verslag"]
    press(KEY.Key_F2)
    assert view.form is None


def test_a_new_practice_is_told_what_belongs_here(empty_window: Frame) -> None:
    view = begin(empty_window)
    assert "Nog geen overleg gepland" in shown_texts(view)
    press(KEY.Key_N, CTRL)
    type_("1-12-2026")
    press(KEY.Key_S, CTRL)
    assert len(empty_window.bench.desk.meetings.meetings()) == 1


def test_it_fits_the_smallest_window(window: Frame) -> None:
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    view = begin(window)
    view.begin_new()
    settle()
    assert window.width() == LEAST_WIDTH
    assert view.form is not None
    place = view.form.submit.mapTo(window, view.form.submit.rect().bottomRight())
    assert place.y() < LEAST_HEIGHT
    assert coming_meeting(window.bench.desk)


def test_a_meeting_that_is_dropped_leaves_a_half_typed_form_alone(window: Frame) -> None:
    view = begin(window)
    press(KEY.Key_N, CTRL)
    type_("12-1-2027")
    drop = next(b for b in view.findChildren(QPushButton) if b.text() == "Laten vervallen")
    drop.click()
    settle()
    assert view.form is not None
    assert view.form.field("datum").raw() == "12-1-2027"
    window.bench.undo_last()
    window.leave()
    assert "mdo-nieuw" in window.bench.desk.drafts.left()


def test_a_lock_comes_back_to_the_meeting_that_was_being_changed(window: Frame) -> None:
    view = begin(window)
    press(KEY.Key_F2)
    assert view.form is not None
    view.form.field("place").set_raw("de grote kamer")
    here = window.here()
    window.go(here)
    settle()
    assert view.form is not None
    assert view.form.heading.text() == "Overleg wijzigen"
    assert view.form.field("place").raw() == "de grote kamer"
