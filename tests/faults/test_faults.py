"""Every promise of the fault suite at a small size, with what shows that its harness can see a loss."""

import secrets
import sys
from pathlib import Path

import pytest

from tests.faults import (
    chain,
    destroying,
    elsewhere,
    flips,
    hostile,
    kills,
    leaks,
    mounted,
    no_room,
    outcome,
    papers,
    plaintext,
    power,
    upgrades,
    writers,
    years,
)
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
    found = kills.try_kills(new_store(place, key), key, 4)
    assert found.held, found


def test_a_power_cut_loses_nothing_that_was_acknowledged(place: Path, key: bytes) -> None:
    if why_not := mounted.why_not():
        pytest.skip(why_not)
    found = power.try_power(place, key, 6, controls=3)
    assert found.held, found


def test_where_nothing_fits_any_more_everything_is_told_and_nothing_half(
    place: Path, key: bytes
) -> None:
    if why_not := mounted.why_not():
        pytest.skip(why_not)
    found = no_room.try_no_room(place, key, 1)
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


def test_backups_of_many_days_are_good_and_a_damaged_practice_pushes_none_out(
    place: Path, key: bytes
) -> None:
    found = years.try_years(new_store(place, key), key, 10)
    assert found.held, found


def test_a_backup_comes_back_elsewhere_with_the_code_alone(place: Path, key: bytes) -> None:
    found = elsewhere.try_elsewhere(new_store(place, key), key, 1, 1, seed=1)
    assert found.held, found


def test_nothing_that_goes_wrong_says_a_name_a_number_or_a_key(place: Path, key: bytes) -> None:
    found = leaks.try_leaks(new_store(place, key), key, 4, seed=1)
    assert found.held, found


def test_a_log_that_was_tampered_with_is_found(place: Path, key: bytes) -> None:
    found = chain.try_tampering(new_store(place, key), key, 16, seed=1)
    assert found.held, found


def test_a_hostile_file_is_told_cheaply_and_comes_in_whole_or_not(place: Path, key: bytes) -> None:
    found = hostile.try_hostile(new_store(place, key), key, 40, seed=1)
    assert found.held, found


def test_what_is_written_is_printed_whole_and_on_the_page() -> None:
    found = papers.try_papers(150, seed=1)
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


def test_a_destruction_that_is_killed_is_nothing_or_everything_to_the_last_byte(
    place: Path, key: bytes
) -> None:
    found = destroying.try_destroying(place, key, 5, seed=2)
    assert found.held, found
