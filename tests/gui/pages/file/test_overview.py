"""Overzicht: what is not recorded yet with the button to do it, and each dated row; by keyboard."""

import pytest
from PySide6.QtCore import Qt

from pzdesk.domain.gaps import gaps
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.domain.status import StatusKind
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.hands import Hands


def change(hands: Hands, number: int) -> None:
    """F2, down to a line of the menu, Enter."""
    hands.press(Qt.Key.Key_F2)
    hands.press(*[Qt.Key.Key_Down] * number, Qt.Key.Key_Return)


def test_of_a_new_patient_it_says_everything_that_is_missing_with_its_button(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient)
    found = gaps(desk_now.patients.file(new_patient))
    assert len(found) >= 5
    for gap in found:
        assert gap.words in hands.read
        assert gap.button in hands.read
    assert "niet vastgelegd" in hands.read


def test_every_gap_leads_to_the_form_that_mends_it(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    desk_now.markeringen.record(factories.a_step(new_patient, MarkeringState.MARKED))
    desk_now.network.keep_naaste(factories.a_naaste(new_patient, roles=(NaasteRole.MANTELZORGER,)))
    for gap in gaps(desk_now.patients.file(new_patient)):
        hands.open_file(new_patient)
        hands.enter(f"{gap.button}: {gap.words}")
        assert hands.dossier.section.key == gap.section, gap
        assert hands.is_form_open is bool(gap.act), gap
        hands.press(Qt.Key.Key_Escape)


def test_the_side_says_mantelzorg_and_actions_with_what_is_late(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich)
    assert "Mantelzorg: Wim Jansen, echtgenoot" in hands.read
    assert "Volhoudtijd: een week tot een maand; was een maand tot een half jaar" in hands.read
    assert "nog niet afgesproken (vóór 22-11-2026), 2 dagen te laat" in hands.read
    assert "F. Hoekstra · vóór 27-10-2026 · 28 dagen te laat" in hands.read
    assert "Volgende MDO: dinsdag 1 december 2026" in hands.read
    hands.enter("Vastleggen: vervolg na")
    assert hands.dossier.section.key == "mantelzorg"
    assert hands.is_form_open


def test_an_error_stands_under_its_field(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient, "overzicht", "fase")
    hands.write("Sinds", "+1d")
    hands.save()
    assert hands.wrong() == ["Maak een keuze."]
    hands.choose("Fase", "terminaal")
    hands.save()
    assert hands.wrong() == ["De datum ligt in de toekomst."]
    assert hands.name == "Sinds"


def test_every_dated_row_is_recorded_by_keyboard_and_can_be_undone(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient)

    def now(kind: StatusKind) -> str | None:
        row = desk_now.patients.file(new_patient).now(kind)
        return row.value if row is not None else None

    change(hands, 1)
    hands.choose("Fase", "symptoomgericht")
    hands.save()
    assert (hands.said, now(StatusKind.PHASE)) == ("Fase vastgelegd", "symptoomgericht")
    change(hands, 1)
    assert "Nu: fase symptoomgericht sinds 24-11-2026" in hands.read
    hands.choose("Fase", "terminaal")
    hands.save()
    assert "eerder: symptoomgericht (24-11-2026)" in hands.read
    hands.undo()
    assert now(StatusKind.PHASE) == "symptoomgericht"

    change(hands, 2)
    hands.choose("Urgentie", "binnenkort (weken)")
    hands.write("Volgens", "dr. De Boer")
    hands.save()
    assert now(StatusKind.URGENCY) == "binnenkort"
    assert "sinds 24-11-2026, volgens dr. De Boer" in hands.read
    change(hands, 3)
    hands.choose("Complexiteit", "complex")
    hands.save()
    assert now(StatusKind.COMPLEXITY) == "complex"
    change(hands, 4)
    hands.choose("Verblijf", "in een hospice")
    hands.write("Waar precies", "De Linde")
    hands.write("Telefoon daar", "0521-000777")
    hands.save()
    assert "in een hospice, De Linde 0521-000777" in hands.read
    for number, kind in ((5, StatusKind.CENTRAL_CARER), (6, StatusKind.RESPONSIBLE)):
        change(hands, number)
        hands.tab_to("Centrale" if number == 5 else "Hoofdbehandelaar")
        hands.write(hands.name, "hoekstra")
        hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
        hands.save()
        who = desk_now.patients.file(new_patient).professional_now(kind)
        assert who is not None
        assert who.name == "F. Hoekstra"

    change(hands, 0)
    hands.write("Diagnose", "COPD")
    hands.save()
    assert "COPD" in hands.head
    hands.undo()
    assert "hartfalen" in hands.head

    change(hands, 8)
    hands.choose("Waarom", "verhuisd")
    hands.save()
    assert "uit zorg sinds 24-11-2026: verhuisd" in hands.head
    change(hands, 1)
    hands.save()
    assert desk_now.patients.file(new_patient).is_active

    change(hands, 7)
    hands.save()
    assert hands.wrong() == ["Vul “Waar” in."]
    hands.write("Waar", "thuis")
    hands.save()
    assert "is overleden op 24-11-2026, thuis" in hands.head
    hands.undo()
    assert desk_now.patients.file(new_patient).death is None


def test_what_is_wrong_is_taken_back_with_a_reason_and_stays_in_the_timeline(
    hands: Hands, rich: PatientId, desk_now: Desk
) -> None:
    hands.open_file(rich)
    hands.enter("Klopt niet: fase symptoomgericht")
    hands.save()
    assert hands.wrong() == ["Beantwoord deze vraag."]
    hands.write("Waarom klopt dit niet?", "verkeerde persoon")
    hands.save()
    phase = desk_now.patients.file(rich).now(StatusKind.PHASE)
    assert phase is not None
    assert phase.value == "ziektegericht"
    hands.section(Qt.Key.Key_T)
    assert any(
        "Ingetrokken: fase: symptoomgericht" in entry.title
        for entry in hands.dossier.section.table.values.rows  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize("act", ["fase", "gegevens", "overleden", "uit_zorg"])
def test_escape_closes_the_form_and_keeps_what_was_typed(
    hands: Hands, rich: PatientId, act: str
) -> None:
    hands.open_file(rich, "overzicht", act)
    assert hands.is_form_open
    hands.press(Qt.Key.Key_Escape)
    assert not hands.is_form_open
    assert "Vier dimensies" in hands.read
