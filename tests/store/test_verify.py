"""The check of an opened store: it says everything that is wrong, and nothing that is not."""

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import StoreDamaged
from pzdesk.store import audit, database, folder, verify
from pzdesk.store.folder import ANCHOR, DATABASE, Store
from tests.factories import NOW, a_user


def _behind_its_back(store: Store, key: bytes, *statements: str) -> None:
    other = database.connect(store.folder / DATABASE, key)
    other.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        other.execute(statement)
    other.close()


def _flipped(place: Path, at: int) -> None:
    data = bytearray((place / DATABASE).read_bytes())
    data[at] ^= 1
    (place / DATABASE).write_bytes(data)


def _found(place: Path, key: bytes) -> bool:
    """Whether a store does not open, or has faults when it does."""
    try:
        opened = folder.open_with_key(place, key, NOW)
    except StoreDamaged:
        return True
    try:
        return bool(verify.faults(opened))
    finally:
        opened.close()


def test_a_sound_store_has_no_faults(store: Store) -> None:
    assert verify.faults(store) == []
    with store.writing(a_user(), NOW) as unit:
        unit.commit(AuditEvent.SETTINGS_CHANGED, What.UPDATE)
    assert verify.faults(store) == []


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (("DROP TRIGGER tr_told_no_update",), "beveiliging van het logboek"),
        (
            (
                "DROP TRIGGER tr_audit_event_no_delete",
                "CREATE TRIGGER tr_audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT 1; END",
            ),
            "beveiliging van het logboek",
        ),
        (("CREATE TRIGGER mine BEFORE UPDATE ON user BEGIN SELECT 1; END",), "beveiliging"),
        (("UPDATE alembic_version SET version_num = '0000'",), "hoort niet bij deze versie"),
        (("DELETE FROM patient",), "niet meer is"),
    ],
)
def test_each_fault_has_its_sentence(
    store: Store, key: bytes, statements: tuple[str, ...], sentence: str
) -> None:
    _behind_its_back(store, key, *statements)
    found = verify.faults(store)
    assert len(found) == 1
    assert sentence in found[0]


def test_a_missing_anchor_is_told_until_something_is_saved(store: Store) -> None:
    (store.folder / ANCHOR).unlink()
    assert verify.faults(store) == ["Het ijkpunt van het logboek buiten de database ontbreekt."]
    with store.reading(a_user(), NOW) as unit:
        unit.commit(AuditEvent.STORE_VERIFIED, What.EXECUTE)
    assert verify.faults(store) == []


def test_a_flipped_bit_anywhere_is_found_at_the_opening_or_by_the_check(
    place: Path, key: bytes
) -> None:
    size = (place / DATABASE).stat().st_size
    unseen = []
    for at in range(3, size, size // 60):
        _flipped(place, at)
        if not _found(place, key):
            unseen.append(at)
        _flipped(place, at)
    assert unseen == []
    assert not _found(place, key)


def test_a_flipped_bit_in_a_page_that_holds_nothing_is_found_too(place: Path, key: bytes) -> None:
    with closing(database.connect(place / DATABASE, key)) as other:
        other.execute("CREATE TABLE big AS SELECT hex(randomblob(60000)) AS x")
        other.execute("DROP TABLE big")
        free = other.execute("PRAGMA freelist_count").fetchone()[0]
    assert free > 20
    size = (place / DATABASE).stat().st_size
    for back in range(2, free, 5):
        at = size - back * database.PAGE + 1000
        _flipped(place, at)
        opened = folder.open_with_key(place, key, NOW)
        assert verify.faults(opened), "the database itself does not look there"
        opened.close()
        _flipped(place, at)


def test_another_window_that_saves_during_the_check_is_no_fault(
    store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_chain = audit.chain_break

    def chain_break(connection: sa.Connection) -> int | None:
        other = folder.open_with_key(store.folder, key, NOW)
        with other.reading(a_user(), NOW) as unit:
            unit.commit(AuditEvent.PATIENTS_LISTED, What.READ)
        other.close()
        return whole_chain(connection)

    monkeypatch.setattr(audit, "chain_break", chain_break)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    assert verify.faults(store) == []
