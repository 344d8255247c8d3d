"""What is told to the user is told as it is, and a bug is never among it."""

import inspect

import pytest

from pzdesk.domain import errors
from pzdesk.domain.errors import (
    BadInput,
    NeedsChoice,
    PzdeskError,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNewer,
    TakenOver,
    WrongPassphrase,
)

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_is_one_sentence_for_the_user(kind: type[PzdeskError]) -> None:
    assert issubclass(kind, PzdeskError)
    assert str(kind("Kies een andere map.")) == "Kies een andere map."
    assert not issubclass(kind, ValueError | OSError | LookupError)


def test_whatever_keeps_a_store_shut_can_be_caught_as_one() -> None:
    kinds = {kind for kind in ALL if issubclass(kind, StoreError)}
    named = {StoreMissing, StoreDamaged, StoreNewer, StoreBusy, TakenOver, WrongPassphrase}
    assert kinds == {StoreError, *named}


def test_a_wrong_value_says_where_it_was_typed() -> None:
    assert BadInput("Vul een datum in.", field="datum").field == "datum"
    assert BadInput("Vul een datum in.").field == ""


def test_a_choice_comes_with_its_candidates() -> None:
    asked = NeedsChoice("Wie is het?", candidates=("Mw. A. de Vries", "Mw. B. de Vries"))
    assert asked.candidates == ("Mw. A. de Vries", "Mw. B. de Vries")
    assert NeedsChoice("Wie is het?").candidates == ()
