"""Telling the story: the practice is made, its users sit down, and each event is done by the right one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pzdesk.demo.story import Clock, Event, Said, Story
from pzdesk.domain.action import Action
from pzdesk.domain.network import Naaste, Organisation, Professional, TeamMember
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Role
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session, wall_clock


@dataclass(slots=True)
class Telling:
    """What was told so far: the desks by login, and what things became by the keys of the story."""

    story: Story
    clock: Clock
    desks: Mapping[str, Desk]
    recovery_code: str
    patients: dict[str, PatientId] = field(default_factory=dict)
    naasten: dict[tuple[str, str], Naaste] = field(default_factory=dict)
    team: dict[tuple[str, str], TeamMember] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    meetings: dict[str, int] = field(default_factory=dict)
    reports: dict[str, bytes] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        """The session in which the practice was made; it closes the store."""
        return self.desks[self.story.practice["users"][0]["login"]].session

    def patient(self, event: Event) -> PatientId:
        """The number of the person whom an event is about."""
        return self.patients[event.person]

    def desk(self, event: Event, default: str) -> Desk:
        """The desk of who does this: named by the event, else the default.

        "huisarts" is the huisarts of the person.
        """
        login = event.says.get("by", default)
        if login == "huisarts":
            login = self.story.people[event.person]["huisarts"]
        return self.desks[login]

    def name(self, login: str) -> str:
        """How a user is called."""
        return self.desks[login].session.user.name


def begin(folder: Path, story: Story, start: date) -> Telling:
    """Make the practice and its users on the first day; one derivation of the least weight for all.

    Everything here is fictional and its passphrases lie beside it, so that nothing is lost by it.
    """
    clock = Clock(start)
    said = story.practice
    first, *others = said["users"]
    code = opening.new_recovery_code()
    session = opening.make_practice(
        folder,
        practice=said["name"],
        login=first["login"],
        name=first["name"],
        roles=_roles(first),
        secret=first["passphrase"],
        recovery_code=code,
        kdf=FLOOR,
        clock=clock,
    )
    desks = {first["login"]: desk_over(session)}
    try:
        for who in others:
            clock.tick()
            user = desks[first["login"]].users.add(
                login=who["login"],
                name=who["name"],
                roles=_roles(who),
                secret=who["passphrase"],
                kdf=FLOOR,
            )
            desks[user.login] = desk_over(Session(session.store, user, clock))
    except BaseException:
        session.close()
        raise
    return Telling(story=story, clock=clock, desks=desks, recovery_code=code)


def present(telling: Telling) -> Telling:
    """The same desks at this moment of this computer, for printing."""
    desks = {
        login: desk_over(Session(desk.session.store, desk.session.user, wall_clock))
        for login, desk in telling.desks.items()
    }
    return Telling(
        story=telling.story,
        clock=telling.clock,
        desks=desks,
        recovery_code=telling.recovery_code,
        patients=telling.patients,
        meetings=telling.meetings,
        reports=telling.reports,
    )


def _roles(user: Said) -> tuple[Role, ...]:
    return tuple(Role(role) for role in user["roles"])
