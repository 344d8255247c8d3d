"""Who writes: seen by every window, given to who asks, taken from who does not answer; and in the log."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.audit_log import LogFilter
from pzdesk.domain.errors import StoreBusy, TakenOver
from pzdesk.domain.user import Role
from pzdesk.services import opening, writing
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import database, folder
from pzdesk.store import lock as locking
from tests import factories
from tests.conftest import Clock


@pytest.fixture
def locum(
    session: Session, key: bytes, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """A locum in a second window on the same practice."""
    monkeypatch.setattr(locking, "WAIT_SECONDS", 0.0)
    monkeypatch.setattr(locking, "ANSWER_SECONDS", 0.0)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    store = folder.open_with_key(session.store.folder, key, clock())
    user = factories.a_user(Role.WAARNEMER, login="bos", name="Piet Bos")
    made = Session(store, user, clock)
    yield made
    made.close()


def test_who_saved_something_is_seen_to_write_and_lets_go(
    desk: Desk, session: Session, locum: Session
) -> None:
    assert writing.look(locum).other is None
    desk.patients.add(factories.a_patient())
    assert writing.look(session).is_mine
    seen = writing.look(locum)
    assert not seen.is_mine
    assert seen.other is not None
    assert seen.other.who == "dr. De Boer"
    assert desk_over(locum).patients.rows(), "who reads along reads"
    assert not writing.begin(locum)
    writing.let_go(session)
    assert writing.look(locum).other is None
    assert writing.begin(locum)


def test_a_window_that_is_asked_gives_it_and_both_are_told(
    desk: Desk, session: Session, locum: Session
) -> None:
    assert writing.begin(session)
    looks = []

    def meanwhile() -> bool:
        looks.append(writing.look(session))
        return False

    former = desk_over(locum).writing.take_over(meanwhile)
    assert former.who == "dr. De Boer"
    given = looks[0].gave_to
    assert given is not None
    assert given.who == "Piet Bos"
    with pytest.raises(StoreBusy, match="Piet Bos schrijft"):
        desk.patients.add(factories.a_patient())
    last = desk.practice.log(newest=1)[0]
    assert (last.event, last.login) == (AuditEvent.WRITING_TAKEN_OVER, "bos")
    assert (last.object_kind, last.object_id) == ("gebruiker", int(session.user.id))
    names = desk_over(replace(session, user=factories.a_user(*Role))).logs.lines(LogFilter()).names
    assert names.what(last) == "heeft het schrijven overgenomen van dr. De Boer"


def test_a_window_that_does_not_answer_is_taken_over_and_told_when_it_saves(
    desk: Desk, session: Session, locum: Session
) -> None:
    patient = desk.patients.add(factories.a_patient())
    desk_over(locum).writing.take_over()
    with pytest.raises(TakenOver, match=r"Piet Bos heeft .* overgenomen om 14\.05 uur"):
        desk.patients.change(replace(patient, his_number="99"))
    assert desk.patients.file(patient.id).patient.his_number == patient.his_number
    assert writing.look(session).lost_to is None, "told once"


def test_a_window_that_was_taken_over_sees_by_whom(session: Session, locum: Session) -> None:
    assert writing.begin(session)
    desk_over(locum).writing.take_over()
    taken = writing.look(session).lost_to
    assert taken is not None
    assert taken.who == "Piet Bos"


def test_who_hangs_half_way_a_saving_is_not_taken_over_and_loses_nothing(
    desk: Desk, session: Session, locum: Session
) -> None:
    patient = desk.patients.add(factories.a_patient())
    with session.store.writing(session.user, session.now) as unit:
        unit.replace(replace(patient, his_number="7"))
        with pytest.raises(StoreBusy, match="aan het opslaan"):
            desk_over(locum).writing.take_over()
        assert not locum.store.lock.is_held
        unit.commit(AuditEvent.PATIENT_CHANGED, What.UPDATE)
    assert desk_over(locum).patients.file(patient.id).patient.his_number == "7"
    assert desk_over(locum).writing.take_over()


def test_who_writes_is_told_before_the_practice_is_opened(session: Session, clock: Clock) -> None:
    place = session.store.folder
    assert opening.who_writes(place, clock=clock) == ""
    writing.begin(session)
    told = opening.who_writes(place, clock=clock)
    assert told.startswith("Dr. De Boer schrijft sinds 14.05 uur op ")
    assert told.endswith(". U kunt openen en meelezen, of het schrijven overnemen.")
