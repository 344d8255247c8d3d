"""Columns that split over pages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pzdesk.documents.layout import Columns, heading, kept
from pzdesk.documents.page import Part, pdf
from pzdesk.documents.style import text
from tests.documents.reading import pages
from tests.documents.samples import IMPRINT


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=3), min_size=1, max_size=6),
    st.floats(0, 700),
)
def test_columns_of_any_height_split_over_pages_and_lose_no_word(
    rows: list[list[int]], down: float
) -> None:
    story = [Columns([(100, [])], least=down)] if down else []
    expected: list[list[str]] = []
    for number, row in enumerate(rows):
        cells = []
        for place, count in enumerate(row):
            words = [f"r{number}c{place}w{word}x" for word in range(count)]
            expected.append(words)
            cells.append((150.0, text(" ".join(words))))
        story.append(Columns(cells, above=4, below=4))
    found = "".join(pages(pdf([Part(story, [])], IMPRINT, kind="Blad"))).split()
    for words in expected:
        prefix = words[0].split("w")[0] if words else "niets"
        assert [word for word in found if word.startswith(f"{prefix}w")] == words


def test_a_row_that_fits_on_a_page_is_not_split() -> None:
    story = [Columns([(100, [])], least=650), Columns([(300, text("regel\n" * 9))])]
    first, second = pages(pdf([Part(story, [])], IMPRINT, kind="Blad"))
    assert "regel" not in first
    assert second.count("regel") == 9


def test_a_heading_goes_to_the_next_page_with_what_it_stands_above() -> None:
    down = Columns([(100, [])], least=690)
    story = [down, *kept(heading("Wensen"), [Columns([(300, text("regel\n" * 4))])])]
    first, second = pages(pdf([Part(story, [])], IMPRINT, kind="Blad"))
    assert "Wensen" not in first
    assert second.strip().startswith("Wensen")
