"""Who belongs on the agenda of a meeting, and why: rules over facts, nothing computed about people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Name, Sex, folded, short_date, sort_key
from pzdesk.domain.practice import Practice
from pzdesk.domain.status import Complexity, Phase, Urgency


class Reason(StrEnum):
    """Why somebody is proposed, most pressing for the person first."""

    DYING = "stervensfase"
    PHASE = "fase_veranderd"
    URGENCY = "urgentie_veranderd"
    MARKED = "nieuw_gemarkeerd"
    CAREGIVER = "vervolg_mantelzorg"
    NO_PZP = "geen_pzp"
    REVIEW = "review_te_laat"
    ACTION = "actie_open"
    PASSED_OVER = "niet_aan_bod"
    NOT_DISCUSSED = "lang_niet_besproken"
    DIED = "overleden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules need to know of one patient.

    ``…_heard`` is the day on which it was recorded, which may be long after it began. ``pzp_on`` is the day
    of the talk of the valid PZP, ``pzp_seen`` when a review moment for talk or revision was last held.
    ``passed_over_on`` is the day of the meeting before, where they stood on its agenda in vain.
    """

    patient_id: PatientId
    name: Name
    sex: Sex
    birth_date: date
    phase: str | None = None
    phase_since: date | None = None
    phase_heard: date | None = None
    phases: int = 0
    urgency: str | None = None
    urgency_since: date | None = None
    urgency_heard: date | None = None
    urgencies: int = 0
    complexity: str | None = None
    marked_on: date | None = None
    marked_heard: date | None = None
    pzp_count: int = 0
    pzp_on: date | None = None
    pzp_seen: date | None = None
    late_reviews: tuple[tuple[str, date], ...] = ()
    follow_ups: tuple[date, ...] = ()
    actions: tuple[date, ...] = ()
    left_markering: bool = False
    discussed_on: date | None = None
    discussed_since_death: bool = False
    passed_over_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Somebody who is proposed; ``reasons`` are neutral sentences that may stand on an overview."""

    patient_id: PatientId
    name: Name
    sex: Sex
    birth_date: date
    kinds: tuple[Reason, ...]
    reasons: tuple[str, ...]
    urgency: str | None
    minutes: int


def propose(
    facts: Iterable[Facts], on: date, since: date | None, practice: Practice
) -> list[Proposal]:
    """The people for a meeting on a day, ``since`` being the day of the meeting before (or None).

    Ordered by what it means for the person: dying first, then urgency, then the kind of reason;
    the evaluation after a death comes last.
    """
    made = []
    for fact in facts:
        rules = AFTER_DEATH if fact.phase == Phase.DECEASED else IN_CARE
        found = [(kind, text) for kind, rule in rules for text in rule(fact, on, since, practice)]
        if found:
            named, reasons = zip(*found, strict=True)
            kinds = tuple(dict.fromkeys(named))
            made.append(
                Proposal(
                    patient_id=fact.patient_id,
                    name=fact.name,
                    sex=fact.sex,
                    birth_date=fact.birth_date,
                    kinds=kinds,
                    reasons=reasons,
                    urgency=fact.urgency,
                    minutes=_minutes(fact, kinds, practice),
                )
            )
    fold = cache(folded)
    return sorted(made, key=lambda proposal: _order(proposal, fold))


MOST_REASONS = 3


def foremost(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons that fit an overview; how many more there are is told."""
    if len(reasons) <= MOST_REASONS:
        return reasons
    return (*reasons[: MOST_REASONS - 1], f"en {len(reasons) - MOST_REASONS + 1} andere redenen")


_PRESSING = {reason: place for place, reason in enumerate(Reason)}
_GROUP = {Reason.DYING: 0, Reason.DIED: 2}
_URGENCY: dict[str | None, int] = {Urgency.NOW: 0, Urgency.SOON: 1, Urgency.CALM: 3}


def _order(proposal: Proposal, fold: Callable[[str], str]) -> tuple[int, int, int, str]:
    first = proposal.kinds[0]
    urgency = _URGENCY.get(proposal.urgency, 2)
    return _GROUP.get(first, 1), urgency, _PRESSING[first], sort_key(proposal.name, fold)


def _minutes(fact: Facts, kinds: tuple[Reason, ...], practice: Practice) -> int:
    rules = practice.meeting
    if Reason.DIED in kinds:
        return rules.evaluation_minutes
    is_complex = fact.complexity in (Complexity.COMPLEX, Complexity.HIGH)
    new = Reason.MARKED in kinds or fact.discussed_on is None
    pressing = Reason.DYING in kinds or Reason.PHASE in kinds
    return rules.new_or_complex_minutes if is_complex or new or pressing else rules.known_minutes


