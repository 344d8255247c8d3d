"""Counting a file of answers without a store."""

import json
from pathlib import Path

import pytest

from pzdesk import instruments
from pzdesk.domain.errors import BadInput, NotFound, PzdeskError, UnreadableFile
from pzdesk.services.scoring import instrument_list, scored


def written(folder: Path, text: str) -> Path:
    path = folder / "antwoorden.json"
    path.write_text(text, encoding="utf-8")
    return path


def csi(**changes: object) -> str:
    answers: dict[str, object] = {item.id: 1 for item in instruments.load("csi").items}
    return json.dumps(answers | changes)


def test_every_instrument_is_listed_once_with_its_version() -> None:
    listed = instrument_list()
    names = [one["id"] for one in listed]
    assert len(names) == len(set(names))
    assert {"volhoudtijd", "csi", "ediz9"} <= set(names)
    assert all(one["title"] and one["version"] for one in listed)


def test_a_full_sheet_has_a_score_a_band_with_its_source_and_nothing_missing(
    tmp_path: Path,
) -> None:
    value = scored("csi", written(tmp_path, csi()))
    assert value["scores"] == {"total": 13}
    band = value["bands"]["total"]
    assert (band["from"], band["to"]) == (7, 13)
    assert band["label"]
    assert band["source"]
    assert value["missing"] == []


def test_an_incomplete_sheet_has_no_score_and_says_what_is_missing(tmp_path: Path) -> None:
    first = instruments.load("csi").items[0].id
    value = scored("csi", written(tmp_path, csi(**{first: None})))
    assert value["scores"] == {"total": None}
    assert value["bands"] == {"total": None}
    assert value["missing"] == [first]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"onbekend": 1}', BadInput),
        (csi(**{instruments.load("csi").items[0].id: 7}), BadInput),
        (csi(**{instruments.load("csi").items[0].id: [1]}), BadInput),
        ('{"1": 1, "1": 0}', PzdeskError),
        ('{"1": NaN}', PzdeskError),
        ("[1, 2]", PzdeskError),
        ("1", PzdeskError),
        ("", PzdeskError),
        ("geen json", PzdeskError),
        ("[" * 100_000, PzdeskError),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_is_no_sheet_of_answers_is_told(
    tmp_path: Path, text: str, error: type[PzdeskError]
) -> None:
    with pytest.raises(error):
        scored("csi", written(tmp_path, text))


def test_a_missing_file_a_folder_and_an_unknown_instrument_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        scored("csi", tmp_path / "nergens.json")
    with pytest.raises(UnreadableFile):
        scored("csi", tmp_path)
    with pytest.raises(NotFound):
        scored("../../etc/passwd", written(tmp_path, csi()))
