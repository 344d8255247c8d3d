"""The first window: what it begins with, which practice it asks for, and that Esc goes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pzdesk.gui.start import StartWindow
from pzdesk.gui.start_open import OpenPanel
from pzdesk.gui.wizard import Wizard
from pzdesk.services import recent
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import own_computer, practice, until

__all__ = ["own_computer", "practice"]


@pytest.fixture
def start(light: None, own_computer: Path, qtbot: QtBot) -> Iterator[StartWindow]:
    window = StartWindow()
    window.show()
    yield window
    until(qtbot, lambda: not window.jobs.is_busy)
    window.jobs.stop()
    window.close()
    window.deleteLater()


def test_on_a_new_computer_it_says_how_to_begin(start: StartWindow) -> None:
    start.begin()
    told = shown_texts(start)
    assert "Welkom bij pzdesk" in told
    assert "Nieuwe praktijk maken" in told
    assert "Praktijk openen uit een map…" in told
    assert start.windowTitle() == "pzdesk"


def test_the_practice_that_was_open_last_is_asked_for_first(
    start: StartWindow, practice: Path, tmp_path: Path
) -> None:
    recent.remember_store(tmp_path / "eerder", practice="De Es", login="smit")
    recent.remember_store(practice, practice="De Brink", login="deboer")
    start.show_known()
    start.begin()
    settle()
    assert isinstance(start.panel, OpenPanel)
    assert start.panel.folder == practice
    assert start.panel.user.raw() == "deboer"
    assert any(text.startswith("De Es\n") for text in shown_texts(start))


def test_a_practice_that_is_taken_off_the_list_stays_on_disk(
    start: StartWindow, practice: Path
) -> None:
    recent.remember_store(practice, practice="De Brink", login="deboer")
    start.forget(practice)
    assert not any("De Brink" in text for text in shown_texts(start))
    assert "Welkom bij pzdesk" in shown_texts(start)
    assert (practice / "store.db").is_file()


def test_esc_leaves_a_new_practice_before_anything_was_made(
    start: StartWindow, qtbot: QtBot
) -> None:
    start.begin()
    start.make_new()
    assert isinstance(start.panel, Wizard)
    until(qtbot, lambda: not start.jobs.is_busy)
    start.back()
    assert "Welkom bij pzdesk" in shown_texts(start)


def test_a_long_name_and_a_long_path_are_cut_in_the_list_and_whole_in_its_tip(
    start: StartWindow, tmp_path: Path
) -> None:
    folder = tmp_path / ("een map met een heel lange naam " * 4).strip()
    name = "Huisartsenpraktijk De Linde aan het Water en omstreken te Westerwolde"
    recent.remember_store(folder, practice=name, login="poh")
    start.show_known()
    start.resize(start.minimumSize())
    settle()
    made = start.known.itemAt(0).widget()  # type: ignore[union-attr]
    assert made is not None
    assert name in made.toolTip()
    assert str(folder) in made.toolTip()
    assert made.sizeHint().width() <= start.known.geometry().width()
