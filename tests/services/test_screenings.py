"""Screening of mantelzorgers: the answers as given, and a follow-up that is open until it is done."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pzdesk import instruments
from pzdesk.domain.errors import BadInput, NotFound, PzdeskError, Refused, Stale
from pzdesk.domain.network import Naaste
from pzdesk.domain.patient import PatientId
from pzdesk.domain.proposal import Reason
from pzdesk.domain.screening import FollowUp, Screening, is_open
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.factories import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def wim(desk: Desk) -> Naaste:
    patient = desk.patients.add(factories.a_patient())
    return desk.network.keep_naaste(factories.a_naaste(patient.id))


def screened(
    desk: Desk, naaste: Naaste, answers: dict[str, object], name: str = "volhoudtijd", **more: Any
) -> tuple[Screening, FollowUp]:
    return desk.screenings.screen(
        naaste.patient_id, naaste.id, name, answers, **{"on": TODAY, **more}
    )


@pytest.mark.parametrize(
    ("answer", "days"), [("1", 2), ("2", 2), (2, 2), ("3", 7), ("4", 7), ("5", 7), ("6", 7)]
)
def test_a_follow_up_opens_always_within_two_days_when_it_lasts_less_than_a_month(
    desk: Desk, wim: Naaste, answer: object, days: int
) -> None:
    _, waiting = screened(desk, wim, {"volhoudtijd": answer})
    assert waiting.due == TODAY + days * DAY
    assert is_open(waiting)
    assert desk.patients.file(wim.patient_id).open_follow_ups == (waiting,)


def test_the_categories_that_last_less_than_a_month_are_those_of_the_instrument() -> None:
    (item,) = instruments.load("volhoudtijd").items
    short = [option.key for option in item.options if option.key in ("1", "2")]
    words = [option.label.lower() for option in item.options if option.key in short]
    assert len(item.options) == 6
    assert "week" in words[0]
    assert "maand" in words[1]
    assert all("jaar" not in word for word in words)


def test_another_instrument_asks_for_a_follow_up_within_a_week(desk: Desk, wim: Naaste) -> None:
    answers: dict[str, object] = {item.id: "1" for item in instruments.load("csi").items}
    _, waiting = screened(desk, wim, answers, "csi")
    assert waiting.due == TODAY + 7 * DAY


def test_the_practice_sets_these_days_and_the_user_may_choose_another(
    desk: Desk, wim: Naaste
) -> None:
    rules = desk.practice.practice()
    intervals = replace(rules.intervals, follow_up_days=14, follow_up_short_days=1)
    desk.practice.change(replace(rules, intervals=intervals))
    assert screened(desk, wim, {"volhoudtijd": 1})[1].due == TODAY + DAY
    assert screened(desk, wim, {"volhoudtijd": 5})[1].due == TODAY + 14 * DAY
    assert screened(desk, wim, {"volhoudtijd": 5}, due=TODAY)[1].due == TODAY


def test_answers_are_kept_with_the_version_of_the_instrument_and_the_score(
    desk: Desk, wim: Naaste
) -> None:
    items = [item.id for item in instruments.load("csi").items]
    answers: dict[str, object] = {
        key: "1" if number < 8 else "0" for number, key in enumerate(items)
    }
    screened(desk, wim, answers, "csi", by="POH")
    (kept,) = desk.patients.file(wim.patient_id).screenings
    assert (kept.instrument, kept.instrument_version) == ("csi", instruments.load("csi").version)
    assert kept.answers == answers
    assert (kept.scores, kept.by, kept.naaste_id) == ({"total": 8}, "POH", wim.id)


def test_an_unanswered_item_gives_no_score_and_is_never_zero(desk: Desk, wim: Naaste) -> None:
    first = instruments.load("csi").items[0].id
    screening, waiting = screened(desk, wim, {first: "1"}, "csi")
    assert screening.answers == {first: "1"}
    assert screening.scores == {"total": None}
    assert is_open(waiting)


@pytest.mark.parametrize(
    ("answers", "more", "error"),
    [
        ({}, {}, BadInput),
        ({"volhoudtijd": None}, {}, BadInput),
        ({"volhoudtijd": "7"}, {}, BadInput),
        ({"volhoudtijd": ""}, {}, BadInput),
        ({"draagkracht": "1"}, {}, BadInput),
        ({"volhoudtijd": "1"}, {"on": TODAY + DAY}, BadInput),
        ({"volhoudtijd": "1"}, {"name": "bestaat-niet"}, NotFound),
    ],
)
def test_what_is_no_answer_is_told_and_nothing_opens(
    desk: Desk,
    wim: Naaste,
    answers: dict[str, object],
    more: dict[str, Any],
    error: type[PzdeskError],
) -> None:
    with pytest.raises(error):
        screened(desk, wim, answers, **more)
    file = desk.patients.file(wim.patient_id)
    assert (file.screenings, file.follow_ups) == ((), ())


def test_a_naaste_of_somebody_else_is_not_screened_here(desk: Desk, wim: Naaste) -> None:
    other = desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Bosma")))
    with pytest.raises(Refused, match="iemand anders"):
        desk.screenings.screen(other.id, wim.id, "volhoudtijd", {"volhoudtijd": 1}, on=TODAY)
    with pytest.raises(NotFound):
        desk.screenings.screen(PatientId(1), 99, "volhoudtijd", {"volhoudtijd": 1}, on=TODAY)


def test_a_follow_up_is_open_until_it_is_done(desk: Desk, wim: Naaste, clock: Clock) -> None:
    _, waiting = screened(desk, wim, {"volhoudtijd": 2})
    agreed = desk.screenings.agree_follow_up(
        waiting, what="VPTZ inschakelen", who="POH", due=TODAY + 3 * DAY
    )
    clock.forward(days=400)
    assert desk.patients.file(wim.patient_id).open_follow_ups == (agreed,)
    done = desk.screenings.close_follow_up(agreed, on=clock.now.date(), outcome="VPTZ komt")
    assert not is_open(done)
    assert desk.patients.file(wim.patient_id).open_follow_ups == ()


def test_an_open_follow_up_is_a_reason_for_the_agenda_until_it_is_done(
    desk: Desk, wim: Naaste
) -> None:
    _, waiting = screened(desk, wim, {"volhoudtijd": 2})
    (proposed,) = desk.meetings.proposal(TODAY + 7 * DAY)
    assert proposed.kinds == (Reason.CAREGIVER,)
    assert "24-11" in proposed.reasons[0]
    desk.screenings.close_follow_up(waiting, on=TODAY, outcome="gebeld, het gaat")
    assert desk.meetings.proposal(TODAY + 7 * DAY) == []


def test_not_now_closes_with_a_reason(desk: Desk, wim: Naaste) -> None:
    _, waiting = screened(desk, wim, {"volhoudtijd": 2})
    with pytest.raises(BadInput, match="waarom"):
        desk.screenings.not_now(waiting, " ")
    assert not is_open(desk.screenings.not_now(waiting, "stervensfase"))


def test_a_follow_up_says_what_who_and_what_came_of_it(desk: Desk, wim: Naaste) -> None:
    _, waiting = screened(desk, wim, {"volhoudtijd": 2})
    for what, who in (("", "POH"), ("bellen", " ")):
        with pytest.raises(BadInput, match="wat er gebeurt"):
            desk.screenings.agree_follow_up(waiting, what=what, who=who, due=TODAY)
    with pytest.raises(BadInput, match="opgeleverd"):
        desk.screenings.close_follow_up(waiting, on=TODAY, outcome="")
    with pytest.raises(BadInput, match="toekomst"):
        desk.screenings.close_follow_up(waiting, on=date(2027, 1, 1), outcome="gebeld")


def test_a_closed_follow_up_stays_closed_and_an_old_version_is_stale(
    desk: Desk, wim: Naaste
) -> None:
    _, waiting = screened(desk, wim, {"volhoudtijd": 2})
    desk.screenings.agree_follow_up(waiting, what="bellen", who="POH", due=TODAY)
    with pytest.raises(Stale):
        desk.screenings.agree_follow_up(waiting, what="mailen", who="POH", due=TODAY)
    (now,) = desk.patients.file(wim.patient_id).follow_ups
    closed = desk.screenings.close_follow_up(now, on=TODAY, outcome="gebeld")
    screenings = desk.screenings
    with pytest.raises(Refused, match="al afgesloten"):
        screenings.agree_follow_up(closed, what="x", who="y", due=TODAY)
    with pytest.raises(Refused, match="al afgesloten"):
        screenings.close_follow_up(closed, on=TODAY, outcome="nog eens")
    with pytest.raises(Refused, match="al afgesloten"):
        screenings.not_now(closed, "stervensfase")


def test_what_was_agreed_by_mistake_is_what_it_was_before_until_it_is_closed(
    desk: Desk, wim: Naaste
) -> None:
    _, waiting = screened(desk, wim, {"volhoudtijd": 2})
    agreed = desk.screenings.agree_follow_up(waiting, what="bellen", who="POH", due=TODAY + 9 * DAY)
    back = desk.screenings.undo_agreement(agreed, waiting)
    assert back == replace(waiting, version=back.version)
    closed = desk.screenings.close_follow_up(back, on=TODAY, outcome="hulp geregeld")
    with pytest.raises(Refused, match="al afgesloten"):
        desk.screenings.undo_agreement(closed, waiting)
