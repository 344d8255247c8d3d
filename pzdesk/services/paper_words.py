"""Words for paper: what a file says, chosen, sorted and worded; shared by the papers of one person."""

from datetime import date, timedelta

from pzdesk.content import pzp_form, target_groups
from pzdesk.documents.parts import ActionLine, DimensionLine, Dimensions, PersonHead
from pzdesk.domain import pzp
from pzdesk.domain.action import Action
from pzdesk.domain.assessment import LEVEL, Assessment, Dimension, Finding
from pzdesk.domain.course import Reading
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import Invitee
from pzdesk.domain.network import Discipline, Naaste, NaasteRole, Professional
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Phone, age, dutch_date, formal
from pzdesk.domain.status import (
    Complexity,
    Phase,
    Status,
    StatusKind,
    Urgency,
    Whereabouts,
)

COURSE_MONTHS = 12
RECEIVED = "ONTVANGEN FORMULIER, te bevestigen door de hoofdbehandelaar"
"""Stands once, in full, with the limits; what stands near them says it in short."""


def head(file: PatientFile, today: date, *, number: str = "", at: str = "") -> PersonHead:
    """The head of a page: who, limits in full, and the people to call with their numbers."""
    patient = file.patient
    return PersonHead(
        name=formal(patient.name, patient.sex),
        born=dutch_date(patient.birth_date),
        number=number,
        at=at,
        facts=facts_line(file, today),
        limits=_sentence(limits(file)),
        lines=tuple(
            (name, words)
            for name, words in (
                ("Toelichting", limit_notes(file)),
                ("PZP", pzp_line(file)),
                ("Gewenste plek van overlijden", place_of_death(file)),
                ("Hoofdbehandelaar", carer_line(file, StatusKind.RESPONSIBLE)),
                ("Centrale zorgverlener", carer_line(file, StatusKind.CENTRAL_CARER)),
                ("Eerste contact", first_contact(file)),
                ("Beslissen", capacity(file)),
            )
            if words
        ),
    )


def facts_line(file: PatientFile, today: date) -> tuple[str, ...]:
    """Age, diagnosis, phase, urgency and where somebody is, each with since when."""
    patient = file.patient
    found = [f"{age(patient.birth_date, file.death.since if file.death else today)} jaar"]
    if patient.diagnosis or patient.icpc:
        code = f" ({patient.icpc})" if patient.icpc else ""
        found.append(f"{patient.diagnosis or 'diagnose niet ingevuld'}{code}")
    for kind in (
        StatusKind.PHASE,
        StatusKind.URGENCY,
        StatusKind.COMPLEXITY,
        StatusKind.WHEREABOUTS,
    ):
        row = file.now(kind)
        if row is not None and not (file.death and kind is not StatusKind.PHASE):
            found.append(status_words(row))
    if file.now(StatusKind.PHASE) is None:
        found.append(markering_words(file))
    return tuple(found)


def status_words(row: Status) -> str:
    """A dated row as a sentence part: "symptoomgericht sinds 12-11-2026"."""
    since = dutch_date(row.since)
    match row.kind:
        case StatusKind.PHASE if row.value == Phase.DECEASED:
            place = f", {row.place}" if row.place else ""
            return f"overleden op {since}{place}"
        case StatusKind.PHASE:
            return f"{label(Phase(row.value))} sinds {since}"
        case StatusKind.URGENCY:
            return f"urgentie: {label(Urgency(row.value))} sinds {since}, {row.said_by}"
        case StatusKind.COMPLEXITY:
            return f"{label(Complexity(row.value))} sinds {since}"
        case StatusKind.WHEREABOUTS:
            where = " ".join(part for part in (row.place, row.phone) if part)
            return f"{label(Whereabouts(row.value))}{f' ({where})' if where else ''} sinds {since}"
        case _:
            return since


