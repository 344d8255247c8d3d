"""Every shipped instrument file, the worked examples from the literature, and a practice's own file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pzdesk import instruments, paths
from pzdesk.domain.errors import NotFound, UnreadableFile
from pzdesk.domain.instrument import Worse, as_dict, band_of, score, series_score
from pzdesk.instruments import BrokenInstrument, load, load_all, load_file, outline, read_answers

FILES = sorted((paths.resources() / "instruments").glob("*.json"))
VECTORS = Path(__file__).resolve().parents[2] / "shared" / "instruments" / "vectors.json"
NOT_SHIPPED = {"tgi_sr_plus": "number of items and answers could not be verified"}
KINDS = ("answers", "raw_answers", "total", "shift_totals", "item_score")

Json = dict[str, Any]


def raw(path: Path) -> Json:
    value: Json = json.loads(path.read_text(encoding="utf-8"))
    return value


def vectors() -> list[Json]:
    if not VECTORS.is_file():
        return []
    found: list[Json] = raw(VECTORS)["vectors"]
    return [v for v in found if v.get("use_as_test", True) and any(kind in v for kind in KINDS)]


def csi(tmp_path: Path, change: Callable[[Json], object] = lambda _: None) -> Path:
    """A copy of the CSI as a practice's own file, changed."""
    definition = raw(paths.resources() / "instruments" / "csi-1.0.0.json")
    change(definition)
    path = tmp_path / "eigen.json"
    path.write_text(json.dumps(definition), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_loads_and_is_called_after_what_is_in_it(path: Path) -> None:
    instrument = load_file(path)
    assert path.stem == f"{instrument.id}-{instrument.version}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_examples_in_every_file_come_out(path: Path) -> None:
    instrument = load_file(path)
    examples = raw(path)["tests"]
    assert any(example["expected"]["missing"] for example in examples), "no incomplete sheet"
    for example in examples:
        result = score(instrument, example["answers"])
        expected = example["expected"]
        for name, value in expected.get("scores", {}).items():
            assert result.scores[name] == value
        for name, label in expected.get("bands", {}).items():
            band = result.bands[name]
            assert (band.label if band else None) == label
        for name, group in expected.get("groups", {}).items():
            assert result.groups[name] == group
        assert list(result.missing) == expected["missing"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_limit_in_every_file_stands_with_its_source(path: Path) -> None:
    instrument = load_file(path)
    assert instrument.rights.source.strip()
    assert instrument.rights.wording == "niet opgenomen"
    sources = [rule.source for rule in instrument.scores]
    sources += [group.source for group in instrument.groups]
    sources += [series.source for series in instrument.series]
    sources += [band.source for rule in instrument.scores for band in rule.bands]
    sources += [band.source for series in instrument.series for band in series.bands]
    assert sources
    assert all(source.strip() for source in sources)
    assert "(bk)" not in path.read_text(encoding="utf-8")


def test_the_instruments_that_are_promised_are_shipped() -> None:
    assert set(load_all()) == {
        "carerqol7d_sum",
        "csi",
        "dos",
        "double_surprise_question",
        "ecog",
        "ediz9",
        "ediz_plus",
        "kps",
        "lastmeter",
        "mcsi",
        "painad",
        "usd",
        "volhoudtijd",
        "zbi12_bedard",
        "zib-ChecklistPijnGedrag",
    }
    assert len(FILES) == len(load_all())


def test_only_published_limits_are_shown() -> None:
    with_bands = {i.id for i in load_all().values() if any(rule.bands for rule in i.scores)}
    assert with_bands == {"csi", "ediz_plus", "lastmeter", "usd"}


def test_better_is_lower_for_some_and_higher_for_others() -> None:
    lower = {i.id for i in load_all().values() if i.worse is Worse.LOWER}
    assert lower == {"carerqol7d_sum", "kps", "volhoudtijd"}


def test_a_licensed_instrument_carries_no_topics() -> None:
    for name in ("zbi12_bedard", "ediz_plus"):
        items = load(name).items
        assert [item.topic for item in items] == [f"vraag {item.id}" for item in items]


@pytest.mark.skipif(not VECTORS.is_file(), reason="../shared is not beside this checkout")
def test_the_worked_examples_are_all_found() -> None:
    assert len(vectors()) >= 38
    assert {v["instrument"] for v in vectors()} <= set(load_all()) | set(NOT_SHIPPED)


@pytest.mark.skipif(not VECTORS.is_file(), reason="../shared is not beside this checkout")
@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: str(vector["id"]))
def test_a_worked_example_comes_out(vector: Json) -> None:
    if vector["instrument"] in NOT_SHIPPED:
        pytest.skip(f"not shipped: {NOT_SHIPPED[vector['instrument']]}")
    instrument = load(vector["instrument"])
    expected = vector["expected"]
    if "answers" in vector or "raw_answers" in vector:
        answers = vector["answers"] if "answers" in vector else vector["raw_answers"]
        printed: Any = as_dict(score(instrument, answers))
        if expected.get("result") == "no score (incomplete)":
            assert printed["scores"]["total"] is None
            assert len(printed["missing"]) == len(instrument.items)
            return
        assert expected
        for name, value in expected.items():
            assert printed["scores"][name] == value
    elif "total" in vector:
        band = band_of(instrument, "total", vector["total"])
        assert band is not None
        if "band" in expected:
            assert band.label == expected["band"]
        reached = expected.get("overbelast", expected.get("boven_afkappunt"))
        assert (band is instrument.scores[0].bands[-1]) is reached
    elif "shift_totals" in vector:
        mean, band = series_score(instrument, "final", vector["shift_totals"])
        assert mean == expected["final"]
        assert (band is instrument.series[0].bands[-1]) is expected["delier_waarschijnlijk"]
    else:
        for item in instrument.items:
            band = score(instrument, {item.id: vector["item_score"]}).bands[item.id]
            assert band is not None
            assert band.label == expected["niveau"]


@pytest.mark.parametrize("name", ["zib-ChecklistPijnGedrag", "ZIB-checklistpijngedrag", " csi "])
def test_an_instrument_is_found_whatever_the_capitals(name: str) -> None:
    assert load(name).id.casefold() == name.strip().casefold()


def test_an_unknown_instrument_is_told_with_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"“hads” is er niet\. Kies uit: carerqol7d_sum, csi"):
        load("hads")


