"""The work list: one line per person, by what it means for them before how late it is.

Nothing is computed about people: every line says why it stands there. The rules are data
(``work_rules``), what they look at stands in ``work_facts``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from pzdesk.domain.action import Action
from pzdesk.domain.mdo import agenda_count, agenda_minutes
from pzdesk.domain.person import folded, short, short_date
from pzdesk.domain.practice import Intervals, MeetingRules
from pzdesk.domain.status import Phase, StatusKind, Urgency
from pzdesk.domain.user import Right, User
from pzdesk.domain.work_facts import (
    ABOUT_MEETINGS,
    RULES,
    Found,
    MeetingFacts,
    Person,
    WorkFacts,
    found_action,
    without_question,
)
from pzdesk.domain.work_rules import Waits, WorkKind, WorkRules

FILE_PAGE = "dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """As which user, under which names and as which professionals somebody stands in files."""

    user_id: int
    names: frozenset[str]
    professionals: frozenset[int]

    def is_named(self, who: str) -> bool:
        """Whether this user is who is named, alone or with others ("M. Wiersma, POH")."""
        return any(folded(part) in self.names for part in (who, *_AND.split(who)))


def who_am_i(user: User, professionals: Mapping[int, str]) -> Me:
    """A user as the professional they are linked to, and as whoever bears the same name."""
    linked = user.professional_id
    names = {folded(user.name), folded(professionals.get(linked or 0, ""))} - {""}
    same = {key for key, name in professionals.items() if folded(name) in names}
    return Me(user_id=user.id, names=frozenset(names), professionals=frozenset(same))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEntry:
    """One thing that waits: why, until when, whose task it is, and what its button does.

    ``due`` is None where no day was agreed, ``since`` where nobody knows when it began. ``who`` is a name,
    "" where it is nobody's yet. ``is_mine``: the acting user is named, or is the responsible clinician or
    central carer of the person, or who marked them while nobody is. The button begins ``act`` on ``page``, in
    ``section``.
    """

    kind: Waits
    words: str
    due: date | None
    since: date | None
    who: str
    button: str
    page: str
    section: str
    act: str
    number: int
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line: a person with what presses most, a meeting, or an action without a patient.

    ``more`` is what else waits for the same person.
    """

    person: Person | None = None
    meeting_id: int | None = None
    first: WorkEntry
    more: tuple[WorkEntry, ...] = ()

    @property
    def name(self) -> str:
        """Whom or what it is about ("Mw. A. Jansen-de Vries")."""
        if self.person is not None:
            return short(self.person.name, self.person.sex)
        return "Kernteam-MDO" if self.meeting_id is not None else "Zonder patiënt"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAhead:
    """The next meeting: how full it is, in words ``agenda``, and for whom nobody typed a question.

    ``minutes`` are planned, those for opening and reserve included; ``available`` is how long it lasts.
    """

    id: int
    on: date
    starts: time
    people: int
    agenda: str
    minutes: int
    available: int
    without_question: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """What waits, in three groups, and the next meeting."""

    late: tuple[WorkRow, ...] = ()
    week: tuple[WorkRow, ...] = ()
    soon: tuple[WorkRow, ...] = ()
    meeting: MeetingAhead | None = None
    notices: int = 0
    """How many emergency accesses stand above the list until this user saw them."""

    @property
    def rows(self) -> tuple[WorkRow, ...]:
        """All lines in their order."""
        return (*self.late, *self.week, *self.soon)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.late) + len(self.week) + len(self.soon)

    @property
    def waiting(self) -> int:
        """How much waits: the lines, and what is to be seen above them."""
        return self.count + self.notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom, on which day and by which rules lists are made; ``may`` are the rights of that user."""

    rules: WorkRules
    today: date
    intervals: Intervals
    meeting_rules: MeetingRules
    me: Me
    professionals: Mapping[int, str]
    may: frozenset[Right]
    kinds: tuple[tuple[int, WorkKind], ...] = field(init=False)

    def __post_init__(self) -> None:
        shown = tuple(
            (place, kind)
            for place, kind in enumerate(self.rules.kinds)
            if kind.right in self.may and (self.is_clinical or kind.neutral)
        )
        object.__setattr__(self, "kinds", shown)

    @property
    def is_clinical(self) -> bool:
        """Whether this user may read files; who may not sees neutral words."""
        return Right.READ_FILE in self.may


def work_lists(
    facts: Iterable[WorkFacts],
    loose: Iterable[Action],
    meetings: Sequence[MeetingFacts],
    reader: Reader,
) -> tuple[WorkList, WorkList]:
    """The list of the acting user and that of everybody: people, loose actions, meetings."""
    lines = _Lines(reader)
    for fact in facts:
        entries = person_entries(fact, reader)
        if entries:
            person = fact.person if reader.is_clinical else _neutral(fact.person)
            lines.add(entries, person.id, person=person)
    for place, kind in reader.kinds:
        if kind.id is Waits.ACTION:
            for action in loose:
                mine = reader.me.is_named(action.who)
                made = _entry(found_action(action), kind, reader, action.who, mine=mine)
                lines.add([(place, made)] if made else [], action.id)
    for meeting in meetings:
        key = meeting.meeting.id
        lines.add(_meeting_entries(meeting, reader), key, meeting_id=key)
    return lines.made(_ahead(meetings, reader))


def person_entries(fact: WorkFacts, reader: Reader) -> list[tuple[int, WorkEntry]]:
    """What waits for one person, each with the place of its kind."""
    mine = reader.me.professionals
    own = fact.responsible in mine or fact.central_carer in mine
    entries = []
    for place, kind in reader.kinds:
        if fact.standing not in kind.about:
            continue
        for found in RULES[kind.id](fact, kind, reader.intervals):
            named = bool(found.who) and reader.me.is_named(found.who)
            who = found.who or _whose(fact, kind, reader)
            if not who and not fact.responsible:  # of nobody: whoever marked this person
                who = fact.marked_by
                named = bool(who) and reader.me.is_named(who)
            made = _entry(found, kind, reader, who, mine=own or named, in_file=reader.is_clinical)
            if made is not None:
                entries.append((place, made))
    return entries


class _Lines:
    """Gathers the lines of both lists, each with the place where it belongs."""

    def __init__(self, reader: Reader) -> None:
        self._today = reader.today
        self._week = reader.today + timedelta(days=reader.rules.week_days)
        self._ranks = {word: rank for rank, word in enumerate(reader.rules.order)}
        self._all: list[_Line] = []
        self._mine: list[_Line] = []

    def add(
        self,
        entries: list[tuple[int, WorkEntry]],
        key: int,
        *,
        person: Person | None = None,
        meeting_id: int | None = None,
    ) -> None:
        """One line in the list of everybody, and what of it is the user's own in theirs."""
        if not entries:
            return
        own = [pair for pair in entries if pair[1].is_mine]
        line = self._line(entries, key, person, meeting_id)
        self._all.append(line)
        if own:
            same = len(own) == len(entries)
            self._mine.append(line if same else self._line(own, key, person, meeting_id))

    def made(self, meeting: MeetingAhead | None) -> tuple[WorkList, WorkList]:
        """The list of the user and that of everybody."""
        return _grouped(self._mine, meeting), _grouped(self._all, meeting)

    def _line(
        self,
        entries: list[tuple[int, WorkEntry]],
        key: int,
        person: Person | None,
        meeting_id: int | None,
    ) -> "_Line":
        if len(entries) > 1:
            entries.sort(key=self._pressing)
        first = entries[0][1]
        more = tuple(entry for _, entry in entries[1:])
        row = WorkRow(person=person, meeting_id=meeting_id, first=first, more=more)
        rank = _rank(person, self._ranks)
        return (self._group(first.due), rank, first.due or date.max, first.kind, key), row

    def _pressing(self, pair: tuple[int, WorkEntry]) -> tuple[int, int, date, int]:
        place, entry = pair
        return self._group(entry.due), place, entry.due or date.max, entry.number

    def _group(self, due: date | None) -> int:
        if due is None:
            return 2
        return 0 if due < self._today else 1 if due <= self._week else 2


