"""The key slots of a store: one random data key, sealed once per user and once for a recovery code.

``keys.json`` holds no secret: each slot is the data key under AES-256-GCM with a key that Argon2id
(RFC 9106) makes of somebody's passphrase. What opens a slot authenticates that slot's whole header
and the store's id; the moment of the file and the anchor of the log in it are not authenticated. What a slot
holds, and how a new data key comes into it while its owner is not there, stands in ``pairs``.
"""

import os
import secrets
import time
import unicodedata
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pzdesk.domain.errors import (
    BadInput,
    NotFound,
    Refused,
    StoreError,
    StoreMissing,
    WrongPassphrase,
)
from pzdesk.security import pairs, recovery
from pzdesk.security.pairs import Opened
from pzdesk.security.slots import (
    FLOOR,
    KEY_BYTES,
    MAX_FILE_BYTES,
    NONCE_BYTES,
    PAIR_SEALED_BYTES,
    SALT_BYTES,
    SEALED_BYTES,
    Anchor,
    Kdf,
    KeyFile,
    Pair,
    Slot,
    SlotKind,
    from_json,
    is_login,
    moment,
    to_json,
)

MAX_SECRET_BYTES = 4096
_BINARY = getattr(os, "O_BINARY", 0)

_WRONG = (
    "Deze gebruiker en wachtzin horen niet bij elkaar. Probeer het opnieuw; blijft het misgaan, "
    "gebruik dan het herstelblad."
)
_WRONG_CODE = "Deze herstelcode hoort niet bij deze praktijk, of is vervangen door een nieuwere."
_NO_CODE = "Deze praktijk heeft geen herstelcode. Open haar met een wachtzin."
_NOT_SAVED = (
    "De sleutels konden niet worden opgeslagen: de schijf is vol of niet beschrijfbaar. "
    "Wat er stond is er nog; maak ruimte en probeer het opnieuw."
)


