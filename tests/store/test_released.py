"""Every released schema, with a row in every table, comes up to date with all its data.

``released/NNNN.db`` was written by the pzdesk of that schema, under the key of these tests; it is never
made anew.
"""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pzdesk.store import database, folder, migrate, verify
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS
from tests.factories import NOW

RELEASED = sorted((Path(__file__).parent / "released").glob("*.db"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder of a store as an older pzdesk left it."""
    place = tmp_path / "oud"
    place.mkdir()
    (place / DATABASE).write_bytes(request.param.read_bytes())
    (place / KEYS).write_text("{}", encoding="utf-8")
    return place


def rows(path: Path, key: bytes, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    with closing(database.connect(path, key)) as connection:
        return {
            table: connection.execute(
                f'SELECT {", ".join(names)} FROM "{table}" ORDER BY rowid'  # noqa: S608
            ).fetchall()
            for table, names in columns.items()
        }


def columns(path: Path, key: bytes) -> dict[str, list[str]]:
    with closing(database.connect(path, key)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version' "
            "AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            table: [f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{table}")')]
            for (table,) in tables
        }


def test_it_keeps_every_row_and_is_whole_afterwards(old: Path, key: bytes) -> None:
    known = columns(old / DATABASE, key)
    before = rows(old / DATABASE, key, known)
    assert all(before.values()), "a row in every table"
    store = folder.open_with_key(old, key, NOW)
    try:
        found = [fault for fault in verify.faults(store) if "ijkpunt" not in fault]
        assert found == []
    finally:
        store.close()
    after = rows(old / DATABASE, key, known)
    added = after["audit_event"][len(before["audit_event"]) :]
    assert len(added) == 1, "the log says that it was brought up to date"
    after["audit_event"] = after["audit_event"][: len(before["audit_event"])]
    assert after == before
    assert not migrate.is_needed(old / DATABASE, key)


def test_a_copy_of_how_it_was_lies_beside_it(old: Path, key: bytes) -> None:
    known = columns(old / DATABASE, key)
    before = rows(old / DATABASE, key, known)
    folder.open_with_key(old, key, NOW).close()
    (copy,) = (old / BACKUPS).iterdir()
    assert rows(copy / DATABASE, key, known) == before


def test_there_is_one_of_every_schema_but_the_newest() -> None:
    assert [path.stem for path in RELEASED] == list(migrate.KNOWN[:-1])
