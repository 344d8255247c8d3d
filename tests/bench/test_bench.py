"""The benchmark still finds what it measures; the figures themselves are no test."""

from contextlib import closing
from pathlib import Path

from pzdesk.services.desk import desk_over
from tests.bench import big_store, paper
from tests.bench.__main__ import KEY, main


def test_the_words_of_an_agenda_are_caught_before_they_are_laid_out(tmp_path: Path) -> None:
    store = big_store.make(tmp_path / "praktijk", KEY, 30)
    with closing(store.open()) as session:
        made = paper.gathered(desk_over(session), store.meeting_id)
    assert len(made.cases) == big_store.AGENDA
    assert paper.platypus(made).startswith(b"%PDF")


def test_a_part_that_does_not_exist_is_told() -> None:
    assert main(["bestaat-niet"]) == 2
