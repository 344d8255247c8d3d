"""A patient: who somebody is, and what does not change from week to week."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NewType

from pzdesk.domain.errors import BadInput
from pzdesk.domain.person import MAX_NAME, Address, Name, Phone, Sex
from pzdesk.domain.texts import Line

PatientId = NewType("PatientId", int)
NEW = PatientId(0)

_ICPC = re.compile(r"[ABDFHKLNPRSTUWXYZ]\d{2}(\.\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Somebody whose palliative care the practice looks after; ``version`` counts the edits."""

    id: PatientId = NEW
    version: int = 1
    name: Name
    birth_date: date
    sex: Sex = Sex.UNKNOWN
    address: Address = Address()
    phones: tuple[Phone, ...] = ()
    bsn: str | None = None
    bsn_verified: bool = False
    his_number: Line = ""
    language: Line = ""
    diagnosis: str = ""
    icpc: str = ""
    target_groups: tuple[str, ...] = ()
    capable: bool | None = None
    capable_note: str = ""
    capable_on: date | None = None


def checked_icpc(text: str) -> str:
    """An ICPC-1 code as recorded in the HIS ("K77", "A89.01"), or nothing.

    Only the pattern is checked; the list itself is licensed and not shipped.

    Raises:
        BadInput: the pattern is not that of an ICPC code.
    """
    code = text.strip().upper()
    if code and not _ICPC.fullmatch(code):
        raise BadInput(
            f"“{text.strip()}” is geen ICPC-code. Een ICPC-code is een letter met twee cijfers, "
            "bijvoorbeeld K77 of A89.01.",
            field="icpc",
        )
    return code


def checked_birth_date(day: date, today: date) -> date:
    """A birth date that somebody alive today can have.

    Raises:
        BadInput: it lies in the future, or more than 120 years back.
    """
    if day > today:
        raise BadInput("De geboortedatum ligt in de toekomst.", field="geboortedatum")
    if today.year - day.year > 120:
        raise BadInput("De geboortedatum ligt meer dan 120 jaar terug.", field="geboortedatum")
    return day


def checked_name(name: Name) -> Name:
    """A name with at least an achternaam, no part longer than 200 characters.

    Raises:
        BadInput: the achternaam is missing or a part is too long.
    """
    if not name.achternaam.strip():
        raise BadInput("Vul een achternaam in.", field="achternaam")
    for part in (name.achternaam, name.voornamen, name.roepnaam, name.partner_achternaam):
        if len(part) > MAX_NAME:
            raise BadInput("Een naam mag hoogstens 200 tekens lang zijn.", field="achternaam")
    return name
