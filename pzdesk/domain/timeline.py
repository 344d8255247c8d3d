"""The timeline of a patient: everything that was recorded, the newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pzdesk.domain.advice_words import advice_in, outcome_words
from pzdesk.domain.file import PatientFile
from pzdesk.domain.former import Former
from pzdesk.domain.labels import label
from pzdesk.domain.markering import Told
from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.person import dutch_date
from pzdesk.domain.pzp import STANDING_WORDS, standing
from pzdesk.domain.review import Review
from pzdesk.domain.statement import heading
from pzdesk.domain.status import VALUES, Phase, Status, StatusKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was recorded: on which day, in which section it stands, what, and what more.

    ``act`` is how the section shows it where it does not stand there by itself.
    """

    on: date
    section: str
    title: str
    text: str = ""
    by: str = ""
    act: str = ""


def timeline(
    file: PatientFile,
    instrument_name: Callable[[str], str] = str,
    former_words: Callable[[Former], str] = lambda row: ", ".join(row.was),
) -> tuple[Entry, ...]:
    """All entries, the newest day first; of one day in the order of the sections.

    ``instrument_name`` says what an instrument is called, by its id; ``former_words`` what stood in a row
    before it was changed.
    """
    entries = [
        *[_status(file, row) for row in file.statuses],
        *_markering(file),
        *_pzp(file),
        *_assessed(file, instrument_name),
        *_network(file),
        *_reviews(file),
        *_meetings(file),
        *_actions(file),
        *_advices(file),
        *_papers(file),
        *_statements(file),
        *_formers(file, former_words),
    ]
    return tuple(sorted(entries, key=lambda entry: entry.on, reverse=True))


def _status(file: PatientFile, row: Status) -> Entry:
    kinds = VALUES[row.kind]
    if kinds is None:
        who = file.professionals.get(row.professional_id or 0)
        value = who.name if who is not None else "niemand"
    else:
        value = label(kinds(row.value))
    title = f"{label(row.kind).capitalize()}: {value}"
    if row.kind is StatusKind.PHASE and row.value == Phase.DECEASED:
        title = f"Overleden{f', {row.place}' if row.place else ''}"
    more = [row.place if row.kind is StatusKind.WHEREABOUTS else "", row.note]
    if row.retracted:
        title = f"Ingetrokken: {title[0].lower()}{title[1:]}"
        more.append(f"omdat: {row.retracted}")
    return Entry(row.since, "overzicht", title, " · ".join(m for m in more if m), row.said_by)


def _markering(file: PatientFile) -> list[Entry]:
    found = [
        Entry(step.on, "markering", f"Markering: {label(step.state)}", step.note, step.by)
        for step in file.markeringen
    ]
    return [*found, *(Entry(t.on, "markering", _told_words(t), t.how) for t in file.told)]


def _told_words(told: Told) -> str:
    name = f" ({told.name})" if told.name else ""
    return f"Ingelicht: {label(told.whom)}{name}"


def _pzp(file: PatientFile) -> list[Entry]:
    withdrawn = {w.version_id: w for w in file.pzp_withdrawals}
    found = []
    for version in file.pzp_versions:
        kept = version.recorded_at.astimezone().date()
        if version.id in withdrawn:
            state = f"teruggenomen: {withdrawn[version.id].reason}"
        else:
            state = STANDING_WORDS[standing(version, file.live_pzp, file.pzp_confirmations)]
        title = f"PZP versie {version.number}, {state}"
        talk = f"gesprek van {dutch_date(version.talk_on)}" if version.talk_on else ""
        found.append(Entry(kept, "pzp", title, talk))
    return found


def _assessed(file: PatientFile, instrument_name: Callable[[str], str]) -> list[Entry]:
    found = []
    for made in file.assessments:
        words = ", ".join(
            f"{label(f.dimension).lower()} {label(f.weight) if f.weight else 'niet gewogen'}"
            for f in made.findings
        )
        found.append(Entry(made.on, "dimensies", "Vier dimensies beoordeeld", words, made.by))
    names = {naaste.id: naaste.name for naaste in file.naasten}
    for screening in file.screenings:
        title = f"{names.get(screening.naaste_id, 'Mantelzorger')} gescreend"
        asked = instrument_name(screening.instrument)
        found.append(Entry(screening.on, "mantelzorg", title, asked, screening.by))
    for done in file.follow_ups:
        if done.done_on is not None:
            title = f"Vervolg afgerond: {done.what or 'mantelzorg'}"
            found.append(Entry(done.done_on, "mantelzorg", title, done.outcome, done.who))
    for plan in file.plans:
        title = f"Plan voor acute situaties, {len(plan.scenarios)} scenario’s"
        found.append(Entry(plan.on, "acuut", title, "", plan.by))
    return found


