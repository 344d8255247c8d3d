"""Who writes, in words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pzdesk.domain.writer import Writer, busy_words, clock_words, taken_words, writes_words

NOW = datetime(2026, 11, 24, 16, 55, tzinfo=timezone(timedelta(hours=1)))
ANNA = Writer(
    login="vries",
    name="Anna de Vries",
    computer="BALIE-2",
    since=datetime(2026, 11, 24, 15, 40, tzinfo=UTC),
)


def test_it_is_said_who_since_when_and_where_by_the_clock_here() -> None:
    assert writes_words(ANNA, NOW) == "Anna de Vries schrijft sinds 16.40 uur op BALIE-2"
    assert busy_words(ANNA, NOW).startswith("Anna de Vries schrijft sinds 16.40 uur op BALIE-2. ")
    assert taken_words(ANNA, NOW) == "Anna de Vries heeft het schrijven overgenomen om 16.40 uur."


@pytest.mark.parametrize(
    ("writer", "words"),
    [
        (Writer(), "Iemand anders schrijft"),
        (Writer(login="vries"), "Vries schrijft"),
        (Writer(name="Anna de Vries", computer="BALIE-2"), "Anna de Vries schrijft op BALIE-2"),
    ],
)
def test_what_is_not_known_is_left_out(writer: Writer, words: str) -> None:
    assert writes_words(writer, NOW) == words


def test_another_day_is_said_with_its_date() -> None:
    assert clock_words(NOW - timedelta(days=1), NOW) == "23-11-2026 16.55 uur"
