"""Backups: made and proved, listed, tried out, and put back; with a second place for when a disk dies."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pzdesk import __version__
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.backup import Backup
from pzdesk.domain.came_back import came_back
from pzdesk.domain.errors import PzdeskError, Refused, StoreDamaged, StoreError
from pzdesk.domain.user import Right, User
from pzdesk.domain.writer import Writer
from pzdesk.security import keys
from pzdesk.services import opening, tombstones, writing
from pzdesk.services.session import Session, wall_clock
from pzdesk.services.users_in import users_in, users_of
from pzdesk.store import backups, copies, rekeying, restoring
from pzdesk.store.drafts import SealedNotes
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS
from pzdesk.store.tombstones import Tombstones
from pzdesk.store.unit import Unit

TellsUsers = Callable[[tuple[str, ...]], object]
EVERY = timedelta(minutes=30)
UNSEEN_AFTER = timedelta(days=7)
REHEARSED_EVERY = timedelta(days=30)
_NOTE = "back-up"

Counts = Mapping[str, int]
"""How many there are: patients, pzp_versions, meetings, actions, lines in the log.

Of a backup also how many files, and parts of files, are destroyed again when it is put back.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """How it stands with the backups of this store on this computer; nothing known is None.

    ``has_changed``: whether the log went on since the newest. ``rehearsed`` is when one was last tried out
    whole; ``second`` the folder on another disk, ``second_seen`` when that one last got a backup.
    """

    newest: Backup | None
    has_changed: bool
    rehearsed: datetime | None
    second: Path | None
    second_seen: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether the log went on since the newest backup, and that one is half an hour old."""
        if self.newest is None:
            return True
        return self.has_changed and now - self.newest.about.made_at >= EVERY

    def is_rehearsal_due(self, now: datetime) -> bool:
        """Whether no backup was tried out for a month."""
        if self.newest is None:
            return False
        return self.rehearsed is None or now - self.rehearsed >= REHEARSED_EVERY

    def warning(self, now: datetime) -> str:
        """The sentence that warns when a second copy was not made for a week; else empty."""
        if self.second is None or (self.second_seen and now - self.second_seen < UNSEEN_AFTER):
            return ""
        if self.second_seen is None:
            return (
                f"In de tweede back-upmap staat nog geen back-up: {self.second}. "
                "Is de schijf of stick aangesloten? Maak er dan nu een bij Beheer, Back-up."
            )
        return (
            f"De tweede back-upmap is sinds {self.second_seen:%d-%m-%Y} niet meer gezien: {self.second}. "
            "Sluit de schijf of stick aan, of kies een andere map bij Beheer."
        )


class BackupService:
    """What a user does with backups. Every role may make one: it is as closed as the store itself."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notes = SealedNotes(session.store.folder, session.store.data_key(), "")

    def make(self, to: Path | None = None, *, step: copies.Step = copies.untold) -> Backup:
        """Make a backup beside the store, and in the second folder where it is there; or only in ``to``.

        Old ones beside the store and in the second folder are thinned out afterwards. ``step`` is told how
        far it is; what it raises breaks it off, and nothing was made.

        Raises:
            StoreDamaged: the store is not whole; nothing was made and nothing older was touched.
            StoreError: the disk is full or not writable.
        """
        session, now = self._session, self._session.now
        with session.reading(Right.BACKUP) as unit:
            made = self._made(to or self._folder, now, step)
            sequence = made.about.sequence
            try:
                if to is None:
                    self._second_copy(now, step)
                    backups.thin(self._folder, made.about.store_id, now)
                self._note_destroyed(unit, to)
            finally:  # what broke off the second copy leaves the first, and that was made
                unit.commit(AuditEvent.BACKED_UP, What.EXECUTE, kind="back-up", key=sequence)
        session.store.anchor_keys(session.user.login, now)
        return made

    def all(self) -> tuple[Backup, ...]:
        """The backups beside the store and in the second folder, newest first."""
        with self._session.reading(Right.BACKUP) as unit:
            found = backups.listed(self._folder)
            if (second := self.state.second) is not None:
                found += backups.listed(second)
            unit.commit(AuditEvent.BACKUPS_READ, What.READ, kind="back-up", count=len(found))
        return tuple(sorted(found, key=lambda backup: backup.about.made_at, reverse=True))

    def rehearse(self, path: Path | None = None) -> Backup:
        """Try out whether a backup, the newest unless one is named, could be put back: row by row.

        Raises:
            Refused: there is none yet.
            StoreError, UnreadableFile: it could not be put back.
        """
        newest = self._newest()
        if path is None and newest is None:
            raise Refused("Er is nog geen back-up om te proberen.")
        with self._session.reading(Right.BACKUP) as unit:
            tried = path or (newest.path if newest else self._folder)
            found = backups.check(tried, self._key_of(unit, tried), scratch=self._folder)
            unit.commit(AuditEvent.BACKUP_CHECKED, What.EXECUTE, kind="back-up")
        self._remember(rehearsed=self._session.now.isoformat())
        return found

    def compare(self, path: Path, *, tell: TellsUsers | None = None) -> tuple[Counts, Counts]:
        """What a backup holds and what the practice holds now, counted; the backup is proved first.

        ``tell`` hears which users and roles would come back with it, where any would.

        Raises:
            StoreError, UnreadableFile: it could not be put back.
        """
        store = self._session.store
        with self._session.reading(Right.BACKUP) as unit:
            key, login, at = self._key_of(unit, path), self._session.user.login, self._session.now
            found = tombstones.known(unit, store.data_key(), {self._folder, path.parent})
            users = unit.find(User)

            def also(place: Path) -> Mapping[str, int]:
                if tell is not None and self._session.has(Right.RESTORE):
                    tell(came_back(users_in(place, key, login, at), users))
                return tombstones.counted(place, key, login, at, found)

            then = backups.counts(
                path,
                key,
                scratch=self._folder,
                also=also,
            )
            now = backups.counted(store.folder / DATABASE, store.data_key())
            unit.commit(AuditEvent.BACKUP_CHECKED, What.EXECUTE, kind="back-up")
        return then, now

    @property
    def state(self) -> BackupState:
        """How it stands now; nothing in the database is read for it, so it leaves no line in the log."""
        kept, newest = self._kept(), self._newest()
        anchor = self._session.store.anchor()
        # The line that says that a backup was made was written after it.
        is_same = newest and anchor and anchor[0] == newest.about.sequence + 1
        return BackupState(
            newest=newest,
            has_changed=not is_same,
            rehearsed=_moment(kept.get("rehearsed")),
            second=Path(kept["second"]) if kept.get("second") else None,
            second_seen=_moment(kept.get("second_seen")),
        )

    def use_second(self, folder: Path | None) -> None:
        """Choose a folder on another disk for a second copy of every backup, or none.

        Raises:
            NotAllowed: only who may change settings chooses it.
            Refused: it is not a folder, or lies in the store itself.
        """
        store = self._session.store.folder.resolve()
        if folder is not None and not folder.is_dir():
            raise Refused(f"Deze map is er niet: {folder}")
        if folder is not None and folder.resolve().is_relative_to(store):
            raise Refused("Kies een map buiten de praktijk, het liefst op een andere schijf.")
        with self._session.reading(Right.SETTINGS) as unit:
            unit.commit(AuditEvent.SETTINGS_CHANGED, What.UPDATE, kind="back-up")
        self._remember(second=str(folder) if folder else "", second_seen="")

    @property
    def _folder(self) -> Path:
        return self._session.store.folder / BACKUPS

    def _made(self, into: Path, now: datetime, step: copies.Step) -> Backup:
        store = self._session.store
        store_id = keys.read(store.folder / KEYS).store_id
        return backups.make(store, store_id, into, now, app=__version__, step=step)

    def _second_copy(self, now: datetime, step: copies.Step) -> None:
        """A second copy where its disk is there; that it is not is warned for, and stops nothing."""
        second = self.state.second
        if second is None or not second.is_dir():
            return
        with suppress(StoreError):
            made = self._made(second, now, step)
            backups.thin(second, made.about.store_id, now)
            self._remember(second_seen=now.isoformat())

    def _note_destroyed(self, unit: Unit, to: Path | None) -> None:
        """Tell the older backups beside the new one what was destroyed since they were made."""
        second = self.state.second
        places = [to] if to is not None else [self._folder, *([second] if second else [])]
        with suppress(StoreError):
            there = [place for place in places if place.is_dir()]
            tombstones.keep(unit, self._session.store.data_key(), there)

    def _key_of(self, unit: Unit, path: Path) -> bytes:
        """The data key of a backup: that of now, or one of before it was renewed."""
        key = self._session.store.data_key()
        return rekeying.key_of(path, key, rekeying.former_keys(unit))

    def _newest(self) -> Backup | None:
        return next(iter(backups.listed(self._folder)), None)

    def _kept(self) -> dict[str, Any]:
        found = self._notes.kept(_NOTE)
        return found[0] if found is not None else {}

    def _remember(self, **values: str) -> None:
        with suppress(StoreError):
            self._notes.keep(_NOTE, self._kept() | values, self._session.now)


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back, and where all lies that stood there; None when nothing did.

    ``destroyed`` counts the people of whom something was destroyed again, because it was after the backup.
    ``taken_from``: who was writing in what stood there. ``users``: which users and roles came back.
    """

    backup: Backup
    aside: Path | None
    destroyed: int = 0
    taken_from: Writer | None = None
    users: tuple[str, ...] = ()


def check(path: Path, login: str, secret: str) -> Backup:
    """Prove a backup with somebody's passphrase, as it was when the backup was made.

    Raises:
        WrongPassphrase: it opens nothing in this backup.
        StoreError, UnreadableFile: it is damaged, foreign or newer.
    """
    return backups.check(path, _key_in(path, login, secret))


def logins(path: Path) -> tuple[str, ...]:
    """Who has a passphrase in a backup, in order."""
    with tempfile.TemporaryDirectory(prefix="pzdesk-") as name:
        backups.take_out(path, Path(name))
        return opening.logins(Path(name))


def restore(
    path: Path,
    folder: Path,
    login: str,
    secret: str,
    *,
    take_over: bool = False,
    clock: Callable[[], datetime] = wall_clock,
) -> Restored:
    """Put a backup back at a new place, or over a store, which then lies beside it.

    Over a store only who has the right may (by the roles in the backup). The log of what is put back
    says so. ``take_over``: in the place of who writes in that store.

    Raises:
        NotAllowed: a store is there, and the user may not put a backup over it.
        StoreBusy: somebody is writing.
        StoreError, UnreadableFile: see ``check``; what was there is as it was.
    """
    key = _key_in(path, login, secret)
    is_new = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    found = tombstones.beside(key, {path.parent, folder / BACKUPS})
    aside = taken = former = None
    were: list[User] = []
    if is_new:
        restoring.restore_new(
            path, key, folder, prepare=tombstones.again(found, key, login, clock())
        )
    else:
        _may_restore(path, key, login, clock)
        with suppress(PzdeskError):  # what is damaged, or under another key, lies aside as it is
            former = _former(folder, key, login, secret, clock)
        try:
            if take_over:
                taken = writing.take_to_replace(folder, former, login, clock())
            with suppress(PzdeskError):
                if former is not None:
                    were = users_of(former)
                    found += _destroyed_in(former)
                    _keep_former(former)
        finally:
            if former is not None:
                former.close()
        prepare = tombstones.again(found, key, login, clock())
        aside = restoring.restore_over(path, key, folder, login, clock(), prepare=prepare)
    backup = backups.look(path)
    session = opening.open_with_key(folder, key, login, clock=clock)
    try:
        back = came_back(users_of(session), were) if were else ()
        with session.store.writing(session.user, session.now) as unit:
            destroyed = tombstones.destroyed_again(unit, found, backup.about.sequence)
            unit.commit(AuditEvent.RESTORED, What.EXECUTE, kind="praktijk")
    finally:
        session.close()
    return Restored(backup=backup, aside=aside, destroyed=destroyed, taken_from=taken, users=back)


def put_back(session: Session, path: Path, *, tell: TellsUsers | None = None) -> Session:
    """Put a backup of this same practice back over it, and open it again as the same user.

    ``tell`` hears which users and roles came back with it, where any did.
    The session is closed first: where this fails afterwards, the store is whole and must be opened anew.

    Raises:
        NotAllowed: the user may not.
        StoreError, UnreadableFile: see ``check``; what was there is as it was.
    """
    store, login, clock = session.store, session.user.login, session.clock
    with session.looking_ahead(Right.RESTORE) as unit:
        former, own = rekeying.former_keys(unit), store.data_key()
        key = rekeying.key_of(path, own, former)
        backups.check(path, key, scratch=store.folder / BACKUPS)
        found = tombstones.known(unit, own, {store.folder / BACKUPS, path.parent})
        were = unit.find(User)
    prepare = tombstones.again(found, key, login, clock())
    _keep_former(session)
    session.close()
    restoring.restore_over(path, key, store.folder, login, clock(), under=own, prepare=prepare)
    opened = opening.open_with_key(store.folder, own, login, clock=clock)
    try:
        with opened.store.writing(opened.user, opened.now) as unit:
            if former:
                rekeying.keep_former(unit, former)
            if tell is not None:
                tell(came_back(unit.find(User), were))
            unit.commit(AuditEvent.RESTORED, What.EXECUTE, kind="praktijk")
    except BaseException:
        opened.close()
        raise
    return opened


def _former(
    folder: Path, key: bytes, login: str, secret: str, clock: Callable[[], datetime]
) -> Session:
    """The store that is about to be replaced; its key may have been renewed since the backup."""
    try:
        return opening.open_with_key(folder, key, login, clock=clock)
    except StoreDamaged:
        own = keys.open_with_passphrase(keys.read(folder / KEYS), login, secret)
        return opening.open_with_key(folder, own, login, clock=clock)


def _destroyed_in(former: Session) -> Tombstones:
    store = former.store
    with store.reading(former.user, former.now) as unit:
        return tombstones.known(unit, store.data_key(), {store.folder / BACKUPS})


def _keep_former(session: Session) -> None:
    """A backup of what is about to be replaced, so that putting back can itself be undone."""
    store = session.store
    store_id = keys.read(store.folder / KEYS).store_id
    with suppress(StoreError):
        backups.make(store, store_id, store.folder / BACKUPS, session.now, app=__version__)


def _may_restore(path: Path, key: bytes, login: str, clock: Callable[[], datetime]) -> None:
    with tempfile.TemporaryDirectory(prefix="pzdesk-") as name:
        place = Path(name)
        backups.prove(place, key, backups.take_out(path, place))
        inside = opening.open_with_key(place, key, login, clock=clock)
        try:
            if not inside.has(Right.RESTORE):
                raise Refused(
                    "Een back-up over een praktijk heen zetten mag alleen een beheerder. "
                    "Zet haar terug in een nieuwe map, of vraag het de beheerder."
                )
        finally:
            inside.close()


def _key_in(path: Path, login: str, secret: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="pzdesk-") as name:
        place = Path(name)
        backups.take_out(path, place)
        return keys.open_with_passphrase(keys.read(place / KEYS), login, secret)
