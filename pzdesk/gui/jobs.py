"""Long work: one worker thread, one bridge back; a worker touches no widget.

A job is a function that takes a ``Progress``. What it returns or raises comes back on the thread of the
window.
"""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from weakref import ref

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

SHOWN_AFTER_MS = 500


class Cancelled(Exception):
    """The user stopped the job."""


@dataclass(slots=True)
class Progress:
    """How far a job is, written by the job; and whether it should stop, written by the window."""

    done: int = 0
    total: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def step(self, done: int, total: int) -> None:
        """Say how far it is.

        Raises:
            Cancelled: the user wants it to stop.
        """
        self.done, self.total = done, total
        if self.stop.is_set():
            raise Cancelled

    def is_cancelled(self) -> bool:
        """Whether the job should stop."""
        return self.stop.is_set()


@dataclass(slots=True, eq=False, weakref_slot=True)
class Job:
    """One piece of work and what to do with its outcome."""

    words: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], object]
    failed: Callable[[BaseException], object]
    can_cancel: bool
    drop: Callable[[Any], object] | None = None
    progress: Progress = field(default_factory=Progress)
    was_shown: bool = False
    is_done: bool = False
    outcome: Any = None


def is_there(asked: object) -> bool:
    """Whether an object of Qt, or that of a method, is not deleted yet."""
    asked = asked.func if isinstance(asked, partial) else asked
    owner = getattr(asked, "__self__", asked)
    return not isinstance(owner, QObject) or isValid(owner)


class Jobs(QObject):
    """Runs jobs one after another.

    ``shown`` is told with a job that takes longer than half a second, ``ended`` when any job ends.
    """

    shown = Signal(object)
    ended = Signal(object)
    _back = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._running: list[Job] = []
        self._left: list[Job] = []
        self._thread: threading.Thread | None = None
        self._stopping: threading.Thread | None = None
        self._back.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether any job runs or waits."""
        return bool(self._running)

    def run(
        self,
        words: str,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
        can_cancel: bool = False,
        drop: Callable[[Any], object] | None = None,
    ) -> Job:
        """Start a job; ``done`` or ``failed`` is called on the thread of the window.

        ``drop`` gets an outcome that nobody waits for any more, such as a practice to be closed again.
        """
        job = Job(words, work, done, failed, can_cancel, drop)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="pzdesk-jobs", daemon=True)
            self._thread.start()
        self._running.append(job)
        asked = ref(
            job
        )  # a job that is stopped takes what it held with it, not half a second later
        QTimer.singleShot(SHOWN_AFTER_MS, self, lambda: self._show(asked()))
        self._waiting.put(job)
        return job

    def stop(self) -> list[Job]:
        """Ask every job to stop, wait for the worker, and forget what it found; gives what was not done.

        What is on its way back stays unheard: a paper that was being made does not open over a lock.
        """
        self.ask_to_stop()
        self.wait()
        return self.forget()

    def ask_to_stop(self) -> None:
        """Ask every job to stop; from here on nothing of them is heard."""
        for job in self._running:
            job.progress.stop.set()
        self._left += self._running
        self._running = []
        if self._thread is not None:
            self._waiting.put(None)
            self._thread, self._stopping = None, self._thread

    def wait(self) -> None:
        """Wait, on any thread, until the worker that was asked to stop has stopped."""
        if self._stopping is not None:
            self._stopping.join()

    def forget(self) -> list[Job]:
        """Drop what the jobs that were stopped have found; gives what was not done."""
        self._stopping = None
        stopped, self._left = self._left, []
        for job in stopped:
            # What is on its way back holds the job for a moment more.
            outcome, job.outcome = job.outcome, None
            if job.is_done and job.drop is not None:
                job.drop(outcome)
            self.ended.emit(job)
        return [job for job in stopped if not job.is_done]

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                if job.progress.stop.is_set():
                    raise Cancelled
                job.outcome = job.work(job.progress)
                job.is_done = True
            except BaseException as problem:
                self._bring_back(job, problem)
            else:
                self._bring_back(job, None)

    def _bring_back(self, job: Job, problem: BaseException | None) -> None:
        # A timer that outlived its window by a moment started this: its window is gone, nobody waits.
        with suppress(RuntimeError):
            self._back.emit(job, problem)

    def _show(self, job: Job | None) -> None:
        if job is not None and job in self._running:
            job.was_shown = True
            self.shown.emit(job)

    def _finish(self, job: Job, problem: BaseException | None) -> None:
        if job not in self._running:  # stopped meanwhile
            return
        self._running.remove(job)
        self.ended.emit(job)
        if problem is None:
            outcome, job.outcome = job.outcome, None
            if is_there(job.done):
                job.done(outcome)
            elif job.drop is not None:
                job.drop(outcome)
        else:
            job.failed(problem)
