"""The PZP: recorded after a talk, read in from the official form, confirmed, compared, taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from pzdesk.content import pzp_form
from pzdesk.domain import pzp
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, NeedsChoice, Refused
from pzdesk.domain.file import PatientFile
from pzdesk.domain.handout import Handout, HandoutKind, tells_of
from pzdesk.domain.markering import marked_on
from pzdesk.domain.matching import matches, written_name
from pzdesk.domain.patient import NEW, Patient, PatientId
from pzdesk.domain.person import dutch_date, formal
from pzdesk.domain.pzp import Answer, PzpConfirmation, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal
from pzdesk.domain.review import ReviewKind, is_open, plus_working_days
from pzdesk.domain.texts import one_line, required
from pzdesk.domain.user import Right
from pzdesk.exchange.pzp_pdf import ReadForm, read_form
from pzdesk.services.patients import add_patient, planned
from pzdesk.services.pzp_import import FormOwner, PzpImport, report, unlike
from pzdesk.services.session import Session, practice_of
from pzdesk.store import lists
from pzdesk.store.files import patient_file
from pzdesk.store.unit import Unit


class PzpService:
    """What a user does with the PZP of a patient."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        patient_id: PatientId,
        answers: Mapping[str, Answer],
        *,
        talk_on: date,
        held_by: str,
        held_by_function: str = "",
        reason: str = "",
    ) -> PzpVersion:
        """Record what was said in a talk as a new version; a correction needs its reason.

        Raises:
            BadInput: an answer is unknown or too long, the day lies in the future, or a correction
                (the same day as an earlier version) has no reason.
        """
        pzp.check_talk_date(talk_on, self._session.today)
        form = pzp_form()
        counted, hidden = pzp.split_leftovers(form, pzp.checked(form, answers))
        if hidden:
            names = ", ".join(leftover.label for leftover in hidden)
            raise BadInput(f"Deze antwoorden passen niet bij de rest: {names}.", field="antwoorden")
        with self._session.writing(Right.WRITE_FILE) as unit:
            file = patient_file(unit, patient_id)
            same_day = any(version.talk_on == talk_on for version in file.live_pzp)
            reason = pzp.check_reason(reason, corrects=same_day)
            kept = self._keep(
                unit,
                file,
                PzpVersion(
                    patient_id=patient_id,
                    number=_next_number(file),
                    talk_on=talk_on,
                    held_by=held_by,
                    held_by_function=held_by_function,
                    source=pzp.FROM_TALK,
                    source_digest="",
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                    reason=reason,
                    answers=dict(counted),
                ),
            )
            unit.commit(
                AuditEvent.PZP_ADDED, What.CREATE, patient=patient_id, kind="pzp", key=kept.id
            )
        return kept

    def read_in(self, pdf: bytes, patient: PatientId | Literal["nieuw"] | None = None) -> PzpImport:
        """Read a filled official form in as a received version.

        Without ``patient`` the form goes to the one patient who surely is the person on it (same birth
        date, surname, and first name or initial). The same bytes give the version that exists.

        Raises:
            UnreadableFile: the file is damaged, foreign, flattened, locked or too large.
            NeedsChoice: nobody, or nobody for sure, is the person on the form.
            BadInput, Refused: a new patient cannot be made of what the form says.
        """
        read = read_form(pdf, today=self._session.today)
        with self._session.writing(Right.IMPORT) as unit:
            known = self._known(unit, read, patient)
            if known is not None:
                unit.commit(
                    AuditEvent.PZP_READ,
                    What.READ,
                    patient=known.patient_id,
                    kind="pzp",
                    key=known.id,
                )
                return report(patient_file(unit, known.patient_id), known, read, existing=True)
            patient_id, remarks = self._whose(unit, read, patient)
            file = patient_file(unit, patient_id)
            kept = self._keep(
                unit,
                file,
                PzpVersion(
                    patient_id=patient_id,
                    number=_next_number(file),
                    talk_on=read.talk_on,
                    held_by=read.held_by,
                    held_by_function=read.held_by_function,
                    source=pzp.FROM_FORM,
                    source_digest=read.digest,
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                    reason="",
                    answers=dict(read.answers),
                ),
            )
            told = report(patient_file(unit, patient_id), kept, read, existing=False)
            unit.commit(
                AuditEvent.PZP_IMPORTED, What.CREATE, patient=patient_id, kind="pzp", key=kept.id
            )
        return replace(told, remarks=(*remarks, *told.remarks))

    def whose(self, pdf: bytes, here: PatientId) -> FormOwner:
        """Whose a form seems to be before it is read in: surely the patient ``here``, or to be asked.

        Raises:
            UnreadableFile: the file is damaged, foreign, flattened, locked or too large.
            Refused: these bytes were read in with somebody else.
        """
        read = read_form(pdf, today=self._session.today)
        name = written_name(read.patient_name)
        with self._session.reading(Right.IMPORT) as unit:
            known = self._known(unit, read, here)
            sure: list[Patient] = []
            possible: list[Patient] = []
            if read.birth_date is not None and name.achternaam:
                sure, possible = matches(name, read.birth_date, lists.all_patients(unit))
            others = [found for found in (*sure, *possible) if found.id != here]
            made = FormOwner(
                is_sure=known is not None or [found.id for found in sure] == [here],
                name=read.patient_name,
                birth_date=read.birth_date,
                talk_on=read.talk_on,
                candidates=tuple((found.id, _named(found)) for found in others),
                can_be_new=read.birth_date is not None and bool(name.achternaam),
            )
            unit.commit(AuditEvent.PATIENTS_SEARCHED, What.READ, kind="pzp", count=len(others))
        return made

    def confirm(
        self,
        version: PzpVersion,
        *,
        by: str,
        on: date,
        talk_on: date | None = None,
        held_by: str = "",
    ) -> PzpConfirmation:
        """Record that the responsible clinician confirmed a received version.

        ``talk_on``, and ``held_by`` with it, is what the confirmer knows of a talk of which the form has no
        readable date. A version is never edited: a new one with the same answers says it, is confirmed too,
        and gives as its reason where the date comes from.

        Raises:
            BadInput: no name, a day lies in the future, or the form has a date of its own.
            Refused: it was confirmed or taken back before.
        """
        by = one_line(by, field="naam")
        if not by:
            raise BadInput("Vul in wie deze PZP bevestigt.", field="naam")
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        if talk_on is not None:
            pzp.check_given_date(version, talk_on, self._session.today)
        with self._session.writing(Right.CONFIRM) as unit:
            self._live(unit, version)
            if version.source != pzp.FROM_FORM or unit.find(PzpConfirmation, version_id=version.id):
                raise Refused("Deze PZP is al bevestigd.")
            confirmation = PzpConfirmation(
                version_id=version.id,
                confirmed_on=on,
                confirmed_by=by,
                recorded_by=self._session.user.id,
            )
            kept = unit.add(confirmation)
            if talk_on is not None:
                dated = self._dated(unit, version, talk_on, held_by)
                kept = unit.add(replace(confirmation, version_id=dated.id))
            unit.commit(
                AuditEvent.PZP_CONFIRMED,
                What.UPDATE,
                patient=version.patient_id,
                kind="pzp",
                key=version.id,
            )
        return kept

    def take_back(self, version: PzpVersion, reason: str) -> list[Handout]:
        """Take a version back that was read in with the wrong person; it stays, and holds no more.

        A version of the same form with a date that was given at the confirmation goes with it.
        Returns what was printed of that person since, so that it can be called back: agendas too, also
        those of which the person was taken off afterwards.
        Where no PZP is left, the PZP talk is still to be held, and the second meedenkmoment falls away.

        Raises:
            BadInput: no reason is given.
            Refused: it was taken back before, or was recorded in a talk.
        """
        reason = required(reason, "Geef aan waarom deze PZP hier niet hoort.", field="reden")
        with self._session.writing(Right.WRITE_FILE) as unit:
            self._live(unit, version)
            if version.source != pzp.FROM_FORM:
                raise Refused(
                    "Een eigen PZP wordt verbeterd met een nieuwe versie, niet teruggenomen."
                )
            file = patient_file(unit, version.patient_id)
            same_form = [v for v in file.live_pzp if v.source_digest == version.source_digest]
            withdrawals = [
                PzpWithdrawal(
                    version_id=taken.id,
                    reason=reason,
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
                for taken in same_form
            ]
            unit.add_all(withdrawals)
            if len(same_form) == len(file.live_pzp):
                for taken in same_form:
                    _undo_first(unit, file, taken)
            since = min(taken.recorded_at for taken in same_form)
            agendas = unit.find(Handout, kind=HandoutKind.AGENDA)
            printed = [
                handout
                for handout in sorted((*file.handouts, *agendas), key=lambda handout: handout.id)
                if handout.printed_at >= since and tells_of(handout, file.patient.id)
            ]
            unit.commit(
                *(AuditEvent.PZP_WITHDRAWN, What.UPDATE),
                patient=version.patient_id,
                kind="pzp",
                key=version.id,
            )
        return printed

    def compare(self, patient_id: PatientId, old: int, new: int) -> tuple[pzp.Difference, ...]:
        """What differs between two versions by their numbers, question by question."""
        with self._session.reading(Right.READ_FILE, patient=patient_id) as unit:
            versions = {v.number: v for v in unit.find(PzpVersion, patient_id=patient_id)}
            if old not in versions or new not in versions:
                raise Refused("Deze versie van de PZP bestaat niet.")
            made = pzp.differences(pzp_form(), versions[old].answers, versions[new].answers)
            unit.commit(AuditEvent.PZP_READ, What.READ, patient=patient_id, kind="pzp")
        return made

    def _keep(self, unit: Unit, file: PatientFile, version: PzpVersion) -> PzpVersion:
        """Keep a version; the first one makes the second meedenkmoment due.

        The PZP talk that was due is held with the first one, or with a talk since the markering.
        """
        kept = unit.add(version)
        first = not file.live_pzp
        on = version.talk_on or self._session.today
        marked = marked_on(file.markeringen)
        if first or (version.talk_on and marked and version.talk_on >= marked):
            for review in file.reviews:
                if review.kind is ReviewKind.PZP_TALK and is_open(review):
                    held = replace(review, done_on=on, by=version.held_by, outcome=_made(kept))
                    unit.replace(held)
        if first and file.is_active:
            days = practice_of(unit).intervals.pzvp_working_days
            due = plus_working_days(self._session.today, days)
            because = _first(kept)
            unit.add(planned(self._session, file.patient.id, ReviewKind.PZVP_PZP, due, because))
        return kept

    def _dated(self, unit: Unit, version: PzpVersion, talk_on: date, held_by: str) -> PzpVersion:
        """The same form as a new version, with the date of the talk that the form does not say."""
        file = patient_file(unit, version.patient_id)
        given = replace(
            version,
            id=0,
            number=_next_number(file),
            talk_on=talk_on,
            held_by=version.held_by or held_by,
            recorded_at=self._session.now,
            recorded_by=self._session.user.id,
            reason="Datum van het gesprek gegeven bij het bevestigen; het formulier noemt er geen.",
        )
        return self._keep(unit, file, given)

    def _known(
        self, unit: Unit, read: ReadForm, patient: PatientId | Literal["nieuw"] | None
    ) -> PzpVersion | None:
        """The version that these bytes became before, unless it was taken back."""
        versions = unit.find(PzpVersion, source_digest=read.digest)
        gone = {row.version_id for row in unit.find(PzpWithdrawal)}
        live = [version for version in versions if version.id not in gone]
        if live and patient not in (None, "nieuw", live[0].patient_id):
            other = patient_file(unit, live[0].patient_id).patient
            raise Refused(
                f"Dit formulier is al ingelezen bij patiënt {other.id}: {_named(other)}. "
                "Neem het daar eerst terug als het bij iemand anders hoort."
            )
        return max(live, key=lambda version: version.number, default=None)

    def _whose(
        self, unit: Unit, read: ReadForm, patient: PatientId | Literal["nieuw"] | None
    ) -> tuple[PatientId, tuple[str, ...]]:
        name = written_name(read.patient_name)
        if patient == "nieuw":
            if read.birth_date is None or not name.achternaam:
                raise BadInput(
                    "Het formulier noemt geen naam of geen leesbare geboortedatum; "
                    "maak de patiënt eerst zelf aan."
                )
            made = Patient(id=NEW, name=name, birth_date=read.birth_date)
            return add_patient(unit, made, self._session.today).id, ()
        if patient is not None:
            chosen = patient_file(unit, patient).patient
            return patient, unlike(chosen, read)
        if read.birth_date is None or not name.achternaam:
            raise NeedsChoice(
                "Op het formulier staat geen naam of geen leesbare geboortedatum. "
                "Geef met --patient aan bij wie het hoort."
            )
        sure, possible = matches(name, read.birth_date, lists.all_patients(unit))
        if len(sure) == 1:
            return sure[0].id, ()
        candidates = tuple(_candidate(found) for found in (*sure, *possible))
        who = f"{read.patient_name}, {dutch_date(read.birth_date)}"
        if candidates:
            raise NeedsChoice(
                f"Het is niet zeker wie {who} is. Kies met --patient ID, of --patient nieuw.",
                candidates=candidates,
            )
        raise NeedsChoice(
            f"Niemand in deze praktijk is {who}. Kies met --patient ID, of --patient nieuw."
        )

    @staticmethod
    def _live(unit: Unit, version: PzpVersion) -> None:
        if unit.find(PzpWithdrawal, version_id=version.id):
            raise Refused("Deze PZP is al teruggenomen.")


def _next_number(file: PatientFile) -> int:
    return max((version.number for version in file.pzp_versions), default=0) + 1


def _made(version: PzpVersion) -> str:
    return f"PZP versie {version.number}"


def _first(version: PzpVersion) -> str:
    return f"versie {version.number}"


def _undo_first(unit: Unit, file: PatientFile, version: PzpVersion) -> None:
    """Let the review moments be as they were before a first PZP that was somebody else's."""
    for review in file.reviews:
        if review.kind is ReviewKind.PZP_TALK and review.outcome == _made(version):
            unit.replace(replace(review, done_on=None, by="", outcome=""))
        if is_open(review) and review.because == _first(version):
            unit.replace(replace(review, dropped="PZP teruggenomen"))


def _candidate(patient: Patient) -> str:
    return f"{patient.id}: {_named(patient)}"


def _named(patient: Patient) -> str:
    return f"{formal(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"
