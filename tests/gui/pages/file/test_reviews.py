"""Reviews en medicatie: moments are planned, held, dropped and put back; by keyboard."""

from datetime import date

from PySide6.QtCore import Qt

from pzdesk.domain.patient import PatientId
from pzdesk.domain.review import ReviewKind
from pzdesk.gui.pages.file.reviews import late_words, review_words, sentence
from pzdesk.services.desk import Desk
from tests.gui.conftest import day
from tests.gui.hands import CTRL, Hands

TODAY = day("2026-11-24")


def test_where_nothing_was_planned_it_says_what_comes_here(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "reviews")
    assert "Nog geen reviewmomenten" in hands.read


def test_what_was_held_stands_with_its_day_by_whom_and_what_came_of_it(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich, "reviews")
    assert "Er staat niets open." in hands.read
    assert "Medicatiereview huisarts en apotheker door dr. De Boer en J. Mulder" in hands.read


def test_how_late_something_is_is_said_in_words() -> None:
    assert late_words(TODAY, TODAY) == ""
    assert late_words(date(2026, 11, 23), TODAY) == "sinds gisteren te laat"
    assert late_words(date(2026, 11, 20), TODAY) == "4 dagen te laat"
    assert sentence("pZP") == "PZP"


def test_an_error_stands_under_its_field(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    made = desk_now.reviews.plan(new_patient, ReviewKind.PZP_TALK, due=TODAY)
    hands.open_file(new_patient, "reviews", f"afronden-{made.id}")
    hands.write("Gedaan op", "+1d")
    hands.save()
    assert hands.wrong() == ["Vul “Uitkomst” in."]
    hands.write("Uitkomst", "besproken")
    hands.save()
    assert hands.wrong() == ["De datum ligt in de toekomst."]


def test_every_act_goes_by_keyboard_and_can_be_undone(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient)
    hands.section(Qt.Key.Key_R)
    hands.tab_to("Reviewmoment plannen")
    hands.press(Qt.Key.Key_N, with_=CTRL)
    hands.save()
    assert hands.wrong() == ["Maak een keuze.", "Vul “Vóór” in."]
    hands.choose("Wat", "medicatiereview huisarts en apotheker")
    hands.write("Vóór", "+2w")
    hands.write("Onderwerp", "slaapmiddel")
    hands.save()
    (made,) = desk_now.patients.file(new_patient).open_reviews
    assert made.due == date(2026, 12, 8)
    name = review_words(made)
    assert name == "medicatiereview huisarts en apotheker: slaapmiddel"
    assert "door de praktijk gepland" in hands.read
    assert "door de regels" not in hands.read

    hands.enter(f"Vervalt: {name}")
    hands.choose("Waarom vervalt dit moment?", "anders, namelijk")
    hands.save()
    assert hands.wrong() == ["Vul “Reden” in."]
    hands.write("Reden", "gestopt met het middel")
    hands.save()
    assert desk_now.patients.file(new_patient).open_reviews == ()
    assert "gestopt met het middel" in hands.read
    hands.undo()
    assert len(desk_now.patients.file(new_patient).open_reviews) == 1

    hands.enter(f"Afronden: {name}")
    hands.write("Uitkomst", "gehalveerd")
    hands.save()
    (held,) = desk_now.patients.file(new_patient).reviews
    assert (held.done_on, held.by, held.outcome) == (TODAY, "M. Wiersma", "gehalveerd")
    hands.undo()
    assert len(desk_now.patients.file(new_patient).open_reviews) == 1

    hands.enter("Reviewmoment plannen")
    hands.choose("Wat", "PZP-gesprek")
    hands.write("Vóór", "1-2-2027")
    hands.save()
    hands.undo()
    assert len(desk_now.patients.file(new_patient).open_reviews) == 1
