"""A store: a folder with the encrypted database, the key slots, the lock and the anchor of the log."""

import glob
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from pzdesk.domain.errors import Refused, StoreBusy, StoreDamaged, StoreError, StoreMissing
from pzdesk.domain.user import User
from pzdesk.security import keys, sealed, slots
from pzdesk.security.plain import read_json
from pzdesk.security.slots import KeyFile
from pzdesk.store import audit, database, destroying, migrate
from pzdesk.store.lock import WriterLock
from pzdesk.store.unit import Unit, unit_of_work

DATABASE = "store.db"
KEYS = "keys.json"
LOCK = "writer.lock"
ANCHOR = "anchor.json"
BACKUPS = "backups"
_RANDOM = 4
_ANCHOR_BYTES = 160


class Store:
    """An unlocked store. ``close`` leaves no open handle and an empty write-ahead log.

    A log that lacks what was anchored keeps its anchor as it is: every opening and every check tells.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self.engine = database.engine_for(folder / DATABASE, key)
        self.lock = WriterLock(folder / LOCK)
        self._key = key
        self._lost = False
        self._unanchored = False
        self._file = _identity(folder / DATABASE)
        self._wrote: tuple[str, datetime] | None = None
        self.no_writing = ""
        """Why nothing may be saved now: it is being looked at, or is damaged; empty when it may."""

    @contextmanager
    def reading(self, user: User, now: datetime) -> Iterator[Unit]:
        """A unit that reads; its line in the log is written when it is committed."""
        self._check_file()
        with unit_of_work(self.engine, user, now, writes=False) as unit:
            yield unit
        self._check_file()  # else the line in the log went with the file that was replaced meanwhile
        self._anchor(unit)

    @contextmanager
    def writing(self, user: User, now: datetime) -> Iterator[Unit]:
        """A unit that writes; takes the lock of the one writer.

        Raises:
            StoreBusy: somebody else is writing, or nothing may be saved now (``no_writing``).
            TakenOver: somebody took over since this one last wrote.
        """
        if self.no_writing:
            raise StoreBusy(self.no_writing)
        self.lock.take(user.login, now, user.name)
        self._check_file()
        with unit_of_work(self.engine, user, now, writes=True) as unit:
            # Only inside the transaction it is certain: whoever takes over waits for its end.
            self.lock.check(now)
            self._check_file()
            yield unit
        self._wrote = (user.login, now)
        self._anchor(unit)

    @contextmanager
    def holding_keys(self, lock: WriterLock, now: datetime) -> Iterator[sa.Connection]:
        """A transaction in which the key file alone is changed; it is rolled back.

        Whoever else changes the key file does so in a transaction that writes, as ``writing`` gives one. So
        what was read in it is still what stands there, also where this process slept and was taken over.

        Raises:
            StoreBusy, TakenOver: somebody else is writing.
            StoreDamaged: another file took the place of the one that was opened.
        """
        with (
            database.told_to_user(),
            self.engine.connect().execution_options(pzdesk_writes=True) as connection,
        ):
            try:
                connection.begin()
                lock.check(now)
                self._check_file()
                yield connection
            finally:
                connection.rollback()

    def anchored(self, key_file: KeyFile, connection: sa.Connection, now: datetime) -> KeyFile:
        """The key file that says too how far the log is, for who writes that file in a transaction.

        What it says already and the log lacks stays: every opening and every check tells.
        """
        was = key_file.anchor
        if self._lost or (was and audit.head_at(connection, was.sequence) != was.head):
            return key_file
        sequence, head = audit.last(connection)
        if was is not None and was.sequence == sequence:
            return key_file
        return keys.with_anchor(key_file, sequence, head, now)

    def anchor_keys(self, login: str, now: datetime) -> None:
        """Say in the key file how far the log is, at a calm moment: it is not to be rewritten at each act.

        Where that cannot be now, because somebody is writing or the disk is full, the next one does.
        """
        # One of its own where this one does not write: another thread may begin to save meanwhile.
        lock = self.lock if self.lock.is_held else WriterLock(self.folder / LOCK)
        try:
            with suppress(StoreError, sa.exc.DBAPIError, *database.ERRORS):
                if not self.no_writing and lock.take_if_free(login, now):
                    with self.holding_keys(lock, now) as connection:
                        before = keys.read(self.folder / KEYS)
                        changed = self.anchored(before, connection, now)
                        if changed != before:
                            keys.write(self.folder / KEYS, changed)
        finally:
            if lock is not self.lock:
                lock.release()

    def anchor(self) -> tuple[int, str] | None:
        """Sequence and head of the log as they stand outside the database, or None when unknown."""
        try:
            data = read_json(self.folder / ANCHOR)
            sequence, head = data["sequence"], data["head"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return (sequence, head) if slots.is_line(sequence, head) else None

    def anchors(self) -> tuple[tuple[int, str], ...]:
        """All that stands outside the database about the log: beside it, and in the key file."""
        found = [self.anchor()]
        with suppress(StoreError):  # what is wrong with the keys is told by who opens with them
            kept = keys.read(self.folder / KEYS).anchor
            found.append((kept.sequence, kept.head) if kept is not None else None)
        return tuple(one for one in found if one is not None)

    def size(self) -> int:
        """How many bytes the database has on disk; 0 when that cannot be told."""
        try:
            return (self.folder / DATABASE).stat().st_size
        except OSError:
            return 0

    def data_key(self) -> bytes:
        """The key of the database, for making another slot."""
        return self._key

    def anchor_was_missing(self) -> bool:
        """Whether a log with lines had no anchor when this store was opened: somebody removed it."""
        return self._unanchored

    def lacking(self) -> tuple[int, str] | None:
        """A line that was anchored outside the database and that the log has not; None where it has all."""
        anchors = self.anchors()  # first: another window may be adding lines meanwhile
        with database.told_to_user(), self.engine.connect() as connection:
            lost = (one for one in anchors if audit.head_at(connection, one[0]) != one[1])
            return next(lost, None)

    def lost_events(self) -> bool:
        """Whether the log lacked what was anchored when this store was opened.

        Then work that was saved is lost, or an old copy was put back.
        """
        return self._lost

    def look(self) -> None:
        """Look once, before anything is written, at what only the opening can see.

        Raises:
            StoreDamaged: the file is shorter than its own header says, or cannot be read.
        """
        path, is_anchored, anchors = self.folder / DATABASE, self.anchor(), self.anchors()
        with database.told_to_user(), self.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            self._lost = any(audit.head_at(connection, line) != head for line, head in anchors)
            self._unanchored = is_anchored is None and audit.last(connection)[0] > 0
        wal = path.with_name(f"{DATABASE}-wal")
        if (
            not (wal.exists() and wal.stat().st_size)
            and path.stat().st_size != pages * database.PAGE
        ):
            self._check_file()  # else two files were compared
            raise StoreDamaged(
                f"{DATABASE} is afgekapt: het bestand is beschadigd. Zet een back-up terug."
            )

    def close(self) -> None:
        """Empty the write-ahead log into the file, close every handle and free the lock."""
        if self._wrote is not None:
            self.anchor_keys(*self._wrote)
            self._wrote = None
        # A busy or damaged store must still close: the next one to close empties the log.
        with suppress(StoreError, *database.ERRORS):
            connection = database.connect(self.folder / DATABASE, self._key)
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()
        self.engine.dispose()
        self.lock.release()

    @property
    def is_replaced(self) -> bool:
        """Whether another file took the place of the one that was opened."""
        return self._file is not None and _identity(self.folder / DATABASE) != self._file

    def _check_file(self) -> None:
        """Refuse to work on in a file that a restored backup, or one under a new key, took the place of."""
        self._file = self._file or _identity(
            self.folder / DATABASE
        )  # a new store has its file only now
        if self.is_replaced:
            raise StoreDamaged(
                "Onder dit venster is een back-up teruggezet of de sleutel vernieuwd. "
                "Sluit de praktijk en open haar opnieuw."
            )

    def _anchor(self, unit: Unit) -> None:
        """Say outside the database how far the log is; never newer than what is durable."""
        if unit.head is None or self._lost:
            return
        sequence, head = unit.head
        text = json.dumps({"sequence": sequence, "head": head}).encode().ljust(_ANCHOR_BYTES)
        with suppress(OSError):  # the anchor is a witness: without it the work itself is still safe
            self._write_anchor(self.folder / ANCHOR, text)

    def _write_anchor(self, path: Path, text: bytes) -> None:
        """Write over the anchor that stands there: one write within one sector, so that a power cut leaves
        the old or the new. A file that was renamed into its place without a sync could be left empty.

        A process may sleep between its commit and this, and a backup be put back meanwhile. Then the database
        goes first and the anchor after it: what was opened here before the database was replaced is the old
        anchor, that lies aside.
        """
        with suppress(FileNotFoundError):
            handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                if self.is_replaced:
                    return
                if os.fstat(handle).st_size == len(text):
                    os.write(handle, text)
                    return
            finally:
                os.close(handle)
        if not self.is_replaced:
            sealed.replace_durably(path, text)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def create(
    folder: Path,
    key: bytes,
    key_file: bytes,
    now: datetime,
    *,
    fill: Callable[[Store], None] | None = None,
) -> None:
    """Make a new store folder, whole or not at all: it appears with what ``fill`` put in it.

    Raises:
        Refused: there is something at that place already.
        StoreError: the disk is full or not writable.
    """
    database.check_native()
    folder = folder.resolve()
    check_free(folder)
    making = folder.with_name(f".{folder.name}-{secrets.token_hex(_RANDOM)}")
    try:
        sealed.make_folder(folder.parent)
        _clear_left_behind(folder, now)
        making.mkdir(mode=0o700)
        _make(Store(making, key), key, key_file, now, fill)
        if folder.exists():
            folder.rmdir()
        sealed.sync_folder(making)
        making.rename(folder)
        sealed.sync_folder(folder.parent)
    except OSError as problem:
        raise StoreError(
            "De praktijk kon niet worden aangemaakt: de schijf is vol of niet beschrijfbaar."
        ) from problem
    finally:
        shutil.rmtree(making, ignore_errors=True)


def check_free(folder: Path) -> None:
    """Look whether a store can come at a place (raises ``Refused``)."""
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"Op deze plaats staat al iets: {folder}. Kies een nieuwe of lege map.")
    if folder == Path.cwd():
        raise Refused(f"U werkt nu in deze map: {folder}. Kies een nieuwe map.")


def _make(
    store: Store,
    key: bytes,
    key_file: bytes,
    now: datetime,
    fill: Callable[[Store], None] | None,
) -> None:
    try:
        store.lock.take("", now)  # tells a next attempt that somebody is at work here
        database.create_file(store.folder / DATABASE, key)
        migrate.upgrade(store.folder / DATABASE, key, backups=None, now=now)
        keys.write_private(store.folder / KEYS, key_file)
        if fill is not None:
            fill(store)
    finally:
        store.close()


def _clear_left_behind(folder: Path, now: datetime) -> None:
    """Remove what an attempt left that was killed half way: nobody holds its lock."""
    for left in folder.parent.glob(f".{glob.escape(folder.name)}-{'[0-9a-f]' * 2 * _RANDOM}"):
        if (left / LOCK).is_file():
            lock = WriterLock(left / LOCK)
            with suppress(StoreError):
                lock.take("", now)
                lock.release()
                shutil.rmtree(left, ignore_errors=True)


def check_parts(folder: Path) -> None:
    """Look whether a folder is a store at all, before a key is derived.

    Raises:
        StoreMissing: the folder or a part of it is missing.
        StoreDamaged: the database is empty, cut or not encrypted.
    """
    if not folder.is_dir():
        raise StoreMissing(f"Er is geen praktijk op deze plaats: {folder}")
    has_keys, has_database = (folder / KEYS).is_file(), (folder / DATABASE).is_file()
    if not has_keys and not has_database:
        raise StoreMissing(f"Er is geen praktijk op deze plaats: {folder}")
    if not has_keys:
        raise StoreMissing(
            f"In deze map ontbreekt {KEYS}: zonder sleutels gaat de praktijk niet open. "
            "Zet een back-up terug."
        )
    database.check_file(folder / DATABASE)


def open_with_key(folder: Path, key: bytes, now: datetime, *, login: str = "") -> Store:
    """Open a store with its key; an older schema is brought up to date first, in the name of ``login``.

    Raises:
        StoreError: see ``check_parts``, ``database.connect`` and ``migrate``; StoreBusy when it has to
            be brought up to date while somebody is writing.
    """
    database.check_native()
    check_parts(folder)
    if database.is_cut(folder / DATABASE):
        database.write_back(folder / DATABASE, key)
        check_parts(folder)
    if migrate.is_needed(folder / DATABASE, key):
        _bring_up_to_date(folder, key, now, login)
    store = Store(folder, key)
    try:
        store.look()
        with suppress(StoreError):  # of a destruction after which nobody could
            destroying.sweep(folder / DATABASE, key)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(folder: Path, key: bytes, now: datetime, login: str) -> None:
    lock = WriterLock(folder / LOCK)
    lock.take(login, now, alone=True)
    try:
        if migrate.is_needed(folder / DATABASE, key):  # who held the lock may have done it
            path = folder / DATABASE
            migrate.upgrade(path, key, backups=folder / BACKUPS, now=now, login=login)
    finally:
        lock.release()
