"""Mantelzorg: screenings with their score and cut-off, and the follow-up until it is closed; by keyboard."""

from PySide6.QtCore import Qt

from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.hands import CTRL, Hands


def test_where_there_is_no_mantelzorger_the_button_leads_to_recording_one(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "mantelzorg")
    assert "Geen mantelzorger vastgelegd" in hands.read
    hands.press(Qt.Key.Key_N, with_=CTRL)
    assert hands.dossier.section.key == "netwerk"
    assert hands.is_form_open
    hands.write("Naam", "Anja Bakker")
    hands.save()
    (naaste,) = hands.frame.bench.desk.patients.file(new_patient).naasten
    assert naaste.roles == (NaasteRole.MANTELZORGER,)
    hands.section(Qt.Key.Key_Z)
    assert "Nog niet gescreend" in hands.read


def test_the_outcomes_stand_by_instrument_with_the_source_of_a_cut_off_once(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich, "mantelzorg")
    assert "9 van 13 (7 of hoger is het gepubliceerde afkappunt) · M. Wiersma" in hands.read
    assert hands.read.count("Bron: ") == 1
    assert (
        "Vervolg na volhoudtijd van 20-11-2026 nog niet afgesproken (vóór 22-11-2026)" in hands.read
    )
    assert "2 dagen te laat" in hands.read


def test_an_error_stands_under_its_field(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich, "mantelzorg", "screenen")
    hands.write("Datum", "+2d")
    hands.choose("Hoe lang de zorg", "meer dan twee jaar")
    hands.save()
    assert hands.wrong() == ["De datum ligt in de toekomst."]


def test_nothing_answered_is_told_under_the_first_question_which_gets_the_keyboard(
    hands: Hands, rich: PatientId
) -> None:
    for begin, first in (("screenen", "Hoe lang de zorg"), ("CSI invullen", "1. ")):
        hands.open_file(rich, "mantelzorg", begin if begin == "screenen" else "")
        if not hands.is_form_open:
            hands.enter(begin)
        hands.save()
        assert hands.wrong() == ["Er is nog niets beantwoord."]
        assert hands.name.startswith(first)
        hands.press(Qt.Key.Key_Escape)


def test_each_form_opens_again_by_the_act_of_its_draft(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich, "mantelzorg")
    for begin in ("CSI invullen", "Vervolg afspreken", "Niet nu", "Afronden"):
        hands.enter(begin)
        act = hands.dossier.section.open_act
        form = hands.dossier.section.form
        assert form is not None
        heading = form.heading.text()
        hands.press(Qt.Key.Key_Escape)
        hands.open_file(rich, "mantelzorg", act)
        form = hands.dossier.section.form
        assert form is not None
        assert form.heading.text() == heading
        hands.press(Qt.Key.Key_Escape)


def test_screening_and_follow_up_go_by_keyboard_to_their_end(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    carer = desk_now.network.keep_naaste(factories.a_naaste(new_patient))
    hands.open_file(new_patient)
    hands.section(Qt.Key.Key_Z)
    assert "Nog niet gescreend." in hands.read
    hands.enter("CSI invullen")
    for number in range(1, 14):
        hands.choose(f"{number}. ", "ja" if number <= 8 else "nee")
        if number == 12:
            assert "Nog 1 vraag niet beantwoord: nog geen uitkomst." in hands.read
    assert "8 van 13; 7 of hoger is het gepubliceerde afkappunt (bron: " in hands.read
    hands.save()
    assert hands.said == f"Screening van {carer.name} vastgelegd"
    (waiting,) = desk_now.patients.file(new_patient).open_follow_ups
    assert waiting.what == ""

    hands.enter("Vervolg afspreken")
    hands.save()
    assert hands.wrong() == ["Beantwoord deze vraag.", "Beantwoord deze vraag."]
    hands.write("Wat gebeurt er?", "thuiszorg bellen")
    hands.write("Wie doet dat?", "F. Hoekstra")
    hands.write("Vóór", "+1w")
    hands.save()
    assert (
        "Vervolg na CSI van 24-11-2026: thuiszorg bellen (F. Hoekstra, vóór 01-12-2026)"
        in hands.read
    )
    hands.enter("Vervolg wijzigen")
    hands.write("Wat gebeurt er?", "morgen bellen")
    hands.save()
    hands.undo()
    assert (
        "Vervolg na CSI van 24-11-2026: thuiszorg bellen (F. Hoekstra, vóór 01-12-2026)"
        in hands.read
    )

    hands.enter("Niet nu")
    hands.write("Waarom past dit nu niet?", "dochter komt eerst een week")
    hands.save()
    assert desk_now.patients.file(new_patient).open_follow_ups == ()
    hands.undo()
    assert len(desk_now.patients.file(new_patient).open_follow_ups) == 1

    hands.enter("Afronden")
    hands.write("Wat heeft het opgeleverd?", "drie nachten per week hulp")
    hands.save()
    assert desk_now.patients.file(new_patient).open_follow_ups == ()
    assert hands.said == "Vervolg afgerond"

    hands.enter("Volhoudtijd invullen")
    hands.choose("Hoe lang de zorg", "een week tot een maand")
    hands.save()
    assert "een week tot een maand · M. Wiersma" in hands.read
    hands.enter("EDIZ")
    hands.choose("1. ", "nee")
    assert "Nog 8 vragen niet beantwoord: nog geen uitkomst." in hands.read
    hands.save()
    assert hands.wrong() == ["1 van 9 beantwoord. Sla nog eens op om het zo vast te leggen."]
    assert len(desk_now.patients.file(new_patient).screenings) == 2
    hands.save()
    assert "niet volledig ingevuld, geen score" in hands.read
    assert len(desk_now.patients.file(new_patient).screenings[-1].answers) == 1
    assert "Vervolg na EDIZ" in hands.read
