"""What a benchmark found, how it is timed, and how it is told."""

import gc
import os
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

Act = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One finding: ``ours`` beside ``bare`` in ``unit``, with the most that either may be.

    Without ``bare`` there is no ratio; without an aim it only informs.
    """

    name: str
    ours: float
    bare: float | None = None
    bare_is: str = "kaal"
    unit: str = "ms"
    most_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the bare library this is."""
        return self.ours / self.bare if self.bare else None

    @property
    def missed(self) -> tuple[str, ...]:
        """The aims that were not met."""
        missed = []
        if self.most_ratio is not None and (self.ratio is None or self.ratio > self.most_ratio):
            missed.append(f"{_number(self.most_ratio)} x")
        if self.most is not None and self.ours > self.most:
            missed.append(f"{_number(self.most)} {self.unit}")
        return tuple(missed)


def side_by_side(ours: Act, bare: Act, *, times: int = 7) -> tuple[float, float]:
    """The medians of both in milliseconds, taken in turn so that a busy moment hits both alike.

    What an act gives back and can be closed is closed, outside the time.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(times + 1):
        for act, found in zip((ours, bare), taken, strict=True):
            milliseconds = _once(act)
            if number:  # the first time warms up
                found.append(milliseconds)
    return statistics.median(taken[0]), statistics.median(taken[1])


def median(act: Act, *, times: int = 7) -> float:
    """The median of an act in milliseconds, after one time that does not count."""
    _once(act)
    return statistics.median(_once(act) for _ in range(times))


def _once(act: Act) -> float:
    gc.collect()
    start = time.perf_counter()
    result = act()
    taken = (time.perf_counter() - start) * 1000
    if hasattr(result, "close"):
        result.close()
    return taken


def line(found: Measure) -> str:
    """A finding on one line: both times, the ratio, the aims, and whether they were met."""
    ours = f"{_number(found.ours)} {found.unit}"
    bare = f"{found.bare_is} {_number(found.bare)} {found.unit}" if found.bare is not None else ""
    ratio = f"{_number(found.ratio)} x" if found.ratio is not None else ""
    aims = []
    if found.most_ratio is not None:
        aims.append(f"≤ {_number(found.most_ratio)} x")
    if found.most is not None:
        aims.append(f"≤ {_number(found.most)} {found.unit}")
    aim = f"doel {' en '.join(aims)}" if aims else "ter vergelijking"
    told = f"gemist ({', '.join(found.missed)})" if found.missed else "gehaald"
    verdict = told if aims else ""
    return f"{found.name:<49}{ours:>10}  {bare:<20}{ratio:>7}  {aim:<24}{verdict}".rstrip()


def machine() -> list[str]:
    """What this was measured on."""
    sqlite = sqlcipher.sqlite_version
    connection = sqlcipher.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    finally:
        connection.close()
    busy = f", belasting {_number(os.getloadavg()[0])}" if hasattr(os, "getloadavg") else ""
    kernel = f"{platform.system()} {platform.release()}"
    return [
        f"Machine: {_processor()}, {os.cpu_count()} kernen, {kernel}{busy}",
        f"Python {platform.python_version()} ({sys.implementation.name}), "
        f"SQLCipher {cipher} op SQLite {sqlite}, gewoon SQLite {sqlite3.sqlite_version}",
    ]


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for text in told.read_text(encoding="utf-8").splitlines():
            if text.startswith("model name"):
                return text.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _number(value: float) -> str:
    """A number as a Dutch reader expects it: three figures, a decimal comma, dots by the thousand."""
    decimals = 0 if abs(value) >= 100 else (1 if abs(value) >= 10 else 2)
    text = f"{value:,.{decimals}f}".replace(",", "·").replace(".", ",").replace("·", ".")
    return text.rstrip("0").rstrip(",") if "," in text else text
