"""The recovery code: typed back as people type, and every mistake found in its group."""

import contextlib
import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput
from pzdesk.security import recovery

SEED = 20261122
# Written out once: a printed sheet must stay valid in every later version.
PRINTED = "01230-4567M-89AB9-CDEFS-GHJKJ-MNPQ6-RSTVV-WXYZ3"


def codes() -> st.SearchStrategy[str]:
    """Any code that could have been printed."""
    return st.builds(lambda seed: _code(random.Random(seed)), st.integers(0, 2**64))  # noqa: S311


def _code(dice: random.Random) -> str:
    data = ["".join(dice.choices(recovery.ALPHABET, k=4)) for _ in range(8)]
    return "".join(part + recovery._check(part, at) for at, part in enumerate(data, 1))


def _sentence(text: str) -> str:
    with pytest.raises(BadInput) as told:
        recovery.parse(text)
    assert told.value.field == "herstelcode"
    return str(told.value)


def test_a_new_code_has_at_least_128_random_bits_and_is_never_the_same() -> None:
    made = {recovery.new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == 40 and set(code) <= set(recovery.ALPHABET) for code in made)
    assert 8 * 4 * math.log2(len(set(recovery.ALPHABET))) >= 128


def test_a_code_has_no_signs_that_look_alike() -> None:
    assert len(set(recovery.ALPHABET)) == 32
    assert not set("OILU") & set(recovery.ALPHABET)


def test_a_code_is_printed_in_eight_groups_of_five_and_read_back() -> None:
    code = recovery.new_code()
    printed = recovery.formatted(code)
    assert [len(group) for group in printed.split("-")] == [5] * 8
    assert recovery.parse(printed) == code
    assert recovery.formatted(printed) == printed


def test_a_sheet_that_was_printed_before_stays_valid() -> None:
    assert recovery.parse(PRINTED) == PRINTED.replace("-", "")


@given(codes(), st.data())
def test_case_blanks_dashes_and_look_alikes_do_not_matter(code: str, data: st.DataObject) -> None:
    alike = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(sign, sign + sign.lower())))
        + data.draw(st.sampled_from(["", "", "", "-", " ", "\n", "\u00a0", "–", " - "]))
        for sign in code
    )
    assert recovery.parse(typed) == code


def test_every_single_wrong_character_is_found_in_its_group() -> None:
    code = _code(random.Random(SEED))  # noqa: S311
    for at, sign in itertools.product(range(40), recovery.ALPHABET):
        if code[at] != sign:
            told = _sentence(code[:at] + sign + code[at + 1 :])
            assert f"groep {at // 5 + 1} klopt niet" in told


def test_every_exchange_within_a_group_is_found() -> None:
    dice = random.Random(SEED)  # noqa: S311
    for _ in range(50):
        code = _code(dice)
        for group, (one, other) in itertools.product(range(8), itertools.combinations(range(5), 2)):
            signs = list(code)
            one, other = group * 5 + one, group * 5 + other
            signs[one], signs[other] = signs[other], signs[one]
            if signs[one] != signs[other]:
                assert f"groep {group + 1} klopt niet" in _sentence("".join(signs))


def test_exchanged_groups_are_both_named() -> None:
    groups = recovery.formatted(_code(random.Random(SEED))).split("-")  # noqa: S311
    groups[2], groups[4] = groups[4], groups[2]
    assert "groep 3 en 5 kloppen niet" in _sentence("-".join(groups))


@given(codes(), st.integers(1, 8))
def test_a_group_that_is_too_short_is_named(code: str, number: int) -> None:
    groups = recovery.formatted(code).split("-")
    groups[number - 1] = groups[number - 1][:-1]
    assert f"groep {number} klopt niet" in _sentence(" ".join(groups))


def test_a_forgotten_character_without_dashes_is_found_near_its_group() -> None:
    code = PRINTED.replace("-", "")
    told = _sentence(code[:12] + code[13:])
    assert "er staan 39 tekens in plaats van 40; groep 3 klopt niet" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Vul de herstelcode"),
        (" - – ", "Vul de herstelcode"),
        (PRINTED[:-6], "35 tekens in plaats van 40"),
        (f"{PRINTED}-0000", "44 tekens"),
        (PRINTED * 9, "veel meer"),
        (PRINTED.replace("A", "U"), "groep 3 klopt niet"),
        (PRINTED.replace("A", "ß"), "groep 3 klopt niet"),
        (PRINTED.replace("A", "\ud800"), "groep 3 klopt niet"),
    ],
)
def test_what_is_no_code_is_told_in_dutch(text: str, told: str) -> None:
    assert told in _sentence(text)


@given(st.text(max_size=60))
def test_any_text_gives_a_code_or_a_sentence(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert len(recovery.parse(text)) == 40
