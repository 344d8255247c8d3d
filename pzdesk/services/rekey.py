"""Renewing the data key of a practice: who left, and kept an old copy, reads nothing of what comes after."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from pzdesk.domain.errors import BadInput, PzdeskError, Refused, StoreDamaged, WrongPassphrase
from pzdesk.domain.user import Right, User
from pzdesk.security import keys, slots
from pzdesk.security.slots import KeyFile
from pzdesk.services import opening, quick_unlock
from pzdesk.services.backups import BackupService
from pzdesk.services.session import Session
from pzdesk.store import rekeying, restoring
from pzdesk.store.folder import KEYS


class LeftOut(Refused):
    """Some users cannot get the new key; ``names`` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        who = ", ".join(names)
        super().__init__(
            f"De nieuwe sleutel kan niet worden meegegeven aan {who}. Met die wachtzin is de praktijk niet "
            "meer geopend sinds pzdesk is bijgewerkt. Laat dat eerst één keer doen, of ga zonder hen verder "
            "en geef daarna een nieuwe wachtzin."
        )
        self.names = tuple(names)


class SheetNeeded(Refused):
    """The recovery sheet of now cannot get the new key: a new one has to be made with it."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """The key file of before as it lies there, and as it is to be under a new data key."""

    before: bytes
    key_file: KeyFile
    data_key: bytes

    def __repr__(self) -> str:
        return "_Planned(...)"


def look_ahead(
    session: Session, secret: str, *, new_sheet: bool = False, leave_out: bool = False
) -> None:
    """Look whether the key can be renewed, before a new sheet is printed (raises as ``renew_key``)."""
    _planned(session, secret, new_sheet=new_sheet, leave_out=leave_out)


def renew_key(
    session: Session,
    secret: str,
    *,
    recovery_code: str | None = None,
    leave_out: bool = False,
    kdf: slots.Kdf | None = None,
) -> Session:
    """Put the practice under a new data key, and open it again as the same user.

    ``secret`` is the passphrase of the acting user. Every user keeps their own; with a ``recovery_code`` the
    sheet of before is void. What computers opened quickly asks the passphrase again. ``leave_out``: go on
    without users who cannot get the new key. A backup under the new key is made at once.

    Where this fails the session goes on as it was. Afterwards it is closed.

    Raises:
        NotAllowed: the user may not.
        BadInput: it is not the passphrase of the user, or not a recovery code.
        LeftOut, SheetNeeded: see there.
        StoreError: see ``store.rekeying.renew``.
    """
    store, user, clock, now = session.store, session.user, session.clock, session.now
    new_sheet = recovery_code is not None
    plan = _planned(session, secret, new_sheet=new_sheet, leave_out=leave_out)
    made = plan.key_file
    if recovery_code is not None:
        cost = kdf or keys.calibrated()
        made = keys.with_recovery_slot(made, plan.data_key, recovery_code, cost, now)
    rekeying.renew(
        *(store, plan.data_key),
        was=plan.before,
        becomes=slots.to_json(made),
        user=user,
        now=now,
    )
    session.close()
    quick_unlock.forget_here(made.store_id, user.login)
    opened = opening.open_with_key(store.folder, plan.data_key, user.login, clock=clock)
    with suppress(PzdeskError):  # it is made again by itself; the key is renewed all the same
        BackupService(opened).make()
    return opened


def is_decided(session: Session) -> bool:
    """Whether a renewal that failed was decided all the same: then a new recovery sheet counts already."""
    store = session.store
    return store.is_replaced or restoring.is_half_done(store.folder)


def _planned(session: Session, secret: str, *, new_sheet: bool, leave_out: bool) -> _Planned:
    store, login = session.store, session.user.login
    with session.looking_ahead(Right.USERS) as unit:
        users = [user for user in unit.find(User) if user.left_at is None]
        former = rekeying.former_keys(unit)
    before = (store.folder / KEYS).read_bytes()
    key_file, data_key = slots.from_json(before), keys.new_data_key()
    try:
        found = keys.opened_with_passphrase(key_file, login, secret)
    except WrongPassphrase:
        raise BadInput("Dit is niet uw wachtzin.", field="was") from None
    if found.data_key != store.data_key():
        raise StoreDamaged("De sleutels horen niet bij deze praktijk. Zet een back-up terug.")
    own = key_file.slot(login)
    if own is not None and found.made_whole is not None:
        key_file = keys.with_made_whole(key_file, login, own, found.made_whole)
    made, left_out = keys.with_new_key(
        key_file, store.data_key(), former, data_key, {user.login for user in users}
    )
    if not new_sheet and any(slot.login is None for slot in left_out):
        raise SheetNeeded(
            "Het herstelblad van nu kan de nieuwe sleutel niet krijgen. Maak een nieuw herstelblad mee."
        )
    without = {slot.login for slot in left_out if slot.login is not None}
    if without and not leave_out:
        raise LeftOut([user.name for user in users if user.login in without])
    return _Planned(before, made, data_key)
