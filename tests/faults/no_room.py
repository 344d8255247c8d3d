"""Promise 3 once more, on a disk that says that it is full (ENOSPC) from any write on.

Each act is done on a disk of our own (``disk``) that takes nothing new from the n-th write on, for n all
through what the act writes. It must be done or told, and leave what was there, whole.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.user import Role
from pzdesk.security import keys, recovery, slots
from pzdesk.services import files
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import backups, folder, restoring
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS
from tests import factories
from tests.factories import NOW
from tests.faults import upgrades
from tests.faults.disk import Disk
from tests.faults.elsewhere import digest
from tests.faults.kills import faults_of
from tests.faults.mounted import Mounted, mounted, tell
from tests.faults.outcome import Outcome
from tests.store.conftest import KEY as RELEASED_KEY
from tests.store.test_released import RELEASED

STORE, OLDER, PAPER = "praktijk", "ouder", "blad.pdf"
DONE, TOLD = "gedaan", "verteld"
_BYTES = b"%PDF-1.7 proef" * 900


def try_no_room(place: Path, key: bytes, each: int) -> Outcome:
    """Do every act so many times, each time on a disk that is full from a later write on."""
    place.mkdir()
    start = begin(place / "heel", key)
    tried = good = told = 0
    wrong: list[str] = []
    with mounted("tests.faults.no_room") as works:
        for act in ACTS:
            steps = run(works, start, key, act, Disk())[1]
            for number in range(each):
                full_from = 1 + steps * number // each
                disk = Disk()
                disk.full_from = full_from
                said, _ = run(works, start, key, act, disk)
                left = place / "over"
                disk.show(left)
                lost = fault(start, left, key, act, said) if said else works.said()[-300:]
                shutil.rmtree(left)
                tried, good, told = tried + 1, good + (not lost), told + (said == TOLD)
                wrong += [f"{act} vanaf {full_from}: {lost}"] if lost else []
    return Outcome(
        promise="3. schijf vol (ENOSPC) bij elke schrijfactie",
        tried=tried,
        survived=good,
        detail="; ".join([f"{told} keer verteld", *wrong[:3]]),
        control="ten minste een derde stuitte op de volle schijf",
        seen=told * 3 >= tried,
    )


def begin(place: Path, key: bytes) -> Path:
    """A disk with a practice that has a good back-up, a draft and work since, and one of an older pzdesk."""
    place.mkdir()
    store = place / STORE
    factories.a_session(store, key, lambda: NOW, (Role.HUISARTS, Role.BEHEERDER)).close()
    code = recovery.new_code()
    key_file = keys.with_recovery_slot(keys.new_key_file(NOW), key, code, slots.FLOOR, NOW)
    (store / KEYS).write_bytes(slots.to_json(key_file))
    _on(store, key, lambda desk: desk.backups.make())
    _on(store, key, _work)
    older = place / OLDER
    older.mkdir()
    (older / DATABASE).write_bytes(RELEASED[0].read_bytes())
    (older / KEYS).write_text("{}", encoding="utf-8")
    return place


def _work(desk: Desk) -> None:
    desk.patients.add(factories.a_patient())
    desk.drafts.keep("dossier", {"tekst": "oud"})


def run(works: Mounted, start: Path, key: bytes, act: str, disk: Disk) -> tuple[str, int]:
    """Do an act on a disk with this practice; gives what it said of it, and after how many steps."""
    disk.load(start)
    lines = works.run(disk, key.hex(), act)
    return (lines[-1] if lines else ""), disk.steps


def _on(store: Path, key: bytes, work: Callable[[Desk], object]) -> None:
    opened = folder.open_with_key(store, key, NOW)
    try:
        work(
            desk_over(Session(opened, factories.a_user(Role.HUISARTS, Role.BEHEERDER), lambda: NOW))
        )
    finally:
        opened.close()


def _the_backup(store: Path) -> Path:
    return next((store / BACKUPS).glob(f"*{backups.SUFFIX}"))


def _write_keys(store: Path) -> None:
    read = keys.read(store / KEYS)
    keys.write(store / KEYS, keys.without_quick(read, "poh"))


ACTS: dict[str, Callable[[Path, bytes], object]] = {
    "opslaan": lambda store, key: _on(
        store, key, lambda desk: desk.patients.add(factories.a_patient(diagnosis="x" * 15_000))
    ),
    "concept": lambda store, key: _on(
        store, key, lambda desk: desk.drafts.keep("dossier", {"tekst": "nieuw"})
    ),
    "back-up": lambda store, key: _on(store, key, lambda desk: desk.backups.make()),
    "terugzetten": lambda store, key: restoring.restore_over(
        _the_backup(store), key, store, "poh", NOW
    ),
    "sleutels": lambda store, _: _write_keys(store),
    "bijwerken": lambda store, _: folder.open_with_key(
        store.parent / OLDER, RELEASED_KEY, NOW
    ).close(),
    "papier": lambda store, _: files.write_file(store.parent / PAPER, _BYTES, store=store),
}


def on_disk(place: str, key: str, act: str) -> None:
    """Be the process that does one act."""
    try:
        ACTS[act](Path(place, STORE), bytes.fromhex(key))
        tell(DONE)
    except PzdeskError:
        tell(TOLD)


def fault(start: Path, left: Path, key: bytes, act: str, said: str) -> str:
    """What is wrong with what an act left; who said nothing may have done it or not."""
    store, was = left / STORE, start / STORE
    if act == "bijwerken":
        return upgrades.fault(
            left / OLDER, RELEASED_KEY, digest(start / OLDER / DATABASE, RELEASED_KEY)
        )
    try:
        before, after = digest(was / DATABASE, key), digest(store / DATABASE, key)
        good = backups.check(store / BACKUPS / _the_backup(was).name, key)
        if restoring.is_half_done(store):
            restoring.finish(store, "poh", NOW)
            after = digest(store / DATABASE, key)
    except (PzdeskError, OSError) as problem:
        return str(problem)
    if act == "opslaan" and said and (_people(store, key) == 2) != (said == DONE):
        return "half opgeslagen"
    then = good.about.digest
    if act == "terugzetten" and after not in ((then,) if said == DONE else (before, then)):
        return "half teruggezet"
    paper = (left / PAPER).read_bytes() if (left / PAPER).exists() else b""
    if act == "papier" and paper != _BYTES and (paper or said == DONE):
        return "half afgedrukt"
    if act == "papier" and said == TOLD and len(list(left.iterdir())) != 2:
        return "iets half afgedrukt blijft liggen"
    if act == "back-up" and not all(
        _is_good(one.path, key) for one in backups.listed(store / BACKUPS)
    ):
        return "een halve back-up telt mee"
    try:
        keys.read(store / KEYS)
    except PzdeskError as problem:
        return str(problem)
    # A log that could not be anchored for want of room is one line ahead of its anchor, which is no loss.
    return "; ".join(faults_of(store, key))


def _people(store: Path, key: bytes) -> int:
    found: list[int] = []
    _on(store, key, lambda desk: found.append(len(desk.patients.rows(everybody=True))))
    return found[0]


def _is_good(path: Path, key: bytes) -> bool:
    with suppress(PzdeskError):
        backups.check(path, key)
        return True
    return False
