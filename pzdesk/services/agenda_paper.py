"""The agenda as paper: an overview, then a case page per person, for one kind of participant."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pzdesk.documents.agenda import AgendaPaper, AgendaRow, CasePage, Minutes, NewAction
from pzdesk.documents.parts import Actions, Block, Facts, Section
from pzdesk.documents.style import Imprint
from pzdesk.domain.action import FEEDBACK, Action, is_feedback
from pzdesk.domain.advice_words import advice_in, outcome_words
from pzdesk.domain.assessment import Dimension
from pzdesk.domain.file import PatientFile, as_of
from pzdesk.domain.handout import Handout, PartKind, part_key
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import (
    KIND_OF,
    AgendaItem,
    Invitee,
    Meeting,
    MeetingState,
    ParticipantKind,
    agenda_minutes,
    may_be_discussed,
)
from pzdesk.domain.network import Discipline
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, short, spoken
from pzdesk.domain.practice import Practice
from pzdesk.domain.proposal import foremost
from pzdesk.domain.status import StatusKind, Urgency
from pzdesk.services import case_words as case
from pzdesk.services import paper_words as words


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaFacts:
    """Everything the agenda is made of, read in one moment."""

    meeting: Meeting
    items: Sequence[AgendaItem]
    files: Mapping[PatientId, PatientFile]
    loose_actions: Sequence[Action]
    agreed: Sequence[Action] = ()
    practice: Practice
    before: date | None
    imprint: Imprint
    audience: ParticipantKind | None = None
    with_caregiver: bool = False
    last: Handout | None = None
    only_changed: bool = False
    clinical: bool = True

    @property
    def people_in(self) -> PartKind:
        """What this print holds of each person."""
        return people_in(clinical=self.clinical, with_caregiver=self.with_caregiver)


def people_in(*, clinical: bool, with_caregiver: bool) -> PartKind:
    """What a print holds of each person: a row for who may not read files, else a case page."""
    if not clinical:
        return PartKind.ROW
    return PartKind.PAGE_WITH_CAREGIVER if with_caregiver else PartKind.PAGE


def agenda_paper(facts: AgendaFacts) -> tuple[AgendaPaper, dict[str, str]]:
    """The agenda for everybody, or the version for a kind of participant; and a digest per part.

    After an earlier print (``last``) it says which items changed since, and with ``only_changed``
    holds the case pages of those alone. An item that only moved did not change: its new place and time
    stand in the overview.

    Who gave no consent for that kind stands on none of their papers; a time that falls out stays
    empty, so that the others keep theirs. Who may not read files (``clinical``) gets no case pages, and
    not what was agreed about somebody.
    """
    meeting = facts.meeting
    begin = datetime.combine(meeting.on, meeting.starts)
    rows, cases = [], []
    senders: list[str] = []
    now = begin
    plan = agenda_minutes(facts.items, facts.practice.meeting, meeting.minutes)
    open_actions = tuple(words.action_line(action) for action in facts.loose_actions)
    if plan.opening:
        since = f" sinds het overleg van {dutch_date(facts.before)}" if facts.before else ""
        rows.append(
            AgendaRow(
                start=now.time(),
                minutes=plan.opening,
                title=f"Opening, open acties{since}" if open_actions else "Opening",
                open_actions=open_actions,
            )
        )
        now += timedelta(minutes=plan.opening)
    parts: dict[str, str] = {}
    numbers: dict[str, str] = {}
    held = meeting.state is MeetingState.HELD
    for number, item in enumerate(facts.items, start=1):
        file = facts.files[item.patient_id] if item.patient_id is not None else None
        if file is not None and held:
            file = as_of(file, meeting.on)
        if file is None or _may_see(file, facts.audience):
            senders += [contribution.by for contribution in item.contributions]
            rows.append(_row(facts, item, file, str(number), now.time()))
            page = None
            if file is not None and facts.clinical:
                page = _case(facts, item, file, str(number), now.time())
            part = (
                part_key(facts.people_in, file.patient.id)
                if file is not None
                else part_key(PartKind.SUBJECT, item.id)
            )
            parts[part], numbers[part] = _digest(rows[-1], page), str(number)
            changed = facts.last is None or facts.last.parts.get(part) != parts[part]
            if page is not None and (changed or not facts.only_changed):
                cases.append(page)
        now += timedelta(minutes=item.minutes)
    agreed = tuple(words.action_line(action) for action in facts.agreed)
    if plan.reserve or agreed:
        rows.append(
            AgendaRow(
                start=now.time(),
                minutes=plan.reserve,
                title="Rondvraag, afgesproken" if agreed else "Reserve en rondvraag",
                open_actions=agreed,
            )
        )
    paper = AgendaPaper(
        imprint=facts.imprint,
        on=meeting.on,
        starts=meeting.starts,
        ends=(begin + timedelta(minutes=meeting.minutes)).time(),
        minutes=plan,
        place=meeting.place,
        chair=meeting.chair,
        expected=() if held else tuple(map(_named, meeting.invited)),
        present=tuple(_named(who) for who in meeting.invited if held and who.attended),
        absent=tuple(_named(who) for who in meeting.invited if held and not who.attended),
        beforehand=tuple(dict.fromkeys(senders)),
        note=". ".join(
            note for note in (_audience(facts), _reprint(facts, parts, numbers)) if note
        ),
        title="Verslag kernteam-MDO"
        if meeting.state is MeetingState.HELD
        else "Agenda kernteam-MDO",
        rows=tuple(rows),
        cases=tuple(cases),
    )
    return paper, parts


def _named(who: Invitee) -> str:
    is_known = who.discipline is not Discipline.OTHER
    return f"{who.name} ({label(who.discipline)})" if is_known else who.name


def _audience(facts: AgendaFacts) -> str:
    return f"Versie voor {label(facts.audience)}" if facts.audience else ""


def _digest(row: AgendaRow, page: CasePage | None) -> str:
    """What is said of an item, wherever on the agenda it stands."""
    row = replace(row, start=time(), number="")
    if page is not None:
        page = replace(page, head=replace(page.head, number="", at=""))
    return hashlib.sha256(repr((row, page)).encode()).hexdigest()


def _reprint(facts: AgendaFacts, parts: dict[str, str], numbers: dict[str, str]) -> str:
    """Which items changed since the last print, and whether any fell off; nothing on a first print."""
    if facts.last is None:
        return ""
    before = facts.last.parts
    changed = [numbers[part] for part, digest in parts.items() if before.get(part) != digest]
    gone = before.keys() - parts.keys()
    if not changed and not gone and not facts.only_changed:
        return ""
    moment = facts.last.printed_at.astimezone(facts.imprint.printed_at.tzinfo)
    since = f"sinds de afdruk van {dutch_date(moment.date())} {moment:%H.%M}"
    if not changed and not gone:
        return f"Niets gewijzigd {since}"
    fell = "er is een punt vervallen" if len(gone) == 1 else "er zijn punten vervallen"
    if not changed:
        return f"Opnieuw afgedrukt: {fell} {since}"
    only = ", alleen deze bladen" if facts.only_changed else ""
    which = "punt" if len(changed) == 1 else "punten"
    said = f"Opnieuw afgedrukt{only}: gewijzigd {since}: {which} {', '.join(changed)}"
    return f"{said}; {fell}" if gone else said


def _may_see(file: PatientFile, audience: ParticipantKind | None) -> bool:
    kind = audience or ParticipantKind.TREATING
    return may_be_discussed(list(file.consents), kind) is True


def _outcome(facts: AgendaFacts, item: AgendaItem, file: PatientFile | None) -> tuple[str, ...]:
    """What came of an item, short: the actions themselves stand on its own page."""
    notes = item.notes
    actions = [a for a in file.actions if a.meeting_id == facts.meeting.id] if file else []
    found = list(notes.afspraken)
    if actions:
        found.append("1 actie" if len(actions) == 1 else f"{len(actions)} acties")
    if not found and notes.no_action:
        found.append("geen actie")
    if facts.meeting.state is MeetingState.HELD and notes.discussed is False:
        found.append("niet besproken")
    return tuple(found)


def _row(
    facts: AgendaFacts, item: AgendaItem, file: PatientFile | None, number: str, start: time
) -> AgendaRow:
    agreed = _outcome(facts, item, file) if facts.clinical else ()
    if file is None:
        return AgendaRow(
            start=start,
            minutes=item.minutes,
            number=number,
            title=item.title,
            reasons=item.reasons,
            question=item.question,
            brings_in=item.brought_in_by,
            agreed=agreed,
        )
    details = [dutch_date(file.patient.birth_date)]
    if file.death is not None:
        details.append(f"overleden {dutch_date(file.death.since)}")
    else:
        urgency = file.now(StatusKind.URGENCY)
        said = label(Urgency(urgency.value)) if urgency else "nog niet bepaald"
        details.append(f"urgentie: {said}")
    return AgendaRow(
        start=start,
        minutes=item.minutes,
        number=number,
        title=short(file.patient.name, file.patient.sex),
        details=tuple(details),
        reasons=foremost(item.reasons),
        question=item.question,
        brings_in=item.brought_in_by,
        pzp=_pzp(file),
        consent=_consent(facts, file),
        agreed=agreed,
    )


def _pzp(file: PatientFile) -> str:
    version = file.valid_pzp
    if version is None:
        return "nog niet"
    received = "" if words.is_confirmed(file, version) else ", te bevestigen"
    return f"ja, {dutch_date(version.talk_on) or 'datum onbekend'}{received}"


def _consent(facts: AgendaFacts, file: PatientFile) -> str:
    """What is known of consent, for the treating and for each other kind that is invited."""
    consents = list(file.consents)
    asked = any(consent.kind is ParticipantKind.TREATING for consent in consents)
    may = may_be_discussed(consents, ParticipantKind.TREATING)
    said = ["nee" if may is False else "ja" if asked else "verondersteld"]
    invited = {
        KIND_OF.get(who.discipline, ParticipantKind.TREATING) for who in facts.meeting.invited
    }
    for kind in ParticipantKind:
        if kind in invited and kind is not ParticipantKind.TREATING:
            word = {True: "ja", False: "nee", None: "niet gevraagd"}[
                may_be_discussed(consents, kind)
            ]
            said.append(f"{label(kind)}: {word}")
    return ", ".join(said)


def _case(
    facts: AgendaFacts, item: AgendaItem, file: PatientFile, number: str, start: time
) -> CasePage:
    at = f"{start:%H.%M}, {item.minutes} min"
    last = file.last_meeting(facts.meeting.on)
    after_death = file.death is not None
    day = facts.meeting.on
    blocks: list[Block] = [*_question(facts, item, file)]
    if after_death:
        blocks.append(_death(file))
    since = f"het overleg van {dutch_date(last.on)}" if last else "de start"
    if last is not None:
        changed = case.changes(file, last.on, with_caregiver=facts.with_caregiver)
        blocks.append(
            Section(
                title=f"Gewijzigd sinds {since}",
                lines=changed,
                empty="Niets vastgelegd als gewijzigd.",
            )
        )
    if not after_death:
        blocks.append(words.dimensions(file, day))
        blocks.append(_understanding(file))
    blocks.append(case.caregivers(file, with_caregiver=facts.with_caregiver))
    blocks.append(Section(title="Wensen", lines=words.wishes(file.valid_pzp)))
    blocks.append(
        Section(
            title="Inbreng vooraf",
            lines=tuple(f"{c.by}: {c.text}" for c in item.contributions),
        )
    )
    if not after_death:
        blocks.append(_reviews(file))
    blocks.append(
        Actions(
            items=tuple(
                words.action_line(action)
                for action in file.open_actions
                if action.meeting_id != facts.meeting.id
            ),
            empty="Geen open acties.",
        )
    )
    plan = file.plan
    if plan is not None and plan.scenarios and not after_death:
        blocks.append(
            Facts(
                title="Vooruitkijken, vastgelegde scenario’s",
                rows=tuple(
                    (s.when, s.do + (f" (bel {s.call})" if s.call else "")) for s in plan.scenarios
                ),
            )
        )
    return CasePage(
        head=words.head(file, day, number=number, at=at),
        blocks=tuple(blocks),
        minutes=_minutes(facts, item, file),
    )


def _question(facts: AgendaFacts, item: AgendaItem, file: PatientFile) -> tuple[Section, ...]:
    """What is asked, or a line to write it on; apart from that why somebody stands on the agenda."""
    return (
        Section(
            title="Evaluatie na overlijden" if file.death else "Bespreekvraag",
            lines=(item.question,) if item.question else (),
            empty="Niet vastgelegd.",
            to_write=facts.meeting.state is not MeetingState.HELD,
        ),
        Section(
            title="Op de agenda omdat", lines=("; ".join(item.reasons),) if item.reasons else ()
        ),
    )


def _minutes(facts: AgendaFacts, item: AgendaItem, file: PatientFile) -> Minutes:
    notes = item.notes
    said = [(label(dimension), getattr(notes, dimension.value)) for dimension in Dimension]
    said.append(("Vooruitkijken", notes.vooruitkijken))
    known = facts.files[file.patient.id]  # also what was typed the morning after
    mine = [action for action in known.actions if action.meeting_id == facts.meeting.id]
    back = next((action for action in mine if is_feedback(action)), None)
    agreed = tuple(
        NewAction(who=action.who, what=action.what, when=dutch_date(action.due))
        for action in mine
        if action is not back
    )
    proposals = tuple(
        f"{advice_in(known, advice)}, {outcome_words(known, advice)}"
        for advice in known.advices
        if advice.meeting_id == facts.meeting.id
    )
    held = facts.meeting.state is MeetingState.HELD
    name = spoken(file.patient.name, file.patient.sex)
    told = "naasten" if file.death else f"{name} en naaste"
    return Minutes(
        title="Wat ging goed, wat kan beter, nazorg" if file.death else "Afspraken, vooruitkijken",
        notes=tuple((who, what) for who, what in said if what),
        agreements=notes.afspraken,
        actions=agreed if held else (),
        no_action=notes.no_action,
        proposals=tuple(line[:1].upper() + line[1:] for line in proposals),
        feedback=back.what[len(FEEDBACK) :] if back else told,
        feedback_by=back.who if back else "",
        feedback_before=dutch_date(back.due) if back else "",
        writing_room=not held,
    )


def _death(file: PatientFile) -> Facts:
    row = file.death
    assert row is not None  # noqa: S101 - only asked after a death
    wished = words.place_of_death(file) or "niet vastgelegd"
    return Facts(
        title="Overlijden",
        rows=(
            ("Overleden op", dutch_date(row.since)),
            ("Waar", row.place or "niet vastgelegd"),
            ("Gewenste plek", wished),
            *((("Toelichting", row.note),) if row.note else ()),
        ),
    )


def _understanding(file: PatientFile) -> Facts:
    last = file.assessed[-1] if file.assessed else None
    rows = [] if last is None else [("Begrijpen", last.understanding), ("Beslissen", last.deciding)]
    return Facts(title="Begrijpen en beslissen", rows=tuple((a, b) for a, b in rows if b))


def _reviews(file: PatientFile) -> Section:
    return Section(
        title="Reviewmomenten",
        lines=tuple(
            f"{review.subject or label(review.kind)}: te doen vóór {dutch_date(review.due)}"
            for review in file.open_reviews
        ),
    )
