"""Promise 1: a process that is killed at any moment loses nothing it acknowledged and does nothing half."""

import random
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pzdesk.store import database, folder, verify
from pzdesk.store.folder import DATABASE
from tests import factories
from tests.faults.outcome import Outcome

LONGEST_SECONDS = 0.25
_FOUND = {
    "0": "SELECT count(*) FROM action WHERE id = ? AND what = ?",
    "1": "SELECT count(*) FROM patient WHERE id = ? AND achternaam = ?",
    "2": "SELECT count(*) FROM pzp_version WHERE id = ? AND answers LIKE '%' || ? || '%'",
}


@dataclass(slots=True)
class Killed:
    """What one killed process had acknowledged, and what was wrong afterwards."""

    acknowledged: list[tuple[str, int, str]]
    faults: list[str]


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
    acknowledged = [_parsed(line) for line in lines if line.endswith("\n")]
    store = folder.open_with_key(place, key, factories.NOW)
    try:
        faults = list(verify.faults(store))
        if store.lost_events():
            faults.append("het logboek is korter dan bevestigd")
    finally:
        store.close()
    return Killed(acknowledged, faults)


def missing(place: Path, key: bytes, acknowledged: list[tuple[str, int, str]]) -> list[str]:
    """What was acknowledged and is not there, or is there without its line in the log."""
    with closing(database.connect(place / DATABASE, key)) as connection:
        return [
            f"{mark} is weg"
            for kind, row, mark in acknowledged
            if connection.execute(_FOUND[kind], (row, mark)).fetchone()[0] != 1
        ]


def _parsed(line: str) -> tuple[str, int, str]:
    kind, row, mark = line.split()
    return kind, int(row), mark


def _take_away(place: Path, key: bytes, act: tuple[str, int, str]) -> None:
    with closing(database.connect(place / DATABASE, key)) as connection:
        connection.execute("DELETE FROM action WHERE id = ?", (act[1],))
