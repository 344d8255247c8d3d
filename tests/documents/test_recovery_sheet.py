"""The recovery sheet."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pzdesk.documents.recovery_sheet import recovery_sheet
from tests.documents.reading import content, pages, signs, squeezed
from tests.documents.samples import RECOVERY


def test_every_group_stands_whole_below_its_number_in_order() -> None:
    told = content(recovery_sheet(RECOVERY))
    places = [
        told.find(f"groep{number}{group}") for number, group in enumerate(RECOVERY.groups, start=1)
    ]
    assert -1 not in places
    assert places == sorted(places)


def test_the_signs_of_the_code_are_very_large_and_stand_apart() -> None:
    code = [sign for sign in signs(recovery_sheet(RECOVERY)) if sign.size >= 20]
    assert "".join(RECOVERY.groups) in "".join(sign.sign for sign in code)
    line = [sign for sign in code if sign.bottom == pytest.approx(code[-1].bottom, abs=3)]
    for one, next_one in pairwise(line):
        assert next_one.left - one.right > 3


def test_it_tells_practice_date_maker_use_and_where_to_keep_it() -> None:
    told = content(recovery_sheet(RECOVERY))
    for words in (
        "Herstelblad Huisartsenpraktijk De Brink",
        "gemaakt op dinsdag 24 november 2026 door M. Wiersma",
        "pzdesk recover",
        "In de kluis van de praktijk",
        "Niet bij de computer",
        "werkt deze code niet meer",
    ):
        assert squeezed(words) in told, words


def test_it_fits_on_one_page_with_other_groups_too() -> None:
    longer = replace(RECOVERY, groups=("ABCD",) * 16)
    assert len(pages(recovery_sheet(RECOVERY))) == len(pages(recovery_sheet(longer))) == 1
