"""What is recorded of the practice and its region: numbers, organisations, professionals."""

from dataclasses import replace

from pzdesk.demo.story import Event
from pzdesk.demo.telling import Telling
from pzdesk.domain.network import Discipline, Organisation, Professional

SETTINGS = ("kernteam", "phone_day", "hap_name", "hap_phone", "city")


def settle(telling: Telling, event: Event) -> None:
    """The practice's own name, numbers and rules."""
    desk = telling.desk(event, telling.story.practice["users"][0]["login"])
    said = telling.story.practice
    practice = desk.practice.practice()
    telling.clock.tick()
    rules = replace(practice.meeting, **said["meeting"])
    numbers = {name: said[name] for name in SETTINGS}
    desk.practice.change(replace(practice, meeting=rules, **numbers))


def organisations(telling: Telling, event: Event) -> None:
    """The organisations of the region, typed once."""
    network = telling.desk(event, "vandam").network
    for key, said in telling.story.practice["organisations"].items():
        kind = Discipline(said["kind"])
        made = Organisation(**{**said, "kind": kind}, checked_on=event.on)
        telling.organisations[key] = network.keep_organisation(made)
        telling.clock.tick()


def professionals(telling: Telling, event: Event) -> None:
    """The professionals of the region; those who came later are named by ``only``."""
    network = telling.desk(event, "vandam").network
    only = event.says.get("only")
    for key, said in telling.story.practice["professionals"].items():
        if (key not in only) if only else said.get("later"):
            continue
        fields = {name: value for name, value in said.items() if name != "later"}
        place = fields.pop("organisation", None)
        telling.professionals[key] = network.keep_professional(
            Professional(
                **{**fields, "discipline": Discipline(said["discipline"])},
                organisation_id=telling.organisations[place].id if place else None,
                checked_on=event.on,
            )
        )
        telling.clock.tick()


def check_numbers(telling: Telling, event: Event) -> None:
    """Somebody called the numbers of the region to see whether they still work."""
    network = telling.desk(event, "vandam").network
    for key in event.says["organisations"]:
        known = telling.organisations[key]
        telling.organisations[key] = network.keep_organisation(replace(known, checked_on=event.on))
        telling.clock.tick()
    for key in event.says["professionals"]:
        who = telling.professionals[key]
        telling.professionals[key] = network.keep_professional(replace(who, checked_on=event.on))
        telling.clock.tick()
