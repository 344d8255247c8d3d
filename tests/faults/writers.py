"""Promise 17: two processes at once lose no change; who works on old data is refused and told."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from pzdesk.domain.errors import Stale, StoreBusy
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Role
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from pzdesk.store import folder
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
            [*command, str(int(patient.id)), str(each)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    refusals = sum(int(process.communicate()[0] or 0) for process in both)
    session = _session(place, key)
    counted = int(desk_over(session).patients.file(patient.id).patient.his_number)
    session.close()
    return Outcome(
        promise="17. twee processen tegelijk",
        tried=2 * each,
        survived=counted if all(process.returncode == 0 for process in both) else 0,
        detail=f"{refusals} keer gewacht of opnieuw gelezen",
        control="een wijziging van oude gegevens geweigerd",
        seen=stale,
    )


def count_up(place: Path, key: bytes, patient: PatientId, times: int) -> int:
    """Add one so many times; read again where somebody else was first. Gives how often that was."""
    refusals = done = 0
    while done < times:
        session = _session(place, key)
        try:
            desk = desk_over(session)
            now = desk.patients.file(patient).patient
            desk.patients.change(replace(now, his_number=str(int(now.his_number) + 1)))
            done += 1
        except (Stale, StoreBusy):
            refusals += 1
        finally:
            session.close()
    return refusals


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
    told = count_up(
        Path(sys.argv[1]),
        bytes.fromhex(sys.argv[2]),
        PatientId(int(sys.argv[3])),
        int(sys.argv[4]),
    )
    sys.stdout.write(str(told))
