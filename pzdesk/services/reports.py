"""Reports of errors: types and places in our code, and the log that keeps them.

What an error says may quote a name or a text, so it is never kept, shown or copied; nor is any value. Of the
log only lines of the shapes that are written here come through. Nothing heavy is loaded: the window begins
here.
"""

import re
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from pzdesk import __version__

OURS = "pzdesk"
MOST_BYTES = 200_000
"""Of the log; a longer one becomes the old one, and the one before that goes."""
NEWEST = 20
"""Errors in a diagnostic file."""
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:[+-]\d{4})?",
        rf"(?:door )?{_NAME}(?:\.(?:{_NAME}|<locals>))+",
        rf"  {OURS}(?:/{_NAME})*\.py:\d+ (?:{_NAME}|<(?:lambda|module|listcomp|genexpr|dictcomp|setcomp)>)",
        rf"  \({_NAME}(?:\.py)?:\d+\)",
        rf"Qt (?:waarschuwing|fout|einde): {_NAME}(?:::{_NAME})* \([a-z.]*\)",
    )
)


def report_of(problem: BaseException) -> str:
    """A technical report of an error and of what caused it: types and places in code."""
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = problem
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(
            f"{'door ' if lines else ''}{type(cause).__module__}.{type(cause).__qualname__}"
        )
        lines += _places(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def versions() -> list[str]:
    """What this runs on."""
    import platform  # only when something went wrong

    form = ", ingepakt" if getattr(sys, "frozen", False) else ""
    return [
        f"pzdesk {__version__}{form}, Python {platform.python_version()}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
    ]


class ErrorLog:
    """The log of errors of this computer, of all practices; it holds reports only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, report: str) -> None:
        """Add a report; a disk that is full must not hide the error itself."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.is_file() and self.path.stat().st_size > MOST_BYTES:
                self.path.replace(self.path.with_suffix(".oud"))
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S%z}\n{report}\n\n")
            self.path.chmod(0o600)

    def newest(self, most: int = NEWEST) -> list[str]:
        """The last reports, the newest first; of each the lines that are shaped as a report writes them."""
        found: list[str] = []
        for path in (self.path.with_suffix(".oud"), self.path):
            with suppress(OSError):
                text = path.read_text(encoding="utf-8", errors="replace")[-2 * MOST_BYTES :]
                found += text.split("\n\n")
        reports = [
            "\n".join(line for line in one.splitlines() if _is_of_a_report(line)) for one in found
        ]
        return [one for one in reports[::-1] if one][:most]


def _is_of_a_report(line: str) -> bool:
    return any(shape.fullmatch(line) for shape in _SHAPES)


def _places(found: TracebackType | None) -> list[str]:
    """Where it was, from the outside in; frames of others by their package only."""
    import traceback  # only when something went wrong

    lines = []
    for frame in traceback.extract_tb(found, limit=60):
        parts = Path(frame.filename).parts
        inside = parts[parts.index("site-packages") + 1 :] if "site-packages" in parts else parts
        if OURS in inside and (inside is parts or inside[0] == OURS):
            here = len(parts) - 1 - parts[::-1].index(OURS)
            lines.append(f"  {'/'.join(parts[here:])}:{frame.lineno} {frame.name}")
        elif inside is not parts:
            lines.append(f"  ({inside[0]}:{frame.lineno})")
    return lines
