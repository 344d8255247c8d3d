"""Long work runs on a thread of its own and comes back on the thread of the window."""

import gc
import threading
from collections.abc import Iterator
from functools import partial
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from pzdesk.gui.jobs import SHOWN_AFTER_MS, Cancelled, Jobs, Progress


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


def test_the_work_is_done_elsewhere_and_its_outcome_comes_back_here(
    qtbot: QtBot, jobs: Jobs
) -> None:
    here = threading.get_ident()
    seen: list[tuple[int, int]] = []
    jobs.run(
        "Werken",
        lambda _: threading.get_ident(),
        done=lambda there: seen.append((there, threading.get_ident())),
        failed=lambda problem: pytest.fail(str(problem)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    there, back = seen[0]
    assert there != here
    assert back == here
    assert not jobs.is_busy


def test_what_goes_wrong_is_told_as_failed_and_never_as_done(qtbot: QtBot, jobs: Jobs) -> None:
    wrong: list[BaseException] = []

    def work(_: Progress) -> None:
        raise ValueError("stuk")

    jobs.run("Werken", work, done=lambda _: pytest.fail("done"), failed=wrong.append)
    qtbot.waitUntil(lambda: bool(wrong))
    assert isinstance(wrong[0], ValueError)


def test_a_job_that_is_stopped_ends_as_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    begun = threading.Event()
    wrong: list[BaseException] = []

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.step(1, 2)

    job = jobs.run("Werken", work, done=lambda _: None, failed=wrong.append, can_cancel=True)
    assert begun.wait(20)
    job.progress.stop.set()
    qtbot.waitUntil(lambda: bool(wrong))
    assert isinstance(wrong[0], Cancelled)


def test_a_job_is_shown_only_when_it_takes_longer_than_half_a_second(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SHOWN_AFTER_MS == 500
    shown: list[object] = []
    ended: list[object] = []
    jobs.shown.connect(shown.append)
    jobs.ended.connect(ended.append)
    with monkeypatch.context() as patch:
        patch.setattr("pzdesk.gui.jobs.SHOWN_AFTER_MS", 20_000)  # however slow this computer is
        jobs.run("Kort", lambda _: None, done=lambda _: None, failed=lambda _: None)
    qtbot.waitUntil(lambda: len(ended) == 1)
    go_on = threading.Event()
    long = jobs.run("Lang", lambda _: go_on.wait(10), done=lambda _: None, failed=lambda _: None)
    qtbot.waitUntil(lambda: shown == [long])
    go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert shown == [long]


def test_what_comes_back_after_the_stop_is_heard_by_nobody_and_dropped(
    qtbot: QtBot, jobs: Jobs
) -> None:
    heard: list[object] = []
    dropped: list[str] = []
    go_on = threading.Event()

    def work(_: Progress) -> str:
        go_on.set()
        return "een geopende praktijk"

    jobs.run("Openen", work, done=heard.append, failed=heard.append, drop=dropped.append)
    assert go_on.wait(20)
    assert jobs.stop() == []
    assert dropped == ["een geopende praktijk"]
    qtbot.wait(1)
    assert heard == []
    assert not jobs.is_busy


def test_stopping_says_what_was_not_done_and_the_next_job_runs_as_ever(
    qtbot: QtBot, jobs: Jobs
) -> None:
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.step(0, 1)

    never = jobs.run("Lang", work, done=lambda _: None, failed=lambda _: pytest.fail("heard"))
    assert begun.wait(20)
    assert jobs.stop() == [never]
    done: list[int] = []
    jobs.run("Kort", lambda _: 3, done=done.append, failed=lambda _: None)
    qtbot.waitUntil(lambda: done == [3])


class Found:
    """What a job read of somebody."""


def test_what_a_stopped_job_found_is_gone_at_once_though_its_answer_is_still_on_its_way(
    jobs: Jobs,
) -> None:
    begun, may_end, found = threading.Event(), threading.Event(), list[ref[Found]]()

    def work(_: Progress) -> Found:
        begun.set()
        assert may_end.wait(20)
        made = Found()
        found.append(ref(made))
        return made

    about = Found()
    held = ref(about)
    jobs.run("Zoeken", work, done=partial(print, about), failed=lambda _: None)
    del about
    assert begun.wait(20)
    jobs.ask_to_stop()
    may_end.set()
    jobs.wait()
    assert jobs.forget() == []
    gc.collect()
    assert found[0]() is None
    QCoreApplication.sendPostedEvents()
    gc.collect()
    assert held() is None
