"""Words of a case page: the mantelzorgers, and what changed since the last meeting."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from pzdesk import instruments
from pzdesk.domain.assessment import Assessment, Dimension, Finding, Weight
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.network import Naaste, NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.domain.pzp import Answer
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.status import Phase, StatusKind
from pzdesk.services import case_words as case
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW, TODAY


@pytest.fixture
def wim(desk: Desk) -> Naaste:
    anna = desk.patients.add(factories.a_patient())
    return desk.network.keep_naaste(factories.a_naaste(anna.id))


def caregivers(desk: Desk, patient: PatientId, *, ticked: bool = False) -> tuple[str, ...]:
    return case.caregivers(desk.patients.file(patient), with_caregiver=ticked).lines


def changes(desk: Desk, patient: PatientId, since: date, *, ticked: bool = False) -> list[str]:
    return list(case.changes(desk.patients.file(patient), since, with_caregiver=ticked))


def test_nobody_is_screened_before_somebody_asks(desk: Desk, wim: Naaste) -> None:
    assert caregivers(desk, wim.patient_id) == (
        "Echtgenoot Wim Jansen, 06-12345678. Nog niet gescreend.",
    )


def test_the_day_and_the_follow_up_are_told_and_the_answer_only_when_ticked(
    desk: Desk, wim: Naaste
) -> None:
    desk.screenings.screen(wim.patient_id, wim.id, "volhoudtijd", {"volhoudtijd": "1"}, on=TODAY)
    (line,) = caregivers(desk, wim.patient_id)
    # Two days would tell what was answered as well as the answer does.
    assert "Laatst gescreend op 24-11-2026. Vervolg nog niet afgesproken." in line
    (item,) = instruments.load("volhoudtijd").items
    answer = item.options[0].label
    assert answer not in line
    (ticked,) = caregivers(desk, wim.patient_id, ticked=True)
    assert answer in ticked
    assert "Vervolg na volhoudtijd van 24-11-2026 nog niet afgesproken (vóór 26-11-2026)" in ticked


def test_a_follow_up_says_what_who_and_when_and_falls_away_when_it_is_done(
    desk: Desk, wim: Naaste
) -> None:
    _, waiting = desk.screenings.screen(
        wim.patient_id, wim.id, "volhoudtijd", {"volhoudtijd": "4"}, on=TODAY
    )
    agreed = desk.screenings.agree_follow_up(
        waiting, what="vrijwilliger", who="POH", due=TODAY + timedelta(days=2)
    )
    assert "Vervolg: vrijwilliger (POH, vóór 26-11-2026)." in caregivers(desk, wim.patient_id)[0]
    desk.screenings.close_follow_up(agreed, on=TODAY, outcome="geregeld")
    assert "Vervolg" not in caregivers(desk, wim.patient_id)[0]


def test_who_does_not_see_the_answers_tells_two_follow_ups_apart_by_their_screening() -> None:
    kept: dict[str, Any] = {"naaste_id": 1, "recorded_at": NOW, "recorded_by": 1}
    screening = Screening(
        id=3, on=TODAY, instrument="volhoudtijd", instrument_version="1.0.0", answers={}, scores={},
        **kept,
    )  # fmt: skip
    waiting = FollowUp(screening_id=3, due=TODAY + timedelta(days=7), **kept)
    other = FollowUp(screening_id=4, due=TODAY + timedelta(days=7), **kept)
    said = [case.follow_up_words(one, [screening]) for one in (waiting, other)]
    assert said == [
        "vervolg na volhoudtijd van 24-11-2026 nog niet afgesproken (vóór 01-12-2026)",
        "vervolg nog niet afgesproken (vóór 01-12-2026)",
    ]


def test_a_score_stands_with_its_range_its_band_and_its_source(desk: Desk, wim: Naaste) -> None:
    items = [item.id for item in instruments.load("csi").items]
    screening, _ = desk.screenings.screen(
        wim.patient_id, wim.id, "csi", dict.fromkeys(items, "1"), on=TODAY
    )
    said = case.screening_outcome(screening)
    assert "13 van 13" in said
    assert "bron: " in said
    first, _ = desk.screenings.screen(wim.patient_id, wim.id, "csi", {items[0]: "1"}, on=TODAY)
    assert "niet volledig ingevuld, geen score" in case.screening_outcome(first)


def test_a_course_names_its_instrument_and_its_source_once(
    desk: Desk, wim: Naaste, clock: Clock
) -> None:
    items = [item.id for item in instruments.load("csi").items]
    for ones in (2, 13):
        answers = dict.fromkeys(items, "0") | dict.fromkeys(items[:ones], "1")
        desk.screenings.screen(wim.patient_id, wim.id, "csi", answers, on=clock.now.date())
        clock.forward(days=30)
    (said,) = caregivers(desk, wim.patient_id, ticked=True)
    assert said.count("Caregiver Strain Index") == 1
    assert said.count("bron: ") == 1
    assert said.index("2 van 13") < said.index(" → 13 van 13") < said.index("bron: ")


def test_a_naaste_without_that_role_is_no_mantelzorger(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    desk.network.keep_naaste(factories.a_naaste(anna.id, roles=(NaasteRole.FIRST_CONTACT,)))
    assert caregivers(desk, anna.id) == ()


def test_what_changed_since_a_day_is_told_with_what_it_was(
    desk: Desk, wim: Naaste, clock: Clock
) -> None:
    anna, since = wim.patient_id, TODAY

    def weigh(weight: Weight) -> None:
        desk.assessments.assess(
            Assessment(
                patient_id=anna,
                on=clock.now.date(),
                findings=(Finding(dimension=Dimension.SOCIAL, weight=weight),),
                recorded_at=clock.now,
                recorded_by=1,
            )
        )

    record = desk.patients.record_status
    record(anna, StatusKind.PHASE, Phase.SYMPTOM, since=TODAY)
    desk.pzps.record(
        anna, {"4a": Answer("ja"), "5b": Answer("thuis")}, talk_on=TODAY, held_by="dr. De Boer"
    )
    weigh(Weight.LIGHT)
    assert changes(desk, anna, since) == []
    clock.forward(days=10)
    later = clock.now.date()
    record(anna, StatusKind.PHASE, Phase.TERMINAL, since=later)
    who = desk.network.keep_professional(factories.a_professional())
    record(anna, StatusKind.CENTRAL_CARER, since=later, professional_id=who.id)
    desk.markeringen.record(factories.a_step(anna, MarkeringState.TALKED, on=later))
    desk.pzps.record(
        anna, {"4a": Answer("nee"), "5b": Answer("thuis")}, talk_on=later, held_by="dr. De Boer"
    )
    weigh(Weight.SEVERE)
    said = "; ".join(changes(desk, anna, since)).lower()
    for words in (
        "terminaal sinds 04-12-2026",
        "was symptoomgericht",
        "centrale zorgverlener: f. hoekstra",
        "besproken",
        "reanimeren: van “ja” naar “nee”",
        "sociaal: licht → ernstig",
    ):
        assert words in said, words
    assert "overlijden" not in said


def test_a_screening_is_a_change_only_when_ticked(desk: Desk, wim: Naaste, clock: Clock) -> None:
    clock.forward(days=1)
    desk.screenings.screen(
        wim.patient_id, wim.id, "volhoudtijd", {"volhoudtijd": "1"}, on=clock.now.date()
    )
    assert changes(desk, wim.patient_id, TODAY) == []
    (said,) = changes(desk, wim.patient_id, TODAY, ticked=True)
    assert said.startswith("mantelzorg Wim Jansen: ")


def test_a_first_pzp_is_told_as_first(desk: Desk, wim: Naaste, clock: Clock) -> None:
    clock.forward(days=1)
    desk.pzps.record(wim.patient_id, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer")
    assert changes(desk, wim.patient_id, TODAY) == [
        "eerste PZP: versie 1, gesprek van 24-11-2026, gevoerd door dr. De Boer"
    ]


def test_changes_are_counted_from_the_last_meeting_in_which_somebody_was_discussed(
    desk: Desk, wim: Naaste, clock: Clock
) -> None:
    held = desk.meetings.plan(on=TODAY, starts=time(9, 0), patients=[wim.patient_id])
    desk.meetings.held(held, [])
    clock.forward(days=42)
    file = desk.patients.file(wim.patient_id)
    last = file.last_meeting(clock.now.date())
    assert last is not None
    assert last.on == TODAY
    assert file.last_meeting(TODAY) is None
