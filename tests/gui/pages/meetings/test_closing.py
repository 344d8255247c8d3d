"""Closing a meeting: who was there is asked by name, and there is always a field to begin in."""

from datetime import time

from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from pzdesk.domain.mdo import Invitee, Meeting
from pzdesk.domain.network import Discipline
from pzdesk.gui.pages.meetings.closing import OTHERS, THERE, attended, closing_form
from tests.conftest import BEGIN


def a_meeting(*invited: Invitee) -> Meeting:
    return Meeting(
        kernteam="Noord",
        on=BEGIN.date(),
        starts=time(12, 30),
        invited=invited,
        recorded_at=BEGIN,
        recorded_by=1,
    )


def test_where_nobody_was_invited_the_names_are_asked_at_once(light: None, qtbot: QtBot) -> None:
    form = closing_form(a_meeting(), [], lambda _: None, lambda: None)
    qtbot.addWidget(form)
    form.show()
    form.begin()
    qtbot.waitUntil(lambda: isinstance(form.focusWidget(), QLineEdit))
    assert attended({OTHERS: "dr. S. Visser,  K. Blom,"}) == ["dr. S. Visser", "K. Blom"]


def test_of_who_was_invited_no_discipline_is_made_up(light: None, qtbot: QtBot) -> None:
    invited = (
        Invitee(name="F. Hoekstra", discipline=Discipline.WIJKVERPLEGING),
        Invitee(name="Z. Zomer"),
    )
    form = closing_form(a_meeting(*invited), [], lambda _: None, lambda: None)
    qtbot.addWidget(form)
    assert [box.text() for box in form.findChildren(QCheckBox)] == [
        "F. Hoekstra, wijkverpleging",
        "Z. Zomer",
    ]
    assert attended({THERE: ("Z. Zomer",), OTHERS: ""}) == ["Z. Zomer"]
