"""Putting a backup back: in a new place, or in the place of a store that stays beside it.

Restoring over a store is prepared in a folder of its own inside the store and proved there. Writing
``plan.json`` is the moment it counts: from there it is carried out, and a process that was killed half way
is carried on by whoever opens the store next.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pzdesk.domain.backup import Backup, BackupAbout
from pzdesk.domain.errors import StoreDamaged, StoreError
from pzdesk.security import keys, sealed
from pzdesk.security.plain import read_json
from pzdesk.store import backups
from pzdesk.store.folder import ANCHOR, BACKUPS, DATABASE, KEYS, LOCK, check_free
from pzdesk.store.lock import WriterLock
from pzdesk.store.other_key import change_key

Prepare = Callable[[Path], None]

PREPARED = "terugzetten"
PLAN = "plan.json"
_LOGS = (f"{DATABASE}-wal", f"{DATABASE}-shm")
_BEFORE = "voor-terugzetten-"
_ASIDE = re.compile(rf"{_BEFORE}\d{{8}}-\d{{6}}(-\d{{1,2}})?")
_WAITS = (
    "Wat klaarstaat (een back-up of een nieuwe sleutel) kan nog niet in de plaats komen van wat er nu is: "
    "de schijf is vol of niet beschrijfbaar. Maak ruimte en open de praktijk opnieuw; dan gaat het vanzelf "
    "verder."
)
_NO_PLAN = (
    "Een back-up of een nieuwe sleutel was nog niet helemaal in de plaats gekomen, en het bestand "
    f"{PLAN}, dat zegt hoe het verder gaat, is beschadigd. Zet een back-up terug."
)
_NOT_RESTORED = (
    "De back-up kon niet worden teruggezet: de schijf is vol of niet beschrijfbaar. "
    "Alles is nog zoals het was."
)


def restore_new(path: Path, key: bytes, folder: Path, *, prepare: Prepare | None = None) -> Backup:
    """Make a store out of a backup at a new place, whole or not at all.

    ``prepare`` gets the folder of what is put back before it counts, such as to destroy again what was
    destroyed since.

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
        found = _taken(path, key, making, prepare)
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
        sealed.sync_folder(folder.parent)
    except OSError as problem:
        raise StoreError(_NOT_RESTORED) from problem
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return found


def restore_over(
    path: Path,
    key: bytes,
    folder: Path,
    login: str,
    now: datetime,
    *,
    under: bytes | None = None,
    prepare: Prepare | None = None,
) -> Path:
    """Put a backup in the place of a store; returns the folder in which all that stood there lies now.

    Nobody may be writing meanwhile. What is damaged can be replaced like what is whole. ``under``: the data
    key of the store as it is now; then its slots stay too, so that who lost a key since does not come back
    with the backup, and nobody needs the passphrase of then. ``prepare``: see ``restore_new``.

    Raises:
        StoreBusy: somebody is writing.
        StoreError, UnreadableFile: see ``restore_new``; the store is as it was.
    """
    lock = WriterLock(folder / LOCK)
    lock.take(login, now, alone=True)
    try:
        prepared = folder / PREPARED
        try:
            carry_out(folder)  # one that was begun before
        except StoreDamaged:  # nobody can tell any more where its parts belong: they go aside too
            before = _aside(folder, now)
            sealed.make_folder(before)
            os.replace(prepared, before / PREPARED)
        shutil.rmtree(prepared, ignore_errors=True)
        try:
            prepared.mkdir(mode=0o700)
            about = _taken(path, key, prepared, prepare).about
            if under is not None:
                _keep_keys(folder, key, under, about)
            aside = decide(folder, now)
        except BaseException as problem:
            shutil.rmtree(prepared, ignore_errors=True)
            _clear_empty(folder)
            if isinstance(problem, OSError):
                raise StoreError(_NOT_RESTORED) from problem
            raise
        carry_out(folder)
    finally:
        lock.release()
    return aside


def decide(folder: Path, now: datetime, *, discard: bool = False) -> Path:
    """Write the plan: from here what was prepared takes the place of the store.

    Gives the folder in which lies what stood there; with ``discard`` that is removed at the end.
    """
    aside = _aside(folder, now)
    sealed.make_folder(aside)  # a disk that is full says so before it is decided
    plan = json.dumps({"aside": aside.name, "discard": discard})
    sealed.replace_durably(folder / PREPARED / PLAN, plan.encode())
    return aside


