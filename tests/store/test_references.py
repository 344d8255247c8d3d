"""Whether anything builds on a row."""

from datetime import date

from pzdesk.domain.network import Naaste, Organisation, TeamMember
from pzdesk.domain.patient import Patient
from pzdesk.store.references import is_built_on
from pzdesk.store.unit import Unit
from tests import factories


def test_a_row_is_built_on_as_soon_as_any_table_points_at_it(unit: Unit) -> None:
    patient = unit.add(factories.a_patient())
    couple = unit.add(factories.a_patient())
    who = unit.add(factories.a_professional())
    works = unit.add(Organisation(name="Thuiszorg"))
    assert not any(is_built_on(unit, one) for one in (patient, couple, who, works))
    naaste: Naaste = unit.add(factories.a_naaste(patient.id, is_patient_id=couple.id))
    unit.add(TeamMember(patient_id=patient.id, professional_id=who.id, since=date(2026, 1, 1)))
    assert all(is_built_on(unit, one) for one in (patient, couple, who))
    assert not any(is_built_on(unit, one) for one in (naaste, works))
    assert unit.get(Patient, couple.id) == couple
