"""The clock of Overleg counts from when the meeting came in sight."""

from dataclasses import replace
from datetime import time

from pzdesk.domain.mdo import MeetingState
from pzdesk.gui.bench import Bench
from pzdesk.gui.jobs import Jobs
from pzdesk.gui.pages.meetings.clock import Clock as MeetingClock
from pzdesk.services.desk import Desk
from tests.conftest import Clock


def test_it_says_what_time_it_is_and_what_is_left(light: None, desk: Desk, clock: Clock) -> None:
    meeting = desk.meetings.plan(on=clock.now.date(), starts=time(12, 30), minutes=60)
    shown = MeetingClock(Bench(desk, Jobs()))
    shown.begin(meeting, is_new=True)
    assert shown.text().endswith("· nog 60 min")
    clock.forward(minutes=25)
    shown.begin(meeting, is_new=False)
    assert shown.text().endswith("· nog 35 min")
    clock.forward(minutes=40)
    shown.begin(meeting, is_new=False)
    assert shown.text().endswith("· 5 min over tijd")
    shown.begin(replace(meeting, state=MeetingState.HELD), is_new=True)
    assert shown.text() == f"{clock.now:%H.%M}"
    shown.stop()
