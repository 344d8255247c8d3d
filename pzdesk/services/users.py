"""Users of the practice: each with a key slot of their own, so that nobody shares a passphrase."""

from dataclasses import replace

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, NotFound, Refused
from pzdesk.domain.user import Right, Role, User, checked_login
from pzdesk.security import keys, passphrase, slots
from pzdesk.security.slots import KeyFile, Slot
from pzdesk.services import quick_unlock
from pzdesk.services.key_slots import check_own, commit_with_keys
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
        acts_for: str = "",
        kdf: slots.Kdf | None = None,
    ) -> User:
        """Give somebody a slot of their own; ``acts_for`` is the login of who they work for.

        The slot is derived before anything is locked, and written before the user is committed: a
        slot without a user opens nothing, a user without a slot would be locked out.

        Raises:
            BadInput: the login, the name or the passphrase cannot be used.
            NotFound: there is nobody to work for under that login.
            Refused: the login is in use.
        """
        checked_login(login)
        if not name.strip() or not roles:
            raise BadInput("Vul een naam in en kies ten minste één rol.", field="naam")
        session, now = self._session, self._session.now
        with session.looking_ahead(Right.USERS) as unit:
            _check_free(unit, login)
            passphrase.check(secret, login=login, practice=practice_of(unit).name)
        slot = _slot_for(session, login, secret, kdf)
        with session.writing(Right.USERS) as unit:
            _check_free(unit, login)
            user = unit.add(
                User(
                    login=login,
                    name=name.strip(),
                    roles=tuple(dict.fromkeys(roles)),
                    created_at=now,
                    acts_for_id=_present(unit, acts_for).id if acts_for else None,
                )
            )
            commit_with_keys(
                session,
                unit,
                lambda before: keys.with_slot(before, slot),
                AuditEvent.USER_ADDED,
                What.CREATE,
                user.id,
            )
        return user

    def change_roles(self, user: User, roles: tuple[Role, ...]) -> User:
        """Give somebody other roles, and keep as whom and for whom they work.

        Raises:
            BadInput: no role is left, or somebody would work for themselves or for who left.
            Refused: nobody would be beheerder any more.
            Stale: somebody else changed this user since it was read.
        """
        if not roles:
            raise BadInput("Kies ten minste één rol.", field="rol")
        with self._session.writing(Right.USERS) as unit:
            if Role.BEHEERDER not in roles:
                _check_beheerder_stays(unit, user)
            _check_works_for(unit, user)
            changed = unit.replace(replace(user, roles=tuple(dict.fromkeys(roles))))
            unit.commit(AuditEvent.USER_CHANGED, What.UPDATE, kind="gebruiker", key=user.id)
        return changed

    def remove(self, login: str) -> User:
        """Let somebody leave: their slot is gone at once, and what they did stays under their name.

        Who kept a copy of the store and the old key file can still open that copy.

        Raises:
            NotFound: there is no such user, or they left before.
            Refused: nobody would be beheerder any more, or it is the last key.
        """
        session = self._session
        with session.writing(Right.USERS) as unit:
            user = _present(unit, login)
            _check_beheerder_stays(unit, user)
            gone = unit.replace(replace(user, left_at=session.now))
            commit_with_keys(
                session,
                unit,
                lambda before: _without(before, login),
                AuditEvent.USER_REMOVED,
                What.UPDATE,
                user.id,
            )
        _quick_no_more(session, login)
        return gone

    def change_passphrase(
        self, secret: str, *, was: str | None = None, kdf: slots.Kdf | None = None
    ) -> None:
        """Give the acting user another passphrase; the one of before opens nothing any more.

        ``was`` is the passphrase of now, to be sure who sits at the screen; None where it was just used to
        open the store.

        Raises:
            BadInput: the new passphrase cannot be used, or ``was`` is not the passphrase of now.
        """
        session = self._session
        login = session.user.login
        with session.looking_ahead(Right.SEE_WHO) as unit:
            passphrase.check(secret, login=login, practice=practice_of(unit).name)
        if was is not None:
            check_own(session, was)
        slot = _slot_for(session, login, secret, kdf)
        with session.writing(Right.SEE_WHO) as unit:
            commit_with_keys(
                session,
                unit,
                lambda before: keys.with_slot(before, slot),
                AuditEvent.PASSPHRASE_CHANGED,
                What.UPDATE,
                session.user.id,
            )
        _quick_no_more(session, login)

    def give_passphrase(self, user: User, secret: str, *, kdf: slots.Kdf | None = None) -> None:
        """Give somebody who lost theirs another passphrase; the one of before opens nothing any more.

        For who cannot get a new data key (``rekey.LeftOut``), and for who forgot.

        Raises:
            BadInput: the passphrase cannot be used.
            NotFound: the user left.
            Refused: it is the acting user, who knows the own passphrase.
        """
        session, login = self._session, user.login
        with session.looking_ahead(Right.USERS) as unit:
            _present(unit, login)
            passphrase.check(secret, login=login, practice=practice_of(unit).name)
        if login == session.user.login:
            raise Refused("Wijzig uw eigen wachtzin bij “Uw eigen wachtzin”.")
        slot = _slot_for(session, login, secret, kdf)
        with session.writing(Right.USERS) as unit:
            _present(unit, login)
            commit_with_keys(
                session,
                unit,
                lambda before: keys.with_slot(before, slot),
                AuditEvent.PASSPHRASE_GIVEN,
                What.UPDATE,
                user.id,
            )
        _quick_no_more(session, login)

    def renew_recovery(self, code: str, *, kdf: slots.Kdf | None = None) -> None:
        """Let a new recovery code open the store; the sheet of before is void.

        Raises:
            BadInput: it is not a recovery code.
        """
        session = self._session
        store, now = session.store, session.now
        with session.looking_ahead(Right.USERS):
            made = keys.with_recovery_slot(
                *(keys.read(store.folder / KEYS), store.data_key(), code),
                *(kdf or keys.calibrated(), now),
            ).slot(None)
        if made is None:
            raise RuntimeError("a key file without the slot that was put in it")
        with session.writing(Right.USERS) as unit:
            commit_with_keys(
                session,
                unit,
                lambda before: keys.with_slot(before, made),
                AuditEvent.RECOVERY_RENEWED,
                What.UPDATE,
                session.user.id,
            )


