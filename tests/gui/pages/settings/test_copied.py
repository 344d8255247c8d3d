"""How long what was copied stays on the clipboard: chosen by the user, kept, never longer than promised."""

from collections.abc import Callable

from PySide6.QtWidgets import QRadioButton

from pzdesk.gui import clipboard
from pzdesk.gui.bench import Bench
from pzdesk.gui.pages.settings.copied import copied_card
from pzdesk.services.desk import Desk


def test_the_choice_is_kept_at_once(bench_over: Callable[[Desk], Bench], desk: Desk) -> None:
    card = copied_card(bench_over(desk))
    options = card.findChildren(QRadioButton)
    assert [one.text() for one in options if one.isChecked()] == ["3 minuten"]
    next(one for one in options if one.text() == "1 minuut").click()
    assert desk.preferences.remembered(clipboard.MINUTES_OF, clipboard.MINUTES) == 1
