"""A section of a file keeps the keyboard where it was when its content is made anew."""

from PySide6.QtCore import Qt

from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.patient import PatientId
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.frame import Frame
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.conftest import settle
from tests.gui.hands import Hands


def patient_with_reviews(desk: Desk) -> PatientId:
    made = desk.patients.add(factories.a_patient()).id
    step = factories.a_step(made, MarkeringState.TALKED)
    desk.markeringen.record(step)
    return made


def test_after_a_form_the_focus_is_on_what_began_it_or_on_its_neighbour(window: Frame) -> None:
    hands = Hands(window)
    patient = patient_with_reviews(window.bench.desk)
    hands.open_file(patient, "reviews")
    hands.tab_to("Afronden: ")
    name = hands.name
    hands.press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert hands.name == name
    hands.press(Qt.Key.Key_Return)
    hands.write("Uitkomst", "gedaan")
    hands.save()
    assert hands.name != name
    assert hands.dossier.section.isAncestorOf(hands.here)


def test_what_changes_elsewhere_leaves_the_focus_where_it_was(window: Frame) -> None:
    hands = Hands(window)
    patient = patient_with_reviews(window.bench.desk)
    hands.open_file(patient, "reviews")
    hands.tab_to("Vervalt: ")
    name = hands.name
    window.bench.changes.tell(Change(Topic.ACTION, patient))
    settle()
    assert hands.name == name


def test_a_form_that_was_begun_from_elsewhere_ends_at_the_menu(window: Frame) -> None:
    hands = Hands(window)
    patient = patient_with_reviews(window.bench.desk)
    hands.open_file(patient)
    hands.press(Qt.Key.Key_F2)
    hands.press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert hands.name == "Overzicht"
