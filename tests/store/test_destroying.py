"""Destruction: all of a patient goes, nothing of anybody else, in one step, and no byte stays."""

import itertools
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.destruction import Destruction
from pzdesk.domain.handout import Handout, HandoutKind
from pzdesk.domain.network import Naaste
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.table_words import WORDS
from pzdesk.store import audit, database, destroying, folder, tables
from pzdesk.store.folder import DATABASE, Store
from pzdesk.store.unit import Unit
from tests import factories
from tests.factories import NOW, TODAY
from tests.store import pages
from tests.store.samples import ROW, STAYS, everywhere, foreign_columns, kinds

ME, OTHER = PatientId(ROW), PatientId(8)


@pytest.fixture(scope="module")
def two(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store in which two patients have a row in every table, not to be opened: copy it."""
    from tests.store.conftest import KEY

    place = tmp_path_factory.mktemp("twee") / "praktijk"
    shutil.copytree(full, place)
    store = folder.open_with_key(place, KEY, NOW)
    with store.writing(factories.a_user(), NOW) as unit:
        for key, marker in ((20, "merkteken"), (OTHER, "andermans")):
            for row in everywhere(marker, key):
                unit.add(row)
        unit.add(
            Handout(
                kind=HandoutKind.AGENDA,
                meeting_id=ROW,
                digest="0",
                size=1,
                printed_at=NOW,
                printed_by=1,
                parts={"blad 20": "vingerafdruk", "regel 8": "b", "onderwerp 20": "c"},
            )
        )
        unit.add(factories.a_naaste(OTHER, is_patient_id=PatientId(20), name="Ook patiënt"))
        unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE, patient=PatientId(20))
    store.close()
    return place


@pytest.fixture
def place(two: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two, tmp_path / "praktijk"))


def destroy(store: Store) -> None:
    with store.writing(factories.a_user(), NOW) as unit:
        destroying.remove(unit, destroying.whole(unit, PatientId(20)))
        unit.commit(AuditEvent.DESTROYED, What.DELETE, patient=PatientId(20))


def counts(unit: Unit) -> dict[str, int]:
    return {
        table.name: unit.connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in tables.metadata.sorted_tables
    }


def test_every_table_is_of_patients_or_is_named_as_of_nobody(unit: Unit) -> None:
    goes = set(destroying.whole(unit, ME))
    assert goes | STAYS == {table.name for table in tables.metadata.sorted_tables}
    assert goes.isdisjoint(STAYS)
    assert set(WORDS) == (goes | STAYS) - {"setting", "audit_event"}


def test_nothing_that_cannot_be_updated_has_to_let_go_of_somebody() -> None:
    for kind in kinds():
        for column in foreign_columns(kind):
            target = next(iter(column.foreign_keys)).column.table.name
            if tables.TABLES[kind].name in tables.APPEND_ONLY and column.nullable:
                assert target in STAYS or column.name == destroying.OWNER, column


def test_all_rows_of_a_patient_go_and_none_of_anybody_else(store: Store) -> None:
    with store.writing(factories.a_user(), NOW) as unit:
        before = counts(unit)
        rows = destroying.whole(unit, PatientId(20))
        destroying.remove(unit, rows)
        after = counts(unit)
        assert all(len(ids) == 1 for ids in rows.values())
        gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
        assert gone == dict.fromkeys(rows, 1) | {"setting": -1}
        assert unit.find(Patient, id=OTHER)
        assert unit.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []


def test_what_only_mentions_the_patient_lets_go(store: Store) -> None:
    destroy(store)
    with store.reading(factories.a_user(), NOW) as unit:
        (also,) = unit.find(Naaste, name="Ook patiënt")
        assert also.is_patient_id is None
        (agenda,) = [h for h in unit.find(Handout, patient_id=None) if h.parts]
        assert agenda.parts == {"regel 8": "b", "onderwerp 20": "c"}


def test_a_part_takes_what_cannot_do_without_it_and_nothing_of_another_patient(
    store: Store,
) -> None:
    with store.writing(factories.a_user(), NOW) as unit:
        rows = destroying.part(unit, PatientId(20), ["pzp_version:20", "naaste:8", "user:1"])
        assert rows == {
            name: {20} for name in ("pzp_version", "pzp_confirmation", "pzp_withdrawal")
        }
        assert destroying.names_of(rows)[0] == "pzp_confirmation:20"
        destroying.remove(unit, rows)
        assert counts(unit)["naaste"] == 4
        with pytest.raises(ValueError, match="values"):
            destroying.part(unit, PatientId(20), ["status"])


def test_no_byte_of_what_was_destroyed_stays_in_any_page(place: Path, key: bytes) -> None:
    store = folder.open_with_key(place, key, NOW)
    was = pages.everything(place / DATABASE, key)
    assert was.count(b"merkteken") == 42
    assert b"vingerafdruk" in was
    destroy(store)
    assert destroying.sweep(place / DATABASE, key)
    left = pages.everything(place / DATABASE, key)
    assert b"merkteken" not in left
    assert b"vingerafdruk" not in left
    assert left.count(b"andermans") == was.count(b"andermans")
    store.close()
    assert b"merkteken" not in pages.everything(place / DATABASE, key)


def test_a_bare_delete_leaves_bytes_so_that_the_search_can_find_them(
    place: Path, key: bytes
) -> None:
    path = place / DATABASE
    with closing(database.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM assessment WHERE patient_id = 20")
        connection.execute("DELETE FROM acute_plan")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not connection.execute("SELECT * FROM assessment WHERE id = 20").fetchall()
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] >= 0
    assert b"merkteken assessment.understanding" in pages.everything(path, key)


def test_while_another_window_reads_the_sweeping_waits_for_the_next_opening(
    place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.0)
    store = folder.open_with_key(place, key, NOW)
    with closing(database.connect(place / DATABASE, key)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM patient").fetchone()
        destroy(store)
        assert not destroying.sweep(place / DATABASE, key)
        other.execute("ROLLBACK")
    store.close()
    folder.open_with_key(place, key, NOW).close()
    assert b"merkteken" not in pages.everything(place / DATABASE, key)
    with closing(database.connect(place / DATABASE, key)) as connection:
        assert not connection.execute("SELECT * FROM setting WHERE key = 'sweep'").fetchall()


def test_a_process_that_ends_half_way_destroyed_nothing_or_everything(
    place: Path, key: bytes, tmp_path: Path
) -> None:
    """What lies on disk before each statement is what a kill there would leave."""
    store = folder.open_with_key(place, key, NOW)
    left: list[Path] = []
    count = itertools.count()

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def _killed(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("DELETE", "UPDATE", "INSERT")) and next(count) % 5 == 0:
            left.append(Path(shutil.copytree(place, tmp_path / f"dood-{len(left)}")))

    destroy(store)
    left.append(Path(shutil.copytree(place, tmp_path / "dood-na")))
    store.close()
    seen = []
    for dead in left:
        again = folder.open_with_key(dead, key, NOW)
        with again.reading(factories.a_user(), NOW) as unit:
            rows = destroying.whole(unit, PatientId(20))
            events = [row.event for row in audit.rows(unit.connection, PatientId(20))]
        again.close()
        seen.append((len(rows), AuditEvent.DESTROYED in events))
    assert len(left) > 5
    assert set(seen[:-1]) == {(24, False)}
    assert seen[-1] == (0, True)
    assert b"merkteken" not in pages.everything(left[-1] / DATABASE, key)


def a_destruction(unit: Unit, **changes: Any) -> Destruction:
    values: dict[str, Any] = {
        "was_patient": 20,
        "mark": destroying.mark_of(unit, PatientId(20)),
        "whole": True,
        "on": TODAY,
        "recorded_at": NOW,
        "recorded_by": 1,
    }
    return Destruction(**values | changes)


def test_a_number_is_the_same_person_where_both_logs_have_the_line_of_the_mark(unit: Unit) -> None:
    same, end = a_destruction(unit), audit.last(unit.connection)
    assert destroying.still_there(unit, same, end)
    assert same.mark.startswith("4:")
    assert not destroying.still_there(unit, replace(same, mark=f"4:{'0' * 64}"), end)
    assert not destroying.still_there(unit, replace(same, mark="tekst"), end)
    assert not destroying.still_there(unit, replace(same, was_patient=99), end)
    part = replace(same, whole=False, rows=("status:20", "status:8"))
    assert destroying.still_there(unit, part, end) == {"status": {20}}


def test_a_copy_that_is_shorter_than_the_mark_counts_when_it_ends_on_the_same_way(
    unit: Unit,
) -> None:
    later = a_destruction(unit, mark=f"9:{'0' * 64}")
    end = audit.last(unit.connection)
    assert not destroying.still_there(unit, later, end)
    assert destroying.still_there(unit, later, end, {end})
    assert not destroying.still_there(unit, later, end, {(end[0], "0" * 64)})


def test_names_elsewhere_are_counted_by_table(store: Store) -> None:
    with store.writing(factories.a_user(), NOW + timedelta(hours=1)) as unit:
        unit.add(factories.a_naaste(OTHER, name="Piet Merkteken 100%"))
        assert destroying.mentions(unit, "Merkteken", PatientId(20)) == {"naaste": 1}
        assert destroying.mentions(unit, "100%", PatientId(20)) == {"naaste": 1}
        assert destroying.mentions(unit, "1_0%", PatientId(20)) == {}
