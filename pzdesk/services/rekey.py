"""Renewing the data key of a practice: who left, and kept an old copy, reads nothing of what comes after."""

from collections.abc import Sequence
from contextlib import suppress

from pzdesk.domain.errors import BadInput, PzdeskError, Refused, StoreDamaged, WrongPassphrase
from pzdesk.domain.user import Right, User
from pzdesk.security import keys, slots
from pzdesk.security.slots import KeyFile, Slot
from pzdesk.services import opening, quick_unlock
from pzdesk.services.backups import BackupService
from pzdesk.services.session import Session
from pzdesk.store import rekeying
from pzdesk.store.folder import KEYS


class LeftOut(Refused):
    """Some users cannot get the new key; ``names`` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        who = ", ".join(names)
        super().__init__(
            f"De nieuwe sleutel kan niet worden meegegeven aan {who}: die heeft de praktijk niet geopend "
            "sinds pzdesk is bijgewerkt. Laat de praktijk eerst door iedereen één keer openen, of ga zonder "
            "hen verder en geef hen daarna een nieuwe wachtzin."
        )
        self.names = tuple(names)


class SheetNeeded(Refused):
    """The recovery sheet of now cannot get the new key: a new one has to be made with it."""


def check_own(session: Session, secret: str) -> None:
    """Be sure who sits at the screen, before anything is prepared (raises as ``renew_key``)."""
    _opened(session, keys.read(session.store.folder / KEYS), secret)


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
    store, now = session.store, session.now
    with session.looking_ahead(Right.USERS) as unit:
        users = [user for user in unit.find(User) if user.left_at is None]
        former = rekeying.former_keys(unit)
    path = store.folder / KEYS
    before = path.read_bytes()
    key_file = slots.from_json(before)
    login, data_key = session.user.login, keys.new_data_key()
    whole = _opened(session, key_file, secret)
    if (own := key_file.slot(login)) is not None and whole is not None:
        key_file = keys.with_made_whole(key_file, login, own, whole)
    made, left_out = keys.with_new_key(
        key_file, store.data_key(), former, data_key, {user.login for user in users}
    )
    if recovery_code is not None:
        made = keys.with_recovery_slot(made, data_key, recovery_code, kdf or keys.calibrated(), now)
    elif any(slot.login is None for slot in left_out):
        raise SheetNeeded(
            "Het herstelblad van nu kan de nieuwe sleutel niet krijgen. Maak een nieuw herstelblad mee."
        )
    without = {slot.login for slot in left_out if slot.login is not None}
    if without and not leave_out:
        raise LeftOut([user.name for user in users if user.login in without])
    rekeying.renew(
        *(store, data_key), was=before, becomes=slots.to_json(made), user=session.user, now=now
    )
    folder, clock = store.folder, session.clock
    session.close()
    quick_unlock.forget_here(key_file.store_id, login)
    opened = opening.open_with_key(folder, data_key, login, clock=clock)
    with suppress(PzdeskError):  # it is made again by itself; the key is renewed all the same
        BackupService(opened).make()
    return opened


def _opened(session: Session, key_file: KeyFile, secret: str) -> Slot | None:
    try:
        found = keys.opened_with_passphrase(key_file, session.user.login, secret)
    except WrongPassphrase:
        raise BadInput("Dit is niet uw wachtzin.", field="was") from None
    if found.data_key != session.store.data_key():
        raise StoreDamaged("De sleutels horen niet bij deze praktijk. Zet een back-up terug.")
    return found.made_whole
