"""The header of a file: who, limits in full, numbers that work now, last change; and what it does by key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.domain.status import Care
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH
from pzdesk.gui.pages.file.header import MORE
from pzdesk.gui.parts import text
from pzdesk.gui.preview import Preview
from pzdesk.gui.theme import SCALES, theme
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.gui.conftest import settle
from tests.gui.hands import Hands
from tests.gui.views import lengthen, rich_patient


def test_of_somebody_of_whom_nothing_is_known_it_says_so_and_never_stays_blank(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient)
    for words in (
        "14-03-1941 · 85 jaar · hartfalen",
        "? nog niet bepaald",
        "nog niet beoordeeld",
        "Gewenste plek van overlijden",
        "Verblijft nu",
        "Hoofdbehandelaar",
        "Centrale zorgverlener",
        "Eerste contact",
    ):
        assert words in hands.head
    assert hands.head.count("niet vastgelegd") == 5
    assert "niet besproken" in hands.dossier.header.limits.text()
    assert "gewijzigd vandaag 14.05, M. Wiersma" in hands.head


def test_it_says_limits_in_full_and_names_with_a_number(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich)
    limits = hands.dossier.header.limits.text()
    assert limits.startswith("Niet reanimeren · niet kunstmatig beademen")
    assert "wel naar het ziekenhuis, met beperking: alleen bij een breuk" in limits
    for words in (
        "B binnenkort sinds 12-11",
        "symptoomgericht sinds 12-11",
        "Centrale zorgverlener sinds 03-11",
        "F. Hoekstra, wijkverpleging",
        "· 06-00000201",
        "dochter Marleen Jansen",
        "· 06-00001002",
        "gewijzigd 20-11",
    ):
        assert words in hands.head


def test_at_night_it_gives_the_number_of_the_night(
    hands: Hands, rich: PatientId, clock: Clock
) -> None:
    clock.now = datetime.fromisoformat("2026-11-24T23:10:00+01:00")
    hands.open_file(rich)
    assert "· 0521-000299" in hands.head
    assert "06-00000201" not in hands.head


def test_who_is_incapable_is_said_with_who_decides_then(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    patient = desk_now.patients.file(new_patient).patient
    desk_now.patients.change(replace(patient, capable=False))
    roles = (NaasteRole.FIRST_CONTACT, NaasteRole.LEGAL_REPRESENTATIVE)
    desk_now.network.keep_naaste(factories.a_naaste(new_patient, roles=roles))
    hands.open_file(new_patient)
    assert "wilsonbekwaam voor medische beslissingen; vertegenwoordiger: echtgenoot Wim" in (
        hands.head
    )
    assert "Eerste contact, vertegenwoordiger" in hands.head


def test_who_has_died_is_said_to_have_died_and_is_nowhere_now(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    desk_now.patients.deceased(new_patient, on=desk_now.session.today, place="thuis")
    hands.open_file(new_patient)
    assert "Mevrouw Jansen-de Vries is overleden op 24-11-2026, thuis" in hands.head
    assert "Verblijft" not in hands.head
    assert "Destijds: " in hands.head
    assert "nog niet bepaald" not in hands.head


def test_on_the_smallest_screen_it_leaves_most_of_the_height_to_the_section(
    hands: Hands, rich: PatientId, desk_now: Desk
) -> None:
    hands.open_file(rich)
    assert hands.dossier.header.height() < hands.frame.height() * 0.3
    lengthen(desk_now, rich)
    hands.open_file(rich)
    assert hands.dossier.header.height() < hands.frame.height() * 0.4
    top = hands.dossier.header.mapTo(hands.frame, hands.dossier.header.rect().topLeft()).y()
    area = hands.dossier._areas["overzicht"]
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    settle()
    header = hands.dossier.header
    assert header.mapTo(hands.frame, header.rect().topLeft()).y() == top


def test_what_a_user_typed_is_never_read_as_mark_up(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    patient = desk_now.patients.file(new_patient).patient
    desk_now.patients.change(replace(patient, diagnosis="<b>long</b> & lever"))
    hands.open_file(new_patient)
    assert "<b>long</b> & lever" in hands.head
    assert text("x").textFormat() == Qt.TextFormat.PlainText


def test_f2_opens_what_can_be_changed_and_escape_closes_it(hands: Hands, rich: PatientId) -> None:
    hands.open_file(rich)
    hands.press(Qt.Key.Key_F2)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Gegevens",
        "Fase",
        "Urgentie",
        "Complexiteit",
        "Verblijf",
        "Centrale zorgverlener",
        "Hoofdbehandelaar",
        "Overleden",
        "Uit zorg",
        "Verklaring van de patiënt…",
        "Noodtoegang…",
    ]
    hands.press(Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    hands.press(Qt.Key.Key_F2)
    hands.press(Qt.Key.Key_Return)
    assert hands.dossier.section.open_act == "gegevens"


def test_who_left_care_can_come_back_and_no_more(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    desk_now.patients.left_care(new_patient, Care.MOVED, on=desk_now.session.today)
    hands.open_file(new_patient)
    hands.press(Qt.Key.Key_F2)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Gegevens",
        "Terug in zorg",
        "Verklaring van de patiënt…",
        "Noodtoegang…",
    ]
    hands.press(Qt.Key.Key_Escape)


def test_the_text_for_the_his_is_copied_by_keys(
    hands: Hands, rich: PatientId, qtbot: QtBot
) -> None:
    hands.open_file(rich)
    hands.press(
        Qt.Key.Key_C,
        with_=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: "Gekopieerd" in hands.said, timeout=20_000)
    copied = QApplication.clipboard().text()
    assert "geboren 14-03-1941" in copied.splitlines()[0], "whom it is about comes first"
    assert "niet reanimeren" in copied.lower()
    QApplication.clipboard().clear()


def test_ctrl_p_shows_the_first_paper(hands: Hands, rich: PatientId, qtbot: QtBot) -> None:
    hands.open_file(rich)
    hands.press(Qt.Key.Key_P, with_=Qt.KeyboardModifier.ControlModifier)

    def previews() -> list[Preview]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, Preview)]

    qtbot.waitUntil(lambda: bool(previews()), timeout=20_000)
    previews()[0].close()


@pytest.mark.parametrize("login", ["smit", "brouwer", "deboer"])
def test_every_role_that_reads_files_gets_the_whole_header(
    login: str, hands_of: Callable[[str], Hands]
) -> None:
    hands = hands_of(login)
    hands.open_file(rich_patient(hands.frame.bench.desk))
    assert "Mevrouw A.M. (Anna) Jansen-de Vries" in hands.head
    assert "dochter Marleen Jansen" in hands.head


def test_where_it_takes_too_much_of_the_page_it_folds_to_who_and_the_limits(
    hands: Hands, rich: PatientId
) -> None:
    theme().use(scale=SCALES[-1])
    hands.frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    hands.open_file(rich)
    settle()
    header = hands.dossier.header
    assert header.height() < hands.dossier.height() / 2
    assert "alleen bij een breuk" in header.limits.text()
    assert header.limits.isVisible()
    assert "14-03-1941" in hands.head
    assert "06-00001002" not in hands.head
    header.more.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert "06-00001002" in hands.head
    assert header.limits.isVisible()
    hands.dossier.reload()
    assert "06-00001002" in hands.head  # as long as this file is open
    hands.open_file(
        next(row.id for row in hands.frame.bench.desk.patients.rows() if row.id != rich)
    )
    assert header.more.text() == MORE
    hands.frame.resize(LEAST_WIDTH, 1400)
    settle()
    assert header.more.isHidden()
