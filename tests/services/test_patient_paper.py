"""The patient sheet: who cares, who is near, who was told, and which review moments there are."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from pzdesk.documents.patient_sheet import PatientPaper
from pzdesk.documents.style import Imprint
from pzdesk.domain.markering import MarkeringState, Told, Whom
from pzdesk.domain.mdo import ItemNotes
from pzdesk.domain.network import MayKnow, NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.status import StatusKind
from pzdesk.services.desk import Desk
from pzdesk.services.patient_paper import patient_paper
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW, TODAY

IMPRINT = Imprint(practice="De Brink", printed_at=NOW, printed_by="dr. De Boer")


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient()).id


def paper(desk: Desk, patient: PatientId, *extras: str) -> PatientPaper:
    return patient_paper(desk.patients.file(patient), IMPRINT, TODAY, extras=frozenset(extras))


def test_a_carer_with_two_parts_stands_once_with_both_and_the_day_of_checking(
    desk: Desk, anna: PatientId
) -> None:
    who = desk.network.keep_professional(factories.a_professional(checked_on=TODAY))
    for kind in (StatusKind.RESPONSIBLE, StatusKind.CENTRAL_CARER):
        desk.patients.record_status(anna, kind, since=TODAY, professional_id=who.id)
    member = desk.network.add_to_team(anna, who.id, part="team", since=TODAY)
    gone = desk.network.keep_professional(factories.a_professional(name="Is Weg"))
    left = desk.network.add_to_team(anna, gone.id, since=TODAY - timedelta(days=9))
    desk.network.end_in_team(left, TODAY)
    (carer,) = paper(desk, anna).carers
    assert "hoofdbehandelaar" in carer.part
    assert "centrale zorgverlener" in carer.part
    assert (carer.name, carer.day, carer.night) == ("F. Hoekstra", "0521-123456", "0521-654321")
    assert carer.checked == "24-11-2026"
    assert member.part == "team"


def test_a_naaste_stands_with_roles_and_what_they_may_know_and_not_after_their_end(
    desk: Desk, anna: PatientId
) -> None:
    kept = desk.network.keep_naaste(
        factories.a_naaste(
            anna, may_know=MayKnow.LIMITED, may_know_note="niet de prognose", confidence="geheim"
        )
    )
    (relative,) = paper(desk, anna).relatives
    assert relative.relation == "echtgenoot"
    assert "mantelzorger" in relative.roles
    assert relative.may_know.endswith(": niet de prognose")
    assert "geheim" not in repr(paper(desk, anna, "bsn", "mantelzorg", "surprise"))
    desk.network.keep_naaste(replace(kept, until=TODAY))
    assert paper(desk, anna).relatives == ()


def test_who_was_told_of_what_when_and_why_before_the_talk(desk: Desk, anna: PatientId) -> None:
    desk.markeringen.record(factories.a_step(anna, MarkeringState.MARKED))
    desk.markeringen.tell(
        Told(
            patient_id=anna,
            whom=Whom.APOTHEEK,
            name="R. Visser",
            how="telefoon",
            on=TODAY,
            before_talk="pomp moet vandaag",
            recorded_at=NOW,
            recorded_by=1,
        )
    )
    (_, state), (whom, said) = paper(desk, anna).marking
    assert "besproken" in state
    assert whom == "Apotheek ingelicht"
    for words in ("24-11-2026", "R. Visser", "telefoon", "omdat: pomp moet vandaag"):
        assert words in said


def test_review_moments_stand_with_their_day_or_outcome_and_dropped_ones_do_not(
    desk: Desk, anna: PatientId
) -> None:
    held = desk.reviews.plan(anna, ReviewKind.MEDICATION, due=TODAY)
    desk.reviews.hold(held, on=TODAY, by="apotheker", outcome="statine gestopt")
    desk.reviews.drop(desk.reviews.plan(anna, ReviewKind.OTHER, due=TODAY), "niet nodig")
    desk.reviews.plan(anna, ReviewKind.OTHER, due=TODAY, subject="bloeduitslag")
    (_, first), (name, second) = paper(desk, anna).reviews
    assert first == "gehouden op 24-11-2026: statine gestopt"
    assert name == "bloeduitslag"
    assert "24-11-2026" in second


def test_the_outcome_of_a_moment_about_the_caregiver_stands_there_only_when_ticked(
    desk: Desk, anna: PatientId
) -> None:
    review = desk.reviews.plan(anna, ReviewKind.CAREGIVER, due=TODAY)
    desk.reviews.hold(review, on=TODAY, by="POH", outcome="houdt het niet vol")
    assert paper(desk, anna).reviews[0][1] == "gehouden op 24-11-2026"
    assert "houdt het niet vol" in paper(desk, anna, "mantelzorg").reviews[0][1]


def test_what_the_last_held_meeting_agreed_comes_along(
    desk: Desk, anna: PatientId, clock: Clock
) -> None:
    assert paper(desk, anna).agreements == ()
    for agreed in ("eerst dit", "toen dat"):
        meeting = desk.meetings.plan(on=clock.now.date(), starts=time(9, 0), patients=[anna])
        item = desk.meetings.meeting(meeting.id)[1][0]
        desk.meetings.note(item, ItemNotes(afspraken=(agreed,), discussed=True))
        desk.meetings.held(meeting, [])
        clock.forward(days=7)
    coming = desk.meetings.plan(on=clock.now.date(), starts=time(9, 0), patients=[anna])
    assert coming.id
    made = paper(desk, anna)
    assert (made.agreed_on, made.agreements) == ("01-12-2026", ("toen dat",))


def test_the_surprise_question_is_the_last_one_that_was_asked(desk: Desk, anna: PatientId) -> None:
    assert "Niet gesteld." in repr(paper(desk, anna, "surprise").extra)
    desk.markeringen.record(
        factories.a_step(anna, MarkeringState.TO_JUDGE, surprised_by_death=False)
    )
    desk.markeringen.record(factories.a_step(anna, MarkeringState.MARKED))
    assert "'nee'" in repr(paper(desk, anna, "surprise").extra)
    assert paper(desk, anna).extra == ()


def test_a_representative_stands_in_the_head(desk: Desk, anna: PatientId) -> None:
    desk.network.keep_naaste(
        factories.a_naaste(anna, name="Els", roles=(NaasteRole.LEGAL_REPRESENTATIVE,))
    )
    assert "Els" in dict(paper(desk, anna).head.lines)["Beslissen"]
