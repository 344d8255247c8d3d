"""The key slots of a store: one random data key, sealed once per user and once for a recovery code.

``keys.json`` holds no secret: each slot is the data key under AES-256-GCM with a key that Argon2id
(RFC 9106) makes of somebody's passphrase. What opens a slot authenticates that slot's whole header
and the store's id; the moment of the file and the anchor are not authenticated. README, "The
format of the store", specifies the file for other tools.
"""

import base64
import json
import os
import re
import secrets
import time
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pzdesk.domain.errors import (
    BadInput,
    NotFound,
    Refused,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNewer,
    WrongPassphrase,
)
from pzdesk.security import recovery

FORMAT = "pzdesk-keys/1"
KEY_BYTES = 32
MAX_FILE_BYTES = 256 * 1024
MAX_SECRET_BYTES = 4096

_FORMAT = re.compile(r"pzdesk-keys/([1-9][0-9]{0,5})")
_STORE_ID = re.compile(r"[0-9a-f]{32}")
_HEAD = re.compile(r"[0-9a-f]{64}")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_KDF = "argon2id"
_SALT_BYTES = range(16, 65)
_NONCE_BYTES = 12
_SEALED_BYTES = KEY_BYTES + 16
_LONGEST_LOGIN = 64

_WRONG = (
    "Deze gebruikersnaam en wachtzin horen niet bij elkaar. Probeer het opnieuw; blijft het misgaan, "
    "gebruik dan de herstelcode."
)
_WRONG_CODE = "Deze herstelcode hoort niet bij deze praktijk, of is vervangen door een nieuwere."
_NO_CODE = "Deze praktijk heeft geen herstelcode. Open haar met een wachtzin."
_DAMAGED = (
    "keys.json, het bestand met de sleutels, is beschadigd of veranderd. Zet een back-up terug."
)
_NEWER = "Deze praktijk is gemaakt met een nieuwere versie van pzdesk. Installeer eerst die versie."
_NOT_SAVED = (
    "De sleutels konden niet worden opgeslagen: de schijf is vol of niet beschrijfbaar. "
    "Wat er stond is er nog; maak ruimte en probeer het opnieuw."
)


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
        if self.login is not None and not _is_login(self.login):
            raise ValueError("not a login")
        _check_moment(self.created)
        lengths = (len(self.nonce), len(self.sealed))
        if len(self.salt) not in _SALT_BYTES or lengths != (_NONCE_BYTES, _SEALED_BYTES):
            raise ValueError("salt, nonce or sealed key of a wrong length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """How far the audit log was when this was written: its last sequence and the head of its chain."""

    sequence: int
    head: str

    def __post_init__(self) -> None:
        if not 0 <= self.sequence < 1 << 63 or not _HEAD.fullmatch(self.head):
            raise ValueError("not an anchor")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """``keys.json`` as a value: at most one slot per login and at most one recovery slot."""

    store_id: str
    created: str
    slots: tuple[Slot, ...] = ()
    anchor: Anchor | None = None

    def __post_init__(self) -> None:
        if not _STORE_ID.fullmatch(self.store_id):
            raise ValueError("not a store id")
        _check_moment(self.created)
        if len({slot.login for slot in self.slots}) != len(self.slots):
            raise ValueError("two slots of one login, or two recovery slots")

    def slot(self, login: str | None) -> Slot | None:
        """The slot of a login; of None the recovery slot."""
        return next((slot for slot in self.slots if slot.login == login), None)


def new_data_key() -> bytes:
    """A new key for a database: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def new_key_file(now: datetime) -> KeyFile:
    """A key file for a new store, without a slot yet; ``now`` has a time zone."""
    return KeyFile(store_id=secrets.token_hex(16), created=_moment(now))


def with_passphrase_slot(
    key_file: KeyFile, data_key: bytes, login: str, passphrase: str, kdf: Kdf, now: datetime
) -> KeyFile:
    """The key file in which this passphrase opens for this login; an older slot of theirs is gone.

    Whether the passphrase is good enough is for ``passphrase.check``, before this.

    Raises:
        BadInput: the login or the passphrase is empty or cannot be written.
    """
    if not _is_login(login):
        raise BadInput("Deze gebruikersnaam kan niet worden gebruikt.", field="login")
    secret = _secret(passphrase)
    if not secret:
        raise BadInput("Een lege wachtzin kan niet.", field="wachtzin")
    return _with_slot(key_file, data_key, SlotKind.PASSPHRASE, login, secret, kdf, now)


def with_recovery_slot(
    key_file: KeyFile, data_key: bytes, code: str, kdf: Kdf, now: datetime
) -> KeyFile:
    """The key file that this recovery code opens; the code before it is void.

    Raises:
        BadInput: it is not a recovery code.
    """
    secret = recovery.parse(code).encode("ascii")
    return _with_slot(key_file, data_key, SlotKind.RECOVERY, None, secret, kdf, now)


def without_slot(key_file: KeyFile, login: str) -> KeyFile:
    """The key file that a departed user no longer opens.

    Raises:
        NotFound: there is no slot of this login.
        Refused: it is the last slot; without it nobody opens the store ever again.
    """
    if key_file.slot(login) is None:
        raise NotFound(f"Er is geen sleutel van gebruiker {login}.")
    if len(key_file.slots) == 1:
        raise Refused("Dit is de laatste sleutel: zonder deze gaat de praktijk nooit meer open.")
    return replace(key_file, slots=tuple(slot for slot in key_file.slots if slot.login != login))


def open_with_passphrase(key_file: KeyFile, login: str, passphrase: str) -> bytes:
    """The data key, by somebody's passphrase.

    An unknown login costs the same work and gives the same sentence as a wrong passphrase; a slot
    that was tampered with cannot be told from a wrong passphrase either.

    Raises:
        WrongPassphrase: this login and passphrase open nothing.
    """
    slot = (key_file.slot(login) if _is_login(login) else None) or _stand_in(key_file)
    data_key = _unsealed(key_file.store_id, slot, _secret(passphrase))
    if data_key is None:
        raise WrongPassphrase(_WRONG)
    return data_key


def open_with_recovery(key_file: KeyFile, code: str) -> bytes:
    """The data key, by the recovery code as somebody types it.

    Raises:
        BadInput: it is not a recovery code; found before any derivation.
        WrongPassphrase: it is the code of another store, or an older one, or there is none.
    """
    secret = recovery.parse(code).encode("ascii")
    slot = key_file.slot(None)
    if slot is None:
        raise WrongPassphrase(_NO_CODE)
    data_key = _unsealed(key_file.store_id, slot, secret)
    if data_key is None:
        raise WrongPassphrase(_WRONG_CODE)
    return data_key


def calibrated(seconds: float = 0.7) -> Kdf:
    """As many iterations as take about so many seconds here at 64 MiB, never below the floor.

    pzdesk means unlocking to take 0.5 to 2 s; 0.7 s leaves room for a busier or a quieter moment of
    the same computer. Measures two derivations at the floor.
    """
    once = min(_timed(FLOOR), _timed(FLOOR))
    iterations = round(FLOOR.iterations * seconds / once)
    return replace(FLOOR, iterations=min(max(iterations, FLOOR.iterations), 100))


def passphrase_from_bytes(data: bytes) -> str:
    """The passphrase in a file: UTF-8 without a leading BOM and one final newline, in NFC.

    Raises:
        BadInput: it is empty, not UTF-8, or too long to be a passphrase.
    """
    if len(data) > MAX_SECRET_BYTES:
        raise BadInput("Dit bestand is te groot voor een wachtzin.", field="wachtzin")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise BadInput(
            "De wachtzin in dit bestand is niet te lezen. Sla het bestand op als tekst in UTF-8.",
            field="wachtzin",
        ) from problem
    text = text.removeprefix("\ufeff")
    text = text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")
    if not text:
        raise BadInput("Het bestand met de wachtzin is leeg.", field="wachtzin")
    return unicodedata.normalize("NFC", text)


def to_json(key_file: KeyFile) -> bytes:
    """The bytes of ``keys.json``: the same value gives the same bytes."""
    anchor = key_file.anchor
    content = {
        "format": FORMAT,
        "store_id": key_file.store_id,
        "created": key_file.created,
        "slots": [
            {**_header(slot), "nonce": _base64(slot.nonce), "sealed": _base64(slot.sealed)}
            for slot in key_file.slots
        ],
        "anchor": None if anchor is None else {"sequence": anchor.sequence, "head": anchor.head},
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


def read(path: Path) -> KeyFile:
    """The key file at a path.

    Raises:
        StoreMissing: it is not there.
        StoreError: it cannot be read, or see ``from_json``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as problem:
        raise StoreMissing(
            f"{path.name}, het bestand met de sleutels, ontbreekt. Zet een back-up terug."
        ) from problem
    except OSError as problem:
        raise StoreError(
            f"{path.name}, het bestand met de sleutels, is niet te lezen."
        ) from problem
    return from_json(data)


def write(path: Path, key_file: KeyFile) -> None:
    """Put the key file at a path, readable by its owner only: whole, or the old one stays.

    Raises:
        StoreError: the disk is full or not writable.
    """
    data = to_json(key_file)
    if not key_file.slots or from_json(data) != key_file:
        raise ValueError("a key file that could not be read back")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        # What a crash left here may hold the slot of somebody who has lost it since.
        for left_behind in path.parent.glob(f".{path.name}.*.tmp"):
            left_behind.unlink(missing_ok=True)
        try:
            _write_private(temporary, data)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError(_NOT_SAVED) from problem
    _sync_folder(path.parent)


def _with_slot(
    key_file: KeyFile,
    data_key: bytes,
    kind: SlotKind,
    login: str | None,
    secret: bytes,
    kdf: Kdf,
    now: datetime,
) -> KeyFile:
    if len(data_key) != KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    empty = Slot(
        kind=kind,
        login=login,
        created=_moment(now),
        kdf=kdf,
        salt=secrets.token_bytes(_SALT_BYTES.start),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        sealed=bytes(_SEALED_BYTES),
    )
    cipher = AESGCM(_derived(kdf, empty.salt, secret))
    sealed = cipher.encrypt(empty.nonce, data_key, _authenticated(key_file.store_id, empty))
    others = tuple(slot for slot in key_file.slots if slot.login != login)
    return replace(key_file, slots=(*others, replace(empty, sealed=sealed)))


def _unsealed(store_id: str, slot: Slot, secret: bytes) -> bytes | None:
    cipher = AESGCM(_derived(slot.kdf, slot.salt, secret))
    try:
        return cipher.decrypt(slot.nonce, slot.sealed, _authenticated(store_id, slot))
    except InvalidTag:
        return None


def _stand_in(key_file: KeyFile) -> Slot:
    """A slot that nothing opens, for the same work as the slots of this file."""
    costs = [slot.kdf for slot in key_file.slots if slot.kind is SlotKind.PASSPHRASE]
    return Slot(
        kind=SlotKind.PASSPHRASE,
        login="-",
        created=key_file.created,
        kdf=costs[0] if costs else FLOOR,
        salt=secrets.token_bytes(_SALT_BYTES.start),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        sealed=secrets.token_bytes(_SEALED_BYTES),
    )


def _derived(kdf: Kdf, salt: bytes, secret: bytes) -> bytes:
    function = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=kdf.iterations,
        lanes=kdf.lanes,
        memory_cost=kdf.memory_kib,
    )
    try:
        return function.derive(secret)
    except MemoryError as problem:
        raise StoreError(
            "Er is te weinig werkgeheugen vrij om de praktijk te openen. Sluit andere programma's."
        ) from problem


def _timed(kdf: Kdf) -> float:
    start = time.perf_counter()
    _derived(kdf, bytes(_SALT_BYTES.start), b"calibration")
    return time.perf_counter() - start


def _secret(passphrase: str) -> bytes:
    """NFC, so that a letter and its accent may be typed in one or in two; lone surrogates only fail."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def _header(slot: Slot) -> dict[str, object]:
    kdf = {
        "name": _KDF,
        "memory_kib": slot.kdf.memory_kib,
        "iterations": slot.kdf.iterations,
        "lanes": slot.kdf.lanes,
        "salt": _base64(slot.salt),
    }
    return {"kind": slot.kind.value, "login": slot.login, "created": slot.created, "kdf": kdf}


def _authenticated(store_id: str, slot: Slot) -> bytes:
    """The associated data of a slot: canonical JSON of all that decides how it is opened."""
    header = {"format": FORMAT, "store_id": store_id, **_header(slot)}
    text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _key_file(content: object) -> KeyFile:
    kinds = {"format": str, "store_id": str, "created": str, "slots": list, "anchor": dict | None}
    fields = _fields(content, kinds)
    if fields["format"] != FORMAT or not fields["slots"]:
        raise ValueError("not a key file")
    anchor = fields["anchor"]
    return KeyFile(
        store_id=fields["store_id"],
        created=fields["created"],
        slots=tuple(_slot(slot) for slot in fields["slots"]),
        anchor=None
        if anchor is None
        else Anchor(**_fields(anchor, {"sequence": int, "head": str})),
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


def _is_login(login: str) -> bool:
    return 0 < len(login) <= _LONGEST_LOGIN and login.isprintable()


def _moment(now: datetime) -> str:
    if now.utcoffset() is None:
        raise ValueError("a moment has a time zone")
    return now.astimezone(UTC).strftime(_MOMENT)


def _check_moment(text: str) -> None:
    if datetime.strptime(text, _MOMENT).strftime(_MOMENT) != text:
        raise ValueError("not a moment")


def _write_private(path: Path, data: bytes) -> None:
    file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name of a file survive a power cut, where folders can be synced at all."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network folders cannot; the old or the new file is whole anyway
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
