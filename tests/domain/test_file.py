"""The file of one patient: what holds now, what still waits, and when somebody was last discussed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.action import Action
from pzdesk.domain.assessment import Assessment
from pzdesk.domain.file import PatientFile, as_of
from pzdesk.domain.markering import MarkeringState, Told, Whom
from pzdesk.domain.mdo import (
    AgendaItem,
    Consent,
    ConsentAnswer,
    ItemNotes,
    Meeting,
    MeetingState,
    ParticipantKind,
)
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.domain.plan import AcutePlan
from pzdesk.domain.pzp import PzpConfirmation, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal, not_withdrawn
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.status import Care, Phase, Status, StatusKind
from tests.factories import NOW, TODAY, a_naaste, a_patient, a_professional, a_step

ME = PatientId(1)
BY: dict[str, Any] = {"recorded_at": NOW, "recorded_by": 1}
EMPTY = PatientFile(patient=a_patient(id=ME), professionals={}, organisations={})


def _status(kind: StatusKind, value: str, days_ago: int = 0, **changes: Any) -> Status:
    return Status(kind=kind, value=value, since=_ago(days_ago), **BY | changes)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _version(number: int, talk_on: date | None) -> PzpVersion:
    return PzpVersion(id=number, number=number, talk_on=talk_on, answers={}, **BY)


def _withdrawal(version: PzpVersion) -> PzpWithdrawal:
    return PzpWithdrawal(version_id=version.id, reason="verkeerde persoon", **BY)


def test_an_empty_file_answers_every_question_with_nothing() -> None:
    assert EMPTY.is_active
    assert EMPTY.death is None
    assert EMPTY.markering is None
    assert EMPTY.valid_pzp is None
    for waiting in (EMPTY.live_pzp, EMPTY.open_reviews, EMPTY.open_actions, EMPTY.open_follow_ups):
        assert waiting == ()
    assert EMPTY.last_meeting(date.max) is None
    for kind in StatusKind:
        assert EMPTY.now(kind) is None
        assert EMPTY.professional_now(kind) is None
    for role in NaasteRole:
        assert EMPTY.naasten_with(role) == ()


def test_the_newest_row_of_a_kind_holds() -> None:
    old, new = (
        _status(StatusKind.PHASE, Phase.SYMPTOM, 30),
        _status(StatusKind.PHASE, Phase.TERMINAL, 2),
    )
    file = replace(EMPTY, statuses=(new, old))
    assert file.now(StatusKind.PHASE) == new
    assert file.now(StatusKind.URGENCY) is None


def test_a_death_is_the_row_that_says_when_and_where() -> None:
    died = _status(StatusKind.PHASE, Phase.DECEASED, 1, place="hospice")
    file = replace(EMPTY, statuses=(died,))
    assert file.death == died
    assert not file.is_active
    wrong = replace(died, retracted="andere patiënt")
    assert replace(EMPTY, statuses=(wrong,)).death is None
    gone = replace(EMPTY, statuses=(_status(StatusKind.CARE, Care.MOVED),))
    assert not gone.is_active
    assert gone.death is None


def test_the_central_carer_is_a_professional_of_the_file() -> None:
    nurse = a_professional(id=4)
    row = _status(StatusKind.CENTRAL_CARER, "", professional_id=4)
    file = replace(EMPTY, statuses=(row,), professionals={4: nurse})
    assert file.professional_now(StatusKind.CENTRAL_CARER) == nurse
    assert file.professional_now(StatusKind.RESPONSIBLE) is None
    assert replace(file, professionals={}).professional_now(StatusKind.CENTRAL_CARER) is None


def test_the_step_recorded_last_is_the_markering_of_now() -> None:
    steps = (a_step(ME, MarkeringState.TALKED, id=2), a_step(ME, MarkeringState.MARKED, id=1))
    assert replace(EMPTY, markeringen=steps).markering == steps[0]


def test_the_valid_pzp_is_the_one_of_the_latest_talk_not_the_latest_import() -> None:
    latest, imported = _version(1, _ago(2)), _version(2, _ago(90))
    file = replace(EMPTY, pzp_versions=(latest, imported))
    assert file.valid_pzp == latest
    assert file.live_pzp == (latest, imported)


def test_a_version_that_was_taken_back_never_holds() -> None:
    one, two, three = _version(1, _ago(90)), _version(2, _ago(30)), _version(3, _ago(2))
    file = replace(EMPTY, pzp_versions=(one, two, three), pzp_withdrawals=(_withdrawal(three),))
    assert file.valid_pzp == two
    assert file.live_pzp == (one, two)
    assert file.pzp_versions == (one, two, three), "it stays in the file"
    gone = tuple(map(_withdrawal, (one, two, three)))
    assert replace(file, pzp_withdrawals=gone).valid_pzp is None
    assert not_withdrawn((one, two), ()) == (one, two)


def test_naasten_have_a_role_until_they_stop() -> None:
    wim = a_naaste(ME, id=1)
    ria = replace(wim, id=2, roles=(NaasteRole.LEGAL_REPRESENTATIVE,))
    gone = replace(wim, id=3, until=TODAY)
    file = replace(EMPTY, naasten=(wim, ria, gone))
    assert file.naasten_with(NaasteRole.MANTELZORGER) == (wim,)
    assert file.naasten_with(NaasteRole.FIRST_CONTACT) == (wim,)
    assert file.naasten_with(NaasteRole.LEGAL_REPRESENTATIVE) == (ria,)


def test_what_waits_stands_in_the_order_in_which_it_is_due() -> None:
    def review(key: int, days: int, **changes: Any) -> Review:
        return Review(id=key, kind=ReviewKind.OTHER, due=_ago(-days), **BY | changes)

    def follow_up(key: int, days: int, **changes: Any) -> FollowUp:
        return FollowUp(id=key, naaste_id=1, screening_id=1, due=_ago(-days), **BY | changes)

    def action(key: int, days: int | None, **changes: Any) -> Action:
        due = None if days is None else _ago(-days)
        return Action(id=key, who="POH", what="bellen", due=due, since=TODAY, **BY | changes)

    file = replace(
        EMPTY,
        reviews=(review(1, 9), review(2, 3), review(3, 3), review(4, 1, done_on=TODAY)),
        follow_ups=(follow_up(1, 5), follow_up(2, -5), follow_up(3, 1, not_now="wil niet")),
        actions=(action(1, None), action(2, 8), action(3, 2), action(4, 1, done_on=TODAY)),
    )
    assert [waiting.id for waiting in file.open_reviews] == [2, 3, 1]
    assert [waiting.id for waiting in file.open_follow_ups] == [2, 1]
    assert [waiting.id for waiting in file.open_actions] == [3, 2, 1]


# --- the last meeting ---


def _meeting(
    key: int, on: date, state: MeetingState = MeetingState.HELD, hour: int = 12
) -> Meeting:
    return Meeting(id=key, on=on, starts=time(hour), state=state, **BY)


def _item(key: int, *, discussed: bool | None = None) -> AgendaItem:
    notes = ItemNotes(discussed=discussed)
    return AgendaItem(meeting_id=key, position=1, patient_id=ME, notes=notes)


def test_the_last_meeting_is_the_latest_one_that_was_held_before_a_day() -> None:
    meetings = (_meeting(1, _ago(9)), _meeting(2, _ago(30)), _meeting(3, TODAY))
    file = replace(EMPTY, meetings=meetings, items=(_item(1), _item(2), _item(3)))
    assert file.last_meeting(TODAY) == meetings[0]
    assert file.last_meeting(TODAY + timedelta(days=1)) == meetings[2]
    assert file.last_meeting(_ago(9)) == meetings[1]
    assert file.last_meeting(_ago(30)) is None


@pytest.mark.parametrize("state", [MeetingState.PREPARING, MeetingState.CANCELLED])
def test_a_meeting_that_was_not_held_does_not_count(state: MeetingState) -> None:
    file = replace(EMPTY, meetings=(_meeting(1, _ago(9), state),), items=(_item(1),))
    assert file.last_meeting(TODAY) is None


def test_being_passed_over_is_not_being_discussed_and_no_note_is() -> None:
    file = replace(EMPTY, meetings=(_meeting(1, _ago(9)),))
    assert replace(file, items=(_item(1, discussed=False),)).last_meeting(TODAY) is None
    for discussed in (None, True):
        assert replace(file, items=(_item(1, discussed=discussed),)).last_meeting(TODAY)
    assert file.last_meeting(TODAY) is None, "not on its agenda"


def test_of_two_meetings_on_a_day_the_later_one_counts() -> None:
    early, late = _meeting(2, _ago(9), hour=9), _meeting(1, _ago(9), hour=16)
    file = replace(EMPTY, meetings=(late, early), items=(_item(1), _item(2)))
    assert file.last_meeting(TODAY) == late


@given(st.permutations([_version(number, _ago(30 * number)) for number in range(1, 5)]))
def test_the_order_in_which_versions_were_read_does_not_matter(versions: list[PzpVersion]) -> None:
    found = replace(EMPTY, pzp_versions=tuple(versions)).valid_pzp
    assert found is not None
    assert found.number == 1


# --- as it was known at the end of a day ---

LATER: dict[str, Any] = {"recorded_at": NOW + timedelta(days=2), "recorded_by": 1}
NEXT = TODAY + timedelta(days=1)
CARER: dict[str, Any] = {"patient_id": ME, "naaste_id": 1, "screening_id": 1}
SCREENED: dict[str, Any] = {
    "patient_id": ME,
    "naaste_id": 1,
    "on": TODAY,
    "instrument": "volhoudtijd",
    "instrument_version": "1.0.0",
    "answers": {},
    "scores": {},
}
RECORDED: dict[str, Callable[..., Any]] = {
    "statuses": lambda **by: Status(kind=StatusKind.PHASE, value=Phase.DYING, since=_ago(9), **by),
    "markeringen": lambda **by: a_step(ME, MarkeringState.MARKED, on=_ago(9), **by),
    "told": lambda **by: Told(patient_id=ME, whom=Whom.HAP, on=_ago(9), **by),
    "pzp_versions": lambda **by: PzpVersion(number=1, talk_on=_ago(9), answers={}, **by),
    "assessments": lambda **by: Assessment(patient_id=ME, on=_ago(9), findings=(), **by),
    "screenings": lambda **by: Screening(**SCREENED, **by),
    "follow_ups": lambda **by: FollowUp(due=TODAY, **CARER, **by),
    "reviews": lambda **by: Review(kind=ReviewKind.OTHER, due=TODAY, **by),
    "plans": lambda **by: AcutePlan(patient_id=ME, on=_ago(9), **by),
    "actions": lambda **by: Action(who="POH", what="bellen", since=_ago(9), **by),
}


@pytest.mark.parametrize("part", RECORDED)
def test_what_was_recorded_later_is_not_known_on_a_day_however_long_ago_it_began(part: str) -> None:
    early, late = RECORDED[part](**BY), RECORDED[part](**LATER)
    known: dict[str, Any] = {part: (early, late)}
    file = replace(EMPTY, **known)
    assert getattr(as_of(file, _ago(1)), part) == ()
    assert getattr(as_of(file, TODAY), part) == (early,)
    assert getattr(as_of(file, NEXT), part) == (early,)
    assert as_of(file, TODAY + timedelta(days=2)) == file


@pytest.mark.parametrize("part", ["follow_ups", "reviews", "actions"])
def test_what_was_closed_later_was_open_on_a_day(part: str) -> None:
    waiting = RECORDED[part](**BY)
    closed = replace(waiting, done_on=NEXT)
    known: dict[str, Any] = {part: (closed,)}
    file = replace(EMPTY, **known)
    assert getattr(as_of(file, TODAY), part) == (waiting,)
    assert getattr(as_of(file, NEXT), part) == (closed,)


def test_a_confirmation_counts_from_its_day() -> None:
    confirmed = PzpConfirmation(
        version_id=1, confirmed_on=NEXT, confirmed_by="dr. De Boer", recorded_by=1
    )
    file = replace(EMPTY, pzp_versions=(_version(1, TODAY),), pzp_confirmations=(confirmed,))
    assert as_of(file, TODAY).pzp_confirmations == ()
    assert as_of(file, NEXT) == file


def test_a_refusal_a_wrong_form_and_who_is_near_count_as_they_are_now() -> None:
    version = _version(1, TODAY)
    no = Consent(
        patient_id=ME, kind=ParticipantKind.TREATING, answer=ConsentAnswer.NO, on=NEXT, **LATER
    )
    file = replace(
        EMPTY,
        pzp_versions=(version,),
        pzp_withdrawals=(replace(_withdrawal(version), recorded_at=LATER["recorded_at"]),),
        consents=(no,),
        naasten=(a_naaste(ME),),
    )
    assert as_of(file, TODAY) == file


def test_the_plan_and_the_assessment_of_the_last_day_hold_whenever_they_were_recorded() -> None:
    plans = tuple(
        AcutePlan(id=key, patient_id=ME, on=_ago(day), **BY)
        for key, day in [(1, 2), (2, 9), (3, 2)]
    )
    made = tuple(
        Assessment(id=key, patient_id=ME, on=_ago(day), findings=(), **BY)
        for key, day in [(1, 2), (2, 9)]
    )
    file = replace(EMPTY, plans=plans, assessments=made)
    assert EMPTY.plan is None
    assert file.plan == plans[2]
    assert [one.id for one in file.assessed] == [2, 1]
