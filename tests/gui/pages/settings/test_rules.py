"""Regels en termijnen in Beheer: each figure with its unit and its default; a change moves the work list."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pzdesk.domain.user import Role
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings.rules import RulesPart
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk, desk_over
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands

Over = Callable[[Desk], Frame]
As = Callable[[str], Desk]
REVISE = "PZP herzien na (weken)"


def part_of(frame: Frame) -> RulesPart:
    frame.go(Place(page="beheer", section="regels"))
    settle()
    part = frame.page.part  # type: ignore[attr-defined]
    assert isinstance(part, RulesPart)
    return part


def test_every_figure_has_its_unit_and_says_its_default_where_it_differs(window: Frame) -> None:
    said = shown_texts(part_of(window))
    assert said[said.index("PZP-gesprek na markeren met spoed") + 1] == "1 week"
    assert said[said.index("Reserve") + 1] == "5 minuten (standaard 10)"
    assert any(words.startswith("Regionale kaderafspraken") for words in said)
    assert "Alleen een beheerder kan dit wijzigen." in said


@pytest.mark.parametrize("typed", ["", "x", "-1", "1000", "2,5"])
def test_what_is_no_whole_number_is_told_under_its_field(
    window_over: Over, demo_desk: As, typed: str
) -> None:
    frame = window_over(demo_desk("beheer"))
    part = part_of(frame)
    hands = Hands(frame)
    hands.press(Qt.Key.Key_F2)
    hands.write(REVISE, typed)
    hands.save()
    assert part.form is not None
    field = part.form.field("pzp_revision_weeks")
    assert field.error.isVisible()
    assert hands.name == REVISE
    assert frame.bench.desk.practice.practice().intervals.pzp_revision_weeks == 13


def test_an_interval_that_changes_is_what_vandaag_then_goes_by_and_can_be_undone(
    window_over: Over, demo_desk: As
) -> None:
    frame = window_over(demo_desk("beheer"))
    part = part_of(frame)
    hands = Hands(frame)
    hands.press(Qt.Key.Key_F2)
    hands.write(REVISE, "104")
    hands.save()
    assert part.form is None
    assert "104 weken (standaard 13)" in shown_texts(part)
    words = [row.first.words for row in for_a_poh(frame).worklist.both()[1].rows]
    assert not any("nog niet herzien" in said for said in words)
    hands.undo()
    assert frame.bench.desk.practice.practice().intervals.pzp_revision_weeks == 13


def for_a_poh(frame: Frame) -> Desk:
    """The same practice, for somebody who may read files."""
    session = frame.bench.desk.session
    return desk_over(replace(session, user=replace(session.user, roles=(Role.POH,))))
