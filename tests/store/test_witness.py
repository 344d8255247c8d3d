"""A backup elsewhere knows how far the log was: an old copy of the whole folder is found by it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.backup import Backup
from pzdesk.store import backups, folder, witness
from pzdesk.store.folder import Store
from tests import factories
from tests.factories import NOW

ID, LATER = "0" * 32, NOW + timedelta(hours=1)


@pytest.fixture
def rolled_back(place: Path, tmp_path: Path, key: bytes) -> Iterator[tuple[Store, Backup]]:
    """A store of which an old copy took the place, and the backup that was made meanwhile."""
    old = Path(shutil.copytree(place, tmp_path / "oud"))
    store = folder.open_with_key(place, key, NOW)
    _work(store)
    made = backups.make(store, ID, tmp_path / "elders", LATER, app="test")
    assert witness.knows_more(store, [made], ID) is None
    store.close()
    shutil.rmtree(place)
    old.rename(place)
    again = folder.open_with_key(place, key, NOW)
    yield again, made
    again.close()


def _work(store: Store, event: AuditEvent = AuditEvent.ACTION_ADDED, after: int = 0) -> None:
    with store.writing(factories.a_user(), NOW + timedelta(hours=after)) as unit:
        unit.commit(event, What.CREATE)


def test_an_old_copy_is_found_by_a_backup_of_after_it(rolled_back: tuple[Store, Backup]) -> None:
    store, made = rolled_back
    assert not store.lost_events()  # the anchor was put back with it
    assert witness.knows_more(store, [made], ID) == made


def test_other_work_since_does_not_hide_it(rolled_back: tuple[Store, Backup]) -> None:
    store, made = rolled_back
    for _ in range(5):
        _work(store, AuditEvent.ACTION_CLOSED)
    assert witness.knows_more(store, [made], ID) == made


def test_a_backup_that_was_put_back_on_purpose_is_no_such_copy(
    rolled_back: tuple[Store, Backup],
) -> None:
    store, made = rolled_back
    _work(store, AuditEvent.RESTORED, after=2)
    assert witness.knows_more(store, [made], ID) is None


def test_a_backup_of_another_practice_says_nothing(rolled_back: tuple[Store, Backup]) -> None:
    store, made = rolled_back
    assert witness.knows_more(store, [made], "1" * 32) is None
