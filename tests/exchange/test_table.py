"""A table in every dress that a patient list comes in, and files that are none."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pzdesk.domain.errors import UnreadableFile
from pzdesk.exchange import table
from pzdesk.exchange.table import MAX_BYTES, MAX_ROWS, Table, clean, listed


def known(column: str) -> bool:
    """A few column names that are recognised."""
    return column in ("Naam", "Geb.datum", "Plaats")


def read(data: bytes | str) -> Table:
    """The table in a file of these bytes, text as UTF-8."""
    return table.from_bytes(data.encode() if isinstance(data, str) else data, known)


def cells(found: Table) -> list[tuple[str, ...]]:
    """The cells of every row."""
    return [row.cells for row in found.rows]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\r\r\n"])
def test_delimiter_and_line_ends_are_found(delimiter: str, newline: str) -> None:
    lines = (("Naam", "Geb.datum", "Plaats"), ("Bos", "14-03-1941", "Ommen"), ("Vos", "", ""))
    found = read(newline.join(delimiter.join(line) for line in lines) + newline)
    assert found.header == lines[0]
    assert cells(found) == [lines[1], lines[2]]
    assert [row.line for row in found.rows] == [2, 3]
    assert found.delimiter == delimiter
    assert found.faults == ()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Naam;Plaats\nÇelik ’t Hoën;Ommen".encode(), "utf-8"),
        ("Naam;Plaats\nÇelik ’t Hoën;Ommen".encode("utf-8-sig"), "utf-8"),
        ("Naam;Plaats\nÇelik ’t Hoën;Ommen".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "Naam;Plaats\nÇelik ’t Hoën;Ommen".encode("utf-16-be"), "utf-16"),
        ("Naam;Plaats\nÇelik ’t Hoën;Ommen".encode("cp1252"), "cp1252"),
    ],
)
def test_letters_come_through_whatever_the_encoding(data: bytes, encoding: str) -> None:
    found = read(data)
    assert cells(found) == [("Çelik ’t Hoën", "Ommen")]
    assert found.encoding == encoding


def test_one_damaged_byte_does_not_garble_the_other_letters() -> None:
    whole = "Naam;Plaats\nÇelik;Ommen\nHoën;Ommen\nRenée;Zwolle\n".encode()
    damaged = whole.replace("Hoën".encode(), b"Ho\xebn")
    assert [row[0] for row in cells(read(damaged))] == ["Çelik", "Ho\ufffdn", "Renée"]


def test_delimiters_newlines_and_quotes_inside_quotes_belong_to_the_cell() -> None:
    found = read('Naam;Plaats\n"Bos; Jan";"bij ""de\nbrug"""\nVos;Zwolle\n')
    assert cells(found) == [("Bos; Jan", 'bij "de\nbrug"'), ("Vos", "Zwolle")]
    assert [row.line for row in found.rows] == [2, 4]


def test_a_column_name_may_itself_run_over_two_lines() -> None:
    found = read('Naam;"Geb.\ndatum"\nBos;14-03-1941\n')
    assert found.header == ("Naam", "Geb. datum")
    assert found.rows[0].line == 3


def test_the_delimiter_is_not_mistaken_for_what_stands_inside_the_cells() -> None:
    found = read(
        "Naam;Adres (straat, nr, postcode, plaats);Geb.datum\n"
        "Bos;Dorpsstraat, 1, 1234 AB, Ommen;14-03-1941\n"
        "Vos;Brink, 2, 1234 AB, Ommen;15-03-1941\n"
    )
    assert found.delimiter == ";"
    assert len(found.header) == 3


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "\n\nsep=;"])
def test_the_first_line_that_excel_writes_is_no_header(first: str) -> None:
    found = read(f"{first}\nNaam;a,b,c\nBos;1,2,3\n")
    assert found.header == ("Naam", "a,b,c")
    assert cells(found) == [("Bos", "1,2,3")]


def test_a_tab_as_told_separator_is_believed() -> None:
    assert read("sep=\t\nNaam\tPlaats\nBos\tOmmen\n").header == ("Naam", "Plaats")


