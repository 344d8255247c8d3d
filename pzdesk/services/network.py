"""The care network: the region's professionals and organisations, and a patient's naasten and team."""

from dataclasses import replace
from datetime import date

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.mdo import Meeting
from pzdesk.domain.network import Naaste, Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.texts import cleaned
from pzdesk.domain.user import Right, User
from pzdesk.services.session import Session
from pzdesk.store.references import is_built_on
from pzdesk.store.unit import Unit


class NetworkService:
    """What a user does with the people around a patient."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def region(self) -> tuple[list[Professional], list[Organisation]]:
        """The professionals and organisations of the region, by name."""
        with self._session.reading(Right.SEE_WHO) as unit:
            professionals = unit.find(Professional, order="name")
            organisations = unit.find(Organisation, order="name")
            count = len(professionals) + len(organisations)
            unit.commit(AuditEvent.REGION_READ, What.READ, kind="regio", count=count)
        return professionals, organisations

    def keep_organisation(self, organisation: Organisation) -> Organisation:
        """Add an organisation, or keep its changed data.

        Raises:
            BadInput: it has no name.
            Stale: somebody else changed it since it was read.
        """
        organisation = cleaned(organisation)
        if not organisation.name:
            raise BadInput("Vul de naam van de organisatie in.", field="naam")
        with self._session.writing(Right.EDIT_REGION) as unit:
            kept = unit.replace(organisation) if organisation.id else unit.add(organisation)
            unit.commit(AuditEvent.REGION_CHANGED, What.UPDATE, kind="organisatie", key=kept.id)
        return kept

    def keep_professional(self, professional: Professional) -> Professional:
        """Add a professional, or keep changed data.

        Raises:
            BadInput: there is no name.
            Stale: somebody else changed it since it was read.
        """
        professional = cleaned(professional)
        if not professional.name:
            raise BadInput("Vul de naam van de zorgverlener in.", field="naam")
        with self._session.writing(Right.EDIT_REGION) as unit:
            if professional.organisation_id is not None:
                unit.get(Organisation, professional.organisation_id)
            kept = unit.replace(professional) if professional.id else unit.add(professional)
            unit.commit(AuditEvent.REGION_CHANGED, What.UPDATE, kind="zorgverlener", key=kept.id)
        return kept

    def withdraw_from_region(self, entry: Professional | Organisation) -> None:
        """Take back a professional or organisation that was added by mistake, as if never there.

        Raises:
            Refused: it is used somewhere by now.
            Stale: somebody else changed it since it was read.
        """
        is_person = isinstance(entry, Professional)
        with self._session.writing(Right.EDIT_REGION) as unit:
            if is_built_on(unit, entry) or (is_person and _is_named(unit, entry.id)):
                raise Refused(f"{entry.name} wordt al ergens gebruikt en blijft staan.")
            unit.remove(entry)
            kind = "zorgverlener" if is_person else "organisatie"
            unit.commit(AuditEvent.REGION_WITHDRAWN, What.DELETE, kind=kind, key=entry.id)

    def keep_naaste(self, naaste: Naaste) -> Naaste:
        """Add a naaste of a patient, or keep changed data.

        Raises:
            BadInput: there is no name.
            Refused: a patient cannot be a naaste of themselves.
            Stale: somebody else changed it since it was read.
        """
        if naaste.is_patient_id == naaste.patient_id:
            raise Refused("Iemand kan niet een naaste van zichzelf zijn.")
        naaste = cleaned(naaste)
        if not naaste.name:
            raise BadInput("Vul de naam van de naaste in.", field="naam")
        with self._session.writing(Right.WRITE_FILE) as unit:
            unit.get(Patient, naaste.patient_id)
            if naaste.is_patient_id is not None:
                unit.get(Patient, naaste.is_patient_id)
            kept = unit.replace(naaste) if naaste.id else unit.add(naaste)
            unit.commit(
                *(AuditEvent.NAASTE_CHANGED, What.UPDATE),
                patient=naaste.patient_id,
                kind="naaste",
                key=kept.id,
            )
        return kept

    def withdraw_naaste(self, naaste: Naaste) -> None:
        """Take back a naaste who was added by mistake, as if never there.

        Raises:
            Refused: something was recorded of this naaste by now.
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            if is_built_on(unit, naaste):
                raise Refused(
                    f"Van {naaste.name} is al een screening vastgelegd; deze naaste blijft staan."
                )
            unit.remove(naaste)
            unit.commit(
                *(AuditEvent.NAASTE_WITHDRAWN, What.DELETE),
                patient=naaste.patient_id,
                kind="naaste",
                key=naaste.id,
            )

    def add_to_team(
        self, patient_id: PatientId, professional_id: int, *, part: str = "", since: date
    ) -> TeamMember:
        """Put a professional in the team of a patient.

        Raises:
            NotFound: the patient or the professional does not exist.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            unit.get(Patient, patient_id)
            unit.get(Professional, professional_id)
            kept = unit.add(
                TeamMember(
                    patient_id=patient_id, professional_id=professional_id, part=part, since=since
                )
            )
            unit.commit(
                *(AuditEvent.NETWORK_CHANGED, What.CREATE),
                patient=patient_id,
                kind="team",
                key=kept.id,
            )
        return kept

    def withdraw_from_team(self, member: TeamMember) -> None:
        """Take somebody out of the team who was put in it by mistake, as if never there.

        Raises:
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            unit.remove(member)
            unit.commit(
                *(AuditEvent.NETWORK_CHANGED, What.DELETE),
                patient=member.patient_id,
                kind="team",
                key=member.id,
            )

    def reopen_in_team(self, member: TeamMember) -> TeamMember:
        """Put somebody back in the team who was taken out by mistake.

        Raises:
            Stale: somebody else changed it since it was read.
        """
        with self._session.writing(Right.WRITE_FILE) as unit:
            kept = unit.replace(replace(member, until=None))
            unit.commit(
                *(AuditEvent.NETWORK_CHANGED, What.UPDATE),
                patient=member.patient_id,
                kind="team",
                key=kept.id,
            )
        return kept

    def end_in_team(self, member: TeamMember, until: date) -> TeamMember:
        """Record until when a professional was in the team.

        Raises:
            BadInput: the end lies before the beginning.
            Stale: somebody else changed it since it was read.
        """
        if until < member.since:
            raise BadInput("De einddatum ligt vóór de begindatum.", field="datum")
        with self._session.writing(Right.WRITE_FILE) as unit:
            kept = unit.replace(replace(member, until=until))
            unit.commit(
                *(AuditEvent.NETWORK_CHANGED, What.UPDATE),
                patient=member.patient_id,
                kind="team",
                key=kept.id,
            )
        return kept


def _is_named(unit: Unit, professional: int) -> bool:
    """Whether a meeting invites a professional, or a user of pzdesk is one."""
    invited = (who for meeting in unit.find(Meeting) for who in meeting.invited)
    return bool(unit.find(User, professional_id=professional)) or any(
        who.professional_id == professional for who in invited
    )
