"""Promise 12: no name, number, note or key in a log, on stderr or in a traceback, whatever goes wrong.

A journey full of marks is walked again and again in a process that logs all there is (DEBUG), each time
with another fault forced in: a statement that the database refuses, a disk that fails, a bug of ours. All it
said is searched: what every library logged, every traceback whole, and our own report of it.
"""

import logging
import random
import secrets
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk.domain.user import Role
from pzdesk.services.desk import desk_over
from pzdesk.services.reports import report_of
from pzdesk.services.session import Session
from pzdesk.store import folder
from tests import factories
from tests.factories import NOW
from tests.faults import plaintext
from tests.faults.outcome import Outcome

BSN = "999990019"
MOST_STATEMENTS = 120
"""More than the journey has; a fault after its end harms nothing, and is not counted."""


def try_leaks(place: Path, key: bytes, times: int, *, seed: int) -> Outcome:
    """Force so many faults in a process that logs everything, and search all that it said."""
    marks = [f"q{secrets.token_hex(3)}lek{number:02d}q" for number in range(plaintext.MARKERS)]
    command = [sys.executable, "-m", "tests.faults.leaks", str(place), key.hex()]
    done = subprocess.run(
        [*command, str(times), str(seed), *marks], capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    faults = said.count(FAULT)
    searched = (*marks, BSN, key.hex(), key.hex().upper())
    leaked = [mark for mark in searched if mark in said]
    shown = next((line for line in said.splitlines() if any(m in line for m in leaked)), "")
    return Outcome(
        promise="12. gegevens in een logboek of foutmelding",
        tried=faults,
        survived=faults - (0 if not leaked and done.returncode == 0 else faults),
        detail="; ".join([f"{len(said) // 1024} kB doorzocht", shown[:200]]).strip("; "),
        control="een naam in een melding",
        seen=CONTROL in said and faults >= times,
    )


FAULT, CONTROL = "=== fout ", "=== controle: Jansen-Wezelenburg"


def main(place: Path, key: bytes, times: int, seed: int, marks: list[str]) -> None:
    """Be the process in which all goes wrong."""
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    logging.getLogger("controle").debug(CONTROL)
    chance = random.Random(seed)  # noqa: S311 - the same faults each time
    done = 0
    for number in count():
        here = Path(shutil.copytree(place, place.with_name(f"lek-{number}")))
        with _fault(chance, marks[0]) as was_forced:
            try:
                _walk(here, key, marks)
            except Exception as problem:
                sys.stderr.write(f"{FAULT}{number}\n{report_of(problem)}\n")
                if not isinstance(
                    problem, _OwnBug
                ):  # what a bug says is ours: only its report is kept
                    traceback.print_exception(problem)
        shutil.rmtree(here)
        done += bool(was_forced)
        if done >= times:
            return


class _OwnBug(Exception):
    """A bug of ours, which quotes what it was about."""


def _walk(place: Path, key: bytes, marks: list[str]) -> None:
    store = folder.open_with_key(place, key, NOW)
    try:
        session = Session(store, factories.a_user(*Role), lambda: NOW)
        desk = desk_over(session)
        desk.patients.add(factories.a_patient(bsn=BSN))
        plaintext.type_all(desk, iter(marks))
    finally:
        store.close()


@contextmanager
def _fault(chance: random.Random, mark: str) -> Iterator[list[str]]:
    """Something goes wrong at one statement; gives what, once it did."""
    left = chance.randint(1, MOST_STATEMENTS)
    kind = chance.choice(("refused", "refused", "misread", "disk", "full", "bug"))
    was: list[str] = []

    def strike(*told: Any) -> tuple[str, Any]:
        nonlocal left
        statement, parameters = told[2], told[3]
        left -= 1
        if left or not isinstance(statement, str):
            return statement, parameters
        was.append(kind)
        if kind == "disk":
            raise sqlcipher.OperationalError("disk I/O error")
        if kind == "full":
            raise OSError(28, "No space left on device")
        if kind == "bug":
            raise _OwnBug(mark)
        if kind == "misread":
            return f"{statement} BESTAAT NIET", parameters
        return f"INSERT INTO bestaat_niet SELECT * FROM ({statement})", parameters  # noqa: S608

    sa.event.listen(sa.Engine, "before_cursor_execute", strike, retval=True, named=False)
    try:
        yield was
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", strike)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        bytes.fromhex(sys.argv[2]),
        int(sys.argv[3]),
        int(sys.argv[4]),
        sys.argv[5:],
    )
