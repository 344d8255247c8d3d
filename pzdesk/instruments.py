"""The instruments that pzdesk ships and those a practice adds: read from JSON, strictly checked.

A file that does not hold together is never used: references, ranges, bands and rights are checked
and the file's own examples must come out, before anything is scored with it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from pzdesk import paths
from pzdesk.domain import instrument as domain
from pzdesk.domain.errors import BadInput, NotFound, PzdeskError, UnreadableFile
from pzdesk.domain.instrument import Instrument, Item, Missing, Operator, ScoreRule
from pzdesk.domain.instrument_check import checked_instrument

LARGEST_FILE = 1_000_000
"""Bytes; the largest shipped instrument is under 10,000."""

Text = Annotated[str, Meta(min_length=1, max_length=2_000, pattern=r"^\S(.*\S)?$")]
Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_!-]{0,63}$")]
NameOrEach = Annotated[str, Meta(pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9_!-]{0,63})$")]
Version = Annotated[str, Meta(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$")]
Value = Annotated[int, Meta(ge=-1_000, le=1_000)]


class BrokenInstrument(Exception):
    """A shipped instrument file is wrong: a bug of ours; names the file and the place in it."""


def load_all() -> dict[str, Instrument]:
    """Every shipped instrument in its newest version, by id.

    Raises:
        BrokenInstrument: a shipped file is wrong.
    """
    newest: dict[str, Instrument] = {}
    for instrument in sorted(_shipped(), key=_order):
        newest[instrument.id] = instrument
    return newest


def load(instrument_id: str, version: str | None = None) -> Instrument:
    """A shipped instrument by id, in its newest or in the given version.

    Raises:
        NotFound: there is no such instrument or version; the sentence lists those there are.
        BrokenInstrument: a shipped file is wrong.
    """
    wanted = domain.fold(instrument_id)
    found = [i for i in sorted(_shipped(), key=_order) if domain.fold(i.id) == wanted]
    if not found:
        known = ", ".join(sorted(load_all(), key=str.casefold))
        raise NotFound(f"Het instrument “{instrument_id[:40]}” is er niet. Kies uit: {known}.")
    for instrument in reversed(found):
        if version in (None, instrument.version):
            return instrument
    known = ", ".join(instrument.version for instrument in found)
    raise NotFound(f"{found[0].title} is er niet in versie “{str(version)[:20]}”, wel in: {known}.")


def load_file(path: Path) -> Instrument:
    """An instrument from a practice's own file.

    Raises:
        UnreadableFile: the file cannot be read, or what it says does not hold together.
    """
    try:
        return parsed(read_json(path))
    except BadInput as problem:
        raise UnreadableFile(
            f"“{path.name}” is niet als instrument te gebruiken: {problem}"
        ) from None


def read_answers(path: Path) -> dict[str, object]:
    """The answers in a file: one JSON object of item to answer, nothing given twice.

    Raises:
        UnreadableFile: the file cannot be read as such.
    """
    raw = read_json(path)
    if not isinstance(raw, dict):
        raise UnreadableFile(
            f"“{path.name}” bevat geen antwoorden per vraag. Verwacht wordt bijvoorbeeld "
            '{"1": "ja", "2": "nee"}.'
        )
    return raw


def outline(instrument: Instrument) -> dict[str, object]:
    """What somebody needs to fill in an instrument: its items and the answers each can have."""
    return {
        "id": instrument.id,
        "version": instrument.version,
        "title": instrument.title,
        "about": instrument.about,
        "respondent": instrument.respondent,
        "recording": instrument.recording,
        "source": instrument.rights.source,
        "items": [
            {
                "id": item.id,
                "topic": item.topic,
                "answers": {option.key: option.label for option in item.options},
            }
            for item in instrument.items
        ],
        "scores": [
            {"id": rule.id, "label": rule.label, "range": [rule.low, rule.high]}
            for rule in instrument.scores
        ],
        "notes": list(instrument.notes),
    }


def read_json(path: Path) -> Any:
    """The value in a JSON file of at most ``LARGEST_FILE`` bytes.

    Raises:
        UnreadableFile: it is not there, a folder, too large, not UTF-8, not JSON, or a name stands twice.
    """
    name = f"“{path.name or path}”"
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UnreadableFile(f"Het bestand {name} is er niet.") from None
    except IsADirectoryError:
        raise UnreadableFile(f"{name} is een map, geen bestand.") from None
    except OSError:
        raise UnreadableFile(f"Het bestand {name} is niet te openen.") from None
    if len(raw) > LARGEST_FILE:
        raise UnreadableFile(f"Het bestand {name} is te groot (meer dan 1 MB).")
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except BadInput as problem:
        raise UnreadableFile(f"Het bestand {name} is niet te gebruiken: {problem}") from None
    except (ValueError, RecursionError):
        raise UnreadableFile(
            f"Het bestand {name} is niet te lezen: het is geen JSON-bestand (UTF-8), "
            "of het is beschadigd."
        ) from None


class _Part(Struct, forbid_unknown_fields=True):
    """A part of an instrument file; a name that is not known is refused."""


class _Option(_Part):
    key: Name
    label: Text
    value: Value | None


class _Item(_Part):
    id: Name
    topic: Text
    options: Name


class _Band(_Part):
    label: Text
    from_: int | float = msgspec.field(name="from")
    to: int | float | None
    source: Text


class _Score(_Part):
    """With ``id`` "*" a rule for each item on its own, named and labelled as the item."""

    id: NameOrEach
    label: str
    op: Operator
    items: Literal["*"] | Annotated[list[Name], Meta(min_length=1)]
    missing: Missing
    range: tuple[int, int]
    source: Text
    bands: list[_Band] = []


class _Group(_Part):
    id: Name
    label: Text
    op: Literal["double_surprise"]
    items: tuple[Name, Name]
    source: Text


class _Series(_Part):
    id: Name
    label: Text
    op: Literal["mean"]
    of: Name
    count: Annotated[int, Meta(ge=2, le=100)]
    source: Text
    bands: list[_Band] = []


class _Rights(_Part):
    holder: Text
    grade: Literal["A", "B", "C", "D"]
    source: Text
    wording: Literal["niet opgenomen", "opgenomen"]
    permission: str = ""


class _Expected(_Part):
    """``bands`` names the label of the band; what is left out is not compared."""

    scores: dict[Name, int | float | None] = {}
    bands: dict[Name, str | None] = {}
    groups: dict[Name, str | None] = {}
    missing: list[Name] = []


class _Example(_Part):
    answers: dict[str, str | int | float | None]
    expected: _Expected


class _File(_Part):
    format: Literal["pzdesk-instrument/1"]
    id: Name
    version: Version
    title: Text
    about: domain.About
    respondent: domain.Respondent
    recording: Text
    rights: _Rights
    options: Annotated[dict[Name, Annotated[list[_Option], Meta(min_length=2)]], Meta(min_length=1)]
    items: Annotated[list[_Item], Meta(min_length=1, max_length=500)]
    worse: domain.Worse
    tests: Annotated[list[_Example], Meta(min_length=1)]
    scores: list[_Score] = []
    groups: list[_Group] = []
    series: list[_Series] = []
    recall: str = ""
    notes: list[Text] = []


def parsed(raw: object) -> Instrument:
    """The instrument that a file's value describes, checked through and through.

    Raises:
        BadInput: the end of a Dutch sentence that says what is wrong, and where.
    """
    try:
        file = msgspec.convert(raw, _File)
    except msgspec.ValidationError as error:
        raise BadInput(_in_dutch(str(error))) from None
    unused = set(file.options) - {item.options for item in file.items}
    if unused:
        raise BadInput(f"de antwoorden “{min(unused)}” worden nergens gebruikt.")
    instrument = checked_instrument(_built(file))
    for number, example in enumerate(file.tests, start=1):
        _check_example(instrument, example, number)
    return instrument


def _built(file: _File) -> Instrument:
    items = tuple(_item(file, item) for item in file.items)
    return Instrument(
        id=file.id,
        version=file.version,
        title=file.title,
        about=file.about,
        respondent=file.respondent,
        recording=file.recording,
        rights=domain.Rights(**msgspec.structs.asdict(file.rights)),
        items=items,
        worse=file.worse,
        scores=tuple(rule for part in file.scores for rule in _rules(part, items)),
        groups=tuple(
            domain.GroupRule(id=g.id, label=g.label, items=g.items, source=g.source)
            for g in file.groups
        ),
        series=tuple(
            domain.SeriesRule(
                id=s.id,
                label=s.label,
                of=s.of,
                count=s.count,
                source=s.source,
                bands=_bands(s.bands),
            )
            for s in file.series
        ),
        recall=file.recall,
        notes=tuple(file.notes),
    )


def _item(file: _File, item: _Item) -> Item:
    if item.options not in file.options:
        raise BadInput(
            f"vraag {item.id} verwijst naar de antwoorden “{item.options}”, die er niet zijn."
        )
    options = tuple(
        domain.Option(key=o.key, label=o.label, value=o.value) for o in file.options[item.options]
    )
    return Item(id=item.id, topic=item.topic, options=options)


def _rules(part: _Score, items: Sequence[Item]) -> Iterator[ScoreRule]:
    names = [item.id for item in items] if part.items == "*" else part.items
    topics = {item.id: item.topic for item in items}
    each = [(name, topics.get(name, name), (name,)) for name in names]
    for rule_id, label, of in each if part.id == "*" else [(part.id, part.label, tuple(names))]:
        yield ScoreRule(
            id=rule_id,
            label=label,
            op=part.op,
            items=of,
            missing=part.missing,
            low=part.range[0],
            high=part.range[1],
            source=part.source,
            bands=_bands(part.bands),
        )


def _bands(bands: Sequence[_Band]) -> tuple[domain.Band, ...]:
    return tuple(domain.Band(label=b.label, from_=b.from_, to=b.to, source=b.source) for b in bands)


def _check_example(instrument: Instrument, example: _Example, number: int) -> None:
    try:
        result = domain.score(instrument, example.answers)
    except BadInput as problem:
        raise BadInput(f"voorbeeld {number} is niet te tellen. {problem}") from None
    expected = example.expected
    labels = {name: band.label if band else None for name, band in result.bands.items()}
    for what, wanted, got in (
        ("score", expected.scores, result.scores),
        ("band", expected.bands, labels),
        ("groep", expected.groups, result.groups),
    ):
        for name, value in wanted.items():
            if name not in got or got[name] != value:
                raise BadInput(
                    f"voorbeeld {number} geeft voor {what} {name} niet {value} maar "
                    f"{got.get(name, 'niets')}."
                )
    if list(result.missing) != expected.missing:
        raise BadInput(
            f"voorbeeld {number} mist {list(result.missing)} en niet {expected.missing}."
        )


@cache
def _shipped() -> tuple[Instrument, ...]:
    found = []
    for path in sorted((paths.resources() / "instruments").glob("*.json")):
        try:
            instrument = parsed(read_json(path))
        except PzdeskError as problem:
            raise BrokenInstrument(f"{path.name}: {problem}") from problem
        if path.stem != f"{instrument.id}-{instrument.version}":
            raise BrokenInstrument(f"{path.name}: id and version in the file are others")
        found.append(instrument)
    return tuple(found)


def _order(instrument: Instrument) -> tuple[str, list[int]]:
    return instrument.id.casefold(), [int(part) for part in instrument.version.split(".")]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise BadInput(f"“{name[:40]}” staat er twee keer in.")
        result[name] = value
    return result


def _no_constant(constant: str) -> Any:
    raise BadInput(f"“{constant}” is geen getal dat telt.")


def _in_dutch(message: str) -> str:
    what, _, place = message.partition(" - at ")
    where = f" (plaats {place.strip('`')})" if place else ""
    name = (re.findall(r"field `(.*?)`", what) or [""])[0]
    if "missing required" in what:
        return f"“{name}” ontbreekt{where}."
    if "unknown field" in what:
        return f"“{name}” is hier niet bekend{where}."
    return f"de inhoud is daar niet wat verwacht wordt{where or ' (begin van het bestand)'}."
