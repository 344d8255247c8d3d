"""The top of the window: what this user can begin and print, by keyboard, and on which page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages import catalogue
from pzdesk.gui.places import ACTIONS, PATIENTS, TODAY, Place, file_of
from pzdesk.gui.preview import Preview
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle
from tests.gui.views import coming_meeting, rich_patient

Over = Callable[[Desk], Frame]
As = Callable[[str], Desk]


def names(frame: Frame) -> list[str]:
    return [menu.accessibleName() for menu in frame.top.menus]


def lines(frame: Frame, name: str) -> list[str]:
    """The lines of a menu as they are when it opens."""
    menu = next(menu for menu in frame.top.menus if menu.accessibleName() == name)
    menu.lines.aboutToShow.emit()
    return [action.text().replace("\t", "  ") for action in menu.lines.actions()]


@pytest.mark.parametrize(
    ("login", "menus", "new"),
    [
        ("poh", ["Nieuw", "Afdrukken"], ["Patiënt", "Overleg", "Actie"]),
        ("vandam", ["Nieuw"], ["Actie"]),
        ("smit", ["Nieuw", "Afdrukken"], ["Overleg", "Actie"]),
        ("beheer", [], []),
    ],
)
def test_each_user_has_the_menus_and_lines_that_their_role_may(
    window_over: Over, demo_desk: As, login: str, menus: list[str], new: list[str]
) -> None:
    frame = window_over(demo_desk(login))
    frame.go(Place(page=frame.page_keys[0]))
    assert names(frame) == menus
    if menus:
        assert lines(frame, "Nieuw") == new


def test_the_keys_stand_with_what_they_begin_on_the_page_of_now(window: Frame) -> None:
    window.go(ACTIONS)
    assert lines(window, "Nieuw") == ["Patiënt", "Overleg", "Actie  Ctrl+N"]
    window.go(PATIENTS)
    assert lines(window, "Nieuw") == ["Patiënt  Ctrl+N", "Overleg", "Actie"]


def test_a_line_begins_what_it_says(window: Frame) -> None:
    window.go(TODAY)
    lines(window, "Nieuw")
    window.top.menus[0].lines.actions()[2].trigger()
    assert window.place == Place(page="acties", act="new")
    settle()
    assert window.page.form is not None  # type: ignore[attr-defined]


def test_what_can_be_printed_fits_the_page(window: Frame) -> None:
    desk = window.bench.desk
    window.go(TODAY)
    assert lines(window, "Afdrukken") == ["Agenda van dinsdag 1 december 2026  Ctrl+P"]
    window.go(file_of(rich_patient(desk)))
    assert lines(window, "Afdrukken")[:2] == ["Patiëntblad  Ctrl+P", "Patiëntblad met mantelzorg"]
    window.go(Place(page="mdo", section="voorbereiden", meeting=coming_meeting(desk)))
    assert lines(window, "Afdrukken")[0] == "Agenda  Ctrl+P"
    window.go(PATIENTS)
    assert lines(window, "Afdrukken") == [catalogue.NO_PAPERS]
    assert not window.top.menus[1].lines.actions()[0].isEnabled()


def test_a_new_practice_has_no_agenda_to_print(empty_window: Frame) -> None:
    empty_window.go(TODAY)
    assert lines(empty_window, "Afdrukken") == [catalogue.NO_PAPERS]


def test_the_agenda_is_shown_from_the_page_vandaag(window: Frame, qtbot: QtBot) -> None:
    window.go(TODAY)
    lines(window, "Afdrukken")
    window.top.menus[1].lines.actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(Preview)), timeout=20_000)
    (shown,) = window.findChildren(Preview)
    assert shown.windowTitle() == "Agenda"
    shown.close()


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_N, "Nieuw"), (Qt.Key.Key_P, "Afdrukken")])
def test_where_the_page_has_nothing_for_it_the_key_opens_the_menu(
    window: Frame, qtbot: QtBot, key: Qt.Key, name: str
) -> None:
    window.go(TODAY)
    settle()
    menu = next(menu for menu in window.top.menus if menu.accessibleName() == name)
    opened: list[str] = []
    menu.lines.aboutToShow.connect(lambda: opened.append(name))
    QTimer.singleShot(300, menu.lines.close)
    QTest.keyClick(QApplication.focusWidget() or window, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not menu.lines.isVisible(), timeout=20_000)
    assert opened == [name]


@pytest.mark.parametrize("scale", [90, 150])
def test_the_top_fits_the_smallest_window(window_over: Over, demo_desk: As, scale: int) -> None:
    theme().use(Look.LIGHT, scale)
    frame = window_over(demo_desk("poh"))
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    frame.go(TODAY)
    settle()
    assert frame.width() == LEAST_WIDTH
    for part in (frame.top.search, *frame.top.menus):
        assert frame.top.rect().contains(part.geometry())
        assert part.height() >= theme().px(31)  # 32, but for rounding
        assert part.width() >= part.minimumSizeHint().width()
