"""The look of every paper: fonts, colours, paragraph styles, and the one way that text gets on a page."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import font_source_sans_pro
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, Spacer

UPRIGHT, STRONG, ITALIC = "pzdesk-upright", "pzdesk-strong", "pzdesk-italic"
_FILES = {
    UPRIGHT: "SourceSansPro",
    STRONG: "SourceSansProSemibold",
    ITALIC: "SourceSansProIt",
}

INK, MUTED = HexColor("#111111"), HexColor("#474747")
LINE, GRID = HexColor("#8F8F8F"), HexColor("#D0D0D0")

BOX = "❒"
BETWEEN = "\xa0· "
_CHUNK = 5000

MARGIN = 36.0
WIDTH = A4[0] - 2 * MARGIN


def style(size: float, leading: float, face: str = UPRIGHT, colour: Color = INK) -> ParagraphStyle:
    """A paragraph style: size and leading in points."""
    return ParagraphStyle(
        f"{face} {size}",
        fontName=face,
        fontSize=size,
        leading=leading,
        textColor=colour,
    )


TITLE = style(18, 22, STRONG)
NAME = style(14, 17, STRONG)
LIMITS = style(11, 14, STRONG)
HEADING = style(9.6, 12.2, STRONG)
BODY = style(9.6, 12.2)
SMALL = style(9, 11.6, colour=MUTED)
RIGHT = ParagraphStyle("right", SMALL, alignment=TA_RIGHT)
NOTE = style(7.6, 9.2, colour=MUTED)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in its own face or colour within a paragraph; None: that of the paragraph."""

    text: str
    face: str | None = None
    colour: Color | None = None


def strong(words: str) -> Run:
    """Words that must be found at a glance."""
    return Run(words, STRONG)


def italic(words: str) -> Run:
    """Somebody's own question or words."""
    return Run(words, ITALIC)


def muted(words: str) -> Run:
    """Words that explain others."""
    return Run(words, UPRIGHT, MUTED)


Content = str | Run | Sequence[str | Run]


@cache
def glyphs(face: str) -> frozenset[int]:
    """The code points that a face can print; asking registers the face with ReportLab.

    Source Sans Pro (SIL Open Font License), from the package font-source-sans-pro: 1,298 characters
    upright, 678 in italics, where ĳ, Greek and Cyrillic are missing.
    """
    font = TTFont(face, font_source_sans_pro.font_files_ttf[_FILES[face]])
    registerFont(font)
    return frozenset(font.face.charToGlyph)


def use_fonts() -> None:
    """Makes the faces known to ReportLab; a second call does nothing."""
    for face in _FILES:
        glyphs(face)


_PHONE = re.compile(r"(?<![\d+])(?:\+\d\d ?|0)\d{1,3}[- ]\d[\d ]{4,10}\d(?!\d)")
_AS_LINE = dict.fromkeys(map(ord, "\v\f\r\x85\u2028\u2029"), "\n")
_ALIKE = {"\t": " ", "\u2010": "-", "\u2011": "-", "\uf0b7": "•"}


