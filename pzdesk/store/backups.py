"""Backups: one file that holds the whole practice, and is proved before it counts.

A backup is a zip without compression (what is encrypted does not get smaller) of three members:
``store.db`` and ``keys.json`` as they lie in a store (the key file says of the log where it ends in there),
and ``backup.json`` that says what they are. The database in it is encrypted with the key of the store; the
seal of ``backup.json`` (HMAC-SHA256 under a key derived from the data key) shows whether anybody changed
what it says.
"""

import hashlib
import hmac
import json
import os
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pzdesk.domain.backup import Backup, BackupAbout, kept
from pzdesk.domain.errors import StoreDamaged, StoreError, StoreNewer, UnreadableFile
from pzdesk.security import keys, sealed, slots
from pzdesk.store import copies, database, migrate
from pzdesk.store.folder import DATABASE, KEYS, Store

FORMAT = "pzdesk-backup/1"
ABOUT = "backup.json"
SUFFIX = ".pzbackup"
MAX_ABOUT = 64 * 1024
MAX_DATABASE = 16 * 1024**3
_LIMITS = {ABOUT: MAX_ABOUT, KEYS: slots.MAX_FILE_BYTES, DATABASE: MAX_DATABASE}
_CHUNK = 1024 * 1024

_FOREIGN = "{} is geen back-up van pzdesk."
_DAMAGED = "{} is beschadigd; gebruik een andere back-up."
_FULL = "De back-up kon niet worden gemaakt: de schijf is vol of niet beschrijfbaar. De vorige is er nog."


def make(
    store: Store,
    store_id: str,
    into: Path,
    now: datetime,
    *,
    app: str,
    step: copies.Step = copies.untold,
) -> Backup:
    """Make a backup in a folder; it gets its name only after it was proved. What ``step`` raises breaks
    it off, and leaves what was there.

    Raises:
        StoreDamaged: the store itself is not whole; nothing was made, and nothing older was touched.
        StoreError: the disk is full or not writable.
    """
    key = store.data_key()
    try:
        sealed.make_folder(into)
        with _scratch(into) as scratch:
            copy = scratch / DATABASE
            digest = copies.verified_copy(store.folder / DATABASE, key, copy, step)
            about = _about(copy, key, now, store_id, app, digest)
            keys.write_private(scratch / KEYS, _keys_in(store, about))
            made = scratch / "made"
            _write(made, scratch, about, key)
            look(made)
            step(copies.STEPS, copies.STEPS)
            path = _free_name(into, now)
            os.replace(made, path)
        sealed.sync_folder(into)
    except OSError as problem:
        raise StoreError(_FULL) from problem
    return Backup(path=path, about=about, size=path.stat().st_size)


def look(path: Path) -> Backup:
    """What a backup says about itself, when every byte of it is as it was written; no key is needed.

    Raises:
        UnreadableFile: it is not there, or no backup of pzdesk.
        StoreDamaged: it was cut or changed.
        StoreNewer: a newer pzdesk made it.
    """
    with _opened(path) as (archive, said):
        members: dict[str, dict[str, Any]] = said["members"]
        for name in (DATABASE, KEYS):
            digest = hashlib.sha256()
            size = 0
            with archive.open(name) as member:
                while part := member.read(_CHUNK):
                    digest.update(part)
                    size += len(part)
            told = members[name]
            if size != told["size"] or digest.hexdigest() != told["sha256"]:
                raise StoreDamaged(_DAMAGED.format(path.name))
        return Backup(path=path, about=_about_of(said), size=path.stat().st_size)


def take_out(path: Path, into: Path) -> Backup:
    """Put the database and the key file of a backup in a folder, durably; see ``look`` for what it raises."""
    found = look(path)
    with _opened(path) as (archive, _):
        for name in (DATABASE, KEYS):
            with archive.open(name) as member, _new_file(into / name) as out:
                shutil.copyfileobj(member, out, _CHUNK)
                out.flush()
                os.fsync(out.fileno())
    return found


