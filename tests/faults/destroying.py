"""Promise 20: a destruction that is killed destroyed nothing or everything, and of that no byte stays."""

import random
import shutil
import threading
from contextlib import closing
from pathlib import Path

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import dutch_date
from pzdesk.store import audit, database, destroying, folder
from pzdesk.store.folder import DATABASE
from tests import factories
from tests.faults.forks import Forks
from tests.faults.outcome import Outcome
from tests.store import pages
from tests.store.samples import everywhere, fill

MARK = "merkteken"
ME = PatientId(20)
LONGEST_SECONDS = 0.12


def try_destroying(place: Path, key: bytes, times: int, *, seed: int) -> Outcome:
    """Kill a process so many times while it destroys a file with a row in every table."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    born = _prepare(place, key)
    told: list[str] = []
    gone = survived = 0
    with Forks("tests.faults.destroyer") as forks:
        for number in range(times):
            trial = Path(shutil.copytree(place, place.with_name(f"proef-{number}")))
            life = forks.begin(str(trial), key.hex(), str(ME), born)
            lines = [life.line()]
            if number % 4:  # one in four is let go on to its end
                threading.Event().wait(chance.uniform(0, LONGEST_SECONDS))
                life.kill()
            lines += list(life)
            is_gone, faults = _look(trial, key, was_told="klaar" in lines)
            gone += is_gone
            survived += not faults
            told += faults[:1]
            shutil.rmtree(trial)
    return Outcome(
        promise="20. afgebroken (kill -9) tijdens vernietigen",
        tried=times,
        survived=survived,
        detail="; ".join([f"{gone} vernietigd, {times - gone} als het was", *told[:3]]),
        control="rijen verwijderd zonder ze te overschrijven",
        seen=_leaves_bytes(place, key),
    )


def _prepare(place: Path, key: bytes) -> str:
    folder.create(place, key, b"{}", factories.NOW)
    store = folder.open_with_key(place, key, factories.NOW)
    fill(store)
    with store.writing(factories.a_user(), factories.NOW) as unit:
        for row in everywhere(MARK, ME):
            unit.add(row)
        unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE, patient=ME)
        (patient,) = unit.find(Patient, id=ME)
    store.close()
    return dutch_date(patient.birth_date)


def _look(place: Path, key: bytes, *, was_told: bool) -> tuple[bool, list[str]]:
    """Whether the file is gone, and what is wrong with what was left."""
    store = folder.open_with_key(place, key, factories.NOW)
    with store.reading(factories.a_user(), factories.NOW) as unit:
        left = sum(map(len, destroying.whole(unit, ME).values()))
        events = [row.event for row in audit.rows(unit.connection, ME)]
    store.close()
    is_gone = AuditEvent.DESTROYED in events
    faults = []
    if bool(left) is is_gone or (was_told and not is_gone):
        faults.append(f"{left} rijen over")
    if is_gone and MARK.encode() in pages.everything(place / DATABASE, key):
        faults.append("er staat nog een merkteken in een bladzijde")
    return is_gone, faults


def _leaves_bytes(place: Path, key: bytes) -> bool:
    """Whether bytes are found after rows were taken away as any program would."""
    path = place / DATABASE
    with closing(database.connect(path, key)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM assessment")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return f"{MARK} assessment".encode() in pages.everything(path, key)
