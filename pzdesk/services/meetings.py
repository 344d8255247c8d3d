"""Kernteam meetings: who is proposed, the agenda, what was said, and what was agreed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, NotFound, Refused
from pzdesk.domain.mdo import (
    AgendaItem,
    Contribution,
    Invitee,
    ItemNotes,
    Meeting,
    MeetingState,
    checked_minutes,
)
from pzdesk.domain.network import Professional
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.proposal import Proposal, propose
from pzdesk.domain.texts import limited, one_line
from pzdesk.domain.user import Right
from pzdesk.services.session import Session, practice_of
from pzdesk.store import lists
from pzdesk.store.references import is_built_on
from pzdesk.store.unit import Unit

_IN_USE = (
    "Bij dit overleg is al iets vastgelegd of afgedrukt; laat het vervallen als het niet doorgaat."
)


class MeetingService:
    """What a user does with meetings."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # Of items that were taken off: who may not see what was sent in does not lose it by undoing that.
        self._sent_in: dict[int, tuple[Contribution, ...]] = {}

    def proposal(self, on: date) -> list[Proposal]:
        """The people who belong on the agenda of a meeting on a day, with the reasons.

        Raises:
            BadInput: no meeting can be on that day.
        """
        _checked_day(on)
        with self._session.reading(Right.PLAN_MEETING) as unit:
            found = _proposal(unit, on)
            unit.commit(AuditEvent.PROPOSED, What.READ, kind="overleg", count=len(found))
        return found

    def meetings(self) -> list[Meeting]:
        """All meetings, the latest first."""
        with self._session.reading(Right.SEE_WHO) as unit:
            found = unit.find(Meeting, order="-on")
            unit.commit(AuditEvent.MEETINGS_READ, What.READ, kind="overleg", count=len(found))
        return found

    def meeting(self, meeting_id: int) -> tuple[Meeting, list[AgendaItem]]:
        """One meeting with its agenda in order; what was said only for who may read files."""
        with self._session.reading(Right.PLAN_MEETING) as unit:
            found = unit.get(Meeting, meeting_id)
            items = unit.find(AgendaItem, meeting_id=meeting_id, order="position")
            unit.commit(AuditEvent.MEETING_READ, What.READ, kind="overleg", key=meeting_id)
        return found, [self._shown(item) for item in items]

    def plan(
        self,
        *,
        on: date,
        starts: time,
        patients: Sequence[PatientId] = (),
        minutes: int | None = None,
        place: str = "",
        chair: str = "",
        invited: Sequence[Invitee] | None = None,
    ) -> Meeting:
        """Plan a meeting with people on its agenda, each with the reasons of the proposal.

        Who is invited is the practice's kernteam unless said otherwise.

        Raises:
            NotFound: a patient does not exist.
            Refused: a patient is named twice.
            BadInput: the minutes are out of range, or no meeting can be on that day.
        """
        _checked_day(on)
        if len(set(patients)) != len(patients):
            raise Refused("Een patiënt staat twee keer in de lijst.")
        with self._session.writing(Right.PLAN_MEETING) as unit:
            practice = practice_of(unit)
            if invited is None:
                invited = [
                    Invitee(name=p.name, discipline=p.discipline, professional_id=p.id)
                    for p in unit.find(Professional, kernteam=True, order="name")
                ]
            meeting = unit.add(
                Meeting(
                    kernteam=practice.kernteam,
                    on=on,
                    starts=starts,
                    minutes=checked_minutes(
                        practice.meeting.minutes if minutes is None else minutes
                    ),
                    place=place,
                    chair=one_line(chair) or self._session.user.name,
                    invited=tuple(invited),
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
            )
            found = _proposal(unit, on) if patients else []
            proposed = {p.patient_id: p for p in found}
            for position, patient_id in enumerate(patients, start=1):
                _exists(unit, patient_id)
                unit.add(
                    _item(meeting, position, patient_id, proposed, practice.meeting.known_minutes)
                )
            unit.commit(
                *(AuditEvent.MEETING_PLANNED, What.CREATE),
                kind="overleg",
                key=meeting.id,
                count=len(patients),
            )
        return meeting

    def withdraw(self, meeting: Meeting) -> None:
        """Take back a meeting that was planned by mistake, with its agenda, as if never there.

        Raises:
            Refused: something was noted, agreed or printed for it by now.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.PLAN_MEETING) as unit:
            for item in unit.find(AgendaItem, meeting_id=meeting.id):
                if item.notes != ItemNotes() or item.contributions or item.question:
                    raise Refused(_IN_USE)
                unit.remove(item)
            if is_built_on(unit, meeting):
                raise Refused(_IN_USE)
            unit.remove(meeting)
            unit.commit(AuditEvent.MEETING_WITHDRAWN, What.DELETE, kind="overleg", key=meeting.id)

    def change(self, meeting: Meeting) -> Meeting:
        """Keep changed data of a meeting: when, where, who is invited.

        Raises:
            BadInput: the minutes are out of range, or no meeting can be on that day.
            Stale: somebody else changed it since it was read.
        """
        _checked_day(meeting.on)
        checked_minutes(meeting.minutes)
        with self._session.writing(Right.PLAN_MEETING) as unit:
            kept = unit.replace(meeting)
            unit.commit(AuditEvent.MEETING_CHANGED, What.UPDATE, kind="overleg", key=kept.id)
        return kept

    def add_item(
        self,
        meeting_id: int,
        *,
        patient_id: PatientId | None = None,
        title: str = "",
        question: str = "",
        brought_in_by: str = "",
        minutes: int | None = None,
        proposed: Sequence[Proposal] | None = None,
    ) -> AgendaItem:
        """Put a person, or a subject without a file, at the end of the agenda.

        What was asked about somebody, and sent in, for a meeting that passed them over, is asked again.
        ``proposed`` is the proposal as the user sees it; without it that is made anew.

        Raises:
            BadInput: neither a patient nor a title is given, or the minutes are out of range.
            Refused: the patient is on the agenda already.
        """
        title = one_line(title, field="onderwerp")
        if patient_id is None and not title:
            raise BadInput("Kies een patiënt of vul een onderwerp in.", field="onderwerp")
        with self._session.writing(Right.PLAN_MEETING) as unit:
            meeting = unit.get(Meeting, meeting_id)
            sent_in: tuple[Contribution, ...] = ()
            items = unit.find(AgendaItem, meeting_id=meeting_id)
            if patient_id is not None:
                _exists(unit, patient_id)
                if any(item.patient_id == patient_id for item in items):
                    raise Refused("Deze persoon staat al op de agenda.")
                was = _passed_over(unit, lists.meeting_before(unit, meeting.on)).get(patient_id)
                if was is not None and not question:
                    question, brought_in_by = was.question, brought_in_by or was.brought_in_by
                    sent_in = was.contributions
            known = practice_of(unit).meeting.known_minutes
            position = max((item.position for item in items), default=0) + 1
            if proposed is None and patient_id is not None:
                proposed = _proposal(unit, meeting.on)
            by_patient = {one.patient_id: one for one in proposed or ()}
            item = _item(meeting, position, patient_id, by_patient, known)
            kept = unit.add(
                replace(
                    item,
                    title=title,
                    question=question,
                    brought_in_by=brought_in_by,
                    contributions=sent_in,
                    minutes=checked_minutes(item.minutes if minutes is None else minutes),
                )
            )
            unit.commit(
                AuditEvent.ITEM_CHANGED,
                What.CREATE,
                patient=patient_id,
                kind="agendapunt",
                key=kept.id,
            )
        return self._shown(kept)

    def change_item(self, item: AgendaItem) -> AgendaItem:
        """Keep a changed question, minutes, reasons, who brings it in, or input of absent members.

        What was said stays as it was noted, and so does the input for who may not read files.

        Raises:
            BadInput: the minutes are out of range or a text is too long.
            Stale: somebody else changed it since it was read.
        """
        checked_minutes(item.minutes)
        with self._session.writing(Right.PLAN_MEETING) as unit:
            before = unit.get(AgendaItem, item.id)
            if not self._session.has(Right.READ_FILE):
                item = replace(item, contributions=before.contributions)
            kept = unit.replace(replace(item, notes=before.notes))
            unit.commit(
                *(AuditEvent.ITEM_CHANGED, What.UPDATE),
                patient=item.patient_id,
                kind="agendapunt",
                key=kept.id,
            )
        return self._shown(kept)

    def order(self, meeting_id: int, item_ids: Sequence[int]) -> list[AgendaItem]:
        """Put the agenda in this order.

        Raises:
            Refused: the ids are not exactly those of the agenda.
        """
        with self._session.writing(Right.PLAN_MEETING) as unit:
            items = {item.id: item for item in unit.find(AgendaItem, meeting_id=meeting_id)}
            if sorted(items) != sorted(item_ids):
                raise Refused("De volgorde past niet meer bij de agenda; bekijk de agenda opnieuw.")
            kept = [
                unit.replace(replace(items[key], position=position))
                for position, key in enumerate(item_ids, start=1)
            ]
            unit.commit(AuditEvent.ITEM_CHANGED, What.UPDATE, kind="agenda", key=meeting_id)
        return [self._shown(item) for item in kept]

    def take_off(self, item: AgendaItem) -> None:
        """Take an item off the agenda, while nothing was noted yet.

        Raises:
            Refused: something was noted already.
        """
        with self._session.writing(Right.PLAN_MEETING) as unit:
            before = unit.get(AgendaItem, item.id)
            if before.notes != ItemNotes():
                raise Refused("Bij dit punt is al iets genoteerd; het kan niet meer van de agenda.")
            unit.remove(item)
            unit.commit(
                *(AuditEvent.ITEM_CHANGED, What.DELETE),
                patient=item.patient_id,
                kind="agendapunt",
                key=item.id,
            )
        self._sent_in[item.id] = before.contributions

    def put_back(self, item: AgendaItem) -> AgendaItem:
        """Put an item back on the agenda that was just taken off, where it stood; else at the end.

        Raises:
            Refused: this person was put on the agenda again already.
        """
        with self._session.writing(Right.PLAN_MEETING) as unit:
            items = unit.find(AgendaItem, meeting_id=item.meeting_id)
            if item.patient_id is not None and any(
                one.patient_id == item.patient_id for one in items
            ):
                raise Refused("Deze persoon staat al op de agenda.")
            taken = {one.position for one in items}
            position = max(taken, default=0) + 1 if item.position in taken else item.position
            item = replace(item, contributions=self._sent_in.get(item.id, item.contributions))
            kept = unit.add(replace(item, id=0, version=1, position=position))
            unit.commit(
                *(AuditEvent.ITEM_CHANGED, What.CREATE),
                patient=item.patient_id,
                kind="agendapunt",
                key=kept.id,
            )
        return self._shown(kept)

    def note(self, item: AgendaItem, notes: ItemNotes) -> AgendaItem:
        """Keep what was said and agreed about an item.

        Raises:
            BadInput: a text is too long.
            Stale: somebody else changed it since it was read.
        """
        agreed = tuple(text for text in map(limited, notes.afspraken) if text)
        notes = replace(notes, afspraken=agreed)
        with self._session.writing(Right.WRITE_FILE) as unit:
            kept = unit.replace(replace(item, notes=notes))
            unit.commit(
                *(AuditEvent.NOTES_RECORDED, What.UPDATE),
                patient=item.patient_id,
                kind="agendapunt",
                key=kept.id,
            )
        return kept

    def held(
        self, meeting: Meeting, attended: Sequence[str], *, left: Sequence[int] = ()
    ) -> Meeting:
        """Record that a meeting was held, and who was there (names of invited, or others).

        Of the items in ``left`` it is recorded that they were not discussed, so that they come back.

        Raises:
            Refused: the day of the meeting is still to come.
            Stale: somebody else changed it since it was read.
        """
        if meeting.on > self._session.today:
            raise Refused("Dit overleg moet nog plaatsvinden.")
        invited = tuple(replace(who, attended=who.name in attended) for who in meeting.invited)
        known = {who.name for who in invited}
        others = tuple(Invitee(name=name, attended=True) for name in attended if name not in known)
        kept = replace(meeting, state=MeetingState.HELD, invited=(*invited, *others))
        with self._session.writing(Right.PLAN_MEETING) as unit:
            kept = unit.replace(kept)
            for item in unit.find(AgendaItem, meeting_id=meeting.id):
                if item.id in left and item.notes == ItemNotes():
                    unit.replace(replace(item, notes=ItemNotes(discussed=False)))
            unit.commit(AuditEvent.MEETING_CHANGED, What.UPDATE, kind="overleg", key=kept.id)
        return kept

    def reopen(self, meeting: Meeting, was: Meeting, *, left: Sequence[int] = ()) -> Meeting:
        """Open a meeting again that was closed by mistake, as it ``was``; the notes stay.

        Raises:
            Refused: it is open.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.PLAN_MEETING) as unit:
            if unit.get(Meeting, meeting.id).state is not MeetingState.HELD:
                raise Refused("Dit overleg is niet afgerond.")
            kept = unit.replace(replace(meeting, state=MeetingState.PREPARING, invited=was.invited))
            for item in unit.find(AgendaItem, meeting_id=meeting.id):
                if item.id in left and item.notes == ItemNotes(discussed=False):
                    unit.replace(replace(item, notes=ItemNotes()))
            unit.commit(AuditEvent.MEETING_REOPENED, What.UPDATE, kind="overleg", key=kept.id)
        return kept

    def _shown(self, item: AgendaItem) -> AgendaItem:
        """An item without what was said or sent in, for who plans but may not read files."""
        if self._session.has(Right.READ_FILE):
            return item
        return replace(item, contributions=(), notes=ItemNotes())


