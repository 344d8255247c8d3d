"""Zorgnetwerk: naasten with their roles, and professionals of the region; by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from pzdesk.domain.errors import Refused
from pzdesk.domain.network import Discipline, MayKnow, NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.hands import Hands


def test_where_nobody_is_known_it_says_who_belongs_here(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "netwerk")
    assert "Nog niemand vastgelegd" in hands.read
    assert "Naaste toevoegen" in hands.read


def test_everybody_stands_with_what_they_are_and_a_number(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich, "netwerk")
    assert "dochter Marleen Jansen, 06-00001002" in hands.read
    assert "eerste contactpersoon · mag alles weten" in hands.read
    assert "F. Hoekstra, wijkverpleging, 06-00000201" in hands.read
    assert "nummers gecontroleerd op 30-10-2026" in hands.read


def test_an_error_stands_under_its_field(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient, "netwerk", "naaste")
    hands.save()
    assert hands.wrong() == ["Vul “Naam” in."]
    assert hands.name == "Naam"


def test_a_naaste_is_added_changed_and_put_back_by_keyboard(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient)
    hands.section(Qt.Key.Key_N)
    hands.enter("Naaste toevoegen")
    hands.write("Naam", "Wim Jansen")
    hands.write("Relatie", "echtgenoot")
    for role in ("Is: mantelzorger", "Is: eerste contactpersoon"):
        hands.tab_to(role)
        hands.press(Qt.Key.Key_Space)
    hands.write("Telefoonnummers", "06-12345678")
    hands.choose("Wat mag deze naaste weten", "mag een deel weten")
    hands.write("Toelichting", "niet over geld")
    hands.write("In vertrouwen verteld", "drinkt soms te veel")
    hands.save()
    (kept,) = desk_now.patients.file(new_patient).naasten
    assert kept.roles == (NaasteRole.MANTELZORGER, NaasteRole.FIRST_CONTACT)
    assert [phone.number for phone in kept.phones] == ["06-12345678"]
    assert (kept.may_know, kept.may_know_note) == (MayKnow.LIMITED, "niet over geld")
    assert "In vertrouwen verteld, komt op geen papier:" in hands.read
    assert "Wim Jansen" in hands.head

    hands.enter("Wijzigen: Wim Jansen")
    hands.write("Relatie", "man")
    hands.write("Tot", "t")
    hands.save()
    (changed,) = desk_now.patients.file(new_patient).naasten
    assert (changed.relation, changed.until) == ("man", desk_now.session.today)
    hands.undo()
    (back,) = desk_now.patients.file(new_patient).naasten
    assert (back.relation, back.until) == ("echtgenoot", None)
    hands.undo()  # the adding itself, of what has another version by now
    assert desk_now.patients.file(new_patient).naasten == ()
    assert "Nog niemand vastgelegd" in hands.read


def test_a_professional_is_found_by_any_part_of_the_name_and_stops_and_comes_back(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient, "netwerk")
    hands.enter("Zorgverlener toevoegen")
    hands.write("Wie", "hoekst")
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    form = hands.dossier.section.form
    assert form is not None
    assert form.field("who").raw() == "F. Hoekstra, wijkverpleging"
    assert "Discipline" not in hands.read
    hands.write("Rol in deze zorg", "wondzorg")
    hands.save()
    (member,) = desk_now.patients.file(new_patient).team
    assert (member.part, member.since) == ("wondzorg", desk_now.session.today)
    assert len(desk_now.network.region()[0]) == len(
        {who.name for who in desk_now.network.region()[0]}
    )

    hands.enter("Stopt: F. Hoekstra")
    assert desk_now.patients.file(new_patient).team[0].until == desk_now.session.today
    hands.undo()
    assert desk_now.patients.file(new_patient).team[0].until is None


def test_who_is_not_in_the_region_yet_is_typed_with_discipline_and_numbers(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient, "netwerk")
    hands.enter("Zorgverlener toevoegen")
    hands.write("Wie", "B. Nieuwland")
    hands.press(Qt.Key.Key_Return)
    hands.choose("Discipline", "geestelijk verzorger")
    hands.write("Telefoon overdag", "0521-999999")
    hands.save()
    file = desk_now.patients.file(new_patient)
    who = file.professionals[file.team[0].professional_id]
    assert (who.name, who.discipline, who.phone_day) == (
        "B. Nieuwland",
        Discipline.GEESTELIJK,
        "0521-999999",
    )
    hands.undo()
    assert desk_now.patients.file(new_patient).team == ()
    assert who not in desk_now.network.region()[0]


def test_who_may_not_change_the_region_chooses_from_its_list(
    hands_of: Callable[[str], Hands],
) -> None:
    hands = hands_of("smit")
    desk = hands.frame.bench.desk
    patient = desk.patients.rows()[0].id
    hands.open_file(patient, "netwerk", "zorgverlener")
    hands.write("Wie", "Iemand Onbekend")
    hands.save()
    assert hands.wrong() == ["Dit staat niet in de lijst. Kies een regel uit de lijst."]


def test_who_left_stands_beneath_with_until_when(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    gone = factories.a_naaste(new_patient, name="Oude Buur", until=desk_now.session.today)
    desk_now.network.keep_naaste(gone)
    desk_now.network.keep_naaste(factories.a_naaste(new_patient, name="Nieuwe Buur"))
    hands.open_file(new_patient, "netwerk")
    assert hands.read.index("Nieuwe Buur") < hands.read.index("Oude Buur")
    assert "tot 24-11-2026" in hands.read


def test_somebody_who_comes_later_is_taken_back_too(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient, "netwerk", "zorgverlener")
    section = hands.dossier.section
    assert section.form is not None
    who = section.form.field("who")
    who.set_raw(who._by_words and next(iter(who._by_words)))  # type: ignore[attr-defined]
    section.form.field("since").set_raw("+1w")
    hands.save()
    assert not hands.is_form_open
    hands.undo()
    assert hands.said.startswith("Ongedaan gemaakt")
    assert desk_now.patients.file(new_patient).team == ()


def test_who_is_new_and_could_not_be_added_is_not_in_the_region_twice(
    hands: Hands, new_patient: PatientId, desk_now: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk_now.network.region()[0]

    def refuse(*_: object, **__: object) -> None:
        raise Refused("Het dossier is net gewijzigd.")

    hands.open_file(new_patient, "netwerk", "zorgverlener")
    hands.write("Wie", "B. Nieuwland")
    with monkeypatch.context() as patch:
        patch.setattr(desk_now.network, "add_to_team", refuse)
        hands.save()
    assert hands.is_form_open
    assert desk_now.network.region()[0] == before
    hands.save()
    assert not hands.is_form_open
    assert len(desk_now.network.region()[0]) == len(before) + 1
