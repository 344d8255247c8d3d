"""The pictures of the README: four pages of the demo practice, small enough to ship (``make pictures``)."""

import io
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap

from pzdesk.gui.places import Place, file_of
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk
from tests.gui.views import coming_meeting, rich_patient
from tests.shots_window import application, demo, window_at

SIZE = (1280, 800)
COLOURS = 128
MOST_BYTES = 600_000
"""Of all together: they lie in the repository for ever."""


def main(arguments: list[str]) -> int:
    """Write the pictures; 1 when together they are too large."""
    if len(arguments) != 1:
        sys.stderr.write("gebruik: python -m tests.pictures MAP\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    application()
    theme().use(Look.LIGHT, 100)
    total = 0
    with (
        tempfile.TemporaryDirectory(prefix="pzdesk-pictures-") as name,
        demo(Path(name) / "p") as desk,
    ):
        for title, place in chosen(desk).items():
            with window_at(desk, place, SIZE) as frame:
                path = folder / f"{title}.png"
                small(frame.grab()).save(path, optimize=True)
            total += path.stat().st_size
            sys.stdout.write(f"{path}: {path.stat().st_size // 1000} kB\n")
    sys.stdout.write(f"samen {total // 1000} kB, ten hoogste {MOST_BYTES // 1000} kB\n")
    return int(total > MOST_BYTES)


def chosen(desk: Desk) -> dict[str, Place]:
    """The pages, by the name of their picture."""
    patient, meeting = rich_patient(desk), coming_meeting(desk)
    return {
        "vandaag": Place(page="vandaag"),
        "dossier": file_of(patient),
        "voorbereiden": Place(page="mdo", meeting=meeting, section="voorbereiden"),
        "pzp": file_of(patient, "pzp"),
    }


def small(picture: QPixmap) -> Image.Image:
    """The same with so few colours that nobody sees the difference: flat grounds and dark letters."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    whole = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    return whole.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
