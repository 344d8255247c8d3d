"""Guessing a passphrase at the window gets slower with every wrong one."""

from pzdesk.domain.errors import WrongPassphrase
from pzdesk.gui.jobs import Progress

FREE = 3
LONGEST_SECONDS = 30
BUSY = "De wachtzin wordt nagekeken…"


def seconds_after(wrong: int) -> int:
    """How long the next try waits after so many wrong ones: nothing at first, then 1, 2, 4 ... 30 seconds."""
    return min(2 ** (wrong - FREE), LONGEST_SECONDS) if wrong >= FREE else 0


class Patience:
    """Counts what was wrong on one card; it begins anew when the window does."""

    def __init__(self) -> None:
        self._wrong = 0

    def note(self, problem: BaseException) -> None:
        """Count a wrong passphrase; another problem is no guess."""
        self._wrong += isinstance(problem, WrongPassphrase)

    @property
    def words(self) -> str:
        """What is said while a try is being looked at."""
        seconds = seconds_after(self._wrong)
        noun = "tel" if seconds == 1 else "tellen"
        return f"Na {self._wrong} keer mis eerst {seconds} {noun} wachten…" if seconds else BUSY

    def wait(self, progress: Progress) -> None:
        """Wait in the job, before the try; stopping the job ends it at once."""
        progress.stop.wait(seconds_after(self._wrong))
