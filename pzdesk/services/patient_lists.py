"""The patient list from the HIS: looked at first, then taken in; every possible double is asked."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Cancelled
from pzdesk.domain.matching import Comparable, Match, compared
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import Sex, dutch_date, formal
from pzdesk.domain.user import Right
from pzdesk.exchange import patient_list
from pzdesk.exchange.patient_list import ReadPerson
from pzdesk.exchange.table import Fault
from pzdesk.services.patients import checked_patient
from pzdesk.services.session import Session
from pzdesk.store import audit, lists
from pzdesk.store.unit import Unit

Answers = Mapping[int, PatientId | Literal["nieuw"]]
Progress = Callable[[int, int], object]
_Known = tuple[Patient, Comparable]
_AT_ONCE = 250
_FIRST = 5


def _untold(done: int, total: int) -> None:
    """Nobody looks how far it is."""


def _never() -> bool:
    """Nobody stops it."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A row that may be somebody who is known; the user says which.

    ``ids`` are the patients of ``candidates``; below nought it is a line of the list itself.
    """

    line: int
    who: str
    candidates: tuple[str, ...]
    ids: tuple[PatientId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReport:
    """What a list holds, and what was done with it; rows go by their line in the file.

    ``columns`` are the Dutch names of the fields with the column of each; ``first`` says who the first
    new people are, for a user to see whether the columns were understood.
    """

    mapping: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    first: tuple[tuple[int, str], ...]
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


@dataclass(frozen=True, slots=True)
class _Read:
    """A list as read: under which key its mapping is remembered, its rows, and which column is what."""

    key: str
    reading: patient_list.ListReading
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Watch:
    """Who is told how far it is, and who may stop it."""

    progress: Progress
    cancelled: Callable[[], bool]
    total: int

    def at(self, done: int) -> None:
        """Tell how many steps are done.

        Raises:
            Cancelled: it was stopped.
        """
        if self.cancelled():
            raise Cancelled("Gestopt. Er is niets ingelezen.")
        self.progress(done, self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumns:
    """The columns of a list, every field that one can hold with its Dutch name, and what was recognised."""

    header: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    mapping: tuple[tuple[str, str], ...]
    rows: int


class PatientListService:
    """What a user does with a list from the HIS."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def columns(self, data: bytes) -> ListColumns:
        """What columns a list has and what each holds: as remembered, else as their names tell.

        Raises:
            UnreadableFile: it is not a list.
        """
        with self._session.reading(Right.IMPORT) as unit:
            table = patient_list.read_table(data)
            remembered = unit.setting(f"patientenlijst:{patient_list.signature(table.header)}")
            guessed = patient_list.guess_mapping(table.header).columns
            mapping = tuple(remembered.items()) if remembered else guessed
            unit.commit(
                AuditEvent.LIST_PREVIEWED,
                What.READ,
                kind="patientenlijst",
                count=len(table.rows),
            )
        return ListColumns(
            header=tuple(table.header),
            fields=tuple(patient_list.fields().items()),
            mapping=mapping,
            rows=len(table.rows),
        )

    def preview(
        self,
        data: bytes,
        mapping: bytes | None = None,
        answers: Answers | None = None,
        *,
        progress: Progress = _untold,
        cancelled: Callable[[], bool] = _never,
    ) -> ListReport:
        """Look what a list holds and what would be done with it, without taking anything in.

        Raises:
            UnreadableFile, BadInput, Cancelled: see ``take_in``.
        """
        with self._session.reading(Right.IMPORT) as unit:
            read = self._read(unit, data, mapping)
            watch = _Watch(progress, cancelled, len(read.reading.people))
            found = _sorted(read.reading.people, lists.all_patients(unit), answers or {}, watch)
            unit.commit(
                AuditEvent.LIST_PREVIEWED,
                What.READ,
                kind="patientenlijst",
                count=len(read.reading.people),
            )
        return _report(read, found, ())

    def take_in(
        self,
        data: bytes,
        mapping: bytes | None = None,
        answers: Answers | None = None,
        *,
        progress: Progress = _untold,
        cancelled: Callable[[], bool] = _never,
    ) -> ListReport:
        """Take in who is new; who is known stays as is, who may be known waits for an answer.

        All new people come in together or not at all. The mapping is remembered for lists with the
        same columns. ``answers`` says per line which patient somebody is, or "nieuw". ``progress`` is
        told how many steps are done and how many there are; ``cancelled`` is asked now and then.

        Raises:
            UnreadableFile: it is not a list.
            BadInput: the columns cannot be told, the mapping does not fit, or an answer names a line
                or a patient that is not asked about.
            Cancelled: the user stopped it; nothing came in.
        """
        with self._session.looking_ahead(Right.IMPORT) as unit:
            read = self._read(unit, data, mapping)
            people = read.reading.people
            watch = _Watch(progress, cancelled, 2 * len(people))
            log, patients = audit.last(unit.connection), lists.all_patients(unit)
            found = _sorted(people, patients, answers or {}, watch)
        coming = _checked(found.new, self._session.today)
        with self._session.writing(Right.IMPORT) as unit:
            # Nobody waits while everybody is read again, where the log says that nothing happened.
            quiet = audit.last(unit.connection) == log
            now_known = patients if quiet else lists.all_patients(unit)
            if now_known != patients:  # somebody was added or changed meanwhile
                found = _sorted(people, now_known, answers or {}, watch)
                coming = _checked(found.new, self._session.today)
            added = tuple(_add(unit, coming, watch))
            unit.keep_setting(read.key, dict(read.columns))
            unit.commit(
                AuditEvent.LIST_IMPORTED, What.CREATE, kind="patientenlijst", count=len(added)
            )
        return _report(read, found, added)

    def _read(self, unit: Unit, data: bytes, mapping: bytes | None) -> "_Read":
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
        return _Read(key, reading, chosen.columns)


