"""Puts pzdesk together: the one place that knows every room."""

import sys
from contextlib import suppress
from pathlib import Path

from pzdesk import window_probe

SELF_TEST_FLAG = "--zelftest"


def main() -> int:
    """Start pzdesk: without arguments its window, else a command; the exit code says how it went.

    A packaged pzdesk has no other interpreter to start: it is its own child for reading a PDF and for
    trying whether a window can be opened.
    """
    keep_no_memory()
    arguments = sys.argv[1:]
    if arguments:
        from pzdesk.exchange import guarded  # the window opens without it

        if guarded.is_child(arguments):
            return guarded.serve(arguments)
        if window_probe.is_child(arguments):
            return window_probe.serve()
    try:
        if not arguments:
            problem = window()
            if problem:
                sys.stderr.write(f"{problem}\n")
            return 1 if problem else 0
        if arguments == [SELF_TEST_FLAG]:
            from pzdesk import selftest

            return selftest.run()
        from pzdesk import cli  # the child loads no more than it needs

        return cli.run(arguments, window=window)
    except KeyboardInterrupt:
        return 1


def keep_no_memory() -> None:
    """Let no picture of the memory, with what is open in it, come on disk when the process falls over."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # not every system keeps this limit
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def window(folder: Path | None = None, login: str | None = None, secret: str | None = None) -> str:
    """Open the window and stay until it closes; on a practice, as a user, when these are named.

    Returns one Dutch sentence when there can be no window here, and nothing when there was one.
    """
    probe = window_probe.begin()
    if not probe.is_asking and (problem := probe.problem()):
        return problem
    try:
        from pzdesk.gui import desktop  # while the child looks; the command line never loads Qt
    except ImportError as lacking:
        if (lacking.name or "").split(".")[0] not in {"PySide6", "shiboken6"}:
            raise
        return probe.problem() or window_probe.WITHOUT_QT
    if problem := probe.problem():
        return problem
    desktop.run(sys.argv, folder=folder, login=login, secret=secret)
    return ""


if __name__ == "__main__":
    sys.exit(main())
