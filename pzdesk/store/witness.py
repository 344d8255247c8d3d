"""Backups as witnesses of the log: each holds how far it was, where who changes the store does not come."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from pzdesk.domain.audit import AuditEvent, wall_time
from pzdesk.domain.backup import Backup
from pzdesk.store import audit, backups
from pzdesk.store.folder import Store
from pzdesk.store.tables import audit_event


def knows_more(store: Store, found: Iterable[Backup], store_id: str) -> Backup | None:
    """The newest of these backups that holds a line which the log does not have; None where none does.

    Then an old copy of the folder was put in its place. A backup that was made before one was put back on
    purpose, which stands in the log, says nothing; nor does one that is not of this practice and its key.
    """
    with store.engine.connect() as connection:
        since = _last_put_back(connection)
        for backup in sorted(found, key=lambda one: one.about.made_at, reverse=True):
            about = backup.about
            if about.store_id != store_id or not backups.is_under(backup.path, store.data_key()):
                continue
            if since is not None and about.made_at <= since:
                continue
            if audit.head_at(connection, about.sequence) != about.head:
                return backup
    return None


def _last_put_back(connection: sa.Connection) -> datetime | None:
    table = audit_event.c
    query = sa.select(table.at, table.offset_minutes).where(table.event == AuditEvent.RESTORED)
    row = connection.execute(query.order_by(table.sequence.desc()).limit(1)).first()
    return wall_time(row.at, row.offset_minutes) if row is not None else None
