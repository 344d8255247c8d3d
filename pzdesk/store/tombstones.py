"""What was destroyed, kept beside the backups, so that none of them brings it back.

One sealed file in every folder with backups, under the key of these backups: they open with the same key. It
holds which rows and when, as the store itself does, and no value of anybody.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pzdesk.domain.backup import Backup
from pzdesk.domain.destruction import Destruction, is_same
from pzdesk.domain.errors import StoreDamaged, StoreError
from pzdesk.security import sealed
from pzdesk.store import audit
from pzdesk.store.unit import Unit

SUFFIX = ".pzvernietigd"
FORMAT = "pzdesk-tombstones/1"
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Tombstones:
    """What was destroyed, and at which lines of the log the copies end that lie on its way."""

    destroyed: tuple[Destruction, ...] = ()
    ends: frozenset[tuple[int, str]] = frozenset()

    def __add__(self, other: "Tombstones") -> "Tombstones":
        more = [one for one in other.destroyed if not self.has(one)]
        return Tombstones((*self.destroyed, *more), self.ends | other.ends)

    def has(self, destruction: Destruction) -> bool:
        """Whether this destruction is among them."""
        return any(is_same(destruction, one) for one in self.destroyed)


class _Kept(msgspec.Struct):
    format: str
    destroyed: list[Destruction]
    ends: list[tuple[int, str]]


def of_store(unit: Unit, backups: Iterable[Backup] = ()) -> Tombstones:
    """What was destroyed in a store; the ends are of those backups that lie on the way of its log."""
    ends = {(backup.about.sequence, backup.about.head) for backup in backups}
    mine = frozenset(end for end in ends if audit.head_at(unit.connection, end[0]) == end[1])
    return Tombstones(tuple(unit.find(Destruction)), mine)


def write(folder: Path, key: bytes, tombstones: Tombstones) -> None:
    """Keep tombstones beside backups, with those that lie there already.

    Raises:
        StoreError: the disk is full or not writable; what lay there still does.
    """
    made = tombstones + read(folder, key)
    if not made.destroyed:
        return
    kept = _Kept(FORMAT, list(made.destroyed), sorted(made.ends))
    path, own = _place(folder, key)
    try:
        sealed.make_folder(folder)
        sealed.replace_durably(path, sealed.seal(own, FORMAT, msgspec.json.encode(kept)))
    except OSError as problem:
        raise StoreError(
            "Wat is vernietigd, kon niet bij de back-ups worden genoteerd: "
            "de schijf is vol of niet beschrijfbaar."
        ) from problem


def read(folder: Path, key: bytes) -> Tombstones:
    """What lies beside backups; nothing where nothing lies, or where it cannot be read."""
    path, own = _place(folder, key)
    with contextlib.suppress(OSError, StoreDamaged, msgspec.DecodeError):
        if path.stat().st_size <= _MOST_BYTES:
            found = msgspec.json.decode(
                sealed.unseal(own, FORMAT, path.read_bytes()), type=_Kept, strict=True
            )
            return Tombstones(tuple(found.destroyed), frozenset(found.ends))
    return Tombstones()


def _place(folder: Path, key: bytes) -> tuple[Path, bytes]:
    """The file of a key in a folder, and the key that seals it."""
    own = sealed.derived_key(key, "tombstones")
    return folder / f"vernietigd-{sealed.hidden_name(own, FORMAT)[:12]}{SUFFIX}", own
