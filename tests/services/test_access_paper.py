"""Who saw a file, for the patient: the newest first, what was repeated on a day on one line."""

from datetime import timedelta

from pzdesk.documents.style import Imprint
from pzdesk.domain.patient import Patient
from pzdesk.services.access_paper import access_paper
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.documents.reading import content, squeezed


def paper(desk: Desk, patient: Patient) -> object:
    rows = desk.practice.log(patient.id)
    imprint = Imprint(practice="De Brink", printed_at=desk.session.now, printed_by="dr. De Boer")
    return access_paper(patient, rows, {"deboer": "dr. De Boer"}, imprint)


def test_the_same_act_on_one_day_stands_once_with_how_often(desk: Desk, clock: Clock) -> None:
    patient = desk.patients.add(factories.a_patient())
    for _ in range(3):
        desk.patients.file(patient.id)
        clock.forward(minutes=20)
    clock.forward(days=1)
    desk.patients.file(patient.id)
    made = paper(desk, patient)
    lines = [(line.day, line.times, line.who, line.role, line.what) for line in made.lines]  # type: ignore[attr-defined]
    begin = clock.now - timedelta(days=1, hours=1)
    today, tomorrow = f"{begin:%d-%m-%Y}", f"{clock.now:%d-%m-%Y}"
    role = "huisarts, beheerder"
    assert lines == [
        (tomorrow, f"{clock.now:%H.%M}", "dr. De Boer", role, "heeft een dossier bekeken"),
        (
            today,
            f"{begin:%H.%M} tot {begin + timedelta(minutes=40):%H.%M} (3 keer)",
            *("dr. De Boer", role, "heeft een dossier bekeken"),
        ),
        (today, f"{begin:%H.%M}", "dr. De Boer", role, "heeft een patiënt toegevoegd"),
    ]
    assert made.period == f"{today} tot en met {tomorrow}"  # type: ignore[attr-defined]


def test_the_sheet_names_the_patient_and_nothing_of_what_they_have(desk: Desk) -> None:
    patient = desk.patients.add(factories.a_patient(diagnosis="alvleesklierkanker"))
    other = desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Bosma")))
    desk.patients.file(other.id)
    text = squeezed(content(desk.papers.access(patient.id).data))
    assert squeezed("Jansen-de Vries") in text
    assert squeezed("heeft een patiënt toegevoegd") in text
    assert squeezed("alvleesklierkanker") not in text
    assert squeezed("Bosma") not in text