def _died(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    day = fact.phase_since
    if day is None or day > on or fact.discussed_since_death:
        return []
    # A death may be heard of late: it is evaluated though it lies before the last meeting.
    begin = on - timedelta(weeks=practice.intervals.not_discussed_weeks)
    begin = min(begin, since) if since else begin
    return [f"overleden op {short_date(day, on)}, evaluatie"] if day >= begin else []


def _dying(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    if fact.phase != Phase.DYING or fact.phase_since is None:
        return []
    return [f"stervensfase sinds {short_date(fact.phase_since, on)}"]


def _phase(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    began = fact.phase_since
    if fact.phase is None or fact.phase == Phase.DYING or fact.phases < 2 or began is None:
        return []
    if fact.left_markering or not _is_news(began, fact.phase_heard, fact, on, since, practice):
        return []
    return [f"fase veranderd {short_date(began, on)}: {fact.phase}"]


def _urgency(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    began = fact.urgency_since
    if fact.urgencies < 2 or began is None or fact.left_markering:
        return []
    if not _is_news(began, fact.urgency_heard, fact, on, since, practice):
        return []
    return [f"urgentie veranderd {short_date(began, on)}"]


def _marked(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    began = fact.marked_on
    if began is None:
        return []
    if fact.discussed_on and max(began, fact.marked_heard or began) <= fact.discussed_on:
        return []
    # Who was never discussed stays new until the rule for "long not discussed" takes over.
    if fact.discussed_on is None and _not_discussed(fact, on, since, practice):
        return []
    return [f"nieuw gemarkeerd {short_date(began, on)}"]


def _caregiver(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    if not fact.follow_ups:
        return []
    return [f"vervolg mantelzorger open sinds {short_date(min(fact.follow_ups), on)}"]


def _no_pzp(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    marked = fact.marked_on
    if marked is None:
        return []
    if not fact.pzp_count:
        return [f"nog geen PZP, gemarkeerd {short_date(marked, on)}"]
    # Of a received form without a date nobody can say that it is from before the marking.
    if fact.pzp_on is None or max(fact.pzp_on, fact.pzp_seen or fact.pzp_on) >= marked:
        return []
    before = short_date(fact.pzp_on, on)
    return [f"PZP van {before}, nog niet herzien sinds de markering {short_date(marked, on)}"]


def _reviews(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    return [
        f"{name} open, was voor {short_date(due, on)}"
        for name, due in fact.late_reviews
        if due < on
    ]


def _actions(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    if not fact.actions:
        return []
    first = short_date(min(fact.actions), on)
    if len(fact.actions) == 1:
        return [f"1 actie open sinds {first}"]
    return [f"{len(fact.actions)} acties open, oudste {first}"]


def _passed_over(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    day = fact.passed_over_on
    if day is None or (fact.discussed_on is not None and fact.discussed_on >= day):
        return []
    return [f"niet aan bod gekomen op {short_date(day, on)}"]


def _not_discussed(fact: Facts, on: date, since: date | None, practice: Practice) -> list[str]:
    weeks = practice.intervals.not_discussed_weeks
    begin = fact.discussed_on or fact.marked_on
    if begin is None or on - begin < timedelta(weeks=weeks):
        return []
    passed = (on - begin).days // 7
    if fact.discussed_on is None:
        return [f"{passed} weken gemarkeerd, nog nooit besproken"]
    return [f"{passed} weken niet besproken"]


def _is_news(
    day: date,
    heard: date | None,
    fact: Facts,
    on: date,
    since: date | None,
    practice: Practice,
) -> bool:
    """Whether something began after the patient was last discussed, or else since the last meeting.

    What began before and was heard of after it is news as well.
    """
    weeks = timedelta(weeks=practice.intervals.not_discussed_weeks)
    before = fact.discussed_on or since
    if before is None:
        return day > on - weeks
    return max(day, heard or day) > before


Rule = Callable[[Facts, date, date | None, Practice], list[str]]

IN_CARE: tuple[tuple[Reason, Rule], ...] = (
    (Reason.DYING, _dying),
    (Reason.PHASE, _phase),
    (Reason.URGENCY, _urgency),
    (Reason.MARKED, _marked),
    (Reason.CAREGIVER, _caregiver),
    (Reason.NO_PZP, _no_pzp),
    (Reason.REVIEW, _reviews),
    (Reason.ACTION, _actions),
    (Reason.PASSED_OVER, _passed_over),
    (Reason.NOT_DISCUSSED, _not_discussed),
)
AFTER_DEATH: tuple[tuple[Reason, Rule], ...] = ((Reason.DIED, _died),)