def _network(file: PatientFile) -> list[Entry]:
    found = []
    for member in file.team:
        who = file.professionals.get(member.professional_id)
        if who is None:
            continue
        found.append(Entry(member.since, "netwerk", f"In het zorgnetwerk: {who.name}", member.part))
        if member.until is not None:
            found.append(Entry(member.until, "netwerk", f"Uit het zorgnetwerk: {who.name}"))
    for naaste in file.naasten:
        if naaste.until is not None:
            found.append(Entry(naaste.until, "netwerk", f"Niet meer betrokken: {naaste.name}"))
    return found


def _reviews(file: PatientFile) -> list[Entry]:
    return [
        Entry(review.done_on, "reviews", _review_words(review), review.outcome, review.by)
        for review in file.reviews
        if review.done_on is not None
    ]


def _review_words(review: Review) -> str:
    subject = f": {review.subject}" if review.subject else ""
    words = f"{label(review.kind)}{subject}"
    return f"{words[0].upper()}{words[1:]}"


def _meetings(file: PatientFile) -> list[Entry]:
    by_id = {meeting.id: meeting for meeting in file.meetings}
    found = []
    for item in file.items:
        meeting = by_id[item.meeting_id]
        if meeting.state is MeetingState.HELD and item.notes.discussed is not False:
            agreed = "; ".join(item.notes.afspraken)
            found.append(Entry(meeting.on, "mdo", "Besproken in het overleg", agreed))
    for consent in file.consents:
        title = f"Bespreken met {label(consent.kind)}: {label(consent.answer)}"
        found.append(Entry(consent.on, "mdo", title, "", consent.asked_by))
    return found


def _actions(file: PatientFile) -> list[Entry]:
    found = [
        Entry(action.since, "mdo", f"Actie afgesproken: {action.what}", "", action.who)
        for action in file.actions
    ]
    return found + [
        Entry(action.done_on, "mdo", f"Actie gedaan: {action.what}", action.outcome, action.who)
        for action in file.actions
        if action.done_on is not None
    ]


def _advices(file: PatientFile) -> list[Entry]:
    """What a meeting proposed, and on its own day what became of it."""
    found = []
    for advice in file.advices:
        words = advice_in(file, advice)
        waits = "" if advice.outcome else outcome_words(file, advice)
        found.append(Entry(advice.since, "mdo", f"Voorstel: {words}", waits))
        if advice.outcome is not None and advice.decided_on is not None:
            title = f"Voorstel {label(advice.outcome)}: {words}"
            found.append(Entry(advice.decided_on, "mdo", title, advice.reason, advice.decided_by))
    return found


def _papers(file: PatientFile) -> list[Entry]:
    return [
        Entry(
            handout.printed_at.astimezone().date(),
            "acuut" if handout.kind.value == "thuisblad" else "overzicht",
            f"Gemaakt: {label(handout.kind)}",
            f"PZP versie {handout.pzp_number}" if handout.pzp_number else "",
        )
        for handout in file.handouts
    ]


def _statements(file: PatientFile) -> list[Entry]:
    """That there is a statement; its words stand where it is read in full."""
    found = []
    by_id = {statement.id: statement for statement in file.statements}
    for statement in file.statements:
        found.append(Entry(statement.on, "overzicht", heading(statement), act="verklaringen"))
    for row in file.statement_withdrawals:
        given = dutch_date(by_id[row.statement_id].on)
        title = f"Verklaring van de patiënt van {given} ingetrokken"
        found.append(Entry(row.on, "overzicht", title, act="verklaringen"))
    return found


_OF = {"patient": ("overzicht", "Patiëntgegevens gewijzigd")}
"""Where a row stands that was edited in its place, and what is said of it; else it is of the network."""


def _formers(file: PatientFile, words: Callable[[Former], str]) -> list[Entry]:
    found = []
    for row in file.formers:
        section, title = _OF.get(row.table, ("netwerk", "Zorgnetwerk gewijzigd"))
        was = words(row).replace("\n", " · ")
        by = file.changers.get(row.changed_by, "")
        found.append(Entry(row.until.astimezone().date(), section, title, f"was: {was}", by))
    return found
