"""Users of the practice: each with a key slot of their own, so that nobody shares a passphrase."""

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.user import Right, Role, User, checked_login
from pzdesk.security import keys, passphrase, slots
from pzdesk.services.session import Session, practice_of
from pzdesk.store.folder import KEYS


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

        The slot is written before the user is committed: a slot without a user opens nothing, a
        user without a slot would be locked out.

        Raises:
            BadInput: the login, the name or the passphrase cannot be used.
            Refused: the login is in use.
        """
        checked_login(login)
        if not name.strip() or not roles:
            raise BadInput("Vul een naam in en kies ten minste één rol.", field="naam")
        path = self._session.store.folder / KEYS
        with self._session.writing(Right.USERS) as unit:
            if unit.find(User, login=login):
                raise Refused(f"De gebruikersnaam {login} is al in gebruik.")
            passphrase.check(secret, login=login, practice=practice_of(unit).name)
            user = unit.add(
                User(
                    login=login,
                    name=name.strip(),
                    roles=tuple(dict.fromkeys(roles)),
                    created_at=self._session.now,
                )
            )
            before = keys.read(path)
            with_slot = keys.with_passphrase_slot(
                before,
                self._session.store.data_key(),
                login,
                secret,
                kdf or keys.calibrated(),
                self._session.now,
            )
            keys.write(path, with_slot)
            try:
                unit.commit(AuditEvent.USER_ADDED, What.CREATE, kind="gebruiker", key=user.id)
            except BaseException:
                keys.write(path, before)
                raise
        return user