def prove(taken: Path, key: bytes, backup: Backup) -> None:
    """Look whether what was taken out of a backup is what the backup says, row by row.

    Raises:
        StoreDamaged: it is not, or its key does not open it.
        StoreNewer: a newer pzdesk made it.
    """
    with _opened(backup.path) as (_, said):
        if not hmac.compare_digest(said.get("seal", ""), _seal(said, key)):
            raise StoreDamaged(_DAMAGED.format(backup.path.name))
    migrate.is_needed(taken / DATABASE, key)  # refuses what is newer
    connection = database.connect(taken / DATABASE, key)
    try:
        with database.told_to_user():
            copies.check_whole(connection)
            ends, digest = copies.end_of_log(connection), copies.digest(connection)
    finally:
        connection.close()
    if digest != backup.about.digest or ends != (backup.about.sequence, backup.about.head):
        raise StoreDamaged(_DAMAGED.format(backup.path.name))


def is_under(path: Path, key: bytes) -> bool:
    """Whether a backup was made under this data key; its rows are not read (raises as ``look``)."""
    with _opened(path) as (_, said):
        return hmac.compare_digest(str(said.get("seal", "")), _seal(said, key))


def check(path: Path, key: bytes, *, scratch: Path | None = None) -> Backup:
    """Take a backup out in a temporary place and prove it; see ``look`` and ``prove``."""
    with _scratch(scratch) as place:
        found = take_out(path, place)
        prove(place, key, found)
    return found


COUNTED = {
    "patients": "patient",
    "pzp_versions": "pzp_version",
    "meetings": "meeting",
    "actions": "action",
    "log": "audit_event",
}


def counts(
    path: Path,
    key: bytes,
    *,
    scratch: Path | None = None,
    also: Callable[[Path], Mapping[str, int]] | None = None,
) -> dict[str, int]:
    """How many of each a backup holds, once it is proved; see ``check`` for what it raises.

    ``also`` counts more in the folder in which it was taken out.
    """
    with _scratch(scratch) as place:
        prove(place, key, take_out(path, place))
        found = counted(place / DATABASE, key)
        return found | dict(also(place)) if also is not None else found


def counted(path: Path, key: bytes) -> dict[str, int]:
    """How many of each a database holds."""
    connection = database.connect(path, key)
    try:
        with database.told_to_user():
            return {
                name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for name, table in COUNTED.items()
            }
    finally:
        connection.close()


