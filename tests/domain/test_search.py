"""What a typed search means: dates in every form, numbers, words, and how far two words may differ."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.person import MONTHS, Name, NameOrder, folded
from pzdesk.domain.search import (
    Day,
    Query,
    Rank,
    days_in,
    is_number,
    meanings,
    needed,
    other_words,
    own_words,
    passed_over,
    rank,
    slips,
    spellings,
)

TODAY = date(2026, 11, 24)
BORN = st.dates(date(1905, 1, 1), TODAY)
FORMS = (
    *("{d:02d}-{m:02d}-{y}", "{d}-{m}-{y}", "{d}/{m}/{y}", "{d}.{m}.{y}", "{d} {m} {y}"),
    *("{d:02d}{m:02d}{y}", "{y}{m:02d}{d:02d}", "{y}-{m:02d}-{d:02d}", "{d} {word} {y}"),
    *("{d} {short} {y}", "{d}-{m}-{yy}", "{d:02d}{m:02d}{yy}", "{d} {word} {yy}", "{d}-{m}"),
    *("{d} {word}", "{d}{short}", "{word} {y}", "{m}-{y}", "{m} {y}", "{y}"),
)


def written(form: str, day: date) -> str:
    word = MONTHS[day.month - 1]
    return form.format(
        d=day.day, m=day.month, y=day.year, yy=f"{day.year % 100:02d}", word=word, short=word[:3]
    )


def holds(text: str, day: date, today: date = TODAY) -> bool:
    return any(typed.holds(day) for query in meanings(text, today) for typed in query.days)


@given(BORN, st.sampled_from(FORMS))
def test_a_birth_date_is_found_in_every_form_in_which_it_is_typed(born: date, form: str) -> None:
    text = written(form, born)
    assert holds(text, born), text


@given(BORN, st.sampled_from([form for form in FORMS if "{y" in form]), st.dates(TODAY))
def test_on_whatever_day_it_is_typed_the_same_date_is_meant(
    born: date, form: str, today: date
) -> None:
    if "{yy}" not in form and today.year < 2190:
        assert holds(written(form, born), born, today)


@given(BORN, st.sampled_from(FORMS), BORN)
def test_another_day_is_not_found_by_a_whole_date(born: date, form: str, other: date) -> None:
    whole = "{d" in form and "{y" in form
    if whole and (born.day, born.month, born.year % 100) != (
        other.day,
        other.month,
        other.year % 100,
    ):
        days = [day for query in meanings(written(form, born), TODAY)[:1] for day in query.days]
        assert not any(day.holds(other) for day in days)


@pytest.mark.parametrize(
    "text", ["17", "t", "vr", "di", "+2w", "-3d", "jansen", "31-2-1941", "mei"]
)
def test_what_names_no_month_or_year_is_no_date(text: str) -> None:
    assert days_in(text, TODAY) == ()


@pytest.mark.parametrize("today", [date(2026, 1, 10), date(2026, 7, 31), date(2028, 2, 29)])
def test_a_lone_day_of_the_month_is_no_date_on_any_day(today: date) -> None:
    assert [days_in(str(day), today) for day in range(1, 32)] == [()] * 31


def test_a_year_of_two_digits_may_lie_in_either_century() -> None:
    assert days_in("14-3-26", TODAY) == (Day(2026, 3, 14), Day(1926, 3, 14))
    assert days_in("14-3-41", TODAY) == (Day(1941, 3, 14),)


def test_four_digits_may_be_a_year_a_day_with_its_month_or_a_number() -> None:
    assert days_in("1941", TODAY) == (Day(1941),)
    assert days_in("1403", TODAY) == (Day(month=3, day=14),)
    assert days_in("2003", TODAY) == (Day(2003), Day(month=3, day=20))
    assert meanings("1403", TODAY)[-1] == Query(("1403",))


def test_words_and_a_date_are_told_apart_and_the_words_alone_are_a_meaning_too() -> None:
    assert meanings("Jansen 14-03-1941", TODAY)[0] == Query(("jansen",), (Day(1941, 3, 14),))
    assert meanings("mei 1941", TODAY) == (
        Query((), (Day(1941, 5),)),
        Query(("mei",), (Day(1941),)),
        Query(("mei", "1941")),
    )
    assert meanings("dinsdag 1 december 2026", TODAY)[0] == Query((), (Day(2026, 12, 1),))


@pytest.mark.parametrize("text", ["999990019", "999.990.019", "999 99 00 19", "9999-90-019"])
def test_a_bsn_may_be_typed_with_dots_dashes_and_spaces(text: str) -> None:
    assert any(query.words == ("999990019",) for query in meanings(text, TODAY))


@pytest.mark.parametrize("text", ["", "  ", "-", "…"])
def test_nothing_typed_means_nothing(text: str) -> None:
    assert meanings(text, TODAY) == ()


@given(st.text(max_size=40))
def test_whatever_is_typed_has_a_meaning_or_none_and_never_fails(text: str) -> None:
    for query in meanings(text, TODAY):
        assert query.words or query.days


def test_a_name_is_called_by_its_surnames_together_and_apart() -> None:
    name = Name(
        achternaam="Berg",
        voorvoegsels="van den",
        partner_achternaam="Żółć",
        name_order=NameOrder.PARTNER_OWN,
        voornamen="Anna Maria",
        initialen="AM",
        roepnaam="Annie",
    )
    own = own_words(name)
    assert {"berg", "vandenberg", "zolc", "zolcberg", "zolcvandenberg", "vandenbergzolc"} <= own
    assert {"anna", "maria", "annie", "a", "m", "van", "den"} <= other_words(name)


def test_both_halves_of_a_double_surname_in_one_field_are_surnames() -> None:
    own = own_words(Name(achternaam="Jansen-de Vries"))
    assert {"jansen", "vries", "jansendevries"} <= own
    assert "de" not in own


def test_a_fold_that_remembers_gives_the_same_words() -> None:
    name = Name(achternaam="Dĳk", voorvoegsels="van", voornamen="Şule", roepnaam="Şule")
    fold = cache(folded)
    assert own_words(name, fold) == own_words(name)
    assert other_words(name, fold) == other_words(name)


def test_a_name_without_letters_has_no_words() -> None:
    assert own_words(Name(achternaam="-")) == frozenset()


@pytest.mark.parametrize(("text", "word"), [("Dijkstra", "dykstra"), ("Dykstra", "dijkstra")])
def test_ij_and_y_are_found_under_both(text: str, word: str) -> None:
    assert {word, text.casefold()} <= spellings(text)


def test_the_whole_surname_comes_before_its_beginning_before_another_word_before_a_piece() -> None:
    assert rank("jansen", "jansen", is_own=True) is Rank.WHOLE
    assert rank("jan", "jansen", is_own=True) is Rank.BEGINS
    assert rank("jan", "jan", is_own=False) is Rank.OTHER
    assert rank("anse", "jansen", is_own=True) is Rank.INSIDE
    assert rank("an", "jansen", is_own=True) is None
    assert list(Rank) == sorted(Rank)


@pytest.mark.parametrize(
    ("typed", "word", "most"),
    [("vos", "bos", 0), ("bos", "boss", 1), ("jansen", "janssen", 1), ("dykstra", "dijkstra", 2)],
)
def test_the_longer_the_word_the_more_slips(typed: str, word: str, most: int) -> None:
    assert slips(typed, word) == most


@pytest.mark.parametrize(
    ("typed", "word", "is_it"),
    [
        ("bakr", "bakker", True),
        ("vissr", "visscher", False),  # three letters
        ("jansn", "janssen", True),
        ("bakr", "barker", True),
        ("bakr", "bakkes", False),  # ends otherwise
        ("akkr", "bakker", False),  # begins otherwise
        ("bkr", "baker", False),  # too few letters to tell
        ("1941", "199941", False),
    ],
)
def test_two_letters_of_a_short_name_may_be_passed_over(
    typed: str,
    word: str,
    is_it: bool,  # noqa: FBT001
) -> None:
    assert passed_over(typed, word) is is_it


def test_a_number_has_no_slips() -> None:
    assert slips("999990019", "999990018") == 0


def test_voorvoegsels_may_be_mistaken_where_something_else_was_typed() -> None:
    assert needed(("van", "der", "berg")) == ("berg",)
    assert needed(("van", "der")) == ("van", "der")


def test_a_number_has_at_least_four_signs_of_which_one_is_a_digit() -> None:
    assert [is_number(word) for word in ("999", "9999", "p1234", "jansen")] == [
        *(False, True, True, False)
    ]
