"""Sealed notes of one user beside the database: drafts, and what the window remembers.

They stand outside the database, so that a busy store never keeps a sentence from being kept. Names and
contents are sealed; a damaged one is moved aside and never blocks.
"""

import json
from collections.abc import Mapping
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
            self._folder.mkdir(mode=0o700, exist_ok=True)
            sealed.replace_durably(self._path(bound), sealed.seal(self._key, bound, text.encode()))
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
        try:
            body: dict[str, Any] = json.loads(sealed.unseal(self._key, bound, found))
        except (StoreDamaged, ValueError):
            with suppress(OSError):
                path.replace(path.with_suffix(DAMAGED))
            return None
        return body