def test_a_version_that_is_not_there_is_told() -> None:
    assert load("csi", "1.0.0") is load("csi")
    with pytest.raises(NotFound, match=r"versie “9\.0\.0”, wel in: 1\.0\.0"):
        load("csi", "9.0.0")


def test_a_published_version_stays_beside_its_successor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "resources" / "instruments"
    home.mkdir(parents=True)
    definition = raw(paths.resources() / "instruments" / "csi-1.0.0.json")
    for version in ("1.0.0", "1.9.0", "1.10.0"):
        (home / f"csi-{version}.json").write_text(
            json.dumps({**definition, "version": version}), encoding="utf-8"
        )
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "resources")
    instruments._shipped.cache_clear()
    try:
        assert load("csi").version == "1.10.0"
        assert load("csi", "1.0.0").version == "1.0.0"
        assert load_all()["csi"].version == "1.10.0"
        (home / "csi-2.0.0.json").write_text(json.dumps(definition), encoding="utf-8")
        instruments._shipped.cache_clear()
        with pytest.raises(BrokenInstrument, match=r"csi-2\.0\.0\.json"):
            load_all()
    finally:
        instruments._shipped.cache_clear()


def test_a_practices_own_file_is_read(tmp_path: Path) -> None:
    path = csi(tmp_path, lambda d: d.update(id="eigen_csi", title="Eigen CSI"))
    assert load_file(path).id == "eigen_csi"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.pop("rights"), "“rights” ontbreekt"),
        (lambda d: d.update(formula="1+1"), "“formula” is hier niet bekend"),
        (lambda d: d["items"][2].update(text="x"), r"“text” is hier niet bekend.*items\[2\]"),
        (lambda d: d["scores"][0].update(op="eval"), r"plaats \$\.scores\[0\]\.op"),
        (lambda d: d["options"]["janee"][1].update(value=True), r"options.*value"),
        (lambda d: d["options"]["janee"][1].update(value="1"), r"options.*value"),
        (lambda d: d["options"]["janee"][1].update(key="n e e"), r"options.*key"),
        (lambda d: d["items"][0].update(options="anders"), "“anders”, die er niet zijn"),
        (lambda d: d["options"].update(over=d["options"]["janee"]), "“over” worden nergens"),
        (lambda d: d["items"][1].update(id="1"), "vraag 1 staat er dubbel in"),
        (lambda d: d["scores"][0].update(range=[0, 26]), "van 0 tot 13, niet van 0 tot 26"),
        (lambda d: d["scores"][0]["bands"].pop(), "7 valt in geen enkele band"),
        (lambda d: d["scores"][0]["bands"][0].pop("source"), "“source” ontbreekt"),
        (lambda d: d["scores"][0]["bands"][0].update(source=""), r"bands\[0\]\.source"),
        (lambda d: d.update(tests=[]), r"plaats \$\.tests"),
        (lambda d: d["tests"][0]["expected"]["scores"].update(total=1), "voorbeeld 1 geeft"),
        (lambda d: d["tests"][0]["expected"]["scores"].update(som=0), "voorbeeld 1 geeft"),
        (lambda d: d["tests"][0]["answers"].update({"1": 9}), "voorbeeld 1 is niet te tellen"),
        (lambda d: d["tests"][4]["expected"].update(missing=[]), "voorbeeld 5 mist"),
        (lambda d: d.update(format="pzdesk-instrument/2"), r"plaats \$\.format"),
        (lambda d: d.update(about="buurman"), r"plaats \$\.about"),
    ],
)
def test_an_own_file_that_does_not_hold_together_is_told_with_the_place(
    tmp_path: Path, change: Callable[[Json], object], told: str
) -> None:
    with pytest.raises(UnreadableFile, match=told) as error:
        load_file(csi(tmp_path, change))
    assert "eigen.json" in str(error.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "niet te lezen"),
        (b"{", "niet te lezen"),
        (b"\xff\xfe{}", "niet te lezen"),
        (b"[" * 200_000, "niet te lezen"),
        (b'{"1": ' + b"9" * 5000 + b"}", "niet te lezen"),
        (b'{"1": 1, "1": 0}', "“1” staat er twee keer in"),
        (b'{"1": NaN}', "geen getal"),
        (b" " * 1_000_001, "te groot"),
        (b"[1, 0, 1]", "geen antwoorden per vraag"),
        (b"null", "geen antwoorden per vraag"),
    ],
)
def test_a_file_of_answers_that_cannot_be_read_is_told(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "antwoorden.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        read_answers(path)


def test_a_file_that_is_absent_or_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"“weg\.json” is er niet"):
        read_answers(tmp_path / "weg.json")
    with pytest.raises(UnreadableFile, match=f"“{tmp_path.name}” is een map, geen bestand"):
        load_file(tmp_path)
    with pytest.raises(UnreadableFile, match="“\\.” is een map"):
        read_answers(Path())


def test_answers_are_read_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "antwoorden.json"
    path.write_bytes(b'\xef\xbb\xbf{"1": "ja!", "2": 1, "3": 1.0, "4": null}')
    assert read_answers(path) == {"1": "ja!", "2": 1, "3": 1.0, "4": None}


def test_an_outline_tells_which_answers_each_item_can_have() -> None:
    told: Any = outline(load("volhoudtijd"))
    (item,) = told["items"]
    assert item["id"] == "volhoudtijd"
    assert list(item["answers"]) == ["1", "2", "3", "4", "5", "6"]
    assert item["answers"]["1"] == "minder dan een week"
    assert told["scores"] == [{"id": "total", "label": told["scores"][0]["label"], "range": [1, 6]}]
    json.dumps(told)