def clear_left(folder: Path, login: str, now: datetime) -> None:
    """Remove what was prepared by a process that was killed before it decided; nobody waits for it."""
    if not (folder / PREPARED).is_dir() or is_half_done(folder):
        return
    lock = WriterLock(folder / LOCK)
    try:
        if lock.take_if_free(login, now) and not is_half_done(folder):  # else somebody is at it now
            shutil.rmtree(folder / PREPARED, ignore_errors=True)
            _clear_empty(folder)
    finally:
        lock.release()


def is_half_done(folder: Path) -> bool:
    """Whether a restore was decided on and not finished."""
    return (folder / PREPARED / PLAN).is_file()


def finish(folder: Path, login: str, now: datetime) -> None:
    """Carry on a restore that was killed half way (raises ``StoreBusy`` when somebody is at it)."""
    lock = WriterLock(folder / LOCK)
    lock.take(login, now, alone=True)
    try:
        carry_out(folder)
    finally:
        lock.release()


def carry_out(folder: Path) -> None:
    """Do what the plan says, as far as it is not done; the lock of the one writer is held.

    Each step moves one file: what stands in the way goes aside, then the new one takes its place. A
    write-ahead log beside another database would destroy that one. So the old database goes first, for nobody
    can open what is not there and begin another log; then its log goes, and only then the new one comes.

    Raises:
        StoreError: the disk is full or not writable; the next opening carries on.
    """
    if is_half_done(folder):
        try:
            _carry_out(folder, folder / PREPARED)
        except OSError as problem:
            raise StoreError(_WAITS) from problem


def _carry_out(folder: Path, prepared: Path) -> None:
    name, discard = _plan(prepared / PLAN)
    aside = folder / BACKUPS / name
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (prepared / DATABASE).exists():
        for name in (DATABASE, *_LOGS):
            _put_aside(folder / name, aside)
    for name in (DATABASE, KEYS, ANCHOR):
        if (prepared / name).exists():
            _put_aside(folder / name, aside)
            os.replace(prepared / name, folder / name)
    # Where everything stands now is durable before the plan that tells where it must stand is gone.
    for place in (aside, aside.parent, folder):
        sealed.sync_folder(place)
    if discard:
        shutil.rmtree(aside, ignore_errors=True)
        sealed.sync_folder(aside.parent)
    (prepared / PLAN).unlink()
    with suppress(OSError):
        shutil.rmtree(prepared)


def _plan(path: Path) -> tuple[str, bool]:
    """Under which name what stands there goes aside, and whether that is removed at the end.

    Anybody may have written it: it names a folder of ours or nothing.
    """
    try:
        plan = read_json(path)
        name, discard = plan["aside"], plan.get("discard", False)
        if not _ASIDE.fullmatch(name) or not isinstance(discard, bool):
            raise ValueError(name)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StoreDamaged(_NO_PLAN) from None
    return name, discard


def _put_aside(path: Path, aside: Path) -> None:
    if path.exists():
        os.replace(path, aside / path.name)


def _taken(path: Path, key: bytes, into: Path, prepare: Prepare | None) -> Backup:
    found = backups.take_out(path, into)
    backups.prove(into, key, found)
    about = found.about
    anchor = json.dumps({"sequence": about.sequence, "head": about.head})
    sealed.replace_durably(into / ANCHOR, anchor.encode())
    if prepare is not None:
        prepare(into)
    return found


def _keep_keys(folder: Path, key: bytes, under: bytes, about: BackupAbout) -> None:
    """Let what is put back open with the slots of now; where these cannot be read, with those of then.

    The log is that of then, and so is what the key file says of it: also that it lacked a line.
    """
    prepared = folder / PREPARED
    try:
        now = keys.read(folder / KEYS)
    except StoreError:
        if under != key:
            raise
        return
    if under != key:
        change_key(prepared / DATABASE, key, under)
    made = keys.with_anchor(now, about.sequence, about.head, about.made_at)
    with suppress(StoreError):
        made = replace(made, anchor=keys.read(prepared / KEYS).anchor or made.anchor)
    keys.write(prepared / KEYS, made)


def _clear_empty(folder: Path) -> None:
    """Remove the place for what would go aside, where it was not decided that anything does."""
    for left in (folder / BACKUPS).glob(f"{_BEFORE}*"):
        with suppress(OSError):  # what holds anything stays
            left.rmdir()


def _aside(folder: Path, now: datetime) -> Path:
    base = f"{_BEFORE}{now:%Y%m%d-%H%M%S}"
    (folder / BACKUPS).mkdir(mode=0o700, exist_ok=True)
    for number in range(1, 100):
        place = folder / BACKUPS / (base if number == 1 else f"{base}-{number}")
        if not place.exists():
            return place
    raise FileExistsError(base)
