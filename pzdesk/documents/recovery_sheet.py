"""The recovery sheet: the code that opens the practice's file when every passphrase is lost."""

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, Spacer

from pzdesk.documents.layout import Columns, heading
from pzdesk.documents.page import Part, pdf
from pzdesk.documents.style import (
    GRID,
    INK,
    LINE,
    MUTED,
    NOTE,
    STRONG,
    TITLE,
    WIDTH,
    Imprint,
    style,
    text,
)
from pzdesk.domain.person import long_date

_BODY = style(11.5, 15.5)
_SOFT = style(11.5, 15.5, colour=MUTED)
_HEADING = style(13, 16.5, STRONG)
_CELL, _HIGH, _SIGN, _GAP = 24.0, 36.0, 22.0, 14.0

_SECTIONS = (
    (
        "Waarvoor",
        "Met deze code gaat het bestand van de praktijk open als niemand zijn wachtzin meer weet, of als een "
        "gebruiker zonder overdracht is vertrokken. Wie de code heeft, kan alle dossiers lezen.",
    ),
    (
        "Zo gebruikt u hem",
        "Start pzdesk, kies de praktijk en dan Herstelblad gebruiken (of geef het commando pzdesk recover). "
        "Neem de code over, groep voor groep; hoofdletters of kleine letters maakt niet uit. Zit in een "
        "groep een fout, dan zegt pzdesk in welke. Daarna kiest u een nieuwe wachtzin. Meer dan dit blad en "
        "de map van de praktijk, of een uitgepakte back-up ervan, is niet nodig.",
    ),
    (
        "Zo bewaart u hem",
        "In de kluis van de praktijk, in een gesloten envelop. Niet bij de computer, niet als foto of scan, "
        "niet in de e-mail en niet in het HIS.",
    ),
    (
        "Wanneer dit blad niet meer geldt",
        "Zodra er een nieuw herstelblad wordt gemaakt, werkt deze code niet meer: vernietig dit blad dan. "
        "Een back-up van vóór die dag gaat nog wel met deze code open. Maak ook een nieuw herstelblad als "
        "iemand dit blad gezien kan hebben die dat niet mocht.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPaper:
    """A recovery code in groups, as it is typed back."""

    imprint: Imprint
    made_on: date
    made_by: str
    groups: tuple[str, ...]


def recovery_sheet(paper: RecoveryPaper) -> bytes:
    """The recovery sheet as PDF."""
    made: list[Flowable] = [
        *text(f"Herstelblad {paper.imprint.practice}", TITLE),
        Spacer(0, 3),
        *text(f"gemaakt op {long_date(paper.made_on)} door {paper.made_by}", _SOFT),
        Spacer(0, 18),
        *_rows(paper.groups),
        Spacer(0, 6),
    ]
    for title, words in _SECTIONS:
        made += [*heading(title, _HEADING), Spacer(0, 4), *text(words, _BODY), Spacer(0, 6)]
    return pdf([Part(made, [])], paper.imprint, kind="Herstelblad")


def _rows(groups: tuple[str, ...]) -> list[Flowable]:
    widest = max((len(group) for group in groups), default=1) * _CELL
    beside = max(int((WIDTH + _GAP) / (widest + _GAP)), 1)
    numbered = [_Group(number, group) for number, group in enumerate(groups, start=1)]
    return [
        Columns(
            [(widest, [group]) for group in numbered[first : first + beside]], gap=_GAP, below=14
        )
        for first in range(0, len(numbered), beside)
    ]


class _Group(Flowable):  # type: ignore[misc]
    """One group of the code below its number, each sign in the middle of its own box."""

    def __init__(self, number: int, signs: str) -> None:
        super().__init__()
        self.number, self.signs = number, signs

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return _CELL * len(self.signs), _HIGH + 13

    def draw(self) -> None:
        for made in text(f"groep {self.number}", NOTE):
            made.wrapOn(self.canv, _CELL * len(self.signs), 13)
            made.drawOn(self.canv, 0, _HIGH + 3)
        self.canv.setFont(STRONG, _SIGN)
        self.canv.setFillColor(INK)
        for place, sign in enumerate(self.signs):
            self.canv.drawCentredString((place + 0.5) * _CELL, _HIGH / 2 - 0.35 * _SIGN, sign)
        self.canv.setStrokeColor(GRID)
        self.canv.setLineWidth(0.6)
        for place in range(1, len(self.signs)):
            self.canv.line(place * _CELL, 4, place * _CELL, _HIGH - 4)
        self.canv.setStrokeColor(LINE)
        self.canv.roundRect(0, 0, _CELL * len(self.signs), _HIGH, 4)
