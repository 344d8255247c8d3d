"""Files outside the store: read with a limit, written whole or not at all."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pzdesk.domain.errors import Refused, UnreadableFile
from pzdesk.security.keys import write_private
from pzdesk.security.sealed import sync_folder

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
        size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} kB"
        raise UnreadableFile(f"{what} is te groot (meer dan {size}): {path}")
    return data


def checked_place(path: Path, *, store: Path | None = None) -> Path:
    """The full path of a file to be written; asked before the work, so that none is done for nothing.

    Raises:
        Refused: the place lies inside the store, is a folder or a device, or its folder is not there.
    """
    try:
        target = _resolved(path)
        if store is not None and target.is_relative_to(store.resolve()):
            raise Refused("Kies een plaats buiten de map van de praktijk.")
        if target.is_dir():
            raise Refused(f"Dit is een map; geef de naam van een bestand: {path}")
        # A device would be replaced by the paper: /dev/full by a file of that name.
        if target.exists() and not target.is_file():
            raise Refused(f"Dit is geen gewoon bestand; kies een andere plaats: {path}")
        if not target.parent.is_dir():
            raise Refused(
                f"De map bestaat niet: {path.parent}. Maak haar eerst of kies een andere."
            )
    except (OSError, RuntimeError):  # a name that is too long, a link to itself
        raise Refused(f"Op deze plaats kan geen bestand komen: {path}") from None
    return target


def _resolved(path: Path) -> Path:
    """The full path, links followed (raises ``OSError`` or ``RuntimeError``)."""
    target = path.resolve()
    if target.is_symlink():  # from Python 3.13 on, a link to itself is no error
        raise RuntimeError
    return target


def folder_at(path: Path) -> Path:
    """The folder that was named for a practice, whether it is there or not.

    Raises:
        Refused: no folder can have this name.
    """
    try:
        _resolved(path).exists()
    except (OSError, RuntimeError):  # a name that is too long, a link to itself
        raise Refused(f"Op deze plaats kan geen praktijk staan: {path}") from None
    return path


def write_file(path: Path, data: bytes, *, store: Path | None = None) -> None:
    """Write a paper where the user chose, in the place of an older one; never into a store.

    Raises:
        Refused: see ``checked_place``, or the disk is full or not writable.
    """
    target = checked_place(path, store=store)
    temporary = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        # A paper holds what only its reader may see.
        write_private(temporary, data)
        temporary.replace(target)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise Refused(
            f"Het bestand kon niet worden geschreven (is de schijf vol, mag u in deze map?): {path}"
        ) from None
    with suppress(OSError):  # a share may not know how; the file is whole anyway
        sync_folder(target.parent)


def checked_folder(path: Path, *, store: Path | None = None) -> Path:
    """The full path of a folder for several files; it may be new (raises ``Refused``)."""
    try:
        target = _resolved(path)
        if store is not None and target.is_relative_to(store.resolve()):
            raise Refused("Kies een plaats buiten de map van de praktijk.")
        if target.exists() and not target.is_dir():
            raise Refused(f"Dit is geen map: {path}")
        if not target.parent.is_dir():
            raise Refused(
                f"De map bestaat niet: {target.parent}. Maak haar eerst of kies een andere."
            )
    except (OSError, RuntimeError):  # a name that is too long, a link to itself
        raise Refused(f"Op deze plaats kan geen map komen: {path}") from None
    return target


def write_files(folder: Path, files: Mapping[str, bytes], *, store: Path | None = None) -> None:
    """Write files that belong together: all of them are there, each whole, or none is.

    Raises:
        Refused: see ``checked_folder`` and ``checked_place``, or the disk is full or not writable.
    """
    target = checked_folder(folder, store=store)
    is_new = not target.exists()
    making: dict[Path, Path] = {}
    try:
        if is_new:
            target.mkdir(mode=0o700)
        for name, data in files.items():
            place = checked_place(target / name, store=store)
            making[place] = place.with_name(f".{name}-{secrets.token_hex(4)}")
            write_private(making[place], data)
        for place, temporary in making.items():
            temporary.replace(place)
        with suppress(OSError):  # as in ``write_file``
            sync_folder(target)
            sync_folder(target.parent)
    except OSError:
        raise Refused(
            f"De bestanden konden niet worden geschreven (is de schijf vol, mag u in deze map?): {folder}"
        ) from None
    finally:
        for temporary in making.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        if is_new:
            with suppress(OSError):  # what is empty goes, what was written stays
                target.rmdir()
