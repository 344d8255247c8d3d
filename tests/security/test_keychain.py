"""The keyring of the system may fail in every way: nothing is lost, nothing is waited for long."""

import sys
import threading
from collections.abc import Iterator
from typing import Any

import keyring
import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from pzdesk.domain.errors import Refused
from pzdesk.security import keychain

HELD = threading.Event()


class Memory(KeyringBackend):
    """A keyring that works."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Raising(Memory):
    """One that raises what no keyring should."""

    problem: Exception = RuntimeError("no bus")

    def get_password(self, service: str, username: str) -> str | None:
        raise self.problem

    set_password = delete_password = get_password  # type: ignore[assignment]


class Locked(Raising):
    problem = KeyringLocked("locked")


class Full(Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(1783, "The stub received bad data")


class Hanging(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        HELD.wait()
        return "te laat"


class Wrong(Memory):
    def get_password(self, service: str, username: str) -> Any:
        return "iets anders"


class Strange(Memory):
    def get_password(self, service: str, username: str) -> Any:
        return b"bytes"


class Plain(Memory):
    """Keeps in plain files, as those of keyrings.alt do."""


Plain.__module__ = "keyrings.alt.file"

FAILING: dict[str, type[KeyringBackend]] = {
    "fail": fail.Keyring,
    "null": null.Keyring,
    "locked": Locked,
    "raising": Raising,
    "full": Full,
    "wrong": Wrong,
    "strange": Strange,
    "hanging": Hanging,
    "plain": Plain,
}


@pytest.fixture(autouse=True)
def _own_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    HELD.clear()
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.setattr(keychain, "SECONDS", 5.0)
    yield
    HELD.set()


def test_what_is_kept_comes_back_until_it_is_forgotten() -> None:
    keyring.set_keyring(Memory())
    keychain.keep("pzdesk/een", "poh", "geheim")
    assert keychain.kept("pzdesk/een", "poh") == "geheim"
    assert keychain.kept("pzdesk/twee", "poh") is None
    for _ in range(2):
        keychain.forget("pzdesk/een", "poh")
    assert keychain.kept("pzdesk/een", "poh") is None


@pytest.mark.parametrize("name", sorted(FAILING))
def test_a_keyring_that_fails_is_told_where_it_is_turned_on_and_keeps_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "hanging":
        monkeypatch.setattr(keychain, "SECONDS", 0.05)
    keyring.set_keyring(FAILING[name]())
    with pytest.raises(Refused, match="sleutelbos") as told:
        keychain.keep("pzdesk/een", "poh", "geheim")
    assert "geheim" not in str(told.value)
    assert keychain.kept("pzdesk/een", "poh") in (None, "iets anders")
    keychain.forget("pzdesk/een", "poh")


def test_the_package_may_be_absent_or_a_backend_named_that_does_not_exist(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "nergens.Keyring")
        assert keychain.kept("pzdesk/een", "poh") is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert keychain.kept("pzdesk/een", "poh") is None
    with pytest.raises(Refused):
        keychain.keep("pzdesk/een", "poh", "geheim")


def test_of_several_keyrings_together_each_must_close_off_what_it_keeps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    together = chainer.ChainerBackend()  # type: ignore[no-untyped-call]
    for parts, holds in (([Memory()], True), ([Memory(), Plain()], False)):
        monkeypatch.setattr(chainer.ChainerBackend, "backends", parts)
        monkeypatch.setattr(keyring.core, "_keyring_backend", together)
        if holds:
            keychain.keep("pzdesk/een", "poh", "geheim")
        else:
            with pytest.raises(Refused):
                keychain.keep("pzdesk/een", "poh", "geheim")