def markering_words(file: PatientFile) -> str:
    """Where the markering stands, for who has no phase yet."""
    step = file.markering
    if step is None:
        return "nog niet beoordeeld"
    again = f", opnieuw bespreken op {dutch_date(step.again_on)}" if step.again_on else ""
    if step.state is MarkeringState.TO_JUDGE:
        return f"te beoordelen{again}"
    if step.state is MarkeringState.MARKED:
        return f"gemarkeerd op {dutch_date(step.on)}, nog niet besproken"
    return f"{label(step.state)} op {dutch_date(step.on)}{again}"


def _sentence(limits_: tuple[str, ...]) -> tuple[str, ...]:
    first, *others = limits_
    return (first[:1].upper() + first[1:], *others)


def limits(file: PatientFile) -> tuple[str, ...]:
    """The treatment limits of the valid PZP in full words, or that they were not talked about.

    What was received and nobody confirmed yet says so before them, wherever they stand; first of all comes
    that another version says otherwise: who reads no further must not miss it.
    """
    version = file.valid_pzp
    said = pzp.header_limits(pzp_form(), version.answers if version else None)
    if version is not None and not is_confirmed(file, version):
        said = (RECEIVED, *said)
    if not pzp.conflicts(file.live_pzp):
        return said
    return ("LET OP: twee PZP-versies over hetzelfde gesprek spreken elkaar tegen", *said)


def limits_with_notes(file: PatientFile) -> tuple[str, ...]:
    """The limits with what was added to each, for a paper that says it nowhere else."""
    version = file.valid_pzp
    lines = pzp.limits_in_words(pzp_form(), version.answers if version else None)
    notes = {line.words: line.note.rstrip(".") for line in lines if line.note}
    return tuple(
        f"{words} ({notes[words]})" if notes.get(words) else words for words in limits(file)
    )


def limit_notes(file: PatientFile) -> str:
    """What was added to the limits of the valid PZP: "naar het ziekenhuis: alleen bij een breuk"."""
    version = file.valid_pzp
    if version is None:
        return ""
    lines = pzp.limits_in_words(pzp_form(), version.answers)
    notes = (f"{_small(line.label)}: {line.note.rstrip('.')}" for line in lines if line.note)
    return "; ".join(notes)


def _small(label_: str) -> str:
    """A label within a sentence; an abbreviation keeps its capitals."""
    return label_ if label_[1:2].isupper() else label_[:1].lower() + label_[1:]


def pzp_line(file: PatientFile) -> str:
    """Which version holds: number, day of the talk, by whom, and in short that it is to be confirmed."""
    version = file.valid_pzp
    if version is None:
        return "nog niet besproken"
    talk = (
        f"gesprek van {dutch_date(version.talk_on)}"
        if version.talk_on
        else "datum van gesprek onbekend"
    )
    who = held_by(version)
    held = f", gevoerd door {who}" if who else ""
    standing = "" if is_confirmed(file, version) else " · te bevestigen"
    return f"versie {version.number}, {talk}{held}{standing}"


def held_by(version: pzp.PzpVersion) -> str:
    """Who held the talk, with the function; the function alone where no name is known."""
    name, function = version.held_by, version.held_by_function
    return f"{name} ({function})" if name and function else name or function


def is_confirmed(file: PatientFile, version: pzp.PzpVersion) -> bool:
    """Whether a version was made in a talk here, or was received and confirmed."""
    confirmed = {row.version_id for row in file.pzp_confirmations}
    return version.source != pzp.FROM_FORM or version.id in confirmed


def place_of_death(file: PatientFile) -> str:
    """The wished place, in words; empty without a PZP."""
    version = file.valid_pzp
    if version is None:
        return ""
    said = answer(version, "5b")
    return said[:1].lower() + said[1:]


def answer(version: pzp.PzpVersion, question_id: str) -> str:
    """One answer of a version in words."""
    form = pzp_form()
    return pzp.answer_in_words(form, form.question(question_id), version.answers)


