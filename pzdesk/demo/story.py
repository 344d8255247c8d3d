"""The story of the demo practice as data: who, what, and how many days before today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pzdesk import content, paths

FOLDER = "demo"
MEETING_DAYS = {"eerste": -91, "vorige": -49, "komende": 0}
"""How many days each meeting lies from the coming one: a rhythm of six to seven weeks."""

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that somebody recorded on a day; ``person`` is empty for the practice itself."""

    on: date
    offset: int
    person: str
    says: Said
    at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything that happens, in the order in which it happened."""

    today: date
    practice: Said
    people: Mapping[str, Said]
    meetings: Mapping[str, Said]
    events: tuple[Event, ...]


class Clock:
    """A clock that is set forward to the next thing that happened, and never back."""

    def __init__(self, start: date) -> None:
        self.now = _moment(start, _OPENS)

    def __call__(self) -> datetime:
        return self.now

    def go_to(self, day: date, at: time | None = None) -> None:
        """Let a day begin, or an hour of it."""
        self.now = max(self.now, _moment(day, at or _OPENS))

    def tick(self) -> None:
        """Let two minutes pass, as somebody types."""
        self.now += timedelta(minutes=2)


_OPENS = time(8, 20)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at).astimezone()


def workday(today: date, offset: int) -> date:
    """The day that lies so many days from today; a Saturday or Sunday becomes the Friday before."""
    day = today + timedelta(days=offset)
    return day - timedelta(days=max(0, day.weekday() - 4))


def coming_meeting(today: date) -> date:
    """The first Tuesday that is at least five days away."""
    day = today + timedelta(days=5)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def read_story(today: date) -> Story:
    """The story with its days filled in."""
    practice = content.read_json(f"{FOLDER}/practice.json")
    meetings = content.read_json(f"{FOLDER}/meetings.json")
    files = sorted((paths.resources() / FOLDER).glob("person-*.json"))
    people = {
        path.stem.removeprefix("person-"): content.read_json(f"{FOLDER}/{path.name}")
        for path in files
    }
    found = list(_events(today, "", practice["history"]))
    for key, person in people.items():
        found += _events(today, key, person["history"])
    found += _meeting_events(today, meetings)
    found.sort(key=lambda event: (event.on, event.at or _OPENS, event.offset))
    return Story(
        today=today, practice=practice, people=people, meetings=meetings, events=tuple(found)
    )


def _events(today: date, person: str, history: Iterable[Said]) -> Iterator[Event]:
    for says in history:
        yield Event(on=workday(today, says["day"]), offset=says["day"], person=person, says=says)


def _meeting_events(today: date, meetings: Mapping[str, Said]) -> Iterator[Event]:
    """A meeting is planned some days before; when it was held, its actions are closed one by one."""
    for key, meeting in meetings.items():
        on = coming_meeting(today) + timedelta(days=MEETING_DAYS[key])
        says: dict[str, Any] = {"meeting": key, "on": on}
        planned = workday(today, meeting["planned"])
        yield _happening(today, planned, {"do": "overleg_plannen", **says}, time(9, 30))
        if not meeting["held"]:
            continue
        yield _happening(today, on, {"do": "overleg_houden", **says}, time(13, 35))
        for item in meeting["items"]:
            for number, action in enumerate(item.get("actions", ())):
                if "done" in action:
                    days, outcome = action["done"]
                    name = f"{key}/{item.get('person', '')}/{number}"
                    closing = {"do": "actie_klaar", "key": name, "outcome": outcome}
                    yield _happening(today, workday(on, days), closing, None)


def _happening(today: date, on: date, says: Said, at: time | None) -> Event:
    return Event(on=on, offset=(on - today).days, person="", says=says, at=at)
