"""``pzdesk --zelftest``: does this installation work here? A fictional practice, from key to paper to window.

It is what ``make app`` ends with: a packaged pzdesk lacks a file or a module only where nobody looked.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from pzdesk import __version__
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Role

NOBODY = PatientId(0)
LOGIN, SECRET = "zelftest", "negen losse klompen bij de achterdeur"
NEW_SECRET = "zeven zwanen zwemmen zuidwaarts"  # noqa: S105 - of a fictional practice
FORM = {"pNaam": "Anna de Vries", "pGeboortedatum": "14-03-1941", "datumInvullen": "01-11-2025"}
SETTLED_MS = 400
"""How long a page gets to read and to draw itself."""


class Failed(Exception):
    """Something came out otherwise than it should."""


@dataclass(slots=True)
class Trial:
    """What the steps have made so far."""

    folder: Path
    code: str = ""
    patient: PatientId = NOBODY
    meeting: int = 0
    pages: list[str] = field(default_factory=list)

    @property
    def store(self) -> Path:
        return self.folder / "praktijk"


def run() -> int:
    """Do every step in a temporary folder and tell each; 0 when all went well, else 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _say(f"pzdesk {__version__}: zelftest met een fictieve praktijk")
    with tempfile.TemporaryDirectory(prefix="pzdesk-zelftest-") as name:
        trial = Trial(Path(name))
        for words, step in STEPS:
            try:
                told = step(trial)
            except Exception as problem:
                _say(f"FOUT   {words}: {type(problem).__name__}")
                traceback.print_exc()  # the people in it are fictional
                return 1
            _say(f"goed   {words}{f': {told}' if told else ''}")
    _say("Alles werkt.")
    return 0


def _make(trial: Trial) -> str:
    from pzdesk.security.slots import FLOOR
    from pzdesk.services import opening

    trial.code = opening.new_recovery_code()
    opening.make_practice(
        trial.store,
        practice="Praktijk De Zelftest",
        login=LOGIN,
        name="dr. Z. Test",
        roles=(Role.HUISARTS,),
        secret=SECRET,
        recovery_code=trial.code,
        kdf=FLOOR,
    ).close()
    sheet = opening.recovery_paper(trial.code, "Praktijk De Zelftest", "dr. Z. Test")
    return f"herstelblad {_paper(sheet)}"


def _recover(trial: Trial) -> str:
    from pzdesk.security.slots import FLOOR
    from pzdesk.services import opening

    opening.recover(trial.store, trial.code, LOGIN, NEW_SECRET, kdf=FLOOR).close()
    opening.open_practice(trial.store, LOGIN, NEW_SECRET).close()
    return ""


def _read_in(trial: Trial) -> str:
    from pzdesk import content
    from pzdesk.exchange.pzp_blank import filled_form
    from pzdesk.services import opening
    from pzdesk.services.desk import desk_over

    rows = content.read_json("demo/to-read-in.json")["list"]
    text = "".join(f"{';'.join(row)}\r\n" for row in rows)
    session = opening.open_practice(trial.store, LOGIN, NEW_SECRET)
    try:
        desk = desk_over(session)
        added = desk.patient_lists.take_in(text.encode("utf-8-sig")).added
        version = desk.pzps.read_in(filled_form(FORM)).version
        trial.patient = version.patient_id
        starts = date.today() + timedelta(days=7)
        planned = desk.meetings.plan(on=starts, starts=time(12, 30), patients=[trial.patient])
        trial.meeting = planned.id
    finally:
        session.close()
    return f"{len(added)} mensen en een PZP-formulier"


def _print(trial: Trial) -> str:
    from pzdesk.services import opening
    from pzdesk.services.desk import desk_over

    session = opening.open_practice(trial.store, LOGIN, NEW_SECRET)
    try:
        papers = desk_over(session).papers
        made = (
            papers.agenda(trial.meeting),
            papers.pzp(trial.patient),
            papers.sheet(trial.patient),
            papers.home_sheet(trial.patient),
        )
    finally:
        session.close()
    return ", ".join(_paper(paper.data) for paper in made)


def _verify(trial: Trial) -> str:
    from pzdesk.services import opening
    from pzdesk.services.desk import desk_over

    session = opening.open_practice(trial.store, LOGIN, NEW_SECRET)
    try:
        faults = desk_over(session).practice.verify()
    finally:
        session.close()
    if faults:
        raise Failed(" ".join(faults))
    return ""


def _window(trial: Trial) -> str:
    # Nobody has to see it, and where there is no screen it must work too.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, QTimer

    from pzdesk.gui import desktop
    from pzdesk.gui.places import Place, file_of

    def wait() -> None:
        loop = QEventLoop()
        QTimer.singleShot(SETTLED_MS, loop.quit)
        loop.exec()

    app = desktop.application(["pzdesk"])
    wrong: list[BaseException] = []
    sys.excepthook = lambda _kind, problem, _where: wrong.append(problem)
    window = desktop.Desktop(app, trial.folder, remembers=False)
    window.begin(trial.store, LOGIN, NEW_SECRET)
    for _ in range(50):
        wait()
        if window.frame is not None or wrong:
            break
    try:
        if window.frame is None:
            raise wrong[0] if wrong else Failed("het venster ging niet open")
        for key in window.frame.page_keys:
            window.frame.go(file_of(trial.patient) if key == "dossier" else Place(page=key))
            wait()
            if wrong:
                raise wrong[0]
            if window.frame.place.page != key or window.frame.grab().isNull():
                raise Failed(f"de pagina {key} werd niet getekend")
            trial.pages.append(key)
    finally:
        sys.excepthook = sys.__excepthook__
        window.finish()
    return ", ".join(trial.pages)


Step = Callable[[Trial], str]
STEPS: tuple[tuple[str, Step], ...] = (
    ("praktijk maken", _make),
    ("openen met het herstelblad", _recover),
    ("inlezen", _read_in),
    ("afdrukken", _print),
    ("controleren", _verify),
    ("venster tekenen", _window),
)


def _paper(data: bytes) -> str:
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        raise Failed("een papier is geen PDF")
    return f"{len(data) // 1024} kB"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
