"""Inzage: a copy of the whole file for the patient, as a paper and as data (AVG article 15; BW 7:456)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.destruction import Destruction
from pzdesk.domain.file import PatientFile
from pzdesk.domain.handout import Handout, HandoutKind, tells_of
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, formal
from pzdesk.domain.user import Right, User
from pzdesk.services.session import Session, practice_of
from pzdesk.store import audit, destroying
from pzdesk.store.files import patient_file
from pzdesk.store.unit import Unit

if TYPE_CHECKING:
    from pzdesk.documents.file_copy import CopyPaper, CopyRow
    from pzdesk.services.inzage_words import Part, Row

RECORDED = ("vastgelegd_op", "vastgelegd_door")
INTRO = (
    "In dit afschrift staat alles wat de praktijk in pzdesk over u heeft vastgelegd, met wie het vastlegde "
    "en wanneer, en wie uw dossier heeft gezien. Wat niet is ingevuld, staat er niet in. Het dossier in het "
    "huisartsensysteem is iets anders; vraag dat apart.",
    "Klopt er iets niet, dan kunt u vragen het te verbeteren of aan te vullen, of er uw eigen verklaring bij "
    "te laten leggen (AVG artikel 16; BW 7:454 lid 2). U kunt vragen uw dossier, of een deel ervan, te laten "
    "vernietigen (BW 7:455).",
    "Hetzelfde staat als gegevens in het bestand dat erbij hoort (JSON).",
)


@dataclass(frozen=True, slots=True)
class FileCopy:
    """The same facts twice: a PDF, and JSON in UTF-8; ``name`` of the files tells no name of anybody."""

    pdf: bytes
    data: bytes
    name: str


class InzageService:
    """What who answers for a file gives to the patient."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def copy(self, patient_id: PatientId) -> FileCopy:
        """The whole file: every part and every dated row, the log, and what was left out and why.

        Raises:
            NotFound: there is no such patient.
        """
        from pzdesk.documents.file_copy import file_copy

        session = self._session
        with session.reading(Right.COPY_FILE) as unit:
            file, parts = self._parts(unit, patient_id)
            practice = practice_of(unit).name
            made = FileCopy(
                pdf=file_copy(self._paper(file, parts, practice)),
                data=self._data(file, parts, practice),
                name=f"inzage-{patient_id}-{session.today:%Y%m%d}",
            )
            unit.commit(*(AuditEvent.FILE_COPIED, What.EXECUTE), patient=patient_id, kind="dossier")
        return made

    def _parts(self, unit: Unit, patient_id: PatientId) -> "tuple[PatientFile, tuple[Part, ...]]":
        from pzdesk.services.access_paper import access_lines
        from pzdesk.services.inzage_words import Walk

        file = patient_file(unit, patient_id)
        users = unit.find(User)
        names = {user.login: user.name for user in users}
        log = access_lines(audit.rows(unit.connection, patient_id), names)
        agendas = [
            handout
            for handout in unit.find(Handout, kind=HandoutKind.AGENDA)
            if tells_of(handout, patient_id)
        ]
        handouts = sorted((*file.handouts, *agendas), key=lambda one: (one.printed_at, one.id))
        mark = destroying.mark_of(unit, patient_id)
        destroyed = unit.find(Destruction, was_patient=patient_id, mark=mark)
        extra: dict[str, Sequence[Any]] = {
            "destructions": destroyed,
            "log": list(log),
            "handouts": handouts,
        }
        return file, Walk(file, {user.id: user.name for user in users}).parts(extra)

    def _paper(self, file: PatientFile, parts: "Sequence[Part]", practice: str) -> "CopyPaper":
        from pzdesk.documents.file_copy import CopyPaper, CopyPart
        from pzdesk.documents.style import Imprint
        from pzdesk.services.inzage_words import plan

        minute = self._session.now.replace(second=0, microsecond=0)
        patient = file.patient
        return CopyPaper(
            imprint=Imprint(
                practice=practice,
                printed_at=minute,
                printed_by=self._session.user.name,
                confidentiality="Vertrouwelijk · voor de patiënt",
            ),
            name=formal(patient.name, patient.sex),
            born=dutch_date(patient.birth_date),
            intro=INTRO,
            left_out=tuple((one["what"], one["why"]) for one in plan()["left_out"]),
            source=plan()["source"],
            parts=tuple(
                CopyPart(
                    title=part.title,
                    many=_many(part),
                    rows=tuple(_row(row) for row in part.rows),
                )
                for part in parts
            ),
        )

    def _data(self, file: PatientFile, parts: "Sequence[Part]", practice: str) -> bytes:
        from pzdesk.services.inzage_words import plan

        said: Mapping[str, Any] = {
            "schema": plan()["schema"],
            "gemaakt": self._session.now.isoformat(timespec="seconds"),
            "gemaakt_door": self._session.user.name,
            "praktijk": practice,
            "weggelaten": [
                {"wat": one["what"], "waarom": one["why"]} for one in plan()["left_out"]
            ],
            "weggelaten_volgens": plan()["source"],
            "delen": {
                part.key: {
                    "titel": part.title,
                    "regels": [{fact.key: fact.value for fact in row.facts} for row in part.rows],
                }
                for part in parts
            },
        }
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _many(part: "Part") -> str:
    count = len(part.rows)
    return f"{count} {'regel' if count == 1 else 'regels'}"


def _row(row: "Row") -> "CopyRow":
    from pzdesk.documents.file_copy import CopyRow

    told = {fact.key: fact.words for fact in row.facts if fact.words}
    on, by = (told.get(key, "") for key in RECORDED)
    recorded = " ".join(part for part in (on and f"op {on}", by and f"door {by}") if part)
    return CopyRow(
        head=" · ".join(told[key] for key in row.head if key in told),
        lines=tuple(
            (fact.label, fact.words)
            for fact in row.facts
            if fact.words and fact.key not in (*RECORDED, *row.head)
        ),
        recorded=f"Vastgelegd {recorded}" if recorded else "",
    )
