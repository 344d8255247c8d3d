"""The quiet bar: what was said, how long it stays, and what undoes it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pzdesk.domain.patient import PatientId
from pzdesk.gui.bar import Bar
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.frame import Frame
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle


@pytest.fixture
def bench(bench_over: Callable[[Desk], Bench], desk: Desk) -> Bench:
    return bench_over(desk)


@pytest.fixture
def bar(bench: Bench, qtbot: QtBot) -> Bar:
    made = Bar(bench)
    qtbot.addWidget(made)
    return made


def test_there_is_no_bar_until_something_is_said(bench: Bench, bar: Bar) -> None:
    assert bar.isHidden()
    bench.tell("Patiëntblad afgedrukt")
    assert not bar.isHidden()
    assert bar.words.text() == "Patiëntblad afgedrukt"
    assert bar.undo.isHidden()
    assert bar.line.property("role") == "bar"


def test_what_was_done_goes_by_itself_and_an_error_stays_until_it_was_read(
    bench: Bench, bar: Bar
) -> None:
    bench.tell("Gelukt")
    assert bar._gone.isActive()
    bench.tell("De praktijk is bezet.", is_error=True)
    assert not bar._gone.isActive()
    assert bar.line.property("role") == "bar-error"
    bar.close_.click()
    assert bar.isHidden()


def test_the_button_undoes_what_was_just_done(bench: Bench, bar: Bar) -> None:
    undone: list[int] = []
    bench.act(lambda: 7, said="Gedaan", change=Change(Topic.ACTION), undo=undone.append)
    assert not bar.undo.isHidden()
    bar.undo.click()
    assert undone == [7]
    assert bar.words.text() == "Ongedaan gemaakt: “Gedaan”"
    assert bar.undo.isHidden()


def test_a_long_sentence_wraps_in_the_window_and_is_read_whole(empty_window: Frame) -> None:
    empty_window.resize(1024, 700)
    empty_window.go(Place(page="vandaag"))
    sentence = "Deze praktijk wordt nu door iemand anders gewijzigd; probeer het zo opnieuw. "
    empty_window.bench.tell(sentence * 6, is_error=True)
    settle()
    words = empty_window.bar.words
    assert words.height() >= words.heightForWidth(words.width())
    assert empty_window.width() == 1024


def test_an_error_goes_when_the_user_went_on_and_what_the_going_itself_told_stays(
    window: Frame,
) -> None:
    window.go(Place(page="acties"))
    window.bench.tell("Dat kan niet.", is_error=True)
    window.go(Place(page="acties", act="new"))
    assert not window.bar.isHidden()  # still there
    window.go(Place(page="vandaag"))
    assert window.bar.isHidden()
    window.go(Place(page="dossier", patient=PatientId(999)))
    settle()
    assert window.bar.line.property("role") == "bar-error"
    assert not window.bar.isHidden()
    window.back()
    assert window.bar.isHidden()
    window.bench.tell("Er is werk verloren gegaan.", is_error=True, stays=True)
    window.go(Place(page="mdo"))
    assert not window.bar.isHidden()
