"""Words the audit log of one patient for the patient: what somebody did on one day stands on one line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from pzdesk.documents.access_sheet import AccessLine, AccessPaper
from pzdesk.documents.style import Imprint
from pzdesk.domain.audit import AuditRow, wall_time
from pzdesk.domain.audit_words import line_words, role_words
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import dutch_date, formal


def access_paper(
    patient: Patient, rows: Sequence[AuditRow], names: Mapping[str, str], imprint: Imprint
) -> AccessPaper:
    """The sheet of a patient; ``names`` are of the users by login."""
    days = [wall_time(row.at, row.offset_minutes).date() for row in rows]
    return AccessPaper(
        imprint=imprint,
        name=formal(patient.name, patient.sex),
        born=dutch_date(patient.birth_date),
        period=f"{dutch_date(min(days))} tot en met {dutch_date(max(days))}"
        if days
        else "nog niets",
        lines=tuple(access_lines(rows, names)),
    )


def access_lines(rows: Sequence[AuditRow], names: Mapping[str, str]) -> Iterable[AccessLine]:
    """The newest first; the same act of the same user on the same day once, with how often."""
    found: dict[tuple[date, str, str, str], list[datetime]] = {}
    for row in reversed(rows):
        at = wall_time(row.at, row.offset_minutes)
        role = role_words(row.roles)
        if row.on_behalf_of:
            role += f", namens {names.get(row.on_behalf_of, row.on_behalf_of)}"
        found.setdefault((at.date(), row.login, role, line_words(row)), []).append(at)
    for (day, login, role, what), moments in found.items():
        yield AccessLine(
            day=f"{day:%d-%m-%Y}",
            times=_times(moments),
            who=names.get(login, login),
            role=role,
            what=what,
        )


def _times(moments: Sequence[datetime]) -> str:
    first, last = min(moments), max(moments)
    if len(moments) == 1:
        return f"{first:%H.%M}"
    return f"{first:%H.%M} tot {last:%H.%M} ({len(moments)} keer)"
