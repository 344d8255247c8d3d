"""Weergave in Beheer: colours and size by keyboard, for this user, at once."""

from PySide6.QtCore import Qt

from pzdesk.gui.frame import Frame
from pzdesk.gui.places import Place
from pzdesk.gui.theme import Look, theme
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands


def test_colours_and_size_are_chosen_by_keyboard_and_the_page_stays(window: Frame) -> None:
    window.go(Place(page="beheer", section="weergave"))
    settle()
    hands = Hands(window)
    try:
        hands.choose("Kleuren", "donker")
        assert theme().look is Look.DARK
        assert window.place.section == "weergave"
        hands.choose("Grootte", "125 %")
        assert theme().scale == 125
        assert "Groter en kleiner kan ook met Ctrl en + of -." in shown_texts(window.page)
        hands.press(Qt.Key.Key_Minus, with_=Qt.KeyboardModifier.ControlModifier)
        assert theme().scale == 110
    finally:
        theme().use(Look.LIGHT, 100)
