"""Where a request stands: the newest step says it."""

from datetime import timedelta

from pzdesk.domain.euthanasia import EuthanasiaRequest, EuthanasiaState, newest_first, running
from tests.factories import NOW, TODAY


def a_step(number: int, state: EuthanasiaState, days_ago: int = 0) -> EuthanasiaRequest:
    on = TODAY - timedelta(days=days_ago)
    return EuthanasiaRequest(id=number, state=state, on=on, recorded_at=NOW, recorded_by=1)


def test_the_step_of_the_latest_day_holds_and_of_one_day_the_one_recorded_last() -> None:
    asked = a_step(1, EuthanasiaState.RUNNING, days_ago=9)
    withdrawn = a_step(2, EuthanasiaState.WITHDRAWN)
    again = a_step(3, EuthanasiaState.RUNNING)
    assert running([]) is None
    assert running([asked]) == asked
    assert running([withdrawn, asked]) is None
    assert running([asked, withdrawn, again]) == again
    assert newest_first([asked, again, withdrawn]) == [again, withdrawn, asked]
