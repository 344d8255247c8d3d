"""What is found, for whom, and in which words: who somebody is, and nothing of what they have."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Name, NameOrder, Sex
from pzdesk.domain.search import Hit, HitKind, PageWords
from pzdesk.domain.status import Care
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.search import LONGEST, MOST
from tests import factories
from tests.conftest import Clock
from tests.factories import TODAY

PAGES = (
    PageWords("beheer", "Beheer", "pagina"),
    PageWords("inlezen", "Lijst inlezen", "beginnen", "HIS"),
)


def hits(desk: Desk, text: str) -> list[Hit]:
    return [hit for kind in desk.search.index().find(text, PAGES) for hit in kind.shown]


def titles(desk: Desk, text: str) -> list[str]:
    return [hit.title for hit in hits(desk, text)]


def as_role(desk: Desk, *roles: Role) -> Desk:
    user = replace(desk.session.user, roles=roles)
    return desk_over(replace(desk.session, user=user))


@pytest.fixture
def add(desk: Desk) -> Callable[..., Patient]:
    """Adds a patient by parts of the name."""

    def made(achternaam: str, **parts: str) -> Patient:
        changes = {key: parts.pop(key) for key in ("bsn", "his_number") if key in parts}
        name = Name(achternaam=achternaam, **parts)  # type: ignore[arg-type]
        return desk.patients.add(
            factories.a_patient(name=name, sex=Sex.WOMAN, **{"bsn": None, **changes})
        )

    return made


def test_somebody_is_found_by_surname_first_name_birth_date_bsn_and_number(
    desk: Desk, add: Callable[..., Patient]
) -> None:
    anna = add("Bosma", roepnaam="Anna", voornamen="Anna", bsn="999990019", his_number="P-1234")
    born = anna.birth_date
    for text in (
        *("bosma", "BOSM", "anna", "bosma anna", "a bosma", "bsoma", "bosna", "osma", "bossma"),
        *(f"{born:%d-%m-%Y}", f"{born:%d%m%Y}", f"{born.year}", f"bosma {born.year}"),
        *("999990019", "9999.90.019", "999990", "P-1234", "p1234"),
    ):
        assert [hit.patient for hit in hits(desk, text)] == [anna.id], text
    assert hits(desk, "xqzt") == []
    assert hits(desk, f"bosma {born.year + 1}") == []


@pytest.mark.parametrize(
    "text", ["van den berg", "berg", "vandenberg", "van der berg", "van den b"]
)
def test_voorvoegsels_may_be_there_or_not_or_be_wrong(
    desk: Desk, add: Callable[..., Patient], text: str
) -> None:
    add("Berg", voorvoegsels="van den", roepnaam="Jan", voornamen="Jan")
    assert titles(desk, text) == ["Mw. J. van den Berg"]


@pytest.mark.parametrize("text", ["jansen", "vries", "jansen-de vries", "de vries jansen"])
def test_the_partners_name_finds_too_in_either_order(
    desk: Desk, add: Callable[..., Patient], text: str
) -> None:
    add(
        *("Vries",),
        voorvoegsels="de",
        partner_achternaam="Jansen",
        name_order=NameOrder.PARTNER_OWN.value,
    )
    assert titles(desk, text) == ["Mw. Jansen-de Vries"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Şahin", "sahin"),
        ("Yılmaz-Doğan", "dogan"),
        ("Żółtowski", "zoltowski"),
        ("Łukaszewicz", "lukaszewicz"),
        ("Fûgel", "fugel"),
        ("Dĳkstra", "dijkstra"),
        ("Dijkstra", "dykstra"),
        ("Đorđević", "dordevic"),
    ],
)
def test_turkish_polish_and_frisian_letters_are_found_on_a_dutch_keyboard(
    desk: Desk, add: Callable[..., Patient], name: str, text: str
) -> None:
    kept = add(name)
    assert [hit.patient for hit in hits(desk, text)] == [kept.id]
    assert [hit.patient for hit in hits(desk, name)] == [kept.id]


def test_who_is_in_care_comes_first_and_who_died_or_left_is_said_so(
    desk: Desk, add: Callable[..., Patient]
) -> None:
    dead, gone, here = (add("Smit", roepnaam=name) for name in ("Aaf", "Bea", "Cor"))
    desk.patients.deceased(dead.id, on=TODAY, place="thuis")
    desk.patients.left_care(gone.id, Care.MOVED, on=TODAY)
    found = hits(desk, "smit")
    assert [hit.patient for hit in found] == [here.id, dead.id, gone.id]
    born = f"{here.birth_date:%d-%m-%Y}"
    assert [hit.detail for hit in found] == [
        f"{born} · in zorg",
        f"{born} · overleden {TODAY:%d-%m-%Y}",
        f"{born} · uit zorg",
    ]


def test_meetings_are_found_by_date_and_words_the_nearest_first(desk: Desk) -> None:
    far = desk.meetings.plan(on=TODAY + timedelta(days=40), starts=time(12, 30))
    near = desk.meetings.plan(on=TODAY + timedelta(days=7), starts=time(9, 0), place="boven")
    assert [hit.number for hit in hits(desk, "overleg")] == [near.id, far.id]
    for text in (f"{near.on:%d-%m-%Y}", "boven", f"{near.on.day} december"):
        (hit,) = hits(desk, text)
        assert (hit.kind, hit.number, hit.title) == (
            HitKind.MEETING,
            near.id,
            "dinsdag 1 december 2026, 09.00 uur",
        )


def test_open_actions_are_found_by_what_who_and_about_whom(
    desk: Desk, add: Callable[..., Patient]
) -> None:
    anna = add("Bosma")
    action = desk.actions.add(
        who="F. Hoekstra", what="nachtzorg\naanvragen " + "x" * 300, due=TODAY, patient_id=anna.id
    )
    for text in ("nachtzrog", "hoekstra nachtzorg", "nachtzorg bosma"):
        (hit,) = hits(desk, text)
        assert (hit.kind, hit.number) == (HitKind.ACTION, action.id)
    assert hit.detail == f"F. Hoekstra · vóór {TODAY:%d-%m-%Y} · Mw. Bosma"
    assert hit.title.startswith("nachtzorg aanvragen")
    assert len(hit.title) == LONGEST
    assert [found.kind for found in hits(desk, "bosma")] == [HitKind.PATIENT, HitKind.ACTION]
    desk.actions.close(action, on=TODAY)
    assert hits(desk, "nachtzorg") == []


def test_pages_are_found_and_come_before_what_is_only_nearly_so_called(
    desk: Desk, add: Callable[..., Patient]
) -> None:
    add("Beheers")
    add("Behaer")
    assert titles(desk, "lijst")[0] == "Lijst inlezen"
    assert titles(desk, "his") == ["Lijst inlezen"]
    assert titles(desk, "behaer")[0] == "Mw. Behaer"
    assert titles(as_role(desk, Role.HUISARTS), "beheer") == [
        *("Mw. Beheers", "Mw. Behaer", "Beheer")
    ]
    assert titles(desk, "inlezne") == ["Lijst inlezen"]


def test_of_each_kind_the_best_are_shown_and_all_are_counted(
    desk: Desk, add: Callable[..., Patient]
) -> None:
    for number in range(12):
        add("Smit", roepnaam=f"A{number}")
    (found,) = desk.search.index().find("smit")
    assert (found.kind, len(found.shown), found.count) == (
        HitKind.PATIENT,
        MOST[HitKind.PATIENT],
        12,
    )


def test_one_letter_finds_people_and_pages_only(desk: Desk, add: Callable[..., Patient]) -> None:
    add("Bosma")
    desk.actions.add(who="POH", what="bellen")
    assert {hit.kind for hit in hits(desk, "b")} == {HitKind.PATIENT, HitKind.PAGE}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_finds_a_clinical_word_and_each_finds_what_their_role_may(
    desk: Desk, role: Role
) -> None:
    anna = desk.patients.add(
        factories.a_patient(name=Name(achternaam="Bosma"), diagnosis="hartfalen", icpc="K77")
    )
    desk.meetings.plan(on=TODAY, starts=time(9, 0), place="boven")
    desk.actions.add(who="POH", what="zalf bestellen", patient_id=anna.id)
    theirs = as_role(desk, role)
    assert hits(theirs, "hartfalen") == hits(theirs, "K77") == []
    (person,) = (hit for hit in hits(theirs, "bosma") if hit.kind is HitKind.PATIENT)
    assert "hartfalen" not in person.detail
    plans = role not in (Role.WAARNEMER, Role.ASSISTENTE, Role.BEHEERDER)
    assert bool(hits(theirs, "boven")) is plans
    assert bool(hits(theirs, "zalf")) is (role is not Role.BEHEERDER)


def test_an_opening_is_one_line_in_the_log_however_much_is_typed(desk: Desk, clock: Clock) -> None:
    before = len(desk.practice.log())
    index = desk.search.index()
    for text in ("b", "bo", "bos", "bosma", "14-3-1941"):
        index.find(text, PAGES)
    added = [row.event for row in desk.practice.log()[before:]]
    assert added.count(AuditEvent.PATIENTS_SEARCHED) == 1
    assert "bosma" not in str(desk.practice.log())


def test_an_index_holds_what_was_and_the_next_one_what_is(
    desk: Desk, add: Callable[..., Patient]
) -> None:
    anna = add("Bosma")
    before = desk.search.index()
    desk.patients.change(replace(anna, name=Name(achternaam="Hofstra")))
    assert before.find("bosma")
    assert hits(desk, "bosma") == []
    assert [hit.patient for hit in hits(desk, "hofstra")] == [anna.id]


def test_a_new_practice_finds_its_pages(desk: Desk) -> None:
    assert titles(desk, "beheer") == ["Beheer"]
    assert desk.search.index().find("") == []


def test_what_was_made_ready_holds_until_something_changes_and_leaves_no_line(
    desk: Desk, add: Callable[..., Patient]
) -> None:
    anna = add("Bosma")
    before = len(desk.practice.log())
    desk.search.prepare()
    ready = desk.search.index()
    events = [row.event for row in desk.practice.log()][before:]
    assert events == [AuditEvent.AUDIT_READ, AuditEvent.PATIENTS_SEARCHED]
    assert desk.search.index() is ready
    add("Cools")
    assert titles(desk, "cools") == ["Mw. Cools"]
    desk.patients.left_care(anna.id, Care.MOVED, on=TODAY)
    assert "uit zorg" in hits(desk, "bosma")[0].detail
    gone = next(s for s in desk.patients.file(anna.id).statuses if s.value == Care.MOVED)
    desk.patients.retract_status(anna.id, gone.id, "vergissing")
    assert "in zorg" in hits(desk, "bosma")[0].detail


def test_an_action_that_took_the_place_of_another_is_found_and_the_other_no_more(
    desk: Desk, clock: Clock
) -> None:
    first = desk.actions.add(who="M. Wiersma", what="rolstoel regelen")
    assert titles(desk, "rolstoel") == ["rolstoel regelen"]
    desk.actions.withdraw(first)
    clock.forward(seconds=2)
    desk.actions.add(who="M. Wiersma", what="ademhaling bespreken")
    assert titles(desk, "rolstoel") == []
    assert titles(desk, "ademhaling") == ["ademhaling bespreken"]
