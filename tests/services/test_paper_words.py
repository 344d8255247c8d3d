"""Words that all papers share: limits, which PZP holds, states, and whom to call."""

from dataclasses import replace
from datetime import date

import pytest

from pzdesk.domain.assessment import Assessment, Dimension, Direction, Finding, Symptom, Weight
from pzdesk.domain.file import PatientFile
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.network import Discipline, NaasteRole, Organisation
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Phone
from pzdesk.domain.pzp import Answer
from pzdesk.domain.status import Complexity, Phase, StatusKind, Urgency, Whereabouts
from pzdesk.services import paper_words as words
from pzdesk.services.desk import Desk
from tests import factories
from tests.factories import NOW, TODAY


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient()).id


def file(desk: Desk, patient: PatientId) -> PatientFile:
    return desk.patients.file(patient)


def test_without_a_pzp_the_limits_were_not_discussed(desk: Desk, anna: PatientId) -> None:
    assert words.limits(file(desk, anna)) == ("behandelgrenzen nog niet besproken",)
    assert words.pzp_line(file(desk, anna)) == "nog niet besproken"
    assert words.place_of_death(file(desk, anna)) == ""


def test_a_pzp_without_one_limit_says_they_were_not_filled_in(desk: Desk, anna: PatientId) -> None:
    desk.pzps.record(anna, {"6": Answer("hond Bobby")}, talk_on=TODAY, held_by="")
    assert words.limits(file(desk, anna)) == ("behandelgrenzen niet ingevuld",)


def test_a_limit_is_said_per_question_and_not_known_is_not_no(desk: Desk, anna: PatientId) -> None:
    desk.pzps.record(
        anna,
        {
            "4a": Answer("nee"),
            "4b": Answer("onbekend"),
            "4d": Answer("ja_maar"),
            "4d.beperking": Answer("niet in\nhet weekend"),
            "4g": Answer("nee"),
            "4h": Answer("ja"),
            "4i": Answer("ja"),
        },
        talk_on=TODAY,
        held_by="dr. De Boer",
    )
    parts = words.limits(file(desk, anna))
    assert "niet reanimeren" in parts
    assert "kunstmatige beademing: nog onbekend" in parts
    assert "opname op de intensive care: niet ingevuld" in parts
    assert "wel naar het ziekenhuis, met beperking: niet in het weekend" in parts
    assert "geen overige behandelgrenzen" in parts
    assert "ICD: uitzetten afgesproken" in parts
    # That there is one is said by what was agreed about it.
    assert "heeft een ICD" not in parts


@pytest.mark.parametrize(
    ("held_by", "function", "said"),
    [
        ("dr. De Boer", "huisarts", ", gevoerd door dr. De Boer (huisarts)"),
        ("dr. De Boer", "", ", gevoerd door dr. De Boer"),
        ("", "huisarts", ", gevoerd door huisarts"),
        ("", "", ""),
    ],
)
def test_the_pzp_line_names_version_day_and_who_held_the_talk(
    desk: Desk, anna: PatientId, held_by: str, function: str, said: str
) -> None:
    desk.pzps.record(
        anna,
        {"4a": Answer("nee")},
        talk_on=date(2026, 11, 1),
        held_by=held_by,
        held_by_function=function,
    )
    assert words.pzp_line(file(desk, anna)) == f"versie 1, gesprek van 01-11-2026{said}"


def test_every_state_has_a_since_when(desk: Desk, anna: PatientId) -> None:
    record = desk.patients.record_status
    record(anna, StatusKind.PHASE, Phase.TERMINAL, since=date(2026, 11, 1))
    record(anna, StatusKind.URGENCY, Urgency.NOW, since=TODAY, said_by="POH")
    record(anna, StatusKind.COMPLEXITY, Complexity.HIGH, since=TODAY)
    record(
        *(anna, StatusKind.WHEREABOUTS, Whereabouts.HOSPICE),
        since=TODAY,
        place="De Linde",
        phone="0522-1",
    )
    assert words.facts_line(file(desk, anna), TODAY) == (
        "85 jaar",
        "hartfalen (K77)",
        "terminaal sinds 01-11-2026",
        "urgentie: nu (dagen) sinds 24-11-2026, POH",
        "hoog complex sinds 24-11-2026",
        "in een hospice (De Linde 0522-1) sinds 24-11-2026",
    )


def test_who_died_has_the_age_of_that_day_and_no_urgency_any_more(
    desk: Desk, anna: PatientId
) -> None:
    desk.patients.record_status(anna, StatusKind.URGENCY, Urgency.NOW, since=date(2026, 1, 2))
    desk.patients.deceased(anna, on=date(2026, 1, 5), place="thuis")
    assert words.facts_line(file(desk, anna), TODAY) == (
        "84 jaar",
        "hartfalen (K77)",
        "overleden op 05-01-2026, thuis",
    )


def test_who_has_no_phase_is_said_by_the_markering(desk: Desk, anna: PatientId) -> None:
    step = desk.markeringen.record
    assert words.markering_words(file(desk, anna)) == "nog niet beoordeeld"
    step(factories.a_step(anna, MarkeringState.TO_JUDGE))
    assert words.markering_words(file(desk, anna)) == "te beoordelen"
    step(factories.a_step(anna, MarkeringState.NOT_MARKED, again_on=date(2027, 2, 1)))
    said = words.markering_words(file(desk, anna))
    assert said.endswith("op 24-11-2026, opnieuw bespreken op 01-02-2027")
    step(factories.a_step(anna, MarkeringState.MARKED))
    assert "besproken" in words.markering_words(file(desk, anna))


