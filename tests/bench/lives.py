"""Fictional lives by the thousand: the rows of a practice, the same for the same seed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from pzdesk.content import pzp_form
from pzdesk.domain.action import Action
from pzdesk.domain.assessment import Assessment, Dimension, Direction, Finding, Symptom, Weight
from pzdesk.domain.handout import Handout, HandoutKind
from pzdesk.domain.markering import Markering, MarkeringState, Told, Whom
from pzdesk.domain.mdo import AgendaItem, Consent, ConsentAnswer, ItemNotes, ParticipantKind
from pzdesk.domain.network import MayKnow, Naaste, NaasteRole, TeamMember
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import Address, Name, Phone, Sex
from pzdesk.domain.plan import AcutePlan, Scenario
from pzdesk.domain.pzp import Answer, Kind, Part, PzpConfirmation, PzpVersion, counting
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.status import Care, Complexity, Phase, Status, StatusKind, Urgency, Whereabouts
from tests.factories import AMSTERDAM, TODAY

_ACHTERNAMEN = (
    *("Jansen", "Vries", "Bakker", "Visser", "Smit", "Meijer", "Boer", "Mulder", "Groot", "Bos"),
    *("Vos", "Peters", "Hendriks", "Dijkstra", "Veenstra", "Postma", "Hoekstra", "Oosting"),
    *("Kuiper", "Brouwer", "Schuurman", "Hofstede", "Şahin", "Yılmaz", "Kowalczyk", "Öztürk"),
)
_VOORVOEGSELS = ("", "", "", "", "de", "van", "van der", "van den", "ten")
_VROUWEN = ("Anna", "Maria", "Johanna", "Grietje", "Trijntje", "Elisabeth", "Hendrikje", "Fatma")
_MANNEN = ("Jan", "Hendrik", "Klaas", "Pieter", "Willem", "Geert", "Roelof", "Mehmet", "Johannes")
_DIAGNOSES = (
    *(("hartfalen", "K77"), ("COPD", "R95"), ("longkanker", "R84"), ("dementie", "P70")),
    *(("darmkanker", "D75"), ("ziekte van Parkinson", "N87"), ("nierfalen", "U99")),
    *(("borstkanker", "X76"), ("prostaatkanker", "Y77"), ("ALS", "N99"), ("", "")),
)
_SENTENCES = (
    "Mevrouw is benauwd bij inspanning en slaapt half rechtop.",
    "Wil zo lang mogelijk thuis blijven, zolang het voor de familie te dragen is.",
    "De dochter komt elk weekend en wil graag gebeld worden als er iets verandert.",
    "Pijn is nu goed onder controle met twee keer daags morfine.",
    "Heeft steun aan de kerk en aan de gesprekken met de geestelijk verzorger.",
    "Is bang om te stikken; dit is besproken en vastgelegd in het noodplan.",
    "Eet minder en valt af; de diëtiste is betrokken.",
    "De nachten zijn zwaar, nachtzorg is aangevraagd.",
)
_LEVEN: tuple[tuple[StatusKind, tuple[str, ...]], ...] = (
    (StatusKind.PHASE, (Phase.DISEASE, Phase.SYMPTOM, Phase.SYMPTOM, Phase.TERMINAL)),
    (StatusKind.URGENCY, (Urgency.CALM, Urgency.SOON, Urgency.NOW, Urgency.UNDECIDED)),
    (StatusKind.COMPLEXITY, (Complexity.LOW, Complexity.COMPLEX, Complexity.HIGH)),
    (StatusKind.WHEREABOUTS, (Whereabouts.HOME, Whereabouts.HOME, Whereabouts.CARE_HOME)),
    (StatusKind.CENTRAL_CARER, ("",)),
    (StatusKind.RESPONSIBLE, ("",)),
)
PROFESSIONALS = 60
ORGANISATIONS = 12
FIRST_DAY = TODAY - timedelta(days=730)


class Lives:
    """Makes the rows of one patient after another; ids are given when the rows are kept."""

    def __init__(self, seed: int, meeting_days: tuple[date, ...]) -> None:
        self.random = Random(seed)  # noqa: S311 - benchmarks, no secrets
        self.meeting_days = meeting_days
        self.forms = [_filled(self.random) for _ in range(200)]

    def patient(self, number: int) -> Patient:
        """Who somebody is."""
        pick = self.random.choice
        sex = pick((Sex.WOMAN, Sex.MAN))
        first = pick(_VROUWEN if sex is Sex.WOMAN else _MANNEN)
        married = sex is Sex.WOMAN and self.random.random() < 0.5
        diagnosis, icpc = pick(_DIAGNOSES)
        return Patient(
            id=PatientId(number),
            name=Name(
                achternaam=pick(_ACHTERNAMEN),
                voorvoegsels=pick(_VOORVOEGSELS),
                voornamen=f"{first} {pick(_VROUWEN)}",
                roepnaam=first if self.random.random() < 0.7 else "",
                partner_achternaam=pick(_ACHTERNAMEN) if married else "",
                partner_voorvoegsels=pick(_VOORVOEGSELS) if married else "",
                name_order=pick(("NL3", "NL3", "NL2", "NL4")) if married else "NL1",  # type: ignore[arg-type]
            ),
            birth_date=date(1926, 1, 1) + timedelta(days=self.random.randrange(18000)),
            sex=sex,
            address=Address(
                street=f"Brinkweg {self.random.randrange(1, 300)}", postcode="9451 AB", city="Rolde"
            ),
            phones=(Phone(number="0592-123456", note="vast"), Phone(number="06-12345678")),
            his_number=f"{number:06d}",
            language="Nederlands",
            diagnosis=diagnosis,
            icpc=icpc,
            capable=pick((True, True, True, False, None)),
        )

    def rows(self, patient: Patient, *, rich: bool = False) -> Iterator[Any]:
        """Everything kept of somebody but the patient row; ``rich`` is a file of two full years."""
        key, pick = patient.id, self.random.choice
        yield from self._statuses(key, rich=rich)
        yield from self._markering(key)
        yield from self._network(key, rich=rich)
        yield from self._pzps(key, 4 if rich else pick((0, 1, 1, 1, 2, 2)))
        for _ in range(12 if rich else 2):
            yield self._assessment(key)
        for kind in pick((tuple(ReviewKind), tuple(ReviewKind)[:4], tuple(ReviewKind)[:2])):
            due = self._day() + timedelta(days=60)
            done = due if due < TODAY and self.random.random() < 0.95 else None
            yield Review(
                patient_id=key,
                kind=kind,
                due=due,
                because="markering",
                done_on=done,
                outcome=pick(_SENTENCES) if done else "",
                **self._recorded(due),
            )
        for meeting in self.random.sample(range(len(self.meeting_days)), 12 if rich else 2):
            yield self._item(key, meeting)
        for _ in range(40 if rich else 2):
            yield self._action(key, done=self.random.random() < 0.85)
        yield Consent(
            patient_id=key,
            kind=ParticipantKind.WELFARE,
            answer=pick((ConsentAnswer.YES, ConsentAnswer.NO)),
            on=TODAY,
            **self._recorded(TODAY),
        )
        for _ in range(3 if rich else int(self.random.random() < 0.3)):
            scenes = (
                Scenario(when="toename benauwdheid", do=pick(_SENTENCES), call="wijkverpleging"),
                Scenario(when="onrust in de nacht", do=pick(_SENTENCES)),
            )
            yield AcutePlan(
                patient_id=key, on=TODAY, scenarios=scenes, **self._recorded(self._day())
            )
        for _ in range(20 if rich else 1):
            yield Handout(
                kind=HandoutKind.PATIENT_SHEET,
                patient_id=key,
                digest=f"{self.random.getrandbits(256):064x}",
                size=40_000,
                printed_at=_moment(self._day()),
                printed_by=1,
            )

    def _statuses(self, key: PatientId, *, rich: bool) -> Iterator[Status]:
        for kind, values in _LEVEN:
            days = sorted(self._day() for _ in range(4 if rich else self.random.choice((1, 1, 2))))
            for number, since in enumerate(days, start=1):
                yield self._status(
                    key, kind, self.random.choice(values), since, current=number == len(days)
                )
        fate = 1.0 if rich else self.random.random()
        if fate < 0.06:
            yield self._status(key, StatusKind.CARE, Care.MOVED, TODAY, current=True)

    def _status(
        self, key: PatientId, kind: StatusKind, value: str, since: date, *, current: bool
    ) -> Status:
        named = kind in (StatusKind.CENTRAL_CARER, StatusKind.RESPONSIBLE)
        if kind is StatusKind.PHASE and current and self.random.random() < 0.1 and key % 500:
            value = Phase.DECEASED
        return Status(
            patient_id=key,
            kind=kind,
            value=value,
            professional_id=self.random.randint(1, PROFESSIONALS) if named else None,
            since=since,
            said_by="dr. De Boer",
            current=current,
            **self._recorded(since),
        )

    def _markering(self, key: PatientId) -> Iterator[Any]:
        steps = self.random.choice(
            (
                (),
                (MarkeringState.TO_JUDGE,),
                (MarkeringState.NOT_MARKED,),
                *(((MarkeringState.MARKED, MarkeringState.TALKED),) * 4),
            )
        )
        day = self._day()
        for state in steps:
            values = {"state": state, "on": day, "by": "dr. De Boer", "surprised_by_death": False}
            yield Markering(patient_id=key, **values, **self._recorded(day))  # type: ignore[arg-type]
            day = min(day + timedelta(days=7), TODAY)
        for whom in (Whom.APOTHEEK, Whom.HAP) if len(steps) == 2 else ():
            yield Told(patient_id=key, whom=whom, on=day, **self._recorded(day))

    def _network(self, key: PatientId, *, rich: bool) -> Iterator[Any]:
        for number in range(6 if rich else 2):
            roles = (NaasteRole.MANTELZORGER, NaasteRole.FIRST_CONTACT) if number == 0 else ()
            yield Naaste(
                patient_id=key,
                name=f"{self.random.choice(_MANNEN)} {self.random.choice(_ACHTERNAMEN)}",
                relation=self.random.choice(("echtgenoot", "dochter", "zoon", "buurvrouw")),
                roles=roles,
                phones=(Phone(number="06-87654321"),),
                may_know=MayKnow.ALL,
            )
        for _ in range(6 if rich else 2):
            professional = self.random.randint(1, PROFESSIONALS)
            yield TeamMember(patient_id=key, professional_id=professional, since=self._day())

    def screenings(self, key: PatientId, naaste: int, number: int) -> Iterator[Any]:
        """The screening of a mantelzorger with its follow-up; ``number`` is the screening's id."""
        day = self._day()
        answers = {str(item): str(self.random.randint(0, 1)) for item in range(1, 14)}
        yield Screening(
            id=number,
            patient_id=key,
            naaste_id=naaste,
            on=day,
            instrument="csi",
            instrument_version="1.0.0",
            answers=answers,
            scores={"total": float(sum(map(int, answers.values())))},
            **self._recorded(day),
        )
        if number % 2:
            yield FollowUp(
                patient_id=key,
                naaste_id=naaste,
                screening_id=number,
                what="sociaal werk belt",
                who="L. Oosting",
                due=day + timedelta(days=7),
                done_on=day if number % 3 else None,
                **self._recorded(day),
            )

    def _pzps(self, key: PatientId, count: int) -> Iterator[PzpVersion]:
        talks = sorted(self._day() for _ in range(count))
        for number, talk_on in enumerate(talks, start=1):
            yield PzpVersion(
                patient_id=key,
                number=number,
                talk_on=talk_on,
                held_by="dr. De Boer",
                held_by_function="huisarts",
                source=self.random.choice(("gesprek", "formulier")),
                answers=self.random.choice(self.forms),
                **self._recorded(talk_on),
            )

    def verdict(self, version: PzpVersion) -> PzpConfirmation | PzpWithdrawal | None:
        """What was decided about a kept version: mostly confirmed, seldom taken back."""
        if self.random.random() < 0.02:
            recorded = self._recorded(TODAY)
            return PzpWithdrawal(version_id=version.id, reason="andere patiënt", **recorded)
        if version.source == "formulier" and self.random.random() < 0.8:
            who = {"confirmed_by": "dr. De Boer", "recorded_by": 1}
            return PzpConfirmation(version_id=version.id, confirmed_on=TODAY, **who)  # type: ignore[arg-type]
        return None

    def _assessment(self, key: PatientId) -> Assessment:
        pick, day = self.random.choice, self._day()
        findings = tuple(
            Finding(
                dimension=dimension,
                weight=pick(tuple(Weight)),
                direction=pick(tuple(Direction)),
                according_to="volgens mevrouw",
                text=pick(_SENTENCES),
            )
            for dimension in Dimension
        )
        symptoms = tuple(Symptom(name=n, score=pick(range(11))) for n in ("pijn", "benauwdheid"))
        return Assessment(
            patient_id=key, on=day, findings=findings, symptoms=symptoms, **self._recorded(day)
        )

    def _item(self, key: PatientId, meeting: int) -> AgendaItem:
        held = self.meeting_days[meeting] < TODAY
        notes = ItemNotes(
            lichamelijk=self.random.choice(_SENTENCES),
            sociaal=self.random.choice(_SENTENCES),
            afspraken=(self.random.choice(_SENTENCES),),
            discussed=self.random.choice((True, True, True, None, False)),
        )
        return AgendaItem(
            meeting_id=meeting + 1,
            position=1,
            patient_id=key,
            reasons=("fase veranderd", "1 actie open sinds 20-10-2026"),
            question="Hoe houden de naasten dit vol, en wat doen we in de nacht?",
            brought_in_by="M. Wiersma",
            notes=notes if held else ItemNotes(),
        )

    def _action(self, key: PatientId, *, done: bool) -> Action:
        day = self._day()
        return Action(
            patient_id=key,
            who=self.random.choice(("F. Hoekstra", "dr. De Boer", "M. Wiersma")),
            what=self.random.choice(_SENTENCES),
            due=day + timedelta(days=14),
            since=day,
            done_on=day if done else None,
            **self._recorded(day),
        )

    def _day(self) -> date:
        return FIRST_DAY + timedelta(days=self.random.randrange(730))

    def _recorded(self, day: date) -> dict[str, Any]:
        return {"recorded_at": _moment(day), "recorded_by": 1}


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12, 0), AMSTERDAM)


def _filled(random: Random) -> dict[str, Answer]:
    """A PZP as it is filled in: nine of ten questions, half of the notes, a sentence or two in each."""
    form = pzp_form()
    given: dict[str, Answer] = {}
    for question in form.questions:
        if random.random() < (0.5 if question.role is Part.NOTE else 0.1):
            continue
        if question.kind is Kind.CHOICE:
            given[question.id] = Answer(value=random.choice(question.options).id)
        elif question.kind is Kind.MULTI:
            given[question.id] = Answer(ticked=(random.choice(question.options).id,))
        elif question.kind is Kind.DATE:
            given[question.id] = Answer(value=TODAY.isoformat())
        elif question.kind is Kind.TEXT and question.role is not Part.PART:
            words = " ".join(random.sample(_SENTENCES, random.choice((1, 1, 2))))
            given[question.id] = Answer(value=words if question.number else "A. Jansen")
    return counting(form, given)
