"""Every page of the window as a picture, in each palette and size: part of ``make shots``."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pzdesk.demo import practice
from pzdesk.demo.story import read_story
from pzdesk.domain.user import Role
from pzdesk.gui.bench import Bench
from pzdesk.gui.frame import Frame
from pzdesk.gui.jobs import Jobs
from pzdesk.gui.theme import Look, theme
from pzdesk.services import opening
from pzdesk.services.desk import Desk, desk_over
from tests.gui.views import coming_meeting, lengthen, rich_patient, views

SIZES = ((1024, 700), (1440, 900))
LOOKS = (Look.LIGHT, Look.DARK, Look.CONTRAST)


def draw(folder: Path) -> int:
    """Fill a folder with pictures named page-state-palette-size; returns how many."""
    QApplication.instance() or QApplication([])
    made = 0
    with tempfile.TemporaryDirectory(prefix="pzdesk-shots-") as name:
        scratch = Path(name)
        with _demo(scratch / "demo") as desk:
            made += _states(desk, "gewoon", folder, LOOKS)
            lengthen(desk, rich_patient(desk))
            made += _states(desk, "lang", folder, (Look.LIGHT,))
        with _empty(scratch / "leeg") as desk:
            made += _states(desk, "leeg", folder, (Look.LIGHT,))
    return made


def _states(desk: Desk, state: str, folder: Path, looks: tuple[Look, ...]) -> int:
    made = 0
    patient = rich_patient(desk) if desk.patients.rows() else None
    meeting = coming_meeting(desk) if desk.meetings.meetings() else None
    for look in looks:
        theme().use(look, 100)
        bench = Bench(desk, Jobs())
        frame = Frame(bench)
        frame.show()
        for width, height in SIZES:
            frame.resize(width, height)
            for view in views(desk, patient, meeting):
                frame.go(view.place)
                QTest.qWait(30)
                frame.grab().save(
                    str(folder / f"venster-{view.name}-{state}-{look}-{width}x{height}.png")
                )
                made += 1
        bench.jobs.stop()
        frame.close()
        frame.deleteLater()
    return made


@contextmanager
def _demo(place: Path) -> Iterator[Desk]:
    told = practice.tell(place, read_story(date.today()))
    key = told.session.store.data_key()
    told.session.close()
    session = opening.open_with_key(place, key, "poh")
    yield desk_over(session)
    session.close()


@contextmanager
def _empty(place: Path) -> Iterator[Desk]:
    from pzdesk.security.slots import FLOOR

    session = opening.make_practice(
        place,
        practice="Huisartsenpraktijk De Brink",
        login="deboer",
        name="dr. De Boer",
        roles=(Role.HUISARTS,),
        secret="een lange wachtzin om te proberen",
        recovery_code=None,
        kdf=FLOOR,
    )
    yield desk_over(session)
    session.close()
