"""A section of a file keeps the keyboard where it was when its content is made anew."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.patient import PatientId
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.frame import Frame
from pzdesk.gui.parts import area_of
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.conftest import settle
from tests.gui.hands import CTRL, Hands


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


def in_sight(part: QWidget) -> bool:
    """Whether a part stands wholly in the area that scrolls around it."""
    area = area_of(part)
    assert area is not None
    return (
        area.viewport()
        .rect()
        .contains(QRect(part.mapTo(area.viewport(), QPoint(0, 0)), part.size()))
    )


def test_the_page_follows_the_keyboard_with_enter_and_to_an_error(window: Frame) -> None:
    hands = Hands(window)
    window.resize(1024, 700)
    hands.open_file(patient_with_reviews(window.bench.desk), "dimensies", "beoordelen")
    first = hands.here
    for _ in range(12):
        hands.press(Qt.Key.Key_Return)
        if isinstance(hands.here, QPlainTextEdit):
            hands.press(Qt.Key.Key_Tab)
        assert in_sight(hands.here)
    assert not in_sight(first)
    hands.write("Datum", "morgen of zo")
    form = hands.dossier.section.form
    assert form is not None
    form.submit.setFocus()
    settle()
    hands.save()
    assert hands.here is first
    assert in_sight(first)


def test_a_section_is_read_from_its_top_after_a_form(window: Frame) -> None:
    hands = Hands(window)
    window.resize(1024, 700)
    hands.open_file(patient_with_reviews(window.bench.desk), "pzp")
    hands.press(Qt.Key.Key_N, with_=CTRL)
    for _ in range(5):
        hands.press(Qt.Key.Key_PageDown, with_=CTRL)
    area = area_of(hands.dossier.section)
    assert area is not None
    assert area.verticalScrollBar().value() > 0
    hands.press(Qt.Key.Key_Escape)
    assert area.verticalScrollBar().value() == 0
