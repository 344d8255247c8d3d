"""The lock file: one writer of clinical data at a time, with who and since when.

The operating system holds the lock, so that a crash frees it; the text in the file is for people.
"""

import json
import os
import socket
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pzdesk.domain.errors import StoreBusy, StoreError

WAIT_SECONDS = 1.0
_FAR = 1 << 30  # where Windows locks a byte, so that the text stays readable


class WriterLock:
    """The lock of one store, held from ``take`` until ``release``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, login: str, now: datetime) -> None:
        """Hold the lock; what a dead holder left behind is written over.

        A command holds it for a moment only, so another one waits that moment.

        Raises:
            StoreBusy: somebody else holds it; the sentence says who and since when.
            StoreError: the folder cannot be written.
        """
        if self._file is not None:
            return
        try:
            file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as problem:
            raise StoreError("De map van de praktijk is niet te beschrijven.") from problem
        until = time.monotonic() + WAIT_SECONDS
        while not _locked(file):
            if time.monotonic() > until:
                os.close(file)
                raise StoreBusy(_sentence(self.holder()))
            time.sleep(0.02)
        holder = {
            "login": login,
            "since": now.isoformat(timespec="seconds"),
            "computer": socket.gethostname(),
            "process": os.getpid(),
        }
        self._file = file
        with suppress(OSError):  # the text is for people: on a full disk the lock holds without it
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, json.dumps(holder).encode())

    def holder(self) -> dict[str, object]:
        """What the file says; empty when nobody wrote in it."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def release(self) -> None:
        """Let go; the file stays, empty."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


def _locked(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sentence(holder: dict[str, object]) -> str:
    who = holder.get("login") or "Iemand anders"
    since = ""
    try:
        moment = datetime.fromisoformat(str(holder.get("since")))
        since = f" sinds {moment:%d-%m-%Y %H.%M} uur"
    except ValueError:
        pass
    computer = f" op {holder['computer']}" if holder.get("computer") else ""
    return (
        f"{who} is{since}{computer} in deze praktijk aan het schrijven. "
        "Lezen kan wel; probeer het later opnieuw."
    )
