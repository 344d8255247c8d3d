"""Bringing a store up to date: refused, or copied first and then done wholly or not at all."""

import re
import shutil
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from pzdesk import paths
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import StoreBusy, StoreDamaged, StoreError
from pzdesk.store import audit, database, folder, migrate, tables, verify
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS, LOCK, Store
from pzdesk.store.lock import WriterLock
from tests.factories import NOW

WORKS = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"

def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO extra (id) VALUES (1)")
    for name in {tables}:
        with op.batch_alter_table(name, recreate="always") as table:
            table.add_column(sa.Column("added", sa.Text(), nullable=True))
    op.execute("UPDATE patient SET diagnosis = 'bijgewerkt'")
"""
NOW_HEAD = migrate.HEAD
NEXT = f"{int(NOW_HEAD) + 1:04}"
# Tables that others refer to, and tables with triggers: what a recreation could harm.
RECREATED = ("patient", "professional", "screening", "pzp_version", "told", "audit_event")
FAILS = WORKS + "    op.execute('SELECT weg FROM extra')\n"  # noqa: S608
RAISES = WORKS + "    raise RuntimeError('halfway')\n"
ORPHANS = WORKS + "    op.execute('DELETE FROM organisation')\n"  # noqa: S608


def _schema(path: Path, key: bytes) -> dict[tuple[str, str], str]:
    with closing(database.connect(path, key)) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows}


def _shape(path: Path, key: bytes) -> dict[tuple[str, str], object]:
    """The schema without the order in which the constraints of a table were written down."""
    made: dict[tuple[str, str], object] = dict(_schema(path, key))
    with closing(database.connect(path, key)) as connection:
        for kind, name in made:
            if kind == "table":
                asked = ("table_info", "foreign_key_list", "index_list")
                made[kind, name] = [
                    sorted(
                        row[1 if pragma == "index_list" else 0 if pragma == "table_info" else 2 :]
                        for row in connection.execute(f'PRAGMA {pragma}("{name}")')
                    )
                    for pragma in asked
                ]
    return made


def _content(path: Path, key: bytes) -> dict[str, list[tuple[Any, ...]]]:
    names = [name for kind, name in _schema(path, key) if kind == "table"]
    with closing(database.connect(path, key)) as connection:
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()  # noqa: S608
            for name in names
        }


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations in which one more is written; ``HEAD`` is that one."""
    made = Path(shutil.copytree(paths.migrations(), tmp_path / "migrations"))
    monkeypatch.setattr(paths, "migrations", lambda: made)
    monkeypatch.setattr(migrate, "HEAD", NEXT)
    monkeypatch.setattr(migrate, "KNOWN", (*migrate.KNOWN, NEXT))
    return made / "versions" / f"{NEXT}_test.py"


def _write(path: Path, text: str) -> None:
    text = text.replace("{next}", NEXT).replace("{head}", NOW_HEAD)
    path.write_text(text.replace("{tables}", repr(RECREATED)), encoding="utf-8")


def _copies(place: Path) -> list[Path]:
    return sorted((place / BACKUPS).iterdir()) if (place / BACKUPS).exists() else []


# --- the schema as it is ---


def test_the_newest_migration_makes_what_the_tables_say(shared: Store) -> None:
    with shared.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Alembic cannot compare, the next test does
            assert compare_metadata(context, tables.metadata) == []


def test_the_newest_migration_makes_every_column_reference_index_and_trigger_of_the_tables(
    blank: Path, tmp_path: Path, key: bytes
) -> None:
    database.create_file(tmp_path / "models.db", key)
    engine = database.engine_for(tmp_path / "models.db", key)
    with engine.connect() as connection:
        tables.metadata.create_all(connection)
        for sql in tables.triggers().values():
            connection.exec_driver_sql(sql)
        connection.commit()
    engine.dispose()
    migrated = Path(shutil.copytree(blank, tmp_path / "migrated")) / DATABASE
    expected, found = _shape(tmp_path / "models.db", key), _shape(migrated, key)
    assert set(found) - set(expected) == {("table", "alembic_version")}
    assert {name: found.get(name) for name in expected} == expected


def test_head_and_known_are_those_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    script = ScriptDirectory.from_config(config)
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert script.get_heads() == [migrate.HEAD]
    assert tuple(reversed(revisions)) == migrate.KNOWN


def test_no_migration_leans_on_what_may_change_after_it_was_released() -> None:
    found = sorted((paths.migrations() / "versions").glob("*.py"))
    assert found
    for path in found:
        assert not re.search(r"^\s*(from|import) pzdesk", path.read_text("utf-8"), re.MULTILINE)


