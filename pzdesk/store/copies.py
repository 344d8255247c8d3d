"""A consistent copy of the database, proved to hold the same rows before anybody relies on it."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pzdesk.domain.audit import START
from pzdesk.domain.errors import StoreDamaged, StoreError
from pzdesk.store import database

_TRIES = 3
STEPS = 6
_LOOKED_EVERY = 200_000  # steps of SQLite's machine: some milliseconds

Step = Callable[[int, int], object]
"""Told how many steps of how many are done; what it raises breaks the work off, and nothing was made."""


def untold(done: int, total: int) -> None:
    """Nobody follows the work, and nobody breaks it off."""


def verified_copy(path: Path, key: bytes, target: Path, step: Step = untold) -> str:
    """Copy a database to a new file and look whether it is whole; returns the digest of all its rows.

    The source is checked first: a damaged one is never copied over what is good. When somebody saves
    meanwhile, the copy is made again.

    Raises:
        StoreDamaged: the source, or the copy, is not whole.
        StoreError: the disk is full or not writable, or the store is busy all the time.
    """
    source = database.connect(path, key)
    try:
        with database.told_to_user(), _followed(source, step) as follow:
            check_whole(source)
            for _ in range(_TRIES):
                follow(1)
                before = digest(source)
                with suppress(FileNotFoundError):
                    target.unlink()
                follow(2)
                source.execute("VACUUM INTO ?", (str(target),))
                target.chmod(0o600)
                follow(3)
                if digest(source) == before:
                    follow(4)
                    _check_same(target, key, before, follow)
                    return before
    except OSError as problem:
        raise StoreError(
            "De kopie kon niet worden gemaakt: de schijf is vol of niet beschrijfbaar."
        ) from problem
    finally:
        source.close()
    raise StoreError("Er wordt steeds opgeslagen; de kopie is niet gemaakt. Probeer het zo weer.")


@contextmanager
def _followed(connection: Any, step: Step) -> Iterator[Callable[[int], object]]:
    """Tells each step, and lets a statement that takes long be broken off by what the step raises."""
    done, problem = 0, None

    def look() -> int:
        nonlocal problem
        try:
            step(done, STEPS)
        except BaseException as raised:
            problem = raised
        return int(problem is not None)

    def follow(now: int) -> None:
        nonlocal done
        done = now
        step(done, STEPS)

    connection.set_progress_handler(look, _LOOKED_EVERY)
    try:
        yield follow
    except database.ERRORS:
        if problem is not None:
            raise problem from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _check_same(copy: Path, key: bytes, wanted: str, follow: Callable[[int], object]) -> None:
    opened = database.connect(copy, key)
    try:
        check_whole(opened)
        follow(5)
        if digest(opened) != wanted:
            raise StoreDamaged("De kopie is niet gelijk aan wat werd gekopieerd.")
    finally:
        opened.close()


def check_whole(connection: Any) -> None:
    """Look at every page and every reference (both checks: each misses what the other finds).

    Raises:
        StoreDamaged: something is not whole.
    """
    whole = (
        not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        and not connection.execute("PRAGMA foreign_key_check").fetchall()
    )
    if not whole:
        raise StoreDamaged("De database is beschadigd. Zet een back-up terug.")


def digest(connection: Any) -> str:
    """SHA-256 over every row of every table in order, in one reading; the same rows, the same digest."""
    made = hashlib.sha256()
    connection.execute("BEGIN")
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "ORDER BY name"
        ).fetchall()
        for (name,) in names:
            made.update(f"\n{name}\n".encode())
            for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608
                made.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    finally:
        connection.execute("ROLLBACK")
    return made.hexdigest()


def end_of_log(connection: Any) -> tuple[int, str]:
    """Sequence and head of the newest line of the audit log; (0, start) in an empty one."""
    row = connection.execute(
        "SELECT sequence, head FROM audit_event ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, START)
