"""Words among others: found whole, by their beginning, by a piece, and in spite of one slip."""

import string

from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.person import Name, folded
from pzdesk.domain.search import Day, Query, Rank, Sought, own_words
from pzdesk.services.search_shelf import Shelf
from tests.factories import TODAY

SURNAMES = (
    *("Bosma", "Vries", "Dijkstra", "Hoekstra", "Żółtowski", "Şahin", "Yılmaz", "Łukaszewicz"),
    *("Đorđević", "Wijnbergen", "Veen", "Boer", "Smit", "Ĳsbrandy", "Fûgel", "Oosterwolde"),
)
LETTERS = st.sampled_from(string.ascii_lowercase)


def shelf(*things: Sought) -> Shelf:
    return Shelf(things, names=True)


def named(*surnames: str) -> Shelf:
    return Shelf(
        [Sought(own=own_words(Name(achternaam=one)), order=folded(one)) for one in surnames]
    )


def places(on: Shelf, *words: str, most: int = 50) -> list[int]:
    return on.find([Query(words)], most)[0]


@st.composite
def slipped(draw: st.DrawFn) -> tuple[int, str]:
    """A surname by its place, and how it is typed with one slip of the fingers."""
    place = draw(st.integers(0, len(SURNAMES) - 1))
    word = folded(SURNAMES[place])
    at = draw(st.integers(0, len(word) - 1))
    how = draw(st.sampled_from(("wrong", "missing", "extra", "swapped")))
    letter = draw(LETTERS)
    typed = {
        "wrong": word[:at] + letter + word[at + 1 :],
        "missing": word[:at] + word[at + 1 :],
        "extra": word[:at] + letter + word[at:],
        "swapped": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[how]
    return place, typed


@given(slipped())
def test_any_one_slip_in_a_surname_of_four_letters_or_more_still_finds(
    slip: tuple[int, str],
) -> None:
    place, typed = slip
    assert place in places(named(*SURNAMES), typed)


@given(st.sampled_from(SURNAMES), st.integers(1, 12))
def test_every_beginning_of_a_surname_finds_it(surname: str, letters: int) -> None:
    found = places(named(*SURNAMES), folded(surname)[:letters])
    assert SURNAMES.index(surname) in found


def test_a_slip_in_the_beginning_of_a_long_surname_is_forgiven_while_it_is_typed() -> None:
    assert places(named("Wijnbergen", "Smit"), "wjinb") == [0]


def test_two_letters_passed_over_in_a_short_surname_are_forgiven() -> None:
    assert places(named("Bakker", "Barends", "Bakema", "Bakkes"), "bakr") == [0]


def test_three_letters_find_no_other_word_of_three() -> None:
    assert places(named("Vos", "Bos", "Boss"), "bos") == [1, 2]


def test_the_whole_surname_comes_before_longer_ones_before_slips() -> None:
    on = named("Janssen", "Jansenius", "Jansen", "Hansen")
    assert places(on, "jansen") == [2, 1, 3, 0]
    assert on.find([Query(("jansen",))], 1) == ([2], 4, Rank.WHOLE)


def test_who_is_behind_comes_after_who_is_found_equally_well_and_no_further() -> None:
    on = shelf(
        Sought(own=frozenset({"smit"}), behind=True, order="a"),
        Sought(own=frozenset({"smit"}), order="b"),
        Sought(own=frozenset({"smits"}), order="c"),
    )
    assert places(on, "smit") == [1, 0, 2]


def test_all_words_are_needed_in_any_order_and_voorvoegsels_may_be_wrong() -> None:
    on = shelf(
        Sought(own=frozenset({"berg", "vandenberg"}), other=frozenset({"van", "den", "jan"})),
        Sought(own=frozenset({"berg", "vanderberg"}), other=frozenset({"van", "der", "piet"})),
    )
    assert places(on, "berg", "jan") == [0]
    assert places(on, "piet", "berg") == [1]
    assert places(on, "van", "der", "berg") == [1, 0]
    assert places(on, "van", "den", "b") == [0, 1]
    assert places(on, "berg", "klaas") == []


def test_of_what_is_no_name_every_word_is_needed() -> None:
    on = Shelf([Sought(own=frozenset({"beheer"}))])
    assert places(on, "van", "beheer") == []
    assert places(on, "beheer") == [0]


def test_a_day_lets_through_whom_it_holds_and_a_thing_without_a_day_is_not_found_by_one() -> None:
    on = shelf(Sought(own=frozenset({"smit"}), day=TODAY), Sought(own=frozenset({"smit"})))
    today = Day(TODAY.year, TODAY.month, TODAY.day)
    assert on.find([Query(("smit",), (today,))], 9)[0] == [0]
    assert on.find([Query((), (today,))], 9)[0] == [0]
    assert on.find([Query((), (Day(1941),))], 9) == ([], 0, None)


def test_a_number_is_found_by_its_first_four_digits_and_the_whole_one_comes_first() -> None:
    on = shelf(
        Sought(own=frozenset({"a"}), numbers=("99999001",)),
        Sought(own=frozenset({"b"}), numbers=("9999900",)),
    )
    assert places(on, "9999900") == [1, 0]
    assert places(on, "9999") == [0, 1]
    assert places(on, "999") == []
    assert places(on, "99999002") == []


def test_the_best_of_several_meanings_counts() -> None:
    on = named("Mei", "Meijer")
    found, count, best = on.find([Query(("zzzz",)), Query(("meijer",)), Query(("mei",))], 9)
    assert (found, count, best) == ([0, 1], 2, Rank.WHOLE)
