"""Markering: which step follows which, since when somebody is marked, and who may hear of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.markering import (
    Markering,
    MarkeringState,
    Told,
    Whom,
    checked_step,
    checked_told,
    is_marked,
    latest,
    marked_on,
)
from pzdesk.domain.patient import PatientId
from tests.factories import NOW, TODAY, a_step

TO_JUDGE, MARKED, TALKED, NOT_MARKED, WITHDRAWN = MarkeringState
ALLOWED: dict[MarkeringState | None, set[MarkeringState]] = {
    None: {TO_JUDGE, MARKED, TALKED, NOT_MARKED},
    TO_JUDGE: {TO_JUDGE, MARKED, TALKED, NOT_MARKED},
    MARKED: {TALKED, WITHDRAWN},
    TALKED: {WITHDRAWN},
    NOT_MARKED: {TO_JUDGE, MARKED, TALKED},
    WITHDRAWN: {TO_JUDGE, MARKED},
}
DAYS = st.integers(-300, 0).map(lambda days: TODAY + timedelta(days=days))


def _step(state: MarkeringState, on: date = TODAY, key: int = 1) -> Markering:
    return a_step(PatientId(1), state, on=on, id=key)


def _steps(*states: MarkeringState, on: date = TODAY) -> list[Markering]:
    return [_step(state, on, key) for key, state in enumerate(states, start=1)]


def _told(whom: Whom, **changes: object) -> Told:
    made = Told(patient_id=PatientId(1), whom=whom, on=TODAY, recorded_at=NOW, recorded_by=1)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("before", [None, *MarkeringState])
@pytest.mark.parametrize("after", MarkeringState)
def test_a_step_follows_only_where_it_may(
    before: MarkeringState | None, after: MarkeringState
) -> None:
    steps = _steps(before) if before else []
    step = _step(after)
    if after in ALLOWED[before]:
        assert checked_step(steps, step, TODAY) == step
    else:
        with pytest.raises(Refused, match="kan deze stap niet volgen"):
            checked_step(steps, step, TODAY)


def test_the_refusal_names_where_somebody_stands() -> None:
    with pytest.raises(Refused, match="Na “nog niet beoordeeld”"):
        checked_step([], _step(WITHDRAWN), TODAY)
    with pytest.raises(Refused, match="Na “besproken”"):
        checked_step(_steps(MARKED, TALKED), _step(MARKED), TODAY)


def test_every_state_but_a_new_one_can_be_reached_and_none_is_a_dead_end() -> None:
    assert set().union(*ALLOWED.values()) == set(MarkeringState)
    assert all(ALLOWED.values())


def test_a_day_in_the_future_or_before_the_step_it_follows_is_told() -> None:
    with pytest.raises(BadInput, match="toekomst"):
        checked_step([], _step(MARKED, TODAY + timedelta(days=1)), TODAY)
    with pytest.raises(BadInput, match="vóór de vorige stap"):
        checked_step(_steps(MARKED), _step(TALKED, TODAY - timedelta(days=1)), TODAY)
    assert checked_step(_steps(MARKED), _step(TALKED), TODAY)


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        (None, None, True),
        (True, None, True),
        (False, None, True),
        (False, True, True),
        (False, False, True),
        (None, True, False),
        (None, False, False),
        (True, True, False),
        (True, False, False),
    ],
)
def test_the_second_surprise_question_is_asked_only_after_a_no(
    *, first: bool | None, second: bool | None, allowed: bool
) -> None:
    step = replace(_step(MARKED), surprised_by_death=first, surprised_if_alive=second)
    if allowed:
        assert checked_step([], step, TODAY) == step
    else:
        with pytest.raises(BadInput, match="tweede surprise question"):
            checked_step([], step, TODAY)


def test_the_step_recorded_last_holds_whatever_its_day() -> None:
    steps = [_step(TALKED, TODAY - timedelta(days=9), key=2), _step(MARKED, key=1)]
    assert latest(steps) == steps[0]
    assert latest([]) is None


@pytest.mark.parametrize("state", MarkeringState)
def test_marked_is_marked_with_or_without_the_talk(state: MarkeringState) -> None:
    assert is_marked(_step(state)) == (state in (MARKED, TALKED))
    assert not is_marked(None)


def test_the_talk_does_not_move_the_day_of_the_marking() -> None:
    first, second = TODAY - timedelta(days=30), TODAY - timedelta(days=2)
    steps = [_step(TO_JUDGE, first, 1), _step(MARKED, first, 2), _step(TALKED, second, 3)]
    assert marked_on(steps) == first
    assert marked_on(list(reversed(steps))) == first


def test_a_marking_after_a_withdrawal_begins_anew() -> None:
    days = [TODAY - timedelta(days=back) for back in (90, 60, 30)]
    steps = [_step(MARKED, days[0], 1), _step(WITHDRAWN, days[1], 2)]
    assert marked_on(steps) is None
    assert marked_on([*steps, _step(MARKED, days[2], 3)]) == days[2]


@given(st.lists(st.tuples(st.sampled_from(MarkeringState), DAYS), max_size=8))
def test_somebody_has_a_day_of_marking_exactly_while_marked(
    recorded: Sequence[tuple[MarkeringState, date]],
) -> None:
    steps = [_step(state, on, key) for key, (state, on) in enumerate(recorded, start=1)]
    day = marked_on(steps)
    assert (day is not None) == is_marked(latest(steps))
    if day is not None:
        begin = max((i for i, s in enumerate(steps) if not is_marked(s)), default=-1) + 1
        assert day == steps[begin].on


@given(st.lists(st.sampled_from(MarkeringState), max_size=6))
def test_whatever_was_let_through_keeps_to_the_order_of_the_states(
    wanted: list[MarkeringState],
) -> None:
    steps: list[Markering] = []
    for key, state in enumerate(wanted, start=1):
        try:
            steps.append(checked_step(steps, _step(state, key=key), TODAY))
        except Refused:
            continue
    states = [None, *(step.state for step in steps)]
    assert all(after in ALLOWED[before] for before, after in pairwise(states))


# --- who may be told ---


@pytest.mark.parametrize("whom", Whom)
def test_nobody_but_the_patient_is_told_before_the_talk_without_a_reason(whom: Whom) -> None:
    if whom is Whom.PATIENT:
        assert checked_told(_steps(MARKED), _told(whom), TODAY)
        return
    for reason in ("", "  \n"):
        with pytest.raises(Refused, match="nog niet met de patiënt besproken"):
            checked_told(_steps(MARKED), _told(whom, before_talk=reason), TODAY)
    told = _told(whom, before_talk="medicatie moet vandaag nog gesaneerd")
    assert checked_told(_steps(MARKED), told, TODAY) == told


@pytest.mark.parametrize("whom", Whom)
def test_after_the_talk_everybody_may_be_told(whom: Whom) -> None:
    assert checked_told(_steps(MARKED, TALKED), _told(whom), TODAY)


@pytest.mark.parametrize("states", [(), (TO_JUDGE,), (NOT_MARKED,), (MARKED, WITHDRAWN)])
def test_of_who_is_not_marked_there_is_nothing_to_tell(states: tuple[MarkeringState, ...]) -> None:
    with pytest.raises(Refused, match="niet gemarkeerd"):
        checked_told(_steps(*states), _told(Whom.PATIENT, before_talk="x"), TODAY)


def test_nobody_was_told_tomorrow() -> None:
    told = _told(Whom.APOTHEEK, on=TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="toekomst"):
        checked_told(_steps(MARKED, TALKED), told, TODAY)