def carer_line(file: PatientFile, kind: StatusKind) -> str:
    """The name with a number that works, since when; "niet vastgelegd" where nobody is named."""
    who, row = file.professional_now(kind), file.now(kind)
    if who is None or row is None:
        return "niet vastgelegd"
    return f"{professional_words(file, who)} (sinds {dutch_date(row.since)})"


def invitee_words(who: Invitee) -> str:
    """Who is invited, with the discipline; the name alone where that is not known."""
    is_known = who.discipline is not Discipline.OTHER
    return f"{who.name}, {label(who.discipline)}" if is_known else who.name


def professional_words(file: PatientFile, who: Professional) -> str:
    """Name, discipline and numbers by day and by night of a professional, else of the organisation."""
    day, night = numbers(file, who)
    found = [f"{who.name}, {label(who.discipline)}"]
    if day:
        found.append(day)
    if night and night != day:
        found.append(f"avond, nacht en weekend {night}")
    return ", ".join(found)


def numbers(file: PatientFile, who: Professional) -> tuple[str, str]:
    """The number by day and the number by night, own before the organisation's."""
    place = file.organisations.get(who.organisation_id or 0)
    day = who.phone_day or (place.phone_day if place else "")
    night = who.phone_night or (place.phone_night if place else "")
    return day, night


def naaste_words(naaste: Naaste) -> str:
    """A naaste as "dochter Marleen Jansen, 06-87654321"."""
    numbers_ = ", ".join(phone.number for phone in naaste.phones)
    who = f"{naaste.relation} {naaste.name}".strip()
    return f"{who}, {numbers_}" if numbers_ else f"{who} (geen telefoonnummer bekend)"


def first_contact(file: PatientFile) -> str:
    """The first contact with a number."""
    contacts = file.naasten_with(NaasteRole.FIRST_CONTACT)
    return "; ".join(map(naaste_words, contacts)) or "niet vastgelegd"


def capacity(file: PatientFile) -> str:
    """Whether somebody decides for themselves, and who does when not; empty when never recorded.

    What the valid PZP says of it stands beside the record where the two differ, and alone without one.
    """
    patient = file.patient
    if file.death is not None:
        return ""
    who = "; ".join(map(naaste_words, file.naasten_with(NaasteRole.LEGAL_REPRESENTATIVE)))
    version = file.valid_pzp
    answered = version.answers.get("1") if version else None
    pzp_says = answered.value == "ja" if answered and answered.value else None
    capable = patient.capable if patient.capable is not None else pzp_says
    if capable is None:
        return f"wettelijk vertegenwoordiger: {who}" if who else ""
    source = ""
    if version is not None and pzp_says is not None and patient.capable is not pzp_says:
        talk = dutch_date(version.talk_on) or "onbekende datum"
        source = f" volgens de PZP van {talk}"
        if patient.capable is not None:
            source = (
                f" (LET OP: de PZP van {talk} zegt {'wel' if pzp_says else 'niet'} wilsbekwaam)"
            )
    if capable:
        return f"wilsbekwaam{source}{f'; vertegenwoordiger zo nodig: {who}' if who else ''}"
    on = f" ({dutch_date(patient.capable_on)})" if patient.capable_on else ""
    note = f", {patient.capable_note}" if patient.capable_note else ""
    decides = who or "niet vastgelegd wie dan beslist"
    return (
        f"wilsonbekwaam voor medische beslissingen{on}{source}{note}; vertegenwoordiger: {decides}"
    )


