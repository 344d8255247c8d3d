"""Who writes: one at a time. Everybody else reads along, is told who, and may take over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.user import Right, User
from pzdesk.domain.writer import Writer
from pzdesk.services.session import Session
from pzdesk.store.folder import LOCK
from pzdesk.store.lock import WriterLock

ANSWER_WORDS = "acht seconden"
"""How long a window gets that is asked to let go (``store.lock.ANSWER_SECONDS``), in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoWrites:
    """What was seen at one look: whether this session writes, or who else does.

    ``gave_to``: who asked for it just now and got it; ``lost_to``: who took it because no answer came.
    """

    is_mine: bool
    other: Writer | None = None
    gave_to: Writer | None = None
    lost_to: Writer | None = None


class WritingService:
    """Taking over; anybody with a passphrase of their own may, and the log says from whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take_over(self, cancelled: Callable[[], bool] = lambda: False) -> Writer:
        """Become the one who writes, in the place of who does now; gives who that was.

        A window that lives lets go within a few seconds and keeps what was typed there; one that does not
        answer can save nothing any more.

        Raises:
            StoreBusy: a third one was first, or the other one hangs half way a saving.
            Cancelled: it was not wanted any more.
        """
        session, lock = self._session, self._session.store.lock
        with session.looking_ahead(Right.SEE_WHO):
            pass
        former = lock.take_over(session.user, session.now, cancelled=cancelled)
        try:
            # Who was saving is waited for here; from this line on the other one can save nothing.
            with session.writing(Right.SEE_WHO) as unit:
                known = unit.find(User, login=former.login)
                unit.commit(
                    *(AuditEvent.WRITING_TAKEN_OVER, What.EXECUTE),
                    kind="gebruiker",
                    key=known[0].id if known else None,
                )
        except BaseException:
            lock.release()
            raise
        return former


def take_to_replace(
    folder: Path, former: Session | None, login: str, now: datetime
) -> Writer | None:
    """End the writing in a store that a backup is about to take the place of; gives whose, if anybody's.

    ``former`` is that store, where it can be opened: then who was saving is waited for, and its log says it.

    Raises:
        StoreBusy: a third one was first, or it cannot be taken over.
    """
    lock = WriterLock(folder / LOCK)
    if lock.other() is None:
        return None
    if former is not None:
        return WritingService(former).take_over()
    try:
        return lock.take_over(User(login=login, name="", roles=(), created_at=now), now)
    finally:
        lock.release()


def look(session: Session, *, keeps_open: bool = True) -> WhoWrites:
    """See who writes, for a window, every second or two; who asks this window to let go gets it.

    Nothing of a patient is read for it, and it leaves no line in the log. Of a window that is held up, others
    see no sign of life. ``keeps_open``: the session stays as long as somebody works in it.
    """
    lock = session.store.lock
    lock.stays = keeps_open
    if not lock.is_held:
        return WhoWrites(is_mine=False, other=lock.other())
    if (taker := lock.lost_to()) is not None:
        return WhoWrites(is_mine=False, other=lock.other(), lost_to=taker)
    if (asker := lock.asked()) is not None:
        lock.release()
        return WhoWrites(is_mine=False, other=lock.other(), gave_to=asker)
    lock.breathe()
    return WhoWrites(is_mine=True)


def begin(session: Session) -> bool:
    """Become the one who writes where nobody does, before anything is saved; whether that is so now."""
    user = session.user
    return session.store.lock.take_if_free(user.login, session.now, user.name)


def let_go(session: Session) -> None:
    """Keep nobody from writing any more; saving takes it again."""
    session.store.lock.release()
