"""Patients: the list, the file, who somebody is, and what holds since when."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn as bsn_rule

from pzdesk.content import pzp_form, target_groups
from pzdesk.domain import pzp, review
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.file import PatientFile
from pzdesk.domain.patient import Patient, PatientId, checked_birth_date, checked_icpc, checked_name
from pzdesk.domain.pzp import Answer
from pzdesk.domain.review import Review
from pzdesk.domain.rows import PatientRow, PersonRow
from pzdesk.domain.status import Care, Phase, Status, StatusKind, checked_status
from pzdesk.domain.texts import cleaned, limited, one_line, required
from pzdesk.domain.user import Right
from pzdesk.services.session import Session
from pzdesk.store import lists, statuses
from pzdesk.store.files import patient_file
from pzdesk.store.references import is_built_on
from pzdesk.store.unit import Unit

T = TypeVar("T")

DIED, LEFT = "overleden", "uit zorg"
"""Why review moments ended that are open again when it was a mistake, or somebody comes back."""
NOT_SHOWN = "inhoud van het dossier niet zichtbaar met uw rol"


class PatientService:
    """What a user does with patients."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self, *, everybody: bool = False) -> list[PatientRow]:
        """The list of patients in care, or of everybody, by surname."""
        with self._session.reading(Right.SEE_WHO) as unit:
            rows = lists.patient_rows(unit, only_active=not everybody, resuscitation=_resuscitation)
            unit.commit(AuditEvent.PATIENTS_LISTED, What.READ, kind="patient", count=len(rows))
        return rows if self._session.has(Right.READ_FILE) else [_without_clinical(r) for r in rows]

    def people(self, ids: Collection[PatientId]) -> dict[PatientId, PersonRow]:
        """Who these people are; how pressing it is only for who may read files."""
        with self._session.reading(Right.SEE_WHO) as unit:
            found = lists.people(unit, frozenset(ids))
            unit.commit(AuditEvent.PATIENTS_LISTED, What.READ, kind="patient", count=len(found))
        clinical = self._session.has(Right.READ_FILE)
        return {one.id: one if clinical else _without_urgency(one) for one in found}

    def names(self) -> list[PersonRow]:
        """Who everybody is, in care or not, by surname: to choose from."""
        with self._session.reading(Right.SEE_WHO) as unit:
            found = lists.people(unit)
            unit.commit(AuditEvent.PATIENTS_LISTED, What.READ, kind="patient", count=len(found))
        return found

    def file(self, patient_id: PatientId) -> PatientFile:
        """Open the file of a patient."""
        with self._session.reading(Right.READ_FILE, patient=patient_id) as unit:
            found = patient_file(unit, patient_id)
            unit.commit(AuditEvent.FILE_READ, What.READ, patient=patient_id, kind="dossier")
        return found

    def add(self, patient: Patient) -> Patient:
        """Add a patient; who is not marked yet starts as "nog niet beoordeeld".

        Raises:
            BadInput: a name, date, BSN or ICPC code cannot be used.
            Refused: the BSN belongs to another patient already.
        """
        with self._session.writing(Right.IMPORT) as unit:
            kept = add_patient(unit, patient, self._session.today)
            unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE, patient=kept.id, kind="patient")
        return kept

    def withdraw(self, patient: Patient) -> None:
        """Take back a patient who was added by mistake, as if never there; the log keeps both.

        Raises:
            Refused: something was recorded of this patient by now.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.IMPORT) as unit:
            if is_built_on(unit, patient):
                raise Refused("Van deze persoon is al iets vastgelegd; het dossier blijft staan.")
            unit.remove(patient)
            unit.commit(
                AuditEvent.PATIENT_WITHDRAWN, What.DELETE, patient=patient.id, kind="patient"
            )

    def change(self, patient: Patient) -> Patient:
        """Keep changed data of a patient.

        Raises:
            BadInput: see ``add``.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            checked = _checked(unit, patient, self._session.today)
            kept = unit.replace(checked)
            unit.commit(AuditEvent.PATIENT_CHANGED, What.UPDATE, patient=kept.id, kind="patient")
        return kept

    def record_status(
        self,
        patient_id: PatientId,
        kind: StatusKind,
        value: str = "",
        *,
        since: date,
        said_by: str = "",
        professional_id: int | None = None,
        place: str = "",
        phone: str = "",
        note: str = "",
    ) -> Status:
        """Record what holds since a day: phase, urgency, complexity, whereabouts, carer, responsible.

        Who comes back in care has the review moments again that ended with leaving.

        Raises:
            BadInput: the value does not belong to the kind, or the day lies in the future.
            Refused: the patient is deceased.
        """
        if value == Phase.DECEASED or (kind is StatusKind.CARE and value != Care.IN_CARE):
            raise Refused("Gebruik hiervoor “overleden” of “uit zorg”.")
        with self._session.writing(Right.WRITE_FILE) as unit:
            file = patient_file(unit, patient_id)
            if file.death is not None:
                raise Refused("Deze persoon is overleden; er wordt geen nieuwe stand vastgelegd.")
            row = self._status(patient_id, kind, value, since, said_by)
            row = replace(row, professional_id=professional_id, place=place, phone=phone, note=note)
            checked_status(kind, value, professional_id)
            kept = statuses.add_status(unit, row)
            _let_reviews_follow(unit, file)
            unit.commit(
                AuditEvent.STATUS_ADDED,
                What.CREATE,
                patient=patient_id,
                kind=kind.value,
                key=kept.id,
            )
        return kept

    def retract_status(self, patient_id: PatientId, status_id: int, reason: str) -> None:
        """Take back a dated row that was recorded by mistake; the row before it holds again.

        With a death or a leaving the review moments that ended with it are open again.

        Raises:
            BadInput: no reason is given.
            Refused: it was taken back before, or belongs to another patient.
        """
        reason = required(reason, "Geef aan waarom dit niet klopt.", field="reden")
        with self._session.writing(Right.WRITE_FILE) as unit:
            row = unit.get(Status, status_id)
            if row.patient_id != patient_id or row.retracted:
                raise Refused("Deze regel is al ingetrokken of hoort bij iemand anders.")
            file = patient_file(unit, patient_id)
            statuses.retract(unit, row, reason)
            _let_reviews_follow(unit, file)
            unit.commit(
                *(AuditEvent.STATUS_RETRACTED, What.UPDATE),
                patient=patient_id,
                kind=row.kind.value,
                key=status_id,
            )

    def restore_status(self, patient_id: PatientId, status_id: int) -> Status:
        """Let a dated row hold again that was taken back by mistake.

        Raises:
            Refused: it was not taken back, belongs to another patient, or another death was recorded.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            row = unit.get(Status, status_id)
            if row.patient_id != patient_id or not row.retracted:
                raise Refused("Deze regel is niet ingetrokken of hoort bij iemand anders.")
            file = patient_file(unit, patient_id)
            if row.value == Phase.DECEASED and file.death is not None:
                raise Refused("Het overlijden is al opnieuw vastgelegd.")
            kept = statuses.restore(unit, row)
            _let_reviews_follow(unit, file)
            unit.commit(
                *(AuditEvent.STATUS_RESTORED, What.UPDATE),
                patient=patient_id,
                kind=row.kind.value,
                key=status_id,
            )
        return kept

    def deceased(
        self,
        patient_id: PatientId,
        *,
        on: date,
        place: str,
        said_by: str = "",
        note: str = "",
    ) -> Status:
        """Record that a patient has died, when and where; review moments end with it.

        Raises:
            BadInput: the day lies in the future.
            Refused: it was recorded before.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            file = patient_file(unit, patient_id)
            if file.death is not None:
                raise Refused("Het overlijden is al vastgelegd.")
            row = self._status(patient_id, StatusKind.PHASE, Phase.DECEASED, on, said_by)
            kept = statuses.add_status(unit, replace(row, place=place, note=note))
            _let_reviews_follow(unit, file)
            unit.commit(
                AuditEvent.DECEASED, What.CREATE, patient=patient_id, kind="fase", key=kept.id
            )
        return kept

    def left_care(
        self, patient_id: PatientId, why: Care, *, on: date, said_by: str = "", note: str = ""
    ) -> Status:
        """Record that a patient left the care of the practice, and why; review moments end with it.

        Raises:
            BadInput: the day lies in the future, or no reason is given.
            Refused: the patient is deceased.
        """
        if why is Care.IN_CARE:
            raise BadInput("Geef aan waarom iemand uit zorg gaat.", field="reden")
        with self._session.writing(Right.WRITE_FILE) as unit:
            file = patient_file(unit, patient_id)
            if file.death is not None:
                raise Refused("Deze persoon is overleden; er wordt geen nieuwe stand vastgelegd.")
            row = self._status(patient_id, StatusKind.CARE, why, on, said_by)
            kept = statuses.add_status(unit, replace(row, note=note))
            _let_reviews_follow(unit, file)
            unit.commit(
                AuditEvent.LEFT_CARE, What.CREATE, patient=patient_id, kind="zorg", key=kept.id
            )
        return kept

    def _status(
        self, patient_id: PatientId, kind: StatusKind, value: str, since: date, said_by: str
    ) -> Status:
        if since > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        return Status(
            patient_id=patient_id,
            kind=kind,
            value=value,
            since=since,
            said_by=one_line(said_by) or self._session.user.name,
            recorded_at=self._session.now,
            recorded_by=self._session.user.id,
        )


