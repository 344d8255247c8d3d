"""The patient list: looked at first, doubles asked, known people left alone, and no row stops another."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import BadInput, Cancelled, StoreBusy, UnreadableFile
from pzdesk.domain.patient import Patient
from pzdesk.services.desk import Desk
from pzdesk.services.patient_lists import ListReport
from pzdesk.store import database
from tests import factories

HEADER = "Achternaam;Voornamen;Geboortedatum;BSN;Telefoon;Patiëntnummer"
ANNA = "Vries;Anna;14-03-1941;999990019;0522-123456;00042"


def listed(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows, "")).encode()


def people(desk: Desk) -> list[Patient]:
    ids = [row.id for row in desk.patients.rows(everybody=True)]
    return sorted((desk.patients.file(key).patient for key in ids), key=lambda p: p.id)


def lines(found: Sequence[tuple[int, object]]) -> list[int]:
    return [line for line, _ in found]


def test_who_is_new_comes_in_whole_with_leading_zeros(desk: Desk) -> None:
    report = desk.patient_lists.take_in(listed(ANNA, "Bosma;Kees;23-9-1939;;;"))
    assert lines(report.added) == [2, 3] == list(report.new)
    anna, kees = people(desk)
    assert (anna.bsn, anna.his_number, anna.phones[0].number) == (
        "999990019",
        "00042",
        "0522-123456",
    )
    assert (kees.name.achternaam, kees.birth_date.isoformat()) == ("Bosma", "1939-09-23")


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(";", "utf-8"), (",", "utf-8"), ("\t", "utf-8"), (";", "cp1252"), (";", "utf-8-sig")],
)
def test_the_usual_separators_and_encodings_give_the_same_people(
    desk: Desk, separator: str, encoding: str
) -> None:
    text = "Achternaam;Voornamen;Geboortedatum\nGoëttsch;Renée;01-02-1930\n"
    desk.patient_lists.take_in(text.replace(";", separator).encode(encoding))
    (person,) = people(desk)
    assert (person.name.achternaam, person.name.voornamen) == ("Goëttsch", "Renée")


def test_the_same_list_twice_adds_nothing_and_changes_nothing(desk: Desk) -> None:
    data = listed(ANNA, "Bosma;Kees;23-9-1939;;;", "Smit;;01-01-1930;;;")
    first = desk.patient_lists.take_in(data)
    before = people(desk)
    again = desk.patient_lists.take_in(data)
    assert (again.new, again.added) == ((), ())
    assert len(first.added) == len(again.known) + len(again.asked) == 3
    assert people(desk) == before


def test_known_people_stay_as_they_are(desk: Desk) -> None:
    known = desk.patients.add(
        factories.a_patient(name=factories.a_name(partner_achternaam=""), diagnosis="hartfalen")
    )
    report = desk.patient_lists.take_in(
        listed(
            "Vries, de;Anna;14-03-1941;COPD", header="Achternaam;Voornamen;Geboortedatum;Diagnose"
        )
    )
    assert report.known == ((2, known.id),)
    assert people(desk) == [known]


def test_looking_changes_nothing_and_tells_what_taking_in_does(desk: Desk) -> None:
    data = listed(ANNA, "Bosma;Kees;31-02-1939;;;")
    looked = desk.patient_lists.preview(data)
    assert people(desk) == []
    done = desk.patient_lists.take_in(data)
    assert (looked.new, looked.added) == (done.new, ())
    assert looked.faults == done.faults
    assert looked.mapping == done.mapping


def test_a_bad_row_is_told_with_its_number_and_reason_and_stops_nothing(desk: Desk) -> None:
    report = desk.patient_lists.take_in(
        listed(
            "Bakker;Jan;31-02-1940;;;",
            ANNA,
            ";Piet;01-01-1940;;;",
            "Cools;Els;01-01-2940;;;",
            "Dekker;Ans;;;;",
        )
    )
    assert [fault.line for fault in report.faults] == [2, 4, 5, 6]
    assert all(fault.reason.endswith(".") for fault in report.faults)
    assert lines(report.added) == [3]


def test_a_wrong_bsn_is_left_out_with_a_remark_and_the_person_comes_in(desk: Desk) -> None:
    report = desk.patient_lists.take_in(listed("Vries;Anna;14-03-1941;123456789;;"))
    ((line, words),) = report.remarks
    assert line == 2
    assert "elfproef" in words
    assert people(desk)[0].bsn is None


def test_a_bsn_of_somebody_else_is_asked_and_as_nieuw_refused_for_that_row_only(
    desk: Desk,
) -> None:
    other = desk.patients.add(
        factories.a_patient(name=factories.a_name(achternaam="Postma"), bsn="999990019")
    )
    data = listed("Vries;Karel;02-02-1950;999990019;;", "Bosma;Kees;23-9-1939;;;")
    report = desk.patient_lists.take_in(data)
    (asked,) = report.asked
    assert asked.line == 2
    assert f"patiënt {other.id}" in asked.candidates[0]
    assert lines(report.added) == [3]
    again = desk.patient_lists.take_in(
        listed("Vries;Karel;02-02-1950;999990019;;", "Smit;Ria;01-01-1930;;;"),
        answers={2: "nieuw"},
    )
    assert [(fault.line, "BSN" in fault.reason) for fault in again.faults] == [(2, True)]
    assert lines(again.added) == [3]
    assert desk.patient_lists.preview(data, answers={2: "nieuw"}).faults == again.faults


def test_every_possible_double_is_asked_and_comes_in_as_answered(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient(name=factories.a_name(partner_achternaam="")))
    data = listed("Vries;A.;14-03-1914;;;", "Vries;Aafke;14-03-1941;;;")
    report = desk.patient_lists.take_in(data)
    assert report.added == ()
    assert [asked.line for asked in report.asked] == [2, 3]
    assert all(f"patiënt {anna.id}: " in asked.candidates[0] for asked in report.asked)
    answered = desk.patient_lists.take_in(data, answers={2: anna.id, 3: "nieuw"})
    assert answered.known == ((2, anna.id),)
    assert lines(answered.added) == [3]
    assert answered.asked == ()
    assert len(people(desk)) == 2


def test_two_rows_of_one_list_that_may_be_one_person_are_asked_about(desk: Desk) -> None:
    report = desk.patient_lists.take_in(listed("Vries;Anna;14-03-1941;;;", "Vries;;14-03-1941;;;"))
    assert lines(report.added) == [2]
    (asked,) = report.asked
    assert "regel 2 van deze lijst" in asked.candidates[0]


def test_one_person_on_two_rows_comes_in_once(desk: Desk) -> None:
    report = desk.patient_lists.take_in(listed(ANNA, ANNA))
    assert lines(report.added) == [2]
    assert len(people(desk)) == 1


def test_twins_come_in_both(desk: Desk) -> None:
    report = desk.patient_lists.take_in(
        listed("Vries;Anna;14-03-1941;999990019;;", "Vries;Aafke;14-03-1941;999990020;;")
    )
    assert lines(report.added) == [2, 3]


@pytest.mark.parametrize(("answers", "words"), [({9: "nieuw"}, "regel 9"), ({2: 77}, "Patiënt 77")])
def test_an_answer_about_nobody_is_told_and_nothing_comes_in(
    desk: Desk, answers: dict[int, object], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        desk.patient_lists.take_in(listed(ANNA), answers=answers)  # type: ignore[arg-type]
    assert people(desk) == []


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02" * 50, b"%PDF-1.7", b"PK\x03\x04" + b"x" * 90]
)
def test_what_is_no_list_is_told(desk: Desk, data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        desk.patient_lists.take_in(data)


def test_columns_that_cannot_be_told_ask_for_a_mapping_that_is_then_remembered(
    desk: Desk,
) -> None:
    header = "K1;K2;K3"
    data = listed("Vries;Anna;14-03-1941", header=header)
    with pytest.raises(BadInput):
        desk.patient_lists.take_in(data)
    mapping = json.dumps({"achternaam": "K1", "voornamen": "K2", "geboortedatum": "K3"}).encode()
    first = desk.patient_lists.take_in(data, mapping)
    assert dict(first.mapping)["achternaam"] == "K1"
    later: ListReport = desk.patient_lists.take_in(listed("Bosma;Kees;23-9-1939", header=header))
    assert later.mapping == first.mapping
    assert len(people(desk)) == 2


def test_a_mapping_that_was_only_looked_with_is_not_remembered(desk: Desk) -> None:
    data = listed("Vries;Anna;14-03-1941", header="K1;K2;K3")
    mapping = b'{"achternaam": "K1", "voornamen": "K2", "geboortedatum": "K3"}'
    assert desk.patient_lists.preview(data, mapping).new == (2,)
    with pytest.raises(BadInput):
        desk.patient_lists.take_in(data)


@pytest.mark.parametrize(
    "mapping",
    [
        b"",
        b"geen json",
        b"[]",
        b"{}",
        b'{"achternaam": "K9", "geboortedatum": "K3"}',
        b'{"achternaam": "K1"}',
        b'{"onbekend": "K1"}',
    ],
)
def test_a_mapping_that_does_not_fit_is_told(desk: Desk, mapping: bytes) -> None:
    with pytest.raises((BadInput, UnreadableFile)):
        desk.patient_lists.take_in(listed("Vries;Anna;14-03-1941", header="K1;K2;K3"), mapping)
    assert people(desk) == []


def many(count: int) -> bytes:
    names = (f"Naam{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(count))
    born = (date(1930, 1, 1) + timedelta(days=n) for n in range(count))
    rows = (f"{name};Anna;{on:%d-%m-%Y};;;" for name, on in zip(names, born, strict=True))
    return listed(*rows)


def test_a_long_list_tells_how_far_it_is_and_only_keeping_it_keeps_others_from_saving(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    steps: list[tuple[int, int]] = []
    free: list[bool] = []

    def progress(done: int, total: int) -> None:
        steps.append((done, total))
        try:
            desk.practice.practice()  # reading leaves a line in the log
            free.append(True)
        except StoreBusy:
            free.append(False)

    looked = desk.patient_lists.preview(many(600), progress=progress)
    assert steps == [(0, 600), (250, 600), (500, 600), (600, 600)]
    steps.clear()
    free.clear()
    report = desk.patient_lists.take_in(many(600), progress=progress)
    assert (len(report.added), report.new) == (600, looked.new)
    assert [key for _, key in report.added] == list(range(1, 601))
    assert [done for done, _ in steps] == [0, 250, 500, 600, 600, 850, 1100, 1200]
    assert {total for _, total in steps} == {1200}
    assert free == [True] * 4 + [False] * 4


def test_a_list_that_is_stopped_at_any_step_leaves_nothing(desk: Desk) -> None:
    for at in range(1, 9):
        asked = iter(range(1, 100))
        with pytest.raises(Cancelled, match="niets ingelezen"):
            desk.patient_lists.take_in(many(600), cancelled=lambda: next(asked) == at)  # noqa: B023
    with pytest.raises(Cancelled):
        desk.patient_lists.preview(many(600), cancelled=lambda: True)
    assert people(desk) == []
    events = [row.event for row in desk.practice.log()]
    assert AuditEvent.LIST_IMPORTED not in events
    assert AuditEvent.LIST_PREVIEWED not in events


def test_who_is_added_while_a_list_is_sorted_does_not_come_in_twice(desk: Desk) -> None:
    first = iter((True,))

    def progress(done: int, total: int) -> None:
        if next(first, False):
            name = factories.a_name(voornamen="Anna", partner_achternaam="", voorvoegsels="")
            desk.patients.add(factories.a_patient(name=name, bsn="999990019"))

    report = desk.patient_lists.take_in(listed(ANNA), progress=progress)
    assert (report.added, len(report.known)) == ((), 1)
    assert len(people(desk)) == 1


def test_hostile_cells_come_in_as_text(desk: Desk) -> None:
    desk.patient_lists.take_in(
        listed(
            "=cmd|' /C calc'!A0;<b>Anna</b>;14-03-1941;;;",
            "Robert') DROP TABLE;Kees;01-01-1930;;;",
        )
    )
    assert {person.name.achternaam for person in people(desk)} == {
        "=cmd|' /C calc'!A0",
        "Robert') DROP TABLE",
    }


def test_brother_and_sister_with_one_initial_are_asked_about_in_one_list_and_in_two(
    desk: Desk,
) -> None:
    header = "Achternaam;Voorletters;Geboortedatum;Geslacht"
    both = f"{header}\nVisser;C.;08-08-1938;M\nVisser;C.;08-08-1938;V\n".encode()
    found = desk.patient_lists.take_in(both)
    assert len(found.added) == 1
    assert [asked.line for asked in found.asked] == [3]
    sister = f"{header}\nVisser;C.;08-08-1938;V\n".encode()
    assert [asked.line for asked in desk.patient_lists.take_in(sister).asked] == [2]
    assert len(desk.patient_lists.take_in(sister, answers={2: "nieuw"}).added) == 1


def test_the_same_row_twice_in_one_list_is_told(desk: Desk) -> None:
    row = "Bosma;T.;23-09-1939;V\n"
    data = f"Achternaam;Voorletters;Geboortedatum;Geslacht\n{row}{row}".encode()
    found = desk.patient_lists.take_in(data)
    assert len(found.added) == 1
    assert found.remarks == ((3, "Dezelfde persoon als op regel 2."),)


def test_a_person_twice_in_one_list_with_something_else_is_told_once(desk: Desk) -> None:
    head = "Achternaam;Voorletters;Geboortedatum;Geslacht;Telefoon\n"
    data = f"{head}Bosma;T.;23-09-1939;V;0612345678\nBosma;T.;23-09-1939;V;0612345679\n".encode()
    ((line, told),) = desk.patient_lists.preview(data).remarks
    assert line == 3
    assert told.startswith("Dezelfde persoon als op regel 2.")
    assert told.endswith("niet overgenomen: telefoonnummer.")
