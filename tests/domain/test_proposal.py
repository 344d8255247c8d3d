"""Who is proposed for a meeting: each rule with its sentence, in the order of what presses most."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Sex, sort_key
from pzdesk.domain.practice import LockTimes, Practice
from pzdesk.domain.proposal import AFTER_DEATH, IN_CARE, Facts, Proposal, Reason, propose
from pzdesk.domain.status import Complexity, Phase, Urgency
from tests.domain.work_samples import INTERVALS, MEETING_RULES
from tests.factories import TODAY, a_name

PRACTICE = Practice(
    name="De Brink",
    intervals=INTERVALS,
    meeting=MEETING_RULES,
    lock=LockTimes(minutes=5, meeting_minutes=60),
)
ON = TODAY + timedelta(days=7)
LAST = TODAY - timedelta(days=21)


def _ago(days: int) -> date:
    return ON - timedelta(days=days)


def _facts(key: int = 1, **changes: Any) -> Facts:
    """Somebody of whom nothing asks for a meeting."""
    values: dict[str, Any] = {
        "patient_id": PatientId(key),
        "name": a_name(achternaam=f"Groot{key}"),
        "sex": Sex.MAN,
        "birth_date": date(1940, 2, 1),
        "phase": Phase.SYMPTOM,
        "phase_since": _ago(200),
        "phases": 1,
        "discussed_on": LAST,
    }
    return Facts(**values | changes)


def _proposed(facts: Facts, since: date | None = LAST) -> Proposal | None:
    found = propose([facts], ON, since, PRACTICE)
    assert len(found) <= 1
    return found[0] if found else None


def _reasons(facts: Facts, since: date | None = LAST) -> dict[Reason, str]:
    found = _proposed(facts, since)
    if found is None:
        return {}
    assert len(found.kinds) == len(found.reasons)
    return dict(zip(found.kinds, found.reasons, strict=True))


def test_somebody_with_whom_nothing_is_the_matter_is_not_proposed() -> None:
    assert propose([_facts()], ON, LAST, PRACTICE) == []
    assert propose([], ON, LAST, PRACTICE) == []


# --- the rules one by one ---


def test_who_is_dying_is_proposed_every_time() -> None:
    dying = _facts(phase=Phase.DYING, phase_since=_ago(40), phases=3)
    assert _reasons(dying) == {Reason.DYING: "stervensfase sinds 22-10"}
    assert _reasons(replace(dying, phase_since=None)) == {}


def test_a_phase_that_changed_since_the_last_time_is_a_reason() -> None:
    changed = _facts(phase=Phase.TERMINAL, phase_since=_ago(3), phases=2)
    assert _reasons(changed) == {
        Reason.PHASE: "fase veranderd 28-11: terminaal",
    }
    assert _reasons(replace(changed, phases=1)) == {}, "the first phase is no change"
    assert _reasons(replace(changed, phase_since=LAST)) == {}, "seen at the last meeting"
    assert _reasons(replace(changed, phase=None)) == {}
    assert Reason.PHASE not in _reasons(replace(changed, phase=Phase.DYING))


def test_an_urgency_that_changed_since_the_last_time_is_a_reason() -> None:
    changed = _facts(urgency=Urgency.NOW, urgency_since=_ago(3), urgencies=2)
    assert _reasons(changed) == {Reason.URGENCY: "urgentie veranderd 28-11"}
    assert _reasons(replace(changed, urgencies=1)) == {}
    assert _reasons(replace(changed, urgency_since=LAST)) == {}


def test_who_was_marked_since_the_last_time_is_new() -> None:
    marked = _facts(marked_on=_ago(3), pzp_count=1)
    assert _reasons(marked) == {Reason.MARKED: "nieuw gemarkeerd 28-11"}
    assert _reasons(replace(marked, marked_on=LAST)) == {}
    never = replace(marked, marked_on=_ago(30), discussed_on=None)
    assert _reasons(never) == {Reason.MARKED: "nieuw gemarkeerd 01-11"}


def test_what_began_before_the_last_time_and_was_heard_of_after_it_is_a_reason() -> None:
    before, after = LAST - timedelta(days=4), LAST + timedelta(days=1)
    phase = _facts(phase=Phase.TERMINAL, phase_since=before, phases=2)
    assert _reasons(replace(phase, phase_heard=LAST)) == {}
    heard = replace(phase, phase_heard=after)
    assert set(_reasons(heard)) == {Reason.PHASE}
    assert set(_reasons(replace(heard, discussed_on=None))) == {Reason.PHASE}
    assert _reasons(replace(heard, discussed_on=None, phase_since=_ago(90)), since=None) == {}, (
        "history typed over before there ever was a meeting is no news"
    )
    urgency = _facts(urgency=Urgency.NOW, urgency_since=before, urgencies=2)
    assert _reasons(replace(urgency, urgency_heard=LAST)) == {}
    assert set(_reasons(replace(urgency, urgency_heard=after))) == {Reason.URGENCY}
    marked = _facts(marked_on=before, pzp_count=1)
    assert _reasons(replace(marked, marked_heard=LAST)) == {}
    assert set(_reasons(replace(marked, marked_heard=after))) == {Reason.MARKED}


def test_a_change_is_news_to_who_was_never_discussed_since_the_meeting_before() -> None:
    changed = _facts(phase=Phase.TERMINAL, phase_since=_ago(3), phases=2, discussed_on=None)
    assert set(_reasons(changed)) == {Reason.PHASE}
    assert _reasons(replace(changed, phase_since=LAST)) == {}
    assert set(_reasons(replace(changed, phase_since=_ago(83)), since=None)) == {Reason.PHASE}
    assert _reasons(replace(changed, phase_since=_ago(84)), since=None) == {}


def test_changes_of_who_is_not_or_no_longer_marked_are_no_reason() -> None:
    changed = _facts(phase=Phase.TERMINAL, phase_since=_ago(3), phases=2)
    changed = replace(changed, urgency=Urgency.NOW, urgency_since=_ago(3), urgencies=2)
    assert set(_reasons(changed)) == {Reason.PHASE, Reason.URGENCY}
    assert _reasons(replace(changed, left_markering=True)) == {}


def test_who_is_dying_is_proposed_though_no_longer_marked() -> None:
    dying = _facts(phase=Phase.DYING, phase_since=_ago(3), left_markering=True)
    assert set(_reasons(dying)) == {Reason.DYING}


def test_who_was_never_discussed_is_new_until_it_is_long_ago() -> None:
    marked = _facts(marked_on=_ago(83), pzp_count=1, discussed_on=None)
    assert set(_reasons(marked)) == {Reason.MARKED}
    assert set(_reasons(replace(marked, marked_on=_ago(84)))) == {Reason.NOT_DISCUSSED}


def test_an_open_follow_up_for_a_mantelzorger_is_a_reason() -> None:
    waiting = _facts(follow_ups=(_ago(3), _ago(9)))
    assert _reasons(waiting) == {
        Reason.CAREGIVER: "vervolg mantelzorger open sinds 22-11",
    }


def test_who_is_marked_without_a_pzp_is_proposed_until_there_is_one() -> None:
    marked = _facts(marked_on=_ago(60), discussed_on=LAST)
    assert _reasons(marked) == {Reason.NO_PZP: "nog geen PZP, gemarkeerd 02-10"}
    assert _reasons(replace(marked, pzp_count=1)) == {}
    assert _reasons(replace(marked, marked_on=None)) == {}


def test_a_pzp_from_before_the_marking_is_no_pzp_after_it() -> None:
    marked = _facts(marked_on=_ago(60), pzp_count=1, pzp_on=_ago(61))
    assert _reasons(marked) == {
        Reason.NO_PZP: "PZP van 01-10, nog niet herzien sinds de markering 02-10"
    }
    assert _reasons(replace(marked, pzp_on=_ago(60))) == {}
    assert _reasons(replace(marked, pzp_seen=_ago(60))) == {}, "talked about again since"
    assert set(_reasons(replace(marked, pzp_seen=_ago(61)))) == {Reason.NO_PZP}
    assert _reasons(replace(marked, pzp_on=None)) == {}, "nobody knows of when it is"


def test_every_late_review_is_told_with_its_day() -> None:
    late = _facts(late_reviews=(("medicatiereview", _ago(5)), ("pijn", _ago(1)), ("x", ON)))
    found = _proposed(late)
    assert found is not None
    assert found.kinds == (Reason.REVIEW,)
    assert found.reasons == (
        "medicatiereview open, was voor 26-11",
        "pijn open, was voor 30-11",
    )


def test_open_actions_are_counted_from_the_oldest() -> None:
    assert _reasons(_facts(actions=(_ago(9),))) == {Reason.ACTION: "1 actie open sinds 22-11"}
    assert _reasons(_facts(actions=(_ago(9), _ago(30), _ago(2)))) == {
        Reason.ACTION: "3 acties open, oudste 01-11",
    }


@pytest.mark.parametrize(("days", "expected"), [(83, None), (84, 12), (90, 12), (91, 13)])
def test_who_was_not_discussed_for_twelve_weeks_is_proposed(
    days: int, expected: int | None
) -> None:
    reasons = _reasons(_facts(discussed_on=_ago(days)))
    assert reasons == (
        {Reason.NOT_DISCUSSED: f"{expected} weken niet besproken"} if expected else {}
    )


@pytest.mark.parametrize(
    ("discussed", "is_back"), [(None, True), (_ago(30), True), (LAST, False), (_ago(1), False)]
)
def test_who_was_passed_over_comes_back_until_they_were_discussed(
    discussed: date | None, *, is_back: bool
) -> None:
    reasons = _reasons(_facts(discussed_on=discussed, passed_over_on=LAST))
    assert reasons == ({Reason.PASSED_OVER: "niet aan bod gekomen op 03-11"} if is_back else {})


def test_who_was_never_discussed_counts_from_the_marking() -> None:
    marked = _facts(marked_on=_ago(100), pzp_count=1, discussed_on=None)
    assert _reasons(marked)[Reason.NOT_DISCUSSED] == "14 weken gemarkeerd, nog nooit besproken"
    assert _reasons(_facts(discussed_on=None)) == {}, "not marked and never discussed"


@pytest.mark.parametrize(
    ("days", "shown"), [(0, "01-12"), (299, "05-02"), (300, "04-02-2026"), (400, "27-10-2025")]
)
def test_a_day_carries_its_year_where_there_could_be_doubt(days: int, shown: str) -> None:
    assert _reasons(_facts(actions=(_ago(days),)))[Reason.ACTION].endswith(f"sinds {shown}")


def test_several_reasons_stand_together_the_most_pressing_first() -> None:
    much = _facts(
        phase=Phase.DYING,
        phase_since=_ago(1),
        phases=2,
        actions=(_ago(9),),
        follow_ups=(_ago(2),),
        late_reviews=(("pijn", _ago(2)), ("angst", _ago(1))),
    )
    found = _proposed(much)
    assert found is not None
    assert found.kinds == (Reason.DYING, Reason.CAREGIVER, Reason.REVIEW, Reason.ACTION)
    assert len(found.reasons) == 5


def test_every_reason_has_one_rule() -> None:
    assert [reason for reason, _ in (*IN_CARE, *AFTER_DEATH)] == list(Reason)


# --- after a death ---


def _deceased(days_ago: int, **changes: Any) -> Facts:
    return _facts(phase=Phase.DECEASED, phase_since=_ago(days_ago), phases=4, **changes)


def test_who_died_since_the_last_meeting_is_evaluated_once() -> None:
    died = _deceased(10)
    assert _reasons(died) == {Reason.DIED: "overleden op 21-11, evaluatie"}
    assert _reasons(replace(died, discussed_since_death=True)) == {}


def test_a_death_heard_of_after_the_last_meeting_is_evaluated_for_twelve_weeks() -> None:
    assert _reasons(replace(_deceased(0), phase_since=LAST)) != {}
    assert _reasons(replace(_deceased(0), phase_since=LAST - timedelta(days=1))) != {}
    assert _reasons(replace(_deceased(0), phase_since=LAST - timedelta(weeks=12))) == {}


def test_without_a_meeting_before_who_died_in_the_last_twelve_weeks_is_evaluated() -> None:
    assert _reasons(_deceased(84), since=None) != {}
    assert _reasons(_deceased(85), since=None) == {}


def test_nobody_is_evaluated_before_dying() -> None:
    assert _reasons(_deceased(-1)) == {}
    assert _reasons(replace(_deceased(1), phase_since=None)) == {}


def test_who_died_is_never_proposed_for_care() -> None:
    pressing = _deceased(
        10,
        urgency=Urgency.NOW,
        urgency_since=_ago(1),
        urgencies=3,
        marked_on=_ago(30),
        late_reviews=(("pijn", _ago(5)),),
        follow_ups=(_ago(3),),
        actions=(_ago(3),),
    )
    assert set(_reasons(pressing)) == {Reason.DIED}
    assert _reasons(replace(pressing, discussed_since_death=True)) == {}


# --- order and time ---


def test_dying_comes_first_and_the_evaluation_last_whatever_the_urgency() -> None:
    dying = _facts(1, phase=Phase.DYING, phase_since=_ago(1), urgency=Urgency.CALM)
    urgent = _facts(2, actions=(_ago(1),), urgency=Urgency.NOW)
    died = replace(_deceased(5), patient_id=PatientId(3), urgency=Urgency.NOW)
    for order in permutations((dying, urgent, died)):
        found = propose(order, ON, LAST, PRACTICE)
        assert [proposal.patient_id for proposal in found] == [1, 2, 3]


def test_between_them_urgency_then_reason_then_name_decides() -> None:
    def waiting(key: int, urgency: Urgency | None, **changes: Any) -> Facts:
        return _facts(key, urgency=urgency, **changes)

    action = {"actions": (_ago(1),)}
    follow_up = {"follow_ups": (_ago(1),)}
    facts = [
        waiting(1, Urgency.NOW, **action),
        waiting(2, Urgency.SOON, **follow_up),
        waiting(3, Urgency.SOON, **action, name=a_name(achternaam="Ærø", name_order="NL1")),
        waiting(4, Urgency.SOON, **action, name=a_name(achternaam="Zwart", name_order="NL1")),
        waiting(5, Urgency.UNDECIDED, **follow_up),
        waiting(6, None, **action),
        waiting(7, Urgency.CALM, **follow_up),
    ]
    for shift in range(len(facts)):
        found = propose(facts[shift:] + facts[:shift], ON, LAST, PRACTICE)
        assert [proposal.patient_id for proposal in found] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [
        ({"actions": (_ago(1),)}, 4),
        ({"actions": (_ago(1),), "complexity": Complexity.LOW}, 4),
        ({"actions": (_ago(1),), "complexity": Complexity.COMPLEX}, 10),
        ({"actions": (_ago(1),), "complexity": Complexity.HIGH}, 10),
        ({"actions": (_ago(1),), "discussed_on": None}, 10),
        ({"marked_on": _ago(1)}, 10),
        ({"phase": Phase.DYING, "phase_since": _ago(50)}, 10),
        ({"phase": Phase.TERMINAL, "phase_since": _ago(1), "phases": 2}, 10),
        ({"phase": Phase.DECEASED, "phase_since": _ago(1), "complexity": Complexity.HIGH}, 6),
    ],
)
def test_who_is_new_complex_or_changing_gets_more_time(
    changes: dict[str, Any], minutes: int
) -> None:
    found = _proposed(_facts(**changes))
    assert found is not None
    assert found.minutes == minutes


DAYS = st.none() | st.integers(-3, 120).map(_ago)
ANY_FACTS = st.builds(
    _facts,
    st.integers(1, 9),
    phase=st.none() | st.sampled_from(Phase),
    phase_since=DAYS,
    phases=st.integers(0, 3),
    urgency=st.none() | st.sampled_from(Urgency),
    urgency_since=DAYS,
    urgencies=st.integers(0, 3),
    complexity=st.none() | st.sampled_from(Complexity),
    marked_on=DAYS,
    left_markering=st.booleans(),
    pzp_count=st.integers(0, 2),
    late_reviews=st.lists(st.tuples(st.just("pijn"), st.integers(-2, 9).map(_ago)), max_size=2).map(
        tuple
    ),
    follow_ups=st.lists(st.integers(0, 9).map(_ago), max_size=2).map(tuple),
    actions=st.lists(st.integers(0, 9).map(_ago), max_size=2).map(tuple),
    discussed_on=DAYS,
    discussed_since_death=st.booleans(),
    passed_over_on=DAYS,
)


@given(st.lists(ANY_FACTS, max_size=6, unique_by=lambda facts: facts.patient_id), DAYS)
def test_of_anybody_the_proposal_keeps_to_its_rules(facts: list[Facts], since: date | None) -> None:
    found = propose(facts, ON, since, PRACTICE)
    by_id = {fact.patient_id: fact for fact in facts}
    assert len({proposal.patient_id for proposal in found}) == len(found)
    for proposal in found:
        fact = by_id[proposal.patient_id]
        assert proposal.kinds
        assert list(proposal.kinds) == sorted(set(proposal.kinds), key=list(Reason).index)
        assert len(proposal.reasons) >= len(proposal.kinds)
        assert (Reason.DIED in proposal.kinds) == (fact.phase == Phase.DECEASED)
        if Reason.DIED in proposal.kinds:
            assert proposal.kinds == (Reason.DIED,)
            assert not fact.discussed_since_death
        assert (proposal.name, proposal.sex) == (fact.name, fact.sex)
        assert (proposal.birth_date, proposal.urgency) == (fact.birth_date, fact.urgency)
    groups = [
        0 if proposal.kinds[0] is Reason.DYING else 2 if proposal.kinds[0] is Reason.DIED else 1
        for proposal in found
    ]
    assert groups == sorted(groups)
    again = propose(list(reversed(facts)), ON, since, PRACTICE)
    names = {sort_key(proposal.name) for proposal in found}
    assert len(names) < len(found) or again == found
