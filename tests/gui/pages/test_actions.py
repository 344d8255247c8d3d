"""Acties: the user's own first, everybody's a key away; by keyboard from new to done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.actions import ActionsPage
from pzdesk.gui.places import ACTIONS, Place
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts


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
    name = window.bench.desk.session.user.name

    def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or window, key, keys)
        settle()

    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "aardig bellen")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), name)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert sorted(shown(page)) == sorted([*before, "aardig bellen"])
    at = shown(page).index("aardig bellen")
    page.table.go_to(at)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert shown(page) == before
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "aardig bellen" in shown(page)
