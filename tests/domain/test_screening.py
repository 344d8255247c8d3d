"""Follow-ups of a screening: open until they are done or put aside with a reason."""

from dataclasses import replace

from pzdesk.domain.screening import FollowUp, is_open
from tests.factories import NOW, TODAY

WAITING = FollowUp(naaste_id=1, screening_id=1, due=TODAY, recorded_at=NOW, recorded_by=1)


def test_a_follow_up_waits_until_it_is_done_or_put_aside() -> None:
    assert is_open(WAITING)
    assert not is_open(replace(WAITING, done_on=TODAY))
    assert not is_open(replace(WAITING, not_now="wil nu geen hulp"))


def test_a_note_of_who_and_what_does_not_close_it() -> None:
    assert is_open(replace(WAITING, what="respijtzorg bespreken", who="POH", outcome="gebeld"))
