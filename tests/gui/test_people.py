"""Everybody to choose from: also who is not in care, and without who is there already."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import PickField
from pzdesk.gui.people import choose_person
from pzdesk.services.desk import Desk
from tests import factories
from tests.factories import TODAY


@pytest.mark.parametrize("large", [False, True])
def test_everybody_comes_in_the_field_and_what_was_typed_meanwhile_stays(
    large: bool,  # noqa: FBT001 - a case
    bench_over: Callable[[Desk], Bench],
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if large:
        monkeypatch.setattr("pzdesk.gui.bench.LARGE_BYTES", 1)
    there, died, other = (
        desk.patients.add(factories.a_patient(birth_date=date(1940, 1, day))) for day in (1, 2, 3)
    )
    desk.patients.deceased(died.id, on=TODAY, place="thuis")
    bench, field = bench_over(desk), PickField("patient", "Patiënt", [])
    qtbot.addWidget(field)
    choose_person(bench, field, but={there.id})
    field.set_raw("02-01-1940")
    qtbot.waitUntil(lambda: not bench.jobs.is_busy)
    assert field.value() == str(died.id)
    field.set_raw("01-01-1940")
    assert "01-01-1940" not in field.edit.completer().completionPrefix()
    assert str(there.id) not in field._by_words.values()
    assert str(other.id) in field._by_words.values()
