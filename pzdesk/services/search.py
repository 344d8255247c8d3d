"""Searching from everywhere: people, meetings, open actions and pages, in the words of whoever types."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from pzdesk.domain.action import Action
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import Meeting, MeetingState
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, folded, long_date, short, sort_key
from pzdesk.domain.rows import PersonRow
from pzdesk.domain.search import (
    Fold,
    Hit,
    HitKind,
    Hits,
    PageWords,
    Rank,
    Sought,
    meanings,
    other_words,
    own_words,
    spellings,
)
from pzdesk.domain.user import Right
from pzdesk.services.search_shelf import Shelf
from pzdesk.services.session import Session
from pzdesk.store import searches
from pzdesk.store.searches import Known
from pzdesk.store.unit import Unit

MOST = {HitKind.PATIENT: 8, HitKind.MEETING: 4, HitKind.ACTION: 4, HitKind.PAGE: 4}
LONGEST = 160  # letters of an action that a hit shows
LEAST = 2  # letters from which more than people and pages are looked for


class SearchIndex:
    """Everything that this user may find, as it was when the search was opened. It asks the store nothing."""

    def __init__(
        self,
        people: Sequence[Known],
        names: Sequence[Sought],
        meetings: Sequence[Meeting],
        actions: Sequence[Action],
        today: date,
    ) -> None:
        self._people, self._meetings, self._actions = people, meetings, actions
        self._today = today
        self._place = {person.id: place for place, person in enumerate(people)}
        self._shelves = {
            HitKind.PATIENT: Shelf(names, names=True),
            HitKind.MEETING: Shelf([_sought_meeting(one, today) for one in meetings]),
            HitKind.ACTION: Shelf([self._sought_action(one) for one in actions]),
        }
        self._pages: tuple[PageWords, ...] = ()
        self._page_shelf = Shelf(())

    def find(self, text: str, pages: Sequence[PageWords] = ()) -> list[Hits]:
        """The hits by kind, the best of each; a kind without hits is absent.

        A kind of which nothing is found but by a slip of the fingers comes after the others.
        """
        queries = meanings(text, self._today)
        if tuple(pages) != self._pages:
            self._pages = tuple(pages)
            self._page_shelf = Shelf([_sought_page(page) for page in pages])
        made: list[tuple[bool, Hits]] = []
        for kind in HitKind:
            if len(text.strip()) < LEAST and kind in (HitKind.MEETING, HitKind.ACTION):
                continue
            shelf = self._page_shelf if kind is HitKind.PAGE else self._shelves[kind]
            places, count, best = shelf.find(queries, MOST[kind])
            if best is not None:
                hits = tuple(map(self._told(kind), places))
                made.append((best >= Rank.SLIP, Hits(kind, hits, count)))
        return [hits for _, hits in sorted(made, key=lambda pair: pair[0])]

    def _told(self, kind: HitKind) -> Callable[[int], Hit]:
        return {
            HitKind.PATIENT: self._person,
            HitKind.MEETING: self._meeting,
            HitKind.ACTION: self._action,
            HitKind.PAGE: self._page,
        }[kind]

    def _person(self, place: int) -> Hit:
        person = self._people[place]
        return Hit(
            kind=HitKind.PATIENT,
            title=_name(person),
            detail=f"{dutch_date(person.birth_date)} · {_standing(person)}",
            patient=PatientId(person.id),
        )

    def _meeting(self, place: int) -> Hit:
        one = self._meetings[place]
        parts = (label(one.state), one.kernteam, one.place)
        return Hit(
            kind=HitKind.MEETING,
            title=f"{long_date(one.on)}, {one.starts:%H.%M} uur",
            detail=" · ".join(part for part in parts if part),
            number=one.id,
        )

    def _action(self, place: int) -> Hit:
        one = self._actions[place]
        what = " ".join(one.what.split())
        due = f"vóór {dutch_date(one.due)}" if one.due else ""
        parts = (one.who, due, self._about(one))
        return Hit(
            kind=HitKind.ACTION,
            title=what if len(what) <= LONGEST else f"{what[: LONGEST - 1]}…",
            detail=" · ".join(part for part in parts if part),
            number=one.id,
        )

    def _page(self, place: int) -> Hit:
        page = self._pages[place]
        return Hit(kind=HitKind.PAGE, title=page.title, detail=page.detail, page=page.key)

    def _about(self, action: Action) -> str:
        place = self._place.get(action.patient_id or 0)
        return _name(self._people[place]) if place is not None else ""

    def _sought_action(self, action: Action) -> Sought:
        return Sought(
            own=spellings(action.what),
            other=spellings(f"{action.who} {self._about(action)}"),
            day=action.due,
            order=str(action.due or date.max),
        )


def finder(people: Sequence[PersonRow], today: date) -> Callable[[str], list[PatientId]]:
    """Finds among people who were read already as the search does: by name in spite of a slip, or by date.

    Names are worked out when somebody is first looked for.
    """

    @cache
    def shelf() -> Shelf:
        fold = cache(folded)
        return Shelf(
            [
                Sought(
                    own=own_words(one.name, fold),
                    other=other_words(one.name, fold),
                    day=one.birth_date,
                    order=sort_key(one.name),
                )
                for one in people
            ],
            names=True,
        )

    def find(text: str) -> list[PatientId]:
        places, _, _ = shelf().find(meanings(text, today), MOST[HitKind.PATIENT])
        return [people[place].id for place in places]

    return find


class SearchService:
    """What a user finds; nothing that is found is clinical."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # Working names out is most of the work: whoever did not change since is not worked out again.
        self._names: dict[Known, Sought] = {}
        self._made: tuple[object, SearchIndex] | None = None

    def prepare(self) -> None:
        """Work out what can be found before anybody searches, so that the first hit is there at once.

        Nobody sees it: the opening of the search leaves the line in the log, and looks whether it still
        holds.
        """
        with self._session.looking_ahead(Right.SEE_WHO) as unit:
            self._index(unit)

    def index(self) -> SearchIndex:
        """What can be found by this user now: one reading for each time that the search is opened.

        Meetings are found by who may plan them and actions by who may follow them up: to the others the
        pages where they stand do not exist. What is typed is not logged.
        """
        with self._session.reading(Right.SEE_WHO) as unit:
            index = self._index(unit)
            count = len(self._names)
            unit.commit(AuditEvent.PATIENTS_SEARCHED, What.READ, kind="patient", count=count)
        return index

    def _index(self, unit: Unit) -> SearchIndex:
        has, today = self._session.has, self._session.today
        as_of = (today, searches.signature(unit))
        if self._made is not None and self._made[0] == as_of:
            return self._made[1]
        people = list(searches.everybody(unit))
        meetings = unit.find(Meeting) if has(Right.PLAN_MEETING) else []
        actions = unit.find(Action, done_on=None) if has(Right.ACTIONS) else []
        known, fold = self._names, cache(folded)
        self._names = {
            person: known.get(person) or _sought_person(person, fold) for person in people
        }
        names = list(self._names.values())
        index = SearchIndex(people, names, meetings, actions, today)
        self._made = (as_of, index)
        return index


