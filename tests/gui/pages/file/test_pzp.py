"""PZP in the window: recorded while talking, read in, confirmed, corrected, taken back, by keyboard."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import BadInput
from pzdesk.domain.gaps import gaps
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.pzp import FROM_FORM, Answer, PzpVersion
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.gui import preview
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.pages.file import pzp_reading, pzp_record
from pzdesk.gui.pages.file.pzp import PzpSection
from pzdesk.gui.parts import area_of
from pzdesk.gui.places import MEETINGS, file_of
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.factories import TODAY
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import until
from tests.gui.views import lengthen, rich_patient

ANNA = {"pNaam": "Anna de Vries", "pGeboortedatum": "14-03-1941"}
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def anna(desk: Desk) -> Patient:
    return desk.patients.add(factories.a_patient())


def pdf(folder: Path, talk: str = "01-11-2026", **values: str) -> Path:
    """A filled form as a file."""
    made = folder / f"formulier-{abs(hash((talk, *sorted(values.items()))))}.pdf"
    made.write_bytes(filled_form({**ANNA, "datumInvullen": talk, **values}))
    return made


def opened(window: Frame, patient: PatientId, act: str = "") -> PzpSection:
    """The section PZP of somebody's file."""
    window.go(file_of(patient, "pzp", act))
    settle()
    page = window.page
    assert isinstance(page, DossierPage)
    section = page.section
    assert isinstance(section, PzpSection)
    return section


def words(section: QWidget) -> str:
    """All that is read in a section, as one text."""
    settle()
    return "\n".join(shown_texts(section))


def versions(desk: Desk, patient: PatientId) -> tuple[PzpVersion, ...]:
    return desk.patients.file(patient).pzp_versions


