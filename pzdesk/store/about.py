"""Sizes, counts and versions of a store: what can be told of it without a word of what it holds."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk.store import backups, database, drafts
from pzdesk.store.folder import BACKUPS, DATABASE, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreAbout:
    """Sizes are in bytes; ``counts`` has no table of which even the number is restricted."""

    schema: str
    size: int
    wal: int
    free: int
    counts: Mapping[str, int]
    backups: int
    drafts: int


def about(store: Store) -> StoreAbout:
    """Look at an open store (raises ``StoreError`` when it cannot be read)."""
    place = store.folder
    with database.told_to_user(), store.engine.connect() as connection:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        schema = str(version.scalar())
        counts = {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
            for name, table in backups.COUNTED.items()
        }
    return StoreAbout(
        schema=schema,
        size=store.size(),
        wal=_size(place / f"{DATABASE}-wal"),
        free=shutil.disk_usage(place).free,
        counts=counts,
        backups=len(list((place / BACKUPS).glob(f"*{backups.SUFFIX}"))),
        drafts=len(list((place / drafts.FOLDER).glob(f"*{drafts.SUFFIX}"))),
    )


def libraries() -> str:
    """Which SQLite and SQLCipher this pzdesk works with."""
    connection = sqlcipher.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return f"SQLite {sqlcipher.sqlite_version}, SQLCipher {str(cipher[0]).split()[0] if cipher else '?'}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
