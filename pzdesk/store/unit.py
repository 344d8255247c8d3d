"""One unit of work: rolled back unless it is committed together with its line in the audit log."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from pzdesk.domain.audit import DONE, AuditEvent, AuditRow, What, head_of, utc_text
from pzdesk.domain.destruction import Destruction, named_row
from pzdesk.domain.errors import NotFound
from pzdesk.domain.former import EDITED, Former
from pzdesk.domain.patient import PatientId
from pzdesk.domain.restricted import RESTRICTED_FIELDS, USUAL, kept_fields, visible
from pzdesk.domain.texts import cleaned
from pzdesk.domain.user import Right, User
from pzdesk.store import audit, database, tables
from pzdesk.store.columns import from_rows, to_row
from pzdesk.store.stale import told_stale

T = TypeVar("T")


class Unit:
    """One transaction of one user at one moment.

    ``hidden`` are the rights to see what is restricted that the user lacks: what is found comes without it,
    and what is replaced keeps it. ``terms``: which terms of follow-ups tell of answers, and what stands in
    their place. ``under`` is what somebody acts under besides their roles, for the log.
    """

    def __init__(
        self, connection: sa.Connection, user: User, now: datetime, *, writes: bool
    ) -> None:
        self.connection = connection
        self.user = user
        self.now = now
        self.head: tuple[int, str] | None = None
        self.hidden: frozenset[Right] = frozenset()
        self.terms = USUAL
        self.under = ""
        self._writes = writes
        self._destroyed: dict[str, int] | None = None

    def add(self, value: T) -> T:
        """Keep a new value; it comes back as it is kept, with its id.

        Raises:
            BadInput: a text is longer than 20,000 characters.
        """
        table, flatten = _place(type(value))
        value = cleaned(value)
        (row,) = self._numbered(table, [to_row(value, flatten)])
        result = self.connection.execute(table.insert().values(row))
        return replace(value, id=result.inserted_primary_key[0])  # type: ignore[type-var, index]

    def add_all(self, values: Sequence[T]) -> list[T]:
        """Keep new values of one kind, many in one statement; they come back in order with their ids.

        Raises:
            BadInput: a text is longer than 20,000 characters.
        """
        if not values:
            return []
        values = [cleaned(value) for value in values]
        table, flatten = _place(type(values[0]))
        adding = table.insert().returning(table.c.id, sort_by_parameter_order=True)
        rows = self._numbered(table, [to_row(value, flatten) for value in values])
        keys = self.connection.execute(adding, rows).scalars().all()
        pairs = zip(values, keys, strict=True)
        return [replace(value, id=key) for value, key in pairs]  # type: ignore[type-var]

    def get(self, kind: type[T], key: int, /) -> T:
        """One value by its id.

        Raises:
            NotFound: there is none.
        """
        found = self.find(kind, id=key)
        if not found:
            raise NotFound(f"Nummer {key} bestaat niet in deze praktijk.")
        return found[0]

    def find(self, kind: type[T], /, *, order: str = "id", **equal: Any) -> list[T]:
        """The values whose columns equal what is asked; a tuple means "one of"; ordered by a column.

        ``order`` may start with "-" for the other way round.
        """
        table, flatten = _place(kind)
        query = _query(table, order, tuple((name, _form(want)) for name, want in equal.items()))
        wanted = {name: want for name, want in equal.items() if want is not None}
        rows = self.connection.execute(query, wanted)
        return visible(from_rows(kind, rows, flatten), self.hidden, self.terms)

    def replace(self, value: T) -> T:
        """Keep a changed value in the place of the version it was read as.

        Raises:
            Stale: somebody else changed it since.
            BadInput: a text is longer than 20,000 characters.
        """
        table, flatten = _place(type(value))
        value = cleaned(value)
        row = to_row(value, flatten)
        key, version = row.pop("id"), row["version"]
        row["version"] = version + 1
        for unseen in kept_fields(value, self.hidden, self.terms):
            del row[unseen]
        same = sa.and_(table.c.id == key, table.c.version == version)
        was = self._as_it_was(table, key, row) if type(value) in EDITED else {}
        if self.connection.execute(table.update().where(same).values(row)).rowcount != 1:
            raise told_stale(self.connection, value, self.user, self.now)
        if was:
            owner = key if table is tables.patient else getattr(value, "patient_id", None)
            self.add(
                Former(
                    patient_id=owner,
                    table=str(table.name),
                    row_id=key,
                    was=was,
                    until=self.now,
                    changed_by=self.user.id,
                )
            )
        return replace(value, version=version + 1)  # type: ignore[type-var]

    def _as_it_was(self, table: sa.Table, key: int, becomes: dict[str, Any]) -> dict[str, str]:
        """The values of a row that are about to change, each as JSON; of what is restricted none."""
        query = sa.select(table).where(table.c.id == key)
        found = self.connection.execute(query).mappings().one_or_none()
        row: dict[str, Any] = dict(found) if found is not None else {}
        kept = {}
        for name in becomes.keys() & row.keys() - {"version", *RESTRICTED_FIELDS}:
            was, now = (msgspec.json.encode(one[name]).decode() for one in (row, becomes))
            if was != now:
                kept[name] = was
        return dict(sorted(kept.items()))

    def remove(self, value: Any) -> None:
        """Remove a value in the version it was read as; what is never edited has none.

        Raises:
            Stale: somebody else changed it since.
        """
        table, _ = _place(type(value))
        same = table.c.id == value.id
        if "version" in table.c:
            same = sa.and_(same, table.c.version == value.version)
        if self.connection.execute(table.delete().where(same)).rowcount != 1:
            raise told_stale(self.connection, value, self.user, self.now)
        if type(value) in EDITED:  # another row may get this number, and is not to be taken for it
            former = tables.former.c
            of_it = sa.and_(former.table == str(table.name), former.row_id == value.id)
            self.connection.execute(tables.former.delete().where(of_it))

    def _numbered(self, table: sa.Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """New rows get a number that nobody is called by any more: the log goes on naming a patient who is
        not there, a destruction the rows that it took, and somebody's draft may still be about one.
        """
        if all("id" in row for row in rows):
            return rows
        mine, last = table.c.id, self._last_destroyed().get(str(table.name), 0)
        if table is tables.patient:
            last = max(last, self._highest(tables.audit_event.c.patient_id))
        if last:
            for number, row in enumerate(rows, start=max(last, self._highest(mine)) + 1):
                row["id"] = number
        return rows

    def _highest(self, column: sa.Column[Any]) -> int:
        return self.connection.scalar(sa.select(sa.func.max(column))) or 0

    def _last_destroyed(self) -> dict[str, int]:
        """The highest number of each table that a destruction names."""
        if self._destroyed is None:
            self._destroyed = {}
            for one in self.find(Destruction):
                for table, key in map(named_row, one.rows):
                    self._destroyed[table] = max(key, self._destroyed.get(table, 0))
        return self._destroyed

    def setting(self, key: str) -> Any:
        """A kept setting as plain values, or None."""
        table = tables.setting
        text = self.connection.scalar(sa.select(table.c.value).where(table.c.key == key))
        return msgspec.json.decode(text) if text is not None else None

    def keep_setting(self, key: str, value: Any) -> None:
        """Keep a setting under a key, in the place of what stood there."""
        table = tables.setting
        text = msgspec.json.encode(value).decode()
        self.connection.execute(table.delete().where(table.c.key == key))
        self.connection.execute(table.insert().values(key=key, value=text))

    def start_writing(self) -> None:
        """End the snapshot of a unit that read, and write from here on."""
        if not self._writes:
            self.connection.rollback()
            self.connection.execution_options(pzdesk_writes=True)
            self._writes = True

    def commit(
        self,
        event: AuditEvent,
        what: What,
        *,
        patient: PatientId | None = None,
        kind: str = "",
        key: int | None = None,
        count: int | None = None,
        outcome: str = DONE,
    ) -> None:
        """Make the work last, with the one line that says so.

        A unit that only read starts writing here, so that a long reading keeps nobody from saving.
        """
        self.start_writing()
        sequence, before = audit.last(self.connection)
        at, offset = utc_text(self.now)
        row = AuditRow(
            sequence=sequence + 1,
            at=at,
            offset_minutes=offset,
            event=event,
            what=what,
            outcome=outcome,
            user_id=self.user.id,
            login=self.user.login,
            roles=",".join(filter(None, (*(role.value for role in self.user.roles), self.under))),
            on_behalf_of=self._on_behalf_of(),
            patient_id=patient,
            object_kind=kind,
            object_id=key,
            count=count,
            head="",
        )
        row = replace(row, head=head_of(row, before))
        audit.append(self.connection, row)
        self.connection.commit()
        self.head = (row.sequence, row.head)

    def _on_behalf_of(self) -> str:
        """The login of who this user works for, or nothing."""
        if self.user.acts_for_id is None:
            return ""
        other = sa.select(tables.user.c.login).where(tables.user.c.id == self.user.acts_for_id)
        return self.connection.scalar(other) or ""


def _place(kind: type) -> tuple[sa.Table, frozenset[str]]:
    return tables.TABLES[kind], tables.FLATTEN.get(kind, frozenset())


def _form(want: Any) -> str:
    if isinstance(want, tuple | list | set | frozenset):
        return "one of"
    return "nothing" if want is None else "equal"


@cache
def _query(table: sa.Table, order: str, asked: tuple[tuple[str, str], ...]) -> sa.Select[Any]:
    """The question of ``Unit.find``, put together once: opening a file asks two dozen."""
    query = sa.select(table)
    for name, form in asked:
        column = table.c[name]
        value = sa.bindparam(name, type_=column.type, expanding=form == "one of")
        match form:
            case "one of":
                query = query.where(column.in_(value))
            case "nothing":
                query = query.where(column.is_(None))
            case _:
                query = query.where(column == value)
    column = table.c[order.removeprefix("-")]
    return query.order_by(column.desc() if order.startswith("-") else column, table.c.id)


@contextmanager
def unit_of_work(engine: sa.Engine, user: User, now: datetime, *, writes: bool) -> Iterator[Unit]:
    """A unit that is rolled back unless it was committed; what the database says is told in Dutch."""
    with (
        database.told_to_user(),
        engine.connect().execution_options(pzdesk_writes=writes) as connection,
    ):
        unit = Unit(connection, user, now, writes=writes)
        try:
            connection.begin()
            yield unit
        finally:
            connection.rollback()