def add_patient(unit: Unit, patient: Patient, today: date) -> Patient:
    """Keep a new patient inside a unit that is committed elsewhere.

    Raises:
        BadInput, Refused: see ``PatientService.add``.
    """
    return unit.add(_checked(unit, patient, today))


def drop_reviews(unit: Unit, file: PatientFile, why: str) -> None:
    """End the open review moments of somebody who died, left or is no longer marked."""
    for waiting in file.reviews:
        if review.is_open(waiting):
            unit.replace(replace(waiting, dropped=why))


def _let_reviews_follow(unit: Unit, before: PatientFile) -> None:
    """End the open review moments of who died or left since; open those again of who came back."""
    after = replace(before, statuses=tuple(unit.find(Status, patient_id=before.patient.id)))
    if before.is_active and not after.is_active:
        drop_reviews(unit, after, DIED if after.death is not None else LEFT)
    elif after.is_active and not before.is_active:
        for ended in after.reviews:
            if ended.done_on is None and ended.dropped in (DIED, LEFT):
                unit.replace(replace(ended, dropped=""))


def checked_bsn(text: str | None) -> str | None:
    """A BSN of nine digits that passes the elfproef, or nothing.

    Raises:
        BadInput: it does not.
    """
    if not text or not text.strip():
        return None
    try:
        number = bsn_rule.validate(text)
    except ValidationError:
        raise BadInput("Dit is geen geldig BSN (negen cijfers, elfproef).", field="bsn") from None
    if number == "000000000":
        raise BadInput("Dit is geen geldig BSN (negen cijfers, elfproef).", field="bsn")
    return str(number)


