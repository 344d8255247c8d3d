"""Every page of the window as a picture, in each palette and size: part of ``make shots``."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from pzdesk.demo import practice
from pzdesk.demo.story import read_story
from pzdesk.domain.user import Role
from pzdesk.gui import desktop
from pzdesk.gui.bench import Bench
from pzdesk.gui.frame import Frame
from pzdesk.gui.jobs import Jobs
from pzdesk.gui.places import Place
from pzdesk.gui.theme import Look, theme
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening, writing
from pzdesk.services.desk import Desk, desk_over
from tests.conftest import BEGIN, Clock
from tests.gui.conftest import settle
from tests.gui.views import View, coming_meeting, lengthen, rich_patient, trust_views, views

SIZES = ((1024, 700), (1440, 900))
LOOKS = (Look.LIGHT, Look.DARK, Look.CONTRAST)
# Forms that say what is wrong when they are saved as they begin.
WRONG_WHEN_EMPTY = ("acties-new", "patienten-new", "dossier-mdo-actie", "dossier-mdo-toestemming")


def draw(folder: Path) -> int:
    """Fill a folder with pictures named page-state-palette-size; returns how many."""
    made = 0
    application()
    with tempfile.TemporaryDirectory(prefix="pzdesk-shots-") as name:
        scratch = Path(name)
        with demo(scratch / "demo") as desk:
            made += _states(desk, "gewoon", folder, LOOKS)
            made += _wrong(desk, folder)
            made += _trust(desk, folder)
            lengthen(desk, rich_patient(desk))
            made += _states(desk, "lang", folder, (Look.LIGHT,))
        with empty(scratch / "leeg") as desk:
            made += _states(desk, "leeg", folder, (Look.LIGHT,))
    return made


def application() -> QApplication:
    """Qt's application, as pzdesk makes it."""
    return desktop.application(["pzdesk"])


@contextmanager
def window_at(desk: Desk, place: Place, size: tuple[int, int]) -> Iterator[Frame]:
    """A window of its own at a place, laid out: nothing is open in it that another picture opened."""
    bench = Bench(desk, Jobs())
    frame = Frame(bench)
    frame.resize(*size)
    frame.show()
    frame.activateWindow()
    frame.go(place)
    rest(bench)
    try:
        yield frame
    finally:
        bench.jobs.stop()
        frame.close()
        delete(frame)


def rest(bench: Bench) -> None:
    """Let jobs end and everything be laid out and painted."""
    while bench.jobs.is_busy:
        settle()
    settle()


def delete(widget: QWidget) -> None:
    """Delete a window now, with all that stands in it."""
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle()


def views_of(desk: Desk) -> list[View]:
    """Every place there is something to look at, in this practice."""
    patient = rich_patient(desk) if desk.patients.rows() else None
    meeting = coming_meeting(desk) if desk.meetings.meetings() else None
    return list(views(desk, patient, meeting))


def file_name(name: str, state: str, size: tuple[int, int]) -> str:
    """How a picture is called; the palette is the one of now."""
    return f"venster-{name}-{state}-{theme().look}-{size[0]}x{size[1]}.png"


def _states(desk: Desk, state: str, folder: Path, looks: tuple[Look, ...]) -> int:
    made = 0
    for look in looks:
        theme().use(look, 100)
        for size in SIZES:
            for view in views_of(desk):
                with window_at(desk, view.place, size) as frame:
                    frame.grab().save(str(folder / file_name(view.name, state, size)))
                made += 1
    return made


def _trust(desk: Desk, folder: Path) -> int:
    """Beheer and what only some may see, for who is there for it, after somebody took emergency access."""
    made, patient = 0, rich_patient(desk)
    desk.backups.make()
    with as_user(desk, "vandam") as assistant:
        assistant.emergencies.open(
            patient, "Dochter belt: mevrouw is benauwd; niemand is te bereiken."
        )
    for login, state in (("beheer", "beheerder"), ("deboer", "huisarts")):
        with as_user(desk, login) as one:
            for look in (Look.LIGHT, Look.DARK):
                theme().use(look, 100)
                for view in trust_views(one, patient):
                    with window_at(one, view.place, SIZES[0]) as frame:
                        frame.grab().save(str(folder / file_name(view.name, state, SIZES[0])))
                    made += 1
    return made


def _wrong(desk: Desk, folder: Path) -> int:
    """Forms that were saved too early: what is wrong stands under its field."""
    made = 0
    for look in LOOKS:
        theme().use(look, 100)
        for view in views_of(desk):
            if view.name in WRONG_WHEN_EMPTY:
                with window_at(desk, view.place, SIZES[0]) as frame:
                    frame.do("save")
                    settle()
                    frame.grab().save(str(folder / file_name(view.name, "fout", SIZES[0])))
                made += 1
    return made


@contextmanager
def demo(place: Path) -> Iterator[Desk]:
    """The demo practice on the day of the tests, so that pictures of two days can be compared."""
    told = practice.tell(place, read_story(BEGIN.date()))
    key = told.session.store.data_key()
    told.session.close()
    session = opening.open_with_key(place, key, "poh", clock=Clock(BEGIN))
    yield desk_over(session)
    session.close()


@contextmanager
def as_user(desk: Desk, login: str) -> Iterator[Desk]:
    """The same practice in the hands of somebody else."""
    writing.let_go(desk.session)
    store = desk.session.store
    session = opening.open_with_key(store.folder, store.data_key(), login, clock=Clock(BEGIN))
    yield desk_over(session)
    session.close()


@contextmanager
def empty(place: Path) -> Iterator[Desk]:
    """A practice that was just made."""
    session = opening.make_practice(
        place,
        practice="Huisartsenpraktijk De Brink",
        login="deboer",
        name="dr. De Boer",
        roles=(Role.HUISARTS,),
        secret="een lange wachtzin om te proberen",
        recovery_code=None,
        kdf=FLOOR,
        clock=Clock(BEGIN),
    )
    yield desk_over(session)
    session.close()
