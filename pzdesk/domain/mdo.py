"""The kernteam MDO: the meeting, its agenda, and what was said and agreed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.network import Discipline
from pzdesk.domain.patient import PatientId
from pzdesk.domain.practice import MeetingRules
from pzdesk.domain.texts import Line


class MeetingState(StrEnum):
    """How far a meeting is."""

    PREPARING = "voorbereiding"
    HELD = "gehouden"
    CANCELLED = "vervallen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Somebody invited; ``attended`` is None until the meeting was held."""

    name: Line
    discipline: Discipline = Discipline.OTHER
    professional_id: int | None = None
    attended: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A kernteam meeting."""

    id: int = 0
    version: int = 1
    kernteam: Line = ""
    on: date
    starts: time
    minutes: int = 60
    place: Line = ""
    chair: Line = ""
    invited: tuple[Invitee, ...] = ()
    state: MeetingState = MeetingState.PREPARING
    recorded_at: datetime
    recorded_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What somebody who will be absent said beforehand."""

    by: Line
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNotes:
    """What was said: a note per dimension, looking ahead, and what was agreed."""

    lichamelijk: str = ""
    psychisch: str = ""
    sociaal: str = ""
    zingeving: str = ""
    vooruitkijken: str = ""
    afspraken: tuple[str, ...] = ()
    no_action: bool = False
    discussed: bool | None = None


def taken_back(notes: ItemNotes, before: ItemNotes) -> ItemNotes:
    """Notes after an act at the table was undone: where nothing else was noted, discussed as ``before``.

    An item that was marked as discussed by mistake must come back in the next meeting.
    """
    said_nothing = replace(notes, discussed=None) == ItemNotes()
    return replace(notes, discussed=before.discussed) if said_nothing else notes


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """A person, or a subject without a file, on the agenda of a meeting.

    ``reasons`` are neutral words that may stand on an overview; order is ``position``, from 1.
    """

    id: int = 0
    version: int = 1
    meeting_id: int
    position: int
    patient_id: PatientId | None = None
    title: Line = ""
    reasons: tuple[str, ...] = ()
    question: str = ""
    brought_in_by: Line = ""
    minutes: int = 5
    contributions: tuple[Contribution, ...] = ()
    notes: ItemNotes = ItemNotes()


def people_on(items: Iterable[AgendaItem]) -> frozenset[PatientId]:
    """Who stands on an agenda."""
    return frozenset(item.patient_id for item in items if item.patient_id is not None)


class ParticipantKind(StrEnum):
    """The kinds of participant for whom consent is asked apart (KNMG 2021)."""

    TREATING = "behandelaars"
    WELFARE = "welzijn"
    VOLUNTEERS = "vrijwilligers"
    SPIRITUAL = "geestelijke_verzorging"


KIND_OF: dict[Discipline, ParticipantKind] = {
    Discipline.SOCIAAL_WERK: ParticipantKind.WELFARE,
    Discipline.VPTZ: ParticipantKind.VOLUNTEERS,
    Discipline.GEESTELIJK: ParticipantKind.SPIRITUAL,
}


class ConsentAnswer(StrEnum):
    """Whether somebody may be discussed; "verondersteld" exists for direct treatment only."""

    YES = "ja"
    NO = "nee"
    PRESUMED = "verondersteld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a patient said about being discussed with a kind of participant; the newest row holds."""

    id: int = 0
    patient_id: PatientId
    kind: ParticipantKind
    answer: ConsentAnswer
    on: date
    asked_by: Line = ""
    recorded_at: datetime
    recorded_by: int


def may_be_discussed(consents: list[Consent], kind: ParticipantKind) -> bool | None:
    """Whether a patient may stand on the papers of a kind of participant; None: not asked.

    Direct treatment presumes consent until the patient says no (KNMG-richtlijn Omgaan met medische
    gegevens, 2021); for the others only a "yes" counts.
    """
    rows = [consent for consent in consents if consent.kind is kind]
    last = max(rows, key=lambda consent: (consent.on, consent.id), default=None)
    if last is None:
        return True if kind is ParticipantKind.TREATING else None
    if last.answer is ConsentAnswer.PRESUMED:
        return kind is ParticipantKind.TREATING
    return last.answer is ConsentAnswer.YES


def agenda_count(items: Sequence[AgendaItem]) -> str:
    """How full an agenda is, in words: "7 mensen en 1 ander punt"."""
    people = sum(item.patient_id is not None for item in items)
    others = len(items) - people
    said = [f"{people} {'persoon' if people == 1 else 'mensen'}"] if people or not others else []
    if others:
        noun = "punt" if others == 1 else "punten"
        said.append(
            f"{others} {'ander ' if people and others == 1 else 'andere ' if people else ''}{noun}"
        )
    return " en ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaMinutes:
    """Where the minutes of a meeting go; ``reserve`` is what a full agenda leaves of it."""

    opening: int = 0
    items: int = 0
    reserve: int = 0
    available: int

    @property
    def planned(self) -> int:
        """The minutes that are spoken for."""
        return self.opening + self.items + self.reserve

    @property
    def over(self) -> int:
        """How many minutes more are planned than there are; 0 where it fits."""
        return max(0, self.planned - self.available)


def agenda_minutes(
    items: Iterable[AgendaItem], rules: MeetingRules, available: int
) -> AgendaMinutes:
    """Where the minutes of a meeting go. The reserve is there to be used: it is never too much."""
    spoken_for = sum(item.minutes for item in items)
    left = available - rules.opening_minutes - spoken_for
    return AgendaMinutes(
        opening=rules.opening_minutes,
        items=spoken_for,
        reserve=max(0, min(rules.reserve_minutes, left)),
        available=available,
    )


def checked_minutes(minutes: int) -> int:
    """Minutes for an item or a meeting, 1 to 480.

    Raises:
        BadInput: out of range.
    """
    if not 1 <= minutes <= 480:
        raise BadInput("Het aantal minuten ligt niet tussen 1 en 480.", field="minuten")
    return minutes
