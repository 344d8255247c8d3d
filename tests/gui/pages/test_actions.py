"""Acties: the user's own first, everybody's a key away; by keyboard from new to done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.actions import ActionsPage
from pzdesk.gui.places import ACTIONS, Place
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import CTRL, Hands
from tests.gui.views import lengthen, rich_patient


def page_of(frame: Frame, place: Place = ACTIONS) -> ActionsPage:
    frame.go(place)
    settle()
    assert isinstance(frame.page, ActionsPage)
    return frame.page


def shown(page: ActionsPage) -> list[str]:
    return [action.what for action in page.table.values.rows]


def test_the_users_own_are_shown_first_and_those_of_all_are_counted_beside_them(
    window: Frame,
) -> None:
    mine, everybody = window.bench.desk.actions.both()
    page = page_of(window)
    assert shown(page) == [action.what for action in mine]
    assert (page.mine.text(), page.all.text()) == (
        f"Mijn acties {len(mine)}",
        f"Alle acties {len(everybody)}",
    )
    page.all.setFocus()
    QTest.keyClick(page.all, Qt.Key.Key_Space)
    assert shown(page) == [action.what for action in everybody]


def test_the_choice_is_remembered(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    desk = demo_desk("poh")
    page_of(window_over(desk)).all.click()
    assert page_of(window_over(desk)).all.isChecked()


def test_what_was_searched_is_shown_also_when_it_is_somebody_elses(window: Frame) -> None:
    mine, everybody = window.bench.desk.actions.both()
    other = next(action for action in everybody if action not in mine)
    page = page_of(window, Place(page="acties", item=other.id))
    assert page.table.current() == other
    page = page_of(window, Place(page="acties", act=f"afronden-{other.id}"))
    assert page.form is not None


def test_in_a_large_practice_they_come_when_they_were_read_with_the_one_that_was_asked(
    window: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, everybody = window.bench.desk.actions.both()
    other = next(action for action in everybody if action not in mine)
    monkeypatch.setattr("pzdesk.gui.bench.LARGE_BYTES", 1)
    page = page_of(window, Place(page="acties", act=f"afronden-{other.id}"))
    qtbot.waitUntil(lambda: not window.bench.jobs.is_busy, timeout=20_000)
    assert shown(page) == [action.what for action in everybody]
    assert page.form is not None


def test_who_has_none_reads_so_and_where_the_others_stand(
    window_over: Callable[[Desk], Frame], desk: Desk
) -> None:
    desk.actions.add(who="F. Hoekstra", what="bellen")
    page = page_of(window_over(desk))
    assert "Er staat geen actie op uw naam open" in " ".join(shown_texts(page))
    assert page.mine.hasFocus()


def test_in_an_empty_practice_the_page_says_what_belongs_there(empty_window: Frame) -> None:
    assert "Er staan geen acties open" in shown_texts(page_of(empty_window))


def test_by_keyboard_from_a_new_action_to_done_and_undone(window: Frame) -> None:
    page = page_of(window)
    before = shown(page)
    hands = Hands(window)
    hands.press(Qt.Key.Key_N, with_=CTRL)
    assert hands.name == "De actie"
    hands.write("De actie", "aardig bellen")
    hands.write("Wie het doet", "wiers")
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    hands.write("Klaar vóór", "+1w")
    hands.write("Over wie", "winters")
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    hands.save()
    assert page.form is None
    assert sorted(shown(page)) == sorted([*before, "aardig bellen"])
    made = next(a for a in page.table.values.rows if a.what == "aardig bellen")
    assert (made.who, made.due) == (
        window.bench.desk.session.user.name,
        window.bench.today + timedelta(days=7),
    )
    assert page.table.hasFocus()
    page.table.go_to(shown(page).index("aardig bellen"))
    hands.press(Qt.Key.Key_Return)
    assert page.form is not None
    hands.write("Uitkomst", "gedaan")
    hands.save()
    assert shown(page) == before
    hands.undo()
    assert "aardig bellen" in shown(page)


def test_a_new_action_can_be_undone(window: Frame) -> None:
    page = page_of(window, Place(page="acties", act="new"))
    before = shown(page)
    hands = Hands(window)
    hands.write("De actie", "vergissing")
    hands.write("Wie het doet", window.bench.desk.session.user.name)
    hands.press(Qt.Key.Key_Return)
    hands.save()
    assert len(shown(page)) == len(before) + 1
    hands.undo()
    assert shown(page) == before


def test_what_is_missing_is_told_under_its_field_and_a_wrong_day_too(window: Frame) -> None:
    page = page_of(window, Place(page="acties", act="new"))
    hands = Hands(window)
    hands.write("Klaar vóór", "31-2-2027")
    hands.save()
    form = page.form
    assert form is not None
    for key in ("what", "who", "due"):
        assert form.field(key).error.isVisible(), key
    assert hands.name == "De actie"
    hands.press(Qt.Key.Key_Escape)
    assert page.form is None
    action = page.table.values.rows[0]
    page.begin_close(action)
    settle()
    hands.write("Gedaan op", "+1w")
    hands.save()
    assert page.form is not None
    assert page.form.field("datum").error.text() == "De datum ligt in de toekomst."


def test_from_an_action_to_the_file_of_whom_it_is_about(window: Frame) -> None:
    page = page_of(window)
    action = next(a for a in page.table.values.rows if a.patient_id is not None)
    page.begin_close(action)
    settle()
    Hands(window).enter("Naar het dossier")
    assert window.place.page == "dossier"
    assert window.place.patient == action.patient_id


def test_who_may_not_read_files_does_actions_without_a_way_to_a_file(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    frame = window_over(demo_desk("vandam"))
    page = page_of(frame)
    assert page.mine.text() == "Mijn acties 0"
    Hands(frame).enter("Alle acties")
    assert shown(page)
    action = next(a for a in page.table.values.rows if a.patient_id is not None)
    page.begin_close(action)
    settle()
    assert "Naar het dossier" not in shown_texts(page)
    Hands(frame).save()
    assert action not in page.table.values.rows


def test_a_day_says_how_late_it_is(window_over: Callable[[Desk], Frame], desk: Desk) -> None:
    today = desk.session.today
    for what, days in (("a", 3), ("b", 1), ("c", 0), ("d", -1), ("e", -9), ("f", None)):
        due = None if days is None else today - timedelta(days=days)
        desk.actions.add(who=desk.session.user.name, what=what, due=due)
    page = page_of(window_over(desk))
    column = next(c for c in page.table.values.columns if c.key == "due")
    said = [column.cell(row) for row in page.table.values.rows]
    assert [cell.second for cell in said] == [
        "3 dagen te laat",
        "1 dag te laat",
        "vandaag",
        "morgen",
        "",
        "",
    ]
    assert [cell.is_late for cell in said] == [True, True, False, False, False, False]
    assert said[-1].first == "geen datum"


def test_the_longest_words_fit_the_smallest_window(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    desk = demo_desk("poh")
    lengthen(desk, rich_patient(desk))
    frame = window_over(desk)
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    page = page_of(frame)
    page.all.click()
    page.begin_close(page.table.values.rows[0])
    settle()
    assert frame.width() == LEAST_WIDTH
    assert page.table.height() > 150
    widths = [page.table.columnWidth(n) for n in range(page.table.values.columnCount())]
    assert sum(widths) <= page.table.viewport().width()
