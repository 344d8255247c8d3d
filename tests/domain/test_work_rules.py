"""The rules of the work list as data: whole, within what can be filled in, and due when they say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk import content
from pzdesk.domain.status import Phase, Urgency
from pzdesk.domain.user import Right
from pzdesk.domain.work_rules import FILLED, Waits, WorkKind, WorkRules, checked_rules, due_after
from tests.domain.work_samples import INTERVALS
from tests.factories import TODAY

RULES = content.work_rules()
KINDS = {kind.id: kind for kind in RULES.kinds}


def test_every_kind_stands_there_once_and_says_what_enter_does() -> None:
    assert sorted(KINDS) == sorted(Waits)
    assert len(RULES.kinds) == len(KINDS)
    for kind in RULES.kinds:
        assert kind.button, kind.id
        assert kind.section or kind.page, kind.id


def test_the_dying_come_before_now_before_soon_before_calm() -> None:
    order = list(RULES.order)
    wanted = [Phase.DYING, Urgency.NOW, Urgency.SOON, Urgency.UNDECIDED, Urgency.CALM]
    assert [word for word in order if word in wanted] == wanted
    assert order[-1] == Phase.DECEASED


def test_neutral_words_tell_nothing_of_a_file() -> None:
    for kind in RULES.kinds:
        for word in ("PZP", "markering", "naaste", "{what}", "{because}", "{naaste}", "gemarkeerd"):
            assert word not in kind.neutral, kind.id


def test_what_is_clinical_is_shown_only_to_who_may_read_files() -> None:
    for kind in RULES.kinds:
        if kind.right in (Right.WRITE_FILE, Right.CONFIRM):
            assert kind.neutral == "", kind.id


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": RULES.kinds[1:]},
        {"kinds": (*RULES.kinds, RULES.kinds[0])},
        {"week_days": 28},
        {"week_days": -1},
        {"order": ("stervensfase", "stervensfase")},
        {"order": ("rood",)},
        {"kinds": (replace(RULES.kinds[0], reason="{prognose}"), *RULES.kinds[1:])},
        {"kinds": (replace(RULES.kinds[0], act="{who}"), *RULES.kinds[1:])},
        {"kinds": (replace(RULES.kinds[0], interval="ooit"), *RULES.kinds[1:])},
        {"kinds": (replace(RULES.kinds[0], about=("elders",)), *RULES.kinds[1:])},
    ],
)
def test_rules_that_do_not_hold_together_are_refused(changes: dict[str, object]) -> None:
    whole: dict[str, object] = {name: getattr(RULES, name) for name in RULES.__slots__}
    with pytest.raises(ValueError, match=r".+"):
        checked_rules(WorkRules(**whole | changes))  # type: ignore[arg-type]


def test_what_a_reason_fills_in_is_known() -> None:
    assert {"since", "ago", "what", "because", "naaste"} <= FILLED


def test_a_talk_is_due_after_the_weeks_of_the_practice_and_sooner_when_it_is_urgent() -> None:
    talk = KINDS[Waits.TALK]
    assert due_after(talk, TODAY, INTERVALS) == TODAY + timedelta(weeks=4)
    assert due_after(talk, TODAY, INTERVALS, urgent=True) == TODAY + timedelta(weeks=1)


def test_the_pharmacist_is_told_within_working_days() -> None:
    friday = date(2026, 11, 20)
    assert due_after(KINDS[Waits.TELL_PHARMACY], friday, INTERVALS) == date(2026, 11, 24)


@given(
    kind=st.sampled_from([kind for kind in RULES.kinds if kind.interval or kind.days is not None]),
    begin=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    urgent=st.booleans(),
)
def test_nothing_is_ever_due_before_it_began(kind: WorkKind, begin: date, urgent: bool) -> None:  # noqa: FBT001
    assert due_after(kind, begin, INTERVALS, urgent=urgent) >= begin
