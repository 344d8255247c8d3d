"""From nothing to the first painted window, beside an empty window of Qt."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Measure, side_by_side

# Both end when their window was painted for the first time, which is what a user waits for.
_PAINTED = """
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False
"""
_EMPTY = (
    "import os, sys\n"
    "from PySide6.QtCore import QEvent, QObject, QTimer\n"
    "from PySide6.QtWidgets import QApplication, QMainWindow\n"
    f"{_PAINTED}"
    "app = QApplication(sys.argv)\n"
    "window, painted = QMainWindow(), Painted()\n"
    "window.installEventFilter(painted)\n"
    "window.resize(1024, 700)\n"
    "window.show()\n"
    "app.exec()\n"
)
_OURS = (
    "import os, sys\n"
    "from pathlib import Path\n"
    "from pzdesk import app as start\n"
    "from pzdesk.gui import desktop\n"
    "from PySide6.QtCore import QEvent, QObject, QTimer\n"
    f"{_PAINTED}"
    "app = desktop.application(sys.argv)\n"
    "made, painted = desktop.Desktop(app, Path(sys.argv[1])), Painted()\n"
    "made.begin()\n"
    "made.start.installEventFilter(painted)\n"
    "app.exec()\n"
)


def measures() -> Iterator[Measure]:
    """The start window against an empty one, each in a process of its own, drawn offscreen."""
    with tempfile.TemporaryDirectory(prefix="pzdesk-bench-") as local:
        yield _measured("venster: eerste beeld, nieuwe computer", local)
        code = (
            "from pathlib import Path\n"
            "from pzdesk.services.recent import remember_store\n"
            "remember_store(Path('praktijk'), practice='De Brink', login='poh')\n"
        )
        _run(code, local)
        yield _measured("venster: eerste beeld, praktijk bekend", local)


def _measured(name: str, local: str) -> Measure:
    ours, bare = side_by_side(lambda: _run(_OURS, local), lambda: _run(_EMPTY, local), times=7)
    return Measure(name=name, ours=ours, bare=bare, bare_is="leeg venster", most_ratio=2.0)


def _run(code: str, local: str) -> object:
    home = str(Path(local) / "thuis")
    unseen = {"QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_CONFIG_HOME": home}
    # An installed program was compiled once; a checkout that writes no bytecode would be compiled each time.
    compiled = {"PYTHONPYCACHEPREFIX": str(Path(local) / "pycache"), "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(
        (sys.executable, "-c", code, local),
        env={**os.environ, **unseen, **compiled},
        capture_output=True,
        check=True,
    )
