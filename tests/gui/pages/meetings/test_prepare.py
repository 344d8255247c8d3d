"""Voorbereiden: everything by keyboard, what is missing in sight, and no paper without consent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from pzdesk.domain.mdo import AgendaItem, MeetingState, ParticipantKind
from pzdesk.domain.person import short
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.meetings import around
from pzdesk.gui.pages.meetings.agenda import NOBODY
from pzdesk.gui.pages.meetings.prepare import PrepareView
from pzdesk.gui.parts import area_of
from pzdesk.gui.places import TODAY, Place
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk
from tests.documents.reading import content, squeezed
from tests.gui.conftest import settle, shown_texts
from tests.gui.views import coming_meeting, lengthen, rich_patient

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def begin(window: Frame) -> PrepareView:
    window.go(Place(page="mdo", section="voorbereiden", meeting=coming_meeting(window.bench.desk)))
    settle()
    view = window.page.view  # type: ignore[attr-defined]
    assert isinstance(view, PrepareView)
    return view


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)
    settle()


def agenda(window: Frame) -> list[AgendaItem]:
    desk = window.bench.desk
    return desk.meetings.meeting(coming_meeting(desk))[1]


def test_an_agenda_is_made_by_keyboard_alone(window: Frame) -> None:
    view = begin(window)
    before = agenda(window)
    press(KEY.Key_Plus)
    assert agenda(window)[0].minutes == before[0].minutes + 5
    press(KEY.Key_Minus)
    assert agenda(window)[0].minutes == before[0].minutes
    press(KEY.Key_Down, ALT)
    assert [item.id for item in agenda(window)][:2] == [before[1].id, before[0].id]
    press(KEY.Key_Up, ALT)
    press(KEY.Key_Space)
    assert before[0].id not in {item.id for item in agenda(window)}
    window.bench.undo_last()
    settle()
    assert len(agenda(window)) == len(before)

    view.agenda.table.go_to(0)
    press(KEY.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, KEY.Key_A, CTRL)
    QTest.keyClicks(focus, "wat doen we vannacht?")
    press(KEY.Key_Right, CTRL)  # what was typed is kept on the way
    assert agenda(window)[0].question == "wat doen we vannacht?"

    press(KEY.Key_N, CTRL)
    press(KEY.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "kwetsbare ouderen in de wijk")
    press(KEY.Key_S, CTRL)
    assert agenda(window)[-1].title == "kwetsbare ouderen in de wijk"
    press(KEY.Key_F5)
    assert window.place.section == "overleg"


def test_what_vandaag_says_of_the_agenda_is_what_stands_here(window: Frame) -> None:
    view = begin(window)
    count = view.agenda.aside.text()
    assert count == "7 mensen en 1 ander punt · 60 van 60 min"
    window.go(TODAY)
    settle()
    assert "7 mensen en 1 ander punt, 60 van 60 minuten" in shown_texts(window.page)


def test_who_has_no_question_is_told_by_a_warning(window: Frame) -> None:
    desk, view = window.bench.desk, begin(window)
    desk.meetings.change_item(replace(agenda(window)[0], question=""))
    view.reload()
    cells = view.agenda.table.values
    spoken = cells.data(cells.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert "nog geen bespreekvraag" in spoken


def test_too_many_minutes_are_told(window: Frame) -> None:
    view = begin(window)
    assert view.agenda.also.text() == "Ook: 5 min opening, 5 min reserve."
    press(KEY.Key_Plus)
    assert view.agenda.over.isHidden()
    assert view.agenda.also.text() == "Ook: 5 min opening. Reserve: geen van 5 min."
    press(KEY.Key_Plus)
    assert view.agenda.over.text() == "5 minuten meer dan er is."


def test_minutes_that_cannot_be_stand_under_their_field(window: Frame) -> None:
    view = begin(window)
    assert view.case.form is not None
    view.case.form.field("minuten").set_raw("nul")
    press(KEY.Key_S, CTRL)
    assert "van 1 tot en met 480" in view.case.form.field("minuten").error.text()


def test_input_of_an_absent_member_is_added_with_their_name(window: Frame) -> None:
    view = begin(window)
    view.case._begin_input(view.case.item, view.case.body, QLabel())  # type: ignore[arg-type]
    form = view.case._input
    assert form is not None
    form.field("by").set_raw("J. Mulder")
    form.field("text").set_raw("graag de nierfunctie")
    form.try_save()
    assert agenda(window)[0].contributions[-1].by == "J. Mulder"


def test_who_gave_no_consent_stands_on_no_paper_of_welfare(
    window: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, view = window.bench.desk, begin(window)
    refused = desk.consents.without_consent(coming_meeting(desk))[ParticipantKind.WELFARE]
    assert refused
    people = {r.id: r for r in desk.patients.rows(everybody=True)}
    names = [short(people[key].name, people[key].sex) for key in refused]
    assert f"geen toestemming: {', '.join(names)}" in shown_texts(view)
    made: list[bytes] = []

    def show(*_: object, look: Callable[[], bytes], **__: object) -> None:
        made.append(look())

    monkeypatch.setattr(around, "show_paper", show)
    next(work for words, work in view.papers() if words == "Agenda voor welzijn")()
    view.around.print()
    for name in names:
        assert squeezed(name) not in content(made[0])
        assert squeezed(name) in content(made[1])


def test_somebody_from_outside_the_kernteam_is_invited_by_name(window: Frame) -> None:
    desk, view = window.bench.desk, begin(window)
    view.around._invite_name({"name": "Imam Yildiz"})
    meeting, _ = desk.meetings.meeting(coming_meeting(desk))
    assert "Imam Yildiz" in {who.name for who in meeting.invited}


def test_an_invitation_that_was_refused_leaves_no_tick(window: Frame) -> None:
    desk, view = window.bench.desk, begin(window)
    meeting, _ = desk.meetings.meeting(coming_meeting(desk))
    desk.meetings.change(replace(meeting, place="elders"))  # in another window
    boxes = view.around.findChildren(QCheckBox)
    box = next(box for box in boxes if box.text() == meeting.invited[0].name)
    box.click()
    assert window.bar.line.property("role") == "bar-error"
    assert box.isChecked()


def test_of_a_meeting_that_was_held_what_was_said_is_shown_and_the_agenda_stays(
    window: Frame,
) -> None:
    desk = window.bench.desk
    held = next(m for m in desk.meetings.meetings() if m.state is MeetingState.HELD)
    window.go(Place(page="mdo", section="voorbereiden", meeting=held.id))
    settle()
    assert {"Besproken", "Aanwezig"} <= set(shown_texts(window.page))
    before = desk.meetings.meeting(held.id)[1]
    press(KEY.Key_Space)
    press(KEY.Key_Plus)
    assert desk.meetings.meeting(held.id)[1] == before


def test_an_empty_agenda_proposes_people_and_says_how_to_begin(window: Frame) -> None:
    desk = window.bench.desk
    made = desk.meetings.plan(on=desk.session.today, starts=time(9, 0))
    window.go(Place(page="mdo", section="voorbereiden", meeting=made.id))
    settle()
    assert "Spatie zet deze persoon op de agenda." in shown_texts(window.page)
    press(KEY.Key_Return)
    assert len(desk.meetings.meeting(made.id)[1]) == 1


def test_the_longest_texts_fit_the_smallest_window(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    desk = demo_desk("poh")
    lengthen(desk, rich_patient(desk))
    window = window_over(desk)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    view = begin(window)
    ids = [item.patient_id for item in agenda(window)]
    view.agenda.table.go_to(ids.index(rich_patient(desk)))
    settle()
    assert window.width() == LEAST_WIDTH
    for part in view.findChildren(QLabel):
        if part.isVisible() and part.wordWrap() and part.text():
            assert part.height() >= part.heightForWidth(part.width()), part.text()[:40]


def test_of_a_meeting_that_was_held_nothing_is_planned_any_more(window: Frame) -> None:
    desk = window.bench.desk
    held = next(m for m in desk.meetings.meetings() if m.state is MeetingState.HELD)
    window.go(Place(page="mdo", section="voorbereiden", meeting=held.id))
    settle()
    view = window.page.view  # type: ignore[attr-defined]
    said = " ".join(shown_texts(view))
    assert "Bespreekvraag (mag leeg blijven)" not in said
    assert "Patiënt of punt zonder dossier" not in said
    assert "Verslag aanvullen" in said
    assert "verslag" in window.hints.text()
    lines = [
        column.cell(row)
        for row in view.agenda.table.values.rows
        for column in view.agenda.table.values.columns
    ]
    assert not any(getattr(cell, "warning", "") for cell in lines)
    press(KEY.Key_N, CTRL)
    assert view.form is None
    assert "de agenda verandert niet meer" in " ".join(shown_texts(window.bar))


def test_in_a_large_practice_the_agenda_stands_at_once_and_the_proposal_comes_after_it(
    window: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.gui.bench.LARGE_BYTES", 1)
    view = begin(window)
    first = view.agenda.table.current()
    assert first is not None
    assert first.item is not None
    qtbot.waitUntil(lambda: any(line.proposal for line in view.agenda.table.values.rows))
    for minutes in (first.item.minutes + 5, first.item.minutes + 10):  # no waiting between two keys
        press(KEY.Key_Plus)
        assert agenda(window)[0].minutes == minutes
    window.bench.undo_last()
    window.bench.undo_last()
    assert agenda(window)[0].minutes == first.item.minutes
    assert any(line.proposal for line in view.agenda.table.values.rows)
    qtbot.waitUntil(lambda: not window.bench.jobs.is_busy)


def test_of_very_many_proposed_the_first_stand_in_the_list_and_how_many_there_are_is_said(
    window: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.gui.pages.meetings.agenda.MOST_PROPOSED", 2)
    view = begin(window)
    assert sum(line.proposal is not None for line in view.agenda.table.values.rows) == 2
    assert "voorgestelde mensen staan de eerste 2 hier" in view.agenda.also.text()


@pytest.mark.parametrize("scale", [125, 150])
def test_at_a_large_scale_the_case_stands_below_the_agenda_and_nothing_falls_outside(
    window: Frame, scale: int
) -> None:
    theme().use(scale=scale)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    view = begin(window)
    area = area_of(view.case)
    assert area is not None
    inside = area.widget()
    assert inside is not None
    assert inside.width() <= area.viewport().width()
    assert view.agenda.width() > window.width() // 2
    table = view.agenda.table
    assert table.rowAt(table.viewport().height() - 1) in (-1, *range(2, 9))  # three lines or more
    for label in view.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())


def test_where_nobody_is_on_the_agenda_the_way_to_put_somebody_on_it_has_the_keyboard(
    empty_window: Frame,
) -> None:
    window, desk = empty_window, empty_window.bench.desk
    planned = desk.meetings.plan(on=desk.session.today, starts=time(12, 30))
    window.go(Place(page="mdo", section="voorbereiden", meeting=planned.id))
    settle()
    view = window.page.view  # type: ignore[attr-defined]
    assert view.agenda.table.isHidden()
    assert QApplication.focusWidget() is view.agenda.add_
    said = shown_texts(view)
    assert NOBODY in said
    assert any("Ctrl+N zet iemand op de agenda" in words for words in said)
    assert not any("deze persoon" in words for words in said)

    press(KEY.Key_F5)  # nothing to talk about: it says so, and stays
    assert window.place.section == "voorbereiden"
    assert QApplication.focusWidget() is view.agenda.add_

    press(KEY.Key_N, CTRL)
    press(KEY.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "scholing")
    press(KEY.Key_S, CTRL)
    assert QApplication.focusWidget() is view.agenda.table
    assert view.agenda.nobody.isHidden()


def test_a_form_above_the_agenda_has_the_height_that_it_needs(window: Frame) -> None:
    theme().use(theme().look, 125)
    view = begin(window)
    window.resize(1280, 800)
    view.begin_new()
    settle()
    form = view.form
    assert form is not None
    form.field("patient").set_raw("niemand heet zo")
    form.keep_draft()
    press(KEY.Key_Escape)
    view.begin_new()
    form = view.form
    assert form is not None
    form.field("patient").set_raw("niemand heet zo")
    press(KEY.Key_S, CTRL)
    field = form.field("patient")
    assert not field.error.isHidden()
    assert field.help.geometry().top() >= field.control.geometry().bottom()
    assert form.height() >= form.heightForWidth(form.width())
