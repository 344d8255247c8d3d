"""Sealing small files beside the database: AES-256-GCM under a key that is derived from the data key.

What is sealed is bound to its name and its kind, so that one file cannot be put in the place of another.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pzdesk.domain.errors import StoreDamaged
from pzdesk.security.keys import write_private

MAGIC = b"pzdesk sealed 1\n"
NONCE = 12


def derived_key(data_key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose (HKDF-SHA256, RFC 5869); it opens nothing else."""
    made = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=None, info=f"pzdesk {purpose} v1".encode()
    )
    return made.derive(data_key)


def hidden_name(key: bytes, name: str) -> str:
    """A file name that tells nothing of what it is the name of."""
    return hmac.new(key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:40]


def seal(key: bytes, name: str, data: bytes) -> bytes:
    """The bytes of a sealed file."""
    nonce = secrets.token_bytes(NONCE)
    return MAGIC + nonce + AESGCM(key).encrypt(nonce, data, _bound(name))


def unseal(key: bytes, name: str, sealed: bytes) -> bytes:
    """What was sealed under this name.

    Raises:
        StoreDamaged: it is damaged, was cut, or is another file.
    """
    start = len(MAGIC)
    try:
        if not sealed.startswith(MAGIC):
            raise InvalidTag
        nonce, body = sealed[start : start + NONCE], sealed[start + NONCE :]
        return AESGCM(key).decrypt(nonce, body, _bound(name))
    except (InvalidTag, ValueError) as problem:
        raise StoreDamaged("Een bewaard concept is beschadigd en niet te lezen.") from problem


def replace_durably(path: Path, data: bytes) -> None:
    """Put a file in the place of what was there: whole or not at all, also when the power fails.

    Raises:
        OSError: the disk is full or not writable; what stood there is still there.
    """
    making = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        write_private(making, data)
        os.replace(making, path)
    finally:
        making.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that its owner alone reads, if it is not there, so that a power cut leaves it there.

    Raises:
        OSError: the disk is full or not writable.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make durable which names stand in a folder; Windows does that by itself (raises ``OSError``)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _bound(name: str) -> bytes:
    return MAGIC + name.encode("utf-8", "surrogatepass")
