"""The whole file of a patient as facts: what ``resources/inzage.json`` names, as words and as plain values.

One walk makes both the paper and the JSON, so that neither tells what the other does not. A field that the
resource does not name is a bug, and is told as one: nothing is left out in silence.
"""

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from pzdesk import content
from pzdesk.content import ContentError
from pzdesk.domain import labels, pzp
from pzdesk.domain.advice import STATUS_OF, Advice
from pzdesk.domain.destruction import AskedBy, Destruction, named_row
from pzdesk.domain.file import PatientFile
from pzdesk.domain.former import Former
from pzdesk.domain.handout import Handout
from pzdesk.domain.markering import Told
from pzdesk.domain.mdo import ParticipantKind
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import NameOrder, dutch_date
from pzdesk.domain.pzp import PzpVersion
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.status import VALUES, Phase, Status, StatusKind
from pzdesk.domain.table_words import WORDS, rows_in_words

SECTIONS = ("destructions", "log")
"""What stands in the copy besides the fields of ``PatientFile``."""

_NAME_ORDER = {
    NameOrder.OWN: "eigen naam",
    NameOrder.PARTNER: "naam van de partner",
    NameOrder.PARTNER_OWN: "naam van de partner, eigen naam",
    NameOrder.OWN_PARTNER: "eigen naam, naam van de partner",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its key in the JSON, its label, its words on paper, its plain value (None: not filled in)."""

    key: str
    label: str
    words: str
    value: Any


@dataclass(frozen=True, slots=True)
class Row:
    """What was recorded once, as facts; those under the keys in ``head`` stand above the others."""

    head: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of what was recorded, the earliest first."""

    key: str
    title: str
    rows: tuple[Row, ...]


@functools.cache
def plan() -> Mapping[str, Any]:
    """How the copy is made up (raises ``ContentError`` where it lacks a part)."""
    data: Mapping[str, Any] = content.read_json("inzage.json")
    missing = {f.name for f in fields(PatientFile)} | set(SECTIONS)
    if missing := missing ^ set(data["sections"]):
        raise ContentError(f"inzage.json: sections {sorted(missing)}")
    return data


def without(kind: type, said: Mapping[str, Any]) -> Mapping[str, str]:
    """Which fields of a class do not stand in the copy, and why.

    Raises:
        ContentError: a field is neither named nor left out with a reason, or there is no such field.
    """
    out = dict(plan()["always_without"]) | dict(said.get("without", {}))
    known = {f.name for f in fields(kind)}
    named = set(said["fields"])
    if (lost := known - named - set(out)) or (lost := named - known):
        raise ContentError(f"inzage.json, {kind.__name__}: {sorted(lost)}")
    return {name: why for name, why in out.items() if name in known}


class Walk:
    """Goes over the file of one patient."""

    def __init__(self, file: PatientFile, users: Mapping[int, str]) -> None:
        self._file = file
        self._users = users
        self._versions = {version.id: version.number for version in file.pzp_versions}
        self._statements = {statement.id: statement.on for statement in file.statements}
        self._meetings = {meeting.id: meeting.on for meeting in file.meetings}

    def parts(self, extra: Mapping[str, Sequence[Any]]) -> tuple[Part, ...]:
        """All parts in the order of the plan; ``extra`` holds those that are no field of the file."""
        made = []
        for name, said in plan()["sections"].items():
            if isinstance(said.get("without"), str):
                continue
            found = extra[name] if name in extra else getattr(self._file, name)
            rows = [found] if is_dataclass(found) else _listed(found)
            made.append(
                Part(said["key"], said["title"], tuple(self._row(row, said) for row in rows))
            )
        return tuple(made)

    def _row(self, row: Any, said: Mapping[str, Any]) -> Row:
        without(type(row), said)
        facts = {
            name: tuple(self._facts(row, name, *named)) for name, named in said["fields"].items()
        }
        head = tuple(fact.key for name in said["head"] for fact in facts[name])
        return Row(head, tuple(fact for made in facts.values() for fact in made))

    def _facts(self, row: Any, name: str, key: str, label: str) -> Iterator[Fact]:
        value = getattr(row, name)
        if is_dataclass(value) and not isinstance(value, type):
            said = plan()["parts"][type(value).__name__]
            without(type(value), said)
            for inner, (inner_key, inner_label) in said["fields"].items():
                yield from self._facts(value, inner, inner_key, inner_label)
        elif isinstance(row, PzpVersion) and name == "answers":
            yield from self._answers(row)
        else:
            plain, words = self._told(row, name, value)
            yield Fact(key, label, words, plain)

    def _answers(self, version: PzpVersion) -> Iterator[Fact]:
        """Every question that was asked, as the form words it."""
        for row in pzp.answer_rows(content.pzp_form(), version.answers):
            number = f"{row.number} " if row.number else ""
            said = f"{row.answer}\n{row.note}" if row.note else row.answer
            yield Fact(row.question, f"{number}{row.label}", said, said)

    def _told(self, row: Any, name: str, value: Any) -> tuple[Any, str]:
        """A value as it stands in the JSON, and as words."""
        special = _SPECIAL.get((type(row), name)) or _BY_NAME.get(name)
        if special is not None:
            words = special(self, row, value)
            return words or None, words
        return self._plain(value)

    def _plain(self, value: Any) -> tuple[Any, str]:
        match value:
            case None | "" | ():
                return None, ""
            case bool():
                return value, "ja" if value else "nee"
            case StrEnum():
                words = labels.label(value) if type(value) in labels.LABELS else str(value)
                return words, words
            case datetime():
                here = value.astimezone()
                return here.isoformat(), f"{dutch_date(here.date())} {here:%H.%M} uur"
            case date():
                return value.isoformat(), dutch_date(value)
            case time():
                return f"{value:%H:%M}", f"{value:%H.%M} uur"
            case tuple():
                both = [self._nested(one) for one in value]
                return [plain for plain, _ in both], "\n".join(words for _, words in both)
            case _:
                return value, str(value)

    def _nested(self, value: Any) -> tuple[Any, str]:
        """One of several: its parts in one line of words, and by their keys."""
        if not is_dataclass(value) or isinstance(value, type):
            return self._plain(value)
        said = plan()["parts"][type(value).__name__]
        without(type(value), said)
        plain: dict[str, Any] = {}
        words = []
        for name, (key, label) in said["fields"].items():
            plain[key], told = self._told(value, name, getattr(value, name))
            if told:
                words.append(f"{label} {told}".strip())
        return plain, " · ".join(words)

    def user(self, _row: Any, key: Any) -> str:
        """Who did it; by number where nobody knows any more."""
        return self._users.get(key, f"gebruiker {key}")

    def users(self, _row: Any, keys: Any) -> str:
        """Several users."""
        return ", ".join(self.user(None, key) for key in keys)

    def professional(self, _row: Any, key: Any) -> str:
        """A professional by name."""
        found = self._file.professionals.get(key)
        return found.name if found is not None else ""

    def organisation(self, _row: Any, key: Any) -> str:
        """An organisation by name."""
        found = self._file.organisations.get(key)
        return found.name if found is not None else ""

    def meeting(self, _row: Any, key: Any) -> str:
        """A meeting by its day."""
        return f"overleg van {dutch_date(self._meetings[key])}" if key in self._meetings else ""

    def version(self, _row: Any, key: Any) -> str:
        """A version of the PZP by its number."""
        return f"versie {self._versions[key]}" if key in self._versions else ""

    def statement(self, _row: Any, key: Any) -> str:
        """A statement of the patient by its day."""
        on = self._statements.get(key)
        return f"verklaring van {dutch_date(on)}" if on else ""


Special = Callable[[Walk, Any, Any], str]


def _status_value(_walk: Walk, row: Any, value: str) -> str:
    kind: StatusKind | None = row.kind if isinstance(row, Status) else STATUS_OF.get(row.kind)
    allowed = VALUES[kind] if kind is not None else None
    known = allowed is not None and value in set(allowed)
    return labels.label(allowed(value)) if allowed is not None and known else value


def _transition(_walk: Walk, _row: Any, value: str) -> str:
    return labels.label(Phase(value)) if value in set(Phase) else value


def _audience(_walk: Walk, _row: Any, value: str) -> str:
    return labels.label(ParticipantKind(value)) if value in set(ParticipantKind) else value


def _asked_by(_walk: Walk, _row: Any, value: str) -> str:
    return labels.label(AskedBy(value)) if value in set(AskedBy) else value


def _how_much(_walk: Walk, row: Destruction, _value: Any) -> str:
    counts: dict[str, int] = {}
    for name in row.rows:
        table, _ = named_row(name)
        counts[table] = counts.get(table, 0) + 1
    return ", ".join(rows_in_words(table, count) for table, count in counts.items())


def _outcome(walk: Walk, row: Review, value: str) -> str:
    """What came of the screening of a mantelzorger is of the mantelzorger."""
    return "" if row.kind is ReviewKind.CAREGIVER else value


def _which(_walk: Walk, _row: Former, table: str) -> str:
    """Which row was changed: the patient, or a naaste or zorgverlener by name where it is still there."""
    return rows_in_words(table, 1).removeprefix("1 ") if table in WORDS else table


def _as_it_was(walk: Walk, row: Former, value: Mapping[str, str]) -> str:
    """Each field that was changed, by its label, with what stood there."""
    labels_of = _field_labels()
    said = []
    for name, text in value.items():
        label = labels_of.get((row.table, name), name)
        said.append(f"{label}: {_old_words(walk, name, json.loads(text))}")
    return "\n".join(said)


def former_words(file: PatientFile, row: Former) -> str:
    """What stood in a row before it was changed, a line for each field."""
    return _as_it_was(Walk(file, {}), row, row.was)


def _old_words(walk: Walk, name: str, value: Any) -> str:
    special = _BY_NAME.get(name)
    if special is not None and value:
        return special(walk, None, value)
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return ", ".join(_old_words(walk, "", one) for one in value) or "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return dutch_date(date.fromisoformat(value))
    return str(value) if value not in (None, "") else "leeg"


@functools.cache
def _field_labels() -> Mapping[tuple[str, str], str]:
    """The label of each column that is edited in its place, by table and name."""
    sections = plan()["sections"]
    tables_ = {"patient": "patient", "naaste": "naasten", "team_member": "team"}
    found = {}
    for table, section in tables_.items():
        for name, (key, label) in sections[section]["fields"].items():
            found[(table, name)] = label or key
    for part in ("Name", "Address"):
        for name, (_, label) in plan()["parts"][part]["fields"].items():
            found[("patient", name)] = label
    return found


def _version_number(_walk: Walk, row: PzpVersion, value: int) -> str:
    return f"versie {value}"


def _groups(_walk: Walk, _row: Any, value: Sequence[str]) -> str:
    known = content.target_groups()
    return ", ".join(known.get(group, group) for group in value)


_BY_NAME: Mapping[str, Special] = {
    "recorded_by": Walk.user,
    "printed_by": Walk.user,
    "changed_by": Walk.user,
    "user_id": Walk.user,
    "seen_by": Walk.users,
    "professional_id": Walk.professional,
    "organisation_id": Walk.organisation,
    "meeting_id": Walk.meeting,
    "version_id": Walk.version,
    "statement_id": Walk.statement,
    "name_order": lambda _walk, _row, value: _NAME_ORDER[value],
}
_SPECIAL: Mapping[tuple[type, str], Special] = {
    (Status, "value"): _status_value,
    (Advice, "value"): _status_value,
    (Told, "transition"): _transition,
    (Handout, "audience"): _audience,
    (Destruction, "asked_by"): _asked_by,
    (Destruction, "rows"): _how_much,
    (Review, "outcome"): _outcome,
    (Patient, "target_groups"): _groups,
    (Former, "table"): _which,
    (Former, "was"): _as_it_was,
    (PzpVersion, "number"): _version_number,
}


def _listed(found: Any) -> Sequence[Any]:
    return list(found.values()) if isinstance(found, Mapping) else list(found)
