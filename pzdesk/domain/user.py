"""Users, their roles, and what each role may do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from pzdesk.domain.errors import BadInput, NotAllowed
from pzdesk.domain.texts import Line

UserId = NewType("UserId", int)

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")


class Role(StrEnum):
    """A set of rights; one person may hold several."""

    HUISARTS = "huisarts"
    POH = "poh"
    VS_PA = "vs_pa"
    PZVP = "pzvp"
    WAARNEMER = "waarnemer"
    ASSISTENTE = "assistente"
    COORDINATOR = "coordinator"
    BEHEERDER = "beheerder"


class Right(StrEnum):
    """One thing that a role may or may not do; roles are sets of these in ``resources/roles.json``."""

    SEE_WHO = "zien_wie"
    READ_FILE = "dossier_lezen"
    WRITE_FILE = "dossier_schrijven"
    CONFIRM = "bevestigen"
    CAREGIVER = "mantelzorg_antwoorden"
    CONFIDENCE = "vertrouwelijk"
    EUTHANASIA = "euthanasieverzoek"
    EMERGENCY = "noodtoegang"
    EDIT_REGION = "regio_bewerken"
    PLAN_MEETING = "overleg_plannen"
    PRINT_CLINICAL = "dossier_afdrukken"
    ACTIONS = "acties"
    IMPORT = "inlezen"
    SETTINGS = "instellingen"
    USERS = "gebruikers"
    AUDIT = "logboek"
    VERIFY = "controleren"
    BACKUP = "back-up_maken"
    RESTORE = "terugzetten"
    COPY_FILE = "afschrift_geven"
    ACCESS_PAPER = "wie_zag_dit_geven"
    DESTROY = "vernietigen"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with a key slot of their own; ``left_at`` is filled when the slot is gone.

    ``acts_for_id`` is the user on whose behalf this one works, such as the huisarts of a POH (NEN 7513:
    "on whose behalf"); None for who works on their own.
    """

    id: UserId = UserId(0)
    version: int = 1
    login: str
    name: Line
    roles: tuple[Role, ...]
    professional_id: int | None = None
    created_at: datetime
    left_at: datetime | None = None
    acts_for_id: UserId | None = None


def checked_login(login: str) -> str:
    """A login of 2 to 32 small letters, digits, dots, dashes or underscores.

    Raises:
        BadInput: it is anything else.
    """
    if not _LOGIN.fullmatch(login):
        raise BadInput(
            "Een gebruikersnaam bestaat uit 2 tot 32 kleine letters of cijfers en begint met een letter.",
            field="login",
        )
    return login


def rights_of(roles: tuple[Role, ...], matrix: Mapping[Role, frozenset[Right]]) -> frozenset[Right]:
    """All rights of somebody with these roles."""
    return frozenset().union(*(matrix[role] for role in roles))


def require(user: User, right: Right, matrix: Mapping[Role, frozenset[Right]]) -> None:
    """Let somebody go on who has the right.

    Raises:
        NotAllowed: none of the user's roles has it.
    """
    if user.left_at is not None or right not in rights_of(user.roles, matrix):
        raise not_allowed(right)


def not_allowed(right: Right, who: str = "iemand die het wel mag") -> NotAllowed:
    """What to tell who lacks a right, with whom to ask."""
    what = right.value.replace("_", " ")
    return NotAllowed(f"Dit mag niet met uw rol ({what}). Vraag het {who}.")