def test_blank_lines_and_rows_of_delimiters_only_are_skipped() -> None:
    found = read("\n\nNaam;Plaats\n\nBos;Ommen\n;\n   \nVos;Zwolle\n;;;\n")
    assert [row.line for row in found.rows] == [5, 8]
    assert found.faults == ()


@pytest.mark.parametrize(
    "text", ["Naam;Plaats;;\nBos;Ommen;;\n", "Naam;Plaats\nBos;Ommen;\n", "Naam;Plaats;\nBos;Ommen"]
)
def test_delimiters_behind_the_last_column_do_no_harm(text: str) -> None:
    found = read(text)
    assert found.header == ("Naam", "Plaats")
    assert cells(found) == [("Bos", "Ommen")]


def test_a_row_with_too_few_or_too_many_cells_is_told_and_stops_nothing() -> None:
    found = read("Naam;Geb.datum;Plaats\nBos;1\nVos;2;Ommen\nDas;3;Ommen;over\n")
    assert cells(found) == [("Vos", "2", "Ommen")]
    assert [fault.line for fault in found.faults] == [2, 4]
    assert found.faults[0].reason == ("Deze regel heeft 2 cellen, terwijl de kopregel er 3 heeft.")


@pytest.mark.parametrize(
    "lines",
    [
        # A stray mark at the beginning of a cell, at the end of two lines, and never closed.
        ['Bos;"Ommen;1', 'Vos;"Zwolle";2', "Das;Ommen;3"],
        ['Bos;Ommen;"', 'Vos;Zwolle;"', "Das;Ommen;3"],
        ['Bos;"Ommen;1', "Vos;Zwolle;2", "Das;Ommen;3"],
        ['Bos;"Ommen;"hart', 'Vos;Zwolle;"x"', "Das;Ommen;3"],
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_nobody(lines: list[str]) -> None:
    found = read("\n".join(["Naam;Plaats;x", *lines]))
    names = [row.cells[0] for row in found.rows]
    assert names[-1] == "Das"
    assert len(found.rows) + len(found.faults) == 3
    assert "Vos" in names or 3 in [fault.line for fault in found.faults]


def test_with_two_columns_an_open_quotation_mark_swallows_nobody_either() -> None:
    found = read('Naam;Plaats\nBos;"Ommen\nVos;"Zwolle"\nDas;Ommen\n')
    assert cells(found)[-2:] == [("Vos", "Zwolle"), ("Das", "Ommen")]


def test_a_quotation_mark_in_the_middle_of_a_word_is_just_that() -> None:
    found = read('Naam;Plaats\nBos "de Rooie" Jan;Ommen\n"Jan" Vos;3" plaat\n')
    assert cells(found) == [('Bos "de Rooie" Jan', "Ommen"), ("Jan Vos", '3" plaat')]


def test_two_columns_of_one_name_are_told_apart() -> None:
    found = read("Naam;Voorvoegsel;Naam;Voorvoegsel;Naam (2)\na;b;c;d;e\n")
    assert found.header == ("Naam", "Voorvoegsel", "Naam (2)", "Voorvoegsel (2)", "Naam (2) (2)")


def test_a_pasted_table_is_read_as_a_file_is() -> None:
    found = table.from_text("\ufeffNaam\tPlaats\r\nBos\t\r\nVos\tOmmen", known)
    assert cells(found) == [("Bos", ""), ("Vos", "Ommen")]
    assert found.encoding == ""


def zipped(name: str) -> bytes:
    """A zip file with one file in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leeg"),
        (b"\xef\xbb\xbf", "leeg"),
        (b" \r\n\t\r\n", "leeg"),
        (b"Naam;Plaats\r\n", "alleen een kopregel"),
        (b"sep=;\r\n", "kopregel"),
        (zipped("xl/workbook.xml"), "Dit is een Excel-bestand; sla het op als CSV"),
        (zipped("word/document.xml"), "Word-document"),
        (zipped("lijst.csv"), "zip-bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel-bestand"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf-bestand"),
        (b"\n<html><table><tr><td>Naam</td></tr></table>", "webpagina"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "afbeelding"),
        (b"Naam;Plaats\nBos\x00;Ommen\n", "geen leesbare tekst"),
        ("Naam;Plaats\nBos;Ommen\n".encode("utf-16-le"), "geen leesbare tekst"),
        (bytes(range(1, 256)) * 9, "geen leesbare tekst"),
        (b"x" * (MAX_BYTES + 1), "groter dan 20 MB"),
        (b"Naam;Plaats\n" + b"Bos;Ommen\n" * (MAX_ROWS + 1), "meer dan 50.000 regels"),
        (b"Naam" + b"\n" * 600_000 + b"x", "meer dan 50.000 regels"),
        (b";" * 1_000_000 + b"x", "kopregel"),
        (b"x" * 1_000_000, "kopregel"),
    ],
)
def test_what_is_no_list_is_told_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(data)


def test_a_pasted_text_that_is_too_long_is_told() -> None:
    with pytest.raises(UnreadableFile, match="te lang"):
        table.from_text("x" * (MAX_BYTES + 1), known)


def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(read(b"Naam;Plaats\n" + b"Bos;Ommen\n" * MAX_ROWS).rows) == MAX_ROWS


def test_a_row_without_end_is_told_for_what_it_is() -> None:
    found = read("Naam;Plaats\nBos;" + "x" * 300_000 + "\nVos;Ommen\n")
    assert [fault.reason for fault in found.faults] == ["Deze regel is langer dan 200.000 tekens."]
    assert cells(found) == [("Vos", "Ommen")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  van\u00a0der  Berg ", "van der Berg"),
        ("Jose\u0301", "José"),
        ("a\x07b\x7fc", "abc"),
        ("kop\r\npijn", "kop pijn"),
        ("zacht\u00adstreepje\u200b\ufeff", "zachtstreepje"),
        ("a\ud800b", "ab"),
        ('="00123"', "00123"),
        ('="zeg ""ja"""', 'zeg "ja"'),
        ("'0612345678", "0612345678"),
        ("'t Hart", "'t Hart"),
        ("=1+1", "=1+1"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_cells_are_cleaned_of_what_nobody_sees_and_of_what_excel_added(
    text: str, expected: str
) -> None:
    assert clean(text) == expected


@given(st.text())
def test_cleaning_leaves_nothing_invisible(text: str) -> None:
    found = clean(text)
    assert found == found.strip()
    assert not any(c in found for c in "\x00\x07\x1b\u00a0\u200b\n\t")
    found.encode()


def test_a_list_of_columns_in_a_sentence_stays_short() -> None:
    assert listed(("a", "", "b")) == "“a”, “b”"
    assert len(listed(tuple("x" * 300 for _ in range(400)))) < 1500
    assert listed(tuple("x" * 3 for _ in range(400))).endswith("en nog 370")


@settings(deadline=None)
@given(st.binary() | st.text(alphabet='a;,\t\n\r"= 0').map(str.encode))
def test_any_bytes_give_a_table_or_a_sentence(data: bytes) -> None:
    try:
        found = read(b"Naam;Plaats\n" + data)
    except UnreadableFile:
        return
    assert all(len(row.cells) == len(found.header) for row in found.rows)
    lines = [row.line for row in found.rows]
    assert lines == sorted(set(lines))


texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\x1a"), max_size=9)


@given(st.lists(st.tuples(texts, texts, texts), min_size=1), st.sampled_from(";,\t"))
def test_whatever_is_written_as_csv_comes_back(
    rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    rows = [tuple("x" + clean(cell) for cell in row) for row in rows]  # type: ignore[misc]
    text = f"Naam{delimiter}Plaats{delimiter}Geb.datum\n" + "\n".join(
        delimiter.join(map(quoted, row)) for row in rows
    )
    assert cells(read(text)) == rows
