"""Small files beside a practice that are under no key: anybody may have written what is in them."""

import json
from pathlib import Path
from typing import Any


def read_json(path: Path) -> Any:
    """What a file says; it is for the caller to look whether that can be true.

    Raises:
        OSError: it is not there, or cannot be read.
        ValueError: it is no JSON, or nested deeper than can be read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError(f"{path.name} is nested too deep") from None
