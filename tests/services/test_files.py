"""Files outside the store: read with a limit, written whole or not at all."""

import os
import stat
import sys
from pathlib import Path

import pytest

from pzdesk.domain.errors import PzdeskError, Refused, UnreadableFile
from pzdesk.security import keys
from pzdesk.services import files

on_linux = pytest.mark.skipif(sys.platform == "win32", reason="devices and links of Linux")


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    files.write_file(tmp_path / "a.pdf", b"%PDF")
    assert files.read_file(tmp_path / "a.pdf", what="Het stuk") == b"%PDF"
    files.write_file(tmp_path / "a.pdf", b"nieuwer")
    assert (tmp_path / "a.pdf").read_bytes() == b"nieuwer"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_paper_goes_never_into_the_store(tmp_path: Path) -> None:
    store = tmp_path / "praktijk"
    (store / "backups").mkdir(parents=True)
    (store / "store.db").write_bytes(b"dierbaar")
    (tmp_path / "link").symlink_to(store)
    for place in (
        store / "store.db",
        store / "nieuw.pdf",
        store / "backups" / "x.pdf",
        tmp_path / "link" / "x.pdf",
        store / ".." / "praktijk" / "x.pdf",
    ):
        with pytest.raises(Refused, match="buiten de map"):
            files.write_file(place, b"%PDF", store=store)
    assert (store / "store.db").read_bytes() == b"dierbaar"


def test_a_folder_a_missing_folder_and_a_name_too_long_are_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="map; geef de naam"):
        files.write_file(tmp_path, b"x")
    with pytest.raises(Refused, match="map bestaat niet"):
        files.write_file(tmp_path / "nergens" / "a.pdf", b"x")
    with pytest.raises(Refused):
        files.write_file(tmp_path / ("a" * 300), b"x")
    assert list(tmp_path.iterdir()) == []


@on_linux
def test_a_device_is_not_replaced_by_a_paper() -> None:
    before = stat.S_ISCHR(os.stat("/dev/full").st_mode)
    with pytest.raises(Refused, match="geen gewoon bestand"):
        files.write_file(Path("/dev/full"), b"x")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode) == before == True  # noqa: E712


@on_linux
def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "kring").symlink_to(tmp_path / "kring")
    with pytest.raises(Refused):
        files.write_file(tmp_path / "kring", b"x")
    with pytest.raises(UnreadableFile):
        files.read_file(tmp_path / "kring", what="De lijst")


def test_what_cannot_be_read_is_told_with_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "groot").write_bytes(b"x" * 2000)
    for path, words in (
        (tmp_path / "nergens", "De lijst is er niet"),
        (tmp_path, "De lijst is een map"),
        (tmp_path / ("a" * 300), "De lijst is niet te lezen"),
        (tmp_path / "groot" / "a", "De lijst is niet te lezen"),
    ):
        with pytest.raises(UnreadableFile, match=words):
            files.read_file(path, what="De lijst", most=5000)
    with pytest.raises(UnreadableFile, match=r"te groot \(meer dan 1 kB\)"):
        files.read_file(tmp_path / "groot", what="De lijst", most=1999)


def test_a_disk_that_fills_up_leaves_the_old_paper_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_file(tmp_path / "a.pdf", b"oud")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PzdeskError) as told:
        files.write_file(tmp_path / "a.pdf", b"nieuw")
    assert "schijf vol" in str(told.value)
    assert "space" not in str(told.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"oud"


def test_files_that_belong_together_are_all_there_or_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "nieuw"
    files.write_files(there, {"a.pdf": b"een", "a.json": b"twee"})
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        "a.pdf": b"een",
        "a.json": b"twee",
    }
    written = keys.write_private

    def full(path: Path, data: bytes) -> None:
        if data == b"twee":
            path.write_bytes(b"tw")
            raise OSError
        written(path, data)

    monkeypatch.setattr("pzdesk.services.files.write_private", full)
    for folder in (tmp_path / "vol", there):
        with pytest.raises(Refused, match="schijf vol"):
            files.write_files(folder, {"b.pdf": b"een", "b.json": b"twee"})
    assert not (tmp_path / "vol").exists()
    assert sorted(path.name for path in there.iterdir()) == ["a.json", "a.pdf"]
    with pytest.raises(Refused, match="geen map"):
        files.write_files(there / "a.pdf", {"b.pdf": b""})
