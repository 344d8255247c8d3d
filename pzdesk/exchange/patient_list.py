"""The practice's patient list from the HIS: the people in it, and what in it cannot be used."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from stdnum.nl import bsn as stdnum_bsn

from pzdesk.domain.errors import BadInput
from pzdesk.domain.matching import (
    Match,
    is_voorvoegsel,
    looks_like_initials,
    match,
    written_name,
)
from pzdesk.domain.patient import checked_icpc, checked_name
from pzdesk.domain.person import MAX_NAME, Address, Name, NameOrder, Phone, Sex, folded
from pzdesk.domain.texts import MAX_TEXT
from pzdesk.exchange import table as tables
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
from pzdesk.exchange.table import Fault, Row, Table, clean
from pzdesk.exchange.written_date import read_birth_date, writes_month_first

T = TypeVar("T")

__all__ = [
    "Fault",
    "ListReading",
    "Mapping",
    "ReadPerson",
    "Row",
    "Table",
    "fields",
    "guess_mapping",
    "mapping_from_json",
    "read_rows",
    "read_table",
    "read_text",
    "signature",
    "to_json",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPerson:
    """Somebody in the list; ``remarks`` are Dutch sentences on what was left out or is odd.

    ``same_as`` is the line of an earlier row about the same person: add that one only.
    """

    line: int
    name: Name
    birth_date: date
    sex: Sex = Sex.UNKNOWN
    address: Address = Address()
    phones: tuple[Phone, ...] = ()
    bsn: str | None = None
    his_number: str = ""
    diagnosis: str = ""
    icpc: str = ""
    language: str = ""
    remarks: tuple[str, ...] = ()
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class ListReading:
    """The people in a list, the rows that cannot come in by line, and the columns not taken."""

    people: tuple[ReadPerson, ...]
    faults: tuple[Fault, ...]
    unused: tuple[str, ...] = ()


def read_table(data: bytes) -> Table:
    """The table in a file: UTF-8, UTF-16 with a mark, or else cp1252; ``;``, ``,`` or tab.

    Raises:
        UnreadableFile: it is empty, another kind of file, over 20 MB or over 50,000 rows.
    """
    return tables.from_bytes(data, recognised)


def read_text(text: str) -> Table:
    """The table in pasted text (raises ``UnreadableFile`` as ``read_table`` does)."""
    return tables.from_text(text, recognised)


def read_rows(table: Table, mapping: Mapping, today: date) -> ListReading:
    """The people in a table; a row that cannot come in is told and stops nothing else.

    Raises:
        BadInput: the mapping lacks a name or the birth date, or names a column that is not there.
    """
    where = places(table.header, mapping)
    rows = [
        (row.line, {field: clean(row.cells[at]) for field, at in where.items()})
        for row in table.rows
    ]
    month_first = writes_month_first(cells["geboortedatum"] for _, cells in rows)
    people: list[ReadPerson] = []
    faults = list(table.faults)
    for line, cells in rows:
        wrong: list[str] = []
        born = _told(
            lambda cells=cells: read_birth_date(  # type: ignore[misc]
                cells["geboortedatum"], today, month_first=month_first
            ),
            wrong,
        )
        found = _person(line, cells, born, wrong)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            people.append(found)
    taken = {column for _, column in mapping.columns}
    return ListReading(
        people=_with_doubles(people),
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
        unused=tuple(name for name in table.header if name and name not in taken),
    )


def _told(read: Callable[[], T], wrong: list[str]) -> T | None:
    """What was read; why it could not be is one more thing that is wrong."""
    try:
        return read()
    except BadInput as error:
        wrong.append(str(error))
        return None


def _person(
    line: int, cells: dict[str, str], born: date | None, wrong: list[str]
) -> ReadPerson | Fault:
    """Somebody, or everything that is wrong with the line, so that it is mended at once."""
    remarks: list[str] = []
    name = _told(lambda: checked_name(_name(cells, remarks)), wrong)
    for field, text in cells.items():
        most = MAX_TEXT if field == "diagnose" else MAX_NAME
        if len(text) > most:
            cells[field] = ""
            remarks.append(
                f"De tekst bij {fields()[field]} is langer dan {most} tekens en is niet overgenomen."
            )
    address = _address(cells)
    written = f"{name.voornamen} {name.achternaam}" if name is not None else ""
    if _MOJIBAKE.search(f"{written} {address.street} {address.city}"):
        remarks.append(
            "In de naam of het adres staan vreemde tekens (zoals Ã«). Kijk na hoe het hoort."
        )
    rest: dict[str, Any] = {
        "sex": Sex(_code(cells, "geslacht", remarks) or Sex.UNKNOWN),
        "address": address,
        "phones": _phones(cells, remarks),
        "bsn": _bsn(cells.get("bsn", ""), remarks),
        "his_number": _his_number(cells.get("his_nummer", ""), remarks),
        "diagnosis": cells.get("diagnose", ""),
        "icpc": _icpc(cells.get("icpc", ""), remarks),
        "language": cells.get("taal", ""),
    }
    if born is None or name is None:
        return Fault(line, " ".join((*wrong, *remarks)))
    return ReadPerson(line=line, name=name, birth_date=born, remarks=tuple(remarks), **rest)


def _name(cells: dict[str, str], remarks: list[str]) -> Name:
    whole, achternaam = cells.get("naam", ""), cells.get("achternaam", "")
    if len(whole) > MAX_NAME:
        raise BadInput(f"De naam is langer dan {MAX_NAME} tekens.", field="naam")
    name = Name(achternaam=achternaam) if achternaam or not whole else written_name(whole)
    bare, comma, behind = achternaam.rpartition(",")
    if comma and behind.split() and all(map(is_voorvoegsel, behind.split())):
        name = Name(achternaam=bare.strip(), voorvoegsels=behind.strip())
    given: dict[str, Any] = {
        part: cells[part] for part in _PARTS if 0 < len(cells.get(part, "")) <= MAX_NAME
    }
    name = replace(name, **given)
    if not folded(name.achternaam):
        raise BadInput("De achternaam ontbreekt.", field="achternaam")
    shouted = name.achternaam.isupper()
    first = name.voornamen.split()
    if not name.initialen and all(looks_like_initials(word, shouted=shouted) for word in first):
        name = replace(name, initialen=name.voornamen, voornamen="")
    if order := _code(cells, "naamgebruik", remarks):
        name = replace(name, name_order=NameOrder(order))
    return name if name.partner_achternaam else replace(name, name_order=NameOrder.OWN)


def _code(cells: dict[str, str], field: str, remarks: list[str]) -> str:
    text = cells.get(field, "")
    value = coded(field).get(folded(text), "")
    if folded(text) and not value:
        remarks.append(f"“{text[:40]}” bij {fields()[field]} is niet herkend en niet overgenomen.")
    return value


def _address(cells: dict[str, str]) -> Address:
    street, number = cells.get("straat", ""), cells.get("huisnummer", "")
    number = f"{number} {cells.get('toevoeging', '')}".strip()
    if number and not f" {street}".endswith(f" {number}"):
        street = f"{street} {number}".strip()
    postcode, city = cells.get("postcode", ""), cells.get("woonplaats", "")
    if found := _POSTCODE.fullmatch(postcode):
        postcode, city = f"{found[1]} {found[2].upper()}", city or found[3] or ""
    return Address(street=street, postcode=postcode, city=city)


def _phones(cells: dict[str, str], remarks: list[str]) -> tuple[Phone, ...]:
    phones: dict[str, Phone] = {}
    for field in ("telefoon", "mobiel"):
        text = cells.get(field, "")
        if not text or _rounded(text, fields()[field], remarks):
            continue
        pieces = _SEVERAL.split(text)
        if any(len(re.sub(r"\D", "", piece)) < 8 for piece in pieces):
            pieces = [text]
        for piece in pieces:
            found = _NUMBER.search(piece)
            digits = re.sub(r"\D", "", found[0]) if found else ""
            if not found or not _DIGITS[0] <= len(digits) <= _DIGITS[1]:
                remarks.append(f"“{piece[:40]}” is geen telefoonnummer en is niet overgenomen.")
                continue
            number = found[0].strip()
            if len(digits) == 9 and digits[0] != "0" and number[0] != "+":
                remarks.append(
                    f"Telefoonnummer {number} heeft negen cijfers; mogelijk is de nul vooraan "
                    "weggevallen."
                )
            note = f"{piece[: found.start()]} {piece[found.end() :]}".strip(" :;,-")
            note = note.removeprefix("(").removesuffix(")") if note.count("(") < 2 else note
            mobile = "mobiel" if _MOBILE.match(digits) else ""
            phones.setdefault(digits, Phone(number=number, note=note or mobile))
    return tuple(phones.values())


def _bsn(text: str, remarks: list[str]) -> str | None:
    """A BSN of nine digits; 0 stands for none in some systems, eight digits lost their first zero."""
    digits = re.sub(r"[ .-]", "", text)
    if not digits.strip("0") or _rounded(text, "BSN", remarks):
        return None
    if re.fullmatch(r"[0-9]{8,9}", digits) and stdnum_bsn.is_valid(digits.zfill(9)):
        return digits.zfill(9)
    remarks.append("Het BSN klopt niet (elfproef) en is niet overgenomen.")
    return None


def _his_number(text: str, remarks: list[str]) -> str:
    return "" if _rounded(text, fields()["his_nummer"], remarks) else text


def _icpc(text: str, remarks: list[str]) -> str:
    try:
        return checked_icpc(text)
    except BadInput:
        remarks.append(f"“{text[:40]}” is geen ICPC-code en is niet overgenomen.")
        return ""


def _rounded(text: str, what: str, remarks: list[str]) -> bool:
    """Whether Excel has made a number into 1,23E+08, which no one can make whole again."""
    if not _SCIENTIFIC.fullmatch(text):
        return False
    remarks.append(
        f"Bij {what} staat “{text}”: Excel heeft het nummer afgerond. Het is niet overgenomen."
    )
    return True


def _with_doubles(people: Iterable[ReadPerson]) -> tuple[ReadPerson, ...]:
    """The people, each later row of the same person with the line of the first."""
    found: list[ReadPerson] = []
    named: dict[tuple[object, ...], list[int]] = {}
    numbered: dict[tuple[str, str], int] = {}
    for person in people:
        key = (person.birth_date, *(folded(getattr(person.name, part)) for part in _ALL_PARTS))
        numbers = [
            (kind, number)
            for kind, number in (("bsn", person.bsn), ("his", person.his_number))
            if number
        ]
        alike = named.setdefault(key, [])
        others = [numbered[number] for number in numbers if number in numbered]
        same = [at for at in alike if not _other_sex(found[at], person)]
        first = next((at for at in same if not _other_numbers(found[at], person)), None)
        if first is None:
            first = next((at for at in others if _sure(found[at], person)), None)
        if first is not None:
            found.append(_again(found[first], person))
            continue
        if alike:
            person = _remarked(
                person,
                f"Zelfde naam en geboortedatum als op regel {found[alike[0]].line}, maar een ander "
                "geslacht, BSN of patiëntnummer.",
            )
        if person.bsn and (other := numbered.get(("bsn", person.bsn))) is not None:
            line = found[other].line
            found[other] = _without_bsn(found[other], person.line)
            person = _without_bsn(person, line)
        alike.append(len(found))
        for number in numbers:
            numbered.setdefault(number, len(found))
        found.append(person)
    return tuple(found)


def _other_sex(one: ReadPerson, other: ReadPerson) -> bool:
    """Brother and sister of one birth may share an initial; an unknown sex differs from nothing."""
    return {one.sex, other.sex} == {Sex.WOMAN, Sex.MAN}


def _sure(one: ReadPerson, other: ReadPerson) -> bool:
    if _other_sex(one, other):
        return False
    return match(one.name, one.birth_date, other.name, other.birth_date) is Match.SURE


def _other_numbers(one: ReadPerson, other: ReadPerson) -> bool:
    pairs = ((one.bsn, other.bsn), (one.his_number, other.his_number))
    return any(some and others and some != others for some, others in pairs)


def _again(first: ReadPerson, person: ReadPerson) -> ReadPerson:
    person = replace(person, same_as=first.line)
    differ = [
        label
        for part, label in _COMPARED.items()
        if getattr(person, part) not in (None, "", (), Address(), getattr(first, part))
    ]
    if not differ:
        return person
    return _remarked(
        person,
        f"{same_as(person)} Wat hier anders staat is niet overgenomen: {', '.join(differ)}.",
    )


def same_as(person: ReadPerson) -> str:
    """The sentence that somebody stands in the list before."""
    return f"Dezelfde persoon als op regel {person.same_as}."


def _without_bsn(person: ReadPerson, line: int) -> ReadPerson:
    told = f"Hetzelfde BSN staat op regel {line} bij iemand anders en is niet overgenomen."
    return _remarked(replace(person, bsn=None), told)


def _remarked(person: ReadPerson, sentence: str) -> ReadPerson:
    return replace(person, remarks=(*person.remarks, sentence))


_PARTS = (
    *("voorvoegsels", "voornamen", "initialen", "roepnaam"),
    *("partner_achternaam", "partner_voorvoegsels"),
)
_ALL_PARTS = ("achternaam", *_PARTS)
_COMPARED = {
    "address": "adres",
    "phones": "telefoonnummer",
    "bsn": "BSN",
    "his_number": "patiëntnummer",
    "language": "taal",
    "diagnosis": "diagnose",
    "icpc": "ICPC-code",
}
_DIGITS = (7, 15)  # a Dutch subscriber's number at least; ITU-T E.164 at most
_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})(?:,? +(.+))?")
_NUMBER = re.compile(r"\+?\(?[0-9][0-9 ()./-]*[0-9]")
_SEVERAL = re.compile(r" ?[/;,] ?| of | en ")
_MOBILE = re.compile(r"06|31\(?0?\)?6|00316")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]+")
# UTF-8 read as cp1252 ("RenÃ©"), the old DOS code page ("Ren‚"), a byte that could not be read.
_MOJIBAKE = re.compile("(?<=[a-z])[‚„‰ˆŠ‹]|[ÂÃÄÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\ufffd")
