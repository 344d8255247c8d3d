"""The home sheet: in large type for the kitchen table, for whoever comes at two in the night."""

from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from pzdesk.documents.layout import FIRM, HAIR, Columns, kept
from pzdesk.documents.page import Part, pdf
from pzdesk.documents.style import (
    INK,
    MUTED,
    STRONG,
    WIDTH,
    Imprint,
    strong,
    style,
    text,
)

_BODY = style(14, 18.5)
_SOFT = style(14, 18.5, colour=MUTED)
_STRONG = style(15, 19.5, STRONG)
_HEADING = style(17, 22, STRONG)
_NAME = style(26, 30, STRONG)
_CALL = style(19, 24, STRONG)
_NUMBER = style(25, 31, STRONG)
_LESS = style(19, 24)

_KEEP = (
    "Bewaar dit blad op een vaste plek, bijvoorbeeld bij de telefoon. "
    "Laat het zien aan iedere zorgverlener die bij u komt."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to call: who, at which number, and when or for what."""

    who: str
    number: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePaper:
    """What lies at home: ``name`` as the person is spoken of, everything in plain warm words.

    ``scenarios`` are pairs: "u benauwd wordt", and what to do then. ``version`` and ``made`` say which
    sheet this is ("4", "24 november 2026"); ``replaces`` which one may be thrown away
    ("het blad van 12 augustus 2026"). ``limits_note`` stands above the limits.
    """

    imprint: Imprint
    name: str
    born: str
    version: str
    made: str
    made_by: str
    day: Call | None = None
    night: Call | None = None
    others: tuple[Call, ...] = ()
    wishes: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    limits_note: str = ""
    scenarios: tuple[tuple[str, str], ...] = ()
    replaces: str = ""


def home_sheet(paper: HomePaper) -> bytes:
    """The home sheet as PDF."""
    made: list[Flowable] = [
        *text(f"Voor thuis · {paper.imprint.practice}", _SOFT),
        *text(paper.name, _NAME),
        *text(f"geboren {paper.born}", _SOFT),
        Spacer(0, 6),
        *text(_KEEP, _BODY),
        *_titled("Wie belt u?", [_first(paper)]),
        # Whoever comes at night must find these on the first page.
        *_listed(
            "Afspraken over behandeling",
            paper.limits,
            _STRONG,
            "Hierover is nog niets afgesproken.",
            paper.limits_note,
        ),
        *_listed("Wat is belangrijk", paper.wishes, _BODY, "Hierover is nog niets opgeschreven."),
        *_scenarios(paper),
        *(
            _titled("Andere mensen om te bellen", [_other(c) for c in paper.others])
            if paper.others
            else ()
        ),
        *_closing(paper),
    ]
    who = f"Voor thuis · {paper.name}, geboren {paper.born}"
    again = text([strong(who), " · vervolg"], _BODY)
    running: list[Flowable] = [Columns([(0, again)], rule=HAIR, below=4)]
    return pdf([Part(made, running)], paper.imprint, kind="Voor thuis")


def _titled(words: str, rows: list[Flowable]) -> list[Flowable]:
    return kept([Columns([(0, text(words, _HEADING))], rule=FIRM, below=4, before=16)], rows)


def _first(paper: HomePaper) -> Flowable:
    half = (WIDTH - 14) / 2
    cells = [
        (half, _call("Overdag", paper.day)),
        (half, _call("Avond, nacht en weekend", paper.night)),
    ]
    return Columns(cells, gap=14, rule=HAIR, above=8, below=9)


def _call(when: str, call: Call | None) -> list[Flowable]:
    if call is None:
        return [*text(when, _SOFT), *text("nog niet ingevuld: vraag het aan de praktijk", _STRONG)]
    note = text(call.note, _SOFT)
    return [*text(when, _SOFT), *text(call.who, _CALL), *text(call.number, _NUMBER), *note]


def _other(call: Call) -> Flowable:
    who = [*text(call.who, _LESS), *text(call.note, _SOFT)]
    return Columns([(0, who), (190, text(call.number, _CALL))], rule=HAIR, above=5, below=6, gap=10)


def _listed(
    title: str, lines: tuple[str, ...], look: ParagraphStyle, empty: str, note: str = ""
) -> list[Flowable]:
    rows = [Columns([(0, text(note, _BODY))], above=4)] if note else []
    rows += [
        Columns([(10, text("•", look)), (0, text(line, look))], gap=5, above=4) for line in lines
    ]
    return _titled(title, rows or [Columns([(0, text(empty, _SOFT))], above=4)])


def _scenarios(paper: HomePaper) -> list[Flowable]:
    made: list[Flowable] = []
    for when, then in paper.scenarios:
        cells = [(168, text(when, _STRONG)), (0, text(then, _BODY))]
        made.append(Columns(cells, gap=12, rule=HAIR, above=7, below=8, again=(0,)))
    return _titled("Wat te doen als …", made) if made else []


def _closing(paper: HomePaper) -> list[Flowable]:
    old = f"Dit blad vervangt {paper.replaces}. Gooi het oude blad weg." if paper.replaces else ""
    made = f"Versie {paper.version}, {paper.made}, gemaakt door {paper.made_by}. "
    half = (WIDTH - 20) / 2
    signed = [(half, text("besproken met", _SOFT)), (half, text("datum en handtekening", _SOFT))]
    return [
        CondPageBreak(130),
        Spacer(0, 16),
        *text([strong(made), old], _BODY),
        Spacer(0, 44),
        Columns([(half, [_Line()]), (half, [_Line()])], gap=20),
        Columns(signed, gap=20, above=2),
    ]


class _Line(Flowable):  # type: ignore[misc]
    """A line to write a name on."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, 1.0

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.7)
        self.canv.line(0, 0, self.width, 0)
