"""What a hand waits for in the window with ten thousand patients: from the key to what is painted."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

from pzdesk.domain.person import short
from pzdesk.gui import desktop
from pzdesk.gui.bench import Bench
from pzdesk.gui.frame import Frame
from pzdesk.gui.jobs import Jobs
from pzdesk.gui.pages.patients.page import PatientsPage
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import desk_over
from tests.bench.big_store import RICH, BigStore
from tests.bench.measure import Act, Measure, median, side_by_side

KEYS = "abcdeghijklmnorstvwz"
LONGEST_S = 20


def measures(store: BigStore) -> Iterator[Measure]:
    """A key in the filter, the first hit of a search, a file and the pages; painted offscreen."""
    app = desktop.application(["pzdesk"])
    theme().use(Look.LIGHT, 100)
    session = store.open()
    with closing(session):
        bench = Bench(desk_over(session), Jobs())
        frame = Frame(bench)
        frame.resize(1280, 800)
        frame.show()
        frame.activateWindow()
        _painted(app.processEvents)
        many = f"{store.patients:,}".replace(",", ".")
        try:
            yield from _filter(frame, many)
            yield from _search(frame, many)
            yield from _places(frame, many)
        finally:
            bench.jobs.stop()
            frame.close()
            frame.deleteLater()
            app.processEvents()


def _filter(frame: Frame, many: str) -> Iterator[Measure]:
    frame.go(Place(page="patienten"))
    page = frame.page
    assert isinstance(page, PatientsPage)
    _read(frame)
    assert page.table.values.rows
    page.filter.setFocus()
    names = [short(row.name, row.sex) for row in frame.bench.desk.patients.rows(everybody=True)]
    bare, typed = _bare_list(names)
    process = desktop.application([]).processEvents
    ours, theirs = side_by_side(
        _typing(page.filter, process), _typing(typed, process), times=len(KEYS)
    )
    page.filter.clear()
    bare.close()
    yield Measure(
        name=f"venster: toets in het filter bij {many}",
        ours=ours,
        bare=theirs,
        bare_is="kale lijst",
        most=50.0,
    )


def _search(frame: Frame, many: str) -> Iterator[Measure]:
    process = desktop.application([]).processEvents
    field = frame.top.search

    def first_hit() -> None:
        """Ctrl+K, a letter, and wait until somebody stands in the list."""
        frame.search()
        QTest.keyClicks(field, "j")
        until = time.monotonic() + LONGEST_S
        while field.list is None or field.list.current() is None:
            process()
            if time.monotonic() > until:
                raise TimeoutError("nothing was found")
        _painted(process)
        field.leave()

    yield Measure(name=f"zoeken: Ctrl+K tot de eerste treffer bij {many}", ours=median(first_hit))
    frame.search()
    _read(frame)
    yield Measure(
        name=f"zoeken: toets tot de treffers bij {many}",
        ours=median(_typing(field, process), times=len(KEYS)),
        most=50.0,
    )
    field.leave()


def _places(frame: Frame, many: str) -> Iterator[Measure]:
    process = desktop.application([]).processEvents
    away = Place(page="acties")

    def to(place: Place, *, all_of_it: bool = False) -> Act:
        def go() -> None:
            frame.go(place)
            if all_of_it:
                _read(frame)
            _painted(process)

        return go

    def read() -> object:
        return frame.bench.desk.patients.file(RICH)

    frame.go(away)
    ours, bare = side_by_side(_from(frame, away, to(file_of(RICH))), read, times=9)
    yield Measure(
        name=f"venster: vol dossier openen bij {many}",
        ours=ours,
        bare=bare,
        bare_is="alleen lezen",
        most=100.0,
    )
    for words, key in (("Vandaag", "vandaag"), ("Patiënten", "patienten"), ("MDO", "mdo")):
        yield Measure(
            name=f"venster: {words} lezen en tonen bij {many}",
            ours=median(_from(frame, away, to(Place(page=key), all_of_it=True)), times=5),
        )


class _Going:
    """Goes, and comes back outside the time that counts."""

    def __init__(self, frame: Frame, away: Place, go: Act) -> None:
        self._frame, self._away, self._go = frame, away, go

    def __call__(self) -> "_Going":
        self._go()
        return self

    def close(self) -> None:
        """Back to where it began; what was shown goes, as it does where an event loop runs.

        What is read there is waited for: two readings at once are not what is measured.
        """
        self._frame.go(self._away)
        _read(self._frame)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _from(frame: Frame, away: Place, go: Act) -> Act:
    return _Going(frame, away, go)


def _typing(field: QLineEdit, process: Callable[[], None]) -> Act:
    """One letter after another in a field; each time one, painted."""
    letters = iter(KEYS * 3)

    def press() -> None:
        field.selectAll()
        QTest.keyClicks(field, next(letters))
        _painted(process)

    return press


def _bare_list(names: list[str]) -> tuple[QMainWindow, QLineEdit]:
    """A field over a table of Qt alone, which shows the names that have in them what was typed."""
    window, field, table = QMainWindow(), QLineEdit(), QTableView()
    model = QStringListModel(names, table)
    table.setModel(model)
    field.textChanged.connect(
        lambda text: model.setStringList([name for name in names if text in name.lower()])
    )
    inside = QWidget()
    around = QVBoxLayout(inside)
    around.addWidget(field)
    around.addWidget(table)
    window.setCentralWidget(inside)
    window.resize(1280, 800)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.show()
    return window, field


def _read(frame: Frame) -> None:
    """Wait, as an event loop does, until what a page reads off the window stands on it."""
    while frame.bench.jobs.is_busy:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _painted(process: Callable[[], None]) -> None:
    """Let Qt lay out and paint what is due; a layout can ask for another."""
    for _ in range(3):
        process()
