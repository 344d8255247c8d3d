"""Promise 4: a flipped bit, a cut, an empty or a foreign file is found when the store is opened."""

import random
import shutil
import time
from pathlib import Path

from pzdesk.domain.errors import PzdeskError
from pzdesk.store import folder, verify
from pzdesk.store.folder import DATABASE
from tests import factories
from tests.faults.outcome import Outcome

MOST_SECONDS = 2.0


def try_flips(place: Path, key: bytes, times: int, *, seed: int) -> Outcome:
    """Harm the database in another way each time and look whether opening it tells."""
    chance = random.Random(seed)  # noqa: S311 - the same harm each time
    whole = (place / DATABASE).read_bytes()
    found = slowest = 0.0
    missed: list[str] = []
    for number in range(times):
        harmed, what = _harmed(whole, chance, number)
        here = place.with_name(f"{place.name}-geschaad")
        shutil.copytree(place, here, dirs_exist_ok=True)
        (here / DATABASE).write_bytes(harmed)
        begin = time.perf_counter()
        is_found = is_told(here, key)
        slowest = max(slowest, time.perf_counter() - begin)
        found += is_found
        if not is_found:
            missed.append(what)
        shutil.rmtree(here)
    detail = f"langzaamste {slowest:.2f} s"
    return Outcome(
        promise="4. beschadigd bestand gezien bij openen",
        tried=times,
        survived=int(found),
        detail="; ".join([detail, *missed[:3]]),
        control="een heel bestand",
        seen=not is_told(place, key),
    )


def is_told(place: Path, key: bytes) -> bool:
    """Whether opening a store, with the full check that follows, says that something is wrong."""
    try:
        store = folder.open_with_key(place, key, factories.NOW)
    except PzdeskError:
        return True
    try:
        return bool(verify.faults(store))
    except PzdeskError:
        return True
    finally:
        store.close()


def _harmed(whole: bytes, chance: random.Random, number: int) -> tuple[bytes, str]:
    match number % 10:
        case 7:
            size = chance.randrange(len(whole))
            return whole[:size], f"afgekapt op {size}"
        case 8:
            size = chance.randrange(len(whole) // 4096) * 4096
            return whole[:size], f"afgekapt op bladzijde {size}"
        case 9:
            foreign = (b"", b"SQLite format 3\x00" + bytes(4080), bytes(8192), b"%PDF-1.7")
            return foreign[number // 10 % len(foreign)], "vreemd bestand"
        case _:
            data = bytearray(whole)
            place = chance.randrange(len(data))
            data[place] ^= 1 << chance.randrange(8)
            return bytes(data), f"bit op {place}"
