"""Small sealed files: only the right key and the right name open them, and a write is whole or not at all."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import StoreDamaged
from pzdesk.security import sealed

DATA_KEY = bytes(range(32))
KEY = sealed.derived_key(DATA_KEY, "draft")


@given(st.binary(max_size=2000), st.text(max_size=50))
def test_what_was_sealed_comes_back_under_its_name(data: bytes, name: str) -> None:
    made = sealed.seal(KEY, name, data)
    assert sealed.unseal(KEY, name, made) == data
    assert len(data) < 8 or data not in made[len(sealed.MAGIC) :]


@given(st.integers(min_value=0))
def test_one_changed_bit_anywhere_is_told_as_damage(where: int) -> None:
    made = bytearray(sealed.seal(KEY, "naam", b"een halve zin"))
    made[where // 8 % len(made)] ^= 1 << where % 8
    with pytest.raises(StoreDamaged):
        sealed.unseal(KEY, "naam", bytes(made))


@pytest.mark.parametrize("length", [0, 5, len(sealed.MAGIC), len(sealed.MAGIC) + 12, 40])
def test_a_file_that_was_cut_is_told_as_damage(length: int) -> None:
    with pytest.raises(StoreDamaged):
        sealed.unseal(KEY, "naam", sealed.seal(KEY, "naam", b"een halve zin")[:length])


def test_another_name_or_another_purpose_opens_nothing() -> None:
    made = sealed.seal(KEY, "naam", b"een halve zin")
    with pytest.raises(StoreDamaged):
        sealed.unseal(KEY, "andere naam", made)
    with pytest.raises(StoreDamaged):
        sealed.unseal(sealed.derived_key(DATA_KEY, "iets anders"), "naam", made)


def test_the_same_text_looks_different_every_time_and_its_name_tells_nothing() -> None:
    assert sealed.seal(KEY, "naam", b"zin") != sealed.seal(KEY, "naam", b"zin")
    hidden = sealed.hidden_name(KEY, "mevrouw De Vries")
    assert hidden == sealed.hidden_name(KEY, "mevrouw De Vries")
    assert hidden != sealed.hidden_name(KEY, "mevrouw De Wit")
    assert set(hidden) <= set("0123456789abcdef")


def test_a_write_takes_the_place_of_what_was_there_and_leaves_nothing_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "iets"
    sealed.replace_durably(path, b"oud")
    sealed.replace_durably(path, b"nieuw")
    assert path.read_bytes() == b"nieuw"
    assert [one.name for one in tmp_path.iterdir()] == ["iets"]
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "iets"
    sealed.replace_durably(path, b"oud")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        sealed.replace_durably(path, b"nieuw")
    assert path.read_bytes() == b"oud"
    assert [one.name for one in tmp_path.iterdir()] == ["iets"]
