"""The patient list from the HIS: looked at first, then taken in; every possible double is asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput
from pzdesk.domain.matching import Match, match, surnames
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import Sex, dutch_date, formal
from pzdesk.domain.user import Right
from pzdesk.exchange import patient_list
from pzdesk.exchange.patient_list import ReadPerson
from pzdesk.exchange.table import Fault
from pzdesk.services.patients import add_patient
from pzdesk.services.session import Session
from pzdesk.store import lists
from pzdesk.store.unit import Unit

Answers = Mapping[int, PatientId | Literal["nieuw"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A row that may be somebody who is known; the user says which."""

    line: int
    who: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReport:
    """What a list holds, and what was done with it; rows go by their line in the file."""

    mapping: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    new: tuple[int, ...]
    added: tuple[tuple[int, PatientId], ...]
    known: tuple[tuple[int, PatientId], ...]
    asked: tuple[Asked, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Sorted:
    new: tuple[ReadPerson, ...]
    known: tuple[tuple[int, PatientId], ...]
    asked: tuple[Asked, ...]
    faults: tuple[Fault, ...]
    told: tuple[tuple[int, str], ...]


class PatientListService:
    """What a user does with a list from the HIS."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def preview(
        self, data: bytes, mapping: bytes | None = None, answers: Answers | None = None
    ) -> ListReport:
        """Look what a list holds and what would be done with it, without taking anything in.

        Raises:
            UnreadableFile, BadInput: see ``take_in``.
        """
        with self._session.reading(Right.IMPORT) as unit:
            _, reading, columns = self._read(unit, data, mapping)
            found = _sorted(reading.people, lists.all_patients(unit), answers or {})
            unit.commit(
                AuditEvent.LIST_PREVIEWED,
                What.READ,
                kind="patientenlijst",
                count=len(reading.people),
            )
        return _report(reading, columns, found, ())

    def take_in(
        self, data: bytes, mapping: bytes | None = None, answers: Answers | None = None
    ) -> ListReport:
        """Take in who is new; who is known stays as is, who may be known waits for an answer.

        All new people come in together or not at all. The mapping is remembered for lists with the
        same columns. ``answers`` says per line which patient somebody is, or "nieuw".

        Raises:
            UnreadableFile: it is not a list.
            BadInput: the columns cannot be told, the mapping does not fit, or an answer names a line
                or a patient that is not asked about.
        """
        with self._session.writing(Right.IMPORT) as unit:
            key, reading, columns = self._read(unit, data, mapping)
            found = _sorted(reading.people, lists.all_patients(unit), answers or {})
            added = tuple(
                (person.line, add_patient(unit, _patient(person), self._session.today).id)
                for person in found.new
            )
            unit.keep_setting(key, dict(columns))
            unit.commit(
                AuditEvent.LIST_IMPORTED, What.CREATE, kind="patientenlijst", count=len(added)
            )
        return _report(reading, columns, found, added)

    def _read(
        self, unit: Unit, data: bytes, mapping: bytes | None
    ) -> tuple[str, patient_list.ListReading, tuple[tuple[str, str], ...]]:
        table = patient_list.read_table(data)
        key = f"patientenlijst:{patient_list.signature(table.header)}"
        if mapping is not None:
            chosen = patient_list.mapping_from_json(mapping, table.header)
        else:
            remembered = unit.setting(key)
            chosen = (
                patient_list.Mapping(tuple(remembered.items()))
                if remembered
                else patient_list.guess_mapping(table.header)
            )
        reading = patient_list.read_rows(table, chosen, self._session.today)
        return key, reading, chosen.columns


def _sorted(people: Sequence[ReadPerson], patients: Sequence[Patient], answers: Answers) -> _Sorted:
    """Who is new, who is known, and who has to be asked about.

    Somebody surely known has the same BSN, or matches by the rule of ``domain.matching``. Two people
    whose BSNs are both known and differ are never one person.
    """
    register = _Register(patients)
    new: list[ReadPerson] = []
    known: list[tuple[int, PatientId]] = []
    told: list[tuple[int, str]] = []
    asked: list[Asked] = []
    faults: list[Fault] = []
    places: dict[int, PatientId | None] = {}
    lines = {person.line for person in people}
    wrong = [line for line in answers if line not in lines]
    if wrong:
        raise BadInput(f"Op regel {wrong[0]} van de lijst staat niemand om over te antwoorden.")
    for person in people:
        if person.same_as is not None:
            same = places.get(person.same_as)
            if same is not None:
                known.append((person.line, same))
            else:
                told.append((person.line, f"Dezelfde persoon als op regel {person.same_as}."))
            continue
        sure, possible = register.like(person)
        answer = answers.get(person.line)
        if answer is not None and answer != "nieuw":
            if answer not in register.ids:
                raise BadInput(f"Patiënt {answer} bestaat niet in deze praktijk.")
            places[person.line] = answer
            known.append((person.line, answer))
        elif answer is None and len(sure) == 1 and sure[0].id > 0:
            places[person.line] = sure[0].id
            known.append((person.line, sure[0].id))
        elif answer is None and (sure or possible):
            candidates = tuple(_candidate(patient) for patient in (*sure, *possible))
            who = f"{formal(person.name, person.sex)}, {dutch_date(person.birth_date)}"
            asked.append(Asked(line=person.line, who=who, candidates=candidates))
        elif register.has_bsn(person.bsn):
            faults.append(Fault(person.line, "Dit BSN hoort al bij een andere patiënt."))
        else:
            new.append(person)
            register.add(replace(_patient(person), id=PatientId(-person.line)))
    return _Sorted(tuple(new), tuple(known), tuple(asked), tuple(faults), tuple(told))


class _Register:
    """Everybody known, to be found by birth date, surname and BSN; a new row has minus its line as id."""

    def __init__(self, patients: Sequence[Patient]) -> None:
        self.ids = {patient.id for patient in patients}
        self._born: dict[date, list[Patient]] = defaultdict(list)
        self._named: dict[str, list[Patient]] = defaultdict(list)
        self._bsn: dict[str, Patient] = {}
        for patient in patients:
            self.add(patient)

    def add(self, patient: Patient) -> None:
        self._born[patient.birth_date].append(patient)
        for name in surnames(patient.name):
            self._named[name].append(patient)
        if patient.bsn:
            self._bsn[patient.bsn] = patient

    def has_bsn(self, bsn: str | None) -> bool:
        return bool(bsn) and bsn in self._bsn

    def like(self, person: ReadPerson) -> tuple[list[Patient], list[Patient]]:
        if person.bsn and person.bsn in self._bsn:
            same = self._bsn[person.bsn]
            if same.birth_date == person.birth_date:
                return [same], []
            return [], [same]
        near = {patient.id: patient for patient in self._born[person.birth_date]}
        for name in surnames(person.name):
            near |= {patient.id: patient for patient in self._named[name]}
        sure, possible = [], []
        for patient in near.values():
            if person.bsn and patient.bsn and person.bsn != patient.bsn:
                continue
            how = match(person.name, person.birth_date, patient.name, patient.birth_date)
            known = {Sex.WOMAN, Sex.MAN}
            differ = {person.sex, patient.sex} == known
            if how is Match.SURE and not differ:
                sure.append(patient)
            elif how is not Match.NONE:
                possible.append(patient)
        return sure, possible


def _patient(person: ReadPerson) -> Patient:
    return Patient(
        name=person.name,
        birth_date=person.birth_date,
        sex=person.sex,
        address=person.address,
        phones=person.phones,
        bsn=person.bsn,
        his_number=person.his_number,
        language=person.language,
        diagnosis=person.diagnosis,
        icpc=person.icpc,
    )


def _candidate(patient: Patient) -> str:
    where = f"regel {-patient.id} van deze lijst" if patient.id < 0 else f"patiënt {patient.id}"
    return f"{where}: {formal(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"


def _report(
    reading: patient_list.ListReading,
    columns: tuple[tuple[str, str], ...],
    found: _Sorted,
    added: tuple[tuple[int, PatientId], ...],
) -> ListReport:
    return ListReport(
        mapping=columns,
        unused=reading.unused,
        new=tuple(person.line for person in found.new),
        added=added,
        known=found.known,
        asked=found.asked,
        faults=tuple(sorted((*reading.faults, *found.faults), key=lambda fault: fault.line)),
        remarks=(
            *((person.line, text) for person in reading.people for text in person.remarks),
            *found.told,
        ),
    )
