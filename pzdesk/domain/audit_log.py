"""Which lines of the audit log somebody asks for: of whom, by whom, what kind of act, when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.patient import PatientId


class LogKind(StrEnum):
    """The kinds of act that somebody looks for; the groups of events that belong together."""

    READ = "inzien"
    CHANGED = "vastleggen"
    PAPER = "papier"
    ACCESS = "toegang"
    KEEPING = "beheer"
    EMERGENCY = "noodtoegang"
    REFUSED = "geweigerd"


_BY_OBJECT = {
    **dict.fromkeys(("stuk", "stukken"), LogKind.PAPER),
    **dict.fromkeys(
        ("gebruiker", "gebruikers", "wachtzin", "herstelcode", "sleutel", "snel_openen"),
        LogKind.ACCESS,
    ),
    **dict.fromkeys(
        ("praktijk", "backup", "instellingen", "logboek", "bewaartermijn"), LogKind.KEEPING
    ),
    "laptop_kwijt": LogKind.ACCESS,
    "noodtoegang": LogKind.EMERGENCY,
    "toegang": LogKind.REFUSED,
}
_BY_EVENT = {
    AuditEvent.STORE_OPENED: LogKind.ACCESS,
    AuditEvent.OPENING_REFUSED: LogKind.REFUSED,
    AuditEvent.FILE_COPIED: LogKind.PAPER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """What is asked; what is left open asks for everything. Both days are included.

    ``emergencies``: only lines that were left in an emergency, or are about one; not that somebody looked
    whether there was any.
    """

    patient: PatientId | None = None
    login: str = ""
    kind: LogKind | None = None
    since: date | None = None
    until: date | None = None
    emergencies: bool = False


def kind_of(event: AuditEvent, what: What) -> LogKind:
    """Of what kind an act was; what stands in no group apart was reading or recording."""
    found = _BY_EVENT.get(event) or _BY_OBJECT.get(event.value.partition(".")[0])
    if found is not None:
        return found
    return LogKind.READ if what is What.READ else LogKind.CHANGED


def asked_of(kind: LogKind) -> tuple[frozenset[AuditEvent], frozenset[What]]:
    """The events and the sorts of act that together are a kind, for a query."""
    whats = {What.READ: LogKind.READ, What.EXECUTE: LogKind.CHANGED}
    events = {e for e in AuditEvent for what in whats if kind_of(e, what) is kind}
    if kind is LogKind.READ:
        return frozenset(events), frozenset({What.READ})
    if kind is LogKind.CHANGED:
        return frozenset(events), frozenset(What) - {What.READ}
    return frozenset(events), frozenset(What)
