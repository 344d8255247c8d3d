"""``make bench``: measure pzdesk against the bare libraries; a missed aim is told, and is no failure."""

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.bench import big_store, cipher, lists, memory, opening, paper, starting, window
from tests.bench.measure import Measure, line, machine

SIZES = (100, 1_000, 10_000)
KEY = bytes(range(32))


def main() -> int:
    """Measure everything in a temporary folder, telling each finding as it comes."""
    start = time.perf_counter()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="pzdesk-bench-") as name:
        scratch = Path(name)
        _say("Fictieve praktijken maken van 100, 1.000 en 10.000 patiënten ...")
        made = [big_store.make(scratch / f"praktijk-{size}", KEY, size) for size in SIZES]
        small, middle, big = made
        for found in (
            opening.measures(big),
            lists.measures(big),
            lists.growth(small, middle, big),
            cipher.measures(big, scratch),
            paper.measures(big),
            memory.measures(big, small),
            starting.measures(),
            window.measures(),
        ):
            missed += _tell(found)
    _say("")
    for words in machine():
        _say(words)
    taken = time.perf_counter() - start
    _say(f"{missed or 'Geen'} doelen gemist; gemeten in {taken:.0f} s, elk getal een mediaan.")
    return 0


def _tell(found: Iterable[Measure]) -> int:
    missed = 0
    for measure in found:
        _say(line(measure))
        missed += bool(measure.missed)
    return missed


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
