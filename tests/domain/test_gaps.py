"""What is not recorded yet: each gap by its words, its button, and where it is mended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pzdesk.domain.assessment import Assessment
from pzdesk.domain.file import PatientFile
from pzdesk.domain.gaps import gaps
from pzdesk.domain.handout import Handout, HandoutKind
from pzdesk.domain.markering import MarkeringState, Told, Whom
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.domain.plan import AcutePlan, Scenario
from pzdesk.domain.screening import Screening
from pzdesk.domain.status import Care, Phase, Status, StatusKind, Urgency
from tests.domain.pzp_samples import version
from tests.factories import NOW, TODAY, a_naaste, a_patient, a_professional, a_step

ME = PatientId(7)
EMPTY = PatientFile(patient=a_patient(id=ME), professionals={}, organisations={})
KEPT = {"recorded_at": NOW, "recorded_by": 1}


def _status(kind: StatusKind, value: str = "", days: int = 0, who: int | None = None) -> Status:
    return Status(
        patient_id=ME,
        kind=kind,
        value=value,
        professional_id=who,
        since=TODAY - timedelta(days=days),
        recorded_at=NOW,
        recorded_by=1,
    )


def _handout(number: int | None) -> Handout:
    return Handout(
        kind=HandoutKind.HOME_SHEET,
        patient_id=ME,
        pzp_number=number,
        digest="",
        size=1,
        printed_at=NOW,
        printed_by=1,
    )


def whole() -> PatientFile:
    """A file of which nothing is missing."""
    naaste = a_naaste(ME, id=3)
    return replace(
        EMPTY,
        professionals={4: a_professional(id=4)},
        statuses=(
            _status(StatusKind.RESPONSIBLE, who=4),
            _status(StatusKind.CENTRAL_CARER, who=4),
            _status(StatusKind.URGENCY, Urgency.SOON),
            _status(StatusKind.PHASE, Phase.SYMPTOM),
        ),
        naasten=(naaste,),
        markeringen=(a_step(ME, MarkeringState.TALKED, id=1),),
        told=(Told(patient_id=ME, whom=Whom.APOTHEEK, on=TODAY, **KEPT),),  # type: ignore[arg-type]
        pzp_versions=(version(1),),
        plans=(
            AcutePlan(
                patient_id=ME,
                on=TODAY,
                scenarios=(Scenario(when="benauwd", do="bellen"),),
                recorded_at=NOW,
                recorded_by=1,
            ),
        ),
        handouts=(_handout(1),),
        assessments=(
            Assessment(patient_id=ME, on=TODAY, by="", findings=(), recorded_at=NOW, recorded_by=1),
        ),
        screenings=(
            Screening(
                patient_id=ME,
                naaste_id=3,
                on=TODAY,
                instrument="csi",
                instrument_version="1.0.0",
                answers={},
                scores={},
                recorded_at=NOW,
                recorded_by=1,
            ),
        ),
    )


def words(file: PatientFile) -> list[str]:
    return [gap.words for gap in gaps(file)]


def test_of_a_whole_file_nothing_is_missing() -> None:
    assert gaps(whole()) == ()


def test_of_a_new_patient_the_people_the_urgency_and_the_markering_are_missing() -> None:
    assert words(EMPTY) == [
        "Geen hoofdbehandelaar vastgelegd",
        "Geen centrale zorgverlener vastgelegd",
        "Geen eerste contactpersoon",
        "Urgentie nog niet bepaald",
        "Markering nog niet beoordeeld",
    ]


def test_what_belongs_to_somebody_who_is_marked_is_not_asked_of_somebody_who_is_not() -> None:
    marked = replace(EMPTY, markeringen=(a_step(ME, MarkeringState.MARKED, id=1),))
    asked = set(words(marked)) - set(words(EMPTY))
    assert asked == {
        "Nog geen PZP vastgelegd",
        "Geen scenario’s vastgelegd",
        "Gemarkeerd, nog niet met de patiënt besproken",
        "Vier dimensies nog niet beoordeeld",
        "Geen mantelzorger vastgelegd",
    }


@pytest.mark.parametrize(
    ("part", "left", "expected"),
    [
        ("told", (), "Apotheek weet nog niet van de markering"),
        ("plans", (), "Geen scenario’s vastgelegd"),
        ("handouts", (), "Nog geen blad voor thuis gemaakt"),
        ("assessments", (), "Vier dimensies nog niet beoordeeld"),
        ("screenings", (), "Wim Jansen is nog niet gescreend op overbelasting"),
    ],
)
def test_what_is_taken_out_is_missed(part: str, left: tuple[()], expected: str) -> None:
    lacking = {part: left}
    assert words(replace(whole(), **lacking)) == [expected]  # type: ignore[arg-type]


def test_a_sheet_at_home_of_before_the_pzp_of_now_is_told() -> None:
    newer = replace(whole(), pzp_versions=(version(1), version(2, date(2026, 11, 20))))
    assert words(newer) == ["Het blad thuis is van vóór PZP versie 2"]


def test_a_received_form_waits_to_be_confirmed() -> None:
    received = replace(whole(), pzp_versions=(version(1, source="formulier"),))
    found = [gap for gap in gaps(received) if gap.section == "pzp"]
    assert [gap.words for gap in found] == ["PZP ontvangen, nog niet bevestigd"]


@pytest.mark.parametrize("phase", [Phase.TERMINAL, Phase.DYING])
def test_the_pharmacist_is_told_of_a_transition_too(phase: Phase) -> None:
    rows = [row for row in whole().statuses if row.kind is not StatusKind.PHASE]
    turned = replace(whole(), statuses=(*rows, _status(StatusKind.PHASE, phase)))
    assert words(turned) == ["Apotheek weet nog niet van de overgang van 24-11-2026"]
    told = Told(
        patient_id=ME,
        transition=phase,
        whom=Whom.APOTHEEK,
        on=TODAY,
        recorded_at=NOW,
        recorded_by=1,
    )
    assert gaps(replace(turned, told=(*turned.told, told))) == ()


def test_what_the_pharmacist_heard_of_an_earlier_transition_does_not_count_for_this_one() -> None:
    file = whole()
    earlier = tuple(replace(t, on=date(2025, 1, 1)) for t in file.told)
    assert words(replace(file, told=earlier)) == ["Apotheek weet nog niet van de markering"]


def test_of_who_has_died_or_left_nothing_is_missing() -> None:
    died = _status(StatusKind.PHASE, Phase.DECEASED)
    moved = _status(StatusKind.CARE, Care.MOVED)
    assert gaps(replace(EMPTY, statuses=(died,))) == ()
    assert gaps(replace(EMPTY, statuses=(moved,))) == ()


def test_a_naaste_who_left_counts_no_more() -> None:
    gone = a_naaste(ME, id=3, until=TODAY)
    assert NaasteRole.FIRST_CONTACT in gone.roles
    assert "Geen eerste contactpersoon" in words(replace(whole(), naasten=(gone,)))
