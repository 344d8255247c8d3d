"""What is recorded of a person: each kind of event of the story as one call of a service."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from pzdesk.demo.story import Event, Said, workday
from pzdesk.demo.telling import Telling
from pzdesk.domain.assessment import Assessment, Dimension, Direction, Finding, Symptom, Weight
from pzdesk.domain.file import PatientFile
from pzdesk.domain.markering import Markering, MarkeringState, Told, Whom
from pzdesk.domain.mdo import ConsentAnswer, ParticipantKind
from pzdesk.domain.network import MayKnow, Naaste, NaasteRole
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Address, Name, NameOrder, Phone, Sex
from pzdesk.domain.plan import AcutePlan, Scenario
from pzdesk.domain.review import Review, ReviewKind, is_open
from pzdesk.domain.status import Care, StatusKind
from pzdesk.services.desk import Desk

NAME_PARTS = (
    *("achternaam", "voorvoegsels", "voornamen", "initialen", "roepnaam"),
    *("partner_achternaam", "partner_voorvoegsels"),
)


def arrive(telling: Telling, event: Event) -> None:
    """Somebody comes into the register, with the naasten who are known from the start."""
    person = telling.story.people[event.person]
    telling.patients[event.person] = telling.desk(event, "poh").patients.add(patient(person)).id


def patient(person: Said) -> Patient:
    """A person of the story as a patient."""
    said = dict(person["patient"])
    name = Name(
        **{part: said.pop(part) for part in NAME_PARTS if part in said},
        name_order=NameOrder(said.pop("name_order", "NL1")),
    )
    street, postcode, city = said.pop("address")
    return Patient(
        name=name,
        birth_date=date.fromisoformat(said.pop("birth_date")),
        sex=Sex(said.pop("sex")),
        address=Address(street=street, postcode=postcode, city=city),
        phones=_phones(said.pop("phones", ())),
        target_groups=tuple(said.pop("target_groups", ())),
        **said,
    )


def change(telling: Telling, event: Event) -> None:
    """Data of the person that changed: address, diagnosis, whether somebody decides for themselves."""
    desk = telling.desk(event, "poh")
    now = _file(telling, event, desk).patient
    says = {key: value for key, value in event.says.items() if key not in ("day", "do", "by")}
    if "capable" in says:
        says["capable_on"] = event.on
    if "target_groups" in says:
        says["target_groups"] = tuple(says["target_groups"])
    desk.patients.change(replace(now, **says))


def status(telling: Telling, event: Event) -> None:
    """What holds since this day: phase, urgency, complexity, whereabouts, carer, responsible."""
    desk = telling.desk(event, "huisarts")
    for kind in StatusKind:
        if kind.value not in event.says:
            continue
        value, *more = _list(event.says[kind.value])
        place, phone = (*more, "", "")[:2]
        if kind in (StatusKind.CENTRAL_CARER, StatusKind.RESPONSIBLE):
            who = telling.professionals[value].id
            desk.patients.record_status(
                telling.patient(event), kind, since=event.on, professional_id=who
            )
        else:
            desk.patients.record_status(
                telling.patient(event),
                kind,
                value,
                since=event.on,
                place=place,
                phone=phone,
                note=event.says.get("note", ""),
            )
        telling.clock.tick()


def retract(telling: Telling, event: Event) -> None:
    """What was recorded by mistake is taken back; what held before holds again."""
    desk, kind = telling.desk(event, "huisarts"), StatusKind(event.says["kind"])
    row = _file(telling, event, desk).now(kind)
    assert row is not None  # noqa: S101 - the story has a row to take back
    desk.patients.retract_status(telling.patient(event), row.id, event.says["reason"])


def died(telling: Telling, event: Event) -> None:
    """Somebody died."""
    says = event.says
    telling.desk(event, "huisarts").patients.deceased(
        telling.patient(event), on=event.on, place=says["place"], note=says.get("note", "")
    )


def left(telling: Telling, event: Event) -> None:
    """Somebody left the care of the practice."""
    telling.desk(event, "poh").patients.left_care(
        telling.patient(event),
        Care(event.says["why"]),
        on=event.on,
        note=event.says.get("note", ""),
    )


def mark(telling: Telling, event: Event) -> None:
    """A step of the markering."""
    says, desk = event.says, telling.desk(event, "huisarts")
    by_death, if_alive = (*says.get("surprise", ()), None, None)[:2]
    again = says.get("again")
    desk.markeringen.record(
        Markering(
            patient_id=telling.patient(event),
            state=MarkeringState(says["state"]),
            on=event.on,
            by=desk.session.user.name,
            surprised_by_death=by_death,
            surprised_if_alive=if_alive,
            indicator=says.get("indicator", ""),
            urgent=says.get("urgent", False),
            note=says.get("note", ""),
            again_on=workday(event.on, again) if again else None,
            recorded_at=desk.session.now,
            recorded_by=desk.session.user.id,
        )
    )


def tell(telling: Telling, event: Event) -> None:
    """Others are told of a transition."""
    says, desk = event.says, telling.desk(event, "poh")
    for whom in says["whom"]:
        desk.markeringen.tell(
            Told(
                patient_id=telling.patient(event),
                transition=says.get("transition", "markering"),
                whom=Whom(whom),
                name=says.get("name", ""),
                on=event.on,
                how=says.get("how", ""),
                before_talk=says.get("before_talk", ""),
                recorded_at=desk.session.now,
                recorded_by=desk.session.user.id,
            )
        )
        telling.clock.tick()


def assess(telling: Telling, event: Event) -> None:
    """The four dimensions: per dimension weight, direction, text, plan, according to whom."""
    says, desk = event.says, telling.desk(event, "poh")
    findings = []
    for dimension in Dimension:
        if dimension.value in says:
            weight, direction, text, plan, according_to = (*says[dimension.value], "", "", "")[:5]
            findings.append(
                Finding(
                    dimension=dimension,
                    weight=Weight(weight) if weight else None,
                    direction=Direction(direction) if direction else None,
                    text=text,
                    plan=plan,
                    according_to=according_to,
                )
            )
    desk.assessments.assess(
        Assessment(
            patient_id=telling.patient(event),
            on=event.on,
            by=desk.session.user.name,
            findings=tuple(findings),
            symptoms=tuple(
                Symptom(name=name, score=score) for name, score in says.get("cijfers", {}).items()
            ),
            understanding=says.get("begrijpen", ""),
            deciding=says.get("beslissen", ""),
            recorded_at=desk.session.now,
            recorded_by=desk.session.user.id,
        )
    )


def plan(telling: Telling, event: Event) -> None:
    """The acute plan: what may happen, what is done then, and who is called."""
    says, desk = event.says, telling.desk(event, "huisarts")
    made = []
    for scenario in says["scenarios"]:
        when, do, call = (*scenario, "")[:3]
        made.append(Scenario(when=when, do=do, call=call))
    kit = says.get("kit")
    desk.assessments.keep_plan(
        AcutePlan(
            patient_id=telling.patient(event),
            on=event.on,
            by=desk.session.user.name,
            scenarios=tuple(made),
            kit_on=workday(event.on, kit) if kit is not None else None,
            key_code=says.get("key_code", ""),
            recorded_at=desk.session.now,
            recorded_by=desk.session.user.id,
        )
    )


def screen(telling: Telling, event: Event) -> None:
    """A mantelzorger answers an instrument."""
    says, desk = event.says, telling.desk(event, "poh")
    answers = says["answers"]
    if isinstance(answers, list):
        answers = {str(number): answer for number, answer in enumerate(answers, start=1)}
    due = says.get("due")
    desk.screenings.screen(
        telling.patient(event),
        telling.naasten[event.person, says["naaste"]].id,
        says["instrument"],
        answers,
        on=event.on,
        follow_up=says.get("what", ""),
        who=says.get("who", ""),
        due=workday(event.on, due) if due is not None else None,
    )


def follow_up(telling: Telling, event: Event) -> None:
    """The open follow-ups of a mantelzorger are agreed, done, or put aside."""
    says, desk = event.says, telling.desk(event, "poh")
    naaste = telling.naasten[event.person, says["naaste"]]
    for waiting in _file(telling, event, desk).open_follow_ups:
        if waiting.naaste_id != naaste.id:
            continue
        if "not_now" in says:
            desk.screenings.not_now(waiting, says["not_now"])
        elif "done" in says:
            desk.screenings.close_follow_up(waiting, on=event.on, outcome=says["done"])
        else:
            due = workday(event.on, says["due"])
            desk.screenings.agree_follow_up(waiting, what=says["what"], who=says["who"], due=due)
        telling.clock.tick()


def review(telling: Telling, event: Event) -> None:
    """An open review moment is held, or dropped with a reason."""
    says = event.says
    kind = ReviewKind(says["kind"])
    desk = telling.desk(event, _HOLDS.get(kind, "huisarts"))
    waiting = _open_review(_file(telling, event, desk), kind)
    if "dropped" in says:
        desk.reviews.drop(waiting, says["dropped"])
    else:
        who = says.get("with", desk.session.user.name)
        desk.reviews.hold(waiting, on=event.on, by=who, outcome=says["outcome"])


_HOLDS = {ReviewKind.PZVP_MARKERING: "smit", ReviewKind.PZVP_PZP: "smit"}


def _open_review(file: PatientFile, kind: ReviewKind) -> Review:
    return next(one for one in file.reviews if one.kind is kind and is_open(one))


def plan_review(telling: Telling, event: Event) -> None:
    """A review moment is planned by the practice itself."""
    says = event.says
    telling.desk(event, "poh").reviews.plan(
        telling.patient(event),
        ReviewKind(says["kind"]),
        due=workday(event.on, says["due"]),
        subject=says.get("subject", ""),
    )


def consent(telling: Telling, event: Event) -> None:
    """What somebody said about being discussed with each kind of participant."""
    desk = telling.desk(event, "poh")
    for kind in ParticipantKind:
        if kind.value in event.says:
            answer = ConsentAnswer(event.says[kind.value])
            desk.consents.record(telling.patient(event), kind, answer, on=event.on)
            telling.clock.tick()


def naaste(telling: Telling, event: Event) -> None:
    """Somebody close is added, or what is known of them changes."""
    says, desk = event.says, telling.desk(event, "poh")
    key = event.person, says["key"]
    fields: dict[str, Any] = {
        name: says[name]
        for name in ("name", "relation", "email", "may_know_note", "birth_year", "confidence")
        if name in says
    }
    if "roles" in says:
        fields["roles"] = tuple(NaasteRole(role) for role in says["roles"])
    if "phones" in says:
        fields["phones"] = _phones(says["phones"])
    if "may_know" in says:
        fields["may_know"] = MayKnow(says["may_know"])
    if "is_patient" in says:
        fields["is_patient_id"] = telling.patients[says["is_patient"]]
    if says.get("ends"):
        fields["until"] = event.on
    known = telling.naasten.get(key)
    made = (
        replace(known, **fields) if known else Naaste(patient_id=telling.patient(event), **fields)
    )
    telling.naasten[key] = desk.network.keep_naaste(made)


def team(telling: Telling, event: Event) -> None:
    """A professional joins the team of a person, or leaves it."""
    says, desk = event.says, telling.desk(event, "poh")
    for who, part in says.get("joins", {}).items():
        telling.team[event.person, who] = desk.network.add_to_team(
            telling.patient(event), telling.professionals[who].id, part=part, since=event.on
        )
        telling.clock.tick()
    for who in says.get("leaves", ()):
        desk.network.end_in_team(telling.team[event.person, who], event.on)
        telling.clock.tick()


def state(telling: Telling, event: Event) -> None:
    """The patient's own statement comes with the file, in the patient's words."""
    says = event.says
    telling.desk(event, "poh").statements.record(
        telling.patient(event), says["text"], on=event.on, given_by=says.get("given_by", "")
    )


def action(telling: Telling, event: Event) -> None:
    """Somebody will do something, agreed outside a meeting."""
    says, due = event.says, event.says.get("due")
    telling.actions[says["key"]] = telling.desk(event, "poh").actions.add(
        who=says["who"],
        what=says["what"],
        due=workday(event.on, due) if due is not None else None,
        patient_id=telling.patients.get(event.person),
    )


def close_action(telling: Telling, event: Event) -> None:
    """An action is done."""
    says = event.says
    telling.desk(event, "poh").actions.close(
        telling.actions[says["key"]], on=event.on, outcome=says["outcome"]
    )


def hand_out(telling: Telling, event: Event) -> None:
    """A paper is printed and handed out."""
    papers = telling.desk(event, "poh").papers
    make: dict[str, Callable[..., object]] = {
        "thuisblad": papers.home_sheet,
        "pzp": papers.pzp,
        "patientblad": papers.sheet,
        "soep": papers.soep,
    }
    make[event.says["paper"]](telling.patient(event))


def _file(telling: Telling, event: Event, desk: Desk) -> PatientFile:
    """The file as who does this opens it: that is a line in the log as well."""
    found = desk.patients.file(telling.patient(event))
    telling.clock.tick()
    return found


def _phones(said: Any) -> tuple[Phone, ...]:
    return tuple(Phone(number=number, note=note) for number, note in said)


def _list(said: Any) -> list[str]:
    return said if isinstance(said, list) else [said]
