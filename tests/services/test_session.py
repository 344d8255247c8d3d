"""Somebody at work: what each role may do, and that nothing ends without its line in the log."""

import json
from dataclasses import replace

import pytest

from pzdesk import content, paths
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.audit_log import LogFilter
from pzdesk.domain.errors import NotAllowed
from pzdesk.domain.user import Right, Role, User, rights_of
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session, practice_of
from pzdesk.store import tables
from tests.conftest import Clock
from tests.services.test_audit_registry import (
    BEFORE,
    CALLS,
    WITH_KEYS,
    World,
    _keys_for,
    filled,
    rows_in,
    world,
)

__all__ = ["filled", "world"]

NEEDED = {
    Right.SEE_WHO: "patients.rows patients.names patients.people "
    "network.region meetings.meetings practice.practice "
    "practice.look_for_damage diagnostics.practice "
    "users.change_passphrase quick.turn_on quick.turn_off worklist.both worklist.today search.index "
    "emergencies.to_see emergencies.seen writing.take_over",
    Right.READ_FILE: ("patients.file pzps.compare papers.soep papers.handouts"),
    Right.WRITE_FILE: (
        "patients.change patients.record_status patients.retract_status patients.deceased "
        "patients.left_care markeringen.record markeringen.tell network.keep_naaste "
        "network.add_to_team network.end_in_team assessments.assess assessments.keep_plan "
        "screenings.agree_follow_up screenings.close_follow_up "
        "screenings.not_now screenings.reopen_follow_up reviews.plan reviews.hold reviews.drop "
        "reviews.reopen reviews.withdraw screenings.undo_agreement patients.restore_status "
        "network.withdraw_naaste network.withdraw_from_team network.reopen_in_team "
        "meetings.note advices.propose advices.withdraw "
        "consents.record pzps.record pzps.take_back "
        "statements.record statements.withdraw statements.take_back"
    ),
    Right.CAREGIVER: "screenings.screen",
    Right.EUTHANASIA: "euthanasia.record euthanasia.withdraw",
    Right.EMERGENCY: "emergencies.open emergencies.end",
    Right.CONFIRM: "pzps.confirm advices.confirm advices.reject advices.reopen",
    Right.EDIT_REGION: "network.keep_organisation network.keep_professional network.withdraw_from_region",
    Right.PLAN_MEETING: (
        "meetings.proposal meetings.meeting meetings.plan meetings.change meetings.add_item "
        "meetings.change_item meetings.order meetings.take_off meetings.put_back meetings.held "
        "meetings.reopen meetings.withdraw "
        "consents.without_consent papers.agenda "
        "papers.preview_agenda"
    ),
    Right.PRINT_CLINICAL: (
        "papers.pzp papers.sheet papers.home_sheet papers.preview_pzp papers.preview_sheet "
        "papers.preview_home_sheet"
    ),
    Right.ACTIONS: (
        "actions.add actions.close actions.reopen actions.withdraw actions.open_actions actions.both"
    ),
    Right.IMPORT: (
        "patients.add patients.withdraw "
        "patient_lists.columns patient_lists.preview patient_lists.take_in pzps.read_in "
        "pzps.whose"
    ),
    Right.SETTINGS: "practice.change backups.use_second",
    Right.USERS: (
        "practice.users users.add users.change_roles users.remove users.renew_recovery "
        "users.give_passphrase lost.preview lost.sheet"
    ),
    Right.AUDIT: "practice.log logs.lines logs.paper logs.preview logs.table",
    Right.ACCESS_PAPER: "papers.access papers.preview_access",
    Right.VERIFY: "practice.verify",
    Right.COPY_FILE: "inzage.copy",
    Right.DESTROY: (
        "destructions.destroy destructions.destroyed destructions.foresee destructions.kept_too_long"
    ),
    Right.BACKUP: "backups.all backups.compare backups.make backups.rehearse",
}
RIGHT_OF = {name: right for right, names in NEEDED.items() for name in names.split()}
WHO: dict[str, list[str]] = {
    right: row["who"]
    for right, row in json.loads((paths.resources() / "roles.json").read_text(encoding="utf-8"))[
        "rights"
    ].items()
}


def acting(world: World, *roles: Role) -> World:
    session = world.desk.session
    user = replace(session.user, roles=roles)
    return replace(world, desk=desk_over(replace(session, user=user)))


def test_every_call_needs_one_right() -> None:
    assert set(RIGHT_OF) == set(CALLS)


