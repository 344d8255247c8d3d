"""All services of a session together."""

import subprocess
import sys
from dataclasses import fields

from pzdesk.services.desk import Desk

WITHOUT_QT = """
import sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "PyQt6", "PyQt5", "PySide2", "tkinter"):
            raise AssertionError(f"{name} is imported")
sys.meta_path.insert(0, NoQt())
import pzdesk.services.desk, pzdesk.commands, pzdesk.cli
pzdesk.cli.parser()
print("zonder venster")
"""


def test_services_and_command_line_never_import_a_window() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "zonder venster"), done.stderr


def test_every_service_works_in_the_same_session(desk: Desk) -> None:
    services = [getattr(desk, field.name) for field in fields(Desk) if field.name != "session"]
    assert {id(service._session) for service in services} == {id(desk.session)}
