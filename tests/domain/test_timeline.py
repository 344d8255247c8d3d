"""The timeline: everything that was recorded, the newest first, each with where it stands."""

from dataclasses import replace
from datetime import date, timedelta

from pzdesk.domain.action import Action
from pzdesk.domain.advice import Advice, AdviceKind, AdviceOutcome
from pzdesk.domain.assessment import Assessment, Dimension, Finding, Weight
from pzdesk.domain.file import PatientFile
from pzdesk.domain.handout import Handout, HandoutKind
from pzdesk.domain.markering import MarkeringState, Told, Whom
from pzdesk.domain.mdo import Consent, ConsentAnswer, ParticipantKind
from pzdesk.domain.network import TeamMember
from pzdesk.domain.patient import PatientId
from pzdesk.domain.plan import AcutePlan
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.status import Phase, Status, StatusKind, Whereabouts
from pzdesk.domain.timeline import Entry, timeline
from tests.domain.pzp_samples import version
from tests.factories import NOW, TODAY, a_naaste, a_patient, a_professional, a_step

ME = PatientId(7)
EMPTY = PatientFile(patient=a_patient(id=ME), professionals={}, organisations={})


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _status(kind: StatusKind, value: str, days: int, **more: str) -> Status:
    return Status(
        patient_id=ME,
        kind=kind,
        value=value,
        since=ago(days),
        said_by="dr. De Boer",
        recorded_at=NOW,
        recorded_by=1,
        **more,  # type: ignore[arg-type]
    )


def _titles(file: PatientFile) -> list[str]:
    return [entry.title for entry in timeline(file)]


def test_of_a_new_patient_it_is_empty() -> None:
    assert timeline(EMPTY) == ()


def test_the_newest_day_stands_first_whatever_it_is() -> None:
    file = replace(
        EMPTY,
        statuses=(_status(StatusKind.PHASE, Phase.SYMPTOM, 10),),
        markeringen=(a_step(ME, MarkeringState.MARKED, on=ago(20)),),
        actions=(Action(who="POH", what="bellen", since=ago(15), recorded_at=NOW, recorded_by=1),),
    )
    assert _titles(file) == [
        "Fase: symptoomgericht",
        "Actie afgesproken: bellen",
        "Markering: gemarkeerd, nog niet besproken",
    ]


def test_a_row_says_its_value_its_place_its_note_and_who_said_it() -> None:
    row = _status(StatusKind.WHEREABOUTS, Whereabouts.HOSPICE, 1, place="De Linde", note="rustig")
    (entry,) = timeline(replace(EMPTY, statuses=(row,)))
    assert entry == Entry(
        ago(1), "overzicht", "Verblijf: in een hospice", "De Linde · rustig", "dr. De Boer"
    )


def test_what_was_taken_back_stays_with_the_reason() -> None:
    wrong = replace(_status(StatusKind.PHASE, Phase.TERMINAL, 1), retracted="verkeerde persoon")
    (entry,) = timeline(replace(EMPTY, statuses=(wrong,)))
    assert entry.title == "Ingetrokken: fase: terminaal"
    assert entry.text == "omdat: verkeerde persoon"


def test_a_death_says_where() -> None:
    died = _status(StatusKind.PHASE, Phase.DECEASED, 0, place="thuis")
    assert _titles(replace(EMPTY, statuses=(died,))) == ["Overleden, thuis"]


def test_a_screening_is_called_by_the_name_that_is_given_for_its_instrument() -> None:
    screening = Screening(
        patient_id=ME,
        naaste_id=3,
        on=TODAY,
        by="POH",
        instrument="csi",
        instrument_version="1.0.0",
        answers={},
        scores={},
        recorded_at=NOW,
        recorded_by=1,
    )
    file = replace(EMPTY, naasten=(a_naaste(ME, id=3),), screenings=(screening,))
    assert [e.text for e in timeline(file)] == ["csi"]
    (entry,) = timeline(file, str.upper)
    assert (entry.title, entry.text, entry.section) == ("Wim Jansen gescreend", "CSI", "mantelzorg")


