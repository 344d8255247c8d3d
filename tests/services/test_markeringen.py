"""Markering: its steps, who is told when, and the review moments that follow from it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pzdesk.domain.errors import BadInput, NotFound, Refused
from pzdesk.domain.markering import MarkeringState, Told, Whom
from pzdesk.domain.patient import PatientId
from pzdesk.domain.pzp import Answer
from pzdesk.domain.review import Review, ReviewKind, is_open
from pzdesk.domain.status import Care
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW, TODAY

STATE = MarkeringState
# Tuesday 24 November 2026, and four weeks, ten working days and four weeks after it.
IN_FOUR_WEEKS, IN_TEN_WORKING_DAYS = date(2026, 12, 22), date(2026, 12, 8)


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient()).id


def step(desk: Desk, patient: PatientId, state: MarkeringState, **changes: Any) -> None:
    desk.markeringen.record(factories.a_step(patient, state, **changes))


def reviews(desk: Desk, patient: PatientId) -> tuple[Review, ...]:
    return desk.patients.file(patient).reviews


def open_kinds(desk: Desk, patient: PatientId) -> list[ReviewKind]:
    return [review.kind for review in reviews(desk, patient) if is_open(review)]


def told(patient: PatientId, whom: Whom = Whom.APOTHEEK, **changes: Any) -> Told:
    values: dict[str, Any] = {"on": TODAY, "recorded_at": NOW, "recorded_by": 1}
    return Told(patient_id=patient, whom=whom, **values | changes)


def pzp(desk: Desk, patient: PatientId, on: date = TODAY) -> None:
    desk.pzps.record(patient, {"4a": Answer("nee")}, talk_on=on, held_by="dr. De Boer")


def test_marking_makes_exactly_the_three_review_moments_with_the_practices_intervals(
    desk: Desk, anna: PatientId
) -> None:
    step(desk, anna, STATE.MARKED)
    assert [(r.kind, r.due) for r in reviews(desk, anna)] == [
        (ReviewKind.PZP_TALK, IN_FOUR_WEEKS),
        (ReviewKind.PZVP_MARKERING, IN_TEN_WORKING_DAYS),
        (ReviewKind.MEDICATION, IN_FOUR_WEEKS),
    ]
    assert {r.because for r in reviews(desk, anna)} == {"gemarkeerd op 24-11-2026"}
    assert all(is_open(r) and r.recorded_by == 1 for r in reviews(desk, anna))


def test_an_urgent_marking_asks_for_the_talk_within_a_week(desk: Desk, anna: PatientId) -> None:
    step(desk, anna, STATE.MARKED, urgent=True)
    due = {review.kind: review.due for review in reviews(desk, anna)}
    assert due[ReviewKind.PZP_TALK] == date(2026, 12, 1)
    assert due[ReviewKind.MEDICATION] == IN_FOUR_WEEKS


def test_another_practice_has_other_intervals(desk: Desk, anna: PatientId) -> None:
    rules = desk.practice.practice()
    desk.practice.change(
        replace(
            rules,
            intervals=replace(
                rules.intervals, pzp_talk_weeks=6, pzvp_working_days=3, medication_weeks=2
            ),
        )
    )
    step(desk, anna, STATE.MARKED)
    assert [review.due for review in reviews(desk, anna)] == [
        TODAY + timedelta(weeks=6),
        date(2026, 11, 27),
        TODAY + timedelta(weeks=2),
    ]


def test_intervals_run_from_the_day_of_marking_and_not_of_recording(
    desk: Desk, anna: PatientId
) -> None:
    step(desk, anna, STATE.MARKED, on=date(2026, 11, 10))
    due = {review.kind: review.due for review in reviews(desk, anna)}
    assert due[ReviewKind.PZP_TALK] == date(2026, 12, 8)


def test_to_be_judged_and_not_marking_make_nothing_due(desk: Desk, anna: PatientId) -> None:
    step(desk, anna, STATE.TO_JUDGE)
    step(desk, anna, STATE.NOT_MARKED, again_on=date(2027, 2, 1))
    assert reviews(desk, anna) == ()


def test_a_marking_that_was_talked_about_at_once_makes_them_once(
    desk: Desk, anna: PatientId
) -> None:
    step(desk, anna, STATE.TALKED)
    assert len(reviews(desk, anna)) == 3


def test_the_talk_after_the_marking_makes_no_new_review_moments(
    desk: Desk, anna: PatientId
) -> None:
    step(desk, anna, STATE.MARKED)
    step(desk, anna, STATE.TALKED)
    assert len(reviews(desk, anna)) == 3


def test_the_first_pzp_holds_the_talk_and_makes_the_second_meedenkmoment(
    desk: Desk, anna: PatientId
) -> None:
    step(desk, anna, STATE.MARKED, on=date(2026, 11, 2))
    pzp(desk, anna, date(2026, 11, 20))
    talk = next(r for r in reviews(desk, anna) if r.kind is ReviewKind.PZP_TALK)
    assert (talk.done_on, talk.by, talk.outcome) == (
        date(2026, 11, 20),
        "dr. De Boer",
        "PZP versie 1",
    )
    assert open_kinds(desk, anna) == [
        ReviewKind.PZVP_MARKERING,
        ReviewKind.MEDICATION,
        ReviewKind.PZVP_PZP,
    ]
    second = reviews(desk, anna)[-1]
    assert (second.due, second.because) == (IN_TEN_WORKING_DAYS, "versie 1")


def test_the_second_pzp_makes_no_review_moment(desk: Desk, anna: PatientId, clock: Clock) -> None:
    step(desk, anna, STATE.MARKED)
    pzp(desk, anna)
    before = reviews(desk, anna)
    clock.forward(days=60)
    pzp(desk, anna, clock.now.date())
    assert reviews(desk, anna) == before


def test_a_talk_after_the_marking_of_somebody_with_an_older_pzp_is_the_talk_that_was_due(
    desk: Desk, anna: PatientId
) -> None:
    pzp(desk, anna, date(2026, 1, 10))
    step(desk, anna, STATE.MARKED, on=date(2026, 11, 2))
    assert ReviewKind.PZP_TALK in open_kinds(desk, anna)
    pzp(desk, anna, date(2026, 10, 1))
    assert ReviewKind.PZP_TALK in open_kinds(desk, anna)
    pzp(desk, anna, date(2026, 11, 20))
    assert ReviewKind.PZP_TALK not in open_kinds(desk, anna)
    assert sum(r.kind is ReviewKind.PZVP_PZP for r in reviews(desk, anna)) == 1


def test_a_pzp_of_somebody_out_of_care_makes_nothing_due(desk: Desk, anna: PatientId) -> None:
    desk.patients.deceased(anna, on=TODAY, place="thuis")
    pzp(desk, anna)
    assert reviews(desk, anna) == ()


def test_withdrawing_drops_what_is_open_and_marking_again_makes_it_again(
    desk: Desk, anna: PatientId
) -> None:
    step(desk, anna, STATE.MARKED)
    step(desk, anna, STATE.WITHDRAWN, note="diagnose herzien")
    assert {review.dropped for review in reviews(desk, anna)} == {"markering ingetrokken"}
    step(desk, anna, STATE.MARKED)
    assert len(open_kinds(desk, anna)) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((), STATE.WITHDRAWN),
        ((STATE.MARKED,), STATE.MARKED),
        ((STATE.MARKED,), STATE.NOT_MARKED),
        ((STATE.TALKED,), STATE.MARKED),
        ((STATE.NOT_MARKED,), STATE.WITHDRAWN),
    ],
)
def test_a_step_that_cannot_follow_is_refused_and_leaves_nothing(
    desk: Desk, anna: PatientId, first: tuple[MarkeringState, ...], second: MarkeringState
) -> None:
    for state in first:
        step(desk, anna, state)
    with pytest.raises(Refused, match="kan deze stap niet volgen"):
        step(desk, anna, second)
    assert len(desk.patients.file(anna).markeringen) == len(first)


def test_days_of_steps_do_not_lie_in_the_future_or_go_back(desk: Desk, anna: PatientId) -> None:
    with pytest.raises(BadInput, match="toekomst"):
        step(desk, anna, STATE.MARKED, on=TODAY + timedelta(days=1))
    step(desk, anna, STATE.MARKED)
    with pytest.raises(BadInput, match="vóór"):
        step(desk, anna, STATE.TALKED, on=TODAY - timedelta(days=1))


def test_the_second_surprise_question_follows_only_on_a_no(desk: Desk, anna: PatientId) -> None:
    with pytest.raises(BadInput, match="tweede"):
        step(desk, anna, STATE.MARKED, surprised_by_death=True, surprised_if_alive=False)
    with pytest.raises(BadInput, match="tweede"):
        step(desk, anna, STATE.MARKED, surprised_if_alive=False)
    step(desk, anna, STATE.MARKED, surprised_by_death=False, surprised_if_alive=True)
    assert desk.patients.file(anna).markeringen[0].surprised_if_alive is True


@pytest.mark.parametrize("gone", ["overleden", "verhuisd"])
def test_nobody_out_of_care_is_marked(desk: Desk, anna: PatientId, gone: str) -> None:
    if gone == "overleden":
        desk.patients.deceased(anna, on=TODAY, place="thuis")
    else:
        desk.patients.left_care(anna, Care.MOVED, on=TODAY)
    with pytest.raises(Refused, match=r"niet .* in zorg"):
        step(desk, anna, STATE.MARKED)


def test_nobody_is_told_of_somebody_who_is_not_marked(desk: Desk, anna: PatientId) -> None:
    with pytest.raises(Refused, match="niet gemarkeerd"):
        desk.markeringen.tell(told(anna, Whom.PATIENT))
    step(desk, anna, STATE.TALKED)
    step(desk, anna, STATE.WITHDRAWN)
    with pytest.raises(Refused, match="niet gemarkeerd"):
        desk.markeringen.tell(told(anna))


@pytest.mark.parametrize("whom", [whom for whom in Whom if whom is not Whom.PATIENT])
def test_others_are_told_before_the_talk_only_with_a_reason(
    desk: Desk, anna: PatientId, whom: Whom
) -> None:
    step(desk, anna, STATE.MARKED)
    for reason in ("", " \n"):
        with pytest.raises(Refused, match="nog niet met de patiënt besproken"):
            desk.markeringen.tell(told(anna, whom, before_talk=reason))
    kept = desk.markeringen.tell(told(anna, whom, before_talk="pomp moet vandaag"))
    assert desk.patients.file(anna).told == (kept,)


def test_the_patient_is_told_first_and_after_the_talk_others_are_without_a_reason(
    desk: Desk, anna: PatientId
) -> None:
    step(desk, anna, STATE.MARKED)
    desk.markeringen.tell(told(anna, Whom.PATIENT))
    step(desk, anna, STATE.TALKED)
    desk.markeringen.tell(told(anna, Whom.APOTHEEK, how="telefoon", name="R. Visser"))
    assert [t.whom for t in desk.patients.file(anna).told] == [Whom.PATIENT, Whom.APOTHEEK]


def test_nobody_was_told_tomorrow(desk: Desk, anna: PatientId) -> None:
    step(desk, anna, STATE.TALKED)
    with pytest.raises(BadInput, match="toekomst"):
        desk.markeringen.tell(told(anna, on=TODAY + timedelta(days=1)))


def test_what_is_kept_names_the_acting_user_whatever_the_caller_says(
    desk: Desk, anna: PatientId, clock: Clock
) -> None:
    clock.forward(hours=1)
    made = desk.markeringen.record(
        factories.a_step(anna, STATE.TALKED, recorded_by=77, note=" kort\x00 gesprek ")
    )
    said = desk.markeringen.tell(told(anna, recorded_by=77, before_talk="\x00"))
    assert (made.recorded_by, made.recorded_at, made.note) == (1, clock.now, "kort gesprek")
    assert (said.recorded_by, said.recorded_at, said.before_talk) == (1, clock.now, "")


def test_a_marking_of_nobody_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        step(desk, PatientId(5), STATE.MARKED)
