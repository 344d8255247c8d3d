"""What every test may ask for: a real encrypted store opened by raw key, a desk on it, and a clock."""

import gc
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pzdesk.demo import practice as demo
from pzdesk.demo.story import read_story
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import folder
from tests import factories

# Looking for garbage in what thousands of tests keep is a twelfth of their time.
gc.set_threshold(100_000, 50, 100)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass, in the units of ``timedelta``."""
        self.now += timedelta(**by)


BEGIN = datetime(2026, 11, 24, 13, 5, tzinfo=UTC).astimezone(factories.AMSTERDAM)


@pytest.fixture
def clock() -> Clock:
    """Tuesday 24 November 2026, five past two in the afternoon, an hour ahead of UTC."""
    return Clock(BEGIN)


@pytest.fixture(scope="session")
def key() -> bytes:
    """The key of the stores of this run."""
    return secrets.token_bytes(32)


DemoStore = tuple[Path, bytes]


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> DemoStore:
    """The demo practice as of the day on which the tests play, with its key; tests work in a copy."""
    place = tmp_path_factory.mktemp("demo") / "praktijk"
    made = demo.tell(place, read_story(BEGIN.date()))
    data_key = made.session.store.data_key()
    made.session.close()
    return place, data_key


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory, key: bytes) -> Path:
    """A new store with one user, migrated once; tests work in a copy."""
    place = tmp_path_factory.mktemp("nieuw") / "praktijk"
    roles = (Role.HUISARTS, Role.BEHEERDER)
    factories.a_session(place, key, Clock(BEGIN), roles).close()
    return place


@pytest.fixture
def session(tmp_path: Path, new_store: Path, key: bytes, clock: Clock) -> Iterator[Session]:
    """A huisarts who is also beheerder, at work in a new store."""
    place = tmp_path / "praktijk"
    shutil.copytree(new_store, place)
    store = folder.open_with_key(place, key, clock())
    made = Session(store, factories.a_user(Role.HUISARTS, Role.BEHEERDER), clock)
    yield made
    made.close()


@pytest.fixture
def desk(session: Session) -> Desk:
    """All services over that store."""
    return desk_over(session)
