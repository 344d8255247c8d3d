"""Everybody in the practice to choose from, also where that takes a moment to read."""

from collections.abc import Collection

from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.rows import PersonRow
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import PickField


def choose_person(
    bench: Bench,
    field: PickField,
    *,
    but: Collection[PatientId | None] = (),
    with_birth_date: bool = True,
) -> None:
    """Fill a field with everybody, or with everybody but a few; what was typed before stays."""

    def words(one: PersonRow) -> str:
        name = short(one.name, one.sex)
        return f"{name} {dutch_date(one.birth_date)}" if with_birth_date else name

    def read() -> list[tuple[str, str]]:
        found = bench.desk.patients.names()
        return [(str(int(one.id)), words(one)) for one in found if one.id not in but]

    bench.read("Namen lezen", read, done=field.set_choices)
