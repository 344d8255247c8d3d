"""Whether an instrument holds together: what a score can be, and bands that cover just that."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pzdesk.domain.errors import BadInput
from pzdesk.domain.instrument import (
    Band,
    GroupRule,
    Instrument,
    Item,
    Missing,
    Operator,
    ScoreRule,
    SeriesRule,
    fold,
)


def checked_instrument(instrument: Instrument) -> Instrument:
    """An instrument whose parts refer to each other and whose bands fit its scores.

    Raises:
        BadInput: an answer, item or score stands twice or is referred to but absent; a range is not
            what the answers can add up to; bands leave a gap, overlap, reach outside or lack their
            source; or the official wording stands in without the permission that its rights ask.
    """
    _unique("vraag", [item.id for item in instrument.items])
    for item in instrument.items:
        _check_options(item)
    counting: list[ScoreRule | GroupRule] = [*instrument.scores, *instrument.groups]
    if not counting:
        raise BadInput("er is geen score.")
    _unique("score", [part.id for part in (*counting, *instrument.series)])
    items = {item.id: item for item in instrument.items}
    for part in counting:
        _unique(f"score {part.id}: vraag", list(part.items))
        for name in part.items:
            if name not in items:
                raise BadInput(f"score {part.id} verwijst naar vraag {name}, die er niet is.")
    counted = {name for part in counting for name in part.items}
    for name in items:
        if name not in counted:
            raise BadInput(f"vraag {name} telt in geen enkele score mee.")
    for rule in instrument.scores:
        _check_rule(rule, items)
    for group in instrument.groups:
        for name in group.items:
            if {option.value for option in items[name].options} != {0, 1}:
                raise BadInput(f"groep {group.id}: vraag {name} moet ja (1) en nee (0) hebben.")
    for series in instrument.series:
        _check_series(series, instrument.scores)
    rights = instrument.rights
    if rights.wording == "opgenomen" and rights.grade in "CD" and not rights.permission.strip():
        raise BadInput(
            "de officiële tekst mag alleen met toestemming worden opgenomen; vermeld bij "
            "“permission” wie die gaf en wanneer."
        )
    return instrument


def reachable(rule: ScoreRule, items: Mapping[str, Item]) -> list[float]:
    """Every value that a score could have, ascending; whole numbers unless the rule is a mean."""
    spans = []
    for name in rule.items:
        values = [option.value for option in items[name].options if option.value is not None]
        spans.append((min(values), max(values)))
    lows, highs = [low for low, _ in spans], [high for _, high in spans]
    skip = rule.missing is Missing.SKIP
    low, high = min(lows), max(highs)
    match rule.op:
        case Operator.COUNT:
            low, high = 0, len(spans)
        case Operator.SUM if skip:
            low = sum(value for value in lows if value < 0) or low
            high = sum(value for value in highs if value > 0) or high
        case Operator.SUM:
            low, high = sum(lows), sum(highs)
        case Operator.MAX if not skip:
            low = max(lows)
        case Operator.MEAN if not skip:
            return [total / len(spans) for total in range(sum(lows), sum(highs) + 1)]
        case Operator.MEAN:
            parts = range(1, len(spans) + 1)
            return sorted({total / n for n in parts for total in range(low * n, high * n + 1)})
    return [float(value) for value in range(low, high + 1)]


def _check_options(item: Item) -> None:
    if all(option.value is None for option in item.options):
        raise BadInput(f"vraag {item.id}: geen enkel antwoord heeft een waarde.")
    words: set[str] = set()
    for option in item.options:
        own = {fold(option.key), fold(option.label)}
        if words & own:
            raise BadInput(f"vraag {item.id}: het antwoord “{option.label}” staat er dubbel in.")
        words |= own


def _check_rule(rule: ScoreRule, items: Mapping[str, Item]) -> None:
    if not rule.label.strip():
        raise BadInput(f"score {rule.id} heeft geen naam.")
    if rule.op is Operator.VALUE and len(rule.items) != 1:
        raise BadInput(f"score {rule.id} neemt één vraag over maar noemt er {len(rule.items)}.")
    values = reachable(rule, items)
    if (rule.low, rule.high) != (values[0], values[-1]):
        raise BadInput(
            f"score {rule.id} loopt volgens de antwoorden van {values[0]:g} tot {values[-1]:g}, "
            f"niet van {rule.low} tot {rule.high}."
        )
    _check_bands(rule.id, rule.bands, values)


def _check_series(series: SeriesRule, rules: Sequence[ScoreRule]) -> None:
    rule = next((rule for rule in rules if rule.id == series.of), None)
    if rule is None:
        raise BadInput(f"reeks {series.id} verwijst naar score {series.of}, die er niet is.")
    if rule.op is Operator.MEAN:
        raise BadInput(f"reeks {series.id} kan geen gemiddelde van gemiddelden zijn.")
    totals = range(round(rule.low * series.count), round(rule.high * series.count) + 1)
    _check_bands(series.id, series.bands, [total / series.count for total in totals])


def _check_bands(name: str, bands: Sequence[Band], values: Sequence[float]) -> None:
    if not bands:
        return
    for band in bands:
        if not band.source.strip() or not band.label.strip():
            raise BadInput(f"score {name}: een band heeft geen naam of geen bron.")
        if band.from_ > values[-1] or (band.to is not None and not band.from_ <= band.to):
            raise BadInput(f"score {name}: in de band “{band.label}” kan geen score vallen.")
    for one, other in pairwise(bands):
        if one.to is None or one.to >= other.from_:
            raise BadInput(
                f"score {name}: de banden “{one.label}” en “{other.label}” lopen over elkaar."
            )
    top = bands[-1].to
    if bands[0].from_ < values[0] or (top is not None and top > values[-1]):
        raise BadInput(f"score {name}: de banden lopen verder dan de score.")
    for value in values:
        if not any(b.from_ <= value and (b.to is None or value <= b.to) for b in bands):
            raise BadInput(f"score {name}: {value:g} valt in geen enkele band.")


def _unique(what: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if fold(name) in seen:
            raise BadInput(f"{what} {name} staat er dubbel in.")
        seen.add(fold(name))
