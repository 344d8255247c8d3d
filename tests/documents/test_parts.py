"""What papers are made of."""

from dataclasses import replace
from datetime import date

import pytest

from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import (
    ActionLine,
    Actions,
    Block,
    DimensionLine,
    Dimensions,
    Facts,
    Grid,
    PersonHead,
    Section,
    blocks,
    person_head,
)
from tests.documents.reading import content, pages, squeezed
from tests.documents.samples import DIMENSIONS, HEAD, IMPRINT


def read(*made: Block) -> str:
    return content(pdf([Part(blocks(made), [])], IMPRINT, kind="Blad"))


def test_a_split_row_repeats_its_label_with_vervolg() -> None:
    section = Section(title="Wensen", lines=tuple(f"regel {n}" for n in range(150)))
    first, second, third = pages(pdf([Part(blocks([section]), [])], IMPRINT, kind="Blad"))
    assert "Wensen" in first
    assert "vervolg" not in first
    for page in (second, third):
        assert page.count("Wensen") == page.count("vervolg") == 1


@pytest.mark.parametrize(
    "empty",
    [
        Section(title="Wensen"),
        Facts(title="Nu"),
        Dimensions(),
        Actions(),
        Grid(title="Naasten", columns=("Wie",), shares=(1.0,)),
    ],
)
def test_a_block_without_content_is_left_out_or_says_so(empty: Section) -> None:
    assert blocks([empty]) == []
    told = read(replace(empty, empty="niets vastgelegd"))
    assert squeezed(empty.title) in told
    assert "nietsvastgelegd" in told


def test_a_dimension_tells_word_direction_finding_and_according_to_whom() -> None:
    told = read(DIMENSIONS)
    assert squeezed("Vier dimensies, juli tot 20-11-2026 (onder geen, boven ernstig)") in told
    assert squeezed("matig, slechter") in told
    assert squeezed("echtgenoot doet alles zelf, dochter woont ver (volgens dochter)") in told
    assert squeezed("wat we doen: sociaal werk belt de echtgenoot") in told


def test_a_dimension_that_was_not_weighed_says_so() -> None:
    told = read(Dimensions(since=date(2026, 7, 1), lines=(DimensionLine(name="Sociaal"),)))
    assert "Sociaalnietbeoordeeld" in told


def test_a_line_without_course_holds_only_its_finding() -> None:
    told = read(Dimensions(lines=(DimensionLine(name="Eigen cijfers", finding="pijn 4 → 6"),)))
    assert squeezed("Eigen cijfers pijn 4 → 6") in told
    assert "nietbeoordeeld" not in told


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (
            ActionLine(what="Nachtzorg aanvragen", who="F. Hoekstra", due="27-11", since="20-10"),
            "Nachtzorg aanvragen: F. Hoekstra, 27-11, open sinds 20-10",
        ),
        (ActionLine(what="Bellen"), "Bellen"),
        (
            ActionLine(what="Bellen", who="M.", since="20-10", done="23-11"),
            "Bellen: M., gedaan 23-11",
        ),
    ],
)
def test_an_action_says_who_when_and_since_when(item: ActionLine, told: str) -> None:
    assert squeezed(told) in read(Actions(items=(item,)))


def test_treatment_limits_stand_in_full_and_are_never_blank() -> None:
    told = content(pdf([Part(person_head(HEAD), [])], IMPRINT, kind="Blad"))
    assert squeezed(" · ".join(HEAD.limits)) in told
    bare = person_head(PersonHead(name="Mevrouw A", born="14-03-1941"))
    told = content(pdf([Part(bare, [])], IMPRINT, kind="Blad"))
    assert squeezed("Behandelgrenzen: nog niet vastgelegd") in told
