"""The users of a store, and those of the copy of one that nobody opened yet."""

from datetime import datetime
from pathlib import Path

from pzdesk.domain.user import User
from pzdesk.services.session import Session
from pzdesk.store import folder as store_folder


def users_of(session: Session) -> list[User]:
    """Who is or was a user of an open store."""
    with session.store.reading(session.user, session.now) as unit:
        return unit.find(User)


def users_in(place: Path, key: bytes, login: str, now: datetime) -> list[User]:
    """Who is or was a user in the folder of a copy.

    Raises:
        StoreError: it cannot be read.
    """
    store = store_folder.open_with_key(place, key, now, login=login)
    try:
        nobody = User(login=login, name=login, roles=(), created_at=now)
        with store.reading(nobody, now) as unit:
            return unit.find(User)
    finally:
        store.close()
