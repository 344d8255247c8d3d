"""The people in a patient list: what comes in, what is left out, and that it is told."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput, PzdeskError
from pzdesk.domain.person import MAX_NAME, Address, Name, NameOrder, Phone, Sex
from pzdesk.domain.texts import MAX_TEXT
from pzdesk.exchange.patient_list import (
    ListReading,
    Mapping,
    ReadPerson,
    guess_mapping,
    read_rows,
    read_table,
    read_text,
)

TODAY = date(2026, 11, 22)
BORN = date(1941, 3, 14)


def reading(text: str, mapping: Mapping | None = None) -> ListReading:
    """The list in this text."""
    table = read_table(text.encode())
    return read_rows(table, mapping or guess_mapping(table.header), TODAY)


def person(**cells: str) -> ReadPerson:
    """The one person in a list of one row, with these columns beside surname and birth date."""
    columns = {"achternaam": "Vries", "geboortedatum": "14-03-1941", **cells}
    written = ['"' + text.replace('"', '""') + '"' for text in columns.values()]
    found = reading(f"{';'.join(columns)}\n{';'.join(written)}\n")
    assert found.faults == ()
    return found.people[0]


def test_a_whole_row_comes_in_with_every_zero() -> None:
    found = reading(
        "sep=;\r\n"
        "Patiëntnummer;Achternaam;Tussenvoegsel;Voornamen;Voorletters;Roepnaam;Geb.datum;M/V;BSN;"
        "Straat;Huisnummer;Toevoeging;Postcode;Woonplaats;Tel. thuis;Tel. mobiel;Taal;Diagnose;"
        "ICPC;Huisarts\r\n"
        '00123;Vries;de;Anna Maria;A.M.;Anna;14-03-1941 0:00:00;V;99990015;"Dorpsstraat";12;a;'
        '1234ab;Ommen;0523-012345;06-12345678;Nederlands;"hartfalen; NYHA 4";k77;dr. X\r\n'
    )
    assert found.people == (
        ReadPerson(
            line=3,
            name=Name(
                achternaam="Vries",
                voorvoegsels="de",
                voornamen="Anna Maria",
                initialen="A.M.",
                roepnaam="Anna",
            ),
            birth_date=BORN,
            sex=Sex.WOMAN,
            address=Address(street="Dorpsstraat 12 a", postcode="1234 AB", city="Ommen"),
            phones=(Phone(number="0523-012345"), Phone(number="06-12345678", note="mobiel")),
            bsn="099990015",
            his_number="00123",
            diagnosis="hartfalen; NYHA 4",
            icpc="K77",
            language="Nederlands",
        ),
    )
    assert found.faults == ()
    assert found.unused == ("Huisarts",)


def test_a_bad_row_is_told_with_its_line_and_stops_nothing_else() -> None:
    found = reading(
        "Achternaam;Voornaam;Geboortedatum\n"
        "Bos;Anna;31-02-1941\n"
        "Vos;Piet;14-03-1941\n"
        ";Jan;14-03-1941\n"
        "kort;rij\n"
        "Das;Kees;\n"
        "Uil;Ria;14-03-41\n"
        f"{'x' * 201};Ria;14-03-1941\n"
        "Lang;Loes;14-03-1941;over\n"
        "Haan;Loes;14-03-1941\n"
    )
    assert [each.name.achternaam for each in found.people] == ["Vos", "Haan"]
    assert [(fault.line, fault.reason.split(".")[0]) for fault in found.faults] == [
        (2, "De geboortedatum “31-02-1941” bestaat niet"),
        (4, "De achternaam ontbreekt"),
        (5, "Deze regel heeft 2 cellen, terwijl de kopregel er 3 heeft"),
        (6, "De geboortedatum ontbreekt"),
        (
            7,
            "De geboortedatum “14-03-41” heeft een jaartal van twee cijfers, zodat de eeuw niet "
            "vaststaat",
        ),
        (8, "Een naam mag hoogstens 200 tekens lang zijn"),
        (9, "Deze regel heeft 4 cellen, terwijl de kopregel er 3 heeft"),
    ]


def test_a_list_without_the_columns_that_count_is_told() -> None:
    with pytest.raises(BadInput, match="“Jansen”, “Anna”, “14-03-1941”"):
        reading("Jansen;Anna;14-03-1941\nBos;Piet;15-03-1941\n")


def test_a_mapping_of_the_users_own_is_followed() -> None:
    mapping = Mapping((("achternaam", "k2"), ("geboortedatum", "k3"), ("his_nummer", "k1")))
    found = reading("k1;k2;k3;k4\n007;Bos;14-03-1941;x\n", mapping)
    assert found.people[0].his_number == "007"
    assert found.unused == ("k4",)


def test_a_pasted_table_comes_in_as_well() -> None:
    table = read_text("Naam\tGeb.datum\nmw. A. (Anna) van der Berg\t14-03-1941\n")
    found = read_rows(table, guess_mapping(table.header), TODAY)
    assert found.people[0].name == Name(
        achternaam="Berg", voorvoegsels="van der", initialen="A.", roepnaam="Anna"
    )


def test_a_name_in_one_column_gives_way_to_the_parts_beside_it() -> None:
    found = reading("Volledige naam;Roepnaam;Geb.datum\nVries, A. de;Annie;14-03-1941\n")
    assert found.people[0].name == Name(
        achternaam="Vries", voorvoegsels="de", initialen="A.", roepnaam="Annie"
    )
    found = reading("Volledige naam;Achternaam;Geb.datum\nA. Bos;Vos;14-03-1941\nA. Bos;;1-1-1940")
    assert [each.name.achternaam for each in found.people] == ["Vos", "Bos"]


@pytest.mark.parametrize("written", ["", "-", "mw."])
def test_a_whole_name_that_is_none_is_a_missing_achternaam(written: str) -> None:
    found = reading(f"Naam;Geb.datum\n{written};14-03-1941\n")
    assert [fault.reason for fault in found.faults] == ["De achternaam ontbreekt."]


def test_voorvoegsels_behind_the_achternaam_go_where_they_belong() -> None:
    assert person(achternaam="Berg, van den").name == Name(
        achternaam="Berg", voorvoegsels="van den"
    )
    assert person(achternaam="Berg, Jan").name == Name(achternaam="Berg, Jan")


def test_a_double_surname_in_one_column_is_not_split() -> None:
    assert person(achternaam="Jansen-de Vries").name == Name(achternaam="Jansen-de Vries")
    assert person(achternaam="de Vries").name == Name(achternaam="de Vries")


def test_initials_in_the_column_of_first_names_are_initials() -> None:
    assert person(voornaam="A.M.").name.initialen == "A.M."
    assert person(voornaam="JM").name.initialen == "JM"
    assert person(voornaam="Jo").name.voornamen == "Jo"
    assert person(achternaam="BOS", voornaam="JO").name.voornamen == "JO"


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("NL3", NameOrder.PARTNER_OWN),
        ("V", NameOrder.PARTNER_OWN),
        ("partner-eigen", NameOrder.PARTNER_OWN),
        ("Eigen geslachtsnaam gevolgd door geslachtsnaam partner", NameOrder.OWN_PARTNER),
        ("P", NameOrder.PARTNER),
        ("E", NameOrder.OWN),
        ("", NameOrder.OWN),
    ],
)
def test_the_name_order_is_only_what_a_column_says(written: str, order: NameOrder) -> None:
    found = person(**{"achternaam partner": "Jansen", "naamgebruik": written})
    assert found.name.name_order is order
    assert found.name.partner_achternaam == "Jansen"
    assert found.remarks == ()


def test_a_name_order_without_a_partner_or_without_meaning_is_own() -> None:
    assert person(naamgebruik="NL3").name.name_order is NameOrder.OWN
    odd = person(**{"achternaam partner": "Jansen", "naamgebruik": "7"})
    assert odd.name.name_order is NameOrder.OWN
    assert odd.remarks == ("“7” bij naamgebruik is niet herkend en niet overgenomen.",)


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        *(("m", Sex.MAN), ("Man", Sex.MAN), ("male", Sex.MAN), ("dhr.", Sex.MAN)),
        *(("V", Sex.WOMAN), ("vrouw", Sex.WOMAN), ("F", Sex.WOMAN), ("Mw.", Sex.WOMAN)),
        *(("X", Sex.OTHER), ("onbekend", Sex.UNKNOWN), ("", Sex.UNKNOWN), ("-", Sex.UNKNOWN)),
    ],
)
def test_a_sex_is_read_where_it_is_plain(written: str, sex: Sex) -> None:
    found = person(geslacht=written)
    assert found.sex is sex
    assert found.remarks == ()


@pytest.mark.parametrize("written", ["1", "2", "W", "M/V"])
def test_a_sex_that_is_not_plain_is_unknown_and_told(written: str) -> None:
    found = person(geslacht=written)
    assert found.sex is Sex.UNKNOWN
    assert "geslacht" in found.remarks[0]


@pytest.mark.parametrize(
    ("written", "bsn"),
    [
        *(("999990019", "999990019"), ("9999.90.019", "999990019"), ("999 990 019", "999990019")),
        *(("99990015", "099990015"), ('="099990015"', "099990015"), ("'099990015", "099990015")),
        *(("", None), ("0", None), ("000000000", None), ("-", None)),
    ],
)
def test_a_bsn_comes_in_with_nine_digits_or_not_at_all(written: str, bsn: str | None) -> None:
    found = person(bsn=written)
    assert found.bsn == bsn
    assert found.remarks == ()


@pytest.mark.parametrize("written", ["999990018", "9999012", "0999990019", "geen", "999990019.0"])
def test_a_bsn_that_fails_the_elfproef_is_left_out_and_told(written: str) -> None:
    found = person(bsn=written)
    assert found.bsn is None
    assert found.remarks == ("Het BSN klopt niet (elfproef) en is niet overgenomen.",)


@pytest.mark.parametrize("column", ["bsn", "telefoon", "mobiel", "patiëntnummer"])
@pytest.mark.parametrize("written", ["1,23E+08", "6.12345678E8"])
def test_a_number_that_excel_has_rounded_is_left_out_and_told(column: str, written: str) -> None:
    found = person(**{column: written})
    assert (found.bsn, found.phones, found.his_number) == (None, (), "")
    assert len(found.remarks) == 1
    assert "Excel heeft het nummer afgerond" in found.remarks[0]


@pytest.mark.parametrize(
    ("written", "phones"),
    [
        ("0523-012345", (Phone(number="0523-012345"),)),
        ("(0523) 01 23 45", (Phone(number="(0523) 01 23 45"),)),
        ("0523/012345", (Phone(number="0523/012345"),)),
        ("+31 6 12345678", (Phone(number="+31 6 12345678", note="mobiel"),)),
        ('="0612345678"', (Phone(number="0612345678", note="mobiel"),)),
        (
            "06-12345678 (dochter, 's avonds)",
            (Phone(number="06-12345678", note="dochter, 's avonds"),),
        ),
        ("dochter: 0523-012345", (Phone(number="0523-012345", note="dochter"),)),
        (
            "0523-012345 / 06-12345678",
            (Phone(number="0523-012345"), Phone(number="06-12345678", note="mobiel")),
        ),
        ("0523-012345; 0523 012345", (Phone(number="0523 012345"),)),
    ],
)
def test_a_telephone_number_keeps_its_zeros_and_what_it_is_for(
    written: str, phones: tuple[Phone, ...]
) -> None:
    found = person(telefoon=written)
    assert [phone.number.replace(" ", "-") for phone in found.phones] == [
        phone.number.replace(" ", "-") for phone in phones
    ]
    assert [phone.note for phone in found.phones] == [phone.note for phone in phones]
    assert found.remarks == ()


def test_a_number_in_both_columns_comes_in_once() -> None:
    found = person(telefoon="0612345678", mobiel="06-12345678")
    assert found.phones == (Phone(number="0612345678", note="mobiel"),)


@pytest.mark.parametrize("written", ["geheim", "n.v.t.", "12", "0523012345 0612345678"])
def test_what_is_no_telephone_number_is_left_out_and_told(written: str) -> None:
    found = person(telefoon=written)
    assert found.phones == ()
    assert found.remarks == (f"“{written}” is geen telefoonnummer en is niet overgenomen.",)


def test_a_telephone_number_that_lost_its_zero_is_kept_and_told() -> None:
    found = person(mobiel="612345678")
    assert found.phones[0].number == "612345678"
    assert "nul vooraan" in found.remarks[0]


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"adres": "Dorpsstraat 12"}, Address(street="Dorpsstraat 12")),
        ({"adres": "Dorpsstraat 12", "nr": "12"}, Address(street="Dorpsstraat 12")),
        ({"straat": "Laan 1945", "huisnr": "5"}, Address(street="Laan 1945 5")),
        ({"postcode": "1234ab"}, Address(postcode="1234 AB")),
        ({"postcode": "1234 AB  Ommen"}, Address(postcode="1234 AB", city="Ommen")),
        ({"postcode": "B-9000"}, Address(postcode="B-9000")),
        ({"plaats": "'s-Gravenhage"}, Address(city="'s-Gravenhage")),
    ],
)
def test_an_address_is_put_together(cells: dict[str, str], address: Address) -> None:
    assert person(**cells).address == address


def test_a_code_that_is_no_icpc_is_left_out_and_told() -> None:
    found = person(icpc="K7", diagnose="hartfalen")
    assert (found.icpc, found.diagnosis) == ("", "hartfalen")
    assert found.remarks == ("“K7” is geen ICPC-code en is niet overgenomen.",)


def test_a_text_that_is_too_long_is_left_out_and_told() -> None:
    found = person(
        roepnaam="x" * (MAX_NAME + 1), diagnose="y" * (MAX_TEXT + 1), woonplaats="z" * MAX_NAME
    )
    assert (found.name.roepnaam, found.diagnosis) == ("", "")
    assert found.address.city == "z" * MAX_NAME
    assert found.remarks == (
        "De tekst bij roepnaam is langer dan 200 tekens en is niet overgenomen.",
        "De tekst bij diagnose is langer dan 20000 tekens en is niet overgenomen.",
    )


def test_letters_come_through_and_what_cannot_be_seen_does_not() -> None:
    found = person(achternaam="S\u0327ahin\u00a0Łoś\x07-Dĳk", diagnose="hart\nfalen\x7f =1+1")
    assert found.name.achternaam == "Şahin Łoś-Dĳk"
    assert found.diagnosis == "hart falen =1+1"


@pytest.mark.parametrize("garbled", ["RenÃ©e", "Ren\u201ae", "Ho\ufffdn"])
def test_letters_that_another_program_garbled_are_told(garbled: str) -> None:
    assert "vreemde tekens" in person(achternaam=garbled).remarks[0]


@pytest.mark.parametrize("name", ["Äijö", "Ångström", "O’Brien", "Çelik", "Âli", "van ’t Hof"])
def test_letters_that_belong_in_a_name_are_not(name: str) -> None:
    assert person(achternaam=name).remarks == ()


def test_in_a_list_with_the_month_first_no_date_is_taken_that_may_be_another() -> None:
    found = reading(
        "Naam;Geb\nA. Bos;03/14/1941\nB. Bos;03/04/1941\nC. Bos;12/31/1940\nD. Bos;05/05/1940\n"
    )
    assert [each.line for each in found.people] == [5]
    assert "maand vóór de dag" in found.faults[1].reason
    assert [fault.line for fault in found.faults] == [2, 3, 4]


def test_the_same_person_twice_in_one_list_points_to_the_first() -> None:
    found = reading(
        "Nr;Patnr;Achternaam;Voornaam;Geboortedatum;Diagnose;ICPC\n"
        "1;007;Vries;Anna;14-03-1941;hartfalen;K77\n"
        "2;008;Bos;Piet;15-03-1941;;\n"
        "3;007;VRIES;Anna;14-03-1941;hartfalen;K77\n"
        "4;007;Vries;Anna;14-03-1941;COPD;R95\n"
        "5;;Vries;Anna;14-03-1941;;\n"
        "6;007;de Vries;A.;14-03-1941;;\n"
    )
    assert [each.same_as for each in found.people] == [None, None, 2, 2, 2, None]
    again = found.people[3]
    assert again.remarks == (
        "Dezelfde persoon als op regel 2. Wat hier anders staat is niet overgenomen: diagnose, "
        "ICPC-code.",
    )
    assert found.people[2].remarks == ()


def test_the_same_number_and_surely_the_same_person_is_the_same() -> None:
    found = reading(
        "Patnr;Achternaam;Voornaam;Geboortedatum\n"
        "007;Vries;Anna Maria;14-03-1941\n"
        "007;de Vries-Jansen;Anna;14-03-1941\n"
        "007;Vries;A.M.;14-03-1941\n"
        "007;Vries;Petra;14-03-1941\n"
    )
    assert [each.same_as for each in found.people] == [None, None, 2, None]


def test_one_name_and_birth_date_with_two_numbers_is_two_people_and_told() -> None:
    found = reading(
        "BSN;Naam;Geboortedatum\n999990019;A. Bos;14-03-1941\n999990020;A. Bos;14-03-1941\n"
    )
    assert [each.same_as for each in found.people] == [None, None]
    assert found.people[1].remarks == (
        "Zelfde naam en geboortedatum als op regel 2, maar een ander geslacht, BSN of patiëntnummer.",
    )


def test_one_bsn_for_two_people_is_taken_for_neither() -> None:
    found = reading(
        "BSN;Naam;Geboortedatum\n999990019;A. Bos;14-03-1941\n999990019;P. Vos;15-03-1940\n"
    )
    assert [each.bsn for each in found.people] == [None, None]
    assert [each.remarks for each in found.people] == [
        ("Hetzelfde BSN staat op regel 3 bij iemand anders en is niet overgenomen.",),
        ("Hetzelfde BSN staat op regel 2 bij iemand anders en is niet overgenomen.",),
    ]


def test_twins_in_one_list_are_two_people() -> None:
    found = reading("Naam;Geb\nAnna Bos;14-03-1941\nAnnie Bos;14-03-1941\nA. Bos;14-03-1941\n")
    assert [each.same_as for each in found.people] == [None, None, None]


cell = st.text(max_size=12) | st.sampled_from(
    ["14-03-1941", "999990019", "K77", "V", "06-12345678", '="0"', "1E8", "Bos", "de", '"', "A.M."]
)


@settings(deadline=None)
@given(st.lists(st.lists(cell, min_size=1, max_size=12)), st.sampled_from(";,\t"))
def test_any_cells_give_people_or_faults_and_lose_no_row(
    rows: list[list[str]], delimiter: str
) -> None:
    header = (
        "Achternaam",
        "Geboortedatum",
        "BSN",
        "Telefoon",
        "ICPC",
        "Naamgebruik",
        "Partnernaam",
    )
    text = "\n".join(delimiter.join(row) for row in (header, *rows))
    try:
        table = read_text(text)
    except PzdeskError:
        return
    found = read_rows(table, guess_mapping(table.header), TODAY)
    lines = [each.line for each in found.people] + [fault.line for fault in found.faults]
    assert sorted(lines) == sorted(
        [row.line for row in table.rows] + [fault.line for fault in table.faults]
    )
    for each in found.people:
        assert each.name.achternaam
        assert each.same_as is None or each.same_as < each.line


@settings(deadline=None)
@given(st.binary())
def test_any_file_gives_a_reading_or_a_sentence(data: bytes) -> None:
    try:
        table = read_table(b"Naam;Geb\n" + data)
        read_rows(table, guess_mapping(table.header), TODAY)
    except PzdeskError as told:
        sentence = str(told)
    else:
        return
    assert sentence.endswith((".", "”."))


@pytest.mark.slow
def test_fifty_thousand_people_are_read_at_once() -> None:
    row = "{:05};Vries{};de;A.M.;Anna;14-03-1941;V;Dorpsstraat;12;1234 AB;Ommen;0523-012345;K77\n"
    text = (
        "Patnr;Achternaam;Tussenvoegsel;Voorletters;Roepnaam;Geb.datum;M/V;Straat;Nr;Postcode;"
        "Plaats;Tel;ICPC\n"
    ) + "".join(row.format(i, i) for i in range(50_000))
    found = reading(text)
    assert len(found.people) == 50_000
    assert found.people[-1].his_number == "49999"
    assert found.people[7].his_number == "00007"


def test_a_line_with_several_faults_tells_them_all() -> None:
    found = reading("achternaam;geboortedatum;bsn\n;31-02-1941;123456789\n")
    (fault,) = found.faults
    assert fault.reason == (
        "De geboortedatum “31-02-1941” bestaat niet. De achternaam ontbreekt. "
        "Het BSN klopt niet (elfproef) en is niet overgenomen."
    )
