"""Everybody to choose from: also who is not in care, and without who is there already."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import BadInput
from pzdesk.domain.person import Name
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


def test_who_is_typed_with_a_slip_is_offered_and_taken_with_enter(
    bench_over: Callable[[Desk], Bench], desk: Desk, qtbot: QtBot
) -> None:
    name = Name(voorvoegsels="de", achternaam="Vries", voornamen="Anna")
    other = Name(achternaam="Jansen", voornamen="Berend")
    desk.patients.add(factories.a_patient(name=name, birth_date=date(1941, 3, 14)))
    meant = desk.patients.add(factories.a_patient(name=other, birth_date=date(1942, 3, 14)))
    bench, field = bench_over(desk), PickField("patient", "Patiënt", [])
    qtbot.addWidget(field)
    choose_person(bench, field)
    qtbot.waitUntil(lambda: not bench.jobs.is_busy)
    field.show()
    field.activateWindow()
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    qtbot.keyClicks(field.edit, "jansn")
    with pytest.raises(BadInput, match=r"Bedoelt u .*Jansen 14-03-1942"):
        field.value()  # nobody is taken whom the user did not see
    completer = field.edit.completer()
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    assert popup.model().rowCount() == 1
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.raw().endswith("Jansen 14-03-1942")
    assert field.value() == str(meant.id)
    field.edit.clear()
    qtbot.keyClicks(field.edit, "vri")
    assert completer.completionCount() == 1
    assert "Vries" in completer.currentCompletion()
