"""Promise 1: a process that is killed at any moment loses nothing it acknowledged and does nothing half."""

import random
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pzdesk.domain.errors import PzdeskError
from pzdesk.store import backups, database, folder, verify
from pzdesk.store.drafts import SealedNotes
from pzdesk.store.folder import BACKUPS, DATABASE
from tests import factories
from tests.faults.outcome import Outcome

Act = tuple[str, int, str]
LONGEST_SECONDS = 0.25
DRAFT, BACKUP = "3", "4"
_FOUND = {
    "0": "SELECT count(*) FROM action WHERE id = ? AND what = ?",
    "1": "SELECT count(*) FROM patient WHERE id = ? AND achternaam = ?",
    "2": "SELECT count(*) FROM pzp_version WHERE id = ? AND answers LIKE '%' || ? || '%'",
}


@dataclass(slots=True)
class Killed:
    """What one killed process had acknowledged, and what was wrong afterwards."""

    acknowledged: list[Act]
    faults: list[str]


def try_all(place: Path, key: bytes, times: int) -> Outcome:
    """Kill a working process so many times; then once more, with something taken away that must be missed."""
    found = try_kills(place, key, times, seed=1)
    control = try_kills(place, key, 1, seed=2, harm=True)
    return replace(found, seen=control.survived == 0)


def try_kills(place: Path, key: bytes, times: int, *, seed: int, harm: bool = False) -> Outcome:
    """Kill a working process so many times; ``harm`` removes an acknowledged row, to be found missing."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    tried = survived = acknowledged = 0
    told: list[str] = []
    for number in range(times):
        found = kill_once(place, key, f"r{number}", chance.uniform(0, LONGEST_SECONDS))
        if harm and found.acknowledged:
            _take_away(place, key, next(act for act in found.acknowledged if act[0] == "0"))
        found.faults += missing(place, key, found.acknowledged)
        tried += 1
        survived += not found.faults
        acknowledged += len(found.acknowledged)
        told += found.faults[:1]
    detail = f"{acknowledged} handelingen bevestigd"
    return Outcome(
        promise="1. afgebroken (kill -9) tijdens het werk",
        tried=tried,
        survived=survived,
        detail="; ".join([detail, *told[:3]]),
        control="een bevestigde rij verwijderd",
    )


def kill_once(place: Path, key: bytes, name: str, after: float) -> Killed:
    """Start a worker, kill it a moment after its first act, and look at what it left."""
    command = [sys.executable, "-m", "tests.faults.worker", str(place), key.hex(), name]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    reader = threading.Thread(target=lambda: lines.extend(process.stdout or []), daemon=True)
    reader.start()
    until = time.monotonic() + after
    while time.monotonic() < until and process.poll() is None:
        reader.join(0.002)
    process.kill()
    process.wait()
    reader.join()
    process.stdout.close()
    return Killed([parsed(line) for line in lines if line.endswith("\n")], faults_of(place, key))


def faults_of(place: Path, key: bytes) -> list[str]:
    """What is wrong with a store that was left behind, as who opens it is told."""
    try:
        store = folder.open_with_key(place, key, factories.NOW)
    except PzdeskError as problem:
        return [str(problem)]
    try:
        faults = list(verify.faults(store))
        if store.lost_events():
            faults.append("het logboek is korter dan bevestigd")
    finally:
        store.close()
    return faults


def missing(place: Path, key: bytes, acknowledged: list[Act]) -> list[str]:
    """What was acknowledged and is not there: rows, the last draft, back-ups that can be put back."""
    drafts = [mark for kind, _, mark in acknowledged if kind == DRAFT]
    made = [mark for kind, _, mark in acknowledged if kind == BACKUP]
    with closing(database.connect(place / DATABASE, key)) as connection:
        found = [
            f"{mark} is weg"
            for kind, row, mark in acknowledged
            if kind in _FOUND and connection.execute(_FOUND[kind], (row, mark)).fetchone()[0] != 1
        ]
    if drafts:
        kept = SealedNotes(place, key, factories.a_user().login).kept("draft dossier")
        # A later one may have been kept just before the end, without a word about it.
        if kept is None or _number(kept[0]["tekst"]) < _number(drafts[-1]):
            found.append(f"concept {drafts[-1]} is weg")
    for name in made[-1:]:
        try:
            backups.check(place / BACKUPS / name, key)
        except PzdeskError as problem:
            found.append(f"back-up {name}: {problem}")
    return found


def parsed(line: str) -> Act:
    """An acknowledgement: kind, number of the row, mark."""
    kind, row, mark = line.split()
    return kind, int(row), mark


def _number(mark: str) -> int:
    return int(mark.rsplit("-", 1)[1])


def _take_away(place: Path, key: bytes, act: Act) -> None:
    with closing(database.connect(place / DATABASE, key)) as connection:
        connection.execute("DELETE FROM action WHERE id = ?", (act[1],))
