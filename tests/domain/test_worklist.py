"""The work list: one line per person, by what it means for them before how late it is; mine and of all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.status import Phase, Urgency
from pzdesk.domain.user import Role
from pzdesk.domain.work_facts import WorkFacts
from pzdesk.domain.work_rules import DECEASED, Waits
from pzdesk.domain.worklist import Me, Reader, WorkList, WorkRow, who_am_i, work_lists
from tests.domain.work_samples import (
    NAMES,
    a_fact,
    a_follow_up,
    a_meeting,
    a_person,
    a_reader,
    a_review,
    ago,
    an_action,
    entries,
)
from tests.factories import TODAY, a_user


def lists(
    *facts: WorkFacts, reader: Reader | None = None, **more: Any
) -> tuple[WorkList, WorkList]:
    return work_lists(facts, more.get("loose", ()), more.get("meetings", ()), reader or a_reader())


def ids(rows: Sequence[WorkRow]) -> list[int]:
    return [int(row.person.id) for row in rows if row.person is not None]


def late(key: int, days: int = 1, **person: Any) -> WorkFacts:
    return a_fact(person=a_person(key, **person), reviews=(a_review(ago(days)),))


def test_the_dying_come_first_then_urgency_and_only_then_how_late_it_is() -> None:
    _, found = lists(
        late(1, 300, urgency=Urgency.CALM),
        late(2, 2, urgency=Urgency.SOON),
        late(3, 1, urgency=Urgency.CALM, phase=Phase.DYING),
        late(4, 9, urgency=Urgency.NOW),
        late(5, 40, urgency=Urgency.SOON),
        late(6, 3, urgency=None),
        late(7, 5, urgency=Urgency.CALM, phase=Phase.TERMINAL),
    )
    assert ids(found.late) == [3, 4, 7, 5, 2, 6, 1]


def test_after_a_death_the_urgency_of_before_counts_no_more() -> None:
    died = replace(
        late(1, 300, urgency=Urgency.NOW, phase=Phase.DECEASED),
        standing=DECEASED,
        told=((Phase.DECEASED.value, TODAY),),
    )
    _, found = lists(died, late(2, 1, urgency=Urgency.CALM))
    assert ids(found.late) == [2, 1]


def test_what_is_late_this_week_and_soon_stand_apart() -> None:
    _, found = lists(*(late(number, days) for number, days in enumerate((1, 0, -6, -7, -28), 1)))
    assert (ids(found.late), ids(found.week), ids(found.soon)) == ([1], [2, 3], [4, 5])


def test_a_person_has_one_line_with_what_presses_most_and_the_rest_beneath() -> None:
    fact = a_fact(
        reviews=(a_review(ago(50)),),
        actions=(an_action(ago(90)), an_action(ago(-3), id=8)),
        follow_ups=((a_follow_up(ago(1)), "dochter"),),
    )
    _, found = lists(fact)
    (row,) = found.rows
    assert row.first.kind is Waits.AGREE_FOLLOW_UP
    assert [entry.kind for entry in row.more] == [Waits.REVIEW, Waits.ACTION, Waits.ACTION]
    assert [entry.due for entry in row.more] == [ago(50), ago(90), ago(-3)]


def test_mine_is_what_names_me_or_is_of_a_person_of_mine() -> None:
    others: dict[str, Any] = {"responsible": 12, "central_carer": 12}
    facts = (
        a_fact(1, reviews=(a_review(ago(1)),)),
        a_fact(2, reviews=(a_review(ago(1)),), **others),
        a_fact(3, actions=(an_action(ago(1), who="dr. De Boer"),), **others),
        a_fact(4, actions=(an_action(ago(1), who="F. Hoekstra en dr. De Boer"),), **others),
        a_fact(5, actions=(an_action(ago(1), who="dr. De Boerma"),), **others),
        a_fact(6, reviews=(a_review(ago(1)),), responsible=12, central_carer=11),
    )
    mine, everybody = lists(*facts)
    assert sorted(ids(mine.rows)) == [1, 3, 4, 6]
    assert sorted(ids(everybody.rows)) == [1, 2, 3, 4, 5, 6]


def test_of_somebody_elses_person_only_what_names_me_is_mine() -> None:
    fact = a_fact(
        responsible=12,
        central_carer=12,
        reviews=(a_review(ago(5)),),
        actions=(an_action(ago(1), who="dr. De Boer"),),
    )
    mine, everybody = lists(fact)
    assert [e.kind for e in (mine.rows[0].first, *mine.rows[0].more)] == [Waits.ACTION]
    assert len(everybody.rows[0].more) == 1


def test_a_task_of_nobody_is_of_the_responsible_clinician_and_else_of_the_central_carer() -> None:
    review = (a_review(ago(1)),)
    assert entries(a_fact(reviews=review))[0].who == "dr. De Boer"
    assert entries(a_fact(reviews=review, responsible=None))[0].who == "F. Hoekstra"
    assert entries(a_fact(reviews=review, responsible=None, central_carer=None))[0].who == ""


def test_what_is_of_nobody_is_of_whoever_marked_until_somebody_is_responsible() -> None:
    alone = a_fact(
        reviews=(a_review(ago(1)),), responsible=None, central_carer=None, marked_by="Dr. de Boer"
    )
    mine, everybody = lists(alone, reader=a_reader())
    assert ids(mine.rows) == ids(everybody.rows) == [1]
    assert mine.rows[0].first.who == "Dr. de Boer"
    other, _ = lists(
        alone,
        reader=a_reader(me=Me(user_id=2, names=frozenset({"smit"}), professionals=frozenset())),
    )
    assert ids(other.rows) == []
    taken = replace(alone, responsible=99)
    assert ids(lists(taken, reader=a_reader())[0].rows) == []


def test_a_user_is_whom_they_are_linked_to_and_who_bears_their_name() -> None:
    user = a_user(name="Dr. de Boer", professional_id=12)
    assert who_am_i(user, NAMES) == Me(
        user_id=1, names=frozenset({"dr de boer", "f hoekstra"}), professionals=frozenset({11, 12})
    )


@pytest.mark.parametrize(
    ("who", "named"),
    [
        ("dr. De Boer", True),
        ("dr. De Boer, huisarts", True),
        ("POH en dr. De Boer", True),
        ("dr. De Boer/POH", True),
        ("dr. De Boerma", False),
        ("", False),
    ],
)
def test_a_name_is_known_alone_or_among_others(who: str, named: bool) -> None:  # noqa: FBT001
    assert who_am_i(a_user(name="dr. De Boer"), {}).is_named(who) is named


# --- actions without a patient, and meetings ---


def test_an_action_without_a_patient_has_a_line_of_its_own_on_the_page_of_actions() -> None:
    mine, everybody = lists(loose=(an_action(ago(1)), an_action(None, id=9, who="dr. De Boer")))
    assert [row.name for row in everybody.rows] == ["Zonder patiënt", "Zonder patiënt"]
    (row,) = mine.rows
    assert (row.first.page, row.first.act, row.first.due) == ("acties", "afronden-9", None)


def test_a_meeting_that_is_not_prepared_stands_there_with_what_is_missing() -> None:
    _, found = lists(meetings=(a_meeting(ago(-3), "", "hoe verder?"),))
    (row,) = found.week
    assert row.first.words == "Overleg van 27-11: 1 van 2 nog zonder bespreekvraag"
    assert (row.meeting_id, row.first.page, row.first.section) == (1, "mdo", "voorbereiden")
    _, empty = lists(meetings=(a_meeting(ago(-3)),))
    assert empty.rows[0].first.words == "Overleg van 27-11: nog niemand op de agenda"
    _, ready = lists(meetings=(a_meeting(ago(-3), "hoe verder?"),))
    assert ready.count == 0
    assert ready.meeting is not None


def test_a_meeting_of_the_past_waits_to_be_closed_and_is_not_the_next() -> None:
    _, found = lists(meetings=(a_meeting(ago(2), "hoe verder?"),))
    assert found.late[0].first.words == "Overleg van 22-11 nog niet afgerond"
    assert found.meeting is None


def test_the_next_meeting_says_how_full_it_is_and_who_has_no_question() -> None:
    far, near = a_meeting(ago(-20), "x", key=2), a_meeting(ago(-3), "", "hoe verder?")
    _, found = lists(meetings=(far, near))
    assert found.meeting is not None
    assert (found.meeting.id, found.meeting.people) == (1, 2)
    assert found.meeting.without_question == ("Dhr. Groot1",)
    assert found.meeting.available == 60


def test_a_meeting_is_mine_when_i_chair_or_planned_it() -> None:
    for changes, count in (
        ({}, 0),
        ({"chair": "dr. De Boer"}, 1),
        ({"recorded_by": 1}, 1),
    ):
        mine, everybody = lists(meetings=(a_meeting(ago(-3), "", **changes),))
        assert (mine.count, everybody.count) == (count, 1)


# --- who may not read files ---


def test_who_may_not_read_files_gets_neutral_lines_of_people_without_phase_or_urgency() -> None:
    fact = a_fact(
        person=a_person(phase=Phase.DYING, urgency=Urgency.NOW),
        reviews=(a_review(ago(5)),),
        received=(1, ago(10)),
        actions=(an_action(ago(1), what="morfine bestellen"),),
    )
    _, found = lists(fact, reader=a_reader(Role.ASSISTENTE))
    (row,) = found.rows
    assert (row.first.words, row.first.page, row.first.section) == ("Actie open", "acties", "")
    assert row.more == ()
    assert row.person is not None
    assert (row.person.phase, row.person.urgency) == (None, None)


def test_neutral_lines_are_not_ordered_by_what_their_reader_may_not_know() -> None:
    facts = (
        a_fact(person=a_person(1, urgency=Urgency.CALM), actions=(an_action(ago(9)),)),
        a_fact(person=a_person(2, phase=Phase.DYING), actions=(an_action(ago(1)),)),
    )
    _, found = lists(*facts, reader=a_reader(Role.ASSISTENTE))
    assert ids(found.rows) == [1, 2]


def test_a_coordinator_sees_meetings_in_neutral_words_and_an_assistente_none() -> None:
    meetings = (a_meeting(ago(-3), "", "hoe verder?"),)
    _, found = lists(meetings=meetings, reader=a_reader(Role.COORDINATOR))
    assert found.rows[0].first.words == "Overleg voorbereiden"
    assert found.meeting is not None
    _, found = lists(meetings=meetings, reader=a_reader(Role.ASSISTENTE))
    assert (found.count, found.meeting) == (0, None)


def test_a_death_is_no_secret() -> None:
    fact = a_fact(
        person=a_person(phase=Phase.DECEASED, urgency=Urgency.NOW),
        standing=DECEASED,
        actions=(an_action(ago(1)),),
    )
    _, found = lists(fact, reader=a_reader(Role.ASSISTENTE))
    assert found.rows[0].person is not None
    assert found.rows[0].person.phase == Phase.DECEASED


# --- for any practice ---

DAYS = st.sampled_from([-40, -28, -7, -6, -1, 0, 1, 2, 60]).map(ago)
WHO = st.sampled_from(["dr. De Boer", "F. Hoekstra", "POH, dr. De Boer", ""])


@st.composite
def _facts(draw: st.DrawFn) -> list[WorkFacts]:
    made = []
    for key in range(1, draw(st.integers(0, 7)) + 1):
        phase = draw(st.sampled_from([None, *Phase]))
        person = a_person(key, phase=phase, urgency=draw(st.sampled_from([None, *Urgency])))
        marked: date | None = draw(st.none() | DAYS.filter(lambda day: day <= TODAY))
        made.append(
            a_fact(
                person=person,
                standing=DECEASED
                if phase == Phase.DECEASED
                else draw(st.sampled_from(["in_zorg", "uit_zorg"])),
                responsible=draw(st.sampled_from([None, 11, 12])),
                state=draw(st.sampled_from([None, "te_beoordelen", "gemarkeerd", "besproken"])),
                marked_on=marked,
                pzp_on=draw(st.none() | st.just(ago(200))),
                pzp_count=draw(st.integers(0, 1)),
                reviews=tuple(a_review(day) for day in draw(st.lists(DAYS, max_size=2))),
                actions=tuple(
                    an_action(day, id=number, who=draw(WHO))
                    for number, day in enumerate(draw(st.lists(st.none() | DAYS, max_size=2)))
                ),
            )
        )
    return made  # fmt: skip


def rank(row: WorkRow, reader: Reader) -> int:
    order = [*reader.rules.order]
    person = row.person
    assert person is not None
    words = [person.phase or ""]
    if person.phase != Phase.DECEASED:
        words.append(person.urgency or Urgency.UNDECIDED)
    return min((order.index(word) for word in words if word in order), default=len(order))


@given(facts=_facts(), role=st.sampled_from([Role.HUISARTS, Role.PZVP, Role.ASSISTENTE]))
def test_any_list_has_a_line_per_person_in_its_group_by_meaning_and_then_by_day(
    facts: list[WorkFacts], role: Role
) -> None:
    reader = a_reader(role)
    mine, everybody = lists(*facts, reader=reader)
    week = TODAY + timedelta(days=reader.rules.week_days)
    for found in (mine, everybody):
        assert found.count == len(found.rows) == len(set(ids(found.rows)))
        assert all(row.first.due is not None and row.first.due < TODAY for row in found.late)
        assert all(row.first.due and TODAY <= row.first.due <= week for row in found.week)
        assert all(row.first.due is None or row.first.due > week for row in found.soon)
        for group in (found.late, found.week, found.soon):
            keys = [(rank(row, reader), row.first.due or date.max) for row in group]
            assert keys == sorted(keys)
    assert set(ids(mine.rows)) <= set(ids(everybody.rows))
    told = {
        int(fact.person.id): len(entries(fact, reader)) for fact in facts if entries(fact, reader)
    }
    assert {int(r.person.id): 1 + len(r.more) for r in everybody.rows if r.person} == told
    own = [entry for row in mine.rows for entry in (row.first, *row.more)]
    assert all(entry.is_mine for entry in own)
