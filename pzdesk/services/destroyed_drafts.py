"""Drafts about who was destroyed: none is kept, and one that slipped in is swept."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pzdesk.domain.action import Action
from pzdesk.domain.destruction import Destruction, named_row, row_name
from pzdesk.domain.errors import StoreError
from pzdesk.domain.mdo import AgendaItem
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.services.session import Session
from pzdesk.store import destroying
from pzdesk.store.drafts import DAMAGED, FOLDER, SealedNotes, everybodys
from pzdesk.store.unit import Unit

LEFT = "drafts left"
"""The note that lists the places: the files of drafts have names that tell nothing, to us neither."""
DRAFT = "draft "
"""How the note of a draft begins, before its place."""

_OF_PATIENT = re.compile(r"(?:dossier|patient)-(\d+)(?:-.+)?")
_OF_ROW = (
    (re.compile(r"actie-(\d+)"), "action"),
    (re.compile(r"mdo-(?!overleg-|erbij-)[a-z-]+-(\d+)"), "agenda_item"),
)
_OF_PART = (
    (re.compile(r"dossier-(\d+)-netwerk-naaste-(\d+)"), "naaste"),
    (re.compile(r"dossier-(\d+)-mantelzorg-screenen-(\d+)-.+"), "naaste"),
    (re.compile(r"dossier-(\d+)-[a-z]+-verklaring-ingetrokken-(\d+)"), "statement"),
    (re.compile(r"dossier-(\d+)-reviews-[a-z-]+-(\d+)"), "review"),
    (re.compile(r"dossier-(\d+)-mantelzorg-(?:vervolg|afronden|niet-nu)-(\d+)"), "follow_up"),
    (re.compile(r"dossier-(\d+)-(?:mdo|overzicht)-afronden-(\d+)"), "action"),
    (re.compile(r"dossier-(\d+)-[a-z]+-(?:voorstel|afwijzen)-(\d+)"), "advice"),
    (re.compile(r"dossier-(\d+)-overzicht-intrekken-(\d+)"), "status"),
)
_KINDS: dict[str, type[Any]] = {"action": Action, "agenda_item": AgendaItem}
FREE = frozenset(_KINDS)
"""The tables of which places name a row and not the patient: a destruction always names these rows."""
_BEGINS_WITH = {
    "pzp_version": re.compile(r"pzp-(?:nieuw|(?:verbeteren|bevestigen|terugnemen)-\d+)"),
    "acute_plan": re.compile(r"acuut-plan"),
}
_ANY = 0  # no patient has this number


@dataclass(frozen=True, slots=True)
class Gone:
    """Who and what was destroyed in a store and is not in it any more.

    A row stands with the number of the patient, or with none where a place does not name the patient. What is
    absent for another reason is not among them.
    """

    patients: frozenset[int] = frozenset()
    rows: frozenset[tuple[int, str]] = frozenset()

    def holds(self, place: str) -> bool:
        """Whether a draft, by the name of its place, is about somebody or something that is gone."""
        if (found := _OF_PATIENT.fullmatch(place)) and int(found[1]) in self.patients:
            return True
        return _row_of(place) in self.rows


def gone_by(destroyed: Destruction) -> Gone:
    """What one destruction took away."""
    whole = frozenset({destroyed.was_patient} if destroyed.whole else ())
    return Gone(whole, frozenset(_named_by(destroyed)))


def begins_with(place: str, patient: int, tables: Iterable[str]) -> bool:
    """Whether a draft, by the name of its place, begins with what stood in these tables of a patient."""
    own = f"dossier-{patient}-"
    forms = [_BEGINS_WITH[table] for table in tables if table in _BEGINS_WITH]
    act = place.removeprefix(own)
    return place.startswith(own) and any(form.fullmatch(act) for form in forms)


def is_of_somebody(place: str) -> bool:
    """Whether a draft is, by the name of its place, about one patient or what hangs below one."""
    return bool(_OF_PATIENT.fullmatch(place)) or _row_of(place) is not None


def gone_now(session: Session, places: Iterable[str]) -> Gone:
    """What was destroyed, as far as drafts at these places may be about it."""
    with session.store.reading(session.user, session.now) as unit:
        return _gone_in(unit, places)


def sweep(session: Session) -> None:
    """Forget what anybody's drafts hold of who was destroyed; where that cannot be now, later."""
    with suppress(StoreError):
        gone = gone_now(session, places_of_everybody(session))
        if gone.patients or gone.rows:
            forget(session, (), lambda place, _: gone.holds(place))


