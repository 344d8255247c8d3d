"""Destruction of a file or of a part of it, and the tombstone by which a restore destroys it again.

A patient may ask to have the file destroyed, whole or in part (BW 7:455 lid 1); not what is of great
interest to somebody else, and not what a law says must be kept (lid 2). That the hulpverlener judges.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import dutch_date, folded, surname
from pzdesk.domain.texts import Line

SOURCE = "BW 7:455 (WGBO)"


class AskedBy(StrEnum):
    """On whose request, or why without one; a fixed list, so that no name stays behind."""

    PATIENT = "patient"
    REPRESENTATIVE = "vertegenwoordiger"
    TERM = "bewaartermijn"
    MISTAKE = "vergissing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """The fact that something of a patient was destroyed: no value of it, only which rows, when and why.

    ``was_patient`` is the number that the patient had. ``mark`` tells the persons apart who may have had it
    in copies that went their own way: "sequence:head" of a line of the log in which that number was this
    person already. ``rows`` names the destroyed rows as "table:id"; with ``whole`` only those of which a
    draft may be that does not name the patient (actions and agenda items). ``asked_by`` is a word of
    ``AskedBy``.
    """

    id: int = 0
    was_patient: int
    mark: Line
    whole: bool
    rows: tuple[str, ...] = ()
    on: date
    asked_by: Line = ""
    reason: str = ""
    recorded_at: datetime
    recorded_by: int


def marked_line(destruction: Destruction) -> tuple[int, str] | None:
    """The line of the log that the mark names; None when it names none."""
    found = re.fullmatch(r"(\d{1,15}):([0-9a-f]{64})", destruction.mark)
    return (int(found[1]), found[2]) if found else None


def is_same(one: Destruction, other: Destruction) -> bool:
    """Whether two rows, of two copies of a store, tell of the same destruction."""
    return (
        (one.was_patient, one.mark, one.rows, one.recorded_at)
        == (other.was_patient, other.mark, other.rows, other.recorded_at)
    )  # fmt: skip


def row_name(table: str, key: int) -> str:
    """How a destruction names a row."""
    return f"{table}:{key}"


def named_row(name: str) -> tuple[str, int]:
    """The table and the id that ``row_name`` named (raises ``ValueError``)."""
    table, key = name.split(":")
    return table, int(key)


def check_typed(patient: Patient, typed: str) -> None:
    """Let who typed the surname or the birth date of the patient go on: it cannot be undone.

    Raises:
        BadInput: it is neither.
    """
    names = {folded(surname(patient.name)), folded(patient.name.achternaam)}
    days = {folded(dutch_date(patient.birth_date)), f"{patient.birth_date:%d%m%Y}"}
    if folded(typed) not in names | days:
        raise BadInput(
            "Dit is niet de achternaam of de geboortedatum van deze persoon.", field="bevestiging"
        )


def check_reason(patient: Patient, reason: str) -> str:
    """Why it is destroyed, without who it was: that line stays.

    Raises:
        BadInput: the reason is empty, or names the patient.
    """
    if not folded(reason):
        raise BadInput("Geef aan waarom dit wordt vernietigd.", field="reden")
    name = patient.name
    own = (name.achternaam, name.partner_achternaam, name.roepnaam)
    if any(_holds(reason, one) for one in own) or _numbers_in(reason, patient):
        raise BadInput(
            "Noem hier niet wie het was: deze regel blijft staan als al het andere weg is.",
            field="reden",
        )
    return reason.strip()


def is_about(patient: Patient, words: str) -> bool:
    """Whether a text is about the patient for certain: by number, or by surname with a first name."""
    name = patient.name
    firsts = (name.roepnaam, *name.voornamen.split())
    named = _holds(words, name.achternaam) and any(_holds(words, first) for first in firsts)
    return named or _numbers_in(words, patient)


def _holds(words: str, part: str) -> bool:
    """Whether words stand in a text one after another."""
    there, sought = folded(words).split(), folded(part).split()
    size = len(sought)
    return bool(sought) and any(there[at : at + size] == sought for at in range(len(there)))


def _numbers_in(words: str, patient: Patient) -> bool:
    """Whether the birth date, as it is usually written, or the BSN stands in a text."""
    digits = re.sub(r"[\s./-]", "", words)
    born = f"{patient.birth_date:%d%m%Y}"
    return born in digits or bool(patient.bsn and patient.bsn in digits)
