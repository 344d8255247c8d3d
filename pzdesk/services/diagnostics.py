"""What can be told of pzdesk and this computer when something is wrong: no word of any patient, user or path.

Three sources, none of which holds a value: versions and sizes; counts and what a check of the store says;
and the log of errors (``reports``).
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import platformdirs

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.user import Right, User
from pzdesk.services.reports import OURS, ErrorLog, versions
from pzdesk.services.session import Session
from pzdesk.store import about, place, verify

LOG = "fouten.log"
HEADING = (
    "Diagnostisch bestand van pzdesk",
    "Hierin staan versies, aantallen en plaatsen in de code van pzdesk.",
    "Er staan geen namen, nummers, teksten of mappen van patiënten of gebruikers in.",
)


def error_log() -> ErrorLog:
    """The log that the window of this user writes."""
    return ErrorLog(Path(platformdirs.user_data_dir(OURS, appauthor=False)) / LOG)


def file_of(
    now: datetime, *, practice: Sequence[str], window: Sequence[str], errors: Sequence[str]
) -> str:
    """The whole diagnostic file."""
    parts = (
        ("Programma en computer", [*versions(), about.libraries()]),
        ("Venster", window or ["niet geopend"]),
        ("Praktijk", practice or ["niet geopend"]),
        (f"Laatste fouten ({len(errors)})", errors or ["geen"]),
    )
    lines = [*HEADING, f"Gemaakt: {now:%Y-%m-%d %H:%M%z}"]
    for heading, told in parts:
        lines += ["", f"[{heading}]", *told]
    return "\n".join(lines) + "\n"


class DiagnosticsService:
    """What can be told of an open practice."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def practice(self) -> list[str]:
        """Sizes, counts and what a whole check says; no name of a person, a user or a folder."""
        store = self._session.store
        with self._session.reading(Right.SEE_WHO) as unit:
            found = about.about(store)
            users = unit.find(User)
            faults = [_without_names(fault, users) for fault in verify.faults(store)]
            unit.commit(AuditEvent.DIAGNOSED, What.EXECUTE, kind="praktijk", count=len(faults))
        counts = ", ".join(f"{name} {count}" for name, count in found.counts.items())
        active = sum(user.left_at is None for user in users)
        where = "netwerk of gesynchroniseerd" if place.warning(store.folder) else "deze computer"
        return [
            f"indeling {found.schema}; database {found.size // 1024} kB, WAL {found.wal // 1024} kB",
            f"plaats: {where}; vrije ruimte {found.free // 1024**2} MB",
            f"aantallen: {counts}, gebruikers {active}, back-ups {found.backups}, concepten {found.drafts}",
            f"opslaan: {'kan niet' if store.no_writing else 'kan'}",
            *([f"controle: {fault}" for fault in faults] or ["controle: alles is heel"]),
        ]


def _without_names(fault: str, users: Sequence[User]) -> str:
    for user in users:
        fault = fault.replace(user.login, "…")
    return fault
