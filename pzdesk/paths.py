"""Where pzdesk's own files lie: frozen by PyInstaller, installed from a wheel, or in a checkout."""

import sys
from pathlib import Path

from pzdesk.domain.errors import PzdeskError


class Incomplete(PzdeskError):
    """A folder that belongs to pzdesk itself is missing; installing again mends it."""


def located(name: str, *, package: Path, bundle: Path | None = None) -> Path:
    """The folder ``name`` of pzdesk, given where its package lies and, when frozen, its bundle.

    Beside the package counts only in a checkout (``pyproject.toml`` stands there): in site-packages
    a folder ``migrations`` beside pzdesk belongs to somebody else.

    Raises:
        Incomplete: the folder is not there.
    """
    if bundle is not None:
        candidates = [bundle / "pzdesk" / name]
    else:
        candidates = [package / name]
        if (package.parent / "pyproject.toml").is_file():
            candidates.append(package.parent / name)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise Incomplete(
        f"pzdesk is niet volledig: de map “{name}” ontbreekt. Installeer pzdesk opnieuw."
    )


def resources() -> Path:
    """The folder with instruments, code lists and labels (raises ``Incomplete``)."""
    return located("resources", package=_package(), bundle=_bundle())


def migrations() -> Path:
    """The folder with the migrations of the store (raises ``Incomplete``)."""
    return located("migrations", package=_package(), bundle=_bundle())


def _package() -> Path:
    return Path(__file__).resolve().parent


def _bundle() -> Path | None:
    if not getattr(sys, "frozen", False):
        return None
    folder = getattr(sys, "_MEIPASS", None)
    return Path(folder) if folder else None
