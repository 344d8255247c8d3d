"""The care network: professionals and organisations typed once, naasten and team of a patient."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from pzdesk.domain.errors import BadInput, NotFound, Refused, Stale
from pzdesk.domain.network import Discipline, MayKnow, Naaste, NaasteRole, Organisation
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import Phone
from pzdesk.domain.status import StatusKind
from pzdesk.services.desk import Desk
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def anna(desk: Desk) -> Patient:
    return desk.patients.add(factories.a_patient())


@pytest.fixture
def wim(desk: Desk) -> Patient:
    return desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Jansen")))


def naasten(desk: Desk, patient: Patient) -> tuple[Naaste, ...]:
    return desk.patients.file(patient.id).naasten


def test_an_organisation_is_typed_once_with_numbers_by_day_and_by_night(desk: Desk) -> None:
    made = desk.network.keep_organisation(
        Organisation(
            name="Thuiszorg Reestdal",
            kind=Discipline.WIJKVERPLEGING,
            phone_day="0522-1",
            phone_night="0522-2",
            checked_on=TODAY,
        )
    )
    desk.network.keep_organisation(replace(made, phone_night="0522-3"))
    _, (only,) = desk.network.region()
    assert (only.name, only.phone_day, only.phone_night) == (
        "Thuiszorg Reestdal",
        "0522-1",
        "0522-3",
    )
    assert only.checked_on == TODAY


def test_the_region_goes_by_name(desk: Desk) -> None:
    for name in ("F. Hoekstra", "A. Dijk", "S. Yıldız"):
        desk.network.keep_professional(factories.a_professional(name=name))
    professionals, _ = desk.network.region()
    assert [who.name for who in professionals] == ["A. Dijk", "F. Hoekstra", "S. Yıldız"]


def test_a_change_of_an_old_version_is_told(desk: Desk) -> None:
    first = desk.network.keep_professional(factories.a_professional())
    place = desk.network.keep_organisation(Organisation(name="Thuiszorg"))
    desk.network.keep_professional(replace(first, phone_day="1"))
    desk.network.keep_organisation(replace(place, phone_day="1"))
    with pytest.raises(Stale):
        desk.network.keep_professional(replace(first, phone_day="2"))
    with pytest.raises(Stale):
        desk.network.keep_organisation(replace(place, phone_day="2"))


def test_a_name_is_needed_and_an_organisation_must_exist(desk: Desk, anna: Patient) -> None:
    with pytest.raises(BadInput, match="organisatie"):
        desk.network.keep_organisation(Organisation(name=" \n"))
    with pytest.raises(BadInput, match="zorgverlener"):
        desk.network.keep_professional(factories.a_professional(name=""))
    with pytest.raises(BadInput, match="naaste"):
        desk.network.keep_naaste(factories.a_naaste(anna.id, name="\t"))
    with pytest.raises(NotFound):
        desk.network.keep_professional(factories.a_professional(organisation_id=9))


def test_several_mantelzorgers_stand_beside_one_patient(desk: Desk, anna: Patient) -> None:
    desk.network.keep_naaste(factories.a_naaste(anna.id))
    desk.network.keep_naaste(
        factories.a_naaste(anna.id, name="Els Jansen", roles=(NaasteRole.MANTELZORGER,))
    )
    file = desk.patients.file(anna.id)
    assert [n.name for n in file.naasten_with(NaasteRole.MANTELZORGER)] == [
        "Wim Jansen",
        "Els Jansen",
    ]
    assert [n.name for n in file.naasten_with(NaasteRole.FIRST_CONTACT)] == ["Wim Jansen"]
    assert file.naasten_with(NaasteRole.LEGAL_REPRESENTATIVE) == ()


def test_a_naaste_who_was_so_until_a_day_has_no_role_any_more(desk: Desk, anna: Patient) -> None:
    kept = desk.network.keep_naaste(factories.a_naaste(anna.id))
    desk.network.keep_naaste(replace(kept, until=TODAY))
    assert desk.patients.file(anna.id).naasten_with(NaasteRole.MANTELZORGER) == ()


def test_a_couple_may_be_patient_and_mantelzorger_of_each_other(
    desk: Desk, anna: Patient, wim: Patient
) -> None:
    desk.network.keep_naaste(factories.a_naaste(anna.id, is_patient_id=wim.id))
    desk.network.keep_naaste(factories.a_naaste(wim.id, name="Anna", is_patient_id=anna.id))
    assert naasten(desk, anna)[0].is_patient_id == wim.id
    assert naasten(desk, wim)[0].is_patient_id == anna.id


def test_nobody_is_their_own_naaste(desk: Desk, anna: Patient) -> None:
    with pytest.raises(Refused, match="zichzelf"):
        desk.network.keep_naaste(factories.a_naaste(anna.id, is_patient_id=anna.id))


def test_a_naaste_belongs_to_a_patient_who_exists(desk: Desk, anna: Patient) -> None:
    with pytest.raises(NotFound):
        desk.network.keep_naaste(factories.a_naaste(PatientId(99)))
    with pytest.raises(NotFound):
        desk.network.keep_naaste(factories.a_naaste(anna.id, is_patient_id=PatientId(99)))


def test_what_a_naaste_may_know_and_told_in_confidence_is_kept_clean(
    desk: Desk, anna: Patient
) -> None:
    desk.network.keep_naaste(
        factories.a_naaste(
            anna.id,
            name="Wim\r\nJansen",
            may_know=MayKnow.LIMITED,
            may_know_note="niet over de\x00 prognose\r\nzegt mevrouw",
            confidence="drinkt",
            phones=(Phone(number="06\x07-1"),),
        )
    )
    (kept,) = naasten(desk, anna)
    assert kept.name == "Wim Jansen"
    assert kept.may_know_note == "niet over de prognose\nzegt mevrouw"
    assert (kept.confidence, kept.phones[0].number) == ("drinkt", "06-1")
    with pytest.raises(BadInput, match=r"20\.000"):
        desk.network.keep_naaste(replace(kept, confidence="x" * 20_001))


def test_a_stale_naaste_is_told(desk: Desk, anna: Patient) -> None:
    first = desk.network.keep_naaste(factories.a_naaste(anna.id))
    desk.network.keep_naaste(replace(first, email="a@b.nl"))
    with pytest.raises(Stale):
        desk.network.keep_naaste(replace(first, email="c@d.nl"))


def test_somebody_is_in_the_team_from_a_day_until_a_day(desk: Desk, anna: Patient) -> None:
    who = desk.network.keep_professional(factories.a_professional())
    member = desk.network.add_to_team(
        anna.id, who.id, part="eerste aanspreekpunt", since=date(2026, 1, 5)
    )
    ended = desk.network.end_in_team(member, TODAY)
    assert desk.patients.file(anna.id).team == (ended,)
    assert (ended.part, ended.since, ended.until) == (
        "eerste aanspreekpunt",
        date(2026, 1, 5),
        TODAY,
    )
    with pytest.raises(Stale):
        desk.network.end_in_team(member, TODAY)


def test_a_team_ends_after_it_began_and_knows_its_people(desk: Desk, anna: Patient) -> None:
    who = desk.network.keep_professional(factories.a_professional())
    member = desk.network.add_to_team(anna.id, who.id, since=TODAY)
    with pytest.raises(BadInput, match="einddatum"):
        desk.network.end_in_team(member, TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        desk.network.add_to_team(anna.id, 99, since=TODAY)
    with pytest.raises(NotFound):
        desk.network.add_to_team(PatientId(99), who.id, since=TODAY)


def test_the_central_carer_has_a_name_and_a_day(desk: Desk, anna: Patient) -> None:
    who = desk.network.keep_professional(factories.a_professional())
    desk.patients.record_status(
        anna.id, StatusKind.CENTRAL_CARER, since=TODAY, professional_id=who.id
    )
    assert desk.patients.file(anna.id).professional_now(StatusKind.CENTRAL_CARER) == who
    assert desk.patients.rows()[0].central_carer == "F. Hoekstra"


def test_a_naaste_who_was_just_added_is_taken_back_but_not_after_a_screening(
    desk: Desk, anna: Patient
) -> None:
    wrong = desk.network.keep_naaste(factories.a_naaste(anna.id, name="Verkeerde Buur"))
    screened = desk.network.keep_naaste(factories.a_naaste(anna.id, name="Wim Jansen"))
    desk.network.withdraw_naaste(wrong)
    assert naasten(desk, anna) == (screened,)
    desk.screenings.screen(anna.id, screened.id, "volhoudtijd", {"volhoudtijd": 2}, on=TODAY)
    with pytest.raises(Refused, match="Van Wim Jansen is al een screening vastgelegd"):
        desk.network.withdraw_naaste(screened)
    assert naasten(desk, anna) == (screened,)


def test_who_was_put_in_the_team_by_mistake_was_never_there(desk: Desk, anna: Patient) -> None:
    who = desk.network.keep_professional(factories.a_professional())
    member = desk.network.add_to_team(anna.id, who.id, since=TODAY)
    with pytest.raises(Refused, match="wordt al ergens gebruikt"):
        desk.network.withdraw_from_region(who)
    desk.network.withdraw_from_team(member)
    assert desk.patients.file(anna.id).team == ()
    desk.network.withdraw_from_region(who)
    assert desk.network.region() == ([], [])


def test_who_is_invited_or_works_somewhere_is_not_taken_back(desk: Desk) -> None:
    works = desk.network.keep_organisation(Organisation(name="Thuiszorg"))
    who = desk.network.keep_professional(
        factories.a_professional(kernteam=True, organisation_id=works.id)
    )
    desk.meetings.plan(on=TODAY, starts=time(12, 30))
    for entry in (works, who):
        with pytest.raises(Refused, match="wordt al ergens gebruikt"):
            desk.network.withdraw_from_region(entry)
