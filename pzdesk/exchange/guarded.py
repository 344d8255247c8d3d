"""Reads a PDF from outside in a child process with limits on memory, time and files.

A PDF can be made to cost hours or gigabytes; then the child ends and pzdesk goes on. What comes back is
plain JSON, and nothing is written. On Windows only the time is limited.
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from pzdesk.domain.errors import UnreadableFile

CHILD_FLAG = "--lees-pdf"
"""The argument with which a packaged pzdesk becomes the child (``app.main`` asks ``is_child``)."""

MAX_BYTES = 20_000_000
"""Of a PDF; the official form is under a million."""
MAX_GROWTH = 256_000_000
"""Bytes of memory that reading may take, beside Python itself."""
CPU_SECONDS = 5
WAIT_SECONDS = 15 if sys.platform != "win32" else CPU_SECONDS
"""On a machine that is busy with something else the child waits without working."""

_HEAVY = "Dit bestand is te groot of te ingewikkeld om veilig te lezen."
_SENTENCES = {
    "foreign": "Dit bestand is geen PDF.",
    "damaged": "Deze PDF is beschadigd of onvolledig. Vraag het formulier opnieuw op.",
    "locked": (
        "Deze PDF is vergrendeld met een wachtwoord of beperking. "
        "Vraag het formulier op zonder vergrendeling."
    ),
    "xfa": (
        "Deze PDF is opgeslagen als XFA-formulier, dat hier niet te lezen is. "
        "Vul het uniforme PZP-formulier zelf in of vraag het als gewone PDF."
    ),
    "large": "Deze PDF heeft te veel pagina’s of velden om een PZP-formulier te zijn.",
    "heavy": _HEAVY,
}


def read_pdf(pdf: bytes, *, seconds: int = CPU_SECONDS) -> dict[str, Any]:
    """The form fields of a PDF (see ``acroform.read_fields``), read in a child process.

    ``seconds`` is the processor time that it may take.

    Raises:
        UnreadableFile: it is empty, too large, no PDF, damaged, locked, or costs too much to read.
    """
    checked_size(pdf)
    import subprocess  # every start of pzdesk goes through this module, few read a PDF

    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell, nothing of the file in it
            [*_command(), CHILD_FLAG, str(seconds)],
            input=pdf,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WAIT_SECONDS,
            check=False,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(_HEAVY) from error
    except OSError as error:
        raise UnreadableFile(
            "Het lezen van deze PDF kon niet beginnen. Sluit andere programma’s en probeer het opnieuw."
        ) from error
    try:
        told = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableFile(_HEAVY) from error
    if done.returncode or not isinstance(told, dict):
        raise UnreadableFile(_HEAVY)
    if "unusable" in told:
        raise unreadable(told["unusable"])
    return told


def checked_size(pdf: bytes) -> None:
    """Tell a file that is empty or too large (raises ``UnreadableFile``)."""
    if not pdf:
        raise UnreadableFile("Dit bestand is leeg.")
    if len(pdf) > MAX_BYTES:
        raise UnreadableFile(
            f"Dit bestand is {len(pdf) // 1_000_000} MB; een PZP-formulier is hooguit 20 MB."
        )


def unreadable(kind: str) -> UnreadableFile:
    """The error to tell for a kind of unusable PDF."""
    return UnreadableFile(_SENTENCES.get(kind, _SENTENCES["damaged"]))


def is_child(arguments: list[str]) -> bool:
    """Whether this process was started to read a PDF."""
    return arguments[:1] == [CHILD_FLAG]


def serve(arguments: list[str]) -> int:
    """Be the child: a PDF on standard input, its fields as JSON on standard output."""
    # What a form's fields do not need is not loaded: start-up in half the time, and less to attack.
    for name in ("PIL", "cryptography", "Crypto", "fontTools", "brotli"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    from pzdesk.exchange.acroform import Unusable, read_fields

    _limit(int(arguments[1]))
    try:
        told: dict[str, Any] = read_fields(sys.stdin.buffer.read(MAX_BYTES + 1))
    except Unusable as reason:
        told = {"unusable": reason.kind}
    except MemoryError:
        told = {"unusable": "heavy"}
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    return 0


def _limit(seconds: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: _size_now() + MAX_GROWTH,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        # macOS does not keep every limit; the time-out holds everywhere.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _size_now() -> int:
    """Bytes of address space in use; where it cannot be asked, what Python takes with pypdf loaded."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 1_000_000_000
    return pages * os.sysconf("SC_PAGE_SIZE")


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # Without the working directory on the path: no module is loaded from where the user stands.
    return [sys.executable, "-P", "-m", "pzdesk.exchange.guarded"]


def _environment() -> dict[str, str]:
    """The child finds the same modules as its parent, but none where the user happens to stand."""
    kept = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    if not getattr(sys, "frozen", False):
        root = str(Path(__file__).resolve().parents[2])
        kept["PYTHONPATH"] = os.pathsep.join([root, *filter(os.path.isabs, sys.path)])
    return kept


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1:]))
