"""Values that are valid by default; a test names only what it is about. All people are fictional."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from pzdesk import content
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.markering import Markering, MarkeringState
from pzdesk.domain.network import Discipline, Naaste, NaasteRole, Professional
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import Name, Phone, Sex
from pzdesk.domain.user import Role, User, UserId
from pzdesk.services.session import Session
from pzdesk.store import folder

AMSTERDAM = timezone(timedelta(hours=1))
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 5, tzinfo=AMSTERDAM)


def a_user(*roles: Role, **changes: Any) -> User:
    """A user, a huisarts unless other roles are named."""
    values: dict[str, Any] = {
        "id": UserId(1),
        "login": "deboer",
        "name": "dr. De Boer",
        "roles": roles or (Role.HUISARTS,),
        "created_at": NOW,
    }
    return User(**values | changes)


def a_session(
    place: Path, key: bytes, clock: Callable[[], datetime], roles: tuple[Role, ...]
) -> Session:
    """A session in a new store that is opened by its raw key: no derivation, milliseconds."""
    folder.create(place, key, b"{}", clock())
    store = folder.open_with_key(place, key, clock())
    user = a_user(*roles)
    with store.writing(user, clock()) as unit:
        unit.add(user)
        unit.keep_setting("practice", asdict(content.new_practice("Huisartsenpraktijk De Brink")))
        unit.commit(AuditEvent.STORE_CREATED, What.CREATE, kind="praktijk")
    return Session(store, user, clock)


def a_name(**changes: Any) -> Name:
    """Anna Jansen-de Vries."""
    values: dict[str, Any] = {
        "achternaam": "Vries",
        "voorvoegsels": "de",
        "voornamen": "Anna Maria",
        "roepnaam": "Anna",
        "partner_achternaam": "Jansen",
        "name_order": "NL3",
    }
    return Name(**values | changes)


def a_patient(**changes: Any) -> Patient:
    """Mevrouw Jansen-de Vries, born in 1941, with heart failure."""
    values: dict[str, Any] = {
        "name": a_name(),
        "birth_date": date(1941, 3, 14),
        "sex": Sex.WOMAN,
        "diagnosis": "hartfalen",
        "icpc": "K77",
    }
    return Patient(**values | changes)


def a_professional(**changes: Any) -> Professional:
    """F. Hoekstra of the wijkverpleging."""
    values: dict[str, Any] = {
        "name": "F. Hoekstra",
        "discipline": Discipline.WIJKVERPLEGING,
        "phone_day": "0521-123456",
        "phone_night": "0521-654321",
        "kernteam": True,
    }
    return Professional(**values | changes)


def a_naaste(patient_id: PatientId, **changes: Any) -> Naaste:
    """Wim Jansen, husband and mantelzorger."""
    values: dict[str, Any] = {
        "patient_id": patient_id,
        "name": "Wim Jansen",
        "relation": "echtgenoot",
        "roles": (NaasteRole.MANTELZORGER, NaasteRole.FIRST_CONTACT),
        "phones": (Phone(number="06-12345678"),),
    }
    return Naaste(**values | changes)


def a_step(patient_id: PatientId, state: MarkeringState, **changes: Any) -> Markering:
    """A step of the markering of today."""
    values: dict[str, Any] = {
        "patient_id": patient_id,
        "state": state,
        "on": TODAY,
        "by": "dr. De Boer",
        "recorded_at": NOW,
        "recorded_by": 1,
    }
    return Markering(**values | changes)
