"""Every place of the window, for whoever must look at all of them: pictures, and tests of every page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pzdesk.domain.assessment import Assessment, Dimension, Direction, Finding, Weight
from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.user import Right
from pzdesk.gui.pages import catalogue
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.pages.file import SECTIONS, euthanasia, rights
from pzdesk.gui.pages.settings.page import PARTS
from pzdesk.gui.places import Place, file_of
from pzdesk.services.desk import Desk

RICH = date(1941, 3, 14)
# Acts that open a form, by page or by section of the file.
FORMS: dict[str, tuple[str, ...]] = {
    "acties": ("new",),
    "patienten": ("new", "inlezen"),
    "overzicht": ("noodtoegang", "verklaringen", "verklaring"),
    "markering": ("stap", "ingelicht"),
    "pzp": ("nieuw", "verbeteren", "bevestigen", "vergelijken"),
    "dimensies": ("beoordelen",),
    "mantelzorg": ("screenen",),
    "reviews": ("plannen",),
    "mdo": ("actie", "toestemming"),
}


# Likewise in Beheer, with the right that it takes; and in a file, for who may see everything in it.
BEHEER_FORMS = (
    (Right.USERS, "gebruikers", ("nieuw", "rollen-1", "sleutel", "kwijt")),
    (Right.BACKUP, "gebruikers", ("snel",)),
    (Right.SETTINGS, "vergrendelen", ("vergrendelen",)),
)
RESTRICTED = (("overzicht", rights.COPY), ("overzicht", rights.DESTROY), ("pzp", euthanasia.ACT))


@dataclass(frozen=True, slots=True)
class View:
    """A place with a name for its picture."""

    name: str
    place: Place


def rich_patient(desk: Desk) -> PatientId:
    """The person of the demo of whom most is known."""
    rows = desk.patients.rows(everybody=True)
    return next(row.id for row in rows if row.birth_date == RICH)


def coming_meeting(desk: Desk) -> int:
    """The meeting that is being prepared."""
    return next(m.id for m in desk.meetings.meetings() if m.state is MeetingState.PREPARING)


def views(desk: Desk, patient: PatientId | None, meeting: int | None) -> Iterator[View]:
    """Every page, every section of one file, and every form that a place can begin with."""
    for page in catalogue.PAGES:
        if page is DossierPage or not page.may_see(desk):
            continue
        yield View(page.key, Place(page=page.key))
        for act in FORMS.get(page.key, ()) if page.key != "mdo" else ():
            yield View(f"{page.key}-{act}", Place(page=page.key, act=act))
    if meeting is not None:
        for section in ("voorbereiden", "overleg"):
            yield View(f"mdo-{section}", Place(page="mdo", meeting=meeting, section=section))
    if patient is None or not DossierPage.may_see(desk):
        return
    for kind in SECTIONS:
        yield View(f"dossier-{kind.key}", file_of(patient, kind.key))
        for act in FORMS.get(kind.key, ()):
            yield View(f"dossier-{kind.key}-{act}", file_of(patient, kind.key, act))


def trust_views(desk: Desk, patient: PatientId) -> Iterator[View]:
    """Every part of Beheer that this user sees, the steps behind it, and what is restricted in a file."""
    for part in PARTS:
        if part.may_see(desk):
            yield View(f"beheer-{part.key}", Place(page="beheer", section=part.key))
    for right, key, acts in BEHEER_FORMS:
        for act in acts if desk.session.has(right) else ():
            yield View(f"beheer-{key}-{act}", Place(page="beheer", section=key, act=act))
    if desk.session.has(Right.DESTROY):
        for section, act in RESTRICTED:
            yield View(f"dossier-{section}-{act}", file_of(patient, section, act))
    yield View("vandaag", Place(page="vandaag"))


def lengthen(desk: Desk, patient: PatientId) -> None:
    """Give somebody the longest texts that a practice might type."""
    file = desk.patients.file(patient)
    was: Patient = file.patient
    name = replace(
        was.name,
        voornamen="Wilhelmina Alexandrina Catharina Elisabeth Petronella",
        achternaam="Wijnbergen van Bussum-Oldenzeel tot Vollenhove",
        partner_achternaam="Șerbănescu-Żółkiewska",
    )
    words = "Dit is een lange toelichting van iemand die graag alles opschrijft, ook ’s nachts. "
    desk.patients.change(
        replace(
            was, name=name, diagnosis="gemetastaseerd slokdarmcarcinoom met uitgebreide klachten"
        )
    )
    for number in range(12):
        desk.actions.add(
            who="mevrouw Van Heemstra-Bloemendaal, wijkverpleegkundige",
            what=f"{words * 2}({number})",
            due=desk.session.today - timedelta(days=number * 10),
            patient_id=patient,
        )
    findings = tuple(
        Finding(
            dimension=dimension,
            weight=Weight.SEVERE,
            direction=Direction.WORSE,
            according_to="dochter Marleen en de nachtzorg",
            text=words * 4,
            plan=words * 2,
        )
        for dimension in Dimension
    )
    desk.assessments.assess(
        Assessment(
            patient_id=patient,
            on=desk.session.today,
            by=desk.session.user.name,
            findings=findings,
            understanding=words * 3,
            deciding=words * 3,
            recorded_at=desk.session.now,
            recorded_by=desk.session.user.id,
        )
    )