def test_a_store_of_now_needs_nothing_and_no_copy_is_made(place: Path, key: bytes) -> None:
    assert not migrate.is_needed(place / DATABASE, key)
    folder.open_with_key(place, key, NOW).close()
    assert _copies(place) == []


def test_a_database_without_any_schema_gets_it(tmp_path: Path, key: bytes) -> None:
    database.create_file(tmp_path / DATABASE, key)
    assert migrate.is_needed(tmp_path / DATABASE, key)
    migrate.upgrade(tmp_path / DATABASE, key, backups=None, now=NOW)
    assert not migrate.is_needed(tmp_path / DATABASE, key)


# --- a migration that works ---


def test_a_migration_that_works_keeps_every_row_of_every_table(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, WORKS)
    before = _content(place / DATABASE, key)
    assert all(before[table.name] for table in tables.metadata.sorted_tables)
    folder.open_with_key(place, key, NOW).close()
    after = _content(place / DATABASE, key)
    after["audit_event"].pop()  # the line that says it was brought up to date
    assert after.pop("extra") == [(1,)]
    assert after.pop("alembic_version") == [(NEXT,)]
    del before["alembic_version"]
    assert set(after) == set(before)
    for name, rows in before.items():
        grown = [(*row, None) for row in rows] if name in RECREATED else rows
        if name == "patient":
            assert "bijgewerkt" in after[name][0]
            assert len(after[name]) == len(rows)
        else:
            assert after[name] == grown, name


def test_a_recreated_table_has_its_triggers_indexes_and_references_again(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, WORKS)
    before = _schema(place / DATABASE, key)
    store = folder.open_with_key(place, key, NOW)
    after = _schema(place / DATABASE, key)
    assert set(before) <= set(after)
    for entry in before:
        if entry[0] in ("trigger", "index"):
            assert after[entry] == before[entry]
    assert verify.faults(store) == []
    with store.engine.connect() as connection:
        for name in ("told", "audit_event", "pzp_version"):
            with pytest.raises(sa.exc.IntegrityError, match="append-only"):
                connection.exec_driver_sql(f"UPDATE {name} SET added = 'x'")  # noqa: S608
        with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
            connection.exec_driver_sql("DELETE FROM patient")
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    store.close()


def test_a_copy_from_before_opens_with_the_same_key(
    place: Path, key: bytes, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(released, WORKS)
    before = _content(place / DATABASE, key)
    folder.open_with_key(place, key, NOW).close()
    (copy,) = _copies(place)
    assert copy.name == "voor-bijwerken-20261124-140500"
    assert sorted(path.name for path in copy.iterdir()) == sorted([DATABASE, KEYS])
    assert (copy / KEYS).read_bytes() == (place / KEYS).read_bytes()
    assert _content(copy / DATABASE, key) == before
    monkeypatch.setattr(migrate, "HEAD", NOW_HEAD)
    opened = folder.open_with_key(copy, key, NOW)
    assert verify.faults(opened) == ["Het ijkpunt van het logboek buiten de database ontbreekt."]
    opened.close()


def test_the_log_says_who_brought_it_up_to_date_in_the_same_transaction(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, WORKS)
    store = folder.open_with_key(place, key, NOW, login="deboer")
    with store.engine.connect() as connection:
        line = audit.rows(connection)[-1]
    assert (line.event, line.what) == (AuditEvent.STORE_MIGRATED, What.EXECUTE)
    assert (line.user_id, line.login) == (1, "deboer")
    assert verify.faults(store) == []
    assert not store.lost_events()
    store.close()
    _say_version(place, key, NOW_HEAD)
    _write(released, FAILS)
    with pytest.raises(StoreError):
        folder.open_with_key(place, key, NOW)
    rows = _content(place / DATABASE, key)["audit_event"]
    assert len(rows) == line.sequence


def _say_version(place: Path, key: bytes, version: str) -> None:
    with closing(database.connect(place / DATABASE, key)) as connection:
        connection.execute("DROP TABLE extra")
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))


def test_a_store_in_which_somebody_works_is_not_brought_up_to_date(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, WORKS)
    lock = WriterLock(place / LOCK)
    lock.take("jansen", NOW)
    with pytest.raises(StoreBusy, match=r"Jansen schrijft .* Sluit dat venster eerst"):
        folder.open_with_key(place, key, NOW, login="deboer")
    assert _copies(place) == []
    lock.release()
    folder.open_with_key(place, key, NOW, login="deboer").close()
    assert not migrate.is_needed(place / DATABASE, key)
    assert lock.holder() == {}


