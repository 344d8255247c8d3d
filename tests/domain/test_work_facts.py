"""What waits for somebody, a rule at a time: why it stands there, until when, and what its button begins."""

from typing import Any

import pytest

from pzdesk.domain.advice import Advice, AdviceKind
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.status import Phase
from pzdesk.domain.user import Role
from pzdesk.domain.work_rules import DECEASED, LEFT, Waits
from pzdesk.domain.worklist import WorkEntry
from tests.domain.work_samples import (
    BY,
    a_fact,
    a_follow_up,
    a_person,
    a_reader,
    a_review,
    ago,
    an_action,
    entries,
)

MARKED: dict[str, Any] = {"state": "gemarkeerd", "state_on": ago(40), "marked_on": ago(40)}
UNMARKED: dict[str, Any] = {"marked_on": None, "pzp_on": None, "pzp_count": 0}


def only(found: list[WorkEntry]) -> WorkEntry:
    (entry,) = found
    return entry


def of(kind: Waits, found: list[WorkEntry]) -> list[WorkEntry]:
    return [entry for entry in found if entry.kind is kind]


def test_for_whom_all_is_done_nothing_waits() -> None:
    assert entries(a_fact()) == []


# --- signalled and marked ---


def test_who_was_signalled_waits_to_be_judged() -> None:
    found = only(entries(a_fact(state="te_beoordelen", state_on=ago(3), **UNMARKED)))
    assert found.words == "Gesignaleerd op 21-11, nog te beoordelen"
    assert (found.due, found.button, found.act) == (ago(-4), "Markering beoordelen", "stap")


def test_a_judgement_that_was_put_off_waits_until_the_day_agreed() -> None:
    fact = a_fact(state="te_beoordelen", state_on=ago(3), again_on=ago(-20), **UNMARKED)
    assert only(entries(fact)).due == ago(-20)


def test_who_was_imported_and_never_judged_stands_there_without_a_day() -> None:
    found = only(entries(a_fact(state=None, state_on=None, **UNMARKED)))
    assert found.words == "Nog niet beoordeeld of de palliatieve fase is begonnen"
    assert found.due is None


def test_who_was_not_marked_comes_back_on_the_day_agreed_only() -> None:
    fact = a_fact(state="niet_markeren", state_on=ago(60), **UNMARKED)
    assert entries(fact) == []
    again = a_fact(state="niet_markeren", state_on=ago(60), again_on=ago(2), **UNMARKED)
    found = only(entries(again))
    assert found.words == "Op 25-09 niet gemarkeerd, afgesproken om opnieuw te beoordelen"
    assert found.due == ago(2)


def test_a_marking_waits_to_be_talked_about_sooner_when_it_is_urgent() -> None:
    found = only(of(Waits.TALK, entries(a_fact(**MARKED))))
    assert found.words == "Gemarkeerd op 15-10, nog niet met de patiënt besproken"
    assert (found.due, found.button) == (ago(12), "Gesprek vastleggen")
    soon = only(of(Waits.TALK, entries(a_fact(urgent=True, **MARKED))))
    assert soon.due == ago(33)


def test_nobody_is_told_of_a_marking_before_the_patient_knows() -> None:
    assert of(Waits.TELL_PHARMACY, entries(a_fact(told=(), **MARKED))) == []
    found = only(of(Waits.TELL_PHARMACY, entries(a_fact(told=()))))
    assert found.words == "Apotheek nog niet ingelicht over de markering van 16-08"


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.TERMINAL, "de terminale fase"),
        (Phase.DYING, "de stervensfase"),
        (Phase.DECEASED, "het overlijden"),
    ],
)
def test_the_pharmacist_is_told_of_each_transition_anew(phase: Phase, words: str) -> None:
    standing = DECEASED if phase is Phase.DECEASED else "in_zorg"
    fact = a_fact(person=a_person(phase=phase), phase_since=ago(5), standing=standing)
    found = only(entries(fact))
    assert found.words == f"Apotheek nog niet ingelicht over {words} van 19-11"
    told = a_fact(
        person=a_person(phase=phase), phase_since=ago(5), standing=standing, told=((phase, ago(4)),)
    )
    assert entries(told) == []


# --- the PZP ---


def test_a_pzp_that_is_missing_says_how_long_after_the_marking() -> None:
    found = only(entries(a_fact(pzp_count=0, pzp_on=None)))
    assert found.words == "PZP-gesprek 14 weken na markering nog niet vastgelegd"
    assert (found.button, found.section, found.due) == ("PZP invullen", "pzp", ago(72))


def test_the_day_of_a_planned_talk_counts_and_a_dropped_talk_asks_nothing() -> None:
    planned = a_fact(pzp_count=0, pzp_on=None, talk_due=ago(-5))
    assert only(entries(planned)).due == ago(-5)
    assert entries(a_fact(pzp_count=0, pzp_on=None, talk_dropped=True)) == []


