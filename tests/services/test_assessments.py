"""The four dimensions and the acute plan as they are recorded."""

from datetime import date, timedelta
from typing import Any

import pytest

from pzdesk.domain.assessment import Assessment, Dimension, Direction, Finding, Symptom, Weight
from pzdesk.domain.errors import BadInput, NotFound
from pzdesk.domain.patient import PatientId
from pzdesk.domain.plan import AcutePlan, Scenario
from pzdesk.services.desk import Desk
from tests import factories
from tests.factories import NOW, TODAY


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient()).id


def found(patient: PatientId, *findings: Finding, **changes: Any) -> Assessment:
    values: dict[str, Any] = {"on": TODAY, "recorded_at": NOW, "recorded_by": 77}
    return Assessment(patient_id=patient, findings=findings, **values | changes)


def plan(patient: PatientId, *scenarios: Scenario, **changes: Any) -> AcutePlan:
    values: dict[str, Any] = {"on": TODAY, "recorded_at": NOW, "recorded_by": 77}
    return AcutePlan(patient_id=patient, scenarios=scenarios, **values | changes)


LIGHT = Finding(dimension=Dimension.SOCIAL, weight=Weight.LIGHT)


def test_what_was_found_is_kept_by_the_acting_user(desk: Desk, anna: PatientId) -> None:
    desk.assessments.assess(
        found(
            anna,
            Finding(
                dimension=Dimension.PHYSICAL,
                weight=Weight.SEVERE,
                direction=Direction.WORSE,
                according_to="mevrouw zelf",
                text="pijn\x00 in de rug\r\n's nachts",
                plan="morfine ophogen",
            ),
            symptoms=(Symptom(name="pijn", score=7),),
            understanding="wil korte zinnen",
        )
    )
    (kept,) = desk.patients.file(anna).assessments
    assert kept.findings[0].text == "pijn in de rug\n's nachts"
    assert (kept.symptoms[0].score, kept.understanding, kept.recorded_by) == (
        7,
        "wil korte zinnen",
        1,
    )


def test_a_dimension_that_was_not_assessed_is_not_there_and_never_geen(
    desk: Desk, anna: PatientId
) -> None:
    desk.assessments.assess(found(anna, LIGHT))
    (kept,) = desk.patients.file(anna).assessments
    assert [finding.dimension for finding in kept.findings] == [Dimension.SOCIAL]


def test_looked_at_and_not_weighed_is_no_weight(desk: Desk, anna: PatientId) -> None:
    desk.assessments.assess(found(anna, Finding(dimension=Dimension.PSYCHIC, text="gesproken")))
    assert desk.patients.file(anna).assessments[0].findings[0].weight is None


@pytest.mark.parametrize(
    ("findings", "changes", "words"),
    [
        ((), {}, "ten minste één"),
        ((LIGHT, LIGHT), {}, "twee keer"),
        ((LIGHT,), {"on": TODAY + timedelta(days=1)}, "toekomst"),
        ((), {"symptoms": (Symptom(name="pijn", score=11),)}, "tussen 0 en 10"),
        ((), {"symptoms": (Symptom(name="pijn", score=-1),)}, "tussen 0 en 10"),
        ((LIGHT,), {"deciding": "x" * 20_001}, r"20\.000"),
    ],
)
def test_what_says_nothing_or_too_much_is_told(
    desk: Desk, anna: PatientId, findings: tuple[Finding, ...], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        desk.assessments.assess(found(anna, *findings, **changes))
    assert desk.patients.file(anna).assessments == ()


def test_an_assessment_and_a_plan_are_of_somebody_who_exists(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.assessments.assess(found(PatientId(9), LIGHT))
    with pytest.raises(NotFound):
        desk.assessments.keep_plan(plan(PatientId(9), Scenario(when="benauwd", do="bel")))


def test_each_scenario_says_what_may_happen_and_what_is_done(desk: Desk, anna: PatientId) -> None:
    for wrong in (Scenario(when=" ", do="bel"), Scenario(when="benauwd", do="")):
        with pytest.raises(BadInput, match="elk scenario"):
            desk.assessments.keep_plan(plan(anna, Scenario(when="pijn", do="bel"), wrong))
    with pytest.raises(BadInput, match="toekomst"):
        desk.assessments.keep_plan(plan(anna, on=TODAY + timedelta(days=1)))
    assert desk.patients.file(anna).plans == ()


def test_an_earlier_plan_stays_beside_the_newer_one(desk: Desk, anna: PatientId) -> None:
    desk.assessments.keep_plan(
        plan(anna, Scenario(when="pijn", do="bel"), on=date(2026, 11, 1), kit_on=date(2026, 11, 2))
    )
    desk.assessments.keep_plan(plan(anna, Scenario(when="pijn", do="zetpil", call="06-1")))
    first, second = desk.patients.file(anna).plans
    assert (first.scenarios[0].do, first.kit_on) == ("bel", date(2026, 11, 2))
    assert (second.scenarios[0].do, second.recorded_by) == ("zetpil", 1)
