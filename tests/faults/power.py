"""Promise 2: when the power fails, at any moment, nothing that was acknowledged is lost or damaged.

A process works on a disk of our own (``disk``, ``fuse``); at a chosen write the disk stops, the process is
killed, and what such a cut may leave is opened as any other practice. A few lives go on where the last ended;
then one begins on an empty disk and makes a practice first.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO

from pzdesk import content
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.user import Role
from pzdesk.store import database, folder
from tests import factories
from tests.faults import fuse, worker
from tests.faults.disk import Cut, Disk
from tests.faults.kills import Act, faults_of, missing, parsed
from tests.faults.outcome import Outcome

MOST_STEPS = 1400
"""Of the disk: making a practice and some ten or twenty acts of the worker."""
LIVES = 5
STORE, MADE = "praktijk", "5"
BEGUN, ENDED = "begonnen", "klaar"
_CUTS = tuple(Cut)


def why_not() -> str:
    """Why this cannot be tried on this computer; empty when it can."""
    if sys.platform != "linux":
        return "alleen op Linux"
    tried = subprocess.run(
        [sys.executable, "-c", "from tests.faults import fuse; print(fuse.why_not())"],
        capture_output=True,
        text=True,
        check=True,
    )
    return tried.stdout.strip()


def try_power(place: Path, key: bytes, times: int, *, controls: int = 6) -> Outcome:
    """Cut the power so many times; then a few times over a database that asks the disk for nothing."""
    place.mkdir()
    found = try_cuts(place / "wel", key, times, seed=2)
    control = try_cuts(place / "niet", key, controls, seed=2, sync=False)
    return replace(found, seen=control.survived < control.tried)


def try_cuts(place: Path, key: bytes, times: int, *, seed: int, sync: bool = True) -> Outcome:
    """Cut the power so many times; without ``sync`` the database asks the disk for nothing, and must lose."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    place.mkdir()
    survived = acknowledged = 0
    told: list[str] = []
    with _works(sync=sync) as works:
        for number in range(times):
            start, left = place / f"na-{number - 1}", place / f"na-{number}"
            cut = _CUTS[number % len(_CUTS)]
            begins = not sync or number % LIVES == 0 or not (start / STORE).exists()
            acts = works.live(None if begins else start, left, key, f"s{number}", cut, chance)
            faults = _lost(left / STORE, key, acts)
            survived += not faults
            acknowledged += len(acts)
            told += [f"{cut.value}: {fault}" for fault in faults[:1]]
    return Outcome(
        promise="2. stroom valt uit tijdens het werk",
        tried=times,
        survived=survived,
        detail="; ".join([f"{acknowledged} handelingen bevestigd", *sorted(set(told))[:5]]),
        control="synchronous=OFF verliest",
    )


def _lost(left: Path, key: bytes, acts: list[Act]) -> list[str]:
    """What is wrong with what the cut left; a practice that was not told to be made need not be there."""
    if not left.exists() and not acts:
        return []
    # Looking for rows in what does not open would only tell it again.
    return faults_of(left, key) or missing(left, key, acts)


class _Works:
    """The process that begins each life: it has loaded everything, so that a life is a fork."""

    def __init__(
        self, process: "subprocess.Popen[str]", line: socket.socket, told: IO[str], *, sync: bool
    ) -> None:
        self._process = process
        self._line = line
        self._told = told
        self._syncs = sync

    def live(
        self, place: Path | None, left: Path, key: bytes, name: str, cut: Cut, chance: random.Random
    ) -> list[Act]:
        """Work on a copy of a disk, or an empty one, until the power fails; gives what was acknowledged."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        disk = Disk()
        if place is not None:
            disk.load(place)
        # The control needs acts to lose: making a practice is what comes first.
        disk.cut_at = chance.randint(1 if self._syncs else MOST_STEPS // 2, MOST_STEPS)
        self._process.stdin.write(f"{key.hex()} {name}\n")
        self._process.stdin.flush()
        begun = self._process.stdout.readline().split()
        if begun[:1] != [BEGUN]:
            raise AssertionError("the process that should work did not begin")
        _, devices, _, _ = socket.recv_fds(self._line, 1, 1)
        serving = threading.Thread(
            target=fuse.serve,
            args=(devices[0], disk, lambda: os.kill(int(begun[1]), signal.SIGKILL)),
        )
        serving.start()
        acts = []
        while (line := self._process.stdout.readline()).strip() != ENDED:
            if not line:
                raise AssertionError("the process that should work has gone")
            acts.append(parsed(line))
        serving.join()
        os.close(devices[0])
        if not disk.is_dead:
            self._told.seek(0)
            raise AssertionError(f"it ended before the power did: {self._told.read()}")
        disk.leave(left, cut, chance)
        return acts


@contextmanager
def _works(*, sync: bool) -> Iterator[_Works]:
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.faults.power", str(theirs.fileno()), str(int(sync))]
    with (
        tempfile.TemporaryFile("w+") as told,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=told,
            pass_fds=[theirs.fileno()],
            text=True,
        ) as process,
    ):
        theirs.close()
        try:
            yield _Works(process, ours, told, sync=sync)
        finally:
            ours.close()
            process.communicate()


def _begin_lives(line: int, *, sync: bool) -> None:
    """For each line of input: a process that works on a disk of its own until it is killed."""
    if not sync:
        database._SETTINGS = tuple(
            ("synchronous", "OFF", 0) if name == "synchronous" else (name, wanted, found)
            for name, wanted, found in database._SETTINGS
        )
    with tempfile.TemporaryDirectory(prefix="pzdesk-stroom-") as name:
        for order in sys.stdin:
            child = os.fork()
            if child == 0:
                _live(socket.socket(fileno=line), name, *order.split())
            os.waitpid(child, 0)
            sys.stdout.write(f"{ENDED}\n")
            sys.stdout.flush()


def _live(line: socket.socket, place: str, key: str, name: str) -> None:
    sys.stdout.write(f"{BEGUN} {os.getpid()}\n")
    sys.stdout.flush()
    device = fuse.mount(place)
    socket.send_fds(line, [b"."], [device])
    os.close(device)
    try:
        store = Path(place, STORE)
        if not store.exists():
            folder.create(store, bytes.fromhex(key), b"{}", factories.NOW, fill=_fill)
            sys.stdout.write(f"{MADE} 0 praktijk\n")
            sys.stdout.flush()
        worker.work(store, bytes.fromhex(key), name)
    except BaseException:  # the power is off; or it is a fault of ours, and the other side tells
        traceback.print_exc()
    os._exit(1)


def _fill(store: folder.Store) -> None:
    user = factories.a_user(Role.HUISARTS, Role.BEHEERDER)
    practice = asdict(content.new_practice("Huisartsenpraktijk De Brink"))
    with store.writing(user, factories.NOW) as unit:
        unit.add(user)
        unit.keep_setting("practice", practice)
        unit.commit(AuditEvent.STORE_CREATED, What.CREATE, kind="praktijk")


if __name__ == "__main__":
    _begin_lives(int(sys.argv[1]), sync=sys.argv[2] == "1")
