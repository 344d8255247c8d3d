"""The agenda: times, reasons, consent, one version per kind of participant, and the report afterwards."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import (
    ConsentAnswer,
    Contribution,
    ItemNotes,
    Meeting,
    ParticipantKind,
)
from pzdesk.domain.network import Discipline
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.papers import ON_AGENDA
from tests import factories
from tests.conftest import Clock
from tests.documents.reading import pages, squeezed
from tests.factories import TODAY

WELFARE = ParticipantKind.WELFARE


def add(desk: Desk, achternaam: str) -> PatientId:
    name = factories.a_name(achternaam=achternaam, voorvoegsels="", partner_achternaam="")
    return desk.patients.add(factories.a_patient(name=name)).id


def consent(desk: Desk, patient: PatientId, answer: ConsentAnswer, kind: ParticipantKind) -> None:
    desk.consents.record(patient, kind, answer, on=TODAY)


@pytest.fixture
def meeting(desk: Desk) -> Meeting:
    """Aalders said yes to welzijn, Bakker no, Cools was not asked; and a subject without a file."""
    people = [add(desk, name) for name in ("Aalders", "Bakker", "Cools")]
    consent(desk, people[0], ConsentAnswer.YES, WELFARE)
    consent(desk, people[1], ConsentAnswer.NO, WELFARE)
    desk.markeringen.record(factories.a_step(people[0], MarkeringState.MARKED))
    desk.network.keep_professional(
        factories.a_professional(name="T. Mulder", discipline=Discipline.SOCIAAL_WERK)
    )
    made = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=people, place="De Brink")
    desk.meetings.add_item(made.id, title="Werkafspraken vakantie", brought_in_by="POH")
    return made


def read(desk: Desk, meeting: Meeting, audience: ParticipantKind | None = None) -> list[str]:
    """The agenda page by page without white space."""
    data = desk.papers.agenda(meeting.id, audience=audience).data
    return [squeezed(page) for page in pages(data)]


def test_an_overview_comes_first_and_then_a_page_per_person(desk: Desk, meeting: Meeting) -> None:
    overview, *cases = read(desk, meeting)
    assert len(cases) == 3
    for name in ("Aalders", "Bakker", "Cools", "Werkafspraken"):
        assert name in overview
    for name, page in zip(("Aalders", "Bakker", "Cools"), cases, strict=True):
        assert name in page
    assert "Bakker" not in cases[0]
    assert "DeBrink" in overview
    assert "nieuwgemarkeerd" in overview


def test_times_follow_each_other_and_leave_room_at_the_end(desk: Desk, meeting: Meeting) -> None:
    overview = read(desk, meeting)[0]
    for moment in ("12.305minOpening", "12.3510min", "12.455min", "12.505min", "12.555min"):
        assert moment in overview, moment
    assert "13.0010minReserveenrondvraag" in overview
    assert "gepland40minuten,beschikbaar60minuten" in overview
    shorter = desk.meetings.change(replace(meeting, minutes=36))
    overview = read(desk, shorter)[0]
    assert "13.006minReserveenrondvraag" in overview
    assert "gepland36minuten,beschikbaar36minuten" in overview


def test_too_much_for_the_time_is_told(desk: Desk) -> None:
    people = [add(desk, f"Persoon{number}") for number in "abcdefghijklmn"]
    made = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=people)
    overview = "".join(read(desk, made))
    assert "15minutenteveel" in overview
    assert "Reserve" not in overview


def test_who_gave_no_consent_stands_on_no_page_for_welzijn(desk: Desk, meeting: Meeting) -> None:
    made = read(desk, meeting, WELFARE)
    text = "".join(made)
    assert len(made) == 2
    assert "Versievoor" in text
    assert "Aalders" in text
    assert "Werkafspraken" in text
    for hidden in ("Bakker", "Cools"):
        assert hidden not in text
    # Whoever falls out leaves a gap, so that the others keep their time.
    assert "12.555min" in text
    assert "12.455min" not in text


def test_who_was_not_asked_stands_on_no_page_for_volunteers(desk: Desk, meeting: Meeting) -> None:
    text = "".join(read(desk, meeting, ParticipantKind.VOLUNTEERS))
    for hidden in ("Aalders", "Bakker", "Cools"):
        assert hidden not in text


def test_a_later_no_takes_somebody_off_the_papers_again(desk: Desk, meeting: Meeting) -> None:
    consent(desk, PatientId(1), ConsentAnswer.NO, WELFARE)
    assert "Aalders" not in "".join(read(desk, meeting, WELFARE))


def test_who_says_no_to_who_treats_stands_on_no_agenda(desk: Desk, meeting: Meeting) -> None:
    consent(desk, PatientId(3), ConsentAnswer.NO, ParticipantKind.TREATING)
    text = "".join(read(desk, meeting))
    assert "Cools" not in text
    assert "Aalders" in text


def test_what_is_known_of_consent_stands_beside_the_name(desk: Desk, meeting: Meeting) -> None:
    consent(desk, PatientId(1), ConsentAnswer.YES, ParticipantKind.TREATING)
    overview = read(desk, meeting)[0]
    assert overview.count("toestemming:verondersteld") == 2
    for words in ("toestemming:ja,", ":ja", ":nee", ":nietgevraagd"):
        assert words in overview


def test_input_of_the_absent_is_named_only_where_their_item_stands(
    desk: Desk, meeting: Meeting
) -> None:
    for item, who in zip(desk.meetings.meeting(meeting.id)[1], ("Visser", "Postma"), strict=False):
        desk.meetings.change_item(
            replace(item, contributions=(Contribution(by=who, text=f"inbreng van {who}"),))
        )
    overview, first, *_ = read(desk, meeting)
    assert "inbrengvooraf:Visser,Postma" in overview
    assert "Visser:inbrengvanVisser" in first
    assert "Postma" not in "".join(read(desk, meeting, WELFARE))


def test_the_question_and_who_brings_it_in_stand_on_overview_and_page(
    desk: Desk, meeting: Meeting
) -> None:
    item = desk.meetings.meeting(meeting.id)[1][1]
    desk.meetings.change_item(
        replace(item, question="Wie gaat er langs?", brought_in_by="F. Hoekstra")
    )
    overview, _, second, *_ = read(desk, meeting)
    assert "Wiegaaterlangs?" in overview
    assert "F.Hoekstra" in overview
    assert "Wiegaaterlangs?" in second


def test_open_actions_without_a_patient_stand_in_the_opening_until_they_are_done(
    desk: Desk, clock: Clock
) -> None:
    action = desk.actions.add(who="CK'er", what="zaal boeken", due=TODAY + timedelta(days=3))
    made = desk.meetings.plan(on=TODAY + timedelta(days=7), starts=time(12, 30))
    overview = read(desk, made)[0]
    assert "Opening,openacties" in overview
    assert "zaalboeken" in overview
    desk.actions.close(action, on=clock.now.date())
    assert "zaalboeken" not in read(desk, made)[0]


def test_a_death_is_evaluated_with_the_wished_place_beside_the_place(
    desk: Desk, meeting: Meeting
) -> None:
    desk.patients.deceased(PatientId(2), on=TODAY, place="ziekenhuis", note="plotseling")
    overview, _, second, *_ = read(desk, meeting)
    assert "overleden24-11-2026" in overview
    for words in ("Evaluatienaoverlijden", "Waarziekenhuis", "Gewensteplek", "plotseling"):
        assert words in second
    assert "Vierdimensies" not in second


def test_before_the_meeting_there_is_room_to_write_and_no_report(
    desk: Desk, meeting: Meeting
) -> None:
    overview, first, *_ = read(desk, meeting)
    assert "Agendakernteam-MDO" in overview
    assert "WieWatWanneer" in first
    assert "Verslag" not in overview


def test_the_report_shows_what_was_said_agreed_and_to_be_done(desk: Desk, meeting: Meeting) -> None:
    first, second, *_ = desk.meetings.meeting(meeting.id)[1]
    desk.meetings.note(
        first,
        ItemNotes(
            lichamelijk="pijn onder controle",
            vooruitkijken="kans op delier",
            afspraken=("palliakit aanvragen",),
            discussed=True,
        ),
    )
    desk.meetings.note(second, ItemNotes(no_action=True, discussed=True))
    desk.actions.add(
        who="F. Hoekstra",
        what="palliakit brengen",
        due=TODAY + timedelta(days=2),
        patient_id=PatientId(1),
        meeting_id=meeting.id,
    )
    third = desk.meetings.meeting(meeting.id)[1][2]
    desk.meetings.held(meeting, ["T. Mulder", "Z. Zomer"], left=[third.id])
    overview, case, other, *_ = read(desk, meeting)
    assert "1actie" in overview
    assert "nietbesproken" in overview
    assert "Z.Zomer" in overview
    assert "anders" not in overview
    assert "Verslagkernteam-MDO" in overview
    assert "palliakitaanvragen" in overview
    assert "geenactie" in overview
    for words in (
        "Lichamelijkpijnondercontrole",
        "Vooruitkijkenkansopdelier",
        "palliakitaanvragen",
        "F.Hoekstrapalliakitbrengen26-11-2026",
    ):
        assert words in case, words
    assert "Geenactienodig" in other


def test_a_reprint_says_which_items_changed_since_and_can_hold_those_alone(
    desk: Desk, meeting: Meeting, clock: Clock
) -> None:
    assert "Opnieuw" not in read(desk, meeting)[0]
    clock.forward(minutes=30)
    desk.actions.add(who="POH", what="bellen", patient_id=PatientId(2))
    data = desk.papers.agenda(meeting.id, only_changed=True).data
    made = [squeezed(page) for page in pages(data)]
    assert "Opnieuwafgedrukt" in made[0]
    assert "punt2" in made[0]
    assert len(made) == 2
    assert "Bakker" in made[1]


def test_where_nothing_changed_the_print_of_what_changed_says_so(
    desk: Desk, meeting: Meeting, clock: Clock
) -> None:
    desk.papers.agenda(meeting.id)
    clock.forward(minutes=30)
    (only,) = pages(desk.papers.agenda(meeting.id, only_changed=True).data)
    assert "Niets gewijzigd sinds de afdruk van 24-11-2026 14.05" in only


def test_what_only_moved_is_not_printed_again(desk: Desk, meeting: Meeting, clock: Clock) -> None:
    desk.papers.agenda(meeting.id)
    clock.forward(minutes=30)
    desk.meetings.take_off(desk.meetings.meeting(meeting.id)[1][0])
    made = [
        squeezed(page) for page in pages(desk.papers.agenda(meeting.id, only_changed=True).data)
    ]
    assert len(made) == 1
    assert "eriseenpuntvervallen" in made[0]
    assert "gewijzigd" not in made[0]
    assert "Bakker" in made[0]


def test_a_print_without_case_pages_is_no_print_to_compare_pages_with(
    desk: Desk, meeting: Meeting, clock: Clock
) -> None:
    user = replace(desk.session.user, roles=(Role.COORDINATOR,))
    coordinator = desk_over(replace(desk.session, user=user))
    coordinator.papers.agenda(meeting.id)
    clock.forward(minutes=30)
    first = pages(desk.papers.agenda(meeting.id, only_changed=True).data)
    assert len(first) == 4
    clock.forward(minutes=30)
    desk.actions.add(who="POH", what="bellen", patient_id=PatientId(2))
    coordinator.papers.agenda(meeting.id)
    clock.forward(minutes=30)
    made = [
        squeezed(page) for page in pages(desk.papers.agenda(meeting.id, only_changed=True).data)
    ]
    assert "gewijzigdsindsdeafdrukvan24-11-202614.35:punt2" in made[0]
    assert len(made) == 2


def test_a_print_with_mantelzorg_is_no_print_to_compare_one_without_with(
    desk: Desk, meeting: Meeting, clock: Clock
) -> None:
    wim = desk.network.keep_naaste(factories.a_naaste(PatientId(1)))
    desk.screenings.screen(PatientId(1), wim.id, "volhoudtijd", {"volhoudtijd": "1"}, on=TODAY)
    desk.papers.agenda(meeting.id, extras=ON_AGENDA)
    clock.forward(minutes=30)
    assert "Opnieuw" not in read(desk, meeting)[0]


def test_without_a_question_there_is_room_to_write_one_and_reasons_stand_apart(
    desk: Desk, meeting: Meeting
) -> None:
    first, second, _ = (page.split("Vier dimensies")[0] for page in read_lines(desk, meeting))
    asked, because = first.split("Bespreekvraag")[1].split("Op de agenda omdat")
    assert asked.strip() == ""
    assert "nieuw gemarkeerd" in because
    assert "Op de agenda omdat" not in second
    item = desk.meetings.meeting(meeting.id)[1][0]
    desk.meetings.change_item(replace(item, question="Wat nu?"))
    asked = read_lines(desk, meeting)[0].split("Bespreekvraag")[1].split("Op de agenda")[0]
    assert asked.strip() == "Wat nu?"


def read_lines(desk: Desk, meeting: Meeting) -> list[str]:
    """The case pages as they stand."""
    return pages(desk.papers.preview_agenda(meeting.id))[1:]


def test_an_agenda_for_everybody_names_who_should_have_a_version_of_their_own(
    desk: Desk, meeting: Meeting
) -> None:
    assert desk.papers.agenda(meeting.id).own_versions == (WELFARE,)
    assert desk.papers.agenda(meeting.id, audience=WELFARE).own_versions == ()
    alone = desk.meetings.change(replace(meeting, invited=()))
    assert desk.papers.agenda(alone.id).own_versions == ()


def test_an_empty_agenda_says_so(desk: Desk) -> None:
    rules = desk.practice.practice()
    desk.practice.change(
        replace(rules, meeting=replace(rules.meeting, opening_minutes=0, reserve_minutes=0))
    )
    made = desk.meetings.plan(on=TODAY, starts=time(12, 30))
    (only,) = read(desk, made)
    assert "Erstaatnognietsopdezeagenda" in only
