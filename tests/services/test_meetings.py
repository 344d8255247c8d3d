"""Kernteam meetings: proposed with reasons, planned, noted, held; and what only who reads files sees."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from pzdesk.domain.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import (
    Contribution,
    ItemNotes,
    Meeting,
    MeetingState,
)
from pzdesk.domain.patient import PatientId
from pzdesk.domain.proposal import Reason
from pzdesk.domain.pzp import Answer
from pzdesk.domain.status import Care, Complexity, Phase, StatusKind, Urgency
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from tests import factories
from tests.conftest import Clock
from tests.factories import TODAY

NOON = time(12, 30)
DAY = timedelta(days=1)


@pytest.fixture
def coordinator(desk: Desk) -> Desk:
    user = replace(desk.session.user, roles=(Role.COORDINATOR,))
    return desk_over(replace(desk.session, user=user))


def add(desk: Desk, achternaam: str = "Vries") -> PatientId:
    name = factories.a_name(achternaam=achternaam, voorvoegsels="", partner_achternaam="")
    return desk.patients.add(factories.a_patient(name=name)).id


def mark(desk: Desk, patient: PatientId, on: date = TODAY) -> None:
    desk.markeringen.record(factories.a_step(patient, MarkeringState.MARKED, on=on))


def plan(desk: Desk, *patients: PatientId, on: date = TODAY) -> Meeting:
    return desk.meetings.plan(on=on, starts=NOON, patients=patients)


def hold(desk: Desk, *patients: PatientId, on: date = TODAY) -> None:
    desk.meetings.held(plan(desk, *patients, on=on), [])


def kinds(desk: Desk, on: date = TODAY) -> dict[PatientId, tuple[Reason, ...]]:
    return {p.patient_id: p.kinds for p in desk.meetings.proposal(on)}


def reasons(desk: Desk, patient: PatientId, on: date = TODAY) -> tuple[str, ...]:
    return {p.patient_id: p.reasons for p in desk.meetings.proposal(on)}[patient]


# Who is proposed


def test_nobody_is_proposed_without_a_reason(desk: Desk) -> None:
    add(desk)
    assert kinds(desk, TODAY + 300 * DAY) == {}


def test_the_newly_marked_without_a_pzp_are_proposed_with_both_reasons(desk: Desk) -> None:
    anna = add(desk)
    mark(desk, anna)
    assert kinds(desk) == {anna: (Reason.MARKED, Reason.NO_PZP)}
    assert all("24-11" in reason for reason in reasons(desk, anna))
    desk.pzps.record(anna, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer")
    assert kinds(desk) == {anna: (Reason.MARKED,)}


def test_who_was_discussed_since_the_marking_is_no_news_any_more(desk: Desk, clock: Clock) -> None:
    anna = add(desk)
    mark(desk, anna)
    desk.pzps.record(anna, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer")
    clock.forward(days=1)
    hold(desk, anna, on=TODAY + DAY)
    assert kinds(desk, TODAY + 2 * DAY) == {}
    later = TODAY + DAY + timedelta(weeks=12)
    assert kinds(desk, later)[anna][-1] is Reason.NOT_DISCUSSED
    assert reasons(desk, anna, later)[-1] == "12 weken niet besproken"


def test_who_was_put_on_by_hand_and_passed_over_comes_back_with_what_was_asked(
    desk: Desk, clock: Clock
) -> None:
    anna = add(desk)
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30))
    item = desk.meetings.add_item(
        meeting.id, patient_id=anna, question="Kan zij thuis blijven?", brought_in_by="F. Hoekstra"
    )
    sent_in = (Contribution(by="J. Mulder", text="Kit staat klaar."),)
    item = desk.meetings.change_item(replace(item, contributions=sent_in))
    desk.meetings.held(meeting, [], left=[item.id])
    clock.forward(days=7)
    assert kinds(desk, TODAY + 7 * DAY) == {anna: (Reason.PASSED_OVER,)}
    following = desk.meetings.plan(on=TODAY + 7 * DAY, starts=time(12, 30))
    again = desk.meetings.add_item(following.id, patient_id=anna)
    assert (again.question, again.brought_in_by) == (item.question, item.brought_in_by)
    assert again.contributions == sent_in
    desk.meetings.held(following, [])
    assert kinds(desk, TODAY + 14 * DAY) == {}


def test_a_change_of_phase_or_urgency_is_a_reason_until_it_was_discussed(
    desk: Desk, clock: Clock
) -> None:
    anna = add(desk)
    record = desk.patients.record_status
    record(anna, StatusKind.PHASE, Phase.DISEASE, since=date(2026, 1, 1))
    record(anna, StatusKind.URGENCY, Urgency.CALM, since=date(2026, 1, 1))
    assert kinds(desk) == {}
    record(anna, StatusKind.PHASE, Phase.TERMINAL, since=TODAY)
    record(anna, StatusKind.URGENCY, Urgency.NOW, since=TODAY)
    assert kinds(desk) == {anna: (Reason.PHASE, Reason.URGENCY)}
    assert "terminaal" in reasons(desk, anna)[0]
    clock.forward(days=1)
    hold(desk, anna, on=TODAY + DAY)
    assert kinds(desk, TODAY + 2 * DAY) == {}


def test_a_change_of_before_the_meeting_that_was_recorded_after_it_is_a_reason(
    desk: Desk, clock: Clock
) -> None:
    anna = add(desk)
    record = desk.patients.record_status
    record(anna, StatusKind.PHASE, Phase.DISEASE, since=date(2026, 1, 1))
    record(anna, StatusKind.URGENCY, Urgency.CALM, since=date(2026, 1, 1))
    clock.forward(days=4)
    hold(desk, anna, on=TODAY + 4 * DAY)
    clock.forward(days=1)
    record(anna, StatusKind.PHASE, Phase.TERMINAL, since=TODAY + 2 * DAY)
    record(anna, StatusKind.URGENCY, Urgency.NOW, since=TODAY + 2 * DAY)
    assert kinds(desk, TODAY + 6 * DAY) == {anna: (Reason.PHASE, Reason.URGENCY)}


def test_a_death_heard_of_after_a_meeting_is_still_evaluated(desk: Desk, clock: Clock) -> None:
    anna = add(desk)
    clock.forward(days=4)
    hold(desk, anna, on=TODAY + 4 * DAY)
    clock.forward(days=1)
    desk.patients.deceased(anna, on=TODAY + 2 * DAY, place="thuis")
    assert kinds(desk, TODAY + 6 * DAY) == {anna: (Reason.DIED,)}


def test_a_pzp_from_before_the_marking_does_not_count_as_one_after_it(
    desk: Desk, clock: Clock
) -> None:
    anna = add(desk)
    desk.pzps.record(anna, {"4a": Answer("nee")}, talk_on=TODAY - 30 * DAY, held_by="dr. De Boer")
    mark(desk, anna)
    assert Reason.NO_PZP in kinds(desk)[anna]
    clock.forward(days=2)
    desk.pzps.record(anna, {"4a": Answer("nee")}, talk_on=TODAY + DAY, held_by="dr. De Boer")
    assert Reason.NO_PZP not in kinds(desk)[anna]


def test_open_actions_are_counted_from_the_oldest(desk: Desk, clock: Clock) -> None:
    anna = add(desk)
    first = desk.actions.add(who="POH", what="bellen", patient_id=anna)
    assert kinds(desk) == {anna: (Reason.ACTION,)}
    assert reasons(desk, anna)[0].startswith("1 actie open sinds 24-11")
    clock.forward(days=3)
    desk.actions.add(who="POH", what="mailen", patient_id=anna)
    assert reasons(desk, anna)[0].startswith("2 acties open")
    assert "24-11" in reasons(desk, anna)[0]
    desk.actions.close(first, on=clock.now.date())
    assert reasons(desk, anna)[0].startswith("1 actie open sinds 27-11")


def test_the_dying_come_first_then_urgency_and_an_evaluation_last(desk: Desk) -> None:
    names = ["Aalders", "Bakker", "Cools", "Dekker"]
    died, calm, pressing, dying = (add(desk, name) for name in names)
    for patient in (calm, pressing, dying):
        mark(desk, patient)
    record = desk.patients.record_status
    record(calm, StatusKind.URGENCY, Urgency.CALM, since=TODAY)
    record(pressing, StatusKind.URGENCY, Urgency.NOW, since=TODAY)
    record(dying, StatusKind.PHASE, Phase.DYING, since=TODAY)
    desk.patients.deceased(died, on=TODAY, place="thuis")
    assert list(kinds(desk)) == [dying, pressing, calm, died]
    assert kinds(desk)[died] == (Reason.DIED,)


def test_who_died_is_evaluated_once(desk: Desk, clock: Clock) -> None:
    anna = add(desk)
    desk.patients.deceased(anna, on=TODAY, place="thuis")
    clock.forward(days=1)
    hold(desk, anna, on=TODAY + DAY)
    assert kinds(desk, TODAY + 2 * DAY) == {}


def test_who_left_care_is_not_proposed(desk: Desk) -> None:
    anna = add(desk)
    mark(desk, anna)
    desk.patients.left_care(anna, Care.MOVED, on=TODAY)
    assert kinds(desk) == {}


# Planning


def test_a_plan_carries_the_reasons_and_minutes_of_the_proposal(desk: Desk) -> None:
    new, known, complex_ = add(desk, "Aalders"), add(desk, "Bakker"), add(desk, "Cools")
    mark(desk, new)
    desk.patients.record_status(complex_, StatusKind.COMPLEXITY, Complexity.HIGH, since=TODAY)
    desk.actions.add(who="POH", what="bellen", patient_id=complex_)
    on = TODAY + 7 * DAY
    meeting = plan(desk, known, new, complex_, on=on)
    _, items = desk.meetings.meeting(meeting.id)
    assert [(i.position, i.patient_id, i.minutes) for i in items] == [
        (1, known, 5),
        (2, new, 10),
        (3, complex_, 10),
    ]
    assert items[0].reasons == ()
    assert items[1].reasons == reasons(desk, new, on) != ()
    assert items[2].reasons == reasons(desk, complex_, on) != ()


def test_the_kernteam_is_invited_unless_said_otherwise(desk: Desk) -> None:
    desk.network.keep_professional(factories.a_professional())
    desk.network.keep_professional(factories.a_professional(name="Ver Weg", kernteam=False))
    assert [who.name for who in plan(desk).invited] == ["F. Hoekstra"]
    assert desk.meetings.plan(on=TODAY, starts=NOON, invited=()).invited == ()


def test_meetings_are_listed_the_latest_first(desk: Desk) -> None:
    for days in (1, 30, 7):
        plan(desk, on=TODAY + days * DAY)
    assert [m.on for m in desk.meetings.meetings()] == [TODAY + d * DAY for d in (30, 7, 1)]


def test_who_is_named_twice_or_does_not_exist_is_told_and_nothing_is_planned(desk: Desk) -> None:
    anna = add(desk)
    with pytest.raises(Refused, match="twee keer"):
        plan(desk, anna, anna)
    with pytest.raises(NotFound, match="Patiënt 99"):
        plan(desk, anna, PatientId(99))
    for minutes in (0, -5, 481):
        with pytest.raises(BadInput, match="minuten"):
            desk.meetings.plan(on=TODAY, starts=NOON, minutes=minutes)
    assert desk.meetings.meetings() == []


def test_a_meeting_that_does_not_exist_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.meetings.meeting(5)
    with pytest.raises(NotFound):
        desk.meetings.add_item(5, title="Mededelingen")
    with pytest.raises(NotFound):
        desk.papers.agenda(5)


def test_an_old_version_of_a_meeting_or_an_item_is_stale(desk: Desk) -> None:
    meeting = plan(desk, add(desk))
    (item,) = desk.meetings.meeting(meeting.id)[1]
    desk.meetings.change(replace(meeting, place="De Brink"))
    desk.meetings.change_item(replace(item, question="Wat nu?"))
    with pytest.raises(Stale):
        desk.meetings.change(replace(meeting, place="elders"))
    with pytest.raises(Stale):
        desk.meetings.held(meeting, [])
    with pytest.raises(Stale):
        desk.meetings.change_item(replace(item, question="iets anders"))
    with pytest.raises(Stale):
        desk.meetings.note(item, ItemNotes(sociaal="rust"))
    with pytest.raises(Stale):
        desk.meetings.take_off(item)


def test_a_subject_without_a_file_comes_at_the_end(desk: Desk) -> None:
    meeting = plan(desk, add(desk))
    item = desk.meetings.add_item(
        meeting.id, title="Kwetsbare oudere zonder dossier", brought_in_by="POH", minutes=7
    )
    assert (item.position, item.patient_id, item.minutes) == (2, None, 7)
    with pytest.raises(BadInput, match="onderwerp"):
        desk.meetings.add_item(meeting.id, title=" ")


def test_somebody_stands_once_on_an_agenda(desk: Desk) -> None:
    anna, wim = add(desk), add(desk, "Jansen")
    meeting = plan(desk, anna)
    with pytest.raises(Refused, match="al op de agenda"):
        desk.meetings.add_item(meeting.id, patient_id=anna)
    with pytest.raises(NotFound):
        desk.meetings.add_item(meeting.id, patient_id=PatientId(99))
    assert desk.meetings.add_item(meeting.id, patient_id=wim).position == 2


def test_the_agenda_is_put_in_another_order(desk: Desk) -> None:
    meeting = plan(desk, add(desk), add(desk, "Jansen"), add(desk, "Bosma"))
    first, second, third = (item.id for item in desk.meetings.meeting(meeting.id)[1])
    desk.meetings.order(meeting.id, [third, first, second])
    items = desk.meetings.meeting(meeting.id)[1]
    assert [item.id for item in items] == [third, first, second]
    assert [item.position for item in items] == [1, 2, 3]
    for wrong in ([first, second], [first, second, third, 99], [first, first, third], []):
        with pytest.raises(Refused, match="volgorde"):
            desk.meetings.order(meeting.id, wrong)


def test_an_item_is_taken_off_until_something_was_noted(desk: Desk) -> None:
    meeting = plan(desk, add(desk), add(desk, "Jansen"))
    first, second = desk.meetings.meeting(meeting.id)[1]
    desk.meetings.take_off(first)
    noted = desk.meetings.note(second, ItemNotes(sociaal="dochter komt"))
    with pytest.raises(Refused, match="al iets genoteerd"):
        desk.meetings.take_off(noted)
    assert desk.meetings.meeting(meeting.id)[1] == [noted]


# What was said


def test_what_was_said_is_kept_clean_and_empty_agreements_fall_out(desk: Desk) -> None:
    meeting = plan(desk, add(desk))
    (item,) = desk.meetings.meeting(meeting.id)[1]
    desk.meetings.note(
        item,
        ItemNotes(
            lichamelijk="pijn\x00 onder\r\ncontrole",
            vooruitkijken=" delier ",
            afspraken=("POH belt", "  ", ""),
            discussed=True,
        ),
    )
    notes = desk.meetings.meeting(meeting.id)[1][0].notes
    assert (notes.lichamelijk, notes.vooruitkijken) == ("pijn onder\ncontrole", "delier")
    assert (notes.afspraken, notes.discussed) == (("POH belt",), True)
    with pytest.raises(BadInput, match=r"20\.000"):
        desk.meetings.note(item, ItemNotes(zingeving="x" * 20_001))


def test_changing_an_item_never_changes_what_was_said(desk: Desk) -> None:
    meeting = plan(desk, add(desk))
    (item,) = desk.meetings.meeting(meeting.id)[1]
    noted = desk.meetings.note(item, ItemNotes(sociaal="rust"))
    changed = desk.meetings.change_item(
        replace(noted, question="Wat nu?", notes=ItemNotes(sociaal="verzonnen"))
    )
    assert (changed.question, changed.notes.sociaal) == ("Wat nu?", "rust")


def test_who_may_not_read_files_plans_without_seeing_or_losing_what_was_said(
    desk: Desk, coordinator: Desk
) -> None:
    meeting = plan(desk, add(desk))
    (item,) = desk.meetings.meeting(meeting.id)[1]
    item = desk.meetings.change_item(
        replace(item, contributions=(Contribution(by="apotheker", text="statine stoppen"),))
    )
    (seen,) = coordinator.meetings.meeting(meeting.id)[1]
    coordinator.meetings.take_off(seen)
    assert coordinator.meetings.put_back(seen).contributions == ()
    (item,) = desk.meetings.meeting(meeting.id)[1]
    desk.meetings.note(item, ItemNotes(sociaal="rust", afspraken=("POH belt",)))
    (seen,) = coordinator.meetings.meeting(meeting.id)[1]
    assert (seen.notes, seen.contributions) == (ItemNotes(), ())
    changed = coordinator.meetings.change_item(replace(seen, question="Wat nu?"))
    (ordered,) = coordinator.meetings.order(meeting.id, [item.id])
    assert changed.notes == ordered.notes == ItemNotes()
    (kept,) = desk.meetings.meeting(meeting.id)[1]
    assert (kept.question, kept.notes.sociaal) == ("Wat nu?", "rust")
    assert kept.contributions == (Contribution(by="apotheker", text="statine stoppen"),)
    with pytest.raises(NotAllowed):
        coordinator.meetings.note(kept, ItemNotes(sociaal="x"))


def test_a_held_meeting_knows_who_was_there_also_of_others(desk: Desk) -> None:
    desk.network.keep_professional(factories.a_professional())
    desk.network.keep_professional(factories.a_professional(name="S. Yıldız"))
    held = desk.meetings.held(plan(desk), ["S. Yıldız", "stagiair Kim"])
    assert held.state is MeetingState.HELD
    assert {who.name: who.attended for who in held.invited} == {
        "F. Hoekstra": False,
        "S. Yıldız": True,
        "stagiair Kim": True,
    }


def test_what_was_passed_over_is_recorded_so_and_comes_back(desk: Desk) -> None:
    people = [
        desk.patients.add(factories.a_patient(birth_date=date(1940, 1, d))).id for d in (1, 2)
    ]
    meeting = desk.meetings.plan(on=TODAY, starts=time(9, 0), patients=people)
    first, second = desk.meetings.meeting(meeting.id)[1]
    desk.meetings.note(first, ItemNotes(sociaal="rust", discussed=True))
    desk.meetings.held(meeting, [], left=[first.id, second.id])
    first, second = desk.meetings.meeting(meeting.id)[1]
    assert first.notes.discussed is True  # what was noted was discussed
    assert second.notes.discussed is False
    after = TODAY + timedelta(days=1)
    assert desk.patients.file(people[0]).last_meeting(after) is not None
    assert desk.patients.file(people[1]).last_meeting(after) is None


def test_a_meeting_closed_by_mistake_is_open_again_as_it_was(desk: Desk) -> None:
    meeting = plan(desk, add(desk))
    (item,) = desk.meetings.meeting(meeting.id)[1]
    held = desk.meetings.held(meeting, ["stagiair Kim"], left=[item.id])
    again = desk.meetings.reopen(held, meeting, left=[item.id])
    assert again == replace(meeting, version=again.version)
    assert desk.meetings.meeting(meeting.id)[1][0].notes == ItemNotes()
    with pytest.raises(Refused, match="niet afgerond"):
        desk.meetings.reopen(again, meeting)


def test_a_meeting_planned_by_mistake_is_gone_with_its_agenda_until_something_belongs_to_it(
    desk: Desk,
) -> None:
    person = add(desk)
    wrong, used, noted = (plan(desk, person) for _ in range(3))
    desk.meetings.withdraw(wrong)
    assert {meeting.id for meeting in desk.meetings.meetings()} == {used.id, noted.id}
    desk.actions.add(who="POH", what="bellen", meeting_id=used.id)
    desk.meetings.note(desk.meetings.meeting(noted.id)[1][0], ItemNotes(sociaal="rust"))
    for meeting in (used, noted):
        with pytest.raises(Refused, match="al iets vastgelegd"):
            desk.meetings.withdraw(meeting)
        assert len(desk.meetings.meeting(meeting.id)[1]) == 1


def test_what_was_taken_off_comes_back_where_it_stood(desk: Desk) -> None:
    meeting = plan(desk, add(desk), add(desk, "Bosma"))
    first, second = desk.meetings.meeting(meeting.id)[1]
    desk.meetings.take_off(first)
    desk.meetings.put_back(first)
    assert [one.patient_id for one in desk.meetings.meeting(meeting.id)[1]] == [
        first.patient_id,
        second.patient_id,
    ]


def test_a_meeting_that_is_still_to_come_was_not_held(desk: Desk) -> None:
    with pytest.raises(Refused, match="nog plaatsvinden"):
        desk.meetings.held(plan(desk, on=TODAY + DAY), [])
