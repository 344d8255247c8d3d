"""What opens around and over the pages as pictures: start, lock, help, preview, search, errors."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pzdesk.domain.errors import Refused
from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.help import About, Help
from pzdesk.gui.lock import LockScreen
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.preview import Preview, show_paper
from pzdesk.gui.start import StartWindow
from pzdesk.gui.start_open import OpenPanel
from pzdesk.gui.theme import theme
from pzdesk.gui.trouble import TroubleDialog
from pzdesk.gui.wizard import Wizard
from pzdesk.services import opening
from pzdesk.services.desk import Desk
from pzdesk.services.recent import RecentStore
from pzdesk.services.reports import report_of
from tests.gui.conftest import settle
from tests.gui.views import coming_meeting, rich_patient
from tests.shots_window import LOOKS, SIZES, application, delete, demo, file_name, rest, window_at

SECRET = "zeven zwanen zwemmen zuidwaarts"
SMALL = SIZES[0]
Shot = tuple[str, str, QPixmap]


def draw(folder: Path) -> int:
    """Fill a folder with pictures named window-state-palette-size; returns how many."""
    made = 0
    application()
    with tempfile.TemporaryDirectory(prefix="pzdesk-shots-") as name:
        scratch = Path(name)
        with demo(scratch / "praktijk") as desk:
            store = desk.session.store.folder
            known = [
                RecentStore(store, "Huisartsenpraktijk De Brink", "poh"),
                RecentStore(scratch / "hier-is-niets", "Praktijk De Es", "smit"),
            ]
            for look in LOOKS:
                theme().use(look, 100)
                for shots in (_before(known), _over_pages(desk)):
                    for part, state, picture in shots:
                        picture.save(str(folder / file_name(part, state, SMALL)))
                        made += 1
    return made


def _before(known: list[RecentStore]) -> Iterator[Shot]:
    """The start window in each of its states, and the lock."""
    with mock.patch("pzdesk.services.recent.recent_stores", list):
        yield from _started("start", "leeg", lambda window: window.begin())
        yield from _new_practice()
    with mock.patch("pzdesk.services.recent.recent_stores", return_value=known):
        yield from _started("start", "gewoon", lambda window: window.begin())
        yield from _started("start", "wachtzin-fout", _wrong_secret)
        yield from _started("start", "weg", lambda window: window.choose(known[1].folder))
        yield from _started("start", "herstelblad", lambda w: w.recover(known[0].folder, "poh"))
        yield from _started("start", "hulp", _help_over)
    lock = LockScreen(
        known[0].folder,
        known[0].practice,
        "poh",
        "M. Wiersma",
        "Er is 5 minuten niets gedaan. Wat u typte, is als concept bewaard.",
    )
    lock.resize(*SMALL)
    lock.show()
    settle()
    yield "slot", "gewoon", lock.grab()
    lock.tell("Wat u had gekopieerd, is van het klembord gehaald.")
    lock.secret.set_raw("zeven zwanen")
    lock.form.try_save()
    while lock.jobs.is_busy:
        settle()
    settle()
    yield "slot", "fout", lock.grab()
    lock.jobs.stop()
    delete(lock)


def _started(part: str, state: str, begin: Callable[[StartWindow], object]) -> Iterator[Shot]:
    window = StartWindow()
    window.resize(*SMALL)
    window.show()
    window.activateWindow()
    over = begin(window)
    while window.jobs.is_busy:
        settle()
    settle()
    yield part, state, _together(window, over) if isinstance(over, QWidget) else window.grab()
    window.jobs.stop()
    delete(window)


def _wrong_secret(window: StartWindow) -> None:
    window.begin()
    panel = window.panel
    assert isinstance(panel, OpenPanel)
    panel.secret.set_raw("zeven zwanen")
    panel.form.try_save()


def _help_over(window: StartWindow) -> QWidget:
    window.begin()
    return _shown(Help("start", window))


def _new_practice() -> Iterator[Shot]:
    window = StartWindow()
    window.resize(*SMALL)
    window.show()
    window.activateWindow()
    window.make_new()
    wizard = window.panel
    assert isinstance(wizard, Wizard)
    with mock.patch.object(opening, "warning_about", return_value=""):
        for step, fill in enumerate((_practice, _you, _secret)):
            fill(wizard)
            settle()
            yield "nieuw", f"stap-{step + 1}", window.grab()
            if step:
                continue
            form = wizard.forms[0]
            wizard.place.set_raw(str(Path(tempfile.gettempdir()) / "pzdesk" / "de-brink"))
            form.try_save()
        wizard.secret.again.set_raw("zeven zwanen")
        wizard.forms[2].try_save()
        settle()
        yield "nieuw", "fout", window.grab()
        wizard.secret.again.set_raw(SECRET)
        wizard.forms[2].try_save()
        settle()
        yield "nieuw", "herstelblad", window.grab()
    while window.jobs.is_busy:
        settle()
    window.jobs.stop()
    delete(window)


def _practice(wizard: Wizard) -> None:
    wizard.practice.set_raw("Huisartsenpraktijk De Brink")


def _you(wizard: Wizard) -> None:
    wizard.name.set_raw("dr. A. de Boer")
    wizard.login.set_raw("deboer")
    wizard.roles.set_raw("huisarts")


def _secret(wizard: Wizard) -> None:
    wizard.forms[1].try_save()
    wizard.secret.first.set_raw(SECRET)
    wizard.secret.again.set_raw(SECRET)


def _over_pages(desk: Desk) -> Iterator[Shot]:
    """What opens over a page."""
    patient, meeting = rich_patient(desk), coming_meeting(desk)
    with window_at(desk, file_of(patient), SMALL) as frame:
        yield "hulp", "gewoon", _together(frame, _shown(Help("dossier", frame)))
    with window_at(desk, Place(page="vandaag"), SMALL) as frame:
        yield "over", "gewoon", _together(frame, _shown(About(frame)))
    with window_at(desk, Place(page="vandaag"), SMALL) as frame:
        yield "storing", "gewoon", _together(frame, _trouble(frame))
    with window_at(desk, file_of(patient), SMALL) as frame:
        show_paper(
            frame.bench,
            "Agenda",
            look=lambda: desk.papers.preview_agenda(meeting),
            hand_out=lambda: desk.papers.agenda(meeting),
        )
        rest(frame.bench)
        preview = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Preview))
        yield "voorbeeld", "gewoon", _together(frame, preview)
        preview.tell_wrong(Refused("Daar kan niet worden geschreven. Kies een andere map."))
        settle()
        yield "voorbeeld", "fout", _together(frame, preview)
        preview.reject()
    for state, typed in (("gewoon", "jansen"), ("geboortedatum", "14-3-1941"), ("niets", "qqq")):
        with window_at(desk, Place(page="vandaag"), SMALL) as frame:
            frame.search()
            QTest.keyClicks(frame.top.search, typed)
            rest(frame.bench)
            yield "zoeken", state, frame.grab()
            frame.top.search.leave()
    with window_at(desk, Place(page="acties"), SMALL) as frame:
        frame.bench.tell("Actie afgerond: wijkverpleging bellen over de nacht")
        settle()
        yield "balk", "gewoon", frame.grab()
        frame.bench.tell(
            "De praktijk wordt nu door iemand anders gewijzigd. Probeer het over een paar tellen opnieuw.",
            is_error=True,
        )
        settle()
        yield "balk", "fout", frame.grab()
    with window_at(desk, file_of(patient, "mdo", "actie"), SMALL) as frame:
        yield "concept", "terug", _draft_back(frame, patient)


def _draft_back(frame: Frame, patient: int) -> QPixmap:
    section = frame.page.section  # type: ignore[attr-defined]
    form: Form = section.form
    form.field("what").set_raw("Dochter belt zaterdag over de nachtzorg")
    form.keep_draft()
    frame.go(file_of(patient, "tijdlijn"))  # type: ignore[arg-type]
    section.close_form()
    frame.go(file_of(patient, "mdo", "actie"))  # type: ignore[arg-type]
    rest(frame.bench)
    picture = frame.grab()
    section.form.saved()
    return picture


def _trouble(frame: Frame) -> QWidget:
    try:
        raise KeyError("een fout in pzdesk")
    except KeyError as problem:
        report = report_of(problem)
    log = Path("~/.local/share/pzdesk/fouten.log")
    return _shown(TroubleDialog("Er ging iets mis in pzdesk zelf.", report, log, frame))


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    settle()
    return dialog


def _together(frame: QWidget, dialog: QWidget) -> QPixmap:
    """A window with a dialog over it, as they stand on a screen."""
    made = frame.grab()
    painter = QPainter(made)
    corner = made.rect().center() - dialog.rect().center()
    inside = QPoint(max(corner.x(), 0), max(corner.y(), 0))
    painter.drawPixmap(inside, dialog.grab())
    painter.setPen(theme().palette.colour("field_line"))
    painter.drawRect(dialog.rect().translated(inside).adjusted(0, 0, -1, -1))
    painter.end()
    return made
