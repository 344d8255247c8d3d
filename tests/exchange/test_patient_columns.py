"""Which column holds what, by its name or by a mapping file."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk import content
from pzdesk.domain.errors import BadInput
from pzdesk.domain.person import NameOrder, Sex, folded
from pzdesk.exchange.patient_columns import (
    Mapping,
    coded,
    fields,
    guess_mapping,
    mapping_from_json,
    places,
    recognised,
    signature,
    to_json,
)

HEADER = ("Patiëntnr.", "Achternaam", "Geb.datum", "Huisarts")


def guessed(*header: str) -> dict[str, str]:
    """The mapping of a header as a dictionary."""
    return dict(guess_mapping(header).columns)


def test_no_name_in_the_file_stands_for_two_fields() -> None:
    data: dict[str, Any] = content.read_json("patient_list.json")
    seen: dict[str, str] = {}
    for field, found in data["fields"].items():
        assert set(found) == {"label", "columns"}
        for name in found["columns"]:
            key = folded(name).replace(" ", "")
            assert seen.setdefault(key, field) == field, name
    assert set(data) == {"about", "noise", "fields", "values"}


def test_every_value_in_the_file_is_one_that_pzdesk_knows() -> None:
    values = content.read_json("patient_list.json")["values"]
    assert set(values) == {"geslacht", "naamgebruik"}
    assert set(values["geslacht"]) == {sex.value for sex in Sex}
    assert set(values["naamgebruik"]) == {order.value for order in NameOrder}
    for field, of_field in values.items():
        texts = [folded(text) for found in of_field.values() for text in found]
        assert len(texts) == len(set(texts)) == len(coded(field))


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Achternaam patiënt", "achternaam"),
        ("ACHTERNAAM", "achternaam"),
        ("Pat. achternaam", "achternaam"),
        ("Geslachtsnaam", "achternaam"),
        ("Tussenvoegsel", "voorvoegsels"),
        ("Voorletters", "initialen"),
        ("Voornaam", "voornamen"),
        ("Roepnaam", "roepnaam"),
        ("Partner_achternaam", "partner_achternaam"),
        ("Achternaam partner", "partner_achternaam"),
        ("Tussenvoegsel partner", "partner_voorvoegsels"),
        ("VOORV_EIGENNAAM", "voorvoegsels"),
        ("VOORV_PARTNER", "partner_voorvoegsels"),
        ("TELNR1", "telefoon"),
        ("Telefoonnummer 2", "mobiel"),
        ("Naamgebruik", "naamgebruik"),
        ("Naam patiënt", "naam"),
        ("Geb.datum", "geboortedatum"),
        ("GEBDAT", "geboortedatum"),
        ("Geb dat", "geboortedatum"),
        ("GeboorteDatum", "geboortedatum"),
        ("geboorte_datum (dd-mm-jjjj)", "geboortedatum"),
        ("M/V", "geslacht"),
        ("BSN-nummer", "bsn"),
        ("Straat + huisnr", "straat"),
        ("Huisnr.", "huisnummer"),
        ("Huisnr. toev.", "toevoeging"),
        ("Postcode/woonplaats", "postcode"),
        ("Plaats", "woonplaats"),
        ("Tel.", "telefoon"),
        ("Tel. privé", "telefoon"),
        ("Tel. mobiel", "mobiel"),
        ("Telefoon (mobiel)", "mobiel"),
        ("06-nummer", "mobiel"),
        ("Voertaal", "taal"),
        ("Hoofddiagnose", "diagnose"),
        ("ICPC-code", "icpc"),
        ("Patiëntnummer", "his_nummer"),
        ("Patnr", "his_nummer"),
    ],
)
def test_a_column_is_known_by_the_names_that_lists_use(column: str, field: str) -> None:
    assert recognised(column)
    assert guessed(column) == {field: column}


@pytest.mark.parametrize(
    "column",
    [
        *("", "Huisarts", "Naam huisarts", "Datum consult", "Geboorteplaats", "Kolom1", "()", "?"),
        *("Naam contactpersoon", "Telefoon huisarts", "Overlijdensdatum", "Geboorteland"),
    ],
)
def test_a_column_about_something_else_is_left_alone(column: str) -> None:
    assert not recognised(column)
    assert guessed(column) == {}


def test_naam_is_the_whole_name_unless_its_parts_have_their_own_columns() -> None:
    assert guessed("Naam", "Geb.datum")["naam"] == "Naam"
    assert guessed("Naam", "Roepnaam")["naam"] == "Naam"
    assert guessed("Naam", "Voorletters")["achternaam"] == "Naam"
    assert guessed("Naam", "Tussenvoegsel", "Achternaam")["naam"] == "Naam"


def test_the_better_name_wins_and_a_column_is_used_once() -> None:
    assert guessed("Meisjesnaam", "Achternaam") == {"achternaam": "Achternaam"}
    assert guessed("Meisjesnaam") == {"achternaam": "Meisjesnaam"}
    assert guessed("Telefoon (werk)", "Telefoon") == {"telefoon": "Telefoon"}
    assert guessed("Voorvoegsel", "Voorvoegsel (2)") == {"voorvoegsels": "Voorvoegsel"}


def test_nr_is_the_number_of_the_house_only_beside_the_street() -> None:
    assert guessed("Nr", "Straat", "Plaats") == {"straat": "Straat", "woonplaats": "Plaats"}
    assert guessed("Nr", "Straat", "Nr (2)")["huisnummer"] == "Nr (2)"
    assert guessed("Nr", "Straat", "Huisnr")["huisnummer"] == "Huisnr"
    assert guessed("Adres", "Nr.")["huisnummer"] == "Nr."


def test_a_mapping_file_names_what_the_guess_does_not_know() -> None:
    header = ("Nr", "Nm", "Gd", "Voornaam", "BSN")
    data = b'\xef\xbb\xbf{"Achternaam": "Nm", "geboortedatum": "GD", "bsn": null, "huisnummer": ""}'
    assert dict(mapping_from_json(data, header).columns) == {
        "achternaam": "Nm",
        "voornamen": "Voornaam",
        "geboortedatum": "Gd",
    }


def test_a_mapping_that_was_written_is_read_back_as_it_was() -> None:
    chosen = Mapping((("achternaam", "Achternaam"), ("geboortedatum", "Geb.datum")))
    assert mapping_from_json(to_json(chosen), HEADER) == chosen
    assert set(json.loads(to_json(chosen))) == set(fields())
    assert "Patiëntnr." in to_json(guess_mapping(HEADER)).decode()
    assert mapping_from_json(b"{}", HEADER) == guess_mapping(HEADER)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"geboorteplaats": "Geb.datum"}', "geboortedatum, geslacht"),
        (b'{"bsn": "Burgerservice"}', "“Patiëntnr.”, “Achternaam”, “Geb.datum”, “Huisarts”"),
        (b'{"bsn": 3}', "naam van één kolom"),
        (b'{"bsn": ["a"]}', "naam van één kolom"),
        (b'{"bsn": {"a": "b"}}', "naam van één kolom"),
        (b'{"bsn": "Huisarts", "BSN": "Huisarts"}', "twee keer"),
        (b'{"bsn": ', "niet te lezen"),
        (b'["bsn"]', "niet te lezen"),
        (b"3", "niet te lezen"),
        (b"", "niet te lezen"),
        (b"\xff\xfe\x00", "niet te lezen"),
        (b"[" * 90_000, "niet te lezen"),
        (b'{"bsn": "' + b"x" * 200_000 + b'"}', "niet te lezen"),
        (b'{"\\ud800": "\\ud800"}', "geen bekend gegeven"),
        (b'{"bsn": "\\ud800"}', "staat niet in de lijst"),
    ],
)
def test_a_mapping_file_that_cannot_be_used_says_what_is_possible(
    data: bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence.replace("(", r"\(")) as told:
        mapping_from_json(data, HEADER)
    str(told.value).encode()


@given(st.binary() | st.text().map(lambda text: json.dumps({"bsn": text}).encode()))
def test_any_mapping_file_gives_a_mapping_or_a_sentence(data: bytes) -> None:
    try:
        mapping = mapping_from_json(data, HEADER)
    except BadInput:
        return
    assert {column for _, column in mapping.columns} <= set(HEADER)


def test_a_mapping_finds_its_columns_in_the_header() -> None:
    assert places(HEADER, guess_mapping(HEADER)) == {
        "his_nummer": 0,
        "achternaam": 1,
        "geboortedatum": 2,
    }


def test_a_header_without_name_or_birth_date_is_told_with_the_columns_found() -> None:
    with pytest.raises(BadInput, match="de achternaam en de geboortedatum") as told:
        places(("Jansen", "14-03-1941"), guess_mapping(("Jansen", "14-03-1941")))
    assert "“Jansen”, “14-03-1941”" in str(told.value)
    with pytest.raises(BadInput, match="welke kolom de geboortedatum staat"):
        places(("Naam",), guess_mapping(("Naam",)))


def test_a_remembered_mapping_on_another_list_is_told() -> None:
    with pytest.raises(BadInput, match=r"“Geb\.datum” staat niet in de lijst"):
        places(("Achternaam", "Geboren"), guess_mapping(HEADER))


def test_a_header_is_remembered_whatever_the_order_of_its_columns() -> None:
    assert signature(HEADER) == signature(tuple(reversed(HEADER)))
    assert signature(HEADER) != signature(HEADER[:-1])
    assert signature(("ab", "c")) != signature(("a", "bc"))
