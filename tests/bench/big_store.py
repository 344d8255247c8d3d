"""A store of any size for measuring, filled in bulk; the same rows for the same size."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pzdesk.domain.audit import START, AuditEvent, AuditRow, What, head_of, utc_text
from pzdesk.domain.mdo import AgendaItem, Invitee, Meeting, MeetingState
from pzdesk.domain.network import Discipline, Naaste, NaasteRole, Organisation, Professional
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.pzp import PzpVersion
from pzdesk.domain.screening import Screening
from pzdesk.domain.user import Role, UserId
from pzdesk.services.session import Session
from pzdesk.store import audit, folder, tables
from pzdesk.store.columns import to_row
from tests import factories
from tests.bench.lives import FIRST_DAY, ORGANISATIONS, PROFESSIONALS, Lives
from tests.factories import NOW, TODAY

RICH = PatientId(1)
AGENDA = 20
ROLES = (Role.HUISARTS, Role.BEHEERDER)


@dataclass(frozen=True, slots=True)
class BigStore:
    """A store on disk: how many patients, and a meeting to come with twenty of them on its agenda."""

    place: Path
    key: bytes
    patients: int
    meeting_id: int

    @property
    def database(self) -> Path:
        """The encrypted file."""
        return self.place / folder.DATABASE

    def open(self) -> Session:
        """A session in it, opened by its raw key."""
        user = factories.a_user(*ROLES)
        return Session(folder.open_with_key(self.place, self.key, NOW), user, lambda: NOW)


def make(place: Path, key: bytes, patients: int) -> BigStore:
    """A store with so many patients (at least twenty), of whom the first has a rich file."""
    session = factories.a_session(place, key, lambda: NOW, ROLES)
    days = _meeting_days(patients)
    values = _values(patients, days)
    with session.store.engine.connect().execution_options(pzdesk_writes=True) as connection:
        for kind, table in tables.TABLES.items():
            flatten = tables.FLATTEN.get(kind, frozenset())
            rows = [to_row(value, flatten) for value in values.pop(kind, ())]
            if rows:
                connection.execute(table.insert(), rows)
        _fill_log(connection, patients)
        connection.commit()
    session.close()
    (
        place / folder.ANCHOR
    ).unlink()  # it knows one line of the log; the next reading writes it anew
    return BigStore(place, key, patients, meeting_id=len(days) + 1)


def _meeting_days(patients: int) -> tuple[date, ...]:
    count = max(16, patients // 10)
    return tuple(FIRST_DAY + timedelta(days=720 * n // count) for n in range(count))


def _values(patients: int, days: tuple[date, ...]) -> dict[type, list[Any]]:
    """All rows by class; what is recorded over time lies in the order of time, as in a real file."""
    lives = Lives(patients, days)
    made: dict[type, list[Any]] = defaultdict(list)
    for number in range(1, patients + 1):
        patient = lives.patient(number)
        made[Patient].append(patient)
        for value in lives.rows(patient, rich=number == RICH):
            made[type(value)].append(value)
    made[Naaste] = _numbered(made[Naaste])
    for naaste in made[Naaste]:
        if NaasteRole.MANTELZORGER in naaste.roles:
            for _ in range(12 if naaste.patient_id == RICH else 1):
                number = len(made[Screening]) + 1
                for value in lives.screenings(naaste.patient_id, naaste.id, number):
                    made[type(value)].append(value)
    for kind, rows in made.items():
        if kind is not Screening and rows and hasattr(rows[0], "recorded_at"):
            made[kind] = _numbered(sorted(rows, key=attrgetter("recorded_at")))
    for version in made[PzpVersion]:
        verdict = lives.verdict(version)
        if verdict is not None:
            made[type(verdict)].append(verdict)
    made[Organisation] = _numbered(
        [Organisation(name=f"Zorggroep {n}", phone_day="0592-111222") for n in range(ORGANISATIONS)]
    )
    made[Professional] = _numbered(list(_professionals()))
    made[Meeting] = _numbered([_meeting(day) for day in (*days, TODAY + timedelta(days=7))])
    made[AgendaItem] = sorted(made[AgendaItem], key=attrgetter("meeting_id"))
    made[AgendaItem] += _agenda_to_come(patients, len(made[Meeting]))
    return made


def _numbered(rows: list[Any]) -> list[Any]:
    return [replace(row, id=number) for number, row in enumerate(rows, start=1)]


def _professionals() -> Iterator[Professional]:
    kinds = tuple(Discipline)
    for number in range(PROFESSIONALS):
        yield Professional(
            name=f"Z. Verlener {number}",
            discipline=kinds[number % len(kinds)],
            organisation_id=number % ORGANISATIONS + 1,
            phone_day="06-11223344",
            kernteam=number < 6,
        )


def _meeting(day: date) -> Meeting:
    return Meeting(
        on=day,
        starts=time(12, 30),
        minutes=120,
        chair="dr. De Boer",
        invited=tuple(Invitee(name=f"Z. Verlener {n}", professional_id=n + 1) for n in range(6)),
        state=MeetingState.HELD if day < TODAY else MeetingState.PREPARING,
        recorded_at=NOW,
        recorded_by=1,
    )


def _agenda_to_come(patients: int, meeting_id: int) -> Iterator[AgendaItem]:
    for position in range(AGENDA):
        yield AgendaItem(
            meeting_id=meeting_id,
            position=position + 1,
            patient_id=PatientId(1 + position * (patients // AGENDA)),
            reasons=("fase veranderd op 12-11-2026", "1 actie open sinds 20-10-2026"),
            question="Hoe houden de naasten dit vol, en wat doen we in de nacht?",
            brought_in_by="M. Wiersma",
        )


def _fill_log(connection: sa.Connection, patients: int) -> None:
    """Two lines per patient behind the first line, each chained to the one before."""
    sequence, head = audit.last(connection)
    assert head != START
    at, offset = utc_text(NOW)
    rows = []
    for number in range(2 * patients):
        sequence += 1
        row = AuditRow(
            sequence=sequence,
            at=at,
            offset_minutes=offset,
            event=AuditEvent.FILE_READ,
            what=What.READ,
            outcome="gelukt",
            user_id=UserId(1),
            login="deboer",
            roles="huisarts,beheerder",
            on_behalf_of="",
            patient_id=PatientId(number % patients + 1),
            object_kind="dossier",
            object_id=None,
            count=None,
            head="",
        )
        head = head_of(row, head)
        rows.append(to_row(replace(row, head=head), frozenset()))
    connection.execute(tables.audit_event.insert(), rows)
