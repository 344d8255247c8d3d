"""Beheer as a whole: who sees which part, by keyboard, and only read where there is only to read."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.settings.page import PARTS, SettingsPage
from pzdesk.gui.places import SETTINGS, Place
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands

Over = Callable[[Desk], Frame]
As = Callable[[str], Desk]


def page_of(frame: Frame, section: str = "") -> SettingsPage:
    frame.go(Place(page="beheer", section=section) if section else SETTINGS)
    settle()
    assert isinstance(frame.page, SettingsPage)
    return frame.page


def test_a_part_is_there_for_who_may_see_it(window_over: Over, demo_desk: As) -> None:
    beheer = page_of(window_over(demo_desk("beheer")))
    poh = page_of(window_over(demo_desk("poh")))
    clinical = {"bewaartermijn"}  # for who answers for files, and a beheerder reads none
    assert list(beheer.parts) == [part.key for part in PARTS if part.key not in clinical]
    assert set(beheer.parts) - set(poh.parts) == {"logboek"}


def test_the_parts_are_walked_by_keyboard(window: Frame) -> None:
    page = page_of(window)
    hands = Hands(window)
    assert hands.name == "Praktijk"
    for number, (key, part) in enumerate(page.parts.items()):
        if number:
            hands.press(Qt.Key.Key_Down)
            if page.part is not part:
                hands.press(Qt.Key.Key_Space)
        assert page.part is part
        assert part.isVisible()
        assert page.menu.buttons[key].hasFocus()


def test_where_there_is_only_to_read_the_arrows_scroll(window: Frame) -> None:
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    page = page_of(window, "instrumenten")
    hands = Hands(window)
    hands.press(Qt.Key.Key_Tab)
    assert page._areas["instrumenten"].hasFocus()
    bar = page._areas["instrumenten"].verticalScrollBar()
    assert bar.maximum() > 0
    hands.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    page_of(window, "telefoonnummers")
    assert page._areas["telefoonnummers"].focusPolicy() == Qt.FocusPolicy.NoFocus


def test_every_instrument_says_whose_it_is_and_each_source_once(window: Frame) -> None:
    said = shown_texts(page_of(window, "instrumenten").part)
    joined = "\n".join(said)
    assert "CSI, Caregiver Strain Index (13 vragen)" in said
    assert "1 vraag, versie" in joined
    assert "1 vragen" not in joined
    assert "0 tot 0" not in joined
    assert ".." not in joined
    bands = [words for words in said if words.startswith("Gepubliceerd: ")]
    assert bands
    assert all(words.count("Bron: ") == 1 for words in bands)


def test_the_scale_of_urgency_is_said_in_words_letters_and_meaning(window: Frame) -> None:
    said = shown_texts(page_of(window, "urgentie").part)
    for words in ("N nu", "B binnenkort", "R rustig", "? nog niet bepaald", "S stervensfase"):
        assert words in said
    assert "Iemand van het team kiest de urgentie; pzdesk rekent haar niet uit." in said
    assert "Laag complex: het eigen team is genoeg." in said


@pytest.mark.parametrize("section", [part.key for part in PARTS])
def test_every_part_fits_the_smallest_window_also_in_a_new_practice(
    window_over: Over, desk: Desk, section: str
) -> None:
    frame = window_over(desk)
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    page = page_of(frame, section)
    area = page._areas[section]
    inside = area.widget()
    assert inside is not None
    assert frame.width() == LEAST_WIDTH
    assert inside.width() <= area.viewport().width()
    assert shown_texts(page.part)
