"""A copy of the database under another key, proved to hold the same rows before anybody relies on it."""

from contextlib import closing
from pathlib import Path

from pzdesk.domain.errors import StoreDamaged
from pzdesk.store import copies, database


def change_key(path: Path, was: bytes, key: bytes) -> None:
    """Put a copy that nobody else has open under another key (SQLCipher's ``PRAGMA rekey``).

    Raises:
        StoreDamaged: it is not whole afterwards, or does not hold the same rows.
        StoreError: the disk is full or not writable; the copy is of no use then.
    """
    with database.told_to_user():
        with closing(database.connect(path, was)) as copy:
            before = copies.digest(copy)
            copy.execute(
                "PRAGMA journal_mode = DELETE"
            )  # one file, whole, before its key is changed
            copy.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
        with closing(database.connect(path, key)) as copy:
            copies.check_whole(copy)
            if copies.digest(copy) != before:
                raise StoreDamaged(
                    "De kopie onder de andere sleutel is niet gelijk aan de praktijk."
                )
