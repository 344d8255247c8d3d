"""Every page of a database in the clear, free ones and those of the write-ahead log among them.

Read with a cipher of its own, by what SQLCipher 4 says of its pages: AES-256-CBC, at the end of each page 80
bytes of which the first 16 are the IV; page 1 begins with a salt of 16 bytes that is not encrypted.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4096, 80, 16
_WAL_HEAD, _FRAME_HEAD = 32, 24


def everything(path: Path, key: bytes) -> bytes:
    """All that stands in a database and its write-ahead log, decrypted."""
    return b"".join(_pages(path, key))


def _pages(path: Path, key: bytes) -> Iterator[bytes]:
    data = path.read_bytes()
    for start in range(0, len(data), PAGE):
        yield _plain(data[start : start + PAGE], key, is_first=start == 0)
    log = path.with_name(f"{path.name}-wal")
    frames = log.read_bytes()[_WAL_HEAD:] if log.exists() else b""
    for start in range(0, len(frames), _FRAME_HEAD + PAGE):
        frame = frames[start : start + _FRAME_HEAD + PAGE]
        yield _plain(frame[_FRAME_HEAD:], key, is_first=frame[:4] == b"\0\0\0\1")


def _plain(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    end = len(page) - RESERVED
    body = page[SALT if is_first else 0 : end]
    opened = Cipher(algorithms.AES(key), modes.CBC(page[end : end + 16])).decryptor()
    return opened.update(body) + opened.finalize()