def _checked(unit: Unit, patient: Patient, today: date) -> Patient:
    checked = checked_patient(patient, today)
    same = unit.find(Patient, bsn=checked.bsn) if checked.bsn is not None else []
    if any(other.id != patient.id for other in same):
        raise Refused("Dit BSN hoort al bij een andere patiënt in deze praktijk.")
    return checked


def checked_patient(patient: Patient, today: date) -> Patient:
    """A patient as kept; whether the BSN is somebody else's is for who knows the others.

    Raises:
        BadInput: see ``PatientService.add``.
    """
    checked_birth_date(patient.birth_date, today)
    bsn = checked_bsn(patient.bsn)
    unknown = set(patient.target_groups) - set(target_groups())
    if unknown:
        raise BadInput(f"De doelgroep {min(unknown)} bestaat niet.", field="doelgroep")
    diagnosis = limited(patient.diagnosis, field="diagnose")
    patient = cleaned(replace(patient, diagnosis=diagnosis))
    return replace(
        patient,
        name=checked_name(patient.name),
        bsn=bsn,
        bsn_verified=patient.bsn_verified and bsn is not None,
        icpc=checked_icpc(patient.icpc),
    )


def planned(
    session: Session, patient_id: PatientId, kind: review.ReviewKind, due: date, because: str
) -> Review:
    """A new review moment of now, by the acting user."""
    return Review(
        patient_id=patient_id,
        kind=kind,
        due=due,
        because=because,
        recorded_at=session.now,
        recorded_by=session.user.id,
    )


def _resuscitation(answers: Mapping[str, Any]) -> str:
    """What a PZP says of resuscitation, in full words with its restriction."""
    said = {key: Answer(**answers[key]) for key in ("4a", "4a.beperking") if key in answers}
    return pzp.limit_line(pzp_form(), "4a", said).words


def _without_urgency(one: PersonRow) -> PersonRow:
    phase = one.phase if one.phase == Phase.DECEASED else None  # a death is no secret
    return replace(one, phase=phase, urgency=None)


def _without_clinical(row: PatientRow) -> PatientRow:
    """Who is who and who to call, for somebody who may not read files; a death is no secret."""
    deceased = row.phase == Phase.DECEASED
    return replace(
        row,
        diagnosis="",
        phase=row.phase if deceased else None,
        phase_since=row.phase_since if deceased else None,
        urgency=None,
        urgency_since=None,
        complexity=None,
        markering=None,
        pzp_on=None,
        pzp_count=0,
        pzp_to_confirm=False,
        resuscitation=NOT_SHOWN,
        next_review=None,
        next_review_about="",
        place="",
    )
