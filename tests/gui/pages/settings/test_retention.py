"""Bewaartermijn: whose term is over, by name, and what was destroyed, without one."""

from collections.abc import Callable
from dataclasses import replace

from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.user import Role
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.pages.settings.retention import RetentionPart
from pzdesk.gui.places import Place
from pzdesk.gui.tables import ValueTable
from pzdesk.services.desk import Desk, desk_over
from tests import factories
from tests.conftest import Clock
from tests.gui.conftest import settle, shown_texts

HERE = Place(page="beheer", section="bewaartermijn")


def part_of(window: Frame) -> RetentionPart:
    window.go(HERE)
    settle()
    page = window.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.part, RetentionPart)
    return page.part


def test_nothing_is_proposed_while_all_files_are_young(empty_window: Frame) -> None:
    read = shown_texts(part_of(empty_window))
    assert "Van niemand is de bewaartermijn voorbij." in read
    assert "Er is nog niets vernietigd." in read


def test_after_twenty_years_a_file_is_proposed_and_enter_leads_to_it(
    empty_window: Frame, clock: Clock
) -> None:
    desk = empty_window.bench.desk
    old = desk.patients.add(factories.a_patient())
    gone = desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Bosma")))
    desk.destructions.destroy(
        gone.id, asked_by=AskedBy.PATIENT, reason="eigen wens", typed="14-03-1941"
    )
    clock.forward(days=365 * 20 + 6)
    part = part_of(empty_window)
    due, past = part.findChildren(ValueTable)
    assert [column.cell(due.values.rows[0]).first for column in due.values.columns] == [
        "Mw. A.M. Jansen-de Vries",
        "24-11-2026",
        "24-11-2046",
    ]
    told = [column.cell(past.values.rows[0]) for column in past.values.columns]
    assert [(cell.first, cell.second) for cell in told] == [
        ("24-11-2026", ""),
        (f"nummer {gone.id}", ""),
        ("heel dossier", ""),
        ("eigen wens", "op verzoek van de patiënt"),
    ]
    due.opened.emit(due.values.rows[0])
    settle()
    page = empty_window.page
    assert isinstance(page, DossierPage)
    assert page.section.form is not None
    assert page.place.patient == old.id


def test_it_exists_only_for_who_may_destroy(
    window_over: Callable[[Desk], Frame], desk: Desk
) -> None:
    user = replace(desk.session.user, roles=(Role.BEHEERDER,))
    assert not RetentionPart.may_see(desk_over(replace(desk.session, user=user)))
