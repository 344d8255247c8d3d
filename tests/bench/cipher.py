"""SQLCipher beside plain SQLite: the same schema, rows and questions, with and without a key."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk.services.desk import desk_over
from pzdesk.store import database
from tests.bench.bare import Statements, listening
from tests.bench.big_store import BigStore
from tests.bench.measure import Act, Measure, side_by_side

COMMITS = 300
_NOW = "2026-11-24 13:05:00.000000"
_ADD = (
    "INSERT INTO action (version, patient_id, who, what, due, since, outcome, recorded_at, recorded_by)"
    " VALUES (1, ?, 'F. Hoekstra', 'Nachtzorg aanvragen', '2026-11-27', '2026-11-24', '', ?, 1)"
)


def measures(store: BigStore, scratch: Path) -> Iterator[Measure]:
    """Reading the list, and many small commits, against a plain copy of the same store."""
    plain = scratch / "gewoon.db"
    _export(store, plain)
    encrypted = scratch / "versleuteld.db"
    shutil.copy2(store.database, encrypted)
    session = store.open()
    with closing(session):
        desk = desk_over(session)
        with listening(session.store.engine) as heard:
            desk.patients.rows(everybody=True)
    ours = database.connect(encrypted, store.key)
    asked = heard.questions
    with closing(ours):
        for name, module in (("SQLite", sqlite3), ("zonder sleutel", sqlcipher)):
            with closing(_plain(module, plain, like=ours)) as connection:
                taken = side_by_side(_cold(asked, ours), _cold(asked, connection))
                yield _measure(f"SQLCipher: lijst lezen, naast {name}", *taken)
        with closing(_plain(sqlite3, plain, like=ours)) as connection:
            taken = side_by_side(_committing(ours), _committing(connection), times=3)
            yield _measure(f"SQLCipher: {COMMITS} x opslaan (WAL, FULL)", *taken)


def _measure(name: str, ours: float, bare: float) -> Measure:
    return Measure(name=name, ours=ours, bare=bare, bare_is="gewoon", most_ratio=1.5)


def _export(store: BigStore, plain: Path) -> None:
    with closing(database.connect(store.database, store.key)) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH DATABASE plain")


def _plain(module: Any, path: Path, *, like: Any) -> Any:
    """A connection without a key, set as the encrypted one is."""
    connection = module.connect(path, isolation_level=None)
    for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "cache_size"):
        value = like.execute(f"PRAGMA {name}").fetchone()[0]
        connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _cold(asked: Statements, connection: Any) -> Act:
    """Ask with an empty page cache, so that every page is read (and decrypted) again."""
    again: Callable[[], object] = asked.on(connection)

    def act() -> object:
        connection.execute("PRAGMA shrink_memory")
        return again()

    return act


def _committing(connection: Any) -> Act:
    def act() -> None:
        for number in range(COMMITS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_ADD, (number % 100 + 1, _NOW))
            connection.execute("COMMIT")

    return act
