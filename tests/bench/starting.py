"""How long a command takes to begin, beside an empty Python."""

import subprocess
import sys
from collections.abc import Iterator

from tests.bench.measure import Act, Measure, side_by_side


def measures() -> Iterator[Measure]:
    """From the shell to the first word of help, which needs every service but no store."""
    ours = _run("-m", "pzdesk", "patients", "--help")
    taken, bare = side_by_side(ours, _run("-c", "pass"), times=5)
    yield Measure(
        name="starten: pzdesk patients --help",
        ours=taken,
        bare=bare,
        bare_is="lege Python",
        most=1000.0,
    )


def _run(*words: str) -> Act:
    return lambda: subprocess.run((sys.executable, *words), capture_output=True, check=True)
