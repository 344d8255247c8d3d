"""The frame of every paper: A4, a foot with page x of y, and a header on pages that continue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from pzdesk.documents.style import (
    BOX,
    LINE,
    MARGIN,
    NOTE,
    UPRIGHT,
    WIDTH,
    Imprint,
    printable,
    text,
    use_fonts,
)
from pzdesk.domain.person import dutch_date

_FOOT, _NOTES = 30.0, 22.0
_CODES_ON_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that belong together: ``running`` stands above each of them but the first.

    ``outline`` names the part in the reader's side bar; no name of a patient belongs there.
    """

    flowables: list[Flowable]
    running: list[Flowable]
    outline: str = ""


class _Pages(Canvas):  # type: ignore[misc]
    """A canvas that keeps its pages until their number is known, and then writes the foot on each."""

    def __init__(self, *args: Any, foot: "_Foot", moment: datetime, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.setDateFormatter(lambda *_: f"D:{moment:%Y%m%d%H%M%S}")
        self._foot = foot
        self._kept: list[dict[str, Any]] = []
        self.missing: set[int] = set()
        self.missing_anywhere: set[int] = set()
        self.outline = ""

    def showPage(self) -> None:  # noqa: N802 (ReportLab's name)
        self._kept.append(dict(self.__dict__))
        self.missing_anywhere |= self.missing
        self.missing, self.outline = set(), ""
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._kept, start=1):
            self.__dict__.update(state)
            if self.outline:
                self.bookmarkPage(f"part-{number}")
                self.addOutlineEntry(self.outline, f"part-{number}")
            self._foot.draw(self, number, len(self._kept))
            super().showPage()
        super().save()


class _Foot:
    """The foot of every page of a document: confidentiality, when and by whom printed, page x of y."""

    def __init__(self, imprint: Imprint) -> None:
        centre = ParagraphStyle("foot-centre", NOTE, alignment=TA_CENTER)
        self.number = ParagraphStyle("foot-right", NOTE, alignment=TA_RIGHT)
        at = f"{dutch_date(imprint.printed_at.date())} {imprint.printed_at:%H.%M}"
        self.columns = (
            (0.0, 0.53, text(f"{imprint.practice} · {imprint.confidentiality}", NOTE)),
            (0.54, 0.36, text(f"afgedrukt {at} door {imprint.printed_by}", centre)),
        )
        self.height = max(height_of(made, share * WIDTH) for _, share, made in self.columns)

    def draw(self, canvas: _Pages, number: int, pages: int) -> None:
        top = _FOOT + self.height
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, top + 5, MARGIN + WIDTH, top + 5)
        place = (0.9, 0.1, text(f"{number} van {pages}", self.number))
        for start, share, made in (*self.columns, place):
            draw_down(canvas, made, MARGIN + start * WIDTH, top, share * WIDTH)
        if canvas.missing:
            note = text(_missing_words(canvas.missing, _CODES_ON_A_PAGE), NOTE)
            draw_down(canvas, note, MARGIN, top + 6 + height_of(note, WIDTH), WIDTH)


def _missing_words(codes: set[int], most: int) -> str:
    named = [f"U+{code:04X}" for code in sorted(codes)]
    more = f" en {len(named) - most} andere, zie de laatste bladzijde" if len(named) > most else ""
    subject = "dit teken kan" if len(named) == 1 else "deze tekens kunnen"
    return f"{BOX}: {subject} niet worden afgedrukt ({', '.join(named[:most])}{more})"


class _AllMissing(Flowable):  # type: ignore[misc]
    """At the end of a document: every character that could not be printed, where a foot was too short."""

    _ZEROSIZE = 1

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        codes = self.canv.missing_anywhere | self.canv.missing
        self.told = (
            text(_missing_words(codes, len(codes)), NOTE) if len(codes) > _CODES_ON_A_PAGE else []
        )
        return width, height_of(self.told, width)

    def draw(self) -> None:
        draw_down(self.canv, self.told, 0, height_of(self.told, WIDTH), WIDTH)


class _Outline(ActionFlowable):  # type: ignore[misc]
    """Tells the page that begins here what it is called in the reader's side bar."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def apply(self, document: BaseDocTemplate) -> None:
        document.canv.outline = printable(self.title)


def height_of(flowables: Iterable[Flowable], width: float) -> float:
    """How high flowables are, one under another, in points."""
    return sum((made.wrap(width, A4[1])[1] for made in flowables), 0.0)


def height_of_first_page(imprint: Imprint) -> float:
    """How much fits on a page without a running header, in points."""
    return float(A4[1] - MARGIN - _bottom(_Foot(imprint)))


def _bottom(foot: _Foot) -> float:
    return _FOOT + foot.height + 5 + _NOTES


def draw_down(
    canvas: Canvas, flowables: Iterable[Flowable], x: float, top: float, width: float
) -> None:
    """Draws flowables one under another, from ``top`` downwards."""
    for made in flowables:
        top -= made.wrapOn(canvas, width, A4[1])[1]
        made.drawOn(canvas, x, top)


def pdf(parts: Sequence[Part], imprint: Imprint, *, kind: str) -> bytes:
    """The bytes of a document: A4, fonts embedded, the same bytes for the same value.

    ``kind`` and the practice are its title in the metadata, where no name of a patient stands.
    """
    use_fonts()
    foot = _Foot(imprint)
    bottom = _bottom(foot)

    def template(name: str, running: list[Flowable]) -> PageTemplate:
        head = height_of(running, WIDTH)
        top = A4[1] - MARGIN - (head + 8 if head else 0)
        frame = Frame(MARGIN, bottom, WIDTH, top - bottom, 0, 0, 0, 0)
        return PageTemplate(
            name,
            [frame],
            onPage=lambda canvas, _: draw_down(canvas, running, MARGIN, A4[1] - MARGIN, WIDTH),
        )

    story: list[Flowable] = []
    templates = [template("first", [])]
    for number, part in enumerate(parts):
        if number:
            story += [NextPageTemplate("first"), PageBreak()]
        templates.append(template(f"more-{number}", part.running))
        story += [_Outline(part.outline), NextPageTemplate(f"more-{number}"), *part.flowables]
    story.append(_AllMissing())

    kind, practice = printable(kind), printable(imprint.practice)
    made = BytesIO()
    BaseDocTemplate(
        made,
        pagesize=A4,
        pageTemplates=templates,
        invariant=1,
        pageCompression=1,
        initialFontName=UPRIGHT,
        title=f"{kind} · {practice}",
        author=practice,
        subject=kind,
        creator="pzdesk",
        lang="nl-NL",
        displayDocTitle=True,
    ).build(story, canvasmaker=partial(_Pages, foot=foot, moment=imprint.printed_at))
    return made.getvalue()
