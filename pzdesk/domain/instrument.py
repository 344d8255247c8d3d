"""Instruments: what is asked, which answers count, and the score that follows from them.

pzdesk records answers that were given on the official form and counts them; it never judges. An
unanswered item is never zero, and a band never stands without the source of its limits.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pzdesk.domain.errors import BadInput

Number = int | float
About = Literal["patiënt", "mantelzorger"]
Respondent = Literal["patiënt", "mantelzorger", "zorgverlener"]

SQ2_TO_ASK = "SQ2 nog te stellen"


class Operator(StrEnum):
    """The closed list of ways to make a score from item values."""

    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    COUNT = "count"
    VALUE = "value"


class Missing(StrEnum):
    """What happens when an item of a score has no value.

    ``NONE``: no score at all. ``SKIP``: the score of what was answered; how much was not is told by
    ``ScoreResult.missing``, and a sheet without any value still has no score.
    """

    NONE = "none"
    SKIP = "skip"


class Worse(StrEnum):
    """Which way a score goes when things get worse."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer that can be given; ``value`` None: an answer that is not scored ("weet niet")."""

    key: str
    label: str
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, by its number or name on the official form and a topic in our own words."""

    id: str
    topic: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A published range of scores, both ends included; ``to`` None: open upwards."""

    label: str
    from_: Number
    to: Number | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRule:
    """How one score is made; ``low`` to ``high`` is the range it can have."""

    id: str
    label: str
    op: Operator
    items: tuple[str, ...]
    missing: Missing
    low: Number
    high: Number
    source: str
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """The double surprise question: two items (1 = ja, 0 = nee) that give a group, not a number."""

    id: str
    label: str
    items: tuple[str, str]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRule:
    """The mean over ``count`` sheets of the score ``of``, such as three shifts of one day."""

    id: str
    label: str
    of: str
    count: int
    source: str
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """Whose instrument it is and what may be shipped.

    ``grade``: A free in writing, B published and spread freely, C free with registration or
    permission, D paid. ``permission`` says who allowed the official wording, and when.
    """

    holder: str
    grade: Literal["A", "B", "C", "D"]
    source: str
    wording: Literal["niet opgenomen", "opgenomen"]
    permission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One version of an instrument; a published version is never edited."""

    id: str
    version: str
    title: str
    about: About
    respondent: Respondent
    recording: str
    rights: Rights
    items: tuple[Item, ...]
    worse: Worse
    scores: tuple[ScoreRule, ...] = ()
    groups: tuple[GroupRule, ...] = ()
    series: tuple[SeriesRule, ...] = ()
    recall: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreResult:
    """What a sheet adds up to; ``missing`` lists every item that is needed and has no value."""

    scores: dict[str, Number | None]
    bands: dict[str, Band | None]
    missing: tuple[str, ...]
    groups: dict[str, str | None] = field(default_factory=dict)


def score(instrument: Instrument, answers: Mapping[str, object]) -> ScoreResult:
    """The scores, bands and missing items of one sheet of answers.

    Raises:
        BadInput: an item or an answer is not one of this instrument's (see ``checked_answers``).
    """
    given = checked_answers(instrument, answers)
    values: dict[str, int | None] = {}
    for item in instrument.items:
        option = given_option(item, given.get(item.id))
        values[item.id] = option.value if option else None
    scores = {rule.id: _counted(rule, values) for rule in instrument.scores}
    bands = {rule.id: _band(rule.bands, scores[rule.id]) for rule in instrument.scores}
    needed = {item for rule in instrument.scores for item in rule.items}
    groups: dict[str, str | None] = {}
    for group in instrument.groups:
        sq1, sq2 = (_yes(values[item]) for item in group.items)
        groups[group.id] = double_surprise_group(surprised_by_death=sq1, surprised_if_alive=sq2)
        needed.add(group.items[0])
        if sq1 is False:
            needed.add(group.items[1])
    missing = tuple(
        item.id for item in instrument.items if item.id in needed and values[item.id] is None
    )
    return ScoreResult(scores=scores, bands=bands, missing=missing, groups=groups)


def checked_answers(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, str]:
    """The given answers as item id -> option key, in the order of the form; null is left out.

    An answer is the option's key or label (blanks around it and capitals do not matter) or, where
    the key is a whole number, that number. Yes/no as a truth value is refused: True is not 1.

    Raises:
        BadInput: the item or the answer is unknown, or an item is answered twice; the sentence names
            the item and the answers that are possible.
    """
    if not isinstance(answers, Mapping):
        raise BadInput(
            f"Geef de antwoorden op {instrument.title} per vraag op, bij naam of nummer."
        )
    items = {fold(item.id): item for item in instrument.items}
    given: dict[str, str] = {}
    seen: set[str] = set()
    for name, answer in answers.items():
        item = items.get(fold(str(name)))
        if item is None:
            raise BadInput(
                f"Vraag {_shown(name)} hoort niet bij {instrument.title}. "
                f"Mogelijk is: {_listed([item.id for item in instrument.items])}.",
                field=str(name)[:40],
            )
        if item.id in seen:
            raise BadInput(
                f"Vraag {item.id} van {instrument.title} is twee keer beantwoord.", field=item.id
            )
        seen.add(item.id)
        if answer is None:
            continue
        option = _matching(item, answer)
        if option is None:
            allowed = [
                o.key if fold(o.label) == fold(o.key) else f"{o.key} ({o.label})"
                for o in item.options
            ]
            raise BadInput(
                f"Antwoord {_shown(answer)} past niet bij vraag {item.id} ({item.topic}) van "
                f"{instrument.title}. Mogelijk is: {_listed(allowed)}.",
                field=item.id,
            )
        given[item.id] = option.key
    return {item.id: given[item.id] for item in instrument.items if item.id in given}


def double_surprise_group(
    *, surprised_by_death: bool | None, surprised_if_alive: bool | None
) -> str | None:
    """The group of the double surprise question; None: not asked.

    1: would be surprised by death within a year. Otherwise the second question decides: 2a not
    surprised, 2b surprised if still alive after a year (palliaweb.nl/publicaties/
    dubbele-surprise-question; doi 10.1186/s12904-019-0503-9). The second is asked only after a "no"
    to the first, so it does not count after a "yes". None: the first question was not asked.
    """
    if surprised_by_death is None:
        return None
    if surprised_by_death:
        return "1"
    if surprised_if_alive is None:
        return SQ2_TO_ASK
    return "2b" if surprised_if_alive else "2a"


def band_of(instrument: Instrument, score_id: str, value: Number) -> Band | None:
    """The band of a score that is known already, or None where nothing was published.

    Raises:
        BadInput: the score cannot have this value.
        KeyError: the instrument has no such score.
    """
    rule = {rule.id: rule for rule in instrument.scores}[score_id]
    _checked_range(instrument, rule, value)
    return _band(rule.bands, value)


def series_score(
    instrument: Instrument, series_id: str, values: Sequence[Number | None]
) -> tuple[float | None, Band | None]:
    """The mean over a series of sheets and its band; nothing while a sheet or its score is missing.

    Raises:
        BadInput: there are more sheets than the series has, or a score cannot have that value.
        KeyError: the instrument has no such series.
    """
    series = {series.id: series for series in instrument.series}[series_id]
    rule = {rule.id: rule for rule in instrument.scores}[series.of]
    if len(values) > series.count:
        raise BadInput(
            f"{series.label} van {instrument.title} gaat over {series.count} formulieren; "
            f"er zijn er {len(values)} opgegeven."
        )
    known = [value for value in values if value is not None]
    for value in known:
        _checked_range(instrument, rule, value)
    if len(known) < series.count:
        return None, None
    mean = sum(known) / series.count
    return mean, _band(series.bands, mean)


def as_dict(result: ScoreResult) -> dict[str, object]:
    """What the command line prints: ``{"scores": ..., "bands": ..., "missing": [...]}``.

    Where an instrument has one score it can always be read as "total", whatever its own name; a
    group stands among the scores as its name (a text).
    """
    scores: dict[str, Number | str | None] = {}
    bands: dict[str, object] = {}
    if len(result.scores) == 1:
        (only,) = result.scores
        scores["total"] = result.scores[only]
        bands["total"] = _band_as_dict(result.bands[only])
    scores |= result.scores
    scores |= result.groups
    bands |= {name: _band_as_dict(band) for name, band in result.bands.items()}
    bands |= dict.fromkeys(result.groups)
    return {"scores": scores, "bands": bands, "missing": list(result.missing)}


def given_option(item: Item, key: str | None) -> Option | None:
    """The option of an item with exactly this key, or None."""
    return next((option for option in item.options if option.key == key), None)


def fold(text: str) -> str:
    """A name or answer as it is compared: without capitals and outer blanks, "min of meer" as
    "min_of_meer" and "soms/altijd" as "soms_altijd"."""
    return re.sub(r"[\s/_-]+", "_", unicodedata.normalize("NFC", text).strip().casefold())


def _counted(rule: ScoreRule, values: Mapping[str, int | None]) -> Number | None:
    known = [value for item in rule.items if (value := values[item]) is not None]
    if not known or (rule.missing is Missing.NONE and len(known) < len(rule.items)):
        return None
    match rule.op:
        case Operator.SUM:
            return sum(known)
        case Operator.MEAN:
            return sum(known) / len(known)
        case Operator.MAX:
            return max(known)
        case Operator.COUNT:
            return sum(value > 0 for value in known)
        case Operator.VALUE:
            return known[0]


def _band(bands: Sequence[Band], value: Number | None) -> Band | None:
    if value is None:
        return None
    for band in bands:
        if band.from_ <= value and (band.to is None or value <= band.to):
            return band
    return None


def _band_as_dict(band: Band | None) -> dict[str, object] | None:
    if band is None:
        return None
    return {"label": band.label, "from": band.from_, "to": band.to, "source": band.source}


def _checked_range(instrument: Instrument, rule: ScoreRule, value: Number) -> None:
    if isinstance(value, bool) or not rule.low <= value <= rule.high:
        raise BadInput(
            f"{rule.label} van {instrument.title} ligt tussen {rule.low} en {rule.high}; "
            f"{_shown(value)} kan niet."
        )


def _matching(item: Item, answer: object) -> Option | None:
    if isinstance(answer, bool):
        return None
    if isinstance(answer, float):
        if not answer.is_integer():
            return None
        answer = int(answer)
    if isinstance(answer, int):
        numbers = {int(o.key): o for o in item.options if re.fullmatch(r"-?[0-9]+", o.key)}
        return numbers.get(answer)
    if not isinstance(answer, str):
        return None
    wanted = fold(answer)
    return next((o for o in item.options if wanted in (fold(o.key), fold(o.label))), None)


def _yes(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "“waar”" if value else "“onwaar”"
    if isinstance(value, int) and abs(value) >= 10**12:
        return "met zoveel cijfers"
    if not isinstance(value, str | int | float):
        return "van deze soort"
    text = "".join(c for c in str(value) if c.isprintable())
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} of {words[-1]}"
