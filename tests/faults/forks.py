"""Processes that begin at once: one that has loaded everything forks for each, where the system can fork.

Loading pzdesk takes ten times as long as what a harness kills it for.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import IO

BEGUN, ENDED = "\x02begonnen", "\x03klaar"


class Life:
    """One process: its lines, and its end. All its lines must be read before the next one begins."""

    def __init__(self, out: IO[str], pid: int, process: "subprocess.Popen[str] | None") -> None:
        self._out, self._pid, self._process = out, pid, process
        self.code: int | None = None
        """As of ``subprocess``, once all lines were read."""

    def __iter__(self) -> Iterator[str]:
        while (line := self.line()) is not None:
            yield line

    def line(self) -> str | None:
        """The next line, without its end; None when the process has ended."""
        line = self._out.readline()
        if self._process is not None:
            if line:
                return line.rstrip("\n")
            self.code = self._process.wait()
            self._out.close()
            return None
        if line.startswith(ENDED):
            self.code = int(line.split()[1])
            return None
        if not line:
            raise AssertionError("the process that forks has gone")
        return line.rstrip("\n")

    def kill(self) -> None:
        """End it at once, as the power of the system does; one that has ended already stays so."""
        if self._process is not None:
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)


class Forks:
    """Begins processes that run ``main(*arguments)`` of a module."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Forks":
        if hasattr(os, "fork"):
            self._process = self._started("tests.faults.forks", self._module)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate()

    def begin(self, *arguments: str) -> Life:
        """Begin a process."""
        process = self._process
        if process is None:
            process = self._started(self._module, *arguments)
            assert process.stdout is not None
            return Life(process.stdout, process.pid, process)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{json.dumps(arguments)}\n")
        process.stdin.flush()
        begun = process.stdout.readline().split()
        if begun[:1] != [BEGUN]:
            raise AssertionError(f"{self._module} did not begin: {begun}")
        return Life(process.stdout, int(begun[1]), None)

    @staticmethod
    def _started(module: str, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def _serve(module: str) -> None:
    main = importlib.import_module(module).main
    for order in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdout.write(f"{BEGUN} {os.getpid()}\n")
            sys.stdout.flush()
            try:
                main(*json.loads(order))
                sys.stdout.flush()
            except BaseException:
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{ENDED} {code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1])
