"""A new practice in three steps and a sheet: by keyboard alone, each fault on the step where it belongs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pzdesk.domain.user import Role
from pzdesk.gui.start import StartWindow
from pzdesk.gui.wizard import STEPS, Wizard, folder_name
from pzdesk.gui.wizard_secret import DIFFERENT, GOOD
from pzdesk.gui.wizard_sheet import FIRST
from pzdesk.services import opening
from pzdesk.services.session import Session
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import PRACTICE, SECRET, focused, keys_into, own_computer, until

__all__ = ["own_computer"]
TAB, SPACE, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return


class Making:
    """A start window in which a practice is being made, and the session that came of it."""

    def __init__(self, window: StartWindow, home: Path, qtbot: QtBot) -> None:
        self.window, self.home, self.qtbot = window, home, qtbot
        self.sessions: list[Session] = []
        window.opened.connect(self.sessions.append)
        window.make_new()
        assert isinstance(window.panel, Wizard)
        self.wizard: Wizard = window.panel
        self.idle()
        settle()

    def idle(self) -> None:
        """Wait until no job runs."""
        until(self.qtbot, lambda: not self.window.jobs.is_busy)

    def to_step(self, step: int) -> None:
        """Go on as a user would, up to a step."""
        if step > 0:
            keys_into(self.wizard, PRACTICE)
            keys_into(self.wizard, "")
        if step > 1:
            settle()
            keys_into(self.wizard, "dr. A. de Boer")
            keys_into(self.wizard, "deboer")
            keys_into(self.wizard, "", then=SPACE)
            keys_into(self.wizard, "")
        if step > 2:
            settle()
            keys_into(self.wizard, SECRET)
            keys_into(self.wizard, SECRET)
        settle()
        assert self.wizard.step == step


@pytest.fixture
def making(light: None, own_computer: Path, qtbot: QtBot) -> Iterator[Making]:
    window = StartWindow()
    window.show()
    window.activateWindow()
    made = Making(window, own_computer, qtbot)
    yield made
    made.idle()
    window.jobs.stop()
    window.close()
    window.deleteLater()
    for session in made.sessions:
        session.close()


def test_a_practice_is_made_by_keyboard_alone_and_its_code_opens_it(making: Making) -> None:
    making.to_step(3)
    wizard = making.wizard
    assert list(making.home.rglob("store.db")) == []
    shown = [text for text in shown_texts(wizard.sheet) if len(text) == 5 and text.isalnum()]
    assert "".join(shown) == wizard.code
    assert focused(wizard) is wizard.sheet.sure.box
    QTest.keyClick(focused(wizard), SPACE)
    QTest.keyClick(focused(wizard), ENTER)
    assert not wizard.isEnabled()
    making.idle()
    (session,) = making.sessions
    assert session.user.name == "dr. A. de Boer"
    assert session.user.roles == (Role.HUISARTS, Role.BEHEERDER)
    folder = making.home / "pzdesk" / "huisartsenpraktijk-de-brink"
    assert session.store.folder == folder
    session.close()
    making.sessions.clear()
    opening.recover(folder, wizard.code, "deboer", f"{SECRET} nieuw").close()


def test_the_sheet_must_be_safe_before_the_practice_is_made(making: Making) -> None:
    making.to_step(3)
    making.wizard.forms[3].try_save()
    assert making.wizard.sheet.sure.error.text() == FIRST
    assert list(making.home.rglob("store.db")) == []


def test_the_sheet_is_kept_as_pdf_where_the_user_chose(making: Making, tmp_path: Path) -> None:
    making.to_step(3)
    sheet = making.wizard.sheet
    sheet.keep_at(tmp_path / "blad.pdf")
    assert (tmp_path / "blad.pdf").read_bytes().startswith(b"%PDF-")
    assert "verwijder het bestand" in sheet.told.text()
    sheet.keep_at(tmp_path / "geen map" / "blad.pdf")
    assert "De map bestaat niet" in sheet.told.text()


def test_the_code_stays_the_same_when_the_user_goes_back_and_on_again(making: Making) -> None:
    making.to_step(3)
    code = making.wizard.code
    making.window.back()
    assert making.wizard.step == 2
    making.wizard.forms[2].try_save()
    assert (making.wizard.step, making.wizard.code) == (3, code)


def test_a_place_where_something_stands_is_told_on_the_first_step(making: Making) -> None:
    (making.home / "pzdesk" / "huisartsenpraktijk-de-brink").mkdir(parents=True)
    (making.home / "pzdesk" / "huisartsenpraktijk-de-brink" / "brief.txt").write_text("x")
    keys_into(making.wizard, PRACTICE)
    keys_into(making.wizard, "")
    assert making.wizard.step == 0
    assert "staat al iets" in making.wizard.place.error.text()


def test_a_place_that_was_taken_meanwhile_is_told_on_the_first_step(making: Making) -> None:
    making.to_step(3)
    folder = making.home / "pzdesk" / "huisartsenpraktijk-de-brink"
    folder.mkdir(parents=True)
    (folder / "brief.txt").write_text("x")
    making.wizard.sheet.sure.set_raw("ja")
    making.wizard.forms[3].try_save()
    making.idle()
    assert making.wizard.step == 0
    assert "staat al iets" in making.wizard.place.error.text()
    assert making.wizard.isEnabled()


def test_a_synchronised_folder_is_warned_for_once(making: Making) -> None:
    making.wizard.practice.set_raw(PRACTICE)
    making.wizard.place.set_raw(str(making.home / "Dropbox" / "praktijk"))
    making.wizard.forms[0].try_save()
    assert making.wizard.step == 0
    assert "gesynchroniseerd door Dropbox" in making.wizard.warning.text()
    making.wizard.forms[0].try_save()
    assert making.wizard.step == 1


@pytest.mark.parametrize(
    ("login", "role", "key"), [("De Boer", "huisarts", "login"), ("deboer", "", "rol")]
)
def test_what_is_wrong_about_you_is_told_under_its_field(
    making: Making, login: str, role: str, key: str
) -> None:
    making.to_step(1)
    form = making.wizard.forms[1]
    making.wizard.name.set_raw("dr. De Boer")
    making.wizard.login.set_raw(login)
    making.wizard.roles.set_raw(role)
    form.try_save()
    assert making.wizard.step == 1
    assert form.field(key).error.text() != ""


def test_what_a_passphrase_needs_is_told_while_it_is_typed_and_is_no_error_yet(
    making: Making,
) -> None:
    making.to_step(2)
    secret = making.wizard.secret
    keys_into(making.wizard, "te kort", then=None)
    assert "ten minste 15 tekens; deze heeft er 7" in secret.first.help.text()
    assert secret.first.error.text() == ""
    making.wizard.forms[2].try_save()
    assert "ten minste 15 tekens" in secret.first.error.text()  # and not "fill in the second"
    assert secret.first.hasFocus() or secret.first.edit.hasFocus()
    secret.first.set_raw("huisartsenpraktijk de brink")
    assert "weinig meer dan" in secret.first.help.text()
    secret.first.set_raw(SECRET)
    assert secret.first.help.text() == GOOD
    secret.again.set_raw(SECRET[:-1])
    making.wizard.forms[2].try_save()
    assert secret.again.error.text() == DIFFERENT
    assert making.wizard.step == 2


def test_esc_goes_back_a_step_and_then_away(making: Making) -> None:
    making.to_step(2)
    making.window.back()
    assert making.wizard.step == 1
    making.window.back()
    making.window.back()
    assert "Welkom bij pzdesk" in shown_texts(making.window)


@pytest.mark.parametrize("scale", [90, 150])
def test_every_step_fits_the_smallest_window(making: Making, scale: int) -> None:
    from pzdesk.gui.theme import Look, theme

    theme().use(Look.LIGHT, scale)
    making.window.make_new()
    wizard = making.window.panel
    assert isinstance(wizard, Wizard)
    making.wizard = wizard
    making.window.resize(making.window.minimumSize())
    wizard.name.set_raw("mevrouw dr. A. M. C. van der Linden-Wezelenburg tot Westerwolde")
    for step in range(len(STEPS)):
        if step == 3:
            wizard.sheet.show_code(opening.new_recovery_code(), PRACTICE * 3, "dr. De Boer")
        wizard._go(step)
        settle()
        page = making.window.panels.currentWidget()
        assert page is not None
        assert wizard.mapTo(page, wizard.rect().topRight()).x() <= page.width()


@pytest.mark.parametrize(
    ("practice", "folder"),
    [
        ("Huisartsenpraktijk De Brink", "huisartsenpraktijk-de-brink"),
        ("  Fryslân & Zoon  ", "fryslan-zoon"),
        ("Şğ", "sg"),
        ("..", "praktijk"),
        ("", "praktijk"),
    ],
)
def test_the_folder_is_named_after_the_practice(practice: str, folder: str) -> None:
    assert folder_name(practice) == folder
