"""Changing who has a key: the key file and the line in the log together, or neither."""

from collections.abc import Callable

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, WrongPassphrase
from pzdesk.security import keys
from pzdesk.security.slots import KeyFile
from pzdesk.services.session import Session
from pzdesk.store.folder import KEYS
from pzdesk.store.unit import Unit


def commit_with_keys(
    session: Session,
    unit: Unit,
    change: Callable[[KeyFile], KeyFile],
    event: AuditEvent,
    what: What,
    user_id: int,
) -> None:
    """Change the key file and commit, together or not at all; read under the lock of the writer."""
    store = session.store
    path = store.folder / KEYS
    before = keys.read(path)
    keys.write(path, store.anchored(change(before), unit.connection, unit.now))
    try:
        unit.commit(event, what, kind="gebruiker", key=user_id)
    except BaseException:
        keys.write(path, before)
        raise


def check_own(session: Session, secret: str) -> None:
    """Be sure who sits at the screen.

    Raises:
        BadInput: it is not the passphrase of the acting user.
    """
    try:
        keys.open_with_passphrase(
            keys.read(session.store.folder / KEYS), session.user.login, secret
        )
    except WrongPassphrase:
        raise BadInput("Dit is niet de wachtzin van nu.", field="was") from None
