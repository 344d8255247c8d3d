"""Gebruikers in Beheer: everybody their own passphrase; a beheerder looks after who comes in."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pzdesk.demo import papers
from pzdesk.demo.story import read_story
from pzdesk.domain.errors import WrongPassphrase
from pzdesk.domain.user import Role
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.pages.settings.users import UsersPart
from pzdesk.gui.places import Place
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening
from pzdesk.services.desk import Desk
from tests.conftest import BEGIN
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import until

NEW = "acht apen aten ananas"


@pytest.fixture
def shown(
    window_over: Callable[[Desk], Frame],
    demo_desk: Callable[[str], Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str], Frame]:
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)

    def show(login: str) -> Frame:
        frame = window_over(demo_desk(login))
        frame.go(Place(page="beheer", section="gebruikers"))
        settle()
        return frame

    return show


def part(frame: Frame) -> UsersPart:
    page = frame.page
    assert isinstance(page, SettingsPage)
    found = page.part
    assert isinstance(found, UsersPart)
    return found


def press(frame: Frame, words: str) -> None:
    found = next(
        one for one in part(frame).findChildren(QPushButton) if one.accessibleName() == words
    )
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Space)
    settle()


def fill(frame: Frame, **values: str) -> None:
    form = part(frame).form
    assert form is not None
    for key, words in values.items():
        form.field(key).set_raw(words)


def save(frame: Frame, qtbot: QtBot) -> None:
    QTest.keyClick(frame, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: not frame.bench.jobs.is_busy)
    settle()


def opens(frame: Frame, login: str, secret: str) -> bool:
    try:
        opening.open_practice(frame.bench.desk.session.store.folder, login, secret).close()
    except WrongPassphrase:
        return False
    return True


def test_who_is_no_beheerder_changes_only_the_own_passphrase(
    shown: Callable[[str], Frame], qtbot: QtBot
) -> None:
    frame = shown("poh")
    assert "Wie de praktijk opent" not in shown_texts(part(frame))
    was = papers.passphrase_of(read_story(BEGIN.date()), "poh")
    press(frame, "Wachtzin wijzigen")
    fill(frame, was="niet deze zin hoor", wachtzin=NEW, nogmaals=NEW)
    save(frame, qtbot)
    assert "Dit is niet de wachtzin van nu." in " ".join(shown_texts(part(frame)))
    assert not opens(frame, "poh", NEW)
    fill(frame, was=was, wachtzin="kort", nogmaals="kort")
    save(frame, qtbot)
    assert part(frame).form is not None
    fill(frame, was=was, wachtzin=NEW, nogmaals=NEW)
    save(frame, qtbot)
    assert part(frame).form is None
    assert opens(frame, "poh", NEW)
    assert not opens(frame, "poh", was)


def test_a_beheerder_adds_somebody_gives_other_roles_and_lets_them_go(
    shown: Callable[[str], Frame], qtbot: QtBot
) -> None:
    frame = shown("beheer")
    press(frame, "Gebruiker toevoegen")
    save(frame, qtbot)
    assert "Kies ten minste één rol." in shown_texts(part(frame)), "told in the first round"
    fill(frame, naam="K. Visser", login="Visser", wachtzin=NEW, nogmaals=NEW)
    save(frame, qtbot)
    roles = part(frame).form.field("rol")  # type: ignore[union-attr]
    assert roles.error.text() == "Kies ten minste één rol."
    here = QApplication.focusWidget()
    assert here is not None
    assert roles.isAncestorOf(here)
    fill(frame, rol="poh\nwaarnemer")
    save(frame, qtbot)
    assert any("kleine letters" in words for words in shown_texts(part(frame)))
    fill(frame, login="visser")
    save(frame, qtbot)
    assert part(frame).form is None
    assert opens(frame, "visser", NEW)

    press(frame, "Rollen wijzigen van K. Visser")
    fill(frame, rol="huisarts\nbeheerder")
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    settle()
    press(frame, "Rollen wijzigen van K. Visser")
    kept = part(frame).form.field("rol").raw()  # type: ignore[union-attr]
    assert set(kept.split()) == {"poh", "waarnemer"}, "ticks that were given up came back"
    boer = next(u for u in frame.bench.desk.practice.users() if u.login == "deboer")
    fill(frame, rol="poh", namens=str(boer.id))
    save(frame, qtbot)
    assert any("namens dr. De Boer" in words for words in shown_texts(part(frame)))
    user = next(u for u in frame.bench.desk.practice.users() if u.login == "visser")
    assert user.roles == (Role.POH,)
    QTest.keyClick(frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    user = next(u for u in frame.bench.desk.practice.users() if u.login == "visser")
    assert user.roles == (Role.POH, Role.WAARNEMER)

    press(frame, "Toegang ontnemen aan K. Visser")
    save(frame, qtbot)
    assert not opens(frame, "visser", NEW)
    assert "Ook de sleutel vernieuwen?" in shown_texts(part(frame))
    press(frame, "Nu niet")
    assert any(
        words.startswith("Geen toegang meer: K. Visser") for words in shown_texts(part(frame))
    )


def test_the_only_beheerder_is_told_why_not(shown: Callable[[str], Frame], qtbot: QtBot) -> None:
    frame = shown("beheer")
    press(frame, "Toegang ontnemen aan J. Postma")
    save(frame, qtbot)
    assert any("enige beheerder" in words for words in shown_texts(part(frame)))


def test_a_new_recovery_sheet_counts_only_when_it_is_said_to_be_safe(
    shown: Callable[[str], Frame], qtbot: QtBot
) -> None:
    frame = shown("beheer")
    store = frame.bench.desk.session.store.folder
    before = keys.read(store / "keys.json").slot(None)
    press(frame, "Nieuw herstelblad maken")
    save(frame, qtbot)
    assert any(
        words.startswith("Druk het herstelblad eerst af") for words in shown_texts(part(frame))
    )
    assert keys.read(store / "keys.json").slot(None) == before
    fill(frame, zeker="ja")
    save(frame, qtbot)
    assert keys.read(store / "keys.json").slot(None) != before
    assert part(frame).form is None