def _slot_for(session: Session, login: str, secret: str, kdf: slots.Kdf | None) -> Slot:
    """The slot that a passphrase opens for somebody: a second of work, before any lock is taken."""
    store = session.store
    store_id = keys.read(store.folder / KEYS).store_id
    cost = kdf or keys.calibrated()
    return keys.passphrase_slot(store_id, store.data_key(), login, secret, cost, session.now)


def _quick_no_more(session: Session, login: str) -> None:
    """What this computer kept to open quickly went with the slot; let the keyring forget it."""
    quick_unlock.forget_here(keys.read(session.store.folder / KEYS).store_id, login)


def _present(unit: Unit, login: str) -> User:
    found = [user for user in unit.find(User, login=login) if user.left_at is None]
    if not found:
        raise NotFound(f"De gebruiker {login} bestaat niet in deze praktijk.")
    return found[0]


def _check_beheerder_stays(unit: Unit, leaving: User) -> None:
    others = (user for user in unit.find(User) if user.id != leaving.id and user.left_at is None)
    if Role.BEHEERDER in leaving.roles and not any(Role.BEHEERDER in user.roles for user in others):
        raise Refused(f"{leaving.name} is de enige beheerder. Maak eerst iemand anders beheerder.")


def _check_works_for(unit: Unit, user: User) -> None:
    if user.acts_for_id is None:
        return
    found = unit.find(User, id=user.acts_for_id)
    if user.acts_for_id == user.id or not found or found[0].left_at is not None:
        raise BadInput("Kies iemand anders die deze praktijk opent.", field="namens")


def _without(key_file: KeyFile, login: str) -> KeyFile:
    """Somebody who never had a slot leaves without one."""
    return keys.without_slot(key_file, login) if key_file.slot(login) is not None else key_file


def _check_free(unit: Unit, login: str) -> None:
    if unit.find(User, login=login):
        raise Refused(f"De gebruikersnaam {login} is al in gebruik.")
