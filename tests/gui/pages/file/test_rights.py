"""A copy for the patient, and destroying: shown first, meant, and nowhere in the window afterwards."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Role
from pzdesk.gui.pages.file import rights
from pzdesk.gui.places import PATIENTS
from pzdesk.gui.preview import Preview
from pzdesk.services.desk import Desk, desk_over
from tests.gui.conftest import settle
from tests.gui.hands import Hands
from tests.gui.starting import until
from tests.gui.views import rich_patient


@pytest.fixture
def doctor(hands_of: Callable[[str], Hands]) -> Hands:
    """Hands of a huisarts, on the file of whom most is known."""
    made = hands_of("deboer")
    made.open_file(rich_patient(made.frame.bench.desk))
    return made


def who(hands: Hands) -> PatientId:
    assert hands.dossier.file is not None
    return hands.dossier.file.patient.id


def in_the_window(hands: Hands, words: str) -> bool:
    """Whether any label of the window says this, also one that nobody sees now."""
    QApplication.sendPostedEvents(None, 52)  # what is to be deleted
    return any(words in label.text() for label in hands.frame.findChildren(QLabel))


def test_only_who_answers_for_a_file_finds_them_in_the_menu(desk: Desk) -> None:
    def of(role: Role) -> list[str]:
        user = replace(desk.session.user, roles=(role,))
        return [act for _, act in rights.entries(desk_over(replace(desk.session, user=user)))]

    assert of(Role.POH) == []
    assert of(Role.BEHEERDER) == [rights.WHO_SAW]  # who opens no file, and has the log
    every = [rights.COPY, rights.WHO_SAW, rights.DESTROY]
    assert of(Role.HUISARTS) == of(Role.VS_PA) == every


def test_a_file_is_destroyed_by_keys_and_stays_nowhere_in_the_window(
    doctor: Hands, qtbot: QtBot
) -> None:
    patient, desk = who(doctor), doctor.frame.bench.desk
    desk.actions.add(who="POH", what="bellen", patient_id=patient)
    doctor.open_file(patient, act=rights.DESTROY)
    doctor.choose("Wat moet er weg?", "het hele dossier")
    doctor.save()
    until(qtbot, lambda: "Dit verdwijnt" in doctor.read)
    assert rights.NOT_UNDONE in doctor.read
    assert "2 naasten · " in doctor.read
    doctor.choose("Op wiens verzoek", "op verzoek van de patiënt")
    doctor.write("Reden", "eigen wens")
    doctor.write("Typ de achternaam", "Jansen")
    doctor.save()
    until(qtbot, lambda: bool(doctor.wrong()))
    assert doctor.wrong() == ["Dit is niet de achternaam of de geboortedatum van deze persoon."]
    assert in_the_window(doctor, "Marleen Jansen")

    doctor.write("Typ de achternaam", "jansen de vries")
    doctor.save()
    until(qtbot, lambda: doctor.said == "Het dossier is vernietigd")
    settle()
    assert doctor.frame.place == PATIENTS
    assert not in_the_window(doctor, "Marleen Jansen")
    doctor.frame.bench.undo_last()
    assert "niets om ongedaan te maken" in doctor.said
    doctor.frame.back()
    assert doctor.frame.place == PATIENTS
    assert patient not in [row.id for row in desk.patients.rows(everybody=True)]


def test_a_copy_is_written_where_it_was_asked_and_a_part_destroyed_by_name(
    doctor: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    menu = doctor.dossier.header.menu
    assert menu is not None
    assert [act.text() for act in menu.actions()][-3:] == [
        "Afschrift voor de patiënt…",
        "Wie heeft dit dossier gezien…",
        "Vernietigen…",
    ]
    doctor.open_file(who(doctor), act=rights.COPY)
    assert doctor.name.startswith("Map kiezen")
    assert doctor.dossier.file is not None
    rights.save_copy(doctor.dossier.section, doctor.dossier.file, tmp_path / "inzage")
    until(qtbot, lambda: not doctor.is_form_open)
    assert [path.suffix for path in sorted((tmp_path / "inzage").iterdir())] == [".json", ".pdf"]
    assert doctor.said.startswith("Afschrift opgeslagen: inzage-")

    patient, desk = who(doctor), doctor.frame.bench.desk
    doctor.open_file(patient, act=rights.DESTROY)
    doctor.choose("Wat moet er weg?", "een deel ervan")
    doctor.save()
    assert doctor.wrong() == ["Kies ten minste één onderdeel."]
    form = doctor.dossier.section.form
    assert form is not None
    (plan,) = desk.patients.file(patient).plans
    form.field("acute_plan").set_raw(f"acute_plan:{plan.id}")
    doctor.save()
    until(qtbot, lambda: "Dit verdwijnt" in doctor.read)
    assert "1 noodplan" in doctor.read
    doctor.choose("Op wiens verzoek", "het is bij vergissing vastgelegd")
    doctor.write("Reden", "verkeerde persoon")
    doctor.write("Typ de achternaam", "14-03-1941")
    doctor.save()
    until(qtbot, lambda: doctor.said == "Dit deel van het dossier is vernietigd")
    assert who(doctor) == patient
    assert desk.patients.file(patient).plans == ()

    doctor.open_file(patient, act=rights.WHO_SAW)
    until(qtbot, lambda: bool(doctor.frame.findChildren(Preview)))
    (paper,) = doctor.frame.findChildren(Preview)
    assert paper.windowTitle() == "Wie heeft dit dossier gezien"
    paper.reject()