def places_of_everybody(session: Session) -> list[str]:
    """The places of all drafts in a store."""
    store = session.store
    found = (name for _, name in everybodys(store.folder, store.data_key()))
    return [name.removeprefix(DRAFT) for name in found if name.startswith(DRAFT)]


def _gone_in(unit: Unit, places: Iterable[str]) -> Gone:
    destroyed = unit.find(Destruction)
    if not destroyed:
        return Gone()
    whole = {one.was_patient for one in destroyed if one.whole}
    # Who has such a number now, after a back-up was put back, is somebody else.
    here = {int(one.id) for one in unit.find(Patient, id=tuple(whole))} if whole else set()
    named = {row for one in destroyed for row in _named_by(one)}
    asked = {row for place in places if (row := _row_of(place)) is not None}
    # What has such a number now is something else.
    rows = {(owner, row) for owner, row in asked & named if not _is_there(unit, owner, row)}
    return Gone(frozenset(whole - here), frozenset(rows))


def _named_by(destroyed: Destruction) -> Iterator[tuple[int, str]]:
    for row in destroyed.rows:
        yield destroyed.was_patient, row
        if named_row(row)[0] in FREE:
            yield _ANY, row


def _is_there(unit: Unit, owner: int, row: str) -> bool:
    table, key = named_row(row)
    if owner == _ANY:
        return bool(unit.find(_KINDS[table], id=key))
    return bool(destroying.part(unit, PatientId(owner), [row]))


def _row_of(place: str) -> tuple[int, str] | None:
    """The row that a draft is about, with the number of the patient; None where it is about none."""
    for pattern, table in _OF_ROW:
        if found := pattern.fullmatch(place):
            return _ANY, row_name(table, int(found[1]))
    for pattern, table in _OF_PART:
        if found := pattern.fullmatch(place):
            return int(found[1]), row_name(table, int(found[2]))
    return None


def forget_damaged(session: Session) -> None:
    """Forget the drafts that cannot be read: nobody can tell about whom they were."""
    for path in (session.store.folder / FOLDER).glob(f"*{DAMAGED}"):
        with suppress(OSError):
            path.unlink()


def forget(session: Session, logins: Iterable[str], is_gone: Callable[[str, str], bool]) -> None:
    """Forget the drafts of everybody of which the place and the words say that they are gone."""
    store = session.store
    found: dict[str, dict[str, None]] = {login: {} for login in logins}
    for login, name in everybodys(store.folder, store.data_key()):
        if name.startswith(DRAFT) or name == LEFT:
            places = found.setdefault(login, {})
            places.update({name.removeprefix(DRAFT): None} if name != LEFT else {})
    for login, places in found.items():
        notes = SealedNotes(store.folder, store.data_key(), login)
        listed = notes.kept(LEFT)
        left = list(listed[0]["places"]) if listed else []
        forgotten = set()
        for place in dict.fromkeys((*left, *places)):
            draft = notes.kept(f"{DRAFT}{place}")
            if is_gone(place, " ".join(map(str, draft[0].values())) if draft else ""):
                notes.forget(f"{DRAFT}{place}")
                forgotten.add(place)
        stays = [place for place in left if place not in forgotten]
        if stays != left:
            with suppress(StoreError):
                notes.keep(LEFT, {"places": stays}, session.now)
