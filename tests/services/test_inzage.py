"""A copy of the whole file for the patient: nothing forgotten, nothing of others, twice the same."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, get_args, get_type_hints

import pytest

from pzdesk import content
from pzdesk.content import ContentError
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.file import PatientFile
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Address, dutch_date
from pzdesk.domain.user import Right, rights_of
from pzdesk.services import inzage_words
from pzdesk.services.desk import Desk
from pzdesk.services.inzage import FileCopy
from pzdesk.store import tables
from tests import factories
from tests.conftest import Clock
from tests.documents.reading import content as text_of
from tests.documents.reading import squeezed
from tests.factories import NOW
from tests.services.test_audit_registry import World, filled, world
from tests.store.samples import a_row, everywhere, kinds

__all__ = ["filled", "world"]

ME = PatientId(20)
OF_OTHERS = {"screening", "follow_up"}
LEFT_OUT = {("naaste", "confidence"), ("pzp_version", "source_digest"), ("handout", "digest")}


@pytest.fixture
def everything(desk: Desk) -> FileCopy:
    """The copy of a file with a row in every table, and a marker in every text."""
    with desk.session.store.writing(desk.session.user, NOW) as unit:
        for kind in kinds():
            if tables.TABLES[kind].name in {"user", "organisation", "professional", "meeting"}:
                unit.add(a_row(kind))
        for row in everywhere("merkteken", ME):
            unit.add(row)
        unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE, patient=ME)
    return desk.inzage.copy(ME)


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from leaves(part)
    else:
        yield value


def as_printed(value: Any) -> str:
    """A value of the JSON as the paper words it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, str) and len(value) > 18 and value[10:11] == "T":
        here = datetime.fromisoformat(value).astimezone()
        return f"{dutch_date(here.date())} {here:%H.%M} uur"
    try:
        return dutch_date(date.fromisoformat(value))
    except (TypeError, ValueError):
        return f"{value[:2]}.{value[3:]}" if str(value)[2:3] == ":" else str(value)


def test_every_text_of_every_table_stands_in_both_or_is_left_out_with_a_reason(
    everything: FileCopy,
) -> None:
    paper, data = text_of(everything.pdf), everything.data.decode()
    for row in everywhere("merkteken", ME):
        table = tables.TABLES[type(row)].name
        for field in fields(row):
            value = getattr(row, field.name)
            if not isinstance(value, str) or not value.startswith("merkteken"):
                continue
            shown = table not in OF_OTHERS and (table, field.name) not in LEFT_OUT
            assert (squeezed(value) in paper) is shown, (table, field.name)
            assert (value in data) is shown, (table, field.name)


def test_what_a_mantelzorger_answered_or_a_naaste_confided_stands_in_neither(
    world: World,
) -> None:
    desk = world.desk
    kept = desk.network.keep_naaste(replace(world.naaste, confidence="houdt het niet meer vol"))
    desk.screenings.agree_follow_up(world.follow_up, what="gesprek", who="POH", due=NOW.date())
    made = desk.inzage.copy(world.patient.id)
    paper = text_of(made.pdf)
    assert kept.name.replace(" ", "") in paper
    for text in ("houdt het niet meer vol", "volhoudtijd", "gesprek met POH"):
        assert squeezed(text) not in paper
        assert text not in made.data.decode()
    assert squeezed("AVG artikel 15 lid 4") in paper
    assert json.loads(made.data)["weggelaten"][1]["wat"].startswith("Wat een naaste in vertrouwen")


