"""Opening quickly: a slot of its own; every way in which it fails costs one passphrase and nothing else."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring.core
import platformdirs
import pytest
from keyring.backend import KeyringBackend

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import BadInput, Refused, StoreError, WrongPassphrase
from pzdesk.domain.user import Role
from pzdesk.security import keychain, keys
from pzdesk.security.slots import FLOOR, SlotKind
from pzdesk.services import opening, quick_unlock, rekey
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.quick_unlock import NotQuick, open_quickly
from pzdesk.store.folder import KEYS
from tests.conftest import Clock
from tests.factories import NOW
from tests.security.quick import derived
from tests.security.test_keychain import FAILING, HELD, Memory

SECRET, OTHER = "zeven zwanen zwemmen zuidwaarts", "acht apen aten ananas"


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Memory]:
    """A keyring that works, settings of its own, and a derivation that costs nothing."""

    HELD.clear()
    monkeypatch.setattr(keys, "_derived", derived)
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "eigen"))
    made = Memory()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    yield made
    HELD.set()


@pytest.fixture
def place(desk: Desk) -> Path:
    store = desk.session.store
    made = keys.new_key_file(NOW)
    made = keys.with_passphrase_slot(made, store.data_key(), "deboer", SECRET, FLOOR, NOW)
    keys.write(store.folder / KEYS, made)
    desk.users.add(login="smit", name="R. Smit", roles=(Role.POH,), secret=OTHER)
    return store.folder


@pytest.fixture
def on(desk: Desk, place: Path) -> Path:
    """A practice that De Boer opens quickly on this computer."""
    assert not desk.quick.is_on
    desk.quick.turn_on(SECRET)
    assert desk.quick.is_on
    return place


def use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)


def test_who_turned_it_on_opens_without_a_passphrase_and_the_log_says_so(
    on: Path, memory: Memory, clock: Clock
) -> None:
    assert quick_unlock.offered(on) == {"deboer"}
    with closing(open_quickly(on, "deboer", clock=clock)) as session:
        assert session.user.login == "deboer"
        log = [row.event for row in desk_over(session).practice.log()]
    assert log[-1] == AuditEvent.STORE_OPENED_QUICKLY
    assert AuditEvent.QUICK_TURNED_ON in log
    assert session.store.data_key().hex() not in str(memory.kept), (
        "a secret of its own, not the key"
    )
    with pytest.raises(NotQuick):
        open_quickly(on, "smit", clock=clock)


def test_it_is_turned_on_with_the_own_passphrase_only(desk: Desk, place: Path) -> None:
    with pytest.raises(BadInput, match="niet de wachtzin van nu"):
        desk.quick.turn_on(OTHER)
    assert not desk.quick.is_on
    with pytest.raises(Refused, match="stond niet aan"):
        desk.quick.turn_off()


def test_turning_it_off_takes_the_slot_and_what_the_keyring_kept(
    desk: Desk, on: Path, memory: Memory, clock: Clock
) -> None:
    desk.quick.turn_off()
    assert (memory.kept, quick_unlock.offered(on)) == ({}, frozenset())
    assert keys.read(on / KEYS).quick("deboer") is None
    with pytest.raises(NotQuick):
        open_quickly(on, "deboer", clock=clock)
    opening.open_practice(on, "deboer", SECRET, clock=clock).close()


@pytest.mark.parametrize("name", [*sorted(FAILING), "gone"])
def test_every_failure_costs_one_passphrase_and_nothing_else(
    name: str, on: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (on / KEYS).read_bytes()
    if name == "hanging":
        monkeypatch.setattr(keychain, "SECONDS", 0.05)
    use(monkeypatch, FAILING[name]() if name in FAILING else Memory())
    with pytest.raises(NotQuick, match="Typ uw wachtzin") as told:
        open_quickly(on, "deboer", clock=clock)
    assert not isinstance(told.value, WrongPassphrase), "it counts for nothing"
    opening.open_practice(on, "deboer", SECRET, clock=clock).close()
    assert (on / KEYS).read_bytes() == before


def test_a_keyring_that_keeps_nothing_turns_nothing_on(
    desk: Desk, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (place / KEYS).read_bytes()
    use(monkeypatch, FAILING["null"]())
    with pytest.raises(Refused, match="niet bewaard"):
        desk.quick.turn_on(SECRET)
    assert (place / KEYS).read_bytes() == before
    assert not desk.quick.is_on


def test_what_could_not_be_written_in_the_store_stays_in_no_keyring(
    desk: Desk, place: Path, memory: Memory
) -> None:
    desk.session.store.no_writing = "Er wordt nog gekeken."
    with pytest.raises(StoreError):
        desk.quick.turn_on(SECRET)
    assert (memory.kept, desk.quick.is_on) == ({}, False)


def test_another_passphrase_leaving_and_a_new_key_end_it(
    desk: Desk, on: Path, memory: Memory, clock: Clock
) -> None:
    desk.users.change_passphrase(OTHER, was=SECRET)
    assert (memory.kept, desk.quick.is_on) == ({}, False)
    desk.session.store.lock.release()
    with closing(opening.open_practice(on, "smit", OTHER, clock=clock)) as session:
        desk_over(session).quick.turn_on(OTHER)
    smit = next(user for user in desk.practice.users() if user.login == "smit")
    desk.users.give_passphrase(smit, SECRET)
    assert (memory.kept, quick_unlock.offered(on)) == ({}, frozenset())
    desk.session.store.lock.release()
    with closing(opening.open_practice(on, "smit", SECRET, clock=clock)) as session:
        desk_over(session).quick.turn_on(SECRET)
    desk.users.remove("smit")
    assert (memory.kept, quick_unlock.offered(on)) == ({}, frozenset())
    desk.quick.turn_on(OTHER)
    with closing(rekey.renew_key(desk.session, OTHER)):
        assert (memory.kept, quick_unlock.offered(on)) == ({}, frozenset())
    assert not any(slot.kind is SlotKind.QUICK for slot in keys.read(on / KEYS).slots)


def test_a_renewal_of_the_key_while_the_keyring_is_asked_costs_one_passphrase(
    desk: Desk, on: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = keychain.kept

    def renewed_meanwhile(service: str, login: str) -> str | None:
        secret = asked(service, login)
        rekey.renew_key(desk.session, SECRET).close()
        monkeypatch.setattr(keychain, "kept", asked)
        return secret

    monkeypatch.setattr(keychain, "kept", renewed_meanwhile)
    with pytest.raises(NotQuick):
        open_quickly(on, "deboer", clock=clock)
    opening.open_practice(on, "deboer", SECRET, clock=clock).close()


def test_on_a_second_computer_it_is_turned_on_anew(
    desk: Desk, on: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = keyring.core._keyring_backend
    second = Memory()
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "andere"))
    use(monkeypatch, second)
    assert quick_unlock.offered(on) == frozenset()
    desk.quick.turn_on(SECRET)
    open_quickly(on, "deboer", clock=clock).close()
    monkeypatch.setattr(keyring.core, "_keyring_backend", first)
    with pytest.raises(NotQuick):
        open_quickly(on, "deboer", clock=clock)


def test_what_is_damaged_here_only_takes_the_button_away(on: Path, tmp_path: Path) -> None:
    path = tmp_path / "eigen" / quick_unlock.FILE
    for text in ("{", '{"een": 1}', "[1]"):
        path.write_text(text, encoding="utf-8")
        assert quick_unlock.offered(on) == frozenset()
    path.write_text('["x"]', encoding="utf-8")
    assert quick_unlock.offered(tmp_path / "nergens") == frozenset()
