"""Everything that a user sees as a picture, to be looked at: ``python -m tests.shots DIR`` (``make shots``).

The pages of every paper are drawn here, those of the window in ``shots_window`` and ``shots_around``.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pypdfium2

from pzdesk.demo import practice
from pzdesk.documents.agenda import agenda
from pzdesk.documents.parts import Actions, Section
from tests import shots_around, shots_window
from tests.documents import samples
from tests.documents.reading import with_texts
from tests.documents.test_every_paper import HOSTILE, PAPERS, SKIPPED

DEMO = Path("build/demo/papier")
DOTS_PER_INCH = 110


def main(arguments: list[str]) -> int:
    """Fill a folder with pictures; older pictures in it go. Behind the folder a part may be named."""
    named = arguments[1:] or list(PARTS)
    if not arguments or any(part not in PARTS for part in named):
        sys.stderr.write(f"gebruik: python -m tests.shots MAP [{'|'.join(PARTS)}]...\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for part in named:
        sys.stdout.write(f"{PARTS[part](folder)} in {folder}\n")
    return 0


def _papers(folder: Path) -> str:
    documents = pages = 0
    for papers in (demo(), plain(), hostile(), long()):
        for name, data in papers:
            documents += 1
            pages += _draw(name, data, folder)
    return f"{pages} bladzijden van {documents} stukken"


PARTS: Mapping[str, Callable[[Path], str]] = {
    "papier": _papers,
    "venster": lambda folder: f"{shots_window.draw(folder)} beelden van de pagina's",
    "rondom": lambda folder: f"{shots_around.draw(folder)} beelden van wat eromheen opent",
}


def demo() -> Iterator[tuple[str, bytes]]:
    """The papers of the demo practice: those of ``make demo`` where they are, else freshly made."""
    if DEMO.is_dir():
        yield from _papers_in(DEMO)
        return
    with tempfile.TemporaryDirectory(prefix="pzdesk-shots-") as name:
        practice.make(Path(name) / "demo")
        yield from _papers_in(Path(name) / "demo" / DEMO.name)


def plain() -> Iterator[tuple[str, bytes]]:
    """The sample of each paper."""
    for kind, (paper, value) in PAPERS.items():
        yield f"voorbeeld-{kind}", paper(value)


def hostile() -> Iterator[tuple[str, bytes]]:
    """The same with text in every field that looks like mark-up, or has no glyph."""
    words = cycle(HOSTILE)
    for kind, (paper, value) in PAPERS.items():
        yield f"vijandig-{kind}", paper(with_texts(value, lambda _: next(words), SKIPPED))


def long() -> Iterator[tuple[str, bytes]]:
    """The same with long text in every field, and what one field or list can hold at most."""
    words = "Dit is een lange toelichting van iemand die graag alles opschrijft. "
    for kind, (paper, value) in PAPERS.items():
        skipped = SKIPPED | {"number"}
        yield f"lang-{kind}", paper(with_texts(value, lambda old: f"{old} {words * 4}", skipped))
    full = (words * 300)[:20_000]
    most = Section(title="Wensen", lines=(full,))
    many = Actions(items=samples.OPEN_ACTIONS * 30)
    one_word = Section(title="Eén woord", lines=("abcdefghijklmnopqrstuvwxyz" * 100,))
    case = replace(samples.CASE, blocks=(most, many, one_word))
    rows = samples.AGENDA.rows[1:] * 8
    yield "lang-20000-tekens-60-acties", agenda(replace(samples.AGENDA, rows=rows, cases=(case,)))


def _papers_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.pdf")):
        name = "-".join(path.relative_to(folder).with_suffix("").parts)
        yield f"demo-{name}", path.read_bytes()


def _draw(name: str, data: bytes, folder: Path) -> int:
    document = pypdfium2.PdfDocument(data)
    count = len(document)
    for number, page in enumerate(document, start=1):
        picture = page.render(scale=DOTS_PER_INCH / 72).to_pil()
        picture.save(folder / f"{name}-{number:02d}-van-{count:02d}.png")
        page.close()
    document.close()
    return count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
