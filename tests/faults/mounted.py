"""Processes that work on a disk of our own: each a fork that mounts it, of one that has loaded everything."""

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from tests.faults import fuse
from tests.faults.disk import Disk

BEGUN, ENDED = "\x02begonnen", "\x03klaar"


def why_not() -> str:
    """Why no disk can be mounted on this computer; empty when it can."""
    if sys.platform != "linux":
        return "alleen op Linux"
    tried = subprocess.run(
        [sys.executable, "-c", "from tests.faults import fuse; print(fuse.why_not())"],
        capture_output=True,
        text=True,
        check=True,
    )
    return tried.stdout.strip()


class Mounted:
    """Runs ``on_disk(place, *arguments)`` of a module, with a disk mounted at that place."""

    def __init__(
        self, process: "subprocess.Popen[str]", line: socket.socket, said: IO[str]
    ) -> None:
        self._process, self._line, self._said = process, line, said

    def run(self, disk: Disk, *arguments: str) -> list[str]:
        """The lines that it wrote until it ended, or until the power of the disk failed and it was killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(arguments)}\n")
        self._process.stdin.flush()
        begun = self._process.stdout.readline().split()
        if begun[:1] != [BEGUN]:
            raise AssertionError("the process that should work did not begin")
        _, devices, _, _ = socket.recv_fds(self._line, 1, 1)

        def at_cut() -> None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(begun[1]), signal.SIGKILL)

        serving = threading.Thread(target=fuse.serve, args=(devices[0], disk, at_cut))
        serving.start()
        lines = []
        while (line := self._process.stdout.readline().rstrip("\n")) != ENDED:
            if not line:
                raise AssertionError("the process that should work has gone")
            lines.append(line)
        serving.join()
        os.close(devices[0])
        return lines

    def said(self) -> str:
        """What all of them together wrote on stderr."""
        self._said.seek(0)
        return self._said.read()


@contextmanager
def mounted(module: str) -> Iterator[Mounted]:
    """Begin the process that forks; needs what ``why_not`` asks for."""
    ours, theirs = socket.socketpair()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.mounted", str(theirs.fileno()), module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            pass_fds=[theirs.fileno()],
            text=True,
        ) as process,
    ):
        theirs.close()
        try:
            yield Mounted(process, ours, said)
        finally:
            ours.close()
            process.communicate()


def tell(line: str) -> None:
    """Write a line for the other side."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _serve(line: int, module: str) -> None:
    work = importlib.import_module(module).on_disk
    with tempfile.TemporaryDirectory(prefix="pzdesk-schijf-") as place:
        for order in sys.stdin:
            child = os.fork()
            if child == 0:
                tell(f"{BEGUN} {os.getpid()}")
                try:
                    device = fuse.mount(place)
                    socket.send_fds(socket.socket(fileno=line), [b"."], [device])
                    os.close(device)
                    work(place, *json.loads(order))
                except BaseException:  # the power is off; or it is a fault of ours, and it is told
                    traceback.print_exc()
                os._exit(0)
            os.waitpid(child, 0)
            tell(ENDED)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
