"""Lijst inlezen through the window: pasted or from a file, looked at first, every possible double asked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pzdesk.domain.person import Sex
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.patients.list_import import DRAFT, ListImport
from pzdesk.gui.pages.patients.page import PatientsPage
from pzdesk.gui.places import PATIENTS, TODAY, Place
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import CTRL, Hands
from tests.gui.starting import until

Over = Callable[[Desk], Frame]
IMPORT = Place(page="patienten", act="inlezen")
LIST = "Achternaam;Voornamen;Geboortedatum\nZwaan;Geesje;3-2-1950\nBosma;Kees;23-9-1939\n"


@pytest.fixture
def frame(window_over: Over, desk: Desk) -> Frame:
    made = window_over(desk)
    made.go(IMPORT)
    settle()
    return made


def page_of(frame: Frame) -> PatientsPage:
    assert isinstance(frame.page, PatientsPage)
    return frame.page


def importer(frame: Frame) -> ListImport:
    found = page_of(frame).importer
    assert found is not None
    return found


def paste(frame: Frame, words: str, qtbot: QtBot) -> None:
    """Paste a list as a hand does, and look at it."""
    put(frame, words)
    Hands(frame).enter("Plakken en bekijken")
    quiet(frame, qtbot)


def put(frame: Frame, words: str) -> None:
    QApplication.clipboard().setText(words)
    hands = Hands(frame)
    hands.tab_to("Geplakte lijst")
    hands.press(Qt.Key.Key_A, Qt.Key.Key_V, with_=CTRL)


def quiet(frame: Frame, qtbot: QtBot) -> None:
    until(qtbot, lambda: not frame.bench.jobs.is_busy)
    settle()


def names(frame: Frame) -> list[str]:
    return [row.name.achternaam for row in frame.bench.desk.patients.rows()]


def with_keys(frame: Frame) -> list[str]:
    """The buttons at which Ctrl+S stands."""
    buttons = importer(frame).findChildren(QPushButton)
    return [b.accessibleName() for b in buttons if "Ctrl+S" in b.text() and b.isVisible()]


def said(frame: Frame) -> str:
    return "\n".join(shown_texts(importer(frame)))


def test_by_keyboard_from_a_pasted_list_to_people_in_the_table(frame: Frame, qtbot: QtBot) -> None:
    hands = Hands(frame)
    assert hands.name == "Geplakte lijst"
    paste(frame, LIST, qtbot)
    assert "2 mensen nieuw." in said(frame)
    assert names(frame) == []
    assert hands.name == "Inlezen"
    hands.press(Qt.Key.Key_Return)
    quiet(frame, qtbot)
    assert names(frame) == ["Bosma", "Zwaan"]
    assert page_of(frame).importer is None
    assert hands.said == "Lijst ingelezen: 2 mensen toegevoegd"
    assert page_of(frame).list_.isVisible()
    assert [row.name.achternaam for row in page_of(frame).table.values.rows] == ["Bosma", "Zwaan"]


def test_ctrl_s_takes_each_next_step(frame: Frame, qtbot: QtBot) -> None:
    hands = Hands(frame)
    put(frame, LIST)
    assert with_keys(frame) == ["Plakken en bekijken"]
    hands.save()
    quiet(frame, qtbot)
    assert with_keys(frame) == ["Inlezen"]
    hands.save()
    quiet(frame, qtbot)
    assert names(frame) == ["Bosma", "Zwaan"]


def test_how_the_columns_were_understood_is_said_and_can_be_changed_and_is_remembered(
    frame: Frame, qtbot: QtBot
) -> None:
    words = "Wie;Wanneer;Iets\nZwaan, Geesje;3-2-1950;x\n"
    paste(frame, words, qtbot)
    assert importer(frame).grid.isVisible()  # a column that is needed was not understood
    hands = Hands(frame)
    hands.choose("de hele naam in één kolom", "Wie")
    hands.choose("geboortedatum", "Wanneer")
    assert with_keys(frame) == ["Bekijken wat er gebeurt"]
    hands.enter("Bekijken wat er gebeurt")
    quiet(frame, qtbot)
    assert "1 persoon nieuw." in said(frame)
    assert "Niet overgenomen kolommen: Iets" in said(frame)
    hands.save()
    quiet(frame, qtbot)
    assert names(frame) == ["Zwaan"]
    frame.go(IMPORT)
    settle()
    paste(frame, words.replace("Zwaan", "Bosma"), qtbot)
    assert not importer(frame).grid.isVisible()
    assert "de hele naam in één kolom uit “Wie”, geboortedatum uit “Wanneer”" in said(frame)
    hands.enter("Kolommen wijzigen")
    assert importer(frame).grid.isVisible()


def test_every_possible_double_is_asked_and_nothing_is_chosen_beforehand(
    frame: Frame, qtbot: QtBot
) -> None:
    desk = frame.bench.desk
    known = desk.patients.add(
        factories.a_patient(
            name=factories.a_name(achternaam="Zwaan", voorvoegsels="", partner_achternaam="",
                                  voornamen="Gerrit", roepnaam="", name_order="NL1"),
            sex=Sex.MAN,
            birth_date=date(1950, 2, 3),
        )
    )  # fmt: skip
    paste(frame, LIST, qtbot)
    assert "1 persoon nieuw, 1 persoon misschien dubbel." in said(frame)
    hands = Hands(frame)
    (asked,) = importer(frame)._asked.values()
    assert asked.value() is None
    hands.save()
    assert asked.error.text() == "Kies wie dit is, of sla deze regel nu over."
    hands.choose("Regel 2", "nu overslaan")
    hands.save()
    quiet(frame, qtbot)
    assert names(frame) == ["Bosma", "Zwaan"]
    assert "1 persoon overgeslagen" in hands.said

    frame.go(IMPORT)
    settle()
    paste(frame, LIST, qtbot)
    hands.choose("Regel 2", f"dezelfde als {words_of(frame)}")
    hands.save()
    quiet(frame, qtbot)
    assert len(names(frame)) == 2

    frame.go(IMPORT)
    settle()
    paste(frame, LIST, qtbot)
    hands.choose("Regel 2", "iemand anders: toevoegen")
    hands.save()
    quiet(frame, qtbot)
    assert names(frame) == ["Bosma", "Zwaan", "Zwaan"]
    assert desk.patients.file(known.id).patient.name.voornamen == "Gerrit"


def words_of(frame: Frame) -> str:
    report = importer(frame)._report
    assert report is not None
    (asked,) = report.asked
    return asked.candidates[0]


def test_a_line_with_a_fault_is_told_and_stops_no_other(frame: Frame, qtbot: QtBot) -> None:
    with_bsn = LIST.replace("datum\n", "datum;BSN\n").replace("1950\n", "1950;999900001\n")
    paste(frame, f"{with_bsn.replace('1939', '1939;')}Fout;Iemand;32-13-1950;\n", qtbot)
    assert "2 mensen nieuw, 1 regel met een fout." in said(frame)
    remark = "Regel 2: Het BSN klopt niet (elfproef) en is niet overgenomen."
    shown = said(frame)
    assert shown.index("Regel 4 wordt") < shown.index(remark), "a fault weighs more than a remark"
    assert any(
        words.startswith("Regel 4 wordt overgeslagen: ") for words in said(frame).split("\n")
    )
    hands = Hands(frame)
    hands.save()
    quiet(frame, qtbot)
    assert "1 regel met een fout niet ingelezen" in hands.said
    left = [words for words in said(frame).split("\n") if words.startswith("Regel 4: ")]
    assert len(left) == 1, "it stays in sight until the user has seen it"
    assert remark in said(frame)
    hands.press(Qt.Key.Key_Return)
    settle()
    assert page_of(frame).importer is None
    assert names(frame) == ["Bosma", "Zwaan"]


def test_who_stands_twice_on_the_list_is_asked_with_the_line_of_the_other(
    frame: Frame, qtbot: QtBot
) -> None:
    paste(frame, f"{LIST}Zwaan;Gerrit;3-2-1950\n", qtbot)
    (asked,) = importer(frame)._asked.values()
    assert asked.help.text().startswith("Lijkt op regel 2 van deze lijst: ")
    assert "Zwaan" in asked.help.text()


def test_who_is_on_the_list_already_is_left_alone(frame: Frame, qtbot: QtBot) -> None:
    frame.bench.desk.patient_lists.take_in(LIST.encode())
    paste(frame, LIST, qtbot)
    assert "2 mensen al bekend." in said(frame)
    assert "Er komt niemand bij: iedereen op deze lijst is al bekend." in said(frame)
    hands = Hands(frame)
    assert hands.here is importer(frame).take
    hands.press(Qt.Key.Key_Return)
    quiet(frame, qtbot)
    assert names(frame) == ["Bosma", "Zwaan"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Er is nog niets geplakt"),
        ("   \n", "Er is nog niets geplakt"),
    ],
)
def test_nothing_pasted_is_told_in_place(frame: Frame, qtbot: QtBot, words: str, told: str) -> None:
    QApplication.clipboard().setText(words)
    hands = Hands(frame)
    hands.enter("Plakken en bekijken")
    assert told in importer(frame).wrong.text()
    assert importer(frame).wrong.isVisible()
    assert hands.name == "Geplakte lijst"


def test_a_file_is_read_too_and_what_is_no_list_is_told(
    frame: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    importer(frame).read(tmp_path / "weg.csv")
    assert importer(frame).wrong.isVisible()
    bad = tmp_path / "foto.csv"
    bad.write_bytes(bytes(range(256)) * 40)
    importer(frame).read(bad)
    quiet(frame, qtbot)
    assert importer(frame).wrong.isVisible()
    good = tmp_path / "lijst.csv"
    good.write_text(LIST, encoding="cp1252")
    drop(importer(frame), good)
    quiet(frame, qtbot)
    assert not importer(frame).wrong.isVisible()
    assert "2 mensen nieuw." in said(frame)


def drop(on: ListImport, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    on.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_a_pasted_list_survives_another_page_and_is_offered_not_forced(
    frame: Frame, qtbot: QtBot
) -> None:
    hands = Hands(frame)
    frame.bench.desk.patients.add(factories.a_patient())
    put(frame, LIST)
    frame.go(TODAY)
    frame.go(PATIENTS)
    settle()
    assert page_of(frame).importer is None
    assert page_of(frame).list_.isVisible()
    hands.enter("Verdergaan")
    assert importer(frame).paste.toPlainText() == LIST
    assert "Wat u op 24-11 om 14.05 uur plakte, is teruggezet." in said(frame)
    hands.save()
    quiet(frame, qtbot)
    hands.save()
    quiet(frame, qtbot)
    assert frame.bench.desk.drafts.kept(DRAFT) is None
    assert "U was bezig" not in " ".join(shown_texts(page_of(frame)))


def test_esc_closes_it_and_nothing_was_taken_in(frame: Frame, qtbot: QtBot) -> None:
    paste(frame, LIST, qtbot)
    Hands(frame).press(Qt.Key.Key_Escape)
    assert page_of(frame).importer is None
    assert names(frame) == []


def test_in_the_smallest_window_what_is_next_is_in_sight(frame: Frame, qtbot: QtBot) -> None:
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    many = "".join(f"Fout{n};Iemand;32-13-1950\n" for n in range(30))
    paste(frame, LIST + many, qtbot)
    settle()
    assert frame.width() == LEAST_WIDTH
    take = importer(frame).take
    assert take.hasFocus()
    qtbot.waitUntil(lambda: not take.visibleRegion().isEmpty(), timeout=20_000)
    assert not take.visibleRegion().isEmpty()
