"""Promise 17: two processes at once lose no change, also where they take over from each other all the time;
who works on old data is refused and told."""

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pzdesk.domain.errors import Stale, StoreBusy
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Role
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from pzdesk.store import folder, lock
from tests import factories
from tests.factories import NOW
from tests.faults.outcome import Outcome


def try_two(place: Path, key: bytes, each: int) -> Outcome:
    """Let two processes count up one field of one patient, so many times each."""
    session = _session(place, key)
    patient = desk_over(session).patients.add(factories.a_patient(his_number="0"))
    stale = _is_refused(session, patient.id)
    session.close()
    command = [sys.executable, "-m", "tests.faults.writers", str(place), key.hex()]
    both = [
        subprocess.Popen(
            [*command, str(int(patient.id)), str(each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        process.stdout.read(6)
    for process in both:
        assert process.stdin is not None
        process.stdin.write("nu\n")
        process.stdin.flush()
    told = [(process.communicate()[0] or "0 0").split() for process in both]
    refusals, taken = (sum(int(one[number]) for one in told) for number in (0, 1))
    session = _session(place, key)
    counted = int(desk_over(session).patients.file(patient.id).patient.his_number)
    session.close()
    return Outcome(
        promise="17. twee processen tegelijk",
        tried=2 * each,
        survived=counted if all(process.returncode == 0 for process in both) else 0,
        detail=f"{refusals} keer gewacht of opnieuw gelezen, {taken} keer het schrijven overgenomen",
        control="een wijziging van oude gegevens geweigerd",
        seen=stale,
    )


def count_up(place: Path, key: bytes, patient: PatientId, times: int) -> int:
    """Add one so many times; read again where somebody else was first. Gives how often that was."""
    refusals = done = 0
    while done < times:
        session = _session(place, key)
        try:
            done += _add_one(session, patient)
        except (Stale, StoreBusy):
            refusals += 1
        finally:
            session.close()
    return refusals


def take_turns(place: Path, key: bytes, patient: PatientId, times: int) -> tuple[int, int]:
    """Add one so many times from a window that stays open and takes over; it answers nobody itself.

    Gives how often it was refused, and how often it took over.
    """
    lock.ANSWER_SECONDS = 0.0
    refusals = taken = done = 0
    session = _session(place, key)
    session.store.lock.stays = True
    while done < times:
        try:
            done += _add_one(session, patient)
        except (Stale, StoreBusy):
            refusals += 1
            with suppress(StoreBusy):
                desk_over(session).writing.take_over()
                taken += 1
    session.close()
    return refusals, taken


def _add_one(session: Session, patient: PatientId) -> int:
    desk = desk_over(session)
    now = desk.patients.file(patient).patient
    desk.patients.change(replace(now, his_number=str(int(now.his_number) + 1)))
    return 1


def _is_refused(session: Session, patient: PatientId) -> bool:
    desk = desk_over(session)
    old = desk.patients.file(patient).patient
    desk.patients.change(replace(old, his_number="0"))
    try:
        desk.patients.change(replace(old, his_number="99"))
    except Stale:
        return True
    return False


def _session(place: Path, key: bytes) -> Session:
    store = folder.open_with_key(place, key, NOW)
    return Session(store, factories.a_user(Role.HUISARTS), lambda: NOW)


if __name__ == "__main__":
    of_patient = (Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), PatientId(int(sys.argv[3])))
    first = int(sys.argv[4]) // 2
    sys.stdout.write("klaar ")
    sys.stdout.flush()
    sys.stdin.readline()  # both begin when both are there
    refused, took = take_turns(*of_patient, first)
    waited = count_up(*of_patient, int(sys.argv[4]) - first)
    sys.stdout.write(f"{waited + refused} {took}")
