"""Promise 3: on a disk that is full at any write, what was saved and the last good back-up are intact."""

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.backup import Backup
from pzdesk.domain.errors import PzdeskError
from pzdesk.store import backups, copies, database, folder, restoring
from pzdesk.store.folder import DATABASE
from tests import factories
from tests.factories import NOW
from tests.faults.outcome import Outcome

STEP = 4096
ID = "0" * 32


def try_full_disk(place: Path, key: bytes, steps: int) -> Outcome:
    """Let no file grow past a limit, for limits all through what is written, and do each act under it."""
    good = place.with_name("goed")
    store = folder.open_with_key(place, key, NOW)
    backup = backups.make(store, ID, good, NOW, app="proef")
    store.close()
    largest = max((place / DATABASE).stat().st_size, backup.size) + 64 * 1024
    tried = survived = told = 0
    wrong: list[str] = []
    acts: dict[str, Callable[[Path], None]] = {
        "opslaan": lambda here: _save(here, key),
        "back-up": lambda here: _back_up(here, key),
        "terugzetten": lambda here: _restore(here, key, backup.path),
    }
    for number in range(steps):
        limit = largest * number // steps // STEP * STEP
        for name, act in acts.items():
            here = Path(shutil.copytree(place, place.with_name("vol")))
            before = _digest(here, key)
            try:
                with _no_file_larger_than(limit):
                    act(here)
                was_done = True
            except PzdeskError:
                was_done, told = False, told + 1
            fault = _fault(here, key, before, backup, name, was_done=was_done)
            tried += 1
            survived += not fault
            if fault:
                wrong.append(f"{name} bij {limit}: {fault}")
            shutil.rmtree(here)
    return Outcome(
        promise="3. volle schijf bij elke schrijfactie",
        tried=tried,
        survived=survived,
        detail="; ".join([f"{told} keer verteld", *wrong[:3]]),
        control="ten minste een derde stuitte op de grens",
        seen=told * 3 >= tried,
    )


def _fault(
    here: Path, key: bytes, before: str, backup: Backup, name: str, *, was_done: bool
) -> str:
    try:
        after = _digest(here, key)
        backups.check(backup.path, key)
    except PzdeskError as problem:
        return str(problem)
    if name == "opslaan":
        return "" if (after != before) == was_done else "half opgeslagen"
    if name == "terugzetten":
        return "" if after == (backup.about.digest if was_done else before) else "half teruggezet"
    left = [one for one in backups.listed(here / "b") if not _is_good(one, key)]
    return "een halve back-up telt mee" if left else ""


def _is_good(backup: Backup, key: bytes) -> bool:
    with suppress(PzdeskError):
        backups.check(backup.path, key)
        return True
    return False


def _save(here: Path, key: bytes) -> None:
    store = folder.open_with_key(here, key, NOW)
    try:
        with store.writing(factories.a_user(), NOW) as unit:
            unit.add(factories.a_patient(diagnosis="x" * 15_000))
            unit.commit(AuditEvent.PATIENT_ADDED, What.CREATE)
    finally:
        store.close()


def _back_up(here: Path, key: bytes) -> None:
    store = folder.open_with_key(here, key, NOW)
    try:
        backups.make(store, ID, here / "b", NOW, app="proef")
    finally:
        store.close()


def _restore(here: Path, key: bytes, backup: Path) -> None:
    restoring.restore_over(backup, key, here, "poh", NOW)


def _digest(here: Path, key: bytes) -> str:
    with closing(database.connect(here / DATABASE, key)) as connection:
        copies.check_whole(connection)
        return copies.digest(connection)


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
