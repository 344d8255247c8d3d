"""A table as it travels: delimited text from a file or the clipboard, cell by cell with line numbers."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pzdesk.domain.errors import UnreadableFile

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 500
_MAX_LINES = 10 * MAX_ROWS
_MAX_LINE = 200_000
_MAX_LINES_IN_CELL = 40
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; ``line`` is the line in the file on which it begins, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot come in, in one Dutch sentence, with its line in the file."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file holds: unique column names, and rows with as many cells.

    ``faults`` are rows that are not built as the header says. ``delimiter`` is ``;``, ``,`` or tab;
    ``encoding`` is utf-8, utf-16 or cp1252, and empty for pasted text.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    delimiter: str
    encoding: str


def from_bytes(data: bytes, known: Callable[[str], bool]) -> Table:
    """The table in a file; ``known`` tells whether a column name is recognised.

    Raises:
        UnreadableFile: the file is empty, too large, not text, or holds no rows.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"Dit bestand is groter dan {MAX_BYTES // 1_000_000} MB. Maak in het HIS een kleinere "
            "lijst, bijvoorbeeld alleen de patiënten om wie het gaat."
        )
    _refuse_other_kinds(data)
    text, encoding = _decoded(data)
    return _table(text, encoding, known)


def from_text(text: str, known: Callable[[str], bool]) -> Table:
    """The table in pasted text (raises ``UnreadableFile`` as ``from_bytes`` does)."""
    if len(text) > MAX_BYTES:
        raise UnreadableFile(
            "Deze tekst is te lang om te plakken. Sla de lijst op als CSV-bestand."
        )
    return _table(text, "", known)


def clean(text: str) -> str:
    """Text as people read it: NFC, one space between words, nothing that cannot be seen.

    ``="0123"``, as lists for Excel write a number that must keep its zeros, is 0123.
    """
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", "".join(_visible(c) for c in text))
    text = " ".join(text.split())
    if wrapped := _EXCEL_TEXT.fullmatch(text):
        text = (wrapped[1].replace('""', '"') if wrapped[1] is not None else wrapped[2]).strip()
    return text


def listed(names: tuple[str, ...]) -> str:
    """Column names for a sentence, long ones and the end of a long list cut short."""
    shown = [name if len(name) <= 40 else f"{name[:39]}…" for name in names if name][:30]
    more = sum(1 for name in names if name) - len(shown)
    return ", ".join(f"“{name}”" for name in shown) + (f" en nog {more}" if more else "")


def _visible(c: str) -> str:
    kind = unicodedata.category(c)
    if kind == "Cc":
        return " " if c in "\t\n\r\v\f\x85" else ""
    if kind in ("Cf", "Cs") and c not in "\u200c\u200d":
        return ""
    return " " if kind in ("Zs", "Zl", "Zp") else c


def _refuse_other_kinds(data: bytes) -> None:
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, sentence in _OTHER_KINDS:
        if start.startswith(mark.lower()):
            if mark.startswith(b"PK"):
                sentence = next((told for inside, told in _IN_ZIP if inside in data), sentence)
            raise UnreadableFile(sentence)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and how it was written; a byte that says nothing becomes � in its own row only."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", "replace")
    # Where most letters beyond ASCII are sound UTF-8 it is that, damaged; in cp1252 none is.
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if beyond_ascii >= 2 * text.count("\ufffd"):
        return text, "utf-8"
    return data.decode("cp1252", "replace"), "cp1252"


def _table(text: str, encoding: str, known: Callable[[str], bool]) -> Table:
    text = text.removeprefix("\ufeff").removesuffix("\x1a")
    if not text.strip():
        raise UnreadableFile("Dit bestand is leeg.")
    start = text[:65_536]
    odd = sum(1 for c in start if c == "\ufffd" or (c < " " and c not in "\t\r\n\f"))
    if "\0" in text or odd * 50 > len(start) + 200:
        raise UnreadableFile(_NO_TEXT)
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n")
    text = text.replace("\r", " " if "\n" in text else "\n")
    if text.count("\n") > _MAX_LINES:
        raise UnreadableFile(_TOO_MANY)
    lines = text.split("\n")
    first = next(place for place, line in enumerate(lines) if line.strip())
    if told := _SEP.fullmatch(lines[first].strip(" ")):
        delimiter = told[1]
        first += 1
    else:
        delimiter = max(_DELIMITERS, key=lambda each: _likely(lines, first, each, known))
    header, rows, faults = _read(lines, first, delimiter)
    if not rows and not faults:
        raise UnreadableFile("Dit bestand heeft alleen een kopregel, geen patiënten.")
    return Table(
        header=header,
        rows=tuple(rows),
        faults=tuple(faults),
        delimiter=delimiter,
        encoding=encoding,
    )


def _read(
    lines: list[str], first: int, delimiter: str
) -> tuple[tuple[str, ...], list[Row], list[Fault]]:
    records = _records(lines, first, delimiter)
    header = _header(next(records, (0, None))[1])
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, cells in records:
        if cells is None:
            too_long = len(lines[line - 1]) > _MAX_LINE
            faults.append(Fault(line, _TOO_LONG if too_long else _OPEN_QUOTE))
        elif not _fits(cells, len(header)):
            faults.append(
                Fault(
                    line,
                    f"Deze regel heeft {len(cells)} cellen, terwijl de kopregel er "
                    f"{len(header)} heeft.",
                )
            )
        else:
            rows.append(Row(line, tuple(cells[: len(header)])))
        if len(rows) + len(faults) > MAX_ROWS:
            raise UnreadableFile(_TOO_MANY)
    return header, rows, faults


