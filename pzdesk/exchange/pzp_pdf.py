"""STUB by the lead so that services import: overwrite me with the real reader."""

from dataclasses import dataclass
from datetime import date

from pzdesk.domain.errors import UnreadableFile
from pzdesk.domain.pzp import Answer, Leftover


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    answers: dict[str, Answer]
    leftovers: tuple[Leftover, ...]
    patient_name: str
    birth_date: date | None
    talk_on: date | None
    held_by: str
    held_by_function: str
    digest: str
    remarks: tuple[str, ...]


def read_form(pdf: bytes) -> ReadForm:
    raise UnreadableFile("stub")