def press(window: Frame, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    """A key where the focus is."""
    part = window.focusWidget() or window
    QTest.keyClick(part, key, held or Qt.KeyboardModifier.NoModifier)
    settle()


def types(window: Frame, text: str) -> None:
    """Type where the focus is."""
    part = window.focusWidget()
    assert part is not None
    QTest.keyClicks(part, text)
    settle()


def tab_to(window: Frame, name: str) -> QAbstractButton:
    """Walk with Tab to a button by its name."""
    for _ in range(200):
        part = window.focusWidget()
        if isinstance(part, QAbstractButton) and part.accessibleName() == name:
            return part
        press(window, Qt.Key.Key_Tab)
    raise AssertionError(f"geen knop {name}")


def go_to(window: Frame, section: PzpSection, question: str) -> None:
    """Walk with Enter to a question of the open form."""
    assert section.form is not None
    field = section.form.field(question)
    for _ in range(120):
        part = window.focusWidget()
        if part is not None and field.isAncestorOf(part):
            return
        press(window, Qt.Key.Key_Tab)
    raise AssertionError(f"geen veld {question}")


def read(qtbot: QtBot, window: Frame, section: PzpSection, path: Path) -> None:
    """Read a form in and wait for what comes of it."""
    section.read(path)
    until(qtbot, lambda: not window.bench.jobs.is_busy)
    settle()


def record(desk: Desk, patient: PatientId, on: date = TODAY, **answers: str) -> PzpVersion:
    said = {key.replace("q", "", 1).replace("_", "."): Answer(v) for key, v in answers.items()}
    return desk.pzps.record(patient, said, talk_on=on, held_by="dr. De Boer")


# The five states


def test_an_empty_section_says_what_belongs_there_and_how_to_begin(
    empty_window: Frame, anna: Patient
) -> None:
    section = opened(empty_window, anna.id)
    said = words(section)
    assert "Nog geen PZP" in said
    assert "sleep hem hierheen" in said
    assert "PZP vastleggen" in said
    assert "Formulier inlezen" in said
    assert PzpSection.badge(empty_window.bench.desk.patients.file(anna.id)) == ""


def test_a_version_is_shown_whole_with_what_changed_and_all_versions(window: Frame) -> None:
    section = opened(window, rich_patient(window.bench.desk))
    said = words(section)
    for expected in (
        "PZP versie 3",
        "geldend",
        "dr. De Boer, huisarts",
        "Niet reanimeren",
        "Wel naar het ziekenhuis, met beperking: alleen bij een breuk",
        "Bloedproducten: nog onbekend",
        "Anders dan versie 2",
        "Ja → Ja, maar met beperkingen: alleen bij een breuk",
        "Naast elkaar",
    ):
        assert expected in said, expected
    assert "Bevestigen" not in said


def test_what_is_not_filled_in_is_told_and_never_becomes_no(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    record(desk, anna.id, q4a="onbekend", q4g="nee")
    said = words(opened(empty_window, anna.id))
    assert "Reanimatie: nog onbekend" in said
    assert "Geen overige behandelgrenzen" in said
    assert said.count("Niet ingevuld") > 10


@pytest.mark.parametrize("act", ["", "nieuw", "verbeteren-3", "vergelijken"])
def test_the_longest_texts_fit_the_smallest_window(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk], act: str
) -> None:
    desk = demo_desk("poh")
    patient = rich_patient(desk)
    lengthen(desk, patient)
    long = "Wil dat alles eerst met haar dochter en de nachtzorg wordt besproken. " * 20
    valid = desk.patients.file(patient).valid_pzp
    assert valid is not None
    said = {**valid.answers, "5a": Answer(long), "4d.beperking": Answer(long)}
    desk.pzps.record(patient, said, talk_on=TODAY, held_by=long[:200])
    frame = window_over(desk)
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    section = opened(frame, patient, act)
    assert frame.width() == LEAST_WIDTH
    area = section.parentWidget()
    assert area is not None
    assert section.width() <= area.width()


def test_an_error_stands_under_its_field_and_nothing_is_kept(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    section = opened(empty_window, anna.id, "nieuw")
    assert section.form is not None
    types(empty_window, f"{TODAY + timedelta(days=3):%d-%m-%Y}")
    press(empty_window, Qt.Key.Key_S, CTRL)
    date_field = section.form.field("datum")
    assert "ligt in de toekomst" in date_field.error.text()
    assert date_field.isAncestorOf(empty_window.focusWidget())
    section.form.field("datum").set_raw("t")
    section.form.field("5a").set_raw("x" * 20_001)
    section.form.try_save()
    assert "te veel" in section.form.field("5a").error.text() or "20.000" in words(section)
    assert versions(desk, anna.id) == ()


# Recording


def test_a_talk_is_recorded_by_keyboard_alone(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    window = empty_window
    section = opened(window, anna.id)
    press(window, Qt.Key.Key_N, CTRL)
    assert section.form is not None
    types(window, "t")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)
    types(window, "huisarts")
    press(window, Qt.Key.Key_Return)
    types(window, "1")
    go_to(window, section, "2")
    press(window, Qt.Key.Key_Space)
    go_to(window, section, "4a")
    types(window, "2")
    press(window, Qt.Key.Key_Return)
    types(window, "alleen een schok")
    press(window, Qt.Key.Key_PageDown, CTRL)
    assert section.form.field("5a").isAncestorOf(window.focusWidget())
    types(window, "hond Bobby blijft bij haar")
    press(window, Qt.Key.Key_PageUp, CTRL)
    press(window, Qt.Key.Key_PageDown, CTRL)
    press(window, Qt.Key.Key_S, CTRL)
    (kept,) = versions(desk, anna.id)
    assert (kept.talk_on, kept.held_by, kept.held_by_function) == (TODAY, "dr. De Boer", "huisarts")
    assert kept.answers == {
        "1": Answer("ja"),
        "2": Answer(ticked=("patient",)),
        "4a": Answer("ja_maar"),
        "4a.beperking": Answer("alleen een schok"),
        "5a": Answer("hond Bobby blijft bij haar"),
    }
    assert section.form is None
    assert "Wel reanimeren, met beperking: alleen een schok" in words(section)


def test_what_a_question_hides_disappears_and_is_not_saved(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    section = opened(empty_window, anna.id, "nieuw")
    form = section.form
    assert form is not None
    shown = {key: form.field(key) for key in ("4a.beperking", "4i", "1e", "1c.preciezer", "7b")}
    assert not any(field.isVisibleTo(form) for field in shown.values())
    for key, value in (
        ("4a", "ja_maar"),
        ("4h", "ja"),
        ("1d", "nee"),
        ("1c", "kind"),
        ("7a", "ja"),
    ):
        form.field(key).set_raw(value)
    assert all(field.isVisibleTo(form) for field in shown.values())
    form.field("4a.beperking").set_raw("alleen een schok")
    form.field("1e").set_raw("Piet")
    form.field("1c.preciezer").set_raw("dochter")
    form.field("4a").set_raw("nee")
    form.field("1d").set_raw("ja")
    assert not shown["4a.beperking"].isVisibleTo(form)
    assert shown["4a.beperking"].raw() == "alleen een schok"
    form.field("datum").set_raw("t")
    form.try_save()
    (kept,) = versions(desk, anna.id)
    assert kept.answers == {
        "1c": Answer("kind", split=("dochter",)),
        "1d": Answer("ja"),
        "4a": Answer("nee"),
        "4h": Answer("ja"),
        "7a": Answer("ja"),
    }


def test_an_answer_can_be_taken_away_again_and_is_then_not_filled_in(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    section = opened(empty_window, anna.id, "nieuw")
    assert section.form is not None
    go_to(empty_window, section, "4e")
    types(empty_window, "3")
    assert section.form.field("4e").raw() == "nee"
    press(empty_window, Qt.Key.Key_Delete)
    assert section.form.field("4e").raw() == ""
    types(empty_window, "1")
    radio = empty_window.focusWidget()
    assert radio is not None
    QTest.mouseClick(radio, Qt.MouseButton.LeftButton)
    assert section.form.field("4e").raw() == ""
    assert "4e Antibiotica" in words(section.form)


def test_a_new_talk_begins_with_what_holds_but_not_with_who_were_there(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    said = {"2": Answer(ticked=("kind",)), "4a": Answer("nee"), "6": Answer("twee\nregels")}
    desk.pzps.record(anna.id, said, talk_on=date(2026, 1, 5), held_by="dr. De Boer")
    section = opened(empty_window, anna.id, "nieuw")
    assert section.form is not None
    assert "Ingevuld zoals in versie 1 van 05-01-2026" in words(section)
    assert section.form.field("4a").raw() == "nee"
    assert section.form.field("2").raw() == ""
    assert not section.form.field("reden").isVisibleTo(section.form)
    section.form.field("4a").set_raw("ja")
    assert "4a  Reanimeren: Nee → Ja" in words(section.form)
    section.form.field("datum").set_raw("t")
    section.form.try_save()
    assert versions(desk, anna.id)[1].answers == {"4a": Answer("ja"), "6": Answer("twee\nregels")}
    assert "Anders dan versie 1 van 05-01-2026" in words(section)


def test_one_may_begin_with_nothing(empty_window: Frame, desk: Desk, anna: Patient) -> None:
    record(desk, anna.id, date(2026, 1, 5), q4a="nee", q6="hond")
    section = opened(empty_window, anna.id, "nieuw")
    press(empty_window, Qt.Key.Key_Tab)
    QTest.keyClick(tab_to(empty_window, "Leeg beginnen"), Qt.Key.Key_Return)
    assert section.form is not None
    assert (section.form.field("4a").raw(), section.form.field("6").raw()) == ("", "")


def test_a_correction_is_a_new_version_that_says_why(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    record(desk, anna.id, q4a="ja")
    section = opened(empty_window, anna.id)
    QTest.keyClick(tab_to(empty_window, "Verbeteren"), Qt.Key.Key_Return)
    settle()
    form = section.form
    assert form is not None
    form.field("4a").set_raw("nee")
    press(empty_window, Qt.Key.Key_S, CTRL)
    assert "Beantwoord deze vraag" in form.field("reden").error.text()
    form.field("reden").set_raw("verkeerd aangekruist")
    press(empty_window, Qt.Key.Key_S, CTRL)
    first, second = versions(desk, anna.id)
    assert (first.answers["4a"], second.answers["4a"]) == (Answer("ja"), Answer("nee"))
    assert second.reason == "verkeerd aangekruist"
    assert "Reden van deze versie: verkeerd aangekruist" in words(section)


def test_what_was_typed_comes_back_as_a_draft(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    section = opened(empty_window, anna.id, "nieuw")
    assert section.form is not None
    section.form.field("4a").set_raw("ja_maar")
    section.form.field("4a.beperking").set_raw("alleen een schok")
    press(empty_window, Qt.Key.Key_Escape)
    assert section.form is None
    press(empty_window, Qt.Key.Key_N, CTRL)
    assert section.form is not None
    assert "is teruggezet" in words(section)
    restriction = section.form.field("4a.beperking")
    assert restriction.raw() == "alleen een schok"
    assert restriction.isVisibleTo(section.form)
    assert versions(desk, anna.id) == ()


def test_a_name_of_the_care_network_brings_its_number_where_none_stands(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    naaste = desk.network.keep_naaste(factories.a_naaste(anna.id))
    section = opened(empty_window, anna.id, "nieuw")
    go_to(empty_window, section, "1a")
    types(empty_window, naaste.name)
    press(empty_window, Qt.Key.Key_Tab)
    assert section.form is not None
    assert naaste.phones[0].number in section.form.field("1b").raw()


def test_the_page_follows_the_keyboard_through_the_form(empty_window: Frame, anna: Patient) -> None:
    empty_window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    section = opened(empty_window, anna.id, "nieuw")
    for _ in range(60):
        press(empty_window, Qt.Key.Key_PageDown, CTRL)
        press(empty_window, Qt.Key.Key_Return)
    part = empty_window.focusWidget()
    assert part is not None
    area: QWidget | None = section
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert isinstance(area, QScrollArea)
    top = part.mapTo(area.viewport(), part.rect().topLeft()).y()
    assert 0 <= top <= area.viewport().height()


def test_the_next_part_of_the_form_stands_at_the_top(empty_window: Frame, anna: Patient) -> None:
    empty_window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    section = opened(empty_window, anna.id, "nieuw")
    area = area_of(section)
    assert section.questions is not None
    assert area is not None
    for number in range(3):
        press(empty_window, Qt.Key.Key_PageDown, CTRL)
        top = section.questions.tops[number]
        high = top.mapTo(area.viewport(), top.rect().topLeft()).y()
        assert 0 <= high <= theme().px(20)
        field = empty_window.focusWidget()
        assert field is not None
        assert high < field.mapTo(area.viewport(), field.rect().topLeft()).y() < area.height() // 2


# Reading in


def test_a_form_is_read_in_confirmed_and_taken_back_by_keyboard(
    empty_window: Frame, desk: Desk, anna: Patient, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = empty_window
    section = opened(window, anna.id)
    hidden = {"4a-check": "1", "4a-ja_beperking": "OUDE BEPERKING", "1a-veld": "Marleen Jansen"}
    read(qtbot, window, section, pdf(tmp_path, **hidden))
    said = words(section)
    for expected in (
        "Ingelezen als versie 1",
        "te bevestigen door de hoofdbehandelaar",
        "OUDE BEPERKING",
        "Marleen Jansen",
        "Naaste toevoegen",
        "Niet reanimeren",
    ):
        assert expected in said, expected
    assert said.count("evestigen door de hoofdbehandelaar") == said.count("Bevestigen") == 1
    assert PzpSection.badge(desk.patients.file(anna.id)) == "te bevestigen"
    assert "PZP ontvangen, nog niet bevestigd" in [
        g.words for g in gaps(desk.patients.file(anna.id))
    ]
    QTest.keyClick(tab_to(window, "Sluiten"), Qt.Key.Key_Return)
    assert "OUDE BEPERKING" not in words(section)
    QTest.keyClick(tab_to(window, "Bevestigen"), Qt.Key.Key_Return)
    settle()
    assert "Dit bevestigt u" in words(section)
    press(window, Qt.Key.Key_S, CTRL)
    (row,) = desk.patients.file(anna.id).pzp_confirmations
    assert (row.confirmed_by, row.confirmed_on) == ("dr. De Boer", TODAY)
    assert PzpSection.badge(desk.patients.file(anna.id)) == "versie 1"
    assert "bevestigd op 24-11-2026 door dr. De Boer" in words(section)
    clock.forward(minutes=1)
    desk.papers.sheet(anna.id)
    QTest.keyClick(tab_to(window, "Terugnemen"), Qt.Key.Key_Return)
    settle()
    types(window, "van de andere mevrouw De Vries")
    press(window, Qt.Key.Key_S, CTRL)
    said = words(section)
    assert "Versie 1 is teruggenomen" in said
    assert "haal dit terug" in said
    assert "Patiëntblad, 24-11-2026" in said
    assert desk.patients.file(anna.id).valid_pzp is None
    assert "Geen PZP die geldt" in said


def test_the_same_form_again_says_that_it_is_there(
    empty_window: Frame, desk: Desk, anna: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    section = opened(empty_window, anna.id)
    path = pdf(tmp_path)
    read(qtbot, empty_window, section, path)
    read(qtbot, empty_window, section, path)
    assert "Al ingelezen: versie 1" in words(section)
    assert len(versions(desk, anna.id)) == 1


def test_a_form_of_somebody_else_is_asked_about_and_can_go_there(
    empty_window: Frame, desk: Desk, anna: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    name = factories.a_name(achternaam="Bosma", partner_achternaam="", voornamen="Tet")
    other = desk.patients.add(factories.a_patient(name=name, birth_date=date(1939, 9, 23)))
    section = opened(empty_window, other.id)
    path = pdf(tmp_path, **{"4a-check": "1"})
    read(qtbot, empty_window, section, path)
    assert section.form is not None
    said = words(section)
    assert "Van wie is dit formulier?" in said
    assert "Anna de Vries, 14-03-1941" in said
    assert "Naam en geboortedatum zijn anders dan in dit dossier. Het is niet zeker" in said
    # What is surely wrong is not what the keyboard stands on.
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith(
        "Waar hoort dit formulier? In het dossier van mevrouw A"
    )
    press(empty_window, Qt.Key.Key_Escape)
    assert versions(desk, anna.id) == versions(desk, other.id) == ()
    read(qtbot, empty_window, section, path)
    assert section.form is not None
    press(empty_window, Qt.Key.Key_S, CTRL)
    assert "Maak een keuze" in section.form.field("bij_wie").error.text()
    section.form.field("bij_wie").set_raw(str(anna.id))
    section.form.try_save()
    until(qtbot, lambda: not empty_window.bench.jobs.is_busy)
    settle()
    assert len(versions(desk, anna.id)) == 1
    assert versions(desk, other.id) == ()
    assert empty_window.place.patient == anna.id
    assert "Ingelezen als versie 1" in words(section)


def test_who_went_on_while_a_form_was_read_in_is_not_called_back(
    empty_window: Frame, desk: Desk, anna: Patient, tmp_path: Path
) -> None:
    name = factories.a_name(achternaam="Bosma", partner_achternaam="", voornamen="Tet")
    other = desk.patients.add(factories.a_patient(name=name, birth_date=date(1939, 9, 23)))
    section = opened(empty_window, other.id)
    found = desk.pzps.read_in(pdf(tmp_path, **{"4a-check": "1"}).read_bytes(), anna.id)
    empty_window.go(MEETINGS)
    section._read_in(found)
    assert empty_window.place == MEETINGS
    bar = empty_window.bar
    assert (bar.words.text(), bar.act.text()) == ("Formulier ingelezen: versie 1", "Bekijken")
    bar.act.click()
    settle()
    assert empty_window.place.patient == anna.id


def test_a_form_of_another_name_may_be_put_here_and_says_so(
    empty_window: Frame, desk: Desk, anna: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    section = opened(empty_window, anna.id)
    read(qtbot, empty_window, section, pdf(tmp_path, pNaam="Kees Bosma"))
    assert section.form is not None
    assert "De naam is anders dan in dit dossier." in words(section)
    section.form.field("bij_wie").set_raw(pzp_reading.HERE)
    section.form.try_save()
    until(qtbot, lambda: not empty_window.bench.jobs.is_busy)
    settle()
    assert "Naam op het formulier: Kees Bosma" in words(section)
    (kept,) = versions(desk, anna.id)
    assert kept.source == FROM_FORM


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"geen pdf", "Dit is geen PDF"),
        (b"%PDF-1.7\n%%EOF", "beschadigd"),
        (b"", "Dit is geen PDF"),
    ],
)
def test_what_is_no_form_is_told_in_place(
    empty_window: Frame,
    desk: Desk,
    anna: Patient,
    tmp_path: Path,
    qtbot: QtBot,
    data: bytes,
    expected: str,
) -> None:
    path = tmp_path / "bestand.pdf"
    path.write_bytes(data)
    section = opened(empty_window, anna.id)
    read(qtbot, empty_window, section, path)
    said = words(section)
    assert "Niet ingelezen" in said
    assert expected in said
    assert "Ander formulier kiezen" in said
    assert versions(desk, anna.id) == ()


def test_a_form_can_be_dropped_on_the_section(
    empty_window: Frame, desk: Desk, anna: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    section = opened(empty_window, anna.id)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(pdf(tmp_path)))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    spot = QPointF(20, 20)
    enter = QDragEnterEvent(spot.toPoint(), copy, mime, left, none)
    QApplication.sendEvent(section, enter)
    assert enter.isAccepted()
    assert "Laat los" in words(section)
    QApplication.sendEvent(section, QDropEvent(spot, copy, mime, left, none))
    until(qtbot, lambda: not empty_window.bench.jobs.is_busy)
    settle()
    assert "Laat los" not in words(section)
    assert len(versions(desk, anna.id)) == 1


def test_a_form_is_not_accepted_over_an_open_form(
    empty_window: Frame, anna: Patient, tmp_path: Path
) -> None:
    section = opened(empty_window, anna.id, "nieuw")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(pdf(tmp_path)))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(
        QPointF(9, 9).toPoint(), copy, mime, left, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(section, event)
    assert not event.isAccepted()


def test_a_form_without_a_date_gets_one_from_who_confirms_it(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    desk.pzps.read_in(filled_form({**ANNA, "datumInvullen": "vorige week", "4a-check": "1"}))
    section = opened(empty_window, anna.id, "bevestigen-1")
    form = section.form
    assert form is not None
    assert "geen leesbare datum" in words(section)
    form.field("datum_gesprek").set_raw("17-11-2026")
    form.field("gevoerd_door").set_raw("E. Terpstra")
    press(empty_window, Qt.Key.Key_S, CTRL)
    _, dated = versions(desk, anna.id)
    assert (dated.talk_on, dated.held_by) == (date(2026, 11, 17), "E. Terpstra")
    assert desk.patients.file(anna.id).valid_pzp == dated
    assert "17-11-2026" in words(section)
    assert "Bevestigen" not in words(section)


# Side by side


def test_two_versions_stand_side_by_side_and_others_can_be_chosen(window: Frame) -> None:
    desk = window.bench.desk
    patient = rich_patient(desk)
    section = opened(window, patient)
    QTest.keyClick(tab_to(window, "Naast elkaar"), Qt.Key.Key_Return)
    settle()
    said = words(section)
    assert "Versies naast elkaar" in said
    assert "4d  Naar het ziekenhuis" in said
    assert "4a  Reanimeren" not in said
    assert section.open_act == "vergelijken-2-3"
    section.compare(1, 3)
    settle()
    assert section.open_act == "vergelijken-1-3"
    press(window, Qt.Key.Key_Escape)
    assert "Wat is gezegd" in words(section)


def test_versions_that_conflict_stand_side_by_side_and_a_correction_settles_it(
    empty_window: Frame, desk: Desk, anna: Patient
) -> None:
    for check in ("1", "3"):
        desk.pzps.read_in(
            filled_form({**ANNA, "datumInvullen": "01-11-2026", "4a-check": check}), anna.id
        )
    assert PzpSection.badge(desk.patients.file(anna.id)) == "tegenspraak"
    section = opened(empty_window, anna.id)
    said = words(section)
    assert "Deze versies spreken elkaar tegen" in said
    assert said.count("4a  Reanimeren") >= 2
    QTest.keyClick(tab_to(empty_window, "Uitgaan van versie 1"), Qt.Key.Key_Return)
    settle()
    assert section.form is not None
    assert section.form.field("4a").raw() == "nee"
    section.form.field("reden").set_raw("nagevraagd bij mevrouw")
    section.form.try_save()
    assert "spreken elkaar tegen" not in words(section)


def test_another_version_can_be_looked_at_and_printed(
    window: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(preview.Preview, "open", lambda dialog: shown.append(dialog.windowTitle()))
    section = opened(window, rich_patient(window.bench.desk))
    QTest.keyClick(tab_to(window, "Bekijken: versie 1"), Qt.Key.Key_Return)
    settle()
    assert "PZP versie 1" in words(section)
    press(window, Qt.Key.Key_P, CTRL)
    for _ in range(200):
        if shown:
            break
        QTest.qWait(20)
    assert shown == ["PZP-formulier, versie 1"]


# Rights, and the way here from elsewhere


def test_who_may_neither_read_in_nor_confirm_has_no_such_button(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    desk = demo_desk("smit")
    received = next(
        row.id
        for row in desk.patients.rows()
        if (f := desk.patients.file(row.id)).valid_pzp is not None
        and f.valid_pzp.source == FROM_FORM
        and not f.pzp_confirmations
    )
    window = window_over(desk)
    section = opened(window, received)
    names = {b.accessibleName() for b in section.findChildren(QAbstractButton) if b.isVisible()}
    assert {"PZP vastleggen", "Terugnemen"} <= names
    assert not names & {"Bevestigen", "Formulier inlezen"}
    for act in ("bevestigen-1", "inlezen"):
        assert opened(window, received, act).form is None


def test_every_gap_and_every_waiting_task_about_a_pzp_opens_the_right_form(
    window: Frame,
) -> None:
    desk = window.bench.desk
    headings = {"nieuw": "PZP vastleggen", "bevestigen": "bevestigen"}
    seen = set()
    for row in desk.patients.rows():
        file = desk.patients.file(row.id)
        acts = [gap.act for gap in gaps(file) if gap.section == "pzp" and gap.act]
        valid = file.valid_pzp
        if valid is not None and PzpSection.badge(file) == "te bevestigen":
            acts.append(f"bevestigen-{valid.number}")
        for act in acts:
            section = opened(window, row.id, act)
            assert section.form is not None, act
            kind = act.partition("-")[0]
            assert headings[kind] in section.form.heading.text()
            seen.add(kind)
            window.back()
    assert seen == {"nieuw", "bevestigen"}


def test_a_wrong_answer_of_the_service_is_told_at_its_question(
    empty_window: Frame, anna: Patient
) -> None:
    section = opened(empty_window, anna.id, "nieuw")
    assert section.form is not None
    section.form.tell_wrong(BadInput("Dat past niet.", field="4a"))
    assert section.form.field("4a").error.text() == "Dat past niet."


def test_keys_of_the_questions_do_nothing_in_another_form(window: Frame) -> None:
    desk = window.bench.desk
    patient = rich_patient(desk)
    section = opened(window, patient, "nieuw")
    version = desk.patients.file(patient).valid_pzp
    assert version is not None
    assert section.questions is not None
    section.open_form(pzp_record.take_back_form(section, version))
    settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "part-next" not in section.acts()
    press(window, Qt.Key.Key_PageDown, CTRL)


def test_a_lock_comes_back_to_a_form_that_was_begun_beside_two_versions(window: Frame) -> None:
    patient = rich_patient(window.bench.desk)
    section = opened(window, patient, "vergelijken")
    assert section.open_act.startswith("vergelijken-")
    section.begin("nieuw")
    settle()
    assert section.form is not None
    assert section.open_act == "nieuw"
