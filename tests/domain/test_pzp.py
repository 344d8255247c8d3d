"""Versions of the PZP: which one holds, what conflicts, and what changed."""

from datetime import date

import msgspec
import pytest
from hypothesis import given

from pzdesk.domain.errors import BadInput
from pzdesk.domain.pzp import (
    Answer,
    PzpConfirmation,
    PzpVersion,
    Question,
    Standing,
    check_reason,
    check_talk_date,
    conflicts,
    counting,
    differences,
    standing,
    valid,
)
from tests.domain.pzp_samples import FORM, any_answers, enabling, filled, version

EARLY, LATE = date(2025, 3, 1), date(2026, 11, 19)
NO_CPR, CPR = {"4a": Answer("nee")}, {"4a": Answer("ja")}


def _confirmed(number: int) -> PzpConfirmation:
    return PzpConfirmation(
        version_id=number, confirmed_on=LATE, confirmed_by="dr. De Boer", recorded_by=1
    )


def test_the_latest_talk_holds_not_the_latest_import() -> None:
    versions = [version(1, LATE), version(2, EARLY, source="formulier")]
    holds = valid(versions)
    assert holds is not None
    assert holds.number == 1
    assert standing(versions[1], versions, []) is Standing.OLDER


def test_a_version_without_a_date_never_holds_over_one_with_a_date() -> None:
    versions = [version(1, EARLY), version(2, None, source="formulier")]
    assert valid(versions) == versions[0]


def test_a_version_without_a_date_holds_when_there_is_no_other() -> None:
    only = version(1, None, source="formulier")
    assert valid([only]) == only
    assert valid([]) is None


def test_on_one_day_the_later_number_holds() -> None:
    versions = [version(3, LATE), version(2, LATE)]
    assert valid(versions) == versions[0]


def test_a_received_version_holds_and_waits_for_confirmation() -> None:
    versions = [version(1, EARLY), version(2, LATE, source="formulier")]
    assert valid(versions) == versions[1]
    assert standing(versions[1], versions, []) is Standing.TO_CONFIRM
    assert standing(versions[1], versions, [_confirmed(1)]) is Standing.TO_CONFIRM
    assert standing(versions[1], versions, [_confirmed(2)]) is Standing.VALID
    assert standing(versions[0], versions, []) is Standing.OLDER


def test_what_was_recorded_here_needs_no_confirmation() -> None:
    assert standing(version(1), [version(1)], []) is Standing.VALID


def test_two_received_versions_of_one_talk_that_differ_conflict() -> None:
    versions = [
        version(1, EARLY, CPR),
        version(2, LATE, NO_CPR, source="formulier"),
        version(3, LATE, CPR, source="formulier"),
    ]
    assert [found.number for found in conflicts(versions)] == [2, 3]


def test_versions_of_one_talk_that_say_the_same_do_not_conflict() -> None:
    same = {**NO_CPR, "0.naam": Answer("H. Hartman")}
    versions = [version(2, LATE, NO_CPR), version(3, LATE, same, source="formulier")]
    assert conflicts(versions) == ()


def test_versions_of_two_talks_do_not_conflict() -> None:
    assert conflicts([version(1, EARLY, CPR), version(2, LATE, NO_CPR)]) == ()
    assert conflicts([]) == ()


def test_a_correction_is_no_conflict_with_what_it_corrects() -> None:
    versions = [version(1, LATE, CPR), version(2, LATE, NO_CPR, reason="verkeerd aangekruist")]
    assert conflicts(versions) == ()


def test_a_form_received_after_a_correction_conflicts_with_it() -> None:
    versions = [
        version(1, LATE, CPR),
        version(2, LATE, NO_CPR, reason="verkeerd aangekruist"),
        version(3, LATE, CPR, source="formulier"),
    ]
    assert [found.number for found in conflicts(versions)] == [2, 3]


def test_versions_without_a_date_conflict_only_with_each_other() -> None:
    undated = [version(1, None, CPR), version(2, None, NO_CPR)]
    assert len(conflicts(undated)) == 2
    assert conflicts([*undated, version(3, LATE, CPR)]) == ()


@pytest.mark.parametrize("question", FORM.questions, ids=lambda q: q.id)
def test_each_question_that_changes_is_told_in_both_directions(question: Question) -> None:
    for answer in filled(question):
        before = enabling(question)
        after = {**before, question.id: answer}
        there = differences(FORM, before, after)
        back = differences(FORM, after, before)
        if question.section == "0":
            assert there == back == ()
            continue
        assert len(there) == 1
        assert there[0].number == question.number
        assert there[0].old != there[0].new
        assert (back[0].old, back[0].new) == (there[0].new, there[0].old)


def test_a_changed_restriction_is_told_with_its_answer() -> None:
    old = {"4d": Answer("ja")}
    new = {"4d": Answer("ja_maar"), "4d.beperking": Answer("alleen bij een breuk")}
    (told,) = differences(FORM, old, new)
    assert (told.label, told.old, told.new) == (
        "Naar het ziekenhuis",
        "Ja",
        "Ja, maar met beperkingen: alleen bij een breuk",
    )


def test_free_text_that_changed_is_told() -> None:
    (told,) = differences(FORM, {"5a": Answer("rust")}, {"5a": Answer("rust en muziek")})
    assert (told.old, told.new) == ("rust", "rust en muziek")


def test_a_split_that_became_known_is_told() -> None:
    old, new = {"1c": Answer("kind")}, {"1c": Answer("kind", split=("dochter",))}
    (told,) = differences(FORM, old, new)
    assert (told.old, told.new) == ("Kind", "Kind (Dochter)")


def test_an_answer_that_does_not_count_makes_no_difference() -> None:
    left = {"4a": Answer("nee"), "4a.beperking": Answer("verborgen")}
    assert differences(FORM, left, {"4a": Answer("nee")}) == ()


@given(any_answers(), any_answers())
def test_differences_are_the_same_both_ways(old: dict[str, Answer], new: dict[str, Answer]) -> None:
    there, back = differences(FORM, old, new), differences(FORM, new, old)
    assert [(d.question, d.old, d.new) for d in there] == [(d.question, d.new, d.old) for d in back]
    assert differences(FORM, old, old) == ()
    agreed = [{k: v for k, v in counting(FORM, a).items() if k[0] != "0"} for a in (old, new)]
    assert bool(there) == (agreed[0] != agreed[1])


def test_a_talk_in_the_future_is_refused() -> None:
    assert check_talk_date(LATE, LATE) == LATE
    with pytest.raises(BadInput, match="20-11-2026, ligt in de toekomst"):
        check_talk_date(date(2026, 11, 20), LATE)


def test_a_correction_needs_a_reason() -> None:
    assert check_reason(" verkeerd aangekruist\r\n", corrects=True) == "verkeerd aangekruist"
    assert check_reason("", corrects=False) == ""
    with pytest.raises(BadInput, match="waarom"):
        check_reason(" \x7f ", corrects=True)


def test_a_version_is_made_of_plain_values() -> None:
    made = version(2, LATE, {"2": Answer(ticked=("patient",)), "1b.email": Answer(rows=({},))})
    assert msgspec.json.decode(msgspec.json.encode(made), type=PzpVersion) == made
