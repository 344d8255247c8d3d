"""What is restricted comes out of no service for who may not see it, whatever is asked."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pzdesk import instruments, services
from pzdesk.content import rights_matrix
from pzdesk.domain.errors import NotAllowed, PzdeskError
from pzdesk.domain.euthanasia import EuthanasiaState
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.user import Right, Role
from pzdesk.services.desk import Desk
from pzdesk.services.papers import Paper
from pzdesk.services.search import SearchIndex
from tests.documents.reading import content
from tests.factories import NOW, TODAY
from tests.services.test_audit_registry import BEFORE, CALLS, WITH_KEYS, World, filled, world
from tests.services.test_session import acting

__all__ = ["filled", "world"]

ANSWER = {"volhoudtijd": 2}
SECRETS = {
    Right.CONFIDENCE: ("vertrouwdIk",),
    Right.EUTHANASIA: ("verzoekIk", "EuthanasiaRequest"),
    Right.CAREGIVER: ("{'volhoudtijd'", "{'total'", "opbrengstIk"),
}
# What only takes back an act shows nothing; what opens a file would change what the others may see.
NOT_HERE = WITH_KEYS | set(BEFORE) | {"emergencies.open"}


def label_of_answer() -> str:
    """The answer as papers word it, without white space."""
    item = instruments.load("volhoudtijd").items[0]
    return "".join(item.options[1].label.split())


@pytest.fixture
def seeded(world: World) -> World:
    """The world with something restricted of each kind."""
    desk, patient = world.desk, world.patient.id
    naaste = desk.patients.file(patient).naasten[0]
    desk.network.keep_naaste(replace(naaste, confidence="vertrouwdIk"))
    desk.screenings.screen(patient, naaste.id, "volhoudtijd", ANSWER, on=TODAY)
    desk.euthanasia.record(patient, EuthanasiaState.RUNNING, on=TODAY, note="verzoekIk")
    review = desk.reviews.plan(patient, ReviewKind.CAREGIVER, due=TODAY)
    desk.reviews.hold(review, on=TODAY, by="POH", outcome="opbrengstIk")
    return world


def everything_said(world: World) -> str:
    """What every call of every service gives, one after another, and what search finds of it."""
    desk = world.desk
    order = {"papers": -1, "destructions": 1}  # afterwards there is nobody to say anything of
    first = sorted(set(CALLS) - NOT_HERE, key=lambda name: (order.get(name.split(".")[0], 0), name))
    asked: list[Any] = [lambda name=name: CALLS[name](world) for name in first]
    for extra in ("mantelzorg", "euthanasie"):
        asked.insert(0, lambda e=extra: desk.papers.sheet(world.patient.id, extras=frozenset({e})))
    asked.insert(0, lambda: desk.papers.agenda(world.meeting.id, extras=frozenset({"mantelzorg"})))
    return "\n".join(map(_said, asked))


def _said(ask: Any) -> str:
    try:
        found = ask()
    except (PzdeskError, IndexError) as problem:  # what is told to who may not is read too
        return str(problem)
    if isinstance(found, Paper):
        found = found.data
    if isinstance(found, bytes):
        return content(found) if found.startswith(b"%PDF") else found.decode()
    if isinstance(found, SearchIndex):
        return repr([found.find(word) for words in SECRETS.values() for word in words])
    return repr(found)


@pytest.mark.parametrize("role", Role)
def test_no_call_gives_what_is_restricted_to_who_may_not_see_it(role: Role, seeded: World) -> None:
    said = everything_said(acting(seeded, role))
    for right, words in SECRETS.items():
        shown = {word for word in words if word in said}
        # Without the right to read files nobody gets as far as what is restricted in one.
        assert shown == (set(words) if right in rights_matrix()[role] else set()), right
    assert (label_of_answer() in said) is (Right.CAREGIVER in rights_matrix()[role])


def test_what_is_restricted_is_ticked_for_a_paper_only_by_who_sees_it(seeded: World) -> None:
    for role in Role:
        papers = acting(seeded, role).desk.papers
        for extra, right in (("mantelzorg", Right.CAREGIVER), ("euthanasie", Right.EUTHANASIA)):
            if right not in rights_matrix()[role]:
                with pytest.raises(NotAllowed):
                    papers.preview_sheet(seeded.patient.id, extras=frozenset({extra}))
            else:
                assert papers.preview_sheet(seeded.patient.id, extras=frozenset({extra}))


def test_who_does_not_see_a_confidence_does_not_wipe_it_by_changing_the_rest(
    seeded: World,
) -> None:
    stand_in = acting(seeded, Role.WAARNEMER).desk
    naaste = stand_in.patients.file(seeded.patient.id).naasten[0]
    assert naaste.confidence == ""
    changed = stand_in.network.keep_naaste(replace(naaste, relation="zus", confidence="anders"))
    kept = seeded.desk.patients.file(seeded.patient.id).naasten[0]
    assert (kept.relation, kept.confidence) == ("zus", "vertrouwdIk")
    assert kept.version == changed.version


def test_a_screening_says_that_its_answers_are_not_shown(seeded: World) -> None:
    screenings = acting(seeded, Role.WAARNEMER).desk.patients.file(seeded.patient.id).screenings
    assert screenings
    assert all(made.answers == {} and made.scores == {} for made in screenings)


def test_the_term_of_a_follow_up_tells_nothing_of_the_answers_and_comes_back_as_it_was(
    seeded: World,
) -> None:
    patient, own = seeded.patient.id, seeded.desk
    naaste = own.patients.file(patient).naasten[0]
    _, short = own.screenings.screen(
        patient, naaste.id, "volhoudtijd", {"volhoudtijd": 1}, on=TODAY
    )
    stand_in = acting(seeded, Role.WAARNEMER).desk

    def waiting(desk: Desk) -> FollowUp:
        return next(one for one in desk.patients.file(patient).follow_ups if one.id == short.id)

    terms = {one.due for one in stand_in.patients.file(patient).open_follow_ups if not one.what}
    assert terms == {TODAY + timedelta(days=7)}
    was = waiting(stand_in)
    agreed = stand_in.screenings.agree_follow_up(was, what="bellen", who="POH", due=TODAY)
    assert waiting(stand_in).due == TODAY
    stand_in.screenings.undo_agreement(agreed, was)
    assert waiting(own).due == short.due == TODAY + timedelta(days=2)
    put_aside = stand_in.screenings.not_now(waiting(stand_in), "sterfbed")
    stand_in.screenings.reopen_follow_up(put_aside)
    assert waiting(own).due == short.due


def test_a_look_ahead_hides_it_too(seeded: World) -> None:
    session = acting(seeded, Role.WAARNEMER).desk.session
    with session.looking_ahead(Right.READ_FILE) as unit:
        assert [made.answers for made in unit.find(Screening)] == [{}] * len(unit.find(Screening))


def test_a_unit_that_nothing_is_hidden_from_finds_everything(seeded: World) -> None:
    session = seeded.desk.session
    with suppress(RuntimeError), session.store.reading(session.user, NOW) as unit:
        assert all(made.answers for made in unit.find(Screening))


def test_a_service_comes_to_a_file_through_the_session_which_says_what_is_hidden() -> None:
    """What works past it opens a store, puts one back or destroys: it hands no file to anybody."""
    past = {"session", "opening", "backups", "tombstones", "destructions"}
    past |= {"destroyed_drafts", "users_in"}
    for path in Path(services.__file__).parent.glob("*.py"):
        if path.stem not in past:
            source = path.read_text(encoding="utf-8")
            assert "store.reading(" not in source, path.name
            assert "store.writing(" not in source, path.name
            assert "from_rows" not in source, path.name
