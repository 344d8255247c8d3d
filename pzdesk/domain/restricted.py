"""What of a file not everybody who opens it may see, and how it is left out for who may not.

Three things (care process, "The caregiver" and "Acute care"; desk, "Never printed unless ticked"): a request
for euthanasia, what a naaste told in confidence, and what a mantelzorger answered. Which roles see them
stands in ``resources/roles.json``, with why.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.euthanasia import EuthanasiaRequest
from pzdesk.domain.network import Naaste
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import Screening
from pzdesk.domain.user import Right

T = TypeVar("T")

RESTRICTED = frozenset({Right.EUTHANASIA, Right.CONFIDENCE, Right.CAREGIVER})
"""The rights to see what is restricted."""

NOT_SHOWN = "antwoorden niet zichtbaar met uw rol"
"""What stands in the place of what a mantelzorger answered."""

_KINDS = frozenset({EuthanasiaRequest, Naaste, Screening, Review})
EVENTS: Mapping[AuditEvent, Right] = {
    AuditEvent.EUTHANASIA_ADDED: Right.EUTHANASIA,
    AuditEvent.EUTHANASIA_WITHDRAWN: Right.EUTHANASIA,
}
"""Acts of which not everybody may see that they were done."""
KEEPS: Mapping[type, Mapping[str, Right]] = {Naaste: {"confidence": Right.CONFIDENCE}}
"""Fields that stay as they are when somebody who does not see them changes the rest."""
RESTRICTED_FIELDS = tuple(name for kept in KEEPS.values() for name in kept)
"""Of these no earlier value is kept: who may not see them now would see them there."""


def visible(values: list[T], hidden: frozenset[Right]) -> list[T]:
    """Values of one kind without what is restricted, for who lacks the rights that are ``hidden``."""
    if not hidden or not values or type(values[0]) not in _KINDS:
        return values
    return [seen for value in values if (seen := _seen(value, hidden)) is not None]


def kept_fields(kind: type, hidden: frozenset[Right]) -> tuple[str, ...]:
    """Which fields of a value somebody cannot overwrite, because they do not see them."""
    return tuple(name for name, right in KEEPS.get(kind, {}).items() if right in hidden)


def are_answers_hidden(screening: Screening) -> bool:
    """Whether the answers were left out: a screening without any is never kept."""
    return not screening.answers


def _seen(value: T, hidden: frozenset[Right]) -> T | None:
    found: object = value
    if isinstance(value, EuthanasiaRequest) and Right.EUTHANASIA in hidden:
        return None
    if isinstance(value, Naaste) and Right.CONFIDENCE in hidden:
        found = replace(value, confidence="")
    elif isinstance(value, Screening) and Right.CAREGIVER in hidden:
        found = replace(value, answers={}, scores={})
    elif (
        isinstance(value, Review)
        and value.kind is ReviewKind.CAREGIVER
        and Right.CAREGIVER in hidden
    ):
        found = replace(value, outcome="")
    return found  # type: ignore[return-value]
