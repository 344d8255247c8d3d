"""One window writes, another reads along: told before typing, taken over when asked, nothing lost."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.places import Place
from pzdesk.gui.writing import QUIET_SECONDS, WriterWatch
from pzdesk.services import writing
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.opening import open_with_key
from pzdesk.services.session import Session
from pzdesk.store import lock as locking
from tests import factories
from tests.conftest import Clock
from tests.gui.conftest import settle

SENTENCE = "Bellen over de hoog-laagbed"


@pytest.fixture
def other(
    session: Session, key: bytes, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """The same practice open in another window, in which somebody works without our looking."""
    monkeypatch.setattr(locking, "WAIT_SECONDS", 0.0)
    monkeypatch.setattr("socket.gethostname", lambda: "BALIE-2")
    with session.store.writing(session.user, clock()) as unit:
        unit.add(factories.a_user(login="vries", name="Anna de Vries", id=0))
        unit.connection.commit()
    writing.let_go(session)
    made = open_with_key(session.store.folder, key, "vries", clock=clock)
    writing.look(made)
    yield made
    made.close()


@pytest.fixture
def watch(window_over: Callable[[Desk], Frame], desk: Desk, other: Session) -> WriterWatch:
    """A watch over a window on a new practice; it looks when a test lets it."""
    frame = window_over(desk)
    frame.go(Place(page="acties", act="new"))
    settle()
    return WriterWatch(frame.bench, frame, clock=lambda: watch_clock[0])


watch_clock = [1_000.0]


def form_of(watch: WriterWatch) -> Form:
    found: Form = watch._frame.page.form  # type: ignore[attr-defined]
    return found


def test_who_reads_along_is_told_before_typing_and_may_write_when_the_other_is_done(
    watch: WriterWatch, other: Session
) -> None:
    bar, form = watch._frame.bar, form_of(watch)
    watch.look()
    assert bar.writer.isHidden()
    writing.begin(other)
    watch.look()
    assert (
        bar.writer_words.text() == "Anna de Vries schrijft sinds 14.05 uur op BALIE-2 · u leest mee"
    )
    assert form.reads_only.isVisible()
    assert "Opslaan kan zodra dat klaar is" in form.submit.toolTip()
    form.field("what").set_raw(SENTENCE)
    form.field("who").set_raw("POH")
    form.try_save()
    assert "Anna de Vries schrijft" in form.general.text()
    assert watch._frame.saved.text() == ""
    assert form.field("what").raw() == SENTENCE
    desk_over(other).actions.add(who="Anna", what="recept")
    writing.let_go(other)
    watch.look()
    assert bar.writer.isHidden()
    assert not form.reads_only.isVisible()
    assert "Anna de Vries schrijft niet meer" in bar.words.text()
    form.try_save()
    assert {one.what for one in desk_over(other).actions.open_actions()} == {SENTENCE, "recept"}


def test_it_is_taken_over_in_a_dialog_and_the_other_window_lets_go(
    watch: WriterWatch, other: Session, qtbot: QtBot
) -> None:
    QTest.keyClick(watch._frame, Qt.Key.Key_F12)
    assert "u kunt opslaan" in watch._frame.bar.words.text()
    writing.begin(other)  # between two looks
    watch.ask()
    assert watch.dialog is not None
    QTest.keyClick(watch._frame.bar.take_over, Qt.Key.Key_Space)
    watch._frame.do("take-over")
    dialog = watch.dialog
    assert dialog is not None
    seen = " ".join(part.text() for part in dialog.findChildren(type(dialog.sign)))
    for words in ("Anna de Vries (vries)", "BALIE-2", "14.05 uur", "In het logboek"):
        assert words in seen
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: writing.look(other).gave_to is not None)
    qtbot.waitUntil(lambda: "in plaats van Anna de Vries" in watch._frame.bar.words.text())
    assert watch.dialog is None
    assert watch._frame.bar.writer.isHidden()
    assert writing.look(watch._bench.desk.session).is_mine


def test_a_window_that_is_taken_over_keeps_what_was_typed_and_reads_along(
    watch: WriterWatch, other: Session, desk: Desk
) -> None:
    form = form_of(watch)
    form.field("what").set_raw(SENTENCE)
    watch.look()
    assert writing.look(desk.session).is_mine, "typing is enough to begin"

    def meanwhile() -> bool:
        watch.look()
        return False

    desk_over(other).writing.take_over(meanwhile)
    watch.look()
    told = watch._frame.bar.words.text()
    assert told.startswith("Anna de Vries heeft het schrijven overgenomen om 14.05 uur.")
    assert form.field("what").raw() == SENTENCE
    assert form.reads_only.isVisible()
    kept = desk.drafts.kept(form._place)
    assert kept is not None
    assert kept.fields["what"] == SENTENCE
    writing.let_go(other)
    watch.look()
    assert "niet meer" in watch._frame.bar.words.text()


def test_a_window_that_slept_through_it_is_told_too(
    watch: WriterWatch, other: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "ANSWER_SECONDS", 0.0)
    writing.begin(desk.session)
    desk_over(other).writing.take_over()
    watch.look()
    assert "Anna de Vries heeft het schrijven overgenomen" in watch._frame.bar.words.text()
    assert not watch._frame.bar.writer.isHidden()


def test_a_window_in_which_nothing_happens_keeps_nobody_from_writing(
    watch: WriterWatch, other: Session, desk: Desk
) -> None:
    desk.actions.add(who="POH", what="recept")
    watch.look()
    assert not writing.begin(other)
    watch_clock[0] += QUIET_SECONDS + 1
    watch.look()
    assert writing.begin(other)
