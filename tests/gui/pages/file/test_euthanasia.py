"""A request for euthanasia in the file: for who may see it, beneath the PZP, by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pzdesk.domain.euthanasia import EuthanasiaState
from pzdesk.gui.parts import area_of
from tests.gui.conftest import settle
from tests.gui.hands import Hands
from tests.gui.views import rich_patient


def test_a_huisarts_records_a_step_and_takes_it_back(hands_of: Callable[[str], Hands]) -> None:
    hands = hands_of("deboer")
    desk = hands.frame.bench.desk
    rich = rich_patient(desk)
    hands.open_file(rich, "pzp")
    assert "Geen verzoek vastgelegd." in hands.read
    hands.frame.resize(1024, 700)
    assert not any("verzoek" in words for words, _ in hands.dossier.papers())
    area = area_of(hands.dossier.section)
    assert area is not None
    area.verticalScrollBar().setValue(there := area.verticalScrollBar().maximum())
    assert there > 0
    buttons = hands.dossier.section.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Verzoek vastleggen").click()  # without the focus
    settle()
    hands.save()
    assert hands.wrong()
    hands.press(Qt.Key.Key_1)
    hands.write("Toelichting", "SCEN-arts nog niet gevraagd")
    hands.save()
    (step,) = desk.patients.file(rich).euthanasia
    assert (step.state, step.by) == (EuthanasiaState.RUNNING, "dr. De Boer")
    assert "SCEN-arts nog niet gevraagd" in hands.read
    assert area.verticalScrollBar().value() >= there, "the section is where it was, at its foot"
    assert any(words.endswith("verzoek om euthanasie") for words, _ in hands.dossier.papers())
    hands.undo()
    assert desk.patients.file(rich).euthanasia == ()
    assert "Geen verzoek vastgelegd." in hands.read


@pytest.mark.parametrize("login", ["poh", "brouwer"])
def test_to_who_may_not_see_it_the_card_is_not_there(
    login: str, hands_of: Callable[[str], Hands]
) -> None:
    hands = hands_of(login)
    hands.open_file(rich_patient(hands.frame.bench.desk), "pzp", "verzoek")
    assert "Verzoek om euthanasie" not in hands.read
    assert "beperkt zichtbaar" not in hands.read
    assert not hands.is_form_open
