"""Whether a window can be opened here: Qt ends the whole process where it finds no usable screen.

Where all that Qt loads is there and the screen answers, nothing more is asked; else a child process opens a
window first, for it may be ended. On Windows and macOS there is always a screen.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

CHILD_FLAG = "--probeer-venster"
"""The argument with which pzdesk becomes the child (``app.main`` asks ``is_child``)."""

WAIT_SECONDS = 20
UNSEEN = frozenset({"offscreen", "minimal", "minimalegl", "vnc"})
"""Qt's platforms that draw where nobody looks."""

PACKAGES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt's window needs on Linux, with the Debian package that brings it; the first seven for any screen."""

_ANYWHERE = 7

WITHOUT_QT = (
    "Het venster kan niet open: een deel van pzdesk (PySide6) ontbreekt. Installeer pzdesk opnieuw."
)


class Probe:
    """A question under way; ``problem`` waits for its answer."""

    def __init__(
        self,
        child: "subprocess.Popen[bytes] | None",
        environment: Mapping[str, str],
        known: str = "",
    ) -> None:
        self._child, self._environment = child, environment
        self._known = known

    @property
    def is_asking(self) -> bool:
        """Whether a child is trying it now."""
        return self._child is not None

    def problem(self) -> str:
        """Why there can be no window, in one Dutch sentence that says what to do; empty when there can."""
        if self._child is None:
            return self._known
        import subprocess

        try:
            code = self._child.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
            code = -1
        return told(self._environment, missing(self._environment)) if code else ""


def begin(environment: Mapping[str, str] | None = None) -> Probe:
    """Ask whether a window can be opened, and go on with other work meanwhile."""
    environment = os.environ if environment is None else environment
    if sys.platform != "linux":
        return Probe(None, environment)
    if not has_screen(environment):
        return Probe(None, environment, told(environment, ()))
    if is_plain_x11(environment) and not missing(environment) and _answers(environment):
        return Probe(None, environment)
    import subprocess  # every command starts through here, and none of them asks

    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            _command(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_with_modules(environment),
        )
    except OSError:
        return Probe(None, environment)
    return Probe(child, environment)


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether these settings name a screen that somebody sees."""
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform:
        return platform not in UNSEEN
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def is_plain_x11(environment: Mapping[str, str]) -> bool:
    """Whether Qt opens its window by X11, whichever desktop this is."""
    platform = environment.get("QT_QPA_PLATFORM", "")
    can_be_wayland = environment.get("WAYLAND_DISPLAY") and not platform
    return bool(environment.get("DISPLAY")) and platform in ("", "xcb") and not can_be_wayland


def _answers(environment: Mapping[str, str]) -> bool:
    """Whether the X server that these settings name lets us in; a thousandth of the time of a child.

    We stay until the window closes: a server without any guest begins anew, and would be away just then.
    """
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(environment["DISPLAY"].encode(), None)
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return False
    return True


def told(environment: Mapping[str, str], packages: tuple[str, ...]) -> str:
    """The sentence about what is missing."""
    if packages:
        return (
            "Het venster kan niet open: op deze computer ontbreken onderdelen. "
            f"Installeer {', '.join(packages)} (bijvoorbeeld met apt-get install)."
        )
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in UNSEEN:
        platform = environment["QT_QPA_PLATFORM"]
        return f"Het venster kan niet open: QT_QPA_PLATFORM={platform} tekent zonder beeldscherm."
    if has_screen(environment):
        return (
            "Het venster kan niet open: het beeldscherm dat DISPLAY of WAYLAND_DISPLAY noemt, antwoordt "
            "niet. Start pzdesk in een bureaublad."
        )
    return (
        "Het venster kan niet open: er is geen beeldscherm (DISPLAY en WAYLAND_DISPLAY zijn leeg). "
        "Start pzdesk in een bureaublad, of gebruik de opdrachten: pzdesk --help."
    )


def missing(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The Debian packages of which this computer lacks the library."""
    wayland = bool(environment.get("WAYLAND_DISPLAY")) and not environment.get("DISPLAY")
    names = list(PACKAGES)[: _ANYWHERE if wayland else None]
    return tuple(PACKAGES[name] for name in names if not _loads(name))


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError as problem:
        # A library that is there and lacks another one is not what is missing.
        return library not in str(problem)
    return True


def is_child(arguments: list[str]) -> bool:
    """Whether this process was started to try a window."""
    return arguments[:1] == [CHILD_FLAG]


def serve() -> int:
    """Be the child: open Qt on this screen; it ends the process by itself when that cannot be."""
    try:
        from PySide6.QtGui import QGuiApplication
    except ImportError:
        return 1
    QGuiApplication(["pzdesk"])
    return 0


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG]
    return [sys.executable, "-P", "-m", "pzdesk.app", CHILD_FLAG]


def _with_modules(environment: Mapping[str, str]) -> dict[str, str]:
    """The child finds the same modules, but none where the user happens to stand."""
    if getattr(sys, "frozen", False):
        return dict(environment)
    root = str(Path(__file__).resolve().parents[1])
    found = os.pathsep.join([root, *filter(os.path.isabs, sys.path)])
    return {**environment, "PYTHONPATH": found}