_Line = tuple[tuple[int, int, date, str, int], WorkRow]
_AND = re.compile(r"[,;/&+()]|\ben\b")


def _grouped(lines: list[_Line], meeting: MeetingAhead | None) -> WorkList:
    groups: tuple[list[WorkRow], ...] = ([], [], [])
    for place, row in sorted(lines, key=lambda line: line[0]):
        groups[place[0]].append(row)
    late, week, soon = map(tuple, groups)
    return WorkList(late=late, week=week, soon=soon, meeting=meeting)


def _meeting_entries(fact: MeetingFacts, reader: Reader) -> list[tuple[int, WorkEntry]]:
    meeting = fact.meeting
    mine = meeting.recorded_by == reader.me.user_id or reader.me.is_named(meeting.chair)
    return [
        (place, made)
        for place, kind in reader.kinds
        if kind.id in ABOUT_MEETINGS
        for found in ABOUT_MEETINGS[kind.id](fact, reader.today)
        if (made := _entry(found, kind, reader, meeting.chair, mine=mine)) is not None
    ]


def _entry(
    found: Found, kind: WorkKind, reader: Reader, who: str, *, mine: bool, in_file: bool = False
) -> WorkEntry | None:
    """A thing that waits, in words; None while its day is still far away."""
    today, since, due = reader.today, found.since, found.due
    if due is not None and (due - today).days > reader.rules.soon_days:
        return None
    words = (kind.reason if reader.is_clinical else kind.neutral).format(
        since=short_date(since, today) if since else "",
        ago=_span((today - since).days) if since else "",
        what=found.what,
        because=found.because,
        naaste=found.naaste,
    )
    return WorkEntry(
        kind=kind.id,
        words=words.rstrip(" ,:"),
        due=due,
        since=since,
        who=who,
        button=kind.button,
        page=FILE_PAGE if in_file else kind.page,
        section=kind.section if in_file else kind.page_section,
        act=kind.act.format(id=found.number),
        number=found.number,
        is_mine=mine,
    )