def _records(
    lines: list[str], first: int, delimiter: str
) -> Iterator[tuple[int, list[str] | None]]:
    """Every row that is not empty, with its line; None where it cannot be taken apart."""
    at = first
    width = 0
    while at < len(lines):
        line, number, used = lines[at], at + 1, 1
        cells: list[str] | None = None
        if '"' not in line and len(line) <= _MAX_LINE:
            cells = line.split(delimiter, MAX_COLUMNS)
        elif len(line) <= _MAX_LINE:
            cells, used = _quoted(lines, at, delimiter, width)
        at += used
        if cells is not None and not any(map(str.strip, cells)):
            continue
        if not width:
            width = len(_stripped(cells or []))
        yield number, cells


def _quoted(lines: list[str], at: int, delimiter: str, width: int) -> tuple[list[str] | None, int]:
    """The cells of a row with quotation marks, and how many lines it takes.

    A mark that is never closed must not swallow the people behind it: cells over several lines
    are believed only where they make exactly one row and no line inside looks like a row itself.
    """
    within = range(at, min(at + _MAX_LINES_IN_CELL, len(lines)))
    reader = csv.reader((lines[i] + "\n" for i in within), delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
        used = reader.line_num
        inside = lines[at + 1 : at + used]
        swallowed = width > 2 and any(line.count(delimiter) >= width - 1 for line in inside)
        if used == 1 or ((not width or _fits(cells, width)) and not swallowed):
            return cells, used
    except csv.Error:
        pass
    try:
        cells = next(csv.reader([lines[at]], delimiter=delimiter))
    except csv.Error:
        return None, 1
    return (cells if width and _fits(cells, width) else None), 1


def _fits(cells: list[str], width: int) -> bool:
    return len(cells) >= width and not any(map(str.strip, cells[width:]))


def _stripped(cells: list[str]) -> list[str]:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _header(cells: list[str] | None) -> tuple[str, ...]:
    """Column names, a second one of the same name numbered ("Voorvoegsel (2)")."""
    if cells is None or len(cells) > MAX_COLUMNS:
        raise UnreadableFile(
            "De eerste regel van dit bestand is geen kopregel met kolomnamen. Zet op de eerste "
            "regel de namen van de kolommen."
        )
    names: list[str] = []
    for cell in _stripped(cells):
        name = clean(cell)
        again, number = name, 1
        while again and again in names:
            number += 1
            again = f"{name} ({number})"
        names.append(again)
    return tuple(names)


def _likely(
    lines: list[str], first: int, delimiter: str, known: Callable[[str], bool]
) -> tuple[float, float, int]:
    """How well a delimiter explains the beginning: recognised names, rows as wide as the header."""
    records = _records(lines, first, delimiter)
    header = _stripped(next(records, (0, None))[1] or [])
    if len(header) < 2:
        return 0.0, 0.0, len(header)
    sample = [cells for (_, cells), _ in zip(records, range(_SAMPLE), strict=False)]
    fitting = sum(1 for cells in sample if cells is not None and _fits(cells, len(header)))
    share = fitting / len(sample) if sample else 1.0
    recognised = sum(1 for name in header[:MAX_COLUMNS] if known(clean(name)))
    return recognised * (0.1 + share), share * len(header), len(header)


_DELIMITERS = ("\t", ";", ",")
_SEP = re.compile(r'"?sep=([;,\t])"?', re.IGNORECASE)
_EXCEL_TEXT = re.compile(r"""="(.*)"|'(\d+)""")
_TOO_LONG = f"Deze regel is langer dan {_MAX_LINE // 1000}.000 tekens."
_OPEN_QUOTE = (
    'Een aanhalingsteken (") op deze regel wordt niet goed gesloten, zodat niet te zien is waar '
    "een cel eindigt."
)
_TOO_MANY = (
    f"Deze lijst heeft meer dan {MAX_ROWS:_} regels. Maak in het HIS een kleinere lijst, "
    "bijvoorbeeld alleen de patiënten om wie het gaat."
).replace("_", ".")
_NO_TEXT = (
    "Dit bestand is geen leesbare tekst. Maak in het HIS een CSV-bestand van de lijst, of sla de "
    "lijst in Excel op als “CSV UTF-8”."
)
_EXCEL = (
    "Dit is een Excel-bestand; sla het op als CSV: in Excel Bestand, Opslaan als, “CSV UTF-8”. "
    "Kies daarna dat bestand."
)
_WEB = (
    "Dit is een webpagina of XML-bestand, geen tabel als tekst. Open het in Excel en sla het op "
    "als “CSV UTF-8”."
)
_ZIP = "Dit is een zip-bestand. Pak het eerst uit en kies de lijst die erin zit."
_OTHER = "Dit is een {}, geen lijst. Maak in het HIS een CSV-bestand van de patiëntenlijst."
_OTHER_KINDS = (
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"\xd0\xcf\x11\xe0", _EXCEL),
    (b"%PDF", _OTHER.format("pdf-bestand")),
    (b"{\\rtf", _OTHER.format("Word-document")),
    (b"<html", _WEB),
    (b"<!doctype", _WEB),
    (b"<table", _WEB),
    (b"<?xml", _WEB),
    (b"\x89PNG", _OTHER.format("afbeelding")),
    (b"\xff\xd8\xff", _OTHER.format("afbeelding")),
    (b"\x1f\x8b", "Dit is een ingepakt bestand. Pak het eerst uit."),
    (b"SQLite format 3", _OTHER.format("database")),
)
_IN_ZIP = (
    (b"xl/", _EXCEL),
    (b"opendocument.spreadsheet", _EXCEL.replace("een Excel-bestand", "een rekenblad")),
    (b"word/", _OTHER.format("Word-document")),
    (b"opendocument.text", _OTHER.format("tekstdocument")),
)
