"""The text for the HIS: what was agreed, in the four letters of the episode A20."""

from datetime import timedelta

import pytest

from pzdesk.domain.patient import PatientId
from pzdesk.domain.pzp import Answer
from pzdesk.domain.status import Phase, StatusKind
from pzdesk.services.desk import Desk
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient(bsn="999990019")).id


def text(desk: Desk, patient: PatientId) -> str:
    return desk.papers.soep(patient).data.decode("utf-8")


def test_the_four_letters_follow_the_code_as_text(desk: Desk, anna: PatientId) -> None:
    lines = text(desk, anna).splitlines()
    assert lines[0] == "A20 Gesprek levenseinde/behandelwensen"
    letters = [line[0] for line in lines[1:] if not line.startswith(" ")]
    assert letters == ["S", "O", "E", "P"]
    assert lines[-1].strip() == "dr. De Boer, 24-11-2026."


def test_without_a_pzp_it_says_so(desk: Desk, anna: PatientId) -> None:
    said = text(desk, anna)
    assert "S: PZP nog niet besproken." in said
    assert "E: behandelgrenzen nog niet besproken." in said


def test_it_tells_talk_limits_wishes_actions_and_carer(desk: Desk, anna: PatientId) -> None:
    desk.patients.record_status(anna, StatusKind.PHASE, Phase.TERMINAL, since=TODAY)
    desk.pzps.record(
        anna,
        {
            "2": Answer(ticked=("patient", "kind")),
            "4a": Answer("ja_maar"),
            "4a.beperking": Answer("één schok"),
            "5a": Answer("wil geen prikken"),
            "5b": Answer("anders"),
            "5b.toelichting": Answer("bij dochter"),
        },
        talk_on=TODAY,
        held_by="dr. De Boer",
        held_by_function="huisarts",
    )
    desk.actions.add(who="POH", what="VPTZ bellen", due=TODAY + timedelta(days=3), patient_id=anna)
    said = text(desk, anna)
    assert "bij dochter." in said
    for words in (
        "S: PZP-gesprek 24-11-2026, dr. De Boer (huisarts); in bijzijn van: Patiënt, Kind.",
        "wil geen prikken",
        "O: 85 jaar, hartfalen (K77), terminaal sinds 24-11-2026.",
        "wel reanimeren, met beperking: één schok",
        "P: PZP: versie 1",
        "VPTZ bellen (POH, 27-11-2026).",
        "Centrale zorgverlener: niet vastgelegd.",
    ):
        assert words in said, words


def test_it_holds_no_bsn_and_is_kept_as_copied(desk: Desk, anna: PatientId) -> None:
    assert "999990019" not in text(desk, anna)
    (handout,) = desk.papers.handouts(anna)
    assert handout.kind.value == "soep"
    assert desk.practice.log(anna)[-2].event.value == "stuk.gekopieerd_voor_his"
