"""The fault suite at full size: ``python -m tests.faults [number of the promise ...]``."""

import secrets
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from pzdesk.domain.user import Role
from pzdesk.security import keys
from pzdesk.store import folder
from pzdesk.store.folder import KEYS
from tests import factories
from tests.conftest import BEGIN, Clock
from tests.faults import (
    chain,
    destroying,
    elsewhere,
    flips,
    hostile,
    kills,
    leaks,
    mounted,
    no_room,
    outcome,
    papers,
    plaintext,
    power,
    upgrades,
    writers,
    years,
)
from tests.faults.outcome import Outcome
from tests.security.test_slots import NEW_FILE
from tests.store.conftest import KEY as RELEASED_KEY
from tests.store.samples import fill
from tests.store.test_released import RELEASED

Harness = Callable[[Path, bytes], Outcome]
FULL: dict[str, Harness] = {
    "1": lambda place, key: kills.try_kills(new_store(place, key), key, 500),
    "2": lambda place, key: power.try_power(place, key, 200),
    "2b": lambda place, key: power.try_acts(place, key, 60),
    "2c": lambda place, key: _renewals_cut(place, key),
    "3": lambda place, key: _full_disk(full_store(place, key), key),
    "3b": lambda place, key: no_room.try_no_room(place, key, 60),
    "sleutel": lambda place, key: _renewals(new_store(place, key), key),
    "4": lambda place, key: flips.try_flips(full_store(place, key), key, 2000, seed=4),
    "5": lambda place, key: plaintext.try_journey(new_store(place, key), key),
    "6": lambda place, key: years.try_years(new_store(place, key), key, 730),
    "7": lambda place, key: elsewhere.try_elsewhere(new_store(place, key), key, 300, 100, seed=7),
    "12": lambda place, key: leaks.try_leaks(new_store(place, key), key, 100, seed=12),
    "13": lambda place, key: chain.try_tampering(new_store(place, key), key, 1000, seed=13),
    "15": lambda place, key: hostile.try_hostile(new_store(place, key), key, 10_000, seed=15),
    "16": lambda _, __: papers.try_papers(5000, seed=16),
    "17": lambda place, key: writers.try_two(new_store(place, key), key, 250),
    "18": lambda place, _: upgrades.try_upgrades(old_store(place), RELEASED_KEY, 10_000),
    "20": lambda place, key: destroying.try_destroying(place, key, 200, seed=20),
}
MOUNTS = ("2", "2b", "2c", "3b")
LEFT_OUT = (
    "15. pakketten en FHIR bestaan nog niet\n"
    "8 t/m 11, 14 en 19 staan in `make test` en `make audit`"
)


def new_store(place: Path, key: bytes) -> Path:
    """A store with one user and nobody else, and a key file that can hold the anchor of the log."""
    session = factories.a_session(place, key, Clock(BEGIN), (Role.HUISARTS, Role.BEHEERDER))
    keys.write(place / KEYS, NEW_FILE)
    session.close()
    return place


def full_store(place: Path, key: bytes) -> Path:
    """A store with a row in every table."""
    folder.create(place, key, b"{}", factories.NOW)
    store = folder.open_with_key(place, key, factories.NOW)
    fill(store)
    store.close()
    return place


def old_store(place: Path) -> Path:
    """A store as the oldest released pzdesk left it."""
    place.mkdir()
    (place / "store.db").write_bytes(RELEASED[0].read_bytes())
    (place / "keys.json").write_text("{}", encoding="utf-8")
    return place


def _full_disk(place: Path, key: bytes) -> Outcome:
    from tests.faults import full_disk  # Windows cannot limit the size of a file

    return full_disk.try_full_disk(place, key, 120)


def _renewals(place: Path, key: bytes) -> Outcome:
    from tests.faults import rekey  # nor can it fork

    return rekey.try_renewals(place, key, 1000)


def _renewals_cut(place: Path, key: bytes) -> Outcome:
    from tests.faults import power_rekey

    place.mkdir()
    new_store(place / power_rekey.STORE, key)
    return power_rekey.try_renewals(place, key, 100)


def _tried(number: str, harness: Harness, place: Path) -> Outcome:
    """What a harness found; one that falls over has shown nothing, and the others still have their turn."""
    try:
        return harness(place, secrets.token_bytes(32))
    except Exception as problem:
        traceback.print_exc()
        return Outcome(
            promise=f"{number}. NIET BEPROEFD", tried=1, survived=0, detail=repr(problem)
        )


def main(chosen: list[str]) -> int:
    """Run the chosen promises, or all; 1 when one did not hold."""
    found = []
    why_not = mounted.why_not()
    for number, harness in FULL.items():
        if chosen and number not in chosen:
            continue
        if number in MOUNTS and why_not:
            sys.stdout.write(f"belofte {number} is hier niet te beproeven: {why_not}\n\n")
            continue
        with tempfile.TemporaryDirectory(prefix="pzdesk-faults-") as name:
            found.append(_tried(number, harness, Path(name) / "praktijk"))
        sys.stdout.write(f"{outcome.table(found[-1:])}\n\n")
        sys.stdout.flush()
    sys.stdout.write(f"{outcome.table(found)}\n{LEFT_OUT}\n")
    return 0 if all(one.held for one in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