def _sought_person(person: Known, fold: Fold) -> Sought:
    name = searches.name_of(person)
    numbers = (
        person.bsn or "",
        folded(person.his_number).replace(" ", "") if person.his_number else "",
    )
    return Sought(
        own=own_words(name, fold),
        other=other_words(name, fold),
        numbers=tuple(number for number in numbers if number),
        day=person.birth_date,
        behind=person.died_on is not None or person.left_on is not None,
        order=sort_key(name),
    )


def _sought_meeting(meeting: Meeting, today: date) -> Sought:
    words = f"mdo overleg {label(meeting.state)} {meeting.kernteam} {meeting.place} {meeting.chair}"
    return Sought(
        own=spellings(long_date(meeting.on)),
        other=spellings(words),
        day=meeting.on,
        behind=meeting.state is MeetingState.CANCELLED,
        order=f"{abs((meeting.on - today).days):06}",
    )


def _sought_page(page: PageWords) -> Sought:
    return Sought(
        own=spellings(page.title), other=spellings(f"{page.detail} {page.also}"), order=page.title
    )


def _name(person: Known) -> str:
    return short(searches.name_of(person), searches.sex_of(person))


def _standing(person: Known) -> str:
    """Whether somebody is in care; a death is no secret, a phase is."""
    if person.died_on is not None:
        return f"overleden {dutch_date(person.died_on)}"
    return "uit zorg" if person.left_on is not None else "in zorg"