def test_everything_that_can_be_recorded_stands_in_its_section() -> None:
    kept = {"recorded_at": NOW, "recorded_by": 1}
    file = replace(
        EMPTY,
        professionals={4: a_professional(id=4)},
        naasten=(a_naaste(ME, id=3, until=ago(1)),),
        team=(TeamMember(patient_id=ME, professional_id=4, since=ago(9), until=ago(2)),),
        told=(Told(patient_id=ME, whom=Whom.APOTHEEK, name="J.", on=ago(3), **kept),),  # type: ignore[arg-type]
        pzp_versions=(version(1),),
        assessments=(
            Assessment(
                patient_id=ME,
                on=ago(4),
                findings=(Finding(dimension=Dimension.SOCIAL, weight=Weight.LIGHT),),
                recorded_at=NOW,
                recorded_by=1,
            ),
        ),
        follow_ups=(
            FollowUp(
                patient_id=ME,
                naaste_id=3,
                screening_id=1,
                what="bellen",
                due=TODAY,
                done_on=ago(5),
                recorded_at=NOW,
                recorded_by=1,
            ),
        ),
        plans=(AcutePlan(patient_id=ME, on=ago(6), recorded_at=NOW, recorded_by=1),),
        reviews=(
            Review(
                patient_id=ME,
                kind=ReviewKind.MEDICATION,
                subject="slaap",
                due=TODAY,
                done_on=ago(7),
                recorded_at=NOW,
                recorded_by=1,
            ),
        ),
        consents=(
            Consent(
                patient_id=ME,
                kind=ParticipantKind.VOLUNTEERS,
                answer=ConsentAnswer.NO,
                on=ago(8),
                recorded_at=NOW,
                recorded_by=1,
            ),
        ),
        handouts=(
            Handout(
                kind=HandoutKind.HOME_SHEET,
                patient_id=ME,
                pzp_number=1,
                digest="",
                size=1,
                printed_at=NOW,
                printed_by=1,
            ),
        ),
    )
    found = {(entry.section, entry.title) for entry in timeline(file)}
    assert found == {
        ("netwerk", "In het zorgnetwerk: F. Hoekstra"),
        ("netwerk", "Uit het zorgnetwerk: F. Hoekstra"),
        ("netwerk", "Niet meer betrokken: Wim Jansen"),
        ("markering", "Ingelicht: apotheek (J.)"),
        ("pzp", "PZP versie 1, geldend"),
        ("dimensies", "Vier dimensies beoordeeld"),
        ("mantelzorg", "Vervolg afgerond: bellen"),
        ("acuut", "Plan voor acute situaties, 0 scenario’s"),
        ("reviews", "Medicatiereview huisarts en apotheker: slaap"),
        ("mdo", "Bespreken met vrijwilligers: nee"),
        ("acuut", "Gemaakt: blad voor thuis"),
    }


def test_a_proposal_stands_on_its_day_and_what_became_of_it_on_another() -> None:
    waits = Advice(
        patient_id=PatientId(1),
        kind=AdviceKind.WORDS,
        text="palliatieve sedatie bespreken",
        since=ago(9),
        recorded_at=NOW,
        recorded_by=1,
    )
    decided = replace(
        waits,
        text="fysiotherapie",
        outcome=AdviceOutcome.REJECTED,
        decided_on=ago(2),
        decided_by="dr. De Boer",
        reason="al anders geregeld",
    )
    entries = timeline(replace(EMPTY, advices=(waits, decided)))
    assert [(entry.on, entry.title, entry.text, entry.by) for entry in entries] == [
        (ago(2), "Voorstel afgewezen: advies: fysiotherapie", "al anders geregeld", "dr. De Boer"),
        (
            ago(9),
            "Voorstel: advies: palliatieve sedatie bespreken",
            "te bevestigen door de hoofdbehandelaar",
            "",
        ),
        (ago(9), "Voorstel: advies: fysiotherapie", "", ""),
    ]
    assert {entry.section for entry in entries} == {"mdo"}
