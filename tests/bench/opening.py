"""Unlocking, beside the derivation of the key alone."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pzdesk.security import keys
from pzdesk.services import opening
from pzdesk.services.session import Session
from pzdesk.store import database, folder, migrate
from tests.bench.big_store import BigStore
from tests.bench.measure import Act, Measure, median, side_by_side
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

    def unlock() -> Session:
        return opening.open_practice(store.place, LOGIN, SECRET, clock=lambda: NOW)

    ours, bare = side_by_side(unlock, derive, times=5)
    yield Measure(
        name=f"ontgrendelen ({kdf.iterations} rondes, {kdf.memory_kib // 1024} MB)",
        ours=ours,
        bare=bare,
        bare_is="Argon2id",
        most_ratio=1.15,
    )
    taken = median(lambda: keys.read(path), times=9)
    yield Measure(name="  waarvan: sleutelbestand lezen", ours=taken)
    rest = median(lambda: opening.open_with_key(store.place, store.key, LOGIN, clock=lambda: NOW))
    for name, act in _parts(store):
        taken = median(act, times=9)
        rest -= taken
        yield Measure(name=f"  waarvan: {name}", ours=taken)
    yield Measure(name="  waarvan: gebruiker en regel in het logboek", ours=max(rest, 0.0))


def _parts(store: BigStore) -> tuple[tuple[str, Act], ...]:
    """The steps between the key and the first line in the log."""
    return (
        ("bibliotheek en bestand herkennen", lambda: _recognised(store)),
        ("indeling lezen (eigen verbinding)", lambda: _version(store)),
        ("verbinden, bladzijden en ijkpunt", lambda: _looked(store)),
    )


def _recognised(store: BigStore) -> None:
    database.check_native()
    folder.check_parts(store.place)


def _version(store: BigStore) -> bool:
    return migrate.is_needed(store.database, store.key)


def _looked(store: BigStore) -> folder.Store:
    opened = folder.Store(store.place, store.key)
    opened.look()
    return opened
