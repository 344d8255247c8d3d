"""The practice, and the rules and intervals it follows (defaults in ``resources/practice.json``)."""

from dataclasses import dataclass

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
class Practice:
    """The practice whose store this is."""

    name: Line
    kernteam: Line = ""
    phone_day: Line = ""
    hap_name: Line = ""
    hap_phone: Line = ""
    city: Line = ""
    intervals: Intervals
    meeting: MeetingRules