def new_data_key() -> bytes:
    """A new key for a database: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def new_key_file(now: datetime) -> KeyFile:
    """A key file for a new store, without a slot yet; ``now`` has a time zone."""
    return KeyFile(store_id=secrets.token_hex(16), created=moment(now))


def with_passphrase_slot(
    key_file: KeyFile, data_key: bytes, login: str, passphrase: str, kdf: Kdf, now: datetime
) -> KeyFile:
    """The key file in which this passphrase opens for this login (raises as ``passphrase_slot``)."""
    slot = passphrase_slot(key_file.store_id, data_key, login, passphrase, kdf, now)
    return with_slot(key_file, slot)


def passphrase_slot(
    store_id: str, data_key: bytes, login: str, passphrase: str, kdf: Kdf, now: datetime
) -> Slot:
    """The slot that this passphrase opens for this login: a second of work, before any lock is taken.

    Whether the passphrase is good enough is for ``passphrase.check``, before this.

    Raises:
        BadInput: the login or the passphrase is empty or cannot be written.
    """
    if not is_login(login):
        raise BadInput("Deze gebruikersnaam kan niet worden gebruikt.", field="login")
    secret = _secret(passphrase)
    if not secret:
        raise BadInput("Een lege wachtzin kan niet.", field="wachtzin")
    return _slot(store_id, data_key, SlotKind.PASSPHRASE, login, secret, kdf, now)


def with_slot(key_file: KeyFile, slot: Slot) -> KeyFile:
    """The key file with this slot; an older one of the same login, or an older recovery slot, is gone.

    With another passphrase the slot that a computer opens quickly is gone too: it was of the one before.
    """
    is_quick = slot.kind is SlotKind.QUICK
    others = tuple(
        other
        for other in key_file.slots
        if other.login != slot.login or (is_quick and other.kind is not SlotKind.QUICK)
    )
    return replace(key_file, slots=(*others, slot))


def with_made_whole(key_file: KeyFile, login: str, was: Slot, whole: Slot) -> KeyFile:
    """The key file in which a slot that was opened stands as it should, unless it was changed meanwhile."""
    if key_file.slot(login) != was:
        return key_file
    return replace(key_file, slots=tuple(whole if one == was else one for one in key_file.slots))


def without_quick(key_file: KeyFile, login: str) -> KeyFile:
    """The key file that no computer opens quickly for this login any more."""
    gone = key_file.quick(login)
    return replace(key_file, slots=tuple(slot for slot in key_file.slots if slot is not gone))


def quick_slot(store_id: str, data_key: bytes, login: str, secret: str, now: datetime) -> Slot:
    """The slot for a random secret that the keyring of a computer keeps; at the floor, for it is long."""
    kind = SlotKind.QUICK
    return _slot(store_id, data_key, kind, login, secret.encode("ascii"), FLOOR, now)


def with_recovery_slot(
    key_file: KeyFile, data_key: bytes, code: str, kdf: Kdf, now: datetime
) -> KeyFile:
    """The key file that this recovery code opens; the code before it is void.

    Raises:
        BadInput: it is not a recovery code.
    """
    secret = recovery.parse(code).encode("ascii")
    slot = _slot(key_file.store_id, data_key, SlotKind.RECOVERY, None, secret, kdf, now)
    return with_slot(key_file, slot)


def without_slot(key_file: KeyFile, login: str) -> KeyFile:
    """The key file that a departed user no longer opens.

    Raises:
        NotFound: there is no slot of this login.
        Refused: it is the last slot; without it nobody opens the store ever again.
    """
    if key_file.slot(login) is None:
        raise NotFound(f"Er is geen sleutel van gebruiker {login}.")
    left = tuple(slot for slot in key_file.slots if slot.login != login)
    if all(slot.kind is SlotKind.QUICK for slot in left):
        raise Refused("Dit is de laatste sleutel: zonder deze gaat de praktijk nooit meer open.")
    return replace(key_file, slots=left)


def with_new_key(
    key_file: KeyFile, was: bytes, former: Iterable[bytes], data_key: bytes, logins: Container[str]
) -> tuple[KeyFile, tuple[Slot, ...]]:
    """The key file under a new data key, and the slots that could not come along.

    Only users in ``logins`` stay: who left and put their slot back gets nothing. What a computer opens
    quickly is gone: it costs a passphrase, and is turned on again by who wants it.
    """
    kept, left_out = [], []
    for slot in key_file.slots:
        if slot.kind is SlotKind.QUICK or not (slot.login is None or slot.login in logins):
            continue
        made = pairs.renewed(slot, key_file.store_id, was, former, data_key)
        if made is None:
            left_out.append(slot)
        else:
            kept.append(made)
    return replace(key_file, slots=tuple(kept)), tuple(left_out)


def with_anchor(key_file: KeyFile, sequence: int, head: str, now: datetime) -> KeyFile:
    """The key file that says how far the log was, in the place of what it said before."""
    anchor = Anchor(sequence=sequence, head=head, at=moment(now)) if sequence else None
    return replace(key_file, anchor=anchor)


def open_with_passphrase(key_file: KeyFile, login: str, passphrase: str) -> bytes:
    """The data key, by somebody's passphrase.

    An unknown login costs the same work and gives the same sentence as a wrong passphrase; a slot
    that was tampered with cannot be told from a wrong passphrase either.

    Raises:
        WrongPassphrase: this login and passphrase open nothing.
    """
    return opened_with_passphrase(key_file, login, passphrase).data_key


def opened_with_passphrase(key_file: KeyFile, login: str, passphrase: str) -> Opened:
    """The same, with the slot that should be kept in the place of the one that was opened."""
    slot = (key_file.slot(login) if is_login(login) else None) or _stand_in(key_file)
    found = _unsealed(key_file.store_id, slot, _secret(passphrase))
    if found is None:
        raise WrongPassphrase(_WRONG)
    return found


def open_quickly(key_file: KeyFile, login: str, secret: str) -> bytes | None:
    """The data key, by what the keyring of a computer keeps; None when that opens nothing."""
    slot = key_file.quick(login)
    found = slot and _unsealed(key_file.store_id, slot, _secret(secret))
    return found.data_key if found else None


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
    found = _unsealed(key_file.store_id, slot, secret)
    if found is None:
        raise WrongPassphrase(_WRONG_CODE)
    return found.data_key


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
            write_private(temporary, data)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError(_NOT_SAVED) from problem
    _sync_folder(path.parent)


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that its owner alone reads, durably; what stands there stays (``OSError``)."""
    file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _slot(
    store_id: str,
    data_key: bytes,
    kind: SlotKind,
    login: str | None,
    secret: bytes,
    kdf: Kdf,
    now: datetime,
) -> Slot:
    empty = Slot(
        kind=kind,
        login=login,
        created=moment(now),
        kdf=kdf,
        salt=secrets.token_bytes(SALT_BYTES.start),
        nonce=secrets.token_bytes(NONCE_BYTES),
        sealed=bytes(PAIR_SEALED_BYTES),
        pair=Pair(public=bytes(KEY_BYTES), proof=bytes(KEY_BYTES)),
    )
    return pairs.filled(empty, _derived(kdf, empty.salt, secret), data_key, store_id)


def _unsealed(store_id: str, slot: Slot, secret: bytes) -> Opened | None:
    return pairs.opened(slot, _derived(slot.kdf, slot.salt, secret), store_id)


def _stand_in(key_file: KeyFile) -> Slot:
    """A slot that nothing opens, for the same work as the slots of this file."""
    costs = [slot.kdf for slot in key_file.slots if slot.kind is SlotKind.PASSPHRASE]
    return Slot(
        kind=SlotKind.PASSPHRASE,
        login="-",
        created=key_file.created,
        kdf=costs[0] if costs else FLOOR,
        salt=secrets.token_bytes(SALT_BYTES.start),
        nonce=secrets.token_bytes(NONCE_BYTES),
        sealed=secrets.token_bytes(SEALED_BYTES),
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
    _derived(kdf, bytes(SALT_BYTES.start), b"calibration")
    return time.perf_counter() - start


def _secret(passphrase: str) -> bytes:
    """NFC, so that a letter and its accent may be typed in one or in two; lone surrogates only fail."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


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
