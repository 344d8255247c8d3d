"""What comes on the work list, and when: the rules of ``resources/worklist.json`` as values."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from string import Formatter

from pzdesk.domain.practice import Intervals
from pzdesk.domain.review import plus_working_days
from pzdesk.domain.status import Phase, StatusKind, Urgency
from pzdesk.domain.user import Right


class Waits(StrEnum):
    """The kinds of things that can wait for somebody; the file says of each when and in which words."""

    TALK = "markeringsgesprek"
    TELL_PHARMACY = "apotheek_inlichten"
    CONFIRM_PZP = "pzp_bevestigen"
    CONFIRM_ADVICE = "voorstel_bevestigen"
    NO_PZP = "pzp_ontbreekt"
    AGREE_FOLLOW_UP = "vervolg_afspreken"
    FOLLOW_UP = "vervolg"
    REVIEW = "review"
    ACTION = "actie"
    TO_JUDGE = "te_beoordelen"
    JUDGE_AGAIN = "opnieuw_beoordelen"
    REVISE_PZP = "pzp_herzien"
    NOT_JUDGED = "nog_niet_beoordeeld"
    CLOSE_MEETING = "overleg_afronden"
    PREPARE_MEETING = "overleg_voorbereiden"


IN_CARE, DECEASED, LEFT = "in_zorg", "overleden", "uit_zorg"
"""Whom a kind may be about."""

FILLED = frozenset({"since", "ago", "what", "because", "naaste"})
"""What a reason may have filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkKind:
    """How one kind of thing is told, whose task it is, and what its button does.

    ``interval`` names the practice's interval after which it is due, ``days`` a number of calendar days;
    without either the thing has its own day. Who may not read files sees ``neutral``, or nothing where that
    is empty. The button goes to ``section`` of the file, or to ``page`` where there is no file to open.
    ``who`` are the dated rows that say whose task it is where nobody is named: the first that is filled.
    """

    id: Waits
    reason: str
    neutral: str = ""
    button: str
    section: str = ""
    act: str
    page: str = ""
    page_section: str = ""
    right: Right
    about: tuple[str, ...]
    interval: str = ""
    urgent_interval: str = ""
    days: int | None = None
    who: tuple[StatusKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRules:
    """How many days ahead "this week" and "soon" reach, and the kinds, the most pressing first.

    ``order`` lists phases and urgencies from the most pressing for the person down.
    """

    about: str
    week_days: int
    soon_days: int
    order: tuple[str, ...]
    kinds: tuple[WorkKind, ...]


def checked_rules(rules: WorkRules) -> WorkRules:
    """Rules that hold together.

    Raises:
        ValueError: a kind is missing or stands twice, or a word, an interval or a number cannot be.
    """
    if sorted(kind.id for kind in rules.kinds) != sorted(Waits):
        raise ValueError("not every kind stands there once")
    if not 0 <= rules.week_days < rules.soon_days:
        raise ValueError("this week does not end before soon")
    if len(set(rules.order)) != len(rules.order) or not set(rules.order) <= {*Phase, *Urgency}:
        raise ValueError("order names something that is no phase or urgency, or twice")
    intervals = {field.name for field in fields(Intervals)}
    for kind in rules.kinds:
        filled = {name for text in (kind.reason, kind.neutral) for name in _filled(text)}
        if not filled <= FILLED or not {*_filled(kind.act)} <= {"id"}:
            raise ValueError(f"{kind.id}: words that nothing fills in")
        if not {kind.interval, kind.urgent_interval} - {""} <= intervals:
            raise ValueError(f"{kind.id}: no such interval")
        if not set(kind.about) <= {IN_CARE, DECEASED, LEFT}:
            raise ValueError(f"{kind.id}: about whom?")
    return rules


def due_after(kind: WorkKind, begin: date, intervals: Intervals, *, urgent: bool = False) -> date:
    """When something of a kind that began on a day is due.

    The name of an interval says its unit: working days, days, or weeks of seven days.
    """
    if kind.days is not None:
        return begin + timedelta(days=kind.days)
    name = (urgent and kind.urgent_interval) or kind.interval
    count: int = getattr(intervals, name) if name else 0
    if name.endswith("_working_days"):
        return plus_working_days(begin, count)
    return begin + timedelta(days=count * (7 if name.endswith("_weeks") else 1))


def _filled(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
