"""The course of a dimension: the same steps on screen and on paper."""

from datetime import date, timedelta
from itertools import pairwise
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.course import DOT, LAST_DOT, Point, Reading, course


class Box(TypedDict):
    """The sizes of the box in most tests."""

    width: float
    height: float


BOX: Box = {"width": 100.0, "height": 26.0}
DAY = date(2026, 7, 1)

readings = st.lists(
    st.builds(
        Reading,
        st.integers(0, 4000).map(lambda days: DAY + timedelta(days=days)),
        st.integers(0, 3),
    ),
    max_size=20,
)
sizes = st.floats(2 * LAST_DOT, 2000, allow_nan=False)


@given(readings, sizes, sizes)
def test_a_course_stays_inside_its_box_and_runs_forward_in_time(
    found: list[Reading], width: float, height: float
) -> None:
    drawn = course(found, width=width, height=height)
    slack = 1e-6
    for mark in drawn.marks:
        assert -slack <= mark.at.x - mark.radius
        assert mark.at.x + mark.radius <= width + slack
        assert -slack <= mark.at.y - mark.radius
        assert mark.at.y + mark.radius <= height + slack
    for one, next_one in pairwise(drawn.line):
        assert one.x <= next_one.x
        assert one.x == next_one.x or one.y == next_one.y
    assert all(point.y in drawn.grid for point in drawn.line)


@given(readings)
def test_every_assessment_has_a_dot_at_its_level_and_only_the_last_is_large(
    found: list[Reading],
) -> None:
    drawn = course(found, **BOX)
    in_time = sorted(found, key=lambda reading: reading.on)
    assert [mark.at.y for mark in drawn.marks] == [drawn.grid[one.level] for one in in_time]
    assert [mark.radius for mark in drawn.marks] == [DOT] * (len(found) - 1) + [LAST_DOT] * bool(
        found
    )
    assert {mark.at for mark in drawn.marks} <= set(drawn.line)


@given(readings)
def test_two_courses_with_one_time_axis_put_the_same_day_at_the_same_place(
    found: list[Reading],
) -> None:
    since, until = DAY - timedelta(days=30), DAY + timedelta(days=4100)
    drawn = course(found, since=since, until=until, **BOX)
    flat = course([Reading(one.on, 0) for one in found], since=since, until=until, **BOX)
    assert [mark.at.x for mark in drawn.marks] == [mark.at.x for mark in flat.marks]


def test_severe_lies_above_none() -> None:
    grid = course([], **BOX).grid
    assert len(grid) == 4
    assert list(grid) == sorted(set(grid))


def test_without_an_assessment_there_is_a_grid_and_no_line() -> None:
    drawn = course([], since=DAY, until=DAY + timedelta(days=9), **BOX)
    assert drawn.line == ()
    assert drawn.marks == ()


def test_one_assessment_is_one_large_dot_where_now_is() -> None:
    drawn = course([Reading(DAY, 2)], **BOX)
    assert drawn.line == (drawn.marks[0].at,)
    assert drawn.marks[0].at == Point(drawn.right, drawn.grid[2])
    assert drawn.marks[0].radius == LAST_DOT


def test_what_was_found_holds_until_the_next_assessment() -> None:
    drawn = course([Reading(DAY + timedelta(days=10), 2), Reading(DAY, 1)], **BOX)
    low, high = drawn.grid[1], drawn.grid[2]
    assert drawn.line == (
        Point(drawn.left, low),
        Point(drawn.right, low),
        Point(drawn.right, high),
    )


def test_x_follows_the_days_not_the_number_of_assessments() -> None:
    days = [Reading(DAY + timedelta(days=n), 1) for n in (0, 10, 40)]
    first, second, third = (mark.at.x for mark in course(days, **BOX).marks)
    assert (second - first) / (third - first) == pytest.approx(0.25)


def test_assessments_of_one_day_stand_above_each_other_in_the_order_given() -> None:
    drawn = course([Reading(DAY, 3), Reading(DAY, 0)], **BOX)
    assert {point.x for point in drawn.line} == {drawn.right}
    assert [mark.at.y for mark in drawn.marks] == [drawn.grid[3], drawn.grid[0]]


def test_equal_assessments_make_one_level_line() -> None:
    drawn = course([Reading(DAY + timedelta(days=n), 1) for n in range(4)], **BOX)
    assert {point.y for point in drawn.line} == {drawn.grid[1]}
    assert len(drawn.line) == 4


@pytest.mark.parametrize("level", [-1, 4])
def test_a_level_outside_the_scale_is_a_bug(level: int) -> None:
    with pytest.raises(ValueError, match="level"):
        course([Reading(DAY, level)], **BOX)


def test_a_box_smaller_than_its_dots_is_a_bug() -> None:
    with pytest.raises(ValueError, match="too small"):
        course([], width=3, height=26)
