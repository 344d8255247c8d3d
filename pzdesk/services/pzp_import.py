"""What is told of a PZP form that was read in: whose it seems, what it says otherwise than the file."""

from dataclasses import dataclass
from datetime import date

from pzdesk.content import pzp_form
from pzdesk.domain import pzp
from pzdesk.domain.file import PatientFile
from pzdesk.domain.matching import matches, written_name
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import dutch_date, folded, formal
from pzdesk.domain.pzp import PzpVersion
from pzdesk.exchange.pzp_pdf import ReadForm


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpImport:
    """What came of reading a form in.

    ``leftovers`` are answers that the form hides, ``remarks`` what the reader could not settle, and
    ``proposals`` what the care network could take over from the form. ``existing``: these bytes were
    read in before.
    """

    patient_id: PatientId
    version: PzpVersion
    confirmed: bool
    existing: bool
    holds: bool
    leftovers: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOwner:
    """Whose a form seems to be; ``is_sure`` where it surely is the one person that was asked about.

    ``name``, ``birth_date`` and ``talk_on`` are what the form says, ``candidates`` who else of the
    practice surely or possibly is the person on it. ``can_be_new``: a new patient can be made of it.
    """

    is_sure: bool
    name: str
    birth_date: date | None
    talk_on: date | None
    candidates: tuple[tuple[PatientId, str], ...] = ()
    can_be_new: bool = False


def unlike(patient: Patient, read: ReadForm) -> tuple[str, ...]:
    """What the form says otherwise than the file of the patient it was given to."""
    remarks = []
    if read.birth_date != patient.birth_date:
        said = dutch_date(read.birth_date) or "niet leesbaar"
        remarks.append(
            f"Geboortedatum op het formulier: {said}; in het dossier: {dutch_date(patient.birth_date)}."
        )
    named = written_name(read.patient_name)
    if read.patient_name and not matches(named, patient.birth_date, [patient])[0]:
        remarks.append(
            f"Naam op het formulier: {read.patient_name}; "
            f"in het dossier: {formal(patient.name, patient.sex)}."
        )
    return tuple(remarks)


def report(file: PatientFile, version: PzpVersion, read: ReadForm, *, existing: bool) -> PzpImport:
    valid = file.valid_pzp
    holds = valid is not None and valid.id == version.id
    remarks = list(read.remarks)
    if existing:
        remarks.append(f"Dit formulier was al ingelezen: versie {version.number}.")
    elif valid is not None and not holds:
        talk = dutch_date(valid.talk_on) or "onbekende datum"
        why = "is ouder dan" if version.talk_on else "heeft geen datum en komt niet vóór"
        remarks.append(
            f"Dit formulier {why} de geldende PZP (versie {valid.number} van {talk}); "
            "het is bewaard, maar geldt niet."
        )
    if pzp.conflicts(file.live_pzp):
        remarks.append(
            "Er zijn twee PZP-versies van dezelfde datum die elkaar tegenspreken; vergelijk ze."
        )
    confirmed = any(row.version_id == version.id for row in file.pzp_confirmations)
    return PzpImport(
        patient_id=file.patient.id,
        version=version,
        confirmed=confirmed,
        existing=existing,
        holds=holds,
        leftovers=tuple(f"{left.label}: {left.words}" for left in read.leftovers),
        remarks=tuple(remarks),
        proposals=_proposals(file, version),
    )


def _proposals(file: PatientFile, version: PzpVersion) -> tuple[str, ...]:
    """Whom the form names as representative or contact while the care network does not."""
    form = pzp_form()
    said = version.answers

    def words(question: str) -> str:
        return pzp.answer_in_words(form, form.question(question), said) if question in said else ""

    found = []
    same = "1d" in said and said["1d"].value == "ja"
    for name, contact, relation, role in (
        ("1a", "1b", "1c", NaasteRole.LEGAL_REPRESENTATIVE),
        ("1a", "1b", "1c", NaasteRole.FIRST_CONTACT)
        if same
        else ("1e", "1f", "1g", NaasteRole.FIRST_CONTACT),
    ):
        who = words(name)
        if not who:
            continue
        here = [naaste.name for naaste in file.naasten_with(role)]
        if any(folded(who) == folded(other) for other in here):
            continue
        details = ", ".join(part for part in (words(relation), words(contact)) if part)
        role_words = role.value.replace("_", " ")
        now = f"; nu vastgelegd: {', '.join(here)}" if here else "; nog niet vastgelegd"
        found.append(
            f"{role_words} volgens het formulier: {who}{f' ({details})' if details else ''}{now}"
        )
    return tuple(found)