def test_a_received_pzp_waits_to_be_confirmed_by_who_may() -> None:
    fact = a_fact(received=(3, ago(10)))
    found = only(entries(fact))
    assert found.words == "PZP ontvangen op 14-11, nog niet bevestigd"
    assert (found.act, found.due, found.who) == ("bevestigen-3", ago(3), "dr. De Boer")
    assert entries(fact, a_reader(Role.PZVP)) == []


def test_a_pzp_is_revised_after_the_weeks_of_the_practice_unless_a_revision_is_planned() -> None:
    found = only(entries(a_fact(pzp_on=ago(100))))
    assert found.words == "PZP van 16-08, nog niet herzien"
    assert (found.button, found.due) == ("PZP herzien", ago(9))
    held = a_fact(pzp_on=ago(100), revised_on=ago(5))
    assert entries(held) == []
    planned = a_fact(pzp_on=ago(100), reviews=(a_review(ago(-60), kind=ReviewKind.PZP_REVISION),))
    assert of(Waits.REVISE_PZP, entries(planned)) == []


def test_a_pzp_of_before_the_markering_is_revised_within_the_time_of_a_first_talk() -> None:
    marked = a_fact(
        marked_on=ago(30), state_on=ago(30), pzp_on=ago(40), told=(("markering", ago(29)),)
    )
    found = only(of(Waits.REVISE_PZP, entries(marked)))
    assert found.due == ago(2), "four weeks after the markering"
    talked = a_fact(
        marked_on=ago(30), state_on=ago(30), pzp_on=ago(10), told=(("markering", ago(29)),)
    )
    assert of(Waits.REVISE_PZP, entries(talked)) == []


# --- mantelzorgers, reviews, actions, advice ---


def test_a_follow_up_waits_to_be_agreed_and_then_to_be_done() -> None:
    asked = a_fact(follow_ups=((a_follow_up(ago(2)), "echtgenoot Wim Jansen"),))
    found = only(entries(asked))
    assert found.words == "Vervolg na de screening van echtgenoot Wim Jansen nog niet afgesproken"
    assert (found.act, found.who, found.due) == ("vervolg-6", "F. Hoekstra", ago(2))
    agreed = a_follow_up(ago(2), what="nachtzorg regelen", who="M. Wiersma")
    found = only(entries(a_fact(follow_ups=((agreed, "echtgenoot Wim Jansen"),))))
    assert found.words == "Vervolg voor echtgenoot Wim Jansen: nachtzorg regelen"
    assert (found.act, found.who) == ("afronden-6", "M. Wiersma")


def test_a_review_says_what_it_is_and_why() -> None:
    found = only(entries(a_fact(reviews=(a_review(ago(2)),))))
    assert found.words.endswith(", door de praktijk gepland")
    assert found.words[0].isupper()
    assert (found.act, found.section) == ("afronden-5", "reviews")


def test_the_review_for_a_pzp_talk_is_not_told_twice() -> None:
    talk = a_review(ago(2), kind=ReviewKind.PZP_TALK)
    fact = a_fact(pzp_count=0, pzp_on=None, talk_due=ago(2), reviews=(talk,))
    assert only(entries(fact)).kind is Waits.NO_PZP


def test_an_action_is_told_whole_and_without_a_day_it_waits_still() -> None:
    found = only(entries(a_fact(actions=(an_action(ago(2)),))))
    assert (found.words, found.who, found.due) == ("Actie: bellen", "F. Hoekstra", ago(2))
    assert only(entries(a_fact(actions=(an_action(None),)))).due is None


def test_an_advice_of_a_meeting_waits_for_who_may_confirm() -> None:
    advice = Advice(id=9, kind=AdviceKind.URGENCY, value="nu", since=ago(2), **BY)
    fact = a_fact(advices=((advice, "urgentie: nu"),))
    found = only(entries(fact))
    assert found.words == "Voorstel uit het overleg van 22-11: urgentie: nu"
    assert found.act == "voorstel-9"
    assert entries(fact, a_reader(Role.PZVP)) == []


# --- after a death, and out of care ---


def test_after_a_death_only_what_is_for_those_who_stay_waits() -> None:
    fact = a_fact(
        person=a_person(phase=Phase.DECEASED),
        standing=DECEASED,
        phase_since=ago(1),
        pzp_on=ago(200),
        received=(1, ago(10)),
        follow_ups=((a_follow_up(ago(2)), "echtgenote"),),
        reviews=(a_review(ago(2)),),
        actions=(an_action(ago(2)),),
    )
    assert {entry.kind for entry in entries(fact)} == {
        Waits.TELL_PHARMACY,
        Waits.AGREE_FOLLOW_UP,
        Waits.REVIEW,
        Waits.ACTION,
    }


def test_who_left_care_keeps_only_what_was_agreed() -> None:
    fact = a_fact(standing=LEFT, pzp_on=ago(200), state=None, actions=(an_action(ago(2)),))
    assert [entry.kind for entry in entries(fact)] == [Waits.ACTION]


def test_what_is_far_away_stands_there_not_yet() -> None:
    assert entries(a_fact(reviews=(a_review(ago(-29)),))) == []
    assert len(entries(a_fact(reviews=(a_review(ago(-28)),)))) == 1
