"""Vier dimensies: the course, what was found, and a new assessment by keyboard."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from pzdesk.domain.assessment import Dimension, Weight
from pzdesk.domain.course import Reading
from pzdesk.domain.patient import PatientId
from pzdesk.gui.bench import NOTHING_TO_UNDO
from pzdesk.gui.choices import ChoiceField
from pzdesk.gui.course import CourseView
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH
from pzdesk.gui.pages.file.dimensions import DimensionsCard, course_words, latest_card
from pzdesk.services.desk import Desk
from tests.gui.conftest import day, settle, shown_texts
from tests.gui.hands import Hands


def test_where_nothing_was_found_it_says_what_belongs_here_and_how_to_begin(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "dimensies")
    assert "Nog niet beoordeeld" in hands.read
    assert "Nieuwe beoordeling" in hands.read


def test_each_dimension_has_its_course_its_word_its_direction_and_who_found_it(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich, "dimensies")
    for words in ("Lichamelijk", "Psychisch", "Sociaal", "Zingeving", "Eigen cijfers"):
        assert words in hands.read
    assert "20-11 door M. Wiersma · eerder 30-09, 18-08, 03-07" in hands.read
    assert "Verloop van 06-02-2026 tot 20-11-2026; onder is geen, boven is ernstig." in hands.read
    views = hands.dossier.section.findChildren(CourseView)
    assert len(views) == 4
    assert all(view.accessibleName().startswith("Verloop ") for view in views)
    hands.frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    hands.enter("Nieuwe beoordeling")
    asked = hands.dossier.section.findChildren(ChoiceField)
    lines = [{radio.y() for radio in one.findChildren(QRadioButton)} for one in asked]
    assert [len(line) for line in lines] == [1] * 8  # weight and direction, each on one line


def test_the_course_is_said_in_words_for_who_does_not_see_it() -> None:
    readings = (Reading(day("2026-10-01"), 1), Reading(day("2026-11-20"), 2))
    said = course_words("Lichamelijk", readings)
    assert said == "Verloop lichamelijk: 01-10-2026 licht, 20-11-2026 matig"


def test_in_a_narrow_place_the_finding_stands_beneath_its_course(
    hands: Hands, rich: PatientId, desk_now: Desk
) -> None:
    file = desk_now.patients.file(rich)
    card = latest_card(file, desk_now.session.today)
    assert isinstance(card, DimensionsCard)
    card.show()
    places = []
    for width in (900, 330):
        card.resize(width, 800)
        settle()
        finding = card._lines[0][3]
        course = card._lines[0][1]
        assert course is not None
        assert finding is not None
        places.append((finding.y() > course.y(), card.aside.text()))
    assert places == [
        (False, "20-11 door M. Wiersma · eerder 30-09, 18-08, 03-07"),
        (True, "20-11 door M. Wiersma"),
    ]
    card.deleteLater()


def test_an_assessment_of_today_alone_has_no_period(desk_now: Desk, rich: PatientId) -> None:
    file = desk_now.patients.file(rich)
    card = latest_card(replace(file, assessments=file.assessments[-1:]), desk_now.session.today)
    assert any(words.startswith("Stand van") for words in shown_texts(card))
    card.deleteLater()


def test_an_error_stands_under_the_figure_it_is_about(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient, "dimensies", "beoordelen")
    hands.write("Pijn", "11")
    hands.save()
    assert hands.wrong() == ["Vul een geheel getal in van 0 tot en met 10."]
    assert hands.name == "Pijn"
    hands.write("Pijn", "4")
    hands.save()
    assert not hands.is_form_open


def test_an_assessment_is_recorded_by_keyboard(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient)
    hands.section(Qt.Key.Key_D)
    hands.enter("Nieuwe beoordeling")
    assert hands.name == "Datum"
    hands.press(Qt.Key.Key_Return)  # on to the next field
    assert hands.name == "Door"
    hands.choose("Lichamelijk: Hoe zwaar weegt het?", "matig")
    assert "Sinds de vorige keer" not in hands.read  # there was none
    hands.write("Lichamelijk: Volgens wie", "mevrouw zelf")
    hands.write("Lichamelijk: Bevinding", "benauwd bij het traplopen")
    hands.write("Lichamelijk: Wat eraan wordt gedaan", "scenario maken")
    hands.write("Pijn", "3")
    hands.write("Een andere klacht", "jeuk")
    hands.write("Cijfer", "7")
    hands.write("Begrijpen", "leest moeilijk")
    hands.write("Beslissen", "met haar dochter")
    hands.save()
    (made,) = desk_now.patients.file(new_patient).assessments
    (found,) = made.findings
    assert (found.dimension, found.weight, found.direction) == (
        Dimension.PHYSICAL,
        Weight.MODERATE,
        None,
    )
    assert (found.according_to, found.text, found.plan) == (
        "mevrouw zelf",
        "benauwd bij het traplopen",
        "scenario maken",
    )
    assert [(s.name, s.score) for s in made.symptoms] == [("pijn", 3), ("jeuk", 7)]
    assert (made.understanding, made.deciding) == ("leest moeilijk", "met haar dochter")
    assert "Psychisch" in hands.read
    assert hands.read.count("niet beoordeeld") == 3  # what was not looked at stays so
    hands.undo()
    assert hands.said == NOTHING_TO_UNDO

    hands.enter("Nieuwe beoordeling")
    assert "Vorige keer: matig · benauwd bij het traplopen" in hands.read
    hands.tab_to("Jeuk")  # what somebody scored before is asked again
    hands.press(Qt.Key.Key_Escape)
    assert hands.name == "Nieuwe beoordeling"
