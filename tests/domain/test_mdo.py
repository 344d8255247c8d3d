"""The meeting: who may be discussed with whom, and how long things take."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pzdesk import content
from pzdesk.domain.errors import BadInput
from pzdesk.domain.mdo import (
    KIND_OF,
    AgendaItem,
    Consent,
    ConsentAnswer,
    ItemNotes,
    ParticipantKind,
    agenda_count,
    agenda_minutes,
    checked_minutes,
    may_be_discussed,
    taken_back,
)
from pzdesk.domain.network import Discipline
from pzdesk.domain.patient import PatientId
from tests.factories import NOW, TODAY

TREATING, WELFARE, VOLUNTEERS, SPIRITUAL = ParticipantKind
OTHERS = [WELFARE, VOLUNTEERS, SPIRITUAL]


def _said(
    kind: ParticipantKind, answer: ConsentAnswer, *, days_ago: int = 0, key: int = 1
) -> Consent:
    return Consent(
        id=key,
        patient_id=PatientId(1),
        kind=kind,
        answer=answer,
        on=TODAY - timedelta(days=days_ago),
        recorded_at=NOW,
        recorded_by=1,
    )


def test_without_a_word_only_those_who_treat_may_discuss_somebody() -> None:
    assert may_be_discussed([], TREATING) is True
    for kind in OTHERS:
        assert may_be_discussed([], kind) is None


@pytest.mark.parametrize("kind", ParticipantKind)
def test_a_yes_is_a_yes_and_a_no_is_a_no(kind: ParticipantKind) -> None:
    assert may_be_discussed([_said(kind, ConsentAnswer.YES)], kind) is True
    assert may_be_discussed([_said(kind, ConsentAnswer.NO)], kind) is False


def test_presumed_consent_exists_for_those_who_treat_only() -> None:
    assert may_be_discussed([_said(TREATING, ConsentAnswer.PRESUMED)], TREATING) is True
    for kind in OTHERS:
        assert may_be_discussed([_said(kind, ConsentAnswer.PRESUMED)], kind) is False


def test_what_was_said_of_one_kind_says_nothing_of_another() -> None:
    said = [_said(WELFARE, ConsentAnswer.YES), _said(TREATING, ConsentAnswer.NO)]
    assert may_be_discussed(said, WELFARE) is True
    assert may_be_discussed(said, VOLUNTEERS) is None
    assert may_be_discussed(said, TREATING) is False


def test_the_newest_answer_holds_and_of_one_day_the_one_recorded_last() -> None:
    old = _said(WELFARE, ConsentAnswer.YES, days_ago=9, key=5)
    new = _said(WELFARE, ConsentAnswer.NO, key=2)
    for said in ([old, new], [new, old]):
        assert may_be_discussed(said, WELFARE) is False
    again = replace(new, id=3, answer=ConsentAnswer.YES)
    assert may_be_discussed([again, new, old], WELFARE) is True


def test_a_discipline_that_is_no_kind_of_its_own_treats() -> None:
    assert set(KIND_OF.values()) == set(OTHERS)
    for discipline in (Discipline.HUISARTS, Discipline.WIJKVERPLEGING, Discipline.PZVP):
        assert KIND_OF.get(discipline, TREATING) is TREATING
    assert KIND_OF[Discipline.VPTZ] is VOLUNTEERS


@pytest.mark.parametrize("minutes", [1, 5, 480])
def test_minutes_within_a_day_are_taken(minutes: int) -> None:
    assert checked_minutes(minutes) == minutes


@pytest.mark.parametrize("minutes", [-5, 0, 481])
def test_other_minutes_are_told(minutes: int) -> None:
    with pytest.raises(BadInput, match="tussen 1 en 480"):
        checked_minutes(minutes)


@pytest.mark.parametrize(
    ("people", "others", "words"),
    [
        (0, 0, "0 mensen"),
        (1, 0, "1 persoon"),
        (7, 1, "7 mensen en 1 ander punt"),
        (2, 2, "2 mensen en 2 andere punten"),
        (0, 1, "1 punt"),
    ],
)
def test_an_agenda_is_counted_in_people_and_other_items(
    people: int, others: int, words: str
) -> None:
    items = [AgendaItem(meeting_id=1, position=1, patient_id=PatientId(1))] * people
    assert agenda_count([*items, *[AgendaItem(meeting_id=1, position=1)] * others]) == words


@pytest.mark.parametrize(
    ("available", "reserve", "planned", "over"),
    [(60, 10, 35, 0), (35, 10, 35, 0), (28, 3, 28, 0), (25, 0, 25, 0), (20, 0, 25, 5)],
)
def test_a_full_agenda_uses_the_reserve_before_it_is_too_much(
    available: int, reserve: int, planned: int, over: int
) -> None:
    usual = content.new_practice("De Brink").meeting
    rules = replace(usual, opening_minutes=5, reserve_minutes=10)
    items = [AgendaItem(meeting_id=1, position=1, minutes=10)] * 2
    minutes = agenda_minutes(items, rules, available)
    assert (minutes.opening, minutes.items, minutes.reserve) == (5, 20, reserve)
    assert (minutes.planned, minutes.over) == (planned, over)


def test_an_act_that_was_undone_leaves_no_item_discussed_of_which_nothing_was_noted() -> None:
    before, told = ItemNotes(), ItemNotes(discussed=True)
    assert taken_back(told, before) == before
    assert taken_back(told, told) == told
    noted = ItemNotes(discussed=True, sociaal="buurvrouw helpt")
    assert taken_back(noted, before) == noted
    agreed = ItemNotes(discussed=True, afspraken=("bellen",))
    assert taken_back(agreed, before) == agreed
