"""A computer with the practice is lost: a sheet of who was on it, who could open it, and what to do.

Who was in the practice on a day is told by the log: each person has a number, numbers only go up, and the
log says when somebody was added. Where it does not tell apart who came in with a list before or after the
day, the sheet names one too many rather than one too few, and says so.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pzdesk.domain.audit import AuditEvent, AuditRow, What, wall_time
from pzdesk.domain.backup import Backup
from pzdesk.domain.destruction import Destruction
from pzdesk.domain.errors import BadInput, StoreError
from pzdesk.domain.handout import Handout, HandoutKind
from pzdesk.domain.labels import label
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, formal, long_date
from pzdesk.domain.rows import PersonRow
from pzdesk.domain.user import Right, User
from pzdesk.security import keys
from pzdesk.security.slots import SlotKind
from pzdesk.services.papers import Paper
from pzdesk.services.session import Session, practice_of
from pzdesk.store import audit, backups, lists
from pzdesk.store.folder import BACKUPS, KEYS
from pzdesk.store.unit import Unit

if TYPE_CHECKING:
    from pzdesk.documents.lost_sheet import LostPaper

_ADDED = (AuditEvent.PATIENT_ADDED, AuditEvent.PZP_IMPORTED)
_ABOUT = (
    "Een computer of stick met de map van deze praktijk is kwijt. Op dit blad staat wat er hooguit op stond. "
    "Het staat vol namen: bewaar het als een dossier, en geef het alleen aan wie de melding doet.",
    "Alles in de map is versleuteld (AES-256). Wie de computer vindt, leest er niets van zonder de wachtzin "
    "van een van de gebruikers hieronder, of de code van het herstelblad.",
)
STEPS = (
    "Schrijf op waar en wanneer de computer voor het laatst is gezien, wie hem had, en of pzdesk open stond. "
    "Uit zichzelf vergrendelt het na vijf minuten zonder toets of muis.",
    "Laat de ICT-beheerder de computer op afstand vergrendelen of wissen, en het account ervan afsluiten.",
    "Ontneem in de praktijk die u nog hebt (Beheer, Gebruikers) de toegang aan wie zijn of haar wachtzin "
    "kwijt kan zijn, of geef een nieuwe wachtzin. Is de computer ook de enige met de praktijk? Zet dan eerst "
    "de laatste back-up terug op een andere.",
    "Vernieuw de sleutel van de praktijk (Beheer, Gebruikers, Sleutel vernieuwen). Lag het herstelblad "
    "erbij? Maak dan een nieuw herstelblad mee.",
    "Bel de functionaris gegevensbescherming. Samen beslist u of dit een datalek met een risico is. Zo ja, "
    "dan meldt u het binnen 72 uur bij de Autoriteit Persoonsgegevens (AVG artikel 33).",
    "Beslis of de mensen op dit blad bericht krijgen (AVG artikel 34). Dat alles versleuteld is en de "
    "sleutel er niet bij lag, weegt daarin mee. Lag een wachtzin of herstelcode erbij, of stond snel openen "
    "aan, dan telt dat niet.",
    "Zet het in het register van datalekken, ook als u niet meldt (AVG artikel 33 lid 5): wat er gebeurde, "
    "wat u deed en waarom.",
)


class LostLaptopService:
    """The sheet for a day; looking at it and handing it out are different lines in the log."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def preview(self, on: date) -> bytes:
        """The sheet as of a day, to be looked at; see ``sheet``."""
        with self._session.reading(Right.USERS) as unit:
            data, count = self._made(unit, on)
            unit.commit(
                *(AuditEvent.PREVIEWED, What.READ), kind=HandoutKind.LOST.value, count=count
            )
        return data

    def sheet(self, on: date) -> Paper:
        """The sheet as of a day, handed out.

        Raises:
            BadInput: the day has not been yet.
        """
        session = self._session
        with session.reading(Right.USERS) as unit:
            data, count = self._made(unit, on)
            unit.start_writing()
            handout = unit.add(
                Handout(
                    kind=HandoutKind.LOST,
                    digest=hashlib.sha256(data).hexdigest(),
                    size=len(data),
                    printed_at=session.now,
                    printed_by=session.user.id,
                )
            )
            unit.commit(
                *(AuditEvent.LOST_LIST_MADE, What.EXECUTE),
                kind=HandoutKind.LOST.value,
                key=handout.id,
                count=count,
            )
        return Paper(data=data, handout=handout)

    def _made(self, unit: Unit, on: date) -> tuple[bytes, int]:
        from pzdesk.documents.lost_sheet import lost_sheet

        if on > self._session.today:
            raise BadInput("Deze dag is nog niet geweest.", field="dag")
        paper = self._paper(unit, on)
        return lost_sheet(paper), len(paper.people)

    def _paper(self, unit: Unit, on: date) -> "LostPaper":
        from pzdesk.documents.lost_sheet import LostPaper, LostPerson, LostUser
        from pzdesk.documents.style import Imprint

        session = self._session
        people, unsure = _there_on(lists.people(unit), audit.rows(unit.connection), on)
        gone = [one for one in unit.find(Destruction) if one.whole and one.on > on]
        users = [user for user in unit.find(User) if _is_user_on(user, on)]
        folder = session.store.folder
        made = [one for one in backups.listed(folder / BACKUPS) if one.about.made_at.date() <= on]
        quick = _quick_in(folder / KEYS)
        return LostPaper(
            imprint=Imprint(
                practice=practice_of(unit).name,
                printed_at=session.now,
                printed_by=session.user.name,
                confidentiality="Vertrouwelijk · alleen voor wie de melding doet",
            ),
            as_of=long_date(on),
            about=_ABOUT,
            facts=(
                ("Patiënten", str(len(people))),
                ("Gebruikers", str(len(users))),
                ("Laatste back-up van toen", _backup_words(made)),
            ),
            steps=STEPS,
            users=tuple(
                LostUser(
                    name=f"{user.name} ({user.login})",
                    roles=", ".join(map(label, user.roles)),
                    since=dutch_date(user.created_at.date()),
                    quick="staat nu aan" if user.login in quick else "",
                )
                for user in users
            ),
            people=tuple(
                LostPerson(
                    number=str(person.id),
                    name=formal(person.name, person.sex),
                    born=dutch_date(person.birth_date),
                )
                for person in people
            ),
            remarks=_remarks(len(unsure), len(gone), has_quick=bool(quick)),
        )


