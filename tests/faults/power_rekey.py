"""Promise 2 for a renewal of the data key: when the power fails the practice is old or new, and whole.

The file under the old key must be gone once the practice is new: who left could still read it.
"""

import random
import shutil
from pathlib import Path

from pzdesk.security import keys
from tests.faults import rekey
from tests.faults.disk import Cut, Disk
from tests.faults.kills import faults_of
from tests.faults.mounted import mounted, tell
from tests.faults.outcome import Outcome
from tests.security.quick import derived

STORE, DONE = "praktijk", "gedaan"
_CUTS = (Cut.GONE, Cut.NAMES_ONLY)


def try_renewals(start: Path, key: bytes, times: int) -> Outcome:
    """Cut the power at so many places of a renewal; ``start`` holds a new practice."""
    stretched = keys._derived
    keys._derived = derived  # a minute of Argon2 says nothing of a disk
    try:
        return _try_renewals(start, key, times)
    finally:
        keys._derived = stretched


def _try_renewals(start: Path, key: bytes, times: int) -> Outcome:
    copy = rekey._begin(start / STORE, key)
    states: list[str] = []
    with mounted("tests.faults.power_rekey") as works:
        whole = Disk()
        whole.load(start)
        works.run(whole, key.hex())
        for number in range(times):
            disk = Disk()
            disk.load(start)
            # The last one is after the renewal: what was told to be done is there.
            disk.cut_at = 1 + whole.steps * number // max(times - 1, 1)
            said = works.run(disk, key.hex())
            left = start.with_name("over")
            disk.leave(left, _CUTS[(times - 1 - number) % len(_CUTS)], random.Random(number))  # noqa: S311
            state = rekey._looked(left / STORE, key, copy)
            lost = said == [DONE] and state != "nieuw"
            states.append(f"bevestigd en {state}" if lost else state)
            shutil.rmtree(left)
    wrong = [state for state in states if state not in ("oud", "nieuw")]
    return Outcome(
        promise="2. stroom valt uit bij sleutel vernieuwen",
        tried=times,
        survived=times - len(wrong),
        detail="; ".join(
            [f"{states.count('oud')} keer oud, {states.count('nieuw')} keer nieuw", *wrong[:3]]
        ),
        control="zowel oud als nieuw kwam voor",
        seen={"oud", "nieuw"} <= set(states) and not faults_of(start / STORE, key),
    )


def on_disk(place: str, key: str) -> None:
    """Be the process that renews."""
    keys._derived = derived
    rekey._renew(Path(place, STORE), bytes.fromhex(key))
    tell(DONE)
