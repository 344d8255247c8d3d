"""A real encrypted store for tests: made once per process, and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pzdesk.store import folder, lock
from pzdesk.store.folder import Store
from pzdesk.store.unit import Unit
from tests import factories
from tests.store.samples import fill

KEY = bytes(range(100, 132))


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty store, not to be opened: copy it."""
    place = tmp_path_factory.mktemp("store") / "leeg"
    folder.create(place, KEY, b"{}", factories.NOW)
    return place


@pytest.fixture(scope="session")
def full(blank: Path) -> Path:
    """The folder of a store with one row in every table and three lines in the log."""
    place = blank.with_name("vol")
    shutil.copytree(blank, place)
    store = folder.open_with_key(place, KEY, factories.NOW)
    fill(store)
    store.close()
    return place


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here lets go of a lock by itself: waiting for it would only take time."""
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.0)


@pytest.fixture
def key() -> bytes:
    """The key of every store of these tests."""
    return KEY


@pytest.fixture
def place(full: Path, tmp_path: Path) -> Path:
    """A closed store of this test, with one row in every table."""
    return Path(shutil.copytree(full, tmp_path / "praktijk"))


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    """An open store of this test, with one row in every table."""
    opened = folder.open_with_key(place, KEY, factories.NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open store of this module, in which no test commits."""
    place = tmp_path_factory.mktemp("module") / "praktijk"
    shutil.copytree(full, place)
    opened = folder.open_with_key(place, KEY, factories.NOW)
    yield opened
    opened.close()


@pytest.fixture
def unit(store: Store) -> Iterator[Unit]:
    """A unit that writes."""
    with store.writing(factories.a_user(), factories.NOW) as made:
        yield made
