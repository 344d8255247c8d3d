"""Papers: what is on them, what is on none of them, and what is kept of handing them out."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta

import pytest

from pzdesk.domain.assessment import Assessment, Dimension, Finding, Weight
from pzdesk.domain.errors import BadInput, NotAllowed, NotFound, Refused
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import Contribution, ItemNotes, Meeting
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.plan import AcutePlan, Scenario
from pzdesk.domain.pzp import Answer
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.papers import EXTRAS, ON_AGENDA, ON_PZP, Paper
from tests import factories
from tests.conftest import Clock
from tests.documents.reading import content, pages, squeezed
from tests.factories import NOW, TODAY

ALL = frozenset(EXTRAS)
RESTRICTED = {
    "4a": Answer("ja_maar"),
    "4a.beperking": Answer("alleen één schok"),
    "4d": Answer("nee"),
    "5a": Answer("wil geen prikken"),
    "5b": Answer("thuis"),
    "5c": Answer("verklaring"),
}


@dataclass
class World:
    """Somebody of whom everything is recorded that papers show or hide."""

    desk: Desk
    anna: Patient
    meeting: Meeting

    def papers(self, extras: frozenset[str] = frozenset()) -> dict[str, str]:
        """Every paper as text without white space."""
        return {name: self.text(name, extras) for name in (*self.makers(), "soep")}

    def text(self, name: str, extras: frozenset[str] = frozenset()) -> str:
        """One paper as text without white space."""
        if name == "soep":
            return squeezed(self.desk.papers.soep(self.anna.id).data.decode())
        return content(self.makers(extras)[name]().data)

    def makers(self, extras: frozenset[str] = frozenset()) -> dict[str, Callable[[], Paper]]:
        service, key = self.desk.papers, self.anna.id
        return {
            "agenda": lambda: service.agenda(self.meeting.id, extras=extras - (ALL - ON_AGENDA)),
            "pzp": lambda: service.pzp(key, extras=extras - (ALL - ON_PZP)),
            "sheet": lambda: service.sheet(key, extras=extras),
            "home": lambda: service.home_sheet(key),
        }


@pytest.fixture
def world(desk: Desk) -> World:
    anna = desk.patients.add(factories.a_patient(bsn="999990019", bsn_verified=True))
    naaste = desk.network.keep_naaste(
        factories.a_naaste(anna.id, confidence="VERTROUWD drinkt", may_know_note="MAG-WETEN")
    )
    desk.markeringen.record(
        factories.a_step(
            anna.id, MarkeringState.TALKED, surprised_by_death=False, surprised_if_alive=True
        )
    )
    desk.pzps.record(anna.id, RESTRICTED, talk_on=TODAY, held_by="dr. De Boer")
    _, waiting = desk.screenings.screen(
        anna.id, naaste.id, "volhoudtijd", {"volhoudtijd": "1"}, on=TODAY
    )
    desk.screenings.agree_follow_up(waiting, what="belt Wim", who="POH", due=TODAY)
    review = desk.reviews.plan(anna.id, ReviewKind.CAREGIVER, due=TODAY)
    desk.reviews.hold(review, on=TODAY, by="POH", outcome="UITKOMST-MZ")
    desk.assessments.keep_plan(
        AcutePlan(
            patient_id=anna.id,
            on=TODAY,
            scenarios=(Scenario(when="benauwd", do="zit rechtop", call="06-11223344"),),
            key_code="SLEUTEL-4711",
            recorded_at=NOW,
            recorded_by=1,
        )
    )
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=[anna.id])
    return World(desk, anna, meeting)


# What stands on every paper


@pytest.mark.parametrize("name", ["agenda", "pzp", "sheet", "home", "soep"])
def test_limits_stand_in_full_words_with_their_restriction(world: World, name: str) -> None:
    text = world.text(name).lower()
    assert "welreanimeren,metbeperking:alleenéénschok" in text
    assert "nietnaarhetziekenhuis" in text


@pytest.mark.parametrize("name", ["agenda", "sheet", "home", "soep"])
def test_without_a_pzp_every_paper_says_it_was_not_discussed(desk: Desk, name: str) -> None:
    anna = desk.patients.add(factories.a_patient())
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=[anna.id])
    text = World(desk, anna, meeting).text(name)
    assert "nognietbesproken" in text.lower()
    assert "reanimeren" not in text


def test_nobody_is_called_an_abbreviation(world: World) -> None:
    for name, make in world.makers(ALL).items():
        text = " ".join(pages(make().data))
        assert not re.search(r"\b(NR|DNR|NTBR|WR)\b", text), name


def test_wishes_and_scenarios_come_along(world: World) -> None:
    papers = world.papers()
    for name in ("agenda", "sheet", "home"):
        assert "benauwd" in papers[name], name
        assert "zitrechtop" in papers[name], name
    for name in ("agenda", "pzp", "home", "soep"):
        assert "wilgeenprikken" in papers[name], name


# What stands on no paper unless it is ticked


def test_what_a_naaste_told_in_confidence_and_the_key_code_stand_on_no_paper(world: World) -> None:
    for name, text in world.papers(ALL).items():
        assert "VERTROUWD" not in text, name
        assert "SLEUTEL" not in text, name


def test_the_outcome_of_a_caregiver_stands_on_paper_only_when_ticked(world: World) -> None:
    hidden = ("minderdaneenweek", "UITKOMST-MZ", "volhoudtijd")
    for name, text in world.papers().items():
        for words in hidden:
            assert words.lower() not in text.lower(), (name, words)
    ticked = world.papers(frozenset({"mantelzorg"}))
    assert "minderdaneenweek" in ticked["agenda"].lower()
    assert "minderdaneenweek" in ticked["sheet"].lower()
    assert "UITKOMST-MZ" in ticked["sheet"]
    for name in ("pzp", "home", "soep"):
        assert "minderdaneenweek" not in ticked[name].lower()


def test_the_bsn_and_the_surprise_question_stand_on_paper_only_when_ticked(world: World) -> None:
    for name, text in world.papers().items():
        assert "999990019" not in text, name
        assert "Surprise" not in text, name
    ticked = world.papers(ALL)
    assert "999990019(geverifieerd)" in ticked["sheet"]
    assert "Verbaasdbijoverlijdenbinneneenjaarnee" in ticked["sheet"]
    for name in ("agenda", "home", "soep"):
        assert "999990019" not in ticked[name]
        assert "Verbaasd" not in ticked[name]


def test_a_position_on_euthanasia_stands_on_the_pzp_form_alone(world: World) -> None:
    papers = world.papers(ALL - {"euthanasie"})
    assert "Heefteuthanasieverklaring" in papers["pzp"]
    for name in ("agenda", "sheet", "home", "soep"):
        assert "euthanasie" not in papers[name].lower(), name


def test_what_can_be_ticked_is_told(world: World) -> None:
    wrong = frozenset({"sleutelcode"})
    for name in ("agenda", "pzp", "sheet"):
        with pytest.raises(BadInput, match="kies uit bsn, euthanasie, mantelzorg, surprise"):
            world.makers(wrong)[name]()


def test_a_tick_that_this_paper_does_not_have_is_refused(world: World) -> None:
    papers = world.desk.papers
    with pytest.raises(BadInput, match="“bsn” staat niet op dit stuk; hier kan: mantelzorg"):
        papers.agenda(world.meeting.id, extras=frozenset({"bsn", "mantelzorg"}))
    with pytest.raises(BadInput, match="hier kan: bsn"):
        papers.preview_pzp(world.anna.id, extras=frozenset({"surprise"}))


# Looking first


def test_what_is_looked_at_is_what_is_printed_and_counts_as_no_handout(world: World) -> None:
    papers, key, meeting = world.desk.papers, world.anna.id, world.meeting.id
    looked = {
        "agenda": papers.preview_agenda(meeting),
        "pzp": papers.preview_pzp(key, number=1),
        "sheet": papers.preview_sheet(key),
        "home": papers.preview_home_sheet(key),
    }
    assert papers.handouts(key) == []
    assert {name: make().data for name, make in world.makers().items()} == looked
    # Only what was printed is a print that a reprint compares with.
    assert "Opnieuw" not in content(papers.preview_agenda(meeting))


def test_who_may_not_print_may_not_look_either(world: World) -> None:
    user = replace(world.desk.session.user, roles=(Role.COORDINATOR,))
    papers = desk_over(replace(world.desk.session, user=user)).papers
    for look in (
        papers.preview_pzp,
        papers.preview_sheet,
        papers.preview_home_sheet,
    ):
        with pytest.raises(NotAllowed):
            look(world.anna.id)


# What is kept of it


def test_a_handout_keeps_the_digest_of_the_bytes_the_version_who_and_when(
    world: World, clock: Clock
) -> None:
    made = {name: make() for name, make in world.makers().items()}
    made["soep"] = world.desk.papers.soep(world.anna.id)
    made["access"] = world.desk.papers.access(world.anna.id)
    for paper in made.values():
        handout = paper.handout
        assert handout.digest == hashlib.sha256(paper.data).hexdigest()
        assert handout.size == len(paper.data)
        assert (handout.printed_by, handout.printed_at) == (1, clock.now)
    assert made["pzp"].handout.pzp_number == 1
    assert made["home"].handout.pzp_number == 1
    assert made["agenda"].handout.meeting_id == world.meeting.id
    kept = world.desk.papers.handouts(world.anna.id)
    of_nobody = {HandoutKind.AGENDA, HandoutKind.LOG, HandoutKind.LOST}
    assert {handout.kind for handout in kept} == set(HandoutKind) - of_nobody
    assert {h.digest for h in kept} == {
        paper.handout.digest for name, paper in made.items() if name != "agenda"
    }


def test_what_was_handed_out_is_listed_the_newest_first(world: World, clock: Clock) -> None:
    for _ in range(3):
        clock.forward(minutes=1)
        world.desk.papers.sheet(world.anna.id)
    moments = [handout.printed_at for handout in world.desk.papers.handouts(world.anna.id)]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 3


@pytest.mark.parametrize("name", ["agenda", "pzp", "sheet"])
def test_the_same_data_and_moment_give_the_same_bytes(world: World, name: str) -> None:
    make = world.makers(ALL)[name]
    first = make().data
    assert make().data == first


def test_another_moment_gives_another_paper(world: World, clock: Clock) -> None:
    first = world.desk.papers.sheet(world.anna.id).data
    clock.forward(minutes=1)
    assert world.desk.papers.sheet(world.anna.id).data != first


def test_a_new_home_sheet_says_which_one_it_replaces(world: World, clock: Clock) -> None:
    first = content(world.desk.papers.home_sheet(world.anna.id).data)
    clock.forward(days=8)
    second = content(world.desk.papers.home_sheet(world.anna.id).data)
    assert "Versie1,24november2026" in first
    assert "Versie2,2december2026" in second
    assert "24november2026" in second


def test_an_older_version_is_printed_as_what_it_is(world: World, clock: Clock) -> None:
    clock.forward(days=1)
    world.desk.pzps.record(
        world.anna.id, {"4a": Answer("nee")}, talk_on=TODAY + timedelta(days=1), held_by="R. Smit"
    )
    old = content(world.desk.papers.pzp(world.anna.id, number=1).data)
    assert "nietmeergeldend" in old
    assert "welreanimeren,metbeperking:alleenéénschok" in old
    with pytest.raises(Refused, match="niet vastgelegd"):
        world.desk.papers.pzp(world.anna.id, number=3)


def test_a_paper_of_nobody_or_without_a_pzp_is_told_and_nothing_is_kept(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient())
    with pytest.raises(Refused, match="PZP"):
        desk.papers.pzp(anna.id)
    for make in (desk.papers.pzp, desk.papers.sheet, desk.papers.home_sheet, desk.papers.soep):
        with pytest.raises(NotFound):
            make(PatientId(99))
    assert desk.papers.handouts(anna.id) == []


def test_no_sheet_lies_at_home_of_who_died(world: World) -> None:
    world.desk.patients.deceased(world.anna.id, on=TODAY, place="thuis")
    with pytest.raises(Refused, match="overleden"):
        world.desk.papers.home_sheet(world.anna.id)
    assert "Overledenop24-11-2026" in content(world.desk.papers.agenda(world.meeting.id).data)


# The coordinator


def test_who_may_not_read_files_prints_the_overview_alone(world: World) -> None:
    item = world.desk.meetings.meeting(world.meeting.id)[1][0]
    item = world.desk.meetings.change_item(
        replace(item, contributions=(Contribution(by="apotheker", text="STATINE"),))
    )
    world.desk.meetings.note(item, ItemNotes(sociaal="GENOTEERD", afspraken=("AFGESPROKEN",)))
    user = replace(world.desk.session.user, roles=(Role.COORDINATOR,))
    coordinator = desk_over(replace(world.desk.session, user=user))
    with pytest.raises(NotAllowed):
        coordinator.papers.agenda(world.meeting.id, extras=ON_AGENDA)
    made = pages(coordinator.papers.agenda(world.meeting.id).data)
    text = squeezed(" ".join(made))
    assert len(made) == 1
    assert "Jansen-deVries" in text
    assert "nieuwgemarkeerd" in text
    for hidden in ("reanimeren", "STATINE", "GENOTEERD", "AFGESPROKEN", "hartfalen", "week"):
        assert hidden not in text, hidden
    for make in (
        coordinator.papers.pzp,
        coordinator.papers.sheet,
        coordinator.papers.home_sheet,
        coordinator.papers.soep,
        coordinator.papers.handouts,
    ):
        with pytest.raises(NotAllowed):
            make(world.anna.id)


# Texts that anybody can type


def test_hostile_and_long_texts_print_whole_on_every_paper(world: World) -> None:
    desk = world.desk
    strange = "<penicilline> & =cmd() Şahin ğ łódź đ ĳ"
    person = desk.patients.add(
        factories.a_patient(name=factories.a_name(achternaam=strange, name_order="NL1"))
    )
    for number in range(60):
        desk.actions.add(who="POH", what=f"actie {number} {strange}", patient_id=person.id)
    desk.pzps.record(
        person.id,
        {"4a": Answer("ja_maar"), "4a.beperking": Answer(strange), "5a": Answer("lang " * 3999)},
        talk_on=TODAY,
        held_by=strange,
    )
    desk.assessments.assess(
        Assessment(
            patient_id=person.id,
            on=TODAY,
            findings=(Finding(dimension=Dimension.SOCIAL, weight=Weight.LIGHT, text=strange),),
            recorded_at=NOW,
            recorded_by=1,
        )
    )
    desk.network.keep_naaste(
        factories.a_naaste(
            person.id, name=strange, roles=tuple(NaasteRole), relation="<b>dochter</b>"
        )
    )
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=[person.id])
    for name, text in World(desk, person, meeting).papers(ALL).items():
        assert squeezed(strange) in text, name
        if name in ("agenda", "sheet", "soep"):
            assert all(f"actie{number}<penicilline>" in text for number in range(60)), name
        if name in ("agenda", "pzp", "home", "soep"):
            assert text.count("lang") >= 3999, name
