"""Promise 7: a back-up gives back exactly what was backed up, elsewhere, with the recovery code alone.

A restore over a practice that is killed at any moment leaves the old or the new one, and is carried on by the
next opening. ``python -m tests.faults.elsewhere`` is the process that is killed.
"""

import random
import shutil
import sys
import time
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.pzp import Answer
from pzdesk.domain.user import Role
from pzdesk.security import keys, recovery, slots
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from pzdesk.store import backups, copies, database, folder, restoring
from pzdesk.store.folder import DATABASE, KEYS
from tests import factories
from tests.factories import NOW
from tests.faults.forks import Forks
from tests.faults.kills import faults_of
from tests.faults.outcome import Outcome
from tests.faults.papers import any_text

LONGEST_SECONDS = 0.12


def try_elsewhere(place: Path, key: bytes, times: int, kills: int, *, seed: int) -> Outcome:
    """Restore so many practices full of random texts at a new place, and kill so many restores."""
    chance = random.Random(seed)  # noqa: S311 - the same practices each time
    code = recovery.new_code()
    key_file = keys.with_recovery_slot(keys.new_key_file(NOW), key, code, slots.FLOOR, NOW)
    (place / KEYS).write_bytes(slots.to_json(key_file))
    good, wrong, path = 0, list[str](), place
    for number in range(times):
        _fill(place, key, chance)
        path = _backed_up(place, key)
        then = digest(place / DATABASE, key)
        fault = _wrong_elsewhere(path, code, then, place.with_name(f"andere-pc-{number}"))
        good += not fault
        wrong += [fault] if fault else []
    then = digest(place / DATABASE, key)
    _fill(place, key, chance)
    with Forks("tests.faults.elsewhere") as forks:
        for _ in range(kills):
            after = chance.uniform(0, LONGEST_SECONDS)
            fault = _killed_restore(forks, place, path, key, then, after)
            good += not fault
            wrong += [fault] if fault else []
    return Outcome(
        promise="7. terugzetten elders, en afgebroken",
        tried=times + kills,
        survived=good,
        detail="; ".join(wrong[:3]),
        control="een andere code en een andere inhoud",
        seen=_sees(path, code, place.with_name("controle")),
    )


def _fill(place: Path, key: bytes, chance: random.Random) -> None:
    session = Session(
        folder.open_with_key(place, key, NOW),
        factories.a_user(Role.HUISARTS, Role.BEHEERDER),
        lambda: NOW,
    )
    desk = desk_over(session)
    for _ in range(chance.randint(1, 4)):
        person = factories.a_patient(
            name=factories.a_name(achternaam=f"{chance.randrange(10**9)}"),
            birth_date=factories.a_patient().birth_date + timedelta(days=chance.randrange(9000)),
            capable_note=any_text(chance),
        )
        patient = desk.patients.add(person).id
        desk.pzps.record(
            patient,
            {"5a": Answer(any_text(chance))},
            talk_on=NOW.date(),
            held_by="dr. De Boer",
        )
        desk.actions.add(who="POH", what=f"{any_text(chance)} bellen", patient_id=patient)
    session.close()


def _backed_up(place: Path, key: bytes) -> Path:
    store = folder.open_with_key(place, key, NOW)
    try:
        return backups.make(store, "0" * 32, place.with_name("stick"), NOW, app="proef").path
    finally:
        store.close()


def _wrong_elsewhere(path: Path, code: str, expected: str, there: Path) -> str:
    """What is wrong with a practice that was unpacked where nothing else is, opened with the code."""
    there.mkdir()
    with zipfile.ZipFile(path) as archive:
        for name in (DATABASE, KEYS):
            (there / name).write_bytes(archive.read(name))
    try:
        key = keys.open_with_recovery(keys.read(there / KEYS), code)
        found = digest(there / DATABASE, key)
        shutil.rmtree(there)
        restoring.restore_new(path, key, there)
        same = found == expected == digest(there / DATABASE, key)
        faults = faults_of(there, key)
    except PzdeskError as problem:
        return str(problem)
    return "; ".join(faults) if same else "niet hetzelfde als wat was opgeslagen"


def _killed_restore(
    forks: Forks, place: Path, path: Path, key: bytes, then: str, after: float
) -> str:
    """What is wrong when a restore over a copy of the practice is killed a moment after it begins."""
    here = Path(shutil.copytree(place, place.with_name("teruggezet")))
    was = digest(here / DATABASE, key)
    life = forks.begin(str(here), str(path), key.hex())
    life.line()
    time.sleep(after)
    life.kill()
    list(life)
    try:
        if restoring.is_half_done(here):
            restoring.finish(here, "poh", NOW)
        found = digest(here / DATABASE, key)
        faults = [] if found == was else faults_of(here, key)
    except PzdeskError as problem:
        return str(problem)
    finally:
        shutil.rmtree(here, ignore_errors=True)
    return "; ".join(faults) if found in (was, then) else "half teruggezet"


def digest(path: Path, key: bytes) -> str:
    """The digest of all rows of a database that is whole (raises ``StoreDamaged``)."""
    with closing(database.connect(path, key)) as connection:
        copies.check_whole(connection)
        return copies.digest(connection)


def _sees(path: Path, code: str, there: Path) -> bool:
    """Whether another code opens nothing, and other contents are told apart."""
    other = _wrong_elsewhere(path, recovery.new_code(), "", there)
    shutil.rmtree(there)
    return bool(other) and bool(_wrong_elsewhere(path, code, "een andere inhoud", there))


def main(place: str, path: str, key: str) -> None:
    """Be the process that restores."""
    sys.stdout.write("begonnen\n")
    sys.stdout.flush()
    restoring.restore_over(Path(path), bytes.fromhex(key), Path(place), "poh", NOW)


if __name__ == "__main__":
    main(*sys.argv[1:])
