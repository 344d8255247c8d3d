"""Markering: each step, who was told, and what is refused, by keyboard in the real window."""

from dataclasses import replace

from PySide6.QtCore import Qt

from pzdesk.domain.markering import MarkeringState, Whom
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date
from pzdesk.gui.bench import NOTHING_TO_UNDO
from tests import factories
from tests.gui.hands import Hands


def test_who_is_not_judged_yet_is_told_to_be_so_with_the_steps_that_are_possible(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "markering")
    assert "Nog niet beoordeeld" in hands.read
    for words in ("Te beoordelen", "Markeren", "Gesprek vastleggen", "Niet markeren"):
        assert words in hands.read
    assert "Markering intrekken" not in hands.read
    assert "Wie het weet" not in hands.read


def test_where_it_stands_is_shown_with_since_when_by_whom_and_who_knows(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich, "markering")
    for words in ("gemarkeerd en besproken", "28-03-2025", "dr. De Boer", "Wie het weet"):
        assert words in hands.read
    assert "apotheek, over de markering" in hands.read


def test_what_was_asked_at_the_markering_still_stands_after_the_talk(
    hands: Hands, new_patient: PatientId
) -> None:
    desk = hands.frame.bench.desk
    step = factories.a_step(new_patient, MarkeringState.MARKED)
    desk.markeringen.record(replace(step, surprised_by_death=False))
    desk.markeringen.record(factories.a_step(new_patient, MarkeringState.TALKED))
    hands.open_file(new_patient, "markering")
    assert f"nee, zou niet verbazen ({dutch_date(step.on)})" in hands.read
    assert "niet gesteld" not in hands.read


def test_an_error_stands_under_the_field_it_is_about(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient, "markering", "stap")
    hands.write("Datum", "+3d")
    hands.save()
    assert hands.wrong() == ["Maak een keuze."]
    hands.choose("Wat legt u vast?", "Markeren")
    hands.save()
    assert hands.wrong() == ["De datum van de markering ligt in de toekomst."]
    assert hands.name == "Datum"
    assert hands.is_form_open


def test_every_step_is_recorded_by_keyboard(hands: Hands, new_patient: PatientId) -> None:
    patients = hands.frame.bench.desk.patients
    hands.open_file(new_patient)
    hands.section(Qt.Key.Key_M)
    hands.enter("Markeren")
    hands.choose("Zou het u verbazen als deze persoon binnen een jaar overlijdt?", "nee")
    hands.choose("Zou het u verbazen als deze persoon over een jaar nog leeft?", "ja")
    hands.write("Aanwijzingen", "SPICT: vaker opgenomen")
    hands.tab_to("Met spoed")
    hands.press(Qt.Key.Key_Space)
    hands.write("Toelichting", "Op verzoek van de dochter")
    hands.save()
    assert not hands.is_form_open
    assert hands.said == "Markering vastgelegd: gemarkeerd, nog niet besproken"
    step = patients.file(new_patient).markering
    assert step is not None
    assert (step.state, step.by, step.urgent) == (MarkeringState.MARKED, "M. Wiersma", True)
    assert (step.surprised_by_death, step.surprised_if_alive) == (False, True)
    assert (step.indicator, step.note) == ("SPICT: vaker opgenomen", "Op verzoek van de dochter")
    assert "nee, zou niet verbazen; over een jaar nog in leven zou verbazen" in hands.read

    hands.enter("Ingelicht vastleggen")
    hands.choose("Wie", "apotheek")
    hands.save()
    assert hands.wrong() == ["Vul dit veld in."]
    hands.write("Reden om dit vóór het gesprek te doen", "spoedmedicatie")
    hands.write("Hoe", "telefoon")
    hands.save()
    (told,) = patients.file(new_patient).told
    assert (told.whom, told.before_talk, told.how) == (
        Whom.APOTHEEK,
        "spoedmedicatie",
        "telefoon",
    )
    hands.enter("Ingelicht vastleggen")
    hands.choose("Wie", "patiënt")
    hands.save()
    assert len(patients.file(new_patient).told) == 2

    hands.enter("Gesprek vastleggen")
    hands.save()
    assert "gemarkeerd en besproken" in hands.read
    hands.enter("Ingelicht vastleggen")
    hands.choose("Wie", "wijkverpleging")
    hands.save()
    assert patients.file(new_patient).told[-1].before_talk == ""

    hands.enter("Markering intrekken")
    hands.write("Toelichting", "toch opgeknapt")
    hands.save()
    step = patients.file(new_patient).markering
    assert step is not None
    assert step.state is MarkeringState.WITHDRAWN
    hands.enter("Te beoordelen")
    hands.write("Opnieuw bespreken op", "1-3-2027")
    hands.save()
    assert "Opnieuw bespreken op 01-03-2027" in hands.read


def test_a_marking_is_not_undone_but_mended_by_a_next_step(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "markering")
    hands.enter("Niet markeren")
    hands.save()
    hands.undo()
    assert hands.said == NOTHING_TO_UNDO
    assert len(hands.frame.bench.desk.patients.file(new_patient).markeringen) == 1


def test_after_a_step_the_keyboard_is_where_it_was(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient, "markering")
    hands.enter("Te beoordelen")
    hands.press(Qt.Key.Key_Escape)
    assert hands.name == "Te beoordelen"
    hands.enter("Markeren")
    hands.save()
    assert hands.dossier.section.isAncestorOf(hands.here)


def test_after_the_talk_enter_tells_somebody_and_takes_nothing_back(
    hands: Hands, new_patient: PatientId
) -> None:
    step = factories.a_step(new_patient, MarkeringState.MARKED)
    hands.frame.bench.desk.markeringen.record(step)
    hands.open_file(new_patient, "markering")
    hands.enter("Gesprek vastleggen")
    hands.save()
    assert not hands.is_form_open
    assert hands.name == "Ingelicht vastleggen"
