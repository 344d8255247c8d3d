"""Ways to alter the JSON of a key file, for tests."""

import json
from collections.abc import Callable
from typing import Any

from pzdesk.security import slots
from pzdesk.security.slots import KeyFile

Change = Callable[[Any], object]


def altered(key_file: KeyFile, change: Change) -> bytes:
    """The bytes of a key file after a change of what it says."""
    content = json.loads(slots.to_json(key_file))
    change(content)
    return json.dumps(content).encode()


def at_top(**fields: object) -> Change:
    """Other fields of the file."""
    return lambda content: content.update(fields)


def in_slot(**fields: object) -> Change:
    """Other fields of the first slot."""
    return lambda content: content["slots"][0].update(fields)


def in_kdf(**fields: object) -> Change:
    """Other fields of the derivation of the first slot."""
    return lambda content: content["slots"][0]["kdf"].update(fields)
