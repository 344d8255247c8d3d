"""Actions come back until they are done."""

from dataclasses import replace
from datetime import timedelta

from pzdesk.domain.action import Action, is_open
from tests.factories import NOW, TODAY

OPEN = Action(who="POH", what="bellen", since=TODAY, recorded_at=NOW, recorded_by=1)


def test_an_action_is_open_until_the_day_it_was_done() -> None:
    assert is_open(OPEN)
    assert is_open(replace(OPEN, due=TODAY - timedelta(days=90), outcome="geen gehoor"))
    assert not is_open(replace(OPEN, done_on=TODAY))
