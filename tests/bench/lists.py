"""The lists, a file and the proposal, beside the same statements by bare sqlcipher3; and how they grow."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

from pzdesk.domain.person import folded
from pzdesk.services.desk import Desk, desk_over
from pzdesk.store import database
from tests.bench.bare import listening
from tests.bench.big_store import RICH, BigStore
from tests.bench.measure import Act, Measure, median, side_by_side
from tests.factories import TODAY

NEXT = TODAY + timedelta(days=7)


def measures(store: BigStore) -> Iterator[Measure]:
    """The list, a search in it, one file and the proposal, in a store of ten thousand."""
    session = store.open()
    with closing(session):
        desk = desk_over(session)
        many = _many(store)
        for name, act, most_ratio, most in (
            (f"lijst: {many} patiënten", _everybody(desk), 4.0, 150.0),
            (f"lijst: wie in zorg is van {many}", desk.patients.rows, 4.0, 150.0),
            ("dossier: een vol dossier openen", _file(desk), 4.0, 100.0),
            (
                f"voorstel voor het MDO over {many}",
                lambda: desk.meetings.proposal(NEXT),
                None,
                300.0,
            ),
        ):
            ours, bare = _beside_bare(store, desk, act)
            yield Measure(name=name, ours=ours, bare=bare, most_ratio=most_ratio, most=most)
        rows = desk.patients.rows(everybody=True)
        found = median(lambda: [row for row in rows if "vries" in folded(row.name.achternaam)])
        yield Measure(name=f"zoeken op naam in {many} rijen (Python)", ours=found, most=50.0)


def growth(small: BigStore, middle: BigStore, big: BigStore) -> Iterator[Measure]:
    """The list may grow as the number of patients does; one file and the size per patient may not."""
    listed, opened = {}, {}
    for store in (small, middle, big):
        session = store.open()
        with closing(session):
            desk = desk_over(session)
            listed[store.patients] = median(_everybody(desk), times=5)
            opened[store.patients] = median(_file(desk), times=9)
    for one, ten, most in ((small, middle, None), (middle, big, 12.0)):
        yield Measure(
            name=f"groei: lijst, van {_many(one)} naar {_many(ten)} patiënten",
            ours=listed[ten.patients],
            bare=listed[one.patients],
            bare_is=f"bij {_many(one)}:",
            most_ratio=most,
        )
    yield Measure(
        name=f"groei: dossier openen, van {_many(small)} naar {_many(big)}",
        ours=opened[big.patients],
        bare=opened[small.patients],
        bare_is=f"bij {_many(small)}:",
        most_ratio=1.5,
    )
    kilobytes = {s.patients: s.database.stat().st_size / 1024 / s.patients for s in (small, big)}
    yield Measure(
        name=f"groei: bestand per patiënt, van {_many(small)} naar {_many(big)}",
        ours=kilobytes[big.patients],
        bare=kilobytes[small.patients],
        bare_is=f"bij {_many(small)}:",
        unit="kB",
        most_ratio=1.2,
    )


def _many(store: BigStore) -> str:
    return f"{store.patients:,}".replace(",", ".")


def _everybody(desk: Desk) -> Act:
    return lambda: desk.patients.rows(everybody=True)


def _file(desk: Desk) -> Act:
    return lambda: desk.patients.file(RICH)


def _beside_bare(store: BigStore, desk: Desk, act: Act) -> tuple[float, float]:
    with listening(desk.session.store.engine) as heard:
        act()
    with closing(database.connect(store.database, store.key)) as connection:
        return side_by_side(act, heard.on(connection))