class _Shown(dict[int, str]):
    """What is printed for a code point; filled as characters come by."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if character in "\n\xa0":
            shown = character
        elif character in _ALIKE:
            shown = _ALIKE[character]
        elif kind in ("Cc", "Cf") or "VARIATION SELECTOR" in unicodedata.name(character, ""):
            shown = ""
        elif kind == "Zs":
            shown = " "
        else:
            shown = character if code in glyphs(UPRIGHT) and kind != "Cn" else BOX
        self[code] = shown
        return shown


_SHOWN = _Shown()


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").translate(_AS_LINE))


def printable(words: str) -> str:
    """Text as it is printed: composed (NFC), without control characters, a box for what has no glyph.

    A telephone number stays on one line.
    """
    shown = _plain(words).translate(_SHOWN)
    return _PHONE.sub(lambda number: number[0].replace(" ", "\xa0"), shown)


def unprintable(words: str) -> frozenset[int]:
    """The code points in a text that print as a box."""
    if words.isascii():
        return frozenset()
    known = {ord(character) for character in set(_plain(words))}
    return frozenset(code for code in known if _SHOWN[code] == BOX and chr(code) != BOX)


class _Text(Paragraph):  # type: ignore[misc]
    """A paragraph that is broken in lines once for a width, and tells what could not be printed."""

    missing: frozenset[int] = frozenset()
    broken_at: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.broken_at != width or not hasattr(self, "blPara"):
            super().wrap(width, height)
            self.broken_at = width
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Paragraph]:
        parts: list[Paragraph] = super().split(width, height)
        for part in parts:
            part.missing = self.missing
        return parts

    def draw(self) -> None:
        super().draw()
        told = getattr(self.canv, "missing", None)
        if self.missing and told is not None:
            told.update(self.missing)


@cache
def _piece_of(style: ParagraphStyle) -> object:
    """What ReportLab itself makes of plain text in a style, to be cloned for every piece of text."""
    use_fonts()
    return Paragraph("x", style).frags[0]


def text(content: Content, style: ParagraphStyle = BODY) -> list[Flowable]:
    """Text as flowables: the only way onto a page, and safe for anything that anybody can type.

    The text never passes ReportLab's mark-up reader, which drops or runs what looks like a tag
    (``<penicilline>``; CVE-2023-33733), so there is nothing to escape. Line breaks are kept, one empty
    line at most. ReportLab's time grows with the square of a paragraph's length: a long line is cut at a
    word, and no character is lost.
    """
    runs = [content] if isinstance(content, str | Run) else list(content)
    pieces = [run if isinstance(run, Run) else Run(run) for run in runs]
    made: list[Flowable] = []
    blank = False
    for line in _lines(pieces):
        if not any(piece.text.strip() for piece in line):
            blank = bool(made)
            continue
        if blank:
            made.append(Spacer(0, style.leading / 2))
            blank = False
        made += [_paragraph(part, style) for part in _chunks(line)]
    return made


def _lines(pieces: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for piece in pieces:
        first, *more = _plain(piece.text).split("\n")
        lines[-1].append(Run(first, piece.face, piece.colour))
        lines += [[Run(words, piece.face, piece.colour)] for words in more]
    return lines


def _chunks(line: list[Run]) -> Iterable[list[Run]]:
    """A line in parts of at most ``_CHUNK`` characters, cut after a sentence or a word where there is one."""
    part: list[Run] = []
    room = _CHUNK
    for run in line:
        rest = run.text
        while len(rest) > room:
            sentence = rest.rfind(". ", room // 2, room) + 1
            word = rest.rfind(" ", max(room - 200, 0), room) + 1
            cut = _not_between(rest, sentence or word or room)
            yield [*part, Run(rest[:cut], run.face, run.colour)]
            part, rest, room = [], rest[cut:], _CHUNK
        part.append(Run(rest, run.face, run.colour))
        room -= len(rest)
    yield part


def _not_between(words: str, cut: int) -> int:
    """A place to cut that does not part a letter from an accent that has no glyph with it."""
    while cut < len(words) and unicodedata.combining(words[cut]):
        cut += 1
    return cut


def _paragraph(line: list[Run], style: ParagraphStyle) -> Paragraph:
    base: Any = _piece_of(style)
    missing: frozenset[int] = frozenset()
    pieces = []
    for run in line:
        face = run.face or style.fontName
        colour = run.colour or style.textColor
        missing |= unprintable(run.text)
        for name, words in _by_face(printable(run.text), face):
            pieces.append(base.clone(text=words, fontName=name, textColor=colour))
    made = _Text(None, style, frags=pieces)
    made.missing = missing
    return made


def _by_face(words: str, face: str) -> Iterable[tuple[str, str]]:
    """Text in stretches of one face: what a face lacks is printed upright."""
    known = glyphs(face)
    if face != ITALIC or all(ord(character) in known for character in set(words)):
        yield face, words
        return
    start = 0
    for end in range(1, len(words) + 1):
        upright = ord(words[start]) not in known
        if end == len(words) or (ord(words[end]) not in known) is not upright:
            yield (UPRIGHT if upright else face), words[start:end]
            start = end


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What stands at the foot of every page; ``printed_at`` is the practice's own time."""

    practice: str
    printed_at: datetime
    printed_by: str
    confidentiality: str = "Vertrouwelijk"
