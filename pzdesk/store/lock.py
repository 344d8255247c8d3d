"""The lock file: one writer of clinical data at a time, with who and since when.

The operating system holds the lock, so that a crash frees it; the text in the file is for people. Who is
hung or asleep holds its lock and answers nobody: then the next file of the row is made (``writer-1.lock``
after ``writer.lock``), which one process alone can do, and the last file of the row is the lock from there.
A writer looks inside each transaction whether its file is still the last: who was taken over while it slept
never writes again. No clock decides anything here.
"""

import json
import os
import re
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pzdesk.domain.errors import Cancelled, StoreBusy, StoreError, TakenOver
from pzdesk.domain.user import User
from pzdesk.domain.writer import Writer, alone_words, busy_words, taken_words
from pzdesk.security.plain import read_json

ASK = "writer.ask"
WAIT_SECONDS = 1.0
ANSWER_SECONDS = 8.0
"""How long a window that is asked to let go may take; it looks every second and a half."""
_LOOKED_EVERY = 0.1
_TAKEN_BY = "taken_by"
_FAR = 1 << 30  # where Windows locks a byte, so that the text stays readable


class WriterLock:
    """The lock of one store, held from ``take`` until ``release``, or until somebody takes over.

    ``stays``: whether this is a window that keeps the lock while somebody works; a command is done in a
    moment, and is waited for.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._number = 0
        self._guard = threading.RLock()  # the window and its worker thread both save
        self.stays = False

    @property
    def is_held(self) -> bool:
        """Whether this one writes, as far as it knows."""
        return self._file is not None

    def take(self, login: str, now: datetime, name: str = "", *, alone: bool = False) -> None:
        """Hold the lock; what a dead holder left behind is written over.

        A command holds it for a moment only, so another one waits that moment. ``alone``: for what cannot be
        taken over, such as putting a backup back.

        Raises:
            StoreBusy: somebody else holds it; the sentence says who and since when.
            StoreError: the folder cannot be written.
        """
        with self._guard:
            until = time.monotonic() + WAIT_SECONDS
            while not self.take_if_free(login, now, name, alone=alone):
                held_by = self.holder()
                # Who looks keeps it too, for less than a moment; what a dead window left still says "stays".
                stays = held_by.get("stays") and not _is_free(self._place(self._last()))
                if stays or time.monotonic() > until:
                    words = alone_words if alone else busy_words
                    raise StoreBusy(words(_writer(held_by), now))
                time.sleep(0.02)

    def take_if_free(
        self, login: str, now: datetime, name: str = "", *, alone: bool = False
    ) -> bool:
        """Hold the lock where nobody does; whether it is held now.

        Raises:
            StoreError: the folder cannot be written.
        """
        with self._guard:
            if self._file is not None:
                return True
            number = self._last()
            try:
                file = os.open(self._place(number), os.O_CREAT | os.O_RDWR, 0o600)
            except OSError as problem:
                raise StoreError("De map van de praktijk is niet te beschrijven.") from problem
            if not _locked(file) or self._last() != number:
                os.close(file)
                return False
            text = _text(login, name, now, stays=self.stays)
            self._begin(file, number, {**text, "alone": True} if alone else text)
            return True

    def check(self, now: datetime) -> None:
        """Look, inside a transaction that writes, whether this one still may.

        Raises:
            TakenOver: somebody took over meanwhile; from here on this one only reads.
            StoreBusy: it let go meanwhile.
        """
        with self._guard:
            if self._file is None:
                raise StoreBusy(busy_words(_writer(self.holder()), now))
            if (taker := self.lost_to()) is not None:
                raise TakenOver(taken_words(taker, now))

    def lost_to(self) -> Writer | None:
        """Who took over while this one held the lock; from here on this one only reads."""
        with self._guard:
            if self._file is None or self._last() == self._number:
                return None
            taker = _read(self._place(self._number)).get(_TAKEN_BY)
            self._drop()
            return _writer(taker if isinstance(taker, dict) else self.holder())

    def holder(self) -> dict[str, Any]:
        """What the file says; empty when nobody wrote in it."""
        return _read(self._place(self._last()))

    def other(self) -> Writer | None:
        """Who else holds the lock now; None where nobody does, or this one."""
        with self._guard:
            if self._file is not None and self._last() == self._number:
                return None
            path = self._place(self._last())
            text = _read(path)
            if not text or _is_free(path):
                return None
            return _writer(text, path)

    def breathe(self) -> None:
        """Give a sign of life, for who reads along."""
        if self._file is not None:
            with suppress(OSError):
                os.utime(self._place(self._number))

    def asked(self) -> Writer | None:
        """Who asks now to take over; who asked and died does not."""
        path = self._path.with_name(ASK)
        text = _read(path)
        return _writer(text) if text and not _is_free(path) else None

    def take_over(
        self, user: User, now: datetime, *, cancelled: Callable[[], bool] = lambda: False
    ) -> Writer:
        """Ask who holds the lock to let go, and take it; also where no answer comes. Gives who that was.

        Raises:
            StoreBusy: a third one was first, or the other one is at what cannot be taken over.
            Cancelled: it is not wanted any more; the other one may have let go already.
            StoreError: the folder cannot be written.
        """
        number, before = self._last(), self.holder()
        ask = self._ask(user, now)
        try:
            until = time.monotonic() + ANSWER_SECONDS
            while not self.take_if_free(user.login, now, user.name):
                found = self.holder()
                if found and found.get("token") != before.get("token"):
                    raise StoreBusy(busy_words(_writer(found), now))
                if cancelled():
                    raise Cancelled("Het schrijven is niet overgenomen.")
                if time.monotonic() > until:
                    if found.get("alone"):
                        raise StoreBusy(alone_words(_writer(found), now))
                    self._force(number + 1, user, now)
                    break
                time.sleep(_LOOKED_EVERY)
        finally:
            if ask is not None:
                with suppress(OSError):
                    os.ftruncate(ask, 0)
                os.close(ask)
        return _writer(before)

    def release(self) -> None:
        """Let go; the file stays, empty."""
        with self._guard:
            if self._file is not None:
                with suppress(OSError):
                    os.ftruncate(self._file, 0)
                self._drop()

    def _ask(self, user: User, now: datetime) -> int | None:
        """The open file that asks; None where somebody asks already, and may yet turn out to be hung."""
        try:
            file = os.open(self._path.with_name(ASK), os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as problem:
            raise StoreError("De map van de praktijk is niet te beschrijven.") from problem
        if not _locked(file):
            os.close(file)
            return None
        _write(file, _text(user.login, user.name, now, stays=self.stays))
        return file

    def _force(self, number: int, user: User, now: datetime) -> None:
        """Make the next file of the row: of several at once, one can."""
        with self._guard:
            making = os.O_CREAT | os.O_EXCL | os.O_RDWR
            try:
                file = os.open(self._place(number), making, 0o600)
            except FileExistsError:
                raise StoreBusy(busy_words(_writer(self.holder()), now)) from None
            except OSError as problem:
                raise StoreError("De map van de praktijk is niet te beschrijven.") from problem
            if not _locked(file) or self._last() != number:
                os.close(file)
                raise StoreBusy(busy_words(_writer(self.holder()), now))
            text = _text(user.login, user.name, now, stays=self.stays)
            self._begin(file, number, text)
            # Who wakes up later reads by whom, also when that one is done by then.
            with suppress(OSError):
                before = os.open(self._place(number - 1), os.O_RDWR)
                _write(before, {_TAKEN_BY: text})
                os.close(before)

    def _begin(self, file: int, number: int, text: dict[str, Any]) -> None:
        self._file, self._number = file, number
        _write(file, text)
        for earlier in self._numbers() - {0, number}:
            # who slept there and is awake again has no use for its file
            path = self._place(earlier)
            if path.exists() and _is_free(path):
                with suppress(OSError):
                    path.unlink()

    def _drop(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _last(self) -> int:
        """The number of the file that is the lock now."""
        return max(self._numbers(), default=self._number)

    def _numbers(self) -> set[int]:
        """The numbers of the files of the row; empty where the folder cannot be read."""
        try:
            names = os.listdir(self._path.parent)
        except OSError:
            return set()
        later = re.compile(
            rf"{re.escape(self._path.stem)}-(\d{{1,6}}){re.escape(self._path.suffix)}"
        )
        return {0, *(int(found[1]) for name in names if (found := later.fullmatch(name)))}

    def _place(self, number: int) -> Path:
        if number == 0:
            return self._path
        return self._path.with_name(f"{self._path.stem}-{number}{self._path.suffix}")


def _text(login: str, name: str, now: datetime, *, stays: bool) -> dict[str, Any]:
    return {
        "login": login,
        "name": name,
        "since": now.isoformat(timespec="seconds"),
        "computer": socket.gethostname(),
        "process": os.getpid(),
        "stays": stays,
        "token": secrets.token_hex(8),
    }


def _write(file: int, text: dict[str, Any]) -> None:
    with suppress(OSError):  # the text is for people: on a full disk the lock holds without it
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, json.dumps(text).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        data = read_json(path)
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _writer(text: dict[str, Any], path: Path | None = None) -> Writer:
    """What a lock file says, as far as it can be read."""
    since = None
    with suppress(ValueError):
        since = datetime.fromisoformat(str(text.get("since")))
    if since is not None and since.tzinfo is None:
        since = None
    sign = None
    if path is not None:
        with suppress(OSError):
            sign = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    words = {key: str(text.get(key) or "") for key in ("login", "name", "computer", "token")}
    return Writer(since=since, last_sign=sign, **words)


def _is_free(path: Path) -> bool:
    """Whether nobody holds the lock of a file; asked without keeping a writer from taking it."""
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return not path.exists()
    try:
        return _locked(file, shared=True)
    finally:
        os.close(file)


def _locked(file: int, *, shared: bool = False) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
