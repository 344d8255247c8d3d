"""Users of the practice: each with a key slot of their own, so that nobody shares a passphrase."""

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.user import Right, Role, User, checked_login
from pzdesk.security import keys, passphrase, slots
from pzdesk.services.session import Session, practice_of
from pzdesk.store.folder import KEYS
from pzdesk.store.unit import Unit


class UserService:
    """What a beheerder does with users."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        *,
        login: str,
        name: str,
        roles: tuple[Role, ...],
        secret: str,
        kdf: slots.Kdf | None = None,
    ) -> User:
        """Give somebody a slot of their own.

        The slot is derived before anything is locked, and written before the user is committed: a
        slot without a user opens nothing, a user without a slot would be locked out.

        Raises:
            BadInput: the login, the name or the passphrase cannot be used.
            Refused: the login is in use.
        """
        checked_login(login)
        if not name.strip() or not roles:
            raise BadInput("Vul een naam in en kies ten minste één rol.", field="naam")
        store, now = self._session.store, self._session.now
        path = store.folder / KEYS
        with self._session.looking_ahead(Right.USERS) as unit:
            _check_free(unit, login)
            passphrase.check(secret, login=login, practice=practice_of(unit).name)
        slot = keys.passphrase_slot(
            keys.read(path).store_id,
            *(store.data_key(), login, secret, kdf or keys.calibrated(), now),
        )
        with self._session.writing(Right.USERS) as unit:
            _check_free(unit, login)
            user = unit.add(
                User(
                    login=login,
                    name=name.strip(),
                    roles=tuple(dict.fromkeys(roles)),
                    created_at=now,
                )
            )
            before = keys.read(path)
            keys.write(path, keys.with_slot(before, slot))
            try:
                unit.commit(AuditEvent.USER_ADDED, What.CREATE, kind="gebruiker", key=user.id)
            except BaseException:
                keys.write(path, before)
                raise
        return user


def _check_free(unit: Unit, login: str) -> None:
    if unit.find(User, login=login):
        raise Refused(f"De gebruikersnaam {login} is al in gebruik.")
