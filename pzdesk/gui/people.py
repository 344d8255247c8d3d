"""Everybody in the practice to choose from, also where that takes a moment to read."""

from collections.abc import Collection

from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.rows import PersonRow
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import PickField
from pzdesk.services.search import finder


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

    def read() -> list[PersonRow]:
        return [one for one in bench.desk.patients.names() if one.id not in but]

    def show(people: list[PersonRow]) -> None:
        find = finder(people, bench.today)
        choices = [(str(int(one.id)), words(one)) for one in people]
        field.set_choices(choices, like=lambda typed: [str(int(one)) for one in find(typed)])

    bench.read("Namen lezen", read, done=show)
