"""A renewal of the data key that is killed at any write, or on a disk that is full at any: old or new, whole.

``python -m tests.faults.rekey STORE KEY MOST``: one process that forks another for each place to be killed.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pzdesk.domain.errors import PzdeskError, WrongPassphrase
from pzdesk.domain.user import Role
from pzdesk.security import keys, recovery, sealed
from pzdesk.security.slots import FLOOR, from_json
from pzdesk.services import opening, rekey
from pzdesk.services.desk import desk_over
from pzdesk.store import database, restoring, verify
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS
from tests import factories
from tests.factories import NOW
from tests.faults.outcome import Outcome
from tests.security.quick import derived

OWN, STAYS, LEFT = "zeven zwanen zwemmen zuidwaarts", "acht apen aten ananas", "negen nachtegalen"
KILLED = 9
_WRITES = ((os, "replace"), (os, "fsync"), (os, "mkdir"), (os, "unlink"), (shutil, "rmtree"))


def try_renewals(place: Path, key: bytes, most: int) -> Outcome:
    """Renew the key of a store, each time killed one write later, or with less room on the disk."""
    command = [sys.executable, "-m", "tests.faults.rekey", str(place), key.hex(), str(most)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = [line.split(" ", 2) for line in done.stdout.splitlines()]
    states = [state for _, state, _ in lines]
    wrong = [f"{where}: {rest}" for where, state, rest in lines if state == "fout"]
    told = {state: states.count(state) for state in ("oud", "nieuw")}
    return Outcome(
        promise="sleutel vernieuwen afgebroken of schijf vol",
        tried=len(lines),
        survived=len(lines) - len(wrong),
        detail="; ".join([f"{told['oud']} keer oud, {told['nieuw']} keer nieuw", *wrong[:3]]),
        control="zowel oud als nieuw kwam voor",
        seen=all(told.values()),
    )


def _begin(place: Path, key: bytes) -> bytes:
    """Three users of whom one leaves with a copy of the keys; gives that copy."""
    with closing(opening.open_with_key(place, key, "deboer", clock=lambda: NOW)) as session:
        made = keys.with_recovery_slot(keys.new_key_file(NOW), key, recovery.new_code(), FLOOR, NOW)
        made = keys.with_passphrase_slot(made, key, "deboer", OWN, FLOOR, NOW)
        keys.write(place / KEYS, made)
        desk = desk_over(session)
        for login, secret in (("smit", STAYS), ("weg", LEFT)):
            desk.users.add(login=login, name=login, roles=(Role.POH,), secret=secret, kdf=FLOOR)
        copy = (place / KEYS).read_bytes()
        desk.patients.add(factories.a_patient())
        desk.drafts.keep("dossier-1", {"tekst": "half getypt"})
        desk.users.remove("weg")
    return copy


def _renew(place: Path, key: bytes) -> None:
    session = opening.open_with_key(place, key, "deboer", clock=lambda: NOW)
    rekey.renew_key(session, OWN).close()


def _looked(place: Path, key: bytes, copy: bytes) -> str:
    """ "oud" or "nieuw", and else what is wrong: everything is there, and nothing half."""
    for login, secret in (("smit", STAYS), ("deboer", OWN), ("smit", STAYS)):
        try:
            session = opening.open_practice(place, login, secret, clock=lambda: NOW)
        except PzdeskError as problem:
            return f"{login} komt er niet in: {problem}"
        with closing(session):
            desk = desk_over(session)
            is_new = session.store.data_key() != key
            faults = list(verify.faults(session.store))
            if faults or session.store.lost_events():
                return f"niet heel: {faults}"
            if len(desk.patients.rows()) != 1:
                return "de patiënt is weg"
            if login == "deboer" and desk.drafts.kept("dossier-1") is None:
                return "het concept is weg"
    if (place / restoring.PREPARED).exists():
        return "wat werd klaargezet staat er nog"
    if any(path.is_dir() for path in (place / BACKUPS).glob("voor-*")):
        return "het oude bestand staat er nog"
    return _shut(place, copy) if is_new else "oud"


def _shut(place: Path, copy: bytes) -> str:
    """Whether who left, with the keys of then, opens nothing."""
    kept = from_json(copy)
    old = keys.open_with_passphrase(kept, "weg", LEFT)
    try:
        keys.open_with_passphrase(keys.read(place / KEYS), "weg", LEFT)
        return "wie vertrok heeft nog een sleutel"
    except WrongPassphrase:
        pass
    try:
        database.connect(place / DATABASE, old).close()
    except PzdeskError:
        return "nieuw"
    return "de oude sleutel opent de nieuwe praktijk"


def _counting(last: int | None) -> Callable[[], int]:
    """Count what is written from here on; end the process at once before write ``last``."""
    count = 0

    def wrapped(act: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count == last:
                os._exit(KILLED)
            return act(*args, **named)

        return counted

    for owner, name in _WRITES:
        setattr(owner, name, wrapped(getattr(owner, name)))
    for owner, name in ((database, "connect"), (sealed, "sync_folder")):
        setattr(owner, name, wrapped(getattr(owner, name)))
    return lambda: count


def _forked(act: Callable[[], object]) -> int:
    """Do something in a process of its own; gives its exit code."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except PzdeskError:
            os._exit(1)
        except BaseException:
            os._exit(2)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def _copied(place: Path, to: str) -> Iterator[Path]:
    here = Path(shutil.copytree(place, place.with_name(to)))
    yield here
    shutil.rmtree(here)


def _places(place: Path, key: bytes, most: int) -> list[int]:
    """At which writes to kill: all of them, or so many spread over them."""
    with _copied(place, "tellen") as here:
        read, write = os.pipe()

        def count() -> None:
            counted = _counting(None)
            _renew(here, key)
            os.write(write, str(counted()).encode())

        assert _forked(count) == 0
        total = int(os.read(read, 20))
    return list(range(1, total + 1, max(total // most, 1)))


def _limited(size: int, here: Path, key: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return _renew(here, key)


def main(place: Path, key: bytes, most: int) -> None:
    """Try all, and print a line for each: where, how it stands, and what is wrong."""
    keys._derived = derived
    copy = _begin(place, key)
    with _copied(place, "warm") as here:  # what is loaded once, the forks have
        _renew(here, key)
        assert _looked(here, key, copy) == "nieuw"

    def told(where: str, here: Path) -> None:
        state = _looked(here, key, copy)
        known = state if state in ("oud", "nieuw") else "fout"
        sys.stdout.write(f"{where} {known} {state}\n")

    for number in _places(place, key, most):
        with _copied(place, "afgebroken") as here:

            def killed(here: Path = here, number: int = number) -> None:
                _counting(number)
                _renew(here, key)

            assert _forked(killed) in (KILLED, 0)
            told(f"schrijfactie-{number}", here)
    largest = (place / DATABASE).stat().st_size + 256 * 1024
    for step in range(most):
        with _copied(place, "vol") as here:
            size = largest * step // most
            assert _forked(lambda here=here, size=size: _limited(size, here, key)) in (0, 1)  # type: ignore[misc]
            told(f"ruimte-{size}", here)


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3]))
