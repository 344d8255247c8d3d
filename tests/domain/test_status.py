"""Dated rows: what holds now, who is in care, and which values belong to which kind."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput
from pzdesk.domain.status import (
    VALUES,
    Care,
    Phase,
    Status,
    StatusKind,
    Urgency,
    checked_status,
    is_active,
    newest,
)
from tests.factories import NOW, TODAY


def _row(kind: StatusKind, value: str, *, days_ago: int = 0, key: int = 1) -> Status:
    since = TODAY - timedelta(days=days_ago)
    return Status(id=key, kind=kind, value=value, since=since, recorded_at=NOW, recorded_by=1)


def _phase(value: Phase, *, days_ago: int = 0, key: int = 1) -> Status:
    return _row(StatusKind.PHASE, value, days_ago=days_ago, key=key)


def test_the_latest_day_holds_in_whatever_order_it_was_recorded() -> None:
    rows = [_phase(Phase.TERMINAL, days_ago=1, key=1), _phase(Phase.SYMPTOM, days_ago=30, key=2)]
    assert newest(rows, StatusKind.PHASE) == rows[0]
    assert newest(reversed(rows), StatusKind.PHASE) == rows[0]


def test_of_one_day_the_one_recorded_last_holds() -> None:
    early = replace(_phase(Phase.SYMPTOM, key=1), recorded_at=NOW + timedelta(minutes=1))
    late = _phase(Phase.TERMINAL, key=2)
    assert newest([late, early], StatusKind.PHASE) == late, "a clock set back changes no order"


def test_a_death_heard_of_late_holds_over_a_later_phase() -> None:
    terminal = _phase(Phase.TERMINAL, key=1)
    died = replace(_phase(Phase.DECEASED, key=2), since=terminal.since - timedelta(days=1))
    assert newest([terminal, died], StatusKind.PHASE) == died
    assert not is_active([terminal, died])
    assert newest([terminal, replace(died, retracted="vergissing")], StatusKind.PHASE) == terminal


def test_a_retracted_row_counts_for_nothing() -> None:
    wrong = replace(_phase(Phase.DECEASED, key=2), retracted="andere patiënt")
    right = _phase(Phase.TERMINAL, days_ago=9)
    assert newest([wrong, right], StatusKind.PHASE) == right
    assert newest([wrong], StatusKind.PHASE) is None
    assert is_active([wrong])


def test_kinds_are_told_apart() -> None:
    urgency = _row(StatusKind.URGENCY, Urgency.NOW)
    assert newest([urgency], StatusKind.PHASE) is None
    assert newest([], StatusKind.URGENCY) is None


def test_a_row_in_the_future_is_the_latest_one_there_is() -> None:
    rows = [_phase(Phase.TERMINAL), replace(_phase(Phase.DYING), since=date.max)]
    assert newest(rows, StatusKind.PHASE) == rows[1]


@pytest.mark.parametrize(
    ("values", "active"),
    [
        ([], True),
        ([(StatusKind.PHASE, Phase.DYING)], True),
        ([(StatusKind.PHASE, Phase.DECEASED)], False),
        ([(StatusKind.CARE, Care.IN_CARE)], True),
        ([(StatusKind.CARE, Care.MOVED)], False),
        ([(StatusKind.CARE, Care.WITHDRAWN)], False),
        ([(StatusKind.CARE, Care.IN_CARE), (StatusKind.PHASE, Phase.DECEASED)], False),
        ([(StatusKind.URGENCY, Urgency.NOW)], True),
    ],
)
def test_who_is_deceased_or_gone_is_not_in_care(
    values: list[tuple[StatusKind, str]], *, active: bool
) -> None:
    assert is_active(_row(kind, value) for kind, value in values) == active


def test_every_way_out_of_care_ends_it_and_coming_back_begins_it_again() -> None:
    for care in Care:
        left = _row(StatusKind.CARE, care, days_ago=3)
        assert is_active([left]) == (care is Care.IN_CARE)
        assert is_active([left, _row(StatusKind.CARE, Care.IN_CARE, key=2)])


@given(
    st.lists(
        st.builds(
            Status,
            id=st.integers(1, 99),
            kind=st.sampled_from([StatusKind.PHASE, StatusKind.CARE]),
            value=st.sampled_from([*Phase, *Care]),
            since=st.dates(date(2026, 11, 1), date(2026, 11, 5)),
            recorded_at=st.just(NOW),
            recorded_by=st.just(1),
            retracted=st.sampled_from(["", "", "vergissing"]),
        ),
        unique_by=lambda row: row.id,
    ),
    st.randoms(),
)
def test_the_order_in_which_rows_are_read_does_not_matter(rows: list[Status], dice: Random) -> None:
    shuffled = list(rows)
    dice.shuffle(shuffled)
    for kind in StatusKind:
        found = newest(rows, kind)
        assert newest(shuffled, kind) == found
        assert found is None or (found.kind is kind and not found.retracted)
    assert is_active(shuffled) == is_active(rows)


def test_every_kind_has_its_list_of_values_or_names_a_person() -> None:
    assert set(VALUES) == set(StatusKind)
    for kind, allowed in VALUES.items():
        for value in allowed or ():
            assert checked_status(kind, value.value, None) == value
        if allowed is None:
            assert checked_status(kind, "", 7) == ""


@pytest.mark.parametrize(
    ("kind", "value", "professional", "told"),
    [
        (StatusKind.PHASE, "", None, "is geen fase"),
        (StatusKind.PHASE, "Terminaal", None, "“Terminaal” is geen fase"),
        (StatusKind.PHASE, "nu", None, "is geen fase"),
        (StatusKind.URGENCY, "hoog", None, "is geen urgentie"),
        (StatusKind.CENTRAL_CARER, "", None, "Kies een zorgverlener"),
        (StatusKind.RESPONSIBLE, "dr. De Boer", 7, "Kies een zorgverlener"),
    ],
)
def test_a_value_of_another_list_is_told_at_its_field(
    kind: StatusKind, value: str, professional: int | None, told: str
) -> None:
    with pytest.raises(BadInput, match=told) as raised:
        checked_status(kind, value, professional)
    assert raised.value.field == kind.value


def test_the_phases_are_those_of_the_regional_agreements_in_their_order() -> None:
    assert [phase.value for phase in Phase] == [
        *("ziektegericht", "symptoomgericht", "terminaal", "stervensfase", "overleden"),
    ]
