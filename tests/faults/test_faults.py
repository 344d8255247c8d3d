"""Every promise of the fault suite at a small size, with what shows that its harness can see a loss."""

import secrets
import sys
from pathlib import Path

import pytest

from tests.faults import flips, kills, outcome, plaintext, power, upgrades, writers
from tests.faults.__main__ import full_store, new_store, old_store
from tests.faults.outcome import Outcome
from tests.store.conftest import KEY as RELEASED_KEY


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "praktijk"


def test_a_killed_process_loses_nothing_that_it_acknowledged(place: Path, key: bytes) -> None:
    found = kills.try_kills(new_store(place, key), key, 4, seed=1)
    assert found.held, found
    harmed = kills.try_kills(place, key, 1, seed=2, harm=True)
    assert harmed.survived == 0, "a row that was taken away is missed"


def test_a_power_cut_loses_nothing_that_was_acknowledged(place: Path, key: bytes) -> None:
    if why_not := power.why_not():
        pytest.skip(why_not)
    found = power.try_power(place, key, 6, controls=3)
    assert found.held, found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of a file")
def test_on_a_full_disk_what_was_saved_stays(place: Path, key: bytes) -> None:
    from tests.faults import full_disk

    found = full_disk.try_full_disk(full_store(place, key), key, 12)
    assert found.held, found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no limit on a file")
def test_a_renewal_of_the_key_that_is_killed_is_old_or_new(place: Path, key: bytes) -> None:
    from tests.faults import rekey

    found = rekey.try_renewals(new_store(place, key), key, 3)
    assert found.held, found


def test_a_damaged_file_is_found_when_it_is_opened(place: Path, key: bytes) -> None:
    found = flips.try_flips(full_store(place, key), key, 120, seed=3)
    assert found.held, found


def test_nothing_that_was_typed_stands_readable_on_disk(place: Path, key: bytes) -> None:
    found = plaintext.try_journey(new_store(place, key), key)
    assert found.held, found


def test_two_processes_lose_no_change(place: Path, key: bytes) -> None:
    found = writers.try_two(new_store(place, key), key, 12)
    assert found.held, found


def test_an_upgrade_that_is_killed_is_old_or_new(place: Path) -> None:
    found = upgrades.try_upgrades(old_store(place), RELEASED_KEY, 5)
    assert found.held, found


def test_the_table_tells_what_was_lost_and_what_the_control_saw() -> None:
    text = outcome.table(
        [
            Outcome(promise="p", tried=5, survived=4, detail="weg", control="c", seen=False),
            Outcome(promise="q", tried=5, survived=5),
        ]
    )
    assert text.splitlines()[1].split() == ["p", "5", "4", "1", "c:", "NIET", "GEZIEN"]
    assert "    weg" in text.splitlines()
