"""Acuut: the plan with its situations, whom to call, and the sheet that lies at home; by keyboard."""

import time
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.domain.patient import PatientId
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.file.acute import PRACTICE
from pzdesk.gui.preview import Preview
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.gui.hands import CTRL, Hands


def previews() -> list[Preview]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, Preview)]


def test_where_there_is_no_plan_it_says_what_belongs_here(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "acuut")
    assert "Nog geen plan voor als het misgaat" in hands.read
    assert "Er is nog geen blad voor thuis gemaakt." in hands.read


def test_the_plan_stands_beside_whom_to_call_and_a_sheet_that_is_old_is_said_to_be(
    hands: Hands, rich: PatientId
) -> None:
    hands.open_file(rich, "acuut")
    for words in (
        "Mevrouw valt en heeft veel pijn",
        "Bellen: de praktijk, ’s nachts de huisartsenpost",
        "0521-000100",
        "Huisartsenpost Zuidwest 0900-0000112",
        "Verouderd: nu geldt PZP versie 3. Druk een nieuw blad af.",
    ):
        assert words in hands.read
    assert "Sleutelcode vastgelegd" in hands.read


def test_what_is_missing_of_a_situation_is_told_under_its_field(
    hands: Hands, new_patient: PatientId
) -> None:
    hands.open_file(new_patient, "acuut", "plan")
    hands.write("1. Als", "benauwd")
    hands.save()
    assert hands.wrong() == ["Vul in wat er dan te doen is."]
    assert hands.name == "1. Dan"
    hands.write("1. Als", "")
    hands.write("1. Dan", "bellen")
    hands.save()
    assert "Vul in wanneer dit geldt." in hands.wrong()


def test_a_plan_is_made_and_changed_by_keyboard(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    hands.open_file(new_patient)
    hands.section(Qt.Key.Key_H)
    hands.enter("Plan maken")
    hands.write("1. Als", "benauwd")
    hands.write("1. Dan", "rechtop en bellen")
    hands.write("1. Bellen", "de praktijk")
    hands.write("Palliakit in huis sinds", "20-11-2026")
    hands.write("Sleutelcode", "1234")
    hands.save()
    (plan,) = desk_now.patients.file(new_patient).plans
    assert [(s.when, s.do, s.call) for s in plan.scenarios] == [
        ("benauwd", "rechtop en bellen", "de praktijk")
    ]
    assert (plan.kit_on, plan.key_code) == (date(2026, 11, 20), "1234")
    assert "1234" not in hands.read  # the key code is for the huisartsenpost alone
    hands.enter("Plan wijzigen")
    hands.write("2. Als", "suf")
    hands.write("2. Dan", "niet dwingen")
    hands.save()
    assert len(desk_now.patients.file(new_patient).plans) == 2
    assert "niet dwingen" in hands.read


def test_the_sheet_for_home_is_looked_at_by_keyboard(
    hands: Hands, rich: PatientId, qtbot: QtBot
) -> None:
    hands.open_file(rich, "acuut")
    hands.tab_to("Blad bekijken en afdrukken")
    hands.press(Qt.Key.Key_P, with_=CTRL)  # not the sheet of the other sections
    qtbot.waitUntil(lambda: bool(previews()), timeout=20_000)
    preview = previews()[0]
    assert "Blad voor thuis" in preview.windowTitle()
    preview.close()


def test_a_sheet_without_the_numbers_of_the_practice_says_so_with_the_way_to_fill_them_in(
    empty_window: Frame,
) -> None:
    hands, desk = Hands(empty_window), empty_window.bench.desk
    patient = desk.patients.add(factories.a_patient()).id
    hands.open_file(patient, "acuut")
    missing = "ontbreken de nummers van de praktijk en de huisartsenpost"
    assert f"Op het blad {missing}." in hands.read
    hands.enter("Telefoonnummers invullen")
    assert empty_window.place == PRACTICE
    desk.practice.change(replace(desk.practice.practice(), phone_day="0521-1", hap_phone="0900-1"))
    hands.open_file(patient, "acuut")
    assert "Op het blad" not in hands.read


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system keeps one time zone")
def test_a_sheet_of_after_midnight_has_the_day_on_the_wall(
    hands: Hands,
    new_patient: PatientId,
    desk_now: Desk,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as here:
        here.setenv("TZ", "Europe/Amsterdam")
        time.tzset()
        clock.now = datetime.fromisoformat("2026-11-25T00:30:00+01:00")
        desk_now.papers.home_sheet(new_patient)
        hands.open_file(new_patient, "acuut")
        assert "Laatst gemaakt op 25-11-2026, zonder PZP" in hands.read
    time.tzset()
