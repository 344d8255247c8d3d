"""The practices that were open on this computer before: a place and a name, and no word of any patient."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from pzdesk.security.plain import read_json

FILE = "praktijken.json"
MOST = 8


@dataclass(frozen=True, slots=True)
class RecentStore:
    """A practice that was open here, and who opened it last."""

    folder: Path
    practice: str = ""
    login: str = ""


def recent_stores() -> list[RecentStore]:
    """The practices that were open here, the last one first; a damaged list is an empty one."""
    try:
        rows = read_json(_path())
        return [
            RecentStore(Path(row["folder"]), str(row["practice"]), str(row["login"]))
            for row in rows
        ][:MOST]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def remember_store(folder: Path, *, practice: str = "", login: str = "") -> None:
    """Put a practice in front; where nothing can be written, nothing is remembered."""
    here = folder.resolve()
    others = [store for store in recent_stores() if store.folder != here]
    _write([RecentStore(here, practice, login), *others])


def forget_store(folder: Path) -> None:
    """Take a practice out of the list; the practice itself stays where it is."""
    _write([store for store in recent_stores() if store.folder != folder.resolve()])


def _path() -> Path:
    return Path(platformdirs.user_config_dir("pzdesk", appauthor=False)) / FILE


def _write(stores: list[RecentStore]) -> None:
    path = _path()
    rows = [asdict(store) | {"folder": str(store.folder)} for store in stores[:MOST]]
    making = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        making.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        making.replace(path)
