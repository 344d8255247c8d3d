"""A request for euthanasia: recorded step by step, by who may see it, and shown to nobody else."""

from datetime import date

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.euthanasia import EuthanasiaRequest, EuthanasiaState, running
from pzdesk.domain.patient import PatientId
from pzdesk.domain.texts import limited, one_line
from pzdesk.domain.user import Right
from pzdesk.services.session import Session
from pzdesk.store.files import patient_file

KIND = "beperkt"
"""What the log calls it: whoever reads the log learns that there was something restricted, not what."""


class EuthanasiaService:
    """What a user records of a request."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        patient_id: PatientId,
        state: EuthanasiaState,
        *,
        on: date,
        by: str = "",
        note: str = "",
    ) -> EuthanasiaRequest:
        """Record a step: that a request is made, withdrawn, declined or carried out.

        Raises:
            BadInput: the day lies in the future.
            Refused: a request that does not run cannot end, and who died makes none.
        """
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        step = EuthanasiaRequest(
            patient_id=patient_id,
            state=state,
            on=on,
            by=one_line(by) or self._session.user.name,
            note=limited(note, field="toelichting"),
            recorded_at=self._session.now,
            recorded_by=self._session.user.id,
        )
        with self._session.writing(Right.EUTHANASIA) as unit:
            file = patient_file(unit, patient_id)
            if state is EuthanasiaState.RUNNING and file.death is not None:
                raise Refused("Deze persoon is overleden; er wordt geen nieuw verzoek vastgelegd.")
            if state is not EuthanasiaState.RUNNING and running(file.euthanasia) is None:
                raise Refused("Er loopt geen verzoek; leg eerst vast dat het is gedaan.")
            kept = unit.add(step)
            unit.commit(
                *(AuditEvent.EUTHANASIA_ADDED, What.CREATE),
                patient=patient_id,
                kind=KIND,
                key=kept.id,
            )
        return kept

    def withdraw(self, step: EuthanasiaRequest) -> None:
        """Take back the newest step, recorded by mistake, as if never there.

        Raises:
            Refused: another step was recorded after it.
        """
        with self._session.writing(Right.EUTHANASIA) as unit:
            mine = unit.find(EuthanasiaRequest, patient_id=step.patient_id)
            if not mine or mine[-1].id != step.id:
                raise Refused("Na deze stap is er al een vastgelegd; deze blijft staan.")
            unit.remove(step)
            unit.commit(
                *(AuditEvent.EUTHANASIA_WITHDRAWN, What.DELETE),
                patient=step.patient_id,
                kind=KIND,
                key=step.id,
            )
