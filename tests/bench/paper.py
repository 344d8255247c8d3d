"""The agenda of twenty, beside what bare Platypus makes of the same words."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from io import BytesIO
from unittest.mock import patch
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from pzdesk.documents import agenda as agenda_document
from pzdesk.documents.agenda import AgendaPaper, CasePage, agenda
from pzdesk.documents.parts import Actions, Block, Dimensions, Facts, Grid, Section
from pzdesk.documents.style import STRONG, UPRIGHT, use_fonts
from pzdesk.services.desk import Desk, desk_over
from tests.bench.big_store import BigStore
from tests.bench.measure import Measure, median, side_by_side

_BODY = ParagraphStyle("bare", fontName=UPRIGHT, fontSize=9.6, leading=12.2)
_HEAD = ParagraphStyle("bare-strong", _BODY, fontName=STRONG)
_WIDE = A4[0] - 72


def measures(store: BigStore) -> Iterator[Measure]:
    """Laying out the paper, and before it gathering the data."""
    session = store.open()
    with closing(session):
        desk = desk_over(session)
        paper = gathered(desk, store.meeting_id)
        people = len(paper.cases)
        ours, bare = side_by_side(lambda: agenda(paper), lambda: platypus(paper), times=5)
        yield Measure(
            name=f"agenda van {people}: opmaken als PDF",
            ours=ours,
            bare=bare,
            bare_is="Platypus",
            most_ratio=1.5,
        )
        taken = median(lambda: gathered(desk, store.meeting_id), times=5)
        yield Measure(name=f"agenda van {people}: gegevens verzamelen", ours=taken, most=500.0)
        taken = median(lambda: desk.papers.agenda(store.meeting_id), times=3)
        yield Measure(name=f"agenda van {people}: alles samen", ours=taken, most=2000.0)


def gathered(desk: Desk, meeting_id: int) -> AgendaPaper:
    """The words of an agenda as the service gathers them; nothing is laid out."""
    caught: list[AgendaPaper] = []

    def catch(paper: AgendaPaper) -> bytes:
        caught.append(paper)
        return b""

    with patch.object(agenda_document, "agenda", catch):
        desk.papers.agenda(meeting_id)
    return caught[0]


def platypus(paper: AgendaPaper) -> bytes:
    """The same words in paragraphs and tables, as the manual of ReportLab does it."""
    use_fonts()
    story: list[Flowable] = [_p(paper.title, _HEAD), _p(" · ".join(paper.expected))]
    rows = []
    for row in paper.rows:
        who = [_p(f"{row.number} {row.title}", _HEAD), *map(_p, row.details)]
        who += [_p(f"{item.what}: {item.who}, {item.due}") for item in row.open_actions]
        why = [_p(" · ".join(row.reasons)), _p(row.question)]
        when = [_p(f"{row.start:%H.%M}"), _p(f"{row.minutes} min")]
        aside = [_p(row.pzp), _p(row.consent)]
        rows.append([when, who, why, _p(row.brings_in), aside, [_p(line) for line in row.agreed]])
    story.append(_table(rows, (40, 105, 120, 60, 80, _WIDE - 405)))
    for case in paper.cases:
        story += [PageBreak(), *_case(case)]
    made = BytesIO()
    SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=30,
        rightMargin=30,
        initialFontName=UPRIGHT,
        invariant=1,
        pageCompression=1,
    ).build(story)
    return made.getvalue()


def _case(case: CasePage) -> Iterator[Flowable]:
    head = case.head
    yield _p(f"{head.number} {head.name}, {head.born} {head.at}", _HEAD)
    yield _p(" · ".join(head.facts))
    yield _p(" · ".join(head.limits), _HEAD)
    yield _table([[_p(name), _p(words)] for name, words in head.lines], (110, _WIDE - 110))
    for block in case.blocks:
        inside = list(_block(block)) or [_p(block.empty)]
        yield _table([[_p(block.title, _HEAD), inside]], (100, _WIDE - 100))
    yield _p(case.minutes.title, _HEAD)
    if case.minutes.writing_room:
        tasks = [[_p("Wie", _HEAD), _p("Wat", _HEAD), _p("Wanneer", _HEAD)], *[["", "", ""]] * 4]
        yield _table(tasks, (110, _WIDE - 210, 100))


def _block(block: Block) -> Iterator[Flowable]:
    match block:
        case Section():
            yield from map(_p, block.lines)
        case Facts():
            yield from (_p(f"{name}: {words}") for name, words in block.rows)
        case Dimensions():
            for made in block.lines:
                yield _p(f"{made.name}: {made.word} {made.direction}", _HEAD)
                yield _p(f"{made.finding} ({made.according_to}) {made.plan}")
        case Actions():
            for item in block.items:
                yield _p(f"{item.what}: {item.who}, {item.due}, open sinds {item.since}")
        case Grid():
            yield from (_p(" ".join(row)) for row in block.rows)


def _p(words: str, style: ParagraphStyle = _BODY) -> Flowable:
    return Paragraph(escape(words).replace("\n", "<br/>"), style)


def _table(rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Flowable:
    style = [("FONTNAME", (0, 0), (-1, -1), UPRIGHT), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(list(rows), colWidths=list(widths), splitInRow=1, style=style)
