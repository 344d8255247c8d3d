"""Names as people use them, and text as it is compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.person import (
    Name,
    NameOrder,
    Sex,
    age,
    dutch_date,
    folded,
    formal,
    initials,
    long_date,
    short,
    sort_key,
    spoken,
    surname,
)

MARRIED = Name(
    achternaam="Vries",
    voorvoegsels="de",
    voornamen="Anna Maria",
    roepnaam="Anna",
    partner_achternaam="Berg",
    partner_voorvoegsels="van den",
)


def ordered(order: NameOrder) -> Name:
    """The married name in another order."""
    return Name(
        achternaam="Vries",
        voorvoegsels="de",
        voornamen="Anna Maria",
        roepnaam="Anna",
        partner_achternaam="Berg",
        partner_voorvoegsels="van den",
        name_order=order,
    )


@pytest.mark.parametrize(
    ("order", "shown", "filed_under"),
    [
        (NameOrder.OWN, "de Vries", "vries anna"),
        (NameOrder.PARTNER, "van den Berg", "berg anna"),
        (NameOrder.PARTNER_OWN, "van den Berg-de Vries", "berg de vries anna"),
        (NameOrder.OWN_PARTNER, "de Vries-van den Berg", "vries van den berg anna"),
    ],
)
def test_each_name_order_shows_and_files_the_surname_in_use(
    order: NameOrder, shown: str, filed_under: str
) -> None:
    assert surname(ordered(order)) == shown
    assert sort_key(ordered(order)) == filed_under


def test_without_a_partner_every_order_gives_the_own_name() -> None:
    for order in NameOrder:
        assert surname(Name(achternaam="Bakker", name_order=order)) == "Bakker"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name(achternaam="X", voornamen="Anna Maria"), "A.M."),
        (Name(achternaam="X", voornamen="Anne-Marie"), "A.M."),
        (Name(achternaam="X", voornamen="IJsbrand Jan"), "IJ.J."),
        (Name(achternaam="X", voornamen="Şule"), "Ş."),
        (Name(achternaam="X", initialen="J.Th."), "J.Th."),
        (Name(achternaam="X", initialen="J Th"), "J.Th."),
        (Name(achternaam="X", initialen="AM"), "A.M."),
        (Name(achternaam="X", initialen="IJ."), "IJ."),
        (Name(achternaam="X", initialen="A.", voornamen="Anna Maria"), "A."),
        (Name(achternaam="X"), ""),
    ],
)
def test_initials_stand_with_full_stops(name: Name, expected: str) -> None:
    assert initials(name) == expected


def test_above_a_paper_title_initials_and_roepnaam_stand() -> None:
    assert formal(ordered(NameOrder.PARTNER_OWN), Sex.WOMAN) == (
        "Mevrouw A.M. (Anna) van den Berg-de Vries"
    )
    assert formal(ordered(NameOrder.OWN), Sex.UNKNOWN) == "A.M. (Anna) de Vries"


def test_a_voorvoegsel_is_large_only_where_no_first_name_stands_before_it() -> None:
    alone = Name(achternaam="Vries", voorvoegsels="de")
    assert short(alone, Sex.MAN) == "Dhr. De Vries"
    assert short(MARRIED, Sex.WOMAN) == "Mw. A.M. de Vries"
    assert spoken(MARRIED, Sex.WOMAN) == "mevrouw De Vries"
    assert spoken(MARRIED, Sex.OTHER) == "Anna de Vries"
    assert spoken(alone, Sex.UNKNOWN) == "De Vries"
    assert spoken(Name(achternaam="Hart", voorvoegsels="'t"), Sex.MAN) == "meneer 't Hart"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Şahin", "sahin"),
        ("Yağmur", "YAGMUR"),
        ("İpek Işık", "ipek isik"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Đorđević", "dordevic"),
        ("van Dĳk", "Van Dijk"),
        ("IJsselstein", "ĳsselstein"),
        ("Dÿkstra", "dijkstra"),
        ("Jansen-de Vries", "jansen de  vries"),
        ("'t Hart", "’t hart"),
        ("Jose\u0301", "José"),
        ("Weiß", "weiss"),
    ],
)
def test_folding_makes_what_sounds_alike_equal(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_folding_keeps_different_names_apart() -> None:
    assert len({folded(text) for text in ("Dijkstra", "Dykstra", "Jansen", "Janssen")}) == 4
    assert folded("Şen") != folded("Shen")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="abcŞğłđĳÿéÅ'- ").map(str.title))
def test_folding_does_not_see_case(text: str) -> None:
    assert folded(text.lower()) == folded(text)


def test_age_turns_on_the_birthday_itself() -> None:
    born = date(1941, 3, 14)
    assert age(born, date(2026, 3, 13)) == 84
    assert age(born, date(2026, 3, 14)) == 85
    assert age(date(2000, 2, 29), date(2026, 2, 28)) == 25


def test_days_are_written_the_dutch_way() -> None:
    assert dutch_date(date(1941, 3, 4)) == "04-03-1941"
    assert dutch_date(None) == ""
    assert long_date(date(2026, 12, 1)) == "dinsdag 1 december 2026"
