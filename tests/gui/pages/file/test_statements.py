"""The patient's own statement in the file: by keys, read by who reads the file, and withdrawn."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from pzdesk.gui.pages.file import statements
from tests.gui.hands import Hands
from tests.gui.views import rich_patient


def test_a_statement_is_added_read_withdrawn_and_taken_back_by_keys(
    hands_of: Callable[[str], Hands],
) -> None:
    hands = hands_of("poh")
    desk = hands.frame.bench.desk
    rich = rich_patient(desk)
    hands.open_file(rich, "overzicht", statements.READ)
    assert "Dat was mijn dochter." in hands.read, "one that is told in the demo"
    other = next(row.id for row in desk.patients.rows() if row.id != rich)
    hands.open_file(other)
    assert "Verklaring" not in hands.read
    menu = hands.dossier.header.menu
    assert menu is not None
    hands.press(Qt.Key.Key_F2)
    words = [action.text() for action in menu.actions()]
    hands.press(*[Qt.Key.Key_Down] * words.index(statements.MENU), Qt.Key.Key_Return)
    assert "Nog geen verklaring van de patiënt" in hands.read
    hands.enter(statements.ADD)
    hands.save()
    assert hands.wrong() == ["Vul “Tekst, letterlijk overgenomen” in."]
    hands.write("Tekst", "Ik weigerde niets.")
    hands.press(Qt.Key.Key_Escape)
    assert not hands.is_form_open
    hands.enter(statements.ADD)
    assert "is teruggezet" in hands.read
    hands.write("Gegeven op", "3-11-2026")
    hands.save()
    (kept,) = desk.patients.file(other).statements
    assert (kept.text, kept.given_by, f"{kept.on}") == ("Ik weigerde niets.", "", "2026-11-03")
    assert "Ik weigerde niets." in hands.read

    hands.press(Qt.Key.Key_Escape)
    assert "Verklaring van de patiënt, 3 november 2026" in hands.read
    assert "Ik weigerde niets." not in hands.read
    hands.enter("Lezen: Verklaring van de patiënt")
    hands.enter(statements.WITHDRAWN)
    hands.save()
    assert "Ingetrokken op 24 november 2026" in hands.read
    assert "Ik weigerde niets." in hands.read
    hands.undo()
    hands.undo()
    assert desk.patients.file(other).statements == ()
    assert "Nog geen verklaring van de patiënt" in hands.read
    hands.press(Qt.Key.Key_Escape)
    assert "Nog geen verklaring" not in hands.read
