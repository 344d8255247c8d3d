"""What is restricted is left out for who may not see it, and stays as it is when they change the rest."""

from dataclasses import replace
from datetime import timedelta

from pzdesk.domain.euthanasia import EuthanasiaRequest, EuthanasiaState
from pzdesk.domain.patient import PatientId
from pzdesk.domain.restricted import (
    RESTRICTED,
    Terms,
    are_answers_hidden,
    kept_fields,
    visible,
)
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.user import Right
from tests.factories import NOW, TODAY, a_naaste

SCREENING = Screening(
    naaste_id=1,
    on=TODAY,
    instrument="volhoudtijd",
    instrument_version="1",
    answers={"volhoudtijd": "2"},
    scores={"volhoudtijd": 2},
    recorded_at=NOW,
    recorded_by=1,
)
REQUEST = EuthanasiaRequest(state=EuthanasiaState.RUNNING, on=TODAY, recorded_at=NOW, recorded_by=1)
SEVEN = Terms(7)
NAASTE = a_naaste(PatientId(1), confidence="in vertrouwen")


def test_a_confidence_and_answers_are_emptied_and_a_request_is_not_there() -> None:
    assert [one.confidence for one in visible([NAASTE], RESTRICTED, SEVEN)] == [""]
    (screening,) = visible([SCREENING], RESTRICTED, SEVEN)
    assert (screening.answers, screening.scores) == ({}, {})
    assert are_answers_hidden(screening)
    assert visible([REQUEST], RESTRICTED, SEVEN) == []


def test_who_has_the_right_sees_it_whole() -> None:
    for value, right in (
        (NAASTE, Right.CONFIDENCE),
        (SCREENING, Right.CAREGIVER),
        (REQUEST, Right.EUTHANASIA),
    ):
        assert visible([value], RESTRICTED - {right}, SEVEN) == [value]
        assert visible([value], frozenset(), SEVEN) == [value]


def test_what_came_of_a_mantelzorgers_own_moment_is_theirs_and_of_another_is_not() -> None:
    for kind, left in ((ReviewKind.CAREGIVER, ""), (ReviewKind.MEDICATION, "uitkomst")):
        review = Review(kind=kind, due=TODAY, outcome="uitkomst", recorded_at=NOW, recorded_by=1)
        assert [one.outcome for one in visible([review], RESTRICTED, SEVEN)] == [left]


def test_a_field_that_is_not_seen_is_not_overwritten() -> None:
    assert kept_fields(NAASTE, RESTRICTED) == ("confidence",)
    assert kept_fields(NAASTE, frozenset()) == ()
    assert kept_fields(SCREENING, RESTRICTED) == ()


def test_a_term_that_follows_from_the_answers_is_not_seen_until_somebody_agrees_it() -> None:
    waiting = FollowUp(naaste_id=1, screening_id=1, due=TODAY, recorded_at=NOW, recorded_by=1)
    agreed = replace(waiting, what="bellen")
    (seen,) = visible([waiting], RESTRICTED, SEVEN)
    assert seen == replace(waiting, due=NOW.date() + timedelta(days=7))
    assert kept_fields(waiting, RESTRICTED) == ("due",)
    assert visible([agreed], RESTRICTED, SEVEN) == [agreed]
    assert kept_fields(agreed, RESTRICTED) == ()
    assert visible([waiting], RESTRICTED - {Right.CAREGIVER}, SEVEN) == [waiting]
