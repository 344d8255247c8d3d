"""Tijdlijn: everything that was recorded, a choice of what to see, and the way to where it stands."""

from dataclasses import replace

from PySide6.QtCore import Qt

from pzdesk.domain.patient import PatientId
from pzdesk.gui.pages.file.timeline import TimelineSection, instrument_name
from tests.gui.hands import Hands


def section(hands: Hands) -> TimelineSection:
    found = hands.dossier.section
    assert isinstance(found, TimelineSection)
    return found


def test_of_a_new_patient_it_says_what_comes_here(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient, "tijdlijn")
    assert "Nog niets vastgelegd" in hands.read


def test_the_newest_stands_first_and_says_what_was_asked(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich, "tijdlijn")
    rows = section(hands).table.values.rows
    assert [row.on for row in rows] == sorted((row.on for row in rows), reverse=True)
    screened = [row for row in rows if row.title == "Wim Jansen gescreend"]
    assert {row.text for row in screened} == {"Volhoudtijd", "CSI"}


def test_by_keyboard_one_kind_is_chosen_and_enter_goes_to_where_it_stands(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich)
    hands.section(Qt.Key.Key_T)
    every = len(section(hands).table.values.rows)
    hands.tab_to("Alles")
    hands.press(Qt.Key.Key_Right)
    assert hands.name == "Stand"
    for _ in range(12):
        if hands.name == "Reviews":
            break
        hands.press(Qt.Key.Key_Right)
    rows = section(hands).table.values.rows
    assert 0 < len(rows) < every
    assert {row.section for row in rows} == {"reviews"}
    hands.press(Qt.Key.Key_Tab)
    assert hands.here.inherits("QTableView")
    hands.press(Qt.Key.Key_Return)
    assert hands.dossier.section.key == "reviews"
    hands.section(Qt.Key.Key_T)
    assert {row.section for row in section(hands).table.values.rows} == {"reviews"}


def test_what_was_changed_is_told_with_what_stood_there(
    hands: Hands, new_patient: PatientId
) -> None:
    patients = hands.frame.bench.desk.patients
    first = patients.file(new_patient).patient
    spoke_frisian = patients.change(replace(first, language="Fries"))
    patients.change(replace(spoke_frisian, language="Turks"))
    hands.open_file(new_patient, "tijdlijn")
    found = [(row.title, row.text, row.by) for row in section(hands).table.values.rows]
    me = hands.frame.bench.desk.session.user.name
    assert ("Patiëntgegevens gewijzigd", "was: Taal: Fries", me) in found


def test_on_the_smallest_screen_only_the_table_scrolls(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich, "tijdlijn")
    assert hands.dossier._areas["tijdlijn"].verticalScrollBar().maximum() == 0


def test_an_instrument_that_is_gone_is_called_by_its_id() -> None:
    assert instrument_name("csi") == "CSI"
    assert instrument_name("ooit") == "ooit"
