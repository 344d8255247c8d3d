"""What ``keys.json`` holds, as values and as bytes: slots as specified, or a told error.

README, "The format of the store", specifies the file for other tools.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import UnionType
from typing import Any

from pzdesk.domain.errors import StoreDamaged, StoreNewer

FORMAT = "pzdesk-keys/1"
KEY_BYTES = 32
SALT_BYTES = range(16, 65)
NONCE_BYTES = 12
SEALED_BYTES = KEY_BYTES + 16
MAX_FILE_BYTES = 256 * 1024

_FORMAT = re.compile(r"pzdesk-keys/([1-9][0-9]{0,5})")
_STORE_ID = re.compile(r"[0-9a-f]{32}")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_KDF = "argon2id"
_LONGEST_LOGIN = 64

_DAMAGED = (
    "keys.json, het bestand met de sleutels, is beschadigd of veranderd. Zet een back-up terug."
)
_NEWER = "Deze praktijk is gemaakt met een nieuwere versie van pzdesk. Installeer eerst die versie."


class SlotKind(StrEnum):
    """What opens a slot: a user's own passphrase, or the code of the recovery sheet."""

    PASSPHRASE = "passphrase"  # noqa: S105
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kdf:
    """How much work one derivation by Argon2id is; below the floor there is no such value.

    64 MiB to 1 GiB, 3 to 100 iterations, 1 to 16 lanes; the floor is the second recommendation of
    RFC 9106 section 4. Raises ``ValueError``.
    """

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        if not (
            64 * 1024 <= self.memory_kib <= 1024 * 1024
            and 3 <= self.iterations <= 100
            and 1 <= self.lanes <= 16
        ):
            raise ValueError("a derivation that is too weak or absurd")


FLOOR = Kdf(memory_kib=64 * 1024, iterations=3, lanes=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The data key as one secret opens it; ``login`` is None in the recovery slot."""

    kind: SlotKind
    login: str | None
    created: str
    kdf: Kdf
    salt: bytes
    nonce: bytes
    sealed: bytes

    def __post_init__(self) -> None:
        if (self.kind is SlotKind.RECOVERY) != (self.login is None):
            raise ValueError("a passphrase slot has a login and a recovery slot has none")
        if self.login is not None and not is_login(self.login):
            raise ValueError("not a login")
        _check_moment(self.created)
        lengths = (len(self.nonce), len(self.sealed))
        if len(self.salt) not in SALT_BYTES or lengths != (NONCE_BYTES, SEALED_BYTES):
            raise ValueError("salt, nonce or sealed key of a wrong length")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """``keys.json`` as a value: at most one slot per login and at most one recovery slot."""

    store_id: str
    created: str
    slots: tuple[Slot, ...] = ()

    def __post_init__(self) -> None:
        if not _STORE_ID.fullmatch(self.store_id):
            raise ValueError("not a store id")
        _check_moment(self.created)
        if len({slot.login for slot in self.slots}) != len(self.slots):
            raise ValueError("two slots of one login, or two recovery slots")

    def slot(self, login: str | None) -> Slot | None:
        """The slot of a login; of None the recovery slot."""
        return next((slot for slot in self.slots if slot.login == login), None)


def is_login(login: str) -> bool:
    """Whether a slot can carry this login: 1 to 64 printable characters."""
    return 0 < len(login) <= _LONGEST_LOGIN and login.isprintable()


def moment(now: datetime) -> str:
    """A moment as the file keeps it, in UTC to the second; ``now`` has a time zone."""
    if now.utcoffset() is None:
        raise ValueError("a moment has a time zone")
    return now.astimezone(UTC).strftime(_MOMENT)


def authenticated(store_id: str, slot: Slot) -> bytes:
    """The associated data of a slot: canonical JSON of all that decides how it is opened."""
    header = {"format": FORMAT, "store_id": store_id, **_header(slot)}
    text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def to_json(key_file: KeyFile) -> bytes:
    """The bytes of ``keys.json``: the same value gives the same bytes."""
    content = {
        "format": FORMAT,
        "store_id": key_file.store_id,
        "created": key_file.created,
        "slots": [
            {**_header(slot), "nonce": _base64(slot.nonce), "sealed": _base64(slot.sealed)}
            for slot in key_file.slots
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def from_json(data: bytes) -> KeyFile:
    """The key file in these bytes, exactly as ``to_json`` writes it but for blanks and order.

    Raises:
        StoreNewer: a newer pzdesk wrote it.
        StoreDamaged: anything else in it is not as specified, a weaker derivation included.
    """
    if len(data) > MAX_FILE_BYTES:
        raise StoreDamaged(_DAMAGED)
    try:
        content = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
        found = _FORMAT.fullmatch(str(content["format"])) if isinstance(content, dict) else None
        if found and int(found[1]) > 1:
            raise StoreNewer(_NEWER)
        return _key_file(content)
    except (ValueError, KeyError, RecursionError) as problem:
        raise StoreDamaged(_DAMAGED) from problem


def _header(slot: Slot) -> dict[str, object]:
    kdf = {
        "name": _KDF,
        "memory_kib": slot.kdf.memory_kib,
        "iterations": slot.kdf.iterations,
        "lanes": slot.kdf.lanes,
        "salt": _base64(slot.salt),
    }
    return {"kind": slot.kind.value, "login": slot.login, "created": slot.created, "kdf": kdf}


def _key_file(content: object) -> KeyFile:
    fields = _fields(content, {"format": str, "store_id": str, "created": str, "slots": list})
    if fields["format"] != FORMAT or not fields["slots"]:
        raise ValueError("not a key file")
    return KeyFile(
        store_id=fields["store_id"],
        created=fields["created"],
        slots=tuple(_slot(slot) for slot in fields["slots"]),
    )


def _slot(content: object) -> Slot:
    kinds = {"kind": str, "login": str | None, "created": str, "kdf": dict}
    fields = _fields(content, {**kinds, "nonce": str, "sealed": str})
    costs = {"memory_kib": int, "iterations": int, "lanes": int}
    kdf = _fields(fields["kdf"], {"name": str, **costs, "salt": str})
    if kdf["name"] != _KDF:
        raise ValueError("unknown derivation")
    return Slot(
        kind=SlotKind(fields["kind"]),
        login=fields["login"],
        created=fields["created"],
        kdf=Kdf(**{name: kdf[name] for name in costs}),
        salt=_bytes(kdf["salt"]),
        nonce=_bytes(fields["nonce"]),
        sealed=_bytes(fields["sealed"]),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field that is given twice")
    return found


def _fields(value: object, kinds: Mapping[str, type | UnionType]) -> dict[str, Any]:
    """An object with exactly these fields, each of its kind; a truth value is no number."""
    if not isinstance(value, dict) or set(value) != set(kinds):
        raise ValueError("other fields than specified")
    for name, kind in kinds.items():
        if isinstance(value[name], bool) or not isinstance(value[name], kind):
            raise ValueError("a field of another kind")
    return value


def _bytes(text: str) -> bytes:
    """Base 64 in its one canonical spelling, or two files would stand for one slot."""
    found = base64.b64decode(text)
    if _base64(found) != text:
        raise ValueError("not canonical")
    return found


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _check_moment(text: str) -> None:
    if datetime.strptime(text, _MOMENT).strftime(_MOMENT) != text:
        raise ValueError("not a moment")
