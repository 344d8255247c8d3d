"""The bench: what a page works with besides its services."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.writer import Writer
from pzdesk.gui.changes import Change, Changes
from pzdesk.gui.jobs import Cancelled, Jobs, Progress, is_there
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk
from pzdesk.services.session import Session

T = TypeVar("T")
LONG_SECONDS = 0.1
NOTHING_TO_UNDO = (
    "Er is niets om ongedaan te maken. Klopt er iets niet, verbeter het dan waar het staat, of leg het daar "
    "opnieuw vast."
)
LARGE_BYTES = 30_000_000  # a few thousand people: the first reading would take a tenth of a second


class TellsWrong(Protocol):
    """Something that shows an error where the user works, such as a form."""

    def tell_wrong(self, problem: PzdeskError) -> None:
        """Show it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the bar, with what undoes the act it tells; or what else its button does (``act``).

    An error goes when the user goes on to another place, unless it ``stays`` until it was closed. What is
    told of a ``draft`` goes when the user is in its form, by whatever way.
    """

    sentence: str
    undo: Callable[[], object] | None = None
    is_error: bool = False
    act: str = ""
    stays: bool = False
    draft: str = ""


@dataclass(slots=True, eq=False)
class _Act:
    """An act that can be undone, with what came of it."""

    said: str
    outcome: Any
    undo: Callable[[Any], object]
    change: Change
    gone: Place | None


@dataclass(frozen=True, slots=True)
class KeyRenewal:
    """A new key for the practice: the work, which gives the session under it, and who tells what is wrong."""

    work: Callable[[], Session]
    wrong: TellsWrong


class Bench(QObject):
    """Services, jobs, changes, the bar, and the way to another place."""

    went = Signal(object)
    said = Signal(object)
    wrong_is_over = Signal()
    """What was told as wrong is mended, or the user went on to somebody else on the same page."""
    counted = Signal(str, int)
    """How much waits for this user on a page, as it shows that now: the rail need not count first."""
    restore_asked = Signal(object)
    """With the path of a backup: whoever opened the window closes the practice for it, and opens it again."""
    renew_asked = Signal(object)
    """With a ``KeyRenewal``, likewise."""
    reopen_asked = Signal()
    """The user may do other things than when the practice was opened: likewise."""
    take_over_asked = Signal()
    """The user wants to write where somebody else does."""
    writer_told = Signal()
    """Somebody else began to write (``other_writer``), or nobody else does any more."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.jobs = jobs
        self.changes = Changes(self)
        self.other_writer: Writer | None = None
        self._undo: list[_Act] = []
        self._reads_long: dict[str, bool] = {}
        self._readings: dict[str, Callable[[], None]] = {}

    @property
    def today(self) -> date:
        """This day on the wall."""
        return self.desk.session.today

    def go(self, place: Place) -> None:
        """Go to a place."""
        self.went.emit(place)

    def tell_writer(self, other: Writer | None) -> None:
        """Say who else writes now, so that this window only reads; None where it may write."""
        self.other_writer = other
        self.writer_told.emit()

    def tell(self, sentence: str, *, is_error: bool = False, stays: bool = False) -> None:
        """Say something in the bar."""
        self.said.emit(Said(sentence, None, is_error, stays=stays))

    def act(
        self,
        work: Callable[[], T],
        *,
        said: str,
        change: Change,
        undo: Callable[[T], object] | None = None,
        then: Callable[[T], object] | None = None,
        wrong: TellsWrong | None = None,
        gone: Place | None = None,
    ) -> bool:
        """Do one thing through a service; say so only when it was done.

        A ``PzdeskError`` is shown by ``wrong`` (a form), or else in the bar. Anything else is a bug and goes
        on to the last handler: nothing is said to be saved. ``then`` comes before the change is told.
        ``gone``: where undoing leads, when it takes away what is open.
        """
        try:
            outcome = work()
        except PzdeskError as problem:
            if wrong is not None:
                wrong.tell_wrong(problem)
            else:
                self.tell(str(problem), is_error=True)
            return False
        if then is not None:
            then(outcome)
        self.changes.tell(change)
        if undo is None:
            # What was done before is not undone by who wants this undone, in whatever file that was.
            self.forget_undo()
            self.said.emit(Said(said))
        else:
            entry = _Act(said, outcome, undo, change, gone)
            self._undo.append(entry)
            self.said.emit(Said(said, lambda: self._take_back(entry)))
        return True

    def undo_last(self) -> None:
        """Undo the last act that can be undone (Ctrl+Z outside a field)."""
        if not self._undo:
            self.tell(NOTHING_TO_UNDO)
            return
        self._take_back(self._undo[-1])

    def job(
        self,
        words: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], object],
        wrong: TellsWrong | None = None,
        failed: Callable[[], object] | None = None,
        can_cancel: bool = False,
        drop: Callable[[T], object] | None = None,
    ) -> None:
        """Long work off the thread of the window; what the user can mend is told as in ``act``.

        ``drop`` gets an outcome for which nobody waits any more, such as a practice to be closed. What was
        closed meanwhile hears nothing any more; what is wrong is then told in the bar.
        """

        def not_done(problem: BaseException) -> None:
            if failed is not None and is_there(failed):
                failed()
            if isinstance(problem, Cancelled):
                self.tell(f"Gestopt: {words[0].lower()}{words[1:]}. Er is niets veranderd.")
            elif isinstance(problem, PzdeskError):
                if wrong is not None and is_there(wrong):
                    wrong.tell_wrong(problem)
                else:
                    self.tell(str(problem), is_error=True)
            else:
                raise problem

        self.jobs.run(words, work, done=done, failed=not_done, can_cancel=can_cancel, drop=drop)

    def read(
        self,
        words: str,
        work: Callable[[], T],
        *,
        done: Callable[[T], object],
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """Read something to show: at once where that takes a moment, as a job where it took longer before.

        A practice of thirty people is read faster than a job comes back; one of thousands is not, and
        must not hold up the next key. A large file counts as long from the start. ``meanwhile`` shows what
        there is while a job reads. What is asked again while a job reads it is read once more after it.
        """
        if self._reads_long.get(words, self._is_large()):
            if meanwhile is not None:
                meanwhile()
            is_reading = words in self._readings
            self._readings[words] = lambda: self._read_long(words, work, done)
            if not is_reading:
                self._readings[words]()
            return
        begin = perf_counter()
        outcome = work()
        self._reads_long[words] = perf_counter() - begin > LONG_SECONDS
        done(outcome)

    def _read_long(self, words: str, work: Callable[[], T], done: Callable[[T], object]) -> None:
        mine = self._readings[words]

        def again() -> bool:
            """Whether what was read is old news; then it is read anew."""
            newer = self._readings.pop(words)
            if newer is mine:
                return False
            self._readings[words] = newer
            newer()
            return True

        def read(outcome: T) -> None:
            if not again() and is_there(done):
                done(outcome)

        self.job(words, lambda _: work(), done=read, failed=again)

    def _is_large(self) -> bool:
        return self.desk.session.store.size() > LARGE_BYTES

    def forget_undo(self) -> None:
        """Nothing can be undone any more (another user, another practice)."""
        self._undo.clear()

    def _take_back(self, entry: "_Act") -> None:
        if entry not in self._undo:
            return
        self._undo.remove(entry)
        try:
            found = entry.undo(entry.outcome)
        except PzdeskError as problem:
            self.tell(str(problem), is_error=True)
            return
        if entry.gone is not None:
            self.go(entry.gone)
        for one in found if isinstance(found, list | tuple) else (found,):
            self._renew(one)
        self.changes.tell(entry.change)
        self.tell(f"Ongedaan gemaakt: “{entry.said}”")

    def _renew(self, kept: Any) -> None:
        """What is undone next may be an earlier act on the same row, which has a new version now."""
        version = getattr(kept, "version", None)
        for entry in self._undo if version is not None else ():
            was = entry.outcome
            if type(was) is type(kept) and was.id == kept.id:
                entry.outcome = replace(was, version=version)
