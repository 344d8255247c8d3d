"""The home sheet as paper: what lies at home for whoever comes at two in the night."""

from datetime import date

from pzdesk.documents.home_sheet import Call, HomePaper
from pzdesk.documents.style import Imprint
from pzdesk.domain.file import PatientFile
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.labels import label
from pzdesk.domain.network import NaasteRole, Professional
from pzdesk.domain.person import day_and_month, dutch_date, spoken
from pzdesk.domain.practice import Practice
from pzdesk.domain.status import StatusKind
from pzdesk.services import paper_words as words

NOT_CONFIRMED = "Deze afspraken zijn nog niet bevestigd door uw arts."


def home_paper(file: PatientFile, practice: Practice, imprint: Imprint, today: date) -> HomePaper:
    """Whom to call, what matters, limits, and what to do when something happens."""
    carers, naasten = _carers(file, practice), _naasten(file)
    calls = _once([*carers, *naasten])
    earlier = [handout for handout in file.handouts if handout.kind is HandoutKind.HOME_SHEET]
    last = max(earlier, key=lambda handout: handout.id, default=None)
    limits = words.limits_with_notes(file)
    name = spoken(file.patient.name, file.patient.sex)
    return HomePaper(
        imprint=imprint,
        name=name[:1].upper() + name[1:],
        born=dutch_date(file.patient.birth_date),
        version=str(len(earlier) + 1),
        made=day_and_month(today),
        made_by=imprint.printed_by,
        # A naaste is reached too, but is never whom to call for care.
        day=calls[0] if carers else None,
        night=_night(practice),
        others=tuple(calls[1:] if carers else calls),
        wishes=_wishes(file),
        limits=tuple(line for line in limits if line != words.RECEIVED),
        limits_note=NOT_CONFIRMED if words.RECEIVED in limits else "",
        scenarios=words.scenarios(file),
        replaces=f"het blad van {day_and_month(last.printed_at.astimezone().date())}"
        if last
        else "",
    )


def _carers(file: PatientFile, practice: Practice) -> list[Call]:
    """By day: the central carer first, then responsible clinician, practice and team."""
    found: list[Call] = []
    for kind in (StatusKind.CENTRAL_CARER, StatusKind.RESPONSIBLE):
        who = file.professional_now(kind)
        if who is not None:
            found += _professional(file, who, label(kind))
    if practice.phone_day:
        found.append(
            Call(who=practice.name, number=practice.phone_day, note="uw praktijk, overdag")
        )
    for member in file.team:
        if member.until is None:
            who = file.professionals[member.professional_id]
            found += _professional(file, who, member.part or label(who.discipline))
    return found


def _naasten(file: PatientFile) -> list[Call]:
    """The first contacts, each by one number."""
    return [
        Call(
            who=naaste.name,
            number=phone.number,
            note=", ".join(filter(None, (naaste.relation, phone.note))),
        )
        for naaste in file.naasten_with(NaasteRole.FIRST_CONTACT)
        for phone in naaste.phones[:1]
    ]


def _once(calls: list[Call]) -> list[Call]:
    once = {call.number: call for call in reversed(calls)}
    return [call for call in calls if once.get(call.number) is call]


def _professional(file: PatientFile, who: Professional, part: str) -> list[Call]:
    day, night = words.numbers(file, who)
    note = f"{part}; avond, nacht en weekend {night}" if night and night != day else part
    return [Call(who=who.name, number=day, note=note)] if day else []


def _night(practice: Practice) -> Call | None:
    if not practice.hap_phone:
        return None
    return Call(who=practice.hap_name or "de huisartsenpost", number=practice.hap_phone)


def _wishes(file: PatientFile) -> tuple[str, ...]:
    version = file.valid_pzp
    if version is None or "5b" not in version.answers:
        return words.wishes(version)
    where = f"Gewenste plek van overlijden: {words.place_of_death(file)}"
    return (*words.wishes(version), where)
