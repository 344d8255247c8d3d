"""Search from everywhere by keyboard alone: what it finds, where it goes, and that it keeps nothing."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import StoreError
from pzdesk.domain.search import Hit, HitKind
from pzdesk.gui import hit_list
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.places import ACTIONS, PATIENTS, SETTINGS, TODAY, Place
from pzdesk.gui.search import ASKED, BUSY, HOW, TRY, SearchField
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk
from pzdesk.store import tables
from tests.gui.conftest import settle
from tests.gui.views import lengthen, rich_patient

CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Somebody at the keyboard of a window."""

    def __init__(self, frame: Frame, qtbot: QtBot) -> None:
        self.frame, self.qtbot = frame, qtbot
        self.frame.go(TODAY)
        settle()

    @property
    def field(self) -> SearchField:
        return self.frame.top.search

    @property
    def shown(self) -> list[Hit]:
        assert self.field.list is not None
        return self.field.list.hits() if self.field.list.isVisible() else []

    @property
    def words(self) -> str:
        """What the list says instead of hits."""
        assert self.field.list is not None
        return f"{self.field.list.words.text()} {self.field.list.more.text()}".strip()

    def press(
        self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.frame, key, keys)
        settle()

    def search(self, text: str = "") -> None:
        """Ctrl+K, and type when the list was read."""
        self.press(Qt.Key.Key_K, CTRL)
        self.wait()
        QTest.keyClicks(self.field, text)
        settle()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.frame.bench.jobs.is_busy, timeout=20_000)
        settle()


@pytest.fixture
def hands(window: Frame, qtbot: QtBot) -> Hands:
    return Hands(window, qtbot)


@pytest.fixture
def hands_of(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk], qtbot: QtBot
) -> Callable[[str], Hands]:
    """The hands of one of the users of the demo practice."""
    return lambda login: Hands(window_over(demo_desk(login)), qtbot)


def test_what_can_be_searched_is_asked_in_as_many_words_as_there_is_room_for(window: Frame) -> None:
    field = window.top.search
    asked = []
    for wide in (430, 270, 180):
        field.resize(wide, field.height())
        asked.append(field.placeholderText())
        words = field.fontMetrics().horizontalAdvance(field.placeholderText())
        assert field.textMargins().left() + words < wide - field.keys.width()
    assert asked == list(ASKED)


def test_by_keyboard_alone_from_a_mistyped_name_to_the_file_and_back_again(hands: Hands) -> None:
    before = QApplication.focusWidget()
    hands.search("sahni")
    assert hands.field.hasFocus()
    assert [hit.title for hit in hands.shown if hit.kind is HitKind.PATIENT] == ["Dhr. Y. Şahin"]
    hands.press(Qt.Key.Key_Return)
    assert hands.frame.place.page == "dossier"
    assert hands.frame.place.patient == hands.frame.page.file.patient.id  # type: ignore[attr-defined]
    assert not hands.field.hasFocus()
    assert hands.field.text() == ""
    hands.press(Qt.Key.Key_Escape)
    assert hands.frame.place.page == "vandaag"
    assert before is not None


def test_ctrl_k_searches_from_a_text_too_and_takes_nothing_out_of_it(hands: Hands) -> None:
    hands.frame.go(Place(page="acties", act="new"))
    settle()
    typed = QApplication.focusWidget()
    assert isinstance(typed, QLineEdit)
    QTest.keyClicks(typed, "nachtzorg aanvragen")
    typed.setCursorPosition(0)
    hands.press(Qt.Key.Key_K, CTRL)
    assert hands.field.hasFocus()
    hands.press(Qt.Key.Key_Escape)
    assert typed.hasFocus()
    assert typed.text() == "nachtzorg aanvragen"


def test_esc_closes_the_list_and_gives_the_focus_back_and_the_page_stays(hands: Hands) -> None:
    hands.frame.go(PATIENTS)
    settle()
    before = QApplication.focusWidget()
    hands.search("vries")
    assert hands.shown
    hands.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert hands.shown == []
    assert (hands.field.text(), hands.frame.place) == ("", PATIENTS)


