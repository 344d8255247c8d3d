"""Emergency access through the window: asked first, told as long as it lasts, over when it is over."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH
from pzdesk.gui.pages.file.papers import HOME_SHEET
from pzdesk.gui.places import PATIENTS
from tests.conftest import Clock
from tests.gui.conftest import shown_texts
from tests.gui.hands import Hands
from tests.gui.views import rich_patient

REASON = "Dochter belt in paniek, huisarts niet bereikbaar"


def test_who_opens_no_files_is_asked_why_before_anything_is_shown_and_only_reads(
    hands_of: Callable[[str], Hands], clock: Clock
) -> None:
    hands = hands_of("vandam")
    hands.frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    desk = hands.frame.bench.desk
    rich = rich_patient(desk)
    hands.open_file(rich)
    said = " ".join(shown_texts(hands.dossier))
    assert "getoond aan de hoofdbehandelaar en de beheerder" in said
    assert "hartfalen" not in said
    hands.save()
    assert hands.dossier.file is None
    hands.press(Qt.Key.Key_Escape)
    assert hands.frame.place == PATIENTS
    hands.open_file(rich)
    hands.write("Waarom is dit nu nodig?", REASON)
    hands.save()
    assert hands.dossier.file is not None
    assert f"Noodtoegang tot 02.05 uur op 25-11-2026 · {REASON}" in shown_texts(hands.dossier)
    assert hands.name == "Overzicht"
    assert "hartfalen" in hands.head
    assert not hands.dossier.section.may_write
    assert [words for words, _ in hands.dossier.papers()] == [HOME_SHEET]
    assert "copy-his" not in hands.dossier.acts()
    clock.forward(hours=12)
    hands.dossier.reload()
    assert hands.dossier.file is None
    assert hands.dossier.form is not None
    hands.write("Waarom is dit nu nodig?", "nog steeds")
    hands.save()
    hands.enter("Noodtoegang beëindigen")
    assert hands.frame.place == PATIENTS
    assert not desk.emergencies.to_see()


def test_who_reads_files_opens_what_is_restricted_from_the_menu_and_goes_back_with_escape(
    hands_of: Callable[[str], Hands],
) -> None:
    hands = hands_of("brouwer")
    hands.open_file(rich_patient(hands.frame.bench.desk), "mantelzorg")
    assert "Antwoorden niet zichtbaar met uw rol." in hands.read

    def ask() -> None:
        hands.press(Qt.Key.Key_F2)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        hands.press(Qt.Key.Key_Up, Qt.Key.Key_Return)

    ask()
    assert hands.dossier.form is not None
    hands.press(Qt.Key.Key_Escape)
    assert hands.dossier.form is None
    assert hands.dossier.parts.isVisible()
    ask()
    hands.write("Waarom is dit nu nodig?", "crisis")
    hands.save()
    hands.section(Qt.Key.Key_Z)
    assert "een week tot een maand" in hands.read
    hands.press(Qt.Key.Key_F2)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Noodtoegang…" not in [action.text() for action in menu.actions()]
    hands.press(Qt.Key.Key_Escape)


def test_a_reason_that_was_half_typed_comes_back(hands_of: Callable[[str], Hands]) -> None:
    hands = hands_of("vandam")
    hands.open_file(rich_patient(hands.frame.bench.desk))
    hands.write("Waarom is dit nu nodig?", "Dochter belt")
    hands.frame.go(PATIENTS)
    hands.open_file(rich_patient(hands.frame.bench.desk))
    form = hands.dossier.form
    assert form is not None
    assert form.field("reden").raw() == "Dochter belt"