def _checked(new: Sequence[ReadPerson], today: date) -> list[tuple[int, Patient]]:
    """Who is new as kept, by line; a BSN of somebody else was found when the list was sorted."""
    return [(person.line, checked_patient(_patient(person), today)) for person in new]


def _add(
    unit: Unit, coming: Sequence[tuple[int, Patient]], watch: "_Watch"
) -> Iterator[tuple[int, PatientId]]:
    """Keep who is new, some hundreds in one statement."""
    for start in range(0, len(coming), _AT_ONCE):
        watch.at(watch.total // 2 + start)
        some = coming[start : start + _AT_ONCE]
        kept = unit.add_all([patient for _, patient in some])
        yield from ((line, patient.id) for (line, _), patient in zip(some, kept, strict=True))
    watch.at(watch.total)


def _sorted(
    people: Sequence[ReadPerson], patients: Sequence[Patient], answers: Answers, watch: "_Watch"
) -> _Sorted:
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
    for done, person in enumerate(people):
        if done % _AT_ONCE == 0:
            watch.at(done)
        if person.same_as is not None:
            same = places.get(person.same_as)
            if same is not None:
                known.append((person.line, same))
            elif not any(patient_list.same_as(person) in remark for remark in person.remarks):
                told.append((person.line, patient_list.same_as(person)))
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
            ids = tuple(patient.id for patient in (*sure, *possible))
            asked.append(Asked(line=person.line, who=_who(person), candidates=candidates, ids=ids))
        elif register.has_bsn(person.bsn):
            faults.append(Fault(person.line, "Dit BSN hoort al bij een andere patiënt."))
        else:
            new.append(person)
            register.add(replace(_patient(person), id=PatientId(-person.line)))
    watch.at(len(people))
    return _Sorted(tuple(new), tuple(known), tuple(asked), tuple(faults), tuple(told))


class _Register:
    """Everybody known, to be found by birth date, surname and BSN; a new row has minus its line as id."""

    def __init__(self, patients: Sequence[Patient]) -> None:
        self.ids = {patient.id for patient in patients}
        self._born: dict[date, list[_Known]] = defaultdict(list)
        self._named: dict[str, list[_Known]] = defaultdict(list)
        self._bsn: dict[str, Patient] = {}
        for patient in patients:
            self.add(patient)

    def add(self, patient: Patient) -> None:
        known = (patient, Comparable(patient.name))
        self._born[patient.birth_date].append(known)
        for name in known[1].surnames:
            self._named[name].append(known)
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
        wanted = Comparable(person.name)
        near = {known[0].id: known for known in self._born.get(person.birth_date, ())}
        for name in wanted.surnames:
            near |= {known[0].id: known for known in self._named.get(name, ())}
        sure: list[Patient] = []
        possible: list[Patient] = []
        for patient, name_of in near.values():
            if person.bsn and patient.bsn and person.bsn != patient.bsn:
                continue
            how = compared(wanted, person.birth_date, name_of, patient.birth_date)
            if how is Match.NONE:
                continue
            differ = {person.sex, patient.sex} == {Sex.WOMAN, Sex.MAN}
            (sure if how is Match.SURE and not differ else possible).append(patient)
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


def _who(person: ReadPerson | Patient) -> str:
    return f"{formal(person.name, person.sex)}, {dutch_date(person.birth_date)}"


def _candidate(patient: Patient) -> str:
    where = f"regel {-patient.id} van deze lijst" if patient.id < 0 else f"patiënt {patient.id}"
    return f"{where}: {_who(patient)}"


def _report(read: "_Read", found: _Sorted, added: tuple[tuple[int, PatientId], ...]) -> ListReport:
    reading, names = read.reading, patient_list.fields()
    return ListReport(
        mapping=read.columns,
        columns=tuple((names[field], column) for field, column in read.columns),
        first=tuple((person.line, _who(person)) for person in found.new[:_FIRST]),
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
