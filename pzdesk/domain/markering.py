"""Markering: the palliative phase recognised, talked about, and told to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.texts import Line


class MarkeringState(StrEnum):
    """Three states that must not be confused, and two ways out (care-process, element 2)."""

    TO_JUDGE = "te_beoordelen"
    MARKED = "gemarkeerd"
    TALKED = "besproken"
    NOT_MARKED = "niet_markeren"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Markering:
    """One step of the marking of a patient; steps are added, never edited.

    ``surprised_by_death`` is the answer to the surprise question (True: yes, I would be surprised);
    ``surprised_if_alive`` the second one, asked only when the first is "no" (double surprise
    question, doi 10.1186/s12904-019-0503-9). None: not asked.
    """

    id: int = 0
    patient_id: PatientId = NEW
    state: MarkeringState
    on: date
    by: Line = ""
    professional_id: int | None = None
    surprised_by_death: bool | None = None
    surprised_if_alive: bool | None = None
    indicator: Line = ""
    urgent: bool = False
    note: str = ""
    again_on: date | None = None
    recorded_at: datetime
    recorded_by: int


class Whom(StrEnum):
    """Who may be told of a transition."""

    APOTHEEK = "apotheek"
    HAP = "hap"
    WIJKVERPLEGING = "wijkverpleging"
    PATIENT = "patient"
    NAASTE = "naaste"
    SPECIALIST = "specialist"
    PZVP = "pzvp"
    HOSPICE = "hospice"
    WELZIJN = "welzijn_vptz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """That somebody was told of a transition, when and how.

    ``transition`` is "markering" or the phase that began. ``before_talk`` is the reason why somebody
    else was told before the patient was.
    """

    id: int = 0
    patient_id: PatientId = NEW
    transition: str = "markering"
    whom: Whom
    name: Line = ""
    on: date
    how: Line = ""
    before_talk: str = ""
    recorded_at: datetime
    recorded_by: int


_NEXT: dict[MarkeringState | None, frozenset[MarkeringState]] = {
    None: frozenset(
        {MarkeringState.TO_JUDGE, MarkeringState.MARKED, MarkeringState.TALKED}
        | {MarkeringState.NOT_MARKED}
    ),
    MarkeringState.TO_JUDGE: frozenset(
        {MarkeringState.TO_JUDGE, MarkeringState.MARKED, MarkeringState.TALKED}
        | {MarkeringState.NOT_MARKED}
    ),
    MarkeringState.MARKED: frozenset({MarkeringState.TALKED, MarkeringState.WITHDRAWN}),
    MarkeringState.TALKED: frozenset({MarkeringState.WITHDRAWN}),
    MarkeringState.NOT_MARKED: frozenset(
        {MarkeringState.TO_JUDGE, MarkeringState.MARKED, MarkeringState.TALKED}
    ),
    MarkeringState.WITHDRAWN: frozenset({MarkeringState.TO_JUDGE, MarkeringState.MARKED}),
}


def latest(steps: Sequence[Markering]) -> Markering | None:
    """The step that holds now: steps follow each other as they were recorded."""
    return max(steps, key=lambda step: step.id, default=None)


def next_states(steps: Sequence[Markering]) -> tuple[MarkeringState, ...]:
    """The states that may follow what was recorded, in the order of the list."""
    before = latest(steps)
    allowed = _NEXT[before.state if before else None]
    return tuple(state for state in MarkeringState if state in allowed)


def is_marked(step: Markering | None) -> bool:
    """Whether somebody is marked, with or without the talk."""
    return step is not None and is_marked_state(step.state)


def is_marked_state(state: str | None) -> bool:
    """The same of the word of a state, as a list holds it."""
    return state in (MarkeringState.MARKED, MarkeringState.TALKED)


def marked_on(steps: Sequence[Markering]) -> date | None:
    """The day of the marking that still holds: the first step since the last way out."""
    day: date | None = None
    for step in sorted(steps, key=lambda step: step.id):
        day = (day or step.on) if is_marked(step) else None
    return day


def checked_step(steps: Sequence[Markering], step: Markering, today: date) -> Markering:
    """A next step that may follow what was recorded.

    Raises:
        Refused: the step cannot follow the present state.
        BadInput: the day lies in the future or before the step it follows; or the second surprise
            question is answered where the first is not "no".
    """
    before = latest(steps)
    if step.state not in _NEXT[before.state if before else None]:
        was = before.state if before else "nog niet beoordeeld"
        raise Refused(f"Na “{str(was).replace('_', ' ')}” kan deze stap niet volgen.")
    if step.on > today:
        raise BadInput("De datum van de markering ligt in de toekomst.", field="datum")
    if before and step.on < before.on:
        raise BadInput("De datum ligt vóór de vorige stap van de markering.", field="datum")
    if step.surprised_if_alive is not None and step.surprised_by_death is not False:
        raise BadInput(
            "De tweede surprise question wordt alleen gesteld als het antwoord op de eerste “nee” is.",
            field="surprise_question_2",
        )
    return step


def checked_told(steps: Sequence[Markering], told: Told, today: date) -> Told:
    """That somebody was told, when that is allowed.

    Nobody but the patient is told before the talk, unless the clinician says why (care-process,
    element 2).

    Raises:
        Refused: there is no marking, or the talk was not held and no reason is given.
        BadInput: the day lies in the future.
    """
    now = latest(steps)
    if now is None or not is_marked(now):
        raise Refused("Deze persoon is niet gemarkeerd; er is nog niets om door te geven.")
    talked = now.state is MarkeringState.TALKED
    if not talked and told.whom is not Whom.PATIENT and not told.before_talk.strip():
        raise Refused(
            "De markering is nog niet met de patiënt besproken. "
            "Geef een reden op om een ander toch eerder in te lichten."
        )
    if told.on > today:
        raise BadInput("De datum ligt in de toekomst.", field="datum")
    return told
