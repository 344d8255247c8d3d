"""Promise 6: two years of back-ups on a simulated clock; a damaged practice never pushes out a good one."""

from datetime import timedelta
from pathlib import Path

from pzdesk.domain.backup import Backup, kept
from pzdesk.domain.errors import PzdeskError, StoreDamaged
from pzdesk.domain.user import Role
from pzdesk.security import keys, recovery, slots
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import backups, database, folder
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS
from tests import factories
from tests.conftest import BEGIN, Clock
from tests.faults.outcome import Outcome

EVERY_DAYS = 10
"""On these days the practice is found damaged, and is mended again."""


def try_years(place: Path, key: bytes, days: int) -> Outcome:
    """Work and back up twice a day; look each time at what stays, at the end whether it is good."""
    key_file = keys.with_recovery_slot(
        keys.new_key_file(BEGIN), key, recovery.new_code(), slots.FLOOR, BEGIN
    )
    (place / KEYS).write_bytes(slots.to_json(key_file))
    clock = Clock(BEGIN)
    store = folder.open_with_key(place, key, clock())
    desk = desk_over(Session(store, factories.a_user(Role.HUISARTS, Role.BEHEERDER), clock))
    good, wrong = 0, []
    left: list[Backup] = []
    for day in range(days):
        for _ in range(2):
            desk.actions.add(who="POH", what=f"dag {day}")
            made = desk.backups.make()
            clock.forward(hours=4)
        fault = _harmed_day(desk, place, key) if day % EVERY_DAYS == EVERY_DAYS - 1 else ""
        expected = kept([one.about.made_at for one in left] + [made.about.made_at], clock())
        left = backups.listed(place / BACKUPS)
        if expected - {one.about.made_at for one in left}:
            fault = fault or "een back-up is weg die moest blijven"
        good += not fault
        wrong += [f"dag {day}: {fault}"] if fault else []
        clock.forward(hours=16)
    bad = [one.path.name for one in left if not _is_good(one.path, key)]
    oldest = clock() - min(one.about.made_at for one in left)
    store.close()
    return Outcome(
        promise="6. twee jaar back-ups",
        tried=days,
        survived=good if not bad else 0,
        detail="; ".join(
            [f"{len(left)} over, de oudste {oldest.days} dagen", *wrong[:2], *bad[:2]]
        ),
        control="een beschadigde back-up",
        seen=_sees_damage(left[0].path, key) and oldest > timedelta(days=min(days // 2, 230)),
    )


def _harmed_day(desk: Desk, place: Path, key: bytes) -> str:
    """Harm the practice, let a back-up be made of it, and mend it again."""
    connection = database.connect(place / DATABASE, key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = [one.path for one in backups.listed(place / BACKUPS)]
    _turn(place / DATABASE)
    try:
        desk.backups.make()
        fault = "van een beschadigde praktijk is een back-up gemaakt"
    except StoreDamaged:
        fault = ""
    finally:
        _turn(place / DATABASE)
    after = [one.path for one in backups.listed(place / BACKUPS)]
    return fault or ("een goede back-up is verdwenen" if after != before else "")


def _turn(path: Path) -> None:
    """Turn one bit round in the last page; twice is as it was."""
    with path.open("r+b") as file:
        file.seek(-2000, 2)
        byte = file.read(1)[0]
        file.seek(-2000, 2)
        file.write(bytes([byte ^ 1]))


def _is_good(path: Path, key: bytes) -> bool:
    try:
        backups.check(path, key)
    except PzdeskError:
        return False
    return True


def _sees_damage(path: Path, key: bytes) -> bool:
    harmed = path.with_name("geschaad.zip")
    harmed.write_bytes(path.read_bytes())
    _turn(harmed)
    try:
        return not _is_good(harmed, key)
    finally:
        harmed.unlink()
