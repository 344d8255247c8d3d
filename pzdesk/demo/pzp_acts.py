"""The PZPs of the story: recorded after a talk, received on the official form, confirmed."""

from datetime import date

from pzdesk.demo.person_acts import patient
from pzdesk.demo.story import Event, Said, workday
from pzdesk.demo.telling import Telling
from pzdesk.domain.person import initials, surname
from pzdesk.domain.pzp import Answer
from pzdesk.exchange.pzp_blank import field_values, filled_form


def record(telling: Telling, event: Event) -> None:
    """A talk: its answers, or what became otherwise since the version before it ("erft")."""
    says, desk = event.says, telling.desk(event, "huisarts")
    answers: dict[str, Answer] = {}
    if says.get("erft"):
        file = desk.patients.file(telling.patient(event))
        assert file.valid_pzp is not None  # noqa: S101 - the story has a version before this one
        answers = dict(file.valid_pzp.answers)
        telling.clock.tick()
    for question, said in says["answers"].items():
        if said is None:
            answers.pop(question, None)
        else:
            answers[question] = answer(said)
    desk.pzps.record(
        telling.patient(event),
        answers,
        talk_on=workday(telling.story.today, says.get("talk", says["day"])),
        held_by=says.get("held_by", desk.session.user.name),
        held_by_function=says.get("function", "huisarts"),
        reason=says.get("reason", ""),
    )


def receive(telling: Telling, event: Event) -> None:
    """A filled official form comes in; its talk was some days before."""
    telling.desk(event, "poh").pzps.read_in(
        form_of(telling.story.people[event.person], event.says, event.on), telling.patient(event)
    )


def confirm(telling: Telling, event: Event) -> None:
    """The responsible clinician confirms the version that was received last."""
    desk = telling.desk(event, "huisarts")
    file = desk.patients.file(telling.patient(event))
    telling.clock.tick()
    received = [version for version in file.pzp_versions if version.source == "formulier"]
    desk.pzps.confirm(received[-1], by=desk.session.user.name, on=event.on)


def form_of(person: Said, says: Said, today: date) -> bytes:
    """The official form about a person, as somebody elsewhere filled it in."""
    who = patient(person)
    answers = {question: answer(said) for question, said in says["answers"].items()}
    answers["0.datum"] = Answer(workday(today, says["talk"]).isoformat())
    answers["0.naam"] = Answer(f"{initials(who.name)} {surname(who.name)}")
    answers["0.geboortedatum"] = Answer(who.birth_date.isoformat())
    answers["0.gevoerd_door"] = Answer(says["held_by"])
    answers["0.functie"] = Answer(says["function"])
    return filled_form(field_values(answers))


def answer(said: object) -> Answer:
    """An answer of the story: a text or option, ticked boxes, or an option with its split."""
    if isinstance(said, str):
        return Answer(said)
    if isinstance(said, list):
        return Answer(ticked=tuple(said))
    if isinstance(said, dict):
        return Answer(
            said.get("value", ""),
            ticked=tuple(said.get("ticked", ())),
            split=tuple(said.get("split", ())),
        )
    raise TypeError(said)
