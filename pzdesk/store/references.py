"""Whether anything in the store builds on a row, so that it cannot be taken away any more."""

from typing import Any

import sqlalchemy as sa

from pzdesk.store import tables
from pzdesk.store.unit import Unit


def is_built_on(unit: Unit, value: Any) -> bool:
    """Whether a row of any table points at this value."""
    table = tables.TABLES[type(value)]
    pointing = (
        sa.exists().where(key.parent == value.id)
        for other in tables.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table is table
    )
    return any(unit.connection.scalar(sa.select(found)) for found in pointing)
