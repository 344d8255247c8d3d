"""A form: Enter goes on, errors stand beneath their field, and what was typed is kept as a draft."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import BadInput
from pzdesk.gui.choices import ChoiceField, PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.forms import KEPT_AFTER_MS, Form
from pzdesk.services.desk import Desk
from tests.gui.conftest import day, settle

TODAY = day("2026-11-24")


@pytest.fixture
def saved() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def new_form(
    qtbot: QtBot, light: None, desk: Desk, saved: list[dict[str, Any]]
) -> Callable[[], Form]:
    def make() -> Form:
        form = Form("Proef", saved.append, place="proef", drafts=desk.drafts)
        form.row(
            TextField("what", "Wat", required=True), DateField("due", "Vóór", TODAY, past=False)
        )
        form.row(ChoiceField("weight", "Hoe zwaar", [("licht", "licht"), ("ernstig", "ernstig")]))
        form.row(AreaField("note", "Toelichting"))
        qtbot.addWidget(form.ready())
        form.show()
        form.activateWindow()
        assert QTest.qWaitForWindowActive(form, 20_000)
        form.field("what").setFocus()
        return form

    return make


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


def test_enter_goes_to_the_next_field_and_at_last_to_the_button(
    qtbot: QtBot, new_form: Callable[[], Form], saved: list[dict[str, Any]]
) -> None:
    form = new_form()
    qtbot.keyClicks(QApplication.focusWidget(), "Bellen")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "1-12-2026")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "morgen eerst")
    press(qtbot, Qt.Key.Key_Tab)
    assert form.submit.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert saved == [
        {"what": "Bellen", "due": day("2026-12-01"), "weight": "licht", "note": "morgen eerst"}
    ]


def test_a_field_that_must_be_filled_says_so_beneath_itself_and_gets_the_focus(
    qtbot: QtBot, new_form: Callable[[], Form], saved: list[dict[str, Any]]
) -> None:
    form = new_form()
    form.field("note").setFocus()
    form.try_save()
    assert saved == []
    assert form.field("what").error.text() == "Vul “Wat” in."
    assert form.field("what").error.isVisible()
    assert form.field("what").control.accessibleDescription() == "Vul “Wat” in."
    assert QApplication.focusWidget() is form.field("what").control
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    assert not form.field("what").error.isVisible()


def test_an_error_of_a_service_stands_under_its_field_or_else_above_the_buttons(
    new_form: Callable[[], Form],
) -> None:
    form = new_form()
    form.tell_wrong(BadInput("Deze dag bestaat niet.", field="due"))
    assert form.field("due").error.text() == "Deze dag bestaat niet."
    form.tell_wrong(BadInput("De praktijk is bezet.", field="elders"))
    assert form.general.isVisible()
    assert form.general.text() == "De praktijk is bezet."


def test_what_was_typed_and_not_saved_comes_back_with_when_it_was_typed(
    new_form: Callable[[], Form], desk: Desk
) -> None:
    form = new_form()
    form.field("note").set_raw("een halve zin")
    form.keep_draft()
    again = new_form()
    assert again.field("note").raw() == "een halve zin"
    assert again.restored.isVisible()
    again.saved()
    assert desk.drafts.kept("proef") is None
    assert new_form().field("note").raw() == ""


def test_who_types_without_a_pause_has_a_draft_too(
    qtbot: QtBot, new_form: Callable[[], Form], desk: Desk
) -> None:
    form = new_form()
    note, typed = form.field("note"), 0

    def type_on() -> bool:
        nonlocal typed
        qtbot.keyClicks(note.control, "a")
        typed += 1
        return desk.drafts.kept("proef") is not None

    qtbot.waitUntil(type_on, timeout=20 * KEPT_AFTER_MS)
    kept = desk.drafts.kept("proef")
    assert kept is not None
    assert 0 < len(kept.fields["note"]) <= typed


def test_an_unanswered_choice_is_none_and_delete_takes_an_answer_away(
    qtbot: QtBot, new_form: Callable[[], Form]
) -> None:
    form = new_form()
    choice = form.field("weight")
    assert choice.value() is None
    choice.set_raw("ernstig")
    assert choice.value() == "ernstig"
    choice.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    assert choice.value() is None


def test_a_number_chooses_the_first_or_the_second_or_the_choice_that_is_that_number(
    qtbot: QtBot, new_form: Callable[[], Form]
) -> None:
    choice = new_form().field("weight")
    choice.setFocus()
    press(qtbot, Qt.Key.Key_2)
    assert choice.raw() == list(choice._buttons)[1]  # type: ignore[attr-defined]
    press(qtbot, Qt.Key.Key_9)
    assert choice.raw() == list(choice._buttons)[1]  # type: ignore[attr-defined]
    burden = ChoiceField("burden", "Hoe zwaar?", [(f"k{n}", str(n)) for n in range(11)])
    qtbot.addWidget(burden)
    burden.show()
    for number in (Qt.Key.Key_0, Qt.Key.Key_7):
        QTest.keyClick(next(iter(burden._buttons.values())), number)
        assert burden.raw() == f"k{number - Qt.Key.Key_0}"


def test_enter_in_the_list_of_what_fits_takes_its_line_and_goes_on(
    qtbot: QtBot, light: None
) -> None:
    form = Form("Proef", lambda _: None)
    who = PickField("who", "Wie", [("3", "J. de Vries"), ("9", "B. Bos")])
    role = PickField("role", "Functie", [("Huisarts", "Huisarts")], free=True)
    form.row(who).row(role).row(TextField("what", "Wat")).ready()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()

    def type_in(field: PickField, words: str, *keys: Qt.Key) -> None:
        field.edit.setFocus()
        QTest.keyClicks(field.edit, words)
        popup = field.edit.completer().popup()
        assert popup is not None
        qtbot.waitUntil(popup.isVisible)
        for key in keys:
            QTest.keyClick(popup, key)
        assert not popup.isVisible()

    type_in(who, "vries", Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert who.value() == "3"
    assert form.focusWidget() is role.edit
    type_in(role, "huis", Qt.Key.Key_Return)
    assert role.value() == "huis"  # no line was chosen: what was typed stands
    assert form.focusWidget() is form.field("what").control


def test_what_stands_in_the_first_field_is_replaced_by_what_is_typed(
    qtbot: QtBot, new_form: Callable[[], Form]
) -> None:
    form = new_form()
    first = next(iter(form._fields.values()))
    first.set_raw("wat er stond")
    form.saved()
    form.begin()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    here = QApplication.focusWidget()
    assert isinstance(here, QLineEdit)
    QTest.keyClicks(here, "nieuw")
    assert first.raw() == "nieuw"


def test_a_date_shows_how_it_was_understood(qtbot: QtBot, new_form: Callable[[], Form]) -> None:
    form = new_form()
    due = form.field("due")
    due.set_raw("+1w")
    assert due.help.text() == "dinsdag 1 december 2026"
    due.set_raw("geen datum")
    assert due.help.text() == ""


def test_a_text_that_is_too_long_is_told_before_it_bites(new_form: Callable[[], Form]) -> None:
    form = new_form()
    note = form.field("note")
    note.set_raw("a" * 19_000)
    assert note.help.text() == "19000 van 20000 tekens"
    note.set_raw("a" * 20_007)
    assert note.error.text() == "7 tekens te veel: maak de tekst korter."


def test_the_count_of_a_long_text_goes_when_it_is_short_again(light: None, qtbot: QtBot) -> None:
    field = AreaField("note", "Toelichting", help_="Kort is goed.")
    qtbot.addWidget(field)
    field.set_raw("a" * 19_500)
    assert field.help.text() == "19500 van 20000 tekens"
    field.set_raw("a")
    assert field.help.text() == "Kort is goed."
    assert not field.help.isHidden()
    bare = AreaField("note", "Toelichting")
    qtbot.addWidget(bare)
    bare.set_raw("a" * 19_500)
    bare.set_raw("a")
    assert bare.help.isHidden()


def test_of_two_that_read_the_same_neither_is_taken_silently(light: None, qtbot: QtBot) -> None:
    field = PickField("who", "Wie", [("3", "J. de Vries"), ("8", "J. de Vries"), ("9", "B. Bos")])
    qtbot.addWidget(field)
    field.set_raw("B. Bos")
    assert field.value() == "9"
    field.set_raw("J. de Vries")
    with pytest.raises(BadInput, match="precies zo"):
        field.value()
    field.set_raw("vries")
    with pytest.raises(BadInput):
        field.value()
    names = PickField("by", "Door", [("J. de Vries", "J. de Vries")] * 2, free=True)
    qtbot.addWidget(names)
    names.set_raw("J. de Vries")
    assert names.value() == "J. de Vries"


def test_a_draft_that_was_put_back_can_be_thrown_away(light: None, desk: Desk) -> None:
    drafts = desk.drafts
    drafts.keep("proef", {"naam": "half getypt"})
    name = TextField("naam", "Naam")
    name.set_raw("zoals het was")
    form = Form("Proef", lambda _: None, place="proef", drafts=drafts).row(name).ready()
    assert name.raw() == "half getypt"
    assert not form.discard.isHidden()
    form.discard.click()
    assert name.raw() == "zoals het was"
    assert drafts.kept("proef") is None
    assert not form.was_typed
    assert form.discard.isHidden()
    form.keep_draft()
    assert drafts.kept("proef") is None


def test_fields_that_would_be_too_narrow_beside_each_other_stand_below_each_other(
    qtbot: QtBot, light: None
) -> None:
    what, who = TextField("what", "Wat"), TextField("who", "Wie")
    form = Form("Proef", lambda _: None).row(what, who, shares=(3, 1)).ready()
    qtbot.addWidget(form)
    form.resize(600, 300)
    form.show()
    settle()
    assert what.y() == who.y()
    assert what.width() > 2 * who.width()
    form.resize(300, 300)
    settle()
    assert who.y() > what.y()
    assert who.width() == what.width()
    form.resize(600, 300)
    settle()
    assert what.y() == who.y()
    assert what.width() > 2 * who.width()


def test_where_there_is_only_something_to_agree_to_the_way_back_has_the_keyboard(
    light: None, qtbot: QtBot
) -> None:
    form = Form("Toegang ontnemen", lambda _: None, cancel=lambda: None)
    qtbot.addWidget(form.ready())
    form.show()
    form.activateWindow()
    assert QTest.qWaitForWindowActive(form, 20_000)
    form.begin()
    buttons = {one.accessibleName(): one for one in form.findChildren(QPushButton)}
    qtbot.waitUntil(lambda: QApplication.focusWidget() is buttons["Annuleren"])


def test_a_form_that_was_shut_while_something_was_tried_has_the_keyboard_again(
    qtbot: QtBot, new_form: Callable[[], Form]
) -> None:
    form = new_form()
    form.setEnabled(False)
    form.setEnabled(True)
    assert QApplication.focusWidget() is None
    form.tell_wrong(BadInput("Dat kan hier niet."))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.field("what").control)
