"""The home sheet, read without glasses."""

from dataclasses import replace

from pzdesk.documents.home_sheet import HomePaper, home_sheet
from tests.documents.reading import content, pages, signs, squeezed
from tests.documents.samples import HOME, IMPRINT


def test_everything_is_large_and_names_and_numbers_to_call_are_larger() -> None:
    found = [sign for sign in signs(home_sheet(HOME)) if sign.bottom > 60]
    assert min(sign.size for sign in found) >= 14
    large = "".join(sign.sign for sign in found if sign.size >= 18)
    for call in (HOME.day, HOME.night, *HOME.others):
        assert call is not None
        assert squeezed(call.who) in large
        assert squeezed(call.number) in large


def test_it_says_whom_to_call_by_day_and_by_night() -> None:
    told = content(home_sheet(HOME))
    assert squeezed("Overdag Fenna Hoekstra 06-12 34 56 78") in told
    assert squeezed("Avond, nacht en weekend Huisartsenpost 0592-99 88 77") in told


def test_it_holds_wishes_limits_and_what_to_do() -> None:
    told = content(home_sheet(HOME))
    for words in (*HOME.wishes, *HOME.limits, *(then for _, then in HOME.scenarios)):
        assert squeezed(words) in told
    assert squeezed("Wat te doen als … u benauwd wordt Ga rechtop zitten") in told


def test_it_says_which_sheet_it_is_and_which_to_throw_away() -> None:
    told = content(home_sheet(HOME))
    assert squeezed("Versie 4, 24 november 2026, gemaakt door dr. De Boer.") in told
    assert (
        squeezed("Dit blad vervangt het blad van 12 augustus 2026. Gooi het oude blad weg.") in told
    )
    assert "vervangt" not in content(home_sheet(replace(HOME, replaces="")))


def test_there_is_a_line_to_sign() -> None:
    assert squeezed("besproken met datum en handtekening") in content(home_sheet(HOME))


def test_a_normal_sheet_takes_at_most_two_pages_and_the_second_says_whose_it_is() -> None:
    _, second = pages(home_sheet(HOME))
    assert "Mevrouw Jansen-de Vries, geboren 14 maart 1941 · vervolg" in second


def test_a_missing_number_is_never_blank() -> None:
    bare = HomePaper(imprint=IMPRINT, name="A", born="", version="1", made="nu", made_by="M.")
    told = content(home_sheet(bare))
    assert told.count(squeezed("nog niet ingevuld: vraag het aan de praktijk")) == 2
    assert squeezed("Hierover is nog niets afgesproken.") in told
