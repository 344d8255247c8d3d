"""The four dimensions: what an assessment must say, and what it must not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pzdesk.domain.assessment import (
    LEVEL,
    Assessment,
    Dimension,
    Finding,
    Symptom,
    Weight,
    checked_assessment,
)
from pzdesk.domain.errors import BadInput
from tests.factories import NOW, TODAY

EMPTY = Assessment(on=TODAY, recorded_at=NOW, recorded_by=1)
ONE = replace(EMPTY, findings=(Finding(dimension=Dimension.SOCIAL),))


def test_one_dimension_or_one_symptom_is_enough() -> None:
    assert checked_assessment(ONE, TODAY) == ONE
    scored = replace(EMPTY, symptoms=(Symptom(name="pijn", score=0),))
    assert checked_assessment(scored, TODAY) == scored


def test_a_dimension_may_be_looked_at_without_being_weighed() -> None:
    assert checked_assessment(ONE, TODAY).findings[0].weight is None


def test_an_assessment_that_says_nothing_is_told() -> None:
    only_words = replace(EMPTY, understanding="leest moeilijk", deciding="beslist zelf")
    for empty in (EMPTY, only_words):
        with pytest.raises(BadInput, match="ten minste één dimensie of klacht"):
            checked_assessment(empty, TODAY)


def test_every_dimension_may_stand_in_it_once() -> None:
    four = tuple(Finding(dimension=dimension) for dimension in Dimension)
    assert len(four) == 4
    assert checked_assessment(replace(EMPTY, findings=four), TODAY)
    with pytest.raises(BadInput, match="twee keer"):
        checked_assessment(replace(EMPTY, findings=(*four, four[2])), TODAY)


@pytest.mark.parametrize("score", range(11))
def test_a_symptom_is_scored_from_nought_to_ten(score: int) -> None:
    scored = replace(EMPTY, symptoms=(Symptom(name="misselijkheid", score=score),))
    assert checked_assessment(scored, TODAY).symptoms[0].score == score


@pytest.mark.parametrize("score", [-1, 11, 100])
def test_another_score_is_told_with_the_symptom(score: int) -> None:
    scored = replace(
        ONE, symptoms=(Symptom(name="pijn", score=3), Symptom(name="angst", score=score))
    )
    with pytest.raises(BadInput, match="cijfer voor angst"):
        checked_assessment(scored, TODAY)


def test_an_assessment_of_tomorrow_is_told() -> None:
    with pytest.raises(BadInput, match="toekomst"):
        checked_assessment(replace(ONE, on=TODAY + timedelta(days=1)), TODAY)
    assert checked_assessment(replace(ONE, on=TODAY - timedelta(days=1)), TODAY)


def test_the_words_for_weight_stand_from_light_to_heavy() -> None:
    assert [weight.value for weight in Weight] == ["geen", "licht", "matig", "ernstig"]
    assert [LEVEL[weight] for weight in Weight] == [0, 1, 2, 3]
