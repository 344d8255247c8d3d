"""Wrong passphrases at a closed practice, counted beside it until somebody opens it and the log can say so.

Before a practice is open nothing can be written in its log. What stands here is no secret (a login, how
often, when last), and no more than a count: who can write in the folder can change it (see SECURITY.md).
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pzdesk.security import slots
from pzdesk.security.plain import read_json

FILE = "refused.json"
_LARGEST = 64 * 1024
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often a passphrase was wrong under a login since the practice was last opened, and when last.

    ``login`` is empty for names that nobody here has: what was typed there may be a passphrase.
    """

    login: str
    count: int
    last: datetime


def note(folder: Path, login: str, now: datetime) -> None:
    """Count a wrong passphrase; a folder that cannot be written keeps nobody out or in."""
    known = {one.login: one for one in noted(folder)}
    before = known[login].count if login in known else 0
    known[login] = Refusals(login, min(before + 1, _MOST), now)
    value = [
        {"login": one.login, "count": one.count, "last": one.last.isoformat()}
        for one in known.values()
    ]
    temporary = folder / f"{FILE}.{os.getpid()}"
    with suppress(OSError):
        temporary.write_text(json.dumps(value), encoding="utf-8")
        temporary.chmod(0o600)
        temporary.replace(folder / FILE)


def noted(folder: Path) -> list[Refusals]:
    """What was counted; nothing where the file is not there or is not what pzdesk writes."""
    path = folder / FILE
    try:
        if path.stat().st_size > _LARGEST:
            return []
        return [_counted(one) for one in read_json(path)]
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return []


def forget(folder: Path) -> None:
    """It stands in the log now."""
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def _counted(one: dict[str, object]) -> Refusals:
    login, count = one["login"], one["count"]
    if not isinstance(login, str) or (login and not slots.is_login(login)):
        raise ValueError(login)
    if type(count) is not int or not 0 < count <= _MOST:
        raise ValueError(count)
    last = datetime.fromisoformat(str(one["last"]))
    if last.utcoffset() is None:
        raise ValueError(last)
    last.astimezone(UTC)  # at the ends of the calendar there is none
    return Refusals(login, count, last)
