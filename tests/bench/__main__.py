"""``make bench``: measure pzdesk against the bare libraries; a missed aim is told, and is no failure."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import big_store, cipher, hands, lists, memory, opening, paper, starting, window
from tests.bench.big_store import BigStore
from tests.bench.measure import Measure, line, machine

SMALL, MIDDLE, BIG = SIZES = (100, 1_000, 10_000)
KEY = bytes(range(32))


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the sizes of the practices that it asks for, and what it measures in them."""

    sizes: tuple[int, ...]
    measures: Callable[..., Iterable[Measure]]


def _cipher(big: BigStore) -> Iterable[Measure]:
    with tempfile.TemporaryDirectory(prefix="pzdesk-bench-") as name:
        yield from cipher.measures(big, Path(name))


PARTS: Mapping[str, Part] = {
    "opening": Part((BIG,), opening.measures),
    "lists": Part((BIG,), lists.measures),
    "growth": Part(SIZES, lists.growth),
    "cipher": Part((BIG,), _cipher),
    "paper": Part((BIG,), paper.measures),
    "memory": Part((BIG, SMALL), memory.measures),
    "starting": Part((), starting.measures),
    "window": Part((), window.measures),
    "hands": Part((BIG,), hands.measures),
}


def main(names: Sequence[str]) -> int:
    """Measure everything, or the parts that are named; tell each finding as it comes."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.stderr.write(f"gebruik: python -m tests.bench [{'|'.join(PARTS)}]...\n")
        return 2
    start = time.perf_counter()
    parts = [PARTS[name] for name in names or PARTS]
    sizes = sorted({size for part in parts for size in part.sizes})
    missed = 0
    with tempfile.TemporaryDirectory(prefix="pzdesk-bench-") as name:
        if sizes:
            told = ", ".join(f"{size:,}".replace(",", ".") for size in sizes)
            _say(f"Fictieve praktijken maken van {told} patiënten ...")
        made = {size: big_store.make(Path(name) / f"praktijk-{size}", KEY, size) for size in sizes}
        for part in parts:
            missed += _tell(part.measures(*(made[size] for size in part.sizes)))
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
    sys.exit(main(sys.argv[1:]))
