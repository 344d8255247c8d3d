"""Dossier: sections by Alt and a letter, drafts that stay, and never anybody else's text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from pzdesk.domain.patient import PatientId
from pzdesk.domain.status import StatusKind
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.pages.file import SECTIONS
from pzdesk.gui.parts import area_of
from pzdesk.gui.places import file_of
from pzdesk.gui.shortcuts import SHORTCUTS
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.conftest import settle
from tests.gui.hands import Hands
from tests.gui.views import rich_patient


@pytest.fixture
def hands(window: Frame) -> Hands:
    return Hands(window)


@pytest.fixture
def desk_now(window: Frame) -> Desk:
    return window.bench.desk


@pytest.fixture
def rich(desk_now: Desk) -> PatientId:
    return rich_patient(desk_now)


@pytest.fixture
def other(desk_now: Desk) -> PatientId:
    name = factories.a_name(achternaam="Zonneveld", voorvoegsels="", partner_achternaam="")
    return desk_now.patients.add(factories.a_patient(name=name, diagnosis="COPD")).id


def test_each_section_opens_by_alt_and_its_letter_from_every_other(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich)
    keys = {s.act: s.keys for s in SHORTCUTS if s.act.startswith("section-")}
    assert len(set(keys.values())) == len(keys)
    for kind in SECTIONS:
        letter = keys[f"section-{kind.key}"].removeprefix("Alt+")
        hands.section(Qt.Key(ord(letter)))
        assert hands.dossier.section.key == kind.key
        assert hands.dossier.menu.buttons[kind.key].isChecked()
        assert hands.name.startswith(kind.title)


def test_the_menu_shows_what_waits_and_beside_the_section_of_now_its_keys(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich)
    menu = hands.dossier.menu
    assert menu.asides["mantelzorg"].text() == "vervolg open"
    assert menu.asides["mantelzorg"].isVisible()
    assert menu.buttons["mantelzorg"].accessibleName() == "Mantelzorg, vervolg open"
    hands.section(Qt.Key.Key_Z)
    assert not menu.asides["mantelzorg"].isVisible()
    shown = [part.text() for part in menu.buttons["mantelzorg"].findChildren(QLabel)]
    assert "Alt+Z" in shown


def test_a_draft_stays_when_the_section_or_the_patient_changes(
    hands: Hands, rich: PatientId, other: PatientId
) -> None:
    hands.open_file(rich, "markering", "ingelicht")
    hands.write("Hoe", "per brief, half gesch")
    hands.section(Qt.Key.Key_O)
    hands.section(Qt.Key.Key_M)
    assert hands.is_form_open
    hands.open_file(other, "markering")
    assert not hands.is_form_open
    hands.open_file(rich, "markering", "ingelicht")
    hands.tab_to("Hoe")
    assert hands.here.property("text") == "per brief, half gesch"
    assert "is teruggezet" in hands.read


def test_nobody_ever_sees_what_is_of_another_patient(
    hands: Hands, rich: PatientId, other: PatientId
) -> None:
    for kind in SECTIONS:
        hands.open_file(rich, kind.key)
    hands.open_file(rich, "acuut", "plan")
    hands.write("1. Als", "GEHEIM VAN JANSEN")
    for kind in SECTIONS:
        hands.open_file(other, kind.key)
        parts = hands.dossier.findChildren(QLabel) + hands.dossier.findChildren(QLineEdit)
        texts = [part.text() for part in parts if part.isVisible()]
        texts += [
            part.toPlainText()
            for part in hands.dossier.findChildren(QPlainTextEdit)
            if part.isVisible()
        ]
        texts.append(hands.dossier.accessibleName())
        for words in ("Jansen", "GEHEIM", "Marleen", "hartfalen"):
            assert not any(words in text for text in texts), (kind.key, words)
    assert "Zonneveld" in hands.head


def test_a_file_that_cannot_be_read_leaves_nobody_else_in_sight(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich)
    hands.open_file(PatientId(4711))
    assert "bestaat niet" in hands.said
    assert not hands.dossier.parts.isVisible()
    hands.open_file(rich)
    assert hands.dossier.parts.isVisible()


def test_locking_with_an_open_form_keeps_what_was_typed(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    desk = demo_desk("poh")
    patient = rich_patient(desk)
    hands = Hands(window_over(desk))
    hands.open_file(patient, "reviews", "plannen")
    hands.write("Onderwerp", "een halve zi")
    here = hands.frame.here()
    hands.frame.leave()  # what the lock does before the window goes
    hands.frame.close()
    again = Hands(window_over(desk))
    again.frame.go(here)
    settle()
    assert again.is_form_open
    again.tab_to("Onderwerp")
    assert again.here.property("text") == "een halve zi"


def test_what_somebody_else_changes_is_seen_and_an_open_form_stays(
    hands: Hands, rich: PatientId, desk_now: Desk
) -> None:
    hands.open_file(rich, "reviews", "plannen")
    hands.write("Onderwerp", "slaap")
    desk_now.network.keep_naaste(factories.a_naaste(rich, name="Tante Sjaan"))
    hands.frame.bench.changes.tell(Change(Topic.NETWORK, rich))
    settle()
    assert "Tante Sjaan" in hands.head
    assert hands.is_form_open
    assert hands.here.property("text") == "slaap"


def test_a_form_that_was_saved_does_not_open_again_on_the_way_back(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich, "overzicht", "urgentie")
    hands.choose("Urgentie", "nu (dagen)")
    hands.save()
    hands.section(Qt.Key.Key_T)
    hands.press(Qt.Key.Key_Escape)
    assert hands.dossier.section.key == "overzicht"
    assert not hands.is_form_open


def test_the_bar_undoes_what_was_just_done(hands: Hands, rich: PatientId, desk_now: Desk) -> None:
    hands.open_file(rich, "overzicht", "urgentie")
    hands.choose("Urgentie", "nu (dagen)")
    hands.save()
    hands.enter("Ongedaan maken")
    assert hands.said == "Ongedaan gemaakt: “Urgentie vastgelegd”"
    urgency = desk_now.patients.file(rich).now(StatusKind.URGENCY)
    assert urgency is not None
    assert urgency.value == "binnenkort"


def test_ctrl_z_in_a_field_undoes_the_typing_only(
    hands: Hands, rich: PatientId, desk_now: Desk
) -> None:
    hands.open_file(rich, "overzicht", "urgentie")
    hands.choose("Urgentie", "nu (dagen)")
    hands.save()
    hands.open_file(rich, "reviews", "plannen")
    hands.write("Onderwerp", "slaap")
    hands.undo()
    assert hands.here.property("text") != "slaap"
    assert "B binnenkort" not in hands.head


def test_what_is_printed_first_is_the_paper_of_the_section(window: Frame) -> None:
    patient = rich_patient(window.bench.desk)
    window.go(file_of(patient))
    assert window.page.papers()[0][0] == "Patiëntblad"
    window.go(file_of(patient, "acuut"))
    assert window.page.papers()[0][0] == "Blad voor thuis"


@pytest.mark.parametrize("scale", [125, 150])
def test_at_a_large_scale_every_section_that_is_read_fits_the_smallest_window(
    window: Frame, scale: int
) -> None:
    theme().use(scale=scale)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    patient = rich_patient(window.bench.desk)
    for key in ("overzicht", "markering", "pzp", "dimensies", "reviews", "mdo", "acuut"):
        window.go(file_of(patient, key))
        settle()
        page = window.page
        assert isinstance(page, DossierPage)
        area = area_of(page.section)
        assert area is not None
        assert page.section.width() <= area.viewport().width(), key
