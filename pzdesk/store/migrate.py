"""Brings a store to the schema of this pzdesk: refuse newer, copy, upgrade in one transaction, check."""

import shutil
import warnings
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk import paths
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import StoreError, StoreNewer
from pzdesk.domain.user import User
from pzdesk.store import database, tables
from pzdesk.store.unit import Unit

KNOWN = ("0001", "0002", "0003")
HEAD = KNOWN[-1]


def version_of(connection: Any) -> str | None:
    """The revision that a database says it has; None before the first."""
    found = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    if not found:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def is_needed(path: Path, key: bytes) -> bool:
    """Whether the file has an older schema.

    Raises:
        StoreNewer: a newer pzdesk wrote it.
        StoreError: see ``database.connect``.
    """
    connection = database.connect(path, key)
    try:
        with database.told_to_user():
            version = version_of(connection)
    finally:
        connection.close()
    if version is not None and version not in KNOWN:
        raise StoreNewer(
            "Deze praktijk is met een nieuwere pzdesk bijgewerkt. "
            "Installeer de nieuwste versie om haar te openen."
        )
    return version != HEAD


def upgrade(
    path: Path, key: bytes, *, backups: Path | None, now: datetime, login: str = ""
) -> None:
    """Upgrade a file to ``HEAD``, after a verified copy in ``backups`` (None for a new file).

    The log says so in the name of ``login``, in the same transaction; of a new file it does not.

    Alembic's batch mode drops a table to recreate it: foreign keys are off, and everything stands in
    one transaction, so that a failure leaves the file as it was.

    Raises:
        StoreError: the copy or the upgrade failed; the file is as it was.
    """
    if backups is not None:
        copy_before(path, key, backups, now)
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        creator=lambda: _migrating(path, key),
        module=sqlcipher,
        poolclass=sa.NullPool,
        hide_parameters=True,
    )
    sa.event.listen(
        engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE")
    )
    try:
        with engine.connect() as connection:
            _run(connection)
            _check(connection)
            if backups is None:
                connection.commit()
            else:
                _say_so(connection, login, now)
    except (sa.exc.SQLAlchemyError, sqlcipher.Error) as problem:
        raise database.told(problem) or StoreError(
            "Het bijwerken van de praktijk naar deze versie is mislukt. Alles is nog zoals het was."
        ) from problem
    finally:
        engine.dispose()


def _say_so(connection: sa.Connection, login: str, now: datetime) -> None:
    user = User(login=login, name=login, roles=(), created_at=now)
    # Only now the file has the columns in which a user is read.
    known = Unit(connection, user, now, writes=True).find(User, login=login)
    unit = Unit(connection, known[0] if known else user, now, writes=True)
    unit.commit(AuditEvent.STORE_MIGRATED, What.EXECUTE, kind="praktijk")


def copy_before(path: Path, key: bytes, backups: Path, now: datetime) -> Path:
    """A consistent, verified copy of the file, with the key file beside it.

    Raises:
        StoreError: it could not be made or does not open; nothing is migrated then.
    """
    folder: Path | None = None
    try:
        folder = _new_folder(backups, f"voor-bijwerken-{now:%Y%m%d-%H%M%S}")
        source = database.connect(path, key)
        try:
            with database.told_to_user():
                source.execute("VACUUM INTO ?", (str(folder / path.name),))
                rows = _rows(source)
        finally:
            source.close()
        (folder / path.name).chmod(0o600)
        shutil.copy2(path.with_name("keys.json"), folder / "keys.json")
        copy = database.connect(folder / path.name, key)
        try:
            intact = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            if not intact or _rows(copy) != rows:
                raise OSError("the copy is not what was copied")
        finally:
            copy.close()
    except BaseException as problem:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if not isinstance(problem, database.ERRORS):
            raise
        raise StoreError(
            "Vóór het bijwerken kon geen kopie worden gemaakt (schijf vol?). Er is niets veranderd."
        ) from problem
    return folder


def _new_folder(backups: Path, name: str) -> Path:
    """A folder that was not there: a copy that was made in the same second stays."""
    backups.mkdir(mode=0o700, exist_ok=True)
    for number in range(1, 100):
        folder = backups / (name if number == 1 else f"{name}-{number}")
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            return folder
    raise FileExistsError(name)


def _rows(connection: Any) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    count = "SELECT count(*) FROM"
    return {name: connection.execute(f'{count} "{name}"').fetchone()[0] for (name,) in names}


def _migrating(path: Path, key: bytes) -> Any:
    connection = database.connect(path, key)
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def _run(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    with warnings.catch_warnings():
        # Recreating a table loses an index over an expression, and says so; _check puts it back.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection", sa.exc.SAWarning)
        command.upgrade(config, HEAD)


def _check(connection: sa.Connection) -> None:
    """Batch recreation drops triggers and some indexes: put back what is missing, then look."""
    triggers, indexes = present_triggers(connection), _present(connection, "index")
    for name, sql in tables.triggers().items():
        if triggers.get(name) != sql:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(sql)
    for table in tables.metadata.sorted_tables:
        for index in table.indexes:
            if index.name not in indexes:
                index.create(connection)
    if present_triggers(connection) != tables.triggers():
        raise StoreError("Het bijwerken van de praktijk is mislukt. Alles is nog zoals het was.")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise StoreError("Het bijwerken van de praktijk is mislukt. Alles is nog zoals het was.")


def present_triggers(connection: sa.Connection) -> dict[str, str]:
    """Name and SQL of the triggers in the file: one of the right name may still do nothing."""
    return _present(connection, "trigger")


def _present(connection: sa.Connection, kind: str) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = ?"
    return {name: sql or "" for name, sql in connection.exec_driver_sql(query, (kind,))}
