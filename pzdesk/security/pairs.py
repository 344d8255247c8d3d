"""The key pair of a slot: how a new data key reaches users whose passphrases nobody knows.

After somebody left, the practice can get a new data key. It has to come into the slot of every user who
stays, and only they know their passphrases. Two ways were weighed: a start code on paper for each of them,
or a key pair in each slot. With the pair nobody notices anything and no code lies on a desk, so each slot
holds an X25519 private key beside the data key, and shows the public one. Whoever renews seals the new data
key to the public keys (``Renewed``); at the next opening the owner's slot is made whole again.

What is sealed to a public key could come from anybody. So ``Pair.proof`` is made with the data key: whoever
renews takes along only slots that somebody with the key made, and a key that was put in by force gets no
new data key. ``Renewed.proof`` is made with the data key that the owner's slot itself holds, so that nobody
without that key can bring an owner to work under a key of theirs. Who had the data key *and* can still
write in the folder until the owner opens it once could; SECURITY.md says so.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pzdesk.security.slots import (
    KEY_BYTES,
    NONCE_BYTES,
    PAIR_SEALED_BYTES,
    Pair,
    Renewed,
    Slot,
    authenticated,
)

_TO_SEAL, _TO_PROVE = b"pzdesk data key v2", b"pzdesk slot v2"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a secret opened; ``made_whole`` is the slot to be kept in its place, None where it may stay."""

    data_key: bytes
    made_whole: Slot | None = None

    def __repr__(self) -> str:
        return "Opened(...)"


def filled(slot: Slot, slot_key: bytes, data_key: bytes, store_id: str) -> Slot:
    """A slot with a new key pair and the data key sealed in it; what it held before is gone."""
    if len(data_key) != KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    private = X25519PrivateKey.generate()
    return _closed(slot, slot_key, private.private_bytes_raw(), data_key, store_id)


def opened(slot: Slot, slot_key: bytes, store_id: str) -> Opened | None:
    """What is in a slot; None when it is another key, or anything of the slot was changed."""
    header = authenticated(store_id, slot)
    try:
        inside = AESGCM(slot_key).decrypt(slot.nonce, slot.sealed, header)
    except InvalidTag:
        return None
    if slot.pair is None:
        return Opened(inside, filled(slot, slot_key, inside, store_id))
    private, data_key, renewed = inside[:KEY_BYTES], inside[KEY_BYTES:], slot.pair.renewed
    if renewed is not None:
        if not _proves(renewed.proof, data_key, header, renewed.ephemeral, renewed.sealed):
            return None
        newer = _unboxed(private, slot.pair.public, renewed, header)
        if newer is None:
            return None
        data_key = newer
    if not _proves(slot.pair.proof, data_key, header, *_parts(renewed)):
        return None
    if renewed is None:
        return Opened(data_key)
    return Opened(data_key, _closed(slot, slot_key, private, data_key, store_id))


def renewed(
    slot: Slot, store_id: str, was: bytes, former: Iterable[bytes], data_key: bytes
) -> Slot | None:
    """A slot into which a new data key was put for its owner; None where that cannot be.

    ``was`` is the data key of now, ``former`` those before it. A slot without a pair cannot take a key, and
    one that nobody with the key made must not.
    """
    if slot.pair is None:
        return None
    header, before = authenticated(store_id, slot), slot.pair.renewed
    if not _proves(slot.pair.proof, was, header, *_parts(before)):
        return None
    held = was
    if (
        before is not None
    ):  # its owner was not there since the renewal before: the slot holds an older one
        parts = (header, before.ephemeral, before.sealed)
        found = next((key for key in former if _proves(before.proof, key, *parts)), None)
        if found is None:
            return None
        held = found
    ephemeral, sealed = _boxed(slot.pair.public, data_key, header)
    box = Renewed(ephemeral=ephemeral, sealed=sealed, proof=_proof(held, header, ephemeral, sealed))
    proof = _proof(data_key, header, *_parts(box))
    return replace(slot, pair=replace(slot.pair, proof=proof, renewed=box))


def _closed(slot: Slot, slot_key: bytes, private: bytes, data_key: bytes, store_id: str) -> Slot:
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    empty = replace(
        slot,
        nonce=secrets.token_bytes(NONCE_BYTES),
        sealed=bytes(PAIR_SEALED_BYTES),
        pair=Pair(public=public, proof=bytes(KEY_BYTES)),
    )
    header = authenticated(store_id, empty)
    sealed = AESGCM(slot_key).encrypt(empty.nonce, private + data_key, header)
    return replace(empty, sealed=sealed, pair=Pair(public=public, proof=_proof(data_key, header)))


def _boxed(public: bytes, data_key: bytes, header: bytes) -> tuple[bytes, bytes]:
    """A data key that only the private key opens; each time under a key of its own, so the nonce is zero."""
    own = X25519PrivateKey.generate()
    ephemeral = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    cipher = AESGCM(_stretched(shared, _TO_SEAL, ephemeral + public))
    return ephemeral, cipher.encrypt(bytes(NONCE_BYTES), data_key, header)


def _unboxed(private: bytes, public: bytes, box: Renewed, header: bytes) -> bytes | None:
    try:
        own = X25519PrivateKey.from_private_bytes(private)
        shared = own.exchange(X25519PublicKey.from_public_bytes(box.ephemeral))
        cipher = AESGCM(_stretched(shared, _TO_SEAL, box.ephemeral + public))
        return cipher.decrypt(bytes(NONCE_BYTES), box.sealed, header)
    except (InvalidTag, ValueError):  # ValueError: a public key that makes every secret zero
        return None


def _parts(box: Renewed | None) -> tuple[bytes, ...]:
    return () if box is None else (box.ephemeral, box.sealed, box.proof)


def _proof(data_key: bytes, *parts: bytes) -> bytes:
    key = _stretched(data_key, _TO_PROVE)
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def _proves(proof: bytes, data_key: bytes, *parts: bytes) -> bool:
    return hmac.compare_digest(proof, _proof(data_key, *parts))


def _stretched(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    made = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=purpose)
    return made.derive(secret)
