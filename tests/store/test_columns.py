"""A domain value becomes a row and comes back as it was."""

import typing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from pzdesk.domain.assessment import Assessment, Dimension, Finding
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Address, Name, NameOrder, Sex
from pzdesk.domain.texts import cleaned
from pzdesk.domain.user import User
from pzdesk.store import tables
from pzdesk.store.columns import Document, UtcDateTime, columns_of, from_rows, to_row
from pzdesk.store.folder import Store
from tests import factories
from tests.store.samples import any_row, kinds

KINDS = kinds()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_class_comes_back_from_the_file_as_it_went_in(shared: Store, kind: type) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(any_row(kind))
    def comes_back(value: Any) -> None:
        with shared.writing(factories.a_user(), factories.NOW) as unit:
            kept = unit.add(value)
            assert kept.id > 0
            assert unit.get(kind, kept.id) == kept
            assert replace(kept, id=0) == cleaned(value)

    comes_back()


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
)
def test_a_moment_is_the_same_moment_in_utc(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    kind, dialect = UtcDateTime(), sqlite.dialect()
    kept = kind.process_bind_param(moment, dialect)
    assert kept is not None
    assert kept.tzinfo is None
    back = kind.process_result_value(kept, dialect)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


def test_no_moment_stays_none() -> None:
    kind, dialect = UtcDateTime(), sqlite.dialect()
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None


def test_a_moment_without_a_time_zone_is_refused_as_a_mistake_of_ours() -> None:
    kind, dialect = UtcDateTime(), sqlite.dialect()
    with pytest.raises(ValueError, match="time zone"):
        kind.process_bind_param(datetime(2026, 11, 24, 14, 5), dialect)


def test_parts_of_a_patient_are_columns_beside_the_others() -> None:
    row = to_row(factories.a_patient(), tables.FLATTEN[Patient])
    assert row["achternaam"] == "Vries"
    assert row["city"] == ""
    assert not {"name", "address", "id"} & set(row)
    assert set(row) | {"id"} == set(tables.patient.c.keys())


def test_an_id_that_was_given_is_kept_and_one_of_nought_is_left_to_the_database() -> None:
    assert to_row(factories.a_user(id=7), frozenset())["id"] == 7
    assert "id" not in to_row(factories.a_user(id=0), frozenset())


def test_an_enum_is_kept_by_its_plain_word() -> None:
    row = to_row(factories.a_patient(), tables.FLATTEN[Patient])
    assert row["sex"] == "vrouw"
    assert type(row["sex"]) is str
    assert row["name_order"] == "NL3"


def test_what_is_nested_is_one_document_and_the_rest_is_typed() -> None:
    found = {c.name: type(c.type) for c in columns_of(Assessment, flatten=frozenset(), foreign={})}
    assert found["findings"] is Document
    assert found["on"] is sa.Date
    assert found["recorded_at"] is UtcDateTime
    assert found["understanding"] is sa.Text
    assert next(iter(found)) == "id"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_column_may_be_empty_exactly_where_the_field_may_be_none(kind: type) -> None:
    hints = typing.get_type_hints(kind)
    flatten = tables.FLATTEN.get(kind, frozenset())
    optional = {
        field.name
        for field in fields(kind)
        if field.name not in flatten and type(None) in typing.get_args(hints[field.name])
    }
    assert {column.name for column in tables.TABLES[kind].c if column.nullable} == optional


def test_every_type_of_a_plain_field_has_its_column_type() -> None:
    found = {column.name: column for column in tables.TABLES[User].c}
    assert isinstance(found["created_at"].type, UtcDateTime)
    assert isinstance(tables.patient.c.bsn_verified.type, sa.Boolean)
    assert isinstance(tables.patient.c.birth_date.type, sa.Date)
    assert isinstance(tables.meeting.c.starts.type, sa.Time)
    assert isinstance(tables.handout.c.size.type, sa.Integer)
    assert issubclass(Sex, StrEnum)
    assert isinstance(tables.patient.c.sex.type, sa.Text)


def test_a_date_in_a_document_and_a_time_in_a_column_keep_their_type(shared: Store) -> None:
    with shared.reading(factories.a_user(), factories.NOW) as unit:
        rows = unit.connection.exec_driver_sql("SELECT 3 AS id, 'Brink 1' AS street")
        assert from_rows(Address, rows, frozenset()) == [Address(street="Brink 1")]
        kept = unit.connection.execute(sa.select(tables.meeting.c.starts, tables.meeting.c.on))
        assert kept.one() == (time(12, 30), date(2026, 11, 24))


def test_a_finding_comes_back_as_a_finding_and_not_as_a_dictionary(shared: Store) -> None:
    finding = Finding(dimension=Dimension.SOCIAL, text="dochter ver weg", plan="bellen")
    value = Assessment(
        on=factories.TODAY, findings=(finding,), recorded_at=factories.NOW, recorded_by=1
    )
    with shared.writing(factories.a_user(), factories.NOW) as unit:
        patient = unit.add(factories.a_patient(name=Name(achternaam="X", name_order=NameOrder.OWN)))
        kept = unit.add(replace(value, patient_id=patient.id))
        assert unit.get(Assessment, kept.id).findings == (finding,)
