"""Files outside the store: read with a limit, written whole or not at all."""

import os
import secrets
from pathlib import Path

from pzdesk.domain.errors import Refused, UnreadableFile

MAX_BYTES = 64 * 1024 * 1024


def read_file(path: Path, *, what: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableFile: it is not there, is a folder, may not be read, or is larger than ``most`` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise UnreadableFile(f"{what} is er niet: {path}") from None
    except IsADirectoryError:
        raise UnreadableFile(f"{what} is een map, geen bestand: {path}") from None
    except OSError:
        raise UnreadableFile(f"{what} is niet te lezen: {path}") from None
    if len(data) > most:
        raise UnreadableFile(f"{what} is te groot (meer dan {most // 1024 // 1024} MB): {path}")
    return data


def write_file(path: Path, data: bytes, *, store: Path | None = None) -> None:
    """Write a paper where the user chose, in the place of an older one; never into a store.

    Raises:
        Refused: the place lies inside the store, is a folder, or cannot be written.
    """
    target = path.resolve()
    if store is not None and target.is_relative_to(store.resolve()):
        raise Refused("Kies een plaats buiten de map van de praktijk.")
    if target.is_dir():
        raise Refused(f"Dit is een map; geef de naam van een bestand: {path}")
    temporary = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise Refused(
            f"Het bestand kon niet worden geschreven (bestaat de map, is de schijf vol?): {path}"
        ) from None