def listed(folder: Path) -> list[Backup]:
    """The readable backups in a folder, newest first; by what they say, their contents are not read."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []:
        with suppress(StoreError, UnreadableFile, OSError), _opened(path) as (_, said):
            found.append(Backup(path=path, about=_about_of(said), size=path.stat().st_size))
    return sorted(found, key=lambda backup: backup.about.made_at, reverse=True)


def thin(folder: Path, store_id: str, now: datetime) -> list[Path]:
    """Remove the backups of one store that are not kept (``domain.backup.kept``); returns which."""
    mine = [backup for backup in listed(folder) if backup.about.store_id == store_id]
    keep = kept([backup.about.made_at for backup in mine], now)
    gone = [backup.path for backup in mine if backup.about.made_at not in keep]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return gone


def _keys_in(store: Store, about: BackupAbout) -> bytes:
    """The key file for a backup, which says of the log what is in the backup.

    Another window may have said of a longer log in it since. Where the log lacks a line that was anchored,
    the backup says that line: who puts it back is told too.
    """
    data = (store.folder / KEYS).read_bytes()
    with suppress(StoreError):  # what is wrong with the keys keeps nobody from a backup
        key_file = slots.from_json(data)
        sequence, head = store.lacking() or (about.sequence, about.head)
        return slots.to_json(keys.with_anchor(key_file, sequence, head, about.made_at))
    return data


def _write(path: Path, scratch: Path, about: BackupAbout, key: bytes) -> None:
    members = {}
    for name in (DATABASE, KEYS):
        with (scratch / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        members[name] = {"size": (scratch / name).stat().st_size, "sha256": digest}
    said: dict[str, Any] = {
        "format": FORMAT,
        "made": about.made_at.isoformat(timespec="seconds"),
        "store_id": about.store_id,
        "schema": about.schema,
        "app": about.app,
        "sequence": about.sequence,
        "head": about.head,
        "digest": about.digest,
        "members": members,
    }
    said["seal"] = _seal(said, key)
    with _new_file(path) as out:
        # A clock before 1980 (an empty battery) stops no backup.
        with zipfile.ZipFile(out, "w", strict_timestamps=False) as archive:
            archive.writestr(ABOUT, json.dumps(said, indent=1))
            for name in (KEYS, DATABASE):
                archive.write(scratch / name, name)
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive, with what it says about itself; named members with limits, nothing else."""
    if not path.is_file():
        raise UnreadableFile(f"De back-up is er niet: {path}")
    try:
        with zipfile.ZipFile(path) as archive:
            found = {info.filename: info for info in archive.infolist()}
            if set(found) != set(_LIMITS) or len(archive.infolist()) != len(_LIMITS):
                raise UnreadableFile(_FOREIGN.format(path.name))
            for name, info in found.items():
                if info.file_size > _LIMITS[name] or info.compress_type != zipfile.ZIP_STORED:
                    raise UnreadableFile(_FOREIGN.format(path.name))
            yield archive, _said(archive, path.name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as problem:
        # A zip that was cut has no table of contents at its end; one bit in it fails its checksum.
        with path.open("rb") as file:
            is_ours = file.read(4) == b"PK\x03\x04"
        words = _DAMAGED if is_ours else _FOREIGN
        kind = StoreDamaged if is_ours else UnreadableFile
        raise kind(words.format(path.name)) from problem
    except OSError as problem:
        raise UnreadableFile(f"De back-up is niet te lezen: {path}") from problem


def _said(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        said = json.loads(archive.read(ABOUT))
        if said["format"] != FORMAT:
            if str(said["format"]).startswith(FORMAT.split("/")[0]):
                raise StoreNewer("Deze back-up is met een nieuwere pzdesk gemaakt.")
            raise UnreadableFile(_FOREIGN.format(name))
        _about_of(said)
        if not all(
            isinstance(said["members"][member]["size"], int)
            and isinstance(said["members"][member]["sha256"], str)
            for member in (DATABASE, KEYS)
        ):
            raise ValueError
        return dict(said)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
        raise StoreDamaged(_DAMAGED.format(name)) from problem


def _about_of(said: dict[str, Any]) -> BackupAbout:
    made = datetime.fromisoformat(said["made"])
    if made.utcoffset() is None:
        raise ValueError("a moment with its time zone")
    return BackupAbout(
        made_at=made,
        store_id=str(said["store_id"]),
        schema=str(said["schema"]),
        app=str(said["app"]),
        sequence=int(said["sequence"]),
        head=str(said["head"]),
        digest=str(said["digest"]),
    )


def _about(
    copy: Path, key: bytes, now: datetime, store_id: str, app: str, digest: str
) -> BackupAbout:
    connection = database.connect(copy, key)
    try:
        schema = migrate.version_of(connection) or ""
        sequence, head = copies.end_of_log(connection)
    finally:
        connection.close()
    return BackupAbout(
        made_at=now.replace(microsecond=0),
        store_id=store_id,
        schema=schema,
        app=app,
        sequence=sequence,
        head=head,
        digest=digest,
    )


def _seal(said: dict[str, Any], key: bytes) -> str:
    plain = {name: value for name, value in said.items() if name != "seal"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hmac.new(sealed.derived_key(key, "backup"), text.encode(), hashlib.sha256).hexdigest()


def _free_name(folder: Path, now: datetime) -> Path:
    """A name that tells the moment only; one of the same second gets a number."""
    base = f"back-up-{now:%Y%m%d-%H%M%S}"
    for number in range(1, 1000):
        path = folder / f"{base}{'' if number == 1 else f'-{number}'}{SUFFIX}"
        if not path.exists():
            return path
    raise FileExistsError(base)


@contextmanager
def _scratch(folder: Path | None) -> Iterator[Path]:
    """A private place to work in, gone afterwards; what a killed attempt left is cleared first."""
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="pzdesk-") as name:
            yield Path(name)
        return
    for left in folder.glob(".bezig-*"):
        shutil.rmtree(left, ignore_errors=True)
    place = folder / f".bezig-{secrets.token_hex(4)}"
    place.mkdir(mode=0o700, parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _new_file(path: Path) -> Iterator[Any]:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "r+b") as file:
        yield file
