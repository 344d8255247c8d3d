"""Keys in Beheer, by keyboard: a new key, opening quickly, and the sheet of a lost laptop."""

from collections.abc import Iterator
from pathlib import Path

import keyring.core
import platformdirs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pzdesk.domain.user import Role
from pzdesk.gui.desktop import Desktop
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages import catalogue
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.pages.settings.users import UsersPart
from pzdesk.gui.places import Place
from pzdesk.gui.preview import Preview
from pzdesk.security import keys, recovery
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening
from pzdesk.services.desk import Desk
from pzdesk.store.folder import KEYS
from tests.factories import NOW
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import looked_through, until
from tests.security.quick import derived
from tests.security.test_keychain import Memory

SECRET, OTHER = "zeven zwanen zwemmen zuidwaarts", "acht apen aten ananas"


@pytest.fixture(autouse=True)
def _own_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A keyring that works, settings of its own, and a derivation that costs nothing."""
    monkeypatch.setattr(keys, "_derived", derived)
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)
    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "eigen"))


@pytest.fixture
def desktop(
    light: None, qapp: QApplication, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> Iterator[Desktop]:
    """A new practice of two, open at Gebruikers for the huisarts who is also beheerder."""
    store = desk.session.store
    made = keys.with_recovery_slot(
        keys.new_key_file(NOW), store.data_key(), recovery.new_code(), FLOOR, NOW
    )
    made = keys.with_passphrase_slot(made, store.data_key(), "deboer", SECRET, FLOOR, NOW)
    keys.write(store.folder / KEYS, made)
    desk.users.add(login="smit", name="R. Smit", roles=(Role.POH,), secret=OTHER)
    desk.session.close()
    window = Desktop(qapp, tmp_path / "lokaal", remembers=False)
    window._enter(opening.open_practice(store.folder, "deboer", SECRET, clock=desk.session.clock))
    looked_through(window, qtbot)
    frame = frame_of(window)
    frame.go(Place(page="beheer", section="gebruikers"))
    settle()
    yield window
    window.finish()
    if window.window is not None:
        window.window.close()
    window.deleteLater()
    settle()


def frame_of(desktop: Desktop) -> Frame:
    assert desktop.frame is not None
    return desktop.frame


def part(desktop: Desktop) -> UsersPart:
    page = frame_of(desktop).page
    assert isinstance(page, SettingsPage)
    found = page.part
    assert isinstance(found, UsersPart)
    return found


def press(desktop: Desktop, words: str) -> None:
    found = next(
        one for one in part(desktop).findChildren(QPushButton) if one.accessibleName() == words
    )
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Space)
    settle()


def fill(desktop: Desktop, **values: str) -> None:
    form = part(desktop).form
    assert form is not None
    for key, words in values.items():
        form.field(key).set_raw(words)


def save(desktop: Desktop, qtbot: QtBot) -> None:
    frame = frame_of(desktop)
    frame.activateWindow()
    until(qtbot, frame.isActiveWindow)
    QTest.keyClick(frame, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: desktop.frame is not frame or not frame.bench.jobs.is_busy)
    settle()


def said(desktop: Desktop) -> str:
    return " ".join(shown_texts(frame_of(desktop)))


def renewed(desktop: Desktop, was: Frame, qtbot: QtBot) -> bytes:
    """The data key under which the practice is open anew."""
    until(qtbot, lambda: desktop.frame is not None and desktop.frame is not was)
    looked_through(desktop, qtbot)
    return frame_of(desktop).bench.desk.session.store.data_key()


def test_after_somebody_left_the_key_is_renewed_with_a_new_sheet(
    desktop: Desktop, qtbot: QtBot
) -> None:
    frame = frame_of(desktop)
    store = frame.bench.desk.session.store
    before, sheet = store.data_key(), keys.read(store.folder / KEYS).slot(None)
    press(desktop, "Toegang ontnemen aan R. Smit")
    save(desktop, qtbot)
    assert "Ook de sleutel vernieuwen?" in said(desktop)
    assert "R. Smit opent deze praktijk niet meer. Heeft R. Smit een kopie" in said(desktop)
    form = part(desktop).form
    assert form is not None
    until(qtbot, lambda: frame.focusWidget() is form.field("was").control)
    fill(desktop, was="niet deze zin")
    save(desktop, qtbot)
    assert "Dit is niet uw wachtzin." in said(desktop)
    assert keys.read(store.folder / KEYS).slot(None) == sheet
    fill(desktop, was=SECRET)
    save(desktop, qtbot)
    assert "groep 8" in said(desktop)
    fill(desktop, zeker="ja")
    save(desktop, qtbot)
    after = renewed(desktop, frame, qtbot)
    assert after != before
    assert "De praktijk heeft een nieuwe sleutel." in said(desktop)
    found = keys.read(store.folder / KEYS)
    assert found.slot(None) != sheet
    assert [slot.login for slot in found.slots] == ["deboer", None]


def test_who_cannot_get_the_new_key_is_named_and_may_be_left_out(
    desktop: Desktop, qtbot: QtBot
) -> None:
    from tests.security.test_pairs import former

    frame = frame_of(desktop)
    store = frame.bench.desk.session.store
    file = keys.read(store.folder / KEYS)
    smit = file.slot("smit")
    assert smit is not None
    old = former(smit, OTHER, file.store_id, store.data_key())
    keys.write(store.folder / KEYS, keys.with_slot(file, old))
    press(desktop, "Sleutel vernieuwen…")
    fill(desktop, was=SECRET, herstelblad="")
    save(desktop, qtbot)
    form = part(desktop).form
    assert form is not None
    assert "kan niet worden meegegeven aan R. Smit" in said(desktop)
    assert form.field("zonder").isVisibleTo(form)
    fill(desktop, zonder="ja")
    save(desktop, qtbot)
    renewed(desktop, frame, qtbot)
    press(desktop, "Nieuwe wachtzin voor R. Smit")
    fill(desktop, wachtzin=OTHER, nogmaals=OTHER)
    save(desktop, qtbot)
    assert part(desktop).form is None
    opening.open_practice(store.folder, "smit", OTHER).close()


def test_opening_quickly_is_turned_on_with_the_passphrase_and_off_at_once(
    desktop: Desktop, qtbot: QtBot
) -> None:
    quick = frame_of(desktop).bench.desk.quick
    press(desktop, "Snel openen aanzetten…")
    assert "beschermt niet tegen wie aan deze computer zit" in said(desktop)
    fill(desktop, was="niet deze zin")
    save(desktop, qtbot)
    assert "Dit is niet de wachtzin van nu." in said(desktop)
    fill(desktop, was=SECRET)
    save(desktop, qtbot)
    assert quick.is_on
    assert "Op deze computer opent u snel" in said(desktop)
    press(desktop, "Snel openen uitzetten")
    until(qtbot, lambda: not frame_of(desktop).bench.jobs.is_busy)
    settle()
    assert not quick.is_on
    assert any(
        one.accessibleName() == "Snel openen aanzetten…"
        for one in part(desktop).findChildren(QPushButton)
    )


def test_the_sheet_of_a_lost_laptop_is_shown_for_the_chosen_day(
    desktop: Desktop, qtbot: QtBot
) -> None:
    frame = frame_of(desktop)
    frame.go(Place(page="patienten"))
    places = {words.title: place for words, place in catalogue.findable(frame)}
    frame.go(places["Laptop of stick kwijt"])
    settle()
    assert part(desktop).open_act == "kwijt"
    fill(desktop, dag="")
    save(desktop, qtbot)
    assert part(desktop).form is not None, "a day is needed"
    fill(desktop, dag="24-11-2026")
    save(desktop, qtbot)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, Preview)]
    assert [one.windowTitle() for one in shown] == ["Laptop kwijt"]
    shown[0].reject()
    settle()
