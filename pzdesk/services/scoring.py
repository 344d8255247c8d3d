"""Instruments outside a file: what there is, and what a sheet of answers counts up to."""

from pathlib import Path
from typing import Any

from pzdesk import instruments
from pzdesk.domain import instrument as rule


def instrument_list() -> list[dict[str, Any]]:
    """The newest version of every instrument, as values."""
    return [instruments.outline(one) for _, one in sorted(instruments.load_all().items())]


def scored(instrument_id: str, answers: Path) -> tuple[dict[str, Any], list[str]]:
    """Scores, bands and missing items of a file with answers, as values and as Dutch lines.

    Raises:
        NotFound: there is no such instrument.
        UnreadableFile: the file is not a list of answers by item.
        BadInput: an item or an answer is unknown.
    """
    definition = instruments.load(instrument_id)
    result = rule.score(definition, instruments.read_answers(answers))
    value: dict[str, Any] = dict(rule.as_dict(result))
    lines = [definition.title]
    for name, number in value["scores"].items():
        band = value["bands"].get(name)
        said = "geen score, niet volledig ingevuld" if number is None else str(number)
        where = f" ({band['label']}; bron: {band['source']})" if band else ""
        lines.append(f"{name}: {said}{where}")
    if value["missing"]:
        lines.append(f"niet ingevuld: {', '.join(value['missing'])}")
    return value, lines
