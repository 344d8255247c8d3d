"""A new data key for a store: prepared beside it, proved, and put in its place by one decision.

Changing the key of the file in its place (``PRAGMA rekey``) and the slots in ``keys.json`` would be two
steps of which only one may have been done when the power goes. So a copy is made, its key is changed, the
new slots, the log line and the anchor are put with it, and all of it is proved; only then the plan is
written that ``restoring`` carries out, also after a kill at any moment. Until the plan stands the old store
is untouched, so a full disk leaves all as it was. The old file is not kept: it is readable with the old key.

The file that is copied is held by a transaction from before the copy until after the swap: nobody saves or
reads with a line in the log meanwhile, in no process. Who had it open is told at their next act.

The keys of before stay in the database, which only the new key opens: backups and drafts of before can be
read, and a slot whose owner was away for two renewals can be renewed again.
"""

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import StoreBusy, StoreDamaged, StoreError
from pzdesk.domain.user import User
from pzdesk.security import keys, sealed, slots
from pzdesk.security.slots import KeyFile
from pzdesk.store import backups, copies, database, restoring
from pzdesk.store.folder import ANCHOR, DATABASE, KEYS, Store
from pzdesk.store.other_key import change_key
from pzdesk.store.restoring import PREPARED
from pzdesk.store.unit import Unit, unit_of_work

_SETTING = "former_keys"
_AS_IT_WAS = (
    "De sleutel kon niet worden vernieuwd: de schijf is vol of niet beschrijfbaar. "
    "Alles is nog zoals het was."
)
_LATER = (
    "De nieuwe sleutel is klaar, maar nog niet overal gezet. Sluit de praktijk en open haar opnieuw: "
    "pzdesk maakt het dan af."
)
_OPEN = (
    "De praktijk is nog ergens open: in een ander venster, op een andere computer of in een programma dat "
    "de map bekijkt. Sluit dat eerst, en vernieuw dan de sleutel."
)
_MEANWHILE = "De sleutels zijn intussen door iemand anders gewijzigd. Probeer het opnieuw."


def former_keys(unit: Unit) -> tuple[bytes, ...]:
    """The data keys that this store had before, the last one first."""
    return tuple(bytes.fromhex(key) for key in unit.setting(_SETTING) or ())


def keep_former(unit: Unit, former: Sequence[bytes]) -> None:
    """Keep which data keys this store had before."""
    unit.keep_setting(_SETTING, [key.hex() for key in former])


def key_of(path: Path, key: bytes, former: Sequence[bytes]) -> bytes:
    """Under which data key of this store a backup was made; that of now when under none of them."""
    return next((one for one in (key, *former) if backups.is_under(path, one)), key)


def renew(
    store: Store,
    data_key: bytes,
    *,
    was: bytes,
    becomes: bytes,
    user: User,
    now: datetime,
) -> None:
    """Put a store under a new data key; ``was`` and ``becomes`` are the bytes of its key file.

    The store itself is of no use afterwards: it is closed and opened anew with the new key.

    Raises:
        StoreBusy: somebody is writing, or changed the keys meanwhile.
        StoreDamaged: the store is not whole.
        StoreError: the disk is full or not writable; all is as it was.
    """
    folder = store.folder
    with store.writing(
        user, now
    ):  # takes the lock of the writer, and looks whether all is as it was opened
        pass
    store.engine.dispose()
    held = database.connect(folder / DATABASE, store.data_key())
    try:
        with database.told_to_user():
            held.execute("BEGIN IMMEDIATE")
        store.lock.check(now)
        if _without_anchor((folder / KEYS).read_bytes()) != _without_anchor(was):
            raise StoreBusy(_MEANWHILE)
        prepared = folder / PREPARED
        shutil.rmtree(prepared, ignore_errors=True)
        try:
            prepared.mkdir(mode=0o700)
            _prepare(store, data_key, becomes, user, now)
            if os.name == "nt":
                held.close()
                _check_movable(folder / DATABASE)
            restoring.decide(folder, now, discard=True)
        except BaseException:
            shutil.rmtree(prepared, ignore_errors=True)
            raise
        try:
            restoring.carry_out(folder)
        except StoreError as problem:
            raise StoreError(_LATER) from problem
    except OSError as problem:
        raise StoreError(_AS_IT_WAS) from problem
    finally:
        held.close()


def _without_anchor(key_file: bytes) -> KeyFile:
    """Who has which key, whatever the file says of the log: a window that closed may have put that there."""
    return replace(slots.from_json(key_file), anchor=None)


def _check_movable(path: Path) -> None:
    """On Windows a file that any program has open cannot be moved: found out before it is decided."""
    try:
        os.replace(path, path.with_suffix(".move"))
        os.replace(path.with_suffix(".move"), path)
    except OSError as problem:
        raise StoreBusy(_OPEN) from problem


def _prepare(store: Store, data_key: bytes, key_file: bytes, user: User, now: datetime) -> None:
    place, former = store.folder / PREPARED, store.data_key()
    path = place / DATABASE
    copies.verified_copy(store.folder / DATABASE, former, path)
    change_key(path, former, data_key)
    engine = database.engine_for(path, data_key)
    try:
        with unit_of_work(engine, user, now, writes=True) as unit:
            known = (former, *former_keys(unit))
            keep_former(unit, known)
            unit.commit(AuditEvent.KEY_RENEWED, What.EXECUTE, kind="praktijk")
            made = store.anchored(slots.from_json(key_file), unit.connection, now)
        # What the log lacked before, it lacks still: what says so goes along.
        head = (store.lost_events() and store.anchor()) or unit.head
    finally:
        engine.dispose()
    if head is None or path.with_name(f"{DATABASE}-wal").exists():
        raise StoreDamaged("De kopie onder de nieuwe sleutel kon niet worden afgerond.")
    anchor = json.dumps({"sequence": head[0], "head": head[1]})
    sealed.replace_durably(place / ANCHOR, anchor.encode())
    keys.write_private(place / KEYS, slots.to_json(made))
    with database.told_to_user(), closing(database.connect(path, data_key)) as copy:
        copies.check_whole(copy)
