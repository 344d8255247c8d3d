"""What is made durable, in which order: the calls are recorded, for so small a test cannot cut the power."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

Event = tuple[str, object]
skipped_on_windows = pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folder")


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """From here on: ("sync", number of the file), ("moved", new name) and ("gone", name), in order."""
    events: list[Event] = []
    fsync, unlink = os.fsync, os.unlink
    moves = {name: getattr(os, name) for name in ("replace", "rename")}

    def synced(handle: int) -> None:
        fsync(handle)
        events.append(("sync", os.fstat(handle).st_ino))

    def gone(path: Any, **named: Any) -> None:
        unlink(path, **named)
        events.append(("gone", Path(path).name))

    def moving(name: str) -> Any:
        def moved(old: Any, new: Any) -> None:
            moves[name](old, new)
            events.append(("moved", Path(new).name))

        return moved

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "unlink", gone)
    for name in moves:
        monkeypatch.setattr(os, name, moving(name))
    return events


def synced(
    events: Sequence[Event], place: Path, *, after: Event, before: Event | None = None
) -> bool:
    """Whether a place was synced after the last of one kind of event, and before the first of another."""
    first = max(number for number, event in enumerate(events) if event == after)
    last = events.index(before) if before is not None else len(events)
    return first < last and ("sync", place.stat().st_ino) in events[first:last]
