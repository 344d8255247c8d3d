"""What the window remembers for a user: used when it is of the right kind, and never worth an error."""

import sys

import pytest

from pzdesk.services.desk import Desk
from pzdesk.store.drafts import FOLDER


def test_a_choice_is_remembered_and_without_one_the_default_counts(desk: Desk) -> None:
    assert desk.preferences.remembered("grootte", 100) == 100
    desk.preferences.remember("grootte", 125)
    assert desk.preferences.remembered("grootte", 100) == 125


@pytest.mark.parametrize("wrong", ["125", None, [125], True, 1.25])
def test_a_choice_of_another_kind_is_not_used(desk: Desk, wrong: object) -> None:
    desk.preferences.remember("grootte", wrong)
    assert desk.preferences.remembered("grootte", 100) == 100


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file in the way")
def test_what_cannot_be_written_is_forgotten_and_nothing_else_happens(desk: Desk) -> None:
    (desk.session.store.folder / FOLDER).write_text("geen map")
    desk.preferences.remember("grootte", 125)
    assert desk.preferences.remembered("grootte", 100) == 100
