"""Promise 18: bringing a store up to date, killed at any statement, leaves it as it was or whole and new."""

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from pzdesk.store import copies, database, folder, migrate, verify
from pzdesk.store.folder import DATABASE
from tests.factories import NOW
from tests.faults.forks import Forks
from tests.faults.outcome import Outcome

KILLED = 9


def try_upgrades(old: Path, key: bytes, most: int) -> Outcome:
    """Upgrade a store of an older schema, each time killed one statement later, until it is through."""
    with closing(database.connect(old / DATABASE, key)) as connection:
        was = copies.digest(connection)
    tried = survived = killed = 0
    wrong: list[str] = []
    with Forks("tests.faults.upgrades") as forks:
        for statement in _places(old, key, most):
            here = Path(shutil.copytree(old, old.with_name("bijwerken")))
            life = forks.begin(str(here), key.hex(), str(statement))
            list(life)
            killed += life.code == KILLED
            lost = fault(here, key, was)
            tried += 1
            survived += not lost
            if lost:
                wrong.append(f"na opdracht {statement}: {lost}")
            shutil.rmtree(here)
    return Outcome(
        promise="18. bijwerken afgebroken bij elke opdracht",
        tried=tried,
        survived=survived,
        detail="; ".join([f"{killed} keer afgebroken", *wrong[:3]]),
        control="ten minste één keer afgebroken",
        seen=killed > 0,
    )


def _places(old: Path, key: bytes, most: int) -> list[int]:
    """At which statements to kill: all of them, or so many spread over them."""
    here = Path(shutil.copytree(old, old.with_name("tellen")))
    count = _upgraded(here, key, None)
    shutil.rmtree(here)
    step = max(count // most, 1)
    return list(range(1, count + 1, step))


def fault(here: Path, key: bytes, was: str) -> str:
    """What is wrong: neither as it was nor upgraded, or an upgrade that cannot be done again."""
    with closing(database.connect(here / DATABASE, key)) as connection:
        is_old = migrate.version_of(connection) != migrate.HEAD
        if is_old and copies.digest(connection) != was:
            return "half bijgewerkt"
    store = folder.open_with_key(here, key, NOW)
    try:
        return "; ".join(fault for fault in verify.faults(store) if "ijkpunt" not in fault)
    finally:
        store.close()


def _upgraded(place: Path, key: bytes, last: int | None) -> int:
    """Upgrade; end the process at once before statement ``last``. Gives how many statements there were."""
    count = 0

    @sa.event.listens_for(sa.Engine, "before_cursor_execute")
    def _count(*_: object) -> None:
        nonlocal count
        count += 1
        if count == last:
            os._exit(KILLED)

    try:
        folder.open_with_key(place, key, NOW).close()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", _count)
    return count


def main(place: str, key: str, statement: str) -> None:
    """Be the process that upgrades and is killed."""
    _upgraded(Path(place), bytes.fromhex(key), int(statement))


if __name__ == "__main__":
    main(*sys.argv[1:])
