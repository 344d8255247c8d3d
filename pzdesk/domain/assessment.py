"""The four dimensions: what was found, how heavy it weighs, where it is going."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.texts import Line


class Dimension(StrEnum):
    """Physical, psychological, social, existential (Kwaliteitskader palliatieve zorg 2017)."""

    PHYSICAL = "lichamelijk"
    PSYCHIC = "psychisch"
    SOCIAL = "sociaal"
    EXISTENTIAL = "zingeving"


class Weight(StrEnum):
    """The professional's word for how heavy a dimension weighs, light to heavy."""

    NONE = "geen"
    LIGHT = "licht"
    MODERATE = "matig"
    SEVERE = "ernstig"


LEVEL = {weight: level for level, weight in enumerate(Weight)}


class Direction(StrEnum):
    """Where a dimension is going since the last time."""

    BETTER = "beter"
    SAME = "gelijk"
    WORSE = "slechter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found on one dimension; without a weight it was looked at but not weighed."""

    dimension: Dimension
    weight: Weight | None = None
    direction: Direction | None = None
    according_to: Line = ""
    text: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """A symptom that the patient scored, 0 (none) to 10 (worst)."""

    name: Line
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What was found on one day; append-only. A dimension that is not in ``findings`` was not assessed."""

    id: int = 0
    patient_id: PatientId = NEW
    on: date
    by: Line = ""
    findings: tuple[Finding, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    understanding: str = ""
    deciding: str = ""
    recorded_at: datetime
    recorded_by: int


def checked_assessment(assessment: Assessment, today: date) -> Assessment:
    """An assessment that says something, once per dimension, with scores from 0 to 10.

    Raises:
        BadInput: it is empty, a dimension stands twice, a score is out of range, or the day is later
            than today.
    """
    if assessment.on > today:
        raise BadInput("De datum van de beoordeling ligt in de toekomst.", field="datum")
    if not assessment.findings and not assessment.symptoms:
        raise BadInput("Vul ten minste één dimensie of klacht in.", field="dimensies")
    seen = [finding.dimension for finding in assessment.findings]
    if len(set(seen)) != len(seen):
        raise BadInput("Een dimensie staat er twee keer in.", field="dimensies")
    for symptom in assessment.symptoms:
        if not 0 <= symptom.score <= 10:
            raise BadInput(f"Het cijfer voor {symptom.name} ligt niet tussen 0 en 10.")
    return assessment
