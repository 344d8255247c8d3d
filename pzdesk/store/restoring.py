"""Putting a backup back: in a new place, or in the place of a store that stays beside it.

Restoring over a store is prepared in a folder of its own inside the store and proved there. Writing
``plan.json`` is the moment it counts: from there it is carried out, and a process that was killed half way
is carried on by whoever opens the store next.
"""

import json
import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pzdesk.domain.backup import Backup
from pzdesk.domain.errors import StoreError
from pzdesk.security import sealed
from pzdesk.store import backups
from pzdesk.store.folder import ANCHOR, BACKUPS, DATABASE, KEYS, LOCK, check_free
from pzdesk.store.lock import WriterLock

PREPARED = "terugzetten"
PLAN = "plan.json"
_PARTS = (f"{DATABASE}-wal", f"{DATABASE}-shm", DATABASE, KEYS, ANCHOR)
_NOT_RESTORED = (
    "De back-up kon niet worden teruggezet: de schijf is vol of niet beschrijfbaar. "
    "Alles is nog zoals het was."
)


def restore_new(path: Path, key: bytes, folder: Path) -> Backup:
    """Make a store out of a backup at a new place, whole or not at all.

    Raises:
        Refused: there is something at that place.
        StoreError, UnreadableFile: the backup is damaged, foreign or newer, or the disk is full.
    """
    folder = folder.resolve()
    check_free(folder)
    making = folder.with_name(f".{folder.name}-{os.getpid()}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making.mkdir(mode=0o700)
        found = _taken(path, key, making)
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    except OSError as problem:
        raise StoreError(_NOT_RESTORED) from problem
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return found


def restore_over(path: Path, key: bytes, folder: Path, login: str, now: datetime) -> Path:
    """Put a backup in the place of a store; returns the folder in which all that stood there lies now.

    Nobody may be writing meanwhile. What is damaged can be replaced like what is whole.

    Raises:
        StoreBusy: somebody is writing.
        StoreError, UnreadableFile: see ``restore_new``; the store is as it was.
    """
    lock = WriterLock(folder / LOCK)
    lock.take(login, now)
    try:
        carry_out(folder)  # one that was begun before
        prepared = folder / PREPARED
        shutil.rmtree(prepared, ignore_errors=True)
        try:
            prepared.mkdir(mode=0o700)
            _taken(path, key, prepared)
            aside = _aside(folder, now)
            plan = json.dumps({"aside": aside.name})
            sealed.replace_durably(prepared / PLAN, plan.encode())
        except BaseException as problem:
            shutil.rmtree(prepared, ignore_errors=True)
            if isinstance(problem, OSError):
                raise StoreError(_NOT_RESTORED) from problem
            raise
        carry_out(folder)
    finally:
        lock.release()
    return aside


def is_half_done(folder: Path) -> bool:
    """Whether a restore was decided on and not finished."""
    return (folder / PREPARED / PLAN).is_file()


def finish(folder: Path, login: str, now: datetime) -> None:
    """Carry on a restore that was killed half way (raises ``StoreBusy`` when somebody is at it)."""
    lock = WriterLock(folder / LOCK)
    lock.take(login, now)
    try:
        carry_out(folder)
    finally:
        lock.release()


def carry_out(folder: Path) -> None:
    """Do what the plan says, as far as it is not done; the lock of the one writer is held.

    Each step moves one file: what stands in the way goes aside, then the new one takes its place. The
    write-ahead log goes first: beside another database it would destroy it.
    """
    prepared = folder / PREPARED
    if not is_half_done(folder):
        return
    aside = folder / BACKUPS / json.loads((prepared / PLAN).read_text(encoding="utf-8"))["aside"]
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in _PARTS:
        is_new = (prepared / name).exists()
        waits = is_new or (name not in (DATABASE, KEYS, ANCHOR) and (prepared / DATABASE).exists())
        if waits and (folder / name).exists():
            os.replace(folder / name, aside / name)
        if is_new:
            os.replace(prepared / name, folder / name)
    (prepared / PLAN).unlink()
    with suppress(OSError):
        shutil.rmtree(prepared)


def _taken(path: Path, key: bytes, into: Path) -> Backup:
    found = backups.take_out(path, into)
    backups.prove(into, key, found)
    about = found.about
    anchor = json.dumps({"sequence": about.sequence, "head": about.head})
    sealed.replace_durably(into / ANCHOR, anchor.encode())
    return found


def _aside(folder: Path, now: datetime) -> Path:
    base = f"voor-terugzetten-{now:%Y%m%d-%H%M%S}"
    (folder / BACKUPS).mkdir(mode=0o700, exist_ok=True)
    for number in range(1, 100):
        place = folder / BACKUPS / (base if number == 1 else f"{base}-{number}")
        if not place.exists():
            return place
    raise FileExistsError(base)
