"""The three meetings: planned from the proposal, prepared, held, minuted."""

from dataclasses import replace
from datetime import time

from pzdesk.demo.story import Event, Said, workday
from pzdesk.demo.telling import Telling
from pzdesk.domain.mdo import AgendaItem, Contribution, Invitee, ItemNotes
from pzdesk.services.desk import Desk

STARTS = time(12, 30)


def plan(telling: Telling, event: Event) -> None:
    """Look at the proposal, plan the meeting with the people chosen from it, and prepare each item."""
    says, on = telling.story.meetings[event.says["meeting"]], event.says["on"]
    desk = telling.desk(event, "poh")
    desk.meetings.proposal(on)
    telling.clock.tick()
    made = desk.meetings.plan(
        on=on,
        starts=STARTS,
        patients=[telling.patients[item["person"]] for item in says["items"] if "person" in item],
        place=says["place"],
        chair=telling.name("poh"),
        invited=[_invitee(telling, key) for key in says["invited"]],
    )
    telling.meetings[event.says["meeting"]] = made.id
    for item in says["items"]:
        if "title" in item:
            desk.meetings.add_item(made.id, title=item["title"], minutes=item["minutes"])
            telling.clock.tick()
    _, items = desk.meetings.meeting(made.id)
    for item in items:
        _prepare(telling, desk, item, _said(telling, says, item))
    wanted = [_said_position(telling, says, item) for item in items]
    order = [item.id for _, item in sorted(zip(wanted, items, strict=True), key=lambda p: p[0])]
    if order != [item.id for item in items]:
        desk.meetings.order(made.id, order)


def hold(telling: Telling, event: Event) -> None:
    """Minute the meeting: what was said and agreed, the actions, who was there; print the report."""
    key = event.says["meeting"]
    says, desk = telling.story.meetings[key], telling.desk(event, "poh")
    meeting, items = desk.meetings.meeting(telling.meetings[key])
    for item in items:
        said = _said(telling, says, item)
        notes = dict(said.get("notes", {}))
        agreed = tuple(notes.pop("afspraken", ()))
        desk.meetings.note(item, ItemNotes(**notes, afspraken=agreed, discussed=True))
        telling.clock.tick()
        for number, action in enumerate(said.get("actions", ())):
            telling.actions[f"{key}/{said.get('person', '')}/{number}"] = desk.actions.add(
                who=action["who"],
                what=action["what"],
                due=workday(event.on, action["due"]),
                patient_id=item.patient_id,
                meeting_id=meeting.id,
            )
            telling.clock.tick()
    attended = [telling.professionals[who].name for who in says["attended"]]
    desk.meetings.held(meeting, [*attended, *says.get("guests", ())])
    telling.clock.tick()
    telling.reports[key] = desk.papers.agenda(meeting.id).data


def _prepare(telling: Telling, desk: Desk, item: AgendaItem, said: Said) -> None:
    changed = replace(
        item,
        question=said.get("question", ""),
        brought_in_by=said.get("brings_in", ""),
        minutes=said.get("minutes", item.minutes),
        contributions=tuple(
            Contribution(by=by, text=text) for by, text in said.get("contributions", ())
        ),
    )
    if changed != item:
        desk.meetings.change_item(changed)
        telling.clock.tick()


def _said(telling: Telling, meeting: Said, item: AgendaItem) -> Said:
    items: list[Said] = meeting["items"]
    return items[_said_position(telling, meeting, item)]


def _said_position(telling: Telling, meeting: Said, item: AgendaItem) -> int:
    """Where the story has an item: by its person, else by its title."""
    for position, said in enumerate(meeting["items"]):
        if item.patient_id is None:
            found = said.get("title") == item.title
        else:
            found = telling.patients.get(said.get("person", "")) == item.patient_id
        if found:
            return position
    raise KeyError(item.title)


def _invitee(telling: Telling, key: str) -> Invitee:
    who = telling.professionals[key]
    return Invitee(name=who.name, discipline=who.discipline, professional_id=who.id)
