"""Overleg: by keyboard alone, kept while it is typed, nothing of other people in sight."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pzdesk.domain.advice import AdviceKind
from pzdesk.domain.errors import StoreError
from pzdesk.domain.mdo import AgendaItem, MeetingState
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.user import Role
from pzdesk.domain.writer import Writer
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.meetings.hold import HoldView
from pzdesk.gui.pages.meetings.hold_layout import ItemLayout
from pzdesk.gui.parts import area_of
from pzdesk.gui.places import Place
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk, desk_over
from tests.gui.conftest import settle, shown_texts
from tests.gui.views import coming_meeting, lengthen, rich_patient

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def begin(window: Frame) -> HoldView:
    """Overleg of the coming meeting, at the person of whom most is known."""
    desk = window.bench.desk
    meeting, patient = coming_meeting(desk), rich_patient(desk)
    item = next(i for i in desk.meetings.meeting(meeting)[1] if i.patient_id == patient)
    window.go(Place(page="mdo", section="overleg", meeting=meeting, item=item.id))
    settle()
    return view_of(window)


def view_of(window: Frame) -> HoldView:
    view = window.page.view  # type: ignore[attr-defined]
    assert isinstance(view, HoldView)
    return view


def press(window: Frame, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(
        QApplication.focusWidget() or window, key, modifier or Qt.KeyboardModifier.NoModifier
    )
    settle()


def type_(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)
    settle()


def kept(window: Frame, view: HoldView) -> AgendaItem:
    """The item of now as it stands in the store."""
    items = window.bench.desk.meetings.meeting(coming_meeting(window.bench.desk))[1]
    return next(item for item in items if item.id == view.item_now.id)


def today_is_the_meeting(window: Frame) -> None:
    desk = window.bench.desk
    meeting, _ = desk.meetings.meeting(coming_meeting(desk))
    desk.meetings.change(replace(meeting, on=desk.session.today))


def test_a_whole_meeting_is_held_by_keyboard_alone(window: Frame) -> None:
    desk = window.bench.desk
    today_is_the_meeting(window)
    view = begin(window)
    patient = rich_patient(desk)

    type_("rechtop slapen")
    for _ in range(4):
        press(window, KEY.Key_Tab)
    type_("scenario maken")
    press(window, KEY.Key_N, CTRL)
    type_("@oost bezoek echtgenoot 8-12")
    assert view.cards is not None
    assert view.cards.agreed.meant.text() == "→ L. Oosting · bezoek echtgenoot · di 8-12"
    press(window, KEY.Key_Return)

    press(window, KEY.Key_F2)
    type_("R. Smit")
    press(window, KEY.Key_Return)
    type_("pomp bespreken")
    press(window, KEY.Key_Return)
    type_("+1w")
    press(window, KEY.Key_S, CTRL)

    press(window, KEY.Key_F6)
    press(window, KEY.Key_Down)
    press(window, KEY.Key_Down)  # urgentie
    press(window, KEY.Key_Return)
    press(window, KEY.Key_Down)  # nu
    press(window, KEY.Key_S, CTRL)

    press(window, KEY.Key_F7)
    type_("F. Hoekstra")
    press(window, KEY.Key_S, CTRL)

    notes = kept(window, view).notes
    assert (notes.lichamelijk, notes.vooruitkijken) == ("rechtop slapen", "scenario maken")
    file = desk.patients.file(patient)
    mine = {a.what: a.who for a in file.actions if a.meeting_id == view.item_now.meeting_id}
    assert mine == {
        "bezoek echtgenoot": "L. Oosting",
        "pomp bespreken": "R. Smit",
        "Terugkoppelen aan mevrouw Jansen-de Vries en naaste": "F. Hoekstra",
    }
    (advice,) = file.open_advices
    assert (advice.kind, advice.value) == (AdviceKind.URGENCY, "nu")

    at = view.at
    press(window, KEY.Key_Right, CTRL)
    assert view.at == at + 1
    press(window, KEY.Key_Left, CTRL)
    press(window, KEY.Key_Right, CTRL)
    press(window, KEY.Key_F8)
    assert view.items[at + 1].notes.no_action
    for _ in view.items[view.at :]:
        press(window, KEY.Key_Right, CTRL)
    assert view.closing is not None
    number = view.items[0].meeting_id
    press(window, KEY.Key_S, CTRL)
    meeting, items = desk.meetings.meeting(number)
    assert meeting.state is MeetingState.HELD
    assert {i.notes.discussed for i in items} == {True, False}


def test_what_is_noted_survives_a_lock_and_the_half_typed_line_too(window: Frame) -> None:
    view = begin(window)
    type_("slaapt slecht")
    press(window, KEY.Key_N, CTRL)
    type_("@Hoekstra nacht")
    window.leave()
    assert kept(window, view).notes.lichamelijk == "slaapt slecht"
    view = begin(window)
    assert view.cards is not None
    assert view.cards.agreed.line.text() == "@Hoekstra nacht"


def test_notes_that_cannot_be_kept_are_a_draft_until_they_can(window: Frame) -> None:
    view = begin(window)
    assert view.notes is not None
    view.notes.cards["sociaal"].field.set_raw("x" * 20_001)
    assert not view.save()
    assert kept(window, view).notes.sociaal == ""
    at = view.at
    press(window, KEY.Key_Right, CTRL)
    assert view.at == at  # nothing is left behind
    view._show_item()
    assert view.notes.cards["sociaal"].field.raw() == "x" * 20_001
    assert "1 tekens te veel" in view.notes.cards["sociaal"].field.error.text()


def test_a_wrong_reading_is_corrected_before_it_is_kept(window: Frame) -> None:
    view = begin(window)
    press(window, KEY.Key_N, CTRL)
    type_("@d bezoek di")
    assert view.cards is not None
    assert "Typ meer letters" in view.cards.agreed.meant.text()
    press(window, KEY.Key_F2)
    assert view.cards.agreed.form is not None
    view.cards.agreed.form.field("wie").set_raw("L. Oosting")
    press(window, KEY.Key_S, CTRL)
    assert [task.who for task in view.tasks] == ["L. Oosting"]
    assert view.cards.agreed.line.text() == ""


def test_an_agreement_without_a_name_keeps_its_day_and_can_be_taken_back(window: Frame) -> None:
    view = begin(window)
    press(window, KEY.Key_N, CTRL)
    type_("huisbezoek met twee op 4-12")
    press(window, KEY.Key_Return)
    assert kept(window, view).notes.afspraken == ("huisbezoek met twee op 4-12",)
    back = button_of(view, "Terugnemen: huisbezoek met twee op 4-12")
    back.click()
    assert kept(window, view).notes.afspraken == ()
    window.bench.undo_last()
    assert kept(window, view).notes.afspraken == ("huisbezoek met twee op 4-12",)


def test_an_action_and_a_proposal_are_taken_back_and_put_back(window: Frame) -> None:
    desk, view = window.bench.desk, begin(window)
    press(window, KEY.Key_N, CTRL)
    type_("@Hoekstra nachtzorg")
    press(window, KEY.Key_Return)
    button_of(view, "Terugnemen: nachtzorg").click()
    assert not view.tasks
    window.bench.undo_last()
    assert [task.what for task in view.tasks] == ["nachtzorg"]
    desk.advices.propose(rich_patient(desk), AdviceKind.URGENCY, value="nu")
    view.reload()
    settle()
    words = next(w for w in shown_texts(view) if w.startswith("Urgentie:"))
    button_of(view, f"Terugnemen: {words}").click()
    assert not desk.patients.file(rich_patient(desk)).open_advices


def test_an_error_stands_under_its_field(window: Frame) -> None:
    view = begin(window)
    press(window, KEY.Key_F7)
    press(window, KEY.Key_S, CTRL)
    assert view.cards is not None
    assert view.cards.feedback.form is not None
    assert view.cards.feedback.form.field("wie").error.text() == "Vul “Wie” in."
    press(window, KEY.Key_Escape)
    press(window, KEY.Key_F6)
    press(window, KEY.Key_S, CTRL)
    assert view.cards is not None
    assert view.cards.advised.form is not None
    assert view.cards.advised.form.field("over").error.text()


def test_nothing_of_other_people_is_in_sight(window: Frame) -> None:
    desk = window.bench.desk
    window.bench.tell("Actie afgerond: bij mevrouw Anders")
    begin(window)
    shown = "\n".join(shown_texts(window))
    others = [r for r in desk.patients.rows(everybody=True) if r.id != rich_patient(desk)]
    for row in others:
        assert short(row.name, row.sex) not in shown
        assert dutch_date(row.birth_date) not in shown
    assert "Anders" not in shown


def test_the_blank_screen_hides_everything_and_takes_no_key(window: Frame) -> None:
    view = begin(window)
    press(window, KEY.Key_F9)
    assert view.cover is not None
    assert view.cover.geometry() == window.rect()
    window.resize(1300, 820)
    settle()
    assert view.cover.geometry() == window.rect()
    type_("dit gaat nergens heen")
    press(window, KEY.Key_Tab)
    assert QApplication.focusWidget() is view.cover
    press(window, KEY.Key_F9)
    assert view.cover is None
    assert kept(window, view).notes.lichamelijk == ""
    press(window, KEY.Key_F9)
    press(window, KEY.Key_Escape)
    assert view.cover is None


def test_no_menu_of_the_hidden_top_opens_not_while_it_is_closed_either(window: Frame) -> None:
    today_is_the_meeting(window)
    view = begin(window)
    for _ in range(2):
        for key in (KEY.Key_P, KEY.Key_N):
            press(window, key, CTRL)
            assert QApplication.activePopupWidget() is None
        view.begin_closing()
        settle()
    assert view.closing is not None


def test_a_meeting_of_a_day_to_come_cannot_be_closed_and_says_so_in_place(window: Frame) -> None:
    view = begin(window)
    view.begin_closing()
    settle()
    assert any(
        words.startswith("Afronden kan op dinsdag 1 december") for words in shown_texts(view)
    )
    press(window, KEY.Key_Escape)
    assert view.notes is not None


@pytest.mark.parametrize("texts", ["normal", "longest"])
def test_next_stays_in_sight_in_the_smallest_window(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk], texts: str
) -> None:
    desk = demo_desk("poh")
    if texts == "longest":
        lengthen(desk, rich_patient(desk))
    window = window_over(desk)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    view = begin(window)
    onward = button_of(view, "Volgende")
    place = onward.mapTo(window, onward.rect().bottomRight())
    assert place.y() <= LEAST_HEIGHT
    assert place.x() <= LEAST_WIDTH
    assert window.width() == LEAST_WIDTH
    assert view.notes is not None
    assert view.notes.cards["sociaal"].field.edit.font().pixelSize() >= 18
    view.at = len(view.items) - 1
    view._show_item()
    settle()
    onward = button_of(view, "Afronden")
    assert "Ctrl" in onward.text()
    assert onward.width() >= onward.sizeHint().width()


def test_it_locks_after_an_hour_here_and_the_page_says_so(window: Frame) -> None:
    begin(window)
    assert window.page.holds_meeting
    window.go(Place(page="mdo"))
    assert not window.page.holds_meeting


def test_a_held_meeting_is_completed_the_morning_after_and_closed_no_second_time(
    window: Frame,
) -> None:
    desk = window.bench.desk
    held = next(m for m in desk.meetings.meetings() if m.state is MeetingState.HELD)
    window.go(Place(page="mdo", section="overleg", meeting=held.id))
    settle()
    view = view_of(window)
    type_("nagekomen")
    for _ in view.items:
        press(window, KEY.Key_Right, CTRL)
    assert window.place.section == "voorbereiden"
    assert "nagekomen" in desk.meetings.meeting(held.id)[1][0].notes.lichamelijk


def test_a_meeting_without_items_says_how_to_begin(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    desk = demo_desk("poh")
    made = desk.meetings.plan(on=desk.session.today, starts=time(9, 0))
    window = window_over(desk)
    window.go(Place(page="mdo", section="overleg", meeting=made.id))
    settle()
    assert "Er staat niets op de agenda" in shown_texts(window.page)


def test_who_plans_but_may_not_read_files_sees_who_and_no_more(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    full = demo_desk("poh").session
    desk = desk_over(replace(full, user=replace(full.user, roles=(Role.COORDINATOR,))))
    window = window_over(desk)
    window.go(Place(page="mdo", section="overleg", meeting=coming_meeting(desk)))
    settle()
    view = view_of(window)
    assert view.file is None
    assert view.cards is not None
    assert view.cards.advised.isHidden()
    assert "Mw. S.J. van der Sluijs" in shown_texts(view)
    assert window.hints.text().startswith("Notities maakt wie in dossiers schrijft")
    window.go(Place(page="mdo", section="voorbereiden", meeting=coming_meeting(desk)))
    settle()
    assert "Mw. S.J. van der Sluijs, 02-05-1948" in shown_texts(window.page)


def button_of(view: QWidget, name: str) -> QPushButton:
    """A button by the name a screen reader says."""
    found = [b for b in view.findChildren(QPushButton) if b.accessibleName() == name]
    assert found, [b.accessibleName() for b in view.findChildren(QPushButton)]
    return found[-1]


def test_what_is_undone_from_before_the_meeting_does_not_stop_the_notes(window: Frame) -> None:
    item = begin(window).item_now
    prepare = Place(page="mdo", section="voorbereiden", meeting=item.meeting_id, item=item.id)
    window.go(prepare)
    settle()
    press(window, KEY.Key_Plus)
    press(window, KEY.Key_F5)
    view = view_of(window)
    assert view.item_now.minutes > item.minutes
    window.bench.undo_last()
    settle()
    assert view.notes is not None
    view.notes.first.setFocus()
    type_("slaapt slecht")
    assert view.save(), window.bar.words.text()
    assert kept(window, view).notes.lichamelijk == "slaapt slecht"


def test_no_key_works_under_the_blank_screen(window: Frame) -> None:
    view = begin(window)
    before = view.item_now
    press(window, KEY.Key_F9)
    press(window, KEY.Key_Right, CTRL)
    press(window, KEY.Key_F8)
    type_("niemand ziet dit")
    assert view.cover is not None
    assert view.item_now.id == before.id
    assert kept(window, view).notes == before.notes


def test_who_was_discussed_by_mistake_is_not_discussed_any_more(window: Frame) -> None:
    view = begin(window)
    untouched = next(i for i in view.items if not i.notes.discussed)
    view.at = view.items.index(untouched)
    view._show_item()
    settle()
    press(window, KEY.Key_F8)
    window.bench.undo_last()
    settle()
    view.go(-1)
    assert view.item_now.id == untouched.id
    assert not kept(window, view).notes.discussed
    press(window, KEY.Key_N, CTRL)
    type_("morgen bellen")
    press(window, KEY.Key_Return)
    assert kept(window, view).notes.discussed
    window.bench.undo_last()
    assert not kept(window, view).notes.discussed
    assert view.cards is not None
    view.cards.agreed.line.setFocus()
    type_("@oost bellen")
    press(window, KEY.Key_Return)
    assert kept(window, view).notes.discussed
    window.bench.undo_last()
    assert not kept(window, view).notes.discussed


def test_an_act_is_undone_after_the_meeting_was_closed(window: Frame) -> None:
    today_is_the_meeting(window)
    view = begin(window)
    item = view.item_now
    press(window, KEY.Key_F8)
    view.begin_closing()
    assert view.closing is not None
    view.closing.try_save()
    settle()
    window.bench.undo_last()
    meeting, now = window.bench.desk.meetings.meeting(item.meeting_id)
    assert meeting.state is MeetingState.PREPARING
    assert next(one for one in now if one.id == item.id).notes.no_action
    window.bench.undo_last()
    now = window.bench.desk.meetings.meeting(item.meeting_id)[1]
    assert not next(one for one in now if one.id == item.id).notes.no_action


def test_an_act_is_undone_in_a_window_that_was_made_anew(window: Frame) -> None:
    view = begin(window)
    item = view.item_now
    press(window, KEY.Key_F8)
    theme().use(Look.DARK, 100)
    settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.bench.undo_last()
    now = window.bench.desk.meetings.meeting(item.meeting_id)[1]
    assert not next(one for one in now if one.id == item.id).notes.no_action
    view = view_of(window)
    view.go(-1)
    type_("en nu verder")
    assert view.save()


def test_a_full_disk_lets_the_meeting_be_left(
    window: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = begin(window)
    type_("rechtop slapen")

    def full(*_: object, **__: object) -> None:
        raise StoreError("De schijf is vol.")

    monkeypatch.setattr(window.bench.desk.meetings, "note", full)
    monkeypatch.setattr(window.bench.desk.drafts, "keep", full)
    assert not view.save()
    window.leave()
    assert window.bar.words.text() == "De schijf is vol."


def test_a_form_stays_alone_while_something_else_changes(window: Frame) -> None:
    view = begin(window)
    press(window, KEY.Key_F2)
    assert view.cards is not None
    assert view.cards.agreed.form is not None
    view.reload()
    settle()
    assert view.cards.advised.isHidden()
    assert view.cards.feedback.isHidden()
    press(window, KEY.Key_Escape)
    assert view.cards.agreed.form is None
    assert not view.cards.advised.isHidden()
    assert not view.cards.feedback.isHidden()
    assert QApplication.focusWidget() is view.cards.agreed.line


def test_at_150_percent_in_the_smallest_window_nothing_is_cut_and_all_scrolls_as_one(
    window: Frame,
) -> None:
    theme().use(scale=150)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    view = begin(window)
    assert len(view.findChildren(ItemLayout)) == 1
    assert view.cards is not None
    assert view.notes is not None
    assert area_of(view.cards) is area_of(view.notes)
    for label in view.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            words = label.text().split() if label.wordWrap() else [label.text()]
            widest = max(label.fontMetrics().horizontalAdvance(word) for word in words)
            assert label.width() >= widest, label.text()
    window.resize(1600, 900)
    settle()
    assert area_of(view.cards) is not area_of(view.notes)


def test_who_reads_along_is_not_told_that_everything_is_kept(window: Frame) -> None:
    begin(window)
    assert "Alles wordt bewaard" in window.hints.text()
    window.bench.tell_writer(Writer(name="Anna de Vries", token="1"))
    assert window.hints.text().startswith("U leest mee: wat u typt, blijft een concept")
    window.bench.tell_writer(None)
    assert "Alles wordt bewaard" in window.hints.text()


def test_whose_case_it_is_stands_above_the_notes_at_every_size(window: Frame) -> None:
    theme().use(scale=150)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    view = begin(window)
    assert view.notes is not None
    head = view.findChildren(ItemLayout)[0]._head
    assert head.isVisible()
    assert area_of(head) is not area_of(view.notes)
    told = " ".join(shown_texts(head))
    assert "14-03-1941" in told
    assert "eanim" in told
    window.bar.hide_words()
    settle()
    for _ in range(4):
        press(window, KEY.Key_Tab)
    window.bench.tell("Er ging iets niet zoals het moest. ", is_error=True)
    settle()
    note = view.notes.cards["vooruitkijken"].field.edit
    assert note.hasFocus()
    area = area_of(note)
    assert area is not None
    shown = note.rect().translated(note.mapTo(area.viewport(), note.rect().topLeft()))
    assert area.viewport().rect().contains(shown), "who types sees it, also above a bar"


def test_a_meeting_of_another_day_says_so(window: Frame) -> None:
    view = begin(window)
    assert view.heading.text().endswith("niet vandaag")
    assert "Dit overleg is pas op dinsdag 1 december 2026." in shown_texts(window)
    press(window, KEY.Key_S, CTRL)
    assert "Er is nog niets genoteerd." in shown_texts(window)


def test_a_meeting_with_nobody_on_its_agenda_leads_to_where_somebody_is_put_on_it(
    empty_window: Frame,
) -> None:
    window, desk = empty_window, empty_window.bench.desk
    planned = desk.meetings.plan(on=desk.session.today, starts=time(12, 30))
    window.go(Place(page="mdo", section="overleg", meeting=planned.id))
    settle()
    view = view_of(window)
    assert view.add_ is not None
    assert QApplication.focusWidget() is view.add_
    press(window, KEY.Key_S, CTRL)
    assert not any("bewaard" in words for words in shown_texts(window))
    press(window, KEY.Key_F9)
    press(window, KEY.Key_Escape)
    assert QApplication.focusWidget() is view.add_
    press(window, KEY.Key_N, CTRL)
    assert window.place.section == "voorbereiden"
    assert window.page.view.form is not None  # type: ignore[attr-defined]


def test_who_nobody_is_and_a_day_that_is_none_are_asked_once_more(window: Frame) -> None:
    view = begin(window)
    assert view.cards is not None
    before = len(view.tasks)
    press(window, KEY.Key_N, CTRL)
    type_("@onbekend iets regelen 31-2")
    press(window, KEY.Key_Return)
    assert view.cards.agreed.line.text() == "@onbekend iets regelen 31-2"
    told = "“onbekend” staat niet in de lijst. 31-2 bestaat niet."
    assert view.cards.agreed.meant.text() == f"{told} Enter nog eens bewaart het toch."
    assert len(view.tasks) == before
    press(window, KEY.Key_Return)
    assert len(view.tasks) == before + 1
    assert not view.cards.agreed.line.text()
