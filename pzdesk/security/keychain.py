"""The keyring of the system: it may keep a secret of a user on this computer, and may fail in every way.

It is asked in a thread of its own, with a limit: a backend can wait for an answer that nobody sees. What was
kept is read back, because some backends say yes and keep nothing. Whatever goes wrong, nothing is raised but
one told error where somebody turns it on, and None where a secret is asked for.

The package is loaded when it is used for the first time, never before a window stands on the screen.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from pzdesk.domain.errors import Refused

SECONDS = 5.0
_TO_FORGET = 1.0
T = TypeVar("T")

_NO_KEYRING = (
    "De sleutelbos van deze computer heeft het niet bewaard. Snel openen kan hier niet; u opent de praktijk "
    "met uw wachtzin, zoals altijd."
)


def keep(place: str, login: str, secret: str) -> None:
    """Keep a secret, and look whether it is kept.

    Raises:
        Refused: it is not: there is no keyring, it is locked, it takes too long, or keeps something else.
    """

    def work() -> bool:
        keyring = _safe_keyring()
        keyring.set_password(place, login, secret)
        return bool(keyring.get_password(place, login) == secret)

    if _within_limit(work) is not True:
        raise Refused(_NO_KEYRING)


def kept(place: str, login: str) -> str | None:
    """What is kept; None when nothing is, or for whatever reason it cannot be had."""
    found = _within_limit(lambda: _safe_keyring().get_password(place, login))
    return found if isinstance(found, str) else None


def forget(place: str, login: str) -> None:
    """Keep nothing any more; where that fails, what is left opens nothing, and nobody waits for it long."""
    _within_limit(lambda: _safe_keyring().delete_password(place, login), _TO_FORGET)


def _safe_keyring() -> Any:
    """The keyring that the system or its administrator chose, when it closes off what it keeps at all."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    parts = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    for part in parts:
        # keyrings.alt keeps in plain files; a priority of zero or less keeps nothing, or fails.
        if type(part).__module__.startswith("keyrings.alt") or part.priority <= 0:
            raise RuntimeError("no keyring that closes off what it keeps")
    return chosen


def _within_limit(work: Callable[[], T], seconds: float | None = None) -> T | None:
    """What the work gives, or None when it raised or took too long; it is left behind then."""
    outcome: list[T] = []

    def worker() -> None:
        with suppress(BaseException):  # backends raise all sorts, and none of it may matter
            outcome.append(work())

    thread = threading.Thread(target=worker, name="pzdesk-keychain", daemon=True)
    thread.start()
    thread.join(SECONDS if seconds is None else seconds)
    return outcome[0] if outcome else None
