"""How pzdesk starts: a window where there is a screen, else one sentence; commands without Qt."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pzdesk import window_probe

ROOT = Path(__file__).parent.parent
SCREENLESS = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
}
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux may have no screen")


def started(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Start pzdesk on a machine without a screen."""
    return subprocess.run(
        [sys.executable, "-m", "pzdesk", *words],
        env={**SCREENLESS, **more, "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@on_linux
def test_without_a_screen_pzdesk_says_what_is_missing_and_exits_one() -> None:
    done = started()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Het venster kan niet open: er is geen beeldscherm")
    assert done.stderr.count("\n") == 1


@on_linux
def test_where_nobody_sees_what_is_drawn_no_window_waits_for_somebody() -> None:
    done = started(QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert "offscreen" in done.stderr


@on_linux
def test_opening_what_is_no_practice_is_told_before_a_window_is_tried(tmp_path: Path) -> None:
    done = started("open", str(tmp_path))
    assert done.returncode == 1
    assert "Er is geen praktijk op deze plaats" in done.stderr


@on_linux
def test_the_demo_is_made_and_says_why_no_window_opened(tmp_path: Path) -> None:
    done = started("demo", "--out", str(tmp_path / "demo"))
    assert done.returncode == 0
    assert (tmp_path / "demo" / "LEESMIJ.txt").is_file()
    assert "Het venster kan niet open" in done.stderr


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen that nobody looks at, for a window as on a desktop."""
    if shutil.which("Xvfb") is None or window_probe.missing({"DISPLAY": ":0"}):
        pytest.skip("there is no Xvfb here, or a library of Qt's window is missing")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@on_linux
def test_on_a_screen_the_demo_ends_with_the_window_on_its_practice(
    screen: str, tmp_path: Path
) -> None:
    # Closes the window as soon as it is there, as a user would.
    code = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from pzdesk import app\n"
        "from pzdesk.gui import desktop\n"
        "enter = desktop.Desktop._enter\n"
        "def entered(self, *more):\n"
        "    enter(self, *more)\n"
        "    print('venster:', self.frame.windowTitle(), self.frame.isVisible(), flush=True)\n"
        "    QTimer.singleShot(0, self.frame.close)\n"
        "desktop.Desktop._enter = entered\n"
        "sys.argv = ['pzdesk', 'demo', '--out', sys.argv[1]]\n"
        "sys.exit(app.main())\n"
    )
    home = tmp_path / "thuis"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "demo")],
        env={**SCREENLESS, "DISPLAY": screen, "HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "venster: Huisartsenpraktijk De Brink True" in done.stdout
    assert "Het venster kan niet open" not in done.stderr


def test_the_command_line_starts_without_loading_qt() -> None:
    code = (
        "import sys\n"
        "from pzdesk import app\n"
        "sys.argv = ['pzdesk', 'instruments']\n"
        "assert app.main() == 0\n"
        "assert not any(name.startswith(('PySide6', 'shiboken6')) for name in sys.modules)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60, capture_output=True
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_picture_of_the_memory_is_written_when_it_falls_over() -> None:
    code = (
        "import resource; from pzdesk import app; app.keep_no_memory(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "(0, 0)"
