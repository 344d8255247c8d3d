"""What is restricted comes out of no service for who may not see it, whatever is asked."""

import itertools
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
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
SHORT, USUAL = timedelta(days=19), timedelta(days=7)  # a day on which nothing else is
SECRETS = {
    Right.CONFIDENCE: ("vertrouwdIk",),
    Right.EUTHANASIA: ("verzoekIk", "EuthanasiaRequest"),
    Right.CAREGIVER: ("{'volhoudtijd'", "{'total'", "opbrengstIk", "date(2026, 12, 13)"),
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
    rules = desk.practice.practice()
    short = replace(rules.intervals, follow_up_short_days=SHORT.days)
    desk.practice.change(replace(rules, intervals=short))
    for what in ("", "vervolgIk"):
        desk.screenings.screen(
            patient, naaste.id, "volhoudtijd", ANSWER, on=TODAY, follow_up=what, who="POH"
        )
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
    for told in (label_of_answer(), "13-12-2026"):
        assert (told in said) is (Right.CAREGIVER in rights_matrix()[role])


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


def test_a_term_that_follows_from_the_answers_is_not_told_and_one_that_was_chosen_is(
    seeded: World,
) -> None:
    own, stand_in = seeded.desk, acting(seeded, Role.WAARNEMER).desk
    chosen = TODAY + timedelta(days=3)

    def terms(desk: Desk) -> dict[str, list[date]]:
        found: dict[str, list[date]] = {"": [], "vervolgIk": [], "bellen": []}
        for one in desk.patients.file(seeded.patient.id).follow_ups[1:]:
            found[one.what].append(one.due)
        return found

    naaste = own.patients.file(seeded.patient.id).naasten[0]
    for what in ("", "bellen"):
        own.screenings.screen(
            *(seeded.patient.id, naaste.id, "volhoudtijd", ANSWER),
            on=TODAY,
            follow_up=what,
            due=chosen,
        )
    assert terms(own) == {
        "": [TODAY + SHORT, chosen], "vervolgIk": [TODAY + SHORT], "bellen": [chosen]
    }  # fmt: skip
    assert terms(stand_in) == {
        "": [TODAY + USUAL, chosen], "vervolgIk": [TODAY + USUAL], "bellen": [chosen]
    }  # fmt: skip


def test_an_agreement_that_is_undone_has_the_term_it_had_and_tells_it_to_who_may_see_it(
    seeded: World,
) -> None:
    own, patient = seeded.desk, seeded.patient.id
    naaste = own.patients.file(patient).naasten[0]
    whats, days = ("", "was afgesproken"), (None, TODAY + timedelta(days=3))
    roles = (Role.POH, Role.WAARNEMER)
    for role, what, chosen in itertools.product(roles, whats, days):
        desk = acting(seeded, role).desk
        _, screened = own.screenings.screen(
            *(patient, naaste.id, "volhoudtijd", ANSWER),
            on=TODAY,
            follow_up=what,
            due=chosen,
        )

        def waiting(desk: Desk, key: int = screened.id) -> FollowUp:
            return next(one for one in desk.patients.file(patient).follow_ups if one.id == key)

        was, acts = waiting(desk), desk.screenings
        assert was.due == (chosen or TODAY + (SHORT if role is Role.POH else USUAL))
        first = acts.agree_follow_up(was, what="bellen", who="POH", due=TODAY)
        second = acts.agree_follow_up(first, what="mailen", who="POH", due=TODAY + SHORT)
        assert waiting(desk) == waiting(own) == second
        # As a window undoes one act after another: each with the version that the one before it left.
        back = acts.undo_agreement(second, first)
        assert waiting(own) == back == replace(first, version=back.version)
        back = acts.reopen_follow_up(acts.not_now(back, "sterfbed"))
        back = acts.undo_agreement(back, was)
        assert back == waiting(desk) == replace(was, version=back.version)
        assert waiting(own) == replace(screened, version=back.version)


def test_an_agreement_of_another_window_is_undone_to_the_term_of_the_answers_unless_another_was_seen(
    seeded: World,
) -> None:
    own, chosen = seeded.desk, TODAY + timedelta(days=3)
    first = own.patients.file(seeded.patient.id).follow_ups[0]
    for role, was, back in (
        (Role.WAARNEMER, replace(first, due=TODAY + USUAL), TODAY + SHORT),
        (Role.POH, first, first.due),
        (Role.POH, replace(first, due=chosen), chosen),
        (Role.WAARNEMER, replace(first, what="x", who="y", due=chosen), chosen),
    ):
        now = own.patients.file(seeded.patient.id).follow_ups[0]
        own.screenings.agree_follow_up(now, what="bellen", who="POH", due=TODAY)
        window = acting(seeded, role).desk
        agreed = window.patients.file(seeded.patient.id).follow_ups[0]
        window.screenings.undo_agreement(agreed, was)
        assert own.patients.file(seeded.patient.id).follow_ups[0].due == back


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