def _checked_day(on: date) -> None:
    """Refuse the year of a slip of the pen (raises ``BadInput``)."""
    if not 2000 <= on.year <= 2199:
        raise BadInput(f"Het jaar {on.year} kan niet kloppen; kijk de datum na.", field="datum")


def _proposal(unit: Unit, on: date) -> list[Proposal]:
    since = lists.meeting_before(unit, on)
    passed = _passed_over(unit, since)
    facts = (
        replace(fact, passed_over_on=since) if fact.patient_id in passed else fact
        for fact in lists.proposal_facts(unit, on)
    )
    return propose(facts, on, since, practice_of(unit))


def _passed_over(unit: Unit, on: date | None) -> dict[PatientId, AgendaItem]:
    """Who stood on the agenda of a meeting that was held on a day, and was not discussed."""
    held = unit.find(Meeting, on=on, state=MeetingState.HELD) if on is not None else ()
    return {
        item.patient_id: item
        for meeting in held
        for item in unit.find(AgendaItem, meeting_id=meeting.id)
        if item.patient_id is not None and item.notes.discussed is False
    }


def _exists(unit: Unit, patient_id: PatientId) -> None:
    if not unit.find(Patient, id=patient_id):
        raise NotFound(f"Patiënt {patient_id} bestaat niet in deze praktijk.")


def _item(
    meeting: Meeting,
    position: int,
    patient_id: PatientId | None,
    proposed: dict[PatientId, Proposal],
    minutes: int,
) -> AgendaItem:
    reasons: tuple[str, ...] = ()
    if patient_id is not None and patient_id in proposed:
        reasons, minutes = proposed[patient_id].reasons, proposed[patient_id].minutes
    return AgendaItem(
        meeting_id=meeting.id,
        position=position,
        patient_id=patient_id,
        reasons=reasons,
        minutes=minutes,
    )
