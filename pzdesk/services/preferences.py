"""What the window remembers for a user: columns, filters, palette, scale. No record, no line in the log."""

from typing import Any

from pzdesk.domain.errors import StoreError
from pzdesk.services.session import Session
from pzdesk.store.drafts import SealedNotes


class PreferenceService:
    """Remembered choices of the acting user, sealed beside the database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notes = SealedNotes(
            session.store.folder, session.store.data_key(), session.user.login
        )

    def remembered(self, name: str, default: Any) -> Any:
        """What was chosen, or the default; a choice of another kind than the default is not used."""
        found = self._notes.kept(f"choice {name}")
        value = found[0].get("value", default) if found is not None else default
        return value if type(value) is type(default) else default

    def remember(self, name: str, value: Any) -> None:
        """Remember a choice; on a full disk it is forgotten, and nothing else happens."""
        try:
            self._notes.keep(f"choice {name}", {"value": value}, self._session.now)
        except StoreError:
            return
