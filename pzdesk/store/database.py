"""The encrypted file: how it is created, recognised, unlocked and tuned."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk.domain.errors import StoreBusy, StoreDamaged, StoreError, StoreMissing

APPLICATION_ID = 0x707A646B  # "pzdk"
PAGE = 4096
BUSY_SECONDS = 2.0
ERRORS = (sqlcipher.Error, OSError)
# SQLite before 3.51.3 can corrupt a WAL database with two connections; SQLCipher 4.14 has the cure.
LEAST_SQLITE = (3, 51, 3)
LEAST_SQLCIPHER = (4, 14)


def check_native() -> None:
    """Refuse to work with a database library that is known to corrupt files.

    Raises:
        StoreError: SQLite or SQLCipher is too old.
    """
    connection = sqlcipher.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    version = (
        tuple(int(part) for part in str(cipher[0]).split()[0].split(".")[:2]) if cipher else (0,)
    )
    if sqlcipher.sqlite_version_info < LEAST_SQLITE or version < LEAST_SQLCIPHER:
        raise StoreError(
            "De database-bibliotheek is te oud om veilig mee te werken; installeer pzdesk opnieuw."
        )


def check_file(path: Path) -> None:
    """Look at the file before any key is tried.

    Raises:
        StoreMissing: there is no file.
        StoreDamaged: it is empty, cut, or not encrypted.
        StoreError: it cannot be read.
    """
    if not path.is_file():
        raise StoreMissing(f"In deze map ontbreekt {path.name}; zet een back-up terug.")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as problem:
        raise StoreError(f"{path.name} is niet te lezen. Mag u bij deze map?") from problem
    if size == 0:
        raise StoreDamaged(
            f"{path.name} is leeg: het bestand is beschadigd. Zet een back-up terug."
        )
    if start.startswith(b"SQLite format 3"):
        raise StoreDamaged(f"{path.name} is niet versleuteld; dit is geen bestand van pzdesk.")
    if is_cut(path) and not _has_log(path):
        raise StoreDamaged(
            f"{path.name} is afgekapt: het bestand is beschadigd. Zet een back-up terug."
        )


def is_cut(path: Path) -> bool:
    """Whether a database ends half a page: damage, or a disk that was full when its log was written back."""
    return bool(path.stat().st_size % PAGE)


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def write_back(path: Path, key: bytes) -> None:
    """Write what stands in the write-ahead log into the database once more.

    Raises:
        StoreError: the disk is full, or see ``connect``; everything is still in the log.
    """
    connection = connect(path, key)
    try:
        with told_to_user():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A bare keyed connection, with every setting asserted by reading it back.

    The raw key is 32 bytes; SQLCipher would take a malformed one for a passphrase without a word.

    Raises:
        StoreMissing: the file is not there and ``create`` is false.
        StoreDamaged: the key does not open the file, or pzdesk did not make it.
        StoreError: it is busy or cannot be used.
    """
    if len(key) != 32:
        raise ValueError("a store key has 32 bytes")
    if not create and not path.exists():
        raise StoreMissing(f"In deze map ontbreekt {path.name}; zet een back-up terug.")
    uri = f"{path.resolve().as_uri()}?mode={'rwc' if create else 'rw'}"
    with told_to_user():
        connection = sqlcipher.connect(
            uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            if not create:
                _recognise(connection, path.name)
            _tune(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _recognise(connection: Any, name: str) -> None:
    """Prove the key by reading, and look whose file it is, before anything in it is touched."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        application = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlcipher.DatabaseError as problem:
        if isinstance(problem, sqlcipher.OperationalError):
            raise
        raise StoreDamaged(
            f"{name} hoort niet bij deze sleutels of is beschadigd. Zet een back-up terug."
        ) from problem
    if application != APPLICATION_ID:
        raise StoreDamaged(f"{name} is niet door pzdesk gemaakt.")


_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("foreign_keys", "ON", 1),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("secure_delete", "ON", 1),
    # 32 MB: a proposal over 10,000 patients outgrows the half of it; a small practice fills less.
    ("cache_size", "-32000", -32000),
)


def _tune(connection: Any) -> None:
    for name, wanted, expected in _SETTINGS:
        connection.execute(f"PRAGMA {name} = {wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise StoreError(f"De database-instelling {name} is niet te zetten; werk niet verder.")


def create_file(path: Path, key: bytes) -> None:
    """A new encrypted database without tables, readable by the owner only.

    Raises:
        FileExistsError: there is something at the path; nothing is ever overwritten.
        StoreError: the disk is full or not writable.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection = connect(path, key, create=True)
    try:
        with told_to_user():
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    finally:
        connection.close()


def engine_for(path: Path, key: bytes) -> sa.Engine:
    """The engine over an existing file; parameters never reach a log or an error text."""
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path, key),
        module=sqlcipher,
        poolclass=sa.QueuePool,
        # The connection that committed last still knows its pages; to the others they are old.
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("pzdesk_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def told_to_user() -> Iterator[None]:
    """Turns what the database could not do into a sentence; a bug of ours goes on as it is."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlcipher.DatabaseError) as problem:
        sentence = told(problem)
        if sentence is None:
            raise
        raise sentence from None


def told(problem: BaseException) -> StoreError | None:
    """The sentence for what the database could not do, or None when it is a bug of ours."""
    cause = problem.orig if isinstance(problem, sa.exc.DBAPIError) else problem
    if not isinstance(cause, sqlcipher.DatabaseError | sqlite3.DatabaseError):
        return None
    text = str(cause).lower()
    if "locked" in text or "busy" in text:
        return StoreBusy(
            "Een ander venster is aan het opslaan. Probeer het over een paar tellen opnieuw."
        )
    if "readonly" in text:
        return StoreError(
            "De map van de praktijk is niet te beschrijven. Ook wie alleen leest, komt in het logboek: "
            "zorg dat u in deze map mag schrijven."
        )
    # SQLCipher says of a disk that fills while a key is changed only that changing it went wrong.
    if any(sign in text for sign in ("full", "disk i/o", "unable to open", "pragma key or rekey")):
        return StoreError(
            "Er kon niet worden opgeslagen: de schijf is vol of niet beschrijfbaar. "
            "Wat al was opgeslagen is er nog; maak ruimte en probeer het opnieuw."
        )
    if any(sign in text for sign in ("malformed", "not a database", "could not decode")):
        return StoreDamaged("Het bestand is beschadigd. Werk niet verder en zet een back-up terug.")
    return None
