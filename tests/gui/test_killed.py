"""Killed while somebody types: the sentence is there afterwards, and in nothing on disk to be read."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.gui.desktop import Desktop
from pzdesk.gui.pages.actions import ActionsPage
from pzdesk.gui.places import Place
from pzdesk.services import opening
from pzdesk.services.desk import desk_over
from pzdesk.store.drafts import FOLDER
from tests.gui.conftest import settle
from tests.gui.starting import SECRET, own_computer, practice, until

__all__ = ["own_computer", "practice"]

ROOT = Path(__file__).parent.parent.parent
FORM = Place(page="acties", act="new")
SENTENCE = "Dochter belt zaterdag over de nachtzorg en het hooglaagbed"
# The real window with somebody typing in it. It says a word once a draft came on disk after the last key, and
# goes on typing until it is killed.
WINDOW = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QFileSystemWatcher, QTimer
from PySide6.QtTest import QTest
from pzdesk.gui import desktop
from pzdesk.gui.places import Place

place, drafts = Path(sys.argv[1]), Path(sys.argv[1]) / {FOLDER!r}
app = desktop.application(sys.argv)
made = desktop.Desktop(app, Path(sys.argv[2]))
made.begin(place, "deboer", {SECRET!r})

def type_it():
    if made.frame is None:
        return
    looking.stop()
    made.frame.go(Place(page="acties", act="new"))
    form = made.frame.page.form
    form.field("what").setFocus()
    QTest.keyClicks(form.field("what").control, {SENTENCE!r})
    drafts.mkdir(exist_ok=True)
    watch.addPath(str(drafts))
    watch.directoryChanged.connect(tell)

def tell(_folder):
    if any(drafts.glob("*.draft")):
        print("bewaard", flush=True)

watch = QFileSystemWatcher()
looking = QTimer()
looking.timeout.connect(type_it)
looking.start(20)
app.exec()
"""


@dataclass
class Killed:
    """A practice whose window was killed with a sentence half way."""

    folder: Path
    home: Path


@pytest.fixture
def killed(practice: Path, own_computer: Path) -> Killed:
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(practice), str(own_computer / "lokaal")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert window.stdout is not None
        assert window.stdout.readline() == "bewaard\n"
    finally:
        window.kill()  # as kill -9 does: nothing of it gets to say goodbye
        window.communicate()
    return Killed(practice, own_computer)


def test_the_sentence_is_back_in_its_form(
    killed: Killed, light: None, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    again = Desktop(qapp, tmp_path / "lokaal")
    again.begin(killed.folder, "deboer", SECRET)
    until(qtbot, lambda: again.frame is not None)
    assert again.frame is not None
    settle()
    told = again.frame.bar
    assert told.words.text().startswith("Nog niet opgeslagen: een nieuwe actie, getypt op ")
    told.act.click()
    assert again.frame.place == FORM
    assert told.isHidden()
    settle()
    page = again.frame.page
    assert isinstance(page, ActionsPage)
    assert page.form is not None
    assert page.form.field("what").raw() == SENTENCE
    assert page.form.restored.isVisible()
    assert "teruggezet" in page.form.restored.text()
    again.frame.close()
    again.finish()
    again.deleteLater()


def test_no_byte_on_disk_shows_a_word_of_it(killed: Killed) -> None:
    files = [
        path for top in (killed.folder, killed.home) for path in top.rglob("*") if path.is_file()
    ]
    assert any(path.parent.name == FOLDER for path in files)
    telling = [word for word in SENTENCE.split() if len(word) > 5]
    for path in files:
        data = path.read_bytes().lower()
        for word in telling:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert word.lower().encode(encoding) not in data, f"{path.name}: {word}"
        assert b"acties" not in path.name.encode()


def test_nothing_that_was_saved_before_is_lost_and_the_log_is_whole(killed: Killed) -> None:
    session = opening.open_practice(killed.folder, "deboer", SECRET)
    try:
        assert opening.lost_work(session) == ""
        desk = desk_over(session)
        assert desk.practice.verify() == []
        assert desk.actions.open_actions() == []
    finally:
        session.close()
