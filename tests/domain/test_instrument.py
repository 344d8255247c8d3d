"""Scoring: what counts, what does not, and what is refused."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk import instruments
from pzdesk.domain.errors import BadInput
from pzdesk.domain.instrument import (
    Band,
    Instrument,
    Item,
    Missing,
    Operator,
    Option,
    Rights,
    ScoreRule,
    Worse,
    as_dict,
    band_of,
    checked_answers,
    double_surprise_group,
    score,
    series_score,
)

SHIPPED = sorted(instruments.load_all().values(), key=lambda instrument: instrument.id)
TOTALLED = [i for i in SHIPPED if i.scores and i.scores[0].missing is Missing.NONE]


def made(op: Operator, missing: Missing = Missing.NONE, *, items: int = 3) -> Instrument:
    """An instrument of our own with answers 0, 1, 5 and "weet niet"."""
    options = (
        Option(key="0", label="nooit", value=0),
        Option(key="1", label="soms", value=1),
        Option(key="5", label="vaak", value=5),
        Option(key="weet_niet", label="weet niet", value=None),
    )
    names = tuple("abcdefgh"[:items])
    rule = ScoreRule(
        id="total",
        label="Totaal",
        op=op,
        items=names,
        missing=missing,
        low=0,
        high=5 * items,
        source="eigen voorbeeld",
        bands=(
            Band(label="laag", from_=0, to=4, source="eigen voorbeeld"),
            Band(label="hoog", from_=5, to=None, source="eigen voorbeeld"),
        ),
    )
    return Instrument(
        id="voorbeeld",
        version="1.0.0",
        title="Voorbeeld",
        about="mantelzorger",
        respondent="mantelzorger",
        recording="Antwoorden overnemen van het officiële formulier.",
        rights=Rights(holder="wij", grade="A", source="eigen", wording="niet opgenomen"),
        items=tuple(Item(id=name, topic=f"onderwerp {name}", options=options) for name in names),
        worse=Worse.HIGHER,
        scores=(rule,),
    )


def total(instrument: Instrument, answers: dict[str, Any]) -> int | float | None:
    return score(instrument, answers).scores["total"]


def full_sheets(instrument: Instrument) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {
            item.id: st.sampled_from([o.key for o in item.options if o.value is not None])
            for item in instrument.items
        }
    )


def any_full_sheet(
    among: list[Instrument],
) -> st.SearchStrategy[tuple[Instrument, dict[str, str]]]:
    return st.sampled_from(among).flatmap(lambda i: st.tuples(st.just(i), full_sheets(i)))


@pytest.mark.parametrize(
    ("op", "expected"),
    [(Operator.SUM, 6), (Operator.MEAN, 2), (Operator.MAX, 5), (Operator.COUNT, 2)],
)
def test_every_operator_counts_in_its_own_way(op: Operator, expected: int) -> None:
    assert total(made(op), {"a": 0, "b": 1, "c": 5}) == expected


def test_a_value_is_taken_over_from_its_single_item() -> None:
    assert total(made(Operator.VALUE, items=1), {"a": 5}) == 5


def test_an_unanswered_item_is_never_zero() -> None:
    result = score(made(Operator.SUM), {"a": 1, "c": 1})
    assert result.scores == {"total": None}
    assert result.bands == {"total": None}
    assert result.missing == ("b",)


def test_null_is_an_answer_that_was_not_given() -> None:
    assert score(made(Operator.SUM), {"a": 1, "b": None, "c": 1}).missing == ("b",)


def test_an_answer_without_a_value_is_not_scored_and_is_listed() -> None:
    result = score(made(Operator.SUM), {"a": 1, "b": "weet niet", "c": 1})
    assert result.scores == {"total": None}
    assert result.missing == ("b",)


def test_skipping_counts_what_was_answered_and_lists_the_rest() -> None:
    result = score(made(Operator.SUM, Missing.SKIP), {"a": 1, "b": "weet_niet"})
    assert result.scores == {"total": 1}
    assert result.missing == ("b", "c")


@pytest.mark.parametrize("answers", [{}, {"a": None}, {"a": "weet_niet", "b": "weet_niet"}])
def test_skipping_gives_no_score_while_nothing_has_a_value(answers: dict[str, Any]) -> None:
    result = score(made(Operator.SUM, Missing.SKIP), answers)
    assert result.scores == {"total": None}
    assert result.missing == ("a", "b", "c")


@pytest.mark.parametrize("answer", [1, 1.0, "1", " 1 ", "soms", "SOMS", "\tSoms\n"])
def test_an_answer_may_be_the_number_the_key_or_the_label(answer: object) -> None:
    assert checked_answers(made(Operator.SUM), {"a": answer}) == {"a": "1"}


@pytest.mark.parametrize(
    "answer", ["min_of_meer", "min of meer", "Min of meer", "MIN OF MEER", "min-of-meer"]
)
def test_blanks_and_capitals_within_an_answer_do_not_matter(answer: str) -> None:
    assert checked_answers(instruments.load("ediz9"), {"3": answer}) == {"3": "min_of_meer"}


@pytest.mark.parametrize(
    "answer",
    [
        True,
        False,
        2,
        -1,
        1.5,
        float("nan"),
        float("inf"),
        "",
        " ",
        "1.0",
        "1,0",
        "+1",
        "01",
        "-1",
        "¹",
        "１",
        "misschien",
        "soms!",
        [1],
        {"key": "1"},
        b"1",
        "x" * 10_000,
    ],
)
def test_any_other_answer_is_refused_with_the_possible_ones(answer: object) -> None:
    with pytest.raises(BadInput, match=r"vraag b \(onderwerp b\).*0 \(nooit\), 1 \(soms\)") as told:
        score(made(Operator.SUM), {"a": 1, "b": answer})
    assert told.value.field == "b"
    assert len(str(told.value)) < 250


def test_a_number_too_long_to_write_is_refused_all_the_same() -> None:
    with pytest.raises(BadInput, match="met zoveel cijfers past niet bij vraag a"):
        score(made(Operator.SUM), {"a": 10**5000})


def test_a_number_is_refused_where_the_form_has_words() -> None:
    with pytest.raises(BadInput, match="nee!, nee, min_of_meer, ja of ja!"):
        score(instruments.load("ediz9"), {"1": 1})


@pytest.mark.parametrize("name", ["d", "", "0", "totaal", "a b"])
def test_an_item_that_is_not_on_the_form_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match=r"hoort niet bij Voorbeeld\. Mogelijk is: a, b of c"):
        score(made(Operator.SUM), {name: 1})


def test_an_unknown_item_is_refused_even_without_an_answer() -> None:
    with pytest.raises(BadInput, match="hoort niet bij"):
        score(made(Operator.SUM), {"z": None})


def test_an_item_answered_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="twee keer"):
        score(made(Operator.SUM), {"a": 1, " A": 0})


@pytest.mark.parametrize("answers", [[1, 0, 1], "ja", 3, None])
def test_answers_that_are_not_given_per_item_are_refused(answers: Any) -> None:
    with pytest.raises(BadInput, match="per vraag"):
        score(made(Operator.SUM), answers)


def test_a_label_of_a_band_depends_on_the_score_only() -> None:
    instrument = made(Operator.SUM)
    labels = [band.label if (band := band_of(instrument, "total", n)) else None for n in (0, 4, 5)]
    assert labels == ["laag", "laag", "hoog"]


@pytest.mark.parametrize("value", [-1, 16, float("nan")])
def test_a_total_that_cannot_be_is_refused(value: float) -> None:
    with pytest.raises(BadInput, match="tussen 0 en 15"):
        band_of(made(Operator.SUM), "total", value)


def test_the_second_surprise_question_counts_only_after_a_no() -> None:
    groups = {
        (sq1, sq2): double_surprise_group(surprised_by_death=sq1, surprised_if_alive=sq2)
        for sq1 in (True, False, None)
        for sq2 in (True, False, None)
    }
    assert groups == {
        (True, True): "1",
        (True, False): "1",
        (True, None): "1",
        (False, True): "2b",
        (False, False): "2a",
        (False, None): "SQ2 nog te stellen",
        (None, True): None,
        (None, False): None,
        (None, None): None,
    }


def test_the_second_surprise_question_is_missing_only_after_a_no() -> None:
    dsq = instruments.load("double_surprise_question")
    sq1, sq2 = (item.id for item in dsq.items)
    assert score(dsq, {sq1: "ja"}).missing == ()
    assert score(dsq, {sq1: "nee", sq2: None}).missing == (sq2,)
    assert score(dsq, {}).missing == (sq1,)


@pytest.mark.parametrize("totals", [[], [3], [3, 3], [3, None, 3], [None, None, None]])
def test_a_day_without_three_shifts_has_no_mean(totals: list[int | None]) -> None:
    assert series_score(instruments.load("dos"), "final", totals) == (None, None)


@pytest.mark.parametrize(
    ("totals", "mean", "label"),
    [
        ([2, 3, 3], 8 / 3, "onder het gepubliceerde afkappunt van 3"),
        ([3, 3, 3], 3, "3 of hoger is het gepubliceerde afkappunt"),
        ([0, 0, 13], 13 / 3, "3 of hoger is het gepubliceerde afkappunt"),
    ],
)
def test_the_mean_of_three_shifts_reaches_the_cut_off_at_exactly_three(
    totals: list[int], mean: float, label: str
) -> None:
    value, band = series_score(instruments.load("dos"), "final", totals)
    assert value == pytest.approx(mean)
    assert band is not None
    assert band.label == label


@pytest.mark.parametrize("totals", [[3, 3, 3, 3], [3, 14, 3], [-1, 3, 3], [True, 3, 3]])
def test_shifts_that_cannot_be_are_refused(totals: list[int]) -> None:
    with pytest.raises(BadInput):
        series_score(instruments.load("dos"), "final", totals)


def test_the_printed_result_carries_the_band_with_its_source() -> None:
    printed = as_dict(score(made(Operator.SUM), {"a": 5, "b": 0, "c": 1}))
    assert printed == {
        "scores": {"total": 6},
        "bands": {
            "total": {"label": "hoog", "from": 5, "to": None, "source": "eigen voorbeeld"},
        },
        "missing": [],
    }


def test_an_incomplete_sheet_is_printed_without_score_or_band() -> None:
    assert as_dict(score(made(Operator.SUM), {"b": 1})) == {
        "scores": {"total": None},
        "bands": {"total": None},
        "missing": ["a", "c"],
    }


def test_a_single_score_can_always_be_read_as_total() -> None:
    printed = as_dict(score(instruments.load("dos"), {"1": "soms_altijd"}))
    assert printed["scores"] == {"total": 1, "shift_total": 1}
    assert printed["bands"] == {"total": None, "shift_total": None}


def test_a_group_is_printed_by_its_name() -> None:
    dsq = instruments.load("double_surprise_question")
    sq1, sq2 = (item.id for item in dsq.items)
    assert as_dict(score(dsq, {sq1: "nee", sq2: "ja"})) == {
        "scores": {"groep": "2b"},
        "bands": {"groep": None},
        "missing": [],
    }


def test_symptoms_have_a_score_each_and_no_total() -> None:
    result = score(instruments.load("usd"), {"pijn": 7, "angst": 3})
    assert "total" not in result.scores
    assert (result.scores["pijn"], result.scores["slapen"]) == (7, None)
    assert result.bands["angst"] is not None
    assert len(result.missing) == 10


@given(any_full_sheet(SHIPPED))
def test_a_full_sheet_scores_within_its_range_and_misses_nothing_needed(
    case: tuple[Instrument, dict[str, str]],
) -> None:
    instrument, answers = case
    result = score(instrument, answers)
    assert result.missing == ()
    for rule in instrument.scores:
        value = result.scores[rule.id]
        assert value is not None
        assert rule.low <= value <= rule.high
        assert bool(result.bands[rule.id]) == bool(rule.bands)
        assert result.bands[rule.id] == band_of(instrument, rule.id, value)


@given(any_full_sheet(TOTALLED), st.data())
def test_leaving_out_any_one_answer_takes_the_score_away_and_names_that_item(
    case: tuple[Instrument, dict[str, str]], data: st.DataObject
) -> None:
    instrument, answers = case
    left_out = data.draw(st.sampled_from(sorted(answers)))
    del answers[left_out]
    result = score(instrument, answers)
    assert result.missing == (left_out,)
    for rule in instrument.scores:
        assert (result.scores[rule.id] is None) == (left_out in rule.items)


@given(any_full_sheet(SHIPPED), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(
    case: tuple[Instrument, dict[str, str]], chance: random.Random
) -> None:
    instrument, answers = case
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert score(instrument, dict(shuffled)) == score(instrument, answers)


@given(any_full_sheet(SHIPPED), st.data())
def test_an_answer_outside_the_list_is_refused_by_every_instrument(
    case: tuple[Instrument, dict[str, str]], data: st.DataObject
) -> None:
    instrument, answers = case
    name = data.draw(st.sampled_from(sorted(answers)))
    stranger: object = data.draw(st.sampled_from([-1, 11, 101, 0.5, "anders", "", True]))
    with pytest.raises(BadInput):
        score(instrument, {**answers, name: stranger})


@given(any_full_sheet(SHIPPED))
def test_checked_answers_can_be_checked_again(case: tuple[Instrument, dict[str, str]]) -> None:
    instrument, answers = case
    kept = checked_answers(instrument, {k.upper(): f" {v.upper()} " for k, v in answers.items()})
    assert kept == answers
    assert list(kept) == [item.id for item in instrument.items]
