"""Opening quickly on one computer: a further slot of a user, for a secret in the keyring of the system.

The data key itself never comes into the keyring. Turning it off is removing a slot; another passphrase,
leaving, and a new data key do that too. A user has it on one computer at most: on a second one it is turned
on anew, and the first one asks the passphrase again. Whatever fails costs one passphrase.

Who is logged on to this computer as the same user opens the practice without knowing anything, also after it
was locked; and so can a program of that user. The window says so where it is turned on.
"""

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import platformdirs

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import Refused, StoreDamaged, StoreError, StoreMissing
from pzdesk.domain.user import Right
from pzdesk.security import keychain, keys
from pzdesk.security.plain import read_json
from pzdesk.services import opening
from pzdesk.services.key_slots import check_own, commit_with_keys
from pzdesk.services.session import Session, wall_clock
from pzdesk.store import folder as store_folder
from pzdesk.store.folder import KEYS

FILE = "snel-openen.json"
_MOST = 100
_FAILED = (
    "Snel openen lukte niet: de sleutelbos van deze computer gaf niet wat nodig is. "
    "Typ uw wachtzin; er is niets verloren."
)


class NotQuick(StoreError):
    """Nothing opened quickly; it is no wrong passphrase and counts for nothing."""


class QuickUnlockService:
    """What a user chooses for this computer."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def is_on(self) -> bool:
        """Whether the acting user opens this practice quickly on this computer; the keyring is not asked."""
        return is_offered(self._session.store.folder, self._session.user.login)

    def turn_on(self, secret: str) -> None:
        """Let the acting user open this practice quickly on this computer; ``secret`` is their passphrase.

        Raises:
            BadInput: it is not their passphrase.
            Refused: the keyring of this computer does not keep it.
        """
        session, now = self._session, self._session.now
        path, login = session.store.folder / KEYS, session.user.login
        with session.looking_ahead(Right.SEE_WHO):
            check_own(session, secret)
        store_id, made = keys.read(path).store_id, secrets.token_urlsafe(32)
        slot = keys.quick_slot(store_id, session.store.data_key(), login, made, now)
        keychain.keep(_place(store_id, login), login, made)
        try:
            with session.writing(Right.SEE_WHO) as unit:
                commit_with_keys(
                    *(session, unit, lambda before: keys.with_slot(before, slot)),
                    *(AuditEvent.QUICK_TURNED_ON, What.UPDATE, session.user.id),
                )
        except BaseException:
            keychain.forget(_place(store_id, login), login)
            raise
        _remember(store_id, login, is_on=True)

    def turn_off(self) -> None:
        """Let the acting user open quickly no more, on whatever computer that was.

        Raises:
            Refused: it was not on.
        """
        session = self._session
        login = session.user.login
        with session.writing(Right.SEE_WHO) as unit:
            key_file = keys.read(session.store.folder / KEYS)
            if key_file.quick(login) is None:
                raise Refused("Snel openen stond niet aan.")
            commit_with_keys(
                *(session, unit, lambda before: keys.without_quick(before, login)),
                *(AuditEvent.QUICK_TURNED_OFF, What.UPDATE, session.user.id),
            )
        forget_here(key_file.store_id, login)


def open_quickly(
    folder: Path, login: str, *, clock: Callable[[], datetime] = wall_clock
) -> Session:
    """Open a store with what the keyring of this computer keeps for a user.

    Raises:
        NotQuick: it keeps nothing, or nothing that opens; nothing is changed for it.
        StoreError: see ``opening.open_practice``.
    """
    opening.prepare(folder, login, clock)
    key_file = keys.read(folder / KEYS)
    if key_file.quick(login) is None:
        raise NotQuick(_FAILED)
    secret = keychain.kept(_place(key_file.store_id, login), login)
    data_key = keys.open_quickly(key_file, login, secret) if secret else None
    if data_key is None:
        raise NotQuick(_FAILED)
    try:
        return opening.open_with_key(
            folder, data_key, login, clock=clock, event=AuditEvent.STORE_OPENED_QUICKLY
        )
    except (StoreDamaged, StoreMissing) as problem:
        if not opening.was_replaced(folder, key_file, problem):
            raise
        return open_quickly(folder, login, clock=clock)


def is_offered(folder: Path, login: str) -> bool:
    """Whether a user turned it on here and it was not ended since; the keyring is not asked."""
    return login in offered(folder)


def offered(folder: Path) -> frozenset[str]:
    """The logins for which it was turned on here and not ended since; damage is for the opening to tell."""
    here = _here()
    if not here:
        return frozenset()
    try:
        store_folder.check_parts(folder)
        key_file = keys.read(folder / KEYS)
    except StoreError:
        return frozenset()
    logins = {slot.login for slot in key_file.slots if slot.login is not None}
    return frozenset(
        login
        for login in logins
        if key_file.quick(login) is not None and _place(key_file.store_id, login) in here
    )


def forget_here(store_id: str, login: str) -> None:
    """What the keyring of this computer keeps for a user opens nothing any more: let it go."""
    if _place(store_id, login) in _here():
        keychain.forget(_place(store_id, login), login)
        _remember(store_id, login, is_on=False)


def _place(store_id: str, login: str) -> str:
    """A name of its own for each: on Windows two secrets under one name get in each other's way."""
    return f"pzdesk/{store_id}/{login}"


def _path() -> Path:
    return Path(platformdirs.user_config_dir("pzdesk", appauthor=False)) / FILE


def _here() -> list[str]:
    """For which practices and users it was turned on at this computer; no secret, and no patient."""
    try:
        found = read_json(_path())
        return [str(one) for one in found] if isinstance(found, list) else []
    except (OSError, ValueError):
        return []


def _remember(store_id: str, login: str, *, is_on: bool) -> None:
    """Where nothing can be written, the button does not come, and the passphrase opens."""
    place, path = _place(store_id, login), _path()
    others = [one for one in _here() if one != place]
    making = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = [*others, place][-_MOST:] if is_on else others
        making.write_text(json.dumps(kept), encoding="utf-8")
        making.replace(path)
