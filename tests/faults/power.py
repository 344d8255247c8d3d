"""Promise 2: when the power fails, at any moment, nothing that was acknowledged is lost or damaged.

A process works on a disk of our own (``disk``, ``fuse``); at a chosen write the disk stops, the process is
killed, and what such a cut may leave is opened as any other practice. A few lives go on where the last ended;
then one begins on an empty disk and makes a practice first.
"""

import random
import shutil
from dataclasses import asdict, replace
from pathlib import Path

from pzdesk import content
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.user import Role
from pzdesk.store import database, folder
from tests import factories
from tests.faults import no_room, worker
from tests.faults.disk import Cut, Disk
from tests.faults.kills import Act, faults_of, missing, parsed
from tests.faults.mounted import Mounted, mounted, tell
from tests.faults.outcome import Outcome

MOST_STEPS = 1400
"""Of the disk: making a practice and some ten or twenty acts of the worker."""
LIVES = 5
STORE, MADE, UNSYNCED = "praktijk", "5", "zonder"
_CUTS = tuple(Cut)


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
    with mounted("tests.faults.power") as works:
        for number in range(times):
            start, left = place / f"na-{number - 1}", place / f"na-{number}"
            cut = _CUTS[number % len(_CUTS)]
            disk = Disk()
            if sync and number % LIVES and (start / STORE).exists():
                disk.load(start)
            # The control needs acts to lose: making a practice is what comes first.
            disk.cut_at = chance.randint(1 if sync else MOST_STEPS // 2, MOST_STEPS)
            name = f"{'met' if sync else UNSYNCED}{number}"
            acts = _live(works, disk, left, key, name, cut, chance)
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


def try_acts(place: Path, key: bytes, each: int) -> Outcome:
    """Cut the power so many times in the middle of each act that writes more than the database."""
    chance = random.Random(each)  # noqa: S311 - the same moments each time
    place.mkdir()
    start = no_room.begin(place / "heel", key)
    good, done = 0, 0
    wrong: list[str] = []
    # Of a file that goes from one folder to another, a cut leaves one of both: no journal splits that.
    cuts = (Cut.GONE, Cut.NAMES_ONLY)
    with mounted("tests.faults.no_room") as works:
        for act in no_room.ACTS:
            steps = no_room.run(works, start, key, act, Disk())[1]
            for number in range(each):
                disk = Disk()
                # The last one is after the act: what was told to be done is there.
                disk.cut_at = 1 + steps * number // max(each - 1, 1)
                said, _ = no_room.run(works, start, key, act, disk)
                left = place / "over"
                disk.leave(left, cuts[(each - 1 - number) % len(cuts)], chance)
                lost = no_room.fault(start, left, key, act, said)
                shutil.rmtree(left)
                good, done = good + (not lost), done + (said == no_room.DONE)
                wrong += [f"{act} bij {disk.cut_at} van {steps}: {lost}"] if lost else []
    return Outcome(
        promise="2. stroom valt uit tijdens één handeling",
        tried=each * len(no_room.ACTS),
        survived=good,
        detail="; ".join([f"{done} toen al gedaan", *wrong[:4]]),
    )


def _lost(left: Path, key: bytes, acts: list[Act]) -> list[str]:
    """What is wrong with what the cut left; a practice that was not told to be made need not be there."""
    if not left.exists() and not acts:
        return []
    # Looking for rows in what does not open would only tell it again.
    return faults_of(left, key) or missing(left, key, acts)


def _live(
    works: Mounted, disk: Disk, left: Path, key: bytes, name: str, cut: Cut, chance: random.Random
) -> list[Act]:
    """Work on a disk until its power fails; gives what was acknowledged."""
    lines = works.run(disk, key.hex(), name)
    if not disk.is_dead:
        raise AssertionError(f"it ended before the power did: {works.said()}")
    disk.leave(left, cut, chance)
    return [parsed(line) for line in lines]


def on_disk(place: str, key: str, name: str) -> None:
    """Be the process that works, until it is killed; one whose name begins so asks the disk for nothing."""
    if name.startswith(UNSYNCED):
        database._SETTINGS = tuple(
            ("synchronous", "OFF", 0) if setting == "synchronous" else (setting, wanted, found)
            for setting, wanted, found in database._SETTINGS
        )
    store = Path(place, STORE)
    if not store.exists():
        folder.create(store, bytes.fromhex(key), b"{}", factories.NOW, fill=_fill)
        tell(f"{MADE} 0 praktijk")
    worker.work(store, bytes.fromhex(key), name)


def _fill(store: folder.Store) -> None:
    user = factories.a_user(Role.HUISARTS, Role.BEHEERDER)
    practice = asdict(content.new_practice("Huisartsenpraktijk De Brink"))
    with store.writing(user, factories.NOW) as unit:
        unit.add(user)
        unit.keep_setting("practice", practice)
        unit.commit(AuditEvent.STORE_CREATED, What.CREATE, kind="praktijk")
