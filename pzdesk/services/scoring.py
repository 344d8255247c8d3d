"""Instruments outside a file: what there is, and what a sheet of answers counts up to."""

from pathlib import Path
from typing import Any

from pzdesk import instruments
from pzdesk.domain import instrument as rule


def instrument_list() -> list[dict[str, Any]]:
    """The newest version of every instrument, as values."""
    return [instruments.outline(one) for _, one in sorted(instruments.load_all().items())]


def scored(instrument_id: str, answers: Path) -> dict[str, Any]:
    """Scores, bands and missing items of a file with answers.

    Raises:
        NotFound: there is no such instrument.
        UnreadableFile: the file is not a list of answers by item.
        BadInput: an item or an answer is unknown.
    """
    definition = instruments.load(instrument_id)
    return dict(rule.as_dict(rule.score(definition, instruments.read_answers(answers))))
