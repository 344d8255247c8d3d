"""Files that are under no key are read as what they are: perhaps nothing."""

from pathlib import Path

import pytest

from pzdesk.security.plain import read_json


def test_what_is_json_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"sinds": "één"}', encoding="utf-8")
    assert read_json(tmp_path / "a.json") == {"sinds": "één"}


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 50_000])
def test_what_is_no_json_is_a_value_error_however_deep(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(ValueError, match=r"Expecting|decode|deep"):
        read_json(tmp_path / "a.json")


def test_what_is_not_there_is_told_by_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_json(tmp_path / "weg.json")
