"""Praktijk in Beheer: read by everybody, changed by who may, with the error under its field."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings.practice import FIELDS, PracticePart
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands

Over = Callable[[Desk], Frame]
As = Callable[[str], Desk]


def part_of(frame: Frame) -> PracticePart:
    frame.go(Place(page="beheer", section="praktijk"))
    settle()
    part = frame.page.part  # type: ignore[attr-defined]
    assert isinstance(part, PracticePart)
    return part


def test_by_keyboard_it_is_changed_with_f2_saved_and_undone(
    window_over: Over, demo_desk: As
) -> None:
    frame = window_over(demo_desk("beheer"))
    part = part_of(frame)
    assert "F2 wijzigen" in frame.hints.text()
    hands = Hands(frame)
    hands.press(Qt.Key.Key_F2)
    assert part.form is not None
    hands.write("Naam van de praktijk", "")
    hands.save()
    assert part.form.field("naam").error.isVisible()
    assert hands.name == "Naam van de praktijk"
    hands.write("Naam van de praktijk", "De Nieuwe Brink")
    hands.write("Plaats", "Beilen")
    hands.save()
    assert part.form is None
    assert "De Nieuwe Brink" in shown_texts(part)
    assert hands.name == "Praktijk"
    hands.undo()
    assert frame.bench.desk.practice.practice().name == "Huisartsenpraktijk De Brink"
    assert "De Nieuwe Brink" not in shown_texts(part)


def test_esc_closes_the_form_and_what_was_typed_is_kept_for_later(
    window_over: Over, demo_desk: As
) -> None:
    frame = window_over(demo_desk("beheer"))
    part = part_of(frame)
    hands = Hands(frame)
    hands.enter("Wijzigen")
    hands.write("Plaats", "Beilen")
    hands.press(Qt.Key.Key_Escape)
    assert part.form is None
    assert hands.name == "Wijzigen"
    assert frame.bench.desk.practice.practice().city != "Beilen"
    hands.press(Qt.Key.Key_Return)
    assert part.form is not None
    assert part.form.field("city").raw() == "Beilen"


def test_who_may_not_change_it_reads_it_and_reads_who_may(window: Frame) -> None:
    part = part_of(window)
    said = shown_texts(part)
    assert "Alleen een beheerder kan dit wijzigen." in said
    assert "Huisartsenpraktijk De Brink" in said
    Hands(window).press(Qt.Key.Key_F2)
    assert part.form is None
    assert "F2" not in window.hints.text()


def test_what_is_not_filled_in_says_so(empty_window: Frame) -> None:
    said = shown_texts(part_of(empty_window))
    assert said.count("niet ingevuld") >= len(FIELDS) - 2
