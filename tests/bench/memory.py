"""Peak memory of one act, in a process of its own that does nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pzdesk.services.desk import desk_over
from pzdesk.store import database
from tests.bench.bare import Statements, listening
from tests.bench.big_store import BigStore
from tests.bench.measure import Act, Measure

_STATUS = Path("/proc/self/status")
_LIST, _BARE_LIST, _AGENDA = "lijst", "kale-lijst", "agenda"


def measures(store: BigStore, small: BigStore) -> Iterator[Measure]:
    """What the list of everybody and the agenda take at their peak; nothing where it cannot be asked."""
    if not _STATUS.is_file():
        return
    many = f"{store.patients:,}".replace(",", ".")
    yield Measure(
        name=f"geheugen: piek van de lijst van {many}",
        ours=_peak(_LIST, store, small),
        bare=_peak(_BARE_LIST, store, small),
        unit="MB",
        most=64.0,
    )
    yield Measure(
        name="geheugen: piek van de agenda",
        ours=_peak(_AGENDA, store, small),
        unit="MB",
        most=64.0,
    )


def _peak(act: str, *stores: BigStore) -> float:
    words = [str(word) for s in stores for word in (s.place, s.key.hex(), s.patients, s.meeting_id)]
    command = (sys.executable, "-m", "tests.bench.memory", act, *words)
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(found.stdout)


def _most() -> float:
    """The most memory that this program ever held, in MB; ``getrusage`` would count its parent's too."""
    told = _STATUS.read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in told.splitlines() if "VmHWM" in line) / 1024


def _above_an_open_store(act: str, store: BigStore, small: BigStore) -> float:
    session = store.open()
    with closing(session), closing(database.connect(store.database, store.key)) as connection:
        desk = desk_over(session)
        acts: dict[str, Act] = {
            _LIST: lambda: desk.patients.rows(everybody=True),
            _AGENDA: lambda: desk.papers.agenda(store.meeting_id),
            _BARE_LIST: _asked_of_few(small).on(connection),
        }
        before = _most()
        kept = acts[act]()
        after = _most()
        del kept
    return after - before


def _asked_of_few(small: BigStore) -> Statements:
    """The statements of the list, heard in a small store: they are the same for a large one."""
    session = small.open()
    with closing(session), listening(session.store.engine) as heard:
        desk_over(session).patients.rows(everybody=True)
    return heard


def _store(place: str, key: str, patients: str, meeting_id: str) -> BigStore:
    return BigStore(Path(place), bytes.fromhex(key), int(patients), int(meeting_id))


if __name__ == "__main__":
    _, what, *given = sys.argv
    megabytes = _above_an_open_store(what, _store(*given[:4]), _store(*given[4:]))
    sys.stdout.write(f"{megabytes:.1f}\n")
