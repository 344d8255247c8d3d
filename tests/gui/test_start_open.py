"""Opening a practice: by keyboard alone, and everything that can be wrong told in its place."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pzdesk.gui.patience import BUSY
from pzdesk.gui.start import StartWindow
from pzdesk.gui.start_open import OpenPanel
from pzdesk.gui.wizard_recover import RecoverPanel
from pzdesk.services import opening
from pzdesk.services.session import Session
from tests.gui.starting import (
    NEW_SECRET,
    SECRET,
    focused,
    keys_into,
    own_computer,
    practice,
    until,
)

__all__ = ["own_computer", "practice"]


class Start:
    """A start window on one practice, and the sessions that it opened."""

    def __init__(self, window: StartWindow, folder: Path, qtbot: QtBot) -> None:
        self.window, self.folder, self.qtbot = window, folder, qtbot
        self.sessions: list[Session] = []
        window.opened.connect(self.sessions.append)

    def panel(self) -> OpenPanel:
        """The form for this practice, once it knows who has a key."""
        self.window.choose(self.folder)
        found = self.window.panel
        assert isinstance(found, OpenPanel)
        self.idle()
        return found

    def idle(self) -> None:
        """Wait until no job runs."""
        until(self.qtbot, lambda: not self.window.jobs.is_busy)


@pytest.fixture
def start(light: None, practice: Path, qtbot: QtBot) -> Iterator[Start]:
    window = StartWindow()
    window.show()
    window.activateWindow()
    made = Start(window, practice, qtbot)
    yield made
    made.idle()
    window.jobs.stop()
    window.close()
    window.deleteLater()
    for session in made.sessions:
        session.close()


def test_the_only_user_is_chosen_and_the_passphrase_opens_with_enter(start: Start) -> None:
    panel = start.panel()
    assert panel.user.raw() == "deboer"
    assert focused(panel) is panel.secret.edit
    keys_into(panel, SECRET)
    assert panel.busy.text() == BUSY
    assert not panel.form.isEnabled()
    start.idle()
    assert [session.user.login for session in start.sessions] == ["deboer"]
    assert panel.form.isEnabled()


def test_a_wrong_passphrase_is_told_under_it_and_can_be_typed_over_at_once(start: Start) -> None:
    panel = start.panel()
    keys_into(panel, "zeven zwanen")
    start.idle()
    assert "horen niet bij elkaar" in panel.secret.error.text()
    assert panel.secret.error.isVisibleTo(panel)
    keys_into(panel, SECRET)
    start.idle()
    assert len(start.sessions) == 1


def test_while_it_opens_nobody_goes_elsewhere(start: Start) -> None:
    panel = start.panel()
    keys_into(panel, SECRET)
    assert not start.window.rail.isEnabled()
    start.window.back()
    assert start.window.panel is panel
    start.idle()
    assert start.window.rail.isEnabled()
    assert len(start.sessions) == 1


def test_going_elsewhere_while_it_only_looks_does_no_harm(start: Start) -> None:
    start.window.choose(start.folder)
    start.window.make_new()
    start.idle()
    assert start.window.panel is not None
    assert not isinstance(start.window.panel, OpenPanel)


def test_an_empty_passphrase_asks_for_it(start: Start) -> None:
    panel = start.panel()
    keys_into(panel, "")
    assert panel.secret.error.text() == "Vul “Wachtzin” in."
    assert start.sessions == []


def test_a_passphrase_is_shown_only_when_asked(start: Start) -> None:
    panel = start.panel()
    assert panel.secret.edit.displayText() != "geheim"
    panel.secret.set_raw("geheim")
    assert panel.secret.edit.displayText() != "geheim"
    QTest.keyClick(panel.see.box, Qt.Key.Key_Space)
    assert panel.secret.edit.displayText() == "geheim"


def test_a_folder_without_a_practice_says_so_and_can_be_looked_at_again(
    start: Start, tmp_path: Path
) -> None:
    elsewhere = start.folder.rename(tmp_path / "verplaatst")
    panel = start.panel()
    assert panel.form.isHidden()
    assert panel.gone_words.text().startswith("Er is geen praktijk op deze plaats")
    elsewhere.rename(start.folder)
    QTest.keyClick(focused(panel), Qt.Key.Key_Return)
    start.idle()
    assert panel.gone.isHidden()
    assert panel.user.raw() == "deboer"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / "store.db").write_bytes(b""), "store.db"),
        (lambda folder: (folder / "keys.json").write_text("{}"), "beschadigd of veranderd"),
        (lambda folder: (folder / "keys.json").unlink(), "ontbreekt"),
    ],
    ids=["leeg", "sleutels", "zonder sleutels"],
)
def test_a_damaged_practice_says_what_is_wrong_before_a_passphrase_is_asked(
    start: Start, spoil: object, sentence: str
) -> None:
    assert callable(spoil)
    spoil(start.folder)
    panel = start.panel()
    assert panel.form.isHidden()
    assert sentence in panel.gone_words.text()


def test_keys_of_a_newer_pzdesk_ask_for_that_version(start: Start) -> None:
    path = start.folder / "keys.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "format": "pzdesk-keys/3"}), encoding="utf-8")
    assert "nieuwere versie" in start.panel().gone_words.text()


def test_a_file_that_is_cut_off_is_told_above_the_buttons(start: Start) -> None:
    panel = start.panel()
    path = start.folder / "store.db"
    path.write_bytes(path.read_bytes()[:-4096])
    keys_into(panel, SECRET)
    start.idle()
    assert panel.form.general.text() != ""
    assert start.sessions == []


def test_the_recovery_sheet_gives_a_new_passphrase_by_keyboard_alone(start: Start) -> None:
    from tests.gui.starting import CODE

    panel = start.panel()
    QTest.keyClick(panel.recover, Qt.Key.Key_Space)
    recover = start.window.panel
    assert isinstance(recover, RecoverPanel)
    assert recover.user.raw() == "deboer"
    recover.code.setFocus()
    keys_into(recover, CODE[:-1] + ("0" if CODE[-1] != "0" else "1"))
    keys_into(recover, NEW_SECRET)
    keys_into(recover, NEW_SECRET)
    start.idle()
    assert "groep 8" in recover.code.error.text()
    recover.code.set_raw("")
    keys_into(recover, CODE.lower())
    recover.form.try_save()
    start.idle()
    assert [session.user.login for session in start.sessions] == ["deboer"]
    start.sessions.pop().close()
    opening.open_practice(start.folder, "deboer", NEW_SECRET).close()


def test_a_code_of_another_practice_is_told_under_the_code(start: Start) -> None:
    start.panel()
    start.window.recover(start.folder, "deboer")
    recover = start.window.panel
    assert isinstance(recover, RecoverPanel)
    recover.code.set_raw(opening.new_recovery_code())
    recover.secret.first.set_raw(NEW_SECRET)
    recover.secret.again.set_raw(NEW_SECRET)
    recover.form.try_save()
    start.idle()
    assert "hoort niet bij deze praktijk" in recover.code.error.text()
    assert start.sessions == []
