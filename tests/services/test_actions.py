"""Actions: agreed with who and what, and open until they are closed."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from pzdesk.domain.errors import BadInput, NotFound, Refused, Stale
from pzdesk.domain.patient import PatientId
from pzdesk.services.desk import Desk
from tests import factories
from tests.factories import TODAY


def test_an_action_is_of_a_patient_of_a_meeting_or_of_nobody(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30))
    desk.actions.add(who="POH", what="bellen", patient_id=anna.id, meeting_id=meeting.id)
    desk.actions.add(who="CK'er", what="zaal reserveren")
    of_anna, of_nobody = desk.actions.open_actions()
    assert (of_anna.patient_id, of_anna.meeting_id, of_anna.since) == (anna.id, meeting.id, TODAY)
    assert (of_nobody.patient_id, of_nobody.meeting_id) == (None, None)
    assert desk.patients.file(anna.id).open_actions == (of_anna,)


def test_actions_go_by_the_day_they_are_due_and_those_without_come_last(desk: Desk) -> None:
    for what, days in (("later", 9), ("ooit", None), ("eerst", 1)):
        due = None if days is None else TODAY + timedelta(days=days)
        desk.actions.add(who="POH", what=what, due=due)
    assert [action.what for action in desk.actions.open_actions()] == ["eerst", "later", "ooit"]


def test_who_and_what_are_needed_and_what_is_named_exists(desk: Desk) -> None:
    for who, what in (("", "bellen"), ("POH", " \n")):
        with pytest.raises(BadInput, match="wie wat doet"):
            desk.actions.add(who=who, what=what)
    with pytest.raises(BadInput, match=r"20\.000"):
        desk.actions.add(who="POH", what="x" * 20_001)
    with pytest.raises(NotFound):
        desk.actions.add(who="POH", what="bellen", patient_id=PatientId(9))
    with pytest.raises(NotFound):
        desk.actions.add(who="POH", what="bellen", meeting_id=9)
    assert desk.actions.open_actions() == []


def test_a_closed_action_leaves_the_list_with_its_outcome(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    action = desk.actions.add(who="POH", what="bellen", patient_id=anna.id)
    desk.actions.close(action, on=TODAY, outcome="staat in HIS, bijgewerkt op 24-11-2026")
    assert desk.actions.open_actions() == []
    (kept,) = desk.patients.file(anna.id).actions
    assert (kept.done_on, kept.outcome) == (TODAY, "staat in HIS, bijgewerkt op 24-11-2026")


def test_an_action_is_closed_once_not_tomorrow_and_not_from_an_old_version(desk: Desk) -> None:
    action = desk.actions.add(who="POH", what="bellen")
    with pytest.raises(BadInput, match="toekomst"):
        desk.actions.close(action, on=TODAY + timedelta(days=1))
    with pytest.raises(Stale):
        desk.actions.close(replace(action, version=7), on=TODAY)
    closed = desk.actions.close(action, on=TODAY)
    with pytest.raises(Refused, match="al afgerond"):
        desk.actions.close(closed, on=TODAY)
    with pytest.raises(NotFound):
        desk.actions.close(replace(action, id=99), on=TODAY)


def test_mine_is_what_names_me_alone_or_with_others_and_everybody_has_all(desk: Desk) -> None:
    me = desk.session.user.name
    for who in (me, f"F. Hoekstra en {me}", "F. Hoekstra"):
        desk.actions.add(who=who, what="bellen")
    mine, everybody = desk.actions.both()
    assert [action.who for action in mine] == [me, f"F. Hoekstra en {me}"]
    assert everybody == desk.actions.open_actions()
