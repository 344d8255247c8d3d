"""The home sheet: whom to call by day and by night, limits, wishes, and what to do when."""

from dataclasses import replace

import pytest

from pzdesk.documents.home_sheet import HomePaper
from pzdesk.documents.style import Imprint
from pzdesk.domain.network import Naaste, NaasteRole, Professional
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Phone
from pzdesk.domain.pzp import Answer
from pzdesk.domain.status import StatusKind
from pzdesk.exchange import pzp_pdf
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.services import paper_words as words
from pzdesk.services import pzps
from pzdesk.services.desk import Desk
from pzdesk.services.home_paper import home_paper
from tests import factories
from tests.factories import NOW, TODAY

IMPRINT = Imprint(practice="De Brink", printed_at=NOW, printed_by="dr. De Boer")


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient()).id


def paper(desk: Desk, patient: PatientId) -> HomePaper:
    return home_paper(desk.patients.file(patient), desk.practice.practice(), IMPRINT, TODAY)


def test_nobody_to_call_is_said_and_not_left_out(desk: Desk, anna: PatientId) -> None:
    made = paper(desk, anna)
    assert (made.day, made.night, made.others) == (None, None, ())
    assert made.name == "Mevrouw Jansen-de Vries"


def test_a_naaste_is_never_whom_to_call_for_care_but_stands_there(
    desk: Desk, anna: PatientId
) -> None:
    desk.network.keep_naaste(
        Naaste(
            patient_id=anna,
            name="Anja Bakker",
            relation="dochter",
            roles=(NaasteRole.FIRST_CONTACT,),
            phones=(Phone(number="06-11223344"),),
        )
    )
    made = paper(desk, anna)
    assert made.day is None
    assert [call.number for call in made.others] == ["06-11223344"]


def test_the_central_carer_comes_first_and_everybody_once(desk: Desk, anna: PatientId) -> None:
    desk.practice.change(
        replace(desk.practice.practice(), phone_day="0522-100", hap_phone="0900-1122")
    )

    def known(name: str, number: str) -> Professional:
        return desk.network.keep_professional(
            factories.a_professional(name=name, phone_day=number, phone_night="")
        )

    carer, doctor = known("F. Hoekstra", "0522-200"), known("dr. De Boer", "0522-100")
    record = desk.patients.record_status
    record(anna, StatusKind.CENTRAL_CARER, since=TODAY, professional_id=carer.id)
    record(anna, StatusKind.RESPONSIBLE, since=TODAY, professional_id=doctor.id)
    desk.network.add_to_team(anna, carer.id, since=TODAY)
    desk.network.add_to_team(anna, known("zonder nummer", "").id, since=TODAY)
    naaste: Naaste = factories.a_naaste(
        anna, phones=(Phone(number="06-1", note="mobiel"), Phone(number="06-2"))
    )
    desk.network.keep_naaste(naaste)
    desk.network.keep_naaste(
        factories.a_naaste(anna, name="Verre Neef", roles=(NaasteRole.MANTELZORGER,))
    )
    made = paper(desk, anna)
    assert made.day is not None
    assert made.day.who == "F. Hoekstra"
    assert [(call.who, call.number) for call in made.others] == [
        ("dr. De Boer", "0522-100"),
        ("Wim Jansen", "06-1"),
    ]
    assert made.night is not None
    assert made.night.number == "0900-1122"


def test_wishes_stand_there_when_they_were_said_and_nothing_unsaid(
    desk: Desk, anna: PatientId
) -> None:
    assert paper(desk, anna).wishes == ()
    desk.pzps.record(anna, {"4a": Answer("nee")}, talk_on=TODAY, held_by="")
    assert paper(desk, anna).wishes == ()
    desk.pzps.record(
        anna,
        {"5a": Answer("wil geen prikken"), "5b": Answer("thuis"), "6": Answer("hond Bobby")},
        talk_on=TODAY,
        held_by="",
        reason="aangevuld",
    )
    first, second, place = paper(desk, anna).wishes
    assert (first, second) == ("wil geen prikken", "hond Bobby")
    assert place.lower().endswith("overlijden: thuis")


def test_limits_that_nobody_confirmed_yet_say_so(
    desk: Desk, anna: PatientId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pzps, "read_form", pzp_pdf.parse_form)
    said = {"pNaam": "Anna de Vries", "pGeboortedatum": "14-03-1941", "4a-check": "1"}
    received = desk.pzps.read_in(filled_form(said)).version
    warning, first = words.RECEIVED, "niet reanimeren"
    # On the paper for at home it is a plain sentence above the list, and no item of it.
    assert paper(desk, anna).limits[0] == first
    assert paper(desk, anna).limits_note == "Deze afspraken zijn nog niet bevestigd door uw arts."
    # Whatever says the limits says it with these words: the header of a file, an overleg, a patient sheet.
    assert words.limits(desk.patients.file(anna))[:2] == (warning, first)
    assert words.head(desk.patients.file(anna), TODAY).limits[0] == warning
    # Once in full: what stands near the limits says it in short.
    assert words.pzp_line(desk.patients.file(anna)).endswith(" · te bevestigen")
    assert desk.papers.soep(anna).data.decode().count(warning) == 1
    desk.pzps.confirm(received, by="dr. De Boer", on=TODAY)
    assert paper(desk, anna).limits_note == ""
    assert words.limits(desk.patients.file(anna))[0] == first


def test_without_a_pzp_the_sheet_says_it_was_not_discussed(desk: Desk, anna: PatientId) -> None:
    assert paper(desk, anna).limits == ("behandelgrenzen nog niet besproken",)


def test_what_was_added_to_a_limit_travels_along(desk: Desk, anna: PatientId) -> None:
    answers = {"4d": Answer("nee"), "4d.toelichting": Answer("behalve bij een botbreuk.")}
    desk.pzps.record(anna, answers, talk_on=TODAY, held_by="dr. De Boer")
    assert "niet naar het ziekenhuis (behalve bij een botbreuk)" in paper(desk, anna).limits
    text = desk.papers.soep(anna).data.decode()
    assert "behalve bij een botbreuk" in text