def test_paper_and_data_hold_the_same_facts(world: World) -> None:
    made = world.desk.inzage.copy(world.patient.id)
    paper, data = text_of(made.pdf), json.loads(made.data)
    assert data["schema"] == "pzdesk-inzage/1"
    rows = [row for part in data["delen"].values() for row in part["regels"]]
    values = [value for value in leaves(rows) if value is not None]
    assert len(values) > 150
    assert [value for value in values if squeezed(as_printed(value)) not in paper] == []
    assert list(data["delen"])[:3] == ["persoon", "standen", "markering"]
    keys = [list(rows["regels"][0]) for rows in data["delen"].values() if rows["regels"]]
    again = json.loads(world.desk.inzage.copy(world.patient.id).data)["delen"]
    assert [list(rows["regels"][0]) for rows in again.values() if rows["regels"]] == keys


def test_no_field_of_a_file_can_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = inzage_words.plan()
    hints = get_type_hints(PatientFile)
    for field in fields(PatientFile):
        said = plan["sections"][field.name]
        if not isinstance(said.get("without"), str):
            named = (hints[field.name], *get_args(hints[field.name]))
            (kind,) = [one for one in named if isinstance(one, type) and is_dataclass(one)]
            assert all(inzage_words.without(kind, said).values())
    lacking = json.loads(json.dumps(plan))
    del lacking["sections"]["plans"]
    inzage_words.plan.cache_clear()
    monkeypatch.setattr(content, "read_json", lambda _: lacking)
    with pytest.raises(ContentError, match="plans"):
        inzage_words.plan()
    inzage_words.plan.cache_clear()


def test_a_field_that_nobody_named_is_a_bug_and_not_a_gap() -> None:
    said = {"fields": {"name": ["naam", "Naam"]}}
    with pytest.raises(ContentError, match="birth_date"):
        inzage_words.without(type(a_row(next(k for k in kinds() if k.__name__ == "Patient"))), said)


def test_the_log_and_who_recorded_it_are_in_it(world: World) -> None:
    made = world.desk.inzage.copy(world.patient.id)
    paper = text_of(made.pdf)
    assert squeezed("heeft een PZP vastgelegd") in paper
    assert (
        squeezed(f"Vastgelegd op 24-11-2026 {NOW.astimezone():%H.%M} uur door dr. De Boer") in paper
    )
    line = world.desk.practice.log(world.patient.id)[-1]
    assert (line.event, line.what) == (AuditEvent.FILE_COPIED, What.EXECUTE)
    assert made.name == f"inzage-{world.patient.id}-20261124"


def test_who_gives_a_copy_may_see_all_that_is_the_patients() -> None:
    matrix = content.rights_matrix()
    for role, rights in matrix.items():
        if Right.COPY_FILE in rights:
            mine = {Right.EUTHANASIA, Right.READ_FILE, Right.PRINT_CLINICAL}
            assert mine <= rights_of((role,), matrix), role


def test_what_was_changed_can_be_read_as_it_was_until_when_and_by_whom(
    desk: Desk, clock: Clock
) -> None:
    first = desk.patients.add(factories.a_patient(language="Fries"))
    naaste = desk.network.keep_naaste(factories.a_naaste(first.id, confidence="slaapt slecht"))
    clock.forward(days=2)
    street = Address(street="Dorpsstraat 1", city="Westeres")
    now = desk.patients.change(replace(first, language="Nederlands", address=street))
    desk.patients.change(replace(now, address=replace(street, street="Kerkpad 2")))
    desk.network.keep_naaste(
        replace(naaste, relation="man", confidence="slaapt beter", until=clock.now.date())
    )
    was = [(one.table, one.was) for one in desk.patients.file(first.id).formers]
    assert was == [
        ("patient", {"language": '"Fries"', "street": '""', "city": '""'}),
        ("patient", {"street": '"Dorpsstraat 1"'}),
        ("naaste", {"relation": '"echtgenoot"', "until": "null"}),
    ]
    made = desk.inzage.copy(first.id)
    paper = text_of(made.pdf)
    for words in ("Straat: Dorpsstraat 1", "Taal: Fries", "Relatie: echtgenoot", "26-11-2026"):
        assert squeezed(words) in paper
    assert "slaapt" not in paper
    assert "Dorpsstraat 1" in made.data.decode()
