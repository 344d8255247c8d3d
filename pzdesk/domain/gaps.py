"""What is not recorded yet of a patient, so that nobody has to look for what is not there.

These are the facts that the care process asks of every file (regional agreements, core elements 2 to 6).
A gap is no judgement and no alarm: it says what is missing and where it can be recorded.
"""

from dataclasses import dataclass
from datetime import date

from pzdesk.domain.file import PatientFile
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.markering import MarkeringState, Whom, is_marked, marked_on
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.person import dutch_date
from pzdesk.domain.pzp import Standing, standing
from pzdesk.domain.status import Phase, StatusKind

# The pharmacist is told of marking, terminal and dying phase (care-process, element 2).
TOLD_PHASES = (Phase.TERMINAL, Phase.DYING)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: a sentence, and the section and act that record it."""

    words: str
    button: str
    section: str
    act: str


def gaps(file: PatientFile) -> tuple[Gap, ...]:
    """What is missing, what matters most at night first; nothing of who has died or left care."""
    if not file.is_active:
        return ()
    found = [
        *_limits(file),
        *_people(file),
        *_markering(file),
        *_apotheek(file),
        *_papers(file),
        *_assessed(file),
    ]
    return tuple(found)


def _limits(file: PatientFile) -> list[Gap]:
    found = []
    valid = file.valid_pzp
    if valid is None and is_marked(file.markering):
        found.append(Gap("Nog geen PZP vastgelegd", "PZP invullen", "pzp", "nieuw"))
    if valid is not None:
        now = standing(valid, file.live_pzp, file.pzp_confirmations)
        if now is Standing.TO_CONFIRM:
            found.append(Gap("PZP ontvangen, nog niet bevestigd", "Bekijken", "pzp", ""))
    if is_marked(file.markering) and not any(plan.scenarios for plan in file.plans):
        found.append(Gap("Geen scenario’s vastgelegd", "Toevoegen", "acuut", "plan"))
    return found


def _people(file: PatientFile) -> list[Gap]:
    found = []
    for kind, words in (
        (StatusKind.RESPONSIBLE, "Geen hoofdbehandelaar vastgelegd"),
        (StatusKind.CENTRAL_CARER, "Geen centrale zorgverlener vastgelegd"),
    ):
        if file.professional_now(kind) is None:
            found.append(Gap(words, "Vastleggen", "overzicht", kind.value))
    if not file.naasten_with(NaasteRole.FIRST_CONTACT):
        found.append(Gap("Geen eerste contactpersoon", "Toevoegen", "netwerk", "naaste"))
    if file.now(StatusKind.URGENCY) is None:
        found.append(Gap("Urgentie nog niet bepaald", "Vastleggen", "overzicht", "urgentie"))
    return found


def _markering(file: PatientFile) -> list[Gap]:
    step = file.markering
    if step is None:
        return [Gap("Markering nog niet beoordeeld", "Beoordelen", "markering", "stap")]
    if step.state is MarkeringState.MARKED:
        words = "Gemarkeerd, nog niet met de patiënt besproken"
        return [Gap(words, "Gesprek vastleggen", "markering", MarkeringState.TALKED)]
    return []


def _apotheek(file: PatientFile) -> list[Gap]:
    phase, since = file.now(StatusKind.PHASE), marked_on(file.markeringen)
    found = []
    talked = file.markering is not None and file.markering.state is MarkeringState.TALKED
    if talked and since is not None and not _knows(file, "markering", since):
        words = "Apotheek weet nog niet van de markering"
        found.append(Gap(words, "Ingelicht…", "markering", "ingelicht"))
    if (
        phase is not None
        and phase.value in TOLD_PHASES
        and not _knows(file, phase.value, phase.since)
    ):
        words = f"Apotheek weet nog niet van de overgang van {dutch_date(phase.since)}"
        found.append(Gap(words, "Ingelicht…", "markering", "ingelicht"))
    return found


def _knows(file: PatientFile, transition: str, since: date) -> bool:
    """Whether the pharmacist was told since the transition of now; an earlier one of that name is another."""
    told = (t for t in file.told if t.whom is Whom.APOTHEEK and t.transition == transition)
    return any(t.on >= since for t in told)


def _papers(file: PatientFile) -> list[Gap]:
    version = file.valid_pzp
    if version is None:
        return []
    home = [h for h in file.handouts if h.kind is HandoutKind.HOME_SHEET]
    last = max(home, key=lambda h: (h.printed_at, h.id), default=None)
    if last is None:
        return [Gap("Nog geen blad voor thuis gemaakt", "Bekijken", "acuut", "")]
    if last.pzp_number != version.number:
        words = f"Het blad thuis is van vóór PZP versie {version.number}"
        return [Gap(words, "Bekijken", "acuut", "")]
    return []


def _assessed(file: PatientFile) -> list[Gap]:
    found = []
    if is_marked(file.markering) and not file.assessments:
        found.append(
            Gap("Vier dimensies nog niet beoordeeld", "Beoordelen", "dimensies", "beoordelen")
        )
    screened = {s.naaste_id for s in file.screenings}
    for naaste in file.naasten_with(NaasteRole.MANTELZORGER):
        if naaste.id not in screened:
            words = f"{naaste.name} is nog niet gescreend op overbelasting"
            found.append(Gap(words, "Screenen", "mantelzorg", f"screenen-{naaste.id}"))
    if is_marked(file.markering) and not file.naasten_with(NaasteRole.MANTELZORGER):
        found.append(Gap("Geen mantelzorger vastgelegd", "Toevoegen", "netwerk", "naaste"))
    return found