def test_arrows_go_from_hit_to_hit_over_the_headings_and_stay_at_the_ends(hands: Hands) -> None:
    hands.search("vries")
    assert hands.field.list is not None
    kinds = {hit.kind for hit in hands.shown}
    assert len(kinds) > 1
    for hit in hands.shown[1:]:
        hands.press(Qt.Key.Key_Down)
        assert hands.field.list.current() == hit
    hands.press(Qt.Key.Key_Down)
    assert hands.field.list.current() == hands.shown[-1]
    hands.press(Qt.Key.Key_PageUp)
    hands.press(Qt.Key.Key_PageUp)
    hands.press(Qt.Key.Key_Up)
    assert hands.field.list.current() == hands.shown[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("beheer", SETTINGS),
        ("lijst inl", Place(page="patienten", act="inlezen")),
        ("nieuwe actie", Place(page="acties", act="new")),
        ("telefoonn", Place(page="beheer", section="telefoonnummers")),
    ],
)
def test_a_page_a_part_and_an_act_are_found_by_their_name(
    hands: Hands, text: str, place: Place
) -> None:
    hands.search(text)
    hands.press(Qt.Key.Key_Return)
    assert hands.frame.place == place


def test_a_meeting_is_found_by_its_date_and_an_action_stands_chosen_in_its_list(
    hands: Hands,
) -> None:
    hands.search("1-12-2026")
    hands.press(Qt.Key.Key_Return)
    assert (hands.frame.place.page, hands.frame.place.section) == ("mdo", "voorbereiden")
    hands.search("palliakit")
    hands.press(Qt.Key.Key_Return)
    assert hands.frame.place.page == ACTIONS.page
    chosen = hands.frame.page.table.current()  # type: ignore[attr-defined]
    assert chosen.id == hands.frame.place.item
    assert "palliakit" in chosen.what


def test_sections_of_the_file_that_is_open_are_found(hands: Hands) -> None:
    hands.search("14-3-1941")
    hands.press(Qt.Key.Key_Return)
    patient = hands.frame.place.patient
    hands.search("tijdlijn")
    hands.press(Qt.Key.Key_Return)
    assert (hands.frame.place.patient, hands.frame.place.section) == (patient, "tijdlijn")
    hands.frame.go(TODAY)
    hands.search("tijdlijn")
    assert HitKind.PAGE not in {hit.kind for hit in hands.shown}


