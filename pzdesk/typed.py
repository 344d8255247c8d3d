"""What was typed on the command line, as values; what cannot be used is told."""

import re
from collections.abc import Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

from pzdesk.domain.errors import BadInput
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import ParticipantKind
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import folded
from pzdesk.domain.user import Role

K = TypeVar("K", bound=StrEnum)


def whose(text: str | None) -> Any:
    """The patient that somebody names: a number, "nieuw", or nobody (raises ``BadInput``)."""
    if text is None or text == "nieuw":
        return text
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise BadInput("Bij --patient hoort het nummer van de patiënt, of nieuw.")
    return PatientId(int(text))


def answer(text: str) -> tuple[int, Any]:
    """An answer about a possible double: the line and the patient (raises ``BadInput``)."""
    found = re.fullmatch(r"([0-9]{1,9})=([0-9]{1,9}|nieuw)", text)
    if not found:
        raise BadInput(f"--double {text} kan niet; bijvoorbeeld 12=nieuw of 12=34.")
    return int(found[1]), whose(found[2])


def role(text: str) -> Role:
    """A role by its Dutch word or its code, in small letters or capitals (raises ``BadInput``)."""
    return _chosen(text, Role, "De rol {} bestaat niet; kies uit {}.")


def roles(given: Sequence[str]) -> tuple[Role, ...]:
    """Roles, each named in an option of its own or more in one, with commas (raises ``BadInput``)."""
    named = [role(name.strip()) for some in given for name in some.split(",")]
    return tuple(dict.fromkeys(named))


def audience(text: str) -> ParticipantKind:
    """A kind of participant by its Dutch word or its code (raises ``BadInput``)."""
    return _chosen(text, ParticipantKind, "--for {} kan niet; kies uit {}.")


def _chosen(text: str, kind: type[K], sentence: str) -> K:
    for one in kind:
        if _bare(text) in (_bare(one), _bare(label(one))):
            return one
    raise BadInput(sentence.format(text, ", ".join(map(label, kind))))


def _bare(text: str) -> str:
    return re.sub(r"[\s_/-]", "", folded(text))


def day(text: str) -> date:
    """A day as jjjj-mm-dd (raises ``BadInput``)."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"{text} is geen datum; schrijf hem als 2026-12-01.", field="datum"
        ) from None


def moment(text: str) -> time:
    """A time as uu:mm (raises ``BadInput``)."""
    found = re.fullmatch(r"([0-9]{2})[:.]([0-9]{2})", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadInput(f"{text} is geen tijd; schrijf hem als 12:30.", field="tijd")
    return time(int(found[1]), int(found[2]))
