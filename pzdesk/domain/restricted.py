"""What of a file not everybody who opens it may see, and how it is left out for who may not.

Three things (care process, "The caregiver" and "Acute care"; desk, "Never printed unless ticked"): a request
for euthanasia, what a naaste told in confidence, and what a mantelzorger answered. Which roles see them
stands in ``resources/roles.json``, with why.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.euthanasia import EuthanasiaRequest
from pzdesk.domain.network import Naaste
from pzdesk.domain.review import Review, ReviewKind
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.user import Right

T = TypeVar("T")

RESTRICTED = frozenset({Right.EUTHANASIA, Right.CONFIDENCE, Right.CAREGIVER})
"""The rights to see what is restricted."""

NOT_SHOWN = "antwoorden niet zichtbaar met uw rol"
"""What stands in the place of what a mantelzorger answered."""

_KINDS = frozenset({EuthanasiaRequest, Naaste, Screening, FollowUp, Review})
EVENTS: Mapping[AuditEvent, Right] = {
    AuditEvent.EUTHANASIA_ADDED: Right.EUTHANASIA,
    AuditEvent.EUTHANASIA_WITHDRAWN: Right.EUTHANASIA,
}
"""Acts of which not everybody may see that they were done."""
KEEPS: Mapping[type, Mapping[str, Right]] = {Naaste: {"confidence": Right.CONFIDENCE}}
"""Fields that stay as they are when somebody who does not see them changes the rest."""
RESTRICTED_FIELDS = tuple(name for kept in KEEPS.values() for name in kept)
"""Of these no earlier value is kept: who may not see them now would see them there."""


def visible(values: list[T], hidden: frozenset[Right], usual_days: int) -> list[T]:
    """Values of one kind without what is restricted, for who lacks the rights that are ``hidden``.

    ``usual_days`` is the term of a follow-up that no answer made shorter.
    """
    if not hidden or not values or type(values[0]) not in _KINDS:
        return values
    return [seen for value in values if (seen := _seen(value, hidden, usual_days)) is not None]


def kept_fields(value: object, hidden: frozenset[Right]) -> tuple[str, ...]:
    """Which fields of a value somebody cannot overwrite, because they do not see them."""
    if isinstance(value, FollowUp) and is_term_hidden(value, hidden):
        return ("due",)
    return tuple(name for name, right in KEEPS.get(type(value), {}).items() if right in hidden)


def is_term_hidden(waiting: FollowUp, hidden: frozenset[Right]) -> bool:
    """Whether the term of a follow-up tells of answers: until somebody agrees it, it follows from them."""
    return Right.CAREGIVER in hidden and not waiting.what


def are_answers_hidden(screening: Screening) -> bool:
    """Whether the answers were left out: a screening without any is never kept."""
    return not screening.answers


def _seen(value: T, hidden: frozenset[Right], usual_days: int) -> T | None:
    found: object = value
    if isinstance(value, EuthanasiaRequest) and Right.EUTHANASIA in hidden:
        return None
    if isinstance(value, Naaste) and Right.CONFIDENCE in hidden:
        found = replace(value, confidence="")
    elif isinstance(value, Screening) and Right.CAREGIVER in hidden:
        found = replace(value, answers={}, scores={})
    elif isinstance(value, FollowUp) and is_term_hidden(value, hidden):
        since = value.recorded_at.astimezone().date()
        found = replace(value, due=since + timedelta(days=usual_days))
    elif (
        isinstance(value, Review)
        and value.kind is ReviewKind.CAREGIVER
        and Right.CAREGIVER in hidden
    ):
        found = replace(value, outcome="")
    return found  # type: ignore[return-value]
