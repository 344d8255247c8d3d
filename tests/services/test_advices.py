"""Advice of a meeting: proposed, confirmed, rejected, taken back; nothing holds before it is confirmed."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from pzdesk.domain.advice import Advice, AdviceKind, AdviceOutcome
from pzdesk.domain.advice_words import advice_in, outcome_words
from pzdesk.domain.errors import BadInput, NotAllowed, Refused, Stale
from pzdesk.domain.file import PatientFile
from pzdesk.domain.patient import PatientId
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.status import Phase, StatusKind, Urgency
from pzdesk.domain.user import Role
from pzdesk.domain.work_rules import Waits
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def patient(desk: Desk) -> PatientId:
    """Somebody in a symptom-directed phase, urgency soon, with a responsible clinician."""
    key = desk.patients.add(factories.a_patient()).id
    since = TODAY - timedelta(days=30)
    desk.patients.record_status(key, StatusKind.PHASE, Phase.SYMPTOM, since=since)
    desk.patients.record_status(key, StatusKind.URGENCY, Urgency.SOON, since=since)
    who = desk.network.keep_professional(factories.a_professional())
    desk.patients.record_status(key, StatusKind.RESPONSIBLE, since=since, professional_id=who.id)
    return key


def file_of(desk: Desk, patient: PatientId) -> PatientFile:
    return desk.patients.file(patient)


def more_urgent(desk: Desk, patient: PatientId) -> Advice:
    return desk.advices.propose(patient, AdviceKind.URGENCY, value=Urgency.NOW)


def test_a_proposal_changes_nothing_until_it_is_confirmed(desk: Desk, patient: PatientId) -> None:
    advice = more_urgent(desk, patient)
    file = file_of(desk, patient)
    now = file.now(StatusKind.URGENCY)
    assert now is not None
    assert now.value == Urgency.SOON
    assert file.open_advices == (advice,)
    assert advice_in(file, advice) == "urgentie: binnenkort (weken) → nu (dagen)"
    who = file.professional_now(StatusKind.RESPONSIBLE)
    assert who is not None
    assert outcome_words(file, advice) == f"te bevestigen door {who.name}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AdviceKind.PHASE, "terminaal"),
        (AdviceKind.URGENCY, "nu"),
        (AdviceKind.COMPLEXITY, "hoog"),
    ],
)
def test_confirming_makes_the_dated_row_of_that_day_by_who_confirmed(
    desk: Desk, patient: PatientId, kind: AdviceKind, value: str
) -> None:
    meeting = desk.meetings.plan(on=date(2026, 11, 20), starts=time(12, 30))
    advice = desk.advices.propose(
        patient, kind, value=value, text="volgens R. Smit", meeting_id=meeting.id
    )
    kept = desk.advices.confirm(advice)
    file = file_of(desk, patient)
    row = file.now(StatusKind(kind.value))
    assert row is not None
    assert (row.value, row.since, row.said_by) == (value, TODAY, desk.session.user.name)
    assert row.note == "voorstel uit het overleg van 20-11-2026: volgens R. Smit"
    assert (kept.outcome, kept.status_id) == (AdviceOutcome.CONFIRMED, row.id)
    assert not file.open_advices
    assert outcome_words(file, kept) == f"bevestigd op 24-11-2026 door {desk.session.user.name}"


def test_a_central_carer_is_proposed_and_confirmed_by_name(desk: Desk, patient: PatientId) -> None:
    who = desk.network.keep_professional(replace(factories.a_professional(), name="F. Hoekstra"))
    with pytest.raises(BadInput):
        desk.advices.propose(patient, AdviceKind.CENTRAL_CARER)
    advice = desk.advices.propose(patient, AdviceKind.CENTRAL_CARER, professional_id=who.id)
    assert advice_in(file_of(desk, patient), advice) == "centrale zorgverlener: F. Hoekstra"
    desk.advices.confirm(advice)
    assert file_of(desk, patient).professional_now(StatusKind.CENTRAL_CARER) == who


def test_limits_change_by_no_confirmation_but_a_revision_of_the_pzp_is_planned(
    desk: Desk, patient: PatientId
) -> None:
    with pytest.raises(BadInput, match="Schrijf op"):
        desk.advices.propose(patient, AdviceKind.PZP)
    advice = desk.advices.propose(patient, AdviceKind.PZP, text="wel of niet naar het ziekenhuis")
    with pytest.raises(BadInput, match="vóór wanneer"):
        desk.advices.confirm(advice)
    desk.advices.confirm(advice, due=TODAY + timedelta(days=7))
    file = file_of(desk, patient)
    (review,) = file.open_reviews
    assert (review.kind, review.due) == (ReviewKind.PZP_REVISION, TODAY + timedelta(days=7))
    assert "wel of niet naar het ziekenhuis" in review.because
    assert file.valid_pzp is None


def test_undoing_a_confirmation_lets_the_row_before_hold_and_the_proposal_wait(
    desk: Desk, patient: PatientId
) -> None:
    kept = desk.advices.confirm(more_urgent(desk, patient))
    again = desk.advices.reopen(kept)
    file = file_of(desk, patient)
    now = file.now(StatusKind.URGENCY)
    assert now is not None
    assert now.value == Urgency.SOON
    assert file.open_advices == (again,)
    planned = desk.advices.propose(patient, AdviceKind.PZP, text="limieten herzien")
    desk.advices.reopen(desk.advices.confirm(planned, due=TODAY))
    assert not file_of(desk, patient).open_reviews


def test_a_confirmed_revision_that_was_held_cannot_be_undone(
    desk: Desk, patient: PatientId
) -> None:
    advice = desk.advices.propose(patient, AdviceKind.PZP, text="limieten herzien")
    kept = desk.advices.confirm(advice, due=TODAY)
    (review,) = file_of(desk, patient).open_reviews
    desk.reviews.hold(review, on=TODAY, by="dr. De Boer", outcome="herzien")
    with pytest.raises(Refused, match="al afgesloten"):
        desk.advices.reopen(kept)
    assert file_of(desk, patient).advices == (kept,)


def test_rejecting_asks_a_reason_and_leaves_everything_as_it_was(
    desk: Desk, patient: PatientId
) -> None:
    advice = more_urgent(desk, patient)
    with pytest.raises(BadInput, match="waarom"):
        desk.advices.reject(advice, "  ")
    kept = desk.advices.reject(advice, "al anders geregeld")
    file = file_of(desk, patient)
    assert outcome_words(file, kept).endswith(": al anders geregeld")
    now = file.now(StatusKind.URGENCY)
    assert now is not None
    assert now.value == Urgency.SOON
    with pytest.raises(Refused):
        desk.advices.confirm(kept)
    desk.advices.reopen(kept)
    assert file_of(desk, patient).open_advices


def test_what_was_noted_by_mistake_is_taken_back_while_it_waits(
    desk: Desk, patient: PatientId
) -> None:
    advice = more_urgent(desk, patient)
    desk.advices.withdraw(advice)
    assert not file_of(desk, patient).advices
    kept = desk.advices.confirm(more_urgent(desk, patient))
    with pytest.raises(Refused):
        desk.advices.withdraw(kept)


def test_what_holds_already_waits_already_or_cannot_be_is_refused(
    desk: Desk, patient: PatientId
) -> None:
    with pytest.raises(Refused, match="al zo"):
        desk.advices.propose(patient, AdviceKind.URGENCY, value=Urgency.SOON)
    more_urgent(desk, patient)
    with pytest.raises(Refused, match="staat er al"):
        more_urgent(desk, patient)
    with pytest.raises(BadInput):
        desk.advices.propose(patient, AdviceKind.PHASE, value="onzin")
    with pytest.raises(BadInput, match="overlijden"):
        desk.advices.propose(patient, AdviceKind.PHASE, value=Phase.DECEASED)


def test_after_a_death_nothing_is_proposed_or_confirmed_any_more(
    desk: Desk, patient: PatientId
) -> None:
    advice = more_urgent(desk, patient)
    desk.patients.deceased(patient, on=TODAY, place="thuis")
    with pytest.raises(Refused, match="overleden"):
        desk.advices.confirm(advice)
    with pytest.raises(Refused, match="overleden"):
        desk.advices.propose(patient, AdviceKind.WORDS, text="nazorg")
    assert not waiting(desk)
    desk.advices.reject(advice, "overleden")


def test_two_who_decide_at_once_do_not_overwrite_each_other(desk: Desk, patient: PatientId) -> None:
    advice = more_urgent(desk, patient)
    desk.advices.reopen(desk.advices.reject(advice, "vergissing"))
    with pytest.raises(Stale):
        desk.advices.confirm(advice)


def test_a_proposal_waits_on_the_work_list_of_the_responsible_clinician(
    desk: Desk, session: Session, patient: PatientId
) -> None:
    advice = more_urgent(desk, patient)
    (entry,) = waiting(desk)
    assert entry == (
        "Voorstel uit het overleg van 24-11: urgentie: nu (dagen)",
        f"voorstel-{advice.id}",
        "mdo",
    )
    nurse = desk_over(replace(session, user=replace(session.user, roles=(Role.PZVP,))))
    assert not waiting(nurse)
    with pytest.raises(NotAllowed):
        nurse.advices.confirm(advice)
    desk.advices.confirm(advice)
    assert not waiting(desk)


def waiting(desk: Desk) -> list[tuple[str, str, str]]:
    """What the work list says of proposals: words, act and section."""
    _, everybody = desk.worklist.both()
    return [
        (entry.words, entry.act, entry.section)
        for row in everybody.rows
        for entry in (row.first, *row.more)
        if entry.kind is Waits.CONFIRM_ADVICE
    ]