def _there_on(
    people: Sequence[PersonRow], log: Sequence[AuditRow], on: date
) -> tuple[list[PersonRow], set[PatientId]]:
    """Who was in the practice at the end of a day, and of whom of them that is not certain."""
    later = [row for row in log if wall_time(row.at, row.offset_minutes).date() > on]
    named = {
        row.patient_id
        for row in log
        if row.patient_id is not None and wall_time(row.at, row.offset_minutes).date() <= on
    }
    added = [row.patient_id for row in later if row.event in _ADDED and row.patient_id is not None]
    came = {patient for patient in added if patient not in named}
    first = min(came, default=None)
    there = [person for person in people if first is None or person.id < first]
    has_list = any(row.event is AuditEvent.LIST_IMPORTED and row.count for row in later)
    certain = max((int(patient) for patient in named), default=0)
    unsure = {person.id for person in there if has_list and person.id > certain}
    return there, unsure


def _is_user_on(user: User, on: date) -> bool:
    """Whether somebody had a key at any moment of a day."""
    return user.created_at.date() <= on and (user.left_at is None or user.left_at.date() >= on)


def _quick_in(path: Path) -> frozenset[str]:
    """Who opens quickly on some computer now; without a readable key file nobody is known to."""
    try:
        slots = keys.read(path).slots
    except StoreError:
        return frozenset()
    return frozenset(slot.login for slot in slots if slot.kind is SlotKind.QUICK and slot.login)


def _backup_words(made: Sequence[Backup]) -> str:
    if not made:
        return "van vóór deze dag is er geen meer bij de praktijk"
    at = max(one.about.made_at for one in made)
    return f"{dutch_date(at.date())}, {at:%H.%M} uur"


def _remarks(unsure: int, gone: int, *, has_quick: bool) -> tuple[str, ...]:
    made = []
    if has_quick:
        made.append(
            "Snel openen geldt op één computer per gebruiker. Was dat de computer die kwijt is, dan is de "
            "praktijk daarop open voor wie daar kan inloggen. Zet het uit of vernieuw de sleutel."
        )
    if unsure:
        made.append(
            f"Van {unsure} van de mensen hieronder is niet zeker of zij er die dag al in stonden: er is "
            "later een lijst ingelezen."
        )
    if gone:
        noun = "dossier is" if gone == 1 else "dossiers zijn"
        made.append(
            f"{gone} {noun} na deze dag vernietigd. Die mensen stonden er wel op; hun naam weet pzdesk niet "
            "meer."
        )
    return tuple(made)
