"""Telefoonnummers in Beheer: typed once, with the day on which each was checked, worked by keyboard."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt

from pzdesk.domain.network import Discipline, Organisation, Professional
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.settings.region import CHECK_AFTER_DAYS, Entry, RegionPart
from pzdesk.gui.places import Place
from pzdesk.gui.tables import ValueTable
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands

Over = Callable[[Desk], Frame]
As = Callable[[str], Desk]


def part_of(frame: Frame) -> RegionPart:
    frame.go(Place(page="beheer", section="telefoonnummers"))
    settle()
    part = frame.page.part  # type: ignore[attr-defined]
    assert isinstance(part, RegionPart)
    return part


def table(part: RegionPart) -> ValueTable[Entry]:
    found: ValueTable[Entry] | None = part.findChild(ValueTable)
    assert found is not None
    return found


def professional(desk: Desk, name: str) -> Professional:
    return next(one for one in desk.network.region()[0] if one.name == name)


def test_in_a_new_practice_a_number_is_added_by_keyboard(empty_window: Frame) -> None:
    part = part_of(empty_window)
    assert "Nog geen telefoonnummers" in shown_texts(part)
    hands = Hands(empty_window)
    hands.enter("Organisatie toevoegen")
    hands.write("Naam", "Hospice De Schutse")
    hands.choose("Soort", "hospice")
    hands.save()
    hands.enter("Zorgverlener toevoegen")
    hands.save()
    assert part.form is not None
    assert part.form.field("naam").error.isVisible()
    assert part.form.field("discipline").error.isVisible()
    hands.write("Naam", "A. Reitsma")
    hands.choose("Discipline", "hospice")
    hands.choose("Organisatie", "Hospice De Schutse")
    hands.write("Telefoon overdag", "0521-000500")
    hands.write("Gecontroleerd op", "t")
    hands.save()
    assert part.form is None
    who = professional(empty_window.bench.desk, "A. Reitsma")
    assert (who.discipline, who.phone_day) == (Discipline.HOSPICE, "0521-000500")
    assert who.checked_on == empty_window.bench.today
    rows = table(part).values.rows
    assert [one.name for one in rows] == ["A. Reitsma", "Hospice De Schutse"]
    hands.undo()
    assert [one.name for one in table(part).values.rows] == ["Hospice De Schutse"]


def test_enter_opens_a_line_and_afterwards_the_keyboard_is_on_it_again(window: Frame) -> None:
    part = part_of(window)
    hands = Hands(window)
    hands.tab_to("Telefoonnummers van de regio")
    for _ in range(3):
        hands.press(Qt.Key.Key_Down)
    entry = table(part).current()
    assert entry is not None
    hands.press(Qt.Key.Key_Return)
    hands.write("Gecontroleerd op", "32-1-2026")
    hands.save()
    assert part.form is not None
    assert part.form.field("checked_on").error.text()
    hands.write("Gecontroleerd op", "t")
    hands.save()
    assert part.form is None
    now = table(part).current()
    assert now is not None
    assert (type(now), now.id) == (type(entry), entry.id)
    assert table(part).hasFocus()
    assert now.checked_on == window.bench.today


def test_what_was_checked_long_ago_or_never_says_so(window_over: Over, desk: Desk) -> None:
    today = desk.session.today
    for name, days in (("vers", 1), ("oud", CHECK_AFTER_DAYS + 1), ("nooit", None)):
        desk.network.keep_organisation(
            Organisation(
                name=name,
                kind=Discipline.HOSPICE,
                checked_on=None if days is None else today - timedelta(days=days),
            )
        )
    made = table(part_of(window_over(desk))).values
    said = {row.name: made.columns[4].cell(row) for row in made.rows}
    assert said["vers"].second == ""
    assert said["oud"].second == "lang geleden"
    assert said["nooit"].first == "nog niet"


def test_who_may_not_change_numbers_reads_them(window_over: Over, demo_desk: As) -> None:
    part = part_of(window_over(demo_desk("smit")))
    said = " ".join(shown_texts(part))
    assert "toevoegen" not in said
    assert "Enter wijzigt" not in said
    shown = table(part)
    shown.setFocus()
    Hands(part.window()).press(Qt.Key.Key_Return)  # type: ignore[arg-type]
    assert part.form is None


def test_the_order_is_chosen_by_keyboard_and_stays_after_a_change(window: Frame) -> None:
    part = part_of(window)
    table(part).sort_by("checked", down=False)
    first = table(part).values.rows[0]
    part._open(first)
    part.close_form()
    settle()
    assert table(part).order == ("checked", False)
    assert table(part).values.rows[0] == first
