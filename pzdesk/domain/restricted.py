"""What of a file not everybody who opens it may see, and how it is left out for who may not.

Three things (care process, "The caregiver" and "Acute care"; desk, "Never printed unless ticked"): a request
for euthanasia, what a naaste told in confidence, and what a mantelzorger answered. Which roles see them
stands in ``resources/roles.json``, with why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Terms:
    """How the terms of follow-ups are told to who does not see what was answered.

    ``usual_days`` is the term that no answer made shorter. Whether somebody chose a term or it follows from
    the answers is told by whether it was said what is done, but for the follow-ups in ``otherwise``.
    """

    usual_days: int = 0
    otherwise: frozenset[int] = frozenset()

    def is_chosen(self, waiting: FollowUp) -> bool:
        """Whether somebody chose the term: then it tells nothing of the answers."""
        return bool(waiting.what) is not (waiting.id in self.otherwise)

    def with_chosen(self, waiting: FollowUp, *, is_chosen: bool) -> "Terms":
        """These, where the term of a follow-up is chosen or not; what had its number before is forgotten."""
        others = self.otherwise - {waiting.id}
        odd = {waiting.id} if bool(waiting.what) is not is_chosen else set()
        return replace(self, otherwise=others | odd)


USUAL = Terms()


def visible(values: list[T], hidden: frozenset[Right], terms: Terms) -> list[T]:
    """Values of one kind without what is restricted, for who lacks the rights that are ``hidden``."""
    if not hidden or not values or type(values[0]) not in _KINDS:
        return values
    return [seen for value in values if (seen := _seen(value, hidden, terms)) is not None]


def kept_fields(value: object, hidden: frozenset[Right], terms: Terms = USUAL) -> tuple[str, ...]:
    """Which fields of a value somebody cannot overwrite, because they do not see them."""
    if isinstance(value, FollowUp) and is_term_hidden(value, hidden, terms):
        return ("due",)
    return tuple(name for name, right in KEEPS.get(type(value), {}).items() if right in hidden)


def is_term_hidden(waiting: FollowUp, hidden: frozenset[Right], terms: Terms) -> bool:
    """Whether the term of a follow-up tells of answers: until somebody chooses it, it follows from them."""
    return Right.CAREGIVER in hidden and not terms.is_chosen(waiting)


def are_answers_hidden(screening: Screening) -> bool:
    """Whether the answers were left out: a screening without any is never kept."""
    return not screening.answers


def _seen(value: T, hidden: frozenset[Right], terms: Terms) -> T | None:
    found: object = value
    if isinstance(value, EuthanasiaRequest) and Right.EUTHANASIA in hidden:
        return None
    if isinstance(value, Naaste) and Right.CONFIDENCE in hidden:
        found = replace(value, confidence="")
    elif isinstance(value, Screening) and Right.CAREGIVER in hidden:
        found = replace(value, answers={}, scores={})
    elif isinstance(value, FollowUp) and is_term_hidden(value, hidden, terms):
        since = value.recorded_at.astimezone().date()
        found = replace(value, due=since + timedelta(days=terms.usual_days))
    elif (
        isinstance(value, Review)
        and value.kind is ReviewKind.CAREGIVER
        and Right.CAREGIVER in hidden
    ):
        found = replace(value, outcome="")
    return found  # type: ignore[return-value]
