"""Making a practice, and opening it."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from pzdesk import content
from pzdesk.domain.audit import REFUSED, AuditEvent, What
from pzdesk.domain.audit_words import NOBODY
from pzdesk.domain.errors import (
    BadInput,
    NotFound,
    StoreDamaged,
    StoreError,
    StoreMissing,
    WrongPassphrase,
)
from pzdesk.domain.texts import one_line
from pzdesk.domain.user import Role, User, UserId, checked_login
from pzdesk.domain.writer import writes_words
from pzdesk.security import keys, passphrase, recovery, slots
from pzdesk.services import destroyed_drafts, files
from pzdesk.services.session import Session, practice_of, wall_clock
from pzdesk.store import folder as store_folder
from pzdesk.store import place, refusals, rekeying, restoring
from pzdesk.store.drafts import SealedNotes
from pzdesk.store.folder import KEYS, LOCK, Store
from pzdesk.store.lock import WriterLock


class NobodyHere(StoreDamaged):
    """There is a key for a login, but no user of that name in the store."""


def make_practice(
    folder: Path,
    *,
    practice: str,
    login: str,
    name: str,
    roles: tuple[Role, ...],
    secret: str,
    recovery_code: str | None,
    kdf: slots.Kdf | None = None,
    clock: Callable[[], datetime] = wall_clock,
) -> Session:
    """Make a store with its first user, who also becomes beheerder, and open it.

    ``recovery_code`` opens the recovery slot; None makes none.

    Raises:
        BadInput: the login, the name, the practice's name or the passphrase cannot be used.
        Refused, StoreError: see ``store.folder.create``.
    """
    checked_login(login)
    practice, name = one_line(practice, field="praktijk"), one_line(name, field="naam")
    if not practice or not name:
        raise BadInput("Vul de naam van de praktijk en uw eigen naam in.", field="naam")
    if not roles:
        raise BadInput("Kies ten minste één rol.", field="rol")
    passphrase.check(secret, login=login, practice=practice)
    kdf = kdf or keys.calibrated()
    now = clock()
    data_key = keys.new_data_key()
    key_file = keys.new_key_file(now)
    key_file = keys.with_passphrase_slot(key_file, data_key, login, secret, kdf, now)
    if recovery_code is not None:
        key_file = keys.with_recovery_slot(key_file, data_key, recovery_code, kdf, now)
    user = User(
        id=UserId(1),
        login=login,
        name=name,
        roles=tuple(dict.fromkeys((*roles, Role.BEHEERDER))),
        created_at=now,
    )

    def fill(store: Store) -> None:
        with store.writing(user, now) as unit:
            unit.add(user)
            unit.keep_setting("practice", asdict(content.new_practice(practice)))
            unit.commit(AuditEvent.STORE_CREATED, What.CREATE, kind="praktijk")

    # The first user comes in before the folder is there: without one nobody could ever open it.
    store_folder.create(folder, data_key, slots.to_json(key_file), now, fill=fill)
    try:
        store = store_folder.open_with_key(folder, data_key, now)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Session(store, user, clock)


def open_practice(
    folder: Path, login: str, secret: str, *, clock: Callable[[], datetime] = wall_clock
) -> Session:
    """Open a store with a user's own passphrase.

    Raises:
        StoreError: the passphrase is wrong, or the store is damaged, missing, newer or busy.
    """
    prepare(folder, login, clock)
    key_file = keys.read(folder / KEYS)
    try:
        found = keys.opened_with_passphrase(key_file, login, secret)
    except WrongPassphrase:
        refusals.note(folder, login if key_file.slot(login) is not None else "", clock())
        raise
    try:
        session = open_with_key(folder, found.data_key, login, clock=clock)
    except (StoreDamaged, StoreMissing) as problem:
        if not was_replaced(folder, key_file, problem):
            raise
        return open_practice(folder, login, secret, clock=clock)
    try:
        _tell_refused(session)
        was = key_file.slot(login)
        if was is not None and found.made_whole is not None:
            _keep_whole(session, was, found.made_whole)
    except BaseException:
        session.close()
        raise
    return session


def was_replaced(folder: Path, key_file: slots.KeyFile, problem: StoreError) -> bool:
    """Whether a key did not open because, while it was being asked for, another took its place.

    Then the key of the practice was renewed or a backup put back; while one file takes another's place
    there is none.
    """
    return isinstance(problem, StoreMissing) or keys.read(folder / KEYS) != key_file


def prepare(folder: Path, login: str, clock: Callable[[], datetime]) -> None:
    """Carry on what was killed half way, and look whether there is a store at all.

    Raises:
        StoreError: see ``store.folder.check_parts``.
    """
    _finish_restore(folder, login, clock)
    store_folder.check_parts(folder)


def open_with_key(
    folder: Path,
    data_key: bytes,
    login: str,
    *,
    clock: Callable[[], datetime] = wall_clock,
    event: AuditEvent = AuditEvent.STORE_OPENED,
) -> Session:
    """Open a store with its key, as one of its users; the log says so.

    Raises:
        StoreError: the store is damaged, missing, newer or busy, or the user is not in it.
    """
    now = clock()
    store = store_folder.open_with_key(folder, data_key, now, login=login)
    try:
        user = _user_of(store, login, now)
        with store.reading(user, now) as unit:
            former = rekeying.former_keys(unit)
            unit.commit(event, What.EXECUTE, kind="praktijk")
        if former:
            SealedNotes(folder, data_key, login).adopt(former)
        session = Session(store, user, clock)
        destroyed_drafts.sweep(session)
    except BaseException:
        store.close()
        raise
    return session


def open_again(session: Session) -> Session:
    """Open the practice of a session anew as the same user, who may do other things by now.

    Raises:
        StoreError: see ``open_with_key``.
    """
    store, login = session.store, session.user.login
    session.close()
    return open_with_key(store.folder, store.data_key(), login, clock=session.clock)


def _keep_whole(session: Session, was: slots.Slot, whole: slots.Slot) -> None:
    """Put the slot of who opened as it should stand: with its pair, and with the data key of now in it.

    Where that cannot be, because somebody is writing or the disk is full, the slot opens as it did.
    """
    store, login, now = session.store, session.user.login, session.now
    path, lock = store.folder / KEYS, WriterLock(store.folder / LOCK)
    try:
        with suppress(StoreError):
            if lock.take_if_free(login, now):
                with store.holding_keys(lock, now) as connection:
                    before = keys.read(path)
                    changed = keys.with_made_whole(before, login, was, whole)
                    if changed != before:
                        keys.write(path, store.anchored(changed, connection, now))
    finally:
        lock.release()


def _tell_refused(session: Session) -> None:
    """Put in the log how often a passphrase was wrong while the practice was closed (NEN 7513: failures)."""
    store = session.store
    found = refusals.noted(store.folder)
    for one in found:
        at = min(one.last, session.now)  # who can write in the folder may say any moment
        nobody = User(login=one.login or NOBODY, name="", roles=(), created_at=at)
        with store.reading(nobody, at) as unit:
            known = unit.find(User, login=one.login)
            unit.user = replace(known[0], roles=()) if known else nobody
            unit.commit(
                *(AuditEvent.OPENING_REFUSED, What.EXECUTE),
                kind="wachtzin",
                count=one.count,
                outcome=REFUSED,
            )
    if found:
        refusals.forget(store.folder)


def _user_of(store: Store, login: str, now: datetime) -> User:
    nobody = User(login=login, name=login, roles=(), created_at=now)
    with store.reading(nobody, now) as unit:
        found = unit.find(User, login=login)
    if not found:
        raise NobodyHere(
            "Deze gebruiker heeft een sleutel, maar staat niet in de praktijk. "
            "Zet een back-up terug."
        )
    if found[0].left_at is not None:
        raise WrongPassphrase("Deze gebruiker heeft geen toegang meer tot de praktijk.")
    return found[0]


def _finish_restore(folder: Path, login: str, clock: Callable[[], datetime]) -> None:
    """What was decided and killed half way is carried on before anything of the store is read."""
    if restoring.is_half_done(folder):
        restoring.finish(folder, login, clock())
    restoring.clear_left(folder, login, clock())


def recover(
    folder: Path,
    code: str,
    login: str,
    new_secret: str,
    *,
    kdf: slots.Kdf | None = None,
    clock: Callable[[], datetime] = wall_clock,
    saving: Callable[[Session], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> Session:
    """Open a store with the code of its recovery sheet, and give a user a new passphrase.

    ``saving`` goes around the moment at which it is saved: such as to take over from who writes.

    Raises:
        BadInput: the code is mistyped, or the new passphrase is too weak.
        NotFound: the user is not in this store.
        StoreError: the code does not open this store.
    """
    prepare(folder, login, clock)
    path = folder / KEYS
    key_file = keys.read(path)
    try:
        data_key = keys.open_with_recovery(key_file, code)
    except WrongPassphrase:
        refusals.note(folder, "", clock())
        raise
    try:
        session = open_with_key(folder, data_key, login, clock=clock)
    except NobodyHere:
        raise NotFound(f"De gebruiker {login} bestaat niet in deze praktijk.") from None
    try:
        store, now = session.store, session.now
        with store.reading(session.user, now) as unit:
            passphrase.check(new_secret, login=login, practice=practice_of(unit).name)
        slot = keys.passphrase_slot(
            key_file.store_id, data_key, login, new_secret, kdf or keys.calibrated(), now
        )
        with saving(session), store.writing(session.user, now) as unit:
            key_file = keys.read(path)  # under the lock: somebody may have been added since
            changed = keys.with_slot(key_file, slot)
            keys.write(path, store.anchored(changed, unit.connection, now))
            try:
                unit.commit(
                    AuditEvent.RECOVERED, What.UPDATE, kind="gebruiker", key=session.user.id
                )
            except BaseException:
                keys.write(path, key_file)
                raise
    except BaseException:
        session.close()
        raise
    return session


def logins(folder: Path) -> tuple[str, ...]:
    """Who has a passphrase for a store, in order; nothing is unlocked for it.

    Raises:
        StoreError: see ``store.folder.check_parts``; or the key file is damaged or newer.
    """
    prepare(folder, "", wall_clock)
    slots_ = keys.read(folder / KEYS).slots
    return tuple(sorted({slot.login for slot in slots_ if slot.login is not None}))


def only_login(folder: Path) -> str:
    """The login of a store with one user, for a command that names nobody.

    Raises:
        BadInput: there are several.
        StoreError: see ``logins``.
    """
    found = logins(folder)
    if len(found) != 1:
        raise BadInput("Geef met --user aan wie u bent.", field="login")
    return found[0]


def check_new_place(folder: Path) -> None:
    """Look whether a practice can be made at a place, before anything is asked (raises ``Refused``)."""
    store_folder.check_free(files.folder_at(folder))


def lost_work(session: Session) -> str:
    """The sentence to tell when the log is shorter than it was at the last opening; empty when it is not."""
    if not session.store.lost_events():
        return ""
    return (
        "Let op: het logboek is korter dan het was. Er is werk verloren gegaan of een oude kopie "
        "teruggezet; vergelijk met uw laatste back-up."
    )


def check_passphrase(secret: str, *, login: str = "", practice: str = "") -> None:
    """Accept a new passphrase or say why not (raises ``BadInput``); for telling it while it is typed."""
    passphrase.check(secret, login=login, practice=practice)


def passphrase_from_bytes(data: bytes) -> str:
    """A passphrase as a file or a prompt gives it (raises ``BadInput``)."""
    return keys.passphrase_from_bytes(data)


def warning_about(folder: Path) -> str:
    """The sentence that warns for a folder on a network or one that is synchronised, else empty."""
    return place.warning(folder)


def who_writes(folder: Path, *, clock: Callable[[], datetime] = wall_clock) -> str:
    """The sentence that says who is writing in a practice now, before it is opened; else empty."""
    other = WriterLock(folder / LOCK).other()
    if other is None:
        return ""
    return f"{writes_words(other, clock())}. U kunt openen en meelezen, of het schrijven overnemen."


def warning_about_backups(folder: Path, session: Session) -> str:
    """The sentence that warns for where a second backup of this practice would lie, else empty."""
    return place.backup_warning(folder, session.store.folder)


def new_recovery_code() -> str:
    """A code for the recovery slot, to be printed once."""
    return recovery.new_code()


def recovery_groups(code: str) -> tuple[str, ...]:
    """A recovery code in groups of five, as it is shown and typed back (raises ``BadInput``)."""
    return tuple(recovery.formatted(code).split("-"))


def recovery_paper(
    code: str, practice: str, name: str, *, clock: Callable[[], datetime] = wall_clock
) -> bytes:
    """The recovery sheet as PDF."""
    # ReportLab is a fifth of the time in which pzdesk starts, and this sheet is made once.
    from pzdesk.documents.recovery_sheet import RecoveryPaper, recovery_sheet
    from pzdesk.documents.style import Imprint

    now = clock()
    imprint = Imprint(practice=practice, printed_at=now, printed_by=name)
    groups = recovery_groups(code)
    return recovery_sheet(
        RecoveryPaper(imprint=imprint, made_on=now.date(), made_by=name, groups=groups)
    )
