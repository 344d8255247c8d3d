"""The practice, and the rules and intervals it follows (defaults in ``resources/practice.json``)."""

from dataclasses import dataclass

from pzdesk.domain.errors import BadInput
from pzdesk.domain.texts import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """After how long something is due; every one is a setting (care-process, "Defaults").

    Days are calendar days; ``working_days`` in the name says otherwise. Weeks are seven days.
    """

    pzp_talk_weeks: int
    pzp_talk_urgent_weeks: int
    pzvp_working_days: int
    medication_weeks: int
    follow_up_days: int
    follow_up_short_days: int
    not_discussed_weeks: int
    pzp_revision_weeks: int
    told_working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRules:
    """How a meeting of this practice is laid out, in minutes."""

    minutes: int
    opening_minutes: int
    new_or_complex_minutes: int
    known_minutes: int
    evaluation_minutes: int
    reserve_minutes: int
    most_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LockTimes:
    """After how many minutes without a key or the mouse a window locks by itself; there is no never.

    ``meeting_minutes`` counts while a meeting is held: people talk then, and the page stands on the wall.
    """

    minutes: int
    meeting_minutes: int


LONGEST_LOCK, LONGEST_MEETING_LOCK = 60, 240


def checked_lock(times: LockTimes) -> LockTimes:
    """Times that can be kept.

    Raises:
        BadInput: one is no minute at all or too long, or a meeting locks sooner than other work.
    """
    for field, minutes, most in (
        ("minutes", times.minutes, LONGEST_LOCK),
        ("meeting_minutes", times.meeting_minutes, LONGEST_MEETING_LOCK),
    ):
        if not 1 <= minutes <= most:
            raise BadInput(f"Kies 1 tot {most} minuten.", field=field)
    if times.meeting_minutes < times.minutes:
        raise BadInput(
            "Tijdens een overleg kan het niet korter zijn dan anders.", field="meeting_minutes"
        )
    return times


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The practice whose store this is; ``version`` goes up each time it is changed."""

    version: int = 1

    name: Line
    kernteam: Line = ""
    phone_day: Line = ""
    hap_name: Line = ""
    hap_phone: Line = ""
    city: Line = ""
    intervals: Intervals
    meeting: MeetingRules
    lock: LockTimes
