"""The Dutch names: every member of every list that is shown has one, and only one means one thing."""

import importlib
import pkgutil
from enum import StrEnum

import pytest

from pzdesk import domain
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.handout import PartKind
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.matching import Match
from pzdesk.domain.person import NameOrder
from pzdesk.domain.proposal import Reason
from pzdesk.domain.search import HitKind
from pzdesk.domain.user import Right
from pzdesk.domain.work_rules import Waits

# Never shown by a name of their own: codes of a log or a form, or worded where they are used.
UNNAMED = {AuditEvent, What, HitKind, Match, NameOrder, PartKind, Reason, Right, Waits}
# Read from files that carry their own words.
WORDED_ELSEWHERE = {"instrument", "pzp", "pzp_answers", "pzp_form"}


def _lists() -> set[type[StrEnum]]:
    """Every fixed list that a module of the domain defines."""
    found: set[type[StrEnum]] = set()
    for info in pkgutil.iter_modules(domain.__path__):
        if info.name in WORDED_ELSEWHERE:
            continue
        module = importlib.import_module(f"pzdesk.domain.{info.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, StrEnum):
                here = value.__module__.removeprefix("pzdesk.domain.")
                if value is not StrEnum and here not in WORDED_ELSEWHERE:
                    found.add(value)
    return found


def test_every_list_that_is_shown_has_labels() -> None:
    assert _lists() - UNNAMED == set(LABELS)


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_every_member_has_a_label_that_differs_from_the_others(kind: type[StrEnum]) -> None:
    labels = [label(member) for member in kind]
    assert set(LABELS[kind]) == set(kind)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_a_label_is_a_plain_word_without_code_in_it(kind: type[StrEnum]) -> None:
    for member in kind:
        text = label(member)
        assert text == text.strip() != ""
        assert "_" not in text
        assert not text.endswith(".")
        assert len(text) <= 60


def test_members_of_two_lists_that_share_a_word_are_told_apart() -> None:
    shared = {
        (one, other)
        for kind in LABELS
        for one in kind
        for second in LABELS
        for other in second
        if kind is not second and one == other
    }
    assert shared, "huisarts the role and huisarts the discipline"
    for one, other in shared:
        assert label(one) == LABELS[type(one)][one]
        assert label(other) == LABELS[type(other)][other]