def test_numbers_are_ones_own_before_those_of_the_organisation(desk: Desk, anna: PatientId) -> None:
    place = desk.network.keep_organisation(
        Organisation(name="Thuiszorg", phone_day="dag", phone_night="nacht")
    )
    own = desk.network.keep_professional(
        factories.a_professional(
            organisation_id=place.id, phone_day="eigen", phone_night="", discipline=Discipline.PZVP
        )
    )
    assert words.carer_line(file(desk, anna), StatusKind.CENTRAL_CARER) == "niet vastgelegd"
    desk.patients.record_status(anna, StatusKind.CENTRAL_CARER, since=TODAY, professional_id=own.id)
    said = words.carer_line(file(desk, anna), StatusKind.CENTRAL_CARER)
    assert said.startswith("F. Hoekstra, ")
    assert said.endswith("eigen, avond, nacht en weekend nacht (sinds 24-11-2026)")


def test_the_first_contact_has_a_number_or_says_there_is_none(desk: Desk, anna: PatientId) -> None:
    assert words.first_contact(file(desk, anna)) == "niet vastgelegd"
    wim = desk.network.keep_naaste(factories.a_naaste(anna))
    assert words.first_contact(file(desk, anna)) == "echtgenoot Wim Jansen, 06-12345678"
    desk.network.keep_naaste(replace(wim, phones=()))
    assert "geen telefoonnummer bekend" in words.first_contact(file(desk, anna))


def test_who_decides_is_said_only_when_it_was_recorded(desk: Desk, anna: PatientId) -> None:
    assert words.capacity(file(desk, anna)) == ""
    patient = file(desk, anna).patient
    patient = desk.patients.change(
        replace(patient, capable=False, capable_on=TODAY, capable_note="dementie")
    )
    said = words.capacity(file(desk, anna))
    assert said.startswith("wilsonbekwaam voor medische beslissingen (24-11-2026), dementie")
    assert said.endswith("niet vastgelegd wie dan beslist")
    desk.network.keep_naaste(
        factories.a_naaste(anna, name="Els", roles=(NaasteRole.LEGAL_REPRESENTATIVE,))
    )
    assert words.capacity(file(desk, anna)).endswith(
        "vertegenwoordiger: echtgenoot Els, 06-12345678"
    )
    desk.patients.change(replace(patient, capable=True))
    assert words.capacity(file(desk, anna)).startswith("wilsbekwaam; vertegenwoordiger zo nodig")


def test_a_dimension_that_was_never_assessed_says_so_and_the_last_of_a_day_goes_before(
    desk: Desk, anna: PatientId
) -> None:
    empty = words.dimensions(file(desk, anna), TODAY)
    assert (empty.lines, empty.empty) == ((), "Nog niet beoordeeld.")
    for on, weight, score in (
        (date(2026, 9, 1), Weight.LIGHT, 4),
        (TODAY, Weight.NONE, 9),  # a mistake, mended at once
        (TODAY, Weight.SEVERE, 6),
    ):
        desk.assessments.assess(
            Assessment(
                patient_id=anna,
                on=on,
                findings=(
                    Finding(
                        dimension=Dimension.PHYSICAL,
                        weight=weight,
                        direction=Direction.WORSE,
                        text="pijn",
                        according_to="mevrouw",
                        plan="morfine",
                    ),
                ),
                symptoms=(Symptom(name="pijn", score=score),),
                recorded_at=NOW,
                recorded_by=1,
            )
        )
    made = words.dimensions(file(desk, anna), TODAY)
    first, *others, own = made.lines
    assert [reading.level for reading in first.readings] == [1, 3]
    assert (first.word, first.finding, first.according_to) == ("ernstig", "pijn", "mevrouw")
    assert [line.finding for line in others] == ["niet beoordeeld"] * 3
    assert own.finding == "pijn 4 → 6"
    assert made.period == "01-09-2026 tot 24-11-2026"


def test_a_course_older_than_a_year_shows_its_last_word(desk: Desk, anna: PatientId) -> None:
    desk.assessments.assess(
        Assessment(
            patient_id=anna,
            on=date(2024, 1, 1),
            findings=(Finding(dimension=Dimension.SOCIAL, weight=Weight.LIGHT),),
            recorded_at=NOW,
            recorded_by=1,
        )
    )
    made = words.dimensions(file(desk, anna), TODAY)
    assert made.period == "01-01-2024"
    assert made.lines[2].word == "licht"


def test_an_address_and_numbers_stand_on_one_line(desk: Desk) -> None:
    patient = factories.a_patient(phones=(Phone(number="06-1"), Phone(number="06-2", note="zoon")))
    assert words.phones(patient.phones) == "06-1, 06-2 (zoon)"
    assert words.address(patient) == ""
    assert words.bsn(patient) == "niet bekend"
    assert words.bsn(replace(patient, bsn="999990019")) == "999990019 (niet geverifieerd)"