def test_enter_before_the_list_was_read_goes_there_as_soon_as_it_is(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    QTest.keyClicks(hands.field, "14-3-1941")
    QTest.keyClick(hands.field, Qt.Key.Key_Return)
    hands.wait()
    assert hands.frame.place.page == "dossier"


def test_nothing_typed_and_nothing_found_say_what_can_be_typed(hands: Hands) -> None:
    hands.search()
    assert hands.words == HOW
    QTest.keyClicks(hands.field, "xqzt")
    assert hands.words == f"Niets gevonden met “xqzt” {TRY}"
    hands.press(Qt.Key.Key_Return)
    assert hands.field.hasFocus()


def test_a_screen_reader_hears_how_many_there_are_and_each_hit_in_full(hands: Hands) -> None:
    hands.search("14-3-1941")
    (hit,) = hands.shown
    assert hands.field.accessibleDescription() == (
        "1 gevonden. 1 van 1: Mw. A.M. Jansen-de Vries, 14-03-1941, in zorg"
    )
    assert hands.field.list is not None
    items = hands.field.list.items
    said = items.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == hit_list.spoken(hit)
    told = QAccessible.queryAccessibleInterface(items)
    assert told is not None
    assert told.text(QAccessible.Text.Name) == "Gevonden"
    hands.field.clear()
    QTest.keyClicks(hands.field, "xqzt")
    assert "Niets gevonden" in hands.field.accessibleDescription()


def test_the_whole_opening_is_one_line_in_the_log(hands: Hands) -> None:
    store = hands.frame.bench.desk.session.store

    def lines() -> int:
        table = tables.audit_event
        query = sa.select(table.c.event).where(table.c.event == AuditEvent.PATIENTS_SEARCHED)
        with store.engine.connect() as connection:
            return len(connection.execute(query).all())

    before = lines()
    hands.search("jansne")
    hands.press(Qt.Key.Key_Down)
    assert lines() == before + 1


def test_leaving_by_tab_by_a_click_or_by_the_lock_keeps_no_word(hands: Hands) -> None:
    ways: tuple[Callable[[], object], ...] = (
        lambda: hands.press(Qt.Key.Key_Tab),
        lambda: QTest.mouseClick(hands.frame.stack, Qt.MouseButton.LeftButton),
        hands.frame.leave,
    )
    for way in ways:
        hands.search("vries")
        assert hands.shown
        way()
        settle()
        assert hands.field.list is not None
        assert hands.field.list.isHidden()
        assert (hands.field.text(), hands.field.list.hits(), hands.field._index) == ("", [], None)


def test_a_hit_can_be_clicked(hands: Hands) -> None:
    hands.search("14-3-1941")
    assert hands.field.list is not None
    items = hands.field.list.items
    where = items.visualItemRect(items.item(1)).center()
    QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle()
    assert hands.frame.place.page == "dossier"


def test_what_changes_while_the_list_is_open_is_found(hands: Hands) -> None:
    hands.search("waterpomp")
    assert hands.shown == []
    hands.frame.bench.act(
        lambda: hands.frame.bench.desk.actions.add(who="POH", what="waterpomp nakijken"),
        said="Actie toegevoegd",
        change=Change(Topic.ACTION),
    )
    hands.wait()
    assert [hit.title for hit in hands.shown] == ["waterpomp nakijken"]


def test_a_busy_store_is_told_in_the_list(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_service: object) -> None:
        raise StoreError("De praktijk is even bezet.")

    monkeypatch.setattr(type(hands.frame.bench.desk.search), "index", busy)
    hands.search()
    assert hands.words == "De praktijk is even bezet."
    QTest.keyClicks(hands.field, "b")
    assert hands.words == BUSY


def test_while_people_look_at_the_screen_together_nobody_else_can_be_found(hands: Hands) -> None:
    hands.search("1-12-2026")
    meeting = hands.shown[0].number
    hands.frame.go(Place(page="mdo", section="overleg", meeting=meeting))
    settle()
    assert hands.frame.top.isHidden()
    hands.frame.do("search")
    assert not hands.field.hasFocus()
    assert "zoeken uit" in hands.frame.bar.words.text()
    hands.frame.go(TODAY)
    assert hands.frame.top.isVisible()


def test_the_assistente_comes_to_the_person_in_the_list_and_reads_nothing_clinical(
    hands_of: Callable[[str], Hands],
) -> None:
    hands = hands_of("vandam")
    hands.search("dykstra")
    (hit,) = (hit for hit in hands.shown if hit.kind is HitKind.PATIENT)
    assert "overleden" in hit.detail
    hands.press(Qt.Key.Key_Return)
    assert hands.frame.place == Place(page="patienten", patient=hit.patient)
    assert hands.frame.page.table.current().id == hit.patient  # type: ignore[attr-defined]


def test_in_an_empty_practice_pages_are_found(empty_window: Frame, qtbot: QtBot) -> None:
    hands = Hands(empty_window, qtbot)
    hands.search("patienten")
    assert {hit.kind for hit in hands.shown} == {HitKind.PAGE}
    hands.press(Qt.Key.Key_Return)
    assert hands.frame.place == PATIENTS


@pytest.mark.parametrize("scale", [90, 150])
def test_the_longest_names_and_actions_stand_whole_in_the_smallest_window(
    window_over: Callable[[Desk], Frame],
    demo_desk: Callable[[str], Desk],
    qtbot: QtBot,
    scale: int,
) -> None:
    desk = demo_desk("poh")
    lengthen(desk, rich_patient(desk))
    theme().use(Look.LIGHT, scale)
    frame = window_over(desk)
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    hands = Hands(frame, qtbot)
    hands.search("toelichting")
    hands.search("vollenhove")
    found = hands.field.list
    assert found is not None
    assert frame.size().width() == LEAST_WIDTH
    assert inside(found, frame)
    items = found.items
    for at in range(items.count()):
        rect = items.visualItemRect(items.item(at))
        assert rect.width() <= items.viewport().width()
        assert rect.height() >= items.sizeHintForRow(at)


def inside(part: QWidget, frame: Frame) -> bool:
    return frame.rect().contains(part.geometry())
