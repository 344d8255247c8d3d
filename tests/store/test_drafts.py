"""Sealed notes beside the database: by name and by user, durable, and never in the way when damaged."""

import sys
from datetime import datetime
from pathlib import Path

import pytest

from pzdesk.domain.errors import StoreError
from pzdesk.store.drafts import DAMAGED, FOLDER, SUFFIX, SealedNotes

KEY = bytes(range(32))
NOW = datetime.fromisoformat("2026-11-24T14:05:00+01:00")


@pytest.fixture
def notes(tmp_path: Path) -> SealedNotes:
    return SealedNotes(tmp_path, KEY, "poh")


def test_what_is_kept_comes_back_with_its_moment_and_the_last_one_counts(
    notes: SealedNotes,
) -> None:
    notes.keep("een", {"zin": "eerste"}, NOW)
    notes.keep("een", {"zin": "tweede"}, NOW)
    notes.keep("twee", {"zin": "andere"}, NOW)
    assert notes.kept("een") == ({"zin": "tweede"}, NOW)
    assert notes.kept("drie") is None


def test_what_is_forgotten_is_gone_and_forgetting_nothing_is_no_error(
    notes: SealedNotes, tmp_path: Path
) -> None:
    notes.keep("een", {"zin": "eerste"}, NOW)
    notes.forget("een")
    notes.forget("een")
    assert notes.kept("een") is None
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_any_text_comes_back_as_it_was_typed(notes: SealedNotes) -> None:
    text = 'half \ud83d, "aanhalingen", regel\r\nregel, Żółtowski, \x00'
    notes.keep("dossier-3-mdo-actie", {"zin": text}, NOW)
    kept = notes.kept("dossier-3-mdo-actie")
    assert kept is not None
    assert kept[0]["zin"] == text


def test_one_user_never_sees_what_another_typed(notes: SealedNotes, tmp_path: Path) -> None:
    notes.keep("een", {"zin": "van de poh"}, NOW)
    assert SealedNotes(tmp_path, KEY, "kaya").kept("een") is None
    assert SealedNotes(tmp_path, bytes(32), "poh").kept("een") is None
    assert notes.kept("een") is not None


def test_a_damaged_note_is_moved_aside_and_the_next_one_is_kept_as_ever(
    notes: SealedNotes, tmp_path: Path
) -> None:
    notes.keep("een", {"zin": "eerste"}, NOW)
    (path,) = (tmp_path / FOLDER).glob(f"*{SUFFIX}")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert notes.kept("een") is None
    assert [one.suffix for one in (tmp_path / FOLDER).iterdir()] == [DAMAGED]
    notes.keep("een", {"zin": "tweede"}, NOW)
    assert notes.kept("een") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file in the way")
def test_a_place_that_cannot_be_written_is_told_in_words_that_say_what_to_do(
    tmp_path: Path,
) -> None:
    (tmp_path / FOLDER).write_text("geen map")
    with pytest.raises(StoreError, match="Sla op voordat u weggaat"):
        SealedNotes(tmp_path, KEY, "poh").keep("een", {"zin": "eerste"}, NOW)
    assert SealedNotes(tmp_path, KEY, "poh").kept("een") is None


def test_a_note_that_cannot_be_read_just_now_stays_where_it_is(
    notes: SealedNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.keep("een", {"zin": "eerste"}, NOW)

    def busy(_: Path) -> bytes:
        raise PermissionError("another program holds it")

    with monkeypatch.context() as held:
        held.setattr(Path, "read_bytes", busy)
        assert notes.kept("een") is None
    assert notes.kept("een") is not None
