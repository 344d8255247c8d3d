"""Every public service method leaves exactly one line in the log, and none when it is rolled back."""

import inspect
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pzdesk import content
from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice, AdviceKind
from pzdesk.domain.assessment import Assessment, Dimension, Finding, Weight
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.audit_log import LogFilter
from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.emergency import LASTS, EmergencyAccess
from pzdesk.domain.errors import StoreError
from pzdesk.domain.euthanasia import EuthanasiaRequest, EuthanasiaState
from pzdesk.domain.markering import MarkeringState, Told, Whom
from pzdesk.domain.mdo import (
    AgendaItem,
    ConsentAnswer,
    ItemNotes,
    Meeting,
    ParticipantKind,
)
from pzdesk.domain.network import Naaste, Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient
from pzdesk.domain.plan import AcutePlan, Scenario
from pzdesk.domain.pzp import Answer, PzpVersion
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp
from pzdesk.domain.statement import Statement
from pzdesk.domain.status import Care, Phase, Status, StatusKind
from pzdesk.domain.user import Role, User
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.security import keychain, keys, recovery, slots
from pzdesk.services import quick_unlock
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import audit, backups, folder, tables
from tests import factories
from tests.factories import NOW, TODAY

FORM = filled_form(
    {"pNaam": "Anna de Vries", "pGeboortedatum": "14-03-1941", "datumInvullen": "01-11-2026"}
)
LIST = b"Achternaam;Geboortedatum\nBosma;23-09-1939\n"


@dataclass
class World:
    """A store with one of everything, and the desk of somebody who may do everything."""

    desk: Desk
    patient: Patient
    naaste: Naaste
    professional: Professional
    member: TeamMember
    status: Status
    version: PzpVersion
    received: PzpVersion
    follow_up: FollowUp
    review: Review
    meeting: Meeting
    item: AgendaItem
    action: Action
    advice: Advice


def _everything(desk: Desk) -> World:
    patient = desk.patients.add(factories.a_patient(name=factories.a_name(partner_achternaam="")))
    professional = desk.network.keep_professional(factories.a_professional())
    naaste = desk.network.keep_naaste(factories.a_naaste(patient.id))
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=[patient.id])
    return World(
        desk=desk,
        patient=patient,
        naaste=naaste,
        professional=professional,
        member=desk.network.add_to_team(patient.id, professional.id, since=TODAY),
        status=desk.patients.record_status(
            patient.id, StatusKind.PHASE, Phase.DISEASE, since=TODAY
        ),
        version=desk.pzps.record(
            patient.id, {"4a": Answer("nee")}, talk_on=date(2026, 10, 1), held_by="dr. De Boer"
        ),
        received=desk.pzps.read_in(FORM).version,
        follow_up=desk.screenings.screen(
            patient.id, naaste.id, "volhoudtijd", {"volhoudtijd": 2}, on=TODAY
        )[1],
        review=desk.reviews.plan(patient.id, ReviewKind.MEDICATION, due=TODAY),
        meeting=meeting,
        item=desk.meetings.meeting(meeting.id)[1][0],
        action=desk.actions.add(who="POH", what="bellen", patient_id=patient.id),
        advice=desk.advices.propose(patient.id, AdviceKind.URGENCY, value="nu"),
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, new_store: Path, key: bytes) -> World:
    """A store with one of everything, made once; each test works in a copy."""
    place = tmp_path_factory.mktemp("vol") / "praktijk"
    shutil.copytree(new_store, place)
    session = Session(folder.open_with_key(place, key, NOW), factories.a_user(*Role), lambda: NOW)
    made = _everything(desk_over(session))
    session.close()
    return made


@pytest.fixture
def world(filled: World, tmp_path: Path, key: bytes) -> Iterator[World]:
    place = tmp_path / "praktijk"
    shutil.copytree(filled.desk.session.store.folder, place)
    session = Session(folder.open_with_key(place, key, NOW), factories.a_user(*Role), lambda: NOW)
    yield replace(filled, desk=desk_over(session))
    session.close()


def _told(w: World) -> Told:
    return Told(
        patient_id=w.patient.id, whom=Whom.PATIENT, on=TODAY, recorded_at=NOW, recorded_by=1
    )


