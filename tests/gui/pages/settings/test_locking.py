"""Vergrendelen in Beheer: a beheerder says after how long, everybody reads it, and there is no never."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings.locking import LockPart
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands

MINUTES, MEETING = "Zonder toets of muis, na (minuten)", "Tijdens een overleg, na (minuten)"


def part_of(frame: Frame) -> LockPart:
    frame.go(Place(page="beheer", section="vergrendelen"))
    settle()
    part = frame.page.part  # type: ignore[attr-defined]
    assert isinstance(part, LockPart)
    return part


def test_a_beheerder_chooses_after_how_long_and_takes_it_back(
    empty_window: Frame, desk: Desk
) -> None:
    part, hands = part_of(empty_window), Hands(empty_window)
    assert {"5 minuten", "60 minuten"} <= set(shown_texts(part))
    hands.press(Qt.Key.Key_F2)
    for minutes, meeting, wrong in (
        ("61", "240", MINUTES),
        ("1", "241", MEETING),
        ("9", "8", MEETING),
    ):
        hands.write(MINUTES, minutes)
        hands.write(MEETING, meeting)
        hands.save()
        assert hands.name == wrong
    hands.write(MINUTES, "1")
    hands.write(MEETING, "240")
    hands.save()
    assert part.form is None
    assert {"1 minuut (standaard 5)", "240 minuten (standaard 60)"} <= set(shown_texts(part))
    hands.undo()
    assert desk.practice.practice().lock.minutes == 5


def test_who_is_no_beheerder_reads_it(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    part = part_of(window_over(demo_desk("vandam")))
    assert "Alleen een beheerder kan dit wijzigen." in shown_texts(part)
    assert part.edit() is None
    part.begin("vergrendelen")
    assert part.form is None
