"""The audit log for who keeps watch over it: found, read a page at a time, printed and taken along."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pzdesk.domain.audit import AuditEvent, AuditRow, What, wall_time
from pzdesk.domain.audit_log import LogFilter
from pzdesk.domain.audit_words import ANOTHER, NOBODY, SOMEBODY, line_words, role_words
from pzdesk.domain.emergency import EmergencyAccess
from pzdesk.domain.errors import NotFound
from pzdesk.domain.handout import Handout, HandoutKind
from pzdesk.domain.labels import label
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.user import Right, User
from pzdesk.services.papers import Paper
from pzdesk.services.session import Session, practice_of
from pzdesk.store import audit
from pzdesk.store.unit import Unit

ASKED_IN_VAIN = (AuditEvent.AUDIT_READ, AuditEvent.REFUSED)
"""Lines that may name a number that was nobody's."""
PAGE, ON_PAPER = 500, 2000
"""How many lines are read at once, and how many go on paper; a table takes them all."""
COLUMNS = (
    *("wanneer", "wie", "gebruikersnaam", "rol", "namens", "wat", "uitkomst", "patiënt"),
    *("nummer patiënt", "regel"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogNames:
    """Who stands behind a login and a number; who was destroyed has no name here any more."""

    users: Mapping[str, str]
    people: Mapping[PatientId, str]
    reasons: Mapping[int, str] = field(default_factory=dict)
    numbers: Mapping[int, str] = field(default_factory=dict)
    """The names of users by their number, for a line that is about one."""

    def what(self, line: AuditRow) -> str:
        """What was done, with the name of the user it was done to where the line is about that."""
        words = line_words(line)
        if line.event is not AuditEvent.WRITING_TAKEN_OVER:
            return words
        whom = self.numbers.get(line.object_id or 0, ANOTHER)
        return f"{words.removesuffix(ANOTHER)}{whom}"

    def who(self, login: str) -> str:
        """The name of a user."""
        return self.users.get(login, SOMEBODY if login == NOBODY else login)

    def reason(self, line: AuditRow) -> str:
        """Why somebody took emergency access, for the line that says they did."""
        is_one = line.event is AuditEvent.EMERGENCY_OPENED
        return self.reasons.get(line.object_id or 0, "") if is_one else ""

    def whom(self, patient: PatientId | None) -> str:
        """The name of a patient with the birth date; nothing where a line is about nobody."""
        return self.people.get(patient, f"patiënt {patient}") if patient is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLines:
    """Lines of the log, the newest first; ``count`` is how many there are of what was asked."""

    rows: Sequence[AuditRow]
    count: int
    names: LogNames


class LogService:
    """What a user does with the log; nobody changes it or takes a line away."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lines(
        self, asked: LogFilter, *, before: int | None = None, most: int | None = PAGE
    ) -> LogLines:
        """The newest lines of what is asked; ``before`` a line, for the ones after these; None: all.

        Raises:
            NotFound: a patient is asked for who is not there and was not either; of who was destroyed the
                lines are still there.
        """
        with self._session.reading(Right.AUDIT) as unit:
            found = self._found(unit, asked, before=before, most=most)
            unit.commit(
                *(AuditEvent.AUDIT_READ, What.READ),
                patient=asked.patient,
                kind="logboek",
                count=len(found.rows),
            )
        return found

    def preview(self, asked: LogFilter) -> bytes:
        """The lines as ``paper`` would print them now."""
        with self._session.reading(Right.AUDIT) as unit:
            data = self._sheet(unit, asked)
            unit.commit(
                *(AuditEvent.PREVIEWED, What.READ),
                patient=asked.patient,
                kind=HandoutKind.LOG.value,
            )
        return data

    def paper(self, asked: LogFilter) -> Paper:
        """The newest lines of what is asked on paper; how many that are of how many stands on it."""
        with self._session.reading(Right.AUDIT) as unit:
            data = self._sheet(unit, asked)
            unit.start_writing()
            handout = unit.add(
                Handout(
                    kind=HandoutKind.LOG,
                    digest=hashlib.sha256(data).hexdigest(),
                    size=len(data),
                    printed_at=self._session.now,
                    printed_by=self._session.user.id,
                )
            )
            unit.commit(
                *(AuditEvent.PRINTED, What.EXECUTE),
                patient=asked.patient,
                kind=HandoutKind.LOG.value,
                key=handout.id,
            )
        return Paper(data=data, handout=handout)

    def table(self, asked: LogFilter) -> bytes:
        """All lines of what is asked, as a table for a spreadsheet (CSV)."""
        from pzdesk.exchange.log_csv import log_csv

        with self._session.reading(Right.AUDIT) as unit:
            found = self._found(unit, asked, before=None, most=None)
            data = log_csv(COLUMNS, _cells(found))
            unit.commit(
                *(AuditEvent.AUDIT_EXPORTED, What.EXECUTE),
                patient=asked.patient,
                kind="logboek",
                count=len(found.rows),
            )
        return data

    def _found(
        self, unit: Unit, asked: LogFilter, *, before: int | None, most: int | None
    ) -> LogLines:
        if asked.patient is not None and not _is_known(unit, asked.patient):
            raise NotFound(
                f"Patiënt {asked.patient} bestaat niet in deze praktijk, en er is er ook geen met dit nummer "
                "vernietigd."
            )
        zone = self._session.now.tzinfo
        rows, count = audit.page(unit.connection, asked, zone, before=before, most=most)
        names = LogNames(
            users={user.login: user.name for user in unit.find(User)},
            people={one.id: named(one) for one in unit.find(Patient)},
            reasons={one.id: one.reason for one in unit.find(EmergencyAccess)},
            numbers={int(user.id): user.name for user in unit.find(User)},
        )
        return LogLines(rows=rows, count=count, names=names)

    def _sheet(self, unit: Unit, asked: LogFilter) -> bytes:
        from pzdesk.documents.log_sheet import LogPaper, log_sheet
        from pzdesk.documents.style import Imprint

        session, found = self._session, self._found(unit, asked, before=None, most=ON_PAPER)
        minute = session.now.replace(second=0, microsecond=0)
        imprint = Imprint(
            practice=practice_of(unit).name, printed_at=minute, printed_by=session.user.name
        )
        words = asked_words(asked, found.names)
        if len(found.rows) < found.count:
            words += f". De nieuwste {len(found.rows)} van {found.count} regels"
        return log_sheet(LogPaper(imprint=imprint, asked=words, lines=tuple(_on_paper(found))))


def _is_known(unit: Unit, patient: PatientId) -> bool:
    is_there = bool(unit.find(Patient, id=patient))
    return is_there or audit.has_lines(unit.connection, patient, besides=ASKED_IN_VAIN)


def named(patient: Patient) -> str:
    """A patient as lines of the log name one."""
    return f"{short(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"


def moment_words(line: AuditRow) -> str:
    """When a line was left, as the clock on the wall said it then."""
    return f"{wall_time(line.at, line.offset_minutes):%d-%m-%Y %H.%M}"


def role_and_behalf(line: AuditRow, names: LogNames) -> str:
    """Under which roles somebody acted, and for whom."""
    for_whom = f"namens {names.who(line.on_behalf_of)}" if line.on_behalf_of else ""
    return ", ".join(part for part in (role_words(line.roles), for_whom) if part)


def asked_words(asked: LogFilter, names: LogNames) -> str:
    """What was asked, in words; "alle regels" where nothing was left out."""
    parts = [
        f"over {names.whom(asked.patient)}" if asked.patient is not None else "",
        f"van {names.who(asked.login)}" if asked.login else "",
        label(asked.kind) if asked.kind is not None else "",
        f"vanaf {dutch_date(asked.since)}" if asked.since else "",
        f"tot en met {dutch_date(asked.until)}" if asked.until else "",
        "alleen noodtoegang" if asked.emergencies else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"Regels {said}" if said else "Alle regels"


def _on_paper(found: LogLines) -> Iterator[tuple[str, str, str, str, str]]:
    for line in found.rows:
        yield (
            moment_words(line),
            found.names.who(line.login),
            role_and_behalf(line, found.names),
            _with_reason(line, found.names),
            found.names.whom(line.patient_id),
        )


def _with_reason(line: AuditRow, names: LogNames) -> str:
    reason = names.reason(line)
    return f"{names.what(line)}: “{reason}”" if reason else names.what(line)


def _cells(found: LogLines) -> Iterator[tuple[str, ...]]:
    names = found.names
    for line in found.rows:
        yield (
            wall_time(line.at, line.offset_minutes).isoformat(timespec="seconds"),
            *(names.who(line.login), line.login, role_words(line.roles), line.on_behalf_of),
            *(_with_reason(line, names), line.outcome, names.whom(line.patient_id)),
            *(str(line.patient_id or ""), str(line.sequence)),
        )
