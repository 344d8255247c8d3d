"""The encrypted file: tuned on every connection, shut to a wrong key, and never made by accident."""

import os
import secrets
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk.domain.errors import StoreBusy, StoreDamaged, StoreError, StoreMissing
from pzdesk.store import database
from pzdesk.store.folder import DATABASE, Store

WANTED = {
    "foreign_keys": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "temp_store": 2,
    "trusted_schema": 0,
    "secure_delete": 1,
    "cipher_page_size": "4096",
}


def _raw(path: Path, key: bytes) -> Any:
    """What another program would do with nothing but the key."""
    connection = sqlcipher.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def test_every_pooled_connection_has_every_setting(store: Store) -> None:
    with ExitStack() as stack:
        connections = [stack.enter_context(store.engine.connect()) for _ in range(8)]
        for connection in connections:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in WANTED
            }
            assert found == WANTED
        bare = {id(connection.connection.dbapi_connection) for connection in connections}
        assert len(bare) == 8


def test_a_setting_that_does_not_take_stops_the_opening(
    place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_SETTINGS", (("page_size", "8192", 8192),))
    with pytest.raises(StoreError, match="page_size is niet te zetten"):
        database.connect(place / DATABASE, key)


def test_the_raw_key_opens_the_file_with_nothing_else(place: Path, key: bytes) -> None:
    with closing(_raw(place / DATABASE, key)) as connection:
        assert connection.execute("SELECT count(*) FROM patient").fetchone() == (1,)
        assert connection.execute("PRAGMA application_id").fetchone() == (0x707A646B,)


def test_the_key_is_no_passphrase_that_something_was_derived_from(place: Path, key: bytes) -> None:
    for passphrase in (key.hex(), key.decode("latin-1").replace("'", "''")):
        with closing(sqlcipher.connect(str(place / DATABASE))) as connection:
            connection.execute(f"PRAGMA key = '{passphrase}'")
            with pytest.raises(sqlcipher.DatabaseError):
                connection.execute("SELECT count(*) FROM patient")


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_a_mistake_of_ours(tmp_path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        database.connect(tmp_path / DATABASE, bytes(length), create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_connection_never_makes_a_file(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(StoreMissing, match="ontbreekt"):
        database.connect(tmp_path / DATABASE, key)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_vanishes_just_before_it_is_opened_is_not_made_anew(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: True)
    with pytest.raises(StoreError):
        database.connect(tmp_path / DATABASE, key)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_is_encrypted_and_its_owners_alone(tmp_path: Path, key: bytes) -> None:
    before = os.umask(0)
    try:
        database.create_file(tmp_path / DATABASE, key)
    finally:
        os.umask(before)
    data = (tmp_path / DATABASE).read_bytes()
    assert len(data) >= database.PAGE
    assert b"SQLite" not in data
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / DATABASE).stat().st_mode) == 0o600
    with closing(database.connect(tmp_path / DATABASE, key)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_nothing_is_ever_overwritten_by_a_new_file(place: Path, key: bytes) -> None:
    before = (place / DATABASE).read_bytes()
    with pytest.raises(FileExistsError):
        database.create_file(place / DATABASE, key)
    assert (place / DATABASE).read_bytes() == before


def test_another_key_does_not_open_the_file_and_nothing_is_printed(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreDamaged, match="hoort niet bij deze sleutels"):
        database.connect(place / DATABASE, secrets.token_bytes(32))
    assert capfd.readouterr() == ("", "")


def test_a_file_of_another_program_is_refused_and_left_as_it_was(
    tmp_path: Path, key: bytes
) -> None:
    path = tmp_path / DATABASE
    with closing(_raw(path, key)) as connection:
        connection.execute("CREATE TABLE patient (id INTEGER)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="niet door pzdesk gemaakt"):
        database.connect(path, key)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [DATABASE]


def _plain(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE patient (id INTEGER)")


@pytest.mark.parametrize(
    ("prepare", "error", "sentence"),
    [
        (lambda path: None, StoreMissing, "ontbreekt"),
        (Path.mkdir, StoreMissing, "ontbreekt"),
        (Path.touch, StoreDamaged, "leeg"),
        (_plain, StoreDamaged, "niet versleuteld"),
        (lambda path: path.write_bytes(b"\x00" * 5000), StoreDamaged, "afgekapt"),
    ],
    ids=["missing", "a folder", "empty", "plain", "cut"],
)
def test_a_file_is_looked_at_before_any_key_is_tried(
    tmp_path: Path,
    prepare: Callable[[Path], object],
    error: type[StoreError],
    sentence: str,
) -> None:
    prepare(tmp_path / DATABASE)
    with pytest.raises(error, match=sentence):
        database.check_file(tmp_path / DATABASE)


def test_a_file_that_may_not_be_read_is_told(
    place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(StoreError, match="niet te lezen"):
        database.check_file(place / DATABASE)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder opens as no file at all there")
def test_a_path_that_is_no_file_is_told(tmp_path: Path, key: bytes) -> None:
    (tmp_path / DATABASE).mkdir()
    with pytest.raises(StoreError, match="schijf"):
        database.connect(tmp_path / DATABASE, key)


def test_a_file_that_another_program_keeps_to_itself_is_busy(
    place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with closing(_raw(place / DATABASE, key)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy, match="over een paar tellen"):
            database.connect(place / DATABASE, key)


def test_a_file_name_with_signs_of_its_own_is_opened_as_it_is(tmp_path: Path, key: bytes) -> None:
    folder = tmp_path / "praktijk 50% #1?mode=memory&x"
    folder.mkdir()
    database.create_file(folder / DATABASE, key)
    assert [entry.name for entry in folder.iterdir()] == [DATABASE]
    database.connect(folder / DATABASE, key).close()


@pytest.mark.parametrize(
    ("sqlite", "cipher"),
    [((3, 51, 2), "4.19.0 community"), ((3, 53, 0), "4.13.0 community"), ((3, 53, 0), None)],
)
def test_a_library_that_can_corrupt_files_is_refused(
    monkeypatch: pytest.MonkeyPatch, sqlite: tuple[int, ...], cipher: str | None
) -> None:
    class Old:
        def execute(self, _: str) -> "Old":
            return self

        def fetchone(self) -> tuple[str] | None:
            return (cipher,) if cipher else None

        def close(self) -> None:
            pass

    monkeypatch.setattr(sqlcipher, "connect", lambda _: Old())
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", sqlite)
    with pytest.raises(StoreError, match="te oud"):
        database.check_native()


def test_the_library_that_is_installed_is_good_enough() -> None:
    database.check_native()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("database is locked", StoreBusy),
        ("database or disk is full", StoreError),
        ("disk I/O error", StoreError),
        ("attempt to write a readonly database", StoreError),
        ("unable to open database file", StoreError),
        ("An error occurred with PRAGMA key or rekey. PRAGMA key requires", StoreError),
        ("database disk image is malformed", StoreDamaged),
        ("file is not a database", StoreDamaged),
        ("Could not decode to UTF-8 column 'login'", StoreDamaged),
    ],
)
def test_what_the_database_could_not_do_is_told_in_dutch(
    text: str, error: type[StoreError]
) -> None:
    problem = sqlcipher.OperationalError(text)
    for found in (problem, sa.exc.OperationalError("SELECT 1", None, problem)):
        told = database.told(found)
        assert type(told) is error
        assert text not in str(told)
        with pytest.raises(error), database.told_to_user():
            raise found


@pytest.mark.parametrize(
    "problem",
    [
        sqlcipher.OperationalError("no such table: patient"),
        sqlcipher.IntegrityError("UNIQUE constraint failed: user.login"),
        sqlcipher.ProgrammingError("Cannot operate on a closed database."),
        sa.exc.IntegrityError("x", None, sqlcipher.IntegrityError("NOT NULL constraint failed")),
        ValueError("x"),
    ],
)
def test_a_mistake_of_ours_is_not_told_as_the_users(problem: Exception) -> None:
    assert database.told(problem) is None
    with pytest.raises(type(problem)) as raised, database.told_to_user():
        raise problem
    assert raised.value is problem
