"""Promise 1: a process that is killed at any moment loses nothing it acknowledged and does nothing half."""

import random
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pzdesk.domain.errors import PzdeskError
from pzdesk.store import backups, database, folder, verify
from pzdesk.store.drafts import SealedNotes
from pzdesk.store.folder import BACKUPS, DATABASE
from tests import factories
from tests.faults.forks import Forks
from tests.faults.outcome import Outcome

Act = tuple[str, int, str]
LONGEST_SECONDS = 0.25
ACTION, DRAFT, BACKUP = "0", "3", "4"
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


def try_kills(place: Path, key: bytes, times: int, *, seed: int = 1) -> Outcome:
    """Kill a working process so many times; then once more, with a row taken away that must be missed."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    survived = acknowledged = 0
    told: list[str] = []
    with Forks("tests.faults.worker") as forks:
        for number in range(times):
            found = kill_once(forks, place, key, f"r{number}", chance.uniform(0, LONGEST_SECONDS))
            faults = found.faults + missing(place, key, found.acknowledged)
            survived += not faults
            acknowledged += len(found.acknowledged)
            told += faults[:1]
        control = kill_once(forks, place, key, "controle", 0)
    _take_away(place, key, next(act for act in control.acknowledged if act[0] == ACTION))
    return Outcome(
        promise="1. afgebroken (kill -9) tijdens het werk",
        tried=times,
        survived=survived,
        detail="; ".join([f"{acknowledged} handelingen bevestigd", *told[:3]]),
        control="een bevestigde rij verwijderd",
        seen=bool(missing(place, key, control.acknowledged)),
    )


def kill_once(forks: Forks, place: Path, key: bytes, name: str, after: float) -> Killed:
    """Start a worker, kill it a moment after its first act, and look at what it left."""
    life = forks.begin(str(place), key.hex(), name)
    lines = [life.line()]
    reader = threading.Thread(target=lambda: lines.extend(life), daemon=True)
    reader.start()
    reader.join(after)
    life.kill()
    reader.join()
    return Killed([parsed(line) for line in lines if line], faults_of(place, key))


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
