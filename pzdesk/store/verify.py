"""Looks at everything that can be wrong with an opened store, and says it in sentences."""

from collections.abc import Collection

import sqlalchemy as sa

from pzdesk.store import audit, database, migrate, tables
from pzdesk.store.folder import DATABASE, Store


def faults(store: Store) -> list[str]:
    """What is wrong with the database, its schema, or the audit chain; empty when all is well.

    Both integrity checks are needed: each misses damage that the other finds (cut pages, flipped
    bits in free pages).
    """
    found: list[str] = []
    # before the database: another window may be adding lines meanwhile
    is_anchored, anchors = store.anchor() is not None, store.anchors()
    with store.engine.connect() as connection:
        try:
            found += _database(connection)
            found += _schema(connection)
            found += _chain(connection)
            found += _anchors(
                connection, anchors, missing=not is_anchored or store.anchor_was_missing()
            )
        except sa.exc.DBAPIError as problem:
            sentence = database.told(problem)
            if sentence is None:
                raise
            found.append(str(sentence))
    size = (store.folder / DATABASE).stat().st_size
    if size % database.PAGE:
        found.append("Het databasebestand is afgekapt.")
    return found


def damage(store: Store) -> list[str]:
    """What is wrong with the file itself, by both integrity checks; quick enough for every opening."""
    with database.told_to_user(), store.engine.connect() as connection:
        return _database(connection)


def _database(connection: sa.Connection) -> list[str]:
    found = []
    if connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall():
        found.append("Een deel van de versleutelde database is beschadigd.")
    if connection.exec_driver_sql("PRAGMA integrity_check").fetchall() != [("ok",)]:
        found.append("De database is van binnen beschadigd.")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        found.append("In de database verwijzen gegevens naar iets dat er niet meer is.")
    return found


def _schema(connection: sa.Connection) -> list[str]:
    found = []
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if version != migrate.HEAD:
        found.append("De indeling van de database hoort niet bij deze versie van pzdesk.")
    if migrate.present_triggers(connection) != tables.triggers():
        found.append("De beveiliging van het logboek tegen wijzigen ontbreekt.")
    return found


def _chain(connection: sa.Connection) -> list[str]:
    place = audit.chain_break(connection)
    if place is None:
        return []
    return [f"Het logboek is gewijzigd of niet volledig vanaf regel {place}."]


def _anchors(
    connection: sa.Connection, anchors: Collection[tuple[int, str]], *, missing: bool
) -> list[str]:
    found = []
    if missing:
        found.append("Het ijkpunt van het logboek buiten de database ontbreekt.")
    if any(audit.head_at(connection, line) != head for line, head in anchors):
        found.append(
            "Het logboek is korter of anders dan het laatst was: er is werk verloren gegaan "
            "of een oude kopie teruggezet."
        )
    return found
