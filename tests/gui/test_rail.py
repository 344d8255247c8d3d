"""The rail: pages, counts where this user must act, and who works here with the key that locks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pzdesk.domain.user import Role
from pzdesk.gui.rail import Rail, RailEntry
from tests import factories
from tests.gui.conftest import shown_texts

ENTRIES = (
    RailEntry("vandaag", "Vandaag"),
    RailEntry("patienten", "Patiënten"),
    RailEntry("beheer", "Beheer", at_foot=True),
)


def rail(go: Callable[[str], object] = print, lock: Callable[[], object] = lambda: None) -> Rail:
    user = factories.a_user(Role.POH, Role.COORDINATOR, name="M. Wiersma")
    return Rail(ENTRIES, user, go, lock)


def test_the_foot_says_who_works_here_in_which_roles_and_how_to_lock(light: None) -> None:
    locked: list[bool] = []
    made = rail(lock=lambda: locked.append(True))
    assert {"M. Wiersma", "POH, coördinator", "Ctrl+L"} <= set(shown_texts(made))
    assert made.lock.accessibleName() == "Vergrendelen"
    QTest.keyClick(made.lock, Qt.Key.Key_Space)
    assert locked == [True]


def test_a_count_is_shown_where_something_waits_and_said_with_the_page(light: None) -> None:
    made = rail()
    made.show_counts({"vandaag": 12, "patienten": 0})
    assert made._counts["vandaag"].isVisibleTo(made)
    assert made._buttons["vandaag"].accessibleName() == "Vandaag, 12 open"
    assert not made._counts["patienten"].isVisibleTo(made)
    assert made._buttons["patienten"].accessibleName() == "Patiënten"
    made.show_counts({})
    assert not made._counts["vandaag"].isVisibleTo(made)


def test_a_page_is_chosen_by_keyboard_and_a_file_belongs_to_the_patients(light: None) -> None:
    went: list[str] = []
    made = rail(go=went.append)
    QTest.keyClick(made._buttons["patienten"], Qt.Key.Key_Space)
    assert went == ["patienten"]
    made.show_page("vandaag")
    made.show_page("dossier")
    assert made._buttons["patienten"].isChecked()


def test_in_a_narrow_window_the_words_stay_and_leave_room_to_the_page(light: None) -> None:
    made = rail()
    wide = made.width()
    made.use_narrow(is_narrow=True)
    assert made.width() < wide
    assert made._buttons["vandaag"].text() == "Vandaag"
    assert made._buttons["vandaag"].icon().isNull()
    made.use_narrow(is_narrow=False)
    assert made.width() == wide
    assert not made._buttons["vandaag"].icon().isNull()