def _marked(w: World) -> None:
    w.desk.markeringen.record(factories.a_step(w.patient.id, MarkeringState.MARKED))


def _now(w: World, value: Any) -> Any:
    """A value of the world as it stands in the store now."""
    session = w.desk.session
    with session.store.reading(session.user, NOW) as unit:
        return unit.get(type(value), value.id)


def _spare(w: World, kind: type[Any]) -> Any:
    """The newest value of a kind, on which nothing builds."""
    session = w.desk.session
    with session.store.reading(session.user, NOW) as unit:
        return unit.find(kind)[-1]


# What somebody typed and did not save, and what the window remembers, are no records (see the services).
NO_RECORDS = {"drafts", "preferences"}
# What is only made ready: nobody sees anything of it, and the act that shows it leaves the line.
NOBODY_SEES = {"search.prepare"}


def _add_jansen(w: World) -> None:
    w.desk.users.add(
        login="jansen",
        name="J. Jansen",
        roles=(Role.POH,),
        secret="zeven zwanen zwemmen zuidwaarts",
        kdf=slots.FLOOR,
    )


def _turned_on(w: World) -> None:
    """As if the keyring of this computer kept it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keychain, "keep", lambda *_: None)
        patch.setattr(quick_unlock, "_remember", lambda *_, **__: None)
        w.desk.quick.turn_on("een lange wachtzin voor tests")


def _stated(w: World) -> None:
    w.desk.statements.record(w.patient.id, "Ik dronk niet", on=TODAY)


def _jansen(w: World) -> Any:
    session = w.desk.session
    with session.store.reading(session.user, NOW) as unit:
        return unit.find(User, login="jansen")[0]


def _with_one_role(w: World) -> World:
    """Who has every role has nothing to open in an emergency."""
    session = w.desk.session
    if set(session.user.roles) != set(Role):
        return w
    return replace(
        w, desk=desk_over(replace(session, user=replace(session.user, roles=(Role.POH,))))
    )


def _taken(w: World, *, mine: bool) -> None:
    """Emergency access to the file, by the acting user or by a colleague."""
    session = w.desk.session
    with session.store.writing(session.user, NOW) as unit:
        by = session.user
        if not mine:
            by = unit.add(User(login="nacht", name="N. Acht", roles=(Role.POH,), created_at=NOW))
        unit.add(
            EmergencyAccess(
                patient_id=w.patient.id, user_id=by.id, reason="nacht", at=NOW, until=NOW + LASTS
            )
        )
        unit.commit(AuditEvent.EMERGENCY_OPENED, What.EXECUTE)


CALLS: dict[str, Callable[[World], Any]] = {
    "logs.lines": lambda w: w.desk.logs.lines(LogFilter()),
    "logs.paper": lambda w: w.desk.logs.paper(LogFilter()),
    "logs.preview": lambda w: w.desk.logs.preview(LogFilter()),
    "logs.table": lambda w: w.desk.logs.table(LogFilter()),
    "emergencies.open": lambda w: _with_one_role(w).desk.emergencies.open(w.patient.id, "nacht"),
    "emergencies.end": lambda w: w.desk.emergencies.end(_spare(w, EmergencyAccess)),
    "emergencies.to_see": lambda w: w.desk.emergencies.to_see(),
    "emergencies.seen": lambda w: w.desk.emergencies.seen(_spare(w, EmergencyAccess)),
    "euthanasia.record": lambda w: w.desk.euthanasia.record(
        w.patient.id, EuthanasiaState.RUNNING, on=TODAY
    ),
    "euthanasia.withdraw": lambda w: w.desk.euthanasia.withdraw(_spare(w, EuthanasiaRequest)),
    "statements.record": lambda w: w.desk.statements.record(
        w.patient.id, "Ik dronk niet", on=TODAY
    ),
    "statements.withdraw": lambda w: w.desk.statements.withdraw(_spare(w, Statement).id, on=TODAY),
    "statements.take_back": lambda w: w.desk.statements.take_back(_spare(w, Statement)),
    "backups.all": lambda w: w.desk.backups.all(),
    "backups.compare": lambda w: w.desk.backups.compare(_a_backup(w)),
    "backups.make": lambda w: w.desk.backups.make(),
    "backups.rehearse": lambda w: w.desk.backups.rehearse(_a_backup(w)),
    "backups.use_second": lambda w: w.desk.backups.use_second(None),
    "actions.reopen": lambda w: w.desk.actions.reopen(_now(w, w.action)),
    "actions.withdraw": lambda w: w.desk.actions.withdraw(w.action),
    "meetings.put_back": lambda w: w.desk.meetings.put_back(w.item),
    "consents.without_consent": lambda w: w.desk.consents.without_consent(w.meeting.id),
    "network.reopen_in_team": lambda w: w.desk.network.reopen_in_team(_now(w, w.member)),
    "reviews.reopen": lambda w: w.desk.reviews.reopen(_now(w, w.review)),
    "screenings.reopen_follow_up": lambda w: w.desk.screenings.reopen_follow_up(
        _now(w, w.follow_up)
    ),
    "actions.add": lambda w: w.desk.actions.add(who="POH", what="bellen"),
    "actions.both": lambda w: w.desk.actions.both(),
    "actions.close": lambda w: w.desk.actions.close(w.action, on=TODAY),
    "actions.open_actions": lambda w: w.desk.actions.open_actions(),
    "advices.propose": lambda w: w.desk.advices.propose(
        w.patient.id, AdviceKind.PHASE, value=Phase.SYMPTOM, meeting_id=w.meeting.id
    ),
    "advices.withdraw": lambda w: w.desk.advices.withdraw(w.advice),
    "advices.confirm": lambda w: w.desk.advices.confirm(w.advice),
    "advices.reject": lambda w: w.desk.advices.reject(w.advice, "al anders geregeld"),
    "advices.reopen": lambda w: w.desk.advices.reopen(_now(w, w.advice)),
    "assessments.assess": lambda w: w.desk.assessments.assess(
        Assessment(
            patient_id=w.patient.id,
            on=TODAY,
            findings=(Finding(dimension=Dimension.SOCIAL, weight=Weight.LIGHT),),
            recorded_at=NOW,
            recorded_by=1,
        )
    ),
    "assessments.keep_plan": lambda w: w.desk.assessments.keep_plan(
        AcutePlan(
            patient_id=w.patient.id,
            on=TODAY,
            scenarios=(Scenario(when="benauwd", do="bel"),),
            recorded_at=NOW,
            recorded_by=1,
        )
    ),
    "destructions.destroy": lambda w: w.desk.destructions.destroy(
        w.patient.id, asked_by=AskedBy.PATIENT, reason="op eigen verzoek", typed="de Vries"
    ),
    "destructions.destroyed": lambda w: w.desk.destructions.destroyed(),
    "destructions.foresee": lambda w: w.desk.destructions.foresee(w.patient.id),
    "destructions.kept_too_long": lambda w: w.desk.destructions.kept_too_long(),
    "inzage.copy": lambda w: w.desk.inzage.copy(w.patient.id),
    "markeringen.record": _marked,
    "markeringen.tell": lambda w: w.desk.markeringen.tell(_told(w)),
    "meetings.add_item": lambda w: w.desk.meetings.add_item(w.meeting.id, title="Mededelingen"),
    "meetings.change": lambda w: w.desk.meetings.change(replace(w.meeting, place="boven")),
    "meetings.change_item": lambda w: w.desk.meetings.change_item(
        replace(w.item, question="Wat nu?")
    ),
    "consents.record": lambda w: w.desk.consents.record(
        w.patient.id, ParticipantKind.WELFARE, ConsentAnswer.NO, on=TODAY
    ),
    "meetings.held": lambda w: w.desk.meetings.held(w.meeting, ["F. Hoekstra"]),
    "meetings.meeting": lambda w: w.desk.meetings.meeting(w.meeting.id),
    "meetings.meetings": lambda w: w.desk.meetings.meetings(),
    "meetings.note": lambda w: w.desk.meetings.note(w.item, ItemNotes(sociaal="rust")),
    "meetings.order": lambda w: w.desk.meetings.order(w.meeting.id, [w.item.id]),
    "meetings.plan": lambda w: w.desk.meetings.plan(on=TODAY, starts=time(9, 0)),
    "meetings.proposal": lambda w: w.desk.meetings.proposal(TODAY),
    "meetings.take_off": lambda w: w.desk.meetings.take_off(w.item),
    "meetings.reopen": lambda w: w.desk.meetings.reopen(_now(w, w.meeting), w.meeting),
    "meetings.withdraw": lambda w: w.desk.meetings.withdraw(_spare(w, Meeting)),
    "network.withdraw_from_region": lambda w: w.desk.network.withdraw_from_region(
        _spare(w, Professional)
    ),
    "network.withdraw_from_team": lambda w: w.desk.network.withdraw_from_team(w.member),
    "network.withdraw_naaste": lambda w: w.desk.network.withdraw_naaste(_spare(w, Naaste)),
    "patients.restore_status": lambda w: w.desk.patients.restore_status(w.patient.id, w.status.id),
    "patients.withdraw": lambda w: w.desk.patients.withdraw(_spare(w, Patient)),
    "reviews.withdraw": lambda w: w.desk.reviews.withdraw(w.review),
    "screenings.undo_agreement": lambda w: w.desk.screenings.undo_agreement(
        w.follow_up, w.follow_up
    ),
    "network.add_to_team": lambda w: w.desk.network.add_to_team(
        w.patient.id, w.professional.id, since=TODAY
    ),
    "network.end_in_team": lambda w: w.desk.network.end_in_team(w.member, TODAY),
    "network.keep_naaste": lambda w: w.desk.network.keep_naaste(replace(w.naaste, email="a@b.nl")),
    "network.keep_organisation": lambda w: w.desk.network.keep_organisation(
        Organisation(name="Thuiszorg")
    ),
    "network.keep_professional": lambda w: w.desk.network.keep_professional(w.professional),
    "network.region": lambda w: w.desk.network.region(),
    "papers.access": lambda w: w.desk.papers.access(w.patient.id),
    "papers.preview_access": lambda w: w.desk.papers.preview_access(w.patient.id),
    "papers.agenda": lambda w: w.desk.papers.agenda(w.meeting.id),
    "papers.handouts": lambda w: w.desk.papers.handouts(w.patient.id),
    "papers.home_sheet": lambda w: w.desk.papers.home_sheet(w.patient.id),
    "papers.preview_agenda": lambda w: w.desk.papers.preview_agenda(w.meeting.id),
    "papers.preview_home_sheet": lambda w: w.desk.papers.preview_home_sheet(w.patient.id),
    "papers.preview_pzp": lambda w: w.desk.papers.preview_pzp(w.patient.id),
    "papers.preview_sheet": lambda w: w.desk.papers.preview_sheet(w.patient.id),
    "papers.pzp": lambda w: w.desk.papers.pzp(w.patient.id),
    "papers.sheet": lambda w: w.desk.papers.sheet(w.patient.id),
    "papers.soep": lambda w: w.desk.papers.soep(w.patient.id),
    "patient_lists.columns": lambda w: w.desk.patient_lists.columns(LIST),
    "patient_lists.preview": lambda w: w.desk.patient_lists.preview(LIST),
    "patient_lists.take_in": lambda w: w.desk.patient_lists.take_in(LIST),
    "patients.add": lambda w: w.desk.patients.add(
        factories.a_patient(name=factories.a_name(achternaam="Bosma"))
    ),
    "patients.change": lambda w: w.desk.patients.change(replace(w.patient, language="Fries")),
    "patients.deceased": lambda w: w.desk.patients.deceased(w.patient.id, on=TODAY, place="thuis"),
    "patients.file": lambda w: w.desk.patients.file(w.patient.id),
    "patients.left_care": lambda w: w.desk.patients.left_care(w.patient.id, Care.MOVED, on=TODAY),
    "patients.record_status": lambda w: w.desk.patients.record_status(
        w.patient.id, StatusKind.PHASE, Phase.SYMPTOM, since=TODAY
    ),
    "patients.retract_status": lambda w: w.desk.patients.retract_status(
        w.patient.id, w.status.id, "vergissing"
    ),
    "patients.names": lambda w: w.desk.patients.names(),
    "patients.people": lambda w: w.desk.patients.people({w.patient.id}),
    "patients.rows": lambda w: w.desk.patients.rows(),
    "diagnostics.practice": lambda w: w.desk.diagnostics.practice(),
    "practice.change": lambda w: w.desk.practice.change(content.new_practice("Andere naam")),
    "practice.log": lambda w: w.desk.practice.log(),
    "practice.practice": lambda w: w.desk.practice.practice(),
    "practice.users": lambda w: w.desk.practice.users(),
    "practice.look_for_damage": lambda w: w.desk.practice.look_for_damage(),
    "practice.verify": lambda w: w.desk.practice.verify(),
    "pzps.compare": lambda w: w.desk.pzps.compare(
        w.patient.id, w.version.number, w.received.number
    ),
    "pzps.confirm": lambda w: w.desk.pzps.confirm(w.received, by="dr. De Boer", on=TODAY),
    "pzps.read_in": lambda w: w.desk.pzps.read_in(FORM),
    "pzps.record": lambda w: w.desk.pzps.record(
        w.patient.id, {"4b": Answer("ja")}, talk_on=TODAY, held_by="dr. De Boer"
    ),
    "pzps.whose": lambda w: w.desk.pzps.whose(FORM, w.patient.id),
    "pzps.take_back": lambda w: w.desk.pzps.take_back(w.received, "andere mevrouw De Vries"),
    "reviews.drop": lambda w: w.desk.reviews.drop(w.review, "niet nodig"),
    "reviews.hold": lambda w: w.desk.reviews.hold(w.review, on=TODAY, by="apotheker", outcome="ok"),
    "reviews.plan": lambda w: w.desk.reviews.plan(w.patient.id, ReviewKind.OTHER, due=TODAY),
    "screenings.agree_follow_up": lambda w: w.desk.screenings.agree_follow_up(
        w.follow_up, what="bellen", who="POH", due=TODAY
    ),
    "screenings.close_follow_up": lambda w: w.desk.screenings.close_follow_up(
        w.follow_up, on=TODAY, outcome="hulp geregeld"
    ),
    "screenings.not_now": lambda w: w.desk.screenings.not_now(w.follow_up, "stervensfase"),
    "screenings.screen": lambda w: w.desk.screenings.screen(
        w.patient.id, w.naaste.id, "volhoudtijd", {"volhoudtijd": 4}, on=TODAY
    ),
    "search.index": lambda w: w.desk.search.index(),
    "users.change_roles": lambda w: w.desk.users.change_roles(
        _jansen(w), (Role.HUISARTS, Role.BEHEERDER)
    ),
    "users.change_passphrase": lambda w: w.desk.users.change_passphrase(
        "zeven zwanen zwemmen zuidwaarts", kdf=slots.FLOOR
    ),
    "lost.preview": lambda w: w.desk.lost.preview(TODAY),
    "lost.sheet": lambda w: w.desk.lost.sheet(TODAY),
    "quick.turn_on": lambda w: _turned_on(w),
    "quick.turn_off": lambda w: w.desk.quick.turn_off(),
    "users.give_passphrase": lambda w: w.desk.users.give_passphrase(
        _jansen(w), "acht apen aten achttien ananassen", kdf=slots.FLOOR
    ),
    "users.remove": lambda w: w.desk.users.remove("jansen"),
    "users.renew_recovery": lambda w: w.desk.users.renew_recovery(
        recovery.new_code(), kdf=slots.FLOOR
    ),
    "users.add": lambda w: w.desk.users.add(
        login="smit",
        name="R. Smit",
        roles=(Role.PZVP,),
        secret="zeven zwanen zwemmen zuidwaarts",
        kdf=slots.FLOOR,
    ),
    "worklist.both": lambda w: w.desk.worklist.both(),
    "worklist.today": lambda w: w.desk.worklist.today(),
    "writing.take_over": lambda w: w.desk.writing.take_over(),
}
# What has to be so before a call makes sense; not part of the call.
BEFORE: dict[str, Callable[[World], Any]] = {
    "quick.turn_off": lambda w: _turned_on(w),
    "users.give_passphrase": _add_jansen,
    "emergencies.end": lambda w: _taken(w, mine=True),
    "emergencies.seen": lambda w: _taken(w, mine=False),
    "euthanasia.withdraw": lambda w: w.desk.euthanasia.record(
        w.patient.id, EuthanasiaState.RUNNING, on=TODAY
    ),
    "statements.withdraw": _stated,
    "statements.take_back": _stated,
    "users.change_roles": _add_jansen,
    "users.remove": _add_jansen,
    "actions.reopen": lambda w: w.desk.actions.close(w.action, on=TODAY),
    "advices.reopen": lambda w: w.desk.advices.confirm(w.advice),
    "markeringen.tell": _marked,
    "meetings.put_back": lambda w: w.desk.meetings.take_off(w.item),
    "meetings.reopen": lambda w: w.desk.meetings.held(w.meeting, []),
    "meetings.withdraw": lambda w: w.desk.meetings.plan(on=TODAY, starts=time(9, 0)),
    "network.withdraw_from_region": lambda w: w.desk.network.keep_professional(
        factories.a_professional()
    ),
    "network.withdraw_naaste": lambda w: w.desk.network.keep_naaste(
        factories.a_naaste(w.patient.id)
    ),
    "patients.restore_status": lambda w: w.desk.patients.retract_status(
        w.patient.id, w.status.id, "vergissing"
    ),
    "patients.withdraw": lambda w: w.desk.patients.add(factories.a_patient()),
    "reviews.reopen": lambda w: w.desk.reviews.drop(w.review, "per ongeluk"),
    "screenings.reopen_follow_up": lambda w: w.desk.screenings.not_now(w.follow_up, "later"),
}


def public_methods() -> list[str]:
    """Every public method of every service, as "service.method"."""
    hints = {field.name: field.type for field in fields(Desk) if field.name != "session"}
    hints = {name: kind for name, kind in hints.items() if name not in NO_RECORDS}
    return [
        f"{name}.{method}"
        for name, kind in sorted(hints.items())
        for method, _ in inspect.getmembers(_class(kind), inspect.isfunction)
        if not method.startswith("_") and f"{name}.{method}" not in NOBODY_SEES
    ]


def _class(kind: Any) -> type:
    return kind if isinstance(kind, type) else getattr(inspect.getmodule(Desk), str(kind))


def rows_in(world: World, table: sa.Table) -> int:
    with world.desk.session.store.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


# What needs a key file: the raw-key store of a test has none.
WITH_KEYS = {
    "backups.make",
    "practice.verify",
    "users.add",
    "quick.turn_on",
    "quick.turn_off",
    "users.give_passphrase",
    "users.change_passphrase",
    "users.change_roles",
    "users.remove",
    "users.renew_recovery",
}


def _a_backup(world: World) -> Path:
    """A backup that no service made, so that it left no line."""
    store = world.desk.session.store
    return backups.make(store, "0" * 32, store.folder / "b", NOW, app="test").path


def _keys_for(world: World) -> None:
    """The raw-key store of a test has no slots; verify and users need a key file."""
    store = world.desk.session.store
    made = keys.new_key_file(NOW)
    made = keys.with_passphrase_slot(
        made, store.data_key(), "deboer", "een lange wachtzin voor tests", slots.FLOOR, NOW
    )
    keys.write(store.folder / "keys.json", made)


@pytest.mark.parametrize("name", public_methods())
def test_every_public_service_method_leaves_exactly_one_line(name: str, world: World) -> None:
    assert name in CALLS, f"say in CALLS how {name} is called"
    if name in WITH_KEYS:
        _keys_for(world)
    if name in BEFORE:
        BEFORE[name](world)
    before = rows_in(world, tables.audit_event)
    CALLS[name](world)
    assert rows_in(world, tables.audit_event) == before + 1


@pytest.mark.parametrize("name", public_methods())
def test_a_rolled_back_call_leaves_no_line_and_no_change(
    name: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in WITH_KEYS:
        _keys_for(world)
    if name in BEFORE:
        BEFORE[name](world)
    before = {table.name: rows_in(world, table) for table in tables.metadata.sorted_tables}
    key_file = (world.desk.session.store.folder / "keys.json").read_bytes()
    written = audit.append

    def full_disk(connection: sa.Connection, row: Any) -> None:
        written(connection, row)
        raise StoreError("De schijf is vol.")

    monkeypatch.setattr(audit, "append", full_disk)
    with pytest.raises(StoreError):
        CALLS[name](world)
    assert {t.name: rows_in(world, t) for t in tables.metadata.sorted_tables} == before
    assert (world.desk.session.store.folder / "keys.json").read_bytes() == key_file


def test_the_registry_names_no_method_that_is_gone() -> None:
    assert set(CALLS) == set(public_methods())
