"""What every test may ask for: a real encrypted store opened by raw key, a desk on it, and a clock."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from tests import factories


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass, in the units of ``timedelta``."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """Tuesday 24 November 2026, five past two in the afternoon, an hour ahead of UTC."""
    return Clock(datetime(2026, 11, 24, 13, 5, tzinfo=UTC).astimezone(factories.AMSTERDAM))


@pytest.fixture
def key() -> bytes:
    """The key of a store of this test."""
    return secrets.token_bytes(32)


@pytest.fixture
def session(tmp_path: Path, key: bytes, clock: Clock) -> Iterator[Session]:
    """A huisarts who is also beheerder, at work in a new store."""
    made = factories.a_session(tmp_path / "praktijk", key, clock, (Role.HUISARTS, Role.BEHEERDER))
    yield made
    made.close()


@pytest.fixture
def desk(session: Session) -> Desk:
    """All services over that store."""
    return desk_over(session)
