"""One act at a time: said only when it was done, wrong where the user works, a bug to the last handler."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import BadInput, PzdeskError, Refused
from pzdesk.gui.bar import Bar
from pzdesk.gui.bench import NOTHING_TO_UNDO, Bench, Said
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.conftest import shown_texts
from tests.gui.starting import until

CHANGE = Change(Topic.PATIENT)


class Heard:
    """What a bench told."""

    def __init__(self, bench: Bench) -> None:
        self.said: list[Said] = []
        self.changes: list[Change] = []
        bench.said.connect(self.said.append)
        bench.changes.told.connect(self.changes.append)

    @property
    def sentences(self) -> list[str]:
        return [said.sentence for said in self.said]


@pytest.fixture
def bench(bench_over: Callable[[Desk], Bench], desk: Desk) -> Bench:
    return bench_over(desk)


@pytest.fixture
def heard(bench: Bench) -> Heard:
    return Heard(bench)


def raises(problem: Exception) -> Callable[..., None]:
    def work(*_: object, **__: object) -> None:
        raise problem

    return work


def test_what_was_done_is_said_and_told_as_a_change(bench: Bench, heard: Heard) -> None:
    outcomes: list[int] = []
    assert bench.act(lambda: 3, said="Opgeslagen", change=CHANGE, then=outcomes.append)
    assert (outcomes, heard.sentences, heard.changes) == ([3], ["Opgeslagen"], [CHANGE])


def test_an_error_that_is_nobodys_fault_but_ours_is_never_said_to_be_saved(
    bench: Bench, heard: Heard
) -> None:
    with pytest.raises(KeyError):
        bench.act(raises(KeyError("stuk")), said="Opgeslagen", change=CHANGE)
    with pytest.raises(KeyError):
        bench.act(lambda: 3, said="Opgeslagen", change=CHANGE, then=raises(KeyError("stuk")))
    assert heard.said == []
    assert heard.changes == []


def test_an_error_of_a_button_in_the_window_reaches_the_last_handler_and_the_status_says_nothing(
    empty_window: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_window.go(Place(page="acties", act="new"))
    form: Form = empty_window.page.form  # type: ignore[attr-defined]
    form.field("what").set_raw("bellen met de nachtzorg")
    form.field("who").set_raw("M. Wiersma")
    monkeypatch.setattr(type(empty_window.bench.desk.actions), "add", raises(KeyError("stuk")))
    with qtbot.captureExceptions() as caught:
        form.submit.click()
    assert [kind for kind, _, _ in caught] == [KeyError]
    told = " ".join(shown_texts(empty_window)).lower()
    assert "toegevoegd" not in told
    assert "opgeslagen" not in told
    assert form.field("what").raw() == "bellen met de nachtzorg"


def test_what_the_user_can_mend_is_told_where_they_work(bench: Bench, heard: Heard) -> None:
    told: list[PzdeskError] = []

    class Here:
        def tell_wrong(self, problem: PzdeskError) -> None:
            told.append(problem)

    problem = BadInput("Deze dag bestaat niet.", field="datum")
    assert not bench.act(raises(problem), said="Opgeslagen", change=CHANGE, wrong=Here())
    assert (told, heard.said) == ([problem], [])
    assert not bench.act(raises(problem), said="Opgeslagen", change=CHANGE)
    assert heard.said == [Said("Deze dag bestaat niet.", None, is_error=True)]


def test_the_last_act_is_undone_once_and_what_it_was_is_said(bench: Bench, heard: Heard) -> None:
    undone: list[int] = []
    bench.act(lambda: 1, said="Eerste gedaan", change=CHANGE, undo=undone.append)
    bench.act(lambda: 2, said="Tweede gedaan", change=CHANGE, undo=undone.append)
    bench.undo_last()
    assert undone == [2]
    assert heard.sentences[-1] == "Ongedaan gemaakt: “Tweede gedaan”"
    said = heard.said[1].undo
    assert said is not None
    said()  # the button in the bar, pressed after Ctrl+Z
    assert undone == [2]
    bench.undo_last()
    bench.undo_last()
    assert undone == [2, 1]
    assert heard.sentences[-1] == NOTHING_TO_UNDO


def test_what_was_done_before_an_act_that_cannot_be_undone_stays(
    bench: Bench, heard: Heard
) -> None:
    bench.act(lambda: 1, said="Gepland", change=CHANGE, undo=lambda _: pytest.fail("undone"))
    bench.act(lambda: 2, said="Vastgelegd", change=CHANGE)
    bench.undo_last()
    assert heard.sentences[-1] == NOTHING_TO_UNDO


def test_acts_on_the_same_row_are_undone_one_after_another(
    bench: Bench, heard: Heard, desk: Desk
) -> None:
    network, made = desk.network, []
    kept = network.keep_professional(factories.a_professional(phone_day="1"))
    for number in ("2", "3"):
        before = kept
        made.append(replace(kept, phone_day=number))
        bench.act(
            lambda: network.keep_professional(made[-1]),
            said="Bewaard",
            change=CHANGE,
            undo=lambda now, was=before: network.keep_professional(  # type: ignore[misc]
                replace(was, version=now.version)
            ),
        )
        kept = network.region()[0][0]
    for number in ("2", "1"):
        bench.undo_last()
        assert heard.sentences[-1] == "Ongedaan gemaakt: “Bewaard”"
        assert network.region()[0][0].phone_day == number


def test_nothing_is_undone_for_another_user(bench: Bench, heard: Heard) -> None:
    bench.act(lambda: 1, said="Gedaan", change=CHANGE, undo=lambda _: pytest.fail("undone"))
    bench.forget_undo()
    bench.undo_last()
    assert heard.sentences[-1] == NOTHING_TO_UNDO


def test_a_job_tells_what_can_be_mended_in_the_bar_and_a_bug_to_the_last_handler(
    bench: Bench, heard: Heard, qtbot: QtBot
) -> None:
    bench.job("Lijst inlezen", raises(Refused("Dit is geen lijst.")), done=lambda _: None)
    until(qtbot, lambda: not bench.jobs.is_busy)
    assert heard.said == [Said("Dit is geen lijst.", None, is_error=True)]
    with qtbot.captureExceptions() as caught:
        bench.job("Lijst inlezen", raises(KeyError("stuk")), done=lambda _: None)
        until(qtbot, lambda: not bench.jobs.is_busy)
    assert [kind for kind, _, _ in caught] == [KeyError]
    assert len(heard.said) == 1


def test_what_was_closed_while_a_job_ran_hears_nothing_and_an_error_comes_in_the_bar(
    bench: Bench, heard: Heard, qtbot: QtBot, light: None
) -> None:
    closed, gone = QLabel(), Form("Weg", lambda _: None)
    for widget in (closed, gone):
        widget.deleteLater()
    bench.job("Kijken", lambda _: "gevonden", done=closed.setText)
    bench.job("Kijken", raises(Refused("Dit is geen lijst.")), done=print, wrong=gone)
    until(qtbot, lambda: not bench.jobs.is_busy)
    assert heard.sentences == ["Dit is geen lijst."]


def test_a_stopped_job_says_that_nothing_changed(bench: Bench, heard: Heard, qtbot: QtBot) -> None:
    bar = Bar(bench)
    qtbot.addWidget(bar)

    def work(progress: object) -> None:
        while True:
            progress.step(1, 2)  # type: ignore[attr-defined]

    bench.job("Lijst inlezen", work, done=lambda _: None, can_cancel=True)
    until(qtbot, lambda: not bar.work.isHidden())
    assert bar.job_words.text() == "Lijst inlezen…"
    assert not bar.stop.isHidden()
    until(qtbot, lambda: (bar.steps.value(), bar.steps.maximum()) == (1, 2))
    bar.stop.click()
    until(qtbot, lambda: not bench.jobs.is_busy)
    assert heard.sentences == ["Gestopt: lijst inlezen. Er is niets veranderd."]
    assert bar.work.isHidden()


def test_what_is_read_in_a_moment_is_shown_at_once_and_what_takes_longer_becomes_a_job(
    bench_over: Callable[[Desk], Bench], desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_over(desk)
    moments = iter([0.0, 0.01, 1.0, 1.5])
    monkeypatch.setattr("pzdesk.gui.bench.perf_counter", lambda: next(moments))
    monkeypatch.setattr("pzdesk.gui.bench.LONG_SECONDS", 0.1)
    seen: list[str] = []
    bench.read("Lijst", lambda: "vlug", done=seen.append)
    bench.read("Lijst", lambda: "langzaam", done=seen.append)
    assert seen == ["vlug", "langzaam"]
    bench.read("Lijst", lambda: "als werk", done=seen.append)
    assert seen == ["vlug", "langzaam"], "it comes back later"
    qtbot.waitUntil(lambda: seen[-1] == "als werk")


def test_a_large_practice_is_read_as_a_job_from_the_start(
    bench_over: Callable[[Desk], Bench], desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.gui.bench.LARGE_BYTES", 1)
    bench = bench_over(desk)
    seen: list[str] = []
    bench.read("Lijst", lambda: "als werk", done=seen.append)
    assert seen == []
    qtbot.waitUntil(lambda: seen == ["als werk"])


def test_what_is_asked_again_while_a_job_reads_it_is_read_once_more_and_only_the_newest_is_shown(
    bench_over: Callable[[Desk], Bench], desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.gui.bench.LARGE_BYTES", 1)
    bench = bench_over(desk)
    asked: list[str] = []
    seen: list[str] = []

    def refused() -> str:
        raise Refused("Dit kan niet.")

    def asking(words: str) -> Callable[[], str]:
        def work() -> str:
            asked.append(words)
            return words

        return work

    for number in ("een", "twee", "drie"):
        bench.read(
            "Lijst", asking(number), done=seen.append, meanwhile=lambda: seen.append("meanwhile")
        )
    assert seen == ["meanwhile"] * 3
    qtbot.waitUntil(lambda: seen[-1] == "drie")
    assert (asked, seen[3:]) == (["een", "drie"], ["drie"])
    bench.read("Lijst", refused, done=seen.append)
    bench.read("Lijst", asking("vier"), done=seen.append)
    qtbot.waitUntil(lambda: seen[-1] == "vier")
