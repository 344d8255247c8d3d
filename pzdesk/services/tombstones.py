"""What was destroyed stays destroyed: applied to a backup before it takes the place of a store."""

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.destruction import Destruction
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import User
from pzdesk.store import audit, backups, copies, database, destroying, rekeying, tombstones
from pzdesk.store import folder as store_folder
from pzdesk.store.folder import BACKUPS, DATABASE, Store
from pzdesk.store.tombstones import Tombstones
from pzdesk.store.unit import Unit


def known(unit: Unit, key: bytes, folders: Collection[Path]) -> Tombstones:
    """What a store and the folders with its backups know to be destroyed; ``key`` is that of the store."""
    listed = [backup for place in folders for backup in backups.listed(place)]
    found = tombstones.of_store(unit, listed)
    for place in folders:
        for one in (key, *rekeying.former_keys(unit)):
            found += tombstones.read(place, one)
    return found


def keep(unit: Unit, key: bytes, folders: Collection[Path]) -> None:
    """Note beside backups what was destroyed, for each key that backups may have been made under.

    Raises:
        StoreError: the disk is full or not writable.
    """
    if not unit.find(Destruction):
        return
    found = known(unit, key, folders)
    for place in folders:
        for one in (key, *rekeying.former_keys(unit)):
            tombstones.write(place, one, found)


def beside(key: bytes, folders: Collection[Path]) -> Tombstones:
    """What folders with backups under a key know to be destroyed, where no store can be asked."""
    found = Tombstones()
    for place in folders:
        found += tombstones.read(place, key)
    return found


def again(
    found: Tombstones, key: bytes, login: str, now: datetime
) -> Callable[[Path], None] | None:
    """What has to be done to a backup under a key before it counts; None when nothing was destroyed."""
    return (lambda place: apply(place, key, login, now, found)) if found.destroyed else None


def apply(place: Path, key: bytes, login: str, now: datetime, found: Tombstones) -> None:
    """Destroy again, in the folder of a store that nobody opened yet, what was destroyed after it was made.

    Also what is not in it is remembered: another copy may hold it. No byte of it stays in the file.

    Raises:
        StoreError: the disk is full or not writable.
    """
    end = _end_of(place, key)
    store = store_folder.open_with_key(place, key, now, login=login)
    try:
        user = _user_in(store, login, now)
        for destroyed in found.destroyed:
            with store.writing(user, now) as unit:
                if Tombstones(tuple(unit.find(Destruction))).has(destroyed):
                    continue
                _again(unit, destroyed, end, found)
        destroying.sweep(place / DATABASE, key)
    finally:
        store.close()
        # An older schema was copied before it was brought up to date, with all that was in it.
        shutil.rmtree(place / BACKUPS, ignore_errors=True)


def destroyed_again(unit: Unit, found: Tombstones, after: int) -> int:
    """Of how many people something was destroyed again, by the log after the line ``after``."""
    newest = audit.rows(unit.connection, newest=len(found.destroyed) + 5) if found.destroyed else []
    mine = [row for row in newest if row.event is AuditEvent.DESTROYED_AGAIN]
    return len({row.patient_id for row in mine if row.count and row.sequence > after})


def counted(
    place: Path, key: bytes, login: str, now: datetime, found: Tombstones
) -> Mapping[str, int]:
    """How many files, and parts of files, would be destroyed again in a copy of a store."""
    if not found.destroyed:
        return {}
    end = _end_of(place, key)
    store = store_folder.open_with_key(place, key, now, login=login)
    try:
        return _counted(store, _nobody(login, now), now, end, found)
    finally:
        store.close()


def _counted(
    store: Store, user: User, now: datetime, end: tuple[int, str], found: Tombstones
) -> Mapping[str, int]:
    with store.reading(user, now) as unit:
        inside = Tombstones(tuple(unit.find(Destruction)))
        back = [
            one
            for one in found.destroyed
            if not inside.has(one) and destroying.still_there(unit, one, end, found.ends)
        ]
    files = {one.was_patient for one in back if one.whole}
    parts = {one.was_patient for one in back} - files
    return {"destroyed": len(files), "destroyed_parts": len(parts)}


def _end_of(place: Path, key: bytes) -> tuple[int, str]:
    """The end of the log as it was made, before anything of now comes after it."""
    connection = database.connect(place / DATABASE, key)
    try:
        return copies.end_of_log(connection)
    finally:
        connection.close()


def _nobody(login: str, now: datetime) -> User:
    return User(login=login, name=login, roles=(), created_at=now)


def _user_in(store: Store, login: str, now: datetime) -> User:
    """Who puts a backup back, as the backup knows them; they may have come later."""
    with store.reading(_nobody(login, now), now) as unit:
        return next(iter(unit.find(User, login=login)), _nobody(login, now))


def _again(unit: Unit, destroyed: Destruction, end: tuple[int, str], found: Tombstones) -> None:
    rows = destroying.still_there(unit, destroyed, end, found.ends)
    if rows:
        destroying.remove(unit, rows)
    unit.add(replace(destroyed, id=0))
    unit.commit(
        *(AuditEvent.DESTROYED_AGAIN, What.DELETE),
        patient=PatientId(destroyed.was_patient),
        kind="dossier" if destroyed.whole else "deel van een dossier",
        count=sum(map(len, rows.values())),
    )
