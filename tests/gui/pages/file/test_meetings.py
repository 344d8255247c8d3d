"""MDO en acties: actions, the agenda, and consent; by keyboard."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from pzdesk.domain.mdo import ConsentAnswer, ParticipantKind
from pzdesk.domain.patient import PatientId
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.hands import Hands
from tests.gui.views import coming_meeting, rich_patient


def test_of_a_new_patient_it_says_that_nothing_is_open(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "mdo")
    assert "Er staan geen acties open." in hands.read
    assert "Nog niet in een overleg besproken." in hands.read
    assert "Behandelaars: verondersteld (directe behandeling)" in hands.read
    assert "Vrijwilligers: niet gevraagd" in hands.read


def test_what_was_said_and_agreed_stands_by_meeting(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich, "mdo")
    for words in (
        "dinsdag 13 oktober 2026, gehouden",
        "Sociaal: Meneer slaapt weinig en laat nog niemand toe.",
        "F. Hoekstra · vóór 27-10-2026 · open sinds 13-10-2026 · 28 dagen te laat",
    ):
        assert words in hands.read


def test_an_error_stands_under_its_field(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient, "mdo", "actie")
    hands.save()
    assert hands.wrong() == ["Vul “Wat” in.", "Vul “Wie” in."]
    hands.write("Wat", "bellen")
    hands.write("Wie", "M. Wiersma")
    hands.write("Vóór", "nooit")
    hands.save()
    assert len(hands.wrong()) == 1
    assert hands.name == "Vóór"


def test_every_act_goes_by_keyboard(hands: Hands, new_patient: PatientId, desk_now: Desk) -> None:
    hands.open_file(new_patient)
    hands.section(Qt.Key.Key_A)
    hands.enter("Nieuwe actie")
    hands.write("Wat", "Nachtzorg aanvragen")
    hands.write("Wie", "M. Wiersma")
    hands.write("Vóór", "+1w")
    hands.save()
    (action,) = desk_now.patients.file(new_patient).open_actions
    assert (action.who, action.due) == ("M. Wiersma", date(2026, 12, 1))
    hands.undo()
    assert desk_now.patients.file(new_patient).actions == ()
    hands.enter("Nieuwe actie")
    hands.write("Wat", "Nachtzorg aanvragen")
    hands.write("Wie", "M. Wiersma")
    hands.save()

    hands.enter("Afronden: Nachtzorg aanvragen")
    hands.write("Uitkomst", "twee nachten")
    hands.save()
    assert hands.said == "Actie afgerond: Nachtzorg aanvragen"
    assert desk_now.patients.file(new_patient).open_actions == ()
    hands.undo()
    assert len(desk_now.patients.file(new_patient).open_actions) == 1

    hands.enter("Op de agenda zetten")
    hands.write("Bespreekvraag", "Wie houdt de wacht?")
    hands.save()
    (item,) = desk_now.patients.file(new_patient).items
    assert (item.meeting_id, item.question) == (coming_meeting(desk_now), "Wie houdt de wacht?")
    hands.undo()
    assert desk_now.patients.file(new_patient).items == ()

    hands.enter("Toestemming vastleggen")
    hands.save()
    assert hands.wrong() == ["Maak een keuze.", "Maak een keuze."]
    hands.choose("Met wie", "vrijwilligers")
    hands.choose("Antwoord van de patiënt", "ja")
    hands.save()
    (consent,) = desk_now.patients.file(new_patient).consents
    assert (consent.kind, consent.answer, consent.asked_by) == (
        ParticipantKind.VOLUNTEERS,
        ConsentAnswer.YES,
        "M. Wiersma",
    )
    assert "Vrijwilligers: ja, gevraagd op 24-11-2026 door M. Wiersma" in hands.read


def test_a_meeting_is_gone_to_by_keyboard(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich, "mdo")
    hands.enter("Naar het overleg van dinsdag 1 december 2026")
    assert hands.frame.place.page == "mdo"
    hands.press(Qt.Key.Key_Escape)
    assert hands.frame.place.page == "dossier"
    assert hands.dossier.section.key == "mdo"


def test_who_plans_no_meetings_gets_no_button_that_leads_nowhere(
    hands_of: Callable[[str], Hands],
) -> None:
    hands = hands_of("brouwer")
    desk = hands.frame.bench.desk
    hands.open_file(rich_patient(desk))
    assert "Bespreekvraag" in hands.read
    assert "Vraag wijzigen" not in hands.read
    hands.open_file(rich_patient(desk), "mdo")
    assert "Naar het overleg" not in hands.read
    new = desk.patients.add(factories.a_patient())
    hands.open_file(new.id, "mdo")
    assert "Nog niet in een overleg besproken." in hands.read
    assert "Op de agenda zetten" not in hands.read
    hands.open_file(new.id, "mdo", "agenda")
    assert not hands.is_form_open