# --- a migration that fails ---


@pytest.mark.parametrize(
    ("text", "problem"), [(FAILS, StoreError), (ORPHANS, StoreError), (RAISES, RuntimeError)]
)
def test_a_migration_that_fails_half_way_leaves_everything_as_it_was(
    place: Path, key: bytes, released: Path, text: str, problem: type[Exception]
) -> None:
    _write(released, text)
    schema, content = _schema(place / DATABASE, key), _content(place / DATABASE, key)
    with pytest.raises(problem) as raised:
        folder.open_with_key(place, key, NOW)
    assert problem is RuntimeError or "Alles is nog zoals het was" in str(raised.value)
    assert _schema(place / DATABASE, key) == schema
    assert _content(place / DATABASE, key) == content
    (copy,) = _copies(place)
    assert _content(copy / DATABASE, key) == content


def test_a_migration_that_was_mended_runs_after_one_that_failed(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, FAILS)
    with pytest.raises(StoreError):
        folder.open_with_key(place, key, NOW)
    _write(released, WORKS)
    store = folder.open_with_key(place, key, NOW)
    assert verify.faults(store) == []
    store.close()


def test_a_second_try_in_the_same_second_keeps_the_first_copy(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, FAILS)
    for _ in range(3):
        with pytest.raises(StoreError):
            folder.open_with_key(place, key, NOW)
    assert [copy.name for copy in _copies(place)] == [
        "voor-bijwerken-20261124-140500",
        "voor-bijwerken-20261124-140500-2",
        "voor-bijwerken-20261124-140500-3",
    ]
    assert len({(copy / DATABASE).stat().st_size for copy in _copies(place)}) == 1


def test_a_migration_that_is_broken_off_at_any_statement_leaves_everything_as_it_was(
    place: Path, key: bytes, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(released, WORKS.replace("{tables}", "('patient', 'told')"))
    schema, content = _schema(place / DATABASE, key), _content(place / DATABASE, key)
    monkeypatch.setattr(migrate, "copy_before", lambda *_: None)
    left = [0]

    def broken_off(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise RuntimeError("broken off")

    sa.event.listen(sa.Engine, "before_cursor_execute", broken_off)
    try:
        for at in range(1, 200):
            left[0] = at
            try:
                migrate.upgrade(place / DATABASE, key, backups=None, now=NOW)
            except RuntimeError:
                assert _schema(place / DATABASE, key) == schema, at
                assert at % 5 or _content(place / DATABASE, key) == content, at
            else:
                break
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", broken_off)
    assert 20 < at < 199
    assert _schema(place / DATABASE, key) != schema


def test_what_cannot_be_copied_first_is_not_migrated(
    place: Path, key: bytes, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    _write(released, WORKS)
    content = _content(place / DATABASE, key)
    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(StoreError, match="geen kopie"):
        folder.open_with_key(place, key, NOW)
    assert _copies(place) == []
    assert _content(place / DATABASE, key) == content


def test_a_file_where_the_copies_should_stand_is_told(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, WORKS)
    (place / BACKUPS).write_bytes(b"")
    with pytest.raises(StoreError, match="geen kopie"):
        folder.open_with_key(place, key, NOW)


def test_a_copy_that_is_not_what_was_copied_does_not_count(
    place: Path, key: bytes, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([{"patient": 1}, {"patient": 0}])
    _write(released, WORKS)
    monkeypatch.setattr(migrate, "_rows", lambda _: next(counts))
    with pytest.raises(StoreError, match="geen kopie"):
        folder.open_with_key(place, key, NOW)
    assert _copies(place) == []


def test_a_damaged_database_is_told_as_damaged_and_not_migrated(
    place: Path, key: bytes, released: Path
) -> None:
    _write(released, WORKS)
    data = bytearray((place / DATABASE).read_bytes())
    data[len(data) // 2] ^= 1
    (place / DATABASE).write_bytes(data)
    with pytest.raises(StoreDamaged, match="back-up"):
        folder.open_with_key(place, key, NOW)
    assert _copies(place) == []
    assert (place / DATABASE).read_bytes() == data


def test_a_store_in_which_another_window_is_saving_is_not_migrated(
    place: Path, key: bytes, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(released, WORKS)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with closing(database.connect(place / DATABASE, key)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            folder.open_with_key(place, key, NOW)
    assert migrate.is_needed(place / DATABASE, key)