def _span(days: int) -> str:
    if days < 1:
        return "minder dan een dag"
    if days < 14:
        return "1 dag" if days == 1 else f"{days} dagen"
    return f"{days // 7} weken"


def _whose(fact: WorkFacts, kind: WorkKind, reader: Reader) -> str:
    carers = {
        StatusKind.RESPONSIBLE: fact.responsible,
        StatusKind.CENTRAL_CARER: fact.central_carer,
    }
    names = (reader.professionals.get(carers.get(row) or 0, "") for row in kind.who)
    return next((name for name in names if name), "")


def _neutral(person: Person) -> Person:
    """Who it is, for who may not read files; a death is no secret."""
    died = person.phase == Phase.DECEASED
    return replace(person, phase=person.phase if died else None, urgency=None)


def _rank(person: Person | None, ranks: Mapping[str, int]) -> int:
    """How pressing it is for the person; after a death the urgency of before counts no more."""
    last = len(ranks)
    undecided: str = Urgency.UNDECIDED
    if person is None:
        return ranks.get(undecided, last)
    phase = ranks.get(person.phase or "", last)
    if person.phase == Phase.DECEASED:
        return phase
    return min(phase, ranks.get(person.urgency or undecided, last))


def _ahead(meetings: Sequence[MeetingFacts], reader: Reader) -> MeetingAhead | None:
    coming = [fact for fact in meetings if fact.meeting.on >= reader.today]
    if not coming or Right.PLAN_MEETING not in reader.may:
        return None
    first = min(coming, key=lambda m: (m.meeting.on, m.meeting.starts, m.meeting.id))
    return MeetingAhead(
        id=first.meeting.id,
        on=first.meeting.on,
        starts=first.meeting.starts,
        people=len(first.names),
        agenda=agenda_count(first.items),
        minutes=agenda_minutes(first.items, reader.meeting_rules, first.meeting.minutes).planned,
        available=first.meeting.minutes,
        without_question=without_question(first),
    )
