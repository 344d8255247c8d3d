"""What ``keys.json`` holds, as values and as bytes: slots as specified, or a told error.

README, "Opening a store without pzdesk", specifies the file for other tools. Format 2 gave each slot a key
pair (``security.pairs`` says why), and the file an anchor of the log; a slot of format 1 stays as it is until
its owner opens the store.
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

FORMER, FORMAT = "pzdesk-keys/1", "pzdesk-keys/2"
NEWEST = 2
KEY_BYTES = 32
SALT_BYTES = range(16, 65)
NONCE_BYTES = 12
TAG_BYTES = 16
SEALED_BYTES = KEY_BYTES + TAG_BYTES
PAIR_SEALED_BYTES = 2 * KEY_BYTES + TAG_BYTES
MAX_FILE_BYTES = 256 * 1024

_FORMAT = re.compile(r"pzdesk-keys/([1-9][0-9]{0,5})")
_STORE_ID = re.compile(r"[0-9a-f]{32}")
_HEAD = re.compile(r"[0-9a-f]{64}")
_LINES = range(1, 1 << 63)  # what a database can number
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_KDF = "argon2id"
_LONGEST_LOGIN = 64

_DAMAGED = (
    "keys.json, het bestand met de sleutels, is beschadigd of veranderd. Zet een back-up terug."
)
_NEWER = "Deze praktijk is gemaakt met een nieuwere versie van pzdesk. Installeer eerst die versie."


class SlotKind(StrEnum):
    """What opens a slot: a user's own passphrase, the code of the recovery sheet, or what a computer keeps.

    QUICK is a further slot of a login, for a secret that the system keyring of one computer keeps.
    """

    PASSPHRASE = "passphrase"  # noqa: S105
    RECOVERY = "recovery"
    QUICK = "quick"


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
class Renewed:
    """A newer data key, sealed to the public key of a slot while its owner was not there.

    ``proof`` is made with the data key that the slot itself holds: its owner sees that who had that key
    renewed it.
    """

    ephemeral: bytes
    sealed: bytes
    proof: bytes

    def __post_init__(self) -> None:
        lengths = (len(self.ephemeral), len(self.sealed), len(self.proof))
        if lengths != (KEY_BYTES, SEALED_BYTES, KEY_BYTES):
            raise ValueError("a renewed key of a wrong length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The public key of a slot; ``proof`` is made with the data key that the store has now."""

    public: bytes
    proof: bytes
    renewed: Renewed | None = None

    def __post_init__(self) -> None:
        if (len(self.public), len(self.proof)) != (KEY_BYTES, KEY_BYTES):
            raise ValueError("a public key or proof of a wrong length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The data key as one secret opens it; ``login`` is None in the recovery slot.

    With a pair ``sealed`` holds the private key and the data key; without one (format 1) the data key.
    """

    kind: SlotKind
    login: str | None
    created: str
    kdf: Kdf
    salt: bytes
    nonce: bytes
    sealed: bytes
    pair: Pair | None = None

    def __post_init__(self) -> None:
        if (self.kind is SlotKind.RECOVERY) != (self.login is None):
            raise ValueError("a slot of a user has a login and a recovery slot has none")
        if self.kind is SlotKind.QUICK and self.pair is None:
            raise ValueError("format 1 knows no such slot")
        if self.login is not None and not is_login(self.login):
            raise ValueError("not a login")
        _check_moment(self.created)
        lengths = (len(self.nonce), len(self.sealed))
        sealed = SEALED_BYTES if self.pair is None else PAIR_SEALED_BYTES
        if len(self.salt) not in SALT_BYTES or lengths != (NONCE_BYTES, sealed):
            raise ValueError("salt, nonce or sealed key of a wrong length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A line that the log has: its number, the head of the chain at it, and when that was kept here.

    It is a least: the log went on since, and whoever writes the file next may put a later line here.
    """

    sequence: int
    head: str
    at: str

    def __post_init__(self) -> None:
        if not is_line(self.sequence, self.head):
            raise ValueError("not a line of a log")
        _check_moment(self.at)


def is_line(sequence: object, head: object) -> bool:
    """Whether these can be the number of a line of the log and the head of the chain at it."""
    is_number = type(sequence) is int and sequence in _LINES
    return is_number and isinstance(head, str) and bool(_HEAD.fullmatch(head))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """``keys.json`` as a value: at most one slot of each kind per login, and at most one recovery slot."""

    store_id: str
    created: str
    slots: tuple[Slot, ...] = ()
    anchor: Anchor | None = None

    def __post_init__(self) -> None:
        if not _STORE_ID.fullmatch(self.store_id):
            raise ValueError("not a store id")
        _check_moment(self.created)
        if len({(slot.kind, slot.login) for slot in self.slots}) != len(self.slots):
            raise ValueError("two slots of one kind and login, or two recovery slots")

    def slot(self, login: str | None) -> Slot | None:
        """The passphrase slot of a login; of None the recovery slot."""
        return self._of(login, SlotKind.RECOVERY if login is None else SlotKind.PASSPHRASE)

    def quick(self, login: str) -> Slot | None:
        """The slot of a login that the keyring of a computer opens."""
        return self._of(login, SlotKind.QUICK)

    def _of(self, login: str | None, kind: SlotKind) -> Slot | None:
        return next((one for one in self.slots if (one.login, one.kind) == (login, kind)), None)


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
    header = {"format": FORMER, "store_id": store_id, **_header(slot)}
    if slot.pair is not None:
        header |= {"format": FORMAT, "public": _base64(slot.pair.public)}
    text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def to_json(key_file: KeyFile) -> bytes:
    """The bytes of ``keys.json``: the same value gives the same bytes."""
    is_former = _is_former(key_file)
    content = {
        "format": FORMER if is_former else FORMAT,
        "store_id": key_file.store_id,
        "created": key_file.created,
        **({"anchor": _anchor_told(key_file.anchor)} if key_file.anchor is not None else {}),
        "slots": [
            {
                **_header(slot),
                "nonce": _base64(slot.nonce),
                "sealed": _base64(slot.sealed),
                **({} if is_former else {"pair": _pair_told(slot.pair)}),
            }
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
        if found and int(found[1]) > NEWEST:
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


def _pair_told(pair: Pair | None) -> dict[str, object] | None:
    if pair is None:
        return None
    renewed = pair.renewed and {
        "ephemeral": _base64(pair.renewed.ephemeral),
        "sealed": _base64(pair.renewed.sealed),
        "proof": _base64(pair.renewed.proof),
    }
    return {
        "public": _base64(pair.public),
        "proof": _base64(pair.proof),
        "renewed": renewed,
    }


def _anchor_told(anchor: Anchor) -> dict[str, object]:
    return {"sequence": anchor.sequence, "head": anchor.head, "at": anchor.at}


def _is_former(key_file: KeyFile) -> bool:
    """Whether format 1 holds all that is in this file."""
    return key_file.anchor is None and all(slot.pair is None for slot in key_file.slots)


def _key_file(content: object) -> KeyFile:
    kinds: dict[str, type] = {"format": str, "store_id": str, "created": str, "slots": list}
    if isinstance(content, dict) and "anchor" in content:
        kinds["anchor"] = dict
    fields = _fields(content, kinds)
    is_former = fields["format"] == FORMER
    if fields["format"] not in (FORMER, FORMAT) or not fields["slots"]:
        raise ValueError("not a key file")
    slots = tuple(_slot(slot, is_former=is_former) for slot in fields["slots"])
    anchor = _anchor(fields["anchor"]) if "anchor" in fields else None
    made = KeyFile(
        store_id=fields["store_id"], created=fields["created"], slots=slots, anchor=anchor
    )
    if _is_former(made) != is_former:
        raise ValueError("another format than it says")
    return made


def _anchor(content: object) -> Anchor:
    return Anchor(**_fields(content, {"sequence": int, "head": str, "at": str}))


def _slot(content: object, *, is_former: bool) -> Slot:
    kinds = {"kind": str, "login": str | None, "created": str, "kdf": dict}
    more = {} if is_former else {"pair": dict | None}
    fields = _fields(content, {**kinds, "nonce": str, "sealed": str, **more})
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
        pair=_pair(fields.get("pair")),
    )


def _pair(content: object) -> Pair | None:
    if content is None:
        return None
    fields = _fields(content, {"public": str, "proof": str, "renewed": dict | None})
    renewed = None
    if fields["renewed"] is not None:
        parts = _fields(fields["renewed"], {"ephemeral": str, "sealed": str, "proof": str})
        renewed = Renewed(**{name: _bytes(text) for name, text in parts.items()})
    return Pair(public=_bytes(fields["public"]), proof=_bytes(fields["proof"]), renewed=renewed)


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
