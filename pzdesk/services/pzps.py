"""The PZP: recorded after a talk, read in from the official form, confirmed, compared, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import NEW, Patient, PatientId
from pzdesk.domain.person import dutch_date, folded, formal
from pzdesk.domain.pzp import Answer, PzpConfirmation, PzpVersion
from pzdesk.domain.pzp_withdrawal import PzpWithdrawal
from pzdesk.domain.review import ReviewKind, is_open, plus_working_days
from pzdesk.domain.user import Right
from pzdesk.exchange.pzp_pdf import ReadForm, read_form
from pzdesk.services.patients import add_patient, limited, planned
from pzdesk.services.session import Session, practice_of
from pzdesk.store import lists
from pzdesk.store.files import patient_file
from pzdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpImport:
    """What came of reading a form in.

    ``leftovers`` are answers that the form hides, ``remarks`` what the reader could not settle, and
    ``proposals`` what the care network could take over from the form. ``existing``: these bytes were
    read in before.
    """

    patient_id: PatientId
    version: PzpVersion
    confirmed: bool
    existing: bool
    holds: bool
    leftovers: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()


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
                    held_by=limited(held_by),
                    held_by_function=limited(held_by_function),
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
                return _report(patient_file(unit, known.patient_id), known, read, existing=True)
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
            report = _report(patient_file(unit, patient_id), kept, read, existing=False)
            unit.commit(
                AuditEvent.PZP_IMPORTED, What.CREATE, patient=patient_id, kind="pzp", key=kept.id
            )
        return replace(report, remarks=(*remarks, *report.remarks))

    def confirm(self, version: PzpVersion, *, by: str, on: date) -> PzpConfirmation:
        """Record that the responsible clinician confirmed a received version.

        Raises:
            BadInput: no name, or the day lies in the future.
            Refused: it was confirmed or taken back before.
        """
        if not by.strip():
            raise BadInput("Vul in wie deze PZP bevestigt.", field="naam")
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        with self._session.writing(Right.CONFIRM) as unit:
            self._live(unit, version)
            if version.source != pzp.FROM_FORM or unit.find(PzpConfirmation, version_id=version.id):
                raise Refused("Deze PZP is al bevestigd.")
            kept = unit.add(
                PzpConfirmation(
                    version_id=version.id,
                    confirmed_on=on,
                    confirmed_by=limited(by),
                    recorded_by=self._session.user.id,
                )
            )
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

        Returns what was printed of that person since, so that it can be called back: agendas too, also
        those of which the person was taken off afterwards.
        Where no PZP is left, the PZP talk is still to be held, and the second meedenkmoment falls away.

        Raises:
            BadInput: no reason is given.
            Refused: it was taken back before, or was recorded in a talk.
        """
        if not reason.strip():
            raise BadInput("Geef aan waarom deze PZP hier niet hoort.", field="reden")
        with self._session.writing(Right.WRITE_FILE) as unit:
            self._live(unit, version)
            if version.source != pzp.FROM_FORM:
                raise Refused(
                    "Een eigen PZP wordt verbeterd met een nieuwe versie, niet teruggenomen."
                )
            unit.add(
                PzpWithdrawal(
                    version_id=version.id,
                    reason=limited(reason),
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
            )
            file = patient_file(unit, version.patient_id)
            if not file.live_pzp:
                _undo_first(unit, file, version)
            agendas = unit.find(Handout, kind=HandoutKind.AGENDA)
            printed = [
                handout
                for handout in sorted((*file.handouts, *agendas), key=lambda handout: handout.id)
                if handout.printed_at >= version.recorded_at and tells_of(handout, file.patient.id)
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
        with self._session.reading(Right.READ_FILE) as unit:
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

    def _known(
        self, unit: Unit, read: ReadForm, patient: PatientId | Literal["nieuw"] | None
    ) -> PzpVersion | None:
        """The version that these bytes became before, unless it was taken back."""
        versions = unit.find(PzpVersion, source_digest=read.digest)
        gone = {row.version_id for row in unit.find(PzpWithdrawal)}
        live = [version for version in versions if version.id not in gone]
        if live and patient not in (None, "nieuw", live[0].patient_id):
            raise Refused(
                f"Dit formulier is al ingelezen bij patiënt {live[0].patient_id}. "
                "Neem het daar eerst terug als het bij iemand anders hoort."
            )
        return live[0] if live else None

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
            return patient, _unlike(chosen, read)
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
    return f"eerste PZP, versie {version.number}"


def _undo_first(unit: Unit, file: PatientFile, version: PzpVersion) -> None:
    """Let the review moments be as they were before a first PZP that was somebody else's."""
    for review in file.reviews:
        if review.kind is ReviewKind.PZP_TALK and review.outcome == _made(version):
            unit.replace(replace(review, done_on=None, by="", outcome=""))
        if is_open(review) and review.because == _first(version):
            unit.replace(replace(review, dropped="PZP teruggenomen"))


def _candidate(patient: Patient) -> str:
    return f"{patient.id}: {formal(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"


def _unlike(patient: Patient, read: ReadForm) -> tuple[str, ...]:
    """What the form says otherwise than the file of the patient it was given to."""
    remarks = []
    if read.birth_date != patient.birth_date:
        said = dutch_date(read.birth_date) or "niet leesbaar"
        remarks.append(
            f"Geboortedatum op het formulier: {said}; in het dossier: {dutch_date(patient.birth_date)}."
        )
    if not matches(written_name(read.patient_name), patient.birth_date, [patient])[0]:
        remarks.append(
            f"Naam op het formulier: {read.patient_name}; "
            f"in het dossier: {formal(patient.name, patient.sex)}."
        )
    return tuple(remarks)


def _report(file: PatientFile, version: PzpVersion, read: ReadForm, *, existing: bool) -> PzpImport:
    valid = file.valid_pzp
    holds = valid is not None and valid.id == version.id
    remarks = list(read.remarks)
    if existing:
        remarks.append(f"Dit formulier was al ingelezen: versie {version.number}.")
    elif valid is not None and not holds:
        talk = dutch_date(valid.talk_on) or "onbekende datum"
        why = "is ouder dan" if version.talk_on else "heeft geen datum en komt niet vóór"
        remarks.append(
            f"Dit formulier {why} de geldende PZP (versie {valid.number} van {talk}); "
            "het is bewaard, maar geldt niet."
        )
    if pzp.conflicts(file.live_pzp):
        remarks.append(
            "Er zijn twee PZP-versies van dezelfde datum die elkaar tegenspreken; vergelijk ze."
        )
    confirmed = any(row.version_id == version.id for row in file.pzp_confirmations)
    return PzpImport(
        patient_id=file.patient.id,
        version=version,
        confirmed=confirmed,
        existing=existing,
        holds=holds,
        leftovers=tuple(f"{left.label}: {left.words}" for left in read.leftovers),
        remarks=tuple(remarks),
        proposals=_proposals(file, version),
    )


def _proposals(file: PatientFile, version: PzpVersion) -> tuple[str, ...]:
    """Whom the form names as representative or contact while the care network does not."""
    form = pzp_form()
    said = version.answers

    def words(question: str) -> str:
        return pzp.answer_in_words(form, form.question(question), said) if question in said else ""

    found = []
    same = "1d" in said and said["1d"].value == "ja"
    for name, contact, relation, role in (
        ("1a", "1b", "1c", NaasteRole.LEGAL_REPRESENTATIVE),
        ("1a", "1b", "1c", NaasteRole.FIRST_CONTACT)
        if same
        else ("1e", "1f", "1g", NaasteRole.FIRST_CONTACT),
    ):
        who = words(name)
        if not who:
            continue
        here = [naaste.name for naaste in file.naasten_with(role)]
        if any(folded(who) == folded(other) for other in here):
            continue
        details = ", ".join(part for part in (words(relation), words(contact)) if part)
        role_words = role.value.replace("_", " ")
        now = f"; nu vastgelegd: {', '.join(here)}" if here else "; nog niet vastgelegd"
        found.append(
            f"{role_words} volgens het formulier: {who}{f' ({details})' if details else ''}{now}"
        )
    return tuple(found)
