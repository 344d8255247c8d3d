"""The line at the foot cuts nothing half way: hints go one by one, and help is always told."""

import pytest

from pzdesk.gui.status_line import Cut, Hints

ALL = "Spatie kiezen · Alt+↑↓ volgorde · Enter vraag"


@pytest.mark.usefixtures("light")
def test_hints_for_which_there_is_no_room_go_one_by_one_and_help_never() -> None:
    hints = Hints()
    hints.show_hints(ALL)
    hints.resize(hints.sizeHint())
    assert hints.shown() == f"{ALL} · F1 hulp"
    hints.resize(hints.width() - 1, hints.height())
    assert hints.shown() == "Spatie kiezen · Alt+↑↓ volgorde · F1 hulp"
    hints.resize(hints.minimumSizeHint())
    assert hints.shown() == "F1 hulp"
    assert hints.toolTip() == f"{ALL} · F1 hulp"
    hints.show_hints("")
    assert hints.text() == "F1 hulp"


@pytest.mark.usefixtures("light")
def test_a_name_that_does_not_fit_ends_in_dots_and_its_tip_says_it_whole() -> None:
    cut = Cut("Huisartsenpraktijk De Brink")
    cut.resize(90, 20)
    assert cut.shown().startswith("Huis")
    assert cut.shown().endswith("…")
    assert cut.toolTip() == "Huisartsenpraktijk De Brink"
