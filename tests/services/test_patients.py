"""Patients: who somebody is, what holds since when, and who is in care."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput, NotFound, PzdeskError, Refused, Stale
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import Address, Phone
from pzdesk.domain.pzp import Answer
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.status import Care, Phase, StatusKind, Urgency, Whereabouts
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.patients import checked_bsn
from tests import factories
from tests.conftest import Clock
from tests.factories import TODAY

BSN, OTHER_BSN = "999990019", "999990020"


def kept(desk: Desk, **changes: Any) -> Patient:
    return desk.patients.add(factories.a_patient(**changes))


def named(desk: Desk, achternaam: str, **changes: Any) -> Patient:
    return kept(desk, name=factories.a_name(achternaam=achternaam, voorvoegsels=""), **changes)


def listed(desk: Desk, *, everybody: bool = False) -> list[PatientId]:
    return [row.id for row in desk.patients.rows(everybody=everybody)]


def test_a_new_patient_is_in_care_without_a_phase_and_not_judged_yet(desk: Desk) -> None:
    patient = kept(desk)
    (row,) = desk.patients.rows()
    assert (row.id, row.is_active, row.phase, row.markering) == (patient.id, True, None, None)
    assert (row.pzp_count, row.resuscitation) == (0, "")


def test_the_list_goes_by_surname_in_use(desk: Desk) -> None:
    zwart = kept(desk, name=factories.a_name(achternaam="Zwart", name_order="NL1"))
    with_partner = kept(desk)
    bosma = kept(desk, name=factories.a_name(achternaam="Bosma", name_order="NL1"))
    assert listed(desk) == [bosma.id, with_partner.id, zwart.id]


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"birth_date": TODAY + timedelta(days=1)}, BadInput, "geboortedatum"),
        ({"birth_date": date(1905, 1, 1)}, BadInput, "geboortedatum"),
        ({"name": factories.a_name(achternaam="  ")}, BadInput, "achternaam"),
        ({"name": factories.a_name(achternaam="x" * 201)}, BadInput, "achternaam"),
        ({"bsn": "123456789"}, BadInput, "bsn"),
        ({"bsn": "99999001"}, BadInput, "bsn"),
        ({"bsn": "geheim"}, BadInput, "bsn"),
        ({"bsn": "000000000"}, BadInput, "bsn"),
        ({"icpc": "hartfalen"}, BadInput, "icpc"),
        ({"icpc": "K777"}, BadInput, "icpc"),
        ({"diagnosis": "x" * 20_001}, BadInput, "diagnose"),
        ({"target_groups": ("bestaat_niet",)}, BadInput, "doelgroep"),
    ],
)
def test_what_cannot_be_kept_of_a_patient_is_told_with_its_field(
    desk: Desk, changes: dict[str, Any], error: type[BadInput], field: str
) -> None:
    with pytest.raises(error) as told:
        kept(desk, **changes)
    assert told.value.field == field
    assert desk.patients.rows(everybody=True) == []


def test_a_bsn_of_somebody_else_is_refused_and_ones_own_is_not(desk: Desk) -> None:
    anna, other = kept(desk, bsn=BSN), named(desk, "Bosma", bsn=OTHER_BSN)
    with pytest.raises(Refused, match="andere patiënt"):
        named(desk, "Smit", bsn=BSN)
    with pytest.raises(Refused, match="andere patiënt"):
        desk.patients.change(replace(other, bsn=BSN))
    assert desk.patients.change(replace(anna, language="Fries")).bsn == BSN


def test_a_bsn_is_only_verified_when_there_is_one(desk: Desk) -> None:
    assert kept(desk, bsn_verified=True).bsn_verified is False
    assert kept(desk, bsn=BSN, bsn_verified=True).bsn_verified is True


@pytest.mark.parametrize("text", ["999990019", "9999.90.019", " 999990019 ", "999 990 019"])
def test_a_bsn_is_kept_as_nine_digits_however_it_was_typed(text: str) -> None:
    assert checked_bsn(text) == BSN


@given(st.text(max_size=12))
def test_what_is_kept_as_bsn_has_nine_digits_and_passes_the_elfproef(text: str) -> None:
    try:
        number = checked_bsn(text)
    except BadInput:
        return
    if number is not None:
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        assert len(number) == 9
        assert sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11 == 0


def test_hostile_names_are_kept_as_they_were_typed(desk: Desk) -> None:
    for name in ("<penicilline>", "=cmd()", "O'Brien; DROP TABLE patient", "Şahin-Żółć", "ĳ & ł đ"):
        assert named(desk, name).name.achternaam == name


def test_control_characters_and_line_ends_leave_names_addresses_and_numbers(desk: Desk) -> None:
    patient = kept(
        desk,
        name=factories.a_name(achternaam="Vr\x00ies\r\nJansen\x7f"),
        address=Address(street="Dorpsstraat\n 1\x07", postcode="7941 AB", city="Meppel"),
        phones=(Phone(number="06-1234\x005678", note="dochter\n's nachts"),),
        diagnosis="hart\x00falen\r\nsinds 2020",
    )
    assert patient.name.achternaam == "Vries Jansen"
    assert patient.address.street == "Dorpsstraat 1"
    assert patient.phones == (Phone(number="06-12345678", note="dochter 's nachts"),)
    assert patient.diagnosis == "hartfalen\nsinds 2020"
    assert desk.patients.file(patient.id).patient == patient


def test_who_changed_an_old_version_is_told(desk: Desk) -> None:
    first = kept(desk)
    desk.patients.change(replace(first, language="Fries"))
    with pytest.raises(Stale, match="Intussen gewijzigd door"):
        desk.patients.change(replace(first, language="Turks"))
    assert desk.patients.file(first.id).patient.language == "Fries"


def test_a_patient_that_does_not_exist_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound, match="Patiënt 77"):
        desk.patients.file(PatientId(77))


def test_the_newest_dated_row_holds_whatever_the_order_of_recording(desk: Desk) -> None:
    key = kept(desk).id
    record = desk.patients.record_status
    record(key, StatusKind.PHASE, Phase.SYMPTOM, since=date(2026, 11, 1))
    record(key, StatusKind.PHASE, Phase.DISEASE, since=date(2026, 1, 1))
    (row,) = desk.patients.rows()
    assert (row.phase, row.phase_since) == (Phase.SYMPTOM, date(2026, 11, 1))


def test_a_row_taken_back_counts_for_nothing_and_the_one_before_it_holds_again(desk: Desk) -> None:
    key = kept(desk).id
    desk.patients.record_status(key, StatusKind.URGENCY, Urgency.CALM, since=date(2026, 1, 1))
    wrong = desk.patients.record_status(key, StatusKind.URGENCY, Urgency.NOW, since=TODAY)
    desk.patients.retract_status(key, wrong.id, "verkeerde mevrouw Jansen")
    assert desk.patients.rows()[0].urgency == Urgency.CALM
    file = desk.patients.file(key)
    assert [row.retracted for row in file.statuses] == ["", "verkeerde mevrouw Jansen"]


def test_taking_back_needs_a_reason_and_happens_once_in_the_file_of_that_person(desk: Desk) -> None:
    key, other = kept(desk).id, named(desk, "Bosma").id
    row = desk.patients.record_status(key, StatusKind.URGENCY, Urgency.NOW, since=TODAY)
    with pytest.raises(BadInput, match="waarom"):
        desk.patients.retract_status(key, row.id, " ")
    with pytest.raises(Refused, match="hoort bij iemand anders"):
        desk.patients.retract_status(other, row.id, "vergissing")
    desk.patients.retract_status(key, row.id, "vergissing")
    with pytest.raises(Refused, match="al ingetrokken"):
        desk.patients.retract_status(key, row.id, "vergissing")


def test_what_was_taken_back_by_mistake_holds_again_with_what_followed_from_it(desk: Desk) -> None:
    key, other = kept(desk).id, named(desk, "Bosma").id
    desk.reviews.plan(key, ReviewKind.OTHER, due=TODAY)
    death = desk.patients.deceased(key, on=TODAY, place="thuis")
    with pytest.raises(Refused, match="niet ingetrokken"):
        desk.patients.restore_status(key, death.id)
    desk.patients.retract_status(key, death.id, "verkeerde persoon")
    with pytest.raises(Refused, match="hoort bij iemand anders"):
        desk.patients.restore_status(other, death.id)
    assert desk.patients.restore_status(key, death.id) == death
    assert key not in listed(desk)
    assert dropped(desk, key) == ["overleden"]
    desk.patients.retract_status(key, death.id, "verkeerde persoon")
    desk.patients.deceased(key, on=TODAY, place="hospice")
    with pytest.raises(Refused, match="al opnieuw vastgelegd"):
        desk.patients.restore_status(key, death.id)


def test_who_was_added_by_mistake_is_gone_until_something_was_recorded_and_gives_no_number_away(
    desk: Desk,
) -> None:
    wrong = kept(desk)
    desk.patients.withdraw(wrong)
    made = named(desk, "Bosma")
    assert [row.id for row in desk.patients.rows(everybody=True)] == [made.id]
    assert made.id == wrong.id + 1  # the log goes on naming who was there for a moment
    desk.patients.record_status(made.id, StatusKind.URGENCY, Urgency.NOW, since=TODAY)
    with pytest.raises(Refused, match="al iets vastgelegd"):
        desk.patients.withdraw(made)


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        (StatusKind.PHASE, Phase.DECEASED, Refused),
        (StatusKind.CARE, Care.MOVED, Refused),
        (StatusKind.PHASE, "gezond", BadInput),
        (StatusKind.URGENCY, "", BadInput),
        (StatusKind.CENTRAL_CARER, "", BadInput),
        (StatusKind.RESPONSIBLE, "dr. De Boer", BadInput),
    ],
)
def test_a_value_outside_its_list_is_no_status(
    desk: Desk, kind: StatusKind, value: str, error: type[PzdeskError]
) -> None:
    key = kept(desk).id
    with pytest.raises(error):
        desk.patients.record_status(key, kind, value, since=TODAY)
    assert desk.patients.file(key).statuses == ()


def test_a_status_of_tomorrow_is_refused(desk: Desk) -> None:
    key = kept(desk).id
    with pytest.raises(BadInput, match="toekomst"):
        desk.patients.record_status(
            key, StatusKind.PHASE, Phase.TERMINAL, since=TODAY + timedelta(days=1)
        )


def test_who_records_a_status_is_the_user_and_who_said_it_may_be_another(desk: Desk) -> None:
    key = kept(desk).id
    record = desk.patients.record_status
    own = record(key, StatusKind.PHASE, Phase.TERMINAL, since=TODAY)
    heard = record(key, StatusKind.URGENCY, Urgency.NOW, since=TODAY, said_by="F. Hoekstra")
    assert (own.said_by, own.recorded_by) == ("dr. De Boer", 1)
    assert (heard.said_by, heard.recorded_by) == ("F. Hoekstra", 1)


def test_whereabouts_come_with_place_and_number(desk: Desk) -> None:
    key = kept(desk).id
    row = desk.patients.record_status(
        *(key, StatusKind.WHEREABOUTS, Whereabouts.HOSPICE),
        since=TODAY,
        place="Hospice De Linde",
        phone="0522-111222",
    )
    assert desk.patients.file(key).now(StatusKind.WHEREABOUTS) == row
    assert (row.place, row.phone) == ("Hospice De Linde", "0522-111222")


def test_who_died_leaves_the_list_and_stays_to_be_found(desk: Desk) -> None:
    key = kept(desk).id
    desk.patients.deceased(key, on=TODAY, place="thuis")
    assert listed(desk) == []
    assert listed(desk, everybody=True) == [key]
    death = desk.patients.file(key).death
    assert death is not None
    assert (death.since, death.place) == (TODAY, "thuis")


def test_after_a_death_no_other_state_is_recorded_and_no_second_death(desk: Desk) -> None:
    key = kept(desk).id
    desk.patients.deceased(key, on=TODAY, place="thuis")
    with pytest.raises(Refused, match="overleden"):
        desk.patients.record_status(key, StatusKind.PHASE, Phase.DYING, since=TODAY)
    with pytest.raises(Refused, match="al vastgelegd"):
        desk.patients.deceased(key, on=TODAY, place="hospice")


def test_a_death_recorded_by_mistake_is_taken_back(desk: Desk) -> None:
    key = kept(desk).id
    death = desk.patients.deceased(key, on=TODAY, place="thuis")
    desk.patients.retract_status(key, death.id, "verkeerde persoon")
    assert listed(desk) == [key]
    assert desk.patients.file(key).death is None


def test_a_death_or_a_leaving_in_the_future_is_refused(desk: Desk) -> None:
    key, tomorrow = kept(desk).id, TODAY + timedelta(days=1)
    with pytest.raises(BadInput, match="toekomst"):
        desk.patients.deceased(key, on=tomorrow, place="thuis")
    with pytest.raises(BadInput, match="toekomst"):
        desk.patients.left_care(key, Care.MOVED, on=tomorrow)


def test_leaving_care_needs_a_reason_and_coming_back_is_a_row(desk: Desk, clock: Clock) -> None:
    key = kept(desk).id
    with pytest.raises(BadInput, match="waarom"):
        desk.patients.left_care(key, Care.IN_CARE, on=TODAY)
    desk.patients.left_care(key, Care.MOVED, on=TODAY, note="naar haar dochter in Zwolle")
    assert listed(desk) == []
    clock.forward(days=30)
    desk.patients.record_status(key, StatusKind.CARE, Care.IN_CARE, since=clock.now.date())
    assert listed(desk) == [key]


@pytest.mark.parametrize("way_out", ["overleden", "uit zorg"])
def test_death_and_leaving_end_the_open_review_moments_and_keep_those_held(
    desk: Desk, way_out: str
) -> None:
    key = kept(desk).id
    held = desk.reviews.plan(key, ReviewKind.OTHER, due=TODAY)
    desk.reviews.hold(held, on=TODAY, by="dr. De Boer", outcome="besproken")
    desk.markeringen.record(factories.a_step(key, MarkeringState.MARKED))
    if way_out == "overleden":
        desk.patients.deceased(key, on=TODAY, place="thuis")
    else:
        desk.patients.left_care(key, Care.ADMITTED, on=TODAY)
    reviews = desk.patients.file(key).reviews
    assert [review.dropped for review in reviews] == ["", way_out, way_out, way_out]
    assert desk.patients.rows(everybody=True)[0].next_review is None


def dropped(desk: Desk, key: PatientId) -> list[str]:
    return [review.dropped for review in desk.patients.file(key).reviews]


def test_a_death_taken_back_opens_the_review_moments_again_that_ended_with_it(desk: Desk) -> None:
    key = kept(desk).id
    desk.markeringen.record(factories.a_step(key, MarkeringState.MARKED))
    own = desk.reviews.plan(key, ReviewKind.OTHER, due=TODAY)
    desk.reviews.drop(own, "niet meer nodig")
    death = desk.patients.deceased(key, on=TODAY, place="thuis")
    assert dropped(desk, key) == ["overleden"] * 3 + ["niet meer nodig"]
    desk.patients.retract_status(key, death.id, "verkeerde persoon")
    assert dropped(desk, key) == [""] * 3 + ["niet meer nodig"]


def test_who_comes_back_in_care_has_the_review_moments_of_before_again(
    desk: Desk, clock: Clock
) -> None:
    key = kept(desk).id
    desk.markeringen.record(factories.a_step(key, MarkeringState.MARKED))
    gone = desk.patients.left_care(key, Care.MOVED, on=TODAY)
    death = desk.patients.deceased(key, on=TODAY, place="Zwolle")
    desk.patients.retract_status(key, death.id, "was haar zus")
    assert dropped(desk, key) == ["uit zorg"] * 3, "still moved"
    clock.forward(days=30)
    desk.patients.record_status(key, StatusKind.CARE, Care.IN_CARE, since=clock.now.date())
    assert dropped(desk, key) == [""] * 3
    again = desk.patients.left_care(key, Care.MOVED, on=clock.now.date())
    desk.patients.retract_status(key, again.id, "toch niet")
    desk.patients.retract_status(key, gone.id, "toch niet")
    assert dropped(desk, key) == [""] * 3


def test_a_leaving_of_before_somebody_came_back_ends_nothing(desk: Desk) -> None:
    key = kept(desk).id
    desk.patients.record_status(key, StatusKind.CARE, Care.IN_CARE, since=TODAY)
    desk.markeringen.record(factories.a_step(key, MarkeringState.MARKED))
    desk.patients.left_care(key, Care.MOVED, on=TODAY - timedelta(days=40))
    assert listed(desk) == [key]
    assert dropped(desk, key) == [""] * 3


def test_who_died_does_not_leave_care_as_well(desk: Desk) -> None:
    key = kept(desk).id
    desk.patients.deceased(key, on=TODAY, place="thuis")
    with pytest.raises(Refused, match="overleden"):
        desk.patients.left_care(key, Care.MOVED, on=TODAY)


def test_the_list_says_resuscitation_in_words_with_its_restriction(desk: Desk) -> None:
    key = kept(desk).id
    desk.pzps.record(
        key,
        {"4a": Answer("ja_maar"), "4a.beperking": Answer("één schok")},
        talk_on=TODAY,
        held_by="dr. De Boer",
    )
    (row,) = desk.patients.rows()
    assert row.resuscitation == "wel reanimeren, met beperking: één schok"
    assert (row.pzp_on, row.pzp_count) == (TODAY, 1)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [(StatusKind.PHASE, phase) for phase in Phase]
                + [(StatusKind.CARE, care) for care in Care]
            ),
            st.integers(0, 3),
        ),
        max_size=6,
    )
)
def test_the_list_holds_exactly_those_whose_file_is_in_care(
    desk: Desk, told: list[tuple[tuple[StatusKind, str], int]]
) -> None:
    key = kept(desk).id
    for (kind, value), days in told:
        since = TODAY - timedelta(days=days)
        try:
            if value == Phase.DECEASED:
                desk.patients.deceased(key, on=since, place="thuis")
            elif kind is StatusKind.CARE and value != Care.IN_CARE:
                desk.patients.left_care(key, Care(value), on=since)
            else:
                desk.patients.record_status(key, kind, value, since=since)
        except Refused:
            assert desk.patients.file(key).death is not None
    assert (key in listed(desk)) == desk.patients.file(key).is_active


def test_people_are_named_by_number_and_how_pressing_it_is_only_to_who_reads_files(
    desk: Desk,
) -> None:
    key, other = kept(desk).id, named(desk, "Bosma").id
    desk.patients.record_status(key, StatusKind.URGENCY, Urgency.NOW, since=TODAY)
    desk.patients.record_status(key, StatusKind.PHASE, Phase.TERMINAL, since=TODAY)
    desk.patients.deceased(other, on=TODAY, place="thuis")
    (row,) = desk.patients.rows()
    (one,) = desk.patients.people({key}).values()
    assert (one.id, one.name, one.sex, one.birth_date) == (
        row.id,
        row.name,
        row.sex,
        row.birth_date,
    )
    assert (one.phase, one.urgency) == (Phase.TERMINAL, Urgency.NOW)
    user = replace(desk.session.user, roles=(Role.COORDINATOR,))
    coordinator = desk_over(replace(desk.session, user=user))
    assert {who.phase for who in coordinator.patients.people({key, other}).values()} == {
        None,
        Phase.DECEASED,
    }
    assert coordinator.patients.people({key})[key].urgency is None
    names = coordinator.patients.names()
    assert [who.id for who in names] == [other, key]
    assert {who.phase for who in names} == {None}
