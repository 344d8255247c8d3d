"""What pzdesk asked of the database, asked again by bare sqlcipher3."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tests.bench.measure import Act


@dataclass(slots=True)
class Statements:
    """The statements of one act in order, with what was bound to them."""

    said: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def questions(self) -> "Statements":
        """Only what reads."""
        return Statements([(sql, bound) for sql, bound in self.said if sql.startswith("SELECT")])

    def on(self, connection: Any) -> Act:
        """An act that asks all of it again, with every row fetched and kept; no row is made of it.

        A line of the log gets the next number, for its own is taken.
        """

        def again() -> list[list[Any]]:
            kept = []
            for sql, bound in self.said:
                if sql.startswith("INSERT INTO audit_event"):
                    names = [name.strip() for name in sql.split("(")[1].split(")")[0].split(",")]
                    last = "SELECT max(sequence) FROM audit_event"
                    number = connection.execute(last).fetchone()[0] + 1
                    bound = list(bound)
                    bound[names.index("sequence")] = number
                kept.append(connection.execute(sql, bound).fetchall())
            return kept

        return again


@contextmanager
def listening(engine: sa.Engine) -> Iterator[Statements]:
    """Hear what an engine asks of the database, transactions included."""
    heard = Statements()

    def asked(_c: Any, _cursor: Any, sql: str, bound: Any, _context: Any, _many: bool) -> None:  # noqa: FBT001
        heard.said.append((sql, bound))

    def committed(_c: Any) -> None:
        heard.said.append(("COMMIT", ()))

    def rolled_back(_c: Any) -> None:
        heard.said.append(("ROLLBACK", ()))

    hooks = (
        ("before_cursor_execute", asked),
        ("commit", committed),
        ("rollback", rolled_back),
    )
    for name, hook in hooks:
        sa.event.listen(engine, name, hook)
    try:
        yield heard
    finally:
        for name, hook in hooks:
            sa.event.remove(engine, name, hook)
