"""Answers are cleaned and checked, and count only where their parent enables them."""

import json

import msgspec
import pytest
from hypothesis import given

from pzdesk.domain.errors import BadInput
from pzdesk.domain.pzp import (
    Answer,
    Kind,
    Question,
    State,
    checked,
    counting,
    split_leftovers,
    state,
)
from tests.domain.pzp_samples import FORM, any_answers, enabling, filled

CONDITIONAL = [question for question in FORM.questions if question.shown_when]


@given(any_answers())
def test_checking_what_is_checked_changes_nothing(answers: dict[str, Answer]) -> None:
    assert checked(FORM, answers) == answers


@given(any_answers())
def test_answers_survive_the_store(answers: dict[str, Answer]) -> None:
    kept = json.loads(json.dumps(msgspec.to_builtins(answers)))
    assert msgspec.convert(kept, dict[str, Answer]) == answers


def test_twenty_thousand_characters_fit() -> None:
    made = checked(FORM, {"5a": Answer("x" * 20_000 + "\r\n")})
    assert len(made["5a"].value) == 20_000


def test_one_more_character_is_told_with_its_question() -> None:
    with pytest.raises(BadInput, match=r"4a Toelichting bij reanimeren.*20001") as told:
        checked(FORM, {"4a.toelichting": Answer("x" * 20_001)})
    assert told.value.field == "4a.toelichting"


def test_empty_answers_are_no_answers() -> None:
    given = {"5a": Answer(" \r\n"), "4a": Answer(""), "2": Answer(), "1b.email": Answer(rows=({},))}
    assert checked(FORM, given) == {}


def test_answers_come_out_in_the_order_of_the_form() -> None:
    given = {"8a": Answer("ja"), "1": Answer("ja"), "2": Answer(ticked=("anders", "patient"))}
    made = checked(FORM, given)
    assert list(made) == ["1", "2", "8a"]
    assert made["2"].ticked == ("patient", "anders")


@pytest.mark.parametrize(
    "given",
    [
        {"4z": Answer("ja")},
        {"4a": Answer("misschien")},
        {"4a": Answer("Ja")},
        {"2": Answer(ticked=("hond",))},
        {"2": Answer("patient")},
        {"4a": Answer(ticked=("ja",))},
        {"5a": Answer(rows=({"nummer": "1"},))},
        {"0.datum": Answer("19-11-2026")},
        {"0.datum": Answer("2026-02-30")},
        {"0.datum": Answer("20261119")},
        {"1b.telefoon": Answer(rows=({"kleur": "rood"},))},
        {"1b.telefoon": Answer(rows=({"nummer": "06", "toestel": "duif"},))},
        {"1b.telefoon": Answer(rows=({"nummer": "06"},) * 51)},
        {"1b.telefoon": Answer("06")},
        {"1c": Answer("broer_zus", split=("neef",))},
        {"1c": Answer("broer_zus", split=("zoon",))},
        {"1c": Answer(split=("zoon",))},
        {"1g": Answer("broer_zus", split=("zoon",))},
        {"2": Answer(ticked=("patient",), split=("broer",))},
        {"5a": Answer("tekst", split=("broer",))},
    ],
)
def test_what_the_form_does_not_know_is_refused(given: dict[str, Answer]) -> None:
    with pytest.raises(BadInput) as told:
        checked(FORM, given)
    assert told.value.field == next(iter(given))


def test_a_representative_may_be_mentor_and_brother() -> None:
    given = {"1c": Answer("mentor_curator", split=("broer", "mentor"))}
    assert checked(FORM, given)["1c"].split == ("mentor", "broer")


def test_several_boxes_are_split_each() -> None:
    given = {"2": Answer(ticked=("broer_zus", "ouder"), split=("moeder", "broer", "zuster"))}
    assert checked(FORM, given)["2"].split == ("moeder", "broer", "zuster")


@pytest.mark.parametrize("question", CONDITIONAL, ids=lambda q: q.id)
def test_an_answer_counts_where_its_parent_enables_it(question: Question) -> None:
    for answer in filled(question):
        answers = {**enabling(question), question.id: answer}
        counted, leftovers = split_leftovers(FORM, answers)
        assert counted == answers
        assert leftovers == ()


@pytest.mark.parametrize("question", CONDITIONAL, ids=lambda q: q.id)
def test_an_answer_is_a_leftover_where_its_parent_does_not_enable_it(question: Question) -> None:
    condition = question.shown_when
    assert condition is not None
    parent = FORM.question(condition.question)
    for answer in filled(question, "was ooit ingevuld"):
        for other in [None, *parent.options]:
            if other is not None and other.id in condition.options:
                continue
            above = Answer(ticked=(other.id,)) if other and parent.kind is Kind.MULTI else None
            above = above or Answer(other.id if other else "")
            given = checked(FORM, {**enabling(parent), parent.id: above, question.id: answer})
            counted, leftovers = split_leftovers(FORM, given)
            assert question.id not in counted
            assert [left.question for left in leftovers] == [question.id]
            assert leftovers[0].words
            assert leftovers[0].label.startswith(question.number)
            assert (other.label if other else "niet ingevuld") in leftovers[0].because


def test_a_leftover_names_the_answer_that_hides_it() -> None:
    given = {
        "1d": Answer("ja"),
        "1g": Answer("anders"),
        "1g.anders": Answer("buurvrouw"),
    }
    counted, leftovers = split_leftovers(FORM, given)
    assert list(counted) == ["1d"]
    assert [(left.label, left.words) for left in leftovers] == [
        ("1g Eerste contactpersoon: band met de patiënt", "Anders"),
        ("1g Eerste contactpersoon: andere band", "buurvrouw"),
    ]
    assert {left.because for left in leftovers} == {
        "1d Wettelijk vertegenwoordiger is ook eerste contactpersoon is “Ja”"
    }


@given(any_answers())
def test_every_answer_counts_or_is_a_leftover(answers: dict[str, Answer]) -> None:
    counted, leftovers = split_leftovers(FORM, answers)
    assert {*counted, *(left.question for left in leftovers)} == set(answers)
    assert len(counted) + len(leftovers) == len(answers)
    assert counting(FORM, counted) == counted


def test_a_question_has_three_states() -> None:
    question = FORM.question("4a")
    assert state(question, {}) is State.EMPTY
    assert state(question, {"4a": Answer("onbekend")}) is State.UNKNOWN
    assert state(question, {"4a": Answer("nee")}) is State.VALUE


def test_no_decision_yet_about_the_icd_is_an_answer() -> None:
    assert state(FORM.question("4i"), {"4i": Answer("nee")}) is State.VALUE
