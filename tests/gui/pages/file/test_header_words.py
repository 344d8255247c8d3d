"""The words of the header: short days, numbers, and what is left out."""

from datetime import datetime

import pytest

from pzdesk.domain.file import LastChange
from pzdesk.domain.patient import PatientId
from pzdesk.gui.pages.file.header_words import changed_words, facts, short_day
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.conftest import day

TODAY = day("2026-11-24")


@pytest.fixture
def patient(desk: Desk) -> PatientId:
    return desk.patients.add(factories.a_patient()).id


def test_a_day_of_this_year_is_short_and_of_another_in_full() -> None:
    assert short_day(day("2026-01-03"), TODAY) == "03-01"
    assert short_day(day("2025-12-31"), TODAY) == "31-12-2025"


def test_the_last_change_says_when_and_who() -> None:
    at = datetime.fromisoformat("2026-11-20T14:03:00+01:00")
    assert changed_words(LastChange(at, "M. Wiersma"), TODAY) == "gewijzigd 20-11 14.03, M. Wiersma"
    assert changed_words(LastChange(at, "W."), day("2026-11-20")) == "gewijzigd vandaag 14.03, W."


def test_a_naaste_without_a_number_is_said_to_have_none(desk: Desk, patient: PatientId) -> None:
    desk.network.keep_naaste(factories.a_naaste(patient, phones=()))
    found = facts(desk.patients.file(patient), TODAY, desk.session.now)
    contact = next(fact for fact in found if fact.label == "Eerste contact")
    assert (contact.value, contact.more) == (
        "echtgenoot Wim Jansen",
        "· geen telefoonnummer bekend",
    )


def test_two_first_contacts_stand_both(desk: Desk, patient: PatientId) -> None:
    for name in ("Wim Jansen", "Marleen Jansen"):
        desk.network.keep_naaste(factories.a_naaste(patient, name=name))
    found = facts(desk.patients.file(patient), TODAY, desk.session.now)
    assert sum(fact.label == "Eerste contact" for fact in found) == 2


def test_where_nothing_is_known_every_fact_says_so(desk: Desk, patient: PatientId) -> None:
    found = facts(desk.patients.file(patient), TODAY, desk.session.now)
    assert [fact.value for fact in found] == ["niet vastgelegd"] * 5
