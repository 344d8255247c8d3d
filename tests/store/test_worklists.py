"""What the work list is made of agrees with the file of each person, read by the rules of the domain."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pzdesk.domain import markering as marking
from pzdesk.domain.file import PatientFile
from pzdesk.domain.markering import Whom
from pzdesk.domain.patient import PatientId
from pzdesk.domain.pzp import Standing, standing
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.status import Phase, StatusKind
from pzdesk.domain.work_facts import WorkFacts
from pzdesk.domain.work_rules import DECEASED, IN_CARE, LEFT
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.opening import open_with_key
from pzdesk.store import folder
from pzdesk.store.folder import Store
from pzdesk.store.worklists import WorkSource, work_source
from tests.conftest import BEGIN, Clock, DemoStore
from tests.factories import NOW, TODAY, a_user
from tests.store.conftest import KEY


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, demo_store: DemoStore) -> Iterator[Desk]:
    """The demo practice, which holds every kind of thing that can wait."""
    made, key = demo_store
    place = Path(shutil.copytree(made, tmp_path_factory.mktemp("demo") / "praktijk"))
    session = open_with_key(place, key, "poh", clock=Clock(BEGIN))
    yield desk_over(session)
    session.close()


@pytest.fixture(scope="module")
def source(told: Desk) -> WorkSource:
    store: Store = told.session.store
    with store.reading(told.session.user, told.session.now) as unit:
        return work_source(unit)


@pytest.fixture(scope="module")
def files(told: Desk) -> dict[PatientId, PatientFile]:
    rows = told.patients.rows(everybody=True)
    return {row.id: told.patients.file(row.id) for row in rows}


def value(file: PatientFile, kind: StatusKind) -> str | None:
    row = file.now(kind)
    return row.value if row is not None else None


def carer(file: PatientFile, kind: StatusKind) -> int | None:
    found = file.professional_now(kind)
    return found.id if found is not None else None


def expected(file: PatientFile) -> dict[str, Any]:
    """What the domain says of a file, for each of the facts."""
    step, valid, phase = file.markering, file.valid_pzp, file.now(StatusKind.PHASE)
    is_new = valid is not None and (
        standing(valid, file.live_pzp, file.pzp_confirmations) is Standing.TO_CONFIRM
    )
    return {
        "standing": DECEASED if file.death else IN_CARE if file.is_active else LEFT,
        "phase_since": phase.since if phase else None,
        "responsible": carer(file, StatusKind.RESPONSIBLE),
        "central_carer": carer(file, StatusKind.CENTRAL_CARER),
        "state": step.state if step else None,
        "state_on": step.on if step else None,
        "again_on": step.again_on if step else None,
        "urgent": step.urgent if step else False,
        "marked_on": marking.marked_on(file.markeringen),
        "pzp_count": len(file.live_pzp),
        "pzp_on": valid.talk_on if valid else None,
        "revised_on": max(
            (r.done_on for r in file.reviews if r.kind == ReviewKind.PZP_REVISION and r.done_on),
            default=None,
        ),
        "reviews": {review.id for review in file.open_reviews},
        "follow_ups": {follow_up.id for follow_up in file.open_follow_ups},
        "actions": {action.id for action in file.open_actions},
        "advices": {advice.id for advice in file.open_advices},
        "is_new": is_new,
    }


def given_(fact: WorkFacts) -> dict[str, Any]:
    """The same of the facts that were read over whole tables."""
    plain = {
        name: getattr(fact, name)
        for name in (
            *("standing", "phase_since", "responsible", "central_carer", "state", "state_on"),
            *("again_on", "urgent", "marked_on", "pzp_count", "pzp_on", "revised_on"),
        )
    }
    return plain | {
        "reviews": {review.id for review in fact.reviews},
        "follow_ups": {follow_up.id for follow_up, _ in fact.follow_ups},
        "actions": {action.id for action in fact.actions},
        "advices": {advice.id for advice, _ in fact.advices},
        "is_new": fact.received is not None,
    }


def test_everybody_is_there_once_as_their_file_says(
    source: WorkSource, files: dict[PatientId, PatientFile]
) -> None:
    found = {fact.person.id: fact for fact in source.facts}
    assert len(found) == len(source.facts) == len(files)
    for key, file in files.items():
        assert given_(found[key]) == expected(file), file.patient.name.achternaam


def test_who_it_is_is_told_with_phase_and_urgency_of_now(
    source: WorkSource, files: dict[PatientId, PatientFile]
) -> None:
    for fact in source.facts:
        file, person = files[fact.person.id], fact.person
        assert (person.name, person.sex, person.birth_date) == (
            file.patient.name,
            file.patient.sex,
            file.patient.birth_date,
        )
        assert person.phase == value(file, StatusKind.PHASE)
        assert person.urgency == value(file, StatusKind.URGENCY)


def test_the_demo_holds_every_standing_and_somebody_deceased(source: WorkSource) -> None:
    assert {fact.standing for fact in source.facts} == {IN_CARE, DECEASED, LEFT}
    assert any(fact.person.phase == Phase.DECEASED for fact in source.facts)


def test_the_pharmacist_was_told_last_on_the_day_of_the_last_time(
    source: WorkSource, files: dict[PatientId, PatientFile]
) -> None:
    for fact in source.facts:
        last: dict[str, Any] = {}
        for told_ in files[fact.person.id].told:
            if told_.whom == Whom.APOTHEEK:
                key = str(told_.transition)
                last[key] = max(last.get(key, told_.on), told_.on)
        assert dict(fact.told) == last


def test_a_follow_up_names_whose_it_is(
    source: WorkSource, files: dict[PatientId, PatientFile]
) -> None:
    for fact in source.facts:
        names = {n.id: f"{n.relation} {n.name}".strip() for n in files[fact.person.id].naasten}
        assert all(words == names[one.naaste_id] for one, words in fact.follow_ups)


def test_actions_without_a_patient_stand_apart_and_done_ones_nowhere(
    told: Desk, source: WorkSource
) -> None:
    open_ = told.actions.open_actions()
    assert {a.id for a in source.loose} == {a.id for a in open_ if a.patient_id is None}
    of_people = {action.id for fact in source.facts for action in fact.actions}
    assert of_people == {a.id for a in open_ if a.patient_id is not None}


def test_meetings_in_preparation_have_their_agenda_in_order_with_names(
    told: Desk, source: WorkSource
) -> None:
    for fact in source.meetings:
        _, items = told.meetings.meeting(fact.meeting.id)
        assert [item.id for item in fact.items] == [item.id for item in items]
        assert len(fact.names) == sum(item.patient_id is not None for item in items)


def test_in_a_new_practice_nothing_waits(blank: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(blank, tmp_path / "nieuw"))
    store = folder.open_with_key(place, KEY, NOW)
    with store.reading(a_user(), NOW) as unit:
        found = work_source(unit)
    store.close()
    assert (found.facts, found.loose, found.meetings) == ((), (), ())


def test_what_happens_later_is_seen_at_once(told: Desk) -> None:
    action = told.actions.add(who="POH", what="bellen", due=TODAY + timedelta(days=1))
    with told.session.store.reading(told.session.user, told.session.now) as unit:
        assert action.id in {one.id for one in work_source(unit).loose}
    told.actions.withdraw(action)  # other tests may come after this one
