"""What the header of a file says, in words: short where a glance must do, in full where it counts."""

from dataclasses import dataclass
from datetime import date, datetime

from pzdesk.domain.file import LastChange, PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.network import Naaste, NaasteRole
from pzdesk.domain.person import dutch_date
from pzdesk.domain.reach import number_now
from pzdesk.domain.status import Phase, Status, StatusKind, Whereabouts
from pzdesk.services import paper_words

UNKNOWN = "niet vastgelegd"
DECIDES = "Beslissen"
CAPABLE = "wilsbekwaam"  # as paper_words.capacity says it where there is nothing to add


@dataclass(frozen=True, slots=True)
class HeaderFact:
    """A label, what is known, what comes after it in ordinary type, and the whole of it as a tip."""

    label: str
    value: str
    more: str = ""
    tip: str = ""


def facts(file: PatientFile, today: date, now: datetime) -> list[HeaderFact]:
    """Where somebody wishes to be and is, who is responsible and central, whom to call, who decides."""
    wished = HeaderFact("Gewenste plek van overlijden", paper_words.place_of_death(file) or UNKNOWN)
    found = [
        wished,
        *_whereabouts(file, today),
        _carer(file, StatusKind.RESPONSIBLE, today, now),
        _carer(file, StatusKind.CENTRAL_CARER, today, now),
        *_contacts(file),
    ]
    decides = paper_words.capacity(file)
    # Who simply decides for themselves needs no line here; who does not, or about whom sources differ, does.
    return [*found, *([HeaderFact(DECIDES, decides)] if decides not in ("", CAPABLE) else [])]


def short_day(day: date, today: date) -> str:
    """A day of this year as 12-11, of another year in full."""
    return f"{day:%d-%m}" if day.year == today.year else dutch_date(day)


def phase_words(phase: Status, today: date) -> str:
    """The phase with since when."""
    return f"{label(Phase(phase.value))} sinds {short_day(phase.since, today)}"


def changed_words(change: LastChange, today: date) -> str:
    """When something was changed last, and by whom."""
    day = "vandaag" if change.at.date() == today else short_day(change.at.date(), today)
    return f"gewijzigd {day} {change.at:%H.%M}, {change.by}"


def _whereabouts(file: PatientFile, today: date) -> list[HeaderFact]:
    if file.death is not None:
        return []
    where = file.now(StatusKind.WHEREABOUTS)
    if where is None:
        return [HeaderFact("Verblijft nu", UNKNOWN)]
    more = " · ".join(part for part in (where.place, where.phone) if part)
    since = short_day(where.since, today)
    return [HeaderFact(f"Verblijft sinds {since}", label(Whereabouts(where.value)), more)]


def _carer(file: PatientFile, kind: StatusKind, today: date, now: datetime) -> HeaderFact:
    words = label(kind)
    words = words[:1].upper() + words[1:]
    who, held = file.professional_now(kind), file.now(kind)
    if who is None or held is None:
        return HeaderFact(words, UNKNOWN)
    number = number_now(*paper_words.numbers(file, who), now) or "geen telefoonnummer bekend"
    # Who is responsible is a doctor whose name says enough; of the central carer it is asked what they are.
    what = f", {label(who.discipline)}" if kind is StatusKind.CENTRAL_CARER else ""
    since = f" sinds {short_day(held.since, today)}" if kind is StatusKind.CENTRAL_CARER else ""
    tip = f"{paper_words.professional_words(file, who)}, sinds {dutch_date(held.since)}"
    return HeaderFact(f"{words}{since}", f"{who.name}{what}", f"· {number}", tip)


def _contacts(file: PatientFile) -> list[HeaderFact]:
    found = [_contact(naaste) for naaste in file.naasten_with(NaasteRole.FIRST_CONTACT)]
    return found or [HeaderFact("Eerste contact", UNKNOWN)]


def _contact(naaste: Naaste) -> HeaderFact:
    decides = NaasteRole.LEGAL_REPRESENTATIVE in naaste.roles
    words = "Eerste contact, vertegenwoordiger" if decides else "Eerste contact"
    name = f"{naaste.relation} {naaste.name}".strip()
    number = naaste.phones[0].number if naaste.phones else "geen telefoonnummer bekend"
    return HeaderFact(words, name, f"· {number}", paper_words.naaste_words(naaste))
