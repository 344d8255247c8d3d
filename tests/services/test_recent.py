"""The practices that were open on this computer: a place, a name and a login, the last one first."""

from pathlib import Path

import platformdirs
import pytest

from pzdesk.services import recent
from pzdesk.services.recent import RecentStore, forget_store, recent_stores, remember_store


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "instellingen"
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(place))
    return place / recent.FILE


def test_the_last_one_comes_first_and_stands_there_once(tmp_path: Path) -> None:
    for name in ("een", "twee", "een"):
        remember_store(tmp_path / name, practice=name.title(), login="poh")
    assert recent_stores() == [
        RecentStore(tmp_path / "een", "Een", "poh"),
        RecentStore(tmp_path / "twee", "Twee", "poh"),
    ]


def test_one_that_is_forgotten_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        remember_store(tmp_path / name)
    forget_store(tmp_path / "twee")
    assert [store.folder.name for store in recent_stores()] == ["een"]


def test_no_more_than_eight_are_kept(tmp_path: Path) -> None:
    for number in range(12):
        remember_store(tmp_path / str(number))
    assert [store.folder.name for store in recent_stores()] == [
        str(number) for number in range(11, 3, -1)
    ]


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[1]", b'[{"folder": 3}]', b"\xff\xfe", b'{"a": 1}', b"null"]
)
def test_a_damaged_list_is_an_empty_one_and_is_written_anew(
    own_place: Path, tmp_path: Path, damaged: bytes
) -> None:
    own_place.parent.mkdir()
    own_place.write_bytes(damaged)
    assert recent_stores() == []
    remember_store(tmp_path / "een")
    assert [store.folder.name for store in recent_stores()] == ["een"]


def test_where_nothing_can_be_written_nothing_is_remembered_and_nobody_is_bothered(
    own_place: Path, tmp_path: Path
) -> None:
    own_place.parent.write_text("geen map")
    remember_store(tmp_path / "een")
    assert recent_stores() == []
