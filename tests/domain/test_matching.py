"""Who is the same person, who may be, and who is not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.matching import Comparable, Match, match, matches, surnames, written_name
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Name, NameOrder

BORN = date(1941, 3, 14)
OTHER = date(1944, 11, 2)
ANNA = Name(achternaam="Vries", voorvoegsels="de", voornamen="Anna Maria", roepnaam="Annie")


def both_ways(one: Name, other: Name, born: date = BORN, other_born: date = BORN) -> Match:
    """The match, which is the same whoever comes first."""
    found = match(one, born, other, other_born)
    assert match(other, other_born, one, born) is found
    return found


@pytest.mark.parametrize(
    "other",
    [
        Name(achternaam="de Vries", voornamen="Anna"),
        Name(achternaam="DE VRIES", voornamen="ANNA"),
        Name(achternaam="Vries", voorvoegsels="de", roepnaam="Annie"),
        Name(achternaam="Vries", voornamen="Annie"),
        Name(achternaam="Vries", initialen="A."),
        Name(achternaam="Vries", initialen="A.M."),
        Name(achternaam="Vries", initialen="AM"),
        Name(achternaam="Vries", voornamen="A.M."),
        Name(achternaam="Vriès", initialen="a"),
    ],
)
def test_same_birth_date_surname_and_first_name_or_initial_is_sure(other: Name) -> None:
    assert both_ways(ANNA, other) is Match.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # First names in full that differ, with the same initial, with a shared second name, with
        # the same first name told apart by the roepnaam or the second name, and initials that differ.
        (Name(achternaam="Bos", voornamen="Anna"), Name(achternaam="Bos", voornamen="Annie")),
        (
            Name(achternaam="Bos", voornamen="Johannes Maria"),
            Name(achternaam="Bos", voornamen="Petrus Maria"),
        ),
        (
            Name(achternaam="Bos", voornamen="Maria Johanna", roepnaam="Ria"),
            Name(achternaam="Bos", voornamen="Maria Johanna", roepnaam="Mia"),
        ),
        (
            Name(achternaam="Bos", voornamen="Anne-Marie"),
            Name(achternaam="Bos", voornamen="Anne-Sophie"),
        ),
        (Name(achternaam="Bos", initialen="A.M."), Name(achternaam="Bos", initialen="A.J.")),
        (Name(achternaam="Bos", voornamen="Anna Maria"), Name(achternaam="Bos", initialen="A.J.")),
    ],
)
def test_twins_are_possible_and_never_sure(one: Name, other: Name) -> None:
    assert both_ways(one, other) is Match.POSSIBLE


def test_two_people_with_one_name_and_other_birth_dates_are_possible() -> None:
    jan = Name(achternaam="Bakker", voornamen="Jan")
    assert both_ways(jan, jan, BORN, OTHER) is Match.POSSIBLE


def test_with_initials_only_another_birth_date_must_look_like_a_slip() -> None:
    jan = Name(achternaam="Bakker", initialen="J.")
    slips = (date(1941, 3, 15), date(1941, 4, 14), date(1914, 3, 14))
    for slip in slips:
        assert both_ways(jan, jan, BORN, slip) is Match.POSSIBLE
    assert both_ways(jan, jan, date(1941, 3, 4), date(1941, 4, 3)) is Match.POSSIBLE
    assert both_ways(jan, jan, BORN, OTHER) is Match.NONE


@pytest.mark.parametrize(
    "nameless", [Name(achternaam="Vries"), Name(achternaam="Vries", voorvoegsels="de")]
)
def test_a_missing_first_name_is_never_sure(nameless: Name) -> None:
    assert both_ways(ANNA, nameless) is Match.POSSIBLE
    assert both_ways(nameless, nameless) is Match.POSSIBLE
    assert both_ways(ANNA, nameless, BORN, OTHER) is Match.NONE


def test_punctuation_is_not_a_surname_in_common() -> None:
    one = Name(achternaam="-", voornamen="Anna")
    assert both_ways(one, Name(achternaam="?", voornamen="Anna")) is Match.POSSIBLE
    assert surnames(one) == frozenset()


@pytest.mark.parametrize("order", list(NameOrder))
@pytest.mark.parametrize(
    "written",
    [
        "A. de Vries",
        "A. Vries",
        "A. Jansen",
        "A. Jansen-de Vries",
        "A. de Vries-Jansen",
        "Jansen-de Vries, A.",
        "A. DeVries",
    ],
)
def test_a_married_name_matches_however_it_is_written(order: NameOrder, written: str) -> None:
    married = Name(
        achternaam="Vries",
        voorvoegsels="de",
        voornamen="Anna",
        partner_achternaam="Jansen",
        name_order=order,
    )
    assert both_ways(married, written_name(written)) is Match.SURE


def test_half_a_double_surname_is_possible_and_not_sure() -> None:
    double = Name(achternaam="Jansen-de Vries", initialen="A.")
    assert both_ways(double, Name(achternaam="Vries", voorvoegsels="de", initialen="A.")) is (
        Match.POSSIBLE
    )
    assert both_ways(double, Name(achternaam="Vries")) is Match.POSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Şahin", "Sahin"),
        ("Yağmur", "Yagmur"),
        ("Łukaszewicz", "Lukaszewicz"),
        ("Đorđević", "Dordevic"),
        ("Dĳkstra", "Dijkstra"),
        ("El Amrani", "Elamrani"),
        ("D'Hondt", "Dhondt"),
    ],
)
def test_letters_that_one_system_cannot_write_still_match(one: str, other: str) -> None:
    assert (
        both_ways(Name(achternaam=one, initialen="Ş."), Name(achternaam=other, initialen="S."))
        is Match.SURE
    )


def test_two_roepnamen_that_differ_are_for_the_user_to_judge() -> None:
    assert both_ways(ANNA, Name(achternaam="Vries", roepnaam="Anna")) is Match.POSSIBLE


def test_nobody_else_matches() -> None:
    other = Name(achternaam="Bos", voornamen="Piet")
    assert both_ways(ANNA, other) is Match.NONE
    assert both_ways(ANNA, other, BORN, OTHER) is Match.NONE
    sister = Name(achternaam="Vries", voorvoegsels="de", voornamen="Petra")
    assert both_ways(ANNA, sister, BORN, OTHER) is Match.NONE


def test_another_surname_with_the_same_birth_date_and_first_name_is_possible() -> None:
    assert both_ways(ANNA, Name(achternaam="Bos", voornamen="Anna")) is Match.POSSIBLE


words = st.sampled_from(["", "Anna", "Anna Maria", "Annie", "Jan", "A.M.", "Jan Willem"])
names = st.builds(
    Name,
    achternaam=st.sampled_from(["Vries", "de Vries", "Jansen-de Vries", "Bos", "Dĳk", "-", "Dijk"]),
    voorvoegsels=st.sampled_from(["", "de", "van"]),
    voornamen=words,
    initialen=st.sampled_from(["", "A.", "A.M.", "AJ", "J."]),
    roepnaam=words,
    partner_achternaam=st.sampled_from(["", "Jansen", "Bos"]),
    name_order=st.sampled_from(NameOrder),
)
days = st.integers(0, 40).map(lambda off: BORN + timedelta(days=off))


@given(names, days, names, days)
def test_a_match_does_not_depend_on_who_comes_first(
    one: Name, born: date, other: Name, other_born: date
) -> None:
    assert match(one, born, other, other_born) is match(other, other_born, one, born)


@given(names, days)
def test_somebody_with_a_first_name_is_surely_the_same_as_themselves(
    name: Name, born: date
) -> None:
    found = match(name, born, name, born)
    known = Comparable(name)
    if known.surnames and (known.given or known.called):
        assert found is Match.SURE
    else:
        assert found is not Match.SURE or name.initialen or name.voornamen


@given(names, days, names, days)
def test_whoever_matches_shares_a_birth_date_or_a_surname(
    one: Name, born: date, other: Name, other_born: date
) -> None:
    """What an index by birth date and ``surnames`` relies on to miss nobody."""
    if match(one, born, other, other_born) is not Match.NONE:
        assert born == other_born or surnames(one) & surnames(other)


def test_initials_that_fit_both_twins_give_two_sure_ones_to_choose_from() -> None:
    twins = [
        Patient(name=Name(achternaam="Bos", voornamen=first), birth_date=BORN)
        for first in ("Anna", "Annie")
    ]
    sure, possible = matches(Name(achternaam="Bos", initialen="A."), BORN, twins)
    assert sure == twins
    assert possible == []


def test_matches_are_parted_into_sure_and_possible() -> None:
    same = Patient(name=ANNA, birth_date=BORN)
    sister = Patient(name=Name(achternaam="Vries", voornamen="Petra"), birth_date=BORN)
    other = Patient(name=Name(achternaam="Bos", voornamen="Piet"), birth_date=BORN)
    assert matches(ANNA, BORN, [other, sister, same]) == ([same], [sister])
    assert matches(ANNA, OTHER, [other, sister]) == ([], [])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hendrik Hartman", {"achternaam": "Hartman", "voornamen": "Hendrik"}),
        ("Jansen-de Vries, A.", {"achternaam": "Jansen-de Vries", "initialen": "A."}),
        (
            "A. (Anna) Jansen-de Vries",
            {"achternaam": "Jansen-de Vries", "initialen": "A.", "roepnaam": "Anna"},
        ),
        (
            "mw. A. (Anna) van der Berg-de Groot",
            {
                "achternaam": "Berg-de Groot",
                "voorvoegsels": "van der",
                "initialen": "A.",
                "roepnaam": "Anna",
            },
        ),
        ("dr. De Boer", {"achternaam": "Boer", "voorvoegsels": "de"}),
        ("Boer, A. de", {"achternaam": "Boer", "voorvoegsels": "de", "initialen": "A."}),
        ("Boer, de", {"achternaam": "Boer", "voorvoegsels": "de"}),
        ("Jansen A.M.", {"achternaam": "Jansen", "initialen": "A.M."}),
        ("Jansen AM", {"achternaam": "Jansen", "initialen": "AM"}),
        ("Vries A. de", {"achternaam": "Vries", "voorvoegsels": "de", "initialen": "A."}),
        ("de heer J. de Heer", {"achternaam": "Heer", "voorvoegsels": "de", "initialen": "J."}),
        ("Heer, A.", {"achternaam": "Heer", "initialen": "A."}),
        ("V. Jansen", {"achternaam": "Jansen", "initialen": "V."}),
        ("Ben Jansen", {"achternaam": "Jansen", "voornamen": "Ben"}),
        ("Ing Tan", {"achternaam": "Tan", "voornamen": "Ing"}),
        ("ing. K. Tan", {"achternaam": "Tan", "initialen": "K."}),
        ("A. v.d. Berg", {"achternaam": "Berg", "voorvoegsels": "v.d.", "initialen": "A."}),
        ("'t Hart, W.", {"achternaam": "Hart", "voorvoegsels": "'t", "initialen": "W."}),
        (
            "prof. dr. J.Th. in 't Veld",
            {"achternaam": "Veld", "voorvoegsels": "in 't", "initialen": "J.Th."},
        ),
        (
            "mevrouw A. van 't Hof - ten Brink",
            {"achternaam": "Hof-ten Brink", "voorvoegsels": "van 't", "initialen": "A."},
        ),
        (
            "ANNA DE VRIES",
            {"achternaam": "VRIES", "voorvoegsels": "DE", "voornamen": "ANNA"},
        ),
        ("Anna De Boer", {"achternaam": "Boer", "voorvoegsels": "De", "voornamen": "Anna"}),
        ("Şahin, Ayşe", {"achternaam": "Şahin", "voornamen": "Ayşe"}),
        (
            "mw. Jansen geb. de Vries",
            {
                "achternaam": "Vries",
                "voorvoegsels": "de",
                "partner_achternaam": "Jansen",
                "name_order": "NL3",
            },
        ),
        (
            "Jansen (geb. de Vries), A.",
            {
                "achternaam": "Vries",
                "voorvoegsels": "de",
                "initialen": "A.",
                "partner_achternaam": "Jansen",
                "name_order": "NL3",
            },
        ),
        (
            "A. de Vries e/v Jansen",
            {
                "achternaam": "Vries",
                "voorvoegsels": "de",
                "initialen": "A.",
                "partner_achternaam": "Jansen",
            },
        ),
        ("Jansen", {"achternaam": "Jansen"}),
        ("A.", {"achternaam": "A."}),
    ],
)
def test_a_name_on_one_line_falls_into_its_parts(text: str, parts: dict[str, str]) -> None:
    name = written_name(text)
    found = {part: getattr(name, part) for part in Name.__slots__ if getattr(name, part)}
    assert found == {"name_order": "NL1", **parts}


@pytest.mark.parametrize("text", ["", "  ", "mw.", "-", ", ,", "()"])
def test_where_no_name_stands_the_achternaam_is_empty(text: str) -> None:
    assert written_name(text).achternaam == ""


@given(st.text())
def test_any_text_at_all_can_be_read_as_a_name(text: str) -> None:
    name = written_name(text)
    assert both_ways(name, name) in Match


@given(
    st.sampled_from(["Jansen", "de Vries", "van der Berg", "in 't Veld", "Bos-ten Brink"]),
    st.sampled_from(["Anna", "Jan Willem", "A.M.", "J.Th."]),
    st.sampled_from(["", "mw. ", "dhr. ", "de heer ", "prof. dr. "]),
)
def test_surname_first_or_last_is_the_same_person(surname: str, first: str, title: str) -> None:
    one = written_name(f"{title}{first} {surname}")
    assert both_ways(one, written_name(f"{surname}, {title}{first}")) is Match.SURE
