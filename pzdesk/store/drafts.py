"""Sealed notes of one user beside the database: drafts, and what the window remembers.

They stand outside the database, so that a busy store never keeps a sentence from being kept. Names and
contents are sealed; a damaged one is moved aside and never blocks. Each is bound to the name of its file, so
that one that is sealed under a former data key can be found and sealed anew.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pzdesk.domain.errors import StoreDamaged, StoreError
from pzdesk.security import sealed

FOLDER = "drafts"
SUFFIX, DAMAGED = ".draft", ".damaged"


class SealedNotes:
    """The notes of one user, each a small value under a name."""

    def __init__(self, folder: Path, data_key: bytes, login: str) -> None:
        self._folder = folder / FOLDER
        self._key = sealed.derived_key(data_key, "draft")
        self._login = login

    def keep(self, name: str, value: Mapping[str, Any], now: datetime) -> None:
        """Keep a value under a name, in the place of an earlier one.

        Raises:
            StoreError: the disk is full or not writable; the earlier value is still there.
        """
        bound = self._bound(name)
        body = {"login": self._login, "name": name, "at": now.isoformat(), "value": dict(value)}
        text = json.dumps(body, ensure_ascii=True)  # ASCII: a lone surrogate comes back as it was
        try:
            sealed.make_folder(self._folder)
            path = self._path(bound)
            sealed.replace_durably(path, sealed.seal(self._key, path.stem, text.encode()))
        except OSError as problem:
            raise StoreError(
                "Uw concept kon niet worden bewaard: de schijf is vol of niet beschrijfbaar. "
                "Sla op voordat u weggaat."
            ) from problem

    def kept(self, name: str) -> tuple[dict[str, Any], datetime] | None:
        """What is kept under a name, and since when; None when nothing is, or it cannot be read."""
        body = self._read(self._path(self._bound(name)), self._bound(name))
        if body is None:
            return None
        return body["value"], datetime.fromisoformat(body["at"])

    def forget(self, name: str) -> None:
        """Keep nothing under a name any more."""
        with suppress(OSError):
            self._path(self._bound(name)).unlink(missing_ok=True)

    def adopt(self, former: Iterable[bytes]) -> None:
        """Seal anew what anybody kept under a former data key; of two under one name the later one stays.

        What is done stands file by file, so who is killed half way goes on at the next opening.
        """
        keys = [sealed.derived_key(key, "draft") for key in former]
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            with suppress(OSError):
                body = _opened_by_any(path, keys)
                if body is not None:
                    self._take(body)
                    path.unlink()

    def _take(self, body: dict[str, Any]) -> None:
        bound = f"{body['login']}\n{body['name']}"
        path = self._path(bound)
        here = self._read(path, bound)
        if here is None or here["at"] < body["at"]:
            text = json.dumps(body, ensure_ascii=True).encode()
            sealed.replace_durably(path, sealed.seal(self._key, path.stem, text))

    def _bound(self, name: str) -> str:
        return f"{self._login}\n{name}"

    def _path(self, bound: str) -> Path:
        return self._folder / f"{sealed.hidden_name(self._key, bound)}{SUFFIX}"

    def _read(self, path: Path, bound: str) -> dict[str, Any] | None:
        try:
            found = path.read_bytes()
        except (
            OSError
        ):  # not there, or held by another program: what cannot be read now is no damage
            return None
        # What an older pzdesk kept is bound to what it is called, not to the name of its file.
        body = _opened(self._key, found, path.stem, bound)
        if body is None:
            with suppress(OSError):
                path.replace(path.with_suffix(DAMAGED))
        return body


def everybodys(folder: Path, data_key: bytes) -> Iterator[tuple[str, str]]:
    """The login and the name of what anybody keeps; what an older pzdesk kept is found by its name alone."""
    keys = [sealed.derived_key(data_key, "draft")]
    for path in sorted((folder / FOLDER).glob(f"*{SUFFIX}")):
        with suppress(OSError):
            body = _opened_by_any(path, keys)
            if body is not None:
                yield body["login"], body["name"]


def _opened(key: bytes, found: bytes, *names: str) -> dict[str, Any] | None:
    for name in names:
        with suppress(StoreDamaged, ValueError):
            body: dict[str, Any] = json.loads(sealed.unseal(key, name, found))
            return body
    return None


def _opened_by_any(path: Path, keys: Iterable[bytes]) -> dict[str, Any] | None:
    found = path.read_bytes()
    return next((body for key in keys if (body := _opened(key, found, path.stem))), None)
