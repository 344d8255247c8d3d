"""The work list as the window asks it: for the acting user, by rights, with one line in the log."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import NotAllowed
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.status import Phase, StatusKind, Urgency
from pzdesk.domain.user import Role
from pzdesk.domain.work_rules import Waits
from pzdesk.domain.worklist import WorkList
from pzdesk.services.desk import Desk, desk_over
from tests import factories
from tests.factories import TODAY


def acting(desk: Desk, *roles: Role, **changes: object) -> Desk:
    user = replace(desk.session.user, roles=roles, **changes)  # type: ignore[arg-type]
    return desk_over(replace(desk.session, user=user))


def kinds(found: WorkList) -> list[list[Waits]]:
    return [[entry.kind for entry in (row.first, *row.more)] for row in found.rows]


def test_a_new_patient_waits_to_be_judged_until_that_is_done(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    assert kinds(desk.worklist.both()[1]) == [[Waits.NOT_JUDGED]]
    desk.markeringen.record(
        factories.a_step(anna.id, MarkeringState.MARKED, on=TODAY - timedelta(days=30))
    )
    (waiting,) = kinds(desk.worklist.both()[1])
    assert waiting[:2] == [Waits.TALK, Waits.NO_PZP]
    assert Waits.NOT_JUDGED not in waiting


def test_what_is_done_goes_from_the_list_and_what_is_undone_comes_back(desk: Desk) -> None:
    action = desk.actions.add(who=desk.session.user.name, what="bellen", due=TODAY)
    assert desk.worklist.today().count == 1
    closed = desk.actions.close(action, on=TODAY, outcome="")
    assert desk.worklist.today().count == 0
    desk.actions.reopen(closed)
    assert desk.worklist.today().count == 1


def test_urgency_that_changes_today_changes_the_order_today(desk: Desk) -> None:
    people = [
        desk.patients.add(factories.a_patient(name=factories.a_name(achternaam=name)))
        for name in ("Eerst", "Later")
    ]
    for patient, days in zip(people, (30, 2), strict=True):
        desk.actions.add(
            who="POH", what="bellen", due=TODAY - timedelta(days=days), patient_id=patient.id
        )
    assert [row.person.id for row in desk.worklist.both()[1].rows if row.person] == [1, 2]
    desk.patients.record_status(people[1].id, StatusKind.URGENCY, Urgency.NOW, since=TODAY)
    assert [row.person.id for row in desk.worklist.both()[1].rows if row.person] == [2, 1]
    desk.patients.record_status(people[0].id, StatusKind.PHASE, Phase.DYING, since=TODAY)
    assert [row.person.id for row in desk.worklist.both()[1].rows if row.person] == [1, 2]


def test_mine_alone_is_the_mine_of_both_and_each_leaves_one_line(desk: Desk) -> None:
    desk.patients.add(factories.a_patient())
    desk.actions.add(who=desk.session.user.name, what="bellen")
    before = len(desk.practice.log())
    mine, everybody = desk.worklist.both()
    assert desk.worklist.today() == mine
    assert (mine.count, everybody.count) == (1, 2)
    events = [row.event for row in desk.practice.log()[before:]]
    assert events.count(AuditEvent.WORK_LISTED) == 2


def test_who_may_not_read_files_gets_neutral_lines_only(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    desk.patients.record_status(anna.id, StatusKind.PHASE, Phase.DYING, since=TODAY)
    desk.actions.add(who="POH", what="morfine bestellen", patient_id=anna.id)
    desk.meetings.plan(on=TODAY + timedelta(days=2), starts=time(12, 30), patients=(anna.id,))
    for role, words in (
        (Role.ASSISTENTE, {"Actie open"}),
        (Role.COORDINATOR, {"Actie open", "Overleg voorbereiden"}),
    ):
        _, found = acting(desk, role).worklist.both()
        assert {e.words for row in found.rows for e in (row.first, *row.more)} == words
        assert all(row.person.phase is None for row in found.rows if row.person)
        assert not any(e.page == "dossier" for row in found.rows for e in (row.first, *row.more))
    assert acting(desk, Role.BEHEERDER).worklist.both()[1].count == 0


def test_without_any_role_there_is_no_list(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        acting(desk).worklist.today()


def test_a_user_linked_to_a_professional_has_the_people_of_that_professional(desk: Desk) -> None:
    hoekstra = desk.network.keep_professional(factories.a_professional())
    anna = desk.patients.add(factories.a_patient())
    desk.patients.record_status(
        anna.id, StatusKind.CENTRAL_CARER, since=TODAY, professional_id=hoekstra.id
    )
    assert desk.worklist.today().count == 0
    linked = acting(desk, Role.POH, name="iemand", professional_id=hoekstra.id)
    assert linked.worklist.today().count == 1
    named = acting(desk, Role.POH, name="F. Hoekstra")
    assert named.worklist.today().count == 1
