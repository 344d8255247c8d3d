"""Review moments: planned, held with an outcome, dropped with a reason, and late in between."""

from datetime import date, timedelta

import pytest

from pzdesk.domain.errors import BadInput, NotFound, Refused, Stale
from pzdesk.domain.patient import PatientId
from pzdesk.domain.proposal import Reason
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.factories import TODAY


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient()).id


@pytest.fixture
def review(desk: Desk, anna: PatientId) -> Review:
    return desk.reviews.plan(anna, ReviewKind.OTHER, due=TODAY, subject="bloeduitslag")


def test_a_planned_moment_stands_open_in_the_file_and_the_list(
    desk: Desk, anna: PatientId, review: Review
) -> None:
    assert desk.patients.file(anna).open_reviews == (review,)
    assert (review.subject, review.because) == ("bloeduitslag", "door de praktijk gepland")
    assert desk.patients.rows()[0].next_review == TODAY


def test_a_held_moment_keeps_who_when_and_outcome(
    desk: Desk, anna: PatientId, review: Review
) -> None:
    desk.reviews.hold(review, on=TODAY, by="apotheker Visser", outcome="statine gestopt")
    (kept,) = desk.patients.file(anna).reviews
    assert (kept.done_on, kept.by, kept.outcome) == (TODAY, "apotheker Visser", "statine gestopt")
    assert desk.patients.file(anna).open_reviews == ()


def test_an_outcome_a_reason_and_a_day_that_has_been_are_needed(desk: Desk, review: Review) -> None:
    with pytest.raises(BadInput, match="uitkomst"):
        desk.reviews.hold(review, on=TODAY, by="dr. De Boer", outcome=" ")
    with pytest.raises(BadInput, match="toekomst"):
        desk.reviews.hold(review, on=TODAY + timedelta(days=1), by="x", outcome="goed")
    with pytest.raises(BadInput, match="vervalt"):
        desk.reviews.drop(review, "")


def test_a_closed_moment_is_not_closed_again(desk: Desk, review: Review) -> None:
    dropped = desk.reviews.drop(review, "patiënt wil dit niet")
    with pytest.raises(Refused, match="al afgesloten"):
        desk.reviews.hold(dropped, on=TODAY, by="x", outcome="toch gedaan")
    with pytest.raises(Refused, match="al afgesloten"):
        desk.reviews.drop(review, "dubbel")


def test_an_old_version_of_an_open_moment_is_stale(
    desk: Desk, anna: PatientId, review: Review
) -> None:
    session = desk.session
    with session.store.writing(session.user, session.now) as unit:
        unit.replace(review)
        unit.connection.commit()
    with pytest.raises(Stale):
        desk.reviews.drop(review, "dubbel")
    assert len(desk.patients.file(anna).open_reviews) == 1


def test_a_moment_is_of_somebody_who_exists(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.reviews.plan(PatientId(9), ReviewKind.OTHER, due=TODAY)


def test_a_late_moment_is_a_reason_for_the_agenda_until_it_is_held(
    desk: Desk, anna: PatientId, clock: Clock
) -> None:
    review = desk.reviews.plan(anna, ReviewKind.MEDICATION, due=date(2026, 12, 1))
    assert desk.meetings.proposal(date(2026, 12, 1)) == []
    (proposed,) = desk.meetings.proposal(date(2026, 12, 2))
    assert proposed.kinds == (Reason.REVIEW,)
    assert "medicatiereview" in proposed.reasons[0]
    assert "01-12" in proposed.reasons[0]
    clock.forward(days=14)
    desk.reviews.hold(review, on=clock.now.date(), by="apotheker", outcome="gedaan")
    assert desk.meetings.proposal(clock.now.date()) == []


def test_a_moment_planned_by_mistake_was_never_there_but_one_that_was_held_stays(
    desk: Desk, anna: PatientId, review: Review
) -> None:
    other = desk.reviews.plan(anna, ReviewKind.OTHER, due=TODAY)
    desk.reviews.withdraw(other)
    assert desk.patients.file(anna).reviews == (review,)
    held = desk.reviews.hold(review, on=TODAY, by="POH", outcome="gestopt")
    with pytest.raises(Refused, match="al afgesloten"):
        desk.reviews.withdraw(held)
