"""The menu at the left: the part of now with its keys, and what waits beside the others."""

from pytestqt.qtbot import QtBot

from pzdesk.gui.side_menu import SideMenu
from pzdesk.gui.theme import TARGET, theme
from tests.gui.conftest import settle

ENTRIES = [("een", "Overzicht", "Alt+O"), ("twee", "Mantelzorg", "Alt+Z"), ("drie", "Overig", "")]


def test_badges_and_letters_stand_beside_the_others_and_keys_beside_the_one_of_now(
    qtbot: QtBot, light: None
) -> None:
    went: list[str] = []
    menu = SideMenu("Onderdelen", ENTRIES, went.append)
    qtbot.addWidget(menu.area)
    menu.area.show()
    menu.show_badge("twee", "vervolg open")
    menu.show_chosen("een")
    settle()
    assert menu.asides["twee"].isVisible()
    assert menu._keys["een"].isVisible()
    assert not menu._keys["twee"].isVisible()
    assert [menu.letters[key].isVisible() for key in menu.letters] == [False, True, False]
    assert menu.letters["twee"].text() == "Z"
    menu.show_chosen("twee")
    assert menu._keys["twee"].isVisible()
    assert not menu.asides["twee"].isVisible()
    assert menu.buttons["twee"].accessibleName() == "Mantelzorg, vervolg open"
    menu.show_badge("twee", "")
    assert menu.buttons["twee"].accessibleName() == "Mantelzorg"
    menu.show_chosen("drie")
    menu.show_badge("drie", "2")
    assert menu.asides["drie"].isVisible()  # without keys the badge stays
    menu.buttons["een"].click()
    assert went == ["een"]
    least = theme().px(TARGET)
    assert all(button.height() >= least for button in menu.buttons.values())


def test_in_a_narrow_page_titles_and_letters_stay_and_badges_go(qtbot: QtBot, light: None) -> None:
    menu = SideMenu("Onderdelen", ENTRIES, print)
    qtbot.addWidget(menu.area)
    menu.area.show()
    menu.show_badge("twee", "vervolg open")
    menu.show_chosen("een")
    menu.use_narrow(is_narrow=True)
    settle()
    assert not menu.asides["twee"].isVisible()
    assert menu.letters["een"].isVisible()
    assert menu.letters["twee"].isVisible()
    assert menu.buttons["twee"].accessibleName() == "Mantelzorg, vervolg open"
    menu.use_narrow(is_narrow=False)
    assert menu.asides["twee"].isVisible()
    assert menu._keys["een"].isVisible()


def test_keys_that_would_lie_over_a_title_beside_the_bar_give_way_to_their_letter(
    qtbot: QtBot, light: None
) -> None:
    menu = SideMenu("Onderdelen", [("een", "Reviews, medicatie", "Alt+R"), *ENTRIES[1:]], print)
    qtbot.addWidget(menu.area)
    menu.area.setFixedHeight(400)
    menu.area.show()
    menu.show_chosen("een")
    settle()
    assert menu._keys["een"].isVisible()
    menu.area.setFixedHeight(60)
    qtbot.waitUntil(lambda: menu.area.verticalScrollBar().maximum() > 0)
    assert not menu._keys["een"].isVisible()
    assert menu.letters["een"].isVisible()
