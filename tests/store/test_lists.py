"""The lists over everybody agree with the file of each, read by the rules of the domain."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pzdesk.domain import markering as marking
from pzdesk.domain.action import Action
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import AgendaItem, ItemNotes, Meeting, MeetingState
from pzdesk.domain.network import Naaste
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Name, Sex, sort_key
from pzdesk.domain.proposal import Facts
from pzdesk.domain.pzp import FROM_FORM, Answer, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.status import Care, Complexity, Phase, Status, StatusKind, Urgency, Whereabouts
from pzdesk.store import folder
from pzdesk.store.files import patient_file
from pzdesk.store.folder import Store
from pzdesk.store.lists import all_patients, patient_rows, proposal_facts
from pzdesk.store.statuses import add_status, retract
from pzdesk.store.unit import Unit
from tests.factories import NOW, TODAY, a_naaste, a_name, a_patient, a_step, a_user
from tests.store.samples import ROW

NEXT = TODAY + timedelta(days=7)
# Few days, so that they coincide: much turns on what happened on the very same day.
NEAR = st.sampled_from([-9, -1, 0, 1, 6, 7, 8]).map(lambda days: TODAY + timedelta(days=days))
PAST = st.sampled_from([-400, -9, -1, 0]).map(lambda days: TODAY + timedelta(days=days))
BY: dict[str, Any] = {"recorded_at": NOW, "recorded_by": 1}
CARERS = (StatusKind.CENTRAL_CARER, StatusKind.RESPONSIBLE)

VALUES: dict[StatusKind, st.SearchStrategy[Any]] = {
    StatusKind.PHASE: st.sampled_from([*Phase, Phase.DECEASED, Phase.DECEASED]),
    StatusKind.URGENCY: st.sampled_from(Urgency),
    StatusKind.COMPLEXITY: st.sampled_from(Complexity),
    StatusKind.WHEREABOUTS: st.sampled_from(Whereabouts),
    StatusKind.CARE: st.sampled_from(Care),
    **dict.fromkeys(CARERS, st.just("")),
}


@st.composite
def _names(draw: st.DrawFn) -> Name:
    return a_name(
        achternaam=draw(st.sampled_from(["Vries", "Ørsted", "Şahin", "Bosma"])),
        voorvoegsels=draw(st.sampled_from(["", "de", "van der"])),
        partner_achternaam=draw(st.sampled_from(["", "Jansen"])),
        name_order=draw(st.sampled_from(["NL1", "NL2", "NL3", "NL4"])),
    )


def _add_statuses(draw: st.DrawFn, unit: Unit, patient: Patient) -> None:
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from([StatusKind.PHASE, *StatusKind]))
        row = Status(
            patient_id=patient.id,
            kind=kind,
            value=str(draw(VALUES[kind])),
            professional_id=ROW if kind in CARERS else None,
            since=draw(PAST),
            recorded_at=NOW - timedelta(days=draw(st.sampled_from([0, 1, 9]))),
            recorded_by=1,
        )
        kept = add_status(unit, row)
        if draw(st.integers(0, 3)) == 0:
            retract(unit, kept, "vergissing")


def _add_markering(draw: st.DrawFn, unit: Unit, patient: Patient) -> None:
    for _ in range(draw(st.integers(0, 4))):
        unit.add(a_step(patient.id, draw(st.sampled_from(MarkeringState)), on=draw(PAST)))


def _add_pzp(draw: st.DrawFn, unit: Unit, patient: Patient) -> None:
    for number in draw(st.permutations(range(1, 1 + draw(st.integers(0, 3))))):
        answers = draw(
            st.dictionaries(
                st.sampled_from(["4a", "4a.beperking", "4b", "1a"]),
                st.builds(Answer, value=st.sampled_from(["", "ja", "nee", "alleen “thuis” \\ é"])),
            )
        )
        talk_on = draw(st.none() | st.sampled_from([TODAY, TODAY - timedelta(days=9)]))
        kept = unit.add(
            PzpVersion(patient_id=patient.id, number=number, talk_on=talk_on, answers=answers, **BY)
        )
        if draw(st.integers(0, 3)) == 0:
            unit.add(PzpWithdrawal(version_id=kept.id, reason="verkeerde persoon", **BY))


def _add_waiting(draw: st.DrawFn, unit: Unit, patient: Patient) -> None:
    for _ in range(draw(st.integers(0, 3))):
        unit.add(
            Review(
                patient_id=patient.id,
                kind=draw(st.sampled_from(ReviewKind)),
                subject=draw(st.sampled_from(["", "pijn"])),
                due=draw(NEAR),
                done_on=draw(st.none() | NEAR),
                dropped=draw(st.sampled_from(["", "", "uit zorg"])),
                **BY,
            )
        )
    for _ in range(draw(st.integers(0, 2))):
        unit.add(
            Action(
                patient_id=patient.id,
                who="POH",
                what="bellen",
                since=draw(PAST),
                done_on=draw(st.none() | PAST),
                **BY,
            )
        )
    if draw(st.booleans()):
        _add_follow_ups(draw, unit, patient)


def _add_follow_ups(draw: st.DrawFn, unit: Unit, patient: Patient) -> None:
    naaste: Naaste = unit.add(a_naaste(patient.id))
    asked = Screening(
        patient_id=patient.id,
        naaste_id=naaste.id,
        on=TODAY,
        instrument="volhoudtijd",
        instrument_version="1.0.0",
        answers={},
        scores={},
        **BY,
    )
    screening = unit.add(asked)
    for _ in range(draw(st.integers(1, 2))):
        unit.add(
            FollowUp(
                patient_id=patient.id,
                naaste_id=naaste.id,
                screening_id=screening.id,
                due=draw(NEAR),
                done_on=draw(st.none() | PAST),
                not_now=draw(st.sampled_from(["", "", "wil niet"])),
                recorded_at=NOW - timedelta(days=draw(st.integers(0, 30))),
                recorded_by=1,
            )
        )


def _add_meetings(draw: st.DrawFn, unit: Unit, patients: list[Patient]) -> None:
    for _ in range(draw(st.integers(0, 3))):
        meeting = unit.add(
            Meeting(
                on=draw(st.sampled_from([TODAY, NEXT]) | PAST),
                starts=time(12, 30),
                state=draw(st.sampled_from([MeetingState.HELD, *MeetingState])),
                **BY,
            )
        )
        for position in range(1, 1 + draw(st.integers(0, 3))):
            patient_id = draw(st.none() | st.sampled_from([patient.id for patient in patients]))
            discussed = draw(st.sampled_from([None, True, False]))
            unit.add(
                AgendaItem(
                    meeting_id=meeting.id,
                    position=position,
                    patient_id=patient_id,
                    notes=ItemNotes(discussed=discussed, sociaal='dochter zegt "discussed"'),
                )
            )


@st.composite
def _practices(draw: st.DrawFn, unit: Unit) -> list[Patient]:
    """One to three patients with any history, kept in a unit."""
    patients = []
    for _ in range(draw(st.integers(1, 3))):
        made = a_patient(name=draw(_names()), sex=draw(st.sampled_from(Sex)))
        patients.append(unit.add(made))
        _add_statuses(draw, unit, patients[-1])
        _add_markering(draw, unit, patients[-1])
        _add_pzp(draw, unit, patients[-1])
        _add_waiting(draw, unit, patients[-1])
    _add_meetings(draw, unit, patients)
    return patients


def _words(answers: Mapping[str, Any]) -> str:
    """A stand-in for the words of a PZP: what was said, as it was given."""
    return repr({key: answers[key]["value"] for key in sorted(answers)})


def _said(version: PzpVersion | None) -> str:
    if version is None:
        return ""
    listed = {key: version.answers[key] for key in ("4a", "4a.beperking") if key in version.answers}
    return repr({key: listed[key].value for key in sorted(listed)})


LIVES = (Whereabouts.HOME, Whereabouts.CARE_HOME)


def _expected_row(file: PatientFile) -> PatientRow:
    """A line of the list as the domain sees the file."""
    who, step, pzp = file.patient, file.markering, file.valid_pzp
    now = {kind: file.now(kind) for kind in StatusKind}
    phase, urgency = now[StatusKind.PHASE], now[StatusKind.URGENCY]
    value = {kind: row.value if row else None for kind, row in now.items()}
    stay = now[StatusKind.WHEREABOUTS]
    first = min(((r.due, r.subject or r.kind) for r in file.open_reviews), default=(None, ""))
    carer, last = file.professional_now(StatusKind.CENTRAL_CARER), file.last_meeting(date.max)
    return PatientRow(
        id=who.id,
        name=who.name,
        sex=who.sex,
        birth_date=who.birth_date,
        diagnosis=who.diagnosis,
        is_active=file.is_active,
        phase=value[StatusKind.PHASE],
        phase_since=phase.since if phase else None,
        urgency=value[StatusKind.URGENCY],
        urgency_since=urgency.since if urgency else None,
        complexity=value[StatusKind.COMPLEXITY],
        whereabouts=value[StatusKind.WHEREABOUTS],
        place=stay.place if stay is not None and stay.value not in LIVES else "",
        care=value[StatusKind.CARE],
        central_carer=carer.name if carer else None,
        markering=step.state if step else None,
        pzp_on=pzp.talk_on if pzp else None,
        pzp_count=len(file.live_pzp),
        pzp_to_confirm=pzp is not None
        and pzp.source == FROM_FORM
        and all(row.version_id != pzp.id for row in file.pzp_confirmations),
        resuscitation=_said(pzp),
        next_review=first[0],
        next_review_about=first[1],
        last_meeting=last.on if last else None,
    )


def _expected_facts(file: PatientFile, on: date) -> Facts | None:
    """What the proposal needs to know, as the domain sees the file; None for who left care alive."""
    if not file.is_active and file.death is None:
        return None
    who, last = file.patient, file.last_meeting(on)
    phase, urgency = file.now(StatusKind.PHASE), file.now(StatusKind.URGENCY)
    complexity = file.now(StatusKind.COMPLEXITY)
    counted = [row.kind for row in file.statuses if not row.retracted]
    late = [review for review in file.open_reviews if review.due < on]
    kinds = (ReviewKind.PZP_TALK, ReviewKind.PZP_REVISION)
    seen = [review.done_on for review in file.reviews if review.kind in kinds and review.done_on]
    marked = marking.marked_on(file.markeringen)
    steps = [step for step in file.markeringen if step.on == marked and marking.is_marked(step)]
    return Facts(
        patient_id=who.id,
        name=who.name,
        sex=who.sex,
        birth_date=who.birth_date,
        phase=phase.value if phase else None,
        phase_since=phase.since if phase else None,
        phase_heard=_day(phase),
        phases=counted.count(StatusKind.PHASE),
        urgency=urgency.value if urgency else None,
        urgency_since=urgency.since if urgency else None,
        urgency_heard=_day(urgency),
        urgencies=counted.count(StatusKind.URGENCY),
        complexity=complexity.value if complexity else None,
        marked_on=marked,
        marked_heard=steps[0].recorded_at.astimezone().date() if steps else None,
        pzp_count=len(file.live_pzp),
        pzp_on=file.valid_pzp.talk_on if file.valid_pzp else None,
        pzp_seen=max(seen, default=None),
        late_reviews=tuple((review.subject or label(review.kind), review.due) for review in late),
        left_markering=file.markering is not None
        and file.markering.state in (MarkeringState.WITHDRAWN, MarkeringState.NOT_MARKED),
        follow_ups=tuple(
            follow_up.recorded_at.astimezone().date() for follow_up in file.open_follow_ups
        ),
        actions=tuple(action.since for action in file.open_actions),
        discussed_on=last.on if last else None,
        discussed_since_death=bool(
            (death := file.death)
            and last
            and last.on > death.since
            and last.on >= death.recorded_at.astimezone().date()
        ),
    )


def _day(row: Status | None) -> date | None:
    return row.recorded_at.astimezone().date() if row else None


def _in_any_order(facts: Facts) -> Facts:
    return replace(
        facts,
        late_reviews=tuple(sorted(facts.late_reviews)),
        follow_ups=tuple(sorted(facts.follow_ups)),
        actions=tuple(sorted(facts.actions)),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_lists_say_of_everybody_what_the_domain_says_of_their_file(
    shared: Store, data: st.DataObject
) -> None:
    with shared.writing(a_user(), NOW) as unit:
        data.draw(_practices(unit))
        files = [patient_file(unit, patient.id) for patient in all_patients(unit)]
        rows = patient_rows(unit, only_active=False, resuscitation=_words)
        expected = {file.patient.id: _expected_row(file) for file in files}
        assert {row.id: row for row in rows} == expected
        keys = [sort_key(row.name) for row in rows]
        assert keys == sorted(keys)
        active = patient_rows(unit, only_active=True, resuscitation=_words)
        assert active == [row for row in rows if row.is_active]
        for on in (TODAY, NEXT):
            found = list(proposal_facts(unit, on))
            wanted = [facts for file in files if (facts := _expected_facts(file, on)) is not None]
            by_id = {facts.patient_id: _in_any_order(facts) for facts in found}
            assert by_id == {facts.patient_id: _in_any_order(facts) for facts in wanted}
            assert len(found) == len(wanted)


def test_a_list_of_nobody_is_empty(blank: Path, tmp_path: Path, key: bytes) -> None:
    store = folder.open_with_key(shutil.copytree(blank, tmp_path / "leeg"), key, NOW)
    with store.reading(a_user(), NOW) as unit:
        assert patient_rows(unit, only_active=False, resuscitation=_words) == []
        assert list(proposal_facts(unit, NEXT)) == []
        assert all_patients(unit) == []
    store.close()


def test_the_lists_read_what_has_an_index_of_its_own_from_that_index(shared: Store) -> None:
    asked: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, sql: str, bound: Any, _context: Any, _many: bool) -> None:  # noqa: FBT001
        asked.append((sql, bound))

    with shared.reading(a_user(), NOW) as unit:
        sa.event.listen(unit.connection, "before_cursor_execute", hear)
        patient_rows(unit, only_active=False, resuscitation=_words)
        found = unit.connection.exec_driver_sql
        plans = [found(f"EXPLAIN QUERY PLAN {sql}", bound).all() for sql, bound in tuple(asked)]
    told = " ".join(str(step[3]) for plan in plans for step in plan)
    pzp = ("pzp_version_listed", "pzp_version_received")
    for index in ("agenda_item_discussed", "review_open", "status_now", *pzp):
        assert f"ix_{index}" in told


def test_a_late_review_is_named_by_its_subject_or_by_its_kind(unit: Unit) -> None:
    patient = unit.add(a_patient())
    yesterday = TODAY - timedelta(days=1)
    for subject in ("pijn en misselijkheid", ""):
        unit.add(
            Review(
                patient_id=patient.id,
                kind=ReviewKind.MEDICATION,
                subject=subject,
                due=yesterday,
                recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
                recorded_by=1,
            )
        )
    (facts,) = [f for f in proposal_facts(unit, TODAY) if f.patient_id == patient.id]
    assert set(facts.late_reviews) == {
        ("pijn en misselijkheid", yesterday),
        ("medicatiereview huisarts en apotheker", yesterday),
    }


@pytest.mark.parametrize(("days_later", "evaluated"), [(-1, False), (0, False), (1, True)])
def test_only_a_meeting_after_the_day_of_death_can_have_evaluated_it(
    unit: Unit, days_later: int, *, evaluated: bool
) -> None:
    patient, died = unit.add(a_patient()), TODAY - timedelta(days=9)
    heard = NOW - timedelta(days=9)
    death = Status(kind=StatusKind.PHASE, value=Phase.DECEASED, since=died, **BY)
    add_status(unit, replace(death, patient_id=patient.id, recorded_at=heard))
    on = died + timedelta(days=days_later)
    meeting = unit.add(Meeting(on=on, starts=time(12, 30), state=MeetingState.HELD, **BY))
    unit.add(AgendaItem(meeting_id=meeting.id, position=1, patient_id=patient.id))
    (facts,) = [f for f in proposal_facts(unit, TODAY) if f.patient_id == patient.id]
    assert facts.discussed_on == meeting.on
    assert facts.discussed_since_death == evaluated


@pytest.mark.parametrize(("days_later", "evaluated"), [(-1, False), (0, True), (1, True)])
def test_only_a_meeting_that_knew_of_a_death_can_have_evaluated_it(
    unit: Unit, days_later: int, *, evaluated: bool
) -> None:
    patient, heard = unit.add(a_patient()), TODAY - timedelta(days=5)
    death = Status(kind=StatusKind.PHASE, value=Phase.DECEASED, since=TODAY - timedelta(9), **BY)
    recorded_at = NOW - timedelta(days=5)
    add_status(unit, replace(death, patient_id=patient.id, recorded_at=recorded_at))
    on = heard + timedelta(days=days_later)
    meeting = unit.add(Meeting(on=on, starts=time(12, 30), state=MeetingState.HELD, **BY))
    unit.add(AgendaItem(meeting_id=meeting.id, position=1, patient_id=patient.id))
    (facts,) = [f for f in proposal_facts(unit, TODAY) if f.patient_id == patient.id]
    assert facts.discussed_since_death == evaluated
