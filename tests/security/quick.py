"""A stand-in for Argon2id that costs nothing, for tests that are about what comes after the derivation."""

import hashlib

from pzdesk.security.slots import Kdf


def derived(kdf: Kdf, salt: bytes, secret: bytes) -> bytes:
    """A slot key that depends on all that it is made of."""
    return hashlib.sha256(repr((kdf, salt, secret)).encode()).digest()
