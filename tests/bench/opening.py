"""Unlocking, beside the derivation of the key alone."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pzdesk.security import keys
from pzdesk.services import opening
from pzdesk.store import database, folder, migrate
from tests.bench.big_store import BigStore
from tests.bench.measure import Measure, median, side_by_side
from tests.factories import NOW

LOGIN = "deboer"
SECRET = "vier fietsen op de brink"


def measures(store: BigStore) -> Iterator[Measure]:
    """Opening with a passphrase at the cost that this machine would get, and where the rest goes."""
    path = store.place / folder.KEYS
    kdf = keys.calibrated()
    key_file = keys.with_passphrase_slot(keys.new_key_file(NOW), store.key, LOGIN, SECRET, kdf, NOW)
    keys.write(path, key_file)
    slot = key_file.slots[0]

    def derive() -> bytes:
        return Argon2id(
            salt=slot.salt,
            length=32,
            iterations=kdf.iterations,
            lanes=kdf.lanes,
            memory_cost=kdf.memory_kib,
        ).derive(SECRET.encode())

    def unlock() -> None:
        opening.open_practice(store.place, LOGIN, SECRET, clock=lambda: NOW).close()

    ours, bare = side_by_side(unlock, derive, times=5)
    yield Measure(
        name=f"ontgrendelen en sluiten ({kdf.iterations} rondes, {kdf.memory_kib // 1024} MB)",
        ours=ours,
        bare=bare,
        bare_is="Argon2id",
        most_ratio=1.15,
    )

    def without_derivation() -> None:
        opening.open_with_key(store.place, store.key, LOGIN, clock=lambda: NOW).close()

    for name, act in (
        ("  waarvan: alles na de afleiding", without_derivation),
        ("  waarvan: sleutelbestand lezen", lambda: keys.read(path)),
        ("  waarvan: een verbinding met alle instellingen", lambda: _connected(store)),
        ("  waarvan: versie van de indeling", lambda: migrate.is_needed(store.database, store.key)),
    ):
        yield Measure(name=name, ours=median(act, times=9))


def _connected(store: BigStore) -> None:
    database.connect(store.database, store.key).close()