def dimensions(file: PatientFile, until: date) -> Dimensions:
    """The four dimensions: course of the last year, the latest word, direction and finding."""
    since = until - timedelta(days=31 * COURSE_MONTHS)
    seen = [made for made in file.assessed if made.on <= until]
    if not seen:
        return Dimensions(empty="Nog niet beoordeeld.")
    shown = [made for made in seen if made.on >= since] or seen[-1:]
    lines = tuple(
        line for dimension in Dimension for line in _dimension(dimension, seen, shown[0].on)
    )
    scores = symptom_words(seen)
    first, last = dutch_date(shown[0].on), dutch_date(shown[-1].on)
    if scores:
        lines = (*lines, DimensionLine(name="Eigen cijfers", finding=scores))
    return Dimensions(
        period=first if first == last else f"{first} tot {last}",
        since=shown[0].on,
        until=shown[-1].on,
        lines=lines,
        empty="Nog niet beoordeeld.",
    )


def _dimension(dimension: Dimension, seen: list[Assessment], since: date) -> list[DimensionLine]:
    # The last of a day goes before what was recorded for that day earlier: so a mistake is mended.
    found: dict[date, Finding] = {
        made.on: finding
        for made in seen
        for finding in made.findings
        if finding.dimension is dimension
    }
    if not found:
        return [DimensionLine(name=label(dimension), finding="niet beoordeeld")]
    last = found[max(found)]
    readings = tuple(
        Reading(on=on, level=LEVEL[finding.weight])
        for on, finding in found.items()
        if finding.weight is not None and on >= since
    )
    return [
        DimensionLine(
            name=label(dimension),
            readings=readings,
            word=label(last.weight) if last.weight else "niet gewogen",
            direction=label(last.direction) if last.direction else "",
            finding=last.text,
            according_to=last.according_to,
            plan=last.plan,
        )
    ]


def symptom_words(seen: list[Assessment]) -> str:
    """The symptoms that the patient scored, the last day against the one before: "pijn 4 → 6"."""
    course: dict[str, dict[date, int]] = {}
    for made in seen:
        for symptom in made.symptoms:
            course.setdefault(symptom.name, {})[made.on] = symptom.score
    return " · ".join(
        f"{name} {' → '.join(map(str, [*scores.values()][-2:]))}" for name, scores in course.items()
    )


def action_line(action: Action) -> ActionLine:
    """An open action as it stands on paper: "open sinds 26-10-2026", never "15 dagen te laat"."""
    return ActionLine(
        what=action.what,
        who=action.who,
        due=dutch_date(action.due),
        since=dutch_date(action.since),
        done=dutch_date(action.done_on),
    )


def wishes(version: pzp.PzpVersion | None) -> tuple[str, ...]:
    """What the patient wants carers to know, and what else matters; what is empty is left out."""
    if version is None:
        return ()
    said = (version.answers.get(question) for question in ("5a", "6"))
    return tuple(answer.value for answer in said if answer is not None and answer.value)


def address(patient: Patient) -> str:
    """An address on one line."""
    town = f"{patient.address.postcode} {patient.address.city}".strip()
    return ", ".join(part for part in (patient.address.street, town) if part)


def phones(numbers: tuple[Phone, ...]) -> str:
    """Telephone numbers with what each is for."""
    return ", ".join(
        f"{phone.number}{f' ({phone.note})' if phone.note else ''}" for phone in numbers
    )


def target_group(key: str) -> str:
    """The label of a target group; of one that the practice's data no longer has, the word itself."""
    return target_groups().get(key, key)


def bsn(patient: Patient) -> str:
    """The BSN and whether it was verified; printed only where somebody ticked it."""
    verified = "geverifieerd" if patient.bsn_verified else "niet geverifieerd"
    return f"{patient.bsn} ({verified})" if patient.bsn else "niet bekend"


def scenarios(file: PatientFile) -> tuple[tuple[str, str], ...]:
    """What may happen, and what is done then, of the newest acute plan."""
    if file.plan is None:
        return ()
    return tuple(
        (s.when, f"{_ended(s.do)} Bel: {s.call}." if s.call else s.do) for s in file.plan.scenarios
    )


def _ended(sentence: str) -> str:
    """A sentence with its full stop."""
    said = sentence.rstrip()
    return said if not said or said[-1] in ".!?…" else f"{said}."
