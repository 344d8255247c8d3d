"""The PZP form as paper: every question that is asked, in words, and what differs from before."""

from pzdesk.content import pzp_form
from pzdesk.documents.pzp_form import PzpChange, PzpPaper, PzpRow, PzpSection
from pzdesk.documents.style import Imprint
from pzdesk.domain import pzp
from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import dutch_date, formal
from pzdesk.domain.pzp import FROM_FORM, STANDING_WORDS, PzpVersion, Standing
from pzdesk.domain.pzp_form import HEAD
from pzdesk.services import paper_words as words

LIMITS = "4"


def pzp_paper(
    file: PatientFile, version: PzpVersion, imprint: Imprint, *, with_bsn: bool
) -> PzpPaper:
    """One version of a PZP, compared with the version of the talk before it."""
    form = pzp_form()
    patient = file.patient
    before = pzp.before(version, file.live_pzp)
    changed = pzp.differences(form, before.answers, version.answers) if before else ()
    was = {difference.question: difference.old for difference in changed}
    rows: dict[str, list[PzpRow]] = {section.id: [] for section in form.sections}
    for row in pzp.answer_rows(form, version.answers):
        rows[row.section].append(
            PzpRow(
                number=row.number,
                label=row.label,
                answer=row.limit or row.answer,
                note="\n".join(part for part in (row.note, row.advice) if part),
                changed=row.question in was,
                was=was.get(row.question, ""),
            )
        )
    standing = _standing(file, version)
    return PzpPaper(
        imprint=imprint,
        name=formal(patient.name, patient.sex),
        born=dutch_date(patient.birth_date),
        version=str(version.number),
        standing=standing,
        holds=standing == STANDING_WORDS[Standing.VALID],
        patient=_patient(file, with_bsn=with_bsn),
        talk=_talk(file, version),
        sections=tuple(
            PzpSection(
                number=section.id,
                title=section.title,
                rows=tuple(rows[section.id]),
                limits=section.id == LIMITS,
            )
            for section in form.sections
            if section.id != HEAD
        ),
        changes_since=_named(before) if before else "",
        changes=tuple(
            PzpChange(question=f"{d.number} {d.label}", old=d.old, new=d.new) for d in changed
        ),
    )


def _standing(file: PatientFile, version: PzpVersion) -> str:
    if all(version.id != other.id for other in file.live_pzp):
        return "teruggenomen, hoort niet bij deze persoon"
    said = STANDING_WORDS[pzp.standing(version, file.live_pzp, file.pzp_confirmations)]
    if any(other.id == version.id for other in pzp.conflicts(file.live_pzp)):
        return f"{said}. LET OP: een andere versie over hetzelfde gesprek zegt iets anders"
    return said


def _named(version: PzpVersion) -> str:
    return f"versie {version.number} van {dutch_date(version.talk_on) or 'onbekende datum'}"


def _patient(file: PatientFile, *, with_bsn: bool) -> tuple[tuple[str, str], ...]:
    patient = file.patient
    rows = [("Adres", words.address(patient)), ("Telefoon", words.phones(patient.phones))]
    if with_bsn:
        rows.append(("BSN", words.bsn(patient)))
    return tuple((name, value) for name, value in rows if value)


def _talk(file: PatientFile, version: PzpVersion) -> tuple[tuple[str, str], ...]:
    """Who held the talk, with whom, when; and how a received form came in and was confirmed."""
    held_by = ", ".join(part for part in (version.held_by, version.held_by_function) if part)
    rows = [
        ("Gesprek op", dutch_date(version.talk_on) or "datum niet bekend"),
        ("Gevoerd door", held_by or "niet ingevuld"),
        ("In bijzijn van", words.answer(version, "2")),
    ]
    if version.source == FROM_FORM:
        received = version.recorded_at.astimezone().date()
        rows.append(("Bron", f"ingevuld formulier, ingelezen op {dutch_date(received)}"))
        said = [
            words.answer(version, q) for q in ("0.naam", "0.geboortedatum") if q in version.answers
        ]
        rows += [("Patiënt op het formulier", ", ".join(said))] if said else []
        confirmed = [c for c in file.pzp_confirmations if c.version_id == version.id]
        rows += [
            ("Bevestigd", f"{dutch_date(c.confirmed_on)} door {c.confirmed_by}") for c in confirmed
        ]
    if version.reason:
        rows.append(("Reden van deze versie", version.reason))
    return tuple(rows)