@pytest.mark.parametrize("name", sorted(RIGHT_OF))
def test_who_lacks_the_right_is_refused_and_only_that_stands_in_the_log_and_who_has_it_is_not(
    name: str, world: World
) -> None:
    if name in WITH_KEYS:
        _keys_for(world)
    if name in BEFORE:
        BEFORE[name](world)
    before = {table.name: rows_in(world, table) for table in tables.metadata.sorted_tables}
    may = [Role(role) for role in WHO[RIGHT_OF[name]]]
    refused = [role for role in Role if role not in may]
    for role in refused:
        with pytest.raises(NotAllowed) as told:
            CALLS[name](acting(world, role))
        assert RIGHT_OF[name].value.replace("_", " ") in str(told.value)
    before["audit_event"] += len(refused)
    assert {t.name: rows_in(world, t) for t in tables.metadata.sorted_tables} == before
    CALLS[name](acting(world, may[0]))


def test_somebody_without_roles_and_somebody_who_left_may_do_nothing(
    world: World, clock: Clock
) -> None:
    with pytest.raises(NotAllowed):
        acting(world).desk.patients.rows()
    session = world.desk.session
    gone = replace(session.user, left_at=clock.now)
    with pytest.raises(NotAllowed):
        desk_over(replace(session, user=gone)).patients.rows()


def test_who_loses_a_role_or_leaves_loses_it_in_the_window_that_is_open_too(world: World) -> None:
    session = world.desk.session
    user = User(login="poh", name="POH", roles=(Role.POH,), created_at=session.now)
    with session.writing(Right.USERS) as unit:
        user = unit.add(user)
        unit.commit(AuditEvent.USER_ADDED, What.CREATE)
    theirs, ours = desk_over(replace(session, user=user)), world.desk.users
    more = ours.change_roles(user, (Role.POH, Role.COORDINATOR))
    assert theirs.patients.file(world.patient.id)
    less = ours.change_roles(more, (Role.COORDINATOR,))
    for call in (theirs.patients.names, lambda: theirs.patients.change(world.patient)):
        with pytest.raises(NotAllowed, match="Sluit de praktijk"):
            call()
    with pytest.raises(NotAllowed), theirs.session.looking_ahead(Right.SEE_WHO):
        pass
    back = ours.change_roles(less, (Role.POH,))
    assert theirs.patients.names()
    with session.writing(Right.USERS) as unit:
        unit.replace(replace(back, left_at=session.now))
        unit.commit(AuditEvent.USER_REMOVED, What.UPDATE)
    with pytest.raises(NotAllowed):
        theirs.patients.names()


def test_two_roles_together_have_the_rights_of_both(world: World) -> None:
    both = acting(world, Role.COORDINATOR, Role.BEHEERDER)
    assert both.desk.meetings.meetings()
    assert both.desk.practice.users()
    with pytest.raises(NotAllowed):
        both.desk.patients.file(world.patient.id)


@pytest.mark.parametrize("role", [Role.ASSISTENTE, Role.COORDINATOR, Role.BEHEERDER])
def test_assistente_coordinator_and_beheerder_never_read_or_print_a_file(role: Role) -> None:
    clinical = {Right.READ_FILE, Right.WRITE_FILE, Right.PRINT_CLINICAL, Right.CONFIRM}
    assert clinical.isdisjoint(rights_of((role,), content.rights_matrix()))


def test_who_may_not_is_told_whom_to_ask_where_those_are_few(world: World) -> None:
    desk = acting(world, Role.POH).desk
    with pytest.raises(NotAllowed, match=r"\(logboek\)\. Vraag het een beheerder\.$"):
        desk.logs.lines(LogFilter())
    with pytest.raises(NotAllowed, match=r"Vraag het een huisarts of VS/PA\.$"):
        desk.destructions.kept_too_long()


def test_the_log_says_under_which_roles_somebody_acted(world: World) -> None:
    acting(world, Role.COORDINATOR, Role.POH).desk.meetings.meetings()
    assert acting(world, Role.BEHEERDER).desk.practice.log()[-1].roles == "coordinator,poh"


def test_a_call_without_its_line_is_a_bug_and_keeps_nothing(session: Session) -> None:
    with pytest.raises(RuntimeError), session.writing(Right.WRITE_FILE) as unit:
        unit.keep_setting("x", 1)
    with session.reading(Right.SEE_WHO) as unit:
        assert unit.setting("x") is None
        unit.commit(AuditEvent.SETTINGS_READ, What.READ)


def test_a_setting_that_an_older_pzdesk_did_not_keep_has_its_default(session: Session) -> None:
    with session.writing(Right.SETTINGS) as unit:
        unit.keep_setting("practice", {"name": "Oud", "intervals": {"medication_weeks": 9}})
        practice = practice_of(unit)
        unit.commit(AuditEvent.SETTINGS_READ, What.READ)
    default = content.new_practice("Oud")
    assert practice.intervals == replace(default.intervals, medication_weeks=9)
    assert practice.meeting == default.meeting
