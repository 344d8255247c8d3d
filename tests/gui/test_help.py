"""F1: what a page is for and its keys, in plain Dutch, beside the work; and what pzdesk is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from pzdesk import __version__, content
from pzdesk.gui.frame import Frame
from pzdesk.gui.help import LICENCE, START, About, Help, keys_by_reach
from pzdesk.gui.pages import catalogue
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.shortcuts import EVERYWHERE, SHORTCUTS, on_page, shown
from tests.gui.conftest import settle, shown_texts
from tests.gui.views import rich_patient


def open_help(window: QWidget) -> list[Help]:
    settle()
    return [one for one in window.findChildren(Help) if one.isVisible()]


@pytest.mark.parametrize("page", [page.key for page in catalogue.PAGES])
def test_f1_tells_about_the_page_of_now_with_every_key_of_the_table(
    window: Frame, page: str
) -> None:
    patient = rich_patient(window.bench.desk)
    window.go(file_of(patient) if page == "dossier" else Place(page=page))
    QTest.keyClick(window, Qt.Key.Key_F1)
    (help_,) = open_help(window)
    told = shown_texts(help_)
    for line in content.help_of(page).lines:
        assert line in told
    for shortcut in on_page(page):
        if not shortcut.act.startswith("page-"):
            assert shown(shortcut.keys) in told
            assert shortcut.words in told
    assert all(name not in " ".join(told) for name in ("Jansen", "De Vries"))


def test_the_keys_of_the_page_come_first_and_none_is_told_twice() -> None:
    for page in (page.key for page in catalogue.PAGES):
        found = keys_by_reach(page)
        own = [one for one in SHORTCUTS if one.where == page]
        assert found[-1][0] == "Toetsen overal"
        assert ("Toetsen op deze pagina" in dict(found)) is bool(own)
        keys = [pressed for _, rows in found for pressed, _ in rows]
        assert len(keys) == len(set(keys)), page
    assert ("F1", "Hulp bij deze pagina") in dict(keys_by_reach("vandaag"))["Toetsen overal"]
    assert {one.where for one in SHORTCUTS} > {EVERYWHERE}


def test_keys_are_told_as_they_stand_on_the_keyboard() -> None:
    assert shown("Alt+Up") == "Alt+↑"
    assert shown("Ctrl+PgDown") == "Ctrl+Page Down"
    assert shown("Ctrl+Right") == "Ctrl+→"
    assert shown("Return") == "Enter"
    assert shown("Ctrl++") == "Ctrl++"


def test_the_work_goes_on_beside_it_and_f1_or_esc_closes_it(window: Frame) -> None:
    window.go(Place(page="vandaag"))
    window.do("help")
    (help_,) = open_help(window)
    assert not help_.isModal()
    window.go(Place(page="acties"))
    assert window.place.page == "acties"
    window.do("help")
    (now,) = open_help(window)
    assert now.page == "acties"
    window.do("help")
    assert open_help(window) == []
    window.do("help")
    (now,) = open_help(window)
    QTest.keyClick(now, Qt.Key.Key_Escape)
    assert open_help(window) == []


def test_what_stands_below_the_fold_is_reached_with_the_keys(window: Frame) -> None:
    window.go(file_of(rich_patient(window.bench.desk)))
    window.do("help")
    (help_,) = open_help(window)
    bar = help_.area.verticalScrollBar()
    assert bar.value() == 0 < bar.maximum(), "all of it fits: this test needs a longer page"
    here = help_.focusWidget()
    assert here is help_.area
    for _ in range(10):
        QTest.keyClick(here, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    QTest.keyClick(here, Qt.Key.Key_Return)
    assert open_help(window) == []


def test_what_pzdesk_is_stands_in_about(window: Frame) -> None:
    window.go(Place(page="vandaag"))
    window.do("help")
    (help_,) = open_help(window)
    about = About(help_)
    about.open()
    settle()
    told = " ".join(shown_texts(about))
    assert f"Versie {__version__}" in told
    assert LICENCE in told
    assert content.intended_purpose() in told
    assert about.height() < about.width()
    QTest.keyClick(about, Qt.Key.Key_Escape)
    settle()
    assert help_.isVisible()


def test_before_a_practice_is_open_it_tells_how_to_begin() -> None:
    assert content.help_of(START).lines
    assert keys_by_reach(START) == [("Toetsen", [("Esc", "Terug"), ("F1", "Deze hulp")])]


@pytest.mark.parametrize("page", ["vandaag", "patienten", "mdo", "acties"])
def test_an_empty_page_says_what_belongs_there_and_how_to_begin(
    empty_window: Frame, page: str
) -> None:
    empty_window.go(Place(page=page))
    settle()
    hints = [
        one.text()
        for one in empty_window.page.findChildren(QLabel)
        if one.isVisible() and len(one.text()) > 40
    ]
    assert hints, page


def test_numbers_of_pages_are_told_by_their_order_for_who_may_not_see_all(window: Frame) -> None:
    window.go(Place(page="vandaag"))
    window.do("help")
    (help_,) = open_help(window)
    told = shown_texts(help_)
    assert "Ctrl+1 t/m 5" in told
    assert "Ctrl+4" not in told
