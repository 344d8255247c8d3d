"""Vandaag through the window: the next meeting, who waits for what, and every button by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.domain.status import Phase, StatusKind, Urgency
from pzdesk.domain.user import Role
from pzdesk.domain.work_rules import Waits
from pzdesk.domain.worklist import WorkList
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.today import FIRST_SHOWN, LATE, TodayPage
from pzdesk.gui.pages.today_rows import RowView, when_words
from pzdesk.gui.places import TODAY, Place
from pzdesk.gui.preview import Preview
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk, desk_over
from tests import factories
from tests.conftest import Clock
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import until
from tests.gui.views import lengthen, rich_patient

Over = Callable[[Desk], Frame]
As = Callable[[str], Desk]


def page_of(frame: Frame) -> TodayPage:
    frame.go(TODAY)
    settle()
    assert isinstance(frame.page, TodayPage)
    return frame.page


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    settle()


def focus_name() -> str:
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus is not None else ""


def names(page: TodayPage) -> list[str]:
    return [one.row.name for one in page.rows]


def open_everything(page: TodayPage) -> None:
    """Press every button that shows more lines, until none is left."""
    while True:
        more = next(
            (
                made
                for made in page.work
                if made.text().startswith("Toon nog") or made.text() == "Tonen"
            ),
            None,
        )
        if more is None:
            return
        more.setFocus()
        press(Qt.Key.Key_Space)


def with_roles(desk: Desk, *roles: Role) -> Desk:
    return desk_over(replace(desk.session, user=replace(desk.session.user, roles=roles)))


def test_first_stands_the_next_meeting_with_how_full_it_is(window: Frame) -> None:
    page = page_of(window)
    said = shown_texts(page)
    assert "Volgend MDO: dinsdag 1 december 2026, 12.30 uur" in said
    assert any(words.startswith("7 mensen en 1 ander punt, 60 van 60 minuten") for words in said)
    assert [made.text() for made in page.work[:2]] == ["Agenda bekijken", "Voorbereiden"]


def test_who_has_no_question_on_the_agenda_is_named(window_over: Over, desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    on = factories.TODAY + timedelta(days=7)
    desk.meetings.plan(on=on, starts=time(12, 30), patients=(anna.id,))
    page = page_of(window_over(desk))
    assert any("nog zonder bespreekvraag: Mw. A.M. Jansen-de Vries" in t for t in shown_texts(page))


def test_the_agenda_and_the_preparation_are_one_key_away_from_the_list(
    window: Frame, qtbot: QtBot
) -> None:
    page = page_of(window)
    press(Qt.Key.Key_Up)
    assert focus_name() == "Voorbereiden"
    press(Qt.Key.Key_Return)
    assert (window.place.page, window.place.section) == ("mdo", "voorbereiden")
    window.go(TODAY)
    settle()
    page.work[0].setFocus()
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: bool(window.findChildren(Preview)))
    (shown,) = window.findChildren(Preview)
    assert shown.windowTitle() == "Agenda"
    shown.close()


def test_the_counts_are_those_of_the_rail_and_all_lines_can_be_shown(window: Frame) -> None:
    mine, everybody = window.bench.desk.worklist.both()
    page = page_of(window)
    assert page.mine.text() == f"Mijn taken {mine.count}"
    assert page.all.text() == f"Alle taken {everybody.count}"
    assert window.rail._counts["vandaag"].text() == str(mine.count)
    for found, toggle in ((mine, page.mine), (everybody, page.all)):
        toggle.setFocus()
        press(Qt.Key.Key_Space)
        open_everything(page)
        assert names(page) == [row.name for row in found.rows]


def test_what_was_read_again_and_is_as_it_was_is_not_drawn_anew(window: Frame) -> None:
    page = page_of(window)
    lines = page.rows
    page.reload()
    settle()
    assert page.rows is lines
    window.bench.desk.actions.add(who="M. Wiersma", what="bellen", due=window.bench.today)
    page.reload()
    settle()
    assert page.rows is not lines


def test_each_group_stands_under_its_name_with_its_count(window: Frame) -> None:
    _, everybody = window.bench.desk.worklist.both()
    page = page_of(window)
    page.all.click()
    settle()
    said = shown_texts(page)
    for words, rows in (
        ("Te laat", everybody.late),
        ("Deze week", everybody.week),
        ("Binnenkort", everybody.soon),
    ):
        assert said[said.index(words) + 1] == str(len(rows))


def test_what_comes_soon_is_folded_until_it_is_asked(window: Frame) -> None:
    mine, _ = window.bench.desk.worklist.both()
    page = page_of(window)
    assert mine.soon
    assert not {row.name for row in mine.soon} & set(names(page))
    turn = next(made for made in page.work if made.text() == "Tonen")
    assert turn.accessibleName() == f"Binnenkort tonen, {len(mine.soon)}"
    turn.setFocus()
    press(Qt.Key.Key_Return)
    assert {row.name for row in mine.soon} <= set(names(page))
    assert any(made.text() == "Verbergen" for made in page.work)


def test_what_is_late_for_people_who_are_calm_does_not_push_this_week_out_of_sight(
    window: Frame,
) -> None:
    page = page_of(window)
    page.all.click()
    settle()
    _, everybody = window.bench.desk.worklist.both()
    pressing = [
        row.name
        for row in everybody.late
        if row.person is not None
        and row.person.phase != Phase.DECEASED
        and row.person.urgency in (Urgency.NOW, Urgency.SOON)
    ]
    late = names(page)[: len(names(page)) - len(everybody.week)]
    assert late == [row.name for row in everybody.late][: len(late)]
    assert set(pressing) <= set(late)
    assert len(late) == max(FIRST_SHOWN[LATE], len(pressing))
    assert any(made.text().startswith(f"Toon nog {len(everybody.late) - len(late)}, zonder urgentie")
               for made in page.work)  # fmt: skip


def test_the_dying_come_first_whatever_is_late_for_others(window_over: Over, demo_desk: As) -> None:
    desk = demo_desk("poh")
    calm = next(
        row.person
        for row in desk.worklist.both()[1].late
        if row.person is not None and row.person.urgency == Urgency.CALM
    )
    desk.patients.record_status(calm.id, StatusKind.PHASE, Phase.DYING, since=desk.session.today)
    page = page_of(window_over(desk))
    page.all.click()
    settle()
    first = page.rows[0]
    assert first.row.person is not None
    assert first.row.person.id == calm.id
    assert "S stervensfase" in shown_texts(first)


def test_the_choice_between_mine_and_all_is_remembered(window_over: Over, demo_desk: As) -> None:
    desk = demo_desk("poh")
    page_of(window_over(desk)).all.click()
    page = page_of(window_over(desk))
    assert page.all.isChecked()
    assert names(page)[1] == desk.worklist.both()[1].rows[1].name


def test_the_keyboard_begins_at_the_first_line_which_lights_up(window: Frame) -> None:
    page = page_of(window)
    first, second = page.rows[:2]
    assert QApplication.focusWidget() is first.presses[0]
    assert (first.property("role"), second.property("role")) == ("work-row-now", "work-row")
    press(Qt.Key.Key_Down)
    assert (first.property("role"), second.property("role")) == ("work-row", "work-row-now")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert focus_name() == "Agenda bekijken"


def test_right_shows_what_else_waits_for_somebody_and_left_hides_it(window: Frame) -> None:
    page = page_of(window)
    one = next(row for row in page.rows if len(row.row.more) > 1)
    one.presses[0].setFocus()
    press(Qt.Key.Key_Right)
    said = " ".join(shown_texts(one))
    assert all(entry.words in said for entry in one.row.more)
    assert len(one.presses) == 1 + len(one.row.more)
    press(Qt.Key.Key_Down)
    assert focus_name().startswith(one.row.more[0].button)
    press(Qt.Key.Key_Left)
    assert len(one.presses) == 1
    assert QApplication.focusWidget() is one.presses[0]
    assert one.more is not None
    one.more.setFocus()
    press(Qt.Key.Key_Space)
    assert len(one.presses) == 1 + len(one.row.more)


def test_enter_does_what_each_button_says_and_esc_comes_back_to_its_line(window: Frame) -> None:
    page = page_of(window)
    page.all.click()
    settle()
    open_everything(page)
    seen: set[str] = set()
    for one in list(page.rows):
        for number, entry in enumerate((one.row.first, *one.row.more)):
            if entry.button in seen:
                continue
            seen.add(entry.button)
            here = next(row for row in page.rows if row.row == one.row)
            here.show_others(is_shown=True)
            here.presses[number].setFocus()
            name = focus_name()
            assert name.startswith(entry.button)
            press(Qt.Key.Key_Return)
            assert window.place.page == entry.page
            assert window.place.section == entry.section
            assert window.here().act, f"{entry.button} opens no form"
            for _ in range(2):
                window.back()
                settle()
            assert window.place == TODAY
            assert focus_name() == name
    assert len(seen) >= 9


def test_when_something_was_done_the_keyboard_is_on_what_else_waits_for_that_person(
    window: Frame,
) -> None:
    desk = window.bench.desk
    page = page_of(window)
    one = next(row for row in page.rows if row.row.first.kind == Waits.FOLLOW_UP and row.row.more)
    patient = one.row.person
    assert patient is not None
    one.presses[0].setFocus()
    press(Qt.Key.Key_Return)
    for follow_up in desk.patients.file(patient.id).open_follow_ups:
        desk.screenings.close_follow_up(follow_up, on=desk.session.today, outcome="besproken")
    window.go(TODAY)
    settle()
    assert one.row.name in focus_name()


def test_when_nothing_waits_for_somebody_any_more_the_keyboard_is_on_the_next(
    window_over: Over, desk: Desk
) -> None:
    me = desk.session.user.name
    first, *_ = (
        desk.actions.add(who=me, what=what, due=desk.session.today + timedelta(days=days))
        for days, what in enumerate(("bellen", "schrijven", "vragen"))
    )
    frame = window_over(desk)
    page_of(frame)
    press(Qt.Key.Key_Return)
    desk.actions.close(first, on=desk.session.today, outcome="")
    page_of(frame)
    assert "schrijven" in focus_name()


def test_a_meeting_that_is_not_prepared_leads_to_its_preparation(
    window_over: Over, desk: Desk
) -> None:
    meeting = desk.meetings.plan(on=factories.TODAY + timedelta(days=2), starts=time(12, 30))
    page = page_of(window_over(desk))
    (one,) = page.rows
    assert one.row.meeting_id == meeting.id
    one.presses[0].setFocus()
    press(Qt.Key.Key_Return)
    place = Place(page="mdo", section="voorbereiden", meeting=meeting.id)
    assert page.bench.desk is desk
    assert page.window().place == place  # type: ignore[attr-defined]


def test_an_action_of_nobody_opens_on_the_page_of_actions(window_over: Over, desk: Desk) -> None:
    action = desk.actions.add(who=desk.session.user.name, what="zaal reserveren")
    frame = window_over(desk)
    page_of(frame)
    press(Qt.Key.Key_Return)
    assert (frame.place.page, frame.here().act) == ("acties", f"afronden-{action.id}")


@pytest.mark.parametrize("login", ["vandam"])
def test_who_may_not_read_files_sees_neutral_lines_without_urgency(
    window_over: Over, demo_desk: As, login: str
) -> None:
    frame = window_over(demo_desk(login))
    page = page_of(frame)
    page.all.click()
    settle()
    open_everything(page)
    assert page.rows
    assert {one.row.first.words for one in page.rows} == {"Actie open"}
    said = " ".join(shown_texts(page))
    for words in ("PZP", "stervens", "rustig", "bepaald", "Vervolg", "mantelzorg", "Volgend MDO"):
        assert words not in said
    about = next(one for one in page.rows if one.row.person is not None)
    about.presses[0].setFocus()
    press(Qt.Key.Key_Return)
    assert (frame.place.page, frame.here().act) == ("acties", about.row.first.act)


def test_a_coordinator_prepares_the_meeting_and_reads_no_more(
    window_over: Over, demo_desk: As
) -> None:
    frame = window_over(with_roles(demo_desk("poh"), Role.COORDINATOR))
    page = page_of(frame)
    page.all.click()
    settle()
    open_everything(page)
    assert "Volgend MDO" in " ".join(shown_texts(page))
    kinds = {entry.words for one in page.rows for entry in (one.row.first, *one.row.more)}
    assert kinds <= {"Actie open", "Overleg voorbereiden"}
    assert not any(one.row.person and one.row.person.urgency for one in page.rows)


def test_a_beheerder_reads_that_nothing_waits(window_over: Over, demo_desk: As) -> None:
    page = page_of(window_over(demo_desk("beheer")))
    assert "Er wacht niets" in shown_texts(page)
    assert page.mine.hasFocus()


def test_who_has_nothing_reads_where_the_rest_is(window_over: Over, demo_desk: As) -> None:
    page = page_of(window_over(demo_desk("vandam")))
    assert "Voor u wacht er niets" in shown_texts(page)
    (made,) = (b for b in page.area.findChildren(QPushButton) if b.text() == "Alle taken")
    made.setFocus()
    press(Qt.Key.Key_Return)
    assert page.all.isChecked()
    assert page.rows


def test_a_new_practice_reads_how_to_begin(empty_window: Frame) -> None:
    page = page_of(empty_window)
    assert "Welkom bij pzdesk" in shown_texts(page)
    (made,) = (b for b in page.area.findChildren(QPushButton) if b.text() == "Naar Patiënten")
    assert made.hasFocus()
    page.reload()
    settle()
    (made,) = (b for b in page.area.findChildren(QPushButton) if b.isVisible())
    assert made.hasFocus()
    press(Qt.Key.Key_Return)
    assert empty_window.place.page == "patienten"


def test_where_all_is_done_the_page_says_so(window_over: Over, desk: Desk) -> None:
    page = page_of(window_over(with_roles(desk, Role.BEHEERDER)))
    assert "Er wacht niets" in shown_texts(page)


@pytest.mark.parametrize("size", [(LEAST_WIDTH, LEAST_HEIGHT), (1440, 900)])
def test_columns_stand_under_each_other_and_no_text_is_cut_with_the_longest_words(
    window_over: Over, demo_desk: As, size: tuple[int, int]
) -> None:
    desk = demo_desk("poh")
    lengthen(desk, rich_patient(desk))
    frame = window_over(desk)
    frame.resize(*size)
    page = page_of(frame)
    page.all.click()
    settle()
    for one in page.rows:
        one.show_others(is_shown=bool(one.row.more))
    for _ in range(3):
        settle()
    assert frame.width() == size[0]
    for part in visible_labels(page):
        room = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
        assert part.height() >= room, part.text()
        if not part.wordWrap():
            assert part.width() >= part.sizeHint().width(), part.text()
    lefts = {left_of(one, press) for one in page.rows for press in one.presses}
    assert len(lefts) == 1


def visible_labels(page: QWidget) -> list[QLabel]:
    return [part for part in page.findChildren(QLabel) if part.isVisible() and part.text()]


def left_of(one: RowView, made: QPushButton) -> int:
    return made.mapTo(one, made.rect().topLeft()).x()


def test_another_day_shows_its_own_date(window: Frame, clock: Clock) -> None:
    page = page_of(window)
    assert page.day.text() == "dinsdag 24 november 2026"
    clock.forward(days=1)
    page_of(window)
    assert page.day.text() == "woensdag 25 november 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "nog te doen"),
        (-15, "sinds 15 dagen"),
        (-1, "sinds gisteren"),
        (0, "vandaag"),
        (1, "morgen"),
        (3, "vr 27-11"),
    ],
)
def test_a_day_is_said_as_people_say_it(window: Frame, days: int | None, words: str) -> None:
    found: WorkList = window.bench.desk.worklist.today()
    today = window.bench.today
    due = None if days is None else today + timedelta(days=days)
    assert when_words(replace(found.rows[0].first, due=due), today)[0] == words


def test_in_a_large_practice_it_says_that_it_reads_and_then_begins_at_the_first_line(
    window_over: Callable[[Desk], Frame],
    demo_desk: Callable[[str], Desk],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pzdesk.gui.bench.LARGE_BYTES", 1)
    frame = window_over(demo_desk("poh"))
    frame.go(TODAY)
    reading = "De werklijst wordt gelezen…"
    assert reading in [label.text() for label in frame.page.findChildren(QLabel)]
    qtbot.waitUntil(lambda: not frame.bench.jobs.is_busy, timeout=20_000)
    settle()
    assert reading not in shown_texts(frame.page)
    page = frame.page
    assert isinstance(page, TodayPage)
    assert page.rows
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.area.isAncestorOf(focus)


def test_at_150_percent_in_the_smallest_window_a_line_stands_under_itself(
    window_over: Over, demo_desk: As
) -> None:
    theme().use(Look.LIGHT, 150)
    frame = window_over(demo_desk("poh"))
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    page = page_of(frame)
    for _ in range(3):
        settle()
    first = page.rows[0]
    press_ = first.presses[0]
    what = next(part for part in visible_labels(first) if part.text() == first.row.first.words)
    assert what.geometry().bottom() < press_.mapTo(first, press_.rect().topLeft()).y() + 1
    for part in visible_labels(page):
        assert part.height() >= part.heightForWidth(part.width()) or not part.wordWrap()


def test_more_lines_come_below_those_that_stand_there_and_the_keyboard_goes_on_at_the_first(
    window_over: Over, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.gui.pages.today.MORE", 3)
    monkeypatch.setattr(
        "pzdesk.gui.pages.today.FIRST_SHOWN", {LATE: 2, "Deze week": 2, "Binnenkort": 0}
    )
    for number in range(7):
        desk.actions.add(
            who="R. Smit", what=f"bellen {number}", due=factories.TODAY - timedelta(days=3)
        )
    page = page_of(window_over(desk))
    page.all.click()
    settle()
    before = list(page.rows)
    more = next(made for made in page.work if made.text().startswith("Toon nog"))
    assert more.text().startswith("Toon nog 3 van de 5")
    more.setFocus()
    press(Qt.Key.Key_Space)
    assert page.rows[:2] == before, "what stood there is not made anew"
    assert len(page.rows) == 5
    assert QApplication.focusWidget() is page.rows[2].presses[0]
    assert (
        page.area.viewport()
        .rect()
        .contains(page.rows[2].mapTo(page.area.viewport(), page.rows[2].rect().topLeft()))
    )
    seen = [QApplication.focusWidget()]
    for _ in range(3):
        press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    more = next(made for made in page.work if made.text().startswith("Toon nog"))
    assert seen == [*[one.presses[0] for one in page.rows[2:]], more]
    assert more.text().startswith("Toon nog 2,")
    press(Qt.Key.Key_Space)
    assert len(page.rows) == 7
    assert QApplication.focusWidget() is page.rows[5].presses[0]
    assert not any(made.text().startswith("Toon nog") for made in page.work)
    tops = [one.mapTo(page, one.rect().topLeft()).y() for one in page.rows]
    assert tops == sorted(tops)
    assert [one.row.first.words for one in page.rows] == [
        row.first.words for row in desk.worklist.both()[1].late
    ]
    press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.rows[4].presses[0]
