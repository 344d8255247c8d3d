"""Promise 13: a log that was tampered with is found, whatever was done to it and by whom.

The one who tampers has the data key and takes the triggers away first; only the anchors are not theirs: the
one beside the database and, where an older copy of that is put back too, the one in the key file. (Who puts
back all three is not found by them: SECURITY.md.)
"""

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from pzdesk.domain.user import Role
from pzdesk.security import keys
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from pzdesk.store import database, folder, tables
from pzdesk.store.folder import ANCHOR, DATABASE, KEYS
from tests import factories
from tests.factories import NOW
from tests.faults.kills import faults_of
from tests.faults.outcome import Outcome
from tests.security.test_slots import NEW_FILE

LINES = 40
_COLUMNS = (
    "at", "offset_minutes", "event", "what", "outcome", "user_id", "login", "roles",
    "on_behalf_of", "patient_id", "object_kind", "object_id", "count", "head",
)  # fmt: skip
Tamper = Callable[[Any, random.Random, int], None]


def try_tampering(place: Path, key: bytes, times: int, *, seed: int) -> Outcome:
    """Tamper with the log so many times, each time in a new copy, and look whether that is told."""
    chance = random.Random(seed)  # noqa: S311 - the same harm each time
    older = place.with_name("ouder")
    _work(place, key, LINES)
    shutil.copytree(place, older)
    _work(place, key, LINES // 2)
    found = 0
    missed: list[str] = []
    for number in range(times):
        here = Path(shutil.copytree(place, place.with_name("gewijzigd")))
        if number % 8 >= 6:
            tamper = "teruggezet"
            _put_back(older, here, DATABASE, *([ANCHOR] if number % 8 == 6 else []))
        else:
            tamper = _tampered(here, key, chance)
        is_found = bool(faults_of(here, key))
        found += is_found
        if not is_found:
            missed.append(tamper)
        shutil.rmtree(here)
    is_whole = not faults_of(place, key)
    _put_back(older, place, DATABASE, ANCHOR)
    keys.write(place / KEYS, NEW_FILE)
    return Outcome(
        promise="13. logboek gewijzigd, gewist of teruggezet",
        tried=times,
        survived=found,
        detail=f"niet gezien: {', '.join(missed[:3])}" if missed else "",
        control="een heel logboek geldt als heel; zonder ijkpunt bij de sleutels valt terugzetten niet op",
        seen=is_whole and not faults_of(place, key),
    )


def _put_back(older: Path, here: Path, *names: str) -> None:
    for name in names:
        shutil.copy2(older / name, here / name)


def _work(place: Path, key: bytes, times: int) -> None:
    store = folder.open_with_key(place, key, NOW)
    session = Session(store, factories.a_user(Role.HUISARTS, Role.BEHEERDER), lambda: NOW)
    desk = desk_over(session)
    for number in range(times // 2):
        desk.actions.add(who="POH", what=f"actie {number}")
        desk.patients.rows()
    session.close()


def _tampered(place: Path, key: bytes, chance: random.Random) -> str:
    with closing(database.connect(place / DATABASE, key)) as connection:
        for name in tables.triggers():
            connection.execute(f"DROP TRIGGER {name}")
        last = connection.execute("SELECT max(sequence) FROM audit_event").fetchone()[0]
        tamper = chance.choice(_TAMPERS)
        tamper(connection, chance, last)
        for words in tables.triggers().values():
            connection.execute(words)
    return tamper.__name__


def _edit(connection: Any, chance: random.Random, last: int) -> None:
    """Another value in one place, taken from another line where that differs."""
    column, line = chance.choice(_COLUMNS), chance.randint(1, last)
    was = _value(connection, column, line)
    other = next(
        (
            found
            for at in chance.sample(range(1, last + 1), last)
            if (found := _value(connection, column, at)) != was
        ),
        "x" if isinstance(was, str) else 77,
    )
    _set(connection, column, line, other)


def _delete(connection: Any, chance: random.Random, last: int) -> None:
    connection.execute("DELETE FROM audit_event WHERE sequence = ?", (chance.randint(1, last),))


def _cut(connection: Any, chance: random.Random, last: int) -> None:
    connection.execute("DELETE FROM audit_event WHERE sequence > ?", (chance.randint(0, last - 1),))


def _begin(connection: Any, chance: random.Random, last: int) -> None:
    connection.execute("DELETE FROM audit_event WHERE sequence < ?", (chance.randint(2, last),))


def _swap(connection: Any, chance: random.Random, last: int) -> None:
    one, other = chance.sample(range(1, last + 1), 2)
    for was, becomes in ((one, -1), (other, one), (-1, other)):
        connection.execute("UPDATE audit_event SET sequence = ? WHERE sequence = ?", (becomes, was))


def _again(connection: Any, chance: random.Random, last: int) -> None:
    """A line that was there once, put behind the last one as if it happened again."""
    names = ", ".join(_COLUMNS)
    connection.execute(
        f"INSERT INTO audit_event (sequence, {names}) "  # noqa: S608
        f"SELECT ?, {names} FROM audit_event WHERE sequence = ?",
        (last + 1, chance.randint(1, last)),
    )


_TAMPERS: tuple[Tamper, ...] = (_edit, _edit, _edit, _delete, _cut, _begin, _swap, _again)


def _value(connection: Any, column: str, line: int) -> Any:
    query = f"SELECT {column} FROM audit_event WHERE sequence = ?"  # noqa: S608
    return connection.execute(query, (line,)).fetchone()[0]


def _set(connection: Any, column: str, line: int, value: Any) -> None:
    query = f"UPDATE audit_event SET {column} = ? WHERE sequence = ?"  # noqa: S608
    connection.execute(query, (value, line))
