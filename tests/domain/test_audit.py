"""The chain of the log: a line changed, left out, put in or moved does not go unseen."""

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.audit import START, AuditEvent, AuditRow, What, first_break, head_of, utc_text
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import UserId
from tests.factories import AMSTERDAM

FIELDS = [field.name for field in fields(AuditRow)]
LINES = 6


def _chain(lines: int = LINES) -> list[AuditRow]:
    """A log of so many lines, each chained to the one before."""
    rows: list[AuditRow] = []
    for sequence in range(1, lines + 1):
        row = AuditRow(
            sequence=sequence,
            at=f"2026-11-24T13:0{sequence}:00.000Z",
            offset_minutes=60,
            event=AuditEvent.FILE_READ,
            what=What.READ,
            outcome="gelukt",
            user_id=UserId(1),
            login="deboer",
            roles="huisarts",
            on_behalf_of="",
            patient_id=PatientId(sequence),
            object_kind="dossier",
            object_id=None,
            count=None,
            head="",
        )
        before = rows[-1].head if rows else START
        rows.append(replace(row, head=head_of(row, before)))
    return rows


CHAIN = _chain()

OTHER: dict[str, st.SearchStrategy[Any]] = {
    "event": st.sampled_from(AuditEvent),
    "what": st.sampled_from(What),
    **dict.fromkeys(
        ("sequence", "offset_minutes", "user_id", "patient_id", "object_id", "count"),
        st.none() | st.integers(-3, 2**40),
    ),
}


def test_a_whole_chain_has_no_break() -> None:
    assert first_break(CHAIN) is None
    assert first_break([]) is None
    assert first_break(iter(CHAIN)) is None


@given(st.integers(0, LINES - 1), st.sampled_from(FIELDS), st.data())
def test_a_changed_field_breaks_the_chain_at_its_line(
    at: int, name: str, data: st.DataObject
) -> None:
    value = data.draw(OTHER.get(name, st.text(max_size=80)))
    changed = replace(CHAIN[at], **{name: value})
    found = first_break([*CHAIN[:at], changed, *CHAIN[at + 1 :]])
    assert found == (None if changed == CHAIN[at] else at + 1)


@given(st.integers(0, LINES - 1))
def test_a_line_changed_with_its_own_head_made_anew_breaks_the_next(at: int) -> None:
    before = CHAIN[at - 1].head if at else START
    changed = replace(CHAIN[at], login="iemand anders")
    changed = replace(changed, head=head_of(changed, before))
    found = first_break([*CHAIN[:at], changed, *CHAIN[at + 1 :]])
    assert found == (at + 2 if at + 1 < LINES else None)


@given(st.sets(st.integers(1, LINES), min_size=1))
def test_lines_left_out_break_the_chain_unless_they_are_the_last(gone: set[int]) -> None:
    left = [row for row in CHAIN if row.sequence not in gone]
    is_tail = gone == set(range(min(gone), LINES + 1))
    assert first_break(left) == (None if is_tail else min(gone))


def test_a_chain_made_anew_without_its_first_line_is_found_by_its_numbers() -> None:
    second = replace(CHAIN[1], head=head_of(CHAIN[1], START))
    assert first_break([second]) == 1


@given(st.permutations(CHAIN))
def test_lines_in_another_order_break_the_chain(rows: list[AuditRow]) -> None:
    moved = [place for place, (row, was) in enumerate(zip(rows, CHAIN, strict=True)) if row != was]
    assert first_break(rows) == (moved[0] + 1 if moved else None)


@given(st.integers(0, LINES - 1), st.integers(0, LINES - 1))
def test_a_line_that_stands_there_twice_breaks_the_chain(one: int, at: int) -> None:
    twice = [*CHAIN[: at + 1], CHAIN[one], *CHAIN[at + 1 :]]
    assert first_break(twice) == (at + 3 if one == at + 1 else at + 2)


def test_the_head_is_reproducible_from_its_description() -> None:
    row = CHAIN[0]
    text = (
        f'["{START}",1,"2026-11-24T13:01:00.000Z",60,"dossier.ingezien","R","gelukt",'
        '1,"deboer","huisarts","",1,"dossier",null,null]'
    )
    assert row.head == hashlib.sha256(text.encode()).hexdigest()


def test_every_field_but_the_head_is_part_of_the_link() -> None:
    others: dict[str, object] = {
        **dict.fromkeys(FIELDS, "x"),
        "event": AuditEvent.PRINTED,
        "what": What.DELETE,
    }
    del others["head"]
    made = {head_of(replace(CHAIN[0], **{name: value}), START) for name, value in others.items()}  # type: ignore[arg-type]
    made.add(head_of(CHAIN[0], START))
    made.add(head_of(CHAIN[0], "1" * 64))
    assert len(made) == len(others) + 2


def test_text_cannot_slip_from_one_field_into_the_next() -> None:
    one = replace(CHAIN[0], login='a","b', roles="c")
    two = replace(CHAIN[0], login="a", roles='b","c')
    assert head_of(one, START) != head_of(two, START)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
)
def test_a_moment_is_kept_in_utc_with_the_offset_of_the_wall(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    text, offset = utc_text(moment)
    assert offset == minutes
    back = datetime.fromisoformat(text)
    assert back.tzinfo == UTC
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


def test_the_two_hours_called_half_past_two_in_october_are_told_apart() -> None:
    summer = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    winter = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    assert utc_text(summer) == ("2026-10-25T00:30:00.000Z", 120)
    assert utc_text(winter) == ("2026-10-25T01:30:00.000Z", 60)


def test_a_moment_without_a_time_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="time zone"):
        utc_text(datetime(2026, 11, 24, 14, 5))


def test_every_event_names_its_object_and_what_was_done() -> None:
    for event in AuditEvent:
        thing, _, done = event.value.partition(".")
        assert thing.isidentifier(), event
        assert done.isidentifier(), event
    assert [what.value for what in What] == ["C", "R", "U", "D", "E"]
