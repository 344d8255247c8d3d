"""Whether a window can be opened here: asked of a child, told with what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pzdesk import window_probe
from tests.test_app import screen

__all__ = ["screen"]

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux may have no screen")
BARE = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}


@pytest.mark.parametrize(
    ("environment", "seen"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "minimal:enable_fonts"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_a_screen_is_one_that_somebody_sees(environment: dict[str, str], seen: bool) -> None:  # noqa: FBT001
    assert window_probe.has_screen(environment) is seen


@on_linux
def test_without_a_screen_no_child_is_started_and_the_sentence_says_so() -> None:
    probe = window_probe.begin(BARE)
    assert not probe.is_asking
    assert "geen beeldscherm" in probe.problem()


@on_linux
def test_a_drawing_that_nobody_sees_is_no_window() -> None:
    assert "offscreen" in window_probe.begin({**BARE, "QT_QPA_PLATFORM": "offscreen"}).problem()


@on_linux
def test_a_screen_that_is_not_there_ends_the_child_and_not_pzdesk() -> None:
    probe = window_probe.begin({**BARE, "DISPLAY": ":98765"})
    assert probe.is_asking
    problem = probe.problem()
    assert problem.startswith("Het venster kan niet open: ")
    assert "Installeer" in problem or "antwoordt niet" in problem


@on_linux
def test_a_screen_that_answers_is_not_asked_by_a_child(screen: str) -> None:
    probe = window_probe.begin({**BARE, "DISPLAY": screen})
    assert not probe.is_asking
    assert probe.problem() == ""


@pytest.mark.parametrize(
    ("environment", "is_plain"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_only_where_qt_is_sure_to_take_x11_its_server_alone_is_asked(
    environment: dict[str, str],
    is_plain: bool,  # noqa: FBT001
) -> None:
    assert window_probe.is_plain_x11(environment) is is_plain


def test_the_child_says_yes_where_qt_opens() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pzdesk.app", window_probe.CHILD_FLAG],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parent.parent,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0


def test_what_is_missing_is_told_by_its_debian_package() -> None:
    told = window_probe.told({"DISPLAY": ":0"}, ("libxcb-cursor0", "libegl1"))
    assert "Installeer libxcb-cursor0, libegl1" in told


@on_linux
def test_a_library_that_is_not_there_is_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        window_probe, "PACKAGES", {"libbestaatniet.so.7": "libbestaatniet7", "libc.so.6": "libc6"}
    )
    assert window_probe.missing({"DISPLAY": ":0"}) == ("libbestaatniet7",)
